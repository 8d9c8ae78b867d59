"""What changes dossiers: against the revision that was read, like every screen."""

from __future__ import annotations

from hengji.web import store
from hengji.web.api.declaring import Answer, Call, Fault, RefusedError
from hengji.web.events import record
from hengji.web.models import StoredRevision
from hengji.web.projections import refresh


def put_file(call: Call) -> Answer:
    """Write one file."""
    return _commit(call, call.content)


def delete_file(call: Call) -> Answer:
    """Take one file out; it stays in the history."""
    return _commit(call, None)


def _commit(call: Call, content: bytes | None) -> Answer:
    dossier, path = call.dossier.dossier, call.path["path"]
    base, why = call.query["base"], call.query["why"]
    if not StoredRevision.objects.filter(dossier=dossier, digest=base).exists():
        raise RefusedError(422, Fault("no_such_revision", "这个档案没有这一版。先读取，再改动。", "query.base"))
    if content is None and path not in store.manifest_of(base):
        raise RefusedError(404, Fault("no_such_file", f"档案里没有文件“{path}”。", "path.path"))
    done = store.commit(dossier, base, {path: content}, str(call.person), why)
    if done.conflicts:
        told = "别人已经改了这个文件，没有写入。读取当前的一版，合并后再写。"
        raise RefusedError(409, *(Fault("conflict", told, each.path) for each in done.conflicts))
    if done.locked:
        raise RefusedError(423, *(Fault("signed", each.why, each.path) for each in done.locked))
    refresh(dossier)
    record(None, "改动文件（接口）", f"{dossier.name}：{path}", who=call.person.username, dossier=dossier)
    return Answer({"revision": done.digest})
