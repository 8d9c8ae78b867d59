"""对账: what each institution is entitled to, what was set aside and paid, who owes it the rest, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.funds.reconciliation_figures import (
    ALL,
    BASE,
    DAYS,
    OVERPAID,
    PAID,
    PAYABLE,
    UNPAID,
    claim_id,
    debt_id,
)
from hengji.funds.reconciliation_words import Line, explanations, line_of
from hengji.model.document import Align, Block, Cell, Orientation, Row, RowKind, Table
from hengji.model.figure import chinese_date
from hengji.model.reconciliation import Claim, Debt, Reconciliation
from hengji.reports.chapters.parts import Report, header, joined, left, note, words
from hengji.reports.prose import EMPTY

_MOST = 150
_DUE = "应补"
_AMOUNTS = (_DUE, PAYABLE, PAID, UNPAID, OVERPAID)


def reconciliation(report: Report) -> tuple[Block, ...]:
    """The table of claims and, where something is owed, the list of debts."""
    found = report.evaluation.reconciliation
    if found is None or not found.claims:
        return ()
    text = (
        f"应补按政策逐条核算，应付为预算中列给该机构的数，已付为截至{chinese_date(found.until)}落到机构的数；"
        "未付为应补减已付，多付另计，不与未付相抵。应付一栏“—”表示预算没有分到机构，只知合计。"
    )
    return (note(text), _claims(report, found), *_debts(report, found.debts))


def _claims(report: Report, found: Reconciliation) -> Table:
    """Every line, or only those that differ where there are too many to read."""
    many = len(found.claims) > _MOST
    reasons = explanations(found)
    rows: list[Row] = []
    for entitlement in dict.fromkeys(claim.entitlement for claim in found.claims):
        own = [claim for claim in found.claims if claim.entitlement == entitlement]
        listed = [claim for claim in own if not many or claim.unpaid or claim.overpaid]
        title = _title(report, entitlement)
        rows += [
            _claim(report, claim, reasons, title if at == 0 else "", len(listed)) for at, claim in enumerate(listed)
        ]
        sums = (_sum(report, entitlement, name) for name in _AMOUNTS)
        rows.append(
            Row((words(f"{title}小计" if not listed else "小计", columns=3), *sums, words("")), RowKind.SUBTOTAL)
        )
    totals = (report.scope.cell(f"{BASE}.{name}", "元") for name in _AMOUNTS)
    rows.append(Row((words("合计", columns=3), *totals, words("")), RowKind.TOTAL))
    return Table(
        "对账表",
        "应补、应付、已付对账表",
        (header("项目", "机构", "层级", *_AMOUNTS, "说明"),),
        tuple(rows),
        (11, 15, 7, 15, 15, 15, 15, 11, 46),
        unit="元",
        note="行数过多，只列有未付或多付的行。" if many else "",
        orientation=Orientation.LANDSCAPE,
    )


def _title(report: Report, entitlement: str) -> str:
    grant = next(grant for grant in report.evaluation.grants if grant.entitlement.id == entitlement)
    programmes = report.evaluation.dossier.head.programmes
    return next((each.name for each in programmes if each.id == grant.entitlement.programme), grant.title)


def _claim(report: Report, claim: Claim, reasons: Mapping[Line, str], title: str, rows: int) -> Row:
    first = (words(title, rows=rows, align=Align.LEFT),) if title else ()
    amounts = (_amount(report, claim_id(claim, name)) for name in _AMOUNTS)
    why = left(report.scope.inlines(reasons[line_of(claim)]))
    who = words(claim.institution or ALL, align=Align.LEFT)
    return Row((*first, who, words(claim.tier.value, align=Align.CENTRE), *amounts, why))


def _amount(report: Report, figure: str) -> Cell:
    return report.scope.cell(figure, "元") if report.has(figure) else EMPTY


def _sum(report: Report, entitlement: str, name: str) -> Cell:
    head = "补助" if name == _DUE else BASE
    return _amount(report, f"{head}.{entitlement}.{name}")


def _debts(report: Report, debts: tuple[Debt, ...]) -> Iterator[Block]:
    grouped: dict[str, list[Debt]] = {}
    for debt in debts:
        grouped.setdefault(debt_id(debt), []).append(debt)
    if grouped:
        rows = tuple(_debt(report, alike) for alike in grouped.values())
        head = header("欠款方", "应收方", "层级", "环节", "起始日期", "至截止日天数", "金额")
        yield Table(
            "欠付清单",
            "欠付清单",
            (head,),
            rows,
            (26, 34, 7, 14, 24, 17, 19),
            unit="元",
            orientation=Orientation.LANDSCAPE,
        )


def _debt(report: Report, alike: list[Debt]) -> Row:
    """Parts of one kind stand together, since the oldest of them."""
    first = alike[0]
    since = min((debt.since for debt in alike if debt.since), default=None)
    return Row(
        (
            words(joined(list(dict.fromkeys(debt.debtor for debt in alike))), align=Align.LEFT),
            words(joined([name or ALL for name in first.institutions]), align=Align.LEFT),
            words(first.tier.value, align=Align.CENTRE),
            words(first.cause.value, align=Align.CENTRE),
            words(chinese_date(since), align=Align.CENTRE) if since else EMPTY,
            report.scope.cell(debt_id(first, DAYS), "天"),
            report.scope.cell(debt_id(first), "元"),
        )
    )
