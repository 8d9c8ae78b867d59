"""Well-typed expressions of the policy language, and rows to run them over, as Hypothesis strategies.

Strategies are cached, since Hypothesis checks a new one, with all that is in it, before its first draw.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

from hypothesis import strategies as st

from hengji.model.money import Money, Rounding
from hengji.model.table import Column, ColumnType, Table, Value
from hengji.policies.kinds import BOOL, COUNT, DATE, ENUM, MONEY, RATE, TEXT
from hengji.policies.nodes import (
    Aggregate,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Connective,
    Extreme,
    Gathering,
    If,
    IsMissing,
    Joined,
    Literal,
    Logic,
    Negate,
    Node,
    Not,
    Operator,
    Outer,
    Part,
    PartOf,
    Pick,
    Round,
    Shift,
    Span,
    Step,
    WholeDivide,
    Within,
    is_zero,
)
from hengji.policies.scope import PolicyTable

MAIN, AWARDS, HOMES = "花名册", "获奖", "机构表"
STARS = ("一星", "二星", "三星")
_SHARED = (
    Column("机构", TEXT),
    Column("金", MONEY),
    Column("率", RATE),
    Column("数", COUNT),
    Column("日", DATE),
    Column("否", BOOL),
    Column("星", ENUM, choices=STARS),
)
TABLES = {
    MAIN: PolicyTable(MAIN, _SHARED),
    AWARDS: PolicyTable(AWARDS, _SHARED),
    HOMES: PolicyTable(HOMES, _SHARED, ("机构",)),
}

_VALUES: dict[ColumnType, st.SearchStrategy[Value]] = {
    TEXT: st.sampled_from(["甲", "乙", "丙"]),
    MONEY: st.integers(-(10**9), 10**9).map(Money) | st.sampled_from([Money(0), Money(9 * 10**15), Money(-1)]),
    RATE: st.integers(-2_000_000, 2_000_000).map(lambda ppm: Fraction(ppm, 10**6)),
    COUNT: st.integers(-50, 50) | st.sampled_from([0, 9 * 10**15]),
    DATE: st.dates(date(2018, 1, 1), date(2023, 12, 31)) | st.just(date(1, 1, 1)) | st.just(date(9999, 12, 31)),
    BOOL: st.booleans(),
    ENUM: st.sampled_from([*STARS, "四星"]),
}
KINDS = tuple(_VALUES)


def values(kind: ColumnType) -> st.SearchStrategy[Value]:
    """A cell: now and then it is not filled in, and now and then an enum has a word that it should not."""
    return st.one_of(*[_VALUES[kind]] * 4, st.none())


@st.composite
def tables(draw: st.DrawFn) -> dict[str, Table]:
    return {name: draw(_table(table)) for name, table in TABLES.items()}


def _table(declared: PolicyTable) -> st.SearchStrategy[Table]:
    row = st.tuples(*(values(column.type) for column in declared.columns))
    made = st.lists(row, max_size=6)
    return made.map(
        lambda rows: Table(
            declared.name, declared.columns, tuple(rows), tuple(range(2, len(rows) + 2)), f"{declared.name}.csv"
        )
    )


@cache
def literals(kind: ColumnType) -> st.SearchStrategy[Node]:
    """Literals as they can be written: without a sign."""
    values: dict[ColumnType, st.SearchStrategy[Value]] = {
        TEXT: st.sampled_from(["甲", "一星"]),
        ENUM: st.sampled_from(STARS),
        MONEY: st.integers(0, 10**8),
        RATE: st.integers(0, 3_000_000).map(lambda ppm: Fraction(ppm, 10**6)),
        COUNT: st.integers(0, 400),
        DATE: st.dates(date(2018, 1, 1), date(2023, 12, 31)),
        BOOL: st.booleans(),
    }
    of = TEXT if kind is ENUM else kind
    return values[kind].map(lambda value: Literal(of, value))


@st.composite
def nodes(draw: st.DrawFn, kind: ColumnType, depth: int = 3, over: str = "") -> Node:
    """An expression of ``kind``, inside an aggregate over the table ``over``."""
    if depth <= 0:
        return draw(leaves(kind, over))
    return draw(st.one_of(leaves(kind, over), *_compound(kind, depth - 1, over)))


@cache
def leaves(kind: ColumnType, over: str) -> st.SearchStrategy[Node]:
    table = TABLES[over or MAIN]
    fields = [field for column in table.columns if column.type is kind and (field := table.field(column.name))]
    found: list[st.SearchStrategy[Node]] = [st.sampled_from(fields)]
    if kind is not ENUM:
        found.append(literals(kind))
    if over == MAIN:
        found.append(st.sampled_from(fields).map(Outer))
    if not over:
        key = TABLES[MAIN].field("机构")
        assert key
        homes = [
            field
            for column in TABLES[HOMES].columns
            if column.type is kind and (field := TABLES[HOMES].field(column.name))
        ]
        found.append(st.sampled_from(homes).map(lambda field: Joined(field, (key,))))
    return st.one_of(found)


@cache
def _compound(kind: ColumnType, depth: int, over: str) -> list[st.SearchStrategy[Node]]:
    def of(wanted: ColumnType) -> st.SearchStrategy[Node]:
        return nodes(wanted, depth, over)

    found: list[st.SearchStrategy[Node]] = [
        st.builds(If, of(BOOL), of(kind), of(kind)),
        st.builds(If, of(BOOL), of(kind), st.just(Literal(kind, None))),
    ]
    if kind in {MONEY, COUNT, RATE}:
        signs = st.sampled_from([Operator.ADD, Operator.SUBTRACT])
        found += [st.builds(Arithmetic, signs, of(kind), of(kind)), st.builds(Negate, of(kind))]
    if kind in {MONEY, COUNT, RATE, DATE}:
        found.append(st.builds(Pick, st.sampled_from(Extreme), st.tuples(of(kind), of(kind))))
    found += [each.filter(_can_be_written) for each in _OWN.get(kind, lambda _: [])(of)]
    return [*found, *([] if over else [aggregates(kind, depth)])]


def _can_be_written(node: Node) -> bool:
    """Dividing by a literal 0 is refused by the grammar."""
    divides = isinstance(node, WholeDivide) or (isinstance(node, Arithmetic) and node.operator is Operator.DIVIDE)
    return not (divides and is_zero(node.children[1]))


_Of = st.SearchStrategy[Node]


def _money(of: object) -> list[_Of]:
    assert callable(of)
    units = st.integers(1, 10**6).map(lambda fen: Literal(MONEY, fen))
    return [
        st.builds(Arithmetic, st.just(Operator.MULTIPLY), of(MONEY), of(RATE)),
        st.builds(Arithmetic, st.just(Operator.MULTIPLY), of(COUNT), of(MONEY)),
        st.builds(Arithmetic, st.just(Operator.DIVIDE), of(MONEY), of(COUNT)),
        st.builds(Round, of(MONEY), units, st.sampled_from(Rounding)),
    ]


def _rate(of: object) -> list[_Of]:
    assert callable(of)
    units = st.integers(1, 10**6).map(lambda ppm: Literal(RATE, Fraction(ppm, 10**6)))
    return [
        st.builds(Arithmetic, st.just(Operator.MULTIPLY), of(RATE), of(COUNT)),
        st.builds(Arithmetic, st.just(Operator.DIVIDE), of(MONEY), of(MONEY)),
        st.builds(Arithmetic, st.just(Operator.DIVIDE), of(RATE), of(COUNT)),
        st.builds(Round, of(RATE), units, st.sampled_from(Rounding)),
    ]


def _count(of: object) -> list[_Of]:
    assert callable(of)
    return [
        st.builds(WholeDivide, of(MONEY), of(MONEY)),
        st.builds(WholeDivide, of(COUNT), of(COUNT)),
        st.builds(Between, st.sampled_from(Span), of(DATE), of(DATE)),
        st.builds(PartOf, st.sampled_from(Part), of(DATE)),
    ]


def _date(of: object) -> list[_Of]:
    assert callable(of)
    return [st.builds(Shift, st.sampled_from(Step), of(DATE), of(COUNT))]


def _bool(of: object) -> list[_Of]:
    assert callable(of)
    ordered = st.sampled_from([MONEY, COUNT, RATE, DATE])
    alike = st.sampled_from([Comparison.EQUAL, Comparison.UNEQUAL])
    return [
        ordered.flatmap(lambda kind: st.builds(Compare, st.sampled_from(Comparison), of(kind), of(kind))),
        st.builds(Compare, alike, of(ENUM), literals(ENUM)),
        st.builds(Compare, alike, of(TEXT), of(TEXT)),
        st.builds(Within, of(ENUM), st.lists(literals(ENUM), min_size=1, max_size=3).map(tuple)),
        st.builds(Logic, st.sampled_from(Connective), of(BOOL), of(BOOL)),
        st.builds(Not, of(BOOL)),
        st.sampled_from(KINDS).flatmap(of).map(IsMissing),
    ]


_OWN = {MONEY: _money, RATE: _rate, COUNT: _count, DATE: _date, BOOL: _bool}


@st.composite
def aggregates(draw: st.DrawFn, kind: ColumnType, depth: int) -> Node:
    """An aggregate that gives ``kind``; over another table, its value is a column of that table, so that it can be read back."""
    gatherings = {
        MONEY: [Gathering.SUM],
        RATE: [Gathering.SUM],
        COUNT: [Gathering.SUM, Gathering.COUNT, Gathering.DISTINCT],
        DATE: [Gathering.EARLIEST, Gathering.LATEST],
        BOOL: [Gathering.ANY, Gathering.ALL],
    }
    if kind not in gatherings:
        return draw(leaves(kind, ""))
    gathering = draw(st.sampled_from(gatherings[kind]))
    table = draw(st.sampled_from([MAIN, AWARDS]))
    wanted = draw(st.sampled_from([TEXT, DATE])) if gathering is Gathering.DISTINCT else kind
    own = [
        field
        for column in TABLES[table].columns
        if column.type is wanted and (field := TABLES[table].field(column.name))
    ]
    whole = st.sampled_from(own) if table == AWARDS else nodes(wanted, depth, table)
    of = None if gathering is Gathering.COUNT else draw(whole)
    columns = [field for column in TABLES[MAIN].columns if (field := TABLES[MAIN].field(column.name))]
    by = draw(st.lists(st.sampled_from(columns), max_size=2, unique=True).map(tuple))
    when = draw(st.none() | nodes(BOOL, depth, table))
    return Aggregate(gathering, table, of, by, when)
