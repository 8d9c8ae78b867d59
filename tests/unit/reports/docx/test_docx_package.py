"""The file as a file: whole, the same each time, safe with any text."""

from io import BytesIO
from zipfile import ZipFile

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from tests.unit.reports import samples
from tests.unit.reports.docx.opened import found, of_blocks, opened, parts, targets, text, tree

from hengji.model.document import (
    AnnexStart,
    Cell,
    Chart,
    ChartKind,
    Cover,
    Document,
    Heading,
    Paragraph,
    Ref,
    Row,
    Series,
    Table,
    Text,
)
from hengji.model.figure import Figure, FigureKind
from hengji.reports.docx import write

HOSTILE = "甲&乙<丙>\"丁'戊]]>己&amp;"
UNSPEAKABLE = "\x00\x0b\ud800\uffff"


def test_the_same_document_gives_the_same_bytes(sample: Document) -> None:
    assert write(sample) == write(samples.document())


def test_no_entry_states_a_time(sample: Document) -> None:
    with ZipFile(BytesIO(write(sample))) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_every_part_is_well_formed_and_declared(sample: Document) -> None:
    every = parts(write(sample))
    types = etree.fromstring(every["[Content_Types].xml"])
    declared = {str(name) for name in found(types, "//t:Override/@PartName")}
    for name, content in every.items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(content)
        if name != "[Content_Types].xml" and not name.endswith(".rels"):
            assert f"/{name}" in declared


def test_every_relation_leads_to_a_part_and_every_part_is_reached(sample: Document) -> None:
    content = write(sample)
    pairs = targets(content)
    reached = {target for _, target in pairs}
    inside = {name for name in parts(content) if not name.endswith(".rels") and name != "[Content_Types].xml"}
    assert reached == inside


def test_relation_ids_in_use_are_declared(sample: Document) -> None:
    content = write(sample)
    for part, rels in (
        ("word/document.xml", "word/_rels/document.xml.rels"),
        ("word/charts/chart1.xml", "word/charts/_rels/chart1.xml.rels"),
    ):
        used = {str(each) for each in found(tree(content, part), "//@r:id")}
        declared = {str(each) for each in found(tree(content, rels), "//p:Relationship/@Id")}
        assert used
        assert used <= declared


def test_properties_tell_title_author_and_subject(sample: Document) -> None:
    properties = opened(write(sample)).core_properties
    assert (properties.title, properties.author, properties.subject) == (sample.title, sample.author, sample.subject)
    assert properties.created == properties.modified
    assert properties.language == "zh-CN"


def test_hostile_text_survives_everywhere() -> None:
    document = Document(
        HOSTILE,
        (
            Cover((HOSTILE,), ((HOSTILE, HOSTILE),), HOSTILE, HOSTILE),
            Heading(1, HOSTILE, "a"),
            Paragraph((Text(HOSTILE), Ref(HOSTILE, HOSTILE))),
            Table(HOSTILE, HOSTILE, (), (Row((Cell((Text(HOSTILE),)),)),), (1,), HOSTILE, HOSTILE),
            Chart(HOSTILE, HOSTILE, ChartKind.BARS, (HOSTILE,), (Series(HOSTILE, (None,)),), HOSTILE, HOSTILE),
            AnnexStart(HOSTILE, HOSTILE, "b"),
        ),
        {HOSTILE: Figure(HOSTILE, HOSTILE, FigureKind.TEXT, HOSTILE)},
        author=HOSTILE,
        subject=HOSTILE,
    )
    content = write(document)
    for name, part in parts(content).items():
        if name.endswith(".xml"):
            etree.fromstring(part)
    assert text(tree(content)).count(HOSTILE) == 17
    assert opened(content).core_properties.title == HOSTILE


@given(st.text())
def test_any_text_comes_back_but_for_what_xml_cannot_say(words: str) -> None:
    content = of_blocks(Paragraph((Text(words),)))
    paragraph = opened(content).paragraphs[0]
    kept = "".join(each for each in words if each in "\t\n" or (each >= " " and each not in "\ufffe\uffff"))
    assert paragraph.text == kept


def test_what_xml_cannot_say_is_left_out() -> None:
    assert opened(of_blocks(Paragraph((Text(f"甲{UNSPEAKABLE}乙"),)))).paragraphs[0].text == "甲乙"


def test_an_empty_document_opens() -> None:
    assert len(opened(of_blocks()).sections) == 1
