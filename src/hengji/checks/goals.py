"""Where a report sets its goals."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span

_GOALS = pattern(r"^.{0,8}目标(?:[和与及]|设定|设置|情况|$)(?!.{0,6}(?:完成|实现))")


def among_goals(reading: Reading, span: Span) -> bool:
    """Whether words stand in a section that sets goals, by its title; one that also tells what came of them is none."""
    return any(_GOALS.search("".join(title.text.split())) for title in reading.above(span.start))
