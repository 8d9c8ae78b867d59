"""Reviews handed back as files: the marked text, the author's Word file with comments, the reviewer's sheet, the league table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from hengji.checks.registry import titles
from hengji.model.claim import Claims
from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.profile import Profile
from hengji.model.quality import QualityMark, QualitySheet
from hengji.model.record import record
from hengji.model.review import Review, Statements
from hengji.model.sharing import shared_out
from hengji.reports.annotate.words import told_apart
from hengji.storage.packs import quality_sheets
from hengji.work.quality import lost, marks
from hengji.work.review import review

if TYPE_CHECKING:
    from hengji.reports.annotate.league import Standing

Tick = Callable[[str], None]
CODE_DEFECT = "v010"
CODE_QUALITY = "v011"
WORD = ".docx"
KINDS = (WORD, ".pdf", ".txt", ".md", ".html", ".htm")
_PAGE, _COMMENTED, _SHEET = "审核意见.html", "批注.docx", "审核表.docx"
_OURS = tuple(f".{name}" for name in (_PAGE, _COMMENTED, _SHEET))
_UNREAD = (".doc", ".wps", ".rtf", ".odt", ".ofd", ".mht")
"""Reports that cannot be read; of those in a folder it is said, lest one be missing unseen."""


@record
class Marked:
    """A review, the sheet by which it was marked, and what each item of the sheet lost."""

    review: Review
    quality: QualitySheet
    marks: tuple[QualityMark, ...]

    @property
    def standing(self) -> Standing:
        from hengji.reports.annotate.league import Standing

        return Standing(self.review, None if self.review.reading is None else lost(self.marks))


@record
class Handed:
    """交还的审核: a marked review, and the files that were written of it."""

    marked: Marked
    written: tuple[Path, ...]


def quality_named(name: str) -> tuple[QualitySheet | None, tuple[Finding, ...]]:
    """The quality sheet of that id in the packs."""
    known, faults = quality_sheets()
    if name in known:
        return known[name], faults
    expected = one_of(known)
    fault = Finding(CODE_QUALITY, Severity.ERROR, Place(item=name), f"没有质量考核表“{name}”", expected, "改正名称")
    return None, (*faults, fault)


def reports_in(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The files, and of folders the reports that lie right inside; what an earlier review wrote there is none."""
    found: list[Path] = []
    for path in paths:
        found += sorted(_inside(path)) if path.is_dir() else [path]
    return tuple(dict.fromkeys(found))


def _inside(folder: Path) -> Iterator[Path]:
    return (
        path
        for path in folder.iterdir()
        if path.suffix.lower() in (*KINDS, *_UNREAD)
        and not path.name.startswith((".", "~$"))
        and not path.name.endswith(_OURS)
    )


def review_all(
    paths: Sequence[Path], profile: Profile, quality: QualitySheet, tick: Tick, out: Path | None = None
) -> Iterator[Handed]:
    """In their order, on all processors, and what belongs to each written into ``out``; whatever befalls one, the others are reviewed."""
    called = stems(paths)
    tasks = [partial(_handed, path, profile, quality, out, called[str(path)]) for path in paths]
    for path, handed in zip(paths, shared_out(tasks), strict=True):
        tick(path.name)
        yield handed


def _handed(path: Path, profile: Profile, quality: QualitySheet, out: Path | None, stem: str) -> Handed:
    done = _reviewed(path, profile)
    marked = Marked(done, quality, marks(quality, done.findings))
    if out is None:
        return Handed(marked, ())
    try:
        return Handed(marked, hand_back(marked, out, stem))
    except OSError:
        raise  # what cannot be written of this one cannot be written of the others
    except Exception as error:  # noqa: BLE001  a defect of ours in one file must not cost the others
        told = replace(done, findings=(*done.findings, _defect(path, "写出审核意见", error)))
        return Handed(replace(marked, review=told), ())


def _reviewed(path: Path, profile: Profile) -> Review:
    try:
        return review(path, profile)
    except Exception as error:  # noqa: BLE001  as above
        return Review(str(path), None, Statements.count(Claims()), None, (_defect(path, "审核这个文件", error),))


def _defect(path: Path, doing: str, error: Exception) -> Finding:
    from hengji.model.defect import numbered

    found = f"{doing}时程序内部出错，不是材料的问题：{numbered(error)}"
    return Finding(CODE_DEFECT, Severity.ERROR, Place(str(path)), found, "", "把编号告诉维护者")


def stems(paths: Iterable[Path]) -> dict[str, str]:
    """By file, what the names of the files that belong to a report begin with: no two reports have it in common."""
    called = {file: name.replace("/", "-") for file, name in told_apart(map(str, paths)).items()}
    often = Counter(Path(name).stem for name in called.values())
    return {file: stem if often[stem := Path(name).stem] == 1 else name for file, name in called.items()}


def hand_back(marked: Marked, out: Path, stem: str) -> tuple[Path, ...]:
    """Write what belongs to one report into ``out``; the paths written, none where the report could not be read."""
    if marked.review.reading is None:
        return ()
    from hengji.storage.folder import write_folder

    files = files_of(marked, Path(marked.review.file).read_bytes(), stem)
    write_folder(out, files)
    return tuple(out / name for name in files)


def files_of(marked: Marked, content: bytes, stem: str) -> dict[str, bytes]:
    """The same files by name; ``content`` is the report as it came. None where it could not be read."""
    if marked.review.reading is None:
        return {}
    return {f"{stem}.{name}": written for name, written in _files(marked, content, titles())}


def _files(marked: Marked, content: bytes, names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    from hengji.reports import docx
    from hengji.reports.annotate import page, word
    from hengji.reports.annotate.sheet import sheet

    yield _PAGE, page.write(marked.review, names, marked.marks)
    if marked.review.file.lower().endswith(WORD):
        yield _COMMENTED, word.annotate(content, marked.review.findings, names)
    yield _SHEET, docx.write(sheet(marked.review, names, marked.quality, marked.marks))


def league_book(all_marked: Sequence[Marked]) -> bytes:
    """The league table as a workbook."""
    from hengji.reports import xlsx
    from hengji.reports.annotate.league import league

    return xlsx.write(league([each.standing for each in all_marked]))
