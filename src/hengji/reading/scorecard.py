"""All that a reading says of scores: tables, body, papers and conclusion put into one tree, with totals, bands and grades."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Prose, Reading, Span, Title
from hengji.model.review import Rescore
from hengji.model.scorecard import GradeGiven, GradeRange, Points, Record, Scorecard, Scored, Standard, Where, Wording
from hengji.reading.scores.assembling import Forest, Names, Node, lay_over, merged, place, richness, scored, weight_of
from hengji.reading.scores.grades import bands_in_grid, bands_in_text, given_in, totals_in
from hengji.reading.scores.literal import literal_of, rescored
from hengji.reading.scores.papers import Paper, papers_of
from hengji.reading.scores.sections import (
    ABOUT_WEIGHTS,
    Section,
    loose_statements,
    scores_listed,
    sections_of,
    weights_listed,
)
from hengji.reading.scores.sentences import Fact, Statement
from hengji.reading.scores.several import of_several
from hengji.reading.scores.standards import standard_of
from hengji.reading.scores.tables import Line, Table, tables_across, tables_of, whole_totals
from hengji.reading.scores.wording import folded, key, loose, worded

_SECTION = pattern(r"(?:类)?(?:指标)?(?:分析|评价|得分|完成)?(?:情况)?(?:分析)?$")
_JUDGES = pattern(r"分|等\s*级|级\s*别|结\s*果|档\s*次|评\s*定|结\s*论|等\s*次|评\s*为")
_CHAPTERS = 2
"""A title of this level or above ends a working paper."""
_FEWEST_PARTS = 2
_SCORES = frozenset({Fact.AWARDED, Fact.DEDUCTED})
_BODY, _PAPER = 1000, 2000


def scorecard_of(reading: Reading) -> Scorecard | None:
    """The scores of a report; None where it shows none, or scores several things one by one."""
    tables, turned = list(tables_of(reading)), list(tables_across(reading))
    if of_several(tables):
        return None
    sections = sections_of(reading)
    placed = (_in_its_section(_of_table(reading, table, at), table, sections) for at, table in enumerate(tables))
    tree = merged(sorted(placed, key=richness, reverse=True))
    body, rest = _of_body(reading, sections, tree)
    if tree:
        lay_over(tree, body)
    else:
        tree = merged([body])
    for number, table in enumerate(turned, len(tables)):
        forest = _of_table(reading, table, number)
        if not lay_over(tree, forest):
            tree = tree or merged([forest])
    papers = list(papers_of(reading))
    _papers_over(reading, tree, papers, sections)
    totals, bands, grades = _whole(reading)
    totals = [*whole_totals([*tables, *turned], totals), *totals]
    _conclusions(reading, tree, rest)
    if not tree and not totals and not bands:
        return None
    roots = tuple(_literal(reading, scored(node)) for node in tree)
    ordered = tuple(sorted(totals, key=lambda points: points.span.start))
    return Scorecard(roots, tuple(table.weight for table in tables if table.weight), ordered, bands, grades)


def rescore_of(scorecard: Scorecard) -> Rescore | None:
    """The total and grade awarded, and those that the printed standards give."""
    return rescored(scorecard)


def _literal(reading: Reading, node: Scored) -> Scored:
    children = tuple(_literal(reading, child) for child in node.children)
    whole = Scored(node.name, node.level, node.records, children)
    return whole if children else Scored(node.name, node.level, node.records, (), literal_of(reading, whole))


def _of_table(reading: Reading, table: Table, number: int) -> Forest:
    forest: Forest = []
    nodes: dict[int, Node] = {}
    numbers = {id(line): index for index, line in enumerate(table.lines)}
    for line in table.lines:
        node = Node(line.title, _record_of_line(reading, table, line, (number, numbers)))
        nodes[id(line)] = node
        above = nodes.get(id(line.parent)) if line.parent is not None else None
        if above is None:
            forest.append(node)
        else:
            above.add(node)
    return forest


def _in_its_section(forest: Forest, table: Table, sections: tuple[Section, ...]) -> Forest:
    """The indicators of a table under that of its section, where they weigh as much together: a table for each chapter."""
    weight = weight_of(forest)
    start = min((span.start for line in table.lines for span in line.name), default=0)
    above = bisect_left(sections, start, key=lambda each: each.title.span.start)
    around = [sections[above - 1], *_ancestors(sections[above - 1])] if above else []
    section = next((each for each in around if each.weight and each.weight.value == weight), None)
    if section is None or any(key(node.title) == key(section.name) for node in forest):
        return forest
    parent = Node(section.name, None)
    for node in forest:
        parent.add(node)
    return [parent]


def _record_of_line(reading: Reading, table: Table, line: Line, at: tuple[int, dict[int, int]]) -> Record:
    number, numbers = at
    awarded = any(each.awarded for each in table.lines)
    weight = line.weight.value if line.weight else None
    spans = [span for span in line.spans if span.end > span.start]
    return Record(
        Where.TABLE if awarded else Where.STANDARDS,
        number,
        Span(min(span.start for span in spans), max(span.end for span in spans)) if _close(spans) else spans[0],
        worded(reading, *line.name),
        numbers[id(line)],
        numbers[id(line.parent)] if line.parent is not None else None,
        line.level,
        line.weight,
        line.deducted,
        line.awarded,
        line.rate,
        _standard(reading, line.standard, weight),
        worded(reading, *line.reason) if line.reason else None,
        worded(reading, *line.analysis) if line.analysis else None,
    )


def _close(spans: list[Span]) -> bool:
    return max(span.end for span in spans) - min(span.start for span in spans) < 2000  # noqa: PLR2004  a row, not a page


def _standard(reading: Reading, spans: list[Span], weight: Decimal | None) -> Standard | None:
    if not spans:
        return None
    text = folded(reading, spans)
    return standard_of(text, Wording(tuple(spans), text.text), weight) if text.text else None


def _of_body(reading: Reading, sections: tuple[Section, ...], tree: Forest) -> tuple[Forest, list[Statement]]:
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
        above = next((nodes[id(each)] for each in _ancestors(section) if id(each) in nodes), None)
        node = Node(_name(section, names), _record_of_section(reading, section, said.get(id(section), []), above))
        nodes[id(section)] = node
        if above is None:
            forest.append(node)
        else:
            above.add(node)
        for statement in below.get(id(section), []) if not section.children else ():
            node.add(Node(statement.subject, _record_of_statement(reading, statement, Where.TEXT, _BODY)))
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


def _ancestors(section: Section) -> Iterator[Section]:
    above = section.parent
    while above is not None:
        yield above
        above = above.parent


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
    around = next((each for each in (section, *_ancestors(section)) if id(each) in chosen), None)
    if around is None:
        return None
    if statement.pronoun or (statement.full and not statement.subject):
        return around
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
        if Fact.AWARDED not in statement.facts:
            fresh.pop(Fact.DEDUCTED, None)
        if fresh and not facts:
            span = statement.span
        facts.update(fresh)
        if statement.full is not None and Fact.AWARDED not in facts and section.weight is not None:
            facts[Fact.AWARDED] = Points(statement.full, section.weight.value)
    if sum(Fact.DEDUCTED in statement.facts for statement in said) > 1:
        facts.pop(Fact.DEDUCTED, None)
    weight = facts.get(Fact.WEIGHT) or section.weight
    analysis = section.body
    return Record(
        Where.TEXT,
        _BODY,
        span,
        worded(reading, section.title.span),
        section.title.span.start,
        above.record.number if above is not None and above.record is not None else None,
        1 if above is None else above.depth + 1,
        weight,
        facts.get(Fact.DEDUCTED),
        facts.get(Fact.AWARDED),
        facts.get(Fact.RATE),
        _standard(reading, section.standard, weight.value if weight else None),
        None,
        worded(reading, *analysis) if analysis and not any(child.weight for child in section.children) else None,
    )


def _of_itself(section: Section, said: list[Statement]) -> list[Statement]:
    """What is said of the section itself, without the scores of its parts (“依据充分，得2分；程序规范，得3分；该项得5分”).

    Scores are of parts where another is of the whole by its words or is their sum, or where they add up to no more than the weight.
    """
    scores = [each for each in said if Fact.AWARDED in each.facts]
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


def _taken(said: list[Statement], first: Statement, last: Statement) -> Decimal:
    """What is taken off behind one score up to the next: “得8分；13份漏项，扣0.5分，最后得7.5分”."""
    between = said[said.index(first) + 1 : said.index(last) + 1]
    return sum((each.facts[Fact.DEDUCTED].value for each in between if Fact.DEDUCTED in each.facts), Decimal(0))


def _papers_over(reading: Reading, tree: Forest, papers: list[Paper], sections: tuple[Section, ...]) -> None:
    """Working papers to their indicators, and the score sentences that stand in them."""
    starts = [paper.name.start for paper in papers]
    chapters = [title.span.start for title in reading.titles if title.level <= _CHAPTERS]
    chapters.append(len(reading.text))
    ends = [chapters[min(bisect_right(chapters, start), len(chapters) - 1)] for start in starts]
    extra: dict[int, list[Statement]] = {}
    if starts:
        for section in sections:
            for statement in section.statements:
                at = bisect_right(starts, statement.span.start) - 1
                within = at >= 0 and statement.span.start < ends[at] and not papers[at].in_lines
                if within and statement.pronoun and section.weight is None and Fact.AWARDED in statement.facts:
                    extra.setdefault(at, []).append(statement)
    pairs = []
    for number, paper in enumerate(papers):
        record = _record_of_paper(reading, paper, _PAPER + number)
        pairs.append((paper.title, record))
        pairs.extend(
            (
                paper.title,
                replace(_record_of_statement(reading, statement, Where.PAPER, _PAPER + number), name=record.name),
            )
            for statement in extra.get(number, [])
        )
    place(tree, pairs)


def _record_of_paper(reading: Reading, paper: Paper, number: int) -> Record:
    return Record(
        Where.PAPER,
        number,
        paper.span,
        worded(reading, paper.name),
        weight=paper.weight,
        awarded=paper.awarded,
        standard=_standard(reading, paper.standard, paper.weight.value if paper.weight else None),
        reason=worded(reading, *paper.reason) if paper.reason else None,
        analysis=worded(reading, *paper.analysis) if paper.analysis else None,
    )


def _record_of_statement(reading: Reading, statement: Statement, where: Where, number: int) -> Record:
    facts = statement.facts
    return Record(
        where,
        number,
        statement.span,
        worded(reading, statement.span),
        weight=facts.get(Fact.WEIGHT),
        deducted=facts.get(Fact.DEDUCTED),
        awarded=facts.get(Fact.AWARDED),
        rate=facts.get(Fact.RATE),
        analysis=worded(reading, statement.sentence) if statement.whole else None,
    )


def _conclusions(reading: Reading, tree: Forest, rest: list[Statement]) -> None:
    """What a conclusion or a summary says of an indicator by its name."""
    said = [*rest, *loose_statements(reading)]
    pairs = [
        (statement.named, _record_of_statement(reading, statement, Where.CONCLUSION, _BODY + 1))
        for statement in said
        if statement.named and statement.facts
    ]
    for part in reading.parts:
        if isinstance(part, Prose) and ABOUT_WEIGHTS.search(reading.text, part.span.start, part.span.end):
            text = folded(reading, [part.span])
            pairs.extend(
                (name, Record(Where.CONCLUSION, _BODY + 2, points.span, worded(reading, points.span), weight=points))
                for name, points in weights_listed(text)
            )
        if isinstance(part, Prose) and "得分" in reading.text[part.span.start : part.span.end]:
            text = folded(reading, [part.span])
            pairs.extend(
                (name, Record(Where.CONCLUSION, _BODY + 2, points.span, worded(reading, points.span), awarded=points))
                for name, points in scores_listed(text)
            )
    roots = [node for node in tree if node.children] or tree
    top = [
        (title, record)
        for title, record in pairs
        if record.weight is None or record.awarded is not None or loose(title) in {loose(node.title) for node in roots}
    ]
    place(tree, top)


def _whole(reading: Reading) -> tuple[list[Points], tuple[GradeRange, ...], tuple[GradeGiven, ...]]:
    """Totals, bands and grades, wherever they stand."""
    totals: list[Points] = []
    bands: tuple[GradeRange, ...] = ()
    grades: list[GradeGiven] = []
    for part in reading.parts:
        if isinstance(part, Title) and part.listed:
            continue
        if isinstance(part, Grid):
            bands = bands or bands_in_grid(reading, part)
            continue
        if not _JUDGES.search(reading.text, part.span.start, part.span.end):
            continue
        text = folded(reading, [part.span])
        totals.extend(totals_in(text))
        bands = bands or bands_in_text(text)
        grades.extend(given_in(text))
    return totals, bands, tuple(grades)
