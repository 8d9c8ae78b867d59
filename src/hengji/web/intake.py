"""Where answers come in: each is written durably before it is acknowledged, and those that come together share one commit.

A commit waits for the disk, and SQLite lets one writer in at a time; so whoever's turn it is writes for all who stand behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from threading import Event, Lock
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Field

from hengji.web.models import SurveyAnswer


class Outcome(Enum):
    """收卷结果."""

    KEPT = "已收下"
    KNOWN = "这一份已经收到过"


@dataclass(slots=True, eq=False)
class _Waiting:
    """An answer in the queue. When ``turn`` is set it has been dealt with, and one of the others is set; or it is the one to write."""

    answer: SurveyAnswer
    turn: Event = field(default_factory=Event)
    outcome: Outcome | None = None
    fault: Exception | None = None


class Intake:
    """收卷处: a queue of answers, of which one at a time writes for all that are in it."""

    def __init__(self) -> None:
        self._door = Lock()
        self._queue: list[_Waiting] = []
        self._writing = False

    def take(self, answer: SurveyAnswer) -> Outcome:
        """Return when the answer is on disk, or another of the same sheet was; raises DatabaseError when it cannot be written."""
        mine = _Waiting(answer)
        with self._door:
            self._queue.append(mine)
            if not self._writing:
                self._writing = True
                mine.turn.set()
        mine.turn.wait()
        if mine.outcome is None and mine.fault is None:
            self._write_all()
        if mine.fault is not None:
            raise mine.fault
        assert mine.outcome is not None, "its turn has passed"
        return mine.outcome

    def _write_all(self) -> None:
        with self._door:
            batch, self._queue = self._queue, []
        _write(batch)
        with self._door:
            self._writing = bool(self._queue)
            following = self._queue[:1]
        for each in (*following, *batch):
            each.turn.set()


@lru_cache(maxsize=1)
def intake() -> Intake:
    """The one of this process."""
    return Intake()


def _write(batch: Sequence[_Waiting]) -> None:
    """All in one transaction; one by one when one of them is known already."""
    try:
        with transaction.atomic():
            _insert([each.answer for each in batch])
    except IntegrityError:
        for each in batch:
            _write_one(each)
    except Exception as fault:  # noqa: BLE001  raised again to everybody who waits
        for each in batch:
            each.fault = fault
    else:
        for each in batch:
            each.outcome = Outcome.KEPT


def _insert(answers: Sequence[SurveyAnswer]) -> None:
    """What ``bulk_create`` does, in a fifth of its time: its statement is put together once and not for every batch."""
    statement, columns = _statement()
    rows = [
        [column.get_db_prep_save(column.pre_save(answer, add=True), connection) for column in columns]
        for answer in answers
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, rows)


@lru_cache(maxsize=1)
def _statement() -> tuple[str, tuple[Field[Any, Any], ...]]:
    """The statement that inserts an answer, and the columns that it fills in their order."""
    told = SurveyAnswer._meta  # noqa: SLF001  documented by Django
    columns = tuple(column for column in told.concrete_fields if not column.primary_key)
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(str(column.column)) for column in columns)
    blanks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quoted(told.db_table)} ({names}) VALUES ({blanks})", columns  # noqa: S608  names of our own


def _write_one(waiting: _Waiting) -> None:
    try:
        with transaction.atomic():
            waiting.answer.save(force_insert=True)
    except IntegrityError as fault:
        known = SurveyAnswer.objects.filter(link=waiting.answer.link_id, sheet=waiting.answer.sheet).exists()
        waiting.outcome, waiting.fault = (Outcome.KNOWN, None) if known else (None, fault)
    except Exception as fault:  # noqa: BLE001  the same
        waiting.fault = fault
    else:
        waiting.outcome = Outcome.KEPT
