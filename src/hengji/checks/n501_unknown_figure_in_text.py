"""文字中引用了不存在的数值。

## 查什么
底稿、章节、问题和建议中每一处 {{ 编号 }} 所指的数值是否存在、是否有值。

## 为什么
引用不存在的数值，报告中会是空白；写错一个字就会丢掉一个数。

## 怎么改
改正编号；相近的编号随发现列出，hengji trace 可逐级查看。
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from dataclasses import replace

from hengji.checks.subjects import texts
from hengji.model.binding import Binding, pieces
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity

CODE = "n501"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Bindings that lead nowhere, with the line of the text in which they stand."""
    for place, text in texts(evaluation.dossier):
        for piece in pieces(text):
            if isinstance(piece, Binding):
                yield from _judge(evaluation, piece, place, text)


def _judge(evaluation: Evaluation, binding: Binding, place: Place, text: str) -> Iterator[Finding]:
    where = replace(place, item=place.item or f"正文第{text[: binding.offset].count(chr(10)) + 1}行")
    figure = evaluation.figures.get(binding.figure)
    if figure is None:
        near = difflib.get_close_matches(binding.figure, list(evaluation.figures), 2)
        remedy = "可能是 " + " 或 ".join(near) if near else "在 figures.yaml 中定义，或改正编号"
        yield Finding(
            CODE, Severity.ERROR, where, f"文字引用了不存在的数值“{binding.figure}”", "已有的数值编号", remedy
        )
    elif figure.value is None:
        remedy = "补全它所依据的材料，或删去这处引用"
        yield Finding(CODE, Severity.WARNING, where, f"文字引用的“{binding.figure}”没有值", "能算出的数值", remedy)
