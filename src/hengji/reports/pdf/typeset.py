"""Document → PDF: the template is code, the report is data; a user's # or [ can never become code."""

from __future__ import annotations

import json
from importlib.resources import files

import pylopdf_fonts_zh_cn
import typst

from hengji.model.document import Document
from hengji.reports.pdf.content import content


def write(document: Document) -> bytes:
    """The document as PDF with bookmarks; the same document gives the same bytes (no date is written into it)."""
    fonts = typst.Fonts(
        include_system_fonts=False,
        include_embedded_fonts=False,
        font_paths=[str(pylopdf_fonts_zh_cn.sans_path().parent)],
    )
    compiler = typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
    template = files("hengji.reports.pdf").joinpath("report.typ").read_bytes()
    report = json.dumps(content(document), ensure_ascii=False)
    made = compiler.compile(template, format="pdf", sys_inputs={"report": report}, timestamp=0)
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made
