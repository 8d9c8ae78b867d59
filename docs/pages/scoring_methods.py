"""Every shape of scoring standard: its keys out of the model, its examples out of tests/unit/scoring, computed anew."""

from __future__ import annotations

import typing
from collections.abc import Iterator
from decimal import Decimal

from docs.pages import dossier_format
from tests.unit.scoring.test_shapes import FIGURES, GIVEN

from hengji.model.figure import display
from hengji.model.rubric import Rubric
from hengji.model.score import Result
from hengji.scoring.rubrics import attainable, score
from hengji.storage.codec import encode
from hengji.storage.packs import formulas

FORMULAS = formulas()

OPENING = """# 评分方法

<!-- 本页由 docs/build.py 从模型、tests/unit/scoring 和 src/hengji/packs/formulas.yaml 生成；算例就是测试。 -->

末级指标在 indicators.yaml 里写 `rubric`：`shape` 是下列形式之一，其余的键见各节。凡写“数值”的地方，可以写一个数或百分数
（`36`、`95%`），也可以写一个[数值编号](figures.md)，分数就随材料而变。

各种形式都遵守：得分不低于 0，不高于分值；全程用精确分数计算，最后一次四舍五入到两位小数；需要的数值或评判缺一样就没有得分，
只有发现。标准本身有毛病（档间有空隙、各要素分数之和不等于分值、同一个值落在两档）也会指出。

每项得分旁都有**标准分**（完全照标准）和**可得分集**（这项标准可能给出的全部分数）。评价人给出别的分数，须在底稿写
`override`，由谁、为什么，报告单列一张表。
"""

CLOSING = """
## 汇总与等级

- 上级指标的得分是下级之和，三级、四级都一样；每级不超过自己的分值。
- 评价规范的 `roll_up` 决定在哪里舍入：逐项舍入（默认）、合计舍入或逐项截尾。
- `applicability: 不适用` 的指标连分值一起去掉，其余得分之和按百分制折算。
- 总分之外可有加分、减分和一票否决，列明理由和决定人。
- 等级按评价规范的 `bands` 定；标准总分和标准等级与之并列，两者不同的指标逐项列出。

## 权重

权重可以直接写定，也可以由 `hengji.scoring.weights` 算出：层次分析法（判断矩阵须互反，一致性比率小于 0.10）、熵权法（至少两个
单位，各单位相同的指标权重为 0）、德尔菲法（逐轮收敛）。结果按最大余数法取整，合计恒为 100。
"""


def page() -> str:
    """The whole page. ValueError when formulas.yaml does not name every shape."""
    shapes = typing.get_args(Rubric)
    if {shape.SHAPE for shape in shapes} != set(FORMULAS):
        raise ValueError("src/hengji/packs/formulas.yaml does not name just the shapes of the model")
    listed = "".join(f"| [{shape.SHAPE}](#{shape.SHAPE}) | {cell(FORMULAS[shape.SHAPE])} |\n" for shape in shapes)
    parts = [OPENING, "\n| 形式 | 公式 |\n|---|---|\n", listed]
    inner: set[type] = set()
    for shape in shapes:
        parts.append(f"\n## {shape.SHAPE}\n\n{FORMULAS[shape.SHAPE]}\n{dossier_format.keys(shape)}")
        for record in dossier_format.records(shape):
            if record not in inner:
                inner.add(record)
                parts.append(f"\n其中{dossier_format.term(record)}：\n{dossier_format.keys(record)}")
        parts += examples(shape)
    return "".join([*parts, CLOSING])


def cell(text: str) -> str:
    """A text that holds upright lines, as a cell of a Markdown table."""
    return text.replace("|", "\\|")


def examples(shape: type) -> Iterator[str]:
    """The first case in which points are lost, as an author writes it, and the reasons of all cases."""
    cases = [(rubric, Decimal(weight), judgement) for rubric, weight, judgement, *_ in GIVEN if type(rubric) is shape]
    results = [result for case in cases if isinstance(result := score(*case, FIGURES), Result)]
    if len(results) != len(cases) or not results:
        raise ValueError(f"{shape.__name__} has no case in tests/unit/scoring, or one that gives no score")
    lost = [at for at, (result, (_, weight, _)) in enumerate(zip(results, cases, strict=True)) if result.score < weight]
    rubric, weight, judgement = cases[lost[0] if lost else 0]
    yield f"\n算例，分值 {weight}：\n\n```yaml\n{encode(rubric)}```\n"
    if judgement is not None:
        yield f"\n底稿里的评判：\n\n```yaml\n{encode(judgement)}```\n"
    yield f"\n本例可得 {attainable(rubric, weight)}。\n\n"
    named = list(dict.fromkeys(name for result in results for name in result.inputs))
    if named:
        yield f"所用数值：{'，'.join(f'{name} = {display(FIGURES[name])}' for name in named)}。\n\n"
    yield "".join(f"- {result.reason}。\n" for result in dict.fromkeys(results))
