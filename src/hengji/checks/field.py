"""What kind of evaluation a report is of: rules of the field differ by kind."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.documents import without_titles
from hengji.reading.folding import fold

_REACH = 600
_OTHER = pattern(r"部门整体|整体支出|单位整体|政策绩效|政策支出|财政政策|财政运行|预算绩效管理工作")
_OF_ITSELF = pattern(r"自评价?(?:工作)?(?:报告|总结)|自我评价(?:报告|总结)|自评表")
_ACCOUNT = pattern(
    r"决算(?:公开|情况|说明|报告|草案|表|$)|预算执行情况|[部单]位?门?预算(?:公开|说明)|(?:收支|预算)(?:决算|完成情况)|目标申报表"
)
_TO_CONGRESS = pattern(r"预算执行情况和[^。]{0,20}预算草案|(?:决算|预算)草案的报告|各位(?:代表|委员)[:：]")
_EVALUATION = pattern(r"评[价估](?:工作)?(?:自评)?(?:报告|总结|结果)|自评(?:工作|价)?(?:报告|总结|综述|表)")
_NAME = 150
"""So far in stands what a report calls itself."""


def evaluates_project(reading: Reading) -> bool:
    """Whether a report is of a project, as far as its opening says; that of a department or a policy has other rules."""
    return _OTHER.search(_opening(reading, _REACH)) is None


def evaluates_itself(reading: Reading) -> bool:
    """Whether a report is that of a unit on itself (单位自评报告), by its name."""
    return _OF_ITSELF.search(_opening(reading, _NAME)) is not None


def evaluates_nothing(reading: Reading) -> bool:
    """Whether a text is a final account, a budget (部门决算) or an application, no evaluation of anything, by its name."""
    name = _opening(reading, _NAME)
    if _EVALUATION.search(name):
        return False
    return _ACCOUNT.search(name) is not None or _TO_CONGRESS.search(_opening(reading, _REACH)) is not None


def _opening(reading: Reading, reach: int) -> str:
    """The beginning of a report, without cited documents: what they are about is not what it is about."""
    return without_titles(fold(reading.text, Span(0, min(len(reading.text), reach))).text)
