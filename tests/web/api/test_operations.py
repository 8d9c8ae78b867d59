"""The interface: what programs read, write and compute, and what they are refused."""

import json
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from jsonschema_rs import validator_for
from tests.web.api.conftest import Program, Programs

from hengji.model.indicator import SigningStep, WorkingPaper
from hengji.storage.archive import unpack
from hengji.storage.text import paper_of, paper_text
from hengji.web import store
from hengji.web.api.declaring import Scope
from hengji.web.api.operations import OPERATIONS
from hengji.web.models import Dossier, Event, Member, Token
from hengji.web.roles import Role, may
from hengji.work.signing import Hand, sign

DECLARED = {operation.name: operation for operation in OPERATIONS}


def holds(name: str, answer: Any) -> Any:
    """The answer, which is as it was declared."""
    assert answer.status_code == 200, answer.content.decode()
    schema = DECLARED[name].answer
    if isinstance(schema, str):
        assert answer.headers["Content-Type"] == schema
        return answer.content
    data = json.loads(answer.content)
    validator_for(dict(schema)).validate(data)
    return data


def codes(answer: Any) -> list[str]:
    return [each["code"] for each in json.loads(answer.content)["errors"]]


@pytest.fixture
def writer(program: Programs) -> Program:
    return program(Role.EVALUATOR, Scope.WRITE)


def test_a_program_reads_a_dossier(dossier: Dossier, writer: Program) -> None:
    listed = holds("listDossiers", writer("GET", "dossiers"))
    assert [each["key"] for each in listed["dossiers"]] == [dossier.key]
    told = holds("getDossier", writer("GET", f"dossiers/{dossier.key}"))
    assert told["total"] == f"{dossier.score:f}"
    assert told["figures"]
    holds("listFindings", writer("GET", f"dossiers/{dossier.key}/findings"))
    assert holds("listRevisions", writer("GET", f"dossiers/{dossier.key}/revisions"))["revisions"][0]["number"] == 1
    trace = holds("traceFigure", writer("GET", f"dossiers/{dossier.key}/figures/资金.到位"))
    assert trace["figure"] in trace["nodes"]
    assert all(name in trace["nodes"] for node in trace["nodes"].values() for name in node["inputs"])


def test_a_list_is_searched_and_paged(dossier: Dossier, writer: Program) -> None:
    assert holds("listDossiers", writer("GET", "dossiers", q="没有的"))["count"] == 0
    assert holds("listDossiers", writer("GET", "dossiers", kind=dossier.kind, limit="1"))["count"] == 1


def test_a_program_writes_a_file_and_reads_it_back(dossier: Dossier, writer: Program) -> None:
    path = f"dossiers/{dossier.key}/files/papers/备注.md"
    done = holds("putFile", writer("PUT", path, content="备注\n".encode(), base=dossier.head, why="加备注"))
    assert holds("getFile", writer("GET", path)) == "备注\n".encode()
    listed = holds("listFiles", writer("GET", f"dossiers/{dossier.key}/files"))
    assert listed["revision"] == done["revision"]
    holds("deleteFile", writer("DELETE", path, base=done["revision"], why="撤去备注"))
    assert codes(writer("GET", path)) == ["no_such_file"]
    assert [e.what for e in Event.objects.filter(dossier=dossier.key)] == ["改动文件（接口）"] * 2


def test_of_two_who_write_one_file_the_later_is_told(dossier: Dossier, writer: Program) -> None:
    path = f"dossiers/{dossier.key}/files/备注.txt"
    base = dossier.head
    holds("putFile", writer("PUT", path, content=b"1", base=base, why="先"))
    late = writer("PUT", path, content=b"2", base=base, why="后")
    assert (late.status_code, codes(late)) == (409, ["conflict"])
    assert holds("getFile", writer("GET", path)) == b"1"
    other = writer("PUT", f"dossiers/{dossier.key}/files/别的.txt", content=b"3", base=base, why="不相干")
    holds("putFile", other)


def test_a_program_does_not_change_what_is_signed(dossier: Dossier, writer: Program) -> None:
    path = "papers/服务对象满意度.md"
    held = paper_of(path, store.files_of(dossier.head)[path])
    assert held is not None
    signed = sign(held, SigningStep.PREPARED, "评价人员（评价人员）", date(2026, 5, 1))
    assert isinstance(signed, WorkingPaper)
    content = paper_text(signed).encode()
    address = f"dossiers/{dossier.key}/files/{path}"
    forged = writer("PUT", address, content=content, base=dossier.head, why="替人签字")
    assert (forged.status_code, codes(forged)) == (423, ["signed"])
    store.commit(dossier, dossier.head, {path: content}, "评价人员", "签字", Hand.SIGNS)
    for refused in (
        writer("PUT", address, content=content + b"1", base=dossier.head, why="改底稿"),
        writer("DELETE", address, base=dossier.head, why="删底稿"),
    ):
        assert (refused.status_code, codes(refused)) == (423, ["signed"])
    assert holds("getFile", writer("GET", address)) == content


def test_files_are_tried_without_being_written(dossier: Dossier, writer: Program) -> None:
    before = holds("getDossier", writer("GET", f"dossiers/{dossier.key}"))
    tried = holds("evaluate", writer("POST", f"dossiers/{dossier.key}/evaluate", {"files": {"funds.csv": None}}))
    assert tried["summary"]["figures"] != before["figures"]
    assert holds("getDossier", writer("GET", f"dossiers/{dossier.key}")) == before
    broken = holds("evaluate", writer("POST", f"dossiers/{dossier.key}/evaluate", {"files": {"dossier.yaml": "["}}))
    assert broken["summary"]["total"] is None
    assert broken["findings"]


def test_an_empty_profile_is_a_finding(dossier: Dossier, writer: Program) -> None:
    text = writer("GET", f"dossiers/{dossier.key}/files/dossier.yaml").content.decode()
    lines = [line for line in text.splitlines() if not line.startswith("profile:")]
    edits = {"files": {"dossier.yaml": "\n".join([*lines, 'profile: ""'])}}
    told = holds("evaluate", writer("POST", f"dossiers/{dossier.key}/evaluate", edits))
    assert any("评价规范" in each["message"] for each in told["findings"])


def test_the_whole_dossier_is_exported(dossier: Dossier, writer: Program) -> None:
    archive, faults = unpack("包.zip", holds("exportDossier", writer("GET", f"dossiers/{dossier.key}/export")))
    assert archive is not None, faults
    assert "dossier.yaml" in archive.files


def test_a_report_is_reviewed(writer: Program) -> None:
    text = "项目共支出100万元，其中建设补助60万元，运营补助50万元。\n".encode()
    told = holds("review", writer("POST", "review", content=text, name="报告.txt"))
    assert told["statements"]["checked"] >= 0
    assert codes(writer("POST", "review", content=text, name="报告.txt", profile="没有的")) == ["no_such_profile"]
    unread = holds("review", writer("POST", "review", content=b"%PDF-x", name="报告.pdf"))
    assert unread["findings"]


def test_a_policy_is_calculated(writer: Program) -> None:
    from hengji.storage.policy_packs import policy_names
    from hengji.work.policy_by_name import open_policy

    name = policy_names()[0]
    policy, _ = open_policy(name)
    assert policy is not None
    tables = {t.name: ",".join(column.name for column in t.columns) + "\n" for t in policy.tables.values()}
    told = holds("calculate", writer("POST", f"policies/{name}/calculate", {"tables": tables}))
    assert told["policy"] == name
    missing = holds("calculate", writer("POST", f"policies/{name}/calculate", {"tables": {}}))
    assert missing["findings"]
    assert "/tmp" not in json.dumps(missing)
    assert codes(writer("POST", "policies/..%2F..%2Fetc/calculate", {"tables": {}})) == ["no_such_address"]
    assert codes(writer("POST", "policies/examples/calculate", {"tables": {}})) == ["no_such_policy"]


def test_every_fault_is_told_at_once_with_its_place(dossier: Dossier, writer: Program) -> None:
    answer = writer("PUT", f"dossiers/{dossier.key}/files/a.txt", content=b"", base="不对", extra="1")
    assert answer.status_code == 422
    told = {(each["code"], each["place"]) for each in json.loads(answer.content)["errors"]}
    assert told == {("pattern", "query.base"), ("required", "query"), ("additionalProperties", "query")}
    assert "缺少：why。" in answer.content.decode()
    assert codes(writer("GET", "dossiers", limit="1000")) == ["maximum"]
    assert codes(writer("GET", "dossiers", limit="x")) == ["type"]
    for path in ("../x", "a/../b", "/etc/passwd", "a\\b", "a//b", "a\x00b"):
        got = writer("POST", f"dossiers/{dossier.key}/evaluate", {"files": {path: ""}})
        assert got.status_code == 422, path


def test_what_is_no_json_is_refused(dossier: Dossier, writer: Program) -> None:
    address = f"/api/v1/dossiers/{dossier.key}/evaluate"
    for content in (b"", b"{", b"\xff", b"[" * 100_000, b'{"files": {"a": NaN}}', b'{"files": {"a": "\\ud800"}}'):
        got = writer.client.post(address, data=content, content_type="application/json")
        assert (got.status_code, codes(got)) == (400, ["no_json"]), content[:20]


def test_without_a_good_token_nothing_is_told(dossier: Dossier, program: Programs) -> None:
    reader = program(Role.READER, Scope.READ)
    for client in (
        Client(),
        Client(headers={"Authorization": "Bearer x"}),
        Client(headers={"Authorization": "Basic eA=="}),
    ):
        answer = client.get(f"/api/v1/dossiers/{dossier.key}")
        assert (answer.status_code, codes(answer)) == (401, ["unauthorised"])
        assert dossier.name not in answer.content.decode()
    Token.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert reader("GET", "dossiers").status_code == 401
    session = Client()
    session.force_login(Member.objects.get(dossier=dossier).person)
    assert session.get("/api/v1/dossiers").status_code == 401


def test_guessing_tokens_is_slowed(program: Programs) -> None:
    program(Role.READER, Scope.READ)
    statuses = [Client().get("/api/v1/dossiers").status_code for _ in range(40)]
    assert statuses[:30] == [401] * 30
    assert statuses[-1] == 429


@pytest.mark.parametrize("role", list(Role))
def test_a_program_may_what_the_role_may(role: Role, dossier: Dossier, program: Programs) -> None:
    caller = program(role, Scope.WRITE)
    for operation in OPERATIONS:
        if operation.action is None:
            continue
        path = operation.path.replace("{key}", dossier.key).replace("{path}", "无").replace("{figure}", "无")
        answer = caller(operation.method, path)
        assert (answer.status_code == 403) == (not may(role, operation.action)), operation.name


def test_a_reading_token_does_not_write(dossier: Dossier, program: Programs) -> None:
    reader = program(Role.EVALUATOR, Scope.READ)
    for operation in OPERATIONS:
        if operation.scope is Scope.WRITE:
            path = operation.path.replace("{key}", dossier.key).replace("{path}", "a.txt")
            answer = reader(operation.method, path, base=dossier.head, why="试")
            assert (answer.status_code, codes(answer)) == (403, ["scope"])


def test_a_dossier_of_others_is_not_there(dossier: Dossier, writer: Program) -> None:
    Member.objects.all().delete()
    for operation in OPERATIONS:
        if "{key}" in operation.path:
            path = operation.path.replace("{key}", dossier.key).replace("{path}", "funds.csv").replace("{figure}", "x")
            answer = writer(operation.method, path)
            assert (answer.status_code, codes(answer)) == (404, ["no_such_dossier"])


def test_a_wrong_method_says_which_are_right(writer: Program) -> None:
    answer = writer("POST", "dossiers", {})
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET")
