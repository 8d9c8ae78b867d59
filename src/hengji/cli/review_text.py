"""What a review says on a terminal: by place, with the words quoted, the sum that shows it, and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import click

from hengji.checks.registry import titles
from hengji.cli.columns import Side, aligned
from hengji.cli.output import SEVERITY_COLOURS
from hengji.model.finding import Finding, counted
from hengji.reports.annotate.words import details, points, scores, spot, statements
from hengji.work.hand_back import Marked
from hengji.work.quality import lost

_LONGEST = 100
_RELATED = 3


def say_review(marked: Marked, *, brief: bool) -> None:
    """The counts and scores, then every finding by section; a brief one only has the counts."""
    click.echo("\n".join(_lines(marked, brief=brief)))


def _lines(marked: Marked, *, brief: bool) -> Iterator[str]:
    review = marked.review
    yield click.style(review.file, bold=True)
    if review.reading is not None:
        yield f"  {statements(review)}"
        for name, value in scores(review):
            yield f"  {name}　{value}"
        yield f"  {marked.quality.title}　扣 {points(lost(marked.marks))} 分"
    if not brief or review.reading is None:
        names = titles()
        for section, findings in groupby(review.findings, lambda finding: finding.place.item):
            yield ""
            if section:
                yield click.style(section, bold=True)
            for finding in findings:
                yield from _said(finding, names.get(finding.code, ""))
        yield ""
    yield f"审核发现：{counted(review.findings)}"
    yield ""


def _said(finding: Finding, name: str) -> Iterator[str]:
    label = click.style(finding.severity.value, fg=SEVERITY_COLOURS[finding.severity], bold=True)
    titled = f"{finding.code} {name}".rstrip()
    yield f"{label} {titled}　{spot(finding) or finding.place.file}　{finding.confidence.value}"
    own, *related = [_short(quote.text) for quote in finding.quotes if quote.text.strip()] or [""]
    if own:
        yield f"    “{own}”"
    for words in related[:_RELATED]:
        yield f"    对照“{words}”"
    yield f"    {finding.found}"
    for word, said in details(finding):
        yield f"    {word}：{said}"


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"


def say_league(done: Sequence[Marked]) -> None:
    """The league table."""
    from hengji.reports.annotate.league import HEADS, ranked

    click.secho("审核汇总（按质量扣分从少到多）", bold=True)
    for line in aligned(HEADS, ranked([marked.standing for marked in done]), (Side.RIGHT, Side.LEFT)):
        click.echo(line)
