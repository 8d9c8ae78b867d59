"""What the terminal shows: findings by file, exit codes, and progress where a person waits."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from hengji.cli.codes import FAULTY, FINE
from hengji.model.finding import Finding, Severity, counted
from hengji.model.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from hengji.work.watch import Watch

    Tick = Callable[[str], None]

_ORDER = list(Severity)
_CONSEQUENCES = pattern("R20[12]|R303|f407|n50[12]")
"""What is missing because something else cannot be read or computed: said after its cause."""
SEVERITY_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}


def exit_code(findings: Iterable[Finding]) -> int:
    """1 when any finding is an error, else 0."""
    return FAULTY if any(finding.severity is Severity.ERROR for finding in findings) else FINE


def say_findings(findings: Iterable[Finding], stream: Any = None) -> None:
    """Findings, the gravest first, causes before consequences, then by file, sheet and line; one line of place and one of message each."""
    findings = tuple(findings)
    sheets = list(dict.fromkeys(finding.place.sheet for finding in findings))
    listed = sorted(
        findings,
        key=lambda f: (
            _ORDER.index(f.severity),
            _CONSEQUENCES.match(f.code) is not None,
            f.place.file,
            sheets.index(f.place.sheet),
            f.place.line or 0,
            f.code,
        ),
    )
    for finding in listed:
        label = click.style(finding.severity.value, fg=SEVERITY_COLOURS[finding.severity], bold=True)
        click.echo(f"{label} {finding.code}  {finding.place}".rstrip(), file=stream)
        click.echo(f"    {finding.message}", file=stream)
    click.echo(f"检查发现：{counted(listed)}", file=stream)


def as_typed(path: Path) -> str:
    """A path as it is typed after a command."""
    return f'"{path}"' if " " in str(path) else str(path)


def say_json(data: Any) -> None:
    import json

    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def leave(code: int) -> NoReturn:
    sys.exit(code)


@contextmanager
def progress(steps: int) -> Iterator[Tick]:
    """A progress bar on a terminal; nothing at all when the output is piped."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # drawn at each step and not by a thread: beside a thread no processes may be forked
    with Progress(*columns, console=Console(stderr=True), transient=True, auto_refresh=False) as bar:
        task = bar.add_task("准备", total=steps)

        def tick(name: str) -> None:
            bar.update(task, description=name, advance=1, refresh=True)

        yield tick


@contextmanager
def watching() -> Iterator[Watch]:
    """The same where rows are counted: what is being done, how far it is, and how many rows a second."""
    from hengji.work.watch import Watch

    if not sys.stderr.isatty():
        yield Watch()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[speed]}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("准备", total=None, speed="")

        def step(name: str) -> None:
            bar.reset(task, description=name, total=None, speed="")

        def rows(done: int, every: int) -> None:
            seconds = bar.tasks[0].elapsed or 0
            speed = f"{done / seconds:,.0f} 行/秒" if done and seconds else ""
            bar.update(task, completed=done, total=every, speed=speed)

        yield Watch(step, rows)
