"""Whole numbers in SQL with bounds that are proved before the run, so that nothing wraps and 128 bits are used only where needed."""

from __future__ import annotations

from hengji.engines.columnar.dialect import Dialect
from hengji.engines.columnar.sql import Sql, literal, sql
from hengji.model.money import Rounding
from hengji.model.record import record

NARROW = 2**63 - 1
_WIDTHS = {"SMALLINT": 2**15 - 1, "INTEGER": 2**31 - 1, "BIGINT": NARROW}


class RefusedError(Exception):
    """Something that this engine cannot do, named in Chinese; it becomes a finding and never leaves the package."""

    def __init__(self, found: str, remedy: str = "改用参考引擎，或改写这条规则") -> None:
        self.found = found
        self.remedy = remedy
        super().__init__(found)


def width(reach: int) -> str:
    """The narrowest type of whole numbers as far from 0 as ``reach``, which has 64 bits at most."""
    return next(kind for kind, most in _WIDTHS.items() if reach <= most)


@record
class Whole:
    """整数表达式: NULL or within ``low`` and ``high``, also where the row has a fault; BIGINT exactly when the bounds allow it."""

    sql: Sql
    low: int
    high: int

    @property
    def reach(self) -> int:
        """The largest distance from 0."""
        return max(abs(self.low), abs(self.high))

    @property
    def constant(self) -> bool:
        """Whether it is a literal."""
        return self.sql.plain and not self.sql.uses


class Wholes:
    """Makes whole numbers of whole numbers, in one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect

    def literal(self, value: int) -> Whole:
        text = self.dialect.whole.format(value) if abs(value) <= NARROW else f"CAST({value} AS {self.dialect.wide})"
        return Whole(literal(text), value, value)

    def weight(self, column: Sql, rows: int) -> Whole:
        """How many rows a row stands for."""
        return Whole(column, 1, rows)

    def made(self, form: str, parts: tuple[Whole, ...], low: int, high: int) -> Whole:
        """``form`` over the parts, computed as wide as the parts and the result need."""
        reach = max(abs(low), abs(high), *(part.reach for part in parts))
        if reach > self.dialect.widest:
            raise RefusedError(f"中间结果可能超过 {self.dialect.title} 的最大整数，不能保证不溢出")
        if reach <= NARROW:
            return Whole(sql(form, *(part.sql for part in parts)), low, high)
        wide = sql(form, *(self._wide(part) for part in parts))
        return self._sized(wide, low, high)

    def _wide(self, part: Whole) -> Sql:
        return part.sql if part.reach > NARROW else sql(f"CAST({{}} AS {self.dialect.wide})", part.sql)

    def _sized(self, wide: Sql, low: int, high: int) -> Whole:
        narrow = max(abs(low), abs(high)) <= NARROW
        return Whole(sql(self.dialect.whole, wide) if narrow else wide, low, high)

    def add(self, a: Whole, b: Whole) -> Whole:
        if a.constant and b.constant:
            return self.literal(a.low + b.low)
        return self.made("({} + {})", (a, b), a.low + b.low, a.high + b.high)

    def subtract(self, a: Whole, b: Whole) -> Whole:
        if a.constant and b.constant:
            return self.literal(a.low - b.low)
        return self.made("({} - {})", (a, b), a.low - b.high, a.high - b.low)

    def negate(self, a: Whole) -> Whole:
        return self.literal(-a.low) if a.constant else self.made("(-{})", (a,), -a.high, -a.low)

    def multiply(self, a: Whole, b: Whole) -> Whole:
        if a.constant and b.constant:
            return self.literal(a.low * b.low)
        for one, other in ((a, b), (b, a)):
            if one.constant and one.low == 1:
                return other
        ends = [x * y for x in (a.low, a.high) for y in (b.low, b.high)]
        return self.made("({} * {})", (a, b), min(ends), max(ends))

    def distance(self, a: Whole) -> Whole:
        """abs."""
        if a.low >= 0:
            return a
        if a.high <= 0:
            return self.negate(a)
        return self.made("abs({})", (a,), 0, a.reach)

    def either(self, form: str, options: tuple[Whole, ...], tests: tuple[Sql, ...]) -> Whole:
        """A CASE over options, all as wide as the widest; ``form`` takes tests first, then options."""
        low, high = min(each.low for each in options), max(each.high for each in options)
        wide = max(abs(low), abs(high)) > NARROW
        parts = [self._wide(each) if wide else each.sql for each in options]
        return Whole(sql(form, *tests, *parts), low, high)

    def within(self, a: Whole, ok: Sql, low: int, high: int) -> Whole:
        """``a`` where ``ok``, and NULL elsewhere; ``ok`` proves the bounds."""
        low, high = max(a.low, low), min(a.high, high)
        if low > high:
            low = high = 0
        kept = sql("CASE WHEN {} THEN {} END", ok, a.sql)
        return self._sized(kept, low, high) if a.reach > NARROW else Whole(kept, low, high)

    def divide(self, top: Whole, bottom: Whole, rounding: Rounding) -> Whole:
        """sign × (abs rounded). ``top`` must be bound where it can be negative; ``bottom`` is positive (NULL where it is not)."""
        if top.constant and bottom.constant:
            return self.literal(_divided(top.low, bottom.low, rounding))
        if bottom.constant and bottom.low == 1:
            return top
        size = self._rounded(self.distance(top), bottom, rounding)
        if top.low >= 0:
            return size
        back = self.negate(size)
        if top.high <= 0:
            return back
        zero = self.literal(0)
        wide = top.reach > NARROW
        test = sql("{} < {}", top.sql, self._wide(zero) if wide else zero.sql)
        both = self.either("CASE WHEN {} THEN {} ELSE {} END", (back, size), (test,))
        return Whole(both.sql, _divided(top.low, bottom.low, rounding), _divided(top.high, bottom.low, rounding))

    def _rounded(self, top: Whole, bottom: Whole, rounding: Rounding) -> Whole:
        extra = {Rounding.DOWN: self.literal(0), Rounding.HALF_UP: self._half(bottom)}.get(rounding)
        if extra is None:
            extra = self.subtract(bottom, self.literal(1))
        raised = top if extra.constant and extra.low == 0 else self.add(top, extra)
        low, high = _divided(top.low, bottom.high, rounding), _divided(top.high, bottom.low, rounding)
        form = self.dialect.divide if max(abs(low), abs(high)) <= NARROW else self.dialect.divide_wide
        return self.made(form, (raised, bottom), low, high)

    def _half(self, bottom: Whole) -> Whole:
        """Half of it, cut off: rounds half up when added, whether ``bottom`` is even or odd."""
        if bottom.constant:
            return self.literal(bottom.low // 2)
        return self.made(self.dialect.divide, (bottom, self.literal(2)), bottom.low // 2, bottom.high // 2)


def _divided(top: int, bottom: int, rounding: Rounding) -> int:
    size = abs(top)
    extra = {Rounding.DOWN: 0, Rounding.HALF_UP: bottom // 2, Rounding.UP: bottom - 1}[rounding]
    whole = (size + extra) // bottom
    return -whole if top < 0 else whole
