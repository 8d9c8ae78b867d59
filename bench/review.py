"""How long a review takes, and how that grows with the report.

Run: python -m bench.review [--rounds 5] [--most 2000000] [--report FILE] [--json]. Whole commands, reviewing a report as text, Word file and
PDF, in turns with one that only prints help, which is the start that the targets leave out: seconds that one waits, and seconds of
all processors. The report is the one given (the targets speak of a published one of 62,000 characters), and one as long made of the reports
of tests/reports one after another, every number otherwise in each copy, which says twice as much in as many characters. Then such texts of
more and more characters, in one process that has reviewed before; long ones once; seconds of processor, so that a busy machine counts
for less. Five minutes where nothing else runs, ten where much does.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import subprocess
import sys
from collections.abc import Iterator, Mapping
from math import log
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import pypdfium2
from bench.mutants import Holding, holdings
from bench.mutation import PROFILE

from hengji.cli import SELDOM
from hengji.model.document import Block, Cell, Document, Heading, Paragraph, Row, Table, Text
from hengji.model.profile import Profile
from hengji.model.reading import Grid, Reading, Title
from hengji.reading.text import read_text
from hengji.reports import docx, pdf
from hengji.work.review import profile_named, review_bytes

SIZES = (62_000, 125_000, 250_000, 500_000, 1_000_000, 2_000_000)
_COMMAND = (sys.executable, "-m", "hengji.cli.main")
_LOWEST_HEADING = 4
_LONG = 500_000


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


def document_of(reading: Reading) -> Document:
    """The same report for the writers of Word and PDF files, its tables as tables."""
    blocks: list[Block] = []
    for number, part in enumerate(reading.parts):
        if isinstance(part, Grid):
            blocks.append(_table(reading, part, number))
        elif isinstance(part, Title):
            blocks.append(Heading(min(part.level, _LOWEST_HEADING), reading.quote(part.span), f"a{number}"))
        else:
            blocks.append(Paragraph((Text(reading.quote(part.span)),)))
    return Document("绩效评价报告", tuple(blocks))


def _table(reading: Reading, grid: Grid, number: int) -> Table:
    rows: list[list[Cell]] = [[] for _ in range(grid.height)]
    for slot in sorted(grid.slots, key=lambda slot: (slot.row, slot.column)):
        rows[slot.row].append(Cell((Text(reading.quote(slot.span)),), slot.columns, slot.rows))
    made = tuple(Row(tuple(cells)) for cells in rows)
    caption = reading.quote(grid.caption) if grid.caption else f"表{number}"
    return Table(f"t{number}", caption, made[: grid.head], made[grid.head :], (1,) * grid.width, grid.unit)


def commands(folder: Path, text: str) -> Mapping[str, tuple[str, ...]]:
    """What is typed, by what is reviewed; ``start`` reviews nothing."""
    document = document_of(read_text("report.txt", text))
    files = {
        "text": ("txt", text.encode()),
        "word": ("docx", docx.write(document)),
        "pdf": ("pdf", pdf.write(document)),
    }
    typed: dict[str, tuple[str, ...]] = {"start": (*_COMMAND, "--help")}
    for name, (suffix, content) in files.items():
        path = folder / f"report.{suffix}"
        path.write_bytes(content)
        typed[name] = (*_COMMAND, "review", str(path))
    return typed


def forms(text: str, rounds: int) -> dict[str, object]:
    """Seconds of whole commands above the start, medians of rounds after one that is not counted; and the pages of the PDF."""
    waited: dict[str, list[float]] = {}
    worked: dict[str, list[float]] = {}
    with TemporaryDirectory() as folder:
        typed = commands(Path(folder), text)
        with pypdfium2.PdfDocument(Path(folder) / "report.pdf") as book:
            pages = len(book)
        for turn in range(rounds + 1):
            now = {name: _of_command(command) for name, command in typed.items()}
            for name, (wait, work) in now.items() if turn else ():
                start = now["start"] if name != "start" else (0, 0)
                waited.setdefault(name, []).append(wait - start[0])
                worked.setdefault(name, []).append(work - start[1])
    seconds = {name: median(each) for name, each in waited.items()}
    of_processors = {name: median(each) for name, each in worked.items()}
    return {"seconds": seconds, "of_processors": of_processors, "pages": pages, "characters": len(text)}


def _of_command(command: tuple[str, ...]) -> tuple[float, float]:
    """Waited, and of all processors; a review that finds something ends with 1."""
    before, begin = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
    done = subprocess.run(command, check=False, capture_output=True)
    waited = perf_counter() - begin
    if done.returncode not in {0, 1}:
        raise RuntimeError(done.stderr.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return waited, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def growth(most: int, rounds: int, reports: tuple[Holding, ...], profile: Profile) -> dict[str, object]:
    """Seconds by number of characters, and the power of that number by which they grow from the least to the most."""
    gc.set_threshold(SELDOM)
    seconds(text_of(5_000, reports), profile)
    taken = {}
    for size in (size for size in SIZES if size <= most):
        text = text_of(size, reports)
        taken[size] = median(seconds(text, profile) for _ in range(rounds if size < _LONG else 1))
    (small, first), *_, (large, last) = taken.items()
    exponent = log(last / first) / log(large / small) if large > small else 1.0
    return {"seconds": taken, "exponent": round(exponent, 2)}


def seconds(text: str, profile: Profile) -> float:
    """Of processor, for one review."""
    content = text.encode()
    begin = process_time()
    review_bytes("report.txt", content, profile)
    return process_time() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--most", type=int, default=SIZES[-1])
    parser.add_argument("--report", type=Path, help="a published report, as text")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    profile, faults = profile_named(PROFILE)
    if profile is None:
        raise SystemExit(str(faults))
    reports = holdings()
    result = {
        "rounds": given.rounds,
        "published": forms(given.report.read_text("utf-8"), given.rounds) if given.report else None,
        "forms": forms(text_of(SIZES[0], reports), given.rounds),
        "growth": growth(given.most, min(given.rounds, 3), reports, profile),
    }
    print(json.dumps(result, indent=None if given.json else 1))


if __name__ == "__main__":
    main()
