"""Figures of the deadlines: 时限.<id>.届满日, .用时, and .逾期 (or .不足 where a step must last)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction

from hengji.deadlines import faults
from hengji.deadlines.assessment import Assessment, assess, due_day
from hengji.deadlines.terms import UnknownYearError
from hengji.model.deadline import Deadline, TermBound, TermUnit
from hengji.model.figure import Figure, FigureKind, Source, SourceKind, chinese_date
from hengji.model.finding import Finding
from hengji.model.programme import Programme

_CALENDARS = {
    TermUnit.WORKING_DAYS: "工作日按国务院办公厅历年放假安排计算，调休上班日计入；起算当日不计",
    TermUnit.DAYS: "按公历日计算；起算当日不计",
    TermUnit.MONTHS: "届满日为期满之月的对应日，没有对应日的为该月最后一日；起算当日不计",
}


def deadline_figures(
    deadlines: Iterable[Deadline], programmes: Iterable[Programme], cutoff: date | None
) -> tuple[dict[str, Figure], tuple[Finding, ...]]:
    """Three figures a deadline; a value that cannot be had is None and a finding says why."""
    figures: dict[str, Figure] = {}
    found: list[Finding] = []
    known = {programme.id for programme in programmes}
    seen: set[str] = set()
    for deadline in deadlines:
        if deadline.id in seen:
            found.append(faults.repeated(deadline))
            continue
        seen.add(deadline.id)
        if deadline.programme and deadline.programme not in known:
            found.append(faults.unknown_programme(deadline))
        due, assessment, wrong = _judged(deadline, cutoff)
        found.extend(wrong)
        figures |= {figure.id: figure for figure in _figures(deadline, due, assessment)}
    return figures, tuple(found)


def _judged(deadline: Deadline, cutoff: date | None) -> tuple[date | None, Assessment | None, tuple[Finding, ...]]:
    if deadline.limit < 1:
        return None, None, (faults.no_limit(deadline),)
    try:
        due = due_day(deadline.start, deadline.limit, deadline.unit)
        assessment = assess(deadline, cutoff)
    except UnknownYearError as error:
        return None, None, (faults.unknown_year(deadline, error),)
    if assessment is not None:
        return due, assessment, ()
    wrong = faults.done_before_start(deadline) if deadline.done else faults.no_cutoff(deadline)
    return due, None, (wrong,)


def _figures(deadline: Deadline, due: date | None, assessment: Assessment | None) -> Iterator[Figure]:
    stem = f"时限.{deadline.id}"
    sources = tuple(_sources(deadline))
    days = "个工作日" if deadline.unit is TermUnit.WORKING_DAYS else "天"
    counted = "工作日数" if deadline.unit is TermUnit.WORKING_DAYS else "日历天数"
    start = f"{chinese_date(deadline.start)}{_event(deadline.start_event)}"
    until = _until(deadline, assessment)
    yield Figure(
        f"{stem}.届满日",
        f"{deadline.name}届满日",
        FigureKind.DATE,
        due,
        formula=f"自{start}的次日起第{deadline.limit}{deadline.unit.value}",
        sources=sources,
    )
    yield Figure(
        f"{stem}.用时",
        f"{deadline.name}用时",
        FigureKind.DAYS,
        Fraction(assessment.used) if assessment else None,
        days,
        formula=f"自{start}的次日至{until}的{counted}",
        sources=sources,
    )
    late, formula = (
        ("逾期", f"届满日之后至{until}的{counted}，未超过届满日为0")
        if deadline.bound is TermBound.AT_MOST
        else ("不足", f"{until}之后至届满日的{counted}，已满期限或仍在进行为0")
    )
    yield Figure(
        f"{stem}.{late}",
        f"{deadline.name}{late}",
        FigureKind.DAYS,
        Fraction(assessment.late) if assessment else None,
        days,
        formula=formula,
        inputs=(f"{stem}.届满日",),
        sources=sources,
    )


def _until(deadline: Deadline, assessment: Assessment | None) -> str:
    if deadline.done is not None:
        return f"{chinese_date(deadline.done)}{_event(deadline.done_event)}"
    return f"截止日{chinese_date(assessment.until)}（尚未完成）" if assessment else "完成日（未填）"


def _event(text: str) -> str:
    return f"（{text}）" if text else ""


def _sources(deadline: Deadline) -> Iterator[Source]:
    yield Source(SourceKind.CALENDAR, _CALENDARS[deadline.unit])
    bound = "" if deadline.bound is TermBound.AT_MOST else deadline.bound.value
    rule = f"{deadline.name}：{bound}{deadline.limit}{deadline.unit.value}"
    yield Source(
        SourceKind.CLAUSE,
        rule if bound else f"{rule}{deadline.bound.value}",
        faults.FILE,
        reference=f"{deadline.document}{deadline.clause}",
    )
    done = f"，{_until(deadline, None)}" if deadline.done else ""
    for evidence in deadline.evidence:
        yield Source(
            SourceKind.EVIDENCE,
            f"{chinese_date(deadline.start)}{_event(deadline.start_event)}{done}",
            faults.FILE,
            reference=evidence,
        )
