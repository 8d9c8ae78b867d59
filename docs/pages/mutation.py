"""How many faults the review finds, from what bench.mutation said when it was last run (docs/mutation.json)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

KEPT = Path(__file__).parents[1] / "mutation.json"
GOAL = 0.95

OPENING = """# 审核能发现多少错

<!-- 本页由 docs/build.py 从 docs/mutation.json 生成；数字由 python -m bench.mutation --write 跑出。 -->

取 `tests/reports/` 中前后一致、没有算错的报告（养老、公路、学校供餐等，自己编写），每次只改一处：一个数、一个单位、一个日期、
一个文号、一个名称、一个得分或一个等级，再审核一遍。改动之后多出一条发现，并且引文落在改动处或与它有关的数上，才算发现。
改动之后仍可能是真的（在印出小数的范围之内），不算错，不计入。

"""


def kept() -> dict[str, Any]:
    """What the bench said; empty when it was not run."""
    read: dict[str, Any] = json.loads(KEPT.read_text("utf-8")) if KEPT.exists() else {}
    return read


def page() -> str:
    """The whole page."""
    found = kept()
    if not found:
        return OPENING + "还没有测过。\n"
    rows = "".join(
        f"| {kind} | {row['made']} | {row['found']} | {row['found'] / row['made']:.1%} |\n"
        for kind, row in found["kinds"].items()
    )
    said = f"{found['reports']} 份报告，{found['mutants']} 处改动，种子 {found['seed']}。"
    goal = f"合计、差额、比率、乘积、得分和重复的数合在一起发现 {found['rate']:.1%}，目标是不低于 {GOAL:.0%}，{'达到' if found['rate'] >= GOAL else '**还没有达到**'}。"
    return f"{OPENING}{said}\n\n| 改动 | 处 | 发现 | 比率 |\n|---|---|---|---|\n{rows}\n{goal}只说一次的数，没有别的数可以对照，只有与常理不合时才会发现。\n"
