"""分担的份额只写了上限。

## 查什么
补助、投资由几级财政分担，一级写作“不超过百分之多少”，其余由另一级负担（“市级补助不超过30%，其余由县级承担”），而没有写明实际按多少执行，
也没有一张表逐行列全两级金额的。

## 为什么
只有上限，各级应当出多少算不出来，配套到没到位也就无法判断。

## 怎么改
写明实际执行的比例和依据的文件，或逐个项目列出各级的金额。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.levels import Limited, groups_of, letter_of, limited_shares
from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading
from hengji.reading.manuscript import Manuscript, Role
from hengji.reading.tables.sheet import Total, sheet_of

CODE = "p359"
_SETTLED = pattern(r"实际(?:按|执行|负担|承担)|最终(?:按|确定)")
_LEFT_OUT = {Role.PROBLEMS, Role.ADVICE, Role.ANNEX}


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Shares of which only the most is told, each pair of levels once."""
    done: set[tuple[str, str, str]] = set()
    for share in limited_shares(manuscript):
        said = share.level, share.percent, share.other
        if share.passage.role in _LEFT_OUT or said in done or _SETTLED.search(share.passage.text, share.end):
            continue
        done.add(said)
        if any(_all_listed(reading, manuscript, grid, share) for grid in reading.grids()):
            continue
        fault = Fault(
            CODE,
            Severity.NOTE,
            f"{share.level}只写最多{share.percent}%，{share.other}负担多少算不出来",
            "各级实际负担的比例",
            "写明执行的比例，或逐项列出各级金额",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, share.passage.span(share.start, share.end))


def _all_listed(reading: Reading, manuscript: Manuscript, grid: Grid, share: Limited) -> bool:
    """Whether each row of a table tells the amounts of both levels."""
    heads = {letter_of(manuscript.cell(slot)) for slot in grid.slots if slot.row < grid.head}
    if not share.letters <= heads:
        return False
    sheet = sheet_of(reading, grid)
    rows = [row.number for row in sheet.rows if row.total is Total.NONE]
    return any(
        all((row, group[letter].number) in sheet.cells for row in rows for letter in share.letters)
        for group in groups_of(sheet)
        if share.letters <= group.keys()
    )
