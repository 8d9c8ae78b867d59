"""测算明细不等于数量乘标准。

## 查什么
绩效目标申报表每条测算明细的金额，是否等于数量×单位标准（写明财政负担比例的再乘比例）。分级标准与单位标准都写明的，两者是否相等。
没有写明标准的明细不查。

## 为什么
数量、标准、金额三者对不上，预算就没有测算依据。

## 怎么改
核对数量、标准和负担比例，改正其中写错的一个。
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hengji.checks.subjects import TARGETS
from hengji.funds.faults import in_wan
from hengji.funds.goal_form import rate_of
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import FEN_PER_YUAN, round_to
from hengji.model.target import BudgetLine

CODE = "a101"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Budget lines that do not multiply out."""
    for line in dossier.goal_form.lines if dossier.goal_form else ():
        rated = line.unit_rate is not None or bool(line.tiers)
        worked = round_to(Fraction(rate_of(line)) * Fraction(line.quantity) * Fraction(line.share), 0)
        if rated and worked != line.amount:
            found = f"“{line.name}”申报{in_wan(line.amount)}"
            yield _finding(line, found, f"{_product(line)}＝{in_wan(int(worked))}")
        tiers = sum(tier.rate for tier in line.tiers)
        if line.unit_rate is not None and line.tiers and tiers != line.unit_rate:
            found = f"“{line.name}”各级标准之和为{_in_yuan(tiers)}，单位标准为{_in_yuan(line.unit_rate)}"
            yield _finding(line, found, "两者相等")


def _product(line: BudgetLine) -> str:
    share = "" if line.share == 1 else f"×负担比例{line.share}"
    return f"{line.quantity.normalize():f}{line.unit}×{_in_yuan(rate_of(line))}{share}"


def _in_yuan(rate: int) -> str:
    return f"{(Decimal(rate) / FEN_PER_YUAN).normalize():,f}元"


def _finding(line: BudgetLine, found: str, expected: str) -> Finding:
    return Finding(CODE, Severity.WARNING, Place(TARGETS, item=line.name), found, expected, "核对数量、标准和负担比例")
