"""满分只有文字支撑。

## 查什么
由人评判而得满分的末级指标，底稿中是否至少引用一个数值或一件佐证。

## 为什么
软指标给满分却没有数据和材料，是评审最先追问的地方。

## 怎么改
在底稿中引用能说明问题的数值 {{ 编号 }} 或佐证 [证:编号]；没有的，重新评判。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.subjects import paper_file
from hengji.model.binding import Plain, pieces
from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import WorkingPaper
from hengji.scoring.score import leaves

CODE = "s204"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Judged leaves at full marks whose paper points to nothing."""
    papers = {paper.indicator: paper for paper in evaluation.dossier.papers}
    for score in leaves(evaluation.sheet.scores):
        paper = papers.get(score.indicator.id)
        judged = paper is not None and paper.judgement is not None and not score.inputs
        if paper is not None and judged and 0 < score.weight == score.awarded and not _founded(paper):
            found = f"“{score.indicator.name}”得满分，底稿中没有引用任何数值或佐证"
            remedy = "引用数值 {{ 编号 }} 或佐证 [证:编号]；没有的，重新评判"
            yield Finding(CODE, Severity.NOTE, Place(paper_file(paper)), found, "至少一个数值或一件佐证", remedy)


def _founded(paper: WorkingPaper) -> bool:
    judgement = paper.judgement
    listed = list(paper.evidence)
    if judgement is not None:
        listed += [key for element in judgement.elements for key in element.evidence]
    return bool(listed) or any(not isinstance(piece, Plain) for piece in pieces(paper.analysis))
