"""How properties are tried: without deadlines, since machines differ, and in CI the same examples every time."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from hengji.engines.columnar.spark_session import session

settings.register_profile("house", deadline=None, max_examples=50, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")


@pytest.fixture(scope="session", autouse=True)
def running_spark(request: pytest.FixtureRequest) -> Iterator[None]:
    """One Spark for the whole run, where a test asks for it: starting one takes as long as twenty tests."""
    if any(item.get_closest_marker("spark") for item in request.session.items):
        with session(memory="2GB"):
            yield
    else:
        yield


def pytest_unconfigure() -> None:
    """A review leaves what it made for the process to end with (gc.freeze); here others still have to tidy up."""
    gc.unfreeze()
