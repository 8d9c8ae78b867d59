"""Where answers come in: each is written durably before it is acknowledged, and those that come together share one commit.

A commit waits for the disk, and SQLite lets one writer in at a time; so whoever's turn it is writes for all who stand behind.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from threading import Lock

from django.db import DatabaseError, IntegrityError, transaction

from hengji.web.models import SurveyAnswer


class Outcome(Enum):
    """收卷结果."""

    KEPT = "已收下"
    KNOWN = "这一份已经收到过"


@dataclass(slots=True, eq=False)
class _Waiting:
    """An answer in the queue; one of the other two is set when it has been dealt with."""

    answer: SurveyAnswer
    outcome: Outcome | None = None
    fault: DatabaseError | None = None


class Intake:
    """收卷处: a queue of answers, and the turn to write."""

    def __init__(self) -> None:
        self._turn = Lock()
        self._queue: deque[_Waiting] = deque()

    def take(self, answer: SurveyAnswer) -> Outcome:
        """Return when the answer is on disk, or another of the same sheet was; raises DatabaseError when it cannot be written."""
        mine = _Waiting(answer)
        self._queue.append(mine)
        with self._turn:
            if mine.outcome is None and mine.fault is None:
                _write([self._queue.popleft() for _ in range(len(self._queue))])
        if mine.fault is not None:
            raise mine.fault
        assert mine.outcome is not None, "its turn has passed"
        return mine.outcome


@lru_cache(maxsize=1)
def intake() -> Intake:
    """The one of this process."""
    return Intake()


def _write(batch: Sequence[_Waiting]) -> None:
    """All in one transaction; one by one when one of them is known already."""
    try:
        with transaction.atomic():
            SurveyAnswer.objects.bulk_create([each.answer for each in batch])
    except IntegrityError:
        for each in batch:
            _write_one(each)
    except DatabaseError as fault:
        for each in batch:
            each.fault = fault
    else:
        for each in batch:
            each.outcome = Outcome.KEPT


def _write_one(waiting: _Waiting) -> None:
    try:
        with transaction.atomic():
            waiting.answer.save(force_insert=True)
    except IntegrityError as fault:
        known = SurveyAnswer.objects.filter(link=waiting.answer.link_id, sheet=waiting.answer.sheet).exists()
        waiting.outcome, waiting.fault = (Outcome.KNOWN, None) if known else (None, fault)
    except DatabaseError as fault:
        waiting.fault = fault
    else:
        waiting.outcome = Outcome.KEPT
