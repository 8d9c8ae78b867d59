"""Working papers: written, looked at, signed, locked; evidence taken in with its digest."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hengji.model.dossier import Dossier as Opened
from hengji.model.evidence import Evidence
from hengji.model.figure import Figure, FigureKind
from hengji.model.indicator import SigningStep, WorkingPaper
from hengji.storage.text import paper_path, paper_text, parse
from hengji.web import store
from hengji.web.members import join
from hengji.web.models import Dossier, Member
from hengji.web.projections import refresh
from hengji.web.roles import Role
from hengji.web.writing import rendered
from hengji.work.signing import holding, sign

LEAF = "服务对象满意度"
PDF = b"%PDF-1.7\n1 0 obj\n"


def now(dossier: Dossier) -> Opened:
    dossier.refresh_from_db()
    parsed = parse(store.files_of(dossier.head)).dossier
    assert parsed is not None
    return parsed


def paper(dossier: Dossier) -> WorkingPaper:
    return next(each for each in now(dossier).papers if each.indicator == LEAF)


def address(dossier: Dossier, rest: str = "") -> str:
    return f"/d/{dossier.key}/papers/{LEAF}/{rest}"


def typed(dossier: Dossier, **fields: str) -> dict[str, str]:
    dossier.refresh_from_db()
    return {"base": dossier.head, **fields}


@pytest.fixture
def writer(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


def signed(people: dict[Role, Client], dossier: Dossier, *steps: str) -> None:
    roles = {"prepare": Role.EVALUATOR, "check": Role.REVIEWER, "approve": Role.LEAD}
    for step in steps:
        answer = people[roles[step]].post(address(dossier, f"{step}/"), typed(dossier))
        assert answer.status_code == 302, step


def test_a_paper_is_saved_and_its_judgement_is_kept(dossier: Dossier, writer: Client) -> None:
    before = paper(dossier)
    given = typed(dossier, analysis="第一段。\r\n\r\n第二段。\r\n", index_no="WY-99") | {"evidence": ["E02", "E16"]}
    assert writer.post(address(dossier), given).status_code == 302
    after = paper(dossier)
    assert after.analysis == "第一段。\n\n第二段。\n"
    assert (after.index_no, after.evidence) == ("WY-99", ("E02", "E16"))
    assert after.judgement == before.judgement


def test_a_paper_sent_back_unchanged_changes_nothing(dossier: Dossier, writer: Client) -> None:
    before = paper(dossier)
    head = dossier.head
    given = typed(dossier, analysis=before.analysis, index_no=before.index_no) | {"evidence": list(before.evidence)}
    assert writer.post(address(dossier), given).status_code == 302
    dossier.refresh_from_db()
    assert dossier.head == head


def test_the_page_shows_figures_filled_in_and_linked(dossier: Dossier, writer: Client) -> None:
    page = writer.get(address(dossier)).content.decode()
    assert "{{ 回访问卷份数 }}" in page
    assert f'href="/d/{dossier.key}/figures/' in page
    assert "〔佐证E16〕" in page


def test_the_preview_is_a_piece_of_a_page_and_saves_nothing(dossier: Dossier, writer: Client) -> None:
    head = dossier.head
    given = typed(dossier, analysis="到位率{{ 资金.到位率 }}，{{ 没有.的 }}[证:E99]。")
    answer = writer.post(address(dossier, "preview/"), given)
    page = answer.content.decode()
    assert "<html" not in page
    assert "100.00%</a>" in page
    assert "没有编号为“没有.的”的数值" in page
    assert "佐证清单里没有“E99”" in page
    without_script = writer.post(address(dossier), given | {"do": "preview"})
    assert without_script.status_code == 200
    assert "没有编号为“没有.的”的数值" in without_script.content.decode()
    dossier.refresh_from_db()
    assert dossier.head == head


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[点](javascript:alert(1))",
        "![图](https://例子/x.png)",
        '<a onclick="alert(1)">点</a>',
        "{{ <img src=x onerror=alert(1)> }}",
        "[证:<b>E1</b>]",
        "[点](data:text/html;base64,PHN2Zz4=)",
    ],
)
def test_nothing_that_is_written_is_executed(text: str) -> None:
    html = rendered(text, {}, (), lambda name: f"/f/{name}/").html
    assert not any(tag in html for tag in ("<script", "<img", "<b>", "<a on", 'href="javascript', 'href="data'))


def test_a_figure_that_holds_words_marks_nothing_up() -> None:
    figure = Figure("名称", "名称", FigureKind.TEXT, "**甲**[乙](http://丙)")
    evidence = (Evidence("E01", "通知", "文件"),)
    html = rendered("叫{{ 名称 }}[证:E01]", {"名称": figure}, evidence, lambda _: "/f/(名称/").html
    assert "<strong>" not in html
    assert html.count("<a ") == 1
    assert "〔佐证E01〕" in html


def test_signed_in_order_by_those_who_may(dossier: Dossier, people: dict[Role, Client]) -> None:
    assert people[Role.REVIEWER].post(address(dossier, "prepare/"), typed(dossier)).status_code == 403
    early = people[Role.REVIEWER].post(address(dossier, "check/"), typed(dossier))
    assert early.status_code == 422
    assert "还没有编制签字" in early.content.decode()
    signed(people, dossier, "prepare", "check", "approve")
    assert [each.step for each in holding(paper(dossier))] == list(SigningStep)
    assert [each.by for each in holding(paper(dossier))] == [
        "评价人员（评价人员）",
        "复核人（复核人）",
        "主评人（主评人）",
    ]


def test_a_locked_paper_refuses_edits_and_keeps_what_was_typed(dossier: Dossier, people: dict[Role, Client]) -> None:
    signed(people, dossier, "prepare")
    before = paper(dossier)
    assert "<textarea" not in people[Role.EVALUATOR].get(address(dossier)).content.decode()
    answer = people[Role.EVALUATOR].post(address(dossier), typed(dossier, analysis="改一改"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "内容锁定。要修改，先由签字人撤回签字" in page
    assert "改一改" in page
    assert paper(dossier) == before


def test_a_signature_is_taken_back_the_last_first(dossier: Dossier, people: dict[Role, Client]) -> None:
    signed(people, dossier, "prepare", "check")
    answer = people[Role.EVALUATOR].post(address(dossier, "prepare/"), typed(dossier, undo="1"))
    assert answer.status_code == 422
    assert "要先撤回复核签字" in answer.content.decode()
    assert people[Role.REVIEWER].post(address(dossier, "check/"), typed(dossier, undo="1")).status_code == 302
    assert people[Role.EVALUATOR].post(address(dossier, "prepare/"), typed(dossier, undo="1")).status_code == 302
    assert paper(dossier).signatures == ()


def test_a_paper_changed_in_another_way_loses_its_signatures(dossier: Dossier, people: dict[Role, Client]) -> None:
    signed(people, dossier, "prepare", "check")
    dossier.refresh_from_db()
    text = store.files_of(dossier.head)[paper_path(LEAF)] + "又添一句。\n".encode()
    dossier = store.create({**store.files_of(dossier.head), paper_path(LEAF): text}, "别人", "导入改过的文件夹")
    for someone in Member.objects.all():
        join(dossier, someone.person, Role(someone.role))
    refresh(dossier)
    page = people[Role.EVALUATOR].get(address(dossier)).content.decode()
    assert "签字后有改动" in page
    assert "<textarea" in page
    assert people[Role.EVALUATOR].post(address(dossier), typed(dossier, analysis="再改")).status_code == 302
    assert paper(dossier).signatures == ()


@pytest.mark.parametrize("text", ["甲\n", None, "签字还在，别的都没有\n"])
def test_what_is_signed_is_not_changed_by_any_other_way(
    dossier: Dossier, people: dict[Role, Client], text: str | None
) -> None:
    signed(people, dossier, "prepare")
    before, path = paper(dossier), paper_path(LEAF)
    if text is not None and "签字还在" in text:
        text = paper_text(replace(before, analysis=text))
    done = store.commit(dossier, dossier.head, {path: text and text.encode(), "备注.md": b"1"}, "别人", "改底稿")
    assert [(each.path, "内容锁定" in each.why) for each in done.locked] == [(path, True)]
    answer = people[Role.LEAD].post(f"/d/{dossier.key}/source/{path}/", typed(dossier, text=text or ""))
    assert answer.status_code == 409
    assert (text or "")[:5] in answer.content.decode()
    assert paper(dossier) == before
    assert "备注.md" not in store.files_of(dossier.head)


def test_nobody_signs_by_writing_a_file(dossier: Dossier, people: dict[Role, Client]) -> None:
    signed(people, dossier, "prepare")
    held = paper(dossier)
    forged = sign(held, SigningStep.CHECKED, "复核人（复核人）", date(2026, 5, 1))
    assert isinstance(forged, WorkingPaper)
    for made in (forged, replace(held, signatures=())):
        done = store.commit(dossier, dossier.head, {paper_path(LEAF): paper_text(made).encode()}, "别人", "改签字")
        assert ["不能写进文件" in each.why for each in done.locked] == [True]
    assert paper(dossier) == held


def test_an_older_version_brings_no_signature_back_and_moves_none(dossier: Dossier, people: dict[Role, Client]) -> None:
    blank = dossier.head
    signed(people, dossier, "prepare")
    dossier.refresh_from_db()
    once = dossier.head
    signed(people, dossier, "check")
    dossier.refresh_from_db()
    back = f"/d/{dossier.key}/history/"
    people[Role.LEAD].post(f"{back}{blank}/restore/")
    assert [each.step for each in holding(paper(dossier))] == [SigningStep.PREPARED, SigningStep.CHECKED]
    for step, role in (("check", Role.REVIEWER), ("prepare", Role.EVALUATOR)):
        assert people[role].post(address(dossier, f"{step}/"), typed(dossier, undo="1")).status_code == 302
    people[Role.EVALUATOR].post(address(dossier), typed(dossier, analysis="另写。"))
    people[Role.LEAD].post(f"{back}{once}/restore/")
    assert "另写" not in paper(dossier).analysis
    assert paper(dossier).signatures == ()
    people[Role.EVALUATOR].post(address(dossier), typed(dossier, analysis="再写。"))
    signed(people, dossier, "prepare")
    told = people[Role.LEAD].post(f"{back}{once}/restore/", follow=True).content.decode()
    assert "没有恢复" in told
    assert "再写" in paper(dossier).analysis


def test_a_signature_is_for_what_was_seen(dossier: Dossier, people: dict[Role, Client]) -> None:
    seen = typed(dossier)
    people[Role.EVALUATOR].post(address(dossier), typed(dossier, analysis="别的话"))
    assert people[Role.LEAD].post(address(dossier, "prepare/"), seen).status_code == 409
    assert paper(dossier).signatures == ()


def test_an_empty_paper_is_not_signed(dossier: Dossier, people: dict[Role, Client]) -> None:
    assert people[Role.EVALUATOR].post(address(dossier), typed(dossier, analysis=" \n ")).status_code == 302
    answer = people[Role.EVALUATOR].post(address(dossier, "prepare/"), typed(dossier))
    assert answer.status_code == 422
    assert "还没有写完分析" in answer.content.decode()


def test_what_nobody_judged_is_not_signed(dossier: Dossier, people: dict[Role, Client]) -> None:
    store.commit(dossier, dossier.head, {paper_path(LEAF): None}, "别人", "删去底稿")
    refresh(dossier)
    early = people[Role.EVALUATOR].post(address(dossier, "prepare/"), typed(dossier))
    assert "还没有写完分析" in early.content.decode()
    people[Role.EVALUATOR].post(address(dossier), typed(dossier, analysis="看过问卷。"))
    answer = people[Role.EVALUATOR].post(address(dossier, "prepare/"), typed(dossier))
    assert answer.status_code == 422
    assert "还没有评判" in answer.content.decode()


def test_characters_that_no_file_can_hold_do_no_harm(dossier: Dossier, writer: Client) -> None:
    given = typed(dossier, analysis="甲\0乙\x07丙\r丁\u2028---\n---\n戊", index_no="W\0\x07")
    assert writer.post(address(dossier), given).status_code == 302
    assert paper(dossier).analysis == "甲乙\x07丙\n丁\u2028---\n---\n戊\n"


def test_papers_that_wait_for_a_step_are_listed(dossier: Dossier, people: dict[Role, Client]) -> None:
    signed(people, dossier, "prepare")
    page = people[Role.REVIEWER].get(f"/d/{dossier.key}/papers/", {"next": "复核"}).content.decode()
    assert page.count("data-row") == 1
    assert LEAF in page
    assert people[Role.REVIEWER].get(f"/d/{dossier.key}/papers/").content.decode().count("data-row") == 18


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_evidence_is_taken_in_with_its_digest_and_listed_in_the_paper(dossier: Dossier, writer: Client) -> None:
    given = typed(dossier, kind="会议纪要", document="某政发〔2021〕3号") | {
        "files": [upload("回访 纪要.PDF", PDF), upload("名单.csv", "机构\n".encode("gb18030"))]
    }
    assert writer.post(address(dossier, "evidence/"), given).status_code == 302
    after = now(dossier)
    pdf, table = after.evidence[-2:]
    assert pdf.path.endswith(f"{pdf.id}-回访 纪要.pdf")
    assert pdf.sha256 == sha256(PDF).hexdigest() == after.digests[pdf.path]
    assert (pdf.kind, pdf.document, pdf.title) == ("会议纪要", "某政发〔2021〕3号", "回访 纪要")
    assert after.data[table.path] == "机构\n".encode("gb18030")
    assert paper(dossier).evidence[-2:] == (pdf.id, table.id)
    assert writer.get(f"/d/{dossier.key}/evidence/{pdf.id}/").content == PDF


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("木马.exe", b"MZ", "不是所要的文件"),
        ("假的.pdf", b"<html>", "与扩展名不符"),
        ("假的.png", PDF, "与扩展名不符"),
        ("空的.pdf", b"", "是空的"),
        ("夹带.txt", b"a\0b", "与扩展名不符"),
    ],
)
def test_what_is_no_evidence_is_refused_and_nothing_is_taken(
    dossier: Dossier, writer: Client, name: str, content: bytes, told: str
) -> None:
    head = dossier.head
    given = typed(dossier) | {"files": [upload("好的.pdf", PDF), upload(name, content)]}
    answer = writer.post(address(dossier, "evidence/"), given)
    assert answer.status_code == 422
    assert told in answer.content.decode()
    dossier.refresh_from_db()
    assert dossier.head == head


def test_a_file_name_never_leaves_the_folder_of_evidence(dossier: Dossier, writer: Client) -> None:
    given = typed(dossier) | {"files": [upload('..\\..\\a:"b".pdf', PDF)]}
    assert writer.post(address(dossier, "evidence/"), given).status_code == 302
    path = now(dossier).evidence[-1].path
    assert path.startswith("evidence/")
    assert ".." not in path.removeprefix("evidence/")
    assert not set(path) & set('\\:"')


def test_the_same_file_is_not_taken_twice(dossier: Dossier, writer: Client) -> None:
    for _ in range(2):
        answer = writer.post(address(dossier, "evidence/"), typed(dossier) | {"files": [upload("纪要.pdf", PDF)]})
    assert answer.status_code == 422
    assert "是同一个文件" in answer.content.decode()
    assert writer.post(address(dossier, "evidence/"), typed(dossier)).status_code == 422


def test_a_locked_paper_takes_no_evidence(dossier: Dossier, people: dict[Role, Client]) -> None:
    signed(people, dossier, "prepare")
    given = typed(dossier) | {"files": [upload("纪要.pdf", PDF)]}
    assert people[Role.EVALUATOR].post(address(dossier, "evidence/"), given).status_code == 422


def test_readers_and_commenters_do_not_see_papers(dossier: Dossier, people: dict[Role, Client]) -> None:
    for role in (Role.READER, Role.COMMENTER):
        assert people[role].get(address(dossier)).status_code == 403
        assert people[role].get(f"/d/{dossier.key}/papers/").status_code == 403
