"""What the body of a report says of its indicators, a section each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hengji.model.patterns import pattern
from hengji.model.reading import Reading
from hengji.model.scorecard import Points, Record, Where
from hengji.reading.scores.assembling import Forest, Names, Node
from hengji.reading.scores.records import BODY, record_of_statement, standard_in
from hengji.reading.scores.sections import Section
from hengji.reading.scores.sentences import Fact, Statement
from hengji.reading.scores.wording import loose, worded

_SECTION = pattern(r"(?:类)?(?:指标)?(?:分析|评价|得分|完成)?(?:情况)?(?:分析)?$")
_FEWEST_PARTS = 2
_BREATH = 18
"""So many characters are 分,扣除0.50分,评价得分."""
_SCORES = frozenset({Fact.AWARDED, Fact.DEDUCTED})


def of_body(reading: Reading, sections: tuple[Section, ...], tree: Forest) -> tuple[Forest, list[Statement]]:
    """The sections that discuss an indicator each, as a forest; and the statements that are of no section."""
    names = Names(tree)
    owners: dict[int, Section] = {}
    rest: list[Statement] = []
    chosen = {id(section) for section in sections if _is_indicator(section, names)}
    said: dict[int, list[Statement]] = {}
    below: dict[int, list[Statement]] = {}
    for section in sections:
        for statement in section.statements:
            owner = _owner(section, statement, chosen, names)
            if owner is None:
                rest.append(statement)
            elif owner is section and _is_below(section, statement, said.get(id(section), []), names):
                below.setdefault(id(section), []).append(statement)
            else:
                said.setdefault(id(owner), []).append(statement)
                owners[id(owner)] = owner
    forest: Forest = []
    nodes: dict[int, Node] = {}
    for section in sections:
        if id(section) not in chosen:
            continue
        above = next((nodes[id(each)] for each in section.ancestors() if id(each) in nodes), None)
        node = Node(_name(section, names), _record_of_section(reading, section, said.get(id(section), []), above))
        nodes[id(section)] = node
        if above is None:
            forest.append(node)
        else:
            above.add(node)
        for statement in below.get(id(section), []) if not section.children else ():
            node.add(Node(statement.subject, record_of_statement(reading, statement, Where.TEXT, BODY)))
    return forest, rest


def _is_below(section: Section, statement: Statement, said: list[Statement], names: Names) -> bool:
    """Whether a statement is of an indicator below that of its section, whose own weight was told before."""
    own = loose(_name(section, names))
    weighed = section.weight is not None or any(Fact.WEIGHT in each.facts for each in said)
    return weighed and statement.whole and not statement.pronoun and loose(statement.subject) != own


def _name(section: Section, names: Names) -> str:
    """What a section is about: its heading, without “情况” or “指标分析” where that is no part of the name."""
    plain = _SECTION.sub("", section.name) or section.name
    return section.name if names.has(section.name) or not names.of(plain) else plain


def _is_indicator(section: Section, names: Names) -> bool:
    """Whether a section discusses an indicator: a weight in its heading, or a known name in a chapter of analysis."""
    if section.weight is not None:
        return True
    if not section.is_analysis or _is_chapter(section):
        return False
    if names.of(_name(section, names)):
        return True
    if section.parent is not None and section.parent.weight is not None:
        return False
    weighed = any(statement.pronoun and Fact.WEIGHT in statement.facts for statement in section.statements)
    own = loose(_name(section, names))
    return weighed or any(loose(statement.subject) == own for statement in section.statements if statement.subject)


def _is_chapter(section: Section) -> bool:
    return section.parent is None and section.weight is None


def _owner(section: Section, statement: Statement, chosen: set[int], names: Names) -> Section | None:
    """The section that a statement is about."""
    around = next((each for each in (section, *section.ancestors()) if id(each) in chosen), None)
    if around is None:
        return None
    if statement.facts.keys() == {Fact.DEDUCTED} and names.of(statement.rated):
        return None  # 预算完成率94.07%,扣0.30分: of that indicator, whatever section tells it
    if statement.pronoun or (statement.full and not statement.subject):
        part = around is not section and names.is_parent(_name(around, names)) and not statement.of_all
        return None if part else around
    subject, own = loose(statement.subject), loose(_name(around, names))
    if subject == own or own.endswith(subject) or (subject.endswith(own) and not names.has(statement.subject)):
        return around
    return None if names.of(statement.subject) or around is not section else around


def _record_of_section(reading: Reading, section: Section, said: list[Statement], above: Node | None) -> Record:
    facts: dict[Fact, Points] = {}
    span = section.title.span
    for statement in _of_itself(section, said):
        if Fact.WEIGHT in statement.facts and Fact.WEIGHT in facts:
            continue
        fresh = {fact: points for fact, points in statement.facts.items() if fact not in facts}
        if not _is_of_the_score(statement, facts.get(Fact.AWARDED)):
            fresh.pop(Fact.DEDUCTED, None)
        if fresh and not facts:
            span = statement.span
        facts.update(fresh)
        if statement.full is not None and Fact.AWARDED not in facts and section.weight is not None:
            facts[Fact.AWARDED] = Points(statement.full, section.weight.value)
    deductions = [statement for statement in said if Fact.DEDUCTED in statement.facts]
    if len(deductions) > 1:  # each may be one of several
        facts.pop(Fact.DEDUCTED, None)
        whole = next((each for each in deductions if each.whole and _in_one_breath(each)), None)
        if whole is not None:
            facts[Fact.DEDUCTED] = whole.facts[Fact.DEDUCTED]
    weight = facts.get(Fact.WEIGHT) or section.weight
    analysis = section.body
    return Record(
        Where.TEXT,
        BODY,
        span,
        worded(reading, section.title.span),
        section.title.span.start,
        above.record.number if above is not None and above.record is not None else None,
        1 if above is None else above.depth + 1,
        weight,
        facts.get(Fact.DEDUCTED),
        facts.get(Fact.AWARDED),
        facts.get(Fact.RATE),
        standard_in(reading, section.standard, weight.value if weight else None),
        None,
        worded(reading, *analysis) if analysis and not any(child.weight for child in section.children) else None,
    )


def _in_one_breath(statement: Statement) -> bool:
    """Whether nothing stands between weight and score but what is taken off in all: 标准分7分,扣4分,得3分."""
    weight, awarded = statement.facts[Fact.WEIGHT], statement.facts[Fact.AWARDED]
    return 0 < awarded.span.start - weight.span.end < _BREATH


def _is_of_the_score(statement: Statement, told: Points | None) -> bool:
    """Whether a statement has a score, and none but that of the whole which was told before: “共扣2分，得4分” of one that got 10.44."""
    own = statement.facts.get(Fact.AWARDED)
    return own is not None and (told is None or own.value == told.value)


def _of_itself(section: Section, said: list[Statement]) -> list[Statement]:
    """What is said of the section itself, without the scores of its parts (“依据充分，得2分；程序规范，得3分；该项得5分”).

    Scores are of parts where another is of the whole by its words or is their sum, or where they add up to no more than the weight.
    """
    scores = [each for each in said if Fact.AWARDED in each.facts]
    if any(_is_less(section, each, scores[0]) for each in scores):
        said = [each for each in said if not _is_less(section, each, scores[0])]
        scores = [each for each in scores if each in said]
    values = [each.facts[Fact.AWARDED].value for each in scores]
    every = sum(values, Decimal(0))
    own = loose(section.name)
    of_all = [each for each in scores if each.whole or each.of_all or (each.subject and loose(each.subject) == own)]
    if len(scores) > _FEWEST_PARTS:
        of_all = of_all or [each for each, value in zip(scores, values, strict=True) if value * 2 == every]
    if len(values) == _FEWEST_PARTS and values[0] - _taken(said, *scores) == values[1] < values[0]:
        last = {Fact.AWARDED: scores[1].facts[Fact.AWARDED]}
        return [*(each for each in said if not each.facts.keys() & _SCORES), replace(scores[1], facts=last)]
    different = len(set(values))
    one = different == 1 if section.weight is None else every > section.weight.value and different <= _FEWEST_PARTS
    if len(scores) == 1 or (not of_all and one):
        return said
    return [each for each in said if Fact.AWARDED not in each.facts or each in of_all]


def _is_less(section: Section, statement: Statement, first: Statement) -> bool:
    """Whether weight and score are both below what heading and first score say of the section: “资金管理（11分）得9.82分。…，得3分（满分4分）”."""
    if section.weight is None or not statement.whole or statement.of_all or not statement.pronoun:
        return False
    weight, awarded = (statement.facts[fact].value for fact in (Fact.WEIGHT, Fact.AWARDED))
    return weight < section.weight.value and awarded < first.facts[Fact.AWARDED].value


def _taken(said: list[Statement], first: Statement, last: Statement) -> Decimal:
    """What is taken off behind one score up to the next: “得8分；13份漏项，扣0.5分，最后得7.5分”."""
    between = said[said.index(first) + 1 : said.index(last) + 1]
    return sum((each.facts[Fact.DEDUCTED].value for each in between if Fact.DEDUCTED in each.facts), Decimal(0))
