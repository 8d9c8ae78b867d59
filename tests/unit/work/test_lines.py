"""A finding that names an item gets the line on which the item stands, unless that is not certain."""

from hengji.model.finding import Finding, Place, Severity
from hengji.work.lines import with_lines

BOOK = """problems:
- id: P1
  title: 没有核查记录
- id: "P2"
  title: 拨付不及时
rectifications:
- problem: P1
  measure: 建立台账
team:
- role: 组员
- role: 组员
"""


def line_of(item: str, file: str = "findings.yaml", line: int | None = None) -> int | None:
    finding = Finding("f401", Severity.WARNING, Place(file, line, item=item), "问题")
    (found,) = with_lines([finding], {"findings.yaml": BOOK.encode(), "papers/甲.md": BOOK.encode()})
    return found.place.line


def test_an_item_has_the_line_of_its_id() -> None:
    assert line_of("P1") == 2
    assert line_of("P2") == 4


def test_a_key_has_its_own_line() -> None:
    assert line_of("team") == 9


def test_no_line_is_guessed() -> None:
    assert line_of("组员") is None
    assert line_of("P9") is None
    assert line_of("P1", "papers/甲.md") is None
    assert line_of("P1", "evidence.yaml") is None


def test_a_line_that_is_known_stays() -> None:
    assert line_of("P1", line=7) == 7
