"""Cells of files that people fill in: csv bytes to rows, text to dates, amounts and counts, faults as findings."""
