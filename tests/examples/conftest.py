"""The three example dossiers, evaluated once."""

from functools import cache
from pathlib import Path

import pytest

from hengji.model.document import Document
from hengji.model.evaluation import Evaluation
from hengji.work.evaluate import document_of, evaluate

EXAMPLES = Path(__file__).parents[2] / "examples"
NAMES = ("yangquan-2022", "boshan-2021", "weiyang-2020")


@cache
def evaluation_of(name: str) -> Evaluation:
    outcome = evaluate(EXAMPLES / name)
    assert outcome.evaluation is not None
    return outcome.evaluation


@cache
def report_of(name: str) -> Document:
    return document_of(evaluation_of(name))


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def evaluation(name: str) -> Evaluation:
    return evaluation_of(name)


@pytest.fixture
def report(name: str) -> Document:
    return report_of(name)
