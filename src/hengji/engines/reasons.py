"""Why a condition fails, in words: the rule as written, and what stands in the row."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.engines.interpreter import Interpreter
from hengji.engines.tracing import looked_at, tried
from hengji.policies.nodes import Aggregate, Field, IsMissing, Joined, Named, Node
from hengji.policies.outcome import Reason
from hengji.policies.policy import Condition, Policy
from hengji.policies.printing import show, show_value

_READ = Field | Joined | Named | Aggregate


def reason(policy: Policy, condition: Condition, interpreter: Interpreter, row: int) -> Reason:
    """Why ``condition`` does not hold for ``row``."""
    code = f"{policy.name}.{condition.clause.id}.{condition.name}"
    if tried(condition.value, interpreter, row) is None:
        text = f"“{condition.name}”无法判断：{missing(condition.value, interpreter, policy, row)}"
    else:
        read = dict.fromkeys(_read(condition.value, interpreter, row))
        said = "，".join(f"{show(leaf, policy.rows)}为{_value(leaf, interpreter, row)}" for leaf in read)
        text = f"不符合“{condition.name}”：{show(condition.value, policy.rows)}" + (f"（{said}）" if said else "")
    return Reason(code, condition.name, text, condition.clause.source)


def _value(leaf: Node, interpreter: Interpreter, row: int) -> str:
    return show_value(tried(leaf, interpreter, row), leaf.kind)


def _read(node: Node, interpreter: Interpreter, row: int) -> Iterator[Node]:
    """The columns, 令 and aggregates that were looked at and have a value."""
    if not isinstance(node, _READ):
        for part in looked_at(node, interpreter, row):
            yield from _read(part, interpreter, row)
    elif tried(node, interpreter, row) is not None:
        yield node


def missing(node: Node, interpreter: Interpreter, policy: Policy, row: int) -> str:
    """X未填写: the columns whose missing values leave ``node`` without one for ``row``."""
    blank = dict.fromkeys(show(leaf, policy.rows) for leaf in _blank(node, interpreter, policy, row))
    return ("、".join(blank) or "要用到的值") + "未填写"


def _blank(node: Node, interpreter: Interpreter, policy: Policy, row: int) -> Iterator[Node]:
    if isinstance(node, IsMissing) or tried(node, interpreter, row) is not None:
        return
    parts = (policy.named()[node.name].value,) if isinstance(node, Named) else looked_at(node, interpreter, row)
    below = (
        ()
        if isinstance(node, Aggregate)
        else [leaf for part in parts for leaf in _blank(part, interpreter, policy, row)]
    )
    if below:
        yield from below
    elif isinstance(node, _READ):
        yield node
