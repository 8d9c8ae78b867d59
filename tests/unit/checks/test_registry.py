"""What is read off the source of a check is what Python makes of it, and a run loads no check that it does not run."""

import inspect
import subprocess
import sys

import pytest

from hengji.checks.registry import Check, all_checks, titles

CODES = [check.code for check in all_checks()]


@pytest.mark.parametrize("check", all_checks(), ids=CODES)
def test_a_check_asks_for_the_parameters_of_its_function(check: Check) -> None:
    assert check.needs == tuple(inspect.signature(check.find).parameters)


@pytest.mark.parametrize("check", all_checks(), ids=CODES)
def test_the_title_is_the_first_line_of_the_docstring(check: Check) -> None:
    assert titles()[check.code] == check.title.rstrip("。")


def test_every_check_has_a_code_of_its_own() -> None:
    assert len(set(CODES)) == len(CODES) == len(titles())


def test_reviewing_a_report_loads_no_check_of_dossiers() -> None:
    asked = (
        "import sys; from hengji.checks.registry import run; from hengji.model.reading import Reading;"
        "print(list(run({'reading': Reading('report.txt', '', (), ())})), *sorted(sys.modules), sep='\\n')"
    )
    said = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout
    loaded = [name.rpartition(".")[2] for name in said.split() if name.startswith("hengji.checks.")]
    dossier = [check.code for check in all_checks() if "dossier" in check.needs or "evaluation" in check.needs]
    assert [name for name in loaded if name.startswith("w960")]
    assert not [name for name in loaded if name.startswith(tuple(dossier))]
