"""A questionnaire as the form of its editor sends it, and what is wrong with it, by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from hengji.model.record import record
from hengji.model.survey import Option, Question, Questionnaire
from hengji.web.numbers import whole

MOST_QUESTIONS, MOST_OPTIONS, _LONGEST = 60, 12, 300
_MOST_PEOPLE, _PLACES = 999_999_999, 4
_FORMULA = ("=", "+", "-", "@")
_USUAL = "非常满意 100\n满意 80\n一般 50\n不满意 0"


@record
class Draft:
    """问卷草稿: what the form makes of the questionnaire, and the faults by the name of the field."""

    survey: Questionnaire
    faults: Mapping[str, str]


Row = Mapping[str, str]
"""A question in the form: number, id, text, topic, weight, options (a label and its worth a line)."""


def rows_of(survey: Questionnaire) -> list[Row]:
    """The questions as rows of the form."""
    return [
        {
            "id": question.id,
            "text": question.text,
            "topic": question.topic,
            "weight": f"{question.weight.normalize():f}",
            "options": "\n".join(f"{option.label} {option.value.normalize():f}" for option in question.options),
        }
        for question in survey.questions
    ]


def blank_row(rows: list[Row]) -> Row:
    """One more question, with the options of the last that has some, for most ask alike."""
    options = next((row["options"] for row in reversed(rows) if row["options"].strip()), _USUAL)
    return {"id": "", "text": "", "topic": "", "weight": "1", "options": options}


def given_rows(given: Mapping[str, str]) -> list[Row]:
    """The rows that a form sent, in its order; those whose question was emptied are gone."""
    rows: list[Row] = []
    for number in range(MOST_QUESTIONS):
        if f"text-{number}" not in given:
            break
        row = {name: given.get(f"{name}-{number}", "") for name in ("id", "text", "topic", "weight", "options")}
        if row["text"].strip():
            rows.append(row)
    return rows


def read(survey: Questionnaire, given: Mapping[str, str]) -> Draft:
    """The questionnaire with what the form says; all faults at once."""
    faults: dict[str, str] = {}
    said = {name: given.get(name, "").replace("\0", "").strip() for name in ("title", "respondents", "method")}
    for name, words in (("title", "标题"), ("respondents", "调查对象"), ("method", "调查方式")):
        if not said[name]:
            faults[name] = f"没有写{words}"
    questions = tuple(_questions(given_rows(given), faults))
    changed = replace(
        survey,
        title=said["title"],
        respondents=said["respondents"],
        method=said["method"],
        population=_whole("population", given, faults),
        sent=_whole("sent", given, faults),
        conducted_by=given.get("conducted_by", "").strip(),
        introduction=given.get("introduction", "").replace("\r\n", "\n").strip(),
        questions=questions,
    )
    return Draft(changed, faults)


def _whole(name: str, given: Mapping[str, str], faults: dict[str, str]) -> int | None:
    text = given.get(name, "").strip()
    number = whole(text, _MOST_PEOPLE)
    if text and number is None:
        faults[name] = f"“{text[:20]}”不是整数"
    return number


def _questions(rows: list[Row], faults: dict[str, str]) -> Iterator[Question]:
    taken = {row["id"] for row in rows if row["id"]}
    fresh = (name for number in range(1, 2 * MOST_QUESTIONS) if (name := f"题{number}") not in taken)
    for number, row in enumerate(rows):
        text = row["text"].strip()
        if len(text) > _LONGEST:
            faults[f"text-{number}"] = f"题目有{len(text)}个字，最多{_LONGEST}个"
        weight = _decimal(row["weight"] or "1", Decimal(1000))
        if weight is None:
            faults[f"weight-{number}"] = f"权重“{row['weight'][:20]}”不是0至1000的数"
        options = tuple(_options(row["options"], f"options-{number}", faults))
        yield Question(row["id"] or next(fresh), text, options, row["topic"].strip(), weight or Decimal(0))


def _options(text: str, name: str, faults: dict[str, str]) -> Iterator[Option]:
    lines = [line.split() for line in text.splitlines() if line.strip()]
    labels = [line[0] for line in lines]
    if len(lines) == 1 or len(lines) > MOST_OPTIONS:
        faults[name] = f"有{len(lines)}个选项；选择题有2至{MOST_OPTIONS}个，开放题一个也不写"
    if len(set(labels)) < len(labels):
        faults[name] = "有两个选项一样"
    for words in lines:
        label, worth = words[0], " ".join(words[1:])
        value = _decimal(worth, Decimal(100))
        if value is None or label.startswith(_FORMULA):
            faults[name] = (
                f"“{' '.join(words)[:30]}”读不懂：每行写一个选项和它的分值（0至100），中间空一格，如“满意 80”"
            )
        else:
            yield Option(label, value)


def _decimal(text: str, most: Decimal) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    fits = value.is_finite() and 0 <= value <= most and -value.as_tuple().exponent <= _PLACES  # type: ignore[operator]  # finite: a number
    return value if fits else None
