"""Intake: what people send (xlsx, xls, csv, parquet) becomes rows of a declared table, and every cell that cannot be is named."""
