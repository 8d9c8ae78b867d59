"""别的报告留下的地名、级别或年度。

## 查什么
只出现一次的外县（区、市）地名，后面跟着政府、部门、户籍、年度或者老人、补贴一类的话；县里的报告把本县的局写成“区民政局”（或者反过来）；同一地名有的写“县”、有的写“区”；
标题、表题和说评价对象、问卷调查的句子里，本项目写成了另一个年度。说借鉴、考察、对比、移交的，不算。

## 为什么
从别的报告套用后没有改净，读者会怀疑数据也是别处的。

## 怎么改
改成本地、本年度的名称，并核对这一段的数据；确是说外地、往年的，写明为什么说。
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.reading.documents import without_titles
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role
from hengji.reading.occasions import evaluated_years

CODE = "n592"
_PLACE = pattern(
    rf"(?P<name>{HAN}{{2}})(?:(?<![社小城园地片辖校院厂景山灾牧库新发范政能治验市县郊特专街林矿农旧商作居宿住生病各全该本我])区|(?<![全我本各该区市困点范大省进级个管设等的])县|(?<![城超全我本各门上菜省都夜股县该地等级设区的])市)"
)
_NO_NAME = pattern(
    rf"[的了在和与及对受为年度月日是有等由从被将各本全该省市县区到向经按并后前均还仍再已未应须以]|建议|[送报求同驻给请往经转交达拨付于合行示令促导知议托助持馈调函]$|^[报送函请联]|{HAN}?贫困"
)
_VERBS = frozenset(
    "批复审核征求报送会同联合组织执行要求督促建议指导检查通知印发下达拨付提请协调配合委托授权上报转发申请抄反馈函告责成助支持走访抽商洽询经由根据"
    "按照依参落实完善推动进加强化规范明确纳入列驻前往派汇总整理移交接受收取到退回返还缴使用利管服务作为属于隶分别先后时统一其中例如包括涉及以或者"
    "有对关通过负责牵头主研究制定出台公布发开展召举办参与席邀聘选安排调变更追核实准划转结归提供听取邮寄电话咨申领向"
)
"""Two of these before 县 are rather a verb (会同县财政局) than the name of a place."""
_OFFICES = "(?:民政|财政|卫生健康|卫健|审计|教育|农业农村|医疗保障|医保|人力资源和社会保障|人社|住房和城乡建设|住建)局"
_BEHIND = pattern(rf"人民政府|{_OFFICES}|户籍|20\d\d年|(?:居家)?养老(?!院|公寓|护理院|服务中心)|高龄|老年人|困难老")
_ELSEWHERE = pattern(
    "借鉴|学习|参照|参考|参观|考察|对比|比较|相比|邻|周边|例如|比如|移交|搬|迁|转入|转出|异地|外地|经验|先进|交流|合作|共建|来自|籍贯|赴|兄弟|原为|合并|划入|划归|法院|判决"
)
_BARE = pattern(rf"(?:(?<!{HAN})|(?<=[由向经与和及对报议到请受在]))(?P<rank>[县区])(?={_OFFICES})")
_YEARLY = pattern(rf"(?<!\d)(?P<year>20\d\d)年度?(?P<name>{HAN}{{4,30}})")
_OF_TITLE = pattern(rf"20\d\d年度?(?P<name>{HAN}{{4,40}}?)(?:项目|专项)?(?:支出)?绩效评价")
_OF_THIS = pattern("评价对象|评价范围|问卷|调查|实施效果|经评价|评价组|绩效评价")
_OTHER_YEAR = pattern("上年|往年|同期|同比|较20|历年|延续|此前|审计|以前年度|比20|至20|结转|结余|以来|曾")
_FORM = pattern("绩效目标|指标体系|得分|评分|满意度|问卷")
_OWN_RANK = pattern(rf"{HAN}{{2}}(?P<rank>[县区市])(?=人民政府|{_OFFICES}|20\d\d年|{HAN}{{0,20}}绩效评价)")
_ROLES = {Role.WORK, Role.ANNEX, Role.CONCLUSION, Role.FRONT, Role.SUMMARY}
_SIDE_BY_SIDE = "、和与及"
_FRONT, _OFTEN, _SHARED, _BEFORE = 10, 3, 4, 14


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Places, ranks and years that are not this report's, each where it stands."""
    titles = [passage.text for passage in manuscript.passages[:_FRONT]]
    title = next((text for text in titles if text.endswith("报告") and "绩效" in text), "")
    rank = _OWN_RANK.search(title) or next((match for text in titles if (match := _OWN_RANK.search(text))), None)
    if rank is None:
        return
    yield from _places(reading, manuscript, rank["rank"])
    yield from _ranks(reading, manuscript, rank["rank"])
    years = evaluated_years(manuscript)
    if len(years) == 1 and (named := _OF_TITLE.search(title)):
        yield from _years(reading, manuscript, min(years), named["name"])


def _places(reading: Reading, manuscript: Manuscript, rank: str) -> Iterator[Finding]:
    found = [(passage, match) for passage in manuscript.matching(_PLACE) for match in _PLACE.finditer(passage.text)]
    found = [(passage, match) for passage, match in found if not _NO_NAME.search(match["name"])]
    found = [(passage, match) for passage, match in found if not _VERBS.issuperset(match["name"])]
    told = Counter(match[0] for _, match in found)
    often = [name for name, times in told.most_common() if times >= _OFTEN]
    ranks = "县区" if rank in "县区" else rank
    if not any(name[-1] == rank for name in often):
        return
    for passage, match in found:
        name = match[0]
        if told[name] > 1 or manuscript.plain.count(name) > 1:
            continue
        elsewhere = manuscript.plain.count(match["name"]) > 1  # a place by its bare name, or no place at all
        other = next((each for each in often if each[:-1] == name[:-1]), "")
        if other:
            yield _remark(reading, passage, match.span(), f"这里写“{name}”，别处写“{other}”", f"“{other}”")
        elif not elsewhere and name[-1] in ranks and _is_left_over(passage, match):
            own = next(each for each in often if each[-1] == rank)
            found_here = f"“{name}”全文只出现这一次，报告说的是“{own}”"
            yield _remark(reading, passage, match.span(), found_here, f"“{own}”，或者写明与本项目的关系")


def _is_left_over(passage: Passage, match: re.Match[str]) -> bool:
    """Whether the words behind a place are those that stand behind the report's own, and nothing says why another is told of."""
    text = without_titles(passage.text)
    start, end = passage.sentence(match.start())
    beside = text[max(0, match.start() - 1) : match.start()] + text[match.end() : match.end() + 1]
    return (
        text[match.start()] != " "
        and bool(_BEHIND.match(text, match.end()))
        and not any(sign in _SIDE_BY_SIDE for sign in beside)
        and not _ELSEWHERE.search(text, start, end)
    )


def _ranks(reading: Reading, manuscript: Manuscript, rank: str) -> Iterator[Finding]:
    """The bureaus of a county called those of a district, or the other way round."""
    found = [(passage, match) for passage in manuscript.matching(_BARE) for match in _BARE.finditer(passage.text)]
    told = Counter(match["rank"] for _, match in found)
    other = {"县": "区", "区": "县"}.get(rank, "")
    if not other or told[other] != 1 or told[rank] < _OFTEN:
        return
    passage, match = next((passage, match) for passage, match in found if match["rank"] == other)
    end = passage.text.index("局", match.end()) + 1
    named = passage.text[match.start() : end]
    yield _remark(
        reading, passage, (match.start(), end), f"这里写“{named}”，本报告的部门都是{rank}级的", f"“{rank}{named[1:]}”"
    )


def _years(reading: Reading, manuscript: Manuscript, year: int, name: str) -> Iterator[Finding]:
    """The project, or a form of its evaluation, with another year than that of the title."""
    for passage in manuscript.matching(_YEARLY):
        headed = passage.kind in (Kind.TITLE, Kind.CAPTION)
        for match in _YEARLY.finditer(without_titles(passage.text)):
            start, end = passage.sentence(match.start())
            other = match["year"]
            if int(other) == year or not (headed or passage.role in _ROLES) or passage.kind is Kind.CELL:
                continue
            ours = match["name"][:_SHARED] in name
            form = headed and not ours and bool(_FORM.search(match["name"])) and int(other) < year
            told = headed or _OF_THIS.search(passage.text, start, end)
            again = manuscript.plain.count(f"{other}年{match['name'][:_SHARED]}") > 1
            if (
                again
                or not told
                or not (ours or form)
                or _OTHER_YEAR.search(passage.text, max(start, match.start() - _BEFORE), match.end())
            ):
                continue
            found = f"这里写“{other}年”，报告评价的是{year}年度"
            yield _remark(reading, passage, match.span(), found, f"{year}年")


def _remark(reading: Reading, passage: Passage, at: tuple[int, int], found: str, expected: str) -> Finding:
    remedy = "多半是别的报告留下的，改正并核对这一段"
    fault = Fault(CODE, Severity.WARNING, found, expected, remedy, confidence=Confidence.LIKELY)
    return remark(reading, fault, passage.span(*at))
