"""Reports that hold are left alone, and what is changed in them is found: a sample of what bench.mutation runs whole."""

import pytest
from bench.mutants import BOUND, Holding, Kind, holdings
from bench.mutation import PROFILE, outcomes, rate, sample, table
from docs.pages import mutation

from hengji.model.finding import Severity
from hengji.work.review import profile_named, review_bytes

REPORTS = holdings()
SAMPLE, SEED = 150, 7
SPREAD = 0.06
"""How far the rate of a sample may lie below that of the whole, about two standard deviations."""

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


def test_a_sample_of_mutants_is_found() -> None:
    rows = table(list(outcomes(REPORTS, sample(REPORTS, SAMPLE, SEED))))
    assert rate(rows) >= mutation.kept()["rate"] - SPREAD, rows


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
