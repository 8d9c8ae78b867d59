"""结余不等于收支之差。

## 查什么
结余、剩余、未支付、尚未到位等数，是否等于预算或到位数减去已支出数；没有完成、没有兑付的个数，资产减去负债所得的净资产、原值减去折旧所得的净值，同样比较。减数在别处的，取全文反复写到的数，
只差一个数字才提出。

## 为什么
结余数错了，应收回或结转的资金就说不清。

## 怎么改
核对到位、支出和结余三个数，改正写错的一个；有上年结转或收回的，一并写出。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import Telling, tell
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading
from hengji.reading.statements.holdings import OWN, WORTH

CODE = "a154"
_COMPARED = {OWN: "资产、负债和净资产", WORTH: "原值、折旧和净值"}


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rests that are not the difference of their amounts."""
    for claim in claims.of(Relation.DIFFERENCE):
        compared = _COMPARED.get(claim.about)
        remedy = f"核对{compared or '到位、支出和结余'}，改正写错的数"
        telling = Telling(CODE, claim.about if compared else "结余", "按文中的数相减不是这个数", remedy)
        yield from tell(reading, telling, [claim])
