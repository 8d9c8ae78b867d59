"""hengji: the command line. Each verb is a module that is loaded only when it is called."""

from __future__ import annotations

import importlib
import sys

import click

VERBS = {
    "evaluate": "评价一个档案：计算、评分、检查并写出报告",
    "check": "只检查档案，不写报告",
    "trace": "追溯一个数值到台账行、数据行、问卷计数或评判",
    "calculate": "按一项补助政策逐行计算应补金额",
    "explain": "解释一个检查编号：查什么、为什么、怎么改",
    "new": "新建一个可直接评价的档案，附可填写的 Excel 工作簿",
    "import": "把填好的 Excel 工作簿并入档案",
}


class Verbs(click.Group):
    """Lists the verbs without loading them, so that help comes at once."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            ctx.fail(f"没有“{cmd_name}”这个命令。可用：{'、'.join(VERBS)}")
        module = importlib.import_module(f"hengji.cli.{cmd_name}_verb" if cmd_name == "import" else f"hengji.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  click's signature
        with formatter.section("命令"):
            formatter.write_dl(list(VERBS.items()))


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="hengji", prog_name="hengji", message="衡绩 %(version)s")
def main() -> None:
    """衡绩：财政支出绩效评价。从一个档案文件夹到可追溯、按标准评分的报告。"""


if __name__ == "__main__":
    sys.exit(main())
