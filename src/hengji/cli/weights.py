"""hengji weights METHOD=TABLE …"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import exit_code, leave, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, form_option
from hengji.model.finding import one_of

if TYPE_CHECKING:
    from hengji.work.weights import Weighed

_METHODS = ("ahp", "entropy", "delphi", "direct")
_MOST_TABLES = 2
_MOST_PLACES = 6


class ByMethod(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.4
    """方法=路径."""

    name = f"“方法=文件路径”，方法是 {one_of(_METHODS)}"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        method, _, path = (part.strip() for part in str(value).partition("="))
        if method.lower() not in _METHODS or not path:
            self.fail(value, param, ctx)
        return method.lower(), Path(path)


class Points(click.ParamType):  # type: ignore[type-arg]  # as above
    """35, 12.5."""

    name = "大于 0、不超过 1000 的数，如 35 或 12.5"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        text = str(value)
        if not text.replace(".", "", 1).isdecimal() or not text.isascii() or not 0 < Decimal(text) <= 1000:  # noqa: PLR2004  more than any whole
            self.fail(value, param, ctx)
        return Decimal(text).normalize()


@click.command("weights", cls=InChinese)
@click.argument("tables", metavar="METHOD=TABLE…", nargs=-1, required=True, type=ByMethod())
@click.option("--total", default=Decimal(100), type=Points(), metavar="N", help="各指标分值之和，默认 100")
@click.option(
    "--places", type=click.IntRange(0, _MOST_PLACES), metavar="N", help="分值取几位小数；不写时与 --total 的位数相同"
)
@click.option("--inverse", multiple=True, metavar="列", help="熵权法中越小越好的指标，可多次给出")
@click.option(
    "--ahp",
    "ahp_by",
    default="eigenvector",
    type=click.Choice(["eigenvector", "geometric"]),
    metavar="eigenvector|geometric",
    help="判断矩阵用特征向量法（默认）或几何平均法",
)
@click.option(
    "--delphi",
    "centre",
    default="mean",
    type=click.Choice(["mean", "median"]),
    metavar="mean|median",
    help="末轮专家意见取平均数（默认）或中位数",
)
@click.option(
    "--combine",
    default="geometric",
    type=click.Choice(["geometric", "convex"]),
    metavar="geometric|convex",
    help="给了两张表时，权数按几何平均（默认）或各占一半合成",
)
@form_option
def command(
    tables: tuple[tuple[str, Path], ...],
    total: Decimal,
    places: int | None,
    inverse: tuple[str, ...],
    ahp_by: str,
    centre: str,
    combine: str,
    form: str,
) -> None:
    """算一组同级指标的分值：判断矩阵（ahp）、各单位数据（entropy）、逐轮专家打分（delphi）或所给重要性（direct），给一张表或两张。"""
    from hengji.model.indicator import WeightMethod
    from hengji.scoring.delphi import Centre
    from hengji.scoring.weights import AhpMethod, Combination
    from hengji.work.weights import Wanted, data, weigh

    fewest = max(-int(total.as_tuple().exponent), 0)
    if len(tables) > _MOST_TABLES:
        raise click.UsageError(f"一次最多合成{_MOST_TABLES}张表，给了{len(tables)}张。")
    if places is not None and places < fewest:
        raise click.UsageError(f"--total {total:f} 有{fewest}位小数，--places 不能少于 {fewest}。")
    if inverse and "entropy" not in {method for method, _ in tables}:
        raise click.UsageError("--inverse 只用于熵权法（entropy=文件）。")
    wanted = Wanted(
        total,
        fewest if places is None else places,
        inverse,
        AhpMethod[ahp_by.upper()],
        Centre[centre.upper()],
        Combination[combine.upper()],
    )
    done = weigh([(WeightMethod[method.upper()], path) for method, path in tables], wanted)
    if form == JSON:
        say_json(data(done))
    else:
        _say(done)
    leave(UNUSABLE if len(done.tables) < len(tables) else exit_code(done.findings))


def _say(done: Weighed) -> None:
    for table in done.tables:
        click.echo(f"{table.method.value}　{table.path}")
        click.echo("  " + "　".join(f"{name} {value}" for name, value in table.told) + "\n" if table.told else "")
    for line in _told(done) if done.weights else ():
        click.echo(line)
    say_findings(done.findings)


def _told(done: Weighed) -> Iterator[str]:
    from hengji.cli.columns import aligned
    from hengji.scoring.weights import published

    shares = published(done.shares, Decimal(1), 4)
    rows = [
        (name, f"{share:f}", f"{weight:f}")
        for name, share, weight in zip(done.names, shares, done.weights, strict=True)
    ]
    yield from aligned(("指标", "权数", "分值"), [*rows, ("合计", f"{sum(shares):f}", f"{sum(done.weights):f}")])
    yield "\n把分值写入各指标的 weight（indicators.yaml），或工作簿“指标体系”表的分值一列；在 indicators.yaml 里写明怎样得来："
    yield f"  weight_method: {done.method.value}"
    yield f"  weight_basis: {done.basis}\n"
