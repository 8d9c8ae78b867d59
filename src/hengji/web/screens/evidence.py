"""Evidence: its files as they were given, and new ones taken into the dossier with their digest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from hengji.model.dossier import Dossier
from hengji.model.evidence import Evidence
from hengji.storage.revisions import digest_of
from hengji.storage.text import render
from hengji.web import store
from hengji.web.access import Here, member
from hengji.web.attachments import attachment
from hengji.web.editing import save
from hengji.web.events import record
from hengji.web.leaves import file_of, leaf_of, read_from, unread
from hengji.web.projections import opened
from hengji.web.roles import Action
from hengji.web.screens.papers import page
from hengji.web.uploads import taken
from hengji.work import signing

FILE = "evidence.yaml"
SUFFIXES = (".pdf", ".docx", ".xlsx", ".xls", ".csv", ".txt", ".md", ".png", ".jpg", ".jpeg", ".zip")
_MOST_FILES = 20
_LONGEST = 60
_USUAL = "文件"
_NUMBERED = re.compile(r"E(\d{1,6})", re.ASCII)
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


@member(Action.READ_PERSONS)
def evidence(request: HttpRequest, here: Here, piece: str) -> HttpResponse:
    """One piece's file, as a download."""
    found, _ = opened(here.dossier.head)
    path = next((each.path for each in found.dossier.evidence if each.id == piece), "") if found else ""
    digest = store.manifest_of(here.dossier.head).get(path)
    content = store.blob(digest) if digest else None
    if content is None:
        raise Http404
    record(request, "下载佐证", f"{here.dossier.name}：{piece}")
    return attachment(content, path.rpartition("/")[2], "application/octet-stream")


@member(Action.READ_PERSONS, changing=Action.EDIT)
def take_evidence(request: HttpRequest, here: Here, indicator: str) -> HttpResponseBase:
    """Take files into the dossier as evidence of one paper, all or none."""
    found = read_from(request, here)
    leaf = leaf_of(found.dossier, indicator)
    if request.method != "POST":
        return redirect("paper", key=here.dossier.key, indicator=indicator)
    files = request.FILES.getlist("files")
    refused = signing.refusal(leaf.paper) or unread(request, here, FILE)
    if refused:
        return page(request, here, leaf, {"": refused})
    if not 0 < len(files) <= _MOST_FILES:
        told = f"一次最多传 {_MOST_FILES} 个文件。" if files else "没有选文件。"
        return page(request, here, leaf, {"files": told})
    words = [request.POST.get(name, "").strip()[:200] for name in ("kind", "document", "source")]
    pieces, contents, faults = _pieces(found.dossier, files, words)
    if faults:
        return page(request, here, leaf, {"files": "".join(faults) + "一件也没有收下。"})
    added = replace(found.dossier, evidence=(*found.dossier.evidence, *pieces))
    paper = replace(leaf.paper, evidence=(*leaf.paper.evidence, *(piece.id for piece in pieces)))
    edits = file_of(signing.changed(paper)) | {FILE: render(added)[FILE]} | dict(contents)
    names = "、".join(piece.id for piece in pieces)
    clash = save(request, here, edits, f"收入佐证{names}")
    if clash is not None:
        return clash
    messages.success(request, f"已收入佐证{names}，并记下指纹。")
    return redirect("paper", key=here.dossier.key, indicator=indicator)


def _pieces(
    dossier: Dossier, files: Sequence[UploadedFile[bytes]], words: Sequence[str]
) -> tuple[list[Evidence], dict[str, bytes], list[str]]:
    """The new pieces, their files by path, and what is wrong with the uploads."""
    kind, document, source = words
    known = {piece.sha256: piece.id for piece in dossier.evidence if piece.sha256}
    numbers = _free(dossier)
    pieces, contents, faults = list[Evidence](), dict[str, bytes](), list[str]()
    for file in files:
        content, fault = taken(file, SUFFIXES)
        if content is None:
            faults.append(fault)
            continue
        digest, name = digest_of(content), file.name or "文件"
        if digest in known:
            faults.append(f"“{name}”与{known[digest]}是同一个文件，勾选{known[digest]}即可。")
            continue
        key = next(numbers)
        known[digest] = key
        path = f"evidence/{key}-{_plain(name)}"
        title = name.rpartition(".")[0][:_LONGEST] or key
        today = timezone.localdate()
        pieces.append(Evidence(key, title, kind or _USUAL, document, source, obtained=today, path=path, sha256=digest))
        contents[path] = content
    return pieces, contents, faults


def _free(dossier: Dossier) -> Iterator[str]:
    """Numbers after the highest one."""
    used = [int(match[1]) for piece in dossier.evidence if (match := _NUMBERED.fullmatch(piece.id))]
    number = max(used, default=0)
    while True:
        number += 1
        yield f"E{number:02}"


def _plain(name: str) -> str:
    """A file name that every system takes, its suffix kept."""
    stem, _, suffix = _UNSAFE.sub("_", name).rpartition(".")
    return f"{stem.strip(' .')[:_LONGEST] or '佐证'}.{suffix.lower()}"
