"""Every operation of the interface: what stands here is routed, validated and documented, and nothing else is."""

from __future__ import annotations

from hengji.web.api import changing, computing, reading, schemas
from hengji.web.api.declaring import BYTES, ZIP, Operation, Scope
from hengji.web.roles import Action
from hengji.web.uploads import MOST_BYTES

_FILE = "dossiers/{key}/files/{path}"
_CHANGE = {
    "base": schemas.DIGEST | {"description": "改动所依据的版本"},
    "why": schemas.WHY | {"description": "改了什么，写进历史"},
}
OPERATIONS = (
    Operation(
        "listDossiers",
        "GET",
        "dossiers",
        "所在的全部档案，最近修改的在前",
        reading.dossiers,
        schemas.DOSSIERS,
        query={
            "q": {"type": "string", "maxLength": 100, "pattern": r"^[^\x00]*$", "description": "名称中的词"},
            "kind": schemas.KIND,
            "limit": {"type": "integer", "minimum": 1, "maximum": 100, "default": 50},
            "page": {"type": "integer", "minimum": 1, "maximum": 10_000, "default": 1},
        },
    ),
    Operation(
        "getDossier",
        "GET",
        "dossiers/{key}",
        "总分、等级、一级指标和全部数值",
        reading.dossier,
        schemas.SUMMARY,
        action=Action.READ,
    ),
    Operation(
        "listFindings",
        "GET",
        "dossiers/{key}/findings",
        "当前一版的全部检查发现",
        reading.findings,
        schemas.FINDINGS,
        action=Action.READ,
    ),
    Operation(
        "listFiles",
        "GET",
        "dossiers/{key}/files",
        "当前一版的全部文件及其指纹",
        reading.files,
        schemas.FILES,
        action=Action.READ_PERSONS,
    ),
    Operation("getFile", "GET", _FILE, "一个文件的原样内容", reading.file, BYTES, action=Action.READ_PERSONS),
    Operation(
        "putFile",
        "PUT",
        _FILE,
        "写一个文件；别人在 base 之后改了同一个文件时不写入，答复 409",
        changing.put_file,
        schemas.COMMITTED,
        scope=Scope.WRITE,
        action=Action.EDIT,
        query=_CHANGE,
        required=("base", "why"),
        body=BYTES,
        most=MOST_BYTES,
        refusals=(409, 423),
    ),
    Operation(
        "deleteFile",
        "DELETE",
        _FILE,
        "删去一个文件，历史里仍有",
        changing.delete_file,
        schemas.COMMITTED,
        scope=Scope.WRITE,
        action=Action.EDIT,
        query=_CHANGE,
        required=("base", "why"),
        refusals=(409, 423),
    ),
    Operation(
        "evaluate",
        "POST",
        "dossiers/{key}/evaluate",
        "把给出的文件换上去试算，不写入",
        computing.evaluate,
        schemas.EVALUATED,
        action=Action.READ_PERSONS,
        body=schemas.EDITS,
    ),
    Operation(
        "traceFigure",
        "GET",
        "dossiers/{key}/figures/{figure}",
        "一个数值从哪里来，直到台账行、数据行、问卷计数或评判",
        reading.trace,
        schemas.TRACE,
        action=Action.READ_PERSONS,
    ),
    Operation(
        "listRevisions",
        "GET",
        "dossiers/{key}/revisions",
        "历史，最新的在前，至多一千版",
        reading.revisions,
        schemas.REVISIONS,
        action=Action.READ_PERSONS,
    ),
    Operation(
        "exportDossier",
        "GET",
        "dossiers/{key}/export",
        "整个档案连同历史，命令行可以打开",
        reading.export,
        ZIP,
        action=Action.READ_PERSONS,
    ),
    Operation(
        "review",
        "POST",
        "review",
        "审核一份评价报告（docx、pdf、txt、md、html），不保存",
        computing.review,
        schemas.REVIEW,
        query={
            "name": {
                "type": "string",
                "minLength": 1,
                "maxLength": 200,
                "pattern": r"^[^/\\\x00-\x1f]+$",
                "description": "文件名，按扩展名和内容读取",
            },
            "profile": {
                "type": "string",
                "minLength": 1,
                "maxLength": 60,
                "default": "国家项目",
                "description": "评价规范",
            },
        },
        required=("name",),
        body=BYTES,
        most=MOST_BYTES,
    ),
    Operation(
        "calculate",
        "POST",
        "policies/{policy}/calculate",
        "按政策库里的一项政策核算给出的数据表，不保存",
        computing.calculate_policy,
        schemas.CALCULATED,
        body=schemas.TABLES,
        most=MOST_BYTES,
    ),
)
PATH_SCHEMAS = {
    "key": schemas.KEY,
    "path": schemas.PATH,
    "figure": {"type": "string", "minLength": 1, "maxLength": 200, "description": "编号、名称或编号的末段"},
    "policy": {
        "type": "string",
        "minLength": 1,
        "maxLength": 60,
        "pattern": "^[^/]+$",
        "description": "政策库中的名称",
    },
}
"""Of what stands in braces in a path."""
