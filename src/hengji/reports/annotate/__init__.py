"""A review handed back: the report's own text with marks, the author's own Word file with comments, and the reviewer's sheet."""
