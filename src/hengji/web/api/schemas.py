"""The shapes of what goes in and out, as JSON Schema."""

from __future__ import annotations

from typing import Any

from hengji.model.programme import Kind

TEXT: dict[str, Any] = {"type": "string"}
COUNT: dict[str, Any] = {"type": "integer", "minimum": 0}
OPTIONAL: dict[str, Any] = {"type": ["string", "null"]}
DIGEST: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{64}$", "description": "SHA-256"}
KEY: dict[str, Any] = {"type": "string", "pattern": "^[0-9a-f]{32}$", "description": "档案的编号，见档案列表"}
PATH: dict[str, Any] = {
    "type": "string",
    "minLength": 1,
    "maxLength": 200,
    "pattern": r"^[^/\\\x00-\x1f\x7f]+(/[^/\\\x00-\x1f\x7f]+)*$",
    "not": {"pattern": r"(^|/)\.{1,2}(/|$)"},
    "description": "档案内的相对路径，如 funds.csv",
}
WHY: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 400, "pattern": r"^[^\x00-\x1f]+$"}


def record(**fields: Any) -> dict[str, Any]:
    """An object with exactly these fields."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def listed(items: Any) -> dict[str, Any]:
    """A list of such things."""
    return {"type": "array", "items": items}


def named(values: Any) -> dict[str, Any]:
    """An object whose names are not known before."""
    return {"type": "object", "additionalProperties": values}


FAULTS = record(errors=listed(record(code=TEXT, message=TEXT, place=TEXT)))
DOSSIER = record(
    key=KEY,
    name=TEXT,
    kind=TEXT,
    year={"type": ["integer", "null"]},
    stage=TEXT,
    score=OPTIONAL,
    grade=TEXT,
    errors=COUNT,
    warnings=COUNT,
    deadline=OPTIONAL,
    revision=TEXT,
    role=TEXT,
)
DOSSIERS = record(dossiers=listed(DOSSIER), count=COUNT, page={"type": "integer", "minimum": 1})
FINDING = {
    "type": "object",
    "properties": {
        "code": TEXT,
        "severity": {"enum": ["error", "warning", "note"]},
        "file": TEXT,
        "line": {"type": ["integer", "null"]},
        "message": TEXT,
        "column": {"type": "integer"},
        "sheet": TEXT,
        "cell": TEXT,
        "item": TEXT,
    },
    "required": ["code", "severity", "file", "line", "message"],
    "additionalProperties": False,
}
FINDINGS = record(revision=TEXT, findings=listed(FINDING))
FIGURE = record(value=OPTIONAL, unit=OPTIONAL, display=TEXT)
SUMMARY = record(
    dossier=TEXT,
    total=OPTIONAL,
    grade=OPTIONAL,
    literal={"anyOf": [{"type": "null"}, record(total=OPTIONAL, grade=OPTIONAL)]},
    level1=listed(record(name=TEXT, weight=TEXT, score=TEXT)),
    figures=named(FIGURE),
)
ENTRY = record(path=TEXT, sha256=DIGEST)
FILES = record(revision=TEXT, files=listed(ENTRY))
COMMITTED = record(revision=DIGEST)
REVISION = record(number=COUNT, revision=DIGEST, parent=TEXT, who=TEXT, when=TEXT, why=TEXT)
REVISIONS = record(revisions=listed(REVISION))
SOURCE = record(kind=TEXT, text=TEXT, file=TEXT, line={"type": ["integer", "null"]}, reference=TEXT)
NODE = record(
    label=TEXT,
    display=TEXT,
    exact=TEXT,
    formula=TEXT,
    standing=TEXT,
    inputs=listed(TEXT),
    sources=listed(SOURCE),
)
TRACE = record(figure=TEXT, nodes=named(NODE))
EDITS = {
    "type": "object",
    "properties": {
        "files": {
            "type": "object",
            "propertyNames": {key: PATH[key] for key in ("minLength", "maxLength", "pattern", "not")},
            "additionalProperties": OPTIONAL,
            "maxProperties": 200,
            "description": "改动的文本文件：路径对内容，null 为删去",
        }
    },
    "additionalProperties": False,
}
EVALUATED = record(summary=SUMMARY, findings=listed(FINDING))
QUOTE = record(quote=TEXT, start=COUNT, end=COUNT)
REVIEW = record(
    file=TEXT,
    statements=record(checked=COUNT, held=COUNT, contradicted=COUNT, unread=COUNT),
    rescore={
        "anyOf": [
            {"type": "null"},
            record(awarded=OPTIONAL, literal=OPTIONAL, grade_awarded=OPTIONAL, grade_literal=OPTIONAL),
        ]
    },
    findings=listed(
        record(
            code=TEXT,
            name=TEXT,
            severity=TEXT,
            confidence=TEXT,
            place=TEXT,
            quote=TEXT,
            start=COUNT,
            end=COUNT,
            message=TEXT,
            computation=TEXT,
            related=listed(QUOTE),
        )
    ),
)
TABLES = {
    "type": "object",
    "properties": {
        "tables": {
            "type": "object",
            "additionalProperties": TEXT,
            "maxProperties": 20,
            "description": "数据表名对 csv 文本，首行为列名",
        },
        "grain": {"enum": ["row", "institution", "total"], "default": "institution"},
    },
    "required": ["tables"],
    "additionalProperties": False,
}
_DUE = {
    "name": TEXT,
    "rows": {"type": ["integer", "null"]},
    "paid": {"type": ["integer", "null"]},
    "faulty": {"type": ["integer", "null"]},
    "tiers": named(TEXT),
    "total": TEXT,
}
_REFUSED = record(
    code=TEXT, condition=TEXT, clause=TEXT, source=TEXT, count=COUNT, lines=listed({"type": "integer"}), example=TEXT
)
CALCULATED = {
    "type": "object",
    "properties": {
        "policy": OPTIONAL,
        "engine": TEXT,
        "title": TEXT,
        "grain": TEXT,
        "rows": COUNT,
        "paid": COUNT,
        "unpaid": COUNT,
        "faulty": COUNT,
        "tiers": named(TEXT),
        "total": TEXT,
        "recipient_count": COUNT,
        "recipients": listed(record(**_DUE)),
        "refused": listed(_REFUSED),
        "findings": listed(FINDING),
    },
    "required": ["policy", "engine", "findings"],
    "additionalProperties": False,
}
KIND = {"enum": [kind.value for kind in Kind]}
