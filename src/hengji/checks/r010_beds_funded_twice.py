"""同一批床位领了两次建设补助。

## 查什么
按床位核算的建设补助（主表有床位数、没有人员），同一机构同一批床位是否在两项核算或同一张表的两行中都予补助。登记了床位批次的按批次，
没有的按床位数相同。

## 为什么
建设补助一张床位只补一次；两项办法可以叠加的，文件应当写明。

## 怎么改
核对两项办法是否允许就同一批床位叠加；不允许的追回一项，允许的在报告中写明依据。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.rosters import Roster, rosters, suspicion
from hengji.model.evaluation import Evaluation, Grant
from hengji.model.finding import Finding
from hengji.model.record import record
from hengji.model.roster import Role

CODE = "r010"


@record
class _Funded:
    grant: Grant
    roster: Roster
    row: int

    def said(self) -> str:
        tiers = [tier.value for tier, amount in self.grant.rows[self.row].due.items() if amount]
        return f"“{self.grant.title}”（{'、'.join(tiers)}，{self.roster.table.path}第{self.roster.line(self.row)}行）"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """One finding per home and batch of beds."""
    batches: dict[tuple[str, str], list[_Funded]] = {}
    for roster in rosters(evaluation):
        role = next((role for role in (Role.NEW_BEDS, Role.BEDS) if roster.has(role)), None)
        if role is None or roster.has(Role.PERSON) or roster.has(Role.IDENTITY) or roster.has(Role.MONTH):
            continue
        for grant in roster.grants:
            for row in grant.rows:
                if any(row.due.values()):
                    batch = roster.text(row.row, Role.BATCH) or f"{roster.text(row.row, role)}张"
                    batches.setdefault((roster.home(row.row), batch), []).append(_Funded(grant, roster, row.row))
    for (_, batch), funded in batches.items():
        if len(funded) > 1:
            first = funded[0]
            home = first.roster.text(first.row, Role.HOME)
            found = f"{home}的床位（{batch}）列在{'、'.join(each.said() for each in funded)}"
            remedy = "核对是否允许就同一批床位叠加；不允许的追回一项"
            yield suspicion(CODE, first.roster.place(first.row), found, "一批床位补一次", remedy)
