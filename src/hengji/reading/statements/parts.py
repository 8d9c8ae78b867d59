"""What can be a part of a total, which quantities of a list are its parts, and whether the list names them all."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from hengji.model.claim import Hedge, Measure
from hengji.model.finding import Confidence
from hengji.model.patterns import pattern
from hengji.reading.han import HAN
from hengji.reading.statements.mentions import ROLES, Mention, Passage
from hengji.reading.statements.tokens import Kind, Token

NO_PART = frozenset({Kind.PER, Kind.MEAN, Kind.SHARE, Kind.RISE, Kind.FALL, Kind.VERSUS, Kind.UP_TO, Kind.FROM})
_ADDABLE = frozenset({Measure.MONEY, Measure.COUNT})
_NO_SUM = frozenset({"年", "月", "岁", "倍", "小时", "分钟", "周", "季度", "学期", "星", "届"})
OVERLAPPING = frozenset({"人", "户", "人次", "户次"})
"""What is often listed by marks that overlap (高龄 30 人, 失能 20 人)."""

_GENERIC = frozenset(
    {"个", "项", "件", "次", "处", "张", "条", "份", "类", "种", "套", "台", "大类", "方面", "笔", "批"}
)
_TIER = pattern(
    "中央|省|市|区|县|镇|乡|村|街道|本级|上级|自筹|社会|其他|其它|其余|男|女|城市|城镇|农村|线上|线下|地上|地下|新建|改建|扩建|续建"
    "|大型|中型|小型|人员|公用|基本支出|项目支出|财政|一期|二期|上半年|下半年"
)
"""Words of parts that come in full: tiers, sexes, town and country, and what is left."""


class Closing(Enum):
    """列举方式: whether a list names all parts."""

    CLOSED = "全部列举"
    OPEN = "部分列举"
    UNSAID = "未说明"


_OUT_OF = pattern(r"^的?[^,;:。]{0,8}中[,:仅只]")
_OUT = 14


def is_out_of(passage: Passage, mention: Mention) -> bool:
    """Whether a quantity is what those behind it are of: 未享受的127人中,58人…; 市局完成的400批次抽检中,…; 4家机构中仅…."""
    end = mention.token.end
    return _OUT_OF.match(passage.text[end : end + _OUT]) is not None


def addable(mention: Mention) -> bool:
    """Whether a quantity can be a part or a total: an amount or a number of things, not a standard, a mean or a change."""
    return (
        mention.unit.measure in _ADDABLE
        and not mention.unit.per
        and mention.unit.kind not in _NO_SUM
        and (not mention.words & NO_PART or _made_up(mention) or _over_time(mention))
        and mention.quantity.hedge is not Hedge.ABOUT
        and not mention.before.endswith(("各", "/"))
    )


_MADE_UP = pattern(rf"{HAN}{{0,12}}(?:组成|构成|承担|实施|负责|提供|完成|参与|承建)")


_MONTHLY = pattern(f"(?:^|[^人户])[年月日]均{HAN}{{0,6}}$")


def _over_time(mention: Mention) -> bool:
    """月均 6,235 人: how many there were at a time, of which the parts are such means too."""
    return (
        mention.words & NO_PART == {Kind.MEAN}
        and mention.unit.measure is Measure.COUNT
        and bool(_MONTHLY.search(mention.before))
    )


_PURSE = pattern("从[^,;、]{2,16}(?:中|内|里)[^,;、]{0,8}(?:安排|列支|支出|支付|解决|调剂|拨付|落实)$")
"""Words of the purse that an amount is taken out of: 从政府性基金预算中统筹安排645万元."""


def _made_up(mention: Mention) -> bool:
    """由 7 人组成, 由 19 家机构承担: what a thing is made of or done by, not what it came from."""
    made = _MADE_UP.match(mention.after) or _PURSE.search(mention.before)
    return mention.words & NO_PART == {Kind.FROM} and bool(made)


def parts_of(whole: Mention, segments: Sequence[Sequence[Mention]]) -> tuple[list[Mention], bool]:
    """One part of each item, of the total's kind and role; and whether each item has one and none is left out."""
    alike = [[each for each in segment if each.like(whole) and same_thing(each, whole)] for segment in segments]
    if whole.role is None and all(_has_subject(each) for segment in alike for each in segment):
        return [segment[0] for segment in alike if segment], all(alike)
    roles = {_role(each) for segment in alike for each in segment}
    role = whole.role if whole.role in roles else None if None in roles or len(roles) != 1 else next(iter(roles))
    if whole.role is not None and role is not None and role is not whole.role:
        return [], False
    if role is None and None not in roles:
        return [segment[0] for segment in alike if segment], False
    parts = []
    for segment in alike:
        chosen = next((each for each in segment if _role(each) is role), None)
        chosen = chosen or next((each for each in segment if _role(each) is None), None)
        if chosen is not None:
            parts.append(chosen)
    left_out = any(_role(each) is not role and len(segment) == 1 for segment in alike for each in segment)
    listed = sum(len(segment) > 1 or any(each.like(whole) for each in segment) for segment in segments)
    return parts, len(parts) == listed and not left_out


def _role(part: Mention) -> Kind | None:
    """What a part is; what was carried over from the year before is income like any other."""
    return None if _CARRIED.search(part.before) else part.role


_CARRIED = pattern("(?:上年|年初|以前年度|历年)(?:结转|结余)")


def _has_subject(mention: Mention) -> bool:
    """Whether a part is named for itself (商品和服务支出), not only for what became of it (已支付)."""
    return mention.role is None or bool(_SUBJECT.match(mention.before))


_SUBJECT = pattern(
    r"(?!项目|资金|全年|当年|截至|实际|累计|其中|已)[一-龥A-Z()]{3,}?(?:支出|收入|投入|补助|补贴|经费|中心|单位|部门|机构|人员|科室)$"
)


def same_thing(part: Mention, whole: Mention) -> bool:
    """Whether things counted by a word for anything (个, 项) are the same things, as far as both are named."""
    if whole.unit.kind not in _GENERIC:
        return True
    ours, theirs = _noun(part), _noun(whole) or _counted(whole)
    return not ours or not theirs or ours[-2:] == theirs[-2:] or ours in theirs or theirs in ours


def called_like(part: Mention, whole: Mention) -> bool:
    """Whether a part is called what the total is: 合格498份,其中甲镇抽查258份,合格246份,乙镇抽查258份,合格252份."""
    return len(part.before) >= _CALLED and part.before[-_CALLED:] == whole.before[-_CALLED:]


_CALLED = 2
_NOUN = pattern(r"^[为的是]?([一-龥A-Za-z“”]{2,20})")


_COUNTED = pattern(rf"({HAN}{{0,4}}(?:单位|机构|部门|学校|企业|[科股处]室))(?:共计?|合计|总计)有?$")


def _counted(total: Mention) -> str:
    """What a total says it counts before it: 预算单位共4个."""
    match = _COUNTED.search(total.before)
    return match[1] if match else ""


def _noun(mention: Mention) -> str:
    match = _NOUN.match(mention.after)
    return match[1].strip("“”") if match else ""


_SATISFIED = pattern("(?<![不没欠])满意[”的]*$")
_LEVEL, _INDICATORS = pattern("[一二三四]级(?:评价|绩效)?指标"), pattern("指标[共有为设]*$")
"""Indicators of one level are made of those of the next, and no parts beside them."""
_OF_ASPECT = pattern("对[^,;、]{2,12}(?:满意|了解|知晓|认可|支持)[”的]*$")


_BECAME = pattern(
    r"验收|通过|合格|达标|取得|获得|齐全|满意|抽查|经[^,;]{1,6}[审核认评]|已(?!完成)|投入使用|纳入|[投启]用|收回|正常"
)
_NOT_SO = pattern("未|不|没|待|尚|正在|整改|返工|无|缺|损|停|闲置|超|其余|其他|剩余|另")
"""The others that a part leaves: 验收合格4,048户,整改162户."""

_BOTH = pattern(
    "[两三四][类项者种个][^,;]{0,6}[均都皆兼]|[均都]存在|同时(?:存在|具有|符合|涉及|享受|领取)|重复(?:计算|统计|计入|享受|领取)"
)


def overlap(parts: Sequence[Mention]) -> bool:
    """Whether one part is what two others share: 超期的41件,缺件的17件,两类问题均有的6件,共52件."""
    return any(_BOTH.search(part.before) for part in parts)


def of_aspects(parts: Sequence[Mention]) -> bool:
    """Whether the same are counted by several aspects: 对环境满意的198人,对服务满意的271人; of one place, and what became of all: 其中龙潭镇1,320户,
    经县级验收合格4,048户."""
    became = [bool(_BECAME.search(part.before)) for part in parts]
    mixed = any(became) and not all(became) and not any(_NOT_SO.search(part.before) for part in parts)
    levels = any(_LEVEL.search(part.before) for part in parts) and all(
        _INDICATORS.search(part.before) for part in parts
    )
    return mixed or levels or overlap(parts) or all(_OF_ASPECT.search(part.before) for part in parts)


def closing_of(listed: Sequence[Token], parts: Sequence[Mention], *, complete: bool) -> Closing:
    """How a list names its parts; answers of those satisfied only (非常满意、满意) are some of all."""
    if all(_SATISFIED.search(part.before) for part in parts) or any(
        token.kind is Kind.SOME and token.depth == listed[0].depth for token in listed
    ):
        return Closing.OPEN
    if _without_amount(listed, parts[0]):
        return Closing.OPEN
    named = all(_TIER.search(part.before) for part in parts)
    said = listed[0].text not in {"其中", "包括", "包含"} and listed[0].kind is not Kind.ITEM
    if complete and (named or said or any(token.kind is Kind.EACH for token in listed[:2])):
        return Closing.CLOSED
    return Closing.UNSAID


def _without_amount(listed: Sequence[Token], first: Mention) -> bool:
    """Whether a part comes first that has no amount: 其中中央和省级资金100%到位,市级到位60万元; 其中省级资金全部到位,市级到位60万元."""
    lead = [token for token in listed[1:] if token.start < first.token.start and token.depth == first.depth]
    stop = max((at for at, token in enumerate(lead) if token.kind is Kind.COMMA), default=0)
    return any(
        token.kind in ROLES or (token.quantity is not None and token.quantity.measure is Measure.RATE)
        for token in lead[:stop]
    )


_TEAM = pattern("(?:工作|评价|专家|调研|项目)?(?:组|小组|团队|队伍)(?:成员|人员)?[共由有计]*$")
"""A team is told by what each member is, once."""


def doubt_of(whole: Mention, closing: Closing) -> Confidence:
    """How sure it is that parts that come to more than the total are too many: people may be counted twice."""
    if whole.unit.kind in OVERLAPPING and closing is not Closing.CLOSED and not _TEAM.search(whole.before):
        return Confidence.POSSIBLE
    return Confidence.CERTAIN


_NAMED = pattern(
    r"[,、;][^,、;\d一二两三四五六七八九十几各上述以总全所共均]{1,6}(?:机构|单位|企业|部门|乡镇|街道|学校|人员)$"
)
_CHOSEN = pattern(r"(?:”(?:[、和及与]“[^”]{1,12}”)+|[前后][一二两三四五]项)[,:]?$")
_ROW = pattern(r"[,;](?P<first>[^,、;\d]{1,12})(?:、[^,、;\d]{1,12})+$")
_SO_MANY = pattern(rf"[,;](?P<number>\d{{1,4}})[个所家座处户村站]{HAN}{{0,8}}$")
_SO_MANY_ITEMS = pattern("([两三四五])项(?:资金|金额|问题)?$")
_REACH = 40
_HANDED_OUT, _RETURNED = pattern("发放|发出"), pattern("收回|回收|有效")
_ABOVE = pattern(
    r"(?:^|[。,;])(?:(?:以上|上述|前述)(?:[一二三四五六七八九十\d]{0,2}[项类个笔种])?|[两三四五]项)(?:资金|金额|问题)?$"
)
_NEXT_CLAUSE = 2
_OTHER_VIEW = pattern("用于|(?<!协议)(?<!集中)(?<!分散)(?<!来源)采购|涉及|受益|带动|另|并|截至")


def comes_back(whole: Mention, parts: Sequence[Mention]) -> bool:
    """Whether a total is of what came back of parts that were handed out: 发放学员问卷300份、教师问卷20份,共收回289份."""
    return bool(_RETURNED.search(whole.before)) and any(_HANDED_OUT.search(part.before) for part in parts)


def begins_before(passage: Passage, cue: int, sentence: int) -> int:
    """Where parts of a total begin: of 以上合计, 上述三项合计, or 合计 as the first word, in the sentence before."""
    token, end = passage.tokens[cue], passage.tokens[cue].start
    first = token.kind is Kind.TOTAL and passage.text[end - 1 : end] == "。"
    if not first and _ABOVE.search(passage.text, max(0, end - _REACH), end) is None:
        return sentence
    return max((first for first, _ in passage.sentences if first < sentence), default=sentence)


def inner_parts(every: Sequence[Token], begin: int, end: int, depth: int) -> int:
    """Where the parts of a part begin in an item; its end where none do."""
    return next((n for n in range(begin + 2, end) if every[n].kind is Kind.PARTS and every[n].depth == depth), end)


def is_of_some(passage: Passage, cue: int, parts: Sequence[Mention]) -> bool:
    """Whether 合计 is that of a part that is named right before it, or of more than there are parts: 民办机构合计199人,
    “满意”和“基本满意”合计246份, 前两项合计246份; 助餐41人次,助浴、助医、助急合计8人次; 补助由基础补助3万元和绩效补助2万元组成,16个站合计80万元."""
    end = passage.tokens[cue].start
    many = _SO_MANY.search(passage.text, max(0, end - _REACH), end)
    if many is not None and int(many["number"]) > len(parts):
        return True
    items = _SO_MANY_ITEMS.search(passage.text, max(0, end - _REACH), end)
    if items is not None and "两三四五".find(items[1]) + 2 != len(parts):
        return True
    row = _ROW.search(passage.text, max(0, end - _REACH), end)
    if row is not None and not any(row["first"] in part.before for part in parts):
        return True
    return any(each.search(passage.text, max(0, end - _REACH), end) for each in (_NAMED, _CHOSEN))


def parallel(passage: Passage, parts: Sequence[Mention]) -> bool:
    """Whether parts are told alike, one after another: not one by its source and the next by its use."""
    beside = all(_apart(passage, before, after) <= _NEXT_CLAUSE for before, after in pairwise(parts))
    return beside and not any(_OTHER_VIEW.search(part.before) for part in parts)


def _apart(passage: Passage, before: Mention, after: Mention) -> int:
    """How many stops stand between two parts, but for those of brackets."""
    brackets = sum(token.kind is Kind.OPEN for token in passage.tokens[before.at : after.at])
    between = [each for each in passage.between(before.at + 1, after.at) if before.clause < each.clause < after.clause]
    told = {each.clause for each in between if _is_beside(each)} - {
        each.clause for each in between if not _is_beside(each)
    }
    return after.clause - before.clause - 2 * brackets - len(told)


def _is_beside(mention: Mention) -> bool:
    """Whether a quantity says how a part grew or what share it has (较上年增加5万元,增长6%,占40%), and is no part."""
    return mention.unit.measure is Measure.RATE or bool(mention.words & {Kind.RISE, Kind.FALL})
