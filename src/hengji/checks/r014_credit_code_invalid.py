"""统一社会信用代码不合规则。

## 查什么
数据表中的统一社会信用代码是否为18位，用字和校验码是否合规（GB 32100）。

## 为什么
代码错了，机构对不上登记，款可能付错。

## 怎么改
按登记证书或国家企业信用信息公示系统改正。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import all_rows, on_lines, rosters, suspicion, with_columns
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding
from hengji.model.identity import credit_fault, plain
from hengji.model.roster import Role

CODE = "r014"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per code and table."""
    for roster in with_columns(rosters(evaluation), Role.CREDIT_CODE):
        codes: dict[str, list[int]] = {}
        for row in all_rows(roster):
            code = plain(roster.text(row, Role.CREDIT_CODE))
            if code:
                codes.setdefault(code, []).append(row)
        for code, rows in codes.items():
            fault = credit_fault(code)
            if fault:
                place = roster.place_of(rows[0], roster.text(rows[0], Role.HOME))
                found = f"统一社会信用代码{code}{fault}（{on_lines(roster, rows)}）"
                yield suspicion(CODE, place, found, "符合GB 32100的18位代码", "按登记证书改正")
