"""佐证文件与登记时不同。

## 查什么
佐证登记了校验值（sha256）的，文件现在的校验值是否相同。

## 为什么
登记以后改动过的佐证，不再是当时据以下结论的那一份。只作警告：各数已经按现在的文件重新算出，改动是否有理由由人判断。

## 怎么改
换回原来的文件；确需更新的，说明更新的理由，重新核对引用它的结论，再按随发现列出的新校验值登记。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import EVIDENCE
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "e602"
_SHOWN = 12


def find(dossier: Dossier) -> Iterator[Finding]:
    """Files that are not what was registered."""
    for piece in dossier.evidence:
        digest = dossier.digests.get(piece.path)
        if digest is not None and piece.sha256 and piece.sha256.lower() != digest:
            yield Finding(
                CODE,
                Severity.WARNING,
                Place(EVIDENCE, item=piece.id),
                f"佐证{piece.id}的文件 {piece.path} 登记后有改动",
                f"与登记时相同（校验值 {piece.sha256[:_SHOWN]}…）",
                f"换回原文件；确需更新的，核对引用它的结论后，把登记的校验值（sha256）改为 {digest}",
            )
