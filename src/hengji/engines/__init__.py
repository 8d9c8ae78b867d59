"""Running a policy over rows, and reading the rows."""
