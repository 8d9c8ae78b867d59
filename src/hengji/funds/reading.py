"""funds.csv to a ledger."""

from __future__ import annotations

import re
from collections.abc import Iterable

from hengji.cells.sheet import Cell, Row, Sheet, check_header, read_sheet
from hengji.cells.values import read_choice, read_date, read_money, read_text
from hengji.funds import faults
from hengji.model.finding import Finding, Place
from hengji.model.ledger import ControlTotal, Entry, FundStage, Ledger
from hengji.model.money import Money
from hengji.model.programme import Programme, Tier

_REQUIRED = ("日期", "环节", "项目", "层级")
_OPTIONAL = ("资金来源", "文号", "付款方", "收款方", "备注")
_AMOUNTS = {"金额（元）": "元", "金额（万元）": "万元", "金额(元)": "元", "金额(万元)": "万元"}
_STAGES = {stage.value: stage for stage in FundStage}
_TOTAL = "合计"
_TIERS: dict[str, Tier | str] = {tier.value: tier for tier in Tier} | {_TOTAL: _TOTAL}
_TINY = Money.yuan(1000)
_SEPARATORS = re.compile(r"[、;；,，\s]+")


def read_ledger(path: str, data: bytes) -> tuple[Ledger, tuple[Finding, ...]]:
    """Every row that is whole, and a finding for every cell that is not.

    A row whose 层级 is 合计 is a control total: its 项目 may name several sub-projects (separated by 、) or none, which
    means all. Everything else is an entry. The unit of the amounts stands in their header.
    """
    sheet, found = read_sheet(path, data)
    if not sheet.header:
        return Ledger(), found
    amounts = [name for name in sheet.header if name in _AMOUNTS]
    found += check_header(sheet, _REQUIRED, (*_OPTIONAL, *_AMOUNTS))
    if len(amounts) != 1:
        wrong = (
            faults.two_amount_columns(path, sheet.line)
            if amounts
            else faults.no_amount_column(path, sheet.line, sheet.header)
        )
        return Ledger(), (*found, wrong)
    if any(name not in sheet.header for name in _REQUIRED):
        return Ledger(), found
    return _read_rows(sheet, amounts[0], found)


def check_programmes(ledger: Ledger, programmes: Iterable[Programme]) -> tuple[Finding, ...]:
    """A finding for each row that names a sub-project which the dossier does not have."""
    known = [programme.id for programme in programmes]
    named: list[tuple[Place, str]] = [(entry.place, entry.programme) for entry in ledger.entries]
    named += [(total.place, name) for total in ledger.totals for name in sorted(total.programmes)]
    return tuple(faults.unknown_programme(place, name, known) for place, name in named if name not in known)


def _read_rows(sheet: Sheet, amount: str, found: tuple[Finding, ...]) -> tuple[Ledger, tuple[Finding, ...]]:
    entries: list[Entry] = []
    totals: list[ControlTotal] = []
    wrong = list(found)
    for row in sheet.rows:
        record, faulty = _read_row(row, amount)
        wrong.extend(faulty)
        if isinstance(record, Entry):
            entries.append(record)
        elif record is not None:
            totals.append(record)
    ledger = Ledger(tuple(entries), tuple(totals))
    return ledger, (*wrong, *(_check_unit(ledger) if _AMOUNTS[amount] == "元" else ()))


def _check_unit(ledger: Ledger) -> tuple[Finding, ...]:
    """Amounts that are all tiny are most likely in 万元; the other way round is noted cell by cell."""
    largest = max(ledger.entries, key=lambda entry: abs(entry.amount), default=None)
    if largest is None or largest.amount == 0 or abs(largest.amount) >= _TINY:
        return ()
    return (faults.too_small_for_yuan(largest.place, abs(largest.amount)),)


def _read_row(row: Row, amount_column: str) -> tuple[Entry | ControlTotal | None, tuple[Finding, ...]]:
    day, of_day = read_date(row["日期"])
    stage, of_stage = read_choice(row["环节"], _STAGES)
    tier, of_tier = read_choice(row["层级"], _TIERS)
    amount, of_amount = read_money(row[amount_column], _AMOUNTS[amount_column])
    programme = row["项目"]
    of_programme = () if tier == _TOTAL else read_text(programme)[1]
    found = (*of_day, *of_stage, *of_programme, *of_tier, *of_amount)
    if day is None or stage is None or tier is None or amount is None or of_programme:
        return None, found
    place = Place(row.sheet.path, row.line)
    document, note = row["文号"].text, row["备注"].text
    if not isinstance(tier, Tier):
        return ControlTotal(day, stage, _names(programme), amount, document, note, place), found
    return Entry(
        day,
        stage,
        programme.text,
        tier,
        amount,
        row["资金来源"].text,
        document,
        row["付款方"].text,
        row["收款方"].text,
        note,
        place,
    ), found


def _names(cell: Cell) -> frozenset[str]:
    return frozenset(name for name in _SEPARATORS.split(cell.text) if name)
