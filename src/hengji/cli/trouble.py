"""What is said when a command cannot go on: wrong usage, a file or memory that cannot be had, a defect of ours. Never a traceback."""

from __future__ import annotations

import errno
import os
import traceback

import click

from hengji.model.defect import numbered
from hengji.model.finding import one_of
from hengji.storage.refusals import reason

DEBUG = "HENGJI_DEBUG"


def usage(error: click.ClickException) -> str:
    """A misuse of the command line, in Chinese, with where to find the right use."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "hengji"
    return f"{_misuse(error)}\n用 {path} --help 查看用法。"


def _misuse(error: click.ClickException) -> str:
    match error:
        case click.MissingParameter(param=param):
            return f"缺少{_called(param)}。"
        case click.NoSuchOption(option_name=name, possibilities=near):
            return f"没有 {name} 这个选项。" + (f"可能是 {'、'.join(near)}。" if near else "")
        case click.BadOptionUsage(option_name=name):
            return f"选项 {name} 用得不对：后面要跟一个值。"
        case click.BadParameter(param=param):
            return f"{_called(param)} 的值不对，应为{_wanted(param)}。"
        case click.UsageError() if "extra argument" in error.message:
            extra = error.message.partition("(")[2].rpartition(")")[0]
            return f"多给了参数：{extra}。"
        case _:
            return error.format_message()


def _called(param: click.Parameter | None) -> str:
    if param is None:
        return "参数"
    if isinstance(param, click.Option):
        return f"选项 {max(param.opts, key=len)}"
    return f"参数 {param.metavar or str(param.name).upper()}"


def _wanted(param: click.Parameter | None) -> str:
    match param.type if param is not None else None:
        case click.Choice(choices=choices):
            return one_of(str(choice) for choice in choices)
        case click.IntRange(min=int(low), max=int(high)):
            return f"{low}至{high}的整数"
        case click.types.IntParamType():
            return "整数"
        case click.ParamType(name=name):
            return name
        case _:
            return "别的写法"


def unreachable(error: OSError) -> str:
    """A file or folder that cannot be read or written."""
    name = error.filename2 or error.filename
    where = f"“{name}”" if name else "文件"
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    remedy = "腾出空间或换一个位置后重试" if full else "检查路径和权限，关闭正在使用它的程序后重试"
    return f"{where}无法读写：{reason(error)}。{remedy}；本次没有写出任何结果。"


def short_of_memory() -> str:
    """More memory is wanted than there is, or than --memory allows."""
    return "内存不够，没有写出结果。关闭别的程序后重试；用了 --memory 的，给多一些。"


def defect(error: BaseException) -> str:
    """A fault of ours: what to report, without the inner workings."""
    said = f"程序内部出错，不是材料的问题，没有写出结果。请把{numbered(error)}和所用的命令告诉维护者。"
    if os.environ.get(DEBUG):
        return said + "\n" + "".join(traceback.format_exception(error)).rstrip()
    return f"{said}\n设环境变量 {DEBUG}=1 再运行一次，可看到详情。"
