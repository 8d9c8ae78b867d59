"""Every form that is filled in wrongly says so at the field, links to it from the top of the page, and keeps what was typed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web.forms import told_in_place

from hengji.model.band import Edge, QualitativeTier
from hengji.model.rubric import QualitativeTiers
from hengji.scoring.framework import FILE, walk
from hengji.storage.codec import encode
from hengji.web import store, tree
from hengji.web.models import Dossier
from hengji.web.projections import opened, refresh
from hengji.web.roles import Role
from hengji.work.load import Opened

Wrong = tuple[str, Mapping[str, object], set[str]]
"""An address, what is typed, and the fields at which something must be told."""
Forms = Callable[[Dossier], Iterator[Wrong]]
LOW = QualitativeTier("差", Decimal(0), Decimal(0), Edge.INCLUDED)
HIGH = QualitativeTier("好", Decimal("0.5"), Decimal(1), Edge.INCLUDED)


@pytest.fixture
def judge(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


def read(dossier: Dossier) -> Opened:
    found, _ = opened(dossier.head)
    assert found is not None
    return found


def of_the_tree(dossier: Dossier) -> Iterator[Wrong]:
    leaf = next(each.id for each in walk(read(dossier).dossier.framework.indicators) if not each.children)
    yield "indicators/", {"do": "add", "add_weight": "四"}, {"add_name", "add_weight"}
    yield "indicators/", {"name-1": " ", "weight-2": "-3"}, {"name-1", "weight-2"}
    yield "indicators/library/", {}, {"leaf"}
    yield "indicators/library/", {"leaf": "项目/资金到位率"}, {"parent"}
    yield "indicators/workbook/take/", {"workbook": SimpleUploadedFile("a.xlsx", b"not zip")}, {"workbook"}
    yield f"indicators/{leaf}/", {"shape": "等级评判", "do": "save"}, set()
    yield f"papers/{leaf}/evidence/", {"files": SimpleUploadedFile("a.exe", b"MZ"), "source": "区民政局"}, {"files"}
    yield f"papers/{leaf}/", {"analysis": "长" * 60_001}, {"analysis"}


def of_what_is_collected(dossier: Dossier) -> Iterator[Wrong]:
    found = read(dossier).dossier
    survey = found.surveys[0]
    choices = {f"at-{each.id}" for each in survey.questions if each.options}
    draft = {"method": "面访", "text-0": "好吗", "weight-0": "重", "options-0": "好"}
    yield "surveys/", {"id": "不/行"}, {"id", "title", "respondents"}
    yield f"surveys/{survey.id}/links/", {"kind": "一人一答", "count": "很多"}, {"count"}
    yield f"surveys/{survey.id}/edit/", draft, {"title", "respondents", "weight-0", "options-0"}
    yield f"surveys/{survey.id}/sheets/", {"sheet": "零"}, {"sheet", *choices}
    yield "data/new/", {"file": SimpleUploadedFile("a.exe", b"MZ")}, {"new-file"}
    yield "data/upload/", {"table": found.tables[0].name}, {"file-0"}
    yield "funds/edit/", {"n0-0": "昨天", "n0-1": "送去", "n0-4": "许多"}, {"n0-0", "n0-1", "n0-4"}


def of_what_is_written(dossier: Dossier) -> Iterator[Wrong]:
    problem = read(dossier).dossier.problem_book.problems[0].id
    advice = {"title:new": "", "detail:new": "这样做"}
    yield f"findings/{problem}/", advice | {"detail": "事实", "deadline": "下月"}, {"title", "title:new", "deadline"}
    yield "basics/", {}, set()


@pytest.mark.parametrize("forms", [of_the_tree, of_what_is_collected, of_what_is_written])
def test_each_form_of_a_dossier_tells_at_the_field(forms: Forms, fresh: Dossier, judge: Client) -> None:
    for rest, typed, fields in forms(fresh):
        answer = judge.post(f"/d/{fresh.key}/{rest}", {"base": fresh.head, **typed})
        assert answer.status_code == 422, rest
        page = answer.content.decode()
        told = told_in_place(page)
        assert fields <= set(told), rest
        assert all(str(value) in page for name, value in typed.items() if name in {"deadline", "add_weight", "source"})


def test_the_forms_above_dossiers_tell_at_the_field(judge: Client) -> None:
    for address, typed, fields in (
        ("/new/", {"kind": "项目", "year": "去年"}, {"year"}),
        ("/new/", {"kind": "项目", "year": "9" * 5000}, {"year"}),
        ("/new/", {"archive": SimpleUploadedFile("a.zip", b"no")}, {"archive"}),
        ("/tokens/", {"scope": "全部"}, {"name", "scope", "days"}),
        ("/review/", {}, {"reports"}),
        ("/review/", {"reports": SimpleUploadedFile("a.exe", b"MZ")}, {"reports"}),
    ):
        answer = judge.post(address, typed)
        assert answer.status_code == 422, address
        assert set(told_in_place(answer.content.decode())) == fields, address


def test_a_year_typed_in_wide_digits_is_that_year(judge: Client) -> None:
    made = judge.post("/new/", {"kind": "项目", "year": "２０２５"})
    assert made.status_code == 302
    newest = Dossier.objects.latest("pk")
    assert newest.year == 2025
    assert newest.revisions.get().why == "新建2025年项目评价档案"


@pytest.fixture
def tiers(dossier: Dossier) -> str:
    """A leaf that is judged by tiers with a coefficient within the tier."""
    framework = read(dossier).dossier.framework
    leaf = next(each for each in walk(framework.indicators) if not each.children)
    made = tree.replaced(framework, replace(leaf, rubric=QualitativeTiers((LOW, HIGH))))
    store.commit(dossier, dossier.head, {FILE: encode(made).encode()}, "甲", "按档次评")
    refresh(dossier)
    return leaf.id


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"grade": "好"}, "coefficient", "没有写“好”档内的系数"),
        ({"grade": "好", "coefficient": "很高"}, "coefficient", "不是数字"),
        ({"grade": "好", "coefficient": "1.5"}, "coefficient", "不在“好”档之内"),
        ({"coefficient": "0.5"}, "grade", "选一个等次"),
        ({"grade": "好", "coefficient": "0.5", "override_score": "99"}, "override_score", "99"),
        ({"grade": "好", "coefficient": "0.5", "by": ""}, "by", "没有写由谁评判"),
    ],
)
def test_what_is_missing_in_a_judgement_is_told_at_its_field(
    typed: dict[str, str], field: str, words: str, tiers: str, dossier: Dossier, judge: Client
) -> None:
    given = {"base": dossier.head, "by": "评价组", "override_reason": "", "override_by": "评价组", **typed}
    if "override_score" in typed:
        given["override_reason"] = "另有规定"
    answer = judge.post(f"/d/{dossier.key}/scoring/{tiers}/", given)
    assert answer.status_code == 422
    told = told_in_place(answer.content.decode())
    assert set(told) == {field}
    assert words in told[field]


def test_a_tier_of_one_coefficient_asks_for_none(tiers: str, dossier: Dossier, judge: Client) -> None:
    given = {"base": dossier.head, "by": "评价组", "grade": "差"}
    assert judge.post(f"/d/{dossier.key}/scoring/{tiers}/", given).status_code == 302
