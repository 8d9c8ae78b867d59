"""A roster of the size of a city, and the 2020 operating subsidy over it: by the reference engine, and by a loop that knows the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from hengji.engines import reference
from hengji.model.table import Table, Value
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy
from hengji.storage.policy_packs import policy_source

POLICY = "zb-2"
HOMES, ROWS = 100, 20_000
_ABILITIES = ("自理", "半自理", "完全不能自理")
_RATES = {"自理": (60000, 30000, 10000), "半自理": (120000, 50000, 15000), "完全不能自理": (240000, 140000, 20000)}


def policy() -> Policy:
    source = policy_source(POLICY)
    assert source is not None
    read, _ = read_policy(source)
    assert read is not None
    return read


def tables(read: Policy) -> dict[str, Table]:
    """Every fiftieth resident is too young, every hundredth stands there twice."""
    residents: list[tuple[Value, ...]] = [
        (f"机构{at % HOMES}", f"人{at - (at % 100 == 0)}", _ABILITIES[at % 3], None, at % 50 != 0) for at in range(ROWS)
    ]
    homes: list[tuple[Value, ...]] = [(f"机构{at}", at % 10 != 0, *[None] * 7) for at in range(HOMES)]
    return {
        name: Table(name, read.tables[name].columns, tuple(rows), tuple(range(2, len(rows) + 2)), f"{name}.csv")
        for name, rows in (("入住人员", residents), ("机构信息", homes))
    }


def by_engine(read: Policy, given: Mapping[str, Table]) -> int:
    outcome, _ = reference.calculate(read, given)
    return int(sum(outcome.totals.values()))


def by_hand(given: Mapping[str, Table]) -> int:
    """The same total in fen, and the conditions that fail row by row; no clauses, no findings, no reasons in words."""
    listed = {home: on_list for home, on_list, *_ in given["机构信息"].rows}
    persons = Counter(person for _, person, *_ in given["入住人员"].rows)
    total = 0
    failed: list[tuple[str, ...]] = []
    for home, person, ability, _, old_enough in given["入住人员"].rows:
        wrong = () if listed[home] else ("列入名单",)
        wrong += () if old_enough else ("年满六十周岁",)
        wrong += () if persons[person] == 1 else ("一人一行",)
        failed.append(wrong)
        if not wrong:
            assert isinstance(ability, str)
            total += sum(_RATES[ability])
    return total
