"""Entitlements: policies run over the dossier's tables, as figures and row by row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hengji.engines.fitting import unfit
from hengji.engines.reference import calculate
from hengji.model.evaluation import Grant, Refusal, RowDue
from hengji.model.figure import Figure, FigureKind, Source, SourceKind
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.programme import Entitlement, Tier
from hengji.model.table import ColumnType, Table
from hengji.policies.outcome import Outcome, Reason, RowOutcome
from hengji.policies.policy import Policy
from hengji.policies.printing import show_value
from hengji.work.load import Opened

CODE_TABLE = "L208"
Findings = tuple[Finding, ...]


def entitlement_figures(opened: Opened) -> tuple[dict[str, Figure], tuple[Grant, ...], Findings]:
    """补助.<id>.应补[.<层级>] in all and per recipient, sums of count columns, and the rows behind them."""
    figures: dict[str, Figure] = {}
    grants: list[Grant] = []
    findings: list[Finding] = []
    for entitlement in opened.dossier.head.entitlements:
        policy = opened.policies.get(entitlement.policy)
        if policy is None:
            continue
        if _unread(entitlement, opened):
            continue
        tables, faults = tables_of(entitlement, opened)
        faults = faults or unfit(policy, tables)
        if faults:
            findings.extend(faults)
            continue
        outcome, faults = calculate(policy, tables)
        findings.extend(faults)
        main = tables[policy.rows]
        made = {figure.id: figure for figure in _figures(entitlement, policy, outcome, main)}
        figures |= made
        grants.append(_grant(entitlement, policy, outcome, main))
    return figures, tuple(grants), tuple(findings)


def _unread(entitlement: Entitlement, opened: Opened) -> bool:
    """Whether a table that is declared could not be read, which its own findings say."""
    declared = {table.name for table in opened.dossier.tables}
    return any(own in declared and own not in opened.tables for own in entitlement.tables.values())


def tables_of(entitlement: Entitlement, opened: Opened) -> tuple[dict[str, Table], Findings]:
    """The dossier's tables under the policy's names."""
    tables: dict[str, Table] = {}
    findings = []
    declared = {table.name for table in opened.dossier.tables}
    for name, own in entitlement.tables.items():
        if own in opened.tables:
            tables[name] = replace(opened.tables[own], name=name)
        elif own not in declared:
            place = Place("dossier.yaml", item=f"entitlements {entitlement.id}")
            found = f"待遇核算“{entitlement.id}”用到没有声明的数据表“{own}”"
            expected = "data/tables.yaml 中的一张：" + "、".join(sorted(declared))
            findings.append(Finding(CODE_TABLE, Severity.ERROR, place, found, expected, "改正表名，或声明该表"))
    return tables, tuple(findings)


def _grant(entitlement: Entitlement, policy: Policy, outcome: Outcome, main: Table) -> Grant:
    rows = tuple(
        RowDue(row.row, row.recipient, row.due, tuple(Refusal(each.condition, _in_words(each)) for each in row.reasons))
        for row in outcome.rows
    )
    documents = tuple(each.number or f"《{each.title}》" for each in policy.documents)
    return Grant(entitlement, policy.title, documents, policy.recipient, outcome.tiers, main, rows)


def _in_words(reason: Reason) -> str:
    return f"{reason.text}（{reason.source}）" if reason.source else reason.text


def _figures(entitlement: Entitlement, policy: Policy, outcome: Outcome, main: Table) -> Iterator[Figure]:
    base = f"补助.{entitlement.id}"
    clause = _clauses(policy)
    own: dict[str, list[RowOutcome]] = {name: [] for name in outcome.recipients}
    for row in outcome.rows:
        own[row.recipient].append(row)
    for name, due in outcome.recipients.items():
        sources = {tier: (*_rows(main, own[name], tier), *clause) for tier in due}
        yield from _amounts(f"{base}.{name}", f"{policy.title}：{name}", due, sources)
    recipients = [f"{base}.{name}" for name in outcome.recipients]
    for tier in outcome.tiers:
        inputs = tuple(f"{name}.应补.{tier.value}" for name in recipients)
        yield _sum(f"{base}.应补.{tier.value}", f"{policy.title}应补{tier.value}", outcome.totals[tier], inputs)
    inputs = tuple(f"{name}.应补" for name in recipients)
    yield _sum(f"{base}.应补", f"{policy.title}应补合计", outcome.total, inputs)
    yield from _counts(base, policy, outcome, main)


def _rows(main: Table, rows: Sequence[RowOutcome], tier: Tier) -> Iterator[Source]:
    """Each row with what the tier owes for it, or that it is owed nothing; why stands where the row is explained."""
    for row in rows:
        said = "算不出" if row.faults else "不予补助" if row.reasons else show_value(row.due[tier], ColumnType.MONEY)
        yield Source(SourceKind.ROW, f"“{row.recipient}”的记录，{said}", main.path, main.lines[row.row])


def _clauses(policy: Policy) -> tuple[Source, ...]:
    """The clauses that pay or refuse, once each."""
    clauses = dict.fromkeys(statement.clause for statement in policy.statements)
    return tuple(
        Source(SourceKind.CLAUSE, f"{policy.title}“{clause.title}”", policy.file, clause.line, clause.source)
        for clause in clauses
    )


def _amounts(
    base: str, label: str, due: Mapping[Tier, Money], sources: Mapping[Tier, tuple[Source, ...]]
) -> Iterator[Figure]:
    formula = "按政策条款逐条计算后相加"
    for tier, amount in due.items():
        yield Figure(
            f"{base}.应补.{tier.value}",
            f"{label}应补{tier.value}",
            FigureKind.MONEY,
            Fraction(amount),
            "元",
            formula=formula,
            sources=sources[tier],
        )
    inputs = tuple(f"{base}.应补.{tier.value}" for tier in due)
    yield _sum(f"{base}.应补", f"{label}应补", sum(due.values(), Money(0)), inputs)


def _sum(name: str, label: str, amount: Money, inputs: tuple[str, ...]) -> Figure:
    return Figure(name, label, FigureKind.MONEY, Fraction(amount), "元", formula="各项之和", inputs=inputs)


def _counts(base: str, policy: Policy, outcome: Outcome, main: Table) -> Iterator[Figure]:
    """Sums of the whole-number columns, in all and per recipient, and how many records were paid or refused."""
    position = main.positions.get(policy.recipient)
    for column in main.columns:
        if column.type is not ColumnType.COUNT or position is None:
            continue
        index = main.positions[column.name]
        by_name: dict[str, int] = {}
        for row in main.rows:
            value = row[index]
            name = str(row[position] or "")
            by_name[name] = by_name.get(name, 0) + (value if isinstance(value, int) else 0)
        source = (Source(SourceKind.ROW, f"数据表“{main.name}”的“{column.name}”列", main.path),)
        for name, number in by_name.items():
            yield _count(f"{base}.{name}.{column.name}", f"{name}{column.name}", number, column.unit, source)
        total = sum(by_name.values())
        yield _count(f"{base}.{column.name}合计", f"{column.name}合计", total, column.unit, source)
    paid = sum(1 for row in outcome.rows if not row.reasons and not row.faults)
    source = (Source(SourceKind.ROW, f"数据表“{main.name}”", main.path),)
    yield _count(f"{base}.记录数", "申请记录", len(outcome.rows), "条", source)
    yield _count(f"{base}.予补记录数", "符合条件的记录", paid, "条", (*source, *_clauses(policy)))
    broken = sum(1 for row in outcome.rows if row.faults)
    unpaid = len(outcome.rows) - paid - broken
    yield _count(f"{base}.不补记录数", "不符合条件的记录", unpaid, "条", (*source, *_clauses(policy)))
    refused: dict[str, list[int]] = {}
    for due in outcome.rows:
        for reason in due.reasons:
            refused.setdefault(reason.condition, []).append(main.lines[due.row])
    for condition, lines in refused.items():
        rows = tuple(Source(SourceKind.ROW, f"不符合“{condition}”的记录", main.path, line) for line in lines)
        yield _count(f"{base}.不补.{condition}", f"不符合“{condition}”的记录", len(lines), "条", rows)
    yield _count(f"{base}.对象数", f"{policy.recipient}数", len(outcome.recipients), "", source)


def _count(name: str, label: str, number: int, unit: str, sources: tuple[Source, ...]) -> Figure:
    return Figure(name, label, FigureKind.COUNT, Fraction(number), unit, formula="逐条计数或相加", sources=sources)
