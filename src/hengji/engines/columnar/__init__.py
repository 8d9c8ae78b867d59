"""The columnar engine: a policy lowered to SQL, for rosters that no interpreter should walk row by row."""

from hengji.engines.columnar.outcome import calculate
from hengji.engines.columnar.plan import Grain, Plan
from hengji.engines.columnar.plan import compile_policy as compile  # noqa: A004 the word of the trade
from hengji.engines.columnar.results import Result
from hengji.engines.columnar.run import prepare, run, run_grains, run_sets
from hengji.engines.columnar.watching import Tick

__all__ = ("Grain", "Plan", "Result", "Tick", "calculate", "compile", "prepare", "run", "run_grains", "run_sets")
