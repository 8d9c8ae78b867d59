"""A plan: whether rows are counted together or priced one by one, the statement for each grain, and what is done in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB, Dialect
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.grains import Grain, gathered, one_by_one
from hengji.engines.columnar.lowered import Lowered, Reading, Time, lower, needed, nodes_of
from hengji.engines.columnar.sieve import WORTH, sieve
from hengji.engines.columnar.sql import together
from hengji.engines.columnar.survey import refused
from hengji.engines.columnar.whole import RefusedError
from hengji.model.finding import Finding
from hengji.model.record import Remembering, record
from hengji.policies.kinds import BOOL, COUNT, DATE, ENUM
from hengji.policies.nodes import Aggregate, Field, walk
from hengji.policies.policy import Let, Policy
from hengji.policies.printing import show

MOST_WORTH_COUNTING = 4
"""Rows are counted together where there are at least so many for each combination that there can be."""


@record
class Plan(Remembering):
    """执行计划. Recipients and totals are gathered from ``lowered``, the policy over rows.

    These are counted together, or one by one where that does not pay or cannot be.
    """

    policy: Policy
    schema: Schema
    lowered: Lowered

    @property
    def groups(self) -> Lowered | None:
        """The policy over rows that are counted together, if they are."""
        return self.lowered if self.lowered.rows.relation.weight else None

    @cached_property
    def rows(self) -> Lowered:
        """The policy over rows one by one."""
        return lower(self.policy, self.schema, self.lowered.rows.dialect) if self.groups else self.lowered

    @cached_property
    def periods(self) -> Lowered | None:
        """One of both with the month of each row, where the policy names a column of days."""
        if not self.policy.as_of:
            return None
        dialect = self.lowered.rows.dialect
        counted = _counted(self.policy, self.schema, dialect, Time.MONTHS)
        return counted or lower(self.policy, self.schema, dialect, time=Time.MONTHS)

    def statement(self, grain: Grain) -> str:
        """The SQL that gives a grain."""
        lowered = self.rows if grain is Grain.ROW else self.lowered
        if grain is Grain.PERIOD:
            lowered = self.periods or lowered
        rest = one_by_one(lowered) if grain is Grain.ROW else gathered(lowered, grain)
        relation = lowered.rows.relation
        return together(relation.layers(relation.last, set()), rest, relation.dialect)

    def by_calendar(self) -> bool:
        """Whether it reads the working calendar."""
        text = self.statement(Grain.TOTAL)
        return CALENDAR in text or WORKING_DAYS in text

    def explain(self) -> str:
        """What the plan does, in plain words."""
        return "\n".join(_explained(self))


def _as_they_are(schema: Schema) -> Schema:
    return schema


def compile_policy(
    policy: Policy, schema: Schema, dialect: Dialect = DUCKDB, proved: Callable[[Schema], Schema] = _as_they_are
) -> Plan | tuple[Finding, ...]:
    """The plan of a policy over tables of which ``schema`` says all that is known, or why this engine cannot run it.

    ``proved`` is asked for more facts where rows are priced one by one, and where recipients are words of a list: if there are no
    others, they are counted by their place in it.
    """
    listed = _is_listed(policy, schema)
    schema = proved(schema) if listed else schema
    groups = _counted(policy, schema, dialect, Time.WHOLE)
    if groups is None and not listed and (more := proved(schema)) != schema:
        schema, groups = more, _counted(policy, more, dialect, Time.WHOLE)
    try:
        return Plan(policy, schema, groups or lower(policy, schema, dialect))
    except RefusedError as error:
        return (refused(policy, error.found, error.remedy, dialect),)


def _is_listed(policy: Policy, schema: Schema) -> bool:
    facts = schema[policy.rows].columns.get(policy.recipient)
    declared = next((each for each in policy.tables[policy.rows].columns if each.name == policy.recipient), None)
    return bool(facts and not facts.numbered and declared and declared.choices)


def _counted(policy: Policy, schema: Schema, dialect: Dialect, time: Time) -> Lowered | None:
    if not _pays(policy, schema, dialect, _asked(policy)):
        return None
    try:
        groups = lower(policy, schema, dialect, Reading.GROUPS, time=time)
    except RefusedError:
        return None
    return groups if _pays(policy, schema, dialect, groups.rows.read()) else None


def _pays(policy: Policy, schema: Schema, dialect: Dialect, read: Iterable[str]) -> bool:
    """Whether there are few combinations of the columns that are ``read``, the keys of the policy's own groups aside.

    What is gathered by a key is gathered anyhow: one pass over the rows does for both, where what it counts can be stored.
    """
    main = schema[policy.rows]
    own = [
        part
        for node in policy.nodes()
        for part in walk(node)
        if isinstance(part, Aggregate) and part.table == policy.rows
    ]
    if any(part.by for part in own) and not dialect.stored:
        return False
    keys = {key.name for part in own for key in part.by}
    most = 1
    for name in read:
        if name not in keys and name in main.columns and not main.columns[name].constant:
            most *= _variety(policy, schema, name)
    return most * MOST_WORTH_COUNTING <= main.rows


def _asked(policy: Policy) -> set[str]:
    """The columns of the main table that surely tell rows apart, before they are lowered; what is only gathered does not."""
    statements, wanted = policy.named(), set(needed(policy))
    told = [each for each in policy.statements if not isinstance(each, Let)] + [statements[name] for name in wanted]
    found = {policy.recipient}
    pending = [node for each in told for node in nodes_of(each)]
    while pending:
        node = pending.pop()
        if isinstance(node, Field) and node.table == policy.rows:
            found.add(node.name)
        elif not (isinstance(node, Aggregate) and node.table == policy.rows):
            pending += node.children
    return found


def _variety(policy: Policy, schema: Schema, name: str) -> int:
    """How many different cells a column of the main table can have, at most."""
    facts = schema[policy.rows].columns[name]
    if facts.kind is BOOL:
        return 3
    if facts.kind in {COUNT, DATE}:
        return facts.high - facts.low + 2
    column = next(each for each in policy.tables[policy.rows].columns if each.name == name)
    if facts.kind is ENUM and column.choices:
        return len(column.choices) + 2
    joined_by = [schema[each.name].rows + 2 for each in policy.tables.values() if each.key == (name,)]
    return min([*joined_by, schema[policy.rows].rows])


# -- in words


def _explained(plan: Plan) -> Iterator[str]:
    policy, main = plan.policy, plan.schema[plan.policy.rows]
    yield f"政策“{policy.title}”，主表「{policy.rows}」{main.rows} 行。"
    columns = "、".join(plan.rows.rows.read())
    if plan.groups is None:
        yield f"按行：读列 {columns}，逐行算出各级金额、不付的原因和算不出的问题，连同行号写出。"
        yield "按机构、合计：逐行计算后汇总；同时要按行的，从写出的各行汇总。"
    else:
        same = "、".join(plan.groups.rows.read())
        yield f"按机构、合计：先把 {same} 都相同的行合并计数，每种只算一次，再乘行数汇总。"
        yield f"按行：读列 {columns}，每行取所属一种的金额、原因和问题，连同行号写出。"
        sifted = sieve(plan.groups)
        if sifted is not None:
            yield f"限制「{show(sifted.limit)}」：满 {WORTH:,} 行、装有计数器的，读一遍记下各组合计，只把可能超限的组逐组再数。"
    for name in plan.rows.rows.joins():
        table = plan.schema[name]
        yield f"「{name}」{table.rows} 行，按 key 相连。"
    if policy.as_of:
        yield f"参数按「{policy.as_of}」取当日有效的一版，编译时只留数据日期范围内的版本。"
    for tier, amount in plan.rows.due.items():
        yield f"{tier.value}每行金额在 {amount.low} 分至 {amount.high} 分之间，运行前已证明不会溢出。"
