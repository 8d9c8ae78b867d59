"""hengji verify [FILE …]"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import exit_code, leave, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, form_option
from hengji.model.finding import Finding


@click.command("verify", cls=InChinese)
@click.argument("archives", metavar="FILE…", nargs=-1, type=click.Path(path_type=Path))
@click.option("--home", metavar="DIR", type=click.Path(path_type=Path), help="工作台数据库所在的文件夹")
@form_option
def command(archives: tuple[Path, ...], home: Path | None, form: str) -> None:
    """重算版本链：档案包 FILE 或工作台数据库里的每一版，是否与存入时一致。"""
    from hengji.work.as_data import finding_data
    from hengji.work.verify import verify_archive

    if not archives and home is None:
        raise click.UsageError("给出档案包，或用 --home 指明工作台数据库所在的文件夹。")
    counted = 0
    findings: list[Finding] = []
    for path in archives:
        revisions, found = verify_archive(path)
        counted += revisions
        findings += found
    if home is not None:
        from hengji.web.serving import open_at, verified

        open_at(home)
        revisions, found = verified()
        counted += revisions
        findings += found
    if form == JSON:
        say_json({"revisions": counted, "findings": [finding_data(finding) for finding in findings]})
    elif findings:
        say_findings(findings)
    elif counted:
        click.echo(f"已核对 {counted} 个版本，与存入时一致。")
    else:
        click.echo("没有版本可以核对。看看 --home 是不是工作台所在的文件夹。", err=True)
    leave(exit_code(findings) if counted else UNUSABLE)
