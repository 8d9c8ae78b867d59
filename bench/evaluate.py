"""How long an evaluation takes, beside the least that it could take.

Run: python -m bench.evaluate [--rounds N] [--json]. Seconds depend on the machine, ratios hardly: each is the median of
ratios taken in turns within one run. The limits are those of a quiet machine with two cores.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pylopdf_fonts_zh_cn
import typst
import xlsxwriter
import yaml
from bench import roster
from bench.timing import Contest, Timed, run
from openpyxl import load_workbook

from hengji.model.document import Document, Table
from hengji.model.figure import display
from hengji.reports import docx as word
from hengji.reports import html, pdf, xlsx
from hengji.reports.grid import text_of
from hengji.storage.folder import read_folder
from hengji.storage.text import parse, render
from hengji.work.evaluate import document_of, evaluate

ROOT = Path(__file__).parents[1]
BOSHAN = ROOT / "examples" / "boshan-2021"
ROUNDS = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with TemporaryDirectory() as out:
        timed = run([*commands(out), *storage(), *writers(), engine()], chosen.rounds)
    print(as_json(timed, chosen.rounds) if chosen.json else as_table(timed))


def commands(out: str) -> list[Contest]:
    """Whole processes, from the shell's point of view."""
    hengji = [sys.executable, "-m", "hengji.cli.main"]
    reading = "import pathlib,sys; [p.read_bytes() for p in pathlib.Path(sys.argv[1]).rglob('*') if p.is_file()]"
    return [
        Contest(
            "hengji evaluate, four formats",
            lambda: process([*hengji, "evaluate", str(BOSHAN), "--out", out]),
            "bare Python reading the files",
            lambda: process([sys.executable, "-c", reading, str(BOSHAN)]),
            limit=3.0,
        ),
        Contest(
            "hengji --help",
            lambda: process([*hengji, "--help"]),
            "bare Python",
            lambda: process([sys.executable, "-c", "pass"]),
            above_floor=0.15,
        ),
    ]


def process(command: list[str]) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)


def storage() -> list[Contest]:
    """Reading a dossier into the model and writing it back, beside composing and serialising its YAML."""
    files = read_folder(BOSHAN)[0]
    texts = [content.decode("utf-8") for path, content in files.items() if path.endswith(".yaml")]

    def there_and_back() -> None:
        dossier = parse(files).dossier
        assert dossier is not None
        render(dossier)

    def floor() -> None:
        for text in texts:
            yaml.serialize(yaml.compose(text, Loader=yaml.CSafeLoader), Dumper=yaml.CSafeDumper, allow_unicode=True)

    return [Contest("load and save", there_and_back, "composing and serialising YAML", floor)]


def writers() -> list[Contest]:
    """Each format, beside its library doing the same cells with nothing on them."""
    evaluation = evaluate(BOSHAN).evaluation
    assert evaluation is not None
    document = document_of(evaluation)
    content = plain_content(document)
    sheets = cells_of(xlsx.write(document))
    return [
        Contest(
            "Word", lambda: word.write(document), "python-docx, same cells", lambda: bare_word(document), limit=1.0
        ),
        Contest("PDF", lambda: pdf.write(document), "typst, an empty page", empty_page, limit=0.5),
        Contest("HTML", lambda: html.write(document), "json.dumps, same content", lambda: json.dumps(content)),
        Contest("Excel", lambda: xlsx.write(document), "XlsxWriter, same cells", lambda: bare_excel(sheets)),
    ]


def plain_content(document: Document) -> object:
    """What the page holds, as strings: every block's words, every figure with what it comes from."""
    figures = [
        [name, each.label, display(each), each.formula, *each.inputs, *(source.text for source in each.sources)]
        for name, each in document.figures.items()
    ]
    return [[repr(block) for block in document.blocks], figures]


def bare_word(document: Document) -> None:
    file = docx.Document()
    for block in document.blocks:
        if not isinstance(block, Table):
            continue
        table = file.add_table(rows=0, cols=len(block.widths))
        for row in (*block.head, *block.body):
            for place, cell in zip(table.add_row().cells, row.cells, strict=False):
                place.text = text_of(cell)
    file.save(BytesIO())


def empty_page() -> None:
    folder = str(pylopdf_fonts_zh_cn.sans_path().parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    typst.Compiler(font_paths=fonts, ignore_system_fonts=True).compile(
        b'#set text(font: "Noto Serif SC")\n', format="pdf"
    )


def cells_of(workbook: bytes) -> list[list[tuple[object, ...]]]:
    book = load_workbook(BytesIO(workbook), read_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def bare_excel(sheets: list[list[tuple[object, ...]]]) -> None:
    book = xlsxwriter.Workbook(BytesIO(), {"in_memory": True})
    for rows in sheets:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            for column, value in enumerate(row):
                if value is not None:
                    sheet.write(at, column, value)
    book.close()


def engine() -> Contest:
    """Rows of a roster; the loop has the rule written into it."""
    policy = roster.policy()
    tables = roster.tables(policy)
    assert roster.by_engine(policy, tables) == roster.by_hand(tables)
    name = f"policy over {roster.ROWS:,} rows"
    return Contest(
        name, lambda: roster.by_engine(policy, tables), "a loop with the rule in it", lambda: roster.by_hand(tables)
    )


def as_table(timed: list[Timed]) -> str:
    lines = [f"{'':<32}{'seconds':>9}{'floor':>9}{'ratio':>8}  limit     holds  floor is"]
    for each in timed:
        contest = each.contest
        limit = f"≤ {contest.limit} s" if contest.limit else f"+ {contest.above_floor} s" if contest.above_floor else ""
        lines.append(
            f"{contest.name:<32}{each.ours:>9.3f}{each.floor:>9.3f}{each.ratio:>8.1f}"
            f"  {limit:<10}{each.verdict:<7}{contest.floor_name}"
        )
    return "\n".join(lines)


def as_json(timed: list[Timed], rounds: int) -> str:
    results = [
        {
            "name": each.contest.name,
            "seconds": round(each.ours, 4),
            "floor": round(each.floor, 4),
            "floor_name": each.contest.floor_name,
            "ratio": round(each.ratio, 2),
            "limit": each.contest.limit,
            "above_floor": each.contest.above_floor,
            "holds": each.verdict,
        }
        for each in timed
    ]
    machine = {"python": platform.python_version(), "cores": os.cpu_count(), "rounds": rounds}
    return json.dumps({"machine": machine, "results": results}, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    main()
