"""Composing a report and writing it in each format."""
