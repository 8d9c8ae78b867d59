"""Names without what stands around them."""

import pytest

from hengji.reading.scores.wording import bare


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("4.3产出(30分)", "产出"),
        ("2.1.3.产出数量", "产出数量"),
        ("(一)过程指标", "过程指标"),
        ("1.2022年预算执行率", "2022年预算执行率"),
        ("3.5G网络覆盖", "5G网络覆盖"),
    ],
)
def test_a_name_has_no_numbering(printed: str, name: str) -> None:
    assert bare(printed) == name
