"""calculate: one policy over tables of one's own, without a dossier."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from hengji.engines.derivation import explain, tell
from hengji.engines.reference import calculate
from hengji.model.finding import Finding, Place, Severity
from hengji.model.policy_source import PolicySource
from hengji.model.record import record
from hengji.model.table import Keeping, Table
from hengji.policies.loading import read_policy
from hengji.policies.outcome import Outcome, RowOutcome, Step
from hengji.policies.policy import Policy
from hengji.storage.policy_packs import policy_names, policy_source
from hengji.work.policy_tables import Paths, in_memory, misnamed
from hengji.work.row_in_words import in_words, number
from hengji.work.watch import Watch

Findings = tuple[Finding, ...]
CODE_POLICY = "L221"
CODE_ROW = "L224"
_TEXTS = ("law.md", "parameters.yaml", "cases.yaml")
_TITLE = re.compile(r"^title:(.+)$", re.MULTILINE)


@record
class Calculation:
    """What came of it: ``outcome`` is None when the policy or a table could not be read."""

    policy: Policy | None
    tables: Mapping[str, Table]
    outcome: Outcome | None
    findings: Findings

    @property
    def main(self) -> Table:
        """The table whose rows are paid; only where there is an outcome."""
        assert self.policy is not None
        return self.tables[self.policy.rows]


def calculate_policy(
    name: str,
    paths: Paths,
    watch: Watch = Watch(),  # noqa: B008  it is frozen
    keeping: Keeping = Keeping.SEALED,
) -> Calculation:
    """Run the policy called ``name`` (in the packs, or a folder with law.md) over the tables at ``paths``, row by row."""
    watch.step("读取政策")
    policy, findings = open_policy(name)
    if policy is None:
        return Calculation(None, {}, None, findings)
    return calculate_rows(policy, paths, findings, watch, keeping)


def calculate_rows(policy: Policy, paths: Paths, findings: Findings, watch: Watch, keeping: Keeping) -> Calculation:
    """The same for a policy that was read already, with ``findings``."""
    if faults := misnamed(policy, paths):
        return Calculation(policy, {}, None, findings + faults)
    tables, faults = in_memory(policy, paths, keeping, watch)
    findings += faults
    if len(tables) < len(policy.tables):
        return Calculation(policy, tables, None, findings)
    watch.step("逐行计算")
    outcome, faults = calculate(policy, tables, watch.rows)
    return Calculation(policy, tables, outcome, tuple(dict.fromkeys(findings + faults)))


def open_policy(name: str) -> tuple[Policy | None, Findings]:
    """A policy of the packs by name, or the policy folder at that path."""
    source = policy_source(name)
    if source is not None:
        # The cases of a pack are proved where it is made; reading them takes longer than a county's roster.
        return read_policy(replace(source, cases=""), f"（政策库）{name}")
    root = Path(name)
    if not root.is_dir():
        expected = "政策文件夹的路径，或政策库中的：" + "、".join(_titled(name) for name in policy_names())
        place = Place(item=name)
        return None, (Finding(CODE_POLICY, Severity.ERROR, place, f"没有政策“{name}”", expected, "改正名称或路径"),)
    return _read_policy_folder(root)


def _titled(name: str) -> str:
    source = policy_source(name)
    title = _TITLE.search(source.law) if source is not None else None
    return f"{name}（{title[1].strip()}）" if title is not None else name


def _read_policy_folder(root: Path) -> tuple[Policy | None, Findings]:
    from hengji.storage.folder import read_folder  # most policies are asked for by name

    files, findings = read_folder(root)
    found: list[Finding] = list(findings)
    texts = {}
    for name in _TEXTS:
        try:
            texts[name] = files.get(name, b"").decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError:
            place = Place(str(root / name))
            remedy = "用文本编辑器另存为 UTF-8 编码"
            found.append(Finding(CODE_POLICY, Severity.ERROR, place, "文件不是 UTF-8 编码", "UTF-8 文本", remedy))
    if "law.md" not in files:
        place = Place(str(root))
        remedy = "给出含 law.md 的文件夹"
        found.append(Finding(CODE_POLICY, Severity.ERROR, place, "文件夹里没有 law.md", "政策文件夹", remedy))
    if any(finding.severity is Severity.ERROR for finding in found):
        return None, tuple(found)
    policy, faults = read_policy(PolicySource(root.resolve().name, *texts.values()), str(root))
    return policy, (*found, *faults)


def derivation(done: Calculation, line: int) -> tuple[str, Findings]:
    """How the row on ``line`` of the main file came out: in words first, then step by step."""
    assert done.policy is not None
    assert done.outcome is not None
    row = next((each for each in done.outcome.rows if number(each) == line), None)
    if row is None:
        lines = [number(each) for each in done.outcome.rows]
        expected = f"{min(lines)}至{max(lines)}中有数据的行，按文件中的行号" if lines else "至少有一行数据的表"
        return "", (no_such_row(done.main.path, done.main.name, line, expected),)
    return row_told(row, explain(done.policy, done.tables, row.row)), ()


def no_such_row(path: str, table: str, line: int, expected: str) -> Finding:
    place = Place(path, item=table)
    return Finding(CODE_ROW, Severity.ERROR, place, f"没有第{line}行数据", expected, "改正 --row 的行号")


def row_told(row: RowOutcome, steps: tuple[Step, ...]) -> str:
    """One row in words and in steps. What a row that gets nothing would have been paid is left out."""
    words = "\n".join(in_words(row, steps))
    shown = tuple(step for step in steps if step.text.startswith("条件")) if row.reasons else steps
    return f"{words}\n\n推导\n{tell(shown)}"
