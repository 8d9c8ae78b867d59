"""说预算编制准确，实际却差得很远。

## 查什么
同一句中写明年初（申请、申报）预算和调整后预算或实际到位资金，两者相差三成以上的，全文有没有“预算编制准确”“测算依据充分”一类不带保留的好评。

## 为什么
年初预算与实际差三成以上，要么测算不准，要么内容变了；好评和满分都没有根据。

## 怎么改
写明调整的内容、原因和程序；属于测算不准的，扣分并写入存在的问题。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.manuscript import Manuscript, Role

CODE = "f466"
_AMOUNT = r"(?:资金|金额|数|总额)?(?:为|共计|共)?(?P<{}>\d+(?:\.\d+)?)(?P<unit_{}>万元|亿元|元)"
_PLANNED = pattern(r"(?:年初|申请|申报)(?:申请|安排|批复|编报)?预算" + _AMOUNT.format("planned", "planned"))
_MADE = pattern(r"(?:调整后(?:的)?预算|实际到位)" + _AMOUNT.format("made", "made"))
_PRAISE = pattern(
    r"预算编制(?:科学、?|合理、?){0,2}(?:准确|科学|合理)|(?:资金|预算|额度)?测算(?:依据)?(?:充分|准确|科学)"
)
_RESERVED = pattern(r"是否|不够|有待|应|须|建议|提高|得\d|性$")
_NAME_GOES_ON = ("性", "度", "情况")
_FAR = Decimal("0.3")
_LEFT_OUT = {Role.ADVICE, Role.PROBLEMS, Role.WORK, Role.ANNEX}


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Praise of a budget that turned out far from what was made of it."""
    told = _told(manuscript)
    if told is None:
        return
    planned, made, spans = told
    for passage in manuscript.told():
        if passage.role in _LEFT_OUT:
            continue
        for match in _PRAISE.finditer(passage.text):
            start = max(passage.text.rfind(sign, 0, match.start()) for sign in ",;。:") + 1
            named = passage.text.startswith(_NAME_GOES_ON, match.end())
            if named or _RESERVED.search(passage.text, start, match.end() + 2):
                continue
            found = f"说“{match[0]}”，而年初预算{planned}，实际{made}，相差三成以上"
            fault = Fault(
                CODE,
                Severity.WARNING,
                found,
                "与预算调整相称的说法",
                "写明调整的内容和原因，核对预算编制的得分",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()), *spans)


def _told(manuscript: Manuscript) -> tuple[str, str, tuple[Span, Span]] | None:
    """The first budget that a sentence tells beside what was made of it, where they are far apart."""
    for passage in manuscript.told():
        planned = _PLANNED.search(passage.text)
        made = _MADE.search(passage.text, *passage.sentence(planned.start())) if planned else None
        if planned and made and planned["unit_planned"] == made["unit_made"]:
            before, after = Decimal(planned["planned"]), Decimal(made["made"])
            if abs(before - after) <= before * _FAR:
                return None
            spans = passage.span(planned.start(), planned.end()), passage.span(made.start(), made.end())
            shown = planned["planned"] + planned["unit_planned"], made["made"] + made["unit_made"]
            return *shown, spans
    return None
