"""Every policy of the library over a generated table: ours by recipient, SQL by hand, and a scan of the columns.

Run: python -m bench.library [--rows N] [--rounds N] [--only NAME …] [--folder PATH] [--json]. Processor seconds of this process, ours and by
hand in turns, both to a Parquet file of recipients; each ratio is the median of those of the turns, and the totals must agree to
the fen.

By hand it is done twice. ``paid`` gives those that are paid, and nothing of the others. ``hand`` gives what a bureau hands on: every
recipient with its number of rows, those with nothing too. Ours also says how many rows are paid or have a fault, and looks for words that
the policy does not know and recipients that stand in no table; neither does that.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from statistics import median

import duckdb
from bench.by_hand import BY_HAND, GOES_WITH
from bench.entitlements import FOLDER

from hengji.engines import columnar
from hengji.engines.columnar import Grain
from hengji.engines.columnar.grains import due_name
from hengji.policies.kinds import BOOL, COUNT, DATE, ENUM, MONEY
from hengji.policies.loading import read_policy
from hengji.policies.policy import Policy
from hengji.policies.scope import PolicyTable
from hengji.storage.policy_packs import policy_source

LIMIT = 1.15
ROWS, ROUNDS, PER_RECIPIENT = 2_000_000, 7, 50
POLICIES = ("xa-1", "xa-2", "xa-3", "xa-4", "yq-1", "yq-2", "yq-3", "zb-1", "zb-2", "zb-3", "zb-4", "zb-5", "zb-f")
_RARE = ("此前", "转让")
"""What begins so is true of one in ten; other truths of nine in ten."""
_NAMES = ("机构", "项目", "人员编号")
_LARGEST = {"人数": 1, "人月": 12, "人次": 12}
_UP_TO = 40
_BELONGS = {"科目": ("事项", dict(GOES_WITH))}
"""A word that nine rows in ten have as another of theirs asks for: a table in which items stand anywhere is no budget."""


def generate(policy: Policy, rows: int, folder: Path) -> Mapping[str, Path]:
    """The tables of a policy; what is there already is kept. Every figure comes of a hash, so that a size has one table."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {}
    for table in policy.tables.values():
        count = rows if table.name == policy.rows else max(1, rows // PER_RECIPIENT)
        path = folder / f"{policy.name}-{table.name}-{rows}.parquet"
        if not path.exists():
            cells = ", ".join(_cells(table, rows))
            duckdb.execute(f"COPY (SELECT {cells} FROM range({count})) TO '{path}' (FORMAT parquet)")
        paths[table.name] = path
    return paths


def _cells(table: PolicyTable, rows: int) -> Iterator[str]:
    recipients = max(1, rows // PER_RECIPIENT)
    drawings = {column.name: f"hash(range * 31 + {at * 7919 + 13}) // 1024" for at, column in enumerate(table.columns)}
    for column in table.columns:
        drawn = drawings[column.name]
        kind, name = column.type.basic, column.name
        if name in _NAMES:
            most = rows if name == _NAMES[-1] else recipients
            cell = "CAST(range AS INTEGER)" if table.key else f"CAST({drawn} % {most} AS INTEGER)"
        elif kind is BOOL:
            cell = f"{drawn} % 10 < {1 if name.startswith(_RARE) else 9}"
        elif kind is ENUM:
            cell = _word(column.choices, drawn)
            if name in _BELONGS:
                asking, words = _BELONGS[name]
                other = next(each for each in table.columns if each.name == asking)
                fits = f"MAP {words}[{_word(other.choices, drawings[asking])}]"
                cell = f"CASE WHEN {drawn} // 4000 % 10 < 9 THEN {fits} ELSE {cell} END"
        elif kind is DATE:
            cell = f"DATE '{1940 if name.startswith('出生') else 2010}-01-01' + CAST({drawn} % 4000 AS INTEGER)"
        else:
            scale = {COUNT: f"1 + {drawn} % {_LARGEST.get(name, _UP_TO)}", MONEY: f"{drawn} % 10000000"}
            rate = f"{drawn} % 2500 * 1000000" if "面积" in name else f"800000 + {drawn} % 200000"
            cell = f"CAST({scale.get(kind, rate)} AS {'INTEGER' if kind is COUNT else 'BIGINT'})"
        if not column.required and name not in _NAMES:
            cell = f"CASE WHEN {drawn} // 4000 % 20 > 0 THEN {cell} END"
        yield f'{cell} AS "{name}"'


def _word(choices: Sequence[str], drawn: str) -> str:
    return f"{list(choices)}[CAST(1 + {drawn} % {len(choices)} AS INTEGER)]"


def cost(work: Callable[[], object]) -> float:
    """Processor seconds, of all threads."""
    before = getrusage(RUSAGE_SELF)
    work()
    after = getrusage(RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def paid_alone(policy: Policy, paths: Mapping[str, Path]) -> str:
    """The query for the recipients that are paid."""
    return BY_HAND[policy.name].format(**paths)


def every_one(policy: Policy, paths: Mapping[str, Path]) -> str:
    """The query for all recipients, each with its number of rows."""
    name, rows = policy.recipient, paths[policy.rows]
    every = f"SELECT {name}, count(*) AS 行数 FROM '{rows}' GROUP BY {name}"
    return f"SELECT * FROM ({every}) LEFT JOIN ({paid_alone(policy, paths)}) USING ({name})"


def by_hand(query: str, out: Path) -> int:
    """The total in fen."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        connection.execute(f"COPY ({query}) TO '{out}' (FORMAT parquet)")
        answer = connection.execute(f"SELECT CAST(sum(fen) AS BIGINT) FROM '{out}'").fetchone()
    assert answer is not None
    return int(answer[0])


def differing(policy: Policy, ours: Path, hand: Path) -> int:
    """How many recipients have other amounts or another number of rows by hand."""
    name, due = policy.recipient, " + ".join(f'"{due_name(tier)}"' for tier in policy.tiers())
    found = duckdb.execute(
        f"SELECT count(*) FROM '{ours}' AS o FULL JOIN '{hand}' AS h ON o.{name} = CAST(h.{name} AS VARCHAR) "
        f"WHERE o.行数 IS DISTINCT FROM h.行数 OR {due} <> coalesce(h.fen, 0)"
    ).fetchone()
    assert found is not None
    return int(found[0])


def scan(paths: Mapping[str, Path]) -> None:
    """Every cell of every table, read and hashed together."""
    with duckdb.connect() as connection:
        connection.execute("SET enable_progress_bar = false")
        for path in paths.values():
            connection.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM '{path}'").fetchall()


def compare(name: str, rows: int, rounds: int, folder: Path) -> dict[str, float]:
    """One policy: processor seconds, and the ratios of the turns."""
    source = policy_source(name)
    assert source is not None
    policy, findings = read_policy(source)
    assert policy is not None, findings
    paths, out = generate(policy, rows, folder), folder / "library.parquet"
    works: dict[str, Callable[[], object]] = {
        "ours": partial(columnar.run, policy, paths, Grain.INSTITUTION, out),
        "hand": partial(by_hand, every_one(policy, paths), folder / "library-hand.parquet"),
        "paid": partial(by_hand, paid_alone(policy, paths), folder / "library-paid.parquet"),
        "scan": partial(scan, paths),
    }
    ours, theirs = int(sum(columnar.run(policy, paths, Grain.TOTAL).totals.values())), works["hand"]()
    if ours != theirs:
        raise ValueError(f"{name}: totals differ: {ours}, by hand {theirs}")
    for work in works.values():
        work()
    apart = differing(policy, out, folder / "library-hand.parquet")
    if apart:
        raise ValueError(f"{name}: {apart} recipients differ from those by hand")
    turns = [{each: cost(work) for each, work in works.items()} for _ in range(rounds)]
    told = {each: median(turn[each] for turn in turns) for each in works}
    return told | {
        f"vs_{each}": median(turn["ours"] / turn[each] for turn in turns) for each in ("hand", "paid", "scan")
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", nargs="+", choices=POLICIES, default=POLICIES, metavar="NAME")
    parser.add_argument("--folder", type=Path, default=FOLDER / "library")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    found = {name: compare(name, given.rows, given.rounds, given.folder) for name in given.only}
    told = {"rows": given.rows, "rounds": given.rounds, "limit": LIMIT, "policies": found}
    if given.json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for name, each in found.items():
        print(name, *(f"{what} {value:.3f}" for what, value in each.items()))


if __name__ == "__main__":
    main()
