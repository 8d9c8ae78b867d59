"""What kind of evaluation a report is of: rules of the field differ by kind."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.folding import fold

_REACH = 600
_OTHER = pattern(r"部门整体|整体支出|单位整体|政策绩效|政策支出|财政政策|财政运行|预算绩效管理工作")
_TITLED = pattern(r"《[^《》]{0,120}》")
"""What a cited document is about is not what the report is about."""


def evaluates_project(reading: Reading) -> bool:
    """Whether a report is of a project, as far as its opening says; that of a department or a policy has other rules."""
    opening = fold(reading.text, Span(0, min(len(reading.text), _REACH))).text
    return _OTHER.search(_TITLED.sub("", opening)) is None
