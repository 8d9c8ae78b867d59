"""The indicator tree: typed in place, moved, added to, taken from; the library; the workbook."""

import typing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from tests.web.tree import LEAF, address, framework, named, place, typed

from hengji.model.indicator import Dimension, Framework, Indicator, SigningStep, WorkingPaper
from hengji.scoring.framework import walk
from hengji.storage.text import paper_path, paper_text, parse
from hengji.web import store, tree
from hengji.web.models import Dossier
from hengji.web.projections import refresh
from hengji.web.roles import Role
from hengji.web.screens.indicators import file_of
from hengji.work.signing import Hand, sign

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def writer(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


def test_the_tree_shows_weights_standards_and_what_they_can_give(dossier: Dossier, writer: Client) -> None:
    page = writer.get(address(dossier)).content.decode()
    assert page.count("data-weight") == len(list(walk(framework(dossier).indicators)))
    assert "可得 0、2、3、4分" in page
    assert len(page.encode()) < 200 * 1024


def test_a_form_sent_back_unchanged_changes_nothing(dossier: Dossier, writer: Client) -> None:
    head = dossier.head
    shown = tree.shown(framework(dossier))
    fields: dict[str, str] = {}

    def fill(nodes: list[typing.Any]) -> None:
        for node in nodes:
            for part in ("name", "weight", *tree.TEXTS):
                fields[f"{part}-{node['at']}"] = node[part].replace("\n", "\r\n")
            fill(node["children"])

    fill(shown)
    assert writer.post(address(dossier), typed(dossier, do="save", **fields)).status_code == 302
    dossier.refresh_from_db()
    assert dossier.head == head


def test_name_weight_and_texts_are_edited_in_place(dossier: Dossier, writer: Client) -> None:
    at = place(dossier, LEAF)
    fields = {f"name-{at}": "资金足额到位", f"weight-{at}": "4.5", f"criteria-{at}": "第一行\r\n第二行"}
    assert writer.post(address(dossier), typed(dossier, **fields)).status_code == 302
    leaf = named(dossier, LEAF)
    assert (leaf.name, leaf.weight, leaf.criteria) == ("资金足额到位", Decimal("4.5"), "第一行\n第二行")
    assert "下级分值合计4.5分" in writer.get(address(dossier)).content.decode()


@pytest.mark.parametrize("weight", ["-1", "101", "NaN", "四", "", "1e9", "0.0000001"])
def test_a_weight_that_is_none_is_told_in_place(dossier: Dossier, writer: Client, weight: str) -> None:
    at = place(dossier, LEAF)
    head = dossier.head
    answer = writer.post(address(dossier), typed(dossier, **{f"weight-{at}": weight, f"basis-{at}": "新的依据"}))
    assert answer.status_code == 422
    assert "分值应为 0 至 100 的数字" in answer.content.decode()
    assert "新的依据" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.head == head


def test_a_name_must_be_there(dossier: Dossier, writer: Client) -> None:
    at = place(dossier, LEAF)
    answer = writer.post(address(dossier), typed(dossier, **{f"name-{at}": " "}))
    assert answer.status_code == 422
    assert "名称不能空" in answer.content.decode()


def test_nodes_move_among_their_siblings_by_button(dossier: Dossier, writer: Client) -> None:
    tops = [node.id for node in framework(dossier).indicators]
    assert writer.post(address(dossier), typed(dossier, do=f"down-{place(dossier, tops[0])}")).status_code == 302
    assert [node.id for node in framework(dossier).indicators] == [tops[1], tops[0], *tops[2:]]


def test_nodes_stand_in_the_order_of_the_page(dossier: Dossier, writer: Client) -> None:
    order = list(range(len(list(walk(framework(dossier).indicators)))))
    data = QueryDict(mutable=True)
    data["base"] = dossier.head
    data.setlist("node", [str(number) for number in reversed(order)])
    before = [node.id for node in framework(dossier).indicators]
    writer.post(address(dossier), data.urlencode(), content_type="application/x-www-form-urlencoded")
    assert [node.id for node in framework(dossier).indicators] == before[::-1]
    assert {node.id for node in walk(framework(dossier).indicators)} >= set(before)


def test_a_node_moves_a_level_up_and_back_down_by_button(dossier: Dossier, writer: Client) -> None:
    top = framework(dossier).indicators[0]
    last = top.children[-1]
    assert writer.post(address(dossier), typed(dossier, do=f"out-{place(dossier, last.id)}")).status_code == 302
    assert [node.id for node in framework(dossier).indicators][:2] == [top.id, last.id]
    assert writer.post(address(dossier), typed(dossier, do=f"in-{place(dossier, last.id)}")).status_code == 302
    assert framework(dossier).indicators[0] == top


def sent(dossier: Dossier, **moved: str) -> str:
    """The form with every node where it stands, but for those that ``moved`` puts below others."""
    data = QueryDict(mutable=True)
    data["base"] = dossier.head
    numbers = [str(number) for number in range(len(list(walk(framework(dossier).indicators))))]
    data.setlist("node", [f"{number}:{moved[f'n{number}']}" if f"n{number}" in moved else number for number in numbers])
    return data.urlencode()


def test_a_node_is_dragged_below_another_parent_and_keeps_its_paper(dossier: Dossier, writer: Client) -> None:
    first, second = framework(dossier).indicators[:2]
    group = first.children[0]
    body = sent(dossier, **{f"n{place(dossier, group.id)}": str(place(dossier, second.id))})
    answer = writer.post(address(dossier), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 302
    assert group in framework(dossier).indicators[1].children
    assert group not in framework(dossier).indicators[0].children
    assert paper_path(LEAF) in store.manifest_of(dossier.head)


def test_nothing_is_put_below_itself_or_below_a_leaf_with_a_standard(dossier: Dossier, writer: Client) -> None:
    before = framework(dossier)
    top = before.indicators[0]
    inside, leaf, top_at = place(dossier, top.children[0].id), place(dossier, LEAF), place(dossier, top.id)
    for body, told in (
        (sent(dossier, **{f"n{top_at}": str(inside)}), "不能移到自己的下级里"),
        (sent(dossier, **{f"n{inside}": str(leaf)}), "不能再有下级"),
    ):
        answer = writer.post(address(dossier), body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 422
        assert told in answer.content.decode()
    assert framework(dossier) == before


def test_a_refused_form_keeps_what_was_dragged(dossier: Dossier, writer: Client) -> None:
    first, second = framework(dossier).indicators[:2]
    at, under = place(dossier, first.children[0].id), place(dossier, second.id)
    body = f"{sent(dossier, **{f'n{at}': str(under)})}&weight-{at}=x"
    answer = writer.post(address(dossier), body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert f'value="{at}:{under}"' in answer.content.decode()


@pytest.mark.parametrize("do", ["up-99999", "down-x", "remove-²", "remove-", "fly-1", "-"])
def test_a_button_that_does_not_exist_only_saves(dossier: Dossier, writer: Client, do: str) -> None:
    before = framework(dossier)
    assert writer.post(address(dossier), typed(dossier, do=do)).status_code == 302
    assert framework(dossier) == before


def test_an_indicator_is_added_below_another_with_an_id_that_can_name_a_file(dossier: Dossier, writer: Client) -> None:
    parent = framework(dossier).indicators[0]
    fields = {"add_name": "立项/程序", "add_weight": "2", "add_parent": str(place(dossier, parent.id)), "do": "add"}
    assert writer.post(address(dossier), typed(dossier, **fields)).status_code == 302
    dossier.refresh_from_db()
    assert writer.post(address(dossier), typed(dossier, **fields)).status_code == 302
    assert [node.id for node in named(dossier, parent.id).children][-2:] == ["立项_程序", "立项_程序2"]


def test_a_tree_has_no_more_levels_than_the_workbook(dossier: Dossier, writer: Client) -> None:
    writer.post(address(dossier, f"{LEAF}/"), typed(dossier, shape="", do="save"))
    dossier.refresh_from_db()
    fields = {"add_name": "第五级", "add_parent": str(place(dossier, LEAF)), "do": "add"}
    answer = writer.post(address(dossier), typed(dossier, **fields))
    assert answer.status_code == 422
    assert "指标最多4级" in answer.content.decode()


def test_an_id_used_twice_is_not_touched_by_buttons(dossier: Dossier, writer: Client) -> None:
    made = framework(dossier)
    doubled = replace(made, indicators=(*made.indicators, made.indicators[0]))
    store.commit(dossier, dossier.head, file_of(doubled), "别人", "改指标")
    refresh(dossier)
    answer = writer.post(address(dossier), typed(dossier, do="remove-0"))
    assert answer.status_code == 422
    assert "重复" in answer.content.decode()


@given(st.lists(st.from_regex(r"[0-9x²]{0,2}(:[0-9x²]{0,2})?", fullmatch=True), max_size=30))
def test_wherever_nodes_are_sent_no_node_is_lost(order: list[str]) -> None:
    parts = tuple(Indicator(f"末级{number}", "末级", Decimal(1)) for number in range(3))
    made = Framework((Indicator("甲", "甲", Decimal(3), children=parts), Indicator("乙", "乙", Decimal(1))))
    found = tree.read(made, {}, order).framework
    assert sorted(node.id for node in walk(found.indicators)) == sorted(node.id for node in walk(made.indicators))


@given(st.lists(st.text(alphabet="0123456789x²", max_size=4), max_size=30))
def test_whatever_order_is_sent_no_node_is_lost(order: list[str]) -> None:
    parts = tuple(Indicator(f"末级{number}", "末级", Decimal(1)) for number in range(3))
    made = Framework((Indicator("甲", "甲", Decimal(3), children=parts), Indicator("乙", "乙", Decimal(1))))
    read = tree.read(made, {}, order)
    assert not read.faults
    assert sorted(node.id for node in walk(read.framework.indicators)) == sorted(
        node.id for node in walk(made.indicators)
    )
    assert {node.id for node in read.framework.indicators} == {"甲", "乙"}


def test_a_top_indicator_has_the_dimension_of_its_name(dossier: Dossier, writer: Client) -> None:
    assert writer.post(address(dossier), typed(dossier, add_name="政策", add_weight="0", do="add")).status_code == 302
    assert framework(dossier).indicators[-1].dimension is Dimension.POLICY


def test_a_leaf_with_a_standard_takes_nothing_below_it(dossier: Dossier, writer: Client) -> None:
    fields = {"add_name": "下级", "add_weight": "2", "add_parent": str(place(dossier, LEAF)), "do": "add"}
    answer = writer.post(address(dossier), typed(dossier, **fields))
    assert answer.status_code == 422
    assert "不能再有下级" in answer.content.decode()


def test_an_indicator_is_taken_away_with_its_paper(dossier: Dossier, writer: Client) -> None:
    writer.post(address(dossier), typed(dossier, do=f"remove-{place(dossier, LEAF)}"))
    assert LEAF not in {node.id for node in walk(framework(dossier).indicators)}
    assert paper_path(LEAF) not in store.manifest_of(dossier.head)


def test_an_indicator_whose_paper_is_signed_is_not_taken_away(dossier: Dossier, writer: Client) -> None:
    parsed = parse(store.files_of(dossier.head)).dossier
    assert parsed is not None
    paper = next(each for each in parsed.papers if each.indicator == LEAF)
    signed = sign(paper, SigningStep.PREPARED, "评价人员", date(2026, 3, 1))
    assert isinstance(signed, WorkingPaper)
    store.commit(dossier, dossier.head, {paper_path(LEAF): paper_text(signed).encode()}, "评价人员", "签字", Hand.SIGNS)
    refresh(dossier)
    answer = writer.post(address(dossier), typed(dossier, do=f"remove-{place(dossier, LEAF)}"))
    assert answer.status_code == 422
    assert "内容锁定" in answer.content.decode()
    assert named(dossier, LEAF)


def test_a_reader_may_look_and_not_write(dossier: Dossier, people: dict[Role, Client]) -> None:
    page = people[Role.READER].get(address(dossier)).content.decode()
    assert 'name="do"' not in page
    assert people[Role.READER].post(address(dossier), {}).status_code == 403


def test_indicators_come_from_the_library(dossier: Dossier, writer: Client) -> None:
    page = writer.get(address(dossier, "library/"), {"q": "立项依据"}).content.decode()
    assert 'value="项目/立项依据充分性"' in page
    parent = framework(dossier).indicators[0]
    sent = typed(dossier, leaf="项目/立项依据充分性", parent=str(place(dossier, parent.id)))
    assert writer.post(address(dossier, "library/"), sent).status_code == 302
    added = named(dossier, parent.id).children[-1]
    assert added.id == "立项依据充分性"
    assert added.rubric is not None


@pytest.mark.parametrize(
    "sent", [{}, {"leaf": "项目/立项依据充分性"}, {"leaf": "没有", "parent": "0"}, {"parent": "x"}]
)
def test_the_library_asks_for_what_is_missing(dossier: Dossier, writer: Client, sent: dict[str, str]) -> None:
    answer = writer.post(address(dossier, "library/"), typed(dossier, **sent))
    assert answer.status_code == 422


def workbook(dossier: Dossier, writer: Client, **cells: object) -> SimpleUploadedFile:
    answer = writer.get(address(dossier, "workbook/"))
    assert answer.headers["Content-Type"] == XLSX
    book = load_workbook(BytesIO(answer.content))
    for cell, value in cells.items():
        book["指标体系"][cell] = value
    file = BytesIO()
    book.save(file)
    return SimpleUploadedFile("填报工作簿.xlsx", file.getvalue(), XLSX)


def test_the_workbook_given_back_unchanged_changes_nothing(dossier: Dossier, writer: Client) -> None:
    head = dossier.head
    sent = typed(dossier) | {"workbook": workbook(dossier, writer)}
    assert writer.post(address(dossier, "workbook/take/"), sent).status_code == 302
    dossier.refresh_from_db()
    assert dossier.head == head


def test_the_workbook_changes_the_tree(dossier: Dossier, writer: Client) -> None:
    sent = typed(dossier) | {"workbook": workbook(dossier, writer, H2="换了解释")}
    assert writer.post(address(dossier, "workbook/take/"), sent).status_code == 302
    assert "换了解释" in {node.explanation for node in walk(framework(dossier).indicators)}


@pytest.mark.parametrize("changes", [{}, {"H2": "换了解释"}])
def test_what_of_a_workbook_is_not_read_is_told(dossier: Dossier, writer: Client, changes: dict[str, object]) -> None:
    book, file = load_workbook(workbook(dossier, writer, **changes)), BytesIO()
    book["评价组"].title = "评价小组"
    book.save(file)
    sent = typed(dossier) | {"workbook": SimpleUploadedFile("填报工作簿.xlsx", file.getvalue(), XLSX)}
    page = writer.post(address(dossier, "workbook/take/"), sent, follow=True).content.decode()
    assert "工作表“评价小组”没有读取" in page
    assert "改回原名" in page


def test_a_workbook_with_a_mistake_is_refused_whole_and_tells_the_cell(dossier: Dossier, writer: Client) -> None:
    head = dossier.head
    sent = typed(dossier) | {"workbook": workbook(dossier, writer, F2="五分", H3="换了解释")}
    answer = writer.post(address(dossier, "workbook/take/"), sent)
    assert answer.status_code == 422
    assert "F2 单元格" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.head == head


@pytest.mark.parametrize(
    ("name", "content"),
    [("填报.xlsx", b"PK\x03\x04 broken"), ("填报.xlsx", b"<html>"), ("填报.exe", b"MZ"), ("填报.xlsx", b"")],
)
def test_what_is_no_workbook_is_refused(dossier: Dossier, writer: Client, name: str, content: bytes) -> None:
    sent = typed(dossier) | {"workbook": SimpleUploadedFile(name, content)}
    assert writer.post(address(dossier, "workbook/take/"), sent).status_code == 422
    assert writer.post(address(dossier, "workbook/take/"), typed(dossier)).status_code == 422
