"""One fault, one file, one page."""
