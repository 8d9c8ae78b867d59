"""The reference engine: the exact meaning of the policy language, in plain Python. Every other engine must agree with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction

from hengji.engines.fault_codes import FaultCode
from hengji.engines.fitting import unfit
from hengji.engines.interpreter import Cell, Interpreter, Setting
from hengji.engines.reasons import Explainer
from hengji.engines.values import RowFaultError, bounded, part_of
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.table import Table, Value
from hengji.policies.kinds import RATE
from hengji.policies.nodes import Node
from hengji.policies.outcome import Outcome, Reason, RowOutcome
from hengji.policies.policy import Amount, Policy, Split

Tables = Mapping[str, Table]
_STRIDE = 500


def calculate(
    policy: Policy, tables: Tables, tick: Callable[[int, int], None] = lambda _, __: None
) -> tuple[Outcome, tuple[Finding, ...]]:
    """Run ``policy`` over ``tables`` (by the policy's table names). Each row is paid, or has reasons, or a finding.

    Amounts are whole fen; a row with a fault is left unpaid. Without a table or a column that the policy reads there are
    no rows. ``tick`` is told now and then how many rows are done, and how many there are.
    """
    faults = unfit(policy, tables)
    tiers = policy.tiers()
    if faults:
        return Outcome(policy.name, tiers), faults
    runner = Runner(policy, tables)
    outcome = Outcome.of(policy.name, tiers, tuple(_rows(runner, tick)))
    return outcome, outcome.faults


def _rows(runner: Runner, tick: Callable[[int, int], None]) -> Iterator[RowOutcome]:
    every = len(runner.main.rows)
    for at in range(every):
        if at % _STRIDE == 0:
            tick(at, every)
        yield runner.row(at)


class Runner:
    """A policy over tables: 令 and 条件 are computed for all rows at once, in their order, amounts row by row."""

    def __init__(self, policy: Policy, tables: Tables) -> None:
        self.policy = policy
        self.main = tables[policy.rows]
        self.setting = _setting(policy, tables)
        self.interpreter = Interpreter(self.setting)
        for name, statement in policy.named().items():
            self.setting.named[name] = self.column(statement.value)
        self._nothing = dict.fromkeys(policy.tiers(), Money(0))
        self._explainer = Explainer(policy, self.interpreter)
        self._conditions = policy.conditions()
        self._payments = {
            statement: self._payment(statement)
            for statement in policy.statements
            if isinstance(statement, Amount | Split)
        }
        self._days = self.interpreter.column(policy.rows, policy.as_of) if policy.as_of else []
        self._recipients = self.interpreter.column(policy.rows, policy.recipient)

    def column(self, node: Node) -> list[Cell]:
        """The values of a 令 or 条件 for all rows, asked for in their order; who has them from elsewhere gives them here."""
        run = self.interpreter.run(node)
        cells = [_tried(run, at) for at in range(len(self.main.rows))]
        return [Fraction(cell) if isinstance(cell, int) else cell for cell in cells] if node.kind is RATE else cells

    def row(self, at: int) -> RowOutcome:
        """What comes out for one row (0-based)."""
        recipient = str(self._recipients[at] or "")
        values = {name: _sound(cells[at]) for name, cells in self.setting.named.items()}
        due = self._nothing.copy()
        reasons: list[Reason] = []
        faults: list[RowFaultError] = []
        in_force = self._in_force(at)
        if not in_force:
            reasons.append(self._explainer.out_of_force(at))
        for condition in self._conditions if in_force else ():
            cell = self.setting.named[condition.name][at]
            if isinstance(cell, RowFaultError):
                faults.append(cell)
            elif cell is not True:
                reasons.append(self._explainer.reason(condition, at))
        if not faults and not reasons:
            for pay in self._payments.values():
                try:
                    due |= pay(at)
                except RowFaultError as fault:
                    faults.append(fault)
        line = self.main.lines[at] if at < len(self.main.lines) else None
        sheet = self.main.sheets[at] if self.main.sheets else ""
        place = Place(self.main.path, line, sheet=sheet, item=recipient or f"第{at + 1}行")
        findings = tuple(_finding(fault, place) for fault in dict.fromkeys(faults))
        return RowOutcome(at, line, recipient, self._nothing if findings else due, tuple(reasons), values, findings)

    def _in_force(self, at: int) -> bool:
        """Whether the policy is in force on the row's day; without a day it is taken to be."""
        day = self._days[at] if self._days else None
        return not isinstance(day, date) or self.policy.start <= day <= (self.policy.end or date.max)

    def pay(self, statement: Amount | Split, at: int) -> Mapping[Tier, Money]:
        """What a statement alone makes each of its tiers pay for a row, conditions aside. May raise RowFaultError."""
        return self._payments[statement](at)

    def _payment(self, statement: Amount | Split) -> Callable[[int], dict[Tier, Money]]:
        whole = self.interpreter.run(statement.value)
        if isinstance(statement, Amount):
            name = f"金额 {statement.tier.value}"
            return lambda at: {statement.tier: Money(self._present(whole(at, -1), statement.value, at, name))}
        rates = [(share.tier, share.rate, self.interpreter.run(share.rate)) for share in statement.shares]

        def split(at: int) -> dict[Tier, Money]:
            amount = int(self._present(whole(at, -1), statement.value, at, "分担的金额"))
            parts: dict[Tier, Money] = {}
            given: int | Fraction = 0
            for tier, node, run in rates:
                rate = self._present(run(at, -1), node, at, f"{tier.value}的份额")
                given += rate
                if rate < 0 or given > 1:
                    remedy = "核对份额；各级份额不为负，合计不超过 100%"
                    raise RowFaultError(FaultCode.SHARE, f"{tier.value}的份额使合计成为 {given}", remedy)
                parts[tier] = Money(part_of(amount, rate))
            return parts | {statement.rest: Money(amount - sum(parts.values()))}

        return split

    def _present(self, value: Value, node: Node, at: int, name: str) -> int | Fraction:
        if value is None:
            raise RowFaultError(
                FaultCode.MISSING, f"{name}算不出：{self._explainer.missing(node, at)}", "在这一行补填，确实没有的填 0"
            )
        assert isinstance(value, int | Fraction)
        return bounded(value)


def _tried(run: Callable[[int, int], Value], at: int) -> Cell:
    try:
        return run(at, -1)
    except RowFaultError as fault:
        return fault


def _sound(cell: Cell) -> Value:
    return None if isinstance(cell, RowFaultError) else cell


def _finding(fault: RowFaultError, place: Place) -> Finding:
    return Finding(fault.code.value, Severity.ERROR, place, fault.found, "", fault.remedy)


def _setting(policy: Policy, tables: Tables) -> Setting:
    main = tables[policy.rows]
    at = main.positions.get(policy.as_of) if policy.as_of else None

    def day(row: int) -> date:
        cell = main.rows[row][at] if at is not None else None
        if isinstance(cell, date):
            return cell
        raise RowFaultError(FaultCode.MISSING, f"{policy.as_of}未填写，不知道用哪一版参数", f"补填{policy.as_of}")

    fixed = policy.start
    days = (lambda _row: fixed) if not policy.as_of else day
    return Setting(policy.rows, tables, days, policy.as_of, policy.parameters, policy.lookups)
