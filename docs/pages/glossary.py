"""GLOSSARY.md: the trade's words by hand, and below them every class of the model out of its docstring."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from pathlib import Path

import hengji.model

GLOSSARY = Path(__file__).parents[2] / "GLOSSARY.md"
HEADING = "## 二、模型的类"
OPENING = f"""{HEADING}

<!-- 以下由 docs/build.py 从 src/hengji/model 各类的说明生成；改正请改说明。 -->

| 类 | 中文 | 说明 |
|---|---|---|
"""


def page() -> str:
    """What stands by hand, then the classes."""
    by_hand = GLOSSARY.read_text("utf-8").partition(HEADING)[0].rstrip() + "\n\n"
    return by_hand + OPENING + "".join(f"| `{name}` | {term} | {said} |\n" for name, term, said in classes())


def classes() -> Iterator[tuple[str, str, str]]:
    """Each class of the model with the Chinese term and the sentence that its docstring begins with."""
    for module in pkgutil.iter_modules(hengji.model.__path__):
        contents = vars(importlib.import_module(f"hengji.model.{module.name}"))
        for name, value in contents.items():
            if isinstance(value, type) and value.__module__ == f"hengji.model.{module.name}" and name[0] != "_":
                term, _, said = first_paragraph(value).partition(": ")
                yield name, term, said.replace("|", "\\|")


def first_paragraph(value: type) -> str:
    text = inspect.cleandoc(value.__doc__ or "")
    return " ".join(text.partition("\n\n")[0].split())
