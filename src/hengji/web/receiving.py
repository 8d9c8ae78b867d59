"""Files that somebody sent for a table: kept apart, outside the dossier, until they are taken or thrown away.

What is sent may name persons in full, so it never becomes a blob: a folder of its own holds the file, the declaration, the mapping, the good
rows (in which such numbers are sealed) and the marked copy, and goes when the file is taken, thrown away or forgotten for a week.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from django.conf import settings

from hengji.engines.intake.faults import HEADER
from hengji.engines.intake.mapping import mapping_path, read_mapping, write_mapping
from hengji.model import dossier as model
from hengji.model.finding import Finding, Severity
from hengji.model.record import record
from hengji.model.table import Column, TableDeclaration
from hengji.storage.codec import decode, encode
from hengji.storage.revisions import digest_of
from hengji.storage.text import render
from hengji.web.jobs import Progress
from hengji.web.joining import Meeting, Twice, joined, meeting, usual_key
from hengji.web.models import Dossier, Job
from hengji.web.projections import opened
from hengji.web.tabular import discreet
from hengji.work.intake import Intake, Wanted, take
from hengji.work.on_fault import OnFault

KIND = "intake"
SMALL = 2**20
"""Bytes of a file that is read while the page waits; a larger one is a job."""
_DECLARATION, _MAPPING, _GOOD, _MARKED, _SENT = "declaration.yaml", "mapping.yaml", "good.csv", "marked.xlsx", "sent"
_OLD, _KEY = "old.csv", "key.json"
_TABLES = "data/tables.yaml"
_STEPS = 6
_PREVIEW = 20
_LISTED = 200
_WEEK = 7 * 24 * 3600
_TOKEN = re.compile(r"[0-9a-f]{32}", re.ASCII)
_UNFIT = re.compile(r'[\x00-\x1f\x7f\\/:*?"<>|\s]+')
_LONGEST = 60
_HERE = {HEADER: "在上面的“列名对应”里选好哪一列是哪一列，再点“按此重新读取”；文件里缺的列，补上后再传"}
"""What to do at this screen where the words of the command line would not help."""


@record
class Received:
    """来件: the folder of something that was sent."""

    token: str
    folder: Path

    @property
    def file(self) -> Path:
        """The file, under the name that it was sent with."""
        return next((self.folder / _SENT).iterdir())

    @property
    def declaration(self) -> TableDeclaration | None:
        """The table that it is for; None while nobody has said."""
        path = self.folder / _DECLARATION
        return decode(TableDeclaration, path.read_text("utf-8"), path.name).value if path.exists() else None

    @property
    def mapping(self) -> dict[str, str]:
        """Their header → our column, as a person put it; empty where nobody did."""
        path, declaration = self.folder / _MAPPING, self.declaration
        if declaration is None or not path.exists():
            return {}
        return read_mapping(path.name, path.read_bytes(), [column.name for column in declaration.columns])[0]

    @property
    def good(self) -> bytes | None:
        """The good rows as csv; None where there are none."""
        path = self.folder / _GOOD
        return path.read_bytes() if path.exists() else None

    @property
    def marked(self) -> bytes | None:
        """The file with its faulty cells marked; None where nothing was wrong."""
        path = self.folder / _MARKED
        return path.read_bytes() if path.exists() else None

    @property
    def key(self) -> tuple[str, ...]:
        """The columns by which its rows are known among those that are there."""
        path, declaration = self.folder / _KEY, self.declaration
        if declaration is None:
            return ()
        chosen = set(json.loads(path.read_text("utf-8"))) if path.exists() else set(usual_key(declaration))
        return tuple(column.name for column in declaration.columns if column.name in chosen)

    def know_by(self, columns: Sequence[str]) -> None:
        (self.folder / _KEY).write_text(json.dumps(list(columns)), "utf-8")

    def joined(self, twice: Twice) -> bytes:
        """The rows that are there, as they were when it was read, and the good ones."""
        return joined(self.folder / _OLD, self.folder / _GOOD, self._places, twice)

    def meeting(self) -> Meeting | None:
        """What meets; None where no row is there, or none can be read, or none came."""
        old, new = self.folder / _OLD, self.folder / _GOOD
        return meeting(old, new, self._places) if old.exists() and new.exists() else None

    @property
    def _places(self) -> list[int]:
        declaration = self.declaration
        assert declaration is not None
        names = [column.name for column in declaration.columns]
        return [names.index(name) for name in self.key]

    def declare(self, declaration: TableDeclaration) -> None:
        (self.folder / _DECLARATION).write_text(encode(declaration), "utf-8")

    def map(self, mapping: Mapping[str, str]) -> None:
        (self.folder / _MAPPING).write_bytes(write_mapping(mapping))

    def forget(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def receive(dossier: Dossier, name: str, content: bytes) -> Received:
    """Keep what was sent, under a name that nobody can guess."""
    _forget_old()
    token = uuid4().hex
    folder = _home(dossier) / token
    (folder / _SENT).mkdir(parents=True)
    (folder / _SENT / plain_name(name)).write_bytes(content)
    return Received(token, folder)


def received(dossier: Dossier, token: str) -> Received | None:
    """What was sent for this dossier under that name; None when it is not there or no more."""
    if _TOKEN.fullmatch(token) is None or not (_home(dossier) / token).is_dir():
        return None
    return Received(token, _home(dossier) / token)


def _home(dossier: Dossier) -> Path:
    return Path(settings.HOME) / "received" / dossier.key


def _forget_old() -> None:
    for folder in (Path(settings.HOME) / "received").glob("*/*"):
        if time.time() - folder.stat().st_mtime > _WEEK:
            shutil.rmtree(folder, ignore_errors=True)


def plain_name(name: str) -> str:
    """A name that a file can have anywhere; what is too long is cut in the middle."""
    plain = _UNFIT.sub("_", name).strip("._") or "来件"
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST // 2] + plain[-_LONGEST // 2 :]


def job_of(dossier: Dossier, token: str) -> Job | None:
    """The last reading of what was sent."""
    return Job.objects.filter(kind=KIND, dossier=dossier, arguments__token=token).order_by("-pk").first()


def read(job: Job, progress: Progress) -> dict[str, Any]:
    """Type every row of what was sent; the good ones and the marked copy are left in its folder."""
    assert job.dossier is not None
    sent = received(job.dossier, job.arguments["token"])
    declaration = sent.declaration if sent is not None else None
    if sent is None or declaration is None:
        return {"gone": True}
    for name in (_GOOD, _MARKED, _OLD):
        (sent.folder / name).unlink(missing_ok=True)
    steps = iter(range(_STEPS))
    wanted = Wanted(
        good=sent.folder / _GOOD,
        errors=sent.folder / _MARKED,
        mapping=sent.folder / _MAPPING,
        on_fault=OnFault.KEEP_GOOD,
    )
    tick = lambda doing: progress(doing, min(next(steps, _STEPS), _STEPS), _STEPS)  # noqa: E731  what take wants to be told by
    done = take(declaration, Path(settings.HOME), sent.file, wanted, tick)
    return _told(done, sent) | {"there": _there(job.dossier, declaration.name, sent)}


def _there(dossier: Dossier, name: str, sent: Received) -> dict[str, Any]:
    """The rows of the dossier's table laid beside those that were sent, and how many meet; ``digest`` is that of its file."""
    found, _ = opened(dossier.head)
    declaration = next((each for each in found.dossier.tables if each.name == name), None) if found else None
    content = found.files.get(declaration.path) if found is not None and declaration is not None else None
    if found is None or declaration is None or content is None:
        return {}
    with TemporaryDirectory(prefix="hengji-") as folder:
        file, mapping = Path(folder) / PurePosixPath(declaration.path).name, Path(folder) / _MAPPING
        file.write_bytes(content)
        mapping.write_bytes(found.files.get(mapping_path(name), b""))
        wanted = Wanted(good=sent.folder / _OLD, mapping=mapping, on_fault=OnFault.STOP)
        done = take(declaration, Path(settings.HOME), file, wanted)
    met = sent.meeting()
    told = {} if met is None else {name: getattr(met, name) for name in ("old", "new", "met", "same", "within")}
    return told | {"rows": done.rows, "digest": digest_of(content)}


def _told(done: Intake, sent: Received) -> dict[str, Any]:
    shown = sorted(done.findings, key=lambda each: list(Severity).index(each.severity))[:_LISTED]
    return {
        "rows": done.rows,
        "refused": done.refused,
        "readable": done.readable,
        "errors": sum(each.severity is Severity.ERROR for each in done.findings),
        "findings": [_finding(each) for each in shown],
        "more": max(0, len(done.findings) - _LISTED),
        "headers": [[theirs, ours] for theirs, ours in done.headers],
        "suggested": dict(done.suggested),
        "preview": _preview(sent.folder / _GOOD),
        "marked": (sent.folder / _MARKED).exists(),
    }


def _finding(finding: Finding) -> dict[str, str]:
    place = finding.place
    where = f"{place.sheet} {place.cell}".strip() if place.cell else f"第{place.line}行" if place.line else place.sheet
    return {
        "severity": finding.severity.value,
        "place": where or place.file,
        "column": place.item,
        "found": discreet(finding.found),
        "expected": finding.expected,
        "do": _HERE.get(finding.code, finding.remedy),
    }


def _preview(path: Path) -> list[list[str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [[discreet(cell) for cell in row] for row in islice(csv.reader(file), _PREVIEW + 1)]


def edits(sent: Received, dossier: model.Dossier, rows: bytes) -> dict[str, bytes | None]:
    """What taking ``rows`` changes in a dossier: the table's csv, and its declaration where that is new, pointed elsewhere, or learnt
    another header for a column. The csv has our headers, so a mapping for the file before it goes.
    """
    declaration = sent.declaration
    assert declaration is not None
    others = [each for each in dossier.tables if each.name != declaration.name]
    old = next((each for each in dossier.tables if each.name == declaration.name), None)
    path = _path(declaration, {each.path for each in others})
    kept = replace(
        declaration,
        path=path,
        sheet="",
        columns=tuple(_remembering(column, declaration, sent.mapping) for column in declaration.columns),
    )
    changed: dict[str, bytes | None] = {path: b"\xef\xbb\xbf" + rows}
    if kept != old:
        tables = (
            (*dossier.tables, kept) if old is None else tuple(kept if each is old else each for each in dossier.tables)
        )
        changed[_TABLES] = render(replace(dossier, tables=tables))[_TABLES]
    if old is not None and old.path != path and old.path in dossier.data and old.path not in {e.path for e in others}:
        changed[old.path] = None
    if mapping_path(declaration.name) in dossier.digests:
        changed[mapping_path(declaration.name)] = None
    return changed


def _remembering(column: Column, declaration: TableDeclaration, mapping: Mapping[str, str]) -> Column:
    """The column as it stands in the csv; headers that a person put to it are its synonyms from now on."""
    ours = {each.name for each in declaration.columns}
    theirs = (header for header, own in mapping.items() if own == column.name and header not in ours)
    return replace(column, from_sheet=False, synonyms=tuple(dict.fromkeys((*column.synonyms, *theirs))))


def _path(declaration: TableDeclaration, taken: set[str]) -> str:
    """The csv of a table that no other table stands in."""
    if declaration.path.startswith("data/") and declaration.path.endswith(".csv") and declaration.path not in taken:
        return declaration.path
    stem = plain_name(declaration.name)
    names = (f"data/{stem}{number}.csv" for number in ("", *range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)
