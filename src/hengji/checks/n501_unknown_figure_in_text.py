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
_FAMILIES = {
    "资金": ("funds.csv", "资金台账"),
    "目标": ("targets.yaml", "绩效目标申报表"),
    "时限": ("deadlines.yaml", "时限"),
}
"""The file that figures come from, and what it is called, by the first part of their id."""


def find(evaluation: Evaluation, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Bindings that lead nowhere, with the line on which they stand; a whole family that is missing is one finding."""
    absent: set[str] = set()
    for passage in passages(evaluation.dossier, files):
        for piece in pieces(passage.text):
            if not isinstance(piece, Binding):
                continue
            family = piece.figure.partition(".")[0]
            known = piece.figure in evaluation.figures  # a figure of figures.yaml may be called 目标.… too
            if not known and family in _FAMILIES and _FAMILIES[family][0] not in files:
                if family not in absent:
                    yield _absent(family, piece, passage)
                absent.add(family)
            else:
                yield from _judge(evaluation, piece, passage)


def _absent(family: str, binding: Binding, passage: Passage) -> Finding:
    file, title = _FAMILIES[family]
    found = f"文字引用了“{binding.figure}”等数值，而档案里没有{title}（{file}）"
    remedy = f"补上{title}，或删去这些引用"
    return Finding(CODE, Severity.ERROR, passage.place(binding.offset), found, f"有{title}", remedy)


def _judge(evaluation: Evaluation, binding: Binding, passage: Passage) -> Iterator[Finding]:
    place = passage.place(binding.offset)
    figure = evaluation.figures.get(binding.figure)
    if figure is None:
        near = difflib.get_close_matches(binding.figure, list(evaluation.figures), 2)
        remedy = "可能是 " + " 或 ".join(near) if near else "在自定义数值（figures.yaml）中定义，或改正编号"
        found = f"文字引用了不存在的数值“{binding.figure}”"
        yield Finding(CODE, Severity.ERROR, place, found, "已有的数值编号", remedy)
    elif figure.value is None:
        remedy = "补全它所依据的材料，或删去这处引用"
        found = f"文字引用的“{binding.figure}”没有值"
        yield Finding(CODE, Severity.WARNING, place, found, "能算出的数值", remedy)
