"""The ledger of a draft: tables that break money down by government tier, one programme a row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal

from hengji.model.ledger import FundStage
from hengji.model.programme import Programme, Tier
from hengji.model.reading import Grid, Reading, Slot
from hengji.model.record import record
from hengji.model.scorecard import Points
from hengji.reading.scores.tables import number_in, rows_of
from hengji.reading.scores.wording import folded
from hengji.work.draft.notes import Notes

_TIERS = (
    ("中央", Tier.CENTRAL),
    ("省", Tier.PROVINCE),
    ("市", Tier.CITY),
    ("区", Tier.DISTRICT),
    ("县", Tier.DISTRICT),
    ("镇", Tier.TOWN),
)
_STAGES = (
    ("预算", FundStage.INITIAL_BUDGET),
    ("到位", FundStage.ARRIVED),
    ("支出", FundStage.DISBURSED),
    ("拨付", FundStage.DISBURSED),
    ("下达", FundStage.ISSUED),
)
_NAME = re.compile(r"项目名称|项目|名称|资金内容|补助类别")
_SPENT = re.compile(r"实际支出|实际支付|支出数|已拨付|已支付|支出金额|^支出$")
_TOTAL = re.compile(r"^(?:合计|小计|总计|共计)$")
_HEAD_ROWS = 2
_FEWEST_TIERS = 2
_WAN, _YUAN = 10_000, 1
_COLUMNS = ("日期", "环节", "项目", "层级", "金额（元）", "资金来源", "文号", "付款方", "收款方", "备注")


@record
class Money:
    """The programmes and the ledger file that were read."""

    programmes: tuple[Programme, ...]
    ledger: bytes


def money_of(notes: Notes, year: int) -> Money:
    """Programmes and entries of the first table that shows several tiers; an empty ledger where there is none."""
    for grid in notes.reading.grids():
        rows = rows_of(grid)
        columns = _columns(notes.reading, rows)
        if columns is not None:
            entries = list(_entries(notes, grid, rows, columns))
            if entries:
                notes.doubt(
                    f"资金表没有日期，一律记在{year}年1月1日；环节按表头记",
                    grid.span if grid.caption is None else grid.caption,
                )
                return _written(entries, year)
    notes.doubt("没有读到分级次的资金表，资金台账需要补录")
    return _written([], year)


Columns = tuple[int, dict[int, tuple[FundStage, Tier]], int | None]
Amount = tuple[str, FundStage, Tier, Decimal, str]


def _columns(reading: Reading, rows: list[list[Slot]]) -> Columns | None:
    """The column of names, and the stage and tier of each column of amounts."""
    if len(rows) <= _HEAD_ROWS:
        return None
    heads = [_spread(reading, row) for row in rows[:_HEAD_ROWS]]
    if any(word.replace(".", "").isdigit() for word in heads[1].values()):
        heads[1] = {}
    width = max((max(head, default=0) for head in heads), default=0) + 1
    words = ["".join(head.get(column, "") for head in heads) for column in range(width)]
    name = next(
        (
            column
            for column, word in enumerate(words)
            if _NAME.search(word) and not any(tier in word for tier, _ in _TIERS)
        ),
        None,
    )
    found: dict[int, tuple[FundStage, Tier]] = {}
    for column, word in enumerate(words):
        own = heads[1].get(column) or heads[0].get(column, "")
        tier = next((tier for sign, tier in _TIERS if sign in own and "合计" not in own), None)
        if tier is not None and column != name:
            stage = next((stage for sign, stage in _STAGES if sign in word), FundStage.INITIAL_BUDGET)
            found[column] = (stage, tier)
    spent = next((column for column, word in enumerate(words) if column not in found and _SPENT.search(word)), None)
    if name is None or len({tier for _, tier in found.values()}) < _FEWEST_TIERS:
        return None
    return name, found, spent


def _spread(reading: Reading, row: list[Slot]) -> dict[int, str]:
    """The words of a head row by column; a blank is still said by what stands left of it."""
    words: dict[int, str] = {}
    last = ""
    for slot in row:
        own = folded(reading, [slot.span]).text if slot.span.end > slot.span.start else ""
        last = own or last
        for column in range(slot.column, slot.column + slot.columns):
            words[column] = own or ("" if _is_name(last) else last)
    return words


def _is_name(word: str) -> bool:
    return bool(_NAME.search(word))


def _entries(notes: Notes, grid: Grid, rows: list[list[Slot]], columns: Columns) -> Iterator[Amount]:
    name, found, spent = columns
    unit = (
        _WAN
        if "万元" in grid.unit or "万元" in notes.reading.text[max(0, grid.span.start - 120) : grid.span.end]
        else _YUAN
    )
    for row in rows[1:]:
        cells = {slot.column: folded(notes.reading, [slot.span]) for slot in row if slot.span.end > slot.span.start}
        label = cells[name].text if name in cells else ""
        if not label or _TOTAL.match(label) or label.isdigit() or not any(column in cells for column in found):
            continue
        given = {column: number_in(cells[column]) for column in found if column in cells}
        amounts = {column: amount for column, amount in given.items() if amount is not None and amount.value}
        for column, amount in amounts.items():
            stage, tier = found[column]
            yield label, stage, tier, amount.value * unit, notes.source(amount.span)
        paid = number_in(cells[spent]) if spent in cells else None
        if paid is not None:
            yield from _spent(
                notes, label, paid, [(found[column][1], amount) for column, amount in amounts.items()], unit
            )


def _spent(notes: Notes, label: str, paid: Points, budget: list[tuple[Tier, Points]], unit: int) -> Iterator[Amount]:
    """What was paid, tier by tier: known where one tier pays all, or where all that was budgeted was paid."""
    source = notes.source(paid.span)
    if len(budget) == 1:
        yield label, FundStage.DISBURSED, budget[0][0], paid.value * unit, source
    elif sum((amount.value for _, amount in budget), Decimal(0)) == paid.value:
        for tier, amount in budget:
            yield label, FundStage.DISBURSED, tier, amount.value * unit, source
    else:
        notes.doubt(f"“{label}”实际支出{paid.value}，没有分级次，未记入台账", paid.span)


def _written(entries: list[Amount], year: int) -> Money:
    names = list(dict.fromkeys(label for label, *_ in entries)) or ["项目"]
    ids = {label: f"子项目{number}" for number, label in enumerate(names, 1)}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for label, stage, tier, amount, source in entries:
        writer.writerow(
            (
                f"{year}-01-01",
                stage.value,
                ids[label],
                tier.value,
                f"{amount.normalize():f}",
                "",
                "",
                "",
                "",
                f"待核：取自{source}",
            )
        )
    programmes = tuple(Programme(ids[label], label, year) for label in names)
    return Money(programmes, b"\xef\xbb\xbf" + stream.getvalue().encode())
