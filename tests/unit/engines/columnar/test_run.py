"""Plans over Parquet files: the same rows as the reference, three grains, exact types, and nothing half-written."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction
from pathlib import Path

import duckdb
import pytest
from tests.unit.engines.columnar.test_packs_agree import pack

from hengji.engines import columnar, reference
from hengji.engines.columnar import Grain, Plan
from hengji.engines.columnar.grains import legend
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.table import ColumnType, Table, Value
from hengji.policies.outcome import Outcome
from hengji.policies.policy import Policy

ROSTER = """
COPY (
  SELECT '院' || (i * 7 % 13) AS 机构, CAST(i * 31 % 97 AS INTEGER) AS 人员编号,
    ['能力完好', '轻度', '中度', '重度'][1 + i % 4] AS 失能等级, 1 AS 人数, CAST(1 + i % 3 AS TINYINT) AS 人月
  FROM range(2000) AS r(i)
) TO '{path}' (FORMAT parquet, ROW_GROUP_SIZE 500)
"""
HOMES = """
COPY (
  SELECT '院' || i AS 机构, i % 5 > 0 AS 列入名单, ['一星', '二星', '三星', '四星', '五星', '未评定'][1 + i % 6] AS 星级,
    CASE WHEN i % 4 > 0 THEN '民办' END AS 运营方式, CASE WHEN i <> 3 THEN '普通' END AS 经营形态,
    DATE '2020-02-29' AS 投运日期, DATE '2021-02-28' + CAST(i % 2 AS INTEGER) AS 申请日期,
    CAST(NULL AS DATE) AS 上次省级奖补日期, i % 3 = 0 AS 省级复核, TRUE AS 法人登记, TRUE AS 备案或许可,
    CASE WHEN i <> 7 THEN TRUE END AS 平台信息及时更新, CAST(CASE WHEN i <> 5 THEN 0.89 + i * 0.005 END AS DECIMAL(7, 6)) AS 满意率
  FROM range({count}) AS r(i)
) TO '{path}' (FORMAT parquet)
"""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return pack("zb-3")


@pytest.fixture(params=[12, 13], ids=["an institution is not in the list", "all institutions are in the list"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, Path]:
    paths = {"入住人月": tmp_path / "roster.parquet", "机构信息": tmp_path / "homes.parquet"}
    duckdb.execute(ROSTER.format(path=paths["入住人月"]))
    duckdb.execute(HOMES.format(path=paths["机构信息"], count=request.param))
    return paths


def read(policy: Policy, files: dict[str, Path]) -> dict[str, Table]:
    """The same rows as tables in memory."""
    tables = {}
    for name, path in files.items():
        declared = policy.tables[name]
        rows: list[tuple[Value, ...]] = []
        cursor = duckdb.execute(f"SELECT * FROM '{path}'")
        names = [each[0] for each in cursor.description or ()]
        for row in cursor.fetchall():
            cells = dict(zip(names, row, strict=True))
            rows.append(tuple(typed(cells[column.name], column.type.value) for column in declared.columns))
        tables[name] = Table(name, declared.columns, tuple(rows), path=str(path))
    return tables


def typed(cell: object, kind: str) -> Value:
    if kind in {"文本", "枚举"} and cell is not None:
        return str(cell)
    if kind == "数值" and cell is not None:
        return Fraction(str(cell))
    assert cell is None or isinstance(cell, int | bool | date)
    return cell


@pytest.fixture
def outcome(policy: Policy, files: dict[str, Path]) -> Outcome:
    return reference.calculate(policy, read(policy, files))[0]


def planned(policy: Policy, files: dict[str, Path]) -> Plan:
    plan = columnar.prepare(policy, files)
    assert isinstance(plan, Plan), plan
    return plan


def test_row_by_row_the_same_amounts_reasons_and_faults(
    policy: Policy, files: dict[str, Path], outcome: Outcome, tmp_path: Path
) -> None:
    out = tmp_path / "out.parquet"
    result = columnar.run(planned(policy, files), files, Grain.ROW, out)
    assert result.findings == ()
    words = legend(policy)
    rows = duckdb.execute(f"SELECT * FROM '{out}' ORDER BY 行").fetchall()
    assert len(rows) == len(outcome.rows) == result.rows
    for row, (number, recipient, due, mask, faults) in zip(outcome.rows, rows, strict=True):
        assert (number, recipient, due) == (row.row, row.recipient, row.due[Tier.PROVINCE])
        assert {code for bit, (code, _) in words.items() if mask & bit} == {reason.code for reason in row.reasons}
        found = [each.split()[0] for each in faults.split("；")] if faults else []
        assert set(found) == {fault.code for fault in row.faults}
    assert result.totals == outcome.totals
    assert result.paid == sum(not row.reasons and not row.faults for row in outcome.rows)
    assert result.broken == sum(bool(row.faults) for row in outcome.rows)


def test_recipients_and_totals(policy: Policy, files: dict[str, Path], outcome: Outcome, tmp_path: Path) -> None:
    plan = planned(policy, files)
    result = columnar.run(plan, files, Grain.INSTITUTION)
    assert {name: due for name, due, *_ in result.records} == {
        name: due[Tier.PROVINCE] for name, due in outcome.recipients.items()
    }
    assert {name: rows for name, _, rows, *_ in result.records} == Counter(row.recipient for row in outcome.rows)
    out = tmp_path / "institutions.parquet"
    written = columnar.run(plan, files, Grain.INSTITUTION, out, memory="200MB")
    assert written.totals == result.totals == columnar.run(plan, files, Grain.TOTAL).totals == outcome.totals
    assert duckdb.execute(f"SELECT typeof(\"省级（分）\") FROM '{out}' LIMIT 1").fetchone() == ("BIGINT",)


def test_alike_rows_are_counted_together(policy: Policy, files: dict[str, Path]) -> None:
    plan = planned(policy, files)
    assert plan.groups is not None
    assert "相同的行合并计数" in plan.explain() or "合并计数" in plan.explain()


def test_a_floating_point_column_is_refused_by_name(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.parquet"
    duckdb.execute(
        f"COPY (SELECT * REPLACE (CAST(满意率 AS DOUBLE) AS 满意率) FROM '{files['机构信息']}') TO '{spoilt}' (FORMAT parquet)"
    )
    findings = columnar.prepare(policy, files | {"机构信息": spoilt})
    assert isinstance(findings, tuple)
    assert [finding.found for finding in findings] == ["列「满意率」在文件里是 DOUBLE"]


def test_a_missing_file_and_a_missing_column_are_findings(
    policy: Policy, files: dict[str, Path], tmp_path: Path
) -> None:
    findings = columnar.prepare(policy, files | {"机构信息": tmp_path / "nowhere.parquet"})
    assert isinstance(findings, tuple)
    assert findings[0].found == "读不出 Parquet 文件"
    less = tmp_path / "less.parquet"
    duckdb.execute(f"COPY (SELECT * EXCLUDE (星级) FROM '{files['机构信息']}') TO '{less}' (FORMAT parquet)")
    findings = columnar.prepare(policy, files | {"机构信息": less})
    assert isinstance(findings, tuple)
    assert [finding.found for finding in findings] == ["数据表「机构信息」缺少列「星级」（枚举）"]


def test_what_was_there_stays_when_the_run_cannot_end(policy: Policy, files: dict[str, Path], tmp_path: Path) -> None:
    out = tmp_path / "out.parquet"
    out.write_bytes(b"before")
    plan = planned(policy, files)
    files["入住人月"].unlink()
    result = columnar.run(plan, files, Grain.ROW, out)
    assert [finding.code for finding in result.findings] == ["P211"]
    assert out.read_bytes() == b"before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["homes.parquet", "out.parquet"]


def test_nothing_is_lost_between_rows_and_totals(policy: Policy, files: dict[str, Path]) -> None:
    result = columnar.run(planned(policy, files), files, Grain.INSTITUTION)
    assert result.totals == {Tier.PROVINCE: Money(sum(due for _, due, *_ in result.records))}


def test_a_number_that_names_somebody_is_a_text(policy: Policy, files: dict[str, Path]) -> None:
    main = policy.tables[policy.rows]
    columns = tuple(
        replace(each, type=ColumnType.CITIZEN) if each.name == "人员编号" else each for each in main.columns
    )
    sealed = replace(policy, tables={**policy.tables, policy.rows: replace(main, columns=columns)})
    result = columnar.run(sealed, files, Grain.INSTITUTION)
    assert result == columnar.run(policy, files, Grain.INSTITUTION)
    assert result.findings == ()
