"""标点重复。

## 查什么
底稿、章节、问题、建议、评分标准和评价组信息中，两个点号连在一起的地方，如“，，”“。，”“；。”。省略号和破折号不算。

## 为什么
重复的标点是改稿留下的痕迹，评审按文字质量扣分。

## 怎么改
删去多余的一个。
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hengji.checks.subjects import writings
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Severity
from hengji.model.patterns import pattern

CODE = "w902"
_DOUBLED = pattern(r"[，。；：、]{2,}|(?<!\.)\.\.(?!\.)|[，。；、](?=[,;])")
_AROUND = 10


def find(dossier: Dossier, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Two stops where there should be one."""
    for passage in writings(dossier, files):
        for match in _DOUBLED.finditer(passage.text):
            around = passage.text[max(0, match.start() - _AROUND) : match.end() + _AROUND]
            found = f"“{' '.join(around.split())}”中标点重复"
            yield Finding(CODE, Severity.NOTE, passage.place(match.start()), found, "一个标点", "删去多余的一个")
