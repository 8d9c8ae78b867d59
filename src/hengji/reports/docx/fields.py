"""Fields (computed by Word), the bookmarks that they point to, and the table of contents."""

from __future__ import annotations

from collections.abc import Iterable

from hengji.model.document import AnnexStart, Block, Heading
from hengji.model.record import record
from hengji.reports.docx.runs import paragraph, run
from hengji.reports.docx.styles import CONTENTS, Style
from hengji.reports.docx.xml import escape

_BEGIN = '<w:r><w:fldChar w:fldCharType="begin"{0}/></w:r>'
_SEPARATE = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
UNLISTED = 10  # Word knows nine levels
_DIRTY = ' w:dirty="true"'


@record
class Entry:
    """A line of the table of contents."""

    level: int
    text: str
    bookmark: str
    page: str


def field(instruction: str, result: str) -> str:
    """A field with the result that shows until it is computed anew."""
    return f"{_BEGIN.format('')}{_instruction(instruction)}{_SEPARATE}{run(result)}{_END}"


def sequence(kind: str, number: str) -> str:
    """The running number of a caption."""
    return field(f"SEQ {kind} \\* ARABIC", number)


def bookmarked(content: str, name: str, serial: int) -> str:
    return f'<w:bookmarkStart w:id="{serial}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{serial}"/>'


def contents_mark(text: str) -> str:
    """A hidden line for the table of contents where the heading itself is not one paragraph (附件1 and its title)."""
    quoted = escape(text.replace('"', '\\"'))
    mark = f"TC &quot;{quoted}&quot; \\f C \\l 1"
    return f"{_BEGIN.format('')}{_instruction(mark)}{_END}"


def entries(blocks: Iterable[Block], pages: tuple[str, ...]) -> tuple[Entry, ...]:
    """All headings and annexes, on their pages, with the bookmark that each will carry."""
    found = [block for block in blocks if isinstance(block, Heading | AnnexStart)]
    return tuple(
        Entry(level_of(block), _words(block), f"_Toc{at:08d}", number)
        for at, (block, number) in enumerate(zip(found, pages, strict=True), start=1)
    )


def level_of(block: Heading | AnnexStart) -> int:
    """Its level in the table of contents; front matter and the report's own title have no label and are not listed."""
    if isinstance(block, Heading):
        return block.level
    return 1 if block.label else UNLISTED


def _words(block: Heading | AnnexStart) -> str:
    words = block.text if isinstance(block, Heading) else f"{block.label}　{block.title}".strip()
    return words.replace("\n", "")


def contents(listed: tuple[Entry, ...], depth: int) -> str:
    """The table of contents: one field around ready lines, so that it reads well before anybody refreshes it."""
    shown = [entry for entry in listed if entry.level <= depth]
    table = f"TOC \\o &quot;1-{depth}&quot; \\f C \\h \\z"
    opening = f"{_BEGIN.format(_DIRTY)}{_instruction(table)}{_SEPARATE}"
    lines = [_line(entry, opening if entry is shown[0] else "") for entry in shown] or [
        paragraph(Style.NORMAL, opening)
    ]
    return "".join(lines) + paragraph(Style.SEAM, _END)


def _line(entry: Entry, opening: str) -> str:
    number = field(f"PAGEREF {entry.bookmark} \\h", entry.page)
    link = f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1">{run(entry.text)}<w:r><w:tab/></w:r>{number}</w:hyperlink>'
    return paragraph(CONTENTS[entry.level - 1], opening + link)


def _instruction(text: str) -> str:
    """``text`` is escaped already."""
    return f'<w:r><w:instrText xml:space="preserve"> {text} </w:instrText></w:r>'
