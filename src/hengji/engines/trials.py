"""Running the cases of a policy: what was expected, what comes out, and where the two differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hengji.engines.interpreter import Setting
from hengji.engines.reference import calculate
from hengji.engines.scalar import answer
from hengji.model.finding import Finding, Place, Severity
from hengji.model.table import ColumnType, Table, Value
from hengji.policies.kinds import MONEY
from hengji.policies.nodes import Literal
from hengji.policies.outcome import Outcome, RowOutcome
from hengji.policies.policy import TOTAL, Case, Policy
from hengji.policies.printing import show_value

CODE = "P303"


@dataclass(frozen=True, slots=True)
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
    file = policy.file.removesuffix("law.md") + "cases.yaml"
    tables = {
        name: case.tables.get(name, Table(name, table.columns, (), (), file)) for name, table in policy.tables.items()
    }
    outcome, faults = calculate(policy, tables)
    expected_faults = {row for row, names in enumerate(case.reasons) if FAULT in names}
    unexpected = [fault for row in outcome.rows if row.row not in expected_faults for fault in row.faults] or (
        list(faults) if not outcome.rows else []
    )
    findings = [*unexpected, *_differences(policy, case, outcome, tables, file)]
    return Trial(case, outcome if case.tables else None, tuple(findings))


FAULT = "算不出"


def _differences(
    policy: Policy, case: Case, outcome: Outcome, tables: Mapping[str, Table], file: str
) -> Iterator[Finding]:
    totals = _money(outcome)
    for name, wanted in case.totals.items():
        if totals.get(name, 0) != wanted:
            yield _different(file, case.line, case, name, totals.get(name, 0), wanted, MONEY)
    kinds = {name: each.value.kind for name, each in policy.named().items()}
    for row, expected in zip(outcome.rows, case.rows, strict=False):
        given = {**row.values, **{tier.value: amount for tier, amount in row.due.items()}, TOTAL: row.total}
        for name, wanted in expected.items():
            if given.get(name) != wanted:
                found = given.get(name)
                yield _different(file, row.line, case, name, found, wanted, kinds.get(name, MONEY))
    for row, names in zip(outcome.rows, case.reasons, strict=False):
        yield from _reasons(file, case, row, names)
    figures: dict[str, Value] = {name: node.value for name, node in case.published.items() if isinstance(node, Literal)}
    setting = Setting("", tables, lambda _row: policy.start, "", policy.parameters, policy.lookups, figures | totals)
    for hold in case.holds:
        place = Place(file, hold.line, item=case.name)
        given_answer = answer(hold.node, setting, place)
        yield from given_answer.findings
        if not given_answer.findings and given_answer.value is not True:
            word = "无法判断" if given_answer.value is None else "不成立"
            yield Finding(CODE, Severity.ERROR, place, f"“{hold.text}”{word}", "成立", "核对规则、参数和算例")


def _money(outcome: Outcome) -> dict[str, Value]:
    return {TOTAL: outcome.total, **{tier.value: amount for tier, amount in outcome.totals.items()}}


def _reasons(file: str, case: Case, row: RowOutcome, names: tuple[str, ...]) -> Iterator[Finding]:
    found = {FAULT} if row.faults else {reason.condition for reason in row.reasons}
    if found != set(names):
        place = Place(file, row.line, item=case.name)
        words = "、".join(sorted(found)) or "应予支付"
        wanted = "、".join(names) or "应予支付"
        yield Finding(CODE, Severity.ERROR, place, f"算得的原因：{words}", wanted, "核对规则和算例")


def _different(
    file: str, line: int | None, case: Case, name: str, found: Value, wanted: Value, kind: ColumnType
) -> Finding:
    found = Fraction(found) if isinstance(found, Fraction) else found
    text = f"「{name}」算得 {show_value(found, kind)}"
    return Finding(
        CODE, Severity.ERROR, Place(file, line, item=case.name), text, show_value(wanted, kind), "核对规则、参数和算例"
    )
