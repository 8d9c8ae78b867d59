"""A policy: the clauses of a scheme with their source, and what they say as rules, parameters and cases."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date

from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.table import Table, Value
from hengji.policies.nodes import Node
from hengji.policies.parameters import ParameterSeries, ParameterTable
from hengji.policies.scope import PolicyTable


@record
class PolicyDocument:
    """政策文件: what the clauses come from."""

    title: str
    number: str = ""
    date: date | None = None


@record
class Clause:
    """条款 in own words. ``source`` is its 出处 (document number and article); ``notes`` say why a part cannot be computed."""

    id: str
    title: str
    line: int
    source: str = ""
    text: str = ""
    notes: tuple[str, ...] = ()


@record
class Statement:
    """规则语句: stands under ``clause``, at ``line`` of law.md."""

    clause: Clause
    line: int


@record
class Let(Statement):
    """令: a named intermediate value."""

    name: str
    value: Node


@record
class Condition(Statement):
    """条件 for payment: a row for which it does not hold gets nothing, and its name says why."""

    name: str
    value: Node


@record
class Amount(Statement):
    """金额 that one tier pays for the row."""

    tier: Tier
    value: Node


@record
class TierShare:
    """分担份额: the ``rate`` of the whole, rounded half-up to the fen."""

    tier: Tier
    rate: Node


@record
class Split(Statement):
    """分担: shares of one amount; ``rest`` (余额) takes what the shares leave, so that the parts always add up."""

    value: Node
    shares: tuple[TierShare, ...]
    rest: Tier


@record
class Hold:
    """须成立: a 是否 expression over the totals, the published values and the tables of a case, as text and as node."""

    text: str
    node: Node
    line: int


@record
class Case:
    """算例: rows, and what must come out for them.

    ``totals`` by 总额 or tier; ``rows`` by tier, 总额 or the name of a 令 or 条件, one mapping per row of the main table;
    ``reasons`` the names of the conditions that fail, per row (有效期内 and 算不出 stand for themselves).
    """

    name: str
    source: str
    line: int
    tables: Mapping[str, Table]
    totals: Mapping[str, Value] = field(default_factory=dict)
    rows: tuple[Mapping[str, Value], ...] = ()
    reasons: tuple[tuple[str, ...], ...] = ()
    published: Mapping[str, Node] = field(default_factory=dict)
    holds: tuple[Hold, ...] = ()
    file: str = "cases.yaml"


TOTAL = "总额"
REST = "余额"
INCOMPUTABLE = "算不出"
"""In the reasons of a case: the row has a fault and is left unpaid."""
IN_FORCE = "有效期内"
"""The reason of a row whose day (``as_of``) lies before the policy's start or after its end."""


@record
class Policy:
    """政策. ``rows`` is the main table, ``recipient`` its column that names who is paid, ``as_of`` its date column that says
    which parameter values hold (empty: those of ``start``). ``order`` lists 令 and 条件 so that each comes after what it uses.
    """

    name: str
    title: str
    jurisdiction: str
    start: date
    rows: str
    recipient: str
    end: date | None = None
    as_of: str = ""
    documents: tuple[PolicyDocument, ...] = ()
    tables: Mapping[str, PolicyTable] = field(default_factory=dict)
    parameters: Mapping[str, ParameterSeries] = field(default_factory=dict)
    lookups: Mapping[str, ParameterTable] = field(default_factory=dict)
    clauses: tuple[Clause, ...] = ()
    statements: tuple[Statement, ...] = ()
    order: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    file: str = "law.md"

    def named(self) -> Mapping[str, Let | Condition]:
        """令 and 条件 by name, each after what it uses."""
        found = {each.name: each for each in self.statements if isinstance(each, Let | Condition)}
        return {name: found[name] for name in self.order}

    def conditions(self) -> tuple[Condition, ...]:
        """In the order of the law."""
        return tuple(each for each in self.statements if isinstance(each, Condition))

    def tiers(self) -> tuple[Tier, ...]:
        """The tiers that pay, from the top down."""
        paying = {tier for each in self.statements for tier in tiers_of(each)}
        return tuple(tier for tier in Tier if tier in paying)

    def nodes(self) -> Iterator[Node]:
        """The expressions of all statements."""
        for statement in self.statements:
            match statement:
                case Let() | Condition() | Amount():
                    yield statement.value
                case Split():
                    yield statement.value
                    yield from (share.rate for share in statement.shares)


def tiers_of(statement: Statement) -> tuple[Tier, ...]:
    """The tiers that a statement pays."""
    match statement:
        case Amount():
            return (statement.tier,)
        case Split():
            return (*(share.tier for share in statement.shares), statement.rest)
        case _:
            return ()
