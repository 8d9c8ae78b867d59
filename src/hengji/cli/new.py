"""hengji new DIR"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import as_typed, leave, say_findings
from hengji.cli.verb import InChinese, folder_argument

_FIRST_YEAR, _LAST_YEAR = 1994, 2999


@click.command("new", cls=InChinese)
@folder_argument
@click.option(
    "--kind",
    type=click.Choice(["project", "policy"]),
    required=True,
    metavar="project|policy",
    help="项目评价或政策评价",
)
@click.option("--year", type=int, metavar="YEAR", help="评价年度；不给则为上一年")
@click.option(
    "--policy",
    "policies",
    multiple=True,
    metavar="POLICY",
    help="要核算的政策（政策库中的名称），可多次给出：声明它的各张数据表，放好空表",
)
def command(folder: Path, kind: str, year: int | None, policies: tuple[str, ...]) -> None:
    """在 DIR 新建评价档案（须为空文件夹或尚不存在），附可填写的 Excel 工作簿。"""
    from datetime import datetime

    from hengji.model.programme import Kind
    from hengji.work.new import create

    chosen = datetime.now().astimezone().year - 1 if year is None else year
    if not _FIRST_YEAR <= chosen <= _LAST_YEAR:
        raise click.UsageError(f"--year 应为四位年份（{_FIRST_YEAR} 至 {_LAST_YEAR}），现为 {chosen}。")
    written, faults = create(folder, Kind.PROJECT if kind == "project" else Kind.POLICY, chosen, policies)
    if faults:
        say_findings(faults)
        leave(UNUSABLE)
    from hengji.work.workbook.sheets import WORKBOOK

    click.echo(
        f"已新建{'项目' if kind == 'project' else '政策'}评价档案 {folder}（{len(written)} 个文件，{chosen} 年度）"
    )
    there, workbook = as_typed(folder), folder / WORKBOOK
    click.echo(f"  填报：打开 {workbook}，填好后 hengji import {there} {as_typed(workbook)}")
    click.echo(f"  评价：hengji evaluate {there} --out out")
    if policies:
        good = as_typed(folder / "data" / "表名.csv")
        click.echo("  花名册：填在工作簿“数据_”开头的各张表里；别人送来的，")
        click.echo(f"    hengji intake {there} 来件.xlsx --good {good}")
    click.echo("现有台账、数据和问卷都是示例，各项评判为“尚未评判”。")
    leave(FINE)
