"""Word files: written from a document, and refreshed in place after a user has edited them."""

from hengji.reports.docx.refresh import Change, NotWordError, refresh, refs
from hengji.reports.docx.writer import write

__all__ = ("Change", "NotWordError", "refresh", "refs", "write")
