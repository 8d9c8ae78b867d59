"""All that a reading says of scores: tables, body, papers and conclusion put into one tree, with totals, bands and grades."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Prose, Reading, Title
from hengji.model.review import Rescore
from hengji.model.scorecard import GradeGiven, GradeRange, Points, Record, Scorecard, Scored, Where
from hengji.reading.scores.assembling import Forest, Node, lay_over, merged, place, richness, scored, weight_of
from hengji.reading.scores.body import of_body
from hengji.reading.scores.grades import bands_in_grid, bands_in_text, given_in, totals_in
from hengji.reading.scores.heading import stand_over
from hengji.reading.scores.literal import literal_of, rescored, rounding_of
from hengji.reading.scores.papers import Paper, papers_of
from hengji.reading.scores.records import BODY, PAPER, record_of_line, record_of_paper, record_of_statement
from hengji.reading.scores.sections import (
    ABOUT_WEIGHTS,
    Section,
    loose_statements,
    rates_in_order,
    scores_listed,
    sections_of,
    told_respectively,
    weights_listed,
)
from hengji.reading.scores.sentences import Fact, Statement, statements
from hengji.reading.scores.several import of_several
from hengji.reading.scores.tables import Table, tables_across, tables_of, whole_totals
from hengji.reading.scores.wording import folded, key, loose, worded

_JUDGES = pattern(r"分|等\s*级|级\s*别|结\s*果|档\s*次|评\s*定|结\s*论|等\s*次|评\s*为")
_POINTS = pattern(r"[①②③]|(?:^|[。;])\(?[12][)、.](?!\d)")
"""The points of a standard, one by one."""
_BY_STANDARD = pattern(
    r"(?:根据|按照?|依据|对照)[^。;]{0,8}(?:(?:评[分价]|打分|计分)细则|标准),?[^。;]{0,4}得分?[为是:]?\d"
    r"|综上[^。;]{0,8}得分?[为是:]?\d|(?:^|[。;,])(?:故|因此|所以|最终|评价|综合|指标)*(?:(?<=[故此以])得|得分[为是:]?)\d+(?:\.\d+)?分?[。;]?$"
)
"""What is told last is the score of the indicator, not of one of its points."""
_NAME = 3
"""A part of the name of an indicator that stands for it is so long at least."""
_CHAPTERS, _SEVERAL = 2, 3
"""A title of this level or above ends a working paper."""


def scorecard_of(reading: Reading) -> Scorecard | None:
    """The scores of a report; None where it shows none, or scores several things one by one."""
    tables, turned = list(map(stand_over, tables_of(reading))), list(tables_across(reading))
    if of_several(tables):
        return None
    sections = sections_of(reading)
    placed = (_in_its_section(_of_table(reading, table, at), table, sections) for at, table in enumerate(tables))
    tree = merged(sorted(placed, key=richness, reverse=True))
    body, rest = of_body(reading, sections, tree)
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
    roots = tuple(scored(node) for node in tree)
    tolerance = rounding_of(roots)
    roots = tuple(_literal(reading, root, tolerance) for root in roots)
    ordered = tuple(sorted(totals, key=lambda points: points.span.start))
    return Scorecard(roots, tuple(table.weight for table in tables if table.weight), ordered, bands, grades)


def rescore_of(scorecard: Scorecard) -> Rescore | None:
    """The total and grade awarded, and those that the printed standards give."""
    return rescored(scorecard)


def _literal(reading: Reading, node: Scored, tolerance: Fraction) -> Scored:
    children = tuple(_literal(reading, child, tolerance) for child in node.children)
    whole = Scored(node.name, node.level, node.records, children)
    return whole if children else Scored(node.name, node.level, node.records, (), literal_of(reading, whole, tolerance))


def _of_table(reading: Reading, table: Table, number: int) -> Forest:
    forest: Forest = []
    nodes: dict[int, Node] = {}
    numbers = {id(line): index for index, line in enumerate(table.lines)}
    where = Where.TABLE if any(line.awarded for line in table.lines) else Where.STANDARDS
    for line in table.lines:
        node = Node(line.title, record_of_line(reading, line, where, number, numbers))
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
    around = [sections[above - 1], *sections[above - 1].ancestors()] if above else []
    section = next((each for each in around if each.weight and each.weight.value == weight), None)
    if section is None or any(key(node.title) == key(section.name) for node in forest):
        return forest
    parent = Node(section.name, None)
    for node in forest:
        parent.add(node)
    return [parent]


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
    for number, paper in enumerate(papers):
        extra.setdefault(number, []).extend(_in_cells(reading, paper, extra.get(number, [])))
    pairs = []
    for number, paper in enumerate(papers):
        record = record_of_paper(reading, paper, PAPER + number)
        pairs.append((paper.title, record))
        pairs.extend(
            (
                paper.title,
                replace(record_of_statement(reading, statement, Where.PAPER, PAPER + number), name=record.name),
            )
            for statement in extra.get(number, [])
        )
    place(tree, pairs)


def _in_cells(reading: Reading, paper: Paper, known: list[Statement]) -> Iterator[Statement]:
    """The scores that the analysis of a paper in a table tells of its indicator, which no section has."""
    starts = {statement.span.start for statement in known}
    for span in paper.analysis if not paper.in_lines else ():
        text = folded(reading, [span])
        told = [each for each in statements(text) if Fact.AWARDED in each.facts]
        for each in told:
            alone = len(told) == 1 and not _POINTS.search(text.text)
            named = not each.pronoun and len(each.subject) >= _NAME and each.subject in paper.title
            own = each.of_all or (alone and (named or (each.pronoun and _BY_STANDARD.search(text.text))))
            if own and each.span.start not in starts:
                yield each


def _conclusions(reading: Reading, tree: Forest, rest: list[Statement]) -> None:
    """What a conclusion or a summary says of an indicator by its name."""
    said = [*rest, *loose_statements(reading)]
    pairs = [
        (statement.named, record_of_statement(reading, statement, Where.CONCLUSION, BODY + 1))
        for statement in said
        if statement.named and statement.facts
    ]
    for part in reading.parts:
        if isinstance(part, Prose) and ABOUT_WEIGHTS.search(reading.text, part.span.start, part.span.end):
            text = folded(reading, [part.span])
            pairs.extend(
                (name, Record(Where.CONCLUSION, BODY + 2, points.span, worded(reading, points.span), weight=points))
                for name, points in weights_listed(text)
            )
        if isinstance(part, Prose) and "得分" in reading.text[part.span.start : part.span.end]:
            text = folded(reading, [part.span])
            pairs.extend(
                (name, Record(Where.CONCLUSION, BODY + 2, points.span, worded(reading, points.span), awarded=points))
                for name, points in scores_listed(text)
            )
    roots = [node for node in tree if node.children] or tree
    pairs.extend(_told_respectively(reading, roots))
    names = {loose(node.title) for node in roots} | _weighed_by_name(tree, pairs)
    top = [
        (title, record)
        for title, record in pairs
        if record.weight is None or record.awarded is not None or loose(title) in names
    ]
    place(tree, top)


def _weighed_by_name(tree: Forest, pairs: list[tuple[str, Record]]) -> set[str]:
    """The last indicators that a list of weights names as they are called, where it names several."""
    leaves = {node.title for root in tree for node in _below(root)}
    named = [title for title, record in pairs if record.weight and record.place == BODY + 2 and title in leaves]
    return {loose(title) for title in named} if len(named) >= _SEVERAL and len(set(named)) == len(named) else set()


def _below(node: Node) -> Iterator[Node]:
    if not node.children:
        yield node
    for child in node.children:
        yield from _below(child)


def _told_respectively(reading: Reading, roots: list[Node]) -> Iterator[tuple[str, Record]]:
    """What sentences tell of top indicators in a row, one name and one number after the other, or numbers alone."""
    for part in reading.parts:
        if not isinstance(part, Prose) or "分别" not in reading.text[part.span.start : part.span.end]:
            continue
        text = folded(reading, [part.span])
        told = list(told_respectively(text))
        names = {loose(node.title) for node in roots}
        for name, what, points in told if all(loose(name) in names for name, _, _ in told) else ():
            yield name, _record_of(reading, what, points)
        for node, points in zip(roots, rates_in_order(text, len(roots)), strict=False):
            yield node.title, _record_of(reading, "得分率", points)


def _record_of(reading: Reading, what: str, points: Points) -> Record:
    name = worded(reading, points.span)
    if what == "得分":
        return Record(Where.CONCLUSION, BODY + 2, points.span, name, awarded=points)
    if what == "得分率":
        return Record(Where.CONCLUSION, BODY + 2, points.span, name, rate=points)
    return Record(Where.CONCLUSION, BODY + 2, points.span, name, weight=points)


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
