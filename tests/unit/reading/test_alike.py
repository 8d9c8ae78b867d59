"""Clauses that are nearly the same."""

import time

from hengji.model.reading import Prose, Reading, Span
from hengji.reading.alike import alike, clauses, differences
from hengji.reading.manuscript import Passage, manuscript_of


def passages(*texts: str) -> tuple[Passage, ...]:
    text = "\n".join(texts)
    parts, at = [], 0
    for each in texts:
        parts.append(Prose(Span(at, at + len(each))))
        at += len(each) + 1
    return manuscript_of(Reading("报告.txt", text, tuple(parts))).passages


def test_the_other_wording_is_found() -> None:
    here = clauses(passages("建议设置校舍维修面积、消防验收质量等可以衡量的指标。"), 10)
    there = clauses(passages("县里校舍老旧。", "建议设置校舍维修面积、消防配套设施等可以衡量的指标。"), 5)
    ((one, other),) = alike(here, there, 0.8)
    assert one.text != other.text
    assert {"验收质量", "配套设施"} == {
        words for each in differences(one.text, other.text) for words in (each.one, each.other)
    }


def test_the_same_wording_is_not_reported() -> None:
    here = clauses(passages("建议设置校舍维修面积、消防验收质量等可以衡量的指标。"), 10)
    assert list(alike(here, clauses(passages("建议设置校舍维修面积、消防验收质量等可以衡量的指标。"), 10), 0.8)) == []


def test_many_sentences_take_time_in_proportion() -> None:
    def seconds(count: int) -> float:
        lines = [
            f"第{number}路段修补路面{number * 7}平方米，清理边沟{number * 3}米，由东岭镇验收合格后拨付补助。"
            for number in range(count)
        ]
        start = time.process_time()
        list(alike(clauses(passages(*lines), 10), clauses(passages(*reversed(lines)), 10), 0.99))
        return time.process_time() - start

    few, many = (min(seconds(count) for _ in range(3)) for count in (300, 1200))
    assert many < 16 * max(few, 0.01)
