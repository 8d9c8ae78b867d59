"""How every verb looks: its help in Chinese, and the arguments that several verbs share."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

TEXT, JSON = "text", "json"


class InChinese(click.Command):
    """A command whose help has Chinese headings."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), "用法：")

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        self.options_metavar = "[选项]"
        return super().collect_usage_pieces(ctx)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        options = [param for param in self.get_params(ctx) if isinstance(param, click.Option)]
        records = [record for record in (option.get_help_record(ctx) for option in options) if record]
        with formatter.section("选项"):
            formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "显示本说明后退出"
        return option


class Assignment(click.ParamType):  # type: ignore[type-arg]  # generic only since click 8.4
    """表名=路径."""

    name = "表名=文件路径"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        name, equals, path = str(value).partition("=")
        if not (name.strip() and equals and path.strip()):
            self.fail(value, param, ctx)
        return name.strip(), Path(path.strip())


class TableFile(Assignment):
    """表名=路径, or a path alone: its header tells which table it is."""

    name = "表名=文件路径，或只写文件路径"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, Path]:
        if "=" not in str(value) and str(value).strip():
            return "", Path(str(value).strip())
        return super().convert(value, param, ctx)


class Memory(click.ParamType):  # type: ignore[type-arg]  # as above
    """4GB."""

    name = "数字和单位，如 500MB、4GB"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if not _MEMORY.fullmatch(str(value).strip()):
            self.fail(value, param, ctx)
        return str(value).strip()


_MEMORY = re.compile(r"[1-9]\d{0,5}(\.\d+)?\s*[MGT]i?B", re.IGNORECASE)

HELP_NAMES = {"help_option_names": ["-h", "--help"]}

folder_argument = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
form_option = click.option(
    "--format", "form", type=click.Choice([TEXT, JSON]), default=TEXT, metavar="text|json", help="屏幕输出的形式"
)
