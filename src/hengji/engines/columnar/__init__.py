"""The columnar engine: a policy lowered to SQL, for rosters that no interpreter should walk row by row."""

from hengji.engines.columnar.outcome import calculate

__all__ = ("calculate",)
