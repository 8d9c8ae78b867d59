"""How many faults put into reports that hold the review finds, by kind of what was changed.

Run: python -m bench.mutation [--mutants 1000] [--seed 1] [--missed] [--json | --write]. A fault is found when there is a finding that
was not there before, one of whose quotes stands over the changed place or one that it is at odds with.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from random import Random
from time import process_time

from bench.mutants import BOUND, Holding, Kind, Mutant, holdings, mutants
from docs.pages import mutation

from hengji.model.finding import Finding
from hengji.model.profile import Profile
from hengji.work.review import profile_named, review_bytes

PROFILE = "国家项目"
NEAR = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """A mutant and the new findings that tell it; none where it was missed."""

    mutant: Mutant
    told: tuple[Finding, ...]


def sample(reports: Sequence[Holding], number: int, seed: int) -> list[Mutant]:
    """So many mutants, as many of each report as there are, the same for the same seed."""
    random = Random(seed)
    every = [mutants(report, random) for report in reports]
    rows = (each for row in zip_longest(*every) for each in row if each is not None)
    return [mutant for mutant, _ in zip(rows, range(number), strict=False)]


def outcomes(reports: Sequence[Holding], chosen: Sequence[Mutant]) -> Iterator[Outcome]:
    """What the review says of each mutant."""
    profile, faults = profile_named(PROFILE)
    if profile is None:
        raise RuntimeError(faults)
    texts = {report.name: report.text for report in reports}
    before = {report.name: Counter(map(_told, _findings(report.name, report.text, profile))) for report in reports}
    for mutant in chosen:
        known = before[mutant.report].copy()
        new = []
        for finding in _findings(mutant.report, mutant.of(texts[mutant.report]), profile):
            if known[_told(finding)]:
                known[_told(finding)] -= 1
            else:
                new.append(finding)
        yield Outcome(mutant, tuple(finding for finding in new if _tells(finding, mutant)))


def _findings(name: str, text: str, profile: Profile) -> tuple[Finding, ...]:
    return review_bytes(name, text.encode(), profile).findings


def _told(finding: Finding) -> tuple[str, str]:
    return finding.code, finding.message


def _tells(finding: Finding, mutant: Mutant) -> bool:
    shift = len(mutant.text) - (mutant.end - mutant.start)
    places = {(mutant.start, mutant.start + len(mutant.text))}
    places |= {(a + shift, b + shift) if a > mutant.start else (a, b) for a, b in mutant.beside}
    return any(quote.start < end and start < quote.end for quote in finding.quotes for start, end in places)


def table(found: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    """By kind: how many were made, and how many were found."""
    rows: dict[str, dict[str, int]] = {kind.value: {"made": 0, "found": 0} for kind in Kind}
    for outcome in found:
        row = rows[outcome.mutant.kind.value]
        row["made"] += 1
        row["found"] += bool(outcome.told)
    return {kind: row for kind, row in rows.items() if row["made"]}


def rate(rows: Mapping[str, Mapping[str, int]], kinds: Sequence[Kind] = BOUND) -> float:
    """The part that was found, of all of some kinds together."""
    chosen = [rows[kind.value] for kind in kinds if kind.value in rows]
    return sum(row["found"] for row in chosen) / max(1, sum(row["made"] for row in chosen))


def _show_missed(found: Sequence[Outcome], texts: Mapping[str, str]) -> None:
    groups = defaultdict(list)
    for outcome in found:
        if not outcome.told:
            groups[outcome.mutant.kind].append(outcome.mutant)
    for kind, missed in groups.items():
        for mutant in missed:
            text = texts[mutant.report]
            before, after = (
                text[max(0, mutant.start - NEAR // 2) : mutant.start],
                text[mutant.end : mutant.end + NEAR // 2],
            )
            said = f"{before}[{text[mutant.start : mutant.end]}→{mutant.text}]{after}".replace("\n", "⏎").replace(
                "\t", "⇥"
            )
            print(f"{kind.value} {mutant.report}: {said}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mutants", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--missed", action="store_true")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--write", action="store_true", help="keep it for the manual")
    given = parser.parse_args()
    reports = holdings()
    begin = process_time()
    found = list(outcomes(reports, sample(reports, given.mutants, given.seed)))
    rows = table(found)
    seconds = round((process_time() - begin) / max(1, len(found)), 3)
    result = {
        "mutants": len(found),
        "seed": given.seed,
        "reports": len(reports),
        "rate": round(rate(rows), 4),
        "kinds": rows,
    }
    if given.missed:
        _show_missed(found, {report.name: report.text for report in reports})
    if given.write:
        mutation.KEPT.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if given.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for kind, row in rows.items():
        print(f"{kind:<12}{row['found']:>5} / {row['made']:<5}{row['found'] / row['made']:7.1%}")
    print(f"{result['rate']:.1%} of what is bound; {seconds} seconds of processor each")


if __name__ == "__main__":
    main()
