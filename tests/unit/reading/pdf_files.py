"""Small PDF files: set by typst from its markup, or written object by object."""

import pylopdf_fonts_zh_cn
import typst

_PAGE = """
#set page(width: 300pt, height: 240pt, margin: 40pt, header: [道路养护绩效评价报告], numbering: "- 1 -")
#set text(font: "Noto Sans SC", size: 12pt, lang: "zh")
#set par(first-line-indent: (amount: 2em, all: true), justify: true)
#set table(stroke: 0.5pt)
"""


def typeset(markup: str) -> bytes:
    """A PDF of small pages with a running header and page numbers."""
    folder = str(pylopdf_fonts_zh_cn.sans_path().parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    made = typst.Compiler(font_paths=fonts, ignore_system_fonts=True).compile((_PAGE + markup).encode(), format="pdf")
    assert isinstance(made, bytes)
    return made


def written(content: bytes, *, trailer: bytes = b"") -> bytes:
    """A PDF of one page with these drawing instructions, and a picture called Im."""
    picture = b"\x00\xff\x00\xff"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</XObject<</Im 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>stream\n"
        + picture
        + b"\nendstream",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF"
    return out + end % (count, table, count, trailer, len(out))


PICTURE = written(b"q 200 0 0 200 0 0 cm /Im Do Q")
LOCKED = written(
    b"",
    trailer=b"/ID[<00><00>]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>" % (b"11" * 32, b"22" * 32),
)
