"""The dossier's own figures: given values with their evidence, and formulas over tables and other figures."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from hengji.engines.scalar import Environment, evaluate, names_in
from hengji.model.dossier import Dossier, FigureRule
from hengji.model.figure import Figure, FigureKind, Figures, Source, SourceKind
from hengji.model.finding import Finding, Place, Severity
from hengji.model.money import Money
from hengji.model.table import ColumnType
from hengji.work.load import Opened

FILE = "figures.yaml"
CODE_GIVEN = "L206"
CODE_NEITHER = "L207"
CODE_CYCLE = "L209"
CODE_KIND = "L210"
_GIVEN = re.compile(r"^(?P<number>[-−]?[\d,]+(?:\.\d+)?)(?P<unit>\D*)$")
_NUMBERS = (ColumnType.COUNT, ColumnType.RATE)
_FITTING = {
    FigureKind.MONEY: (ColumnType.MONEY,),
    FigureKind.RATE: _NUMBERS,
    FigureKind.COUNT: _NUMBERS,
    FigureKind.SCORE: _NUMBERS,
    FigureKind.DAYS: (ColumnType.COUNT,),
    FigureKind.DATE: (ColumnType.DATE,),
    FigureKind.TEXT: (ColumnType.TEXT, ColumnType.ENUM, ColumnType.BOOL),
}
_EXPECTED = {
    FigureKind.MONEY: "带单位的金额，如 108100元、10.81万元",
    FigureKind.RATE: "百分数或小数，如 93.5%",
    FigureKind.COUNT: "数，如 41",
    FigureKind.SCORE: "分数，如 85.78",
    FigureKind.DAYS: "天数，如 19",
    FigureKind.DATE: "日期，如 2021-07-12",
    FigureKind.TEXT: "文字",
}


def given_figure(rule: FigureRule, dossier: Dossier) -> tuple[Figure | None, tuple[Finding, ...]]:
    """A value that the materials state, with the evidence that states it."""
    value = _value(rule)
    place = Place(FILE, item=rule.id)
    if value is None:
        found = f"数值“{rule.id}”写的是“{rule.given}”"
        return None, (Finding(CODE_GIVEN, Severity.ERROR, place, found, _EXPECTED[rule.kind], "按该种数值改写"),)
    sources = (*evidence_sources(rule, dossier), *_said(rule))
    unit = rule.unit or _unit(rule)
    return Figure(rule.id, rule.label, rule.kind, value, unit, rule.places, sources=sources), ()


def evidence_sources(rule: FigureRule, dossier: Dossier) -> tuple[Source, ...]:
    """The pieces of evidence that a rule names."""
    known = {piece.id: piece for piece in dossier.evidence}
    found = [known[key] for key in rule.evidence if key in known]
    return tuple(
        Source(
            SourceKind.EVIDENCE,
            f"{piece.title}{f'（{rule.quote}）' if rule.quote else ''}",
            piece.path,
            reference=piece.id,
        )
        for piece in found
    )


def _said(rule: FigureRule) -> tuple[Source, ...]:
    if not rule.by:
        return ()
    text = f"{rule.by}摘录：{rule.given}" if rule.given else f"{rule.by}计算"
    return (Source(SourceKind.JUDGEMENT, text, FILE, reference=rule.by),)


def _value(rule: FigureRule) -> Fraction | date | str | None:
    try:
        match rule.kind:
            case FigureKind.TEXT:
                return rule.given
            case FigureKind.DATE:
                return date.fromisoformat(rule.given)
            case _:
                return _number(rule)
    except (ValueError, InvalidOperation):
        return None


def _number(rule: FigureRule) -> Fraction | None:
    match = _GIVEN.match(rule.given.strip())
    if match is None:
        return None
    digits, unit = match["number"].replace(",", "").replace("−", "-"), match["unit"].strip()
    if rule.kind is FigureKind.MONEY:
        scales = {"元": Money.yuan, "万元": Money.wan}
        return Fraction(scales[unit](digits)) if unit in scales else None
    number = Fraction(Decimal(digits))
    if rule.kind is FigureKind.RATE and unit in ("%", "％"):
        return number / 100
    return number


def _unit(rule: FigureRule) -> str:
    """The unit it was given in, where that is a word to print (万人次, 张)."""
    match = _GIVEN.match(rule.given.strip())
    return match["unit"].strip() if match and rule.kind is not FigureKind.SCORE else ""


def own_figures(opened: Opened, known: Figures) -> tuple[dict[str, Figure], tuple[Finding, ...]]:
    """All figures of figures.yaml, each after the figures it uses; one that cannot be had is left out with a finding."""
    maker = _Maker(opened, known)
    for rule in opened.dossier.figures:
        maker.make(rule)
    return maker.made, tuple(maker.findings)


class _Maker:
    """Makes figures in the order of their use, each once."""

    def __init__(self, opened: Opened, known: Figures) -> None:
        self.dossier = opened.dossier
        self.tables = opened.tables
        self.known = dict(known)
        self.rules = {rule.id: rule for rule in opened.dossier.figures}
        self.made: dict[str, Figure] = {}
        self.findings: list[Finding] = []
        self.tried: set[str] = set()

    def make(self, rule: FigureRule) -> None:
        """The figures that a rule uses, then its own: from the rule to what is being made, each waits for the next."""
        waiting = {} if rule.id in self.tried else {rule.id: iter(names_in(rule.formula))}
        while waiting:
            last = next(reversed(waiting))
            used = next((name for name in waiting[last] if name in self.rules and name not in self.tried), None)
            if used is None:
                del waiting[last]
                if last not in self.tried:
                    self.tried.add(last)
                    self._add(self.rules[last])
            elif used in waiting:
                found = "数值互相引用成环：" + " → ".join((*waiting, used))
                self._fault(self.rules[used], CODE_CYCLE, found, "每个数值最终来自材料", "断开其中一处引用")
                self.tried.update(waiting)
            else:
                waiting[used] = iter(names_in(self.rules[used].formula))

    def _add(self, rule: FigureRule) -> None:
        if bool(rule.formula) == bool(rule.given):
            found = f"数值“{rule.id}”" + (
                "既写了公式，又写了材料载明的值" if rule.formula else "没有公式，也没有材料载明的值"
            )
            self._fault(
                rule,
                CODE_NEITHER,
                found,
                "公式（formula）和材料载明的值（given）二者之一",
                "计算得来的写公式，材料载明的写值并注明佐证",
            )
            return
        if rule.given:
            figure, faults = given_figure(rule, self.dossier)
            self.findings.extend(faults)
        else:
            figure = self._computed(rule)
        if figure is not None:
            self.made[rule.id] = figure
            self.known[rule.id] = figure

    def _is_lost(self, name: str) -> bool:
        """Whether a name cannot be had for a reason that was said where it lies: a table that was not read, a figure with a fault."""
        table = name.partition(".")[0]
        unread = table not in self.tables and any(table == each.name for each in self.dossier.tables)
        return unread or (name in self.rules and name not in self.made)

    def _computed(self, rule: FigureRule) -> Figure | None:
        if any(map(self._is_lost, names_in(rule.formula))):
            return None
        answer = evaluate(rule.formula, Environment(self.known, self.tables), Place(FILE, item=rule.id))
        self.findings.extend(answer.findings)
        if answer.findings:
            return None
        if answer.kind is not None and answer.kind not in _FITTING[rule.kind]:
            found = f"数值“{rule.id}”的公式得出的是{answer.kind.value}"
            self._fault(rule, CODE_KIND, found, f"与种类“{rule.kind.value}”相符的公式", "改正种类（kind）或公式")
            return None
        value = answer.value
        if isinstance(value, bool):
            value = "是" if value else "否"
        sources = (*answer.sources, *evidence_sources(rule, self.dossier), *_said(rule))
        return Figure(
            rule.id, rule.label, rule.kind, value, rule.unit, rule.places, rule.formula, answer.figures, sources
        )

    def _fault(self, rule: FigureRule, code: str, found: str, expected: str, remedy: str) -> None:
        self.findings.append(Finding(code, Severity.ERROR, Place(FILE, item=rule.id), found, expected, remedy))
