"""hengji evaluate DIR"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.output import FINE, UNUSABLE, exit_code, finding_data, leave, progress, say_findings, say_json


@click.command("evaluate")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), help="写出报告的文件夹；不给则只计算不写文件")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="屏幕输出的形式")
def command(folder: Path, out: Path | None, form: str) -> None:
    """评价 DIR 中的档案；--out 写出 Word、PDF、HTML、Excel 四种报告。"""
    from hengji.work.evaluate import STEPS, evaluate, summary, write_reports

    with progress(STEPS) as tick:
        outcome = evaluate(folder, tick)
        code = exit_code(outcome.findings)
        written = write_reports(outcome, out, tick) if out is not None and code == FINE else ()
    if form == "json":
        say_json(summary(outcome) | {"findings": [finding_data(finding) for finding in outcome.findings]})
    else:
        for line in outcome.lines():
            click.echo(line)
        say_findings(outcome.findings)
        if out is not None and code != FINE:
            click.echo("存在错误，没有写出报告；改正后重新运行。")
        for path in written:
            click.echo(f"已写出 {path}")
    leave(UNUSABLE if outcome.evaluation is None else code)
