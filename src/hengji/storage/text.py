"""A dossier as files: ``parse`` and ``render`` are inverse on canonical files.

Files that people fill with numbers (csv, xlsx) are kept byte for byte; files that people fill with words are read into the
model and written back in one canonical form.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from hashlib import sha256
from typing import Any, TypeVar

from hengji.model.deadline import Deadline
from hengji.model.dossier import ChapterText, Dossier, FigureRule, Head, Published
from hengji.model.evidence import Evidence
from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import Framework, WorkingPaper
from hengji.model.policy_source import PolicySource
from hengji.model.problem import ProblemBook
from hengji.model.record import record
from hengji.model.survey import Questionnaire
from hengji.model.table import TableDeclaration
from hengji.model.target import GoalForm
from hengji.storage.codec import decode, encode

T = TypeVar("T")
HEAD = "dossier.yaml"
LEDGER = "funds.csv"
CODE_FILE = "L001"
CODE_ENCODING = "L002"
CODE_UNKNOWN_FILE = "L003"
CODE_FRONT_MATTER = "L004"
_PAPERS, _PAPER = "papers/", ".md"
_FENCE = "---\n"
_PAPER_SKIP = frozenset({"indicator", "analysis"})
_POLICY_FILES = ("law.md", "parameters.yaml", "cases.yaml")
_DATA_SUFFIXES = (".csv", ".xlsx", ".xls", ".parquet")


@record
class _Tables:
    tables: tuple[TableDeclaration, ...] = ()


@record
class _Figures:
    figures: tuple[FigureRule, ...] = ()


@record
class _EvidenceList:
    evidence: tuple[Evidence, ...] = ()


@record
class _PublishedList:
    published: tuple[Published, ...] = ()


@record
class _Deadlines:
    deadlines: tuple[Deadline, ...] = ()


_LISTS = (
    ("data/tables.yaml", _Tables),
    ("figures.yaml", _Figures),
    ("evidence.yaml", _EvidenceList),
    ("published.yaml", _PublishedList),
    ("deadlines.yaml", _Deadlines),
)
"""Files that hold one list; the wrapper's only field names both the YAML key and the dossier's field."""

_RECORDS = (
    ("indicators.yaml", Framework, "framework"),
    ("findings.yaml", ProblemBook, "problem_book"),
    ("targets.yaml", GoalForm, "goal_form"),
)
"""Files that hold one record, and the dossier's field it fills."""


@record
class Parsed:
    """What came of the files: ``dossier`` is None only when dossier.yaml itself cannot be read."""

    dossier: Dossier | None
    findings: tuple[Finding, ...]


class _Files:
    """Reads texts out of the files and collects what is wrong with them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.findings: list[Finding] = []

    def text(self, path: str) -> str | None:
        try:
            return self.files[path].decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            line = self.files[path][: error.start].count(b"\n") + 1
            remedy = "用文本编辑器另存为 UTF-8 编码"
            self.note(CODE_ENCODING, Place(path, line), "文件不是 UTF-8 编码", "UTF-8 文本", remedy)
            return None

    def note(self, code: str, place: Place, found: str, expected: str, remedy: str) -> None:
        self.findings.append(Finding(code, Severity.ERROR, place, found, expected, remedy))

    def decode(self, kind: type[T], path: str, given: dict[str, Any] | None = None) -> T | None:
        text = self.text(path)
        if text is None:
            return None
        decoded = decode(kind, text, path, given=given)
        self.findings.extend(decoded.findings)
        return decoded.value

    def folder(self, prefix: str, suffix: str) -> list[str]:
        return sorted(path for path in self.files if path.startswith(prefix) and path.endswith(suffix))


def parse(files: Mapping[str, bytes]) -> Parsed:
    """Read a dossier from its files; whatever cannot be read is a finding and left out."""
    reader = _Files(files)
    if HEAD not in files:
        reader.note(CODE_FILE, Place(HEAD), f"缺少 {HEAD}", "评价档案的首页", "用 hengji new 新建，或补上该文件")
        return Parsed(None, tuple(reader.findings))
    head = reader.decode(Head, HEAD)
    values: dict[str, Any] = {}
    for path, kind, field in _RECORDS:
        if path in files and (record := reader.decode(kind, path)) is not None:
            values[field] = record
    for path, wrapper in _LISTS:
        if path in files and (wrapped := reader.decode(wrapper, path)) is not None:
            name = fields(wrapper)[0].name
            values[name] = getattr(wrapped, name)
    values["surveys"] = _surveys(reader)
    values["papers"] = _papers(reader)
    values["policies"] = _policies(reader)
    values["chapters"] = _chapters(reader)
    values["data"] = {path: files[path] for path in sorted(files) if _is_raw(path)}
    values["digests"] = {path: sha256(files[path]).hexdigest() for path in sorted(files)}
    reader.findings.extend(_strangers(files))
    dossier = None if head is None else Dossier(head=head, **values)
    return Parsed(dossier, tuple(reader.findings))


def _is_raw(path: str) -> bool:
    """Files that are kept as they are: data in tables, and everything that is evidence."""
    return path.endswith(_DATA_SUFFIXES) or path.startswith("evidence/")


def _surveys(reader: _Files) -> tuple[Questionnaire, ...]:
    read = (reader.decode(Questionnaire, path) for path in reader.folder("surveys/", ".yaml"))
    return tuple(survey for survey in read if survey is not None)


def _papers(reader: _Files) -> tuple[WorkingPaper, ...]:
    read = (_paper(reader, path) for path in reader.folder(_PAPERS, _PAPER))
    return tuple(paper for paper in read if paper is not None)


def paper_of(path: str, content: bytes) -> WorkingPaper | None:
    """The working paper that a file of a dossier is; None where it is no such file, or none that can be read."""
    if not (path.startswith(_PAPERS) and path.endswith(_PAPER)):
        return None
    return _paper(_Files({path: content}), path)


def _paper(reader: _Files, path: str) -> WorkingPaper | None:
    text = reader.text(path)
    if text is None:
        return None
    front, body = _split(text)
    if front is None:
        remedy = "在文件开头写上以 --- 起止的底稿信息"
        reader.note(CODE_FRONT_MATTER, Place(path, 1), "工作底稿没有首部", "--- 与 --- 之间的 index_no 等", remedy)
        return None
    given = {"indicator": path.removeprefix(_PAPERS).removesuffix(_PAPER), "analysis": body}
    decoded = decode(WorkingPaper, front, path, first_line=2, given=given)
    reader.findings.extend(decoded.findings)
    return decoded.value


def _split(text: str) -> tuple[str | None, str]:
    if not text.startswith(_FENCE):
        return None, text
    front, fence, body = text[len(_FENCE) :].partition("\n" + _FENCE)
    return (front + "\n", body) if fence else (None, text)


def _policies(reader: _Files) -> tuple[PolicySource, ...]:
    sources = []
    for path in reader.folder("policies/", "/law.md"):
        folder = path.removesuffix("law.md")
        texts = [(reader.text(folder + name) or "") if folder + name in reader.files else "" for name in _POLICY_FILES]
        sources.append(PolicySource(folder.split("/")[-2], *texts))
    return tuple(sources)


def _chapters(reader: _Files) -> tuple[ChapterText, ...]:
    paths = reader.folder("chapters/", ".md")
    return tuple(
        ChapterText(path.removeprefix("chapters/").removesuffix(".md"), reader.text(path) or "") for path in paths
    )


def _strangers(files: Mapping[str, bytes]) -> list[Finding]:
    """Files that nobody reads: most often a known file in the wrong place or with a slip in its name."""
    known = {HEAD, *(path for path, _ in _LISTS), *(path for path, _, _ in _RECORDS)}
    folders = ("data/", "evidence/", "surveys/", "papers/", "policies/", "chapters/")
    strange = [path for path in sorted(files) if path not in known and path != LEDGER and not path.startswith(folders)]
    return [
        Finding(
            CODE_UNKNOWN_FILE,
            Severity.NOTE,
            Place(path),
            "不认识的文件，没有读取",
            "档案约定的文件名和文件夹",
            "佐证材料放入 evidence/，其余改名或移出",
        )
        for path in strange
        if not path.endswith((".md", ".txt"))
    ]


def render(dossier: Dossier) -> dict[str, bytes]:
    """Write a dossier as files, canonical, so that ``render(parse(files)) == files`` for canonical files."""
    texts: dict[str, str] = {HEAD: encode(dossier.head)}
    for path, kind, field in _RECORDS:
        record = getattr(dossier, field)
        if record is not None and record != _empty(kind):
            texts[path] = encode(record)
    for path, wrapper in _LISTS:
        items = getattr(dossier, fields(wrapper)[0].name)
        if items:
            texts[path] = encode(wrapper(items))
    for survey in dossier.surveys:
        texts[f"surveys/{survey.id}.yaml"] = encode(survey)
    texts |= {paper_path(paper.indicator): paper_text(paper) for paper in dossier.papers}
    for policy in dossier.policies:
        contents = (policy.law, policy.parameters, policy.cases)
        texts |= {f"policies/{policy.name}/{n}": text for n, text in zip(_POLICY_FILES, contents, strict=True) if text}
    texts |= {f"chapters/{chapter.chapter}.md": chapter.text for chapter in dossier.chapters}
    files = {path: text.encode() for path, text in texts.items()} | dict(dossier.data)
    return dict(sorted(files.items()))


def paper_path(indicator: str) -> str:
    """Where the working paper of an indicator stands."""
    return f"{_PAPERS}{indicator}{_PAPER}"


def paper_text(paper: WorkingPaper) -> str:
    """A working paper as its file holds it."""
    return _FENCE + encode(replace(paper, analysis=""), _PAPER_SKIP) + _FENCE + paper.analysis


def _empty(kind: type) -> Any:
    return None if kind is GoalForm else kind()
