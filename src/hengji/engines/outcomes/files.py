"""Results to a file: whole or not at all, and of any size but for a workbook, whose sheets end."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from hengji.engines import duck
from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.outcomes.answers import Answers, Relation
from hengji.model.finding import Finding, Place, Severity

CODE_ROOM, CODE_WRITE = "L225", "L226"
MOST_SHEET_ROWS = 1_048_575
"""Under a header."""
_MARK = "\ufeff"
"""At the beginning of a csv; a spreadsheet reads it in the wrong encoding without."""
_BATCH = 2048


class Form(Enum):
    """结果文件格式: told by the ending of the name."""

    CSV = ".csv"
    WORKBOOK = ".xlsx"
    PARQUET = ".parquet"


def too_long(answers: Answers, relation: Relation, path: Path) -> Finding | None:
    """Whether there are more rows than a sheet has."""
    found = answers.connection.execute(f"SELECT count(*) FROM ({relation.select})").fetchone()
    assert found is not None
    if found[0] <= MOST_SHEET_ROWS:
        return None
    said = f"结果有 {found[0]:,} 行，一张工作表放不下"
    remedy = "把 --out 的文件名改为以 .parquet 或 .csv 结尾"
    return Finding(CODE_ROOM, Severity.ERROR, Place(str(path)), said, f"至多 {MOST_SHEET_ROWS:,} 行", remedy)


def copy(answers: Answers, relation: Relation, part: Path, form: Form) -> None:
    """A csv (UTF-8 with BOM) or a Parquet file. Raises OSError where it cannot be written."""
    asked = relation.select if form is Form.PARQUET else _as_text(answers, relation)
    how = "FORMAT parquet, COMPRESSION zstd" if form is Form.PARQUET else "FORMAT csv, HEADER"
    try:
        answers.connection.execute(f"COPY ({asked}) TO {DUCKDB.word(str(part))} ({how})")
    except duck.IOException as error:
        raise duck.refusal(error) from None


def _as_text(answers: Answers, relation: Relation) -> str:
    """Numbers without idle zeros beyond the second decimal, and the mark before the first header."""
    described = answers.connection.execute(f"DESCRIBE {relation.select}").fetchall()
    columns = []
    for at, ((name, text), (_, kind, *_)) in enumerate(zip(relation.columns, described, strict=True)):
        idle = kind.startswith("DECIMAL") and not kind.endswith(",2)")
        shown = f"rtrim(rtrim(CAST({text} AS VARCHAR), '0'), '.')" if idle else text
        columns.append((_MARK + name if at == 0 else name, shown))
    return Relation(tuple(columns), relation.source).select


def records(answers: Answers, relation: Relation) -> Iterator[tuple[Any, ...]]:
    """The rows one by one."""
    cursor = answers.connection.execute(relation.select)
    while batch := cursor.fetchmany(_BATCH):
        yield from batch


def not_written(path: Path, why: str) -> Finding:
    """Nothing was, and what was there before is as it was."""
    remedy = "检查路径和剩余空间，关闭正在使用它的程序；原来的文件没有改动"
    return Finding(CODE_WRITE, Severity.ERROR, Place(str(path)), f"结果写不出去：{why}", "可写的位置", remedy)
