"""条件写的是另一个子项目的申请人。

## 查什么
一个子项目下写着“申请补助的某某须满足以下条件”，某某不在本子项目的名称里，却在别的子项目的名称里。

## 为什么
多半是从上一个子项目复制后没有改；条件对不上申请人，资格就无从认定。

## 怎么改
改成本子项目的申请人，并核对各项条件。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript

CODE = "w971"
_APPLICANT = pattern(
    rf"申(?:请|报)[^,。;的]{{0,6}}的(?P<who>{HAN}{{2,8}}?)(?:须|需|应|要)(?:当)?(?:同时)?(?:满足|符合|具备)(?:以下|下列)[^,。;]{{0,4}}条件"
)
_PROJECT = pattern(r"(?:项目|补助|补贴|奖补|奖励|工程)(?:[(（]|情况|\s*$)")


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Applicants who are named by the title of another subsidy beside the one whose section they stand in."""
    passages = [
        (each, match)
        for each in manuscript.holding("条件")
        if each.kind is Kind.PROSE and (match := _APPLICANT.search(each.text))
    ]
    for passage, match in passages:
        span = passage.span(*match.span())
        own = next((each for each in reversed(reading.above(span.start)) if _PROJECT.search(each.text)), None)
        if own is None or match["who"] in _bare(own.text):
            continue
        other = next(
            (
                each
                for each in reading.titles
                if each.level == own.level and not each.listed and each is not own
                if match["who"] in _bare(each.text) and _PROJECT.search(each.text)
            ),
            None,
        )
        if other is not None:
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"“{_bare(own.text)}”之下写的是“{match['who']}”的条件",
                "本子项目的申请人",
                "改成本子项目的申请人，核对各项条件",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, span, own.span, other.span)


def _bare(title: str) -> str:
    return "".join(title.split())
