"""Names of institutions and of projects with a year."""

import pytest

from hengji.reading.names import institutions_in, region_of, yearly_in


@pytest.mark.parametrize(
    ("text", "name", "own"),
    [
        ("其中：青石区康宁老年服务中心建成", "青石区康宁老年服务中心", "青石区康宁"),
        ("补助对象为临河县第二幼儿园", "", ""),
        ("拨付至东岭镇中心卫生院使用", "东岭镇中心卫生院", "东岭镇"),
        ("由河口村幸福院负责运营", "河口村幸福院", "河口村"),
    ],
)
def test_a_name_is_cut_where_it_begins(text: str, name: str, own: str) -> None:
    found = [(named.text, named.own) for named in institutions_in(text)]
    assert found == ([(name, own)] if name else [])


@pytest.mark.parametrize("text", ["建成综合养老服务中心7个", "社区养老服务站20个", "新建学校", "养老服务中心"])
def test_common_nouns_are_no_names(text: str) -> None:
    assert list(institutions_in(text)) == []


def test_the_place_a_name_begins_with() -> None:
    assert region_of("青石市临河县康宁养老院") == "青石市临河县"
    assert region_of("康宁养老院") == ""


def test_a_project_is_named_with_its_year() -> None:
    (yearly,) = yearly_in("拨付2021年度农村道路养护补助项目资金40万元")
    assert (yearly.year, yearly.core) == (2021, "农村道路养护")


@pytest.mark.parametrize("text", ["2021年完成补助项目", "截至2021年底下达的补助资金", "2021年项目"])
def test_what_happened_in_a_year_is_no_name(text: str) -> None:
    assert list(yearly_in(text)) == []
