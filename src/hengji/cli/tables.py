"""What verbs over tables of one's own have in common: their options, and which uses are refused before anything is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import click

from hengji.cli.codes import FAULTY
from hengji.cli.output import exit_code
from hengji.cli.verb import Assignment, Memory, TableFile

if TYPE_CHECKING:
    from hengji.model.finding import Finding
    from hengji.work.calculating import Request

_ENGINES = ("reference", "duckdb", "spark")
_PATH = click.Path(path_type=Path)


class OverTables(TypedDict):
    """What the options of ``over_tables`` give to a command; the name of a table is "" where its header is to tell."""

    tables: tuple[tuple[str, Path], ...]
    mappings: tuple[tuple[str, Path], ...]
    engine: str | None
    grain: str
    out: Path | None
    keep_good: bool
    memory: str | None
    plain_numbers: bool


def over_tables(grains: tuple[str, ...], grain_help: str) -> Callable[[Any], Any]:
    """The options, of which ``grains`` are to be had."""
    options = (
        click.option(
            "--table",
            "tables",
            multiple=True,
            metavar="[NAME=]PATH",
            type=TableFile(),
            help="政策的数据表与文件（csv、xlsx、xls、parquet），可多次给出；不写表名的按表头认，一个工作簿里有几张表的写一次即可",
        ),
        click.option(
            "--mapping",
            "mappings",
            multiple=True,
            metavar="NAME=PATH",
            type=Assignment(),
            help="数据表的列名对应文件，每行一条“来件的表头: 政策的列名”；表头改不了时用，可多次给出",
        ),
        click.option(
            "--engine",
            type=click.Choice(_ENGINES),
            metavar="|".join(_ENGINES),
            help="用什么算：reference 逐行解释，duckdb、spark 换成查询语句。不写时，有 parquet 或文件共 1MB 以上的用 duckdb，"
            "否则用 reference；结果相同",
        ),
        click.option(
            "--grain", default=grains[0], type=click.Choice(grains), metavar="|".join(grains), help=grain_help
        ),
        click.option("--out", metavar="PATH", type=_PATH, help="结果写到 csv、xlsx 或 parquet 文件"),
        click.option("--keep-good", is_flag=True, help="有算不出或有误的行时，其余的行照样写出"),
        click.option("--memory", metavar="SIZE", type=Memory(), help="内存上限，如 4GB；放不下的写到临时文件"),
        click.option("--plain-numbers", is_flag=True, help="身份证号照原样写出；不写时只保留加密值或遮住中间各位"),
    )
    return lambda command: reduce(lambda made, option: option(made), reversed(options), command)


def request_of(policy: str, over: OverTables) -> Request:
    """What is to be calculated."""
    from hengji.engines.columnar import Grain
    from hengji.model.table import Keeping
    from hengji.work.calculating import Engine, Request
    from hengji.work.on_fault import OnFault

    return Request(
        policy,
        {name: path for name, path in over["tables"] if name},
        Engine(over["engine"]) if over["engine"] else None,
        Grain[over["grain"].upper()],
        over["out"],
        memory=over["memory"],
        on_fault=OnFault.KEEP_GOOD if over["keep_good"] else OnFault.STOP,
        keeping=Keeping.PLAIN if over["plain_numbers"] else Keeping.SEALED,
        mappings=dict(over["mappings"]),
        unnamed=tuple(path for name, path in over["tables"] if not name),
    )


def about_data(findings: Iterable[Finding]) -> bool:
    """Whether an error lies in the data, and not in where the result was to be written."""
    from hengji.engines.outcomes.files import CODE_ROOM, CODE_WRITE

    return exit_code(finding for finding in findings if finding.code not in {CODE_ROOM, CODE_WRITE}) == FAULTY


def told_of_file(out: Path | None, written: Path | None, findings: Iterable[Finding]) -> Iterator[str]:
    """What became of the file that was wanted; nothing where a finding says why it could not be written."""
    if written is not None:
        yield f"已写出 {written}"
    elif out is not None and about_data(findings):
        yield "存在错误，没有写出文件；改正后重新运行，或加 --keep-good 先写出其余的行。"


def refuse_wrong_files(over: OverTables) -> None:
    """A table given twice, or a result that cannot be written under that name."""
    from hengji.engines.outcomes.files import Form

    _refuse_twice(over["tables"], "数据表“{}”给了不止一次，每张表只给一个文件。")
    _refuse_twice(over["mappings"], "数据表“{}”的列名对应给了不止一次，每张表只给一个。")
    stored = [
        name for name, path in over["tables"] if path.suffix.lower() == ".parquet" and name in dict(over["mappings"])
    ]
    if stored:
        raise click.UsageError(
            f"数据表“{'、'.join(stored)}”是 parquet，按原有的列名读，不用 --mapping；列名不同的先改列名。"
        )
    out, endings = over["out"], [form.value for form in Form]
    if out is not None and out.suffix.lower() not in endings:
        raise click.UsageError(f"--out 的文件名应以 {' 或 '.join(endings)} 结尾，现为“{out.name}”。")
    if out is not None and out.resolve() in {path.resolve() for _, path in over["tables"]}:
        raise click.UsageError("写出的文件不能就是数据表的文件，换一个名字。")


def _refuse_twice(given: Iterable[tuple[str, Path]], words: str) -> None:
    twice = [name for name, count in Counter(name for name, _ in given if name).items() if count > 1]
    if twice:
        raise click.UsageError(words.format("、".join(sorted(twice))))
