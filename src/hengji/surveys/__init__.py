"""Questionnaires to figures."""
