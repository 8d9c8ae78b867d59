"""Reports that somebody wrote: files to a Reading, its words to quantities, statements and scores."""
