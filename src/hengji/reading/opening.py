"""Files to readings, whatever their format: by what is in them, not by what they are called."""

from __future__ import annotations

from hengji.model.finding import Confidence, Finding, Place, Severity
from hengji.model.reading import Reading
from hengji.reading.decoding import decoded
from hengji.reading.formats import Format, format_of, is_html, misnamed
from hengji.reading.refusals import Refusal, damaged
from hengji.reading.text import read_text

LARGEST = 300 * 1024 * 1024
LARGEST_TEXT = 12 * 1024 * 1024
"""Bytes; four million Chinese characters, some sixty times the longest report of its kind."""
CODE_NAME, CODE_PAGES, CODE_LOST = "v007", "v009", "v012"
_LOST = "\ufffd"
_SHOWN = 10

Read = tuple[Reading | None, tuple[Finding, ...]]


def read_report(file: str, content: bytes) -> Read:
    """The report in a file, called ``file`` by its user; None, and findings that say why, where it cannot be read."""
    if not content.strip():
        return _refused(file, Refusal.EMPTY)
    found = Refusal.TOO_LARGE if len(content) > LARGEST else format_of(file, content)
    match found:
        case Refusal():
            return _refused(file, found)
        case Format.WORD:
            reading, findings = _word(file, content)
        case Format.PDF:
            reading, findings = _pdf(file, content)
        case _:
            return _checked(file, *_text(file, content))
    return _checked(file, found, reading, findings)


def _checked(file: str, found: Format, reading: Reading | None, findings: tuple[Finding, ...]) -> Read:
    """A reading that has words, with a note where the file's name says something else than what is in it."""
    if reading is None:
        return None, findings
    if not reading.parts:
        return _refused(file, Refusal.EMPTY)
    ending = misnamed(file, found)
    if not ending:
        return reading, findings
    note = Finding(
        CODE_NAME,
        Severity.NOTE,
        Place(file),
        f"文件名以 .{ending} 结尾，内容却是{found.value}，已按内容读取",
        remedy="改正扩展名，别人才打得开",
    )
    return reading, (note, *findings)


def _refused(file: str, refusal: Refusal) -> Read:
    return None, (refusal.finding(file),)


def _word(file: str, content: bytes) -> Read:
    from hengji.reading.archive import ArchiveError
    from hengji.reading.docx import read_docx

    try:
        return read_docx(file, content), ()
    except ArchiveError as error:
        return None, (damaged(file, f"Word 文件读不出来：{error}"),)
    except RecursionError:
        return None, (damaged(file, "Word 文件读不出来：里面层层嵌套，不像正常的文件"),)


def _pdf(file: str, content: bytes) -> Read:
    from pypdfium2 import PdfiumError, raw

    from hengji.reading.pdf import NoTextError, TooLongError, read_pdf

    try:
        reading, blank = read_pdf(file, content)
    except NoTextError:
        return _refused(file, Refusal.SCANNED)
    except TooLongError:
        return _refused(file, Refusal.TOO_LARGE)
    except PdfiumError as error:
        locked = error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        return _refused(file, Refusal.LOCKED if locked else Refusal.BROKEN_PDF)
    return reading, tuple(_pictures(file, blank))


def _pictures(file: str, blank: tuple[int, ...]) -> list[Finding]:
    """Pages that are pictures are not reviewed, and that is said."""
    if not blank:
        return []
    listed = "、".join(map(str, blank[:_SHOWN])) + ("等" if len(blank) > _SHOWN else "")
    return [
        Finding(
            CODE_PAGES,
            Severity.WARNING,
            Place(file, page=blank[0]),
            f"第{listed}页是图片，没有文字，没有审核（共{len(blank)}页）",
            remedy="对这些页作文字识别（OCR），或改用报告的 Word 文件",
            confidence=Confidence.CERTAIN,
        )
    ]


def _text(file: str, content: bytes) -> tuple[Format, Reading | None, tuple[Finding, ...]]:
    """Plain text, Markdown or HTML."""
    if len(content) > LARGEST_TEXT:
        return Format.TEXT, *_refused(file, Refusal.TOO_LARGE)
    text = decoded(content)
    if text is None:
        return Format.TEXT, *_refused(file, Refusal.BINARY)
    found = Format.HTML if is_html(file, text) else Format.TEXT
    reading = _html(file, text) if found is Format.HTML else read_text(file, text)
    lost = text.count(_LOST)
    if not lost:
        return found, reading, ()
    at = text.index(_LOST)
    note = Finding(
        CODE_LOST,
        Severity.NOTE,
        Place(file, line=text.count("\n", 0, at) + 1),
        f"有{lost}处字符读不出来",
        remedy="用原来的程序打开，另存为 UTF-8 编码的文本",
    )
    return found, reading, (note,)


def _html(file: str, text: str) -> Reading:
    from hengji.reading.html import read_html

    return read_html(file, text)
