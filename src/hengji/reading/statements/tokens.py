"""The tokens of a paragraph: quantities, dates, the words that relate quantities, and punctuation; all else is plain words.

The words are those of financial and performance reports; a word stands in one kind only, and the longest wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from hengji.model.choice import Choice
from hengji.model.claim import Quantity
from hengji.model.patterns import pattern
from hengji.model.record import record
from hengji.reading.folding import Folded
from hengji.reading.han import HAN
from hengji.reading.quantities import placed_quantities


class Kind(Choice):
    """词类: what a token does in a numeric statement."""

    QUANTITY = "数量"
    OPEN = "左括号"
    CLOSE = "右括号"
    COMMA = "逗号"
    LISTING = "顿号"
    SEMICOLON = "分号"
    COLON = "冒号"
    END = "句末"
    PARTS = "其中"
    EACH = "分别"
    TOTAL = "合计"
    LOOSE_TOTAL = "共"
    SHARE = "占"
    RISE = "增"
    FALL = "减"
    VERSUS = "比"
    FROM = "由"
    UP_TO = "到"
    PER = "每"
    MEAN = "平均"
    BUDGET = "预算"
    ARRIVED = "到位"
    SPENT = "支出"
    DONE = "完成"
    LEFT = "结余"
    RATE = "率"
    STANDARD = "标准"
    SOME = "部分"
    ITEM = "项目符号"


TOTALS = frozenset({Kind.TOTAL, Kind.LOOSE_TOTAL})
CHANGES = frozenset({Kind.RISE, Kind.FALL})
_DEGREE = "(?:满意|知晓|完成|认可|支持)度"
_WORDS: Mapping[Kind, str] = {
    Kind.OPEN: r"[(\[]",
    Kind.CLOSE: r"[)\]]",
    Kind.COMMA: ",",
    Kind.LISTING: "、",
    Kind.SEMICOLON: ";",
    Kind.COLON: ":",
    Kind.END: "[。!?]",
    Kind.PARTS: "其中|包括|包含|具体为|分为|(?<![^,(:;])(?<!%,)即(?!将|使|时|可|便|日)|资金来源(?:为|是)|组成(?!员)|构成(?!要件|犯罪)",
    Kind.EACH: "分别",
    Kind.TOTAL: "合计|共计|总计|总共|一共|小计",
    Kind.LOOSE_TOTAL: "(?<![公一总合全])共(?![同享建产和管计]|济|有制)|累计|总额|总数|总投资|总量|总规模",
    Kind.SHARE: "占比|占|比重|比例",
    Kind.UP_TO: "增至|增到|提高到|提高至|提升到|提升至|增加到|增加至|增长到|增长至|上升到|上升至|下降到|下降至|降低到|降低至|降至|减少到|减少至|调整为",
    Kind.RISE: "相差|增加|增收|增产|增支|增长|(?<!改造)(?:提高|提升)(?!改造|资金|项目|工程|行动|支出|补助|补贴|专项|经费)|上升|增幅|上涨|上浮|增至|增到|多(?=了?$)|高(?=$)|超出|超支|涨幅|净增(?!长)|新增(?=了?$)",
    Kind.FALL: "减少|减收|减产|减支|下降|降低|压减|缩减|减幅|降幅|回落|下滑|下浮|削减|降至|少(?=了?$)|低(?=$)|节约|节支|核减|审减|节省|低于(?!目标|计划|预期|规定|要求|标准|序时)",
    Kind.VERSUS: "同比|环比|相比|对比|比(?!重|例|较|率|照|如|赛|选|价|武)|较(?!好|高|低|为|大|小|多|少|差|强|快|慢|完|长|早|晚|合|明|健|全|严)",
    Kind.FROM: "(?<![经理缘自])由(?!于)|从",
    Kind.PER: "每",
    Kind.MEAN: "人均|户均|平均|均价|亩均|床均|校均|日均|月均|年均|次均|单价|生均(?!(?:公用)?经费(?:补助|资金|支出|预算))|例均|村均|家均|站均|园均|馆均|镇均|企均",
    Kind.BUDGET: (
        "年初预算|调整后预算|调整预算|(?<!公共)预算(?:安排|资金|数|支出|金额)|总预算|(?<!公共)(?<!基金)(?<!经营)预算(?!内|执行率|完成率|支出率|绩效)"
        "|计划(?!完成率)|应发放|应拨付|应支付|应补助|应补贴|应发|应付|应缴|申请|申报|批复|概算|合同价款|合同金额|合同价|合同额|目标(?:值|任务)?为?(?=$)"
        "|任务数|任务(?=$)|应完成|应到|应落实|应安排|拟|需(?!求|要)"
    ),
    Kind.ARRIVED: "实际到位|实际安排|实际落实|到位(?!率)|下达|拨入|收到|实际下拨|下拨|落实(?!率)|筹集|筹措|到账",
    Kind.SPENT: (
        "实际支出|实际支付|实际拨付|实际使用|实际发放|实际补助|实际补贴|实际奖补|实际兑现|实际执行|付了|已支出|已支付|已拨付|已使用|已发放|累计支出|累计支付|累计发放|支出(?!率|预算|型)"
        "|(?<!转移)支付(?!率)|拨付(?!率)|使用(?!率)|发放(?!率)|执行(?!率)|花费|列支|报销|兑付|结算(?=(?:金额|资金|价款?|款项?)?(?:共计|共|为)?$)"
    ),
    Kind.DONE: "实际完成|完成(?!率)|实际(?!支|拨|使|发|补|执|完|到|下)|建成|竣工|收回|回收(?!率)|有效(?!率)|合格(?!率)|达标(?!率)|满意(?!率|度)",
    Kind.LEFT: (
        "结余|剩余|结转|尚有|尚余|尚差|尚缺|尚欠|尚未|余额|缺口|未(?:支付|支出|拨付|使用|发放|完成|到位|落实|下达|执行|兑付)|没有(?:支付|支出|拨付|使用|发放|完成|到位|落实|下达|执行|兑付|实施)|还有|还剩|剩下|仅剩|净结余|欠付|差额|相差|未(?=$)"
    ),
    Kind.RATE: rf"{HAN}{{1,6}}?率(?!先|领|土)|{_DEGREE}",
    Kind.STANDARD: "补助标准|奖补标准|补贴标准|标准(?!化)",
    Kind.SOME: (
        "主要|等(?=[,。;)]|$)|如(?!下|期|数|实|何)|仅|(?<![一二两三四五六七八九十几个大])部分|大部分|(?<![拆消扣解免清排剔删根])除(?!险|草|雪|尘)|另外|另有|担任|兼任"
        "|此外|还(?!本|款|建|原)|以及其他|例如|重点"
    ),
    Kind.ITEM: "[①-⑳]|[一二三四五六七八九十]是|第[一二三四五六七八九十],",
}
_FIRST = (
    r"!(),:;?\[\]①-⑳、。一七三上下主九二五亩人仅从以企任低余使例兑八六共其具兼净减分列到削剩包十单占即压发另合同四回园均增多大奖如完实审家对小少尚差已平年床应建总户执"
    "付批报担拟拨提支收新日月有未村构标校核概欠次此每比没涨满环生由申目相知竣站第等筹累组结缩缺节花落补计认调资超较达还部重降镇除需预馆高"
)
"""The signs with which words begin, but for rates, which begin with any: most places are passed over by these alone."""
_KINDS = tuple((kind, pattern(each)) for kind, each in _WORDS.items())


def _told(words: Iterable[str]) -> str:
    """Any of some words, where a first sign stands."""
    return f"(?=[{_FIRST}])(?:{'|'.join(words)})"


def _lexicon() -> str:
    """Rates stand in their place among the words, but behind no first sign."""
    every = list(_WORDS.values())
    rate = list(_WORDS).index(Kind.RATE)
    return "|".join((_told(every[:rate]), every[rate], _told(every[rate + 1 :])))


_LEXICON = pattern(_lexicon())
_WITHOUT_RATES = pattern(_told({**_WORDS, Kind.RATE: _DEGREE}.values()))


@record
class Token:
    """词: of the folded text from ``start`` up to ``end``; ``depth`` counts the brackets around it."""

    kind: Kind
    start: int
    end: int
    depth: int
    text: str
    quantity: Quantity | None = None


def tokens(folded: Folded) -> tuple[Token, ...]:
    """The tokens of folded text, in order."""
    found: list[Token] = []
    depth = 0
    for kind, start, end, quantity in _pieces(folded):
        if kind is Kind.CLOSE:
            depth = max(0, depth - 1)
        found.append(Token(kind, start, end, depth, folded.text[start:end], quantity))
        if kind is Kind.OPEN:
            depth += 1
        if kind is Kind.END:
            depth = 0
    return tuple(found)


def _pieces(folded: Folded) -> Iterator[tuple[Kind, int, int, Quantity | None]]:
    at = 0
    for placed in placed_quantities(folded):
        yield from _words(folded.text, at, placed.start)
        yield Kind.QUANTITY, placed.start, placed.end, placed.quantity
        at = placed.end
    yield from _words(folded.text, at, len(folded.text))


def _words(text: str, start: int, end: int) -> Iterator[tuple[Kind, int, int, Quantity | None]]:
    lexicon = _LEXICON if text.find("率", start, end) >= 0 else _WITHOUT_RATES
    for match in lexicon.finditer(text, start, end):
        yield _kind(match[0]), match.start(), match.end(), None


@lru_cache(maxsize=4096)
def _kind(word: str) -> Kind:
    """The kind in which a word stands: found by itself, for a group of its own for each kind makes the search for words slow."""
    return next(kind for kind, words in _KINDS if words.fullmatch(word))
