"""The report's tables, charts and figures as a workbook with live formulas."""

from hengji.reports.xlsx.book import write

__all__ = ("write",)
