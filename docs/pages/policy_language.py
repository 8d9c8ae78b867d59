"""The manual of the policy language, out of tests/spec: a file is a chapter, a test is a paragraph with its example."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator
from pathlib import Path

SPEC = Path(__file__).parents[2] / "tests" / "spec"
OPENING = """# 政策语言

<!-- 本页由 docs/build.py 从 tests/spec 生成；改正请改测试。 -->

政策是一个文件夹：law.md 写条款和规则，parameters.yaml 写带日期和出处的标准，cases.yaml 写算例。
规则写在条款下的 rule 块里，由这里所说的语言写成。它只被读成式子，从不当程序执行。

下面每一节都是一个测试：规则、数据和结果照这里所写逐项核对。表中箭头（→）右边的列是算出的结果，“—”是没有填写或没有。
"""


def page() -> str:
    """The whole page."""
    chapters = [chapter(path, number) for number, path in enumerate(sorted(SPEC.glob("test_*.py")), start=1)]
    return "\n".join([OPENING, *chapters])


def chapter(path: Path, number: int) -> str:
    tree = ast.parse(path.read_text("utf-8"))
    title, _, opening = (ast.get_docstring(tree) or "").partition("\n")
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    parts = [f"## {number}. {title}\n", opening.strip() + "\n"]
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            parts.append(f"### {node.name.removeprefix('test_')}\n")
            parts.append((ast.get_docstring(node) or "") + "\n")
            parts += [part for call in examples(node) for part in example(call, constants)]
    return "\n".join(parts)


def examples(test: ast.FunctionDef) -> Iterator[ast.Call]:
    for node in ast.walk(test):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SHAPES:
            yield node


def example(call: ast.Call, constants: dict[str, object]) -> Iterator[str]:
    assert isinstance(call.func, ast.Name)
    yield from SHAPES[call.func.id](call, constants)


def rule(call: ast.Call, constants: dict[str, object]) -> Iterator[str]:
    """A rule over a table with what comes out, or what is said when it is refused."""
    written, data, *messages = (text(argument, constants) for argument in call.args)
    options = {keyword.arg: keyword.value for keyword in call.keywords}
    if "parameters" in options:
        yield fenced("yaml", text(options["parameters"], constants))
    yield fenced("rule", written)
    if isinstance(others := options.get("others"), ast.Dict):
        keys = ast.literal_eval(options["keys"]) if "keys" in options else {}
        for name, value in zip(others.keys, others.values, strict=True):
            label = text(name, constants) if name else ""
            joined = f"（key：{keys[label]}）" if label in keys else ""
            yield f"数据表「{label}」{joined}：\n\n{table(text(value, constants))}\n"
        yield "主表：\n"
    if "as_of" in options:
        yield f"文件头：as_of: {text(options['as_of'], constants)}\n"
    if not messages:
        yield table(data) + "\n"
    yield from (f"> {message}\n" for message in messages)


def folder(call: ast.Call, constants: dict[str, object]) -> Iterator[str]:
    """The three files of a policy."""
    files = (("law.md", "markdown"), ("parameters.yaml", "yaml"), ("cases.yaml", "yaml"))
    for (name, language), argument in zip(files, call.args, strict=True):
        yield f"{name}：\n"
        yield fenced(language, text(argument, constants))


def formula(call: ast.Call, constants: dict[str, object]) -> Iterator[str]:
    """A formula with the figures or the table it reads, and what it gives."""
    written, value, *figures = call.args
    yield fenced("rule", f"{text(written, constants)}  # 得 {text(value, constants)}")
    for known in figures:
        said = "，".join(f"{name} 是 {each}" for name, each in ast.literal_eval(known).items())
        yield f"其中{said}。\n"
    for keyword in call.keywords:
        yield f"数据表「发放表」：\n\n{table(text(keyword.value, constants))}\n"


SHAPES = {"check": rule, "refuse": rule, "whole": folder, "figure": formula}


def fenced(language: str, body: str) -> str:
    fence = "````" if "```" in body else "```"
    return f"{fence}{language}\n{body}\n{fence}\n"


def text(node: ast.expr, constants: dict[str, object]) -> str:
    value = constants[node.id] if isinstance(node, ast.Name) else ast.literal_eval(node)
    return inspect.cleandoc(textwrap.dedent(str(value)))


def table(data: str) -> str:
    """``甲:整数 || 省级`` and its rows as a Markdown table."""
    first, *rest = ([cells(side) for side in line.split("||")] for line in data.splitlines())
    given, *results = first
    head = [*(header(cell) for cell in given), *(f"→ {cell}" for side in results for cell in side)]
    lines = [head, ["---"] * len(head), *([cell for side in row for cell in side] for row in rest)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cells(side: str) -> list[str]:
    return [cell.strip() for cell in side.split("|")]


def header(cell: str) -> str:
    """``星级:枚举(一星、二星)`` as 星级（枚举：一星、二星）."""
    name, _, kind = cell.partition(":")
    return f"{name}（{kind.replace('(', '：').removesuffix(')')}）"
