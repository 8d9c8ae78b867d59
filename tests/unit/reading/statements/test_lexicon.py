"""The words of the lexicon are looked for where one of their first signs stands: none may be missing there."""

import re
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # not told to type checkers
from typing import Any
from unicodedata import normalize

import pytest

from hengji.reading.statements import tokens
from hengji.reading.statements.tokens import Kind


def _firsts(parsed: Any) -> tuple[set[str], bool]:
    """The signs with which what a parsed expression describes can begin, and whether it can be empty."""
    found: set[str] = set()
    for operation, value in parsed:
        signs, empty = _first(str(operation), value)
        found |= signs
        if not empty:
            return found, False
    return found, True


def _first(operation: str, value: Any) -> tuple[set[str], bool]:
    if operation == "LITERAL":
        return {chr(value)}, False
    if operation == "IN":
        ends = [(sign, sign) if str(kind) == "LITERAL" else sign for kind, sign in value]
        return {chr(sign) for first, last in ends for sign in range(first, last + 1)}, False
    if operation == "BRANCH":
        each = [_firsts(branch) for branch in value[1]]
        return set().union(*(signs for signs, _ in each)), any(empty for _, empty in each)
    if operation == "SUBPATTERN":
        return _firsts(value[-1])
    if operation == "MAX_REPEAT":
        signs, empty = _firsts(value[2])
        return signs, empty or not value[0]
    assert operation in {"ASSERT", "ASSERT_NOT", "AT"}
    return set(), True


WORDS = {**tokens._WORDS, Kind.RATE: tokens._DEGREE}


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.name)
def test_the_first_sign_of_each_word_is_known(kind: Kind) -> None:
    found, empty = _firsts(_parser.parse(WORDS[kind]))
    assert found
    assert not empty
    assert not [sign for sign in sorted(found) if not re.match(f"[{tokens._FIRST}]", sign)]


def test_no_first_sign_is_idle() -> None:
    found = set().union(*(_firsts(_parser.parse(words))[0] for words in WORDS.values()))
    first = re.compile(f"[{tokens._FIRST}]")
    assert not [sign for sign in map(chr, range(0x10000)) if first.match(sign) and sign not in found]


@pytest.mark.parametrize(
    "path", sorted((Path(__file__).parents[3] / "reports").glob("*.[mt][dx]*")), ids=lambda path: path.stem
)
def test_a_word_is_of_one_kind_whatever_stands_around_it(path: Path) -> None:
    every = re.compile("|".join(f"(?P<{kind.name}>{words})" for kind, words in tokens._WORDS.items()))
    found = list(every.finditer(normalize("NFKC", path.read_text("utf-8"))))
    assert found
    assert not [match for match in found if tokens._kind(match[0]).name != match.lastgroup]
