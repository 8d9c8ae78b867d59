"""Whether a text is only a piece of a report: it breaks off, or begins in the middle; what it lacks may stand in what is not there."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role
from hengji.reading.ordinals import Style, ordinals

_SHORTEST, _SHORT, _SHORTER = 20, 12, 8
_NEAR, _FEWEST, _MOSTLY = 5, 4, 0.8
"""Where so many of the last few longer paragraphs, and so large a share of them, end with a stop, a last one without it has not ended."""
_INNER = pattern(r"[,。;]")
_OPENED = pattern(r"(?:《[^》]*|〔[^〕]*|\([^)]*|“[^”]*)$")
_AMOUNT_BEGUN = pattern(r"\d[\d,.]*万$")
_UNDER_WAY = pattern(r"[\u4e00-\u9fff][、,]?$|[(《〔“]$")
"""What prose can break off with; data and code end with other signs."""
_ANNOUNCING = pattern(r"(?:为|如下|包括|以下[^,。]{0,8}):$")
_ENDED = pattern(r"[。!?;:…”’)》】.]$")
_SIGNED = pattern(r"(?:局|院|所|公司|政府|中心|办|委员?会|处|科|组|部|厅|站|校|年|月|日|号|人)$")
_APART = pattern(r"^(?:附|注|联系|地址|电话|抄送|备注|来源|\(此)|\t|\||\S {2,}\S")
"""A note, an annex, or a row that blanks or marks align: such have no stop."""
_NUMBERED = pattern(r"^第(?P<number>[一二三四五六七八九十]+)(?:部分|章|篇)")


def broken_off(manuscript: Manuscript) -> Passage | None:
    """The last paragraph or title of a text where it stops in the middle of a sentence; None where it comes to its end."""
    if not manuscript.passages:
        return None
    last = manuscript.passages[-1]
    if last.kind not in {Kind.PROSE, Kind.TITLE} or _APART.search(last.text):
        return None
    if _ANNOUNCING.search(last.text) or (_OPENED.search(last.text) and _UNDER_WAY.search(last.text)):
        return last
    if last.role is Role.ANNEX or not (_stops_short(last) or _alone_without_stop(manuscript, last)):
        return None
    return last


def is_piece(manuscript: Manuscript) -> bool:
    """Whether a text breaks off, ends with a title, or begins with a number that is not the first."""
    return ends_open(manuscript) or _begins_inside(manuscript)


def ends_open(manuscript: Manuscript) -> bool:
    """Whether a text breaks off or ends with a title: more may have stood behind it."""
    last = manuscript.passages[-1] if manuscript.passages else None
    titled = last is not None and last.kind is Kind.TITLE and last.role is not Role.ANNEX
    return broken_off(manuscript) is not None or (titled and any(manuscript.prose))


def _stops_short(last: Passage) -> bool:
    text = last.text
    if last.kind is Kind.TITLE or len(text) < _SHORTEST or not _UNDER_WAY.search(text):
        return False
    if _AMOUNT_BEGUN.search(text):
        return True
    return bool(_INNER.search(text)) and not _SIGNED.search(text)


def _alone_without_stop(manuscript: Manuscript, last: Passage) -> bool:
    """Whether a last line has no stop where nearly every paragraph before it has one."""
    text = last.text
    named = ":" in text and len(text) < _SHORT  # 项目负责人:甲某
    if last.kind is Kind.TITLE or len(text) < _SHORTER or named:
        return False
    if not _UNDER_WAY.search(text) or _SIGNED.search(text):
        return False
    begun = next((passage.part for passage in manuscript.of(Kind.TITLE)), last.part)  # above are the lines of a cover
    longer = [passage for passage in manuscript.prose if begun < passage.part < last.part]
    longer = [passage for passage in longer if len(passage.text) >= _SHORT][-_NEAR:]
    stopped = sum(_ENDED.search(passage.text) is not None for passage in longer)
    return len(longer) >= _FEWEST and stopped >= len(longer) * _MOSTLY


def _begins_inside(manuscript: Manuscript) -> bool:
    first = next((passage for passage in manuscript.passages if passage.kind in {Kind.PROSE, Kind.TITLE}), None)
    part = _NUMBERED.match(first.text) if first is not None else None
    if part is not None:
        return part["number"] != "一"
    number = next(ordinals(manuscript), None)
    return number is not None and number.number > 1 and number.style <= Style.BRACKETS
