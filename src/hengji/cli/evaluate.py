"""hengji evaluate DIR"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import exit_code, leave, progress, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, folder_argument, form_option


@click.command("evaluate", cls=InChinese)
@folder_argument
@click.option("--out", metavar="OUT", type=click.Path(path_type=Path), help="写出报告的文件夹；不给则只计算不写文件")
@form_option
def command(folder: Path, out: Path | None, form: str) -> None:
    """评价 DIR 中的档案；--out 写出 Word、PDF、HTML、Excel 四种报告。"""
    from hengji.work.as_data import finding_data
    from hengji.work.evaluate import STEPS, evaluate, summary, write_reports

    if out is not None and out.resolve().is_relative_to(folder.resolve()):
        raise click.UsageError(f"--out 的“{out}”在档案里面，报告会混进材料；请给档案以外的文件夹。")
    with progress(STEPS) as tick:
        outcome = evaluate(folder, tick)
        code = exit_code(outcome.findings)
        written = write_reports(outcome, out, tick) if out is not None and code == FINE else ()
    if form == JSON:
        say_json(summary(outcome) | {"findings": [finding_data(finding) for finding in outcome.findings]})
    else:
        say_findings(outcome.findings)
        for line in outcome.lines():
            click.echo(line)
        if out is not None and code != FINE:
            click.echo("存在错误，没有写出报告；改正后重新运行。")
        for path in written:
            click.echo(f"已写出 {path}")
    leave(UNUSABLE if outcome.evaluation is None else code)
