"""The public questionnaire: who answers it sees only the questionnaire, and what is acknowledged is kept once and for good."""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from tests.web.conftest import EXAMPLES

from hengji.storage.folder import read_folder
from hengji.web import store
from hengji.web.answers import questionnaire_of
from hengji.web.intake import Intake, Outcome
from hengji.web.models import Dossier, LinkKind, SurveyAnswer, SurveyLink, new_key
from hengji.web.screens.answer import A_MINUTE

SURVEY = "机构满意度"
ANSWERS = {"q-题1": "非常了解", "q-题3": "及时", "q-题4": "满意", "q-题5": "非常满意", "q-题6": "再早一点发"}


@pytest.fixture
def boshan(db: None) -> Dossier:
    """The Boshan example, with questionnaires; it need not be evaluated to be answered."""
    files, _ = read_folder(EXAMPLES / "boshan-2021")
    return store.create(files, "主评人", "导入档案")


@pytest.fixture
def link(boshan: Dossier) -> Iterator[SurveyLink]:
    cache.clear()
    yield SurveyLink.objects.create(dossier=boshan, survey=SURVEY)
    cache.clear()


def address(link: SurveyLink) -> str:
    return f"/s/{link.key}/"


def test_the_page_shows_the_questionnaire_and_nothing_else_of_the_dossier(link: SurveyLink) -> None:
    answer = Client().get(address(link))
    page = answer.content.decode()
    survey = questionnaire_of(link.dossier.head, SURVEY)
    assert survey is not None
    assert survey.title in page
    assert page.count('type="radio"') == sum(len(question.options) for question in survey.questions)
    for secret in (link.dossier.name or "养老服务机构补助经费项目绩效", link.dossier.key, 'class="bar"', "分值"):
        assert secret not in page
    assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    assert not re.search(r"<script(?! src)|style=|onclick", page)


def test_an_answer_is_kept_as_labels_and_thanked_for(link: SurveyLink) -> None:
    answer = Client(enforce_csrf_checks=True).post(address(link), ANSWERS)
    assert answer.status_code == 302
    assert "谢谢您" in Client().get(answer.headers["Location"]).content.decode()
    assert SurveyAnswer.objects.get().answers == {
        "题1": "非常了解",
        "题3": "及时",
        "题4": "满意",
        "题5": "非常满意",
        "题6": "再早一点发",
    }


def test_what_is_missing_is_said_at_the_question_and_the_rest_is_kept(link: SurveyLink) -> None:
    given = ANSWERS | {"q-题3": "", "q-题4": "好极了", "sheet": "a" * 32}
    answer = Client().post(address(link), given)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "第3题：这一题还没有选" in page
    assert "没有“好极了”这个选项" in page
    assert 'value="非常了解" checked' in page
    assert "再早一点发" in page
    assert 'value="' + "a" * 32 in page
    assert not SurveyAnswer.objects.exists()


def test_words_are_neither_too_long_nor_markup(link: SurveyLink) -> None:
    page = Client().post(address(link), ANSWERS | {"q-题6": "<script>" + "长" * 500}).content.decode()
    assert "最多500个字" in page
    assert "<script>长" not in page


def test_the_same_sheet_sent_twice_is_kept_once(link: SurveyLink) -> None:
    for _ in range(2):
        assert Client().post(address(link), ANSWERS | {"sheet": "b" * 32}).status_code == 302
    assert SurveyAnswer.objects.count() == 1
    Client().post(address(link), ANSWERS | {"sheet": "c" * 32})
    Client().post(address(link), ANSWERS | {"sheet": "../不是名字"})
    assert SurveyAnswer.objects.count() == 3


def test_a_link_for_one_answer_takes_one(link: SurveyLink) -> None:
    once = SurveyLink.objects.create(dossier=link.dossier, survey=SURVEY, kind=LinkKind.ONCE)
    assert Client().post(address(once), ANSWERS).status_code == 302
    for again in (Client().post(address(once), ANSWERS | {"sheet": "d" * 32}), Client().get(address(once))):
        assert again.status_code == 410
        assert "已经交过一份" in again.content.decode()
    assert once.answers.count() == 1


def test_a_closed_link_says_so_and_takes_nothing(link: SurveyLink) -> None:
    SurveyLink.objects.update(open=False)
    for answer in (Client().get(address(link)), Client().post(address(link), ANSWERS)):
        assert answer.status_code == 410
        assert "已经结束" in answer.content.decode()
    assert not SurveyAnswer.objects.exists()


def test_a_questionnaire_taken_out_of_the_dossier_is_closed(link: SurveyLink) -> None:
    store.commit(link.dossier, link.dossier.head, {f"surveys/{SURVEY}.yaml": None}, "主评人", "删除问卷")
    assert Client().get(address(link)).status_code == 410


def test_an_address_that_nobody_gave_out_is_unknown(link: SurveyLink) -> None:
    paper = SurveyLink.objects.create(dossier=link.dossier, survey=SURVEY, kind=LinkKind.PAPER)
    for unknown in ("/s/无/", address(paper)):
        assert Client().get(unknown).status_code == 404
        assert Client().post(unknown, ANSWERS).status_code == 404


def test_too_many_answers_in_a_minute_wait_and_are_not_lost(link: SurveyLink) -> None:
    client = Client()
    codes = [
        client.post(address(link), ANSWERS).status_code for _ in range(2 * A_MINUTE + 1)
    ]  # a minute may turn meanwhile
    refused = codes.index(429)
    assert codes[:refused] == [302] * refused
    assert A_MINUTE <= refused <= 2 * A_MINUTE
    given = next(
        answer for _ in range(A_MINUTE + 1) if (answer := client.post(address(link), ANSWERS)).status_code == 429
    )
    assert "再早一点发" in given.content.decode()


@pytest.mark.django_db(transaction=True)
def test_answers_that_come_together_are_all_kept_and_a_double_is_known(link: SurveyLink) -> None:
    intake, begin = Intake(), Event()
    names = [new_key() for _ in range(60)]

    def hand_in(name: str) -> Outcome:
        from django.db import connection

        begin.wait()
        try:
            return intake.take(SurveyAnswer(link_id=link.pk, sheet=name, answers={"题1": "不了解"}))
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        done = [pool.submit(hand_in, name) for name in (*names, *names[:5])]
        begin.set()
        outcomes = [each.result() for each in done]
    assert outcomes.count(Outcome.KEPT) == 60
    assert outcomes.count(Outcome.KNOWN) == 5
    assert sorted(SurveyAnswer.objects.values_list("sheet", flat=True)) == sorted(names)


SERVER = """
import sys
from pathlib import Path
from hengji.web.serving import Service, prepare
service = Service("127.0.0.1", int(sys.argv[2]), Path(sys.argv[1]), lone=False, browser=False)
prepare(service)
from hengji.storage.folder import read_folder
from hengji.web.models import SurveyLink
from hengji.web.serving import serve
from hengji.web.store import create
if not SurveyLink.objects.exists():
    files, _ = read_folder(Path(sys.argv[3]))
    SurveyLink.objects.create(dossier=create(files, "主评人", "导入"), survey="机构满意度", key="k" * 32)
serve(service, print)
"""


def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def hand_in(at: int, sheet: str, from_address: str) -> int:
    """The status, or 0 where the server died before it answered."""
    connection = http.client.HTTPConnection("127.0.0.1", at, timeout=20)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "X-Forwarded-For": from_address}
    try:
        connection.request("POST", f"/s/{'k' * 32}/", urlencode(ANSWERS | {"sheet": sheet}), headers)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def started(home: Path) -> tuple[subprocess.Popen[bytes], int]:
    at = port()
    environment = {**os.environ, "HENGJI_PROXY": "1", "DJANGO_SETTINGS_MODULE": "hengji.web.settings"}
    environment.pop("HENGJI_DATABASE_URL", None)
    command = [sys.executable, "-c", SERVER, str(home), str(at), str(EXAMPLES / "boshan-2021")]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", at), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return server, at
    server.kill()
    raise AssertionError("the server did not start")


def test_every_acknowledged_answer_survives_a_kill(tmp_path: Path) -> None:
    """Killed thrice amid answers from eight sides; the fourth start knows every sheet that was thanked for."""
    thanked: set[str] = set()
    for _ in range(3):
        server, at = started(tmp_path)
        with ThreadPoolExecutor(8) as pool:
            sheets = [new_key() for _ in range(2000)]
            answers = {
                sheet: pool.submit(hand_in, at, sheet, f"10.0.{number // 50}.1") for number, sheet in enumerate(sheets)
            }
            answers[sheets[40]].result()
            os.kill(server.pid, signal.SIGKILL)
            server.wait()
            done = {sheet for sheet, answer in answers.items() if answer.result() == 302}
        assert 0 < len(done) < len(sheets), "it was killed while answers came in"
        thanked |= done
    server, at = started(tmp_path)
    server.kill()
    server.wait()
    import sqlite3

    with sqlite3.connect(tmp_path / "hengji.sqlite3") as database:
        kept = {sheet for (sheet,) in database.execute("SELECT sheet FROM web_surveyanswer")}
    database.close()
    assert thanked <= kept
