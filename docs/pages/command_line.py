"""The command line as it explains itself: the help of every verb."""

from __future__ import annotations

from collections.abc import Iterator

import click

from hengji.cli.main import VERBS, main

WIDTH = 100

OPENING = """# 命令行

<!-- 本页由 docs/build.py 从各命令的 --help 生成。 -->

所有命令读写的都是[档案文件夹](dossier.md)。等待时终端上有进度条，输出接到文件或别的程序时安静无声。

| 退出码 | 含义 |
|---|---|
| 0 | 没有错误；警告和提示不影响 |
| 1 | 有错误级的发现；此时不写报告，已有的报告原样不动 |
| 2 | 用法不对，或材料根本读不了 |
| 3 | 程序自身的缺陷，会给出一个编号 |

`--format json` 把结果写成一个 JSON 对象，所有的数都是文字，与报告印出的一致。
`evaluate` 的对象含 `dossier`、`total`、`grade`、`literal`（标准总分和等级）、`level1`（一级指标的 `name`、`weight`、`score`）、
`figures`（编号到 `value`、`unit`、`display`）和 `findings`（`code`、`severity`、`file`、`line`、`message`）。
"""


def page() -> str:
    """The whole page."""
    return OPENING + "".join(sections())


def sections() -> Iterator[str]:
    """The help of the group, then of each verb."""
    with click.Context(
        main, info_name="hengji", terminal_width=WIDTH, max_content_width=WIDTH, **main.context_settings
    ) as context:
        yield f"\n## hengji\n\n```\n{main.get_help(context)}\n```\n"
        assert isinstance(main, click.Group)
        for verb in VERBS:
            command = main.get_command(context, verb)
            assert command is not None
            inner = click.Context(command, context, verb, terminal_width=WIDTH, max_content_width=WIDTH)
            yield f"\n## hengji {verb}\n\n```\n{command.get_help(inner)}\n```\n"
