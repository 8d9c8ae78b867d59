"""缺少提纲要求的部分。

## 查什么
评价规范的提纲所列各部分，报告的标题中有没有；认得常用的别名（“总体评价”即综合评价结论，“评价建议”即有关建议）。“其他需要说明的问题”不要求。部门整体支出、政策评价只查结论、问题和建议，单位自评只查概况、问题和建议。
标题与正文写在一行的也算标题；评价工作一章不分节的，看段落里写没写。标题不足三个的文件不查；决算、预算执行情况的报告和绩效目标申报表不是评价报告，没有录全的（从中间开始，或断在一句话中间）缺什么无从知道，都不查。

## 为什么
评审按提纲逐项检查，缺一部分扣一次分；没有绩效目标、问题或建议的报告，用不到预算上。

## 怎么改
补写缺少的部分；内容写在别处的，单列标题。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.field import evaluates_itself, evaluates_nothing, evaluates_project
from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.profile import ChapterPlan, Profile
from hengji.model.reading import Grid, Reading, Title
from hengji.reading.fragment import is_piece
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript
from hengji.reading.scores.wording import folded

CODE = "o850"


_NAMES = {
    "overview": pattern(r"基本情况|概况|背景"),
    "background": pattern(r"概况|背景|主要内容|项目内容|政策内容|实施情况|基本情况|职能|职责"),
    "funds": pattern(r"资金|预算|经费|投入|支出(?:情况|[与和及]结[余转])|筹资|收支"),
    "goals": pattern(r"绩效目标|年度目标|目标设定"),
    "work": pattern(r"评价工作|评价组织|工作开展|评价实施|评价基本情况|评价情况"),
    "purpose": pattern(r"目的|评价对象|评价范围|对象和范围"),
    "framework": pattern(r"原则|指标体系|评价方法|评价标准|评价依据"),
    "team": pattern(r"工作过程|评价过程|工作程序|组织实施|评价实施|工作流程|实施过程|工作步骤|评价程序"),
    "conclusion": pattern(r"结论|综合评价|总体评价|评价结果|评价得分|自评(?:情况|结果|结论|得分)"),
    "analysis": pattern(
        r"指标分析|绩效分析|指标评价|评价指标|实现情况|完成情况|绩效情况|指标完成|情况分析|维度分析|主要绩效|成效|(?:分项|逐项|分类|分维度)(?:评价|分析|说明)"
        r"|(?:决策|过程|投入|产出|效益|效果)类?分析"
    ),
    "problems": pattern(r"问题|不足"),
    "recommendations": pattern(r"建议|改进|措施|对策"),
}
_AT_WORK = {
    "purpose": pattern("评价(?:是|旨在|围绕)"),
    "framework": pattern("比较法|因素分析法|公众评判法|方法"),
    "team": pattern("阶段|评价组由"),
}
"""Parts that a chapter about the work may hold without headings of their own, with other words that begin them there."""
_TOLD = {
    "purpose": pattern("评价的?(?:对象|范围|目的)(?:为|是|包括|[:：])"),
    "team": pattern("分[为]?[两二三四五]个阶段|准备阶段|实施阶段"),
}
"""What tells of the evaluation or of the course of the work, in whatever section of that chapter."""
_EVALUATION = pattern("评[价估]|绩效")
_FEWEST = 3
_COMMON = ("conclusion", "problems", "recommendations")
"""Parts that the report of a department or a policy has as well."""
_OF_ITSELF = ("overview", "problems", "recommendations")
"""Parts that the report of a unit on itself has."""
_LEAD = pattern(
    rf"[*\s]*(?:[(（][一二三四五六七八九十]+[)）]|[一二三四五六七八九十]+、|\d{{1,2}}[.．、])\s*(?P<words>(?:{HAN}|、){{2,20}})(?:\*\*|[。:：]|[ \t\u3000])"
)
_LATE = pattern(r"指标分析|绩效分析|问题|建议|总体评价|评价结论|综合评价|附件|摘要")
_EARLY = ("background", "funds", "goals", "purpose", "framework", "team")
"""Parts that a heading of the analysis, of problems or of recommendations does not make."""


def find(reading: Reading, profile: Profile, manuscript: Manuscript) -> Iterator[Finding]:
    """The parts of the outline that no heading names, all told together; what has no words of its own is told at the first heading."""
    if len(reading.titles) < _FEWEST or evaluates_nothing(reading) or is_piece(manuscript):
        return
    if not _EVALUATION.search(manuscript.plain):
        return
    asked = _asked(reading)
    heads = [(title.span.start, folded(reading, [title.span]).text) for title in reading.titles]
    heads += _leads(reading)
    inside = _told_at_work(reading)
    missing = [
        plan
        for plan in profile.outline
        if (name := _NAMES.get(plan.id)) is not None
        and (asked is None or plan.id in asked)
        and not any(_names(reading, start, words, plan, name) for start, words in heads)
        and not (plan.id in _AT_WORK and (name.search(inside) or _AT_WORK[plan.id].search(inside)))
        and not (plan.id in _TOLD and _tells(reading, _TOLD[plan.id]))
    ]
    if missing:
        weighty = any(plan.level == 1 or plan.id == "goals" for plan in missing)
        fault = Fault(
            CODE,
            Severity.WARNING if weighty else Severity.NOTE,
            f"没有这些部分：{'、'.join(f'“{plan.title}”' for plan in missing)}",
            f"提纲要求的各部分（{profile.source}）",
            "补写缺少的部分，或为它单列标题",
            "",
            Confidence.LIKELY,
        )
        yield remark(reading, fault, reading.titles[0].span)


def _asked(reading: Reading) -> tuple[str, ...] | None:
    """The parts that a report of this kind has; None for all."""
    if evaluates_itself(reading):
        return _OF_ITSELF
    return None if evaluates_project(reading) else _COMMON


def _leads(reading: Reading) -> Iterator[tuple[int, str]]:
    """Where numbered paragraphs start, with the words that head them as a title would: （二）评价对象和范围 评价对象为……."""
    for part in reading.parts:
        if isinstance(part, Grid | Title):
            continue
        if match := _LEAD.match(reading.text, part.span.start, part.span.end):
            yield part.span.start, match["words"]


def _told_at_work(reading: Reading) -> str:
    """The paragraphs right under the title of a chapter about the work of the evaluation."""
    told = [
        reading.quote(part.span)
        for part in reading.prose()
        for title in reading.above(part.span.start)[-1:]
        if _NAMES["work"].search(title.text) and not _LATE.search(title.text)
    ]
    return "\n".join(told)


def _tells(reading: Reading, words: re.Pattern[str]) -> bool:
    """Whether a paragraph of a chapter about the work has these words."""
    return any(
        words.search(reading.text, part.span.start, part.span.end)
        and any(_NAMES["work"].search(title.text) for title in reading.above(part.span.start))
        for part in reading.prose()
    )


def _names(reading: Reading, start: int, words: str, plan: ChapterPlan, name: re.Pattern[str]) -> bool:
    if not name.search(words):
        return False
    return plan.id not in _EARLY or not any(
        _LATE.search(each.text) for each in reading.above(start) if each.span.start != start
    )
