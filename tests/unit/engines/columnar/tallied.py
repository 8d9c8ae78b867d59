"""Tests of the tally: skipped where it cannot be loaded, and what the sieve has kept."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from hengji.engines import columnar, duck
from hengji.engines.columnar import Grain
from hengji.engines.columnar.run import Counting
from hengji.engines.columnar.sieve import KEYS
from hengji.engines.columnar.store import connect, has_tally
from hengji.policies.policy import Policy


def _at_hand() -> bool:
    with closing(connect()) as connection:
        return has_tally(connection)


needs_tally = pytest.mark.skipif(not _at_hand(), reason="there is no tally for this machine")


def kept(connection: duck.Connection) -> int | None:
    """How many groups the last sieve on a connection has kept; None where none was used."""
    try:
        (found,) = connection.execute(f"SELECT count(*) FROM {KEYS}").fetchall()
    except duck.Error:
        return None
    return int(found[0])


def sifted(policy: Policy, files: dict[str, Path]) -> int | None:
    """How many groups the sieve keeps, which is to be used; None where it leaves the limit of the policy."""
    with closing(connect()) as connection:
        result = columnar.run_grains(policy, files, {Grain.TOTAL: None}, connection=connection, counting=Counting.TALLY)
        assert result[Grain.TOTAL].findings == ()
        return kept(connection)
