"""Figures of the ledger: 资金.<环节>, balances, rates and waiting days, by sub-project and tier, at every cut-off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

from hengji.funds import faults
from hengji.funds.balances import (
    WHOLE,
    Position,
    Scope,
    budget_stage,
    check_totals,
    positions,
    rests_of,
    scopes,
    scopes_of,
    stages,
    unrecorded,
)
from hengji.funds.holdings import Holding, check_movements, holdings
from hengji.model.figure import Figure, FigureKind, Source, SourceKind, chinese_date
from hengji.model.finding import Finding
from hengji.model.ledger import ControlTotal, Entry, FundStage, Ledger
from hengji.model.period import CutOff
from hengji.model.profile import ExecutionBase
from hengji.model.programme import Programme
from hengji.model.record import record

_UNKNOWN = "台账没有“{}”分录，不可得"


@record
class _View:
    """The ledger as it stood at one cut-off; ``mark`` is what ids carry for it, ``longest`` what waited most at a hop."""

    cutoff: date | None
    positions: Mapping[FundStage, Mapping[Scope, Position]]
    budget: FundStage
    longest: Mapping[tuple[Scope, FundStage], Holding]
    mark: str = ""

    def position(self, stage: FundStage, scope: Scope) -> Position | None:
        """None where the ledger does not follow the stage."""
        by_scope = self.positions.get(stage)
        return by_scope[scope] if by_scope is not None else None

    def amount(self, stage: FundStage, scope: Scope) -> Fraction | None:
        position = self.position(stage, scope)
        return None if position is None or position.amount is None else Fraction(position.amount)

    def id(self, name: str, scope: Scope) -> str:
        return f"资金.{name}{scope.suffix}{self.mark}"


FILE = "funds.csv"


def fund_figures(
    ledger: Ledger, programmes: Iterable[Programme], cutoffs: Iterable[CutOff], base: ExecutionBase
) -> tuple[dict[str, Figure], tuple[Finding, ...]]:
    """All figures of the ledger, and the faults that it has as a whole; ``programmes`` give their names to labels.

    Without @ an id counts up to the last cut-off (everything, where there is none). A stage that the ledger does not follow
    has a total without a value; in a scope that has entries, a stage that the ledger follows is 0 where it has none, unless
    money of the sub-project is seen further on.
    """
    names = {programme.id: programme.name for programme in programmes}
    leaves = {entry: entry_source(entry) for entry in ledger.entries}
    figures: dict[str, Figure] = {}
    views = _views(ledger, tuple(cutoffs))
    for view in views:
        for scope in scopes(ledger):
            made = _scope_figures(view, scope, _label(scope, names, view.cutoff), base, leaves)
            figures |= {figure.id: figure for figure in made}
    return figures, tuple(_faults(ledger, views, base))


def _views(ledger: Ledger, cutoffs: tuple[CutOff, ...]) -> tuple[_View, ...]:
    last = max((cutoff.date for cutoff in cutoffs), default=None)
    by_day = {day: _view(ledger, day) for day in {last, *(cutoff.date for cutoff in cutoffs)}}
    return by_day[last], *(replace(by_day[cutoff.date], mark=f"@{cutoff.name}") for cutoff in cutoffs)


def _view(ledger: Ledger, cutoff: date | None) -> _View:
    longest: dict[tuple[Scope, FundStage], Holding] = {}
    for holding in holdings(ledger, cutoff):
        for scope in scopes_of(holding.came):
            kept = longest.get((scope, holding.to))
            if kept is None or holding.days > kept.days:
                longest[scope, holding.to] = holding
    return _View(cutoff, positions(ledger, cutoff), budget_stage(ledger, cutoff), longest)


def _scope_figures(
    view: _View, scope: Scope, label: str, base: ExecutionBase, leaves: Mapping[Entry, Source]
) -> Iterator[Figure]:
    for stage in FundStage:
        position = view.position(stage, scope)
        if position is not None or scope == WHOLE:
            yield _stage_figure(view, scope, stage, position, label, leaves)
    budget, arrived, disbursed = view.budget, FundStage.ARRIVED, FundStage.DISBURSED
    yield from _difference(view, scope, "未到位", label, budget, arrived)
    yield from _difference(view, scope, "结余", label, arrived, disbursed)
    yield from _difference(view, scope, "未落实", label, disbursed, FundStage.LANDED)
    yield from _rate(view, scope, "到位率", label, arrived, budget)
    yield from _rate(view, scope, "落实率", label, FundStage.LANDED, disbursed)
    named = Source(
        SourceKind.PROFILE, f"预算执行率口径：{base.numerator.value}÷{base.denominator.value}", reference=base.source
    )
    yield from _rate(view, scope, "预算执行率", label, base.numerator, base.denominator, (named,))
    for name, denominator in (
        ("执行率按到位", FundStage.ARRIVED),
        ("执行率按调整预算", FundStage.ADJUSTED_BUDGET),
        ("执行率按年初预算", FundStage.INITIAL_BUDGET),
    ):
        yield from _rate(view, scope, name, label, base.numerator, denominator)
    yield from _waiting(view, scope, label, leaves)


def _stage_figure(
    view: _View, scope: Scope, stage: FundStage, position: Position | None, label: str, leaves: Mapping[Entry, Source]
) -> Figure:
    if position is None:
        formula = _UNKNOWN.format(stage.value)
    elif position.missing:
        formula = f"“{'、'.join(position.missing)}”没有“{stage.value}”分录，不可得"
    elif position.amount is None:
        formula = "部分金额只有合计行，没有分项目、分层级的分录，不可得"
    else:
        rest = "，加合计行中没有分录的部分" if position.totals else ""
        formula = f"{label}的“{stage.value}”分录之和{rest}" if position.entries or rest else "没有分录，为0"
    return Figure(
        view.id(stage.value, scope),
        f"{stage.value}资金（{label}）",
        FigureKind.MONEY,
        view.amount(stage, scope),
        formula=formula,
        sources=(_sources(position, leaves) if position else ()) or (_nothing(label, stage),),
    )


def _nothing(label: str, stage: FundStage) -> Source:
    """That there is no row is itself what the ledger says."""
    return Source(SourceKind.LEDGER, f"台账（{label}）没有“{stage.value}”分录", FILE)


def _difference(
    view: _View, scope: Scope, name: str, label: str, left: FundStage, right: FundStage
) -> Iterator[Figure]:
    if scope != WHOLE and (view.position(left, scope) is None or view.position(right, scope) is None):
        return
    minuend, subtrahend = view.amount(left, scope), view.amount(right, scope)
    yield Figure(
        view.id(name, scope),
        f"{name}资金（{label}）",
        FigureKind.MONEY,
        None if minuend is None or subtrahend is None else minuend - subtrahend,
        formula=f"{left.value}－{right.value}",
        inputs=(view.id(left.value, scope), view.id(right.value, scope)),
    )


def _rate(
    view: _View,
    scope: Scope,
    name: str,
    label: str,
    top: FundStage,
    bottom: FundStage,
    sources: tuple[Source, ...] = (),
) -> Iterator[Figure]:
    followed = view.position(top, scope) is not None and view.position(bottom, scope) is not None
    numerator, denominator = view.amount(top, scope), view.amount(bottom, scope)
    if scope != WHOLE and (not followed or denominator == 0):
        return
    yield Figure(
        view.id(name, scope),
        f"{name}（{label}）",
        FigureKind.RATE,
        numerator / denominator if numerator is not None and denominator else None,
        formula=f"{top.value}÷{bottom.value}×100%",
        inputs=(view.id(top.value, scope), view.id(bottom.value, scope)),
        sources=sources,
    )


def _waiting(view: _View, scope: Scope, label: str, leaves: Mapping[Entry, Source]) -> Iterator[Figure]:
    """资金.滞留天数.<环节>: the longest that any of the money waited before it moved on to that stage."""
    for stage in FundStage:
        holding = view.longest.get((scope, stage))
        if holding is None:
            continue
        end = f"{stage.value}之日" if holding.went else "截止日（尚未" + stage.value + "）"
        yield Figure(
            view.id(f"滞留天数.{stage.value}", scope),
            f"{holding.came.stage.value}至{stage.value}的最长天数（{label}）",
            FigureKind.DAYS,
            Fraction(holding.days),
            formula=f"先到先付，逐笔自{holding.came.stage.value}之日至{end}的日历天数，取最大",
            sources=tuple(leaves[entry] for entry in (holding.came, holding.went) if entry),
        )


def _label(scope: Scope, names: Mapping[str, str], cutoff: date | None) -> str:
    until = f"截至{chinese_date(cutoff)}" if cutoff else ""
    whose = names.get(scope.programme, scope.programme) if scope.programme else "全部子项目" if scope.tier else "合计"
    return "，".join(part for part in (whose, scope.tier.value if scope.tier else "", until) if part)


def _sources(position: Position, leaves: Mapping[Entry, Source]) -> tuple[Source, ...]:
    rows = tuple(leaves[entry] for entry in position.entries)
    return (*rows, *(_total_source(total) for total in position.totals))


def entry_source(entry: Entry) -> Source:
    """A row of the ledger as the leaf of a trace."""
    parts = (
        chinese_date(entry.date),
        entry.document,
        f"{entry.programme}{entry.tier.value}{entry.source}{entry.stage.value}",
    )
    text = "，".join(part for part in (*parts, faults.in_wan(entry.amount)) if part)
    return Source(SourceKind.LEDGER, text, entry.place.file, entry.place.line, entry.document)


def _total_source(total: ControlTotal) -> Source:
    whose = "、".join(sorted(total.programmes)) or "全部子项目"
    parts = (
        f"截至{chinese_date(total.date)}",
        total.document,
        f"{whose}{total.stage.value}合计{faults.in_wan(total.amount)}",
    )
    text = "，".join(part for part in parts if part)
    return Source(SourceKind.LEDGER, text, total.place.file, total.place.line, total.document)


def _faults(ledger: Ledger, views: tuple[_View, ...], base: ExecutionBase) -> Iterator[Finding]:
    yield from check_totals(ledger)
    yield from check_movements(ledger)
    days = dict.fromkeys(view.cutoff for view in views)
    for day in days:
        for stage in stages(ledger):
            yield from (faults.not_itemised(rest.total, day, rest.amount) for rest in rests_of(ledger, stage, day))
    lacking = unrecorded(ledger)
    yield from (faults.not_recorded(name, stage) for name, stage in lacking)
    if stages(ledger) and not views[0].amount(base.denominator, WHOLE):
        unknown = [name for name, stage in lacking if stage is base.denominator]
        yield faults.no_denominator("预算执行率", base.denominator, unknown)
