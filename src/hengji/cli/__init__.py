"""The command line: one file per verb, late imports."""
