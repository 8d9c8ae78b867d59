"""What an operation of the interface is: one declaration from which it is routed, validated and documented."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import field
from enum import Enum
from typing import Any

from hengji.model.record import record
from hengji.web.access import Here
from hengji.web.models import Person
from hengji.web.roles import Action

Schema = Mapping[str, Any]
JSON = "application/json"
BYTES = "application/octet-stream"
ZIP = "application/zip"


class Scope(Enum):
    """令牌范围."""

    READ = "只读"
    WRITE = "读写"


@record
class Fault:
    """接口错误: what is wrong, by an English code that stays, a sentence in Chinese, and the place in the request."""

    code: str
    message: str
    place: str = ""


@record
class Answer:
    """答复: JSON in ``data``, or a file in ``content``."""

    data: Any = None
    content: bytes | None = None
    status: int = 200

    def body(self) -> bytes:
        return json.dumps(self.data, ensure_ascii=False).encode() if self.content is None else self.content


class RefusedError(Exception):
    """The operation is not done, for these reasons."""

    def __init__(self, status: int, *faults: Fault) -> None:
        super().__init__(status)
        self.status = status
        self.faults = faults


@record
class Call:
    """请求: who calls, about which dossier, with what; everything was validated against the declaration."""

    person: Person
    here: Here | None
    path: Mapping[str, str]
    query: Mapping[str, Any]
    data: Any
    content: bytes

    @property
    def dossier(self) -> Here:
        """The dossier of the address; only where the address has one."""
        assert self.here is not None
        return self.here


@record
class Operation:
    """接口操作: ``path`` below the interface's root; with {key} in it, ``action`` is what the role must allow.

    ``query`` are the schemas of what may stand in the query, by name; ``body`` is the schema of a JSON body, or BYTES for a file;
    ``answer`` is the schema of a JSON answer, or the media type of a file.
    """

    name: str
    method: str
    path: str
    summary: str
    run: Callable[[Call], Answer]
    answer: Schema | str
    scope: Scope = Scope.READ
    action: Action | None = None
    query: Mapping[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    body: Schema | str | None = None
    most: int = 4 * 2**20
    refusals: tuple[int, ...] = ()
