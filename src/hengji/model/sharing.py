"""Tasks shared out among the processors of the machine (docs/decisions/0019).

A forked process has all that its parent has. So a task is a closure over what has been read, nothing is sent to who does it, and only
its result is sent back. Each process, the first one too, takes the next task when it is done with one.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from select import select
from typing import NoReturn, TypeVar

from hengji.model.kept import keep_all

T = TypeVar("T")
Task = Callable[[], T]

_HELPING = ContextVar("helping", default=False)
_NUMBER = 4
"""Bytes of a number: of a task in the queue, of how long a result is."""


def shared_out(tasks: Sequence[Task[T]]) -> Iterator[T]:
    """The results of all tasks in their order, each as soon as it is there and all before it are; a result must be able to be pickled.

    With one processor, on another system than Linux, beside threads, and within a task, tasks are done one by one. A task that fails,
    or that another process could not do, is done once more in its turn: whatever it raises, it raises here.
    """
    helpers = min(_processors(), len(tasks)) - 1
    if helpers < 1:
        yield from (task() for task in tasks)
        return
    done: dict[int, T] = {}
    at = 0
    with _queue(len(tasks)) as queue, _helpers(tasks, queue, helpers) as pipes:
        for _ in _worked(tasks, queue, pipes, done):
            while at in done:
                yield done.pop(at)
                at += 1
    for number in range(at, len(tasks)):
        yield done.pop(number) if number in done else tasks[number]()


def _processors() -> int:
    """How many may work at once: one where a process may not be forked, because a thread may hold what the other one waits for."""
    threading = sys.modules.get("threading")
    alone = threading is None or threading.active_count() == 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "memfd_create") and alone and not _HELPING.get() else 1


def _worked(tasks: Sequence[Task[T]], queue: int, pipes: list[int], done: dict[int, T]) -> Iterator[None]:
    """Put results into ``done``, this process's and those of the others; a pause after each."""
    for number in _drawn(queue):
        with suppress(Exception):  # what fails is done again in its turn, behind all results before it, and raises then
            done[number] = tasks[number]()
        yield
        while pipes and select(pipes, (), (), 0)[0]:
            _take(pipes, done)
            yield
    while pipes:
        _take(pipes, done)
        yield


def _take(pipes: list[int], done: dict[int, T]) -> None:
    """The next result of the first process that has one; a process that has ended is waited for no longer."""
    pipe = select(pipes, (), ())[0][0]
    length = _bytes(pipe, _NUMBER)
    sent = _bytes(pipe, int.from_bytes(length, "big"))
    if length and sent:
        number, result = pickle.loads(sent)  # noqa: S301  of a process of our own
        done[number] = result
    else:
        pipes.remove(pipe)


def _bytes(pipe: int, length: int) -> bytes:
    """So many bytes of a pipe; none where it ends before."""
    found = bytearray()
    while len(found) < length:
        more = os.read(pipe, length - len(found))
        if not more:
            return b""
        found += more
    return bytes(found)


@contextmanager
def _queue(tasks: int) -> Iterator[int]:
    """The numbers of the tasks as a file of no name: who reads it goes on where another one has stopped."""
    queue = os.memfd_create("tasks")
    try:
        os.write(queue, b"".join(number.to_bytes(_NUMBER, "big") for number in range(tasks)))
        os.lseek(queue, 0, os.SEEK_SET)
        yield queue
    finally:
        os.close(queue)


def _drawn(queue: int) -> Iterator[int]:
    """The next numbers, until there are none left."""
    while number := os.read(queue, _NUMBER):
        yield int.from_bytes(number, "big")


@contextmanager
def _helpers(tasks: Sequence[Task[T]], queue: int, count: int) -> Iterator[list[int]]:
    """So many processes at work, or as many as there may be, as the pipes that bring their results; all have ended when this has."""
    forked: dict[int, int] = {}
    try:
        with suppress(OSError):  # the machine has no process to spare: those that are there do it all
            for _ in range(count):
                pipe, process = _forked(tasks, queue)
                forked[pipe] = process
        yield list(forked)
    finally:
        for pipe, process in forked.items():
            os.close(pipe)
            os.kill(process, signal.SIGTERM)
            os.waitpid(process, 0)


def _forked(tasks: Sequence[Task[T]], queue: int) -> tuple[int, int]:
    """The pipe and the number of a new process; OSError where there cannot be one."""
    pipe, end = os.pipe()
    try:
        process = os.fork()
        if not process:
            _help(tasks, queue, end)
    except OSError:
        os.close(pipe)
        raise
    finally:
        os.close(end)
    return pipe, process


def _help(tasks: Sequence[Task[T]], queue: int, pipe: int) -> NoReturn:
    """What a forked process does: no more than that, whatever happens."""
    with suppress(BaseException):  # the task that failed is done again by the process that asked for it
        _HELPING.set(True)
        for number in _drawn(queue):
            sent = pickle.dumps((number, tasks[number]()), pickle.HIGHEST_PROTOCOL)
            os.writev(pipe, (len(sent).to_bytes(_NUMBER, "big"), sent))
        keep_all()
    os._exit(0)
