"""What came of a policy over somebody's tables, whichever engine computed it: sums, reasons and faults, to be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from hengji.engines.columnar.grains import Grain, legend
from hengji.engines.outcomes.answers import Answers, Sum
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.table import Table
from hengji.policies.outcome import Outcome, Reason, RowOutcome
from hengji.policies.policy import Policy

CODE_BROKEN = "L227"
MOST_LINES = 100
MOST_RECIPIENTS = 10_000


@record
class Refused:
    """不予补助的一组行: ``lines`` are the first; ``example`` says why for the first of them, where the engine has the words."""

    code: str
    condition: str
    clause: str
    source: str
    count: int
    lines: tuple[int, ...]
    example: str = ""


@record
class Summary:
    """核算摘要: ``recipients`` (by month, where the grain is that) are at most ten thousand of ``recipient_count``.

    Reasons are known by row only.
    """

    policy: Policy
    grain: Grain
    rows: int
    paid: int
    broken: int
    totals: Mapping[Tier, Money]
    recipients: tuple[Sum, ...] = ()
    recipient_count: int = 0
    refused: tuple[Refused, ...] = ()

    @property
    def total(self) -> Money:
        return sum(self.totals.values(), Money(0))

    @property
    def unpaid(self) -> int:
        return self.rows - self.paid - self.broken


def of_outcome(policy: Policy, outcome: Outcome, grain: Grain, main: Table) -> Summary:
    """From rows in memory, which are those of ``main``."""
    broken = sum(1 for row in outcome.rows if row.faults)
    paid = sum(1 for row in outcome.rows if _is_paid(row))
    made = Summary(policy, grain, len(outcome.rows), paid, broken, outcome.totals)
    if grain is Grain.TOTAL:
        return made
    grouped: dict[tuple[str, str], list[RowOutcome]] = {}
    at = main.positions.get(policy.as_of) if grain is Grain.PERIOD else None
    for row in outcome.rows:
        day = None if at is None else main.rows[row.row][at]
        grouped.setdefault((row.recipient, f"{day:%Y-%m}" if isinstance(day, date) else ""), []).append(row)
    first = sorted(grouped, key=_place)[:MOST_RECIPIENTS]
    sums = tuple(_summed(*each, grouped[each]) for each in first)
    refused = tuple(_refused(policy, outcome)) if grain is Grain.ROW else ()
    return replace(made, recipients=sums, recipient_count=len(grouped), refused=refused)


def _place(recipient: tuple[str, str]) -> tuple[str, bool, str]:
    """By name and month, what is in no month last: as ``Answers.sums`` has them."""
    name, month = recipient
    return name, not month, month


def _summed(name: str, month: str, rows: Sequence[RowOutcome]) -> Sum:
    due = {tier: sum((row.due[tier] for row in rows), Money(0)) for tier in rows[0].due}
    broken = sum(1 for row in rows if row.faults)
    return Sum(name, due, len(rows), sum(1 for row in rows if _is_paid(row)), broken, month)


def _is_paid(row: RowOutcome) -> bool:
    return not row.faults and not row.reasons


def _refused(policy: Policy, outcome: Outcome) -> Iterator[Refused]:
    lines: dict[str, list[int]] = {}
    first: dict[str, Reason] = {}
    for row in outcome.rows:
        for reason in row.reasons:
            lines.setdefault(reason.code, []).append(row.line or row.row + 1)
            first.setdefault(reason.code, reason)
    for code in (code for code, _ in legend(policy).values() if code in lines):
        reason, numbers = first[code], lines[code]
        clause = _clauses(policy).get(reason.condition, "")
        shown = tuple(numbers[:MOST_LINES])
        yield Refused(code, reason.condition, clause, reason.source, len(numbers), shown, reason.text)


def of_answers(
    policy: Policy, answers: Answers, grain: Grain, counted: tuple[int, int, int], totals: Mapping[Tier, Money]
) -> Summary:
    """From files that a columnar engine wrote; ``counted`` are rows, paid rows and rows that cannot be computed."""
    if grain is Grain.TOTAL:
        return Summary(policy, grain, *counted, totals)
    sums, number = answers.sums(MOST_RECIPIENTS)
    return Summary(policy, grain, *counted, totals, sums, number, tuple(_grouped(policy, answers, grain)))


def _grouped(policy: Policy, answers: Answers, grain: Grain) -> Iterator[Refused]:
    words = legend(policy)
    for group in answers.reasons(MOST_LINES) if grain is Grain.ROW else ():
        code, source = words[int(group.key)]
        condition = code.rpartition(".")[2]
        clause = _clauses(policy).get(condition, "")
        yield Refused(code, condition, clause, source, group.count, group.lines)


def _clauses(policy: Policy) -> dict[str, str]:
    return {condition.name: condition.clause.title for condition in policy.conditions()}


def some_broken(file: str, rows: int) -> Finding:
    """Where rows were not kept apart, that some of them cannot be computed is all that is known."""
    remedy = "改为逐行计算（--grain row），列出这些行和原因"
    return Finding(CODE_BROKEN, Severity.ERROR, Place(file), f"有{rows:,}行算不出，没有计入", "每行都算得出", remedy)


def broken_rows(answers: Answers, file: str) -> Iterator[Finding]:
    """One finding for all rows in which the same statement cannot be computed for the same cause."""
    from hengji.work.explain import page  # the pages of all checks, for the few runs in which something is broken

    for group in answers.faults(MOST_LINES):
        code, _, statement = str(group.key).partition(" ")
        title = (page(code) or code).partition("\n")[0].removeprefix(code).strip().rstrip("。")
        shown = "、".join(map(str, group.lines[:12])) + ("等" if group.count > 12 else "")  # noqa: PLR2004  enough to look
        found = f"“{statement}”算不出：{title}，共{group.count}行（文件第{shown}行）"
        remedy = f"用 --row {group.lines[0]} 看其中一行为什么算不出，补正后重新运行"
        yield Finding(code, Severity.ERROR, Place(file, group.lines[0]), found, "", remedy)
