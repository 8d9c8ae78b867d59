"""A plan: the statements that a policy becomes, one for each grain, and what they do in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from functools import cached_property

from hengji.engines.columnar.days import CALENDAR, WORKING_DAYS
from hengji.engines.columnar.dialect import DUCKDB, Dialect
from hengji.engines.columnar.facts import Schema
from hengji.engines.columnar.lowered import FAILS, WEIGHT, Bundle, Lowered, Reading, Time, lower, needed, nodes_of
from hengji.engines.columnar.sql import FALSE, TRUE, Sql, both, joined, literal, sql, together
from hengji.engines.columnar.survey import refused
from hengji.engines.columnar.whole import NARROW, RefusedError, Whole, width
from hengji.engines.fault_codes import FaultCode
from hengji.model.finding import Finding
from hengji.model.programme import Tier
from hengji.model.record import Remembering, record
from hengji.policies.kinds import BOOL, COUNT, DATE, ENUM
from hengji.policies.nodes import Aggregate, Field, children, walk
from hengji.policies.policy import IN_FORCE, Amount, Let, Policy

MOST_WORTH_COUNTING = 4
"""Rows are counted together where there are at least so many for each combination that there can be."""


class Grain(Enum):
    """粒度: a result for each row, for each recipient (and month of the policy's 按日 column), or one for all."""

    ROW = "按行"
    INSTITUTION = "按机构"
    PERIOD = "按机构和月份"
    TOTAL = "合计"


ROW, REASONS, FAULTS, PERIOD = "行", "原因", "问题", "月份"
ROWS, PAID, BROKEN = "行数", "付款行数", "算不出行数"
KEY, UNPRICED = "号", "没有金额行数"


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
            pending += children(node)
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


def due_name(tier: Tier) -> str:
    """The name of a column of amounts, which are in fen."""
    return f"{tier.value}（分）"


def picked(columns: Sequence[tuple[str, Sql]], dialect: Dialect) -> str:
    return ", ".join(f"{column.text} AS {dialect.name(name)}" for name, column in columns)


# -- one row for each row


def one_by_one(lowered: Lowered) -> str:
    """What is selected from the rows, each priced by itself; they stand in no order."""
    rows = lowered.rows
    columns = [
        (ROW, rows.number()),
        (lowered.policy.recipient, lowered.stored_recipient()),
        *outcomes(lowered),
    ]
    return f"SELECT {picked(columns, rows.dialect)} FROM {rows.relation.at(rows.relation.last)}"


def outcomes(lowered: Lowered) -> list[tuple[str, Sql]]:
    """What comes out for a row, whichever row it is."""
    due = [(due_name(tier), amount.sql) for tier, amount in lowered.due.items()]
    return [*due, (REASONS, _reasons(lowered)), (FAULTS, _faults(lowered))]


def slimmed(lowered: Lowered) -> list[tuple[str, Sql]]:
    """The same in as few bytes as their bounds allow: what every row looks up lies close together, and fits into a cache."""
    most = {due_name(tier): amount.reach for tier, amount in lowered.due.items()}
    most[REASONS] = (2 << len(lowered.policy.conditions())) - 1
    return [
        (name, sql(f"CAST({{}} AS {width(most[name])})", column) if name in most else column)
        for name, column in outcomes(lowered)
    ]


def legend(policy: Policy) -> Mapping[int, tuple[str, str]]:
    """What each bit of 原因 stands for: the reason code and the source of its clause."""
    documents = "、".join(each.number or each.title for each in policy.documents)
    told = [(f"{policy.name}.{IN_FORCE}", documents)] if policy.as_of else [("", "")]
    told += [(f"{policy.name}.{each.clause.id}.{each.name}", each.clause.source) for each in policy.conditions()]
    return {1 << at: each for at, each in enumerate(told) if each[0]}


def _reasons(lowered: Lowered) -> Sql:
    """The bits of the conditions that fail."""
    bits = {condition: 2 << at for at, condition in enumerate(lowered.policy.conditions())}
    parts = [bundle.mask(bits) for bundle in lowered.bundles]
    mask = sql("({})", joined(" + ", parts)) if parts else literal("0")
    if lowered.force is not None:
        mask = sql("CASE WHEN {} THEN {} ELSE 1 END", lowered.force, mask)
    return sql("CAST({} AS BIGINT)", mask)


def _bundle_faults(bundle: Bundle, force: Sql | None, dialect: Dialect) -> Iterator[Sql]:
    """The faults of conditions: for those of a joined table they are written there, once for each of its rows."""
    broken = [(each, bundle.states[each]) for each in bundle.faults]
    form = "CASE WHEN {{}} > {fails} THEN concat('P', {{}}, {word}) END"
    told = [sql(form.format(fails=FAILS, word=dialect.word(f" {each.name}")), state, state) for each, state in broken]
    if bundle.beside is None:
        yield from (part if force is None else sql("CASE WHEN {} THEN {} END", force, part) for part in told)
        return
    text = bundle.over(sql("nullif(concat_ws('；', {}), '')", joined(", ", told))) if told else literal("NULL")
    lost = dialect.word("；".join(f"{FaultCode.JOIN.value} {each.name}" for each in bundle.states))
    found = sql(f"CASE WHEN {{}} IS NOT NULL THEN {lost} ELSE {{}} END", bundle.beside.fault or Sql("NULL"), text)
    yield found if force is None else sql("CASE WHEN {} THEN {} END", force, found)


def _faults(lowered: Lowered) -> Sql:
    """The codes of the faults and the statements that they stand in; NULL where there is none."""
    dialect = lowered.rows.dialect
    parts = [part for bundle in lowered.bundles for part in _bundle_faults(bundle, lowered.force, dialect)]
    for payment in lowered.payments:
        if payment.fault is not None:
            statement = payment.statement
            name = f"金额 {statement.tier.value}" if isinstance(statement, Amount) else f"分担 {statement.rest.value}"
            form = f"CASE WHEN {{}} THEN concat('P', {{}}, {dialect.word(f' {name}')}) END"
            parts.append(sql(form, both(lowered.gate, sql("{} IS NOT NULL", payment.fault)), payment.fault))
    if lowered.broken == FALSE or not parts:
        return Sql(f"CAST(NULL AS {dialect.text})")
    return sql("CASE WHEN {} THEN concat_ws('；', {}) END", lowered.broken, joined(", ", parts))


# -- recipients and totals


def gathered(lowered: Lowered, grain: Grain) -> str:
    """What is selected for recipients or for all, from rows one by one or counted."""
    relation, dialect = lowered.rows.relation, lowered.rows.dialect
    weight = relation.column(WEIGHT) if relation.weight else None
    columns, by = _keys(lowered, grain)
    numbers = [
        (ROWS, _number(weight, None)),
        (PAID, _number(weight, lowered.sound)),
        (BROKEN, _number(weight, lowered.broken)),
    ]
    order = dialect.ordered + (", 2" if dialect.ordered and grain is Grain.PERIOD else "")
    order = "" if grain is Grain.TOTAL else order
    if weight is None and by and _filters(lowered, by):
        return _apart(lowered, columns, by) + order
    sums = _sums(lowered, lowered.due, weight)
    group = f" GROUP BY {', '.join(key.text for key in by)}" if by else ""
    return f"SELECT {picked([*columns, *sums, *numbers], dialect)} FROM {relation.at(relation.last)}{group}{order}"


def _keys(lowered: Lowered, grain: Grain) -> tuple[list[tuple[str, Sql]], list[Sql]]:
    """What a record begins with, and what records are told apart by."""
    if grain is Grain.TOTAL:
        return [], []
    recipient, key = lowered.gathered_by()
    columns, by = [(lowered.policy.recipient, recipient)], [key]
    if grain is Grain.PERIOD:
        columns.append((PERIOD, lowered.month or Sql("CAST(NULL AS DATE)")))
        by += [] if lowered.month is None else [lowered.month]
    return columns, by


def _blanks(lowered: Lowered) -> tuple[bool, bool]:
    """Whether the recipient and the month may be missing in what records are told apart by. Spark sends rows round once more for that."""
    rows, policy = lowered.rows, lowered.policy
    recipient, day = (rows.table.columns.get(name) for name in (policy.recipient, policy.as_of))
    return rows.numbered(policy.recipient) and (recipient is None or recipient.missing), day is None or day.missing


def _sums(lowered: Lowered, due: Mapping[Tier, Whole], weight: Sql | None) -> list[tuple[str, Sql]]:
    rows, wholes, sums = max(1, lowered.rows.table.rows), lowered.rows.wholes, []
    for tier, amount in due.items():
        ends = (min(0, amount.low * rows), max(0, amount.high * rows))
        if weight is not None:
            amount = wholes.made("({} * {})", (amount, wholes.weight(weight, rows)), *ends)  # noqa: PLW2901 of all such rows
        sums.append((due_name(tier), _total(amount.sql, ends, lowered.rows.dialect)))
    return sums


def _filters(lowered: Lowered, by: Sequence[Sql]) -> bool:
    """Whether it pays to gather what is paid from the rows that pass alone: nothing has to be joined to count all the others."""
    relation = lowered.rows.relation
    return lowered.gate != TRUE and relation.alone(relation.depth(_uses(*by, lowered.tested)))


def _uses(*parts: Sql) -> frozenset[str]:
    return frozenset[str]().union(*(part.uses for part in parts))


def _apart(lowered: Lowered, columns: list[tuple[str, Sql]], by: Sequence[Sql]) -> str:
    """All rows counted, and beside them what is paid, of the rows that pass."""
    relation, dialect = lowered.rows.relation, lowered.rows.dialect
    keys = [(f"{KEY}{at}", key) for at, key in enumerate(by)]
    group = ", ".join(key.text for key in by)
    every = [*columns, *keys, (ROWS, _number(None, None)), (BROKEN, _number(None, lowered.tested))]
    depth = relation.depth(_uses(*by, lowered.tested, *(column for _, column in columns)))
    sums = _sums(lowered, lowered.priced, None)
    every_one = lowered.sound == lowered.gate
    paid = _number(None, None if every_one else lowered.sound)
    unpriced = _number(None, FALSE) if every_one else sql("({} - {})", _number(None, None), paid)
    passed = [*keys, *sums, (PAID, paid), (UNPRICED, unpriced)]
    same = ["IS NOT DISTINCT FROM" if blank else "=" for blank in _blanks(lowered)]
    alike = " AND ".join(
        f"a.{dialect.name(name)} {sign} p.{dialect.name(name)}" for (name, _), sign in zip(keys, same, strict=False)
    )
    told = [f"a.{dialect.name(name)}" for name, _ in columns]
    told += [f"coalesce(p.{dialect.name(name)}, 0) AS {dialect.name(name)}" for name, _ in sums]
    rows, paid_rows, broken, lost = (dialect.name(name) for name in (ROWS, PAID, BROKEN, UNPRICED))
    told += [f"a.{rows}", f"coalesce(p.{paid_rows}, 0) AS {paid_rows}"]
    told += [f"a.{broken} + coalesce(p.{lost}, 0) AS {broken}"]
    return (
        f"SELECT {', '.join(told)}\nFROM (SELECT {picked(every, dialect)} FROM {relation.at(depth)} GROUP BY {group}) AS a\n"
        f"LEFT JOIN (SELECT {picked(passed, dialect)} FROM {relation.at(relation.last)} WHERE {lowered.gate.text} "
        f"GROUP BY {group}) AS p ON {alike}"
    )


def _total(amount: Sql, ends: tuple[int, int], dialect: Dialect) -> Sql:
    narrow = max(-ends[0], ends[1]) <= NARROW
    kind, form = ("BIGINT", "sum({})") if narrow else ("DECIMAL(38, 0)", dialect.sum_wide)
    return sql(f"CAST(coalesce({form}, 0) AS {kind})", amount)


def from_rows(lowered: Lowered, grain: Grain, source: str) -> str:
    """The statement for recipients or for all from the rows, as ``one_by_one`` gives them."""
    dialect, rows = lowered.rows.dialect, max(1, lowered.rows.table.rows)
    name = dialect.name(lowered.policy.recipient)
    columns = (
        []
        if grain is Grain.TOTAL
        else [(lowered.policy.recipient, Sql(f"coalesce(CAST({name} AS {dialect.text}), '')"))]
    )
    for tier, amount in lowered.due.items():
        ends = (min(0, amount.low * rows), max(0, amount.high * rows))
        columns.append((due_name(tier), _total(Sql(dialect.name(due_name(tier))), ends, dialect)))
    for told, test in (
        (ROWS, None),
        (PAID, Sql(f"{dialect.name(REASONS)} = 0 AND {dialect.name(FAULTS)} IS NULL")),
        (BROKEN, Sql(f"{dialect.name(FAULTS)} IS NOT NULL")),
    ):
        columns.append((told, _number(None, test)))
    by = "" if grain is Grain.TOTAL else f" GROUP BY {name}{dialect.ordered}"
    return f"SELECT {picked(columns, dialect)} FROM {source}{by}"


def _number(weight: Sql | None, test: Sql | None) -> Sql:
    if test == FALSE:
        return literal("CAST(0 AS BIGINT)")
    form = "count(*)" if weight is None else "sum({})"
    parts = [] if weight is None else [weight]
    if test is not None:
        form, parts = form + " FILTER (WHERE {})", [*parts, test]
    return sql(f"CAST(coalesce({form}, 0) AS BIGINT)", *parts)


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
    for name in plan.rows.rows.joins():
        table = plan.schema[name]
        yield f"「{name}」{table.rows} 行，按 key 相连。"
    if policy.as_of:
        yield f"参数按「{policy.as_of}」取当日有效的一版，编译时只留数据日期范围内的版本。"
    for tier, amount in plan.rows.due.items():
        yield f"{tier.value}每行金额在 {amount.low} 分至 {amount.high} 分之间，运行前已证明不会溢出。"
