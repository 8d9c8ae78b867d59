"""Exact arithmetic of the policy language on Python numbers: whole fen, whole counts, exact ratios, all of them bounded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import TypeVar

from hengji.deadlines.terms import (
    UnknownYearError,
    add_days,
    add_months,
    add_working_days,
    whole_months_between,
    working_days_between,
)
from hengji.engines.fault_codes import LARGEST_TERM, FaultCode
from hengji.model.money import LARGEST, Rounding, divide
from hengji.model.table import ColumnType
from hengji.policies.kinds import MONEY, RATE
from hengji.policies.nodes import Operator, Span, Step

Number = int | Fraction
T = TypeVar("T")


class RowFaultError(Exception):
    """A value that cannot be had for a row; it becomes a finding and never leaves the engine."""

    def __init__(self, code: FaultCode, found: str, remedy: str) -> None:
        self.code = code
        self.found = found
        self.remedy = remedy
        super().__init__(found)


def bounded(value: Number) -> Number:
    """The value; RowFaultError when it is too large to be computed with."""
    top, bottom = value.numerator, value.denominator
    if -LARGEST * bottom <= top <= LARGEST * bottom and -LARGEST_TERM < top < LARGEST_TERM > bottom:
        return value
    raise RowFaultError(FaultCode.OVERFLOW, "计算结果过大或分母过长", "核对数字和单位；长除式先用 取整 舍入")


def ratio(numerator: Number, denominator: Number) -> Fraction:
    if denominator == 0:
        raise RowFaultError(FaultCode.ZERO, "除数是 0", "核对作除数的值，或用「若」分开为 0 的情形")
    return Fraction(numerator) / Fraction(denominator)


def to_fen(exact: Fraction) -> int:
    """Half-up to the fen."""
    return divide(exact.numerator, exact.denominator)


def part_of(amount: Number, rate: Number) -> int:
    """``rate`` of an amount, half-up to the fen; either may be the amount."""
    return divide(amount.numerator * rate.numerator, amount.denominator * rate.denominator)


def operation(operator: Operator, left: ColumnType, right: ColumnType) -> Callable[[Number, Number], Number]:
    """What an operator does with two present values of these kinds."""
    match operator:
        case Operator.ADD:
            return lambda a, b: bounded(a + b)
        case Operator.SUBTRACT:
            return lambda a, b: bounded(a - b)
        case Operator.MULTIPLY if MONEY in {left, right} and RATE in {left, right}:
            return lambda a, b: bounded(part_of(a, b))
        case Operator.MULTIPLY:
            return lambda a, b: bounded(a * b)
        case Operator.DIVIDE if left is MONEY and right is not MONEY:
            return lambda a, b: bounded(to_fen(ratio(a, b)))
        case _:
            return lambda a, b: bounded(ratio(a, b))


def whole_divide(left: Number, right: Number) -> int:
    exact = ratio(left, right)
    return divide(exact.numerator, exact.denominator, Rounding.DOWN)


def round_to_multiple(value: Number, unit: Number, rounding: Rounding) -> Number:
    exact = Fraction(value) / Fraction(unit)
    return bounded(divide(exact.numerator, exact.denominator, rounding) * unit)


def between(span: Span, start: date, end: date) -> int:
    match span:
        case Span.DAYS:
            return (end - start).days
        case Span.WORKING_DAYS:
            return _on_calendar(lambda: working_days_between(start, end))
        case Span.MONTHS:
            return _whole_months(start, end)
        case Span.AGE:
            months = _whole_months(start, end)
            return months // 12 if months >= 0 else -(-months // 12)


def _whole_months(start: date, end: date) -> int:
    return whole_months_between(start, end) if start <= end else -whole_months_between(end, start)


def shift(step: Step, day: date, count: int) -> date:
    match step:
        case Step.DAYS:
            return _on_calendar(lambda: add_days(day, count))
        case Step.WORKING_DAYS:
            return _on_calendar(lambda: add_working_days(day, count))
        case Step.MONTHS:
            return _on_calendar(lambda: add_months(day, count))


def _on_calendar(compute: Callable[[], T]) -> T:
    try:
        return compute()
    except (UnknownYearError, OverflowError) as error:
        raise RowFaultError(FaultCode.CALENDAR, str(error), "核对日期；年份确实超出日历的，须更新工作日历") from None
