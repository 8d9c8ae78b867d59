"""hengji import DIR WORKBOOK, and hengji import REPORT DIR"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import as_typed, exit_code, leave, progress, say_findings
from hengji.cli.verb import InChinese

if TYPE_CHECKING:
    from hengji.work.fill import Import

_STEPS = 2
_REPORTS = (".docx", ".pdf", ".txt", ".md", ".html", ".htm")


@click.command("import", cls=InChinese)
@click.argument("first", metavar="DIR|报告", type=click.Path(path_type=Path))
@click.argument("second", metavar="WORKBOOK|DIR", type=click.Path(path_type=Path))
def command(first: Path, second: Path) -> None:
    """把填好的工作簿 WORKBOOK 并入 DIR 中的档案，有一处错误就整份不并入；或据一份已公布的报告（docx、pdf、txt、md、html）在空文件夹 DIR 起草档案。"""
    if first.suffix.lower() in _REPORTS and not first.is_dir():
        _draft(first, second)
    if first.is_file():
        raise click.UsageError(
            f"“{first}”不是能读的报告（{'、'.join(_REPORTS)}）。并入工作簿的，先写档案文件夹，再写工作簿。"
        )
    _fill(first, second)


def _draft(report: Path, folder: Path) -> NoReturn:
    """Draft a dossier from a published report."""
    from hengji.work.draft.folder import draft
    from hengji.work.draft.notes import FILE

    with progress(_STEPS) as tick:
        tick("读取报告")
        done = draft(report, folder)
    if done.findings:
        say_findings(done.findings)
    if not done.files:
        leave(UNUSABLE)
    click.echo(f"已据 {report} 起草档案 {folder}（{len(done.files)} 个文件）")
    click.echo(f"  {done.unsure} 处须逐条核对，见 {folder / FILE}")
    click.echo(f"  评价：hengji evaluate {as_typed(folder)}")
    leave(FINE)


def _fill(folder: Path, workbook: Path) -> None:
    """Merge a workbook that was filled in."""
    from hengji.work.fill import fill

    with progress(_STEPS) as tick:
        tick("读取工作簿")
        done = fill(folder, workbook)
    code = exit_code(done.findings)
    _say_changes(done)
    if done.findings:
        say_findings(done.findings)
    if code:
        click.echo("存在错误，没有并入任何内容；改正后重新运行。")
    else:
        _say_files(done)
    leave(code if done.readable else UNUSABLE)


def _say_files(done: Import) -> None:
    for what, gone in (("更新", False), ("删去", True)):
        if paths := [path for path, content in done.files.items() if (content is None) is gone]:
            click.echo(f"已{what} {'、'.join(paths)}。")
    if not done.files:
        click.echo("与档案一致，没有需要更新的内容。")


def _say_changes(done: Import) -> None:
    from hengji.cli.columns import aligned

    if not done.changes or exit_code(done.findings):
        return
    rows = [
        (change.sheet, *map(str, (change.added, change.changed, change.removed, change.unchanged)))
        for change in done.changes
    ]
    for line in aligned(("填报表", "新增", "修改", "删除", "不变"), rows):
        click.echo(line)
