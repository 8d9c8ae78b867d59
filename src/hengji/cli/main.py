"""hengji: the command line. Each verb is a module that is loaded only when it is called."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any

import click

from hengji.cli import SELDOM
from hengji.cli.codes import DEFECT, INTERRUPTED, UNREAD, UNUSABLE, Over
from hengji.cli.verb import HELP_NAMES, InChinese

VERBS = {
    "evaluate": "评价一个档案：计算、评分、检查并写出报告",
    "check": "只检查档案，不写报告",
    "trace": "追溯一个数值到台账行、数据行、问卷计数或评判",
    "calculate": "按一项补助政策逐行计算应补金额",
    "reconcile": "核对每家机构的应补、应付、已付和未付，列出谁欠谁",
    "whatif": "试算：换一版政策或参数，谁多谁少、各级多花多少",
    "weights": "算指标的分值：层次分析法、熵权法、德尔菲法",
    "intake": "接收一个表格文件：对上列、逐格核对、标出有误的格、写出合格的行",
    "explain": "解释一个检查编号：查什么、为什么、怎么改",
    "review": "审核别人写的评价报告：找出自相矛盾、与标准或政策不符的地方",
    "serve": "打开工作台：在浏览器里编制、评分、审核",
    "verify": "重算版本链：档案包或工作台数据库与存入时是否一致",
    "backup": "把整个工作台备份到一个文件",
    "restore": "从备份恢复工作台并核对",
    "upgrade": "建好或升级工作台的数据库",
    "account": "新建工作台账号，或重设密码",
    "worker": "做工作台里排队的作业",
    "new": "新建一个可直接评价的档案，附可填写的 Excel 工作簿",
    "import": "把填好的 Excel 工作簿并入档案，或据已公布的报告起草档案",
}


class Verbs(InChinese, click.Group):
    """Lists the verbs without loading them, so that help comes at once; whatever goes wrong is said in Chinese."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            from difflib import get_close_matches  # only what is mistyped has to be likened

            near = get_close_matches(cmd_name, VERBS, 1)
            told = f"可能是 {near[0]}" if near else f"可用：{'、'.join(VERBS)}"
            ctx.fail(f"没有“{cmd_name}”这个命令。{told}。")
        module = importlib.import_module(
            f"hengji.cli.{cmd_name}_verb" if cmd_name == "import" else f"hengji.cli.{cmd_name}"
        )
        command: click.Command = module.command
        return command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        InChinese.format_options(self, ctx, formatter)
        with formatter.section("命令"):
            formatter.write_dl(list(VERBS.items()))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError:
            # What is still buffered would be written at exit, and fail again.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(UNREAD)

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,  # noqa: FBT001, FBT002  click's signature
        **extra: Any,
    ) -> Any:
        """Run and leave with an exit code; ``standalone_mode`` False lets everything through."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        gc.set_threshold(SELDOM)
        _speak_plainly()
        try:
            sys.exit(super().main(args, prog_name, complete_var, standalone_mode=False, **extra))
        except click.Abort:
            _leave("已中断，没有写出结果。", INTERRUPTED)
        except click.exceptions.NoArgsIsHelpError as error:
            _leave(error.format_message(), UNUSABLE)
        except click.ClickException as error:
            from hengji.cli.trouble import usage

            _leave(usage(error), UNUSABLE)
        except OSError as error:
            from hengji.cli.trouble import unreachable

            _leave(unreachable(error), UNUSABLE)
        except MemoryError:
            from hengji.cli.trouble import short_of_memory

            _leave(short_of_memory(), UNUSABLE)
        except Exception as error:  # noqa: BLE001  a defect of ours must not show its insides to a user
            from hengji.cli.trouble import defect

            _leave(defect(error), DEFECT)


def _leave(message: str, code: int) -> None:
    click.echo(message, err=True)
    sys.exit(code)


def _speak_plainly() -> None:
    """A terminal that cannot show a character shows ? in its place instead of stopping."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


@click.command(cls=Verbs, context_settings=HELP_NAMES, subcommand_metavar="命令 [参数]…")
@click.version_option(package_name="hengji", prog_name="hengji", message="衡绩 %(version)s", help="显示版本后退出")
def main() -> None:
    """衡绩：财政支出绩效评价。从一个档案文件夹到可追溯、按标准评分的报告。"""


def run() -> None:
    """``main`` as a process of its own. A command that is over ends at once: to take apart what a review has made takes a thirtieth of its time."""
    try:
        main()
    except Over as over:
        from hengji.model.kept import keep_all

        keep_all()
        os._exit(int(over.code or 0))


if __name__ == "__main__":
    run()
