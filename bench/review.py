"""How long a review takes, and how that grows with the report.

Run: python -m bench.review [--rounds 3] [--most 2000000] [--json]. The reports of tests/reports one after another, every number otherwise in
each copy; seconds of processor, so that a busy machine does not count, in one process that has reviewed before.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from math import log
from random import Random
from statistics import median
from time import process_time

from bench.mutants import Holding, holdings
from bench.mutation import PROFILE

from hengji.model.profile import Profile
from hengji.work.review import profile_named, review_bytes

SIZES = (62_000, 125_000, 250_000, 500_000, 1_000_000, 2_000_000)


def text_of(size: int, reports: tuple[Holding, ...], seed: int = 1) -> str:
    """A report of so many characters."""
    random = Random(seed)
    pieces: list[str] = []
    length = 0
    while length < size:
        for report in reports:
            piece = "".join(_varied(report, random))
            pieces.append(piece)
            length += len(piece) + 1
    return "\n".join(pieces)[:size]


def _varied(report: Holding, random: Random) -> Iterator[str]:
    """The text of a report with another last digit in most numbers."""
    at = 0
    for start, (number, _) in report.numbers.items():
        yield report.text[at:start]
        yield number if len(number) < 3 else number[:-1] + random.choice("0123456789")  # noqa: PLR2004 scores stay
        at = start + len(number)
    yield report.text[at:]


def seconds(text: str, profile: Profile) -> float:
    """Of processor, for one review."""
    content = text.encode()
    begin = process_time()
    review_bytes("report.txt", content, profile)
    return process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    profile, faults = profile_named(PROFILE)
    if profile is None:
        raise SystemExit(str(faults))
    reports = holdings()
    seconds(text_of(5_000, reports), profile)
    taken = {
        size: median(seconds(text_of(size, reports), profile) for _ in range(given.rounds))
        for size in SIZES
        if size <= given.most
    }
    (small, first), *_, (large, last) = taken.items()
    exponent = log(last / first) / log(large / small) if large > small else 1.0
    result = {"seconds": taken, "exponent": round(exponent, 2)}
    if given.json:
        print(json.dumps(result))
        return
    for size, each in taken.items():
        print(f"{size:>10,} characters {each:8.2f} s {each / size * 62_000:6.3f} s for each 62,000")
    print(f"exponent {exponent:.2f}")


if __name__ == "__main__":
    main()
