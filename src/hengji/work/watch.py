"""Whoever waits is told what is done and how far it is."""

from __future__ import annotations

from collections.abc import Callable

from hengji.model.record import record


@record
class Watch:
    """``step`` is told the name of what begins, ``rows`` how many rows of how many are done; None where nobody counts them."""

    step: Callable[[str], None] = lambda _: None
    rows: Callable[[int, int], None] | None = None

    def count(self, done: int, every: int) -> None:
        """Tell how many rows are done."""
        if self.rows is not None:
            self.rows(done, every)
