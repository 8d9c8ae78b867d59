"""Every case of every pack comes out of Spark as out of the reference engine."""

from __future__ import annotations

import pytest
from tests.unit.engines.columnar.test_packs_agree import cases, pack, tables_of

from hengji.engines import reference
from hengji.engines.columnar import spark

pytestmark = pytest.mark.spark


@pytest.mark.parametrize(("name", "at"), cases())
def test_a_case_of_a_pack(name: str, at: int) -> None:
    policy = pack(name)
    tables = tables_of(policy, policy.cases[at])
    assert spark.calculate(policy, tables) == reference.calculate(policy, tables)
