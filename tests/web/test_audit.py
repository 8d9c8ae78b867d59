"""The audit log: of one dossier for its lead, of everything for the administrator, with proof and as a file."""

import csv
from io import StringIO
from threading import Thread

import pytest
from django.db import connection
from django.test import Client

from hengji.web.events import record, verified
from hengji.web.models import Dossier, Event, Person
from hengji.web.roles import Role


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(Person.objects.create_user("管理员", is_staff=True))
    return client


def test_a_lead_sees_what_was_done_to_the_dossier_and_nothing_else(
    dossier: Dossier, people: dict[Role, Client]
) -> None:
    record(None, "导出档案", "别人的档案", who="丁")
    people[Role.EVALUATOR].get(f"/d/{dossier.key}/export/")
    page = people[Role.LEAD].get(f"/d/{dossier.key}/audit/").content.decode()
    assert "导出档案" in page
    assert "别人的档案" not in page
    assert "已核对" in page
    assert people[Role.EVALUATOR].get(f"/d/{dossier.key}/audit/").status_code == 403


def test_the_administrator_sees_everything(staff: Client, stranger: Client) -> None:
    record(None, "备份", "全库", who="丁")
    assert "全库" in staff.get("/audit/").content.decode()
    assert "全库" not in staff.get("/audit/?q=恢复").content.decode()
    assert stranger.get("/audit/").status_code == 403
    assert stranger.get("/audit/file/").status_code == 403


def test_a_touched_log_is_seen(staff: Client) -> None:
    for number in range(3):
        record(None, f"第{number}件", who="丁")
    assert not list(verified())
    Event.objects.filter(what="第1件").update(who="戊")
    assert "日志断了" in staff.get("/audit/").content.decode()
    Event.objects.filter(what="第1件").update(who="丁")
    Event.objects.filter(what="第1件").delete()
    assert list(verified())


def test_the_file_holds_no_formula(staff: Client) -> None:
    record(None, "登录失败", "=HYPERLINK(1)", who="@丁")
    text = staff.get("/audit/file/").content.decode("utf-8-sig")
    row = next(each for each in csv.DictReader(StringIO(text)) if each["做了什么"] == "登录失败")
    assert (row["谁"], row["关于"]) == ("'@丁", "'=HYPERLINK(1)")


def test_an_entry_holds_what_its_columns_hold(db: None) -> None:
    record(None, "改" * 500, "名\0称" * 500, who="丁" * 500)
    event = Event.objects.get()
    assert (len(event.what), len(event.about), len(event.who)) == (60, 200, 150)
    assert "\0" not in event.about
    assert not list(verified())


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_one_chain() -> None:
    def several() -> None:
        for number in range(5):
            record(None, f"第{number}件", who="丁")
        connection.close()

    threads = [Thread(target=several) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [event.number for event in Event.objects.all()] == list(range(1, 21))
    assert not list(verified())
