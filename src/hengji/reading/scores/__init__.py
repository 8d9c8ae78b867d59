"""Scores as they can be read from anybody's text: tables, headings, sentences and papers to one tree of indicators."""
