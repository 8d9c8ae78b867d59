"""Shared tasks give what they give one by one, whoever does them and whatever happens to that one.

Each case runs in an interpreter of its own: where tests run, threads may be at work, beside which nothing is shared.
"""

import os
import subprocess
import sys
from textwrap import dedent
from threading import Thread

import pytest

from hengji.model.sharing import shared_out

alone = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) == 1, reason="nothing is shared with one processor"
)
_BEGIN = """
    import os, signal, sys, time
    from functools import partial
    from pathlib import Path
    from hengji.model.sharing import shared_out
    first = os.getpid()
"""


def _said(script: str, *arguments: str) -> list[str]:
    """What a script prints; it ends with exit code 0, and no process of its own is left."""
    every = dedent(_BEGIN) + dedent(script) + "\ntry:\n    os.wait()\nexcept ChildProcessError:\n    print('all ended')"
    done = subprocess.run([sys.executable, "-c", every, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    *lines, last = done.stdout.splitlines()
    assert last == "all ended"
    return lines


@alone
def test_results_come_in_the_order_of_the_tasks_from_several_processes() -> None:
    said = _said("""
        def square(n):
            time.sleep(0.01)
            return n * n, os.getpid()
        results = list(shared_out([partial(square, n) for n in range(40)]))
        print([value for value, _ in results] == [n * n for n in range(40)], len({who for _, who in results}) > 1)
    """)
    assert said == ["True True"]


@alone
def test_large_results_arrive() -> None:
    assert _said("print([len(each) for each in shared_out([lambda: bytes(5_000_000)] * 6)])") == [str([5_000_000] * 6)]


@alone
def test_what_a_task_raises_is_raised_after_the_results_before_it() -> None:
    said = _said("""
        def task(n):
            time.sleep(0.01)
            return 10 // (n - 5)
        try:
            for value in shared_out([partial(task, n) for n in range(12)]):
                print(value)
        except ZeroDivisionError as error:
            print(error)
    """)
    assert said == ["-2", "-3", "-4", "-5", "-10", "integer division or modulo by zero"]


@alone
def test_what_a_process_did_not_bring_is_done_by_the_first() -> None:
    said = _said("""
        def task(n):
            if os.getpid() != first:
                os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(0.01)
            return n
        print(list(shared_out([partial(task, n) for n in range(12)])) == list(range(12)))
    """)
    assert said == ["True"]


@alone
def test_a_result_that_cannot_be_sent_is_made_again() -> None:
    said = _said("""
        def task(n):
            time.sleep(0.01)
            return lambda: n
        print([each() for each in shared_out([partial(task, n) for n in range(12)])] == list(range(12)))
    """)
    assert said == ["True"]


@alone
def test_nobody_works_on_when_no_more_is_wanted() -> None:
    said = _said("""
        def task(n):
            time.sleep(0.01 if n < 3 else 30)
            return n
        results = shared_out([partial(task, 0), lambda: time.sleep(0.2), *(partial(task, n) for n in (3, 4))])
        print(next(results))
        results.close()
    """)
    assert said == ["0"]


@alone
def test_tasks_of_a_task_are_not_shared_again() -> None:
    said = _said("""
        def inner():
            return os.getpid()
        def outer():
            time.sleep(0.05)
            return os.getpid(), set(shared_out([inner] * 8))
        print([inside == {who} for who, inside in shared_out([outer] * 12) if who != first])
    """)
    assert set(said[0].strip("[]").split(", ")) == {"True"}


@alone
def test_where_no_process_may_be_made_the_first_does_it_all() -> None:
    said = _said("""
        import resource
        def task():
            time.sleep(0.01)
            return os.getpid()
        resource.setrlimit(resource.RLIMIT_NOFILE, (len(os.listdir("/proc/self/fd")), 4096))  # one more file, and no pipe
        print(set(shared_out([task] * 8)) == {first})
    """)
    assert said == ["True"]


@alone
def test_what_a_process_works_out_is_kept(tmp_path: object) -> None:
    script = """
        sys.dont_write_bytecode = False
        from hengji.model import kept
        file = Path(sys.argv[1]) / "kept"
        things = kept.Kept(file)
        kept._all_kept().append(things)
        def task(n):
            time.sleep(0.01)
            things.put(n, n * n)
        list(shared_out([partial(task, n) for n in range(20)]))
        things.keep()
        print([kept.Kept(file).get(n) for n in range(1, 20)] == [n * n for n in range(1, 20)])
    """
    assert _said(script, str(tmp_path)) == ["True"]


def test_beside_a_thread_tasks_are_done_one_by_one() -> None:
    done: list[list[int]] = []
    thread = Thread(target=lambda: done.append(list(shared_out([os.getpid] * 5))))
    thread.start()
    thread.join()
    assert done == [[os.getpid()] * 5]


def test_of_no_tasks_there_are_no_results() -> None:
    assert list(shared_out([])) == []
