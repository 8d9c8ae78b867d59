"""hengji worker"""

from __future__ import annotations

import signal
from pathlib import Path
from threading import Event
from types import FrameType

import click

from hengji.cli.verb import InChinese
from hengji.cli.workbench import home_option


@click.command("worker", cls=InChinese)
@home_option
def command(home: Path) -> None:
    """做工作台里排队的作业（生成报告、导入等），直到被停止；由 gunicorn 等提供服务时与它并行。"""
    from hengji.web.serving import open_at

    open_at(home)
    from hengji.web.jobs import worker
    from hengji.web.works import KINDS

    stop = Event()

    def ask_to_stop(_: int, __: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    click.echo("开始做排队的作业（按 Ctrl+C 停止，做完手头的一件才停）。")
    worker(KINDS, stop)
