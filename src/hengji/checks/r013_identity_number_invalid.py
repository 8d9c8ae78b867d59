"""身份证号码不合规则。

## 查什么
名册中的公民身份号码是否为18位，省级区划、出生日期和校验码是否合规（GB 11643）。号码只显示前三位和后四位。

## 为什么
编造或抄错的号码大多过不了校验码。

## 怎么改
按身份证原件改正；改不出的，该人不应列入。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import all_rows, on_lines, rosters, rows_by_person, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.model.identity import citizen_fault, masked
from hengji.model.roster import Role

CODE = "r013"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per number and table."""
    for roster in with_columns(rosters(evaluation), Role.IDENTITY):
        numbered = [row for row in all_rows(roster) if roster.text(row, Role.IDENTITY)]
        for person, rows in rows_by_person(roster, numbered).items():
            fault = citizen_fault(person.number)
            if fault:
                found = f"身份证号{masked(person.number)}{fault}（{on_lines(roster, rows)}）"
                yield suspicion(CODE, roster.place(rows[0]), found, "符合GB 11643的18位号码", "按身份证原件改正")
