"""review: what does not hold in a report that somebody else wrote."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hengji.checks.registry import run_one, runnable, titles
from hengji.model.claim import Claims
from hengji.model.finding import Finding, Place, Quote, Severity
from hengji.model.profile import Profile
from hengji.model.reading import Reading
from hengji.model.record import record
from hengji.model.review import Rescore, Review, Statements
from hengji.model.sharing import shared_out
from hengji.model.subsidy import Subsidies
from hengji.reading.fragment import ends_open
from hengji.reading.manuscript import manuscript_of
from hengji.reading.opening import read_report
from hengji.storage.packs import leftovers, lexicon, norms, profiles
from hengji.storage.policy_packs import policy_names, policy_source
from hengji.storage.refusals import unreadable

if TYPE_CHECKING:
    from hengji.policies.policy import Policy

Subjects = dict[str, object]

CODE_FILE = "v001"
_LONG = 10_000
"""Characters; a shorter report is reviewed before other processors have begun."""
_ORDER = list(Severity)
_ASKING_FOR_THE_REST = "o855 o857 o858 o859 o860 o861 o864 o866"
"""Checks of what a report never tells: where a text breaks off, it may stand in the part that is not there."""


def review(path: Path, profile: Profile) -> Review:
    """Review the report at ``path`` under a profile's parameters."""
    content, faults = _content(path)
    if content is None:
        return Review(str(path), None, Statements.count(Claims()), None, faults)
    return review_bytes(str(path), content, profile)


def read(path: Path) -> tuple[Reading | None, tuple[Finding, ...]]:
    """Only read the report at ``path``."""
    content, faults = _content(path)
    return (None, faults) if content is None else read_report(str(path), content)


def _content(path: Path) -> tuple[bytes | None, tuple[Finding, ...]]:
    try:
        return path.read_bytes(), ()
    except OSError as error:
        place = Place(str(path))
        expected = "可读的 docx、pdf、txt、md 或 html 文件"
        return None, (Finding(CODE_FILE, Severity.ERROR, place, unreadable(error), expected, "核对路径"),)


def review_bytes(file: str, content: bytes, profile: Profile) -> Review:
    """The same of a file's content."""
    reading, findings = read_report(file, content)
    if reading is None:
        return Review(file, None, Statements.count(Claims()), None, findings)
    done = review_reading(reading, profile)
    return replace(done, findings=(*findings, *done.findings))


def review_reading(reading: Reading, profile: Profile) -> Review:
    """The same of a report that has been read."""
    words, faults = leftovers()
    slips, more = lexicon()
    subjects: Subjects = {"reading": reading, "profile": profile, "leftovers": words, "lexicon": slips}
    manuscript = manuscript_of(reading)
    subjects |= {"manuscript": manuscript}
    silenced = (*profile.silenced, *(_ASKING_FOR_THE_REST.split() if ends_open(manuscript) else ()))
    tasks: list[Callable[[], _Part]] = [
        partial(_stated, reading, subjects, silenced),
        partial(_scored, reading, subjects, silenced),
        *(partial(_checked, name, subjects) for name in runnable(subjects, silenced)),
    ]
    parts = list(shared_out(tasks) if len(reading.text) >= _LONG else (task() for task in tasks))
    every = sorted((*faults, *more, *(finding for part in parts for finding in part.findings)), key=_position)
    stated, scored, *_ = parts
    return Review(reading.file, reading, stated.counted, scored.rescore, tuple(every))


@record
class _Part:
    """审核的一部分: what some of the checks find, and what was counted or scored on the way."""

    findings: tuple[Finding, ...]
    counted: Statements = Statements.count(Claims())
    rescore: Rescore | None = None


def _stated(reading: Reading, subjects: Subjects, silenced: tuple[str, ...]) -> _Part:
    """What rests on the statements of the report; only the process that works them out loads their grammar."""
    from hengji.reading.claims import claims_in
    from hengji.reading.statements.prose import passages_of
    from hengji.reading.subsidies import subsidies_of

    passages = passages_of(reading)
    claims, subsidies = claims_in(reading, passages), subsidies_of(passages)
    told = {"claims": claims, "subsidies": subsidies, "library": _library(subsidies)}
    return _Part(_more(told, subjects, silenced), Statements.count(claims))


def _scored(reading: Reading, subjects: Subjects, silenced: tuple[str, ...]) -> _Part:
    """What rests on its score table; nothing where it has none."""
    from hengji.reading.scorecard import rescore_of, scorecard_of

    scorecard = scorecard_of(reading)
    if scorecard is None:
        return _Part(())
    return _Part(_more({"scorecard": scorecard}, subjects, silenced), rescore=rescore_of(scorecard))


def _more(new: Subjects, subjects: Subjects, silenced: tuple[str, ...]) -> tuple[Finding, ...]:
    """What the checks find that can only be run with the new subjects."""
    every = {**subjects, **new}
    already = set(runnable(subjects, silenced))
    return tuple(
        finding for name in runnable(every, silenced) if name not in already for finding in run_one(name, every)
    )


def _checked(name: str, subjects: Subjects) -> _Part:
    """What one check finds."""
    return _Part(tuple(run_one(name, subjects)))


def _library(subsidies: Subsidies) -> tuple[Policy, ...]:
    """The policies of the library whose documents stand beside a standard; the others need not be read."""
    cited = {number for standard in subsidies.standards for number in standard.documents}
    if not cited:
        return ()
    from hengji.policies.loading import read_policy

    sources = (source for name in policy_names() if (source := policy_source(name)) is not None)
    read = (read_policy(source)[0] for source in sources if any(number in source.law for number in cited))
    return tuple(policy for policy in read if policy is not None)


def _position(finding: Finding) -> tuple[int, int, str]:
    return (finding.quotes[0].start if finding.quotes else -1, _ORDER.index(finding.severity), finding.code)


def profile_named(name: str) -> tuple[Profile | None, tuple[Finding, ...]]:
    """The profile of that name in the packs."""
    known, faults = profiles()
    found, more = norms(name, known)
    here = tuple(replace(fault, place=Place(item=name), remedy="改正名称") for fault in more)  # no dossier names it
    return (None if found is None else found.profile), (*faults, *here)


def review_data(review: Review) -> dict[str, Any]:
    """The review as data."""
    counts, rescore = review.statements, review.rescore
    names = titles()
    return {
        "file": review.file,
        "statements": {
            "checked": counts.checked,
            "held": counts.held,
            "contradicted": counts.contradicted,
            "unread": counts.unread,
        },
        "rescore": rescore
        and {
            "awarded": None if rescore.awarded is None else f"{rescore.awarded:f}",
            "literal": None if rescore.literal is None else f"{rescore.literal:f}",
            "grade_awarded": rescore.grade_awarded or None,
            "grade_literal": rescore.grade_literal or None,
        },
        "findings": [_finding_data(finding, names.get(finding.code, "")) for finding in review.findings],
    }


def _finding_data(finding: Finding, name: str) -> dict[str, Any]:
    quote, *related = finding.quotes or (Quote("", 0, 0),)
    return {
        "code": finding.code,
        "name": name,
        "severity": finding.severity.name.lower(),
        "confidence": finding.confidence.name.lower(),
        "place": str(finding.place),
        "quote": quote.text,
        "start": quote.start,
        "end": quote.end,
        "message": finding.message,
        "computation": finding.computation,
        "related": [_quote_data(each) for each in related],
    }


def _quote_data(quote: Quote) -> dict[str, Any]:
    return {"quote": quote.text, "start": quote.start, "end": quote.end}
