"""What screens show of a revision, computed once and kept: an evaluation takes a second, a screen may take a tenth of one.

A projection is a function of the files of a revision and of the version of the product; it can always be thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.db import transaction

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.web.heads import listing
from hengji.web.models import Dossier, Projection, StoredRevision
from hengji.web.store import files_of
from hengji.work.evaluate import evaluate_opened
from hengji.work.load import Opened, open_files

Project = Callable[[Evaluation], dict[str, Any]]
_KEPT = 12


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
def _cached(digest: str, name: str, made_by: str) -> Mapping[str, Any]:
    data: Mapping[str, Any] = Projection.objects.values_list("data", flat=True).get(
        revision_id=digest, name=name, version=made_by
    )
    return data


def held(digests: Iterable[str], name: str) -> dict[str, Mapping[str, Any]]:
    """The projections ``name`` of these revisions that are there already, by revision."""
    found = Projection.objects.filter(revision_id__in=set(digests), name=name, version=_version())
    return dict(found.values_list("revision_id", "data"))


def _held(digest: str, name: str) -> Mapping[str, Any] | None:
    try:
        return _cached(digest, name, _version())
    except Projection.DoesNotExist:
        return None


def _made(digest: str, name: str, project: Project) -> Mapping[str, Any]:
    evaluation, _ = evaluated(digest)
    if evaluation is None:
        return {}
    data = project(evaluation)
    Projection.objects.update_or_create(
        revision=StoredRevision.objects.get(digest=digest), name=name, defaults={"data": data, "version": _version()}
    )
    return data


@lru_cache(maxsize=1)
def _version() -> str:
    return version("hengji")


def refresh(dossier: Dossier) -> None:
    """Bring the columns by which dossiers are listed up to the newest revision."""
    evaluation, findings = evaluated(dossier.head)
    with transaction.atomic():
        Dossier.objects.filter(pk=dossier.pk, head=dossier.head).update(**listing(evaluation, findings))
    dossier.refresh_from_db()
