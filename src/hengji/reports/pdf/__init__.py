"""The report as PDF, set by typst with fonts that come with the package: nothing has to be installed."""

from hengji.reports.pdf.typeset import write

__all__ = ("write",)
