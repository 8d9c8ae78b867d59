"""佐证文件没有登记校验值。

## 查什么
佐证有文件的，是否登记了文件的校验值（sha256）。

## 为什么
没有校验值，日后无法证明文件没有改动过。

## 怎么改
把随发现给出的校验值写入该佐证的 sha256。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import EVIDENCE
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "e603"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Files that could be changed unnoticed."""
    for piece in dossier.evidence:
        digest = dossier.digests.get(piece.path)
        if digest is not None and not piece.sha256:
            found = f"佐证{piece.id}的文件 {piece.path} 没有登记校验值"
            remedy = f"登记校验值（sha256）{digest}"
            yield Finding(CODE, Severity.NOTE, Place(EVIDENCE, item=piece.id), found, "", remedy)
