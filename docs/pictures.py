"""Draw the two pictures of the README out of what Boshan really gives. By hand, not in CI: it needs chromium and pdftoppm.

Run: python -m docs.pictures
"""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdfium2

from hengji.reports import pdf
from hengji.reports.traces import as_text, tree
from hengji.work.evaluate import document_of, evaluate

DOCS = Path(__file__).parent
BOSHAN = DOCS.parent / "examples" / "boshan-2021"
FIRST_CHART = "图 1"
FIGURE = "资金.预算执行率"
COLUMNS, LINES = 92, 30
RESOLUTION = 90
TERMINAL = """<meta charset="utf-8"><style>
@font-face {{ font-family: hei; src: url("file://{font}"); }}
body {{ margin: 0; padding: 18px 22px; background: #1d2430; color: #dfe6ee; font: 15px/1.5 "DejaVu Sans Mono", hei, monospace; }}
pre {{ margin: 0; font: inherit; }}
.prompt {{ color: #8fd18f; }}
</style><pre><span class="prompt">$ hengji trace examples/boshan-2021 执行率</span>
{trace}</pre>"""


def main() -> None:
    outcome = evaluate(BOSHAN)
    assert outcome.evaluation is not None
    with tempfile.TemporaryDirectory() as folder:
        page(pdf.write(document_of(outcome.evaluation)), Path(folder))
        trace(as_text(tree(FIGURE, outcome.evaluation.figures), COLUMNS), Path(folder))


def page(report: bytes, folder: Path) -> None:
    """The page on which the first chart stands, below a table."""
    document = pypdfium2.PdfDocument(report)
    texts = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    number = str(next(at for at, text in enumerate(texts, start=1) if FIRST_CHART in text))
    (folder / "report.pdf").write_bytes(report)
    command = ["pdftoppm", "-r", str(RESOLUTION), "-f", number, "-l", number, "-png", "-singlefile"]
    subprocess.run([*command, str(folder / "report.pdf"), str(DOCS / "manual" / "report")], check=True)


def trace(text: str, folder: Path) -> None:
    """The first lines, as a terminal shows them."""
    lines = text.splitlines()
    shown = "\n".join([*lines[:LINES], *(["…"] if len(lines) > LINES else [])])
    screen = TERMINAL.format(font=pylopdf_fonts_zh_cn.sans_path(), trace=html.escape(shown))
    (folder / "trace.html").write_text(screen, "utf-8")
    size = f"--window-size=900,{23 * (min(len(lines), LINES) + 2) + 50}"
    command = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--hide-scrollbars",
        "--allow-file-access-from-files",
        "--virtual-time-budget=5000",
        size,
    ]
    target = f"--screenshot={DOCS / 'manual' / 'trace.png'}"
    subprocess.run([*command, target, (folder / "trace.html").as_uri()], check=True)


if __name__ == "__main__":
    main()
