"""Compare: dossiers beside each other by indicator, figure and unit cost, for those who may read them."""

from decimal import Decimal
from fractions import Fraction
from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.web.conftest import EXAMPLES

from hengji.storage.folder import read_folder
from hengji.web import store
from hengji.web.comparing import Asked, compared, project
from hengji.web.jobs import run, take_next
from hengji.web.members import join
from hengji.web.models import Dossier, Job, Person
from hengji.web.projections import evaluated, refresh
from hengji.web.roles import Role
from hengji.web.works import KINDS


@pytest.fixture
def other(dossier: Dossier) -> Dossier:
    """The Yangquan example, of which the lead of the first is a reader."""
    files, _ = read_folder(EXAMPLES / "yangquan-2022")
    made = store.create(files, "主评人", "导入档案")
    refresh(made)
    return made


@pytest.fixture
def lead(people: dict[Role, Client], other: Dossier) -> Client:
    join(other, Person.objects.get(username=Role.LEAD.value), Role.READER)
    return people[Role.LEAD]


def test_the_same_figure_stands_side_by_side_with_its_links(lead: Client, dossier: Dossier, other: Dossier) -> None:
    page = lead.get("/compare/").content.decode()
    assert dossier.name in page
    assert other.name in page
    assert f"/d/{dossier.key}/figures/" in page
    assert f"/d/{other.key}/figures/" not in page, "a reader may not see what a figure comes from"


def test_only_what_one_may_read_is_compared(people: dict[Role, Client], other: Dossier, stranger: Client) -> None:
    assert other.name not in people[Role.EVALUATOR].get("/compare/").content.decode()
    assert "还没有可以比较的档案" in stranger.get("/compare/").content.decode()


def test_an_indicator_and_a_unit_cost_by_hand(dossier: Dossier) -> None:
    evaluation, _ = evaluated(dossier.head)
    assert evaluation is not None
    data = project(evaluation)
    data["figures"]["甲.金额"] = ["补助金额", "金额", "1000", "", "10.00元"]
    data["figures"]["甲.人数"] = ["补助人数", "数量", "3", "人", "3人"]
    data["indicators"]["执行率"] = ["2", "3", "执行率"]
    row = compared(dossier, data, Asked("执行率", "甲.金额", "甲.人数"))
    assert (row.rate, row.cost, row.unit, row.value) == (Decimal("66.67"), Decimal("3.33"), "元/人", Fraction(1000))
    data["figures"]["甲.人数"][2] = "0"
    assert compared(dossier, data, Asked("没有", "甲.金额", "甲.人数")).cost is None
    assert compared(dossier, data, Asked("没有", "没有", "甲.人数")).shown == ""


def test_it_is_sorted_with_the_absent_last(lead: Client, dossier: Dossier, other: Dossier) -> None:
    for sort, reverse in (("score", False), ("-score", True)):
        page = lead.get(f"/compare/?sort={sort}").content.decode()
        order = sorted((dossier, other), key=lambda each: each.score or 0, reverse=reverse)
        assert page.index(order[0].name) < page.index(order[1].name)
    evaluation, _ = evaluated(dossier.head)
    assert evaluation is not None
    own = next(key for key in project(evaluation)["figures"] if key.startswith("床均"))
    for sort in ("value", "-value"):
        page = lead.get("/compare/", {"figure": own, "sort": sort}).content.decode()
        assert page.index(dossier.name) < page.index(other.name)
    assert lead.get("/compare/?sort=绝无&figure=绝无&indicator=绝无&per=绝无").status_code == 200


def test_the_table_goes_out_as_it_is_seen(lead: Client, dossier: Dossier, other: Dossier) -> None:
    Dossier.objects.filter(pk=other.pk).update(name="=1+1")
    text = lead.get("/compare/table.csv?sort=name").content.decode("utf-8-sig").splitlines()
    assert text[1].startswith("'=1+1,")
    book = load_workbook(BytesIO(lead.get("/compare/table.xlsx").content))
    cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
    assert "'=1+1" in cells
    assert float(dossier.score or 0) in [cell for cell in cells if isinstance(cell, int | float)]
    assert lead.get("/compare/table.exe").status_code == 404


def test_many_dossiers_are_worked_out_by_a_job(lead: Client, dossier: Dossier) -> None:
    files = store.files_of(dossier.head)
    someone = Person.objects.get(username=Role.LEAD.value)
    for number in range(3):
        changed = files | {"dossier.yaml": files["dossier.yaml"].replace(b"name: ", f"name: {number}".encode(), 1)}
        join(store.create(changed, "主评人", "导入"), someone, Role.LEAD)
    assert "没有算完" in lead.get("/compare/").content.decode()
    lead.get("/compare/")
    assert Job.objects.count() == 1
    job = take_next()
    assert job is not None
    run(job, KINDS)
    assert "没有算完" not in lead.get("/compare/").content.decode()
    assert Job.objects.count() == 1


def test_a_dossier_that_cannot_be_read_is_told_of(lead: Client, dossier: Dossier, other: Dossier) -> None:
    store.commit(dossier, dossier.head, {"dossier.yaml": b"name: [\n"}, "甲", "写坏了")
    refresh(dossier)
    page = lead.get("/compare/").content.decode()
    assert "有 1 份档案算不出来" in page
    assert other.name in page
    assert not Job.objects.exists()
