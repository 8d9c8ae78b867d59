"""The standard of a leaf: every shape as a form, tried without being saved, told beside each field what is wrong."""

from decimal import Decimal

import pytest
from django.test import Client
from tests.unit.scoring.test_shapes import GIVEN
from tests.web.tree import LEAF, address, named, typed

from hengji.model.band import Band
from hengji.model.rubric import Bands, Rubric
from hengji.web import rubric_forms
from hengji.web.models import Dossier
from hengji.web.roles import Role
from hengji.work.workbook.framework import SHAPES


@pytest.fixture
def writer(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


@pytest.mark.parametrize("rubric", [each[0] for each in GIVEN], ids=lambda rubric: type(rubric).__name__)
def test_a_standard_of_every_shape_comes_back_as_it_was_shown(rubric: Rubric) -> None:
    made, faults = rubric_forms.read(rubric.SHAPE, rubric_forms.as_given(rubric))
    assert not faults
    assert made == rubric
    fields = rubric_forms.fields_of(rubric.SHAPE, rubric_forms.as_given(rubric), {})
    assert all(field["label"] for field in fields)


@pytest.mark.parametrize("shape", list(SHAPES))
def test_an_empty_form_of_every_shape_is_shown_and_tells_what_is_missing(
    dossier: Dossier, writer: Client, shape: str
) -> None:
    page = writer.post(address(dossier, f"{LEAF}/"), typed(dossier, shape=shape, do="shape"))
    assert page.status_code == 200
    head = dossier.head
    answer = writer.post(address(dossier, f"{LEAF}/"), typed(dossier, shape=shape, do="save"))
    if shape == "酌情":
        assert answer.status_code == 302
    else:
        assert answer.status_code == 422
        dossier.refresh_from_db()
        assert dossier.head == head


def bands(**changes: str) -> dict[str, str]:
    fields = {
        "shape": "分档",
        "rubric-actual": "资金.到位率",
        "rubric-bands-0-points": "4",
        "rubric-bands-0-low": "95%",
        "rubric-bands-0-low_edge": "含",
        "rubric-bands-0-high_edge": "不含",
        "rubric-bands-2-points": "0",
        "rubric-bands-2-high": "95%",
        "rubric-bands-3-low_edge": "含",
    }
    return fields | changes


def test_a_standard_is_tried_without_being_saved(dossier: Dossier, writer: Client) -> None:
    head = dossier.head
    sent = typed(dossier, do="try", **bands(**{"rubric-bands-2-high": "90%"}))
    page = writer.post(address(dossier, f"{LEAF}/"), sent).content.decode()
    assert "90%与95%之间没有档" in page
    assert "可得 <b>0、4分</b>" in page
    assert "按现有材料得 4.00 分" in page
    dossier.refresh_from_db()
    assert dossier.head == head


def test_a_standard_is_saved_and_blank_rows_do_not_count(dossier: Dossier, writer: Client) -> None:
    assert writer.post(address(dossier, f"{LEAF}/"), typed(dossier, do="save", **bands())).status_code == 302
    rubric = named(dossier, LEAF).rubric
    assert rubric == Bands("资金.到位率", (Band(Decimal(4), low="95%"), Band(Decimal(0), high="95%")))


def test_what_is_wrong_with_a_standard_is_told_beside_each_field(dossier: Dossier, writer: Client) -> None:
    sent = bands(**{"rubric-actual": "", "rubric-bands-0-points": "四分", "rubric-bands-2-high_edge": "也许"})
    answer = writer.post(address(dossier, f"{LEAF}/"), typed(dossier, do="save", **sent))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "实际值没有填" in page
    assert "“四分”不是数字" in page
    assert "含、不含之一" in page


def test_an_unknown_figure_is_told_when_a_standard_is_tried(dossier: Dossier, writer: Client) -> None:
    sent = typed(dossier, do="try", **bands(**{"rubric-actual": "资金.没有"}))
    assert "没有编号为“资金.没有”的数值" in writer.post(address(dossier, f"{LEAF}/"), sent).content.decode()


def test_not_applicable_needs_a_reason(dossier: Dossier, writer: Client) -> None:
    sent = typed(dossier, do="save", applicability="不适用", note="", **bands())
    answer = writer.post(address(dossier, f"{LEAF}/"), sent)
    assert answer.status_code == 422
    assert "要在说明里写理由" in answer.content.decode()
    assert writer.post(address(dossier, f"{LEAF}/"), sent | {"note": "本项目不拨款"}).status_code == 302


def test_a_standard_that_does_not_exist_is_refused(dossier: Dossier, writer: Client) -> None:
    answer = writer.post(address(dossier, f"{LEAF}/"), typed(dossier, shape="随便"))
    assert answer.status_code == 422
    assert writer.get(address(dossier, "没有这个/")).status_code == 404
    assert writer.get(address(dossier, "决策/")).status_code == 404
