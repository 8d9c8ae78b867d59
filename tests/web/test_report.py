"""Our own report: its page with traces, its files, its checks, and the files where faults are mended."""

import re
from html import unescape

import pytest
from django.test import Client

from hengji.model.document import Heading, Table
from hengji.web import store
from hengji.web.jobs import run, take_next
from hengji.web.models import Dossier, Job
from hengji.web.projections import evaluated, refresh
from hengji.web.roles import Role
from hengji.web.works import KINDS
from hengji.work.evaluate import document_of


def address(dossier: Dossier, rest: str = "") -> str:
    return f"/d/{dossier.key}/report/{rest}"


def work() -> Job:
    job = take_next()
    assert job is not None
    run(job, KINDS)
    job.refresh_from_db()
    return job


def test_numbers_open_their_traces_for_those_who_may_see_rows(dossier: Dossier, people: dict[Role, Client]) -> None:
    whole = pages(people[Role.REVIEWER], dossier)
    (trace, figure) = re.findall(r'<a class="ref" href="([^"]+)" data-figure="([^"]+)"', "".join(whole))[0]
    shown = people[Role.REVIEWER].get(trace, {"part": "1"}).content.decode()
    assert f"<code>{figure}</code>" in shown
    assert "<html" not in shown
    plain = "".join(pages(people[Role.COMMENTER], dossier))
    assert dossier.name in plain
    assert 'data-figure="' not in plain
    assert "report.js" not in plain
    assert "funds.csv" not in plain


def pages(client: Client, dossier: Dossier) -> list[str]:
    """The whole report as its pages lead from one to the next, without a script."""
    found, at = [], address(dossier, "preview/")
    while at:
        found.append(client.get(at).content.decode())
        at = (re.findall(r'rel="next" href="([^"]+)"', found[-1]) or [""])[0]
    return found


def test_the_pages_together_are_the_report(dossier: Dossier, people: dict[Role, Client]) -> None:
    evaluation, _ = evaluated(dossier.head)
    assert evaluation is not None
    document = document_of(evaluation)
    titles = [each.text for each in document.blocks if isinstance(each, Heading)]
    shown = [
        re.findall(r"<article[^>]*>(.*)</article>", page, re.DOTALL)[0] for page in pages(people[Role.LEAD], dossier)
    ]
    heads = re.findall(r'<h[2-6] id="[^"]+">([^<]*)</h', "".join(shown))
    assert [unescape(each) for each in heads] == titles
    assert "".join(shown).count('<figure class="table') == sum(isinstance(each, Table) for each in document.blocks)
    listed = people[Role.LEAD].get(address(dossier)).content.decode()
    assert listed.count("/report/preview/") == len(shown) + 1
    for number in (0, len(shown) + 1):
        assert people[Role.LEAD].get(address(dossier, f"preview/{number}/")).status_code == 404


def test_files_are_written_and_handed_out_by_role(dossier: Dossier, people: dict[Role, Client]) -> None:
    lead, reader = people[Role.LEAD], people[Role.READER]
    assert lead.post(address(dossier)).status_code == 302
    assert lead.post(address(dossier)).status_code == 302
    assert Job.objects.count() == 1, "a report that is being written is not asked for twice"
    assert "data-busy" in lead.get(address(dossier) + "?jobs=1").content.decode()
    job = work()
    for suffix, begins in (("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype"), ("xlsx", b"PK")):
        answer = lead.get(address(dossier, f"{job.pk}/{suffix}/"))
        assert answer.content.startswith(begins)
        assert "attachment" in answer.headers["Content-Disposition"]
    assert [reader.get(address(dossier, f"{job.pk}/{suffix}/")).status_code for suffix in ("docx", "html")] == [
        200,
        403,
    ]
    assert lead.get(address(dossier, f"{job.pk}/exe/")).status_code == 404
    shown = lead.get(address(dossier) + "?jobs=1").content.decode()
    assert f"{job.pk}/xlsx/" in shown
    assert "data-busy" not in shown
    assert f"{job.pk}/xlsx/" not in reader.get(address(dossier) + "?jobs=1").content.decode()


def test_a_file_of_another_dossier_is_not_there(dossier: Dossier, people: dict[Role, Client]) -> None:
    other = store.create(store.files_of(dossier.head), "别人", "另一份")
    people[Role.LEAD].post(address(dossier))
    job = work()
    Job.objects.filter(pk=job.pk).update(dossier=other)
    assert people[Role.LEAD].get(address(dossier, f"{job.pk}/pdf/")).status_code == 404


def test_checks_lead_to_the_file_and_its_line(dossier: Dossier, people: dict[Role, Client]) -> None:
    page = people[Role.EVALUATOR].get(address(dossier)).content.decode()
    (led, *_) = re.findall(r'href="(/d/[^"]+/source/indicators\.yaml/)#L(\d+)"', page)
    shown = people[Role.EVALUATOR].get(led[0]).content.decode()
    assert f'<li id="L{led[1]}" class="faulty">' in shown
    screens = set(re.findall(r'href="([^"]+)">到“', page))
    assert {address.split("/")[3] for address in screens} == {"indicators", "papers"}
    assert {people[Role.EVALUATOR].get(address).status_code for address in screens} == {200}
    assert "/source/" not in people[Role.READER].get(address(dossier)).content.decode()


def test_a_file_is_mended_where_it_stands(dossier: Dossier, people: dict[Role, Client]) -> None:
    at = f"/d/{dossier.key}/source/dossier.yaml/"
    was = store.files_of(dossier.head)["dossier.yaml"].decode()
    typed = was.replace("name: ", "name: 甲", 1).replace("\n", "\r\n")
    answer = people[Role.EVALUATOR].post(at, {"text": typed, "base": dossier.head})
    assert answer.status_code == 302
    dossier.refresh_from_db()
    assert store.files_of(dossier.head)["dossier.yaml"].decode() == was.replace("name: ", "name: 甲", 1)
    assert dossier.name.startswith("甲")


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.READER, Role.COMMENTER])
def test_who_only_reads_mends_nothing(role: Role, dossier: Dossier, people: dict[Role, Client]) -> None:
    assert people[role].post(f"/d/{dossier.key}/source/dossier.yaml/", {"text": "空"}).status_code == 403


def test_a_dossier_that_cannot_be_read_says_what_to_do(dossier: Dossier, people: dict[Role, Client]) -> None:
    store.commit(dossier, dossier.head, {"dossier.yaml": b"name: [\n"}, "甲", "写坏了")
    refresh(dossier)
    answer = people[Role.LEAD].get(address(dossier))
    assert answer.status_code == 200
    assert "读不出来" in answer.content.decode()
    assert people[Role.LEAD].get(address(dossier, "preview/")).status_code == 404


def test_jobs_are_seen_and_stopped_by_those_concerned(
    dossier: Dossier, people: dict[Role, Client], stranger: Client
) -> None:
    people[Role.READER].post(address(dossier))
    job = Job.objects.get()
    assert "写出报告：" in people[Role.READER].get("/jobs/").content.decode()
    assert "写出报告：" in people[Role.LEAD].get("/jobs/?list=1").content.decode()
    assert "写出报告：" not in people[Role.COMMENTER].get("/jobs/").content.decode()
    assert "写出报告：" not in stranger.get("/jobs/").content.decode()
    at = f"/jobs/{job.pk}/cancel/"
    assert stranger.post(at).status_code == 404
    assert people[Role.COMMENTER].post(at).status_code == 403
    assert people[Role.READER].get(at).status_code == 405
    assert people[Role.LEAD].post(at).status_code == 302
    assert take_next() is None
