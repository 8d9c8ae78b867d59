"""Data: files become tables through a look at every cell; what is wrong is told, good rows go on, nothing plain is kept."""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from hengji.model.table import ColumnType, TableDeclaration
from hengji.storage.text import parse
from hengji.web import receiving, store
from hengji.web.jobs import run, take_next
from hengji.web.jobs_states import State
from hengji.web.models import Dossier, Job
from hengji.web.projections import refresh
from hengji.web.roles import Role
from hengji.web.works import KINDS

TABLE = "市级建设项目"
PATH = f"data/{TABLE}.csv"
CITIZENS = ("110101194901010018", "110101194901010077")
Rows = Sequence[Sequence[object]]
ROSTER: Rows = [
    ["老人名册"],
    ["姓名编号", "身份证号", "入住日期", "护理等级", "补助金额（元）", "月数"],
    ["A1", CITIZENS[0], "2020-03-01", "自理", "1,200.50", 3],
    ["A2", CITIZENS[1], "2020-04-01", "失能", "600", 6],
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(HOME=tmp_path):
        yield tmp_path


@pytest.fixture
def judge(people: dict[Role, Client]) -> Client:
    return people[Role.EVALUATOR]


def address(dossier: Dossier, rest: str = "") -> str:
    return f"/d/{dossier.key}/data/{rest}"


def declarations(dossier: Dossier) -> dict[str, TableDeclaration]:
    dossier.refresh_from_db()
    parsed = parse(store.files_of(dossier.head)).dossier
    assert parsed is not None
    return {each.name: each for each in parsed.tables}


def content(dossier: Dossier, path: str) -> str:
    dossier.refresh_from_db()
    return store.files_of(dossier.head)[path].decode("utf-8-sig")


def book(rows: Rows) -> bytes:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(list(row))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def sent(judge: Client, dossier: Dossier, name: str, file: bytes, table: str = TABLE) -> str:
    """Upload; the address of what was received."""
    answer = judge.post(address(dossier, "upload/"), {"table": table, "file": SimpleUploadedFile(name, file)})
    assert answer.status_code == 302
    return answer.headers["Location"]


def projects(*rows: str) -> bytes:
    head = "机构,列入公示,床位数,建设方式,社会资本举办,位于本市,此前已获建设补助,评审报告,实付市级（元）,实付区级（元）,备注"
    return "\n".join([head, *rows]).encode()


GOOD = "甲院,是,50,新建,是,是,,,500000,0,=1+1"
BAD = "乙院,也许,五十,自建,是,是,,,很多,0,"


def test_tables_are_listed_with_their_rows_and_uses(dossier: Dossier, judge: Client) -> None:
    page = judge.get(address(dossier)).content.decode()
    assert page.count("data-row") == 5
    assert "建设" in page
    assert "可用" in page


def test_a_table_is_filtered_sorted_added_up_and_exported(dossier: Dossier, judge: Client) -> None:
    there = address(dossier, "of/运营入住人次/")
    every = judge.get(there)
    assert every.context["list"]["page"].paginator.count == 9
    some = judge.get(there, {"only.自理程度": "自理", "sort": "-星级"})
    assert 0 < some.context["list"]["page"].paginator.count < 9
    file = judge.get(there, {"only.自理程度": "自理", "file": "csv"}).content.decode("utf-8-sig")
    assert len(file.splitlines()) == some.context["list"]["page"].paginator.count + 1
    assert judge.get(address(dossier, "of/没有/")).status_code == 404


def test_a_reader_sees_which_tables_there_are_and_no_row(dossier: Dossier, people: dict[Role, Client]) -> None:
    reader = people[Role.READER]
    assert TABLE in reader.get(address(dossier)).content.decode()
    assert reader.get(address(dossier, f"of/{TABLE}/")).status_code == 403
    assert reader.post(address(dossier, "upload/"), {}).status_code == 403
    assert people[Role.REVIEWER].get(address(dossier, f"of/{TABLE}/")).status_code == 200


def test_good_rows_go_on_and_faulty_ones_are_told_and_marked(dossier: Dossier, judge: Client) -> None:
    before = dossier.head
    there = sent(judge, dossier, "项目.csv", projects(GOOD, BAD))
    page = judge.get(there).content.decode()
    assert "合格 1 行" in page
    assert "有误 1 行" in page
    for word in ("也许", "五十", "自建", "很多"):
        assert word in page
    marked = openpyxl.load_workbook(io.BytesIO(judge.get(f"{there}marked/").content))
    assert len(marked.sheetnames) == 2
    dossier.refresh_from_db()
    assert dossier.head == before
    answer = judge.post(f"{there}take/", {"base": before})
    assert answer.status_code == 302
    assert content(dossier, PATH).splitlines()[1].startswith("甲院,是,50,新建")
    assert judge.get(there).status_code == 404
    listed = judge.get(address(dossier, f"of/{TABLE}/"), {"file": "csv"}).content.decode("utf-8-sig")
    assert "'=1+1" in listed


def test_columns_are_guessed_and_put_right(dossier: Dossier, judge: Client) -> None:
    strange = projects(GOOD).replace("机构,列入公示,床位数".encode(), "养老单位,列入公示名单,核定床位".encode())
    there = sent(judge, dossier, "项目.csv", strange)
    page = judge.get(there).content.decode()
    assert "一行也没有读" in page
    assert "猜的，核对" in page
    assert "再点“按此重新读取”" in page
    assert "--mapping" not in page
    assert judge.post(f"{there}take/", {}).status_code == 302
    headers = judge.get(there).context["headers"]
    wanted = {"养老单位": "机构", "列入公示名单": "列入公示", "核定床位": "床位数"}
    given = {f"map-{at}": wanted.get(each["theirs"], each["ours"]) for at, each in enumerate(headers)}
    assert judge.post(f"{there}map/", given).status_code == 302
    assert "收下 1 行" in judge.get(there).content.decode()
    assert judge.post(f"{there}take/", {"base": dossier.head}).status_code == 302
    assert "甲院" in content(dossier, PATH)
    assert declarations(dossier)[TABLE].path == PATH
    assert "养老单位" in declarations(dossier)[TABLE].columns[0].synonyms
    assert judge.get(address(dossier, f"of/{TABLE}/")).context["list"]["page"].paginator.count == 1
    for file in (strange, projects(GOOD)):
        assert "收下 1 行" in judge.get(sent(judge, dossier, "项目.csv", file)).content.decode()


def test_a_mapping_for_the_file_before_goes_with_it(dossier: Dossier, judge: Client) -> None:
    mapping = f"data/mappings/{TABLE}.yaml"
    store.commit(dossier, dossier.head, {mapping: "单位名称: 机构\n".encode()}, "评价人员", "放入列名对应")
    refresh(dossier)
    there = sent(judge, dossier, "项目.csv", projects(GOOD))
    assert judge.post(f"{there}take/", {}).status_code == 302
    dossier.refresh_from_db()
    assert mapping not in store.files_of(dossier.head)
    assert judge.get(address(dossier, f"of/{TABLE}/")).context["list"]["page"].paginator.count == 1


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("坏.xlsx", b"PK\x03\x04 broken"),
        ("空.csv", b"\n\n"),
        ("别的.csv", "一,二\n三,四\n".encode()),
        ("引号.csv", b'"a\n'),
    ],
)
def test_a_file_that_cannot_be_read_says_so_and_changes_nothing(
    dossier: Dossier, judge: Client, name: str, file: bytes
) -> None:
    before = dossier.head
    there = sent(judge, dossier, name, file)
    page = judge.get(there).content.decode()
    assert "Traceback" not in page
    assert "一行也没有读" in page
    judge.post(f"{there}take/", {})
    dossier.refresh_from_db()
    assert dossier.head == before
    assert judge.post(f"{there}forget/", {}).status_code == 302
    assert judge.get(there).status_code == 404


def test_what_is_no_table_file_is_refused(dossier: Dossier, judge: Client, home: Path) -> None:
    for name, file in (("a.exe", b"MZ"), ("a.xlsx", b"not zip"), ("a.csv", b"")):
        given = {"table": TABLE, "file": SimpleUploadedFile(name, file)}
        page = judge.post(address(dossier, "upload/"), given, follow=True).content.decode()
        assert "没有改动" in page
    assert judge.post(address(dossier, "upload/"), {"table": TABLE}).status_code == 422
    assert judge.post(address(dossier, "upload/"), {"table": "没有"}).status_code == 404
    assert not list(home.glob("received/*/*"))


def test_a_large_file_is_a_job_with_progress(dossier: Dossier, judge: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hengji.web.screens.receive.SMALL", 10)
    there = sent(judge, dossier, "项目.csv", projects(GOOD))
    page = judge.get(there).content.decode()
    assert "data-busy" in page
    assert "正在读取" in page
    assert judge.get(address(dossier)).content.decode().count(">项目.csv<") == 1
    judge.post(f"{there}take/", {})
    assert "甲院" not in content(dossier, PATH)
    job = take_next()
    assert job is not None
    run(job, KINDS)
    job.refresh_from_db()
    assert job.state == State.DONE.value
    assert (job.done, job.total) != (0, 0)
    part = judge.get(there, {"state": "1"}).content.decode()
    assert "<html" not in part
    assert "收下 1 行" in part


def test_what_was_sent_for_one_dossier_is_not_found_in_another(dossier: Dossier, judge: Client) -> None:
    there = sent(judge, dossier, "项目.csv", projects(GOOD))
    token = there.rstrip("/").rpartition("/")[2]
    other = store.create(store.files_of(dossier.head), "别人", "导入档案")
    assert receiving.received(other, token) is None
    assert receiving.received(dossier, token) is not None
    assert receiving.received(dossier, f"../{dossier.key}/{token}") is None


def begun(judge: Client, dossier: Dossier, rows: Rows) -> str:
    answer = judge.post(address(dossier, "new/"), {"file": SimpleUploadedFile("老人名册.xlsx", book(rows))})
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_a_new_table_is_guessed_confirmed_and_taken_with_sealed_numbers(
    dossier: Dossier, judge: Client, home: Path
) -> None:
    there = begun(judge, dossier, ROSTER)
    page = judge.get(there)
    form = page.context["form"]
    assert [form[f"type-{at}"] for at in range(6)] == ["文本", "身份证号", "日期", "文本", "金额", "整数"]
    assert form["unit-4"] == "元"
    assert CITIZENS[0] not in page.content.decode()
    answer = judge.post(there, form)
    assert answer.status_code == 302
    received = answer.headers["Location"]
    shown = judge.get(received).content.decode()
    assert "收下 2 行" in shown
    assert not any(number in shown for number in CITIZENS)
    assert "老人名册" not in declarations(dossier)
    assert judge.post(f"{received}take/", {"base": dossier.head}).status_code == 302
    declared = declarations(dossier)["老人名册"]
    assert [column.type for column in declared.columns][1] is ColumnType.CITIZEN
    text = content(dossier, declared.path)
    assert not any(number in text for number in CITIZENS)
    assert "1200.5" in text
    table = judge.get(address(dossier, "of/老人名册/")).content.decode()
    assert "尾号0018" in table
    assert not list(home.glob("received/*/*"))
    assert not Job.objects.filter(result__icontains=CITIZENS[0]).exists()


def test_a_declaration_that_does_not_hold_is_told_in_place(dossier: Dossier, judge: Client) -> None:
    there = begun(judge, dossier, ROSTER)
    form = judge.get(there).context["form"]
    bad = form | {
        "name": TABLE,
        "name-0": "",
        "unit-4": "斤",
        "type-3": "枚举",
        "choices-3": "",
        "name-5": "身份证号",
        "type-2": "x",
    }
    answer = judge.post(there, bad)
    assert answer.status_code == 422
    assert set(answer.context["faults"]) == {"name", "name-0", "type-2", "choices-3", "unit-4", "name-5"}
    assert "斤" in answer.content.decode()
    assert TABLE in declarations(dossier)


@pytest.mark.parametrize("rows", [[], [["只有一格"]], [[1, 2, 3]]])
def test_a_sheet_without_a_header_declares_nothing(dossier: Dossier, judge: Client, rows: Rows) -> None:
    page = judge.get(begun(judge, dossier, rows)).content.decode()
    assert "找不到表头" in page or "读不出来" in page


@pytest.mark.parametrize(
    ("twice", "beds"),
    [("以来件为准", ["24", "70", "90"]), ("以现有为准", ["60", "24", "90"]), ("都留下", ["60", "24", "70", "90"])],
)
def test_rows_go_behind_those_that_are_there_and_what_meets_is_told(
    dossier: Dossier, judge: Client, twice: str, beds: list[str]
) -> None:
    first = sent(
        judge, dossier, "一月.csv", projects(GOOD.replace(",50,", ",60,"), GOOD.replace("甲院,是,50", "乙院,是,24"))
    )
    assert judge.post(f"{first}take/", typed(dossier, way="替换现有的行")).status_code == 302
    second = sent(
        judge, dossier, "二月.csv", projects(GOOD.replace(",50,", ",70,"), GOOD.replace("甲院,是,50", "丙院,是,90"))
    )
    assert judge.get(second).context["there"] | {"digest": ""} == {
        "rows": 2,
        "digest": "",
        "old": 2,
        "new": 2,
        "met": 0,
        "same": 0,
        "within": 0,
    }
    assert judge.post(f"{second}key/", {"by": ["机构"]}).status_code == 302
    shown = judge.get(second)
    assert [shown.context["there"][name] for name in ("old", "new", "met", "same")] == [2, 2, 1, 0]
    assert "接在后面时，重复的 1 行" in shown.content.decode()
    given = typed(dossier, way="接在现有的行后面", twice=twice)
    assert judge.post(f"{second}take/", given).status_code == 302
    rows = [line.split(",") for line in content(dossier, PATH).splitlines()[1:]]
    assert [row[2] for row in rows] == beds


def typed(dossier: Dossier, **fields: str) -> dict[str, str]:
    dossier.refresh_from_db()
    return {"base": dossier.head, **fields}


def test_rows_that_changed_since_they_were_counted_are_counted_again(dossier: Dossier, judge: Client) -> None:
    early = sent(judge, dossier, "一月.csv", projects(GOOD))
    other = sent(judge, dossier, "二月.csv", projects(GOOD.replace("甲院", "丁院")))
    assert judge.post(f"{other}take/", typed(dossier)).status_code == 302
    before = content(dossier, PATH)
    given = typed(dossier, way="接在现有的行后面")
    told = judge.post(f"{early}take/", given, follow=True).content.decode()
    assert "没有收" in told
    assert content(dossier, PATH) == before
    assert judge.post(f"{early}take/", given).status_code == 302
    assert [line.split(",")[0] for line in content(dossier, PATH).splitlines()[1:]] == ["丁院", "甲院"]


def test_no_column_knows_no_row(dossier: Dossier, judge: Client) -> None:
    there = sent(judge, dossier, "项目.csv", projects(GOOD))
    told = judge.post(f"{there}key/", {"by": "没有这一列"}, follow=True).content.decode()
    assert "至少选一列" in told


def test_two_people_taking_the_same_table_see_both_sides(dossier: Dossier, judge: Client) -> None:
    base = dossier.head
    first, second = (sent(judge, dossier, "项目.csv", projects(row)) for row in (GOOD, GOOD.replace("甲院", "丙院")))
    assert judge.post(f"{first}take/", {"base": base}).status_code == 302
    assert judge.post(f"{second}take/", {"base": base}).status_code == 409
    assert judge.get(second).status_code == 200
