"""weights: what experts compared or scored, or what units show, as weights of indicators that add up to their whole.

One table gives the indicators below one parent: a comparison matrix (层次分析法), rounds of scores (德尔菲法), what units
show (熵权法) or importances (直接赋权). Of two tables over the same indicators the shares are combined. Nothing is written
into a dossier: weights are decided by people, who put them into the indicator tree with the basis that is told here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.indicator import WeightMethod
from hengji.model.record import record
from hengji.scoring.delphi import Centre, delphi
from hengji.scoring.faults import MATRIX_REFUSED
from hengji.scoring.operands import points
from hengji.scoring.weights import (
    ACCEPTED_CR,
    AhpMethod,
    Combination,
    Direction,
    Shares,
    ahp,
    combined,
    direct,
    entropy,
    published,
)
from hengji.work.as_data import finding_data
from hengji.work.weight_tables import AUTHORITY, Opinions, comparisons, read_opinions, text_of

Findings = tuple[Finding, ...]
Told = tuple[tuple[str, str], ...]


@record
class Wanted:
    """赋权要求: the points to be shared out with how many decimals, and by which variant of each method."""

    whole: Decimal = Decimal(100)
    places: int = 0
    inverse: tuple[str, ...] = ()
    ahp: AhpMethod = AhpMethod.EIGENVECTOR
    centre: Centre = Centre.MEAN
    combination: Combination = Combination.GEOMETRIC


@record
class Shared:
    """一张表的权数: shares of ``names`` that add up to 1, what tests them, how one says in a report how they were found, and where the names stand."""

    method: WeightMethod
    path: Path
    names: tuple[str, ...]
    shares: Shares
    told: Told
    basis: str
    heads: tuple[Place, ...]


@record
class Weighed:
    """权重: ``weights`` of ``names`` add up to the whole; empty where there is an error."""

    tables: tuple[Shared, ...]
    findings: Findings
    names: tuple[str, ...] = ()
    shares: Shares = ()
    weights: tuple[Decimal, ...] = ()
    basis: str = ""

    @property
    def method(self) -> WeightMethod:
        """How one calls it in the tree of indicators."""
        return self.tables[0].method if len(self.tables) == 1 else WeightMethod.COMBINED


def weigh(asked: Sequence[tuple[WeightMethod, Path]], wanted: Wanted) -> Weighed:
    """Weights out of one table or of two; every fault at once."""
    answers = [_shared(method, path, wanted) for method, path in asked]
    tables = tuple(shared for shared, _ in answers if shared is not None)
    findings = tuple(finding for _, found in answers for finding in found)
    findings += _differing(tables)
    if len(tables) < len(asked) or any(finding.severity is Severity.ERROR for finding in findings):
        return Weighed(tables, findings)
    one, *others = tables
    shares = one.shares
    for other in others:
        theirs = dict(zip(other.names, other.shares, strict=True))
        if wanted.combination is Combination.GEOMETRIC and not any(
            mine * theirs[name] for name, mine in zip(one.names, shares, strict=True)
        ):
            found, expected = "权数按几何平均合成后全部为 0", "至少一项指标在两张表里都不为 0，或用 --combine convex"
            return Weighed(tables, (*findings, MATRIX_REFUSED.at(other.heads[0], found, expected)))
        shares = combined(shares, [theirs[name] for name in one.names], wanted.combination)
    weights = published(shares, wanted.whole, wanted.places)
    basis = "".join(f"{each.method.value if others else ''}{each.basis}。" for each in tables)
    if others:
        basis += f"两组权数按{wanted.combination.value}合成。"
    basis += f"按最大余数法取{_to(wanted.places)}，合计{points(wanted.whole)}分。"
    return Weighed(tables, findings, one.names, shares, weights, basis)


def _to(places: int) -> str:
    return f"到{places}位小数" if places else "整"


def _differing(tables: Sequence[Shared]) -> Findings:
    """Two tables are of the same indicators, in whatever order."""
    return tuple(
        MATRIX_REFUSED.at(
            next(
                (place for name, place in zip(other.names, other.heads, strict=True) if name not in tables[0].names),
                other.heads[0],
            ),
            f"指标是{'、'.join(other.names)}，与 {tables[0].path} 不同",
            "、".join(tables[0].names),
        )
        for other in tables[1:]
        if set(other.names) != set(tables[0].names)
    )


def _shared(method: WeightMethod, path: Path, wanted: Wanted) -> tuple[Shared | None, Findings]:
    opinions, findings = read_opinions(method, path)
    if opinions is None:
        return None, findings
    made, faults = _MAKERS[method](opinions, wanted)
    return made and Shared(method, path, opinions.names, *made, opinions.heads), findings + faults


Made = tuple[Shares, Told, str] | None


def _compared(opinions: Opinions, wanted: Wanted) -> tuple[Made, Findings]:
    matrix, findings = comparisons(opinions)
    if findings:
        return None, findings
    found, findings = ahp(matrix, wanted.ahp, opinions.place)
    if found is None:
        return None, findings
    tests = [("λmax", f"{found.largest:.4f}"), ("CI", f"{found.index:.4f}"), ("CR", f"{found.ratio:.4f}")]
    sums = "，".join(f"{name} = {value}" for name, value in tests)
    meets = f"小于{ACCEPTED_CR}" if found.consistent else f"不小于{ACCEPTED_CR}，不能用"
    basis = f"判断矩阵{len(matrix)}阶，{wanted.ahp.value}，{sums}，{meets}"
    return (found.shares, (("方法", wanted.ahp.value), *tests), basis), findings


def _spread(opinions: Opinions, wanted: Wanted) -> tuple[Made, Findings]:
    inverse = tuple(dict.fromkeys(map(text_of, wanted.inverse)))
    strangers = [name for name in inverse if name not in opinions.names]
    if strangers:
        return None, (
            MATRIX_REFUSED.at(opinions.heads[0], f"没有反向指标“{'、'.join(strangers)}”这一列", one_of(opinions.names)),
        )
    ways = [Direction.INVERSE if name in inverse else Direction.FORWARD for name in opinions.names]
    found, findings = entropy(_full(opinions), ways, opinions.place)
    if found is None:
        return None, findings
    told = tuple((f"{name}的熵", f"{each:.4f}") for name, each in zip(opinions.names, found.entropies, strict=True))
    less = f"，反向指标{len(inverse)}项" if inverse else ""
    return (found.shares, told, f"按{len(opinions.rows)}个单位的数据计算信息熵{less}"), findings


def _consulted(opinions: Opinions, wanted: Wanted) -> tuple[Made, Findings]:
    rows = [[_decimal(cell) for cell in row] for row in _full(opinions)]
    *_, final = numbers = sorted(set(opinions.rounds))
    rounds = [[row for at, row in zip(opinions.rounds, rows, strict=True) if at == number] for number in numbers]
    authorities = [
        _decimal(each) for at, each in zip(opinions.rounds, opinions.authorities, strict=False) if at == final
    ]
    found, findings = delphi(rounds, wanted.centre, opinions.place, authorities)
    if found is None:
        return None, findings
    last = found.rounds[-1]
    told = [
        ("轮次", str(len(rounds))),
        ("末轮专家", f"{len(rounds[-1])}位"),
        ("最大变异系数", f"{max(last.variations):.4f}"),
        ("协调系数", f"{last.concordance:.4f}（χ² = {last.chi_square:.4f}，p = {last.probability:.4f}）"),
    ]
    if found.authority is not None:
        told.append((AUTHORITY, f"{found.authority:.4f}"))
    sums = "，".join(f"{name}{value}" for name, value in told[1:])
    return (found.shares, tuple(told), f"征询{len(rounds)}轮，{sums}，取末轮{wanted.centre.value}"), findings


def _given(opinions: Opinions, _: Wanted) -> tuple[Made, Findings]:
    sums = [sum(row, Fraction(0)) for row in _full(opinions)]
    shares, findings = direct(sums, opinions.place)
    if shares is None:
        return None, findings
    count = len(opinions.rows[0])
    told = (("评分人数", str(count)),) if count > 1 else ()
    return (shares, told, f"按{count}人所给重要性之和" if count > 1 else "按所给重要性"), findings


_MAKERS: Mapping[WeightMethod, Callable[[Opinions, Wanted], tuple[Made, Findings]]] = MappingProxyType(
    {
        WeightMethod.AHP: _compared,
        WeightMethod.ENTROPY: _spread,
        WeightMethod.DELPHI: _consulted,
        WeightMethod.DIRECT: _given,
    }
)


def _full(opinions: Opinions) -> list[list[Fraction]]:
    """The rows of a table in which no cell may be blank."""
    return [[cell for cell in row if cell is not None] for row in opinions.rows]


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


# -- as data


def data(done: Weighed) -> dict[str, Any]:
    """What was found, as data that JSON can hold; numbers as text."""
    weights = zip(done.names, done.shares, done.weights, strict=True)
    return {
        "tables": [
            {"method": each.method.value, "file": str(each.path), "tests": dict(each.told)} for each in done.tables
        ],
        "weights": [
            {"name": name, "share": f"{share:.10f}", "weight": f"{weight:f}"} for name, share, weight in weights
        ],
        "basis": done.basis,
        "findings": [finding_data(finding) for finding in done.findings],
    }
