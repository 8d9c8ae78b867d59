"""The report as one self-contained HTML file in which every number opens its trace."""

from hengji.reports.html.page import write

__all__ = ("write",)
