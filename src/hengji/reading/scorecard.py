"""All that a reading says of scores."""

from __future__ import annotations

from hengji.model.reading import Reading
from hengji.model.review import Rescore
from hengji.model.scorecard import Scorecard


def scorecard_of(reading: Reading) -> Scorecard | None:
    """The scores of a report; None where it shows none."""
    del reading
    return None


def rescore_of(scorecard: Scorecard) -> Rescore | None:
    """The total and grade awarded, and those that the printed standards give."""
    del scorecard
    return None
