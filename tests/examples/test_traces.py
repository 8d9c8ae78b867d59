"""Any number in the three reports traces to ledger rows, roster rows, survey counts, clauses, evidence or a named judgement."""

import re
from collections.abc import Iterator

from hengji.model.document import (
    AnnexStart,
    Block,
    Chart,
    Cover,
    Document,
    Heading,
    Inline,
    Items,
    Paragraph,
    Ref,
    Row,
    Table,
    Text,
)
from hengji.model.evaluation import Evaluation
from hengji.model.figure import Figure, Figures


def inlines(document: Document) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    """Every run of the report with where it stands."""
    for block in document.blocks:
        yield from _of_block(block)


def _of_block(block: Block) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    match block:
        case Paragraph():
            yield "段落", block.inlines
        case Items():
            yield from (("列举", item) for item in block.items)
        case Table():
            for row in (*block.head, *block.body):
                yield from _of_row(block, row)
            yield f"表注 {block.caption}", (Text(block.note),)
        case Heading() | AnnexStart() | Cover() | Chart():
            pass
        case _:
            pass


def _of_row(table: Table, row: Row) -> Iterator[tuple[str, tuple[Inline, ...]]]:
    yield from ((f"表 {table.caption or table.id}", cell.inlines) for cell in row.cells)


def leaves(figure: Figure, figures: Figures, path: tuple[str, ...] = ()) -> Iterator[Figure]:
    """The figures at the bottom of a trace."""
    assert figure.id not in path, f"{path} goes round"
    if not figure.inputs:
        yield figure
    for name in figure.inputs:
        yield from leaves(figures[name], figures, (*path, figure.id))


def test_every_reference_leads_to_a_figure_and_down_to_its_sources(evaluation: Evaluation, report: Document) -> None:
    used = {inline.figure for _, run in inlines(report) for inline in run if isinstance(inline, Ref)}
    used |= {
        name for block in report.blocks if isinstance(block, Chart) for s in block.series for name in s.figures if name
    }
    assert len(used) > 60
    rootless = []
    for name in sorted(used):
        below = leaves(evaluation.figures[name], evaluation.figures)
        rootless += [f"{name} → {leaf.id}" for leaf in below if not leaf.sources]
    assert rootless == []


def test_every_figure_of_a_dossier_has_a_root(evaluation: Evaluation) -> None:
    rootless = [key for key, figure in evaluation.figures.items() if not figure.inputs and not figure.sources]
    assert rootless == []


NOT_FACTS = re.compile(
    r"""
    〔\d{4}〕\s*(?:第\s*)?\d+\s*号            # document numbers
    | [A-Z]{1,4}/?T?\s*\d+(?:\.\d+)?(?:[—-]\d{4})?   # standards: MZ/T 039-2013, DB37/T 3774—2020
    | \d{4}\s*[-.年/]\s*\d{1,2}\s*[-.月/]\s*\d{1,2}\s*日?   # days
    | \d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?
    | \d{1,2}\s*月(?:\s*\d{1,2}\s*日)?
    | “\d+工程” | 前12位                        # names
    | \d{4}\s*(?:年度|年|—\d{4}年|至\d{4}年)
    | 第\s*[\d一二三四五六七八九十]+\s*[条款项章号表行期批次部分节]
    | [（(]\d+(?:\.\d+)?分[）)]                   # the weight beside an indicator's name
    | 表\s*\d+ | 图\s*\d+ | 题\s*\d+ | 附件\s*\d+
    | 〔?佐证[A-Za-z]*\d+〕? | 〔[A-Z]\d+〕
    | ^\s*[（(]?\d+[.、）)]\s*                     # list marks
    | [（(]\d+[）)]
    """,
    re.VERBOSE | re.MULTILINE,
)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def sayings(evaluation: Evaluation) -> str:
    """What may hold digits without being a fact of this report: names, printed standards, texts of policies and evidence,
    reasons of scores (they are the formula of a figure), published values, and the words of persons."""
    dossier = evaluation.dossier
    pending = list(dossier.framework.indicators)
    texts = [dossier.framework.weight_basis]
    while pending:
        node = pending.pop()
        texts += [node.name, node.criteria, node.explanation, node.basis, node.note]
        pending.extend(node.children)
    texts += [figure.formula for figure in evaluation.figures.values()]
    texts += [figure.label for figure in evaluation.figures.values()]
    texts += [source.text for figure in evaluation.figures.values() for source in figure.sources]
    texts += [programme.name for programme in dossier.head.programmes]
    texts += [piece.title + piece.document + piece.sha256 for piece in dossier.evidence]
    texts += [q.text + o.label + str(o.value) for s in dossier.surveys for q in s.questions for o in q.options]
    texts += [q.text for s in dossier.surveys for q in s.questions]
    texts += [f"{p.value}{p.unit}（{p.where}）" for p in dossier.published]
    texts += [p.note for p in dossier.published]
    texts += [str(flip.attainable) for flip in evaluation.sheet.flips]
    texts += [refusal.text for grant in evaluation.grants for row in grant.rows for refusal in row.refusals]
    texts += [stage.start + stage.end + stage.work for stage in dossier.head.stages]
    texts += [f"{band.low.normalize():f}分（含）以上为“{band.name}”" for band in evaluation.profile.bands]
    form = dossier.goal_form
    if form is not None:
        texts += [f"{i.name}{i.operator}{i.value}" for i in form.indicators]
        texts += [form.code, form.unit, form.function_code, *form.basis, form.start, form.end, form.summary]
    for paper in dossier.papers:
        texts += [paper.index_no, str(paper.prepared_on)]
        if paper.judgement is not None:
            texts += [e.reason for e in paper.judgement.elements] + [d.text for d in paper.judgement.defects]
            texts.append(paper.judgement.reason)
        if paper.override is not None:
            texts.append(paper.override.reason)
    return "\n".join(texts)


def test_no_number_stands_in_the_report_without_a_source(evaluation: Evaluation, report: Document) -> None:
    known = sayings(evaluation)
    loose = []
    for place, run in inlines(report):
        for inline in run:
            if isinstance(inline, Text):
                clauses = re.split(r"[。；，\n]", inline.text)
                stray = [clause for clause in clauses if NUMBER.search(NOT_FACTS.sub(" ", clause))]
                loose += [f"{place}：{clause[:80]}" for clause in stray if not _said(clause, inline.text, known)]
    assert loose == []


def _said(clause: str, text: str, known: str) -> bool:
    """Whether somebody is on record with the whole text or with this clause, apart from the mark it is printed under."""
    bare = re.sub(r"^\s*(?:[√×•·]|评分依据：|评价等级按\S*?划分：)\s*", "", clause.strip())
    percentages = re.findall(r"\d+%", clause)
    standards = set(re.findall(r"\d+%", known))
    quoted = (
        bool(percentages)
        and standards.issuperset(percentages)
        and NUMBER.findall(clause) == [p[:-1] for p in percentages]
    )
    return text.strip().rstrip("。") in known or bare in known or quoted
