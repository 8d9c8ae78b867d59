"""The command line: one file per verb, late imports."""

SELDOM = 100_000
"""So many more objects than before are worth looking for cycles among them. Loading makes many and no cycles, and what a review makes
it keeps until its end: looking as often as Python does takes it a tenth of the time."""
