"""hengji review FILE …"""

from __future__ import annotations

from pathlib import Path

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import exit_code, leave, say_findings, say_json
from hengji.cli.verb import JSON, InChinese, form_option


@click.command("review", cls=InChinese)
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--profile", "name", metavar="NAME", default="国家项目", help="按哪一份评价规范的参数审核")
@click.option("--text", "text", is_flag=True, help="只显示读出的文字；发现中的起止位置按它计算")
@form_option
def command(files: tuple[Path, ...], name: str, form: str, *, text: bool) -> None:
    """审核别人写的评价报告 FILE：哪些话自相矛盾，哪些分与标准不符。"""
    from hengji.work.review import profile_named, review, review_data

    profile, faults = profile_named(name)
    if profile is None:
        say_findings(faults)
        leave(UNUSABLE)
    for path in files:
        done = review(path, profile)
        if text:
            click.echo("" if done.reading is None else done.reading.text, nl=False)
        elif form == JSON:
            say_json(review_data(done))
        else:
            say_findings(done.findings)
    leave(exit_code(done.findings))
