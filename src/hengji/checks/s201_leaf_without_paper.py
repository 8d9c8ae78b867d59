"""末级指标没有工作底稿。

## 查什么
每个适用的末级指标是否有工作底稿 papers/<指标编号>.md。因缺少评判而不能得分的，由评分另行指出，不重复列出。

## 为什么
没有底稿，得分从何而来、谁来判断、依据什么都无从复核，归档检查也不能通过。

## 怎么改
新建底稿，写明编制人、所依据的佐证和分析。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.evaluation import Evaluation
from hengji.model.finding import Finding, Place, Severity
from hengji.model.indicator import Applicability
from hengji.scoring.faults import NOT_JUDGED
from hengji.scoring.score import leaves

CODE = "s201"


def find(evaluation: Evaluation) -> Iterator[Finding]:
    """Leaves with a score and no paper."""
    papers = {paper.indicator for paper in evaluation.dossier.papers}
    told = {finding.place.item for finding in evaluation.findings if finding.code == NOT_JUDGED.code}
    for score in leaves(evaluation.sheet.scores):
        indicator = score.indicator
        applies = indicator.applicability is Applicability.APPLICABLE
        if applies and indicator.id not in papers and indicator.id not in told:
            place = Place(f"papers/{indicator.id}.md")
            found = f"“{indicator.name}”没有工作底稿"
            yield Finding(CODE, Severity.WARNING, place, found, "每个末级指标一份底稿", "新建底稿，写明佐证和分析")
