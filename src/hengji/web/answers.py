"""An answered sheet as a form sends it, and what is wrong with it, by question."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from hengji.model.record import record
from hengji.model.survey import Question, Questionnaire
from hengji.storage.codec import decode
from hengji.surveys.reading import option_of
from hengji.web.store import blob, manifest_of

LONGEST = 500
"""Characters of an answer in words."""
BLANK = "0"
"""What is typed for a question that was left blank on paper."""


@record
class Filled:
    """填好的答卷: the labels chosen and the words given, and the faults, both by the id of the question."""

    answers: Mapping[str, str]
    faults: Mapping[str, str]


def survey_path(survey: str) -> str:
    """Where a questionnaire stands in its dossier."""
    return f"surveys/{survey}.yaml"


def questionnaire_of(head: str, survey: str) -> Questionnaire | None:
    """The questionnaire of a revision, read by itself: strangers wait for no other file of the dossier."""
    path = survey_path(survey)
    return _read(manifest_of(head).get(path, ""), path)


@lru_cache(maxsize=256)
def _read(digest: str, path: str) -> Questionnaire | None:
    content = blob(digest)
    return None if content is None else decode(Questionnaire, content.decode("utf-8-sig", "replace"), path).value


def field(question: Question) -> str:
    """The name of a question's field in a form."""
    return f"q-{question.id}"


def from_phone(questionnaire: Questionnaire, given: Mapping[str, str]) -> Filled:
    """What somebody answered themselves: an option for every question that has some, and words as they like."""
    return _filled(questionnaire, given, {}, "这一题还没有选")


def from_paper(questionnaire: Questionnaire, given: Mapping[str, str]) -> Filled:
    """What was typed from a sheet: the position of the option, or 0 where nothing or more than one was ticked."""
    return _filled(questionnaire, given, {BLANK: ""}, "填选项的序号；没有作答的填0")


def _filled(questionnaire: Questionnaire, given: Mapping[str, str], blanks: Mapping[str, str], remedy: str) -> Filled:
    answers: dict[str, str] = {}
    faults: dict[str, str] = {}
    for question in questionnaire.questions:
        text = given.get(field(question), "").replace("\0", "").strip()
        option = option_of(question, text)
        if option is not None:
            answers[question.id] = option.label
        elif question.options and text not in blanks:
            faults[question.id] = f"没有“{text[:20]}”这个选项，{remedy}" if text else remedy
        elif not question.options and len(text) > LONGEST:
            faults[question.id] = f"写了{len(text)}个字，最多{LONGEST}个字"
        elif not question.options and text:
            answers[question.id] = text
    if not answers and not faults:
        faults[questionnaire.questions[0].id if questionnaire.questions else ""] = "整份都没有作答"
    return Filled(answers, faults)
