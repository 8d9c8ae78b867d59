"""A number with one digit otherwise: what is counted out digit by digit is what is found by division."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hengji.model.reading import Span
from hengji.reading.quantities import quantities
from hengji.reading.statements.verdicts import Range, one_digit_from

PRINTED = st.from_regex(r"[0-9]{1,6}(?:\.[0-9]{1,3})?", fullmatch=True).filter(lambda text: float(text) > 0)


@given(PRINTED, st.sampled_from(["万元", "%", "个", "亿元"]), st.integers(0, 10**8), st.integers(0, 10**4))
def test_found_without_being_counted_out(printed: str, unit: str, low: int, width: int) -> None:
    (quantity,) = quantities(f"计{printed}{unit}", Span(0, len(printed) + len(unit) + 1))
    scale = quantity.value / Fraction(quantity.number) / 1000
    meant = Range(low * scale, (low + width) * scale, low * scale)
    more = [(Fraction(other) - Fraction(printed)) * scale * 1000 for other in one_digit_off(printed)]
    counted = any(quantity.low + by <= meant.high and meant.low <= quantity.high + by for by in more)
    assert one_digit_from(quantity, meant) is counted


def one_digit_off(printed: str) -> list[str]:
    return [
        f"{printed[:at]}{other}{printed[at + 1 :]}"
        for at, digit in enumerate(printed)
        for other in ("0123456789" if digit.isdigit() else "")
        if other != digit
    ]
