"""Long work outside the request: with progress, cancel and a readable failure. What a restart broke off is begun again.

A kind of work is a function of the job and a ``Progress``; it gives what it has to show as JSON. Files that it makes are blobs. Work must be safe
to begin twice.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from threading import Event as Signal
from threading import Thread
from typing import Any

from django.db import close_old_connections, transaction
from django.utils import timezone

from hengji.web.jobs_states import State
from hengji.web.models import Dossier, Job, Person

LOG = logging.getLogger("hengji.jobs")
_STALE = timedelta(seconds=30)
_PAUSE = 0.4


class CancelledError(Exception):
    """The person who asked for the work does not want it any more."""


class Progress:
    """How far a job is, for those who wait; raises CancelledError when they wait no longer."""

    def __init__(self, job: Job) -> None:
        self._job = job

    def __call__(self, doing: str, done: int = 0, total: int = 0) -> None:
        now = timezone.now()
        Job.objects.filter(pk=self._job.pk).update(doing=doing[:120], done=done, total=total, beat=now)
        if not Job.objects.filter(
            pk=self._job.pk, cancelled=False
        ).exists():  # one that was deleted is not wanted either
            raise CancelledError


Work = Callable[[Job, Progress], dict[str, Any]]


def ask(kind: str, person: Person, dossier: Dossier | None, **arguments: Any) -> Job:
    """Put work into the queue."""
    return Job.objects.create(kind=kind, person=person, dossier=dossier, arguments=arguments)


def do(kinds: Mapping[str, Work], kind: str, person: Person, dossier: Dossier, **arguments: Any) -> Job:
    """Do work at once that takes no longer than a page may; no worker takes it, unless this process breaks off."""
    state = State.RUNNING.value
    job = Job.objects.create(
        kind=kind, person=person, dossier=dossier, arguments=arguments, state=state, beat=timezone.now()
    )
    run(job, kinds)
    job.refresh_from_db()
    return job


def cancel(job: Job) -> None:
    """Ask that work be stopped: at once when it waits, else when it next says how far it is."""
    Job.objects.filter(pk=job.pk, state=State.WAITING.value).update(state=State.CANCELLED.value, cancelled=True)
    Job.objects.filter(pk=job.pk, state=State.RUNNING.value).update(cancelled=True)


def take_next() -> Job | None:
    """The oldest job that waits, or whose worker has not been heard of; it is then this worker's."""
    with transaction.atomic():
        stale = timezone.now() - _STALE
        waiting = Job.objects.select_for_update().filter(state=State.WAITING.value)
        broken = Job.objects.select_for_update().filter(state=State.RUNNING.value, beat__lt=stale)
        job = waiting.order_by("asked").first() or broken.order_by("asked").first()
        if job is not None:
            job.state, job.beat, job.done = State.RUNNING.value, timezone.now(), 0
            job.save(update_fields=["state", "beat", "done"])
    return job


def run(job: Job, kinds: Mapping[str, Work]) -> None:
    """Do the work of a job that is this worker's, and write down what came of it."""
    try:
        result = kinds[job.kind](job, Progress(job))
    except CancelledError:
        _end(job, State.CANCELLED)
    except Exception as error:
        LOG.exception("job %s (%s) failed", job.pk, job.kind)
        _end(
            job,
            State.FAILED,
            failure=f"程序内部出错（{type(error).__name__}），不是材料的问题。没有改动档案，可以重试。",
        )
    else:
        _end(job, State.DONE, result=result)


def _end(job: Job, state: State, failure: str = "", result: dict[str, Any] | None = None) -> None:
    Job.objects.filter(pk=job.pk).update(
        state=state.value, failure=failure, result=result, doing="", beat=timezone.now()
    )


def worker(kinds: Mapping[str, Work], stop: Signal) -> None:
    """Do what waits, one after the other, until told to stop."""
    while not stop.is_set():
        close_old_connections()
        job = take_next()
        if job is None:
            stop.wait(_PAUSE)
        else:
            run(job, kinds)


def start(kinds: Mapping[str, Work]) -> Signal:
    """A worker in a thread of its own; setting the signal ends it after the job at hand."""
    stop = Signal()
    Thread(target=worker, args=(kinds, stop), name="hengji-worker", daemon=True).start()
    return stop
