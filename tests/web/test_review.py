"""The review room: a report goes in, findings are ruled on, and the rest is handed back."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengji.reports import docx
from hengji.web.jobs import CancelledError, Progress, run, take_next
from hengji.web.models import Dossier, Job, Organisation, OrganisationKind, Person, Submission
from hengji.web.projections import evaluated
from hengji.web.works import KINDS
from hengji.work.evaluate import document_of

REPORT = """# 某县养老服务补助资金绩效评价报告

## 一、基本情况

2023年全县补助资金共100万元，其中省级40万元，县级50万元。

## 二、评价结论

项目综合得分88.50分，等级为“优”。90分以上为优，80分至90分为良。
"""


@pytest.fixture
def reviewer(db: None) -> Client:
    return browser("审核人员", Organisation.objects.create(name="某县财政局", kind=OrganisationKind.FINANCE))


def browser(name: str, organisation: Organisation | None = None) -> Client:
    someone = Person.objects.create_user(name, password="x" * 12, organisation=organisation)
    client = Client()
    client.force_login(someone)
    return client


def send(client: Client, name: str = "报告.md", content: bytes = REPORT.encode()) -> Submission:
    assert client.post("/review/", {"reports": SimpleUploadedFile(name, content)}).status_code == 302
    work()
    return Submission.objects.get()


def work() -> None:
    job = take_next()
    assert job is not None
    run(job, KINDS)


def result(submission: Submission) -> dict[str, Any]:
    submission.refresh_from_db()
    assert submission.job is not None
    return dict(submission.job.result or {})


def test_a_report_is_reviewed_and_its_marks_shown(reviewer: Client) -> None:
    submission = send(reviewer)
    page = reviewer.get(f"/review/{submission.key}/").content.decode()
    assert "省级40万元，县级50万元" in page
    assert "不成立</dt>" in page
    assert "质量考核" in page
    marked = reviewer.get(f"/review/{submission.key}/page/")
    assert "<mark" in marked.content.decode()
    assert "sandbox" in marked.headers["Content-Security-Policy"]


def test_a_long_report_is_marked_in_pages_that_are_small(reviewer: Client) -> None:
    said = "第{0}个乡镇补助资金共{0}00万元，其中省级{0}0万元，县级{0}5万元。"
    told = "各村按月核对入住人数，乡镇按季汇总，县里按年公示，群众有意见的当场答复。" * 3
    chapters = [
        f"## 第{n}节\n\n" + "\n\n".join(f"{said.format(n * 40 + k)}{told}" for k in range(40)) for n in range(1, 21)
    ]
    submission = send(reviewer, content="\n\n".join([REPORT, *chapters]).encode())
    page = reviewer.get(f"/review/{submission.key}/")
    made = result(submission)
    sheets = [reviewer.get(f"/review/{submission.key}/page/{number + 1}/") for number in range(len(made["pages"]))]
    assert len(sheets) > 1
    assert max(len(each.content) for each in (page, *sheets)) < 200_000
    shown = [each.content.decode() for each in sheets]
    assert all(f"第{n}节" in "".join(shown) for n in range(1, 21))
    assert made["on"]
    assert all(f'id="mark-{number}"' in shown[at - 1] for number, at in made["on"].items())
    assert all(f'id="finding-{number}"' in shown[at - 1] for number, at in made["on"].items())
    assert page.content.decode().count('target="marked">第') == len(sheets)
    for beyond in (0, len(sheets) + 1):
        assert reviewer.get(f"/review/{submission.key}/page/{beyond}/").status_code == 404


def test_what_is_dismissed_is_left_out_of_what_is_handed_back(reviewer: Client) -> None:
    submission = send(reviewer)
    found = result(submission)["findings"]
    first = next(each for each in found if each["severity"] == "错误")
    second = next(each for each in found if each["severity"] != "错误")
    at = f"/review/{submission.key}/rule/"
    refused = reviewer.post(at, {"finding": first["id"], "verdict": "dismissed", "reason": " "})
    assert refused.status_code == 422
    assert "不采纳要写理由" in refused.content.decode()
    assert not submission.rulings.exists()
    reviewer.post(at, {"finding": first["id"], "verdict": "dismissed", "reason": "另有市级10万元，见附件"})
    reviewer.post(at, {"finding": second["id"], "verdict": "adopted", "reason": "请一并改摘要"})
    page = reviewer.get(f"/review/{submission.key}/").content.decode()
    assert "另有市级10万元，见附件" in page
    assert "裁定有变" in page
    errors = result(submission)["errors"]
    reviewer.post(f"/review/{submission.key}/again/")
    work()
    assert result(submission)["errors"] == errors - 1
    assert first in result(submission)["findings"], "what is dismissed stays to be seen"
    opinion = reviewer.get(f"/review/{submission.key}/files/0/").content.decode()
    assert first["found"] not in opinion
    assert "审核人：请一并改摘要" in opinion
    assert "裁定有变" not in reviewer.get(f"/review/{submission.key}/").content.decode()
    assert first["found"] not in reviewer.get(f"/review/{submission.key}/?state=open").content.decode()


def test_a_ruling_is_taken_back(reviewer: Client) -> None:
    submission = send(reviewer)
    finding = result(submission)["findings"][0]["id"]
    at = f"/review/{submission.key}/rule/"
    for verdict in ("adopted", "withdraw"):
        assert reviewer.post(at, {"finding": finding, "verdict": verdict}).status_code == 302
    assert not submission.rulings.exists()
    assert reviewer.post(at, {"finding": "没有这一条", "verdict": "adopted"}).status_code == 404


def test_a_word_file_comes_back_as_its_author_wrote_it_with_comments(reviewer: Client, dossier: Dossier) -> None:
    evaluation, _ = evaluated(dossier.head)
    assert evaluation is not None
    submission = send(reviewer, "未央报告.docx", docx.write(document_of(evaluation)))
    names = sorted(result(submission)["files"])
    at = names.index("未央报告.批注.docx")
    answer = reviewer.get(f"/review/{submission.key}/files/{at}/")
    assert "word/comments.xml" in ZipFile(BytesIO(answer.content)).namelist()


def test_files_that_are_no_reports_are_told_of_by_name(reviewer: Client) -> None:
    files = [
        SimpleUploadedFile("程序.exe", b"MZ"),
        SimpleUploadedFile("假.docx", b"no zip"),
        SimpleUploadedFile("空.txt", b""),
        SimpleUploadedFile("好.txt", REPORT.encode()),
    ]
    answer = reviewer.post("/review/", {"reports": files})
    told = answer.content.decode()
    assert answer.status_code == 422
    assert all(name in told for name in ("程序.exe", "假.docx", "空.txt"))
    assert [each.name for each in Submission.objects.all()] == ["好.txt"]
    assert reviewer.post("/review/", {}).status_code == 422


def test_a_file_that_cannot_be_read_says_why(reviewer: Client) -> None:
    broken = BytesIO()
    with ZipFile(broken, "w") as archive:
        archive.writestr("甲.txt", "不是 Word 文件")
    submission = send(reviewer, "坏.docx", broken.getvalue())
    page = reviewer.get(f"/review/{submission.key}/").content.decode()
    assert "读不出来" in page
    assert "Traceback" not in page
    assert reviewer.get(f"/review/{submission.key}/page/").status_code == 404
    assert "读不出来" in reviewer.get("/review/").content.decode()


def test_only_the_sender_and_their_organisation_see_it(reviewer: Client) -> None:
    submission = send(reviewer)
    colleague = browser("同事", Organisation.objects.get())
    others = [browser("无单位"), browser("别处", Organisation.objects.create(name="乙", kind="评价机构"))]
    rest = ("", "page/", "files/0/")
    assert {colleague.get(f"/review/{submission.key}/{each}").status_code for each in rest} == {200}
    for other in others:
        assert {other.get(f"/review/{submission.key}/{each}").status_code for each in rest} == {404}
        for each in ("rule/", "again/"):
            assert other.post(f"/review/{submission.key}/{each}").status_code == 404
        assert submission.name not in other.get("/review/").content.decode()


def test_whoever_sent_a_report_deletes_it_with_all_that_was_made_of_it(reviewer: Client) -> None:
    submission = send(reviewer)
    address = f"/review/{submission.key}/"
    found = result(submission)["findings"][0]["id"]
    reviewer.post(f"{address}rule/", {"finding": found, "verdict": "adopted"})
    colleague = browser("同事", Organisation.objects.get())
    assert colleague.get(address).status_code == 200
    assert "删去这份报告" not in colleague.get(address).content.decode()
    assert colleague.post(f"{address}drop/").status_code == 403
    assert browser("外人").post(f"{address}drop/").status_code == 404
    assert reviewer.get(f"{address}drop/").status_code == 405
    assert reviewer.post(f"{address}drop/", follow=True).status_code == 200
    for gone in (address, f"{address}page/", f"{address}files/0/"):
        assert reviewer.get(gone).status_code == 404
    assert not Submission.objects.exists()
    assert "报告.md" not in reviewer.get("/jobs/").content.decode().replace("已删去“报告.md”", "")


def test_a_review_under_way_ends_when_its_report_is_deleted(reviewer: Client) -> None:
    reviewer.post("/review/", {"reports": SimpleUploadedFile("报告.md", REPORT.encode())})
    job = take_next()
    assert job is not None
    reviewer.post(f"/review/{Submission.objects.get().key}/drop/")
    with pytest.raises(CancelledError):
        Progress(job)("标注")


def test_the_league_puts_the_soundest_first(reviewer: Client) -> None:
    roads = (Path(__file__).parents[1] / "reports" / "roads.txt").read_bytes()
    files = [SimpleUploadedFile("甲.md", REPORT.encode()), SimpleUploadedFile("=乙.txt", roads)]
    reviewer.post("/review/", {"reports": files})
    waiting = reviewer.get("/review/?list=1").content.decode()
    assert "data-busy" in waiting
    work()
    work()
    shown = reviewer.get("/review/?list=1").content.decode()
    assert "data-busy" not in shown
    lost = {each.name: float(result(each)["lost"]) for each in Submission.objects.all()}
    order = sorted(lost, key=lambda name: lost[name])
    assert shown.index(order[0]) < shown.index(order[1])
    book = reviewer.get("/review/league.xlsx").content
    assert "&apos;=乙" in "".join(_parts(book)) or "'=乙" in "".join(_parts(book))


def _parts(book: bytes) -> list[str]:
    with ZipFile(BytesIO(book)) as archive:
        return [archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")]


def test_an_empty_room_says_what_to_do(reviewer: Client) -> None:
    assert "还没有送审的报告" in reviewer.get("/review/").content.decode()


def test_what_an_earlier_version_kept_is_asked_for_again(reviewer: Client) -> None:
    submission = send(reviewer)
    kept = result(submission)
    old = {name: value for name, value in kept.items() if name not in {"pages", "on"}} | {"page": kept["pages"][0]}
    Job.objects.filter(pk=submission.job_id).update(result=old)
    page = reviewer.get(f"/review/{submission.key}/").content.decode()
    assert "要再审一次" in page
    assert "读不出来" not in page
    assert f'action="/review/{submission.key}/again/"' in page
    assert reviewer.get("/review/").status_code == 200
    reviewer.post(f"/review/{submission.key}/again/")
    work()
    assert "核对结果" in reviewer.get(f"/review/{submission.key}/").content.decode()


def test_of_several_files_those_that_can_be_read_are_taken_and_the_others_told(reviewer: Client) -> None:
    files = [SimpleUploadedFile("甲.md", REPORT.encode()), SimpleUploadedFile("乙.exe", b"MZ")]
    answer = reviewer.post("/review/", {"reports": files})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "收下 1 份" in page
    assert "有的文件没有收下" in page
    assert "没有保存" not in page
    assert list(Submission.objects.values_list("name", flat=True)) == ["甲.md"]
