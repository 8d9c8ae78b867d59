"""Long work: progress, cancel, a readable failure, and going on after a restart."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from hengji.web.jobs import Progress, ask, cancel, run, take_next
from hengji.web.jobs_states import State
from hengji.web.models import Dossier, Job, Person
from hengji.web.store import blob
from hengji.web.works import KINDS


@pytest.fixture
def person(db: None) -> Person:
    return Person.objects.create_user("评价人员")


def counting(job: Job, progress: Progress) -> dict[str, Any]:
    for number in range(3):
        progress("数数", number, 3)
    return {"counted": 3}


def failing(job: Job, progress: Progress) -> dict[str, Any]:
    raise RuntimeError("坏了")


def cancelling(job: Job, progress: Progress) -> dict[str, Any]:
    cancel(job)
    progress("数数", 1, 3)
    return {}


KINDS_HERE = {"counting": counting, "failing": failing, "cancelling": cancelling}


def done(kind: str, person: Person) -> Job:
    ask(kind, person, None)
    job = take_next()
    assert job is not None
    run(job, KINDS_HERE)
    job.refresh_from_db()
    return job


def test_work_is_done_and_its_result_kept(person: Person) -> None:
    job = done("counting", person)
    assert (job.state, job.result, job.done, job.total) == (State.DONE.value, {"counted": 3}, 2, 3)


def test_a_failure_is_told_in_words(person: Person) -> None:
    job = done("failing", person)
    assert job.state == State.FAILED.value
    assert "程序内部出错" in job.failure
    assert "Traceback" not in job.failure


def test_work_that_nobody_wants_stops(person: Person) -> None:
    assert done("cancelling", person).state == State.CANCELLED.value
    waiting = ask("counting", person, None)
    cancel(waiting)
    assert take_next() is None


def test_what_a_restart_broke_off_is_begun_again(person: Person) -> None:
    ask("counting", person, None)
    first = take_next()
    assert first is not None
    assert take_next() is None
    Job.objects.update(beat=timezone.now() - timedelta(minutes=2))
    again = take_next()
    assert again is not None
    assert again.pk == first.pk


def test_a_report_is_written_in_all_formats(dossier: Dossier, person: Person) -> None:
    job = ask("report", person, dossier, revision=dossier.head)
    run(job, KINDS)
    job.refresh_from_db()
    assert job.state == State.DONE.value
    assert sorted(name.rpartition(".")[2] for name in job.result["files"]) == ["docx", "html", "pdf", "xlsx"]
    for digest in job.result["files"].values():
        content = blob(digest)
        assert content


def test_the_bar_counts_what_is_not_done_and_is_followed(person: Person) -> None:
    client = Client()
    client.force_login(person)
    follow = '<span data-follow="/jobs/?count=1">'
    assert f"{follow}</span>" in client.get("/").content.decode().replace("\n", "")
    ask("counting", person, None)
    assert "data-busy>1<" in client.get("/").content.decode().partition(follow)[2]
    part = client.get("/jobs/?count=1").content.decode()
    assert "data-busy>1<" in part
    assert "<html" not in part
    job = take_next()
    assert job is not None
    run(job, KINDS_HERE)
    assert not client.get("/jobs/?count=1").content.decode().strip()
