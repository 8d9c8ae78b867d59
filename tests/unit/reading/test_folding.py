"""Folding is told sign by sign; whole runs of signs are folded at once only where that makes no difference."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.reading import Span
from hengji.reading.folding import ENCLOSED, Folded, fold

WORDS = st.text("补助，：（）；12ＡaＢb ％㎡…①Ⅱ℃ﬁ\t\n　<>ｶﾞ", max_size=40)


def sign_by_sign(text: str, span: Span) -> Folded:
    """What folding means, tags aside."""
    signs: list[str] = []
    origins: list[int] = []
    blank = False
    for offset in range(span.start, span.end):
        sign = text[offset]
        form = sign if sign in ENCLOSED else "".join(normalize("NFKC", sign).split())
        if not form:
            blank = True
            continue
        if blank and signs and all(each.isascii() and each.isalnum() for each in (signs[-1], form[0])):
            signs.append(" ")
            origins.append(offset - 1)
        blank = False
        signs.extend(form)
        origins.extend([offset] * len(form))
    return Folded("".join(signs), tuple(origins))


@given(WORDS, WORDS, WORDS)
def test_runs_are_folded_as_their_signs_are(before: str, words: str, after: str) -> None:
    text = f"{before}\n{words}\n{after}".replace("<", "≤")
    span = Span(len(before) + 1, len(before) + 1 + len(words))
    folded, told = fold(text, span), sign_by_sign(text, span)
    assert (folded.text, tuple(folded.origins)) == (told.text, told.origins)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("到位率：９８．５％（全年）", "到位率:98.5%(全年)"),
        ("②职责 分明", "②职责分明"),
        ("面积 1 200㎡", "面积1 200m2"),
        ("资金<br>到位</td>率", "资金到位率"),
        ("＜补助＞ 12 万元", "<补助>12万元"),
        ("等等……", "等等......"),
    ],
)
def test_what_a_reader_sees(written: str, folded: str) -> None:
    assert fold(written, Span(0, len(written))).text == folded


def test_the_way_back() -> None:
    text = "面积㎡：３００ 亩"
    folded = fold(text, Span(0, len(text)))
    start = folded.text.index("300亩")
    span = folded.span(start, start + 4)
    assert text[span.start : span.end] == "３００ 亩"
