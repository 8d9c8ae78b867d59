"""A document in which every text is an attempt to become code, markup or a formula."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hengji.model.document import (
    AnnexStart,
    Cell,
    Chart,
    ChartKind,
    Contents,
    Cover,
    Document,
    Heading,
    Items,
    Paragraph,
    Ref,
    Row,
    Series,
    Table,
    Text,
)
from hengji.model.figure import Figure, FigureKind, Source, SourceKind

TEXTS = (
    "</script><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    '#panic("x") [粗] $x$ `y` <标签> @引用 *重* _斜_ // 注 \\u{41}',
    "]]> <!-- & &lt; '单引号'",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "{{ 7*7 }} ${x} %s",
)


def document(text: str) -> Document:
    """The text at every place where a document has one."""
    figure = Figure(
        text, text, FigureKind.MONEY, Fraction(12345), "元", 2, text, (text, "没有"),
        (Source(SourceKind.LEDGER, text, text, 3, text),),
    )  # fmt: skip
    words = Cell((Text(text),))
    table = Table(
        "t", text, (Row((words, words)),), (Row((words, Cell((Ref(text, text),)))),), (1, 1), unit=text, note=text
    )
    charts = (
        Chart(f"c{kind.name}", text, kind, (text, text), (Series(text, (Decimal(1), None)), Series(text, (Decimal(2),))),
              text, text)
        for kind in ChartKind
    )  # fmt: skip
    return Document(
        text,
        (
            Cover((text,), ((text, text),), text, text), Contents(), Heading(1, text, text), Paragraph((Text(text), Ref(text, text))),
            Items(((Text(text),),)), table, *charts, AnnexStart(text, text, f"{text}2"),
        ),
        {text: figure},
        subject=text,
        author=text,
    )  # fmt: skip
