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
from collections.abc import Iterator, Mapping

from hengji.checks.subjects import Passage, passages
from hengji.model.binding import Binding, pieces
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Severity

CODE = "n501"


def find(evaluation: Evaluation, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Bindings that lead nowhere, with the line on which they stand."""
    for passage in passages(evaluation.dossier, files):
        for piece in pieces(passage.text):
            if isinstance(piece, Binding):
                yield from _judge(evaluation, piece, passage)


def _judge(evaluation: Evaluation, binding: Binding, passage: Passage) -> Iterator[Finding]:
    place = passage.place(binding.offset)
    figure = evaluation.figures.get(binding.figure)
    if figure is None:
        near = difflib.get_close_matches(binding.figure, list(evaluation.figures), 2)
        remedy = "可能是 " + " 或 ".join(near) if near else "在 figures.yaml 中定义，或改正编号"
        found = f"文字引用了不存在的数值“{binding.figure}”"
        yield Finding(CODE, Severity.ERROR, place, found, "已有的数值编号", remedy)
    elif figure.value is None:
        remedy = "补全它所依据的材料，或删去这处引用"
        found = f"文字引用的“{binding.figure}”没有值"
        yield Finding(CODE, Severity.WARNING, place, found, "能算出的数值", remedy)
