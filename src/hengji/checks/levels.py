"""What checks of several levels of government have in common: how a level is called, and the columns of a table that are theirs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.manuscript import Manuscript, Passage
from hengji.reading.tables.sheet import Line, Sheet

LEVEL = r"(?:中央|[省市州县区旗])(?:\([市县区旗、]{1,4}\)|[县区市旗])?级?(?:财政)?"
_LIMITED = pattern(
    rf"(?P<level>{LEVEL})[^,。;\d]{{0,12}}(?:不(?:超过|高于)|最高)[^,。;\d]{{0,8}}(?P<percent>\d{{1,2}})%[^,。;]{{0,12}},?(?:剩余|其余|余下|不足)(?:部分|资金|的)?"
    rf"由(?:各|所在|当地)*(?P<other>{LEVEL})[^,。;]{{0,8}}(?:承担|负担|分担|配套|解决|自筹)"
)
_NOT_PLANNED = pattern(r"到位|支出|支付|拨付|使用|下达|结余|结转|执行")
_COLUMN = pattern(rf"{LEVEL}(?:资金|配套|负担|补助|承担)*")
_LETTER = pattern("中央|[省市州县区旗]")
_LOWER = "县区旗"


@record
class Limited:
    """只有上限的份额: 市级财政给予不超过40%的补助，剩余由县财政负担; folded characters ``start`` up to ``end`` of a passage."""

    passage: Passage
    start: int
    end: int
    level: str
    percent: str
    other: str

    @property
    def letters(self) -> frozenset[str]:
        return frozenset((letter_of(self.level), letter_of(self.other)))


def limited_shares(manuscript: Manuscript) -> Iterator[Limited]:
    """The shares of which only the most is told."""
    for passage in manuscript.holding("剩余", "其余", "余下", "不足"):
        for match in _LIMITED.finditer(passage.text):
            yield Limited(passage, *match.span(), match["level"], match["percent"], match["other"])


def letter_of(name: str) -> str:
    """The letter for a level, one for counties and districts; empty where a name is none of a level."""
    match = _LETTER.match(name) if _COLUMN.fullmatch(name) else None
    return "" if match is None else _LOWER[0] if match[0] in _LOWER else match[0]


def groups_of(sheet: Sheet) -> Iterable[dict[str, Line]]:
    """The columns of the levels side by side under each heading, of what was planned, by their letters."""
    groups: dict[tuple[str, ...], dict[str, Line]] = {}
    for line in sheet.columns:
        if line.path and (letter := letter_of(line.path[-1])) and not _NOT_PLANNED.search(line.name):
            groups.setdefault(line.path[:-1], {}).setdefault(letter, line)
    return groups.values()
