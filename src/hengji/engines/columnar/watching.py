"""Statements that take long: how far they are is told while they run, and they stop when the caller does."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread

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
        """Run a statement, and tell how far it is. A KeyboardInterrupt here stops the statement first."""
        running = _Running(self.connection, statement)
        running.start()
        try:
            while running.lasts(_PAUSE):
                self._tell(max(0.0, self.connection.query_progress()) / 100)
        except BaseException:
            self.connection.interrupt()
            running.join()
            raise
        answer = running.answered()
        self._done += 1
        self._tell(0)
        return answer

    def _tell(self, part: float) -> None:
        if self._tick is not None:
            self._tick(min(self.rows, int(self.rows * (self._done + part) / self.steps)), self.rows)


class _Running(Thread):
    """A statement in a thread of its own, so that the caller's is free to tell how far it is."""

    def __init__(self, connection: duck.Connection, statement: str) -> None:
        super().__init__()
        self._connection, self._statement = connection, statement
        self._answer: duck.Connection | None = None
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._answer = self._connection.execute(self._statement)
        except BaseException as error:  # noqa: BLE001  it is raised where the answer is asked for
            self._error = error

    def lasts(self, seconds: float) -> bool:
        """Whether it still runs after so many seconds."""
        self.join(seconds)
        return self.is_alive()

    def answered(self) -> duck.Connection:
        """What the statement gave. Raises what it raised."""
        if self._error is not None:
            raise self._error
        assert self._answer is not None
        return self._answer
