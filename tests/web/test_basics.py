"""基本情况: the head of a dossier typed in the browser: saved as one revision, faults at their fields, nothing lost."""

import re
from dataclasses import replace
from datetime import date
from html import unescape
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone
from tests.web.forms import told_in_place

from hengji.model.dossier import Dossier as Files
from hengji.model.programme import Kind, Stage
from hengji.storage.codec import encode
from hengji.storage.text import render
from hengji.web import store
from hengji.web.basics import anchor
from hengji.web.models import Dossier
from hengji.web.projections import opened, refresh
from hengji.web.roles import Role
from hengji.work.new import new_dossier

FIELD = re.compile(r'<(?:input|textarea|select) id="([^"]+)" name="[^"]+"(?: value="([^"]*)")?')
CHOSEN = re.compile(r'<select id="([^"]+)".*?<option selected>([^<]*)</option>', re.DOTALL)
TEXT = re.compile(r'<textarea id="([^"]+)"[^>]*>\n([^<]*)</textarea>')


@pytest.fixture
def judge(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


def address(dossier: Dossier) -> str:
    return f"/d/{dossier.key}/basics/"


def form(client: Client, dossier: Dossier) -> dict[str, str]:
    """The form as a browser would send it back untouched."""
    page = client.get(address(dossier)).content.decode()
    typed = {name: unescape(value) for name, value in FIELD.findall(page)}
    typed |= {name: unescape(value) for name, value in (*CHOSEN.findall(page), *TEXT.findall(page))}
    dossier.refresh_from_db()
    return typed | {"base": dossier.head}


def files(dossier: Dossier) -> Files:
    dossier.refresh_from_db()
    found, _ = opened(dossier.head)
    assert found is not None
    return found.dossier


def test_the_form_untouched_changes_nothing(judge: Client, dossier: Dossier, fresh: Dossier) -> None:
    for each in (dossier, fresh):
        head = each.head
        assert judge.post(address(each), form(judge, each)).status_code == 302
        each.refresh_from_db()
        assert each.head == head


def test_an_empty_dossier_is_filled_in_as_one_revision(judge: Client, fresh: Dossier) -> None:
    typed = form(judge, fresh)
    assert typed["name"] == typed["stages-0-start"] == typed["programmes-0-name"] == ""
    typed |= {"name": "青溪县社区助餐补助项目", "principal": "青溪县财政局", "goal-budget": "1,250,000.50"}
    typed |= {"stages-0-start": "2026-03-01", "stages-0-end": "2026年3月20日", "team-0-qualification": "注册会计师"}
    typed |= {"programmes-0-id": "助餐", "programmes-0-name": "助餐补助", "goal-goal_annual": "办好二十家助餐点。"}
    typed |= {"stages-3-name": "归档", "stages-3-start": "2026-06-01"}
    assert judge.post(address(fresh), typed).status_code == 302
    made = files(fresh)
    assert fresh.revisions.count() == 2
    assert fresh.name == made.head.name == "青溪县社区助餐补助项目"
    assert made.head.principal == "青溪县财政局"
    assert made.head.department.startswith("（待填"), "what nobody filled in is still named by the checks"
    assert (made.head.stages[0].start, made.head.stages[0].end) == ("2026-03-01", "2026-03-20")
    assert made.head.stages[3] == Stage("归档", "2026-06-01")
    assert (made.head.programmes[0].id, made.head.programmes[0].year) == ("助餐", 2025)
    assert made.goal_form is not None
    assert (made.goal_form.budget, made.goal_form.goal_annual) == (125_000_050, "办好二十家助餐点。")
    assert made.head.team[0].role == "主评人"
    home = judge.get(f"/d/{fresh.key}/").content.decode()
    assert "2026-03-01" in home


def test_a_row_that_is_emptied_is_gone(judge: Client, dossier: Dossier) -> None:
    before = files(dossier).head.stages
    typed = form(judge, dossier)
    typed |= {name: "" for name in typed if name.startswith("stages-0-")}
    assert judge.post(address(dossier), typed).status_code == 302
    assert files(dossier).head.stages == before[1:]


def test_every_fault_is_told_at_its_field_and_what_was_typed_is_kept(judge: Client, dossier: Dossier) -> None:
    head, typed = dossier.head, form(judge, dossier)
    typed |= {"name": " ", "year": "二〇", "kind": "别的", "start": "2021-02-30", "department": "甲" * 5000}
    typed |= {"team-0-role": "", "stages-0-start": "2026-05-01", "stages-0-end": "2026-04-01"}
    typed |= {"stages-1-start": "下周", "goal-budget": "一万", "cutoffs-0-date": ""}
    answer = judge.post(address(dossier), typed)
    assert answer.status_code == 422
    page = answer.content.decode()
    told = told_in_place(page)
    fields = {"name", "year", "kind", "start", "department", "team-0-role", "stages-0-end", "stages-1-start"}
    assert set(told) == fields | {"goal-budget", "cutoffs-0-date"}
    assert told["stages-0-end"] == "结束早于开始。"
    assert 'value="下周"' in page
    dossier.refresh_from_db()
    assert dossier.head == head


def test_what_does_not_fit_together_is_told_with_all_the_rest(judge: Client, dossier: Dossier) -> None:
    typed = form(judge, dossier)
    typed |= {"name": "", "year": "99999", "start": "2025-01-01", "end": "2024-01-01", "goal-budget": "1.005"}
    typed |= {"programmes-1-id": typed["programmes-0-id"]}
    answer = judge.post(address(dossier), typed)
    assert set(told_in_place(answer.content.decode())) == {"name", "year", "end", "goal-budget", "programmes-1-id"}


def test_words_in_place_of_a_date_stay_as_they_were(judge: Client, dossier: Dossier) -> None:
    text = store.files_of(dossier.head)["dossier.yaml"].decode()
    worded = text.replace("- name: 前期准备\n", "- name: 前期准备\n  start: 三月上旬\n  end: '20210312'\n")
    store.commit(dossier, dossier.head, {"dossier.yaml": worded.encode()}, "甲", "写了大概")
    refresh(dossier)
    page = judge.get(address(dossier)).content.decode()
    (tag,) = re.findall('<input id="stages-0-end"[^>]*>', page)
    assert 'value="20210312"' in tag
    assert 'type="date"' not in tag, "a browser's field for dates would show it empty and send it back so"
    typed = form(judge, dossier) | {"principal": "未央区财政局监督科"}
    assert judge.post(address(dossier), typed).status_code == 302
    assert files(dossier).head.stages[0].start == "三月上旬"


def test_no_row_of_a_long_list_is_lost(judge: Client, dossier: Dossier) -> None:
    head = files(dossier).head
    many = replace(head, stages=tuple(Stage(f"第{number}步") for number in range(1, 231)))
    store.commit(dossier, dossier.head, {"dossier.yaml": encode(many).encode()}, "甲", "写了许多步")
    refresh(dossier)
    typed = form(judge, dossier) | {"principal": "未央区财政局监督科"}
    assert judge.post(address(dossier), typed).status_code == 302
    assert files(dossier).head.stages == many.stages


@pytest.mark.parametrize("typed", [{f"team-{number}-role": "甲" for number in range(2500)}, {"name": "长" * 2_000_000}])
def test_more_than_a_form_can_hold_is_refused_in_words(judge: Client, dossier: Dossier, typed: dict[str, str]) -> None:
    head = dossier.head
    answer = judge.post(address(dossier), urlencode(typed), content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 400
    assert "收不下这次提交" in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.head == head


def test_a_long_name_is_listed_as_far_as_a_list_has_room(judge: Client, dossier: Dossier) -> None:
    name, today = "长" * 300, date.today().isoformat()  # noqa: DTZ011  the day on which the test runs
    typed = form(judge, dossier) | {"name": name, "stages-0-name": "步" * 50}
    typed |= {"stages-0-start": today, "stages-0-end": today}
    assert judge.post(address(dossier), typed).status_code == 302
    assert files(dossier).head.name == name
    assert len(dossier.name) == 200, "as much as the column of the database holds"
    assert "步" * 50 in judge.get("/").content.decode()


def test_the_step_of_the_plan_goes_by_while_nobody_changes_the_dossier(
    judge: Client, dossier: Dossier, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed = form(judge, dossier) | {
        "stages-0-name": "只在三月",
        "stages-0-start": "2026-03-01",
        "stages-0-end": "2026-03-31",
    }
    assert judge.post(address(dossier), typed).status_code == 302
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 3, 15))
    assert "只在三月" in judge.get("/").content.decode()
    monkeypatch.setattr(timezone, "localdate", lambda: date(2026, 4, 15))
    assert "只在三月" not in judge.get("/").content.decode()


def test_one_who_only_reads_sees_it_and_saves_nothing(people: dict[Role, Client], dossier: Dossier) -> None:
    page = people[Role.READER].get(address(dossier)).content.decode()
    assert "<fieldset" in page
    assert "disabled" in page
    assert people[Role.READER].post(address(dossier), {"name": "别的"}).status_code == 403


def test_a_line_of_the_files_is_edited_in_its_field(dossier: Dossier) -> None:
    made = render(new_dossier(Kind.PROJECT, 2025))
    for file, words, field in (
        ("dossier.yaml", "name: （待填：项目名称）", "name"),
        ("dossier.yaml", "  end: 2025-12-31", "end"),
        ("dossier.yaml", "  qualification: （待填）", "team-1-qualification"),
        ("dossier.yaml", "- name: 组织实施", "stages-1-name"),
        ("targets.yaml", "goal_annual: （待填：年度目标）", "goal-goal_annual"),
        ("targets.yaml", "  level3: （待填）", "indicators-0-level3"),
    ):
        lines = made[file].decode().splitlines()
        assert anchor(made[file], file, lines.index(words) + 1) == field
    assert anchor(b"", "dossier.yaml", 1) == ""
    assert anchor(b"aliases:\n  a: b\n", "dossier.yaml", 2) == ""


def test_a_date_is_a_date(judge: Client, dossier: Dossier) -> None:
    typed = form(judge, dossier) | {"cutoffs-0-date": "2021年7月1日"}
    judge.post(address(dossier), typed)
    assert files(dossier).head.cutoffs[0].date == date(2021, 7, 1)
