"""Where a long title is parted."""

import pytest

from hengji.reports.titles import title_lines


@pytest.mark.parametrize(
    ("title", "places", "lines"),
    [
        ("养老服务补助项目", 40, ("养老服务补助项目",)),
        ("某市城镇社区养老幸福工程建设补助资金政策", 34, ("某市城镇社区养老幸福工程", "建设补助资金政策")),
        ("2021年养老服务机构补助经费项目绩效评价报告", 40, ("2021年养老服务机构", "补助经费项目绩效评价报告")),
        ("没有一处可以分开的很长很长的名称", 20, ("没有一处可以分开的很长很长的名称",)),
    ],
)
def test_a_title_is_parted_before_a_word_into_even_lines(title: str, places: int, lines: tuple[str, ...]) -> None:
    assert title_lines(title, places) == lines
