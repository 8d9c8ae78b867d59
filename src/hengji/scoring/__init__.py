"""Figures to points: rubrics, roll-up, grades, weights."""
