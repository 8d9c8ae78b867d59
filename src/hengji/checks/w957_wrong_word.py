"""别字和误用词。

## 查什么
词表中的别字和误用词（介于—鉴于、帐目—账目、拔付—拨付、收益对象—受益对象、截止某日—截至某日……）。同一个词只报一次，写明共有几处。
词表随产品提供，地方可以补充。

## 为什么
别字改变意思，也说明没有校对；评审按文字质量扣分。

## 怎么改
改成正确的词。
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hengji.checks.remarks import Fault, how_often, remark, words_around, written_right
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.lexicon import Lexicon, Slip
from hengji.model.reading import Reading
from hengji.reading.documents import without_titles
from hengji.reading.manuscript import Manuscript, Passage

CODE = "w957"
_AROUND, _SHOWN = 8, 20
"""So many characters around the word; so many of its other places."""


def find(reading: Reading, manuscript: Manuscript, lexicon: Lexicon) -> Iterator[Finding]:
    """The first place of each slip, with how often it stands."""
    here = manuscript.standing(slip.wrong for slip in lexicon.slips)
    slips = {slip.wrong: slip for slip in lexicon.slips if slip.wrong in here}
    if not slips:
        return
    sought = re.compile("|".join(map(re.escape, slips)))
    places: dict[str, list[tuple[str, Passage, tuple[int, int]]]] = {}
    for passage in manuscript.holding(*slips):
        for match in sought.finditer(without_titles(passage.text)):
            slip = slips[match[0]]
            if _is_slip(slip, passage.text, match):
                key = slip.why if slip.form else slip.wrong  # 截止某日 is one slip whatever the day is called
                places.setdefault(key, []).append((slip.wrong, passage, match.span()))
    for found_at in places.values():
        wrong, passage, at = found_at[0]
        slip = slips[wrong]
        around = words_around(reading, passage, *at, _AROUND)
        found = f"“{around}”中的“{wrong}”有误{how_often(found_at)}：{slip.why}"
        severity, confidence = (
            (Severity.NOTE, Confidence.LIKELY) if slip.form else (Severity.WARNING, Confidence.CERTAIN)
        )
        fault = Fault(CODE, severity, found, f"“{slip.right}”", "改成正确的词", confidence=confidence)
        others = (there.span(*place) for _, there, place in found_at[1 : 1 + _SHOWN])
        yield remark(
            reading, fault, passage.span(*at), *written_right(manuscript, passage.text, at, slip.right), *others
        )


def _is_slip(slip: Slip, text: str, match: re.Match[str]) -> bool:
    if slip.behind and not text.startswith(slip.behind, match.end()):
        return False
    return not any(
        text.startswith(word, match.start() - word.find(slip.wrong))
        for word in slip.unless
        if slip.wrong in word and match.start() >= word.find(slip.wrong)
    )
