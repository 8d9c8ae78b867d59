"""Reports that hold are left alone, and what is changed in them is found: a sample of what bench.mutation runs whole."""

import pytest
from bench.mutants import BOUND, Holding, Kind, holdings
from bench.mutation import PROFILE, outcomes, rate, sample, table
from docs.pages import mutation

from hengji.model.finding import Severity
from hengji.work.review import profile_named, review_bytes

REPORTS = holdings()
SAMPLE, SEED = 240, 7
"""A part of what the bench makes, that takes half a minute; the same each time, so that its rate changes only with the review."""

FEW = 1
"""So many warnings are borne in a report that holds."""


@pytest.mark.parametrize("report", REPORTS, ids=[report.name for report in REPORTS])
def test_the_equations_of_a_holding_report_hold(report: Holding) -> None:
    for equation in report.equations:
        assert equation.holds(equation.numbers), equation
        assert all(equation.places), equation


@pytest.mark.parametrize("report", REPORTS, ids=[report.name for report in REPORTS])
def test_a_holding_report_is_left_alone(report: Holding) -> None:
    profile, _ = profile_named(PROFILE)
    assert profile is not None
    findings = review_bytes(report.name, report.text.encode(), profile).findings
    assert [each.message for each in findings if each.severity is Severity.ERROR] == []
    assert len([each.message for each in findings if each.severity is Severity.WARNING]) <= FEW


def test_what_binds_numbers_is_found_in_a_sample() -> None:
    bound = [mutant for mutant in sample(REPORTS, len(BOUND) * 1000, SEED) if mutant.kind in BOUND]
    rows = table(list(outcomes(REPORTS, bound[:SAMPLE])))
    assert rate(rows) >= mutation.GOAL, rows


def test_what_binds_numbers_was_found_in_the_whole() -> None:
    assert mutation.kept()["rate"] >= mutation.GOAL


def test_a_seed_gives_the_same_mutants() -> None:
    assert sample(REPORTS, 20, 3) == sample(REPORTS, 20, 3)


def test_a_change_within_printed_decimals_is_no_fault() -> None:
    report = Holding("own.txt", "全年支出 1,904 元，占预算 2,000 元的 95%。\n", ("95% = 1,904元 / 2,000元",))
    (equation,) = report.equations
    numbers = equation.numbers
    assert equation.holds(numbers)
    place = report.text.index("1,904")
    assert not equation.broken(place, "1,901")
    assert equation.broken(place, "1,704")


def test_the_stored_table_is_of_these_kinds() -> None:
    kept = mutation.kept()
    assert round(rate(kept["kinds"]), 4) == kept["rate"]
    assert {kind.value for kind in BOUND} <= set(kept["kinds"]) <= {kind.value for kind in Kind}
