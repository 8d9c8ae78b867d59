"""资金: how much was budgeted, arrived, was disbursed and landed, by programme, tier and day."""

from __future__ import annotations

from decimal import Decimal

from hengji.funds.balances import recorded
from hengji.model.document import (
    Align,
    Block,
    Cell,
    Chart,
    ChartKind,
    Orientation,
    Row,
    RowKind,
    Series,
    SumOf,
    Table,
)
from hengji.model.figure import chinese_date, number
from hengji.model.ledger import FundStage
from hengji.model.programme import Tier
from hengji.reports.chapters.parts import Report, words
from hengji.reports.prose import EMPTY

_WIDE = 9
_WIDEST = 14
_CUMULATIVE = (FundStage.DISBURSED, FundStage.LANDED)
_NOTE = "“—”表示该环节没有记录；各级合计由台账逐笔汇总，未按已公布数填列。"
_TITLES = {
    FundStage.INITIAL_BUDGET: "年初预算",
    FundStage.ADJUSTED_BUDGET: "调整后预算",
    FundStage.ISSUED: "下达",
    FundStage.ARRIVED: "资金到位",
    FundStage.DISBURSED: "资金支出",
    FundStage.LANDED: "落实到位",
}


def funds(report: Report) -> tuple[Block, ...]:
    """The paragraph, the table and the chart of the money."""
    if not report.evaluation.dossier.ledger.entries:
        return ()
    return (_paragraph(report), *_table(report), _chart(report))


def _stages(report: Report) -> list[FundStage]:
    return [stage for stage in FundStage if report.has(f"资金.{stage.value}")]


def _tiers(report: Report, stage: FundStage) -> list[Tier]:
    return [tier for tier in Tier if report.has(f"资金.{stage.value}.{tier.value}")]


def _paragraph(report: Report) -> Block:
    parts = [f"{_TITLES[stage]}{{{{ 资金.{stage.value} }}}}" for stage in _stages(report)]
    head = report.evaluation.dossier.head
    text = "，".join(parts) + "。"
    last = head.cutoffs[-1].name if head.cutoffs else ""
    for cutoff in head.cutoffs[:-1]:
        name = f"资金.拨付@{cutoff.name}"
        if report.has(name):
            text += f"其中截至{chinese_date(cutoff.date)}（{cutoff.name}）支出{{{{ {name} }}}}。"
    since = f"截至{chinese_date(head.cutoffs[-1].date)}（{last}），" if head.cutoffs else ""
    rates = [f"{label}{{{{ {name} }}}}" for label, name in _RATES if report.has(name)]
    if rates:
        text += since + "，".join(rates) + "。"
    stuck = [f"{label}{{{{ {name} }}}}" for label, name in _STUCK if report.has(name) and _positive(report, name)]
    if stuck:
        text += "尚有" + "、".join(stuck) + "。"
    return report.sentence(text)


_RATES = (("资金到位率", "资金.到位率"), ("预算执行率", "资金.预算执行率"))
_STUCK = (("未到位资金", "资金.未到位"), ("结余资金", "资金.结余"), ("未落实到补助对象的资金", "资金.未落实"))


def _positive(report: Report, name: str) -> bool:
    printed = number(report.scope.figures[name])
    return printed is not None and printed > 0


def _columns(report: Report) -> list[tuple[FundStage, str, str]]:
    """Columns of the table as (stage, cut-off suffix, tier suffix); a total follows the tiers of each block."""
    cutoffs = report.evaluation.dossier.head.cutoffs
    columns: list[tuple[FundStage, str, str]] = []
    for stage in _stages(report):
        moments = [f"@{cutoff.name}" for cutoff in cutoffs[:-1]] if stage in _CUMULATIVE else []
        moments = [moment for moment in moments if report.has(f"资金.{stage.value}{moment}")]
        for moment in (*moments, ""):
            tiers = _tiers(report, stage)
            shown = [f".{tier.value}" for tier in tiers if moment == ""] if len(tiers) > 1 else []
            columns.extend((stage, moment, tier) for tier in (*shown, ""))
    return columns


def _table(report: Report) -> tuple[Block, ...]:
    """Tiers across while they fit a landscape page, down otherwise."""
    columns = _columns(report)
    if len(columns) > _WIDEST:
        return (_tall(report, [(stage, moment) for stage, moment, tier in columns if tier == ""]),)
    programmes = report.evaluation.dossier.head.programmes
    known = recorded(report.evaluation.dossier.ledger)
    rows = []
    for programme in programmes:
        cells = tuple(
            _cell(report, stage, f".{programme.id}", tier, moment) if (programme.id, stage) in known else EMPTY
            for stage, moment, tier in columns
        )
        rows.append(Row((words(programme.name, align=Align.LEFT), *cells)))
    indices = tuple(range(len(rows)))
    totals = tuple(_total(report, stage, tier, moment, indices) for stage, moment, tier in columns)
    rows.append(Row((words("合计"), *totals), RowKind.TOTAL))
    wide = len(columns) > _WIDE
    return (
        Table(
            "资金情况表",
            "资金预算、到位及支出情况表",
            _head(report, columns),
            tuple(rows),
            (24 if wide else 18, *(7 for _ in columns)),
            unit="万元",
            note=_NOTE,
            orientation=Orientation.LANDSCAPE if wide else Orientation.PORTRAIT,
        ),
    )


def _tall(report: Report, columns: list[tuple[FundStage, str]]) -> Table:
    """One row per sub-project and tier, and a row for the sub-project as a whole where it has several tiers."""
    rows: list[Row] = []
    summed: list[int] = []
    known = recorded(report.evaluation.dossier.ledger)
    for programme in report.evaluation.dossier.head.programmes:
        key = f".{programme.id}"
        tiers = [tier for tier in Tier if any(report.has(f"资金.{s.value}{key}.{tier.value}{m}") for s, m in columns)]
        parts = [f".{tier.value}" for tier in tiers] + ([""] if len(tiers) != 1 else [])
        for index, tier in enumerate(parts):
            cells = [
                _cell(report, stage, key, tier, moment) if (programme.id, stage) in known else EMPTY
                for stage, moment in columns
            ]
            name = [words(programme.name, rows=len(parts), align=Align.LEFT)] if index == 0 else []
            kind = RowKind.BODY if tier else RowKind.SUBTOTAL
            rows.append(Row((*name, words(tier.removeprefix(".") or "小计", align=Align.CENTRE), *cells), kind))
        summed.append(len(rows) - 1)
    totals = [_total(report, stage, "", moment, tuple(summed)) for stage, moment in columns]
    rows.append(Row((words("合计", columns=2), *totals), RowKind.TOTAL))
    titles = [f"{_TITLES[stage]}{_until(report, moment)}" for stage, moment in columns]
    head = Row(tuple(words(title, align=Align.CENTRE) for title in ("项目", "层级", *titles)))
    widths = (18, 7, *(9 for _ in columns))
    return Table("资金情况表", "资金预算、到位及支出情况表", (head,), tuple(rows), widths, unit="万元", note=_NOTE)


def _until(report: Report, moment: str) -> str:
    days = {f"@{cutoff.name}": cutoff for cutoff in report.evaluation.dossier.head.cutoffs}
    return f"（至{days[moment].name}）" if moment in days else ""


def _cell(report: Report, stage: FundStage, programme: str, tier: str, moment: str) -> Cell:
    return report.scope.cell(f"资金.{stage.value}{programme}{tier}{moment}", "万元")


def _total(report: Report, stage: FundStage, tier: str, moment: str, rows: tuple[int, ...]) -> Cell:
    cell = _cell(report, stage, "", tier, moment)
    return Cell(cell.inlines, align=cell.align, number=cell.number, calculation=SumOf(rows))


def _head(report: Report, columns: list[tuple[FundStage, str, str]]) -> tuple[Row, ...]:
    """Stage above cut-off day above tier."""
    days = {f"@{cutoff.name}": cutoff for cutoff in report.evaluation.dossier.head.cutoffs}
    last = report.evaluation.dossier.head.cutoffs[-1:] or ()
    top, middle = [words("项目", rows=3)], list[Cell]()
    bottom: list[Cell] = []
    for stage in dict.fromkeys(stage for stage, _, _ in columns):
        own = [column for column in columns if column[0] is stage]
        top.append(words(_TITLES[stage], columns=len(own), align=Align.CENTRE))
        for moment in dict.fromkeys(moment for _, moment, _ in own):
            block = [tier for _, each, tier in own if each == moment]
            cutoff = days.get(moment) or (last[0] if last else None)
            dated = stage in _CUMULATIVE and cutoff is not None
            label = f"至{cutoff.name}" if dated and cutoff else "全期"
            middle.append(words(label, columns=len(block), align=Align.CENTRE))
            bottom.extend(words(tier.removeprefix(".") or "合计", align=Align.CENTRE) for tier in block)
    return (Row(tuple(top)), Row(tuple(middle)), Row(tuple(bottom)))


def _chart(report: Report) -> Block:
    """Stages side by side, each stacked by tier."""
    stages = _stages(report)
    tiers = [tier for tier in Tier if any(report.has(f"资金.{stage.value}.{tier.value}") for stage in stages)]
    series = []
    for tier in tiers:
        names = [f"资金.{stage.value}.{tier.value}" for stage in stages]
        series.append(Series(tier.value, tuple(_value(report, name) for name in names), tuple(names)))
    titles = tuple(_TITLES[stage] for stage in stages)
    return Chart("资金分级图", "各环节资金的层级构成", ChartKind.STACKED_COLUMNS, titles, tuple(series), "万元")


def _value(report: Report, name: str) -> Decimal | None:
    found = report.scope.figures.get(name)
    return number(found, "万元") if found else None
