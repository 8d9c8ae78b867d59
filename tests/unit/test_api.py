"""The names that a program may rely on are there, are few, and work without the command line."""

from pathlib import Path

from hengji import api

EXAMPLE = Path(__file__).parents[2] / "examples" / "weiyang-2020"


def test_every_public_name_is_there_and_they_are_few() -> None:
    assert all(hasattr(api, name) for name in api.__all__)
    assert len(api.__all__) <= 16


def test_a_program_can_evaluate_and_trace() -> None:
    outcome = api.evaluate(EXAMPLE)
    assert outcome.evaluation is not None
    figures = outcome.evaluation.figures
    assert api.display(figures["得分.合计"]) == "88.50分"
    assert api.tree("资金.预算执行率", figures).display == "99.63%"
