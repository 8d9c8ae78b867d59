"""同一个数前后不一致。

## 查什么
全文中除数字外措辞相同的分句，数字是否一致；只出现一次的数，与多次出现的数只差一个数字、或相邻两位互换的，提示核对；数字相同而单位不同的、换算成同一单位后只差一个数字的、名称末尾几个字相同的、
同名的结余，同样核对。摘要、问题和建议换了说法再说的数，与其他各章核对；建议中“附件不全的2笔”一类的数，与写明这个毛病的地方核对；两句话里有同一个少见的数，旁边的数也核对。两张表中逐行同名、各行的数大都相同的一列，核对不同的行；正文逐个写出名称和数的，也与这样的列核对；写出行名和栏名的（县级资金结余……万元），与那一格核对。得分算式里的率与前面写的率应当相同。反复套用的句式不查。

## 为什么
摘要、正文、问题和建议引用同一个数，改了一处没有改另一处，是评审最常见的退回原因。

## 怎么改
查明哪一处是准的，把全文改成一致；确是两回事的，写出各自的名称或年度。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import SEVERITIES
from hengji.checks.remarks import Fault, contradicted
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "t760"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Numbers that stand otherwise where the same is said."""
    for claim in claims.of(Relation.REPEAT):
        stated, other = claim.quantities
        line = reading.line(other.span.start)
        found = f"这里写{reading.quote(stated.span).strip()}，另一处（第{line}行）写{reading.quote(other.span).strip()}"
        fault = Fault(
            CODE,
            SEVERITIES[claim.confidence],
            found,
            "前后一致",
            "查明哪一处是准的，把全文改成一致",
            claim.computation,
            claim.confidence,
        )
        yield contradicted(reading, claim, fault)
