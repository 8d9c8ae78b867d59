"""The database store: the same revisions as a folder's archive has, and the same rules for bringing two people's work together.

A commit says against which revision it was made. What others did to other files meanwhile is kept; a file that both changed is
shown from both sides and nothing is written. A commit is one transaction: it is there whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from django.db import transaction
from django.utils import timezone

from hengji.model.finding import Finding
from hengji.model.indicator import WorkingPaper
from hengji.model.record import record
from hengji.model.revision import Conflict, Revision
from hengji.storage.archive import Archive
from hengji.storage.revisions import digest_of, merge, verify
from hengji.storage.text import paper_of, paper_text
from hengji.web.models import Blob, Dossier, StoredRevision
from hengji.work.signing import Hand, refused, restored

_KEPT = 64
_WHO, _WHY = 150, 400
Files = Mapping[str, bytes]
Edits = Mapping[str, bytes | None]


@record
class Locked:
    """锁定的文件: a working paper that a signature keeps as it is, and why, in a sentence."""

    path: str
    why: str


@record
class Committed:
    """What came of a commit: the revision, or the files that somebody else changed meanwhile or that are locked, and then no revision."""

    digest: str = ""
    conflicts: tuple[Conflict, ...] = ()
    locked: tuple[Locked, ...] = ()


def files_of(digest: str) -> dict[str, bytes]:
    """All files of a revision by path."""
    manifest = manifest_of(digest)
    wanted = set(manifest.values())
    contents = {each: held for each in wanted if (held := _recent(each)) is not None}
    return {path: contents[name] for path, name in manifest.items()}


def manifest_of(digest: str) -> dict[str, str]:
    """The manifest of a revision; empty for no revision."""
    return dict(_manifest(digest)) if digest else {}


@lru_cache(maxsize=_KEPT)
def _manifest(digest: str) -> Mapping[str, str]:
    manifest: dict[str, str] = StoredRevision.objects.values_list("manifest", flat=True).get(digest=digest)
    return manifest


@lru_cache(maxsize=_KEPT * 32)
def _recent(digest: str) -> bytes | None:
    """A file's content never changes, so that what was read once need not be read again."""
    return blob(digest)


def blob(digest: str) -> bytes | None:
    """A file's content by its hash."""
    held = Blob.objects.filter(digest=digest).values_list("content", flat=True).first()
    return None if held is None else bytes(held)


def create(files: Files, who: str, why: str) -> Dossier:
    """A dossier with its first revision."""
    with transaction.atomic():
        dossier = Dossier.objects.create()
        _append(dossier, {}, files, who, why)
    return dossier


def commit(dossier: Dossier, base: str, edits: Edits, who: str, why: str, hand: Hand = Hand.WRITES) -> Committed:
    """Write ``edits`` (None deletes a file) that were made against revision ``base``; what is signed is not changed."""
    with transaction.atomic():
        locked = Dossier.objects.select_for_update().get(pk=dossier.pk)
        was = manifest_of(base)
        mine = dict(was)
        for path, content in edits.items():
            if content is None:
                mine.pop(path, None)
            else:
                mine[path] = digest_of(content)
        theirs = manifest_of(locked.head)
        merged = merge(was, mine, theirs)
        if merged.conflicts:
            return Committed(conflicts=merged.conflicts)
        if signed := tuple(_locked(theirs, edits, hand)):
            return Committed(locked=signed)
        if merged.manifest == theirs:
            return Committed(locked.head)
        added = {path: content for path, content in edits.items() if content is not None}
        digest = _append(
            locked, {path: name for path, name in merged.manifest.items() if path not in added}, added, who, why
        )
    dossier.head = digest
    return Committed(digest)


def _locked(manifest: Mapping[str, str], edits: Edits, hand: Hand) -> Iterator[Locked]:
    """The working papers among ``edits`` that must stay as they stand in the manifest."""
    for path, content in edits.items():
        why = refused(_paper(path, _standing(manifest, path)), _paper(path, content), hand)
        if why:
            yield Locked(path, why)


def _standing(manifest: Mapping[str, str], path: str) -> bytes | None:
    return _recent(manifest[path]) if path in manifest else None


def _paper(path: str, content: bytes | None) -> WorkingPaper | None:
    return None if content is None else paper_of(path, content)


def _append(dossier: Dossier, kept: Mapping[str, str], added: Files, who: str, why: str) -> str:
    named = {path: digest_of(content) for path, content in added.items()}
    Blob.objects.bulk_create(
        (Blob(digest=named[path], content=content) for path, content in added.items()), ignore_conflicts=True
    )
    revision = Revision(dossier.head, {**kept, **named}, who[:_WHO], timezone.now(), why[:_WHY])
    number = StoredRevision.objects.filter(dossier=dossier).count() + 1
    _store(dossier, number, revision)
    dossier.head = revision.digest
    dossier.save(update_fields=["head", "changed"])
    return revision.digest


def _store(dossier: Dossier, number: int, revision: Revision) -> None:
    StoredRevision.objects.create(
        digest=revision.digest,
        dossier=dossier,
        number=number,
        parent=revision.parent,
        manifest=dict(sorted(revision.manifest.items())),
        who=revision.who,
        when=revision.when,
        why=revision.why,
    )


def restore(dossier: Dossier, digest: str, who: str) -> Committed:
    """Make an older revision the newest again, by a new revision: nothing of what came between is lost.

    Signatures do not come back with it: those of now stay where the paper is the same, and lock it where it is not.
    """
    base = dossier.head
    old, now = files_of(digest), manifest_of(base)
    number = StoredRevision.objects.values_list("number", flat=True).get(digest=digest, dossier=dossier)
    edits: dict[str, bytes | None] = {path: None for path in now if path not in old}
    edits |= {path: _restored(path, content, _standing(now, path)) for path, content in old.items()}
    return commit(dossier, base, edits, who, f"恢复到第{number}版")


def _restored(path: str, content: bytes, now: bytes | None) -> bytes:
    paper = paper_of(path, content)
    if paper is None or content == now:
        return content
    made = restored(paper, _paper(path, now))
    return content if made == paper else paper_text(made).encode()


def chain_of(dossier: Dossier) -> Iterator[tuple[str, Revision]]:
    """The stored digests and what they stand for, oldest first."""
    for stored in StoredRevision.objects.filter(dossier=dossier).order_by("number").iterator():
        yield stored.digest, stored.revision


def verified(dossier: Dossier) -> Iterator[Finding]:
    """Every break in a dossier's chain."""
    yield from verify(chain_of(dossier), blob, dossier.name or dossier.key)


def exported(dossier: Dossier) -> Archive:
    """The whole dossier with its history, to be packed as one file."""
    chain = tuple(chain_of(dossier))
    files = files_of(dossier.head)
    present = set(manifest_of(dossier.head).values())
    older = {name for _, revision in chain for name in revision.manifest.values()} - present
    blobs = {name: content for name in sorted(older) if (content := blob(name)) is not None}
    return Archive(files, chain, blobs)


def imported(archive: Archive, who: str) -> Dossier:
    """A dossier out of an archive, with its history where the archive has one; its chain must have been verified."""
    if not archive.chain:
        return create(archive.files, who, "导入档案")
    contents = {digest_of(content): content for content in archive.files.values()} | dict(archive.blobs or {})
    with transaction.atomic():
        taken = StoredRevision.objects.filter(digest__in=[digest for digest, _ in archive.chain]).exists()
        if taken:
            return create(archive.files, who, "导入档案（历史已在库中）")
        dossier = Dossier.objects.create(head=archive.chain[-1][0])
        Blob.objects.bulk_create(
            (Blob(digest=name, content=content) for name, content in contents.items()), ignore_conflicts=True
        )
        for number, (_, revision) in enumerate(archive.chain, 1):
            _store(dossier, number, revision)
    return dossier
