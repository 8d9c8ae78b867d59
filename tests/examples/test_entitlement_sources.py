"""What a home is due is explained by its rows, each with what it brings."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

from hengji.model.figure import SourceKind
from hengji.work.evaluate import evaluate

BOSHAN = Path(__file__).parents[2] / "examples" / "boshan-2021"


def test_the_rows_of_a_home_add_up_to_what_a_tier_owes_it() -> None:
    evaluation = evaluate(BOSHAN).evaluation
    assert evaluation is not None
    figure = evaluation.figures["补助.运营补助2020.博山区北山老年养护中心.应补.省级"]
    said = [source.text for source in figure.sources if source.kind is SourceKind.ROW]
    paid = [Decimal(match[1].replace(",", "")) for each in said if (match := re.search(r"([\d,]+\.\d\d)元$", each))]
    assert sum(paid) == Decimal(65_400)
    assert [each for each in said if not each.endswith("元")] == ["“博山区北山老年养护中心”的记录，不予补助"]
