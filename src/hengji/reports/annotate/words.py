"""What a review says of itself: its counts, its scores and the kinds of its findings, in Chinese."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction

from hengji.model.finding import Finding
from hengji.model.money import round_to
from hengji.model.review import Review

GROUPS: Mapping[str, str] = {
    "a": "算术",
    "s": "评分与标准",
    "t": "表格与前后数字",
    "p": "补助金额",
    "d": "程序与时限",
    "f": "问题、结论与数字",
    "n": "名称、日期、单位与文号",
    "o": "提纲与规定",
    "w": "文字与遗留",
    "v": "文件",
}
"""The kinds of check by the first letter of their codes, in the order in which a reviewer asks."""


def group_of(finding: Finding) -> str:
    return GROUPS.get(finding.code[0], "其他")


def told_apart(files: Iterable[str]) -> Mapping[str, str]:
    """What each of some files is called: its name, with as many of its folders as tell it from the others (甲县/报告.docx)."""
    left = {file: file.replace("\\", "/").split("/") for file in files}
    called: dict[str, str] = {}
    depth = 0
    while left:
        depth += 1
        now = {file: "/".join(parts[-depth:]) for file, parts in left.items()}
        often = Counter(now.values())
        called |= {file: name for file, name in now.items() if often[name] == 1 or depth >= len(left[file])}
        left = {file: parts for file, parts in left.items() if file not in called}
    return called


def where(finding: Finding) -> str:
    """The page or line, and the section; the file goes without saying."""
    return "　".join(part for part in (spot(finding), finding.place.item) if part) or finding.place.file


def spot(finding: Finding) -> str:
    """The page or line; empty where neither is known."""
    place = finding.place
    return f"第{place.page}页" if place.page is not None else f"第{place.line}行" if place.line is not None else ""


def details(finding: Finding) -> Iterator[tuple[str, str]]:
    """What is said beside what was found: the sum where it is not told yet, what would hold, and what to do."""
    sum_ = "" if finding.computation in finding.found else finding.computation
    told = (("计算", sum_), ("应为", finding.expected), ("处理", finding.remedy))
    return ((label, words) for label, words in told if words)


def points(value: Decimal) -> str:
    """Points of a quality sheet, with one decimal."""
    return f"{round_to(Fraction(value), 1):.1f}"


def statements(review: Review) -> str:
    counts = review.statements
    return (
        f"核对数量陈述 {counts.checked} 处：成立 {counts.held}，不成立 {counts.contradicted}；"
        f"另有 {counts.unread} 处没有读懂"
    )


def scores(review: Review) -> Iterator[tuple[str, str]]:
    """The score that was awarded, and the one that the printed standards give, as far as the report lets us know."""
    rescore = review.rescore
    if rescore is None:
        return
    awarded = "未读出" if rescore.awarded is None else f"{rescore.awarded:f}分"
    yield "报告评分", f"{awarded}　{rescore.grade_awarded}".rstrip()
    literal = "标准不足以复算" if rescore.literal is None else f"{rescore.literal:f}分"
    yield "按所印标准复算", f"{literal}　{rescore.grade_literal}".rstrip()
