"""How long a Word report takes: 65 tables and 6 charts, beside the floor of deflating what it writes.

Run with the package installed: python bench/report_docx.py
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from statistics import median
from time import perf_counter
from zipfile import ZipFile

from hengji.model.document import (
    AnnexStart,
    Block,
    Cell,
    Chart,
    ChartKind,
    Contents,
    Cover,
    Document,
    Heading,
    Paragraph,
    Ref,
    Row,
    RowKind,
    Series,
    Table,
    Text,
)
from hengji.reports.docx import refresh, refs, write

TABLES, ROWS, COLUMNS, CHARTS, TIMES = 65, 15, 6, 6, 9


def document() -> Document:
    """Like Boshan's report: ten chapters, fifty paragraphs, a table or working paper on most pages."""
    blocks: list[Block] = [
        Cover(("养老服务机构补助项目", "绩效评价报告"), (("委托单位", "财政局"),), "2022年5月"),
        Contents(),
    ]
    for chapter in range(10):
        blocks.append(Heading(1, f"第{chapter}章", f"a{chapter}"))
        blocks += [Paragraph((Text("资金到位" * 40), Ref("资金.到位", "251.28万元"), Text("。")))] * 5
    blocks += [chart(number) for number in range(CHARTS)]
    for number in range(TABLES):
        if number % 3 == 0:
            blocks.append(AnnexStart(f"附件{number}", "工作底稿", f"b{number}"))
        blocks.append(table(number))
    return Document("养老服务机构补助项目绩效评价报告", tuple(blocks))


def table(number: int) -> Table:
    head = Row(tuple(Cell((Text(f"表头{column}"),)) for column in range(COLUMNS)))
    rows = tuple(
        Row(
            (
                Cell((Text(f"第{row}家养老机构"),)),
                *(Cell((Ref(f"补助.{row}", "12.34"),), number=Decimal("12.34")) for _ in range(COLUMNS - 1)),
            ),
            RowKind.TOTAL if row == ROWS - 1 else RowKind.BODY,
        )
        for row in range(ROWS)
    )
    return Table(f"表{number}", "各机构补助资金发放情况", (head,), rows, (3, 1, 1, 1, 1, 1), "万元")


def chart(number: int) -> Chart:
    values = tuple(Decimal(value) for value in range(5))
    series = (Series("分值", values), Series("得分", values))
    return Chart(f"图{number}", "得分情况", ChartKind.COLUMNS, tuple("甲乙丙丁戊"), series)


def seconds(work: Callable[[], object]) -> float:
    """Median of several, after one to warm up."""
    work()
    taken = []
    for _ in range(TIMES):
        begin = perf_counter()
        work()
        taken.append(perf_counter() - begin)
    return median(taken)


def main() -> None:
    whole = document()
    plain = replace(whole, blocks=tuple(block for block in whole.blocks if not isinstance(block, Chart)))
    content = write(whole)
    with ZipFile(BytesIO(content)) as archive:
        body = archive.read("word/document.xml")
    floor = seconds(lambda: zlib.compress(body, 6))
    for name, work in (
        ("deflate alone", lambda: zlib.compress(body, 6)),
        ("write without charts", lambda: write(plain)),
        ("write", lambda: write(whole)),
        ("refs", lambda: refs(content)),
        ("refresh, nothing changed", lambda: refresh(content, {})),
    ):
        taken = seconds(work)
        print(f"{name:28}{taken:8.3f} s{taken / floor:8.1f} × deflate")
    print(f"{len(body):,} bytes of text, {len(content):,} of file, {len(refs(content)):,} figures")


if __name__ == "__main__":
    main()
