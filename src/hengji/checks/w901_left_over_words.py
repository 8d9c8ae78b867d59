"""文字中有遗留的词句。

## 查什么
底稿、章节、问题、建议、评分标准和评价组信息中，有没有编辑批注、占位符和模板里的提示。词表随产品提供，地方可以补充，如补上常被误抄的别的项目的名称。

## 为什么
“（下面改）”之类的批注留在报告里，说明最后一遍没有通读，评审时直接扣分。

## 怎么改
删去批注，换成本项目的内容；确是本项目用词的，在评价规范的 silenced 中关闭本项检查。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.checks.subjects import writings
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Severity

CODE = "w901"
_AROUND = 12


def find(dossier: Dossier, files: Mapping[str, bytes], leftovers: Mapping[str, str]) -> Iterator[Finding]:
    """Words of the list, each with its surroundings; ``leftovers`` are words and what they are."""
    for passage in writings(dossier, files):
        for word, meaning in leftovers.items():
            start = passage.text.find(word)
            if start >= 0:
                around = passage.text[max(0, start - _AROUND) : start + len(word) + _AROUND]
                quote = " ".join(around.split())
                yield Finding(
                    CODE,
                    Severity.WARNING,
                    passage.place(start),
                    f"“{quote}”中的“{word}”是{meaning}",
                    "本项目的内容",
                    "删去或换成本项目的内容",
                )
