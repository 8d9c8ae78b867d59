"""同一件事写了两个日期。

## 查什么
除日期外一字不差的句子，日期是否相同；较短的分句（如“县财政局于某日下达资金”）多处写同一日期、只有一处不同，或者连前面的话也一字不差的，指出这一处，
只写到月的与写到日的不比较。评价基准日、文件印发、机构成立、工程开工、竣工、验收、投入使用，写法不同也认得出是同一件事；年、月、日不止一项不同的，多半是另一件事，不查。招标、签约、开工、
验收、申请、审核、公示、批复、下达、支付各个步骤，以及会议、培训、检查，正文、进度表和大事记中批次、金额、人数或者前后步骤都对得上，只有这一步日期不同的，也指出。

## 为什么
日期抄错一位，是否逾期、属于哪个年度、数据截至哪一天就全变了。

## 怎么改
对照凭证改正写错的一处；确是两件事的，写明区别。
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.dates import Dated, Grain
from hengji.reading.events import BASE, Event, event_on
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Passage
from hengji.reading.steps import called, steps_of
from hengji.reading.steps_again import on_two_days

CODE = "n569"
_SIGNS = ",;。:"
_HAN = pattern(HAN)
_CLAUSE, _SENTENCE = 8, 24
"""So many characters must be the same for many places to outvote one, and for one to be held against another."""
_BEFORE = 16
_MANY = 2


@record
class _Odd:
    """What is told on a day that another place tells on another; of a day printed without its year, the ``years`` they are in."""

    what: str
    span: Span
    other: Span
    years: tuple[str, str] = ("", "")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Dates that stand alone against the others of the same words, then those of one event in other words."""
    alike = list(_by_words(manuscript))
    met = {span for odd in alike for span in (odd.span, odd.other)}
    others = [*_by_event(manuscript), *_by_steps(reading, manuscript)]
    for odd in (*alike, *(odd for odd in others if met.isdisjoint((odd.span, odd.other)))):
        met.update((odd.span, odd.other))
        here, there = (f"{reading.quote(at)}{year}" for at, year in zip((odd.span, odd.other), odd.years, strict=True))
        found = f"{odd.what}这里写{here}，别处写{there}"
        fault = Fault(
            CODE,
            Severity.WARNING,
            found,
            "同一件事只有一个日期",
            "对照凭证改正，或写明是两件事",
            confidence=Confidence.LIKELY,
        )
        yield remark(reading, fault, odd.span, odd.other)


def _by_words(manuscript: Manuscript) -> Iterator[_Odd]:
    told: dict[str, dict[date, list[_Told]]] = defaultdict(lambda: defaultdict(list))
    for passage in manuscript.dated:
        for dated in passage.dates:
            if dated.grain is Grain.DAY and (key := _words(passage, dated)):
                before = passage.text[max(passage.sentence(dated.start)[0], dated.start - _BEFORE) : dated.start]
                told[key][dated.first].append(_Told(passage.span(dated.start, dated.end), before))
    for key, days in told.items():
        usual = max(days, key=lambda day: len(days[day]))
        for day, places in days.items():
            if day == usual or len(places) > 1:
                continue
            place, other = places[0], days[usual][0]
            alike = len(key) >= _SENTENCE or (len(place.before) == _BEFORE and place.before == other.before)
            if len(days[usual]) >= _MANY or alike:
                yield _Odd(f"“{key}”", place.span, other.span)


@record
class _Told:
    """A date, and the words before it in its sentence."""

    span: Span
    before: str


def _words(passage: Passage, dated: Dated) -> str:
    """The words of the clause around a date, without it; empty where they are too few or there is another date or number."""
    text = passage.text
    start = max(text.rfind(sign, 0, dated.start) for sign in _SIGNS) + 1
    end = min((at for sign in _SIGNS if (at := text.find(sign, dated.end)) >= 0), default=len(text))
    key = text[start : dated.start] + text[dated.end : end]
    plain = len(_HAN.findall(key)) >= _CLAUSE and not any(sign.isdigit() for sign in key)
    named = start < dated.start and bool(_HAN.search(text, start, dated.start))
    return key.replace("专项", "") if plain and named else ""


def _by_event(manuscript: Manuscript) -> Iterator[_Odd]:
    """Each event on another day than where it was first told, once for each other day."""
    known: dict[Event, list[tuple[Dated, Span]]] = defaultdict(list)
    for passage in manuscript.dated:
        for dated in passage.dates:
            event = event_on(passage, dated) if dated.grain is not Grain.YEAR else None
            if event is None:
                continue
            span, told = passage.span(dated.start, dated.end), known[event]
            first = next(((other, place) for other, place in told if event == BASE or _slipped(dated, other)), None)
            if first is not None and not any(_meet(dated, other) for other, _ in told):
                what = f"{event.name}{event.what}的日期" if event.name else event.what
                yield _Odd(what, span, first[1], (_year(dated), _year(first[0])))
            told.append((dated, span))


def _by_steps(reading: Reading, manuscript: Manuscript) -> Iterator[_Odd]:
    for step, other in on_two_days(steps_of(reading, manuscript)):
        years = tuple(_year(each.dated) if each.sure else "" for each in (step, other))
        yield _Odd(f"“{called(step if step.which else other)}”的日期", step.span, other.span, (years[0], years[1]))


def _year(dated: Dated) -> str:
    """The year of a day that is printed without it."""
    return "" if dated.full else f"（{dated.first.year}年）"


def _slipped(one: Dated, other: Dated) -> bool:
    """Whether only the year, the month or the day differs: what differs in more is rather another event of the name."""
    ours, theirs = one.first, other.first
    days = min(one.grain, other.grain) is Grain.DAY and ours.day != theirs.day
    return (ours.year != theirs.year) + (ours.month != theirs.month) + days == 1


def _meet(one: Dated, other: Dated) -> bool:
    return one.first <= other.last and other.first <= one.last
