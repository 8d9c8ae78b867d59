"""问题里说到的一件事，建议没有提到。

## 查什么
“存在的问题”正文中说到的支出进度慢、没有公示、采购招标、合同、核算、档案、宣传不规范，“建议”一章中有没有讲到同一件事的词。
整条问题没有建议的另有检查；这里查一条问题说了几件事，建议只答了其中一件的。没有建议章节的、建议说“对上述问题逐项整改”的不查。

## 为什么
问题常是“一是……二是……”，建议只答第一件，第二件就没有人改。

## 怎么改
补写一句建议，写明由谁、怎样改。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, chapter_of, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "f484"
_NOT_IN_ORDER = "不规范|不合规|不严格|不完整|不准确|不到位|不及时|不健全"
_ALL_OF_IT = pattern(
    "(?:上述|以上|所列|发现的)(?:各项|所有)?(?:情况|问题)[^,。;]{0,6}(?:整改|纠正|改正|完善)|逐[项条]整改|举一反三"
)


@record
class _Point:
    """A thing found wanting, and the words of which advice on it has one."""

    name: str
    blame: re.Pattern[str]
    advice: re.Pattern[str]


def _point(name: str, blame: str, advice: str) -> _Point:
    return _Point(name, pattern(blame), pattern(advice))


_POINTS = (
    _point(
        "支出进度",
        r"(?:支出率|执行率|支付率|(?:支出|支付|执行)进度)[^,。;\d]{0,5}(?:不高|较?低|偏低|过低|较?慢|偏慢|滞后|缓慢)",
        "支出|支付|进度|执行|拨付|兑付|发放|结余|结转|盘活|收回|闲置|统筹使用|调整预算|调减|压减|用款|编制",
    ),
    _point("公示", rf"未[^,。;]{{0,6}}公示|公示[^,。;]{{0,3}}(?:{_NOT_IN_ORDER}|不足|缺失)", "公示|公开|公布"),
    _point(
        "采购招标",
        rf"(?:采购|招标|招投标)(?:管理|程序|工作|行为)*(?:{_NOT_IN_ORDER})|未[^,。;]{{0,6}}(?:招标|招投标|采购程序|政府采购)",
        "采购|招标|招投标|程序|流程",
    ),
    _point(
        "合同",
        rf"合同(?:的?(?:管理|签订|条款|内容|执行|履行))*(?:{_NOT_IN_ORDER})|未[^,。;]{{0,4}}签订[^,。;]{{0,6}}合同",
        "合同|协议",
    ),
    _point(
        "会计核算",
        rf"(?:会计核算|账务处理|科目核算|财务核算|经费核算|资金核算)(?:{_NOT_IN_ORDER}|不清)|未[^,。;]{{0,4}}(?:单独核算|专账核算|设立专账)",
        "核算|账|会计|财务|归还|退回|追缴|调整",
    ),
    _point("档案", rf"档案(?:的?(?:管理|资料|归集|整理))*(?:{_NOT_IN_ORDER}|不全|不齐全|缺失)", "档案|资料|归档|台账"),
    _point(
        "宣传",
        r"宣传(?:的?(?:力度|工作|范围|方式|培训))*(?:不足|不到位|不够|欠缺|较少|单一)",
        "宣传|宣讲|知晓|培训|教育|公开",
    ),
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Points of the problems of which no recommendation speaks, each once."""
    advice = "\n".join(each.text for each in manuscript.of(Kind.TITLE, Kind.PROSE) if each.role is Role.ADVICE)
    if not advice or _ALL_OF_IT.search(advice):
        return
    for point in _POINTS:
        if point.advice.search(advice):
            continue
        for passage in manuscript.told(Role.PROBLEMS):
            match = point.blame.search(passage.text)
            if match is None:
                continue
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"问题说“{match[0]}”，建议没有提到{point.name}",
                "问题说到的每件事有建议",
                "补写由谁、怎样改",
                confidence=Confidence.POSSIBLE,
            )
            yield remark(reading, fault, passage.span(match.start(), match.end()), *chapter_of(manuscript, Role.ADVICE))
            break
