"""Who changes between two outcomes over the same rows: found in memory, or by the database where rows are too many for that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path

from hengji.engines.columnar.dialect import DUCKDB
from hengji.engines.columnar.grains import legend
from hengji.engines.outcomes.answers import BITS, NAME, NUMBER, WORDS, Answers, Relation, by_tier, reasons_told
from hengji.engines.outcomes.cells import yuan
from hengji.model.programme import Tier
from hengji.model.record import record
from hengji.model.table import Keeping
from hengji.policies.outcome import Outcome, RowOutcome
from hengji.policies.policy import Policy

_NOW, _CHANGED = "逐行结果", "变动"
_BEFORE, _AFTER, _BITS_BEFORE, _WORDS_BEFORE, _SHIFT = '"=现行"', '"=试算"', '"=现行原因"', '"=现行说明"', '"=增减{}"'
SHIFTED = "合计不变，各级有增减"
"""What is said of a row that gets as much from other tiers."""


class Fate(Enum):
    """试算结果: what becomes of a row."""

    GAINS = "多得"
    LOSES = "少得"
    SAME = "不变"

    @staticmethod
    def of(difference: int) -> Fate:
        """By what comes to be due more, in fen."""
        return Fate.GAINS if difference > 0 else Fate.LOSES if difference else Fate.SAME


@record
class RowChanges:
    """逐行变动: fates by recipient; rows paid only under the trial, and only now, with the conditions that then refuse them.

    ``lines`` are the first lines of the file that gain, and that lose.
    """

    fates: Mapping[str, Mapping[Fate, int]]
    admitted: int
    refused: int
    reasons: Mapping[str, int]
    lines: Mapping[Fate, tuple[int, ...]]


def between(before: Outcome, after: Outcome, most: int) -> RowChanges:
    """Of two outcomes over the same rows; ``most`` lines are told of each fate."""
    pairs = list(zip(before.rows, after.rows, strict=True))
    fates: dict[str, Counter[Fate]] = {}
    lines: dict[Fate, list[int]] = {Fate.GAINS: [], Fate.LOSES: []}
    for one, other in pairs:
        fate = Fate.of(other.total - one.total)
        fates.setdefault(other.recipient, Counter())[fate] += 1
        if fate in lines and len(lines[fate]) < most:
            lines[fate].append(_line(other))
    dropped = [other for one, other in pairs if one.total and not other.total]
    return RowChanges(
        fates,
        sum(1 for one, other in pairs if other.total and not one.total),
        len(dropped),
        Counter(reason.condition for row in dropped for reason in row.reasons),
        {fate: tuple(numbers) for fate, numbers in lines.items()},
    )


def _line(row: RowOutcome) -> int:
    return row.row + 1 if row.line is None else row.line


class Beside:
    """What is due now, which ``answers`` has taken, and what trials of other policies give for the same rows."""

    def __init__(self, answers: Answers) -> None:
        self._answers = answers
        self._tried: list[tuple[str, Policy]] = []

    def take(self, name: str, policy: Policy, rows: Outcome | Path) -> None:
        """One more trial: the rows of which any tier pays another amount are set down."""
        at, now = len(self._tried), self._answers.policy
        self._tried.append((name, policy))
        self._answers.take_rows(self._rows(at), policy, rows)
        due, tried = (dict(by_tier(each)) for each in (now, policy))
        shifts = [
            (_SHIFT.format(place), f"{_of('b', tried.get(tier))} - {_of('a', due.get(tier))}")
            for place, tier in enumerate(self._tiers(policy))
        ]
        why = ((_BITS_BEFORE, f"a.{BITS}"), (_WORDS_BEFORE, f"a.{WORDS}"), (BITS, f"b.{BITS}"), (WORDS, f"b.{WORDS}"))
        differing = " OR ".join(f"{text} <> 0" for _, text in shifts) or "false"
        picked = ", ".join(f"{text} AS {name}" for name, text in (*self._totals(policy), *why, *shifts))
        self._answers.connection.execute(
            f'CREATE TEMP TABLE {self._changed(at)} AS SELECT a.{NUMBER}, a."=行号", {picked} '
            f"FROM {self._pairs(at)} WHERE {differing}"
        )

    def changes(self, at: int, most: int) -> RowChanges:
        """Of the trial that was taken at that place, as ``between`` gives them."""
        _, policy = self._tried[at]
        (_, before), (_, after) = self._totals(policy)
        signs = (f"{after} > {before}", f"{after} < {before}", f"{after} = {before}")
        counted = ", ".join(f"count(*) FILTER ({sign})" for sign in signs)
        asked = f"SELECT b.{NAME}, {counted} FROM {self._pairs(at)} GROUP BY 1 ORDER BY 1"
        fates = {
            str(name): {fate: int(number) for fate, number in zip(Fate, numbers, strict=True) if number}
            for name, *numbers in self._answers.connection.execute(asked).fetchall()
        }
        reasons, table = legend(policy), self._changed(at)
        dropped = f"{_BEFORE} <> 0 AND {_AFTER} = 0"
        tests = [
            f"{_BEFORE} = 0 AND {_AFTER} <> 0",
            dropped,
            *(f"{dropped} AND {BITS} & {bit} <> 0" for bit in reasons),
        ]
        counted = ", ".join(f"count(*) FILTER ({test})" for test in tests)
        found = self._answers.connection.execute(f"SELECT {counted} FROM {table}").fetchone()
        assert found is not None
        words = [code.rpartition(".")[2] for code, _ in reasons.values()]
        refused_by = {word: int(count) for word, count in zip(words, found[2:], strict=True) if count}
        lines = {fate: tuple(self._lines(at, sign, most)) for fate, sign in ((Fate.GAINS, ">"), (Fate.LOSES, "<"))}
        return RowChanges(fates, int(found[0]), int(found[1]), refused_by, lines)

    def _lines(self, at: int, sign: str, most: int) -> Iterator[int]:
        some = f"(SELECT * FROM {self._changed(at)} WHERE {_AFTER} {sign} {_BEFORE} ORDER BY {NUMBER} LIMIT {most})"
        asked = f"SELECT {self._answers.line()} FROM {self._answers.beside(some)} ORDER BY o.{NUMBER}"
        yield from (int(line) for (line,) in self._answers.connection.execute(asked).fetchall())

    def rows(self, keeping: Keeping) -> Relation:
        """One row for each trial and row that changes: where it stands, its cells, what is due now and then, and why not."""
        columns = [("方案", "方案"), *((name, DUCKDB.name(name)) for name in self._titles(keeping))]
        parts = []
        for at, (name, policy) in enumerate(self._tried):
            own = [f"{text} AS {DUCKDB.name(title)}" for title, text in self._cells(policy, keeping)]
            picked = ", ".join((f"{at} AS 次序", f"o.{NUMBER} AS 行序", f"{DUCKDB.word(name)} AS 方案", *own))
            parts.append(f"SELECT {picked} FROM {self._answers.beside(self._changed(at))}")
        return Relation(tuple(columns), f"({' UNION ALL '.join(parts)}) ORDER BY 次序, 行序")

    def _titles(self, keeping: Keeping) -> list[str]:
        return [title for title, _ in self._cells(self._tried[0][1], keeping)]

    def _cells(self, policy: Policy, keeping: Keeping) -> Iterator[tuple[str, str]]:
        yield from self._answers.own(keeping)
        shifts = [(tier, _SHIFT.format(place)) for place, tier in enumerate(self._tiers(policy))]
        yield from compared_amounts(_BEFORE, _AFTER, shifts)
        yield "变动", fate_told(f"{_AFTER} - {_BEFORE}", [shift for _, shift in shifts])
        yield "现行不予补助的原因", reasons_told(self._answers.policy, _BITS_BEFORE, _WORDS_BEFORE)
        yield "试算不予补助的原因", reasons_told(policy)

    def _tiers(self, policy: Policy) -> tuple[Tier, ...]:
        return tiers_of(self._answers.policy, policy)

    def _totals(self, policy: Policy) -> tuple[tuple[str, str], tuple[str, str]]:
        """What is due in all for a pair of rows."""
        now, then = (
            " + ".join(["CAST(0 AS HUGEINT)", *(f"{side}.{due}" for _, due in by_tier(each))])
            for side, each in (("a", self._answers.policy), ("b", policy))
        )
        return (_BEFORE, f"({now})"), (_AFTER, f"({then})")

    def _pairs(self, at: int) -> str:
        """Rows by their places, which no join may change."""
        return f"{_NOW} AS a JOIN {self._rows(at)} AS b ON a.{NUMBER} = b.{NUMBER}"

    def _rows(self, at: int) -> str:
        return f"试算{at}"

    def _changed(self, at: int) -> str:
        return f"{_CHANGED}{at}"


def _of(side: str, due: str | None) -> str:
    return "0" if due is None else f"CAST({side}.{due} AS HUGEINT)"


def tiers_of(now: Policy, tried: Policy) -> tuple[Tier, ...]:
    """The tiers that pay under either, from the top down."""
    paying = {*now.tiers(), *tried.tiers()}
    return tuple(tier for tier in Tier if tier in paying)


def compared_amounts(before: str, after: str, shifts: Sequence[tuple[Tier, str]]) -> Iterator[tuple[str, str]]:
    """Columns of amounts in yuan, of whole fen in SQL: now, then, the difference, and that of each tier."""
    yield "现行应补（元）", yuan(before)
    yield "试算应补（元）", yuan(after)
    yield "增减（元）", yuan(f"({after} - {before})")
    for tier, shift in shifts:
        yield f"{tier.value}增减（元）", yuan(shift)


def fate_told(difference: str, shifts: Sequence[str]) -> str:
    """多得, 少得, the same sum from other tiers, or 不变, in SQL; ``shifts`` are the differences of the tiers."""
    moved = " OR ".join(f"{each} <> 0" for each in shifts) or "false"
    return (
        f"CASE WHEN {difference} > 0 THEN '{Fate.GAINS.value}' WHEN {difference} < 0 THEN '{Fate.LOSES.value}' "
        f"WHEN {moved} THEN '{SHIFTED}' ELSE '{Fate.SAME.value}' END"
    )
