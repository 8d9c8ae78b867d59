"""When rows are counted by the tally unless somebody asks for it: where they are many, where it can be loaded, and where it has room."""

from __future__ import annotations

from contextlib import closing
from importlib import import_module
from pathlib import Path

import pytest
from tests.unit.engines.columnar.tallied import kept, needs_tally
from tests.unit.engines.columnar.test_sieve import ROWS, policy_of, written

from hengji.engines import columnar, duck
from hengji.engines.columnar import Grain
from hengji.engines.columnar.results import Result
from hengji.engines.columnar.run import Counting
from hengji.engines.columnar.store import connect, has_tally, room
from hengji.policies.policy import Policy

MANY = 2_000_000
"""The tally wants 16 MB for so many rows."""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return policy_of("合计(人月, 按=(人员)) ≤ 14")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    return written(tmp_path, {})


def counted(
    policy: Policy, files: dict[str, Path], connection: duck.Connection, counting: Counting = Counting.SUITED
) -> tuple[Result, bool]:
    """What recipients get, and whether the tally told it."""
    wanted: dict[Grain, Path | None] = {Grain.INSTITUTION: None}
    result = columnar.run_grains(policy, files, wanted, connection=connection, counting=counting)[Grain.INSTITUTION]
    assert (result.findings, len(result.records)) == ((), 13)
    return result, kept(connection) is not None


@needs_tally
@pytest.mark.parametrize(("worth", "by_tally"), [(ROWS, True), (ROWS + 1, False)])
def test_many_rows(
    policy: Policy, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, worth: int, *, by_tally: bool
) -> None:
    monkeypatch.setattr(import_module("hengji.engines.columnar.run"), "WORTH", worth)
    with closing(connect()) as connection:
        plain = counted(policy, files, connection, Counting.DATABASE)
        assert not plain[1]
        assert counted(policy, files, connection) == (plain[0], by_tally)
        assert columnar.run_sets([policy], files, Grain.INSTITUTION) == (plain[0],)


@needs_tally
def test_its_room(policy: Policy, tmp_path: Path) -> None:
    files = written(tmp_path, {}, MANY)
    found = []
    for memory in ("12MB", "60MB"):
        with closing(connect(memory)) as connection:
            connection.execute("SET threads = 1")
            found.append(counted(policy, files, connection))
    (little, by_database), (much, by_tally) = found
    assert (by_database, by_tally) == (False, True)
    assert little == much


def test_where_it_cannot_be_loaded(policy: Policy, files: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("hengji.engines.columnar.run"), "WORTH", 1)
    with closing(duck.connect()) as connection:
        assert not has_tally(connection)
        result, by_tally = counted(policy, files, connection)
        assert not by_tally
        assert result == columnar.run(policy, files, Grain.INSTITUTION)
        with pytest.raises(ValueError, match="tally"):
            counted(policy, files, connection, Counting.TALLY)


@pytest.mark.parametrize(
    ("memory", "size"),
    [
        ("900KB", 900 * 10**3),
        ("512MiB", 512 * 2**20),
        ("4GB", 4 * 10**9),
        ("1.5GB", 1_500_000_000),
        ("2TB", 2 * 10**12),
        ("1500TB", 1500 * 10**12),
    ],
)
def test_room_to_the_tenth_of_a_unit(memory: str, size: int) -> None:
    with closing(connect(memory)) as connection:
        assert 0.9 * size < room(connection) <= size


def test_room_without_a_bound_is_more_than_any_table_wants() -> None:
    with closing(connect("none")) as connection:
        assert room(connection) >= 1 << 60
