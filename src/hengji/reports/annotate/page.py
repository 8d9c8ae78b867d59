"""A review as one self-contained HTML file: the report's own text with marks, and the findings beside it.

Nothing is fetched; style and script stand inside, admitted by their hashes, so that nothing in a stranger's report could ever run.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from importlib.resources import files

from hengji.model.finding import Finding, Quote, Severity, counted
from hengji.model.quality import QualityMark
from hengji.model.record import record
from hengji.model.review import Review
from hengji.reports.annotate.body import Body
from hengji.reports.annotate.words import GROUPS, details, group_of, points, scores, statements, where
from hengji.reports.html.page import content_policy
from hengji.reports.markup import NOTHING, Markup, element, joined, text, void

MOST = 120_000
"""Bytes of marked text and of its findings on a page; it ends after the part in which they come to so many."""
_LONGEST_QUOTE = 90


@record
class Sheet:
    """标注页: a page of the marked text as UTF-8 HTML, and the numbers of the findings whose own words begin on it, counted from 1."""

    content: bytes
    findings: tuple[int, ...]


def write(review: Review, names: Mapping[str, str], marks: tuple[QualityMark, ...] = ()) -> bytes:
    """The review as UTF-8 HTML; ``names`` are the titles of checks by code, ``marks`` what a quality sheet takes off."""
    cards = _findings(review, names, range(len(review.findings)))
    return _whole(review, element("header", *_summary(review, marks), class_="summary"), cards, _report(review))


def sheets(review: Review, names: Mapping[str, str]) -> tuple[Sheet, ...]:
    """The marked text alone in pages that are quick to send, each with the findings about it; none where the report could not be read."""
    return tuple(_sheets(review, names))


def _sheets(review: Review, names: Mapping[str, str]) -> Iterator[Sheet]:
    if review.reading is None:
        return
    parts, size, begun, seen = list[Markup](), 0, 0, 0
    body = Body(review)
    for part in body.parts():
        parts.append(part)
        size += len(part.encode())
        size += sum(len(_card(at, review.findings[at], names).encode()) for at in body.met[seen:])
        seen = len(body.met)
        if size >= MOST:
            yield _sheet(review, names, parts, body.met[begun:])
            parts, size, begun = [], 0, len(body.met)
    if parts:
        yield _sheet(review, names, parts, body.met[begun:])


def _sheet(review: Review, names: Mapping[str, str], parts: list[Markup], met: list[int]) -> Sheet:
    content = _whole(review, NOTHING, _findings(review, names, sorted(met)), parts)
    return Sheet(content, tuple(number + 1 for number in sorted(met)))


def _whole(review: Review, header: Markup, cards: list[Markup], report: Iterable[Markup]) -> bytes:
    style = _packaged("html/style.css") + _packaged("annotate/review.css")
    script = _packaged("annotate/review.js")
    body = element(
        "body",
        element("a", text("跳到正文"), class_="skip", href="#report"),
        header,
        element(
            "div",
            element("aside", *cards, aria_label="审核发现"),
            element("main", element("article", *report, id="report")),
            class_="review",
        ),
        element("script", Markup(script)),
    )
    head = element(
        "head",
        void("meta", charset="utf-8"),
        void("meta", name="viewport", content="width=device-width, initial-scale=1"),
        void("meta", http_equiv="Content-Security-Policy", content=content_policy(style, script)),
        void("meta", name="color-scheme", content="light dark"),
        element("title", text(f"审核意见：{_name(review)}")),
        element("style", Markup(style)),
    )
    return f"<!doctype html>\n{element('html', head, body, lang='zh-CN')}\n".encode()


def _packaged(name: str) -> str:
    return files("hengji.reports").joinpath(name).read_text(encoding="utf-8")


def _name(review: Review) -> str:
    return review.file.replace("\\", "/").rpartition("/")[2]


def _summary(review: Review, marks: tuple[QualityMark, ...]) -> list[Markup]:
    rows = [("审核发现", counted(review.findings)), ("数量陈述", statements(review)), *scores(review)]
    entries = [element("div", element("dt", text(name)), element("dd", text(value))) for name, value in rows]
    written = [
        element("h1", text("审核意见")),
        element("p", text(_name(review)), class_="quiet"),
        element("dl", *entries),
    ]
    return [*written, _quality(marks)] if marks else written


def _quality(marks: tuple[QualityMark, ...]) -> Markup:
    lines = [
        element(
            "tr",
            element("td", text(mark.item.name)),
            *(element("td", text(points(value)), class_="right") for value in (mark.item.points, mark.item.each)),
            element("td", text(str(mark.count)), class_="right"),
            element("td", text(points(mark.lost)), class_="right"),
        )
        for mark in marks
    ]
    heads = [element("th", text(name)) for name in ("考核项", "分值（分）", "每处扣（分）", "发现（处）", "扣分（分）")]
    table = element("table", element("thead", element("tr", *heads)), element("tbody", *lines))
    total = points(sum((mark.lost for mark in marks), Decimal(0)))
    return element(
        "details", element("summary", text(f"质量考核扣分 {total} 分")), element("div", table, class_="scroll")
    )


def _findings(review: Review, names: Mapping[str, str], numbers: Sequence[int]) -> list[Markup]:
    """The findings of these numbers, counted from 0."""
    if not numbers:
        words = "这一页没有发现。" if review.findings else "没有发现不成立的地方。"
        return [element("p", text(words), class_="quiet")]
    found = [review.findings[at] for at in numbers]
    cards = (_card(at, each, names) for at, each in zip(numbers, found, strict=True))
    return [_filter(found), element("ol", *cards, class_="cards")]


def _filter(findings: Sequence[Finding]) -> Markup:
    """Shown by the script; without it all findings stand there anyway."""
    present = {finding.severity for finding in findings}
    boxes = [
        element(
            "label",
            void("input", type="checkbox", name="severity", value=severity.name.lower(), checked=""),
            text(severity.value),
        )
        for severity in Severity
        if severity in present
    ]
    groups = {group_of(finding) for finding in findings}
    options = [element("option", text("全部种类"), value="")]
    options += [element("option", text(name), value=name) for name in (*GROUPS.values(), "其他") if name in groups]
    return element(
        "form",
        element("div", *boxes, class_="boxes"),
        element("select", *options, name="group", aria_label="种类"),
        void("input", type="search", name="words", placeholder="查找文字", aria_label="查找文字", autocomplete="off"),
        element("p", text(f"共 {len(findings)} 条"), class_="quiet", role="status"),
        hidden="",
        class_="filter",
    )


def _card(at: int, finding: Finding, names: Mapping[str, str]) -> Markup:
    name = names.get(finding.code, "")
    head = element(
        "p",
        element("b", text(f"{at + 1}"), class_="at"),
        element("span", text(finding.severity.value), class_="severity"),
        element("span", text(f"{name}（{finding.code}）" if name else finding.code)),
        class_="head",
    )
    quotes = [_quote(at, each, own=number == 0) for number, each in enumerate(finding.quotes) if each.text.strip()]
    confidence = f"　把握：{finding.confidence.value}" if finding.quotes else ""
    lines = [
        element("p", text(f"{where(finding)}{confidence}"), class_="where"),
        *quotes,
        element("p", text(f"{finding.found.rstrip('。')}。")),
        *(_line(label, words) for label, words in details(finding)),
    ]
    return element(
        "li",
        head,
        *lines,
        id=f"finding-{at + 1}",
        class_=finding.severity.name.lower(),
        data_group=group_of(finding),
        tabindex=-1,
    )


def _line(label: str, words: str) -> Markup:
    return element("p", element("span", text(label), class_="label"), text(words))


def _quote(at: int, quote: Quote, *, own: bool) -> Markup:
    words = " ".join(quote.text.split())
    shown = words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + "…"
    content = element("a", text(shown), href=f"#mark-{at + 1}") if own else joined(text("对照："), text(shown))
    return element("blockquote", content)


def _report(review: Review) -> list[Markup]:
    return [NOTHING] if review.reading is None else list(Body(review).parts())
