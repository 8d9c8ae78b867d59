"""报告中有编辑批注或占位符。

## 查什么
“（下面改）”“（待补充）”“【此处填写…】”等批注，“XX”“××”“某某”“？？”等没有填的空，“增长（下降）12.50%”这样没有选定一项的字样。同一种只报一次，写明共有几处。词表随产品提供，地方可以补充。

## 为什么
批注和空白留在定稿里，说明最后一遍没有通读；批注所在的一处，内容多半也没有改完。

## 怎么改
按批注改完后删去批注；空着的补上实际内容。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from hengji.checks.remarks import Fault, how_often, remark, words_around
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Manuscript

CODE = "w950"
_PATTERNS = (
    (
        "编辑批注",
        pattern(
            r"[(\[](?:下面|此处|这里|以下(?![^()\[\]\"“]{0,4}称)|上面|请|待|需|这段|该处|数据)[^()\[\]]{0,10}"
            r"(?:改(?![革建造善良制扩])|补(?![贴助偿正齐])|核实|确认|调整(?![后前数率])|删|完善|填|更新(?![至到改])|插入)[^()\[\]]{0,4}[)\]]"
        ),
    ),
    ("编辑批注", pattern(r"【[^【】]{0,20}(?:待|填|补充|此处|插入|核实)[^【】]{0,20}】")),
    ("编辑批注", pattern(r"待(?<![有亟尚仍还]待)(?:补充|核实|填写|插入)(?=[,。;)\]]|$)")),
    (
        "没有选定的字样",
        pattern(
            r"(?:(?:增加|增长|上升|提高)[(/](?:减少|下降|降低)|(?:减少|下降|降低)[(/](?:增加|增长|上升|提高))\)?(?=\d)"
        ),
    ),
    ("占位符", pattern(r"XX(?<![A-Za-z0-9]XX)X*(?![A-Za-z0-9])")),
    ("占位符", pattern(r"××+(?!×|日报|晚报|早报|时报|新闻|电视台|有限|公司|先生|女士|老人|小区)")),
    ("占位符", pattern(rf"\*\*(?:(?<={HAN}\*\*)|(?<=20\*\*))\**(?=[年月日元万家个人%])")),
    ("占位符", pattern(rf"某某(?={HAN})")),
    ("占位符", pattern(r"\?{2,}")),
    ("占位符", pattern(r"_{3,}(?=年|月|元|万元)")),
)
_AROUND = 10


def find(reading: Reading, manuscript: Manuscript, leftovers: Mapping[str, str]) -> Iterator[Finding]:
    """The first place of each left-over, with how often it stands."""
    listed = {normalize("NFKC", word): meaning for word, meaning in leftovers.items()}
    own = [sought for _, sought in _PATTERNS]
    terms = [word for word in listed if word in manuscript.plain and not any(each.fullmatch(word) for each in own)]
    plain = manuscript.plain
    patterns = [
        *(each for each in _PATTERNS if each[1].search(plain)),
        *((listed[word], re.compile(re.escape(word))) for word in terms),
    ]
    if not patterns:
        return
    places: dict[tuple[str, str], list[tuple[Span, str]]] = {}
    asking = False  # a questionnaire says 您, and 请填写 behind it is to whom it asks
    for passage in manuscript.body:
        done: set[int] = set()
        asking = asking or "您" in passage.text
        for meaning, sought in patterns:
            for match in sought.finditer(passage.text):
                if done.isdisjoint(range(*match.span())) and not (asking and match[0].lstrip("(").startswith("请")):
                    done.update(range(*match.span()))
                    around = words_around(reading, passage, *match.span(), _AROUND)
                    places.setdefault((match[0], meaning), []).append(
                        (passage.span(match.start(), match.end()), around)
                    )
    for (word, meaning), spans in places.items():
        span, around = spans[0]
        found = f"“{around}”中的“{word}”是{meaning}{how_often(spans)}"
        yield remark(reading, Fault(CODE, Severity.WARNING, found, "定稿的内容", "改完后删去，空着的补上"), span)
