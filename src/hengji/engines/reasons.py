"""Why a condition fails, in words: the rule as written, and what stands in the row."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.engines.interpreter import Interpreter
from hengji.engines.refusing import Objections
from hengji.engines.tracing import looked_at, tried
from hengji.policies.kinds import DATE
from hengji.policies.nodes import Aggregate, Field, IsMissing, Joined, Named, Node
from hengji.policies.outcome import Reason
from hengji.policies.policy import IN_FORCE, Condition, Policy
from hengji.policies.printing import show, show_value

_READ = Field | Joined | Named | Aggregate


class Explainer:
    """Says why; what a condition reads like is written once, not once a row."""

    def __init__(self, policy: Policy, interpreter: Interpreter) -> None:
        self.policy = policy
        self.interpreter = interpreter
        self._named = policy.named()
        self._objections = Objections(policy, interpreter)

    def reason(self, condition: Condition, row: int) -> Reason:
        """Why ``condition`` does not hold for ``row``."""
        code = f"{self.policy.name}.{condition.clause.id}.{condition.name}"
        if tried(condition.value, self.interpreter, row) is None:
            text = f"无法判断是否满足条件“{condition.name}”：{self.missing(condition.value, row)}"
        else:
            said = "；".join(dict.fromkeys(self._objections.against(condition.value, row)))
            text = f"不满足条件“{condition.name}”：{said or show(condition.value, self.policy.rows)}"
        return Reason(code, condition.name, text, condition.clause.source)

    def out_of_force(self, row: int) -> Reason:
        """Why a row whose day lies outside the policy's time gets nothing."""
        policy = self.policy
        day = self.interpreter.column(policy.rows, policy.as_of)[row]
        until = f"至{show_value(policy.end, DATE)}" if policy.end else ""
        text = f"{policy.as_of}{show_value(day, DATE)}不在政策有效期内（自{show_value(policy.start, DATE)}起{until}）"
        return Reason(
            f"{policy.name}.{IN_FORCE}",
            IN_FORCE,
            text,
            "、".join(each.number or each.title for each in policy.documents),
        )

    def missing(self, node: Node, row: int) -> str:
        """“天数”没有填写: the columns whose missing values leave ``node`` without one for ``row``."""
        blank = dict.fromkeys(self._objections.name(leaf) for leaf in self._blank(node, row))
        return ("、".join(blank) or "要用到的值") + "没有填写"

    def _blank(self, node: Node, row: int) -> Iterator[Node]:
        if isinstance(node, IsMissing) or tried(node, self.interpreter, row) is not None:
            return
        parts: tuple[Node, ...] = looked_at(node, self.interpreter, row)
        if isinstance(node, Named):
            parts = (self._named[node.name].value,)
        elif isinstance(node, Aggregate):
            parts = ()
        below = [leaf for part in parts for leaf in self._blank(part, row)]
        if below:
            yield from below
        elif isinstance(node, _READ):
            yield node
