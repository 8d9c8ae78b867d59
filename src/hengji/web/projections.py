"""What screens show of a revision, computed once and kept: an evaluation takes a second, a screen may take a tenth of one.

A projection is a function of the files of a revision and of the program that made it; it can always be thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

import hengji
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.storage.policy_packs import pack_roots
from hengji.web.heads import listing
from hengji.web.models import Dossier, Projection, StoredRevision
from hengji.web.store import files_of
from hengji.work.evaluate import evaluate_opened
from hengji.work.load import Opened, open_files

Project = Callable[[Evaluation], dict[str, Any]]
_KEPT = 12
_TELLING = frozenset({".py", ".yaml", ".md"})
_LENGTH = 20
"""Characters that the column holds."""


@lru_cache(maxsize=_KEPT)
def opened(digest: str) -> tuple[Opened | None, tuple[Finding, ...]]:
    """The dossier of a revision, and what is wrong with its files."""
    return open_files(files_of(digest), settings.HOME)


@lru_cache(maxsize=_KEPT)
def evaluated(digest: str) -> tuple[Evaluation | None, tuple[Finding, ...]]:
    """The evaluation of a revision; None when its dossier.yaml cannot be read."""
    found, findings = opened(digest)
    if found is None:
        return None, findings
    evaluation = evaluate_opened(found, findings)
    return evaluation, evaluation.findings


def projected(dossier: Dossier, name: str, project: Project) -> Mapping[str, Any]:
    """The projection ``name`` of the newest revision; ``{}`` where the dossier cannot be evaluated."""
    return _held(dossier.head, name) or _made(dossier.head, name, project)


@lru_cache(maxsize=512)
def _cached(digest: str, name: str, program: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = Projection.objects.values_list("data", flat=True).get(
        revision_id=digest, name=name, version=program
    )
    return data


def held(digests: Iterable[str], name: str) -> dict[str, Mapping[str, Any]]:
    """The projections ``name`` of these revisions that are there already, by revision."""
    found = Projection.objects.filter(revision_id__in=set(digests), name=name, version=made_by())
    return dict(found.values_list("revision_id", "data"))


def _held(digest: str, name: str) -> Mapping[str, Any] | None:
    try:
        return _cached(digest, name, made_by())
    except Projection.DoesNotExist:
        return None


def _made(digest: str, name: str, project: Project) -> Mapping[str, Any]:
    evaluation, findings = evaluated(digest)
    if evaluation is None:
        return {}
    data = project(evaluation)
    _, is_new = Projection.objects.update_or_create(
        revision=StoredRevision.objects.get(digest=digest), name=name, defaults={"data": data, "version": made_by()}
    )
    if not is_new:  # another program made it, and what lists say of the dossier too
        Dossier.objects.filter(head=digest).update(**listing(evaluation, findings))
    return data


@lru_cache(maxsize=1)
def made_by() -> str:
    """What tells this program from one that may give other figures: a version may have other packs, or another calendar of holidays,
    and between two versions the program itself changes.
    """
    told = sha256()
    for root in (Path(hengji.__file__).parent, *pack_roots()):
        for file in sorted(each for each in root.rglob("*") if each.suffix in _TELLING and each.is_file()):
            told.update(f"{file.relative_to(root)}\0{file.stat().st_size}\0".encode())
            told.update(file.read_bytes())
    for requirement in requires("hengji") or ():
        told.update(_installed(requirement).encode())
    return told.hexdigest()[:_LENGTH]


def _installed(requirement: str) -> str:
    """A package that is asked for, with the version that is there; one of an extra may not be."""
    name = re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
    try:
        return f"{name} {version(name)}\n"
    except PackageNotFoundError:
        return ""


def refresh(dossier: Dossier) -> None:
    """Bring the columns by which dossiers are listed up to the newest revision."""
    evaluation, findings = evaluated(dossier.head)
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk, head=dossier.head).update(**listing(evaluation, findings))
    dossier.refresh_from_db()
