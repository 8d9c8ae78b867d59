"""没有主评人，或主评人一栏空着。

## 查什么
受托机构出具的报告中有没有“主评人”；有这一栏的，后面写没写人。没有录全的文件，没有这一栏不算。

## 为什么
第三方评价报告须由主评人签署并负责（财监〔2021〕4号，条号以原文为准）；空着就没有人负责。

## 怎么改
由主评人签署。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.fragment import ends_open
from hengji.reading.manuscript import Manuscript

CODE = "o853"


_LEAD = pattern(r"主\s*评\s*人\s*(?:[（(]\s*签\s*[字章名]\s*[)）]\s*)?(?P<mark>[:：]?)[ \t　_]*(?P<after>[^\s_]?)")
_ENTRUSTED = pattern(
    r"受[^。；\n]{0,40}委托(?![,，]?[^。；\n]{0,20}(?:向[^。；\n]{0,60}[报汇]告|作了[^。；\n]{0,40}报告|汇报)|所?作"
    r"|[,，]?[^。；\n]{0,80}(?:提请[^。；\n]{0,30}审[议查]|请予审[议查])"
    r"|[,，]?\s*(?:承担|承办|依法|负责|管理|代管|代表|行使|履行)(?![^。；\n]{0,30}评[价估]))"
    r"|(?<!评估的)(?<!检测的)(?<!鉴定的)(?<!监测的)第三方(?:评价|中介)?机构|事务所|咨询(?:有限|服务)?公司"
)
_END = "，。；;,.)）"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """A blank line for the lead evaluator, or an entrusted firm's report without one."""
    text = reading.text
    lines = list(_LEAD.finditer(text))
    blank = [match for match in lines if match["mark"] and (not match["after"] or match["after"] in _END)]
    named = [match for match in lines if match not in blank]
    if blank and len(blank) == len(lines):
        fault = Fault(CODE, Severity.WARNING, "主评人一栏空着", "主评人签署", "由主评人签署", "", Confidence.LIKELY)
        yield remark(reading, fault, Span(blank[0].start(), blank[0].end("mark")))
    elif not named and not blank and not ends_open(manuscript) and (entrusted := _ENTRUSTED.search(text)):
        fault = Fault(
            CODE,
            Severity.NOTE,
            "受托机构的报告没有写主评人",
            "一名主评人",
            "写明主评人并由其签署",
            "",
            Confidence.POSSIBLE,
        )
        yield remark(reading, fault, Span(entrusted.start(), entrusted.end()))
