"""What the same operation is called in each SQL. An operation that is not in the table cannot be emitted."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dialect:
    """SQL 方言. Forms take their operands in order; whole division is of numbers that are not negative."""

    title: str
    quote: str
    inlined: str
    """What keeps a common table expression from being stored where it is read twice."""
    stored: str
    """What makes it computed only once."""
    wide: str
    """The type of whole numbers beyond 64 bits."""
    whole: str
    divide: str
    rest: str
    days: str
    add_days: str
    add_months: str
    last_day: str
    year: str
    month: str
    day: str
    first_by: str
    """The first value, not NULL, in the order of the second operand."""
    texts: str

    def name(self, name: str) -> str:
        """A quoted name."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"


DUCKDB = Dialect(
    title="DuckDB",
    quote='"',
    inlined="NOT MATERIALIZED ",
    stored="MATERIALIZED ",
    wide="HUGEINT",
    whole="CAST({} AS BIGINT)",
    divide="({} // {})",
    rest="({} % {})",
    days="({} - {})",
    add_days="({} + CAST({} AS INTEGER))",
    add_months="CAST({} + to_months(CAST({} AS INTEGER)) AS DATE)",
    last_day="last_day({})",
    year="year({})",
    month="month({})",
    day="day({})",
    first_by="arg_min({}, {})",
    texts="list_value({})",
)
