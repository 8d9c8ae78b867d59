"""load: a folder becomes a dossier with its policies understood, its tables typed and its ledger read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from hengji.engines.tables import read_table
from hengji.funds.reading import check_programmes, read_ledger
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.record import record
from hengji.model.survey import Count
from hengji.model.table import Table
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy
from hengji.storage.folder import read_folder
from hengji.storage.packs import Norms, norms, profiles
from hengji.storage.policy_packs import policy_names, policy_source
from hengji.storage.text import LEDGER, parse
from hengji.surveys.reading import read_counts
from hengji.work.keys import passing_seal

CODE_POLICY = "L201"
CODE_POLICY_TWICE = "L202"
CODE_ID_TWICE = "L203"
CODE_ASTRAY = "L212"
CODE_REFERENCE = "L204"


@record
class Opened:
    """A dossier with everything in it understood, and the files it was read from."""

    dossier: Dossier
    norms: Norms
    policies: Mapping[str, Policy]
    tables: Mapping[str, Table]
    counts: Mapping[str, tuple[Count, ...]]
    files: Mapping[str, bytes]


def load(root: Path) -> tuple[Opened | None, tuple[Finding, ...]]:
    """Open the folder; None when there is no dossier or no profile in it. All faults of all files at once."""
    files, faults = read_folder(root)
    if not files and faults:
        return None, faults
    opened, findings = open_files(files, root)
    return opened, faults + findings


def open_files(files: Mapping[str, bytes], home: Path = Path()) -> tuple[Opened | None, tuple[Finding, ...]]:
    """The same from files by path; ``home`` is where the key for numbers that name somebody may lie."""
    parsed = parse(files)
    findings = list(parsed.findings)
    known, faults = profiles()
    findings.extend(faults)
    dossier = parsed.dossier
    if dossier is None:
        return None, tuple(findings)
    found, faults = norms(dossier.head.profile, known)
    findings.extend(faults)
    ledger, faults = read_ledger(LEDGER, files[LEDGER]) if LEDGER in files else (dossier.ledger, ())
    findings.extend(faults)
    findings.extend(check_programmes(ledger, dossier.head.programmes))
    dossier = replace(dossier, ledger=ledger)
    tables = _tables(dossier, files, home, findings)
    policies = _policies(dossier, findings)
    counts = _counts(dossier, files, findings)
    findings.extend(_twice(dossier))
    findings.extend(_astray(dossier))
    if found is None:
        return None, tuple(findings)
    return Opened(dossier, found, policies, tables, counts, files), tuple(findings)


def _tables(dossier: Dossier, files: Mapping[str, bytes], home: Path, findings: list[Finding]) -> dict[str, Table]:
    seal, faults = passing_seal(dossier.tables, home)
    findings.extend(faults)
    tables: dict[str, Table] = {}
    for declaration in dossier.tables:
        table, faults = read_table(declaration, files, seal)
        findings.extend(faults)
        if table is not None:
            tables[declaration.name] = table
    return tables


def _policies(dossier: Dossier, findings: list[Finding]) -> dict[str, Policy]:
    """The policies that the dossier runs: its own folders first, then the packs."""
    own = {source.name: source for source in dossier.policies}
    policies: dict[str, Policy] = {}
    names = dict.fromkeys([entitlement.policy for entitlement in dossier.head.entitlements] + list(own))
    for name in names:
        source = own.get(name) or policy_source(name)
        if source is None:
            place = Place("dossier.yaml", item=name)
            expected = "档案 policies/ 下的文件夹，或随产品提供的：" + "、".join(policy_names())
            remedy = "改正核算所用的政策（dossier.yaml 的 policy）"
            findings.append(Finding(CODE_POLICY, Severity.ERROR, place, f"没有政策“{name}”", expected, remedy))
            continue
        folder = f"policies/{name}" if name in own else f"（政策库）{name}"
        policy, faults = read_policy(source, folder)
        findings.extend(faults)
        if policy is not None:
            policies[name] = policy
    titles = Counter(policy.title for policy in policies.values())
    for name, policy in policies.items():
        if titles[policy.title] > 1:
            place = Place(f"policies/{name}/law.md", 1)
            found = f"有两项政策都叫“{policy.title}”"
            findings.append(Finding(CODE_POLICY_TWICE, Severity.ERROR, place, found, "名称唯一", "改名或删去一项"))
    return policies


def _counts(dossier: Dossier, files: Mapping[str, bytes], findings: list[Finding]) -> dict[str, tuple[Count, ...]]:
    counts: dict[str, tuple[Count, ...]] = {}
    for survey in dossier.surveys:
        if survey.responses and survey.responses not in files:
            place = Place(f"surveys/{survey.id}.yaml", item="responses")
            found = f"问卷“{survey.title}”的答卷文件 {survey.responses} 不存在"
            findings.append(Finding(CODE_REFERENCE, Severity.ERROR, place, found, "档案内的 csv", "放入文件或改正路径"))
        elif survey.responses:
            counts[survey.id], faults = read_counts(survey, survey.responses, files[survey.responses])
            findings.extend(faults)
    return counts


def _astray(dossier: Dossier) -> Iterator[Finding]:
    """Entitlements of a sub-project that is not there, of which nothing paid would be found; none named is of several."""
    known = [programme.id for programme in dossier.head.programmes]
    for each in dossier.head.entitlements:
        if each.programme and each.programme not in known:
            found = f"待遇核算“{each.id}”的子项目“{each.programme}”不在子项目之中"
            place = Place("dossier.yaml", item=f"entitlements {each.id}")
            remedy = "改正这项待遇核算的 programme，或补上该子项目；子项目改过编号的，这里一起改"
            yield Finding(CODE_ASTRAY, Severity.ERROR, place, found, one_of(known), remedy)


def _twice(dossier: Dossier) -> Iterator[Finding]:
    """Ids that are given twice in a list where each must be one of a kind."""
    lists = {
        ("figures.yaml", "数值"): [rule.id for rule in dossier.figures],
        ("evidence.yaml", "佐证材料"): [piece.id for piece in dossier.evidence],
        ("findings.yaml", "问题"): [problem.id for problem in dossier.problem_book.problems],
        ("findings.yaml", "建议"): [item.id for item in dossier.problem_book.recommendations],
        ("data/tables.yaml", "数据表"): [table.name for table in dossier.tables],
        ("dossier.yaml", "子项目"): [programme.id for programme in dossier.head.programmes],
        ("dossier.yaml", "待遇核算"): [entitlement.id for entitlement in dossier.head.entitlements],
        ("surveys/", "问卷"): [survey.id for survey in dossier.surveys],
    }
    for (file, word), names in lists.items():
        for name, count in Counter(names).items():
            if count > 1:
                found = f"{word}“{name}”有{count}项"
                yield Finding(CODE_ID_TWICE, Severity.ERROR, Place(file, item=name), found, "编号唯一", "改名或合并")
