"""One report in every format: the same titles, the same sentences, the same tables."""

import re
from pathlib import Path

import pytest

from hengji.model.document import Cell, Document, Heading, Paragraph, Row, Table, Text
from hengji.model.reading import Grid, Prose, Reading, Title
from hengji.reading.composed import read_document
from hengji.reading.opening import read_report
from hengji.reports.docx import writer
from hengji.reports.html import page
from hengji.reports.pdf import typeset

SENTENCE = "区交通局按季度对各养护站进行考核，考核结果与养护经费拨付挂钩，2022年共拨付126.40万元，执行率98.75%。"
SEEDS = sorted((Path(__file__).parents[4] / "shared" / "seeds").glob("*.txt"))


def words(text: str) -> tuple[Text, ...]:
    return (Text(text),)


def cells(*texts: str) -> Row:
    return Row(tuple(Cell(words(text)) for text in texts))


def report() -> Document:
    """Eight pages or so, with a table over three of them."""
    body = tuple(cells(str(number), f"第{number}养护站", f"{number}.20", f"{number * 3}.05") for number in range(1, 71))
    head = (
        Row((Cell(words("序号"), rows=2), Cell(words("养护站"), rows=2), Cell(words("补助"), columns=2))),
        cells("省级", "市级"),
    )
    table = Table("t", "养护补助明细表", head, body, (1, 3, 2, 2), "万元")
    chapters = []
    for mark, name in (("一", "概况"), ("二", "资金"), ("三", "结论")):
        chapters += [Heading(1, f"{mark}、{name}", mark), Heading(2, f"（一）{name}说明", f"{mark}1")]
        chapters += [Paragraph(words(SENTENCE * times)) for times in (1, 4, 9)]
    return Document("养护资金绩效评价报告", (*chapters[:7], table, *chapters[7:]))


def shape(reading: Reading) -> list[object]:
    """The parts, in words without blanks and numbers of tables."""
    found: list[object] = []
    for part in reading.parts:
        match part:
            case Title() if not part.listed:
                found.append((part.level, part.mark, part.text))
            case Prose():
                found.append("".join(reading.quote(part.span).split()))
            case Grid():
                texts = [
                    ["".join(reading.quote(slot.span).split()) for slot in part.row(row)] for row in range(part.height)
                ]
                found.append((part.unit, part.head, part.width, texts))
            case _:
                pass
    return found


@pytest.mark.parametrize("suffix", ["docx", "pdf", "html"])
def test_our_own_report_is_read_alike(suffix: str) -> None:
    document = report()
    writers = {"docx": writer.write, "pdf": typeset.write, "html": page.write}
    written = writers[suffix](document)
    content = written if isinstance(written, bytes) else written.encode()
    reading, findings = read_report(f"报告.{suffix}", content)
    assert reading is not None
    assert findings == ()
    expected = shape(read_document("报告", document))
    told = shape(reading)
    if suffix == "html":
        told = told[told.index(expected[0]) :][: len(expected)]
    assert told == expected


@pytest.mark.parametrize("seed", SEEDS, ids=[path.name[:3] for path in SEEDS])
def test_a_real_report_is_read_whole(seed: Path) -> None:
    """Every word stands in a part; no title is a sentence; every table has its columns."""
    reading, findings = read_report(seed.name, seed.read_bytes())
    assert reading is not None
    assert findings == ()
    covered = bytearray(len(reading.text))
    for part in reading.parts:
        covered[part.span.start : part.span.end] = b"\1" * (part.span.end - part.span.start)
        if isinstance(part, Grid) and part.caption:
            covered[part.caption.start : part.caption.end] = b"\1" * (part.caption.end - part.caption.start)
    left = "".join(sign for sign, held in zip(reading.text, covered, strict=True) if not held)
    assert len(re.sub(r"\s|单位|[：:]|</?[a-z][^<>]*>|\W|万元|元|\d", "", left)) < 40
    assert {title.level for title in reading.titles} >= {1, 2, 3}
    assert [title.mark for title in reading.titles if title.level == 1 and title.mark][:5] == [
        "一、",
        "二、",
        "三、",
        "四、",
        "五、",
    ]
