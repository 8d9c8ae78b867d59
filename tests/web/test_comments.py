"""征求意见: comments by place, answers with their reasons, and the table that goes back."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.web.forms import told_in_place

from hengji.web.models import Comment, Dossier
from hengji.web.roles import Role
from hengji.web.screens.comments import places


def at(dossier: Dossier, rest: str = "") -> str:
    return f"/d/{dossier.key}/comments/{rest}"


@pytest.fixture
def comment(dossier: Dossier, people: dict[Role, Client]) -> Comment:
    place = places(dossier)["指标"][0]
    sent = {"place": place, "text": "=HYPERLINK(1) 已有批复，见附件。"}
    assert people[Role.COMMENTER].post(at(dossier), sent).status_code == 302
    return Comment.objects.get()


def test_a_comment_stands_at_its_place_and_leads_there(
    dossier: Dossier, people: dict[Role, Client], comment: Comment
) -> None:
    page = people[Role.READER].get(at(dossier)).content.decode()
    assert comment.text in page
    assert f">{comment.place}</a>" in page
    assert "待答复 1" in page
    assert 'name="answer"' not in page
    assert 'name="text"' not in page


def test_what_is_not_adopted_needs_its_reason(dossier: Dossier, people: dict[Role, Client], comment: Comment) -> None:
    answering = at(dossier, f"{comment.pk}/answer/")
    lead = people[Role.LEAD]
    assert "没有写不采纳的理由" in lead.post(answering, {"adopted": "no"}).content.decode()
    assert set(told_in_place(lead.post(answering, {"adopted": "no"}).content.decode())) == {f"{comment.pk}answer"}
    kept = lead.post(answering, {"answer": "批复晚于评价日"})
    assert kept.status_code == 422
    assert set(told_in_place(kept.content.decode())) == {f"{comment.pk}adopted"}
    assert "批复晚于评价日" in kept.content.decode()
    comment.refresh_from_db()
    assert comment.answered is None
    assert lead.post(answering, {"adopted": "no", "answer": "批复晚于评价日"}).status_code == 302
    comment.refresh_from_db()
    assert (comment.adopted, comment.answer, str(comment.answered_by)) == (False, "批复晚于评价日", "主评人")
    shown = people[Role.COMMENTER].get(at(dossier)).content.decode()
    assert "批复晚于评价日" in shown
    assert "不采纳 1" in shown
    assert people[Role.COMMENTER].post(answering, {"adopted": "yes"}).status_code == 403


def test_wrong_input_is_answered_in_place_and_kept(dossier: Dossier, people: dict[Role, Client]) -> None:
    answer = people[Role.COMMENTER].post(at(dossier), {"place": "没有的地方", "text": "这里不对"})
    assert answer.status_code == 422
    assert "这里不对" in answer.content.decode()
    assert "选一个位置" in answer.content.decode()
    nothing = people[Role.COMMENTER].post(at(dossier), {}).content.decode()
    assert list(told_in_place(nothing)) == ["place", "text"]
    assert people[Role.COMMENTER].post(at(dossier), {"place": "全文", "text": "长" * 5001}).status_code == 422
    assert not Comment.objects.exists()


def test_the_table_goes_out_as_word_and_excel(dossier: Dossier, people: dict[Role, Client], comment: Comment) -> None:
    book = load_workbook(BytesIO(people[Role.COMMENTER].get(at(dossier, "table.xlsx")).content))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert f"'{comment.text}" in cells
    assert comment.text not in cells
    word = ZipFile(BytesIO(people[Role.LEAD].get(at(dossier, "table.docx")).content)).read("word/document.xml").decode()
    assert "已有批复，见附件。" in word
    assert "待答复" in word
    assert people[Role.LEAD].get(at(dossier, "table.exe")).status_code == 404


def test_a_comment_of_another_dossier_is_not_there(
    dossier: Dossier, people: dict[Role, Client], comment: Comment
) -> None:
    other = Dossier.objects.create(head=dossier.head)
    Comment.objects.update(dossier=other)
    assert people[Role.LEAD].post(at(dossier, f"{comment.pk}/answer/"), {"adopted": "yes"}).status_code == 404
    assert "还没有意见" in people[Role.LEAD].get(at(dossier)).content.decode()
