"""佐证文件不在档案中。

## 查什么
evidence.yaml 写有文件路径的佐证，档案中是否有这个文件。

## 为什么
佐证清单说有、翻开没有，结论就没有依据可查。

## 怎么改
把文件放到所写的路径，或改正路径；只查阅、未取得副本的，删去 path 并在 note 中说明。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import EVIDENCE
from hengji.engines.fitting import files_like
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity

CODE = "e601"


def find(dossier: Dossier) -> Iterator[Finding]:
    """Paths of evidence at which there is no file."""
    for piece in dossier.evidence:
        if piece.path and piece.path not in dossier.digests:
            near = files_like(piece.path, dossier.digests)
            remedy = f"可能是 {near[0]}" if near else "放入文件，或改正路径；没有副本的，不写路径（path）"
            found = f"佐证{piece.id}《{piece.title}》的文件 {piece.path} 不存在"
            yield Finding(CODE, Severity.ERROR, Place(EVIDENCE, item=piece.id), found, "档案中的文件", remedy)
