"""Users of a web server: each sends a request, reads the answer, thinks, and sends the next; latencies as they see them."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from queue import Empty, Queue
from random import Random
from time import perf_counter, sleep

Ask = Callable[[int], bytes]
"""The bytes of the n-th request of a user."""
SENDERS = 48
"""Requests under way at once, when they come whether earlier ones are answered or not."""


@dataclass(frozen=True, slots=True)
class Load:
    """``users`` at once for ``seconds``; between answer and next request each thinks ``think`` seconds, half as long up to half again."""

    users: int
    seconds: float
    think: float = 0.0


@dataclass(frozen=True, slots=True)
class Taken:
    """Sorted latencies in seconds, how many answers had each status, and the seconds that all took together."""

    latencies: tuple[float, ...]
    statuses: dict[int, int]
    seconds: float

    @property
    def a_second(self) -> float:
        return len(self.latencies) / self.seconds

    def ms(self, share: float) -> float:
        """The latency that so large a share of the answers did not exceed, in ms."""
        return self.latencies[min(int(len(self.latencies) * share), len(self.latencies) - 1)] * 1000


def drive(port: int, load: Load, asks: Callable[[int], Ask]) -> Taken:
    """Let the users at it; ``asks`` gives what user number n sends."""
    return _together(load.users, lambda number, _: _user(port, load, asks(number), number))


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Requests that come at random moments, ``a_second`` of them on average for ``seconds``, whether earlier ones are answered or not."""

    a_second: float
    seconds: float


def arrive(port: int, arrivals: Arrivals, asks: Callable[[int], Ask]) -> Taken:
    """Let them come. A latency counts from the moment at which a request was due, so that waiting for a free sender is part of it."""
    random = Random(arrivals.a_second)
    due: Queue[float] = Queue()
    at = 0.0
    while (at := at + random.expovariate(arrivals.a_second)) < arrivals.seconds:
        due.put(at)
    return _together(SENDERS, lambda number, begin: _sender(port, due, begin, asks(number)))


def _together(users: int, work: Callable[[int, float], Iterable[tuple[int, float]]]) -> Taken:
    """What so many users take at once; ``work`` is given the number of one and the moment at which all begin."""
    begin = perf_counter()
    with ThreadPoolExecutor(users) as pool:
        each = pool.map(work, range(users), repeat(begin))
        taken = [pair for one in each for pair in one]
    statuses = Counter(status for status, _ in taken)
    return Taken(tuple(sorted(latency for _, latency in taken)), dict(statuses), perf_counter() - begin)


def _sender(port: int, due: Queue[float], begin: float, ask: Ask) -> list[tuple[int, float]]:
    taken: list[tuple[int, float]] = []
    with _connected(port) as connection:
        while True:
            try:
                moment = begin + due.get_nowait()
            except Empty:
                return taken
            sleep(max(0.0, moment - perf_counter()))
            connection.sendall(ask(len(taken)))
            status = _answer(connection)
            taken.append((status, perf_counter() - moment))


def _connected(port: int) -> socket.socket:
    connection = socket.create_connection(("127.0.0.1", port), timeout=60)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def _user(port: int, load: Load, ask: Ask, number: int) -> list[tuple[int, float]]:
    random = Random(number)
    sleep(load.think * random.random())
    return list(_asked(port, load, ask, random))


def _asked(port: int, load: Load, ask: Ask, random: Random) -> Iterator[tuple[int, float]]:
    until = perf_counter() + load.seconds
    count = 0
    with _connected(port) as connection:
        while perf_counter() < until:
            begin = perf_counter()
            connection.sendall(ask(count))
            status = _answer(connection)
            yield status, perf_counter() - begin
            count += 1
            if load.think:
                sleep(load.think * (0.5 + random.random()))


def _answer(connection: socket.socket) -> int:
    """The status of an answer that says how long it is; its body is read to the end."""
    read = b""
    while b"\r\n\r\n" not in read:
        part = connection.recv(65536)
        if not part:
            raise ConnectionError("the server hung up")
        read += part
    head, _, body = read.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    left = int(lengths[0].split(b":")[1]) - len(body) if lengths else 0
    while left > 0:
        left -= len(connection.recv(65536))
    return int(head.split(b" ", 2)[1])


def request(method: str, path: str, headers: dict[str, str], body: bytes = b"") -> bytes:
    """A request as it goes over the wire."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
