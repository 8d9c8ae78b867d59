"""A plan that can be read to the person who asks how it was computed: what is read, joined, gathered, tested and paid, by which clause."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.engines.columnar import Grain, Plan
from hengji.engines.columnar.grains import legend
from hengji.policies.nodes import Aggregate, Field, Joined, Node
from hengji.policies.policy import Amount, Policy, Split
from hengji.policies.printing import show


def plan_in_words(plan: Plan, grain: Grain) -> Iterator[str]:
    """Headings with indented lines; nothing was computed yet."""
    yield f"{plan.policy.title}（{plan.policy.name}）　{grain.value}"
    for heading, lines in (
        ("读取", _read(plan)),
        ("相连", _joined(plan)),
        ("分组", _gathered(plan.policy)),
        ("先筛：每一条都满足才付款", _tested(plan.policy)),
        ("后算：只为满足条件的行计价", _paid(plan.policy)),
        ("原因编号：一行不付时写出未满足的条件", _reasons(plan.policy)),
        ("执行", plan.explain().splitlines()),
    ):
        if told := [f"  {line}" for line in lines]:
            yield from ("", heading, *told)


def _read(plan: Plan) -> Iterator[str]:
    used = _columns(plan.policy)
    for name, facts in plan.schema.items():
        columns = [column for column in facts.columns if (name, column) in used]
        yield f"「{name}」{facts.rows:,} 行：{'、'.join(columns)}"


def _columns(policy: Policy) -> set[tuple[str, str]]:
    found = {(policy.rows, policy.recipient), (policy.rows, policy.as_of)}
    for node in _everything(policy):
        match node:
            case Joined():
                found.add((node.field.table, node.field.name))
                found.update((table, key.name) for key in node.key for table in (node.field.table, policy.rows))
            case Field():
                found.add((node.table, node.name))
            case Aggregate():
                found.update((table, key.name) for key in node.by for table in (node.table, policy.rows))
    return found


def _everything(policy: Policy) -> Iterator[Node]:
    for node in policy.nodes():
        yield from _within(node)


def _within(node: Node) -> Iterator[Node]:
    yield node
    for child in node.children:
        yield from _within(child)


def _joined(plan: Plan) -> Iterator[str]:
    for name, table in plan.policy.tables.items():
        if table.key and name != plan.policy.rows:
            yield f"「{name}」按 {'、'.join(table.key)} 与「{plan.policy.rows}」逐行对应；对不上或对上几行的，该行算不出"


def _gathered(policy: Policy) -> Iterator[str]:
    seen = dict.fromkeys(node for node in _everything(policy) if isinstance(node, Aggregate))
    for node in seen:
        keys = "、".join(key.name for key in node.by)
        yield f"「{node.table}」{f'按 {keys} 分组' if keys else '全表'}：{show(node, policy.rows)}"


def _tested(policy: Policy) -> Iterator[str]:
    if policy.as_of:
        yield f"{policy.as_of}在政策有效期内"
    for condition in policy.conditions():
        yield f"{condition.name} ＝ {show(condition.value, policy.rows)}"


def _paid(policy: Policy) -> Iterator[str]:
    for statement in policy.statements:
        match statement:
            case Amount():
                yield f"{statement.tier.value} ＝ {show(statement.value, policy.rows)}"
            case Split():
                shares = "，".join(f"{each.tier.value} {show(each.rate, policy.rows)}" for each in statement.shares)
                yield f"{show(statement.value, policy.rows)} 分担：{shares}，{statement.rest.value}取其余"


def _reasons(policy: Policy) -> Iterator[str]:
    clauses = {condition.name: condition.clause.title for condition in policy.conditions()}
    for code, source in legend(policy).values():
        clause = clauses.get(code.rpartition(".")[2], "有效期")
        yield f"{code}　{clause}" + (f"（{source}）" if source else "")
