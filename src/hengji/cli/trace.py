"""hengji trace DIR FIGURE"""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import leave, say_findings
from hengji.cli.verb import InChinese, folder_argument

_PIPED_WIDTH = 100


@click.command("trace", cls=InChinese)
@folder_argument
@click.argument("figure")
def command(folder: Path, figure: str) -> None:
    """追溯 DIR 中的数值 FIGURE（编号、名称或编号的末段），逐层展开到最初来源；只知道印出的数，就写那个数，列出是哪几个数值。"""
    from hengji.reports.traces import as_text, tree
    from hengji.work.evaluate import evaluate
    from hengji.work.find_figure import matching

    outcome = evaluate(folder)
    if outcome.evaluation is None:
        say_findings(outcome.findings)
        leave(UNUSABLE)
    figures = outcome.evaluation.figures
    found = matching(figures, figure)
    if not found.exact:
        click.echo(f"没有叫“{figure}”的数值。", err=True)
        if found.near:
            click.echo("相近的有：", err=True)
        else:
            click.echo("全部编号在 hengji evaluate DIR --format json 的 figures 里。", err=True)
        for name in found.near:
            click.echo(f"  {name}  {figures[name].label}", err=True)
        leave(UNUSABLE)
    width = shutil.get_terminal_size((_PIPED_WIDTH, 0)).columns
    for name in found.exact:
        click.echo(as_text(tree(name, figures), width))
    leave(FINE)
