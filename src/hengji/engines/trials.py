"""Running the cases of a policy: what was expected, what comes out, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.engines.interpreter import Setting
from hengji.engines.reference import Tables, calculate
from hengji.engines.scalar import answer
from hengji.model.finding import Finding, Place, Severity
from hengji.model.record import record
from hengji.model.table import ColumnType, Table, Value
from hengji.policies.kinds import MONEY
from hengji.policies.nodes import Literal
from hengji.policies.outcome import Outcome, RowOutcome
from hengji.policies.policy import INCOMPUTABLE, TOTAL, Case, Policy
from hengji.policies.printing import show_value

CODE = "P303"


@record
class Trial:
    """算例的结果: the outcome of a case (None when it gives no rows), and what did not come out as expected."""

    case: Case
    outcome: Outcome | None
    findings: tuple[Finding, ...]


def run_cases(policy: Policy) -> tuple[Trial, ...]:
    """Run every case of the policy."""
    return tuple(run_case(policy, case) for case in policy.cases)


def run_case(policy: Policy, case: Case) -> Trial:
    """Run one case. Tables that it does not give are empty."""
    tables = {
        name: case.tables.get(name, Table(name, table.columns, (), (), case.file))
        for name, table in policy.tables.items()
    }
    outcome, faults = calculate(policy, tables)
    awaited = {
        fault
        for row, names in zip(outcome.rows, case.reasons, strict=False)
        if INCOMPUTABLE in names
        for fault in row.faults
    }
    findings = (
        *(fault for fault in faults if fault not in awaited),
        *_totals(case, outcome),
        *_rows(policy, case, outcome),
        *_reasons(case, outcome),
        *_holds(policy, case, outcome, tables),
    )
    return Trial(case, outcome if case.tables else None, findings)


def _said(outcome: Outcome | RowOutcome) -> dict[str, Value]:
    """总额 and the tiers."""
    due = outcome.totals if isinstance(outcome, Outcome) else outcome.due
    return {TOTAL: outcome.total, **{tier.value: amount for tier, amount in due.items()}}


def _totals(case: Case, outcome: Outcome) -> Iterator[Finding]:
    given = _said(outcome)
    for name, wanted in case.totals.items():
        if given.get(name, 0) != wanted:
            yield _different(
                case, case.line, f"「{name}」算得 {show_value(given.get(name, 0), MONEY)}", show_value(wanted, MONEY)
            )


def _rows(policy: Policy, case: Case, outcome: Outcome) -> Iterator[Finding]:
    kinds: Mapping[str, ColumnType] = {name: each.value.kind for name, each in policy.named().items()}
    for row, expected in zip(outcome.rows, case.rows, strict=False):
        given = {**row.values, **_said(row)}
        for name, wanted in expected.items():
            if given.get(name) != wanted:
                kind = kinds.get(name, MONEY)
                yield _different(
                    case, row.line, f"「{name}」算得 {show_value(given.get(name), kind)}", show_value(wanted, kind)
                )


def _reasons(case: Case, outcome: Outcome) -> Iterator[Finding]:
    for row, names in zip(outcome.rows, case.reasons, strict=False):
        found = (INCOMPUTABLE,) if row.faults else tuple(reason.condition for reason in row.reasons)
        if set(found) != set(names):
            yield _different(
                case, row.line, f"不付的原因算得：{'、'.join(found) or '应予支付'}", "、".join(names) or "应予支付"
            )


def _holds(policy: Policy, case: Case, outcome: Outcome, tables: Tables) -> Iterator[Finding]:
    published = {name: node.value for name, node in case.published.items() if isinstance(node, Literal)}
    figures = {**published, **_said(outcome)}
    setting = Setting("", tables, lambda _row: policy.start, "", policy.parameters, policy.lookups, figures)
    for hold in case.holds:
        given = answer(hold.node, setting, Place(case.file, hold.line, item=case.name))
        yield from given.findings
        if not given.findings and given.value is not True:
            yield _different(case, hold.line, f"“{hold.text}”{'无法判断' if given.value is None else '不成立'}", "成立")


def _different(case: Case, line: int | None, found: str, wanted: str) -> Finding:
    place = Place(case.file, line, item=case.name)
    return Finding(CODE, Severity.ERROR, place, found, wanted, "核对规则、参数和算例")
