"""The workbook to fill in: a view of a dossier as sheets, written with choices and examples and read back cell by cell."""
