"""说资金没有截留，钱却停在下级。

## 查什么
资金使用合规性的分析说“不存在截留”，而报告写明拨到乡镇、街道、学校一类下级的钱有一部分滞留、没有再拨给补助对象的；分析中已经说到的不算。

## 为什么
钱到了下级没有给补助对象，正是评审要问的截留；一票否决的标准下，这一项可能不得分。

## 怎么改
查明没有拨付的原因：确是滞留的，写入分析并扣分；有正当理由的，写明理由。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark, words
from hengji.checks.scores import called, full_marks
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Scorecard
from hengji.reading.manuscript import Manuscript, Role
from hengji.reading.scores.wording import folded

CODE = "f480"
_DENIED = pattern(r"(?:不存在|未发现|没有|无)[^。;]{0,10}截留[^。;]{0,24}")
_AMOUNT = r"\d+(?:\.\d+)?[万亿]?元"
_HELD = pattern(
    rf"(?:街道|乡镇|镇政府|乡政府|镇级|乡级|村级|学校|下级|乡\(镇\))[^。;]{{0,24}}(?:仅|只)?(?:拨付|发放|支付)[^。;]{{0,24}}{_AMOUNT}[^。;]{{0,12}}(?:尚有|仍有|还有|其余|剩余|余下)[^。;]{{0,4}}{_AMOUNT}[^。;,]{{0,4}}(?:未|没有)[^。;,]{{0,8}}"
    rf"|(?:街道|乡镇|镇政府|乡政府|财政所|村委会|学校)(?:尚有|仍有|还有|仍结存|结存){_AMOUNT}[^。;,]{{0,6}}(?:未|没有)[^。;,]{{0,8}}"
    rf"|(?:滞留|沉淀|截留)[^,。;]{{0,14}}{_AMOUNT}|{_AMOUNT}[^,。;]{{0,8}}(?:滞留|沉淀)[^,。;]{{0,8}}"
)
_MOST = 4


def find(reading: Reading, manuscript: Manuscript, scorecard: Scorecard) -> Iterator[Finding]:
    """Leaves whose analysis denies that money was withheld, where some is told to have stopped below."""
    if not any("截留" in each.text for leaf in scorecard.leaves() for each in leaf.analyses):
        return
    held = [
        passage.span(*match.span())
        for passage in manuscript.told()
        if passage.role is not Role.ADVICE and "元" in passage.text
        for match in _HELD.finditer(passage.text)
        if not _DENIED.search(passage.text, *passage.sentence(match.start()))
    ]
    for leaf in scorecard.leaves() if held else ():
        awarded = full_marks(leaf)
        if awarded is None:
            continue
        told = [folded(reading, each.spans) for each in leaf.analyses]
        denied = [each.span(*match.span()) for each in told if (match := _DENIED.search(each.text))]
        if denied and not any(_HELD.search(each.text) for each in told):
            fault = Fault(
                CODE,
                Severity.NOTE,
                f"{called(leaf)}得满分，分析说“{words(reading, denied[0])}”，而别处写着“{words(reading, held[0])}”",
                "说明停在下级的钱为什么没有拨付",
                "写入分析并扣分，或写明理由",
                confidence=Confidence.LIKELY,
            )
            yield remark(reading, fault, denied[0], awarded.span, *held[:_MOST], *denied[1:])
