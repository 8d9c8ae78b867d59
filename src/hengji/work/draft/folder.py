"""draft: a dossier from a report that somebody published, in a folder of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from hengji.model.dossier import Dossier, Head, Published
from hengji.model.finding import Finding, Place, Severity
from hengji.model.period import CutOff, Period
from hengji.model.programme import Kind, Member
from hengji.model.reading import Prose, Reading, Title
from hengji.model.record import record
from hengji.model.scorecard import Scorecard
from hengji.model.template import NOT_FILLED
from hengji.reading.opening import read_report
from hengji.reading.scorecard import rescore_of, scorecard_of
from hengji.reading.scores.wording import folded
from hengji.storage.folder import write_folder
from hengji.storage.refusals import unreadable
from hengji.storage.text import LEDGER, render
from hengji.work.draft.balance import balanced
from hengji.work.draft.framework import Drawn, drawn
from hengji.work.draft.money import money_of
from hengji.work.draft.notes import FILE, Notes
from hengji.work.draft.problems import problem_book
from hengji.work.draft.surveys import surveys_of
from hengji.work.new import occupied
from hengji.work.review import CODE_FILE

CODE_NO_SCORES = "v090"
_PROJECT, _POLICY = "国家项目", "国家政策"
_YEAR = re.compile(r"(20\d{2})年")
_EVALUATION = re.compile(r"绩效\s*评价\s*报告")
_ENTRUSTED = re.compile(r"受(?P<principal>[^,，。;]{4,30}?)委托")


@record
class Drafted:
    """起草结果: the files written, how many things a person must look at, and why nothing was written."""

    files: Mapping[str, bytes]
    unsure: int
    findings: tuple[Finding, ...]


def draft(report: Path, root: Path) -> Drafted:
    """Write a dossier drafted from ``report`` into ``root``, which must be empty or not there."""
    if taken := occupied(root):
        return Drafted({}, 0, taken)
    try:
        content = report.read_bytes()
    except OSError as error:
        place = Place(str(report))
        fault = Finding(CODE_FILE, Severity.ERROR, place, unreadable(error), "可读的报告文件", "核对路径")
        return Drafted({}, 0, (fault,))
    reading, findings = read_report(report.name, content)
    scorecard = None if reading is None else scorecard_of(reading)
    if reading is None or scorecard is None or not scorecard.indicators:
        found = "没有读到指标和得分，不能起草"
        missing = Finding(
            CODE_NO_SCORES,
            Severity.ERROR,
            Place(str(report)),
            found,
            "有得分表或逐项得分的报告",
            "改用 hengji new 新建",
        )
        return Drafted({}, 0, findings if reading is None else (*findings, missing))
    files, notes = drafted(reading, scorecard)
    write_folder(root, files)
    return Drafted(files, len(notes.unsure), findings)


def drafted(reading: Reading, scorecard: Scorecard) -> tuple[dict[str, bytes], Notes]:
    """The files of the dossier, and the notes that stand among them."""
    notes = Notes(reading)
    year = _year(reading)
    scorecard = replace(scorecard, indicators=balanced(scorecard.indicators, notes))
    drawing = drawn(scorecard, notes)
    money = money_of(notes, year)
    head = replace(_head(reading, scorecard, notes, year), programmes=money.programmes)
    surveys = surveys_of(notes)
    dossier = Dossier(
        head,
        drawing.framework,
        surveys=surveys.questionnaires,
        papers=tuple(sorted(drawing.papers, key=lambda paper: paper.indicator)),
        problem_book=problem_book(notes, scorecard, drawing.ids),
        published=_published(scorecard, drawing, notes),
        data={LEDGER: money.ledger, **surveys.data},
    )
    return {**render(dossier), FILE: notes.text().encode()}, notes


def _year(reading: Reading) -> int:
    """The year most often named before the first chapter ends; a person looks at it."""
    found = [int(year) for year in _YEAR.findall(re.sub(r"\s", "", reading.text[:6000]))]
    return max(set(found), key=lambda year: (found.count(year), year)) if found else date.today().year - 1  # noqa: DTZ011  a guess


def _head(reading: Reading, scorecard: Scorecard, notes: Notes, year: int) -> Head:
    policy = any("政策" in node.name for node in scorecard.indicators)
    notes.doubt(f"评价年度取{year}，起止日期取全年")
    name = _name(reading)
    notes.doubt(f"项目名称取“{name}”；委托单位、主管部门、评价机构、地区待填")
    principal = next(
        (match["principal"] for match in (_ENTRUSTED.search(text) for text in _openings(reading)) if match), NOT_FILLED
    )
    return Head(
        name,
        Kind.POLICY if policy else Kind.PROJECT,
        _POLICY if policy else _PROJECT,
        year,
        NOT_FILLED,
        principal,
        NOT_FILLED,
        NOT_FILLED,
        Period(date(year, 1, 1), date(year, 12, 31)),
        team=(Member("主评人", NOT_FILLED),),
        cutoffs=(CutOff("年末", date(year, 12, 31)),),
    )


def _openings(reading: Reading) -> list[str]:
    parts = [part for part in reading.parts if isinstance(part, Prose | Title)][:60]
    return [folded(reading, [part.span]).text for part in parts]


def _name(reading: Reading) -> str:
    """The words before “绩效评价报告” where they stand first."""
    for text in _openings(reading):
        match = _EVALUATION.search(text)
        if match and match.start() > 3:  # noqa: PLR2004  a name, not a preposition
            return text[: match.start()].strip("*《“ ").removesuffix("财政").removesuffix("项目支出")
    return NOT_FILLED


def _published(scorecard: Scorecard, drawing: Drawn, notes: Notes) -> tuple[Published, ...]:
    """The printed scores, to stand beside what the dossier gives."""
    found = []
    if scorecard.totals:
        total = scorecard.totals[0]
        found.append(Published("得分.合计", f"{total.value}", notes.source(total.span), "分"))
    done = rescore_of(scorecard)
    if done and done.grade_awarded and scorecard.grades:
        found.append(Published("等级", done.grade_awarded, notes.source(scorecard.grades[0].span)))
    for node in scorecard.walk():
        if node.awarded is not None:
            own = drawing.ids[id(node)]
            found.append(Published(f"得分.{own}", f"{node.awarded.value}", notes.source(node.awarded.span), "分"))
    return tuple(found)
