"""Funds: the ledger listed, typed into and uploaded; what is wrong is told in place and nothing is lost."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from hengji.model.document import Table, plain_text
from hengji.reports.compose import compose
from hengji.storage.policy_packs import OWN
from hengji.web import projections, store
from hengji.web.models import Dossier, Projection
from hengji.web.projections import refresh
from hengji.web.roles import Role
from hengji.web.screens.funds import project
from hengji.work.evaluate import evaluate_opened
from hengji.work.load import open_files

HEAD = "日期,环节,项目,层级,金额（元）,资金来源,文号,付款方,收款方,备注"
ROW = [
    "2020-12-01",
    "拨付",
    "建设补助2020",
    "市级",
    "1000",
    "",
    "未财函〔2020〕99号",
    "未央区财政局",
    "未央区康祥老年服务中心",
    "",
]


@pytest.fixture
def judge(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


def ledger(dossier: Dossier) -> str:
    dossier.refresh_from_db()
    return store.files_of(dossier.head)["funds.csv"].decode("utf-8-sig")


def address(dossier: Dossier, rest: str = "") -> str:
    return f"/d/{dossier.key}/funds/{rest}"


def row(name: str, cells: list[str]) -> dict[str, str]:
    return {f"{name}-{at}": cell for at, cell in enumerate(cells)}


def shown(dossier: Dossier, line: int) -> list[str]:
    return next(csv.reader([ledger(dossier).splitlines()[line - 1]]))


def test_the_screen_shows_rates_flows_terms_and_rows(dossier: Dossier, judge: Client) -> None:
    answer = judge.get(address(dossier))
    page = answer.content.decode()
    assert answer.context["list"]["page"].paginator.count == 28
    assert "99.63" in page
    assert "sankey" in page
    assert "逾期" in page
    assert "省级下达后三个月" in page or "个月" in page


def test_a_stage_without_a_row_is_a_dash_as_it_is_in_the_report(dossier: Dossier) -> None:
    """Nobody recorded a budget of the sub-project: no 0.00, and no rate of it either."""
    files = dict(store.files_of(dossier.head))
    rows = files["funds.csv"].decode("utf-8-sig").splitlines()
    files["funds.csv"] = "\n".join(row for row in rows if ",年初预算,省级建设补助2019," not in row).encode()
    read, findings = open_files(files)
    assert read is not None
    evaluation = evaluate_opened(read, findings)
    name = next(each.name for each in evaluation.dossier.head.programmes if each.id == "省级建设补助2019")
    told = project(evaluation)
    row = next(each for each in told["rows"] if each["title"] == name)
    table = next(each for each in compose(evaluation).blocks if isinstance(each, Table) and each.id == "资金情况表")
    in_report = [plain_text(each.cells[2].inlines) for each in table.body if plain_text(each.cells[0].inlines) == name]
    assert told["stages"][0] == "年初预算"
    assert in_report == [row["cells"][0]] == ["—"]
    assert "0.00" not in row["cells"]
    assert [each["text"] for each in row["rates"] if each["figure"].startswith("资金.到位率")] == []


def test_amounts_of_different_stages_are_not_added(dossier: Dossier, judge: Client) -> None:
    every = judge.get(address(dossier))
    assert len(every.context["stages"]) > 1
    assert every.context["list"]["totals"] == ()
    paid = judge.get(address(dossier), {"only.环节": "拨付", "sort": "-金额"})
    assert paid.context["stages"] == [("拨付", "2,943,315.00")]
    assert paid.context["list"]["totals"][5] == "2,943,315.00"


def test_a_reader_sees_sums_and_no_rows(dossier: Dossier, people: dict[Role, Client]) -> None:
    answer = people[Role.READER].get(address(dossier))
    assert "list" not in answer.context
    assert "99.63" in answer.content.decode()
    assert people[Role.READER].get(address(dossier), {"file": "csv"}).headers["Content-Type"].startswith("text/html")
    assert people[Role.READER].post(address(dossier, "edit/"), {}).status_code == 403
    assert people[Role.REVIEWER].get(address(dossier, "edit/")).status_code == 403


def test_one_row_is_changed_and_the_rest_stays_byte_for_byte(dossier: Dossier, judge: Client) -> None:
    before = ledger(dossier)
    cells = shown(dossier, 5)
    cells[4] = "80,600.50"
    answer = judge.post(address(dossier, "edit/"), {"base": dossier.head, "page": "1", **row("5", cells)})
    assert answer.status_code == 302
    old, new = before.splitlines(), ledger(dossier).splitlines()
    assert [at for at, (a, b) in enumerate(zip(old, new, strict=True), 1) if a != b] == [5]
    assert '"80,600.50"' in new[4]


def test_rows_are_added_and_deleted(dossier: Dossier, judge: Client) -> None:
    before = ledger(dossier).splitlines()
    given = {"base": dossier.head, "7-drop": "on", **row("7", shown(dossier, 7)), **row("n1", ROW)}
    assert judge.post(address(dossier, "edit/"), given).status_code == 302
    after = ledger(dossier).splitlines()
    assert after == [line for at, line in enumerate(before, 1) if at != 7] + [",".join(ROW)]


def test_what_cannot_be_read_is_told_in_place_and_kept(dossier: Dossier, judge: Client) -> None:
    head = dossier.head
    bad = ["2020年13月", "拨了", "没有的项目", "市级", "一千", "", "=1+1", "", "<script>alert(1)</script>", ""]
    answer = judge.post(address(dossier, "edit/"), {"base": head, "page": "1", **row("n0", bad)})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert page.count('aria-invalid="true"') >= 3
    assert "2020年13月" in page
    assert "一千" in page
    assert "<script>alert" not in page
    dossier.refresh_from_db()
    assert dossier.head == head


def test_an_unknown_project_alone_is_refused(dossier: Dossier, judge: Client) -> None:
    bad = [*ROW[:2], "没有的项目", *ROW[3:]]
    answer = judge.post(address(dossier, "edit/"), {"base": dossier.head, **row("n0", bad)})
    assert answer.status_code == 422
    assert "没有编号为“没有的项目”的子项目" in answer.content.decode()


def test_two_people_in_the_ledger_see_both_sides(dossier: Dossier, judge: Client) -> None:
    base = dossier.head
    assert judge.post(address(dossier, "edit/"), {"base": base, **row("n0", ROW)}).status_code == 302
    late = judge.post(address(dossier, "edit/"), {"base": base, **row("n0", [*ROW[:4], "2000", *ROW[5:]])})
    assert late.status_code == 409
    assert "2000" in late.content.decode()


def test_nothing_typed_is_nothing_saved(dossier: Dossier, judge: Client) -> None:
    head = dossier.head
    answer = judge.post(address(dossier, "edit/"), {"base": head, "page": "x", **row("5", shown(dossier, 5))})
    assert answer.status_code == 302
    dossier.refresh_from_db()
    assert dossier.head == head


@pytest.mark.parametrize("asked", [{"line": "12"}, {"line": "9" * 99}, {"page": "二"}, {"line": "-1"}])
def test_the_grid_opens_wherever_it_is_asked(dossier: Dossier, judge: Client, asked: dict[str, str]) -> None:
    answer = judge.get(address(dossier, "edit/"), asked)
    assert answer.status_code == 200
    assert 'id="r12"' in answer.content.decode()


def test_a_cell_never_becomes_two_lines(dossier: Dossier, judge: Client) -> None:
    given = {"base": dossier.head, **row("n0", [*ROW[:9], "一\r\n2020-01-01,拨付"])}
    assert judge.post(address(dossier, "edit/"), given).status_code == 302
    assert ledger(dossier).splitlines()[-1].endswith('"一  2020-01-01,拨付"')


def test_lines_that_nobody_can_read_stay_where_they_are(dossier: Dossier, judge: Client) -> None:
    text = (
        f"{HEAD}\n{','.join(ROW)}\n{',' * 12}多\n\n{','.join([*ROW[:9], chr(34) + '两' + chr(10) + '行' + chr(34)])}\n"
    )
    store.commit(dossier, dossier.head, {"funds.csv": text.encode()}, "评价人员", "放入台账")
    refresh(dossier)
    given = {"base": dossier.head, "2-drop": "on", **row("5", [*ROW[:4], "7", *ROW[5:9], "一行"])}
    assert judge.post(address(dossier, "edit/"), given).status_code == 302
    assert ledger(dossier) == f"{HEAD}\n{',' * 12}多\n\n{','.join([*ROW[:4], '7', *ROW[5:9], '一行'])}\n"


def book(*rows: list[object]) -> bytes:
    made = Workbook()
    page = made.active
    assert page is not None
    for cells in rows:
        page.append(cells)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


TITLES: list[object] = ["日期", "环节", "项目", "层级", "金额（万元）", "收款方"]


def sent(judge: Client, dossier: Dossier, name: str, content: bytes, **more: str) -> tuple[int, str]:
    file = SimpleUploadedFile(name, content)
    answer = judge.post(address(dossier, "upload/"), {"base": dossier.head, "file": file, **more})
    return answer.status_code, answer.content.decode()


def test_a_workbook_with_a_title_and_another_unit_is_taken(dossier: Dossier, judge: Client) -> None:
    content = book(["未央区资金台账"], TITLES, [date(2020, 12, 1), "拨付", "建设补助2020", "市级", 10.5, "甲院"])
    assert sent(judge, dossier, "台账.xlsx", content, way="接在现有台账后面")[0] == 302
    lines = ledger(dossier).splitlines()
    assert len(lines) == 30
    assert lines[-1] == "2020-12-01,拨付,建设补助2020,市级,105000,,,,甲院,"
    dossier.refresh_from_db()
    assert sent(judge, dossier, "台账.xlsx", content)[0] == 302
    assert len(ledger(dossier).splitlines()) == 2


def test_faulty_rows_stop_an_upload_unless_they_are_to_be_left_out(dossier: Dossier, judge: Client) -> None:
    good: list[object] = ["2020-12-01", "拨付", "建设补助2020", "市级", 1, "甲院"]
    rows: list[list[object]] = [
        ["2020-12", "拨付", "建设补助2020", "市级", 2, "甲院"],
        ["2020-12-01", "拨付", "没有的项目", "市级", 3, "甲院"],
        ["2020-12-01", "拨付", "建设补助2020", "市级", "很多", "甲院"],
    ]
    content = book(TITLES, good, *rows)
    status, page = sent(judge, dossier, "台账.xlsx", content)
    assert status == 422
    for word in ("只到月份", "没有的项目", "很多"):
        assert word in page
    assert len(ledger(dossier).splitlines()) == 29
    assert sent(judge, dossier, "台账.xlsx", content, faulty="有误的行不收，其余照收")[0] == 302
    assert ledger(dossier).splitlines()[1:] == ["2020-12-01,拨付,建设补助2020,市级,10000,,,,甲院,"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("台账.xlsx", b"PK\x03\x04 not a workbook"),
        ("台账.csv", b""),
        ("台账.csv", b"\0\0"),
        ("台账.csv", "一,二\n三,四\n".encode()),
        ("台账.csv", f'{HEAD}\n"2020'.encode()),
        ("台账.exe", b"MZ"),
    ],
)
def test_a_file_that_is_no_ledger_is_refused_in_words(
    dossier: Dossier, judge: Client, name: str, content: bytes
) -> None:
    before = ledger(dossier)
    status, page = sent(judge, dossier, name, content)
    assert status == 422
    assert "现有台账没有改动" in page
    assert ledger(dossier) == before


def test_a_ledger_that_cannot_be_read_is_not_edited_row_by_row(dossier: Dossier, judge: Client) -> None:
    store.commit(dossier, dossier.head, {"funds.csv": b"PK\x03\x04"}, "评价人员", "放错文件")
    refresh(dossier)
    answer = judge.get(address(dossier, "edit/"), follow=True)
    assert "不能逐行修改" in answer.content.decode()


def test_the_first_row_of_an_empty_ledger_makes_the_file(dossier: Dossier, judge: Client) -> None:
    store.commit(dossier, dossier.head, {"funds.csv": None}, "评价人员", "删去台账")
    refresh(dossier)
    assert "台账还是空的" in judge.get(address(dossier)).content.decode()
    assert judge.post(address(dossier, "edit/"), {**row("n0", ROW)}).status_code == 302
    assert ledger(dossier).splitlines() == [HEAD, ",".join(ROW)]


def test_an_exported_ledger_neutralises_formulas(dossier: Dossier, judge: Client) -> None:
    given = {"base": dossier.head, **row("n0", [*ROW[:8], "=HYPERLINK(1)", "@x"])}
    assert judge.post(address(dossier, "edit/"), given).status_code == 302
    text = judge.get(address(dossier), {"file": "csv"}).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1),'@x" in text


def test_another_program_or_another_pack_of_the_same_version_shows_its_own_figures(
    dossier: Dossier, judge: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "到位和执行" in judge.get(address(dossier)).content.decode()
    Projection.objects.filter(name="funds").update(data={"rows": [], "stages": [], "sankey": "", "terms": []})
    projections._cached.cache_clear()
    assert "到位和执行" not in judge.get(address(dossier)).content.decode()
    (tmp_path / "parameters.yaml").write_text("{}", "utf-8")
    monkeypatch.setattr(projections, "pack_roots", lambda: iter((OWN, tmp_path)))
    projections.made_by.cache_clear()
    try:
        Dossier.objects.update(score=None, errors=99)
        assert "到位和执行" in judge.get(address(dossier)).content.decode()
        dossier.refresh_from_db()
        assert dossier.score is not None
        assert dossier.errors != 99
    finally:
        projections.made_by.cache_clear()
