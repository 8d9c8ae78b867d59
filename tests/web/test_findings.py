"""The findings board: what is wrong, where points were lost for it, what it rests on, what was advised, and how far mending has come."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hengji.model.problem import ProblemBook, RectificationStatus
from hengji.storage.text import parse
from hengji.web import store
from hengji.web.models import Dossier
from hengji.web.roles import Role


def book_of(dossier: Dossier) -> ProblemBook:
    dossier.refresh_from_db()
    parsed = parse(store.files_of(dossier.head)).dossier
    assert parsed is not None
    return parsed.problem_book


@pytest.fixture
def lead(people: dict[Role, Client]) -> Client:
    return people[Role.LEAD]


def at(dossier: Dossier, rest: str = "") -> str:
    return f"/d/{dossier.key}/findings/{rest}"


def mending(**changed: str) -> dict[str, str]:
    return {"measure": "逐项补做", "unit": "区民政局", "deadline": "", "status": "整改中", "proof": ""} | changed


def typed(dossier: Dossier, number: int = 0) -> dict[str, Any]:
    """What the form of a problem sends when nothing is changed."""
    book = book_of(dossier)
    problem = book.problems[number]
    form: dict[str, Any] = {name: getattr(problem, name) for name in ("title", "detail", "cause", "responsible")}
    form |= {name: list(getattr(problem, name)) for name in ("deductions", "evidence", "recommendations")}
    for each in book.recommendations:
        if each.id in problem.recommendations:
            form |= {f"{part}:{each.id}": getattr(each, part) for part in ("title", "detail", "addressee")}
    item = next(each for each in book.rectifications if each.problem == problem.id)
    form |= {"measure": item.measure, "unit": item.responsible, "status": item.status.value, "base": dossier.head}
    return form | {"deadline": item.deadline.isoformat() if item.deadline else "", "proof": "\n".join(item.proof)}


def test_the_board_follows_each_problem_to_its_end(dossier: Dossier, people: dict[Role, Client]) -> None:
    for role, client in people.items():
        page = client.get(at(dossier)).content.decode()
        for problem in book_of(dossier).problems:
            assert problem.title in page
        assert "{{" not in page, "figures stand as numbers"
        assert ("记整改" in page) == (role in {Role.LEAD, Role.EVALUATOR})


def test_overdue_is_said_in_words(dossier: Dossier, lead: Client) -> None:
    late = timezone.localdate() - timedelta(days=3)
    problem = book_of(dossier).problems[0].id
    sent = mending(deadline=late.isoformat(), base=dossier.head)
    assert lead.post(at(dossier, f"{problem}/rectify/"), sent).status_code == 302
    assert "逾期 3 天" in lead.get(at(dossier)).content.decode()
    dossier.refresh_from_db()
    done = mending(deadline=late.isoformat(), status="已整改", proof="整改报告，存档案室\n验收单", base=dossier.head)
    lead.post(at(dossier, f"{problem}/rectify/"), done)
    item = next(each for each in book_of(dossier).rectifications if each.problem == problem)
    assert (item.status, item.proof) == (RectificationStatus.DONE, ("整改报告，存档案室", "验收单"))
    assert "个逾期" not in lead.get(at(dossier)).content.decode()


def test_what_is_wrong_is_told_in_place_and_kept(dossier: Dossier, lead: Client) -> None:
    problem, head = book_of(dossier).problems[0].id, dossier.head
    sent = mending(measure="换一个办法", unit="", deadline="明年三月", status="已整改")
    answer = lead.post(at(dossier, f"{problem}/rectify/"), sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    for told in ("没有写责任单位", "日期写作", "要有证明材料", "换一个办法", "明年三月"):
        assert told in page
    assert book_of(dossier)
    assert dossier.head == head


def test_a_form_sent_back_unchanged_changes_nothing(dossier: Dossier, lead: Client) -> None:
    for number, problem in enumerate(book_of(dossier).problems):
        head = dossier.head
        assert lead.post(at(dossier, f"{problem.id}/"), typed(dossier, number)).status_code == 302
        dossier.refresh_from_db()
        assert dossier.head == head, problem.id


def test_a_problem_is_edited_with_its_advice(dossier: Dossier, lead: Client) -> None:
    before = book_of(dossier)
    problem = before.problems[0]
    form = typed(dossier) | {"title": "目标没有量化", "title:new": "量化目标", "detail:new": "写明数量和期限。"}
    assert lead.post(at(dossier, f"{problem.id}/"), form).status_code == 302
    after = book_of(dossier)
    assert after.problems[0].title == "目标没有量化"
    assert after.problems[0].detail == problem.detail
    assert after.problems[1:] == before.problems[1:]
    assert after.recommendations[-1].title == "量化目标"
    assert after.problems[0].recommendations == (*problem.recommendations, after.recommendations[-1].id)


def test_a_new_problem_and_its_end(dossier: Dossier, lead: Client) -> None:
    before = book_of(dossier)
    empty = lead.post(at(dossier, "new/"), {"title": "", "detail": "两家机构没有入住名册。", "base": dossier.head})
    assert empty.status_code == 422
    assert "两家机构没有入住名册。" in empty.content.decode()
    lead.post(at(dossier, "new/"), {"title": "名册不全", "detail": "两家机构没有入住名册。", "base": dossier.head})
    after = book_of(dossier)
    assert after.problems[-1].title == "名册不全"
    assert after.problems[:-1] == before.problems
    lead.post(at(dossier, f"{after.problems[-1].id}/"), {"delete": "1", "base": dossier.head})
    assert book_of(dossier) == before


def test_two_people_on_the_board_see_both_sides(dossier: Dossier, people: dict[Role, Client]) -> None:
    problem, base = book_of(dossier).problems[0].id, dossier.head
    people[Role.LEAD].post(at(dossier, f"{problem}/rectify/"), mending(base=base))
    answer = people[Role.EVALUATOR].post(at(dossier, f"{problem}/rectify/"), mending(unit="财政局", base=base))
    assert answer.status_code == 409
    assert "财政局" in answer.content.decode()


def test_a_book_that_was_not_read_whole_is_not_written_over(dossier: Dossier, lead: Client) -> None:
    text = store.files_of(dossier.head)["findings.yaml"].decode()
    store.commit(dossier, dossier.head, {"findings.yaml": (text + "- 多出来的一行\n").encode()}, "甲", "写坏了")
    head = dossier.head
    lead.post(at(dossier, "new/"), {"title": "名册不全", "detail": "缺两份。", "base": head})
    dossier.refresh_from_db()
    assert dossier.head == head


def test_an_empty_board_says_what_to_do(dossier: Dossier, lead: Client) -> None:
    store.commit(dossier, dossier.head, {"findings.yaml": None}, "甲", "清空")
    assert "新增第一个问题" in lead.get(at(dossier)).content.decode()
