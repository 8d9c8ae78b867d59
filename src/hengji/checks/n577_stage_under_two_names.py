"""评价阶段的名称前后不同。

## 查什么
“分为前期准备、现场调研、报告撰写三个阶段”之后，各阶段的标题和叙述用的名称是否与列出的一致。只是增减字、调换词序的不算。

## 为什么
列出的是一个名称，后面写另一个，读者不知道是同一阶段还是漏写了一个。

## 怎么改
以列出的名称为准，前后统一。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Passage, Role

CODE = "n577"
_LIST = pattern(rf"分(?:为|成|别为)?(?P<names>(?:{HAN}|[、])+?)(?:等)?[二两三四五六234]个阶段")
_SPLIT = pattern(r"、|以及|[和及与]")
_STAGE = pattern(rf"(?:^|[、,。;:)])(?:在|是|第[一二三四五六](?:是)?)?(?P<name>(?!在){HAN}{{4,8}})阶段")
_FEWEST = 2


@record
class _Listed:
    """列出的阶段: their names without the word for stage, and where they stand."""

    names: tuple[str, ...]
    span: Span


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Stages that are told under a name that is nearly one of those announced, each once."""
    passages = [
        passage for passage in manuscript.holding("阶段") if passage.role is Role.WORK and passage.kind is not Kind.CELL
    ]
    for number, passage in enumerate(passages):
        if listed := _listed(passage):
            yield from _judge(reading, passages[number:], listed)
            return


def _listed(passage: Passage) -> _Listed | None:
    match = _LIST.search(passage.text)
    names = tuple(name.removesuffix("阶段") for name in _SPLIT.split(match["names"])) if match else ()
    return _Listed(names, passage.span(match.start(), match.end())) if match and len(names) >= _FEWEST else None


def _judge(reading: Reading, passages: Sequence[Passage], listed: _Listed) -> Iterator[Finding]:
    told: set[str] = set()
    for passage in passages:
        for match in _STAGE.finditer(passage.text):
            name = match["name"]
            meant = _meant(name, listed.names)
            if not meant or name in told:
                continue
            told.add(name)
            found = f"这里叫“{name}阶段”，前面列出的是“{meant}”"
            fault = Fault(
                CODE, Severity.NOTE, found, "一个阶段一个名称", "以列出的名称为准统一", confidence=Confidence.LIKELY
            )
            yield remark(reading, fault, passage.span(match.start("name"), match.end()), listed.span)


def _meant(name: str, names: Sequence[str]) -> str:
    """The one announced stage that begins as this one and ends otherwise; empty where it is one of them, or like none."""
    if any(set(name) <= set(each) or set(each) <= set(name) for each in names):
        return ""
    alike = [each for each in names if each[:2] == name[:2] and len(each) == len(name)]
    return alike[0] if len(alike) == 1 else ""
