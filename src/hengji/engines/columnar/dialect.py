"""What the same operation is called in each SQL. An operation that is not in the table cannot be emitted."""

from __future__ import annotations

from hengji.model.record import record


@record
class Dialect:
    """SQL 方言. Forms take their operands in order; whole division is of numbers that are not negative."""

    title: str
    quote: str
    escapes: tuple[tuple[str, str], ...]
    """What stands in a text literal for characters that cannot stand for themselves, in this order."""
    inlined: str
    """What keeps a common table expression from being stored where it is read twice."""
    stored: str
    """What makes it computed only once."""
    text: str
    """The type of words."""
    wide: str
    """The type of whole numbers beyond 64 bits."""
    widest: int
    """The largest whole number that an intermediate step may reach."""
    whole: str
    sum_wide: str
    """A sum that may leave 64 bits."""
    divide: str
    """A quotient of at most 64 bits, whatever is divided."""
    divide_wide: str
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
    place: str
    """Where a word stands among others, from 1; 0 where it is none of them. NULL is found where it is one of them, the last."""
    ordered: str
    """What puts the rows of a grain in the order of their first column; nothing where the files that they go to have no order."""

    def name(self, name: str) -> str:
        """A quoted name."""
        return f"{self.quote}{name.replace(self.quote, self.quote * 2)}{self.quote}"

    def word(self, text: str) -> str:
        """A text literal."""
        for character, escaped in self.escapes:
            text = text.replace(character, escaped)
        return f"'{text}'"


DUCKDB = Dialect(
    title="DuckDB",
    quote='"',
    escapes=(("'", "''"),),
    inlined="NOT MATERIALIZED ",
    stored="MATERIALIZED ",
    text="VARCHAR",
    wide="HUGEINT",
    widest=17 * 10**37,  # below 2**127
    whole="CAST({} AS BIGINT)",
    sum_wide="sum({})",
    divide="({} // {})",
    divide_wide="({} // {})",
    rest="({} % {})",
    days="({} - {})",
    add_days="({} + CAST({} AS INTEGER))",
    add_months="CAST({} + to_months(CAST({} AS INTEGER)) AS DATE)",
    last_day="last_day({})",
    year="year({})",
    month="month({})",
    day="day({})",
    first_by="arg_min({}, {})",
    place="greatest(list_position([{1}], {0}), 0)",  # once for each word of a file's dictionary, where CASE asks for each row
    ordered=" ORDER BY 1",
)
SPARK = Dialect(
    title="Spark",
    quote="`",
    escapes=(("\\", "\\\\"), ("'", "\\'")),
    inlined="",
    stored="",
    text="STRING",
    wide="DECIMAL(38, 0)",
    widest=10**32 - 1,  # a quotient of decimals keeps six of its 38 digits behind the point
    whole="CAST({} AS BIGINT)",
    sum_wide="sum(CAST({} AS DECIMAL(38, 0)))",
    divide="({} div {})",
    divide_wide="CAST(({0} - {0} % {1}) / {1} AS DECIMAL(38, 0))",  # div is a BIGINT that wraps without a word, ANSI or not
    rest="({} % {})",
    days="CAST(datediff({}, {}) AS BIGINT)",
    add_days="date_add({}, CAST({} AS INT))",
    add_months="add_months({}, CAST({} AS INT))",
    last_day="last_day({})",
    year="CAST(year({}) AS BIGINT)",
    month="CAST(month({}) AS BIGINT)",
    day="day({})",
    first_by="min_by({0}, CASE WHEN {0} IS NOT NULL THEN {1} END)",
    place="CASE WHEN {0} IS NULL THEN size(array({1})) ELSE array_position(array({1}), {0}) END",
    ordered="",
)
