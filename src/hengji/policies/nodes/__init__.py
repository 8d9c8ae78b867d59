"""The policy language itself: frozen nodes, typed on construction. An ill-typed node cannot be built.

What each node means is what ``hengji.engines.reference`` makes of it.
"""

from hengji.policies.nodes.arithmetic import Arithmetic, Extreme, Negate, Operator, Pick, Round, WholeDivide
from hengji.policies.nodes.base import Literal, Node, is_zero
from hengji.policies.nodes.dates import Between, Part, PartOf, Shift, Span, Step
from hengji.policies.nodes.groups import Aggregate, Gathering
from hengji.policies.nodes.logic import Compare, Comparison, Connective, If, IsMissing, Logic, Not, Within
from hengji.policies.nodes.names import Field, FigureRef, Joined, Lookup, Named, Outer, Parameter
from hengji.policies.nodes.walk import walk

__all__ = (
    "Aggregate",
    "Arithmetic",
    "Between",
    "Compare",
    "Comparison",
    "Connective",
    "Extreme",
    "Field",
    "FigureRef",
    "Gathering",
    "If",
    "IsMissing",
    "Joined",
    "Literal",
    "Logic",
    "Lookup",
    "Named",
    "Negate",
    "Node",
    "Not",
    "Operator",
    "Outer",
    "Parameter",
    "Part",
    "PartOf",
    "Pick",
    "Round",
    "Shift",
    "Span",
    "Step",
    "WholeDivide",
    "Within",
    "is_zero",
    "walk",
)
