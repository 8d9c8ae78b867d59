"""语病。

## 查什么
几种常见的语病：“呈……比率”（应为趋势），“防止……不再发生”（否定重复），“减少了2倍”（减少不用倍数），
“加大……水平”“扩大……质量”“加快……意识”“加强……力度”“增强……效率”（动词与宾语不配），“……提供保障同时，也”（漏了“的”），“正式试运行”（自相矛盾），“2021年，市政府《……通知》，要求”（漏了“印发”），
“某局审核后，于某日，某局又”（主语重复），“不符合不规范”（漏了顿号）。

## 为什么
语病让意思含混，有的正好说反；评审按文字质量扣分。

## 怎么改
按冒号后的提示改写。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript, Role

CODE = "w966"


@record
class _Clash:
    """语病: words without which it cannot be, what it is in full, and what is right."""

    signs: tuple[str, ...]
    told: re.Pattern[str]
    right: str


_BETWEEN = rf"(?:(?![和及与对以的提升高]|使(?!用)|改[善进变]|优化|增强|[加强]强|强化|转变|培[养育训]|树立|形成|促进|推[进动]|保[证障]|确保|打造|完善){HAN}){{0,8}}?"
"""Words between a verb and its object, none of them a verb that has this object itself: 加快转变服务意识 is right."""
_END = r"(?=[,。;])"
_FAULTS = "符合|规范|合规|完整|完善|准确|及时|到位|健全"
_CLASHES = (
    _Clash(
        ("比率", "比例", "幅度"),
        pattern(
            rf"呈现?(?:出|逐年|逐步|不断|持续)*{HAN}{{0,4}}(?:增长|上升|下降|增加|减少|递增|递减|提高)的?(?:比率|比例|幅度){_END}"
        ),
        "“呈”的是趋势，不是比率",
    ),
    _Clash(
        ("不再", "不会"),
        pattern(r"(?:防止|避免|杜绝|以免)[^,。;]{0,16}(?:不再|不会再?)(?:次)?(?:发生|出现|重演)"),
        "“防止”与“不再”两次否定，意思说反",
    ),
    _Clash(
        ("倍",),
        pattern(r"(?:下降|减少|降低|缩短|缩小|压减)了?\d+(?:\.\d+)?倍"),
        "减少用百分数或几分之几，不用倍",
    ),
    _Clash(("加大",), pattern(rf"加大{_BETWEEN}(?:效率|水平|质量|速度|意识|能力){_END}"), "用“提高”"),
    _Clash(("加大", "加强"), pattern(rf"加[大强]{_BETWEEN}(?:进度|步伐){_END}"), "用“加快”"),
    _Clash(("扩大",), pattern(rf"扩大{_BETWEEN}(?:质量|效率|意识|水平|进度){_END}"), "用“提高”"),
    _Clash(("加快",), pattern(rf"加快{_BETWEEN}(?:意识|质量|水平|力度){_END}"), "用“提高”或“加大”"),
    _Clash(("力度",), pattern(rf"(?:加强|强化|提[高升]|完善){_BETWEEN}力度{_END}"), "用“加大”"),
    _Clash(("机制",), pattern(rf"加强{_BETWEEN}机制{_END}"), "用“健全”"),
    _Clash(("增强",), pattern(rf"增强{_BETWEEN}(?:效率|质量|速度)(?=[,。;和])"), "用“提高”"),
    _Clash(
        ("同时,也", "同时,还"),
        pattern(
            rf"(?:提供|做好|完成|保障|保证|确保|推进|加强|提高|提升|满足|实现|促进|解决|落实|增加|开展){HAN}{{1,14}}(?<![的之此与来])同时(?=,[也还])"
        ),
        "“同时”前面漏了“的”",
    ),
    _Clash(
        ("》,", "》("),
        pattern(
            rf"\d{{4}}年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?,?{HAN}{{2,16}}(?:政府|办公[厅室]|[局委部厅院会])《[^《》]+》(?:\([^()]*\))?,(?=[对明提要规确就])"
        ),
        "文件名前面漏了“印发”一类的动词",
    ),
    _Clash(
        ("后,", "时,"),
        pattern(
            rf"(?:^|(?<=[。,;]))(?P<who>{HAN}{{2,11}}[局委部厅院会处府])[^,。;“”《》]{{2,20}}[后时],(?:于[^,。;]{{2,12}},)?(?P=who)(?=[在将对向于又再经与把组委])"
        ),
        "主语写了两遍",
    ),
    _Clash(
        tuple(f"不{word}不" for word in _FAULTS.split("|")),
        pattern(rf"(?P<one>不(?:{_FAULTS}))不(?!(?P=one))(?:{_FAULTS})"),
        "两项之间漏了顿号",
    ),
    _Clash(("效果有效性", "效果的有效性"), pattern(r"效果的?有效性"), "“效果”与“有效性”只留一个"),
    _Clash(
        ("纳入",),
        pattern(
            r"(?:^|(?<=[,。;]))对[^,。;将把未]{3,40}(?<!及时)(?<!予以)(?<!一律)(?<!全部)(?<!应当)(?<!按规定)(?<!优先)(?<!分别)(?<!逐步)纳入[^,。;]{2,16}(?:范围|名单|计划|体系|管理|保障)"
        ),
        "“对……纳入”应为“将……纳入”",
    ),
    _Clash(("同年,", "次年,", "翌年,"), pattern(r"(?:同|次|翌)年,(?=\d{1,2}月)"), "年与月之间不用逗号"),
    _Clash(
        ("现因", "现由于"),
        pattern(rf"现(?:因|由于){HAN}{{2,12}},已于(?=\d)"),
        "“现”与“已于”时间不合，删去“现”",
    ),
    _Clash(("正式试",), pattern(r"正式试(?:运营|运行|营业|用)"), "已经正式就不是试，只留一个"),
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """The first place of each kind of clash."""
    for clash in _CLASHES:
        for passage in manuscript.holding(*clash.signs):
            match = None if passage.role is Role.ANNEX else clash.told.search(passage.text)
            if match is not None:
                span = passage.span(match.start(), match.end())
                found = f"“{words(reading, span)}”有语病：{clash.right}"
                fault = Fault(CODE, Severity.NOTE, found, "通顺的句子", "按提示改写", confidence=Confidence.LIKELY)
                yield remark(reading, fault, span)
                break
