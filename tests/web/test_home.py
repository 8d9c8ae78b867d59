"""The home of a dossier: what to do first, in the words of the screens, each leading to where it is done."""

import re

from django.test import Client

from hengji.storage.text import LEDGER
from hengji.web import store
from hengji.web.access import Here
from hengji.web.models import Dossier, Person
from hengji.web.places import next_steps
from hengji.web.projections import projected, refresh
from hengji.web.roles import Role
from hengji.web.screens.report import project

STEP = re.compile(r'<li><span class="tag \w+">(\w+)</span> (?:<a href="([^"]+)">)?<b>([^<]*)</b>')


def steps(client: Client, dossier: Dossier) -> list[tuple[str, str, str]]:
    """Severity, address and title of each thing to do."""
    return STEP.findall(client.get(f"/d/{dossier.key}/").content.decode())


def test_a_new_dossier_begins_with_what_it_is_about(people: dict[Role, Client], fresh: Dossier) -> None:
    judge = people[Role.EVALUATOR]
    found = steps(judge, fresh)
    assert (found[0][0], found[0][2]) == ("警告", "基本情况")
    first, second = found[0][1], found[1][1]
    assert first == f"/d/{fresh.key}/basics/#name"
    assert second.startswith(f"/d/{fresh.key}/basics/#")
    for _, there, title in found:
        page = judge.get(there)
        assert page.status_code == 200
        assert title
        assert ".yaml" not in title
        field = there.partition("#")[2]
        assert not field or f'id="{field}"' in page.content.decode()


def test_what_is_wrong_in_a_row_leads_to_that_row(people: dict[Role, Client], dossier: Dossier) -> None:
    ledger = store.files_of(dossier.head)[LEDGER].decode("utf-8-sig").rstrip("\n")
    line = ledger.count("\n") + 2
    wrong = f"{ledger}\n{ledger.splitlines()[1].replace(ledger.splitlines()[1].split(',')[0], '昨天')}\n"
    store.commit(dossier, dossier.head, {LEDGER: wrong.encode()}, "甲", "记错了")
    refresh(dossier)
    (there,) = [there for severity, there, _ in steps(people[Role.EVALUATOR], dossier) if severity == "错误"]
    assert there == f"/d/{dossier.key}/funds/edit/?line={line}#r{line}"
    assert f'<tr id="r{line}"' in people[Role.EVALUATOR].get(there).content.decode()
    (there,) = [there for severity, there, _ in steps(people[Role.REVIEWER], dossier) if severity == "错误"]
    assert there == f"/d/{dossier.key}/funds/"


def test_who_may_not_see_the_files_is_told_without_being_led(people: dict[Role, Client], dossier: Dossier) -> None:
    steps(people[Role.EVALUATOR], dossier)
    found = steps(people[Role.READER], dossier)
    assert found
    assert not any(there for _, there, _ in found)


def test_whatever_is_to_be_done_is_called_by_words_of_the_screens(people: dict[Role, Client], dossier: Dossier) -> None:
    here = Here(dossier, Person.objects.get(username=Role.LEAD.value), Role.LEAD)
    found = [each for group in projected(dossier, "checks", project)["groups"].values() for each in group]
    titles = {each["title"] for each in next_steps(found, here, len(found))}
    assert {"评分标准", "工作底稿", "已公布数值", "总分"} <= titles
    assert all(title and not title.endswith((".yaml", ".csv")) for title in titles)


def test_the_gravest_comes_first(people: dict[Role, Client], dossier: Dossier) -> None:
    order = ["错误", "警告", "提示"]
    found = [severity for severity, _, _ in steps(people[Role.LEAD], dossier)]
    assert found == sorted(found, key=order.index)
