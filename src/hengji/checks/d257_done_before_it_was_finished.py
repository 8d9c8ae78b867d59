"""说已经建成，而完工在后。

## 查什么
“截至某年底已建成几个”“较好地完成了当年建设任务”一类的说法，与别处写明的该年项目在此后才完工、滞后投入使用，是否矛盾。

## 为什么
完成数按哪一天算，决定产出指标的得分；两处说法不一，产出数就不可信。

## 怎么改
按同一个截止日统计完成数，未完工的另列。
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.dates import Grain
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "d257"
_UNTIL = pattern(r"截[至止](?:到)?$")
_BUILT = pattern(r"(?:已|共|先后|全部|累计)[^。;]{0,12}(?:建成|完工|竣工|投入使用|完成建设)")
_FINISHED = pattern(r"[^。;,]{0,12}(?:完工|竣工|建成|验收|投入使用|投入运营|试运营)")
_BEHIND = pattern(r"滞后|延期|逾期|未按(?:期|时)|未如期|应于|应在|按规定应|拖延")
_IN_YEAR = pattern(r"(?<!\d)(?P<year>20\d\d)年度?(?:共|新|已)*(?:建成|完工|竣工)\d+[^\W\d_]")
_REACH = 50


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Works said to be complete by a day, of which one was finished later by the report's own account."""
    complete = _complete(manuscript)
    if not complete:
        return
    for passage in manuscript.told():
        if passage.role is Role.ADVICE or not _BEHIND.search(passage.text):
            continue
        for dated in passage.dates:
            done = _FINISHED.match(passage.text, dated.end)
            first, last = passage.sentence(dated.start)
            if done is None or dated.grain is Grain.YEAR or not _BEHIND.search(passage.text, first, last):
                continue
            late = next(
                (
                    (day, span)
                    for day, span in complete
                    if day < dated.first and f"{day.year}年" in passage.text[first:last]
                ),
                None,
            )
            if late is not None:
                found = (
                    f"“{passage.text[dated.start : done.end()]}”，而别处说截至{late[0].year}年{late[0].month}月已经建成"
                )
                fault = Fault(
                    CODE,
                    Severity.WARNING,
                    found,
                    "完成数不含截止日之后完工的",
                    "按同一截止日统计，未完工的另列",
                    confidence=Confidence.LIKELY,
                )
                places = [span for _, span in complete] + list(_counted(manuscript, late[0].year))
                yield remark(reading, fault, passage.span(dated.start, done.end()), *places)
                return


def _counted(manuscript: Manuscript, year: int) -> Iterator[Span]:
    """Where so many are said to have been built in a year: 2022年建成3个."""
    for passage in manuscript.holding(f"{year}年"):
        for match in _IN_YEAR.finditer(passage.text):
            if passage.kind is Kind.PROSE and match["year"] == str(year):
                yield passage.span(*match.span())


def _complete(manuscript: Manuscript) -> list[tuple[date, Span]]:
    found = []
    for passage in manuscript.dated:
        for dated in passage.dates:
            if not _UNTIL.search(passage.text, max(0, dated.start - 4), dated.start):
                continue
            end = min(passage.sentence(dated.end)[1], dated.end + _REACH)
            if built := _BUILT.search(passage.text, dated.end, end):
                found.append((dated.last, passage.span(dated.start, built.end())))
    return found
