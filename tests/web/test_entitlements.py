"""Entitlements: claims by institution, scheme and tier, down to the person's rows and the clause; nothing of persons for who may not see it."""

import csv
import io
from dataclasses import replace
from urllib.parse import quote

import openpyxl
import pytest
from django.test import Client
from tests.web.conftest import EXAMPLES, browser

from hengji.funds.reconciliation_figures import ALL
from hengji.model.table import Column, ColumnType, Keeping
from hengji.storage.folder import read_folder
from hengji.storage.text import parse, render
from hengji.web import store
from hengji.web.models import Dossier
from hengji.web.projections import refresh
from hengji.web.roles import Role

HOME = "博山区北山老年养护中心"
SCHEME = "运营补助2020"
CITIZEN = "110101194901010018"


@pytest.fixture
def boshan(db: None) -> Dossier:
    files, _ = read_folder(EXAMPLES / "boshan-2021")
    made = store.create(files, "主评人", "导入档案")
    refresh(made)
    return made


@pytest.fixture
def judge(boshan: Dossier) -> Client:
    return browser(boshan, Role.EVALUATOR)


def address(dossier: Dossier, *parts: str) -> str:
    return f"/d/{dossier.key}/entitlements/" + "".join(f"{quote(part)}/" for part in parts)


def test_claims_stand_by_institution_scheme_and_tier_with_totals(boshan: Dossier, judge: Client) -> None:
    page = judge.get(address(boshan)).content.decode()
    assert page.count("data-row") == 12
    assert "65,400.00" in page
    assert '<th scope="col" class="number"><a href="?sort=-%E5%BA%94%E8%A1%A5">应补（元）</a>' in page
    assert "合计" in page


def test_the_sum_of_what_is_not_known_of_each_is_not_told(boshan: Dossier, judge: Client) -> None:
    """The budget of the village homes is known for all of them together only."""
    whole = judge.get(address(boshan))
    assert whole.context["list"]["totals"][4:7] == ("1,052,100.00", "—", "685,400.00")
    assert "应付“—”：预算没有分到机构" in whole.content.decode()
    assert judge.get(address(boshan), {"only.核算": SCHEME}).context["list"]["totals"][5] == "108,100.00"


def test_payments_for_which_nothing_is_worked_out_are_listed_too(boshan: Dossier, judge: Client) -> None:
    page = judge.get(address(boshan)).content.decode()
    assert "博山康寿源生态养老中心" in page.partition("不在对账表的付款")[2]
    assert "12,640.00" in page
    assert "没有核算应补" in page


def test_the_address_filters_and_sorts(boshan: Dossier, judge: Client) -> None:
    answer = judge.get(address(boshan), {"only.核算": SCHEME, "sort": "-未付"})
    lines = answer.context["list"]["rows"]
    assert [line["cells"][7]["text"] for line in lines] == ["36,300.00", "6,400.00", "0.00"]
    assert answer.context["list"]["totals"][4] == "108,100.00"
    assert judge.get(address(boshan), {"q": "没有这家"}).content.decode().count("data-row") == 0
    assert judge.get(address(boshan), {"sort": "没有这列", "page": "九", "only.没有": "x"}).status_code == 200


def test_an_institution_is_told_row_by_row_and_person_by_person(boshan: Dossier, judge: Client) -> None:
    answer = judge.get(address(boshan, SCHEME, HOME))
    assert answer.context["list"]["page"].paginator.count == 41
    assert answer.context["list"]["totals"][-3] == "108,100.00"
    assert "台账行" in answer.content.decode()
    persons = judge.get(address(boshan, SCHEME, HOME), {"by": "person"})
    assert persons.context["list"]["page"].paginator.count == 41
    one = judge.get(address(boshan, SCHEME, HOME), {"person": "3"})
    assert one.context["list"]["page"].paginator.count == 1


def test_a_row_leads_to_its_derivation_and_clause(boshan: Dossier, judge: Client) -> None:
    page = judge.get(address(boshan, SCHEME, "row", "1")).content.decode()
    assert "应补" in page
    assert "其中" in page or "＝" in page
    assert "逐步推导" in page
    assert "鲁民" in page
    refused = next(
        line["link"]
        for line in judge.get(address(boshan, SCHEME, HOME), {"only.结果": "不予补助"}).context["list"]["rows"]
    )
    assert "不予补助" in judge.get(refused).content.decode()


@pytest.mark.parametrize("person", ["0", "-1", "42", "x", "9" * 400, "²"])
def test_a_person_that_is_no_row_is_not_found(boshan: Dossier, judge: Client, person: str) -> None:
    assert judge.get(address(boshan, SCHEME, HOME), {"person": person}).status_code == 404


def test_what_is_not_there_is_not_found(boshan: Dossier, judge: Client) -> None:
    assert judge.get(address(boshan, SCHEME, "没有的机构")).status_code == 404
    assert judge.get(address(boshan, "没有的核算", HOME)).status_code == 404
    assert judge.get(address(boshan, SCHEME, "row", "0")).status_code == 404
    assert judge.get(address(boshan, SCHEME, "row", "42")).status_code == 404


def test_a_reader_sees_institutions_and_no_person(boshan: Dossier) -> None:
    reader = browser(boshan, Role.READER)
    page = reader.get(address(boshan))
    assert HOME in page.content.decode()
    assert not any(line["link"] for line in page.context["list"]["rows"])
    assert reader.get(address(boshan, SCHEME, HOME)).status_code == 403
    assert reader.get(address(boshan, SCHEME, "row", "1")).status_code == 403


def personal(dossier: Dossier) -> None:
    """The roster's own numbers become identity numbers kept plain, the first of them in a note that begins like a formula."""
    files = store.files_of(dossier.head)
    parsed = parse(files).dossier
    assert parsed is not None
    tables = tuple(
        replace(table, columns=tuple(_identity(column) for column in table.columns))
        if table.name == "入住人员"
        else table
        for table in parsed.tables
    )
    path = "data/入住人员.csv"
    rows = list(csv.reader(io.StringIO(files[path].decode("utf-8-sig"))))
    at = rows[0].index("人员编号")
    home = rows[0].index("机构")
    for row in rows[1:]:
        row[at] = CITIZEN
        row[home] = "=1+1"
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    edits = {
        "data/tables.yaml": render(replace(parsed, tables=tables))["data/tables.yaml"],
        path: text.getvalue().encode(),
    }
    store.commit(dossier, dossier.head, edits, "评价人员", "改名册")
    refresh(dossier)


def _identity(column: Column) -> Column:
    if column.name != "人员编号":
        return column
    return replace(column, type=ColumnType.CITIZEN, keeping=Keeping.PLAIN, synonyms=("身份证号",))


def test_recipients_that_are_persons_are_not_named_to_a_reader(boshan: Dossier, judge: Client) -> None:
    files = store.files_of(boshan.head)
    parsed = parse(files).dossier
    assert parsed is not None
    column = Column("机构", ColumnType.CITIZEN, keeping=Keeping.PLAIN)
    tables = tuple(
        replace(table, columns=(column, *table.columns[1:])) if table.name == "入住人员" else table
        for table in parsed.tables
    )
    path = "data/入住人员.csv"
    edits = {
        "data/tables.yaml": render(replace(parsed, tables=tables))["data/tables.yaml"],
        path: files[path].replace(HOME.encode(), CITIZEN.encode()),
    }
    store.commit(boshan, boshan.head, edits, "评价人员", "改名册")
    refresh(boshan)
    reader = browser(boshan, Role.READER)
    asked: list[dict[str, str]] = [{}, {"file": "csv"}]
    for there in asked:
        page = reader.get(address(boshan), there).content.decode()
        assert CITIZEN[-4:] not in page
        assert "逐人，不列名" in page
        assert f"110***********{CITIZEN[-4:]}" in judge.get(address(boshan), there).content.decode()


def test_an_identity_number_is_never_shown_whole_and_a_formula_never_written(boshan: Dossier, judge: Client) -> None:
    personal(boshan)
    there = address(boshan, SCHEME, "=1+1")
    for page in (there, f"{there}?by=person", address(boshan, SCHEME, "row", "1")):
        body = judge.get(page).content.decode()
        assert CITIZEN not in body, page
        assert f"110***********{CITIZEN[-4:]}" in body
    for suffix in ("csv", "xlsx"):
        for page in (address(boshan), there):
            content = judge.get(page, {"file": suffix}).content
            cells = cells_of(content, suffix)
            assert CITIZEN not in "".join(cells)
            assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]
    assert "'=1+1" in cells_of(judge.get(address(boshan), {"file": "csv"}).content, "csv")


def cells_of(content: bytes, suffix: str) -> list[str]:
    if suffix == "csv":
        return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]


def test_a_file_holds_what_the_address_asks(boshan: Dossier, judge: Client) -> None:
    answer = judge.get(address(boshan), {"file": "csv", "only.核算": SCHEME, "sort": "-应补"})
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[4] for row in rows] == ["应补（元）", "65400.00", "36300.00", "6400.00"]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert judge.get(address(boshan), {"file": "exe"}).headers["Content-Type"].startswith("text/html")


def test_an_empty_dossier_says_what_to_do(db: None) -> None:
    made = store.create({"dossier.yaml": store.files_of(_dossier().head)["dossier.yaml"]}, "主评人", "新建")
    refresh(made)
    page = browser(made, Role.LEAD).get(address(made)).content.decode()
    assert "还没有待遇核算" in page


def _dossier() -> Dossier:
    files, _ = read_folder(EXAMPLES / "weiyang-2020")
    return store.create(files, "主评人", "导入档案")


def test_rows_of_all_institutions_together_tell_whose_they_are(boshan: Dossier, judge: Client) -> None:
    together = judge.get(address(boshan, SCHEME, ALL)).context["list"]
    alone = judge.get(address(boshan, SCHEME, HOME)).context["list"]
    headings = [[heading["printed"] for heading in each["headings"]] for each in (together, alone)]
    assert ["机构" in each for each in headings] == [True, False]
