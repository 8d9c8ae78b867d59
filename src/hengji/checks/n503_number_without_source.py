"""文字中的数没有出处。

## 查什么
底稿、章节、问题和建议中直接写下的阿拉伯数字。下列数字不算：年月日，文号和标准号，第几条第几批，序号和表号，《》和“”之内的字，
子项目、指标和佐证的名称，以及评分标准印明的数。汉字写的数不查。

## 为什么
直接写下的数不随材料更新，也查不到出处；同一个数在两处写得不同，是报告最常见的硬伤。

## 怎么改
改写为 {{ 数值编号 }}；材料载明而没有编号的，在 figures.yaml 中登记（given 和 evidence）后再引用。
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from hengji.checks.subjects import Passage, passages
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Severity
from hengji.scoring.framework import walk

CODE = "n503"

_NUMBER = re.compile(r"\d+(?:[.,．，]\d+)*\s?[%％‰]?")
_SENTENCE = re.compile(r"^[ ]*\|.*$|[^。！？；\n]+[。！？；]?", re.MULTILINE)
"""A row of a table is one sentence."""
_LONGEST_QUOTE = 60
_STATES_NOTHING = re.compile(
    r"""
    \{\{.*?\}\} | \[证[:：][^\]]*\]                                              # bound
    | 《[^》\n]*》 | “[^”\n]*” | 「[^」\n]*」                                       # quoted
    | [〔\[［【（(]\d{4}[〕\]］】）)]\s*第?\d+号 | 第\s*\d+                          # 文号, 第…条
    | \d{4}\s*(?:年[度末初]?)?\s*[-—–~～至到、和与]{1,2}\s*(?=\d{4}年)              # 2022—(2023年)
    | \d{4}年(?:\d{1,2}月(?:\d{1,2}日)?)? | \d{4}[-/.]\d{1,2}(?:[-/.]\d{1,2})?(?!\d)
    | \d{1,2}月(?:\d{1,2}日)? | \d{1,2}日(?![内以之起满]) | \d{1,2}[:：]\d{2}       # 8月6日, 9:30
    | (?m:^\s*(?:[-*+>]\s+)?(?:\*\*)?[（(]?\d{1,2}[.．、)）]) | [（(]\d{1,2}[)）]  # list marks
    | (?:表|图|附件|附表|附录|注|题|式)\s*\d+(?:[-.]\d+)?
    | [A-Za-z][A-Za-z/]*[ -]?\d[\d.\-]* | \d+[A-Za-z]+                            # GB/T 9704-2012, 5G
    """,
    re.VERBOSE,
)


def find(dossier: Dossier, files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Sentences with numbers that come from nowhere."""
    names, standards = _names(dossier), _standards(dossier)
    for passage in passages(dossier, files):
        yield from _judge(passage, names, standards)


def _names(dossier: Dossier) -> re.Pattern[str]:
    """What is called something with a number in it, the longest first."""
    head = dossier.head
    every: list[str] = [head.name, *(programme.name for programme in head.programmes)]
    every += [indicator.name for indicator in walk(dossier.framework.indicators)]
    every += [text for piece in dossier.evidence for text in (piece.title, piece.document)]
    counted = sorted((name for name in set(every) if re.search(r"\d", name)), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, counted)) or "(?!)")


def _standards(dossier: Dossier) -> str:
    """The printed standards, whose numbers may be quoted."""
    return "\n".join(
        f"{indicator.explanation}\n{indicator.criteria}" for indicator in walk(dossier.framework.indicators)
    )


def _judge(passage: Passage, names: re.Pattern[str], standards: str) -> Iterator[Finding]:
    text = _blank(_blank(passage.text, names), _STATES_NOTHING)
    for sentence in _SENTENCE.finditer(text):
        found = [match for match in _NUMBER.finditer(sentence[0]) if not _quoted(match, sentence[0], standards)]
        if found:
            whole = passage.text[sentence.start() : sentence.end()]
            offset = sentence.start() + found[0].start()
            yield Finding(
                CODE,
                Severity.WARNING,
                passage.place(offset),
                f"“{_shortened(whole)}”中的{_joined(match[0].strip() for match in found)}没有出处",
                "可追溯的数值 {{ … }}",
                "改为引用数值编号；材料载明的，先在自定义数值（figures.yaml）中登记",
            )


def _blank(text: str, pattern: re.Pattern[str]) -> str:
    """The text with what matches blanked out, every other character where it was."""
    return pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _quoted(match: re.Match[str], sentence: str, standards: str) -> bool:
    """Whether the number stands with the same unit in a printed standard."""
    number = match[0].strip()
    following = "" if number[-1] in "%％‰" else sentence[match.end() : match.end() + 1].strip()
    return re.search(rf"(?<![\d.]){re.escape(number + following)}(?![\d.])", standards) is not None


def _shortened(sentence: str) -> str:
    text = sentence.strip().strip("“”")
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def _joined(numbers: Iterable[str]) -> str:
    return "、".join(dict.fromkeys(numbers))
