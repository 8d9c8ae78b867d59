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

权重可以直接写定，也可以用 `hengji weights 方法=文件` 算出。一张 csv 或 Excel 表管一组同级指标，分值之和由 `--total` 给出，
按最大余数法取整，合计分毫不差。数可以写作 1,200 或 85%；表上方可以有标题，合计、平均的行列先删去：

| 方法 | 表怎样写 | 检验 |
|---|---|---|
| `ahp` 层次分析法 | 判断矩阵：第一行和第一列是同样的指标，格里写行比列重要多少，如 3 或 1/3；对角线以下可以不写，写四舍五入的倒数也行 | λmax、CI、CR；CR 不小于 0.10 的不能用，退出码 1 |
| `delphi` 德尔菲法 | 一行一位专家，一列一项指标；可以有“轮次”（1、2 或第一轮、第二轮，每行都写）“专家”（或序号、姓名）“权威系数”三列，取最后一轮 | 各指标的变异系数和协调系数（χ² 检验）；没有集中的给出警告 |
| `entropy` 熵权法 | 一行一个单位，一列一项指标；越小越好的指标用 `--inverse 列名` 指明 | 至少两个单位；各单位相同的指标权数为 0 |
| `direct` 直接赋权 | 一行一项指标，其后一列或几列重要性（一列一人） | 不小于 0，不全为 0 |

```
准则,决策,过程,产出,效益
决策,1,1/2,1/3,1/3
过程,,1,1/2,1/2
产出,3,2,1,1
效益,3,2,,1
```

```
$ hengji weights ahp=判断矩阵.csv
层次分析法　判断矩阵.csv
  方法 特征向量法　λmax 4.0104　CI 0.0035　CR 0.0038

指标    权数  分值
决策  0.1091    11
过程  0.1891    19
产出  0.3509    35
效益  0.3509    35
合计  1.0000   100
```

给两张表（如 `ahp=判断矩阵.csv entropy=各单位.csv`）时，权数按几何平均合成，`--combine convex` 则各占一半，`weight_method` 是组合赋权。分值由人定：命令不改动档案，
把分值写入各指标的 `weight`（或工作簿“指标体系”表的分值），再把印出的 `weight_method` 和 `weight_basis` 写进 indicators.yaml，报告的评价方法一章
就写明权重怎样得来。下级指标另做一张表，`--total` 写上级的分值。
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
