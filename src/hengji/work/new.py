"""new: a dossier from the indicator library that evaluates at once, honest about what nobody has judged yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import Indicator, WorkingPaper
from hengji.model.programme import Kind
from hengji.storage.folder import write_folder
from hengji.storage.text import parse, render
from hengji.work.blank_papers import blank_paper
from hengji.work.new_policies import with_policies
from hengji.work.workbook.sheets import WORKBOOK
from hengji.work.workbook.writing import workbook_of

CODE_OCCUPIED = "L231"
LIBRARY = "hengji.packs"
_YEAR = "@年度@"
"""Stands for the year of the evaluation in the files of the library."""
_FOLDERS = {Kind.PROJECT: "project", Kind.POLICY: "policy"}


def new_dossier(kind: Kind, year: int) -> Dossier:
    """The library's dossier of that kind for ``year``, with a working paper for each leaf."""
    parsed = parse(template(kind, year))
    dossier = parsed.dossier
    assert dossier is not None, parsed.findings
    papers = tuple(sorted(_papers(dossier), key=lambda paper: paper.indicator))
    return replace(dossier, papers=papers)


def template(kind: Kind, year: int) -> dict[str, bytes]:
    """The files of the library's dossier of that kind."""
    root = files(LIBRARY) / "library" / _FOLDERS[kind]
    return {path: content.replace(_YEAR.encode(), str(year).encode()) for path, content in _below(root, "")}


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir():
            yield from _below(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()


def _papers(dossier: Dossier) -> Iterator[WorkingPaper]:
    for letter, top in zip("ABCDEFGHIJKLMNOPQRSTUVWXYZ", dossier.framework.indicators, strict=False):
        for number, leaf in enumerate(_leaves(top), 1):
            yield blank_paper(leaf, f"{letter}-{number}")


def _leaves(indicator: Indicator) -> Iterator[Indicator]:
    if not indicator.children:
        yield indicator
    for child in indicator.children:
        yield from _leaves(child)


def occupied(root: Path) -> tuple[Finding, ...]:
    """What is said of a place where something stands already; nothing where there is room for a dossier."""
    if not root.exists() or (root.is_dir() and not any(root.iterdir())):
        return ()
    found = "此文件夹不是空的" if root.is_dir() else "此路径是一个文件"
    expected, remedy = "还不存在的或空的文件夹", "换一个路径，已有的文件不会改动"
    return (Finding(CODE_OCCUPIED, Severity.ERROR, Place(str(root)), found, expected, remedy),)


def create(
    root: Path, kind: Kind, year: int, policies: Sequence[str] = ()
) -> tuple[Mapping[str, bytes], tuple[Finding, ...]]:
    """Write a new dossier with its workbook, and the tables of these policies of the library, into ``root``, which must be
    empty or not there; nothing when it is not, or when there is no such policy.
    """
    if taken := occupied(root):
        return {}, taken
    dossier, faults = with_policies(new_dossier(kind, year), policies)
    if faults:
        return {}, faults
    written = render(dossier) | {WORKBOOK: workbook_of(dossier)}
    write_folder(root, written)
    return written, ()
