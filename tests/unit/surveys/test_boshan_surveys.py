"""Boshan's two surveys, from counts: 19/28 of the institutions' points, and 93.57 % from the elders."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import pytest

from hengji.model.figure import SourceKind, display
from hengji.model.finding import Severity
from hengji.model.money import round_to
from hengji.model.profile import Threshold
from hengji.model.survey import Option, Question, Questionnaire
from hengji.surveys.figures import survey_figures
from hengji.surveys.reading import read_counts

SMALL = Threshold("小样本", Decimal(30), "评价方案")
INSTITUTIONS = {"题1": (3, 3, 1), "题3": (2, 4, 1), "题4": (2, 5, 0), "题5": (5, 2, 0)}
ELDERS = dict(
    enumerate(
        (
            (63, 7, 0),
            (63, 7, 0),
            (58, 12, 0),
            (60, 10, 0),
            (63, 7, 0),
            (63, 7, 0),
            (67, 3, 0),
            (61, 9, 0),
            (57, 13, 0),
            (55, 15, 0),
        ),
        start=1,
    )
)


def options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(label, Decimal(value)) for label, value in zip(labels, (100, 50, 0), strict=True))


INSTITUTION_SHEET = Questionnaire(
    "机构",
    "机构问卷",
    "受补助机构",
    "书面问卷",
    (
        Question("题1", "了解补助政策吗", options("非常了解", "不是很了解", "不了解"), topic="知晓度"),
        Question("题2", "从何处得知"),
        Question("题3", "发放及时吗", options("非常及时", "及时", "不及时")),
        Question("题4", "金额满意吗", options("非常满意", "满意", "不满意")),
        Question("题5", "工作满意吗", options("非常满意", "满意", "不满意")),
    ),
    returned=7,
    valid=7,
    responses="surveys/机构.csv",
)
ELDER_SHEET = Questionnaire(
    "老人",
    "老人问卷",
    "入住老人",
    "书面问卷",
    (*(Question(f"题{n}", "满意吗", options("非常满意", "一般", "不满意")) for n in ELDERS), Question("题11", "意见")),
    returned=70,
    valid=70,
    responses="surveys/老人.csv",
)


def tally(questionnaire: Questionnaire, answers: Mapping[str, tuple[int, ...]]) -> bytes:
    labels = {question.id: question.options for question in questionnaire.questions}
    rows = [
        f"{name},{option.label},{sheets}"
        for name, row in answers.items()
        for option, sheets in zip(labels[name], row, strict=True)
    ]
    return "\n".join(("题号,选项,份数", *rows)).encode("utf-8-sig")


def raw_sheets(answers: Mapping[str, tuple[int, ...]]) -> bytes:
    """One row per sheet, answers by position; which answers share a sheet is of no matter to the counts."""
    columns = {name: [str(i + 1) for i, n in enumerate(row) for _ in range(n)] for name, row in answers.items()}
    rows = zip(*columns.values(), strict=True)
    return "\n".join(
        [",".join(("序号", *columns)), *(",".join((str(i), *row)) for i, row in enumerate(rows, 1))]
    ).encode()


@pytest.mark.parametrize("data", [tally(INSTITUTION_SHEET, INSTITUTIONS), raw_sheets(INSTITUTIONS)])
def test_the_institutions_give_nineteen_of_twenty_eight(data: bytes) -> None:
    counts, wrong = read_counts(INSTITUTION_SHEET, "surveys/机构.csv", data)
    figures, found = survey_figures(INSTITUTION_SHEET, counts, SMALL)
    assert wrong == ()
    satisfaction = figures["问卷.机构.综合满意率"]
    assert satisfaction.value == Fraction(19, 28)
    assert display(satisfaction) == "67.86%"
    assert round_to(Fraction(19, 28) * 5, 2) == Decimal("3.39")
    assert [display(figures[f"问卷.机构.{name}.综合"]) for name in INSTITUTIONS] == [
        "64.29%",
        "57.14%",
        "64.29%",
        "85.71%",
    ]
    assert display(figures["问卷.机构.知晓度"]) == "64.29%"
    assert [(finding.code, finding.severity) for finding in found] == [("Q109", Severity.WARNING)]
    assert "14.3个百分点" in found[0].found


def test_the_elders_give_93_57_percent() -> None:
    answers = {f"题{n}": row for n, row in ELDERS.items()}
    counts, wrong = read_counts(ELDER_SHEET, "surveys/老人.csv", tally(ELDER_SHEET, answers))
    figures, found = survey_figures(ELDER_SHEET, counts, SMALL)
    assert (wrong, found) == ((), ())
    satisfaction = figures["问卷.老人.综合满意率"]
    assert display(satisfaction) == "93.57%"
    assert isinstance(satisfaction.value, Fraction)
    assert round_to(satisfaction.value * 5, 2) == Decimal("4.68")


def test_a_share_traces_to_the_line_of_its_count() -> None:
    counts, _ = read_counts(INSTITUTION_SHEET, "surveys/机构.csv", tally(INSTITUTION_SHEET, INSTITUTIONS))
    figures, _ = survey_figures(INSTITUTION_SHEET, counts, SMALL)
    assert display(figures["问卷.机构.题3.及时.占比"]) == "57.14%"
    assert figures["问卷.机构.题3.及时.占比"].inputs == ("问卷.机构.题3.及时.份数",)
    source = figures["问卷.机构.题3.及时.份数"].sources[0]
    assert (source.kind, source.file, source.line) == (SourceKind.SURVEY, "surveys/机构.csv", 6)
    assert source.text == "题3“及时”4份"


def test_the_sample_as_the_record_has_it() -> None:
    counts, _ = read_counts(INSTITUTION_SHEET, "surveys/机构.csv", tally(INSTITUTION_SHEET, INSTITUTIONS))
    figures, _ = survey_figures(INSTITUTION_SHEET, counts, SMALL)
    assert {name: display(figures[f"问卷.机构.{name}"]) for name in ("样本量", "回收", "有效率")} == {
        "样本量": "7份",
        "回收": "7份",
        "有效率": "100.00%",
    }
    assert "问卷.机构.发放" not in figures
