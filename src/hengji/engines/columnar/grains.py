"""The SQL of each grain: one row for each row, or what recipients, months or all of them come to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from hengji.engines.columnar.dialect import Dialect
from hengji.engines.columnar.lowered import FAILS, WEIGHT, Bundle, Lowered
from hengji.engines.columnar.sql import FALSE, TRUE, Sql, both, joined, literal, sql
from hengji.engines.columnar.whole import NARROW, Whole, width
from hengji.engines.fault_codes import FaultCode
from hengji.model.programme import Tier
from hengji.policies.policy import IN_FORCE, Amount, Policy


class Grain(Enum):
    """粒度: a result for each row, for each recipient (and month of the policy's 按日 column), or one for all."""

    ROW = "按行"
    INSTITUTION = "按机构"
    PERIOD = "按机构和月份"
    TOTAL = "合计"


ROW, REASONS, FAULTS, PERIOD = "行", "原因", "问题", "月份"
ROWS, PAID, BROKEN = "行数", "付款行数", "算不出行数"
KEY, UNPRICED = "号", "没有金额行数"


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
