"""hengji serve"""

from __future__ import annotations

import sys
from importlib.util import find_spec
from ipaddress import ip_address
from pathlib import Path

import click

from hengji.cli.codes import UNUSABLE
from hengji.cli.output import leave, say_findings
from hengji.cli.verb import InChinese
from hengji.cli.workbench import home_option

_NEEDED = ("django", "allauth", "waitress", "whitenoise", "segno", "nh3")


@click.command("serve", cls=InChinese)
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="监听地址，默认只有本机能访问")
@click.option("--port", default=8765, metavar="N", type=click.IntRange(1, 65535), help="端口")
@home_option
@click.option(
    "--load", "load", metavar="DIR", multiple=True, type=click.Path(path_type=Path), help="载入档案，可多次给出"
)
@click.option("--password/--no-password", default=False, help="本机访问也要登录")
@click.option("--browser/--no-browser", default=True, help="启动后打开浏览器")
def command(host: str, port: int, home: Path, load: tuple[Path, ...], *, password: bool, browser: bool) -> None:
    """打开工作台：在浏览器里编制、评分、审核。"""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        click.echo(f"工作台所需的组件没有安装（{'、'.join(missing)}）。请运行：pip install 'hengji[web]'", err=True)
        leave(UNUSABLE)
    from hengji.web.serving import Service, prepare, serve, take

    lone = not password
    if lone and not _is_loopback(host):
        raise click.UsageError("其他机器也能访问时必须登录：加上 --password，或只监听 127.0.0.1。")
    service = Service(host, port, home, load, lone, browser)
    prepare(service)
    if found := take(service.load, click.echo):
        say_findings(found, sys.stderr)
        click.echo("档案没有载入，工作台没有打开。改正 --load 所给的路径后再试。", err=True)
        leave(UNUSABLE)
    if refused := serve(service, click.echo):
        click.echo(refused, err=True)
        leave(UNUSABLE)


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
