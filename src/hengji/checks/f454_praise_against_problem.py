"""结论的评语与存在的问题相反。

## 查什么
摘要、结论和分析中对某事的好评（“程序合规”“档案齐全”“制度执行有效”“支付及时”“资金足额到位”“全面落实政策”“宣传到位”“较好地完成任务”“效益明显”“方便快捷”），与“存在的问题”对同一件事的说法是否相反。
一句话里已经用“但”字转折、写明“有待”“个别”的，不算。

## 为什么
前面说好、后面说有问题，读者不知道信哪一处；给满分的依据也就不成立。

## 怎么改
好评改为与问题一致的说法，写明哪一部分好、哪一部分有问题。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hengji.checks.remarks import Fault, remark, words
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "f454"
_ROLES = (Role.SUMMARY, Role.CONCLUSION, Role.ANALYSIS, Role.OVERVIEW, Role.OTHER)
_UNSURE = pattern(
    r"有待|个别|部分|是否|应|须|建议|要求|确保|如果|标准|得\d|不够|不足|未(?:能|按|见|及|完|落|全)|不(?:及时|规范|完整|健全|到位|全)|没有|提高|加强|有利于|促进"
)
"""In the same clause: no praise, or praise with a reserve."""
_SUBJECT = pattern(r"立项|招标|采购|审批|发放|公示|申请|资金|合同|验收|绩效目标|绩效指标|档案|宣传")
_PARTLY = pattern(r"个别|部分|少数")
_SOME_OF_THEM = pattern(r"的?(?:有|为|共)?\d")
"""So many are good: 资料齐全的316份."""
_OF_ONE = {"服务便利"}
"""What is blamed on one place does not make all praise wrong."""
_SHOWN = 4
"""So many places of blame are pointed to."""
_NOT_A_NAME = ("性", "率", "度", "情况")


@record
class _Topic:
    """A thing that is praised here and found wanting there."""

    name: str
    praise: re.Pattern[str]
    blame: re.Pattern[str]


def _topic(name: str, praise: str, blame: str) -> _Topic:
    return _Topic(name, pattern(praise), pattern(blame))


_TOPICS = (
    _topic(
        "资金拨付",
        r"(?:资金|补助|补贴)[^,。;]{0,6}(?:发放|拨付|支付)(?:程序|流程)?(?:[^,。;]{0,2})(?:合规|规范|及时|符合规定)",
        r"(?:支付|拨付|发放)[^,。;]{0,6}(?:不及时|滞后|逾期|延迟|超期|不规范|不合规)",
    ),
    _topic(
        "资金到位",
        r"(?:^|(?<=[,。;:]))(?:该|本|各级|项目|专项|补助|补贴|财政|预算)*(?:资金|经费)(?:均|全部|已|都|能够?|及时|足额|全额|按时|按期)+到位",
        r"(?:资金|经费|配套)[^,。;]{0,16}(?:未(?:能)?(?:及时|足额|全额|按[^,。;]{0,6})?[^,。;]{0,5}到位|到位(?:不及时|滞后|缓慢|率?[较偏]低|不足))|[少欠仅]到位",
    ),
    _topic(
        "政策落实",
        r"(?:全面|严格|充分|切实)(?:贯彻)?落实了?[^,。;]{0,24}(?:政策|标准)|政策(?:均|已|全面|得到|基本)*落实(?:到位|较好|良好)",
        r"配套(?:资金|经费)[^,。;]{0,10}未[^,。;]{0,8}到位|未(?:能)?(?:严格|全面)?(?:落实|执行)[^,。;]{0,14}(?:政策|标准)|政策[^,。;]{0,6}落实(?:不到位|不够|不力)",
    ),
    _topic(
        "制度执行",
        r"制度[^,。;]{0,4}执行[^,。;]{0,3}(?:有效|到位|良好)|严格(?:按照|执行)[^,。;]{0,12}(?:制度|规定|文件)",
        r"违反|不符合?(?:[^,。;]{0,6})(?:规定|要求|制度)|未(?:能)?按(?:照)?(?:规定|要求|制度)|未(?:见|落实)[^。;]{0,20}(?:报告|规定|制度)|(?:支付|拨付|审批|审核)[^,。;]{0,4}不及时",
    ),
    _topic(
        "档案资料",
        r"(?:档案|资料)(?:管理|归档|整理)?[^,。;]{0,3}(?:齐全|完整|完善|规范)",
        r"(?:档案|资料)[^,。;]{0,6}(?:不全|不完整|不齐全|不规范|缺失|缺少)|未归档",
    ),
    _topic(
        "工作程序",
        r"(?:程序|流程)(?:[^,。;]{0,3})(?:规范|合规|合法合规|完整)",
        r"(?:程序|流程)[^,。;]{0,3}(?:不规范|不合规|不完整|不到位)|未(?:履行|执行)[^,。;]{0,8}程序",
    ),
    _topic(
        "政策宣传",
        r"宣传[^,。;]{0,6}(?:到位|充分|有效|效果良好|效果较好|广泛)",
        r"宣传[^,。;]{0,8}(?:不足|不到位|不够|有待|欠缺|较少)",
    ),
    _topic(
        "管理制度",
        r"(?:管理)?制度[^,。;]{0,3}(?:健全|完善|完备)",
        r"(?:管理)?制度[^,。;]{0,4}(?:不健全|不完善|缺失|不够完善|不够健全)",
    ),
    _topic(
        "绩效目标",
        r"绩效目标[^,。;]{0,5}(?:明确|清晰|合理|科学|完整)",
        r"绩效目标[^,。;]{0,6}(?:不明确|不清晰|不合理|不科学|不完整|不够明确|不够合理)",
    ),
    _topic(
        "绩效指标",
        r"绩效指标(?:设置|设定|编制)?[^,。;]{0,3}(?:明确|清晰|合理|科学|完整|规范|可衡量|细化|量化)",
        r"(?:绩效|时效|质量|数量|成本|效益|满意度)指标(?:设置|设定|编制)?[^,。;]{0,4}(?:不明确|不清晰|不合理|不规范|不全面|不完整|不准确|不科学|不够(?:明确|清晰|合理|规范|全面|完整|准确|细化|具体)|错误|未(?:能)?(?:细化|量化))",
    ),
    _topic(
        "项目质量",
        r"(?:工程|建设|施工|项目)质量[^,。;]{0,3}(?:良好|合格|优良|达标)",
        r"(?:工程|建设|施工|项目)质量[^,。;]{0,6}(?:不合格|不达标|缺陷|问题|较差)",
    ),
    _topic(
        "任务完成",
        r"(?:较好|圆满|全面|顺利|按[时期])地?(?:完成|实现)[^,。;]{0,14}(?:任务|目标)",
        r"(?:完成|建设|运营|使用|进度|实施|施工)[^,。;]{0,4}滞后|未(?:能)?按[时期](?:完成|建成|完工|竣工)",
    ),
    _topic(
        "实施效果",
        r"(?:效益|效果)(?:十分|非常|较为)?(?:明显|显著|突出)",
        r"停运|停用|闲置|(?:利用|使用|入住)率(?:不高|较低|偏低|低)|(?:效益|效果)[^,。;]{0,4}(?:不明显|不显著|不佳|较差)",
    ),
    _topic(
        "服务便利",
        r"方便、?快捷|便捷、?高效|安全、?便捷|便利、?快捷",
        r"不便于|不方便|(?:出行|上下|使用)不便",
    ),
    _topic(
        "监督管理",
        r"(?:监管|监督)[^,。;]{0,4}(?:到位|有力|有效)",
        r"(?:监管|监督)[^,。;]{0,6}(?:不到位|不力|缺位|不足|薄弱)",
    ),
)


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Praise that the report's own problems contradict; each topic once, with every place that praises.

    A heading praises if it is a sentence and not a name; what the text behind it says again in its words is told there."""
    problems = list(manuscript.told(Role.PROBLEMS))
    titles = (each for each in manuscript.of(Kind.TITLE) if each.role in _ROLES and "," in each.text)
    praising = [*manuscript.told(*_ROLES), *titles]
    for topic in _TOPICS:
        blames = [each for passage in problems for each in _blames(passage, topic.blame)]
        if not blames:
            continue
        sentence = blames[0][1]
        said: set[str] = set()
        for passage in praising:
            match = _verdict(
                passage,
                [each for each in topic.praise.finditer(passage.text) if _means(passage, each, topic, sentence)],
            )
            if match is not None and not (passage.kind is Kind.TITLE and match[0] in said):
                said.add(match[0])
                found = f"这里说“{match[0]}”，存在的问题却说“{words(reading, blames[0][0])}”"
                fault = Fault(
                    CODE,
                    Severity.NOTE if _PARTLY.search(sentence) or topic.name in _OF_ONE else Severity.WARNING,
                    found,
                    f"{topic.name}前后说法一致",
                    "改为与问题一致的说法",
                    confidence=Confidence.LIKELY,
                )
                places = (span for span, _ in blames[:_SHOWN])
                yield remark(reading, fault, passage.span(match.start(), match.end()), *places)


def _verdict(passage: Passage, praises: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """The last praise of the first sentence that has one: what comes before leads up to it."""
    if not praises:
        return None
    _, end = passage.sentence(praises[0].start())
    return [each for each in praises if each.start() < end][-1]


def _blames(passage: Passage, blame: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
    """The first blame of each sentence of a passage, and the sentence."""
    for start, end in passage.sentences():
        if match := blame.search(passage.text, start, end):
            yield passage.span(match.start(), match.end()), passage.text[start:end]


def _means(passage: Passage, match: re.Match[str], topic: _Topic, blamed: str) -> bool:
    """Whether the praise is meant of what is blamed: of the same step, if it names one, and without reserve."""
    start = max(passage.text.rfind(sign, 0, match.start()) for sign in ",;。:") + 1
    steps = set(_SUBJECT.findall(passage.text, start, match.end()))
    if steps and not any(step in blamed for step in steps):
        return False
    return not _reserved(passage, match, topic) and not _quoted(passage.text, match.start())


def _reserved(passage: Passage, match: re.Match[str], topic: _Topic) -> bool:
    """Whether the clause, or the rest of the sentence on the same thing, takes the praise back."""
    text = passage.text
    start = max(text.rfind(sign, 0, match.start()) for sign in ",;。:") + 1
    end = min((at for sign in ",;。" if (at := text.find(sign, match.end())) >= 0), default=len(text))
    taken_back = topic.blame.search(text, *passage.sentence(match.start()))
    some = _SOME_OF_THEM.match(text, match.end())
    return bool(taken_back or some or _UNSURE.search(text, start, end)) or text.startswith(_NOT_A_NAME, match.end())


def _quoted(text: str, offset: int) -> bool:
    return text.rfind("“", 0, offset) > text.rfind("”", 0, offset) or text.rfind("《", 0, offset) > text.rfind(
        "》", 0, offset
    )
