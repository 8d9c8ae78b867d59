"""hengji intake DIR|DECLARATION FILE"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import exit_code, leave, progress, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, Memory, form_option

if TYPE_CHECKING:
    from hengji.work.intake import Intake

_STEPS = 5
_MOST_SHOWN = 40
_PATH = click.Path(path_type=Path)


@click.command("intake", cls=InChinese)
@click.argument("declared", metavar="DIR|DECLARATION", type=_PATH)
@click.argument("file", metavar="FILE", type=_PATH)
@click.option("--table", default="", metavar="NAME", help="按哪一张声明的表接收；不写的看文件名，再看表头")
@click.option("--good", metavar="PATH", type=_PATH, help="合格的行写到 parquet（按机构、人员、月份排序）或 csv")
@click.option(
    "--errors",
    metavar="PATH",
    type=_PATH,
    help="把有误的格标注在一份 xlsx 里；发现和有误的行至多逐一列一万，其余按列计数",
)
@click.option("--keep-good", is_flag=True, help="有错误时，合格的行照样写出")
@click.option("--mapping", metavar="PATH", type=_PATH, help="列名对应文件；不写就用档案的 data/mappings/表名.yaml")
@click.option("--suggest", is_flag=True, help="把推测的列名对应写到列名对应文件，供核对")
@click.option("--memory", default="1GB", metavar="SIZE", type=Memory(), help="内存上限，如 1GB；放不下的写到临时文件")
@form_option
def command(
    declared: Path,
    file: Path,
    table: str,
    good: Path | None,
    errors: Path | None,
    keep_good: bool,  # noqa: FBT001  click gives flags so
    mapping: Path | None,
    suggest: bool,  # noqa: FBT001
    memory: str,
    form: str,
) -> None:
    """接收一个表格文件 FILE：对上声明的列，逐格核对，列出全部有误的格。"""
    from hengji.engines.intake.store import ENDINGS
    from hengji.work.as_data import finding_data
    from hengji.work.intake import Wanted, intake
    from hengji.work.on_fault import OnFault

    if good is not None and good.suffix.lower() not in ENDINGS:
        raise click.UsageError(f"--good 的文件名应以 {' 或 '.join(ENDINGS)} 结尾，现为“{good.name}”。")
    if errors is not None and errors.suffix.lower() != ".xlsx":
        raise click.UsageError(f"--errors 的文件名应以 .xlsx 结尾，现为“{errors.name}”。")
    if file.resolve() in {path.resolve() for path in (good, errors) if path is not None}:
        raise click.UsageError("写出的文件不能就是接收的文件，换一个名字。")
    on_fault = OnFault.KEEP_GOOD if keep_good else OnFault.STOP
    with progress(_STEPS) as tick:
        done = intake(declared, file, Wanted(table, good, errors, mapping, suggest, on_fault, memory), tick)
    code = exit_code(done.findings)
    if form == JSON:
        say_json(
            {
                "table": done.table,
                "rows": done.rows,
                "refused": done.refused,
                "sheets": list(done.sheets),
                "written": [str(path) for path in done.written],
                "suggested": dict(done.suggested),
                "findings": [finding_data(finding) for finding in done.findings],
            }
        )
    else:
        _say(done, good, code)
    leave(code if done.readable else UNUSABLE)


def _say(done: Intake, good: Path | None, code: int) -> None:
    from hengji.work.intake import CODE_WRITE

    if done.readable:
        sheets = f"（工作表{'、'.join(f'“{name}”' for name in done.sheets)}）" if done.sheets else ""
        click.echo(f"{done.table}{sheets}：合格 {done.rows:,} 行，有误 {done.refused:,} 行")
    if done.suggested:
        click.echo("推测的列名对应：" + "；".join(f"{theirs} → {ours}" for theirs, ours in done.suggested))
    for path in done.written:
        click.echo(f"已写出 {path}" + ("，核对、补全后再运行一次" if path.suffix == ".yaml" else ""))
    refused = any(finding.code == CODE_WRITE for finding in done.findings)
    if good is not None and good not in done.written and done.readable and not refused:
        click.echo("存在错误，没有写出合格的行；要先用合格的行，加 --keep-good。" if code else "没有写出合格的行。")
    say_findings(done.findings[:_MOST_SHOWN])
    if len(done.findings) > _MOST_SHOWN:
        click.echo(f"（共 {len(done.findings):,} 条，只列出前 {_MOST_SHOWN} 条；全部见 --errors 写出的文件）")
