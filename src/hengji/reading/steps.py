"""Steps of a procedure with their days, wherever they are told: in a sentence, in a row of a table of steps, in a table of what was done when.

A step is known by its kind (签约, 完工, 支付), by which one it is (第一批, 尾款, 一标段) and by the numbers told with it. Two tellings are
of one step where these bear it out; the kind alone does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import groupby

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot, Span
from hengji.model.record import record
from hengji.reading.dates import DATE_HINT, Dated, Grain, scan
from hengji.reading.documents import without_titles
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role
from hengji.reading.occasions import evaluated_years

_DAY = "□"
_SURVEY = "问卷调查"
"""What is handed out of it is no money."""
_NAME = 4
"""An occasion is known by so many characters at the end of its name: 工作布置会, 业务培训."""
SET_RIGHT = "整改"
"""What comes after it was found; told as a term by which it was done, too."""
_KINDS = (
    ("招标", r"(?:招标|磋商|采购|询价|谈判)公告|公开招标"),
    ("开标", "开标"),
    ("中标", "(?:中标|成交)(?:通知书?|公告|公示|结果)"),
    ("委托", r"签订委托|委托(?:合同|协议)"),
    ("签约", r"签订[^,。;]{0,20}?(?:合同|协议)|(?:合同|协议)(?:书)?[^,。;]{0,16}签订|签约"),
    ("开工", "开工(?![前后率])|开始施工|进场施工"),
    ("完工", r"(?<!未)(?:完工|竣工(?!验收))"),
    ("初验", "初步?验收?(?<=验|收)"),
    ("终验", "终验|最终验收"),
    ("验收", "(?<!未)验收(?!合格率|时限|标准)"),
    ("结算", "(?:结算|决算)(?:审核|审计)?报告"),
    (
        "申请",
        r"(?:提出|提交|报送|上报)[^,。;]{0,10}?(?:申请|预算)|(?:乡镇|街道|村|社区|各地|单位)?上报|支付申请|申请(?=日期|时间)|申报(?!表|书|材料)",
    ),
    ("审核", "(?<!结算|决算)(?:审核|初审|复核)(?!报告)"),
    ("公示", "公示(?!资料|照片|材料|期|栏|无)"),
    ("批复", "批复|审批"),
    ("人大批准", "人民代表大会|人代会"),
    ("下达", "下达|安排(?:预算|资金)"),
    (SET_RIGHT, "整改(?:完毕|完成|到位)|(?:全部|已|予以)(?:追回|退回|收回|追缴|整改)"),
    ("审计", f"审计{HAN}{{0,8}}(?:出具|查出|指出|发现)|审计局|审计{HAN}{{0,4}}报告"),
    ("到位", "(?<!整改)到位(?!率)"),
    ("初稿", "初稿"),
    ("征求意见", "征求"),
    ("专家评审", "专家评审|评审会"),
    ("提交报告", "(?:提交|出具)(?:正式|最终)?(?:绩效)?(?:评价)?报告(?!初稿|征求)|正式报告"),
    ("成立评价组", f"成立(?:绩效)?评价(?:工作)?组|组成{HAN}{{0,10}}评价(?:工作)?组"),
    ("核验", "核验|勘验"),
    ("现场核查", "(?:现场|实地)(?:评价|核查|调研|勘查|走访|查看)|(?:核查|走访)(?:日期|时间)"),
    ("问卷调查", "问卷|满意度调查|电话(?:访问|调查)|入户调查|调查(?:日期|时间)"),
    ("支付", "(?<!未)(?:支付|拨付|付款|发放)(?!问卷|调查|申请|审批|标准|办法|率|及时|准确|条件|情况|方式|管理|工作)"),
)
"""What a step may be, the narrower words first."""
_OCCASION = pattern(
    rf"{HAN}{{2,12}}?(?:(?<![社协委机学商理董事监])会(?!员|计|议?[室所]|同|上|以|议精神)(?:议)?|培训班?|检查|抽查|核查|督查|督导|问卷调查)(?!组|员|机构|资料|标准|工作)"
)
_SOUGHT = tuple((kind, pattern(words)) for kind, words in _KINDS)
PLAIN_KINDS = frozenset(kind for kind, _ in _KINDS if len(kind) < _NAME)
"""Those that a report may tell of many times; what has a longer name is an occasion."""
_NAMES = frozenset(kind for kind, _ in _KINDS)
EVALUATION = ("委托", "成立评价组", "初稿", "征求意见", "专家评审", "提交报告")
PROCEDURES = (
    ("招标", "开标", "中标", "签约", "开工", "完工", "验收", "支付"),
    ("完工", "初验", "终验"),
    ("申请", "审核", "公示", "支付"),
    ("申请", "核验", "公示", "支付"),
    ("申请", "批复", "下达", "支付"),
    ("到位", "支付"),
    ("人大批准", "批复", "支付"),
    ("申请", "专家评审", "公示"),
    EVALUATION,
)
"""Kinds in the order in which they must come."""
_WHICH = pattern(
    r"第[一二三四五六七八九十\d]+(?:批次?|期|次|季度|标段|包)|[一二三四五六七八九十]标段|[一二三四]季度|(?:首付|预付|中期|进度|尾|质保)款|首期|尾期"
)
_NUMBER = pattern(r"(?<![\d.〔年月])(?P<number>\d[\d,]*(?:\.\d+)?)(?P<unit>万元|亿元|元|户|家|人|份|名|张|个|台|套)")
_UNITS = {"名": "人"}
_HEAD_UNIT = pattern(r"\((万元|元|人|户|家)\)")
_PLAIN = pattern(r"\d[\d,]*(?:\.\d+)?")
_AT_ONCE = pattern("[^,。;:]*")
_LIMIT = pattern("[之以]?前")
_PAIRS = pattern(f"(?=({HAN}{{2}}))")
_AROUND = 24
_COMMA = ",;。:"
_TO = pattern(r"(?:起)?[-—–~～至到]{1,3}")
_DAY_HEAD = pattern("日期|时间")
_MORE_ROWS = 400
_TELLING = 3
"""A number of fewer signs without its unit may be the row's own."""


@record
class Step:
    """步骤: what was done on a day; ``home`` is the passage or the table that tells it, ``group`` the sentence or the row.

    ``counted`` are its numbers with their units, none where another one is told of with it, ``words`` the pairs of characters around the day. ``sure`` is whether the
    year is printed; of one that is not, only month and day are known.
    """

    kind: str
    dated: Dated
    span: Span
    home: int
    group: tuple[int, int]
    which: frozenset[str]
    numbers: frozenset[str]
    counted: tuple[tuple[str, str, Span], ...] = ()
    words: frozenset[str] = frozenset()
    sure: bool = True
    in_table: bool = False
    role: Role = Role.OTHER

    def other_day(self, other: Step) -> bool:
        """Whether the two cannot be on one day; of a year that is not printed nothing is known."""
        ours, theirs = self.dated, other.dated
        if self.sure and other.sure:
            return ours.last < theirs.first or theirs.last < ours.first
        if min(ours.grain, theirs.grain) is Grain.DAY:
            return (ours.first.month, ours.first.day) != (theirs.first.month, theirs.first.day)
        return ours.first.month != theirs.first.month


def steps_of(reading: Reading, manuscript: Manuscript) -> tuple[Step, ...]:
    """The steps of a report, those of its paragraphs first; they are worked out once."""
    if "steps" not in manuscript.worked_out:
        manuscript.worked_out["steps"] = tuple(_steps(reading, manuscript))
    return manuscript.worked_out["steps"]


def _steps(reading: Reading, manuscript: Manuscript) -> Iterator[Step]:
    years = evaluated_years(manuscript)
    year = min(years) if len(years) == 1 else 0
    for passage in manuscript.timed:
        if passage.kind is Kind.PROSE:
            yield from _told(passage, year)
    for number, part in enumerate(reading.parts):
        if isinstance(part, Grid) and part.height <= _MORE_ROWS and DATE_HINT.search(reading.text, *part.span):
            yield from _rows(manuscript, part, number)


def _told(passage: Passage, year: int) -> Iterator[Step]:
    """The steps that a paragraph tells of."""
    dates, sure = passage.dates, True
    if not dates:
        dates, sure = scan(passage.text, year)[0] if year else (), False
    plain = without_titles(passage.text)
    for start, end in passage.sentences():
        days = [day for day in dates if start <= day.start < end and day.grain is not Grain.YEAR]
        which, before = frozenset[str](), ""
        for dated, (begin, stop) in segments(plain, days, start, end):
            kind = kind_in(plain, dated, begin, stop)
            lead, behind = plain[begin : dated.start], plain[dated.end : stop]
            own = frozenset(_WHICH.findall(lead) or _WHICH.findall(_AT_ONCE.match(behind)[0]))  # type: ignore[index]
            goes_on = kind != before and ";" not in plain[max(start, begin - 1) : begin]
            which, before = own or (which if goes_on else frozenset()), kind
            if kind and (kind == SET_RIGHT or not _LIMIT.match(plain, dated.end)):
                alone = which >= set(_WHICH.findall(lead + behind))
                counted = tuple(_counted(passage, plain, (begin, dated.start), (dated.end, stop))) if alone else ()
                yield Step(
                    kind,
                    dated,
                    passage.span(dated.start, dated.end),
                    passage.part,
                    (passage.part, start),
                    which,
                    frozenset(number for number, _, _ in counted),
                    counted,
                    frozenset(_PAIRS.findall(plain, max(start, dated.start - _AROUND), min(end, dated.end + _AROUND))),
                    sure,
                    role=passage.role,
                )


def _counted(passage: Passage, text: str, *ranges: tuple[int, int]) -> Iterator[tuple[str, str, Span]]:
    """The numbers with a unit in parts of a passage, and where they stand."""
    for start, end in ranges:
        for match in _NUMBER.finditer(text, start, end):
            yield _value(match["number"]), _UNITS.get(match["unit"], match["unit"]), passage.span(*match.span())


def called(step: Step) -> str:
    """A step as its readers would call it."""
    ordinal = "".join(sorted(step.which))
    return f"{ordinal}{step.kind}" if step.kind in _NAMES else f"{ordinal}…{step.kind}"


def segments(text: str, days: list[Dated], start: int, end: int) -> Iterator[tuple[Dated, tuple[int, int]]]:
    """Each day with the part of its sentence that is told of it: from its own clause up to that of the next; a period is its first day."""
    firsts = [day for at, day in enumerate(days) if not at or not _TO.fullmatch(text[days[at - 1].end : day.start])]
    begins = [max(start, *(text.rfind(sign, start, day.start) + 1 for sign in _COMMA)) for day in firsts]
    begins = [max(begin, firsts[at - 1].end) if at else begin for at, begin in enumerate(begins)]
    for at, day in enumerate(firsts):
        stop = begins[at + 1] if at + 1 < len(firsts) else end
        until = text.find(";", day.end, stop)
        yield day, (begins[at], until if until >= 0 else stop)


def kind_in(text: str, dated: Dated, begin: int, stop: int) -> str:
    """The kind of the first step or occasion told behind a day or around it, else of the last one before it."""
    day = dated.start - begin
    found = [*_kinds(text[begin : dated.start] + _DAY + text[dated.end : stop])]
    before = max(((end, -at, kind) for _, end, at, kind in found if end <= day), default=(0, 0, ""))[2]
    if before and text[dated.start - 1] == "(":
        return before
    told = min(((start, at, kind) for start, end, at, kind in found if end > day), default=(0, 0, before))[2]
    return before if before == _SURVEY and told == "支付" else told


def _kinds(text: str) -> Iterator[tuple[int, int, int, str]]:
    """Where a step or an occasion is named, which of those it is, and its name."""
    for at, (kind, sought) in enumerate(_SOUGHT):
        yield from ((*match.span(), at, kind) for match in sought.finditer(text))
    for match in _OCCASION.finditer(text):
        name = match[0].rstrip("班议")[-_NAME:]
        yield match.end() - _NAME, match.end(), len(_SOUGHT), name


def _rows(manuscript: Manuscript, grid: Grid, home: int) -> Iterator[Step]:
    """The steps of a table: a day under the name of a step, or beside the words that tell of it."""
    heads: dict[int, str] = defaultdict(str)
    for slot in grid.slots:
        if slot.row < grid.head:
            heads[slot.column] += manuscript.cell(slot)
    kinds = {column: _kind_of(head) for column, head in heads.items()}
    for row, slots in groupby((slot for slot in grid.slots if slot.row >= grid.head), key=lambda slot: slot.row):
        cells = [(slot, manuscript.cell(slot)) for slot in slots]
        days = [(slot, found[0]) for slot, text in cells if _is_date(text) and (found := scan(text)[0])]
        if not days:
            continue
        rest = " ".join(text for _, text in cells if "〔" not in text and not scan(text)[0])
        for slot, dated in days:
            told = kinds.get(slot.column) or (_kind_of(rest) if len(days) == 1 else "")
            if told and dated.grain is not Grain.YEAR:
                told_with = frozenset(_value(number) for number in _PLAIN.findall(rest) if len(number) >= _TELLING)
                which, words = frozenset(_WHICH.findall(rest)), frozenset(_PAIRS.findall(rest))
                counted = tuple(_in_cells(cells, heads))
                numbers = told_with | {number for number, _, _ in counted}
                yield Step(told, dated, slot.span, home, (home, row), which, numbers, counted, words, in_table=True)


def _in_cells(cells: list[tuple[Slot, str]], heads: Mapping[int, str]) -> Iterator[tuple[str, str, Span]]:
    """The numbers of a row with their units, which stand with them or in the head of the column."""
    for slot, text in cells:
        unit = _HEAD_UNIT.search(heads.get(slot.column, ""))
        if unit and _PLAIN.fullmatch(text):
            yield _value(text), unit[1], slot.span
        for match in _NUMBER.finditer(text):
            yield _value(match["number"]), _UNITS.get(match["unit"], match["unit"]), slot.span


def _is_date(text: str) -> bool:
    return bool(DATE_HINT.search(text)) and text[:1].isdigit() and text[-1:] in "日号月0123456789"


def _kind_of(text: str) -> str:
    return min(((start, at, kind) for start, _, at, kind in _kinds(text)), default=(0, 0, ""))[2]


def _value(number: str) -> str:
    bare = number.replace(",", "")
    return bare.rstrip("0").rstrip(".") if "." in bare else bare
