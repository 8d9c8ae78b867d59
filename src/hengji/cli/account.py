"""hengji account NAME"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hengji.cli.codes import FINE, UNUSABLE
from hengji.cli.output import leave
from hengji.cli.verb import InChinese
from hengji.cli.workbench import home_option


@click.command("account", cls=InChinese)
@click.argument("name")
@click.option("--staff", is_flag=True, help="设为管理员，能看全部的审计日志")
@click.option("--password", help="不给时在终端输入")
@home_option
def command(name: str, password: str | None, home: Path, *, staff: bool) -> None:
    """新建账号 NAME，或为已有账号重设密码并撤去两步验证（手机丢失时）。第一个账号由此而来，其余的由邀请而来。"""
    password = password or _typed()
    from hengji.web.serving import open_at

    open_at(home)
    from hengji.web.accounts import Standing, set_up

    fresh, faults = set_up(name, password, Standing.STAFF if staff else Standing.MEMBER)
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        leave(UNUSABLE)
    click.echo(f"已新建账号“{name}”。" if fresh else f"已为“{name}”重设密码，两步验证已撤去，各处的登录都已退出。")
    leave(FINE)


def _typed() -> str:
    """A password from the terminal, typed twice alike."""
    if not sys.stdin.isatty():
        raise click.UsageError("没有给密码：用 --password 给出，或在终端里运行，按提示输入。")
    while True:
        password = str(click.prompt("密码", hide_input=True))
        if password == click.prompt("再输一次", hide_input=True):
            return password
        click.echo("两次输入的不一样，请重新输入。", err=True)
