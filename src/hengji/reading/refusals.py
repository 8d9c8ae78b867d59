"""Files that cannot be reviewed: what is the matter with each and what its user can do."""

from __future__ import annotations

from enum import Enum

from hengji.model.finding import Finding, Place, Severity

_EXPECTED = "docx、带文字层的 pdf、txt、md 或 html 文件"


class Refusal(Enum):
    """不能审核的原因: code, what was found, what to do."""

    EMPTY = ("v002", "文件是空的，没有文字可审核", "核对是否选错了文件")
    OLD_WORD = ("v003", "这是旧版 Word 的 doc 文件", "先用 Word 或 WPS 打开，另存为 docx，再审核")
    WPS = ("v003", "这是 WPS 文字的 wps 文件", "先用 WPS 打开，另存为 docx，再审核")
    SHEET = ("v003", "这是电子表格，不是评价报告", "审核报告正文；表格放进报告里，随报告一起审核")
    SLIDES = ("v003", "这是演示文稿，不是评价报告", "审核报告正文")
    OFD = ("v003", "这是 OFD 版式文件", "先用版式阅读软件另存为 pdf 或 docx，再审核")
    ODT = ("v003", "这是 OpenDocument 文件", "先用 Word、WPS 或 LibreOffice 另存为 docx，再审核")
    RTF = ("v003", "这是 RTF 文件", "先用 Word 或 WPS 打开，另存为 docx，再审核")
    MHT = ("v003", "这是 Word 存成的单个文件网页（mht）", "先用 Word 或 WPS 打开，另存为 docx，再审核")
    WORD_XML = ("v003", "这是 Word 存成的 XML 文件", "先用 Word 或 WPS 打开，另存为 docx，再审核")
    PICTURE = ("v003", "这是图片，没有文字可审核", "先作文字识别，另存为 docx 或 txt，再审核")
    ARCHIVE = ("v003", "这是压缩包，里面没有 Word 正文", "先解压，再审核其中的报告")
    BINARY = ("v003", "读不出文字，不是可以审核的格式", "用编辑它的程序打开，另存为 docx 或 txt，再审核")
    LOCKED = ("v004", "文件加了打开密码", "去掉密码后另存一份，再审核")
    BROKEN_PDF = ("v005", "pdf 不完整或已损坏，打不开", "重新导出或重新下载，再审核")
    SCANNED = ("v006", "pdf 各页都是图片，没有文字层", "先作文字识别（OCR），或改用报告的 Word 文件")
    TOO_LARGE = ("v008", "文件过大，远远超过一份报告的篇幅", "只留报告本身；图片过多的，压缩图片后另存")

    @property
    def code(self) -> str:
        return self.value[0]

    def finding(self, file: str) -> Finding:
        """The refusal of a file, for its user."""
        code, found, remedy = self.value
        return Finding(code, Severity.ERROR, Place(file), found, _EXPECTED, remedy)


def damaged(file: str, what: str) -> Finding:
    """A file of the right format that does not hold together; ``what`` is a clause."""
    return Finding(
        Refusal.BROKEN_PDF.code,
        Severity.ERROR,
        Place(file),
        what,
        "完好的文件",
        "用 Word 或 WPS 打开并另存一份，再审核",
    )
