"""What the verbs about the workbench's database have in common."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import click


def _usual() -> Path:
    return Path(os.environ.get("HENGJI_HOME") or Path.home() / ".hengji")


def home_option(command: Any) -> Any:
    """--home, by default what the environment says."""
    told = "数据库所在的文件夹，默认 HENGJI_HOME 或 ~/.hengji"
    return click.option("--home", metavar="DIR", type=click.Path(path_type=Path), default=_usual, help=told)(command)
