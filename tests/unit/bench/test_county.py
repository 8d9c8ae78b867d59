"""A county's calculation loads nothing that it does not need: what is imported is most of what it takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench import county, rosters
from bench.contest import ROOT

HEAVY = {
    "ibis",
    "pandas",
    "pyspark",
    "numpy",
    "pyarrow",
    "polars",
    "openpyxl",
    "docx",
    "typst",
    "xlsxwriter",
    "fastexcel",
}
RUN = """
import sys
from hengji.cli.main import main
try:
    main(sys.argv[1:])
finally:
    print(*sys.modules, file=sys.stderr)
"""


def test_neither_pandas_nor_spark_nor_office_formats_are_imported(tmp_path: Path) -> None:
    files = rosters.write(tmp_path, county.ROWS)
    _, _, _, *arguments = county.commands(files)["county"]
    run = [sys.executable, "-c", RUN, *arguments]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert '"total"' in done.stdout
    imported = {name.partition(".")[0] for name in done.stderr.split()}
    assert "_duckdb" in imported
    assert "duckdb" not in imported
    assert HEAVY & imported == set()
