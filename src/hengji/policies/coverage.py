"""Two checks that come free because rules are data: conditions that decide no case, and columns that are never read."""

from __future__ import annotations

from collections.abc import Iterable

from hengji.model.finding import Finding, Place, Severity
from hengji.policies.faults import Code
from hengji.policies.nodes import Aggregate, Field, Node, walk
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy


def undecided_conditions(policy: Policy, outcomes: Iterable[Outcome]) -> tuple[Finding, ...]:
    """Conditions that in none of these outcomes of cases are the only reason why a row gets nothing.

    Such a condition could be wrong, or say what another says already, and no case would show it.
    """
    deciding = {row.reasons[0].condition for outcome in outcomes for row in outcome.rows if len(row.reasons) == 1}
    return tuple(
        Finding(
            Code.UNDECIDED.value,
            Severity.WARNING,
            Place(policy.file, condition.line, item=condition.clause.title),
            f"条件「{condition.name}」没有决定过任何算例",
            "至少有一个算例的一行，只因这个条件不予支付",
            "在 cases.yaml 中加一个这样的算例；若别的条件已经包含它，删去它",
        )
        for condition in policy.conditions()
        if condition.name not in deciding
    )


def unread_columns(policy: Policy) -> tuple[Finding, ...]:
    """Declared columns that no rule reads, and that neither name the recipient nor the day nor join tables."""
    read = {(policy.rows, policy.recipient), (policy.rows, policy.as_of)}
    for table in policy.tables.values():
        read |= {(each, key) for key in table.key for each in (table.name, policy.rows)}
    for root in policy.nodes():
        for node in walk(root):
            read |= _reads(node)
    return tuple(
        Finding(
            Code.UNREAD.value,
            Severity.WARNING,
            Place(policy.file, item=table.name),
            f"数据表「{table.name}」的列「{column.name}」没有一条规则用到",
            "声明的列都用得上",
            "补上用到它的规则，或从文件头删去这一列",
        )
        for table in policy.tables.values()
        for column in table.columns
        if (table.name, column.name) not in read
    )


def _reads(node: Node) -> set[tuple[str, str]]:
    if isinstance(node, Field):
        return {(node.table, node.name)}
    if isinstance(node, Aggregate):
        return {(node.table, part.name) for part in node.by}
    return set()
