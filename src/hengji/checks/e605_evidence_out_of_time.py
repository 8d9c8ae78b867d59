"""佐证的日期不合。

## 查什么
佐证的生效日期、取得日期是否晚于报告日期；政策文件是否在评价期结束以后才生效。

## 为什么
评价期结束后才生效的政策，不能作为期内补助的依据；报告完成以后才有的材料，报告不可能用到。

## 怎么改
核对日期；政策确在评价期之后生效的，不列为补助依据，只作背景说明时把种类改为“参考资料”。
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from datetime import date

from hengji.checks.subjects import EVIDENCE
from hengji.model.dossier import Dossier
from hengji.model.evidence import Evidence
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding, Place, Severity
from hengji.model.patterns import pattern

CODE = "e605"
POLICY = "政策文件"
_REPORT_DATE = pattern(r"(\d{4})\D(\d{1,2})(?:\D(\d{1,2}))?")


def find(dossier: Dossier) -> Iterator[Finding]:
    """Evidence that could not be had, or was not in force, when it was used."""
    reported, end = _last_day(dossier.head.report_date), dossier.head.period.end
    for piece in dossier.evidence:
        for word, day in (("生效", piece.effective), ("取得", piece.obtained)):
            if day is not None and reported is not None and day > reported:
                yield _finding(
                    piece, f"{chinese_date(day)}{word}，晚于报告日期{dossier.head.report_date}", "报告日期以前"
                )
        policy = piece.kind == POLICY and piece.effective is not None
        if (
            policy
            and piece.effective is not None
            and end < piece.effective
            and not (reported and piece.effective > reported)
        ):
            found = f"{chinese_date(piece.effective)}才生效，评价期到{chinese_date(end)}为止"
            yield _finding(piece, found, "评价期内已经生效的政策")


def _finding(piece: Evidence, found: str, expected: str) -> Finding:
    place = Place(EVIDENCE, item=piece.id)
    text = f"佐证{piece.id}《{piece.title}》{found}"
    return Finding(CODE, Severity.WARNING, place, text, expected, "核对日期；不能作依据的，改列为背景资料")


def _last_day(text: str) -> date | None:
    """The last day that 2022年6月 or 2022-06-30 can mean; None when it is not a date."""
    match = _REPORT_DATE.search(text)
    if match is None:
        return None
    year, month = int(match[1]), int(match[2])
    try:
        return date(year, month, int(match[3]) if match[3] else calendar.monthrange(year, month)[1])
    except (ValueError, calendar.IllegalMonthError):
        return None
