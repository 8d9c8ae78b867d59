"""Statements that take long: how far they are is told while they run, and they stop when the caller does."""

from __future__ import annotations

from collections.abc import Callable

from hengji.engines import duck

Tick = Callable[[int, int], None]
"""Is told how many rows are done, and how many there are; called in the thread of the caller, a few times a second."""
_PAUSE = 0.2


class Watch:
    """``steps`` statements over ``rows`` rows each, of which every one counts alike."""

    def __init__(self, connection: duck.Connection, tick: Tick | None) -> None:
        self.connection = connection
        self._tick = tick
        self._done = 0
        self.rows = 0
        self.steps = 1

    def execute(self, statement: str) -> duck.Connection:
        """Run a statement, and tell how far it is. A Ctrl+C stops the statement first (``duck.stoppable``)."""
        try:
            if self._tick is None:
                return self.connection.execute(statement)
            answer = self._aside(statement, self._tick)
        except duck.InvalidInputException as error:
            raise duck.meant(error) from None
        self._done += 1
        self._tell(self._tick, 0)
        return answer

    def _aside(self, statement: str, tick: Tick) -> duck.Connection:
        """The same in a thread of its own, while this one tells and listens."""
        from concurrent.futures import ThreadPoolExecutor, wait  # slow to load, and nobody waits for most runs

        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(self.connection.execute, statement)
            try:
                while not wait([running], _PAUSE).done:
                    self._tell(tick, max(0.0, self.connection.query_progress()) / 100)
            except BaseException:
                self.connection.interrupt()
                raise
            return running.result()

    def _tell(self, tick: Tick, part: float) -> None:
        tick(min(self.rows, int(self.rows * (self._done + part) / self.steps)), self.rows)
