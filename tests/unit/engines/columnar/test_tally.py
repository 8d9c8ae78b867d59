"""The tally beside the database: each row is counted once, whoever reads it, and what it cannot hold is told in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.engines.columnar.tallied import needs_tally

from hengji.engines import duck
from hengji.engines.columnar.store import connect, has_tally
from hengji.engines.columnar.watching import Watch

pytestmark = needs_tally
LARGEST_KEY = 2**48 - 2
MOST = 2**16 - 2
CODES = 5
Row = tuple[int, int | None, int | None]


@pytest.fixture(scope="module")
def database() -> Iterator[duck.Connection]:
    with closing(loaded()) as connection:
        yield connection


def loaded() -> duck.Connection:
    connection = connect()
    assert has_tally(connection)
    return connection


def count(connection: duck.Connection, rows: str, *cells: Sequence[int | None], keys: int = 0) -> None:
    """A tally of these rows (SQL), which is left open."""
    connection.execute(f"SELECT tally_open({CODES}, {keys})")
    question = f"SELECT count(*) FROM ({rows}) WHERE tally_row(CAST(code AS INTEGER), key, amount)"
    assert connection.execute(question, list(cells)).fetchall() == [(0,)]


def of_codes(connection: duck.Connection) -> dict[int, int]:
    told = connection.execute("FROM tally_codes()").fetchall()
    assert len(dict(told)) == len(told)
    return dict(told)


def over(connection: duck.Connection, most: int) -> set[int]:
    told = [key for (key,) in connection.execute(f"FROM tally_over({most})").fetchall()]
    assert len(set(told)) == len(told)
    return set(told)


def exact(connection: duck.Connection, rows: str, most: int) -> None:
    """What was counted is what the database gathers."""
    assert of_codes(connection) == dict(
        connection.execute(f"SELECT code, count(*) FROM ({rows}) GROUP BY 1").fetchall()
    )
    gathered = f"SELECT key FROM ({rows}) WHERE key IS NOT NULL GROUP BY 1 HAVING sum(amount) > {most}"
    assert over(connection, most) == {key for (key,) in connection.execute(gathered).fetchall()}


KEYS = st.none() | st.sampled_from([0, 1, 2, LARGEST_KEY]) | st.integers(0, LARGEST_KEY)
AMOUNTS = st.none() | st.integers(0, 3) | st.sampled_from([MOST, MOST + 1, MOST + 2, 2**63 - 1])
CELLS = "SELECT unnest(?::INTEGER[]) AS code, unnest(?::BIGINT[]) AS key, unnest(?::BIGINT[]) AS amount"


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, CODES - 1), KEYS, AMOUNTS), min_size=1, max_size=80),
    st.sampled_from([1, 2, 90]),
    st.integers(0, 12) | st.integers(0, MOST),
    st.sampled_from([0, 50_000]),
)
def test_whatever_the_rows(database: duck.Connection, rows: list[Row], times: int, most: int, keys: int) -> None:
    cells = [list(column) for column in zip(*rows, strict=True)]
    count(database, CELLS, *(column * times for column in cells), keys=keys)
    assert of_codes(database) == {code: times * found for code, found in Counter(code for code, *_ in rows).items()}
    totals: Counter[int] = Counter()
    for _, key, amount in rows:
        if key is not None:
            totals[key] += times * (amount or 0)
    assert over(database, most) == {key for key, total in totals.items() if total > most}


SHAPES = {
    "all are the same": "SELECT 1 AS code, 5 AS key, 1 AS amount FROM range(10000)",
    "one key": "SELECT range % 3 AS code, 5 AS key, 1 AS amount FROM range(10000)",
    "one code": "SELECT 2 AS code, range % 700 AS key, range % 3 AS amount FROM range(10000)",
    "keys one after the other": "SELECT 2 AS code, range AS key, 9 AS amount FROM range(10000)",
    "nobody": "SELECT 2 AS code, CAST(NULL AS BIGINT) AS key, 9 AS amount FROM range(10000)",
    "some have none": "SELECT range % 5 AS code, CASE WHEN range % 3 > 0 THEN range % 1000 END AS key, 1 AS amount FROM range(10000)",
    "amounts are missing": "SELECT 0 AS code, range % 1000 AS key, CASE WHEN range % 3 > 0 THEN 2 END AS amount FROM range(10000)",
    "two halves": "SELECT 0 AS code, range AS key, 9 AS amount FROM range(9000) UNION ALL SELECT 1, range, 1 FROM range(9000)",
    "joined": "SELECT i % 5 AS code, j AS key, j AS amount FROM range(9000) AS l(i) LEFT JOIN range(500) AS r(j) ON i % 900 = j",
    "of a list": "SELECT unnest([0, 1, 1]) AS code, unnest([NULL, range, 7]) AS key, 1 AS amount FROM range(5000)",
    "none": "SELECT 0 AS code, range AS key, 9 AS amount FROM range(0)",
}


@pytest.mark.parametrize("rows", list(SHAPES.values()), ids=list(SHAPES))
def test_however_they_come(database: duck.Connection, rows: str) -> None:
    count(database, rows)
    exact(database, rows, 8)


def test_many_more_keys_than_expected(database: duck.Connection) -> None:
    rows = f"SELECT 0 AS code, range * 938249923 % {LARGEST_KEY + 1} AS key, 1 + range % 2 AS amount FROM range(300000)"
    count(database, rows)
    exact(database, rows, 1)
    assert len(over(database, 0)) == 300_000


def test_a_total_goes_no_further(database: duck.Connection) -> None:
    count(
        database,
        "SELECT 0 AS code, range % 2 AS key, CASE range % 2 WHEN 0 THEN 50 ELSE 1 END AS amount FROM range(20000)",
    )
    assert over(database, MOST) == {0}
    assert over(database, MOST + 1) == set()
    assert over(database, 9_999) == {0, 1}
    assert over(database, 10_000) == {0}


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tally") / "rows.parquet"
    cells = "i % 5 AS code, CASE WHEN i % 11 > 0 THEN i * 31 % 99991 END AS key, i % 4 AS amount"
    cells += ", i // 9 % 70 AS few, '人' || i // 9 % 7000 AS word"
    with closing(connect()) as connection:
        connection.execute(f"COPY (SELECT {cells} FROM range(1000000) AS r(i)) TO '{path}' (ROW_GROUP_SIZE 20000)")
    return path


OF_FILE = {
    "as they stand": "FROM '{}'",
    "keys alone": "SELECT 0 AS code, key, 1 AS amount FROM '{}'",
    "few keys alone, out of a dictionary": "SELECT 0 AS code, few AS key, 1 AS amount FROM '{}'",
    "words out of a dictionary": "SELECT 0 AS code, CAST(hash(word) >> 17 AS BIGINT) AS key, 1 AS amount FROM '{}'",
    "amounts alone": "SELECT 0 AS code, 7 AS key, amount FROM '{}'",
    "codes alone": "SELECT code, 7 AS key, 1 AS amount FROM '{}'",
    "nothing of it": "SELECT 0 AS code, 7 AS key, 1 AS amount FROM '{}'",
}


@pytest.mark.parametrize("form", list(OF_FILE.values()), ids=list(OF_FILE))
def test_out_of_a_file(database: duck.Connection, file: Path, form: str) -> None:
    count(database, form.format(file))
    for most in (1, 9, 10, 14_285, MOST):
        exact(database, form.format(file), most)


@pytest.mark.parametrize("keys", [0, 100_000, 20_000_000])
def test_several_threads(file: Path, keys: int) -> None:
    with closing(loaded()) as connection:
        connection.execute("SET threads = 4")
        for most in (0, 14, 15, 16):
            count(connection, f"FROM '{file}'", keys=keys)
            exact(connection, f"FROM '{file}'", most)


def test_two_databases_at_once(file: Path) -> None:
    def counted(_: int) -> None:
        with closing(loaded()) as connection:
            for code in range(CODES):
                rows = f"SELECT {code} AS code, key, amount * {code} AS amount FROM '{file}'"
                count(connection, rows)
                exact(connection, rows, 20)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(counted, range(2)))


def test_loaded_by_many_at_once() -> None:
    def counted(at: int) -> set[int]:
        with closing(loaded()) as connection:
            count(connection, f"SELECT 0 AS code, {at} AS key, 1 AS amount FROM range(3000)")
            return over(connection, 2999)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(counted, range(24))) == [{at} for at in range(24)]


def test_opened_anew_and_closed(database: duck.Connection) -> None:
    assert has_tally(database)
    for _ in range(2):
        count(database, "SELECT 0 AS code, 7 AS key, 1 AS amount FROM range(10)")
        assert (of_codes(database), over(database, 9), over(database, 10)) == ({0: 10}, {7}, set())
    for _ in range(2):
        assert database.execute("SELECT tally_close()").fetchall() == [(True,)]
        for question in ("FROM tally_codes()", "FROM tally_over(1)", "SELECT tally_row(0, 1, 1)"):
            with pytest.raises(duck.InvalidInputException, match="tally: not open"):
                database.execute(question).fetchall()


@pytest.mark.parametrize(
    "row",
    [
        (CODES, 1, 1),
        (-1, 1, 1),
        ("NULL::INTEGER", 1, 1),
        (0, -1, 1),
        (0, LARGEST_KEY + 1, 1),
        (0, -(2**63) + 1, 1),
        (0, 1, -1),
    ],
)
def test_what_it_cannot_hold(database: duck.Connection, row: tuple[object, ...]) -> None:
    for rows in ("range(1)", "range(100000) WHERE range = 99999"):
        database.execute(f"SELECT tally_open({CODES}, 0)")
        with pytest.raises(duck.InvalidInputException, match="tally: out of range"):
            database.execute(f"SELECT tally_row({', '.join(map(str, row))}) FROM {rows}").fetchall()
    count(database, "SELECT 0 AS code, 7 AS key, 1 AS amount FROM range(10)")
    assert (of_codes(database), over(database, 9)) == ({0: 10}, {7})


def test_more_than_there_is_memory_for(database: duck.Connection) -> None:
    for keys in (10**15, -1):
        with pytest.raises(duck.OutOfMemoryException, match="tally: out of memory"):
            Watch(database, None).execute(f"SELECT tally_open(10, {keys})")
        with pytest.raises(duck.InvalidInputException, match="tally: not open"):
            database.execute("FROM tally_codes()")


def test_a_statement_that_is_stopped(database: duck.Connection) -> None:
    def stop(_done: int, _rows: int) -> None:
        raise KeyboardInterrupt

    database.execute("SELECT tally_open(1, 0)")
    with pytest.raises(KeyboardInterrupt):
        Watch(database, stop).execute("SELECT count(*) FROM range(100000000000) WHERE tally_row(0, range % 1000, 1)")
    rows = "SELECT 0 AS code, range % 1000 AS key, 1 AS amount FROM range(100000)"
    count(database, rows)
    exact(database, rows, 99)


def test_a_database_that_is_kept_from_loading_it() -> None:
    with closing(duck.connect()) as connection:
        assert not has_tally(connection)
        with pytest.raises(duck.Error, match="tally_open"):
            connection.execute("SELECT tally_open(1, 1)")
        assert connection.execute("SELECT 1").fetchall() == [(1,)]
