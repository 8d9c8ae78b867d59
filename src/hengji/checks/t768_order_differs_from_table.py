"""名次与表中的数不符。

## 查什么
正文写某一行“最多”“最高”“居首”“最少”“最低”“次之”“列前三位”的，与有这一行的各张表核对：写了数的，找这个数所在的列；没有写数的，按“……最高的是”前后的词找列。
哪一列都说不通时才提示。写明“三个乡”“四个街道”的，只在这几行里比。

## 为什么
表格改过以后，正文里的名次最容易忘记改；名次错了，经验、问题和建议就指错了对象。

## 怎么改
对照表格改正名称或者名次；比的是别的口径的，写明口径。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.printed_numbers import SEVERITIES
from hengji.checks.remarks import Fault, contradicted
from hengji.model.claim import Claims, Relation
from hengji.model.finding import Finding
from hengji.model.reading import Reading

CODE = "t768"


def find(reading: Reading, claims: Claims) -> Iterator[Finding]:
    """Rows that are not the first, the second or the last that the text says they are."""
    for claim in claims.of(Relation.RANK):
        said = "".join(reading.quote(claim.span).split())
        found = f"这里说“{said}”，按表中的数不是这样：{claim.computation}"
        fault = Fault(
            CODE,
            SEVERITIES[claim.confidence],
            found,
            claim.expected,
            "对照表格改正名称、名次或数",
            claim.computation,
            claim.confidence,
        )
        yield contradicted(reading, claim, fault)
