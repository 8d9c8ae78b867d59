"""政策文件没有生效日期。

## 查什么
佐证清单中种类为“政策文件”的，是否登记了生效日期。全部缺漏合为一条发现。

## 为什么
政策前后几版并存，没有生效日期就看不出评价期内应当适用哪一版。

## 怎么改
在该佐证的 effective 中填写生效日期；文件没有另写的，按印发日登记并在 note 中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import EVIDENCE
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "e604"
POLICY = "政策文件"


def find(dossier: Dossier) -> Iterator[Finding]:
    """One finding for all policy documents without a date."""
    undated = [piece.id for piece in dossier.evidence if piece.kind == POLICY and piece.effective is None]
    if undated:
        found = f"{len(undated)}份政策文件没有生效日期：{'、'.join(undated)}"
        remedy = "填写生效日期（effective）；文件没有另写的，按印发日登记"
        yield Finding(CODE, Severity.NOTE, Place(EVIDENCE), found, "政策文件都有生效日期", remedy)
