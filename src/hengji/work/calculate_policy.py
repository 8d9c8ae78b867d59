"""calculate: one policy over tables of one's own, without a dossier."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hengji.engines.derivation import explain, tell
from hengji.engines.grids import open_book
from hengji.engines.reference import calculate
from hengji.engines.tables import read_table
from hengji.model.dossier import PolicySource
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import Table, TableDeclaration
from hengji.policies.loading import read_policy
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable
from hengji.storage.folder import read_folder
from hengji.storage.packs import policy_names, policy_source
from hengji.storage.refusals import reason
from hengji.work.row_in_words import in_words, number

Findings = tuple[Finding, ...]
Tick = Callable[[str], None]
CODE_POLICY = "L221"
CODE_TABLE = "L222"
CODE_FILE = "L223"
CODE_ROW = "L224"
_TEXTS = ("law.md", "parameters.yaml", "cases.yaml")
_BOOK = ".xlsx"
_TITLE = re.compile(r"^title:(.+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
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


def calculate_policy(name: str, paths: Mapping[str, Path], tick: Tick) -> Calculation:
    """Run the policy called ``name`` (in the packs, or a folder with law.md) over the tables at ``paths``."""
    tick("读取政策")
    policy, findings = open_policy(name)
    if policy is None:
        return Calculation(None, {}, None, findings)
    tables: dict[str, Table] = {}
    for declared in policy.tables.values():
        tick(f"读取{declared.name}")
        table, faults = _read(declared, paths)
        findings += faults
        if table is not None:
            tables[declared.name] = table
    findings += tuple(_strangers(policy, paths))
    if len(tables) < len(policy.tables):
        return Calculation(policy, tables, None, findings)
    tick("逐行计算")
    outcome, faults = calculate(policy, tables)
    return Calculation(policy, tables, outcome, tuple(dict.fromkeys(findings + faults)))


def open_policy(name: str) -> tuple[Policy | None, Findings]:
    """A policy of the packs by name, or the policy folder at that path."""
    source = policy_source(name)
    if source is not None:
        return read_policy(source, f"（政策库）{name}")
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


def _read(declared: PolicyTable, paths: Mapping[str, Path]) -> tuple[Table | None, Findings]:
    path = paths.get(declared.name)
    if path is None:
        columns = "、".join(column.name for column in declared.columns)
        remedy = f"加上 --table {declared.name}=文件路径（csv 或 xlsx）"
        place = Place(item=declared.name)
        return None, (
            Finding(CODE_TABLE, Severity.ERROR, place, f"没有给数据表“{declared.name}”", f"含列：{columns}", remedy),
        )
    try:
        content = path.read_bytes()
    except OSError as error:
        found = "没有这个文件" if not path.exists() else f"文件读不出来（{reason(error)}）"
        remedy = "检查路径；文件正被别的程序打开时先关闭"
        place = Place(str(path), item=declared.name)
        return None, (Finding(CODE_FILE, Severity.ERROR, place, found, "可读的 csv 或 xlsx 文件", remedy),)
    sheet = _sheet(path.name, content, declared.name)
    return read_table(TableDeclaration(declared.name, str(path), declared.columns, sheet), {str(path): content})


def _sheet(name: str, content: bytes, table: str) -> str:
    """In a workbook the sheet that is called like the table, else the first."""
    if not name.lower().endswith(_BOOK):
        return ""
    book, _ = open_book(name, content)
    return table if book is not None and table in book.names else ""


def _strangers(policy: Policy, paths: Mapping[str, Path]) -> Iterator[Finding]:
    for name in paths:
        if name not in policy.tables:
            expected = "其一：" + "、".join(policy.tables)
            found = f"政策“{policy.title}”没有数据表“{name}”"
            yield Finding(CODE_TABLE, Severity.ERROR, Place(item=name), found, expected, "改正 --table 等号左边的表名")


def derivation(done: Calculation, line: int) -> tuple[str, Findings]:
    """How the row on ``line`` of the main file came out: in words first, then step by step.

    What a row that gets nothing would have been paid is left out.
    """
    assert done.policy is not None
    assert done.outcome is not None
    row = next((each for each in done.outcome.rows if number(each) == line), None)
    if row is None:
        place = Place(done.main.path, item=done.main.name)
        lines = [number(each) for each in done.outcome.rows]
        expected = f"{min(lines)}至{max(lines)}中有数据的行，按文件中的行号" if lines else "至少有一行数据的表"
        return "", (Finding(CODE_ROW, Severity.ERROR, place, f"没有第{line}行数据", expected, "改正 --explain 的行号"),)
    steps = explain(done.policy, done.tables, row.row)
    words = "\n".join(in_words(row, steps))
    shown = tuple(step for step in steps if step.text.startswith("条件")) if row.reasons else steps
    return f"{words}\n\n推导\n{tell(shown)}", ()
