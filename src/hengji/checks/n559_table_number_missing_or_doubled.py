"""表号、图号缺号或重号。

## 查什么
表题“表1”“图1”等的编号是否从1起逐一递增，没有缺号和重号；“续表”不算。正文提到的“见表7”“表7所示”是否真有表7。

## 为什么
表号接不上，读者会以为漏了表；引用不存在的表，结论就无从查证。

## 怎么改
改正表号；引用写错的，改正引用；确实漏了的，补上该表。
"""

from __future__ import annotations

from collections.abc import Iterator

from hengji.checks.remarks import Fault, remark
from hengji.model.finding import Confidence, Finding, Severity
from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.reading.han import HAN
from hengji.reading.manuscript import Kind, Manuscript, Role

CODE = "n559"
_CAPTION = pattern(
    r"^(?P<kind>表|图)(?P<number>\d{1,3})(?![\d\-.—–张、]|个(?!人|体)|项(?!目|资)|中(?!央|期|小|心|级|标|医)|列(?!表|支)|所示|可见|显示)[::]?(?P<name>.{0,50})$"
)
_CAPTION_OF_PARTS = pattern(r"^(?:表|图)\d+[-—–.]\d")
_REFERENCE = pattern(
    rf"(?:[见如由据从]|参照|通过)(?:下|附)?(?P<kind>表|图)(?P<number>\d{{1,3}})(?![\d\-.—–个张])|(?<!{HAN})(?P<kind2>表|图)(?P<number2>\d{{1,3}})(?=所示|可见|显示|可以看出)"
)
_STOP = "。;"


def find(reading: Reading, manuscript: Manuscript) -> Iterator[Finding]:
    """Captions that do not follow from the one before, and references that lead nowhere."""
    captions: dict[str, dict[int, Span]] = {"表": {}, "图": {}}
    last = {"表": 0, "图": 0}
    parts = False
    for passage in manuscript.holding(*captions):
        parts = parts or bool(_CAPTION_OF_PARTS.match(passage.text))
        match = _CAPTION.match(passage.text)
        if match is None or match["name"].endswith(tuple(_STOP)):
            continue
        kind, number, span = match["kind"], int(match["number"]), passage.span(0, match.end("number"))
        seen = captions[kind]
        if passage.role is Role.ANNEX:
            seen.setdefault(number, span)  # annexes number their tables anew
            continue
        if number in seen and passage.kind is not Kind.CELL:
            yield _finding(reading, f"{kind}{number}的编号重复", f"每{kind}一个编号", span, seen[number])
        elif last[kind] and number > last[kind] + 1:
            yield _finding(
                reading,
                f"{kind}{last[kind]}之后是{kind}{number}，缺{_gap(kind, last[kind], number)}",
                f"{kind}{last[kind] + 1}",
                span,
            )
        seen.setdefault(number, span)
        last[kind] = max(last[kind], number)
    if not parts:
        yield from _references(reading, manuscript, captions)


def _gap(kind: str, before: int, number: int) -> str:
    return f"{kind}{before + 1}" if number == before + 2 else f"{kind}{before + 1}至{kind}{number - 1}"


def _references(reading: Reading, manuscript: Manuscript, captions: dict[str, dict[int, Span]]) -> Iterator[Finding]:
    for passage in manuscript.told():
        for match in _REFERENCE.finditer(passage.text):
            kind, number = match["kind"] or match["kind2"], int(match["number"] or match["number2"])
            if captions[kind] and number not in captions[kind]:
                yield _finding(
                    reading,
                    f"文中提到{kind}{number}，报告里没有{kind}{number}",
                    f"有{kind}{number}，或改引其他{kind}",
                    passage.span(match.start(), match.end()),
                )


def _finding(reading: Reading, found: str, expected: str, span: Span, *related: Span) -> Finding:
    fault = Fault(CODE, Severity.WARNING, found, expected, "改正编号或引用", confidence=Confidence.LIKELY)
    return remark(reading, fault, span, *related)
