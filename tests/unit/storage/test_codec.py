"""Files that people write: read by declared type, written in one canonical form, every fault placed."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hengji.model.dossier import Published
from hengji.model.indicator import Indicator
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.rubric import Ratio
from hengji.model.target import TierRate
from hengji.storage.codec import decode, encode


@dataclass(frozen=True, slots=True)
class Sample:
    name: str
    count: int = 0
    points: Decimal = Decimal(0)
    day: date | None = None
    rates: tuple[TierRate, ...] = ()
    words: tuple[str, ...] = ()


def read(text: str) -> Sample:
    decoded = decode(Sample, dedent(text), "样例.yaml")
    assert not decoded.findings
    assert decoded.value is not None
    return decoded.value


def faults(text: str) -> list[str]:
    return [f"{f.place.line}:{f.place.column} {f.message}" for f in decode(Sample, dedent(text), "样例.yaml").findings]


def test_scalars_are_read_by_declared_type_and_not_by_guessing() -> None:
    sample = read(
        """
        name: 2021
        count: 12
        points: 0.10
        day: 2021-07-12
        rates:
        - {tier: 省级, rate: 4500元}
        - {tier: 市级, rate: 0.2万元}
        """
    )
    assert sample.name == "2021"
    assert str(sample.points) == "0.10"
    assert sample.day == date(2021, 7, 12)
    assert sample.rates == (TierRate(Tier.PROVINCE, Money.yuan(4500)), TierRate(Tier.CITY, Money.yuan(2000)))


def test_all_faults_come_at_once_with_line_and_column() -> None:
    found = faults(
        """\
        name: 样例
        cuont: 3
        points: 很多
        day: 21-7-12
        rates:
        - tier: 省及
          rate: 4500
        name: 又一个
        """
    )
    assert [line.split(" ", 1)[0] for line in found] == ["2:1", "3:9", "4:6", "6:9", "7:9", "8:1"]
    assert found[0].endswith(
        "不认识的键 cuont；应为：name、count、points、day、rates、words之一；处理：可能是 count。"
    ), found[0]
    assert "数字，如 1.5" in found[1]
    assert "可能是“省级”" in found[3]
    assert "带单位的金额" in found[4]
    assert "重复" in found[5]


def test_a_missing_key_is_named() -> None:
    assert "缺少键 name" in faults("count: 1")[0]


def test_an_empty_file_lacks_what_is_required() -> None:
    assert "缺少键 name" in faults("")[0]


def test_broken_yaml_is_one_finding_with_its_line() -> None:
    found = faults("name: 样例\n  - 乱缩进: [")
    assert len(found) == 1
    assert found[0].startswith("2:")


def test_yaml_nested_beyond_reason_is_refused_and_not_crashed_on() -> None:
    for text in ("name: " + "[" * 100_000 + "]" * 100_000, "- " * 100_000, "? " * 100_000, "name: " + "{" * 100_000):
        assert "太多层" in faults(text)[0]


def test_a_rubric_is_chosen_by_its_shape() -> None:
    text = "id: 执行率\nname: 预算执行率\nweight: 2\nrubric:\n  shape: 比例\n  actual: 资金.预算执行率\n"
    decoded = decode(Indicator, text, "indicators.yaml")
    assert decoded.value is not None
    assert decoded.value.rubric == Ratio("资金.预算执行率")
    assert encode(decoded.value) == text


def test_an_unknown_shape_lists_the_known_ones() -> None:
    decoded = decode(Indicator, "id: a\nname: a\nweight: 2\nrubric:\n  shape: 比列\n", "indicators.yaml")
    assert "不认识的 shape：比列" in decoded.findings[0].message
    assert "比例" in decoded.findings[0].message


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), max_size=20)
samples = st.builds(
    Sample,
    name=texts.filter(lambda text: text == text.strip()),
    count=st.integers(-(10**9), 10**9),
    points=st.decimals(-1000, 1000, places=2),
    day=st.none() | st.dates(),
    rates=st.lists(st.builds(TierRate, st.sampled_from(Tier), st.integers(-(10**12), 10**12).map(Money))).map(tuple),
    words=st.lists(
        st.sampled_from(["是", "null", "~", "1.0", "- x", "a: b", "# 注", "多\n行\n", "'", "{{ 资金.到位 }}"])
    ).map(tuple),
)


@given(samples)
def test_what_is_written_reads_back_the_same(sample: Sample) -> None:
    text = encode(sample)
    decoded = decode(Sample, text, "样例.yaml")
    assert decoded.findings == ()
    assert decoded.value == sample
    assert encode(decoded.value) == text


def test_defaults_are_left_out() -> None:
    assert encode(Published("得分.合计", "85.78", "摘要")) == "figure: 得分.合计\nvalue: 85.78\nwhere: 摘要\n"


def indicator(children: str) -> str:
    return f"{{id: b, name: 乙, weight: 5, children: {children}}}"


WITHIN_ITSELF = f"children: &c\n- {indicator('*c')}\n"
EACH_NINE_TIMES = "children:\n- &c0 {id: b, name: 乙, weight: 5}\n" + "".join(
    f"- &c{at} {indicator('[' + f'*c{at - 1}, ' * 9 + ']')}\n" for at in range(1, 12)
)


@pytest.mark.parametrize("children", [WITHIN_ITSELF, EACH_NINE_TIMES])
def test_values_that_stand_in_too_many_places_by_name_are_refused(children: str) -> None:
    decoded = decode(Indicator, f"id: a\nname: 甲\nweight: 5\n{children}", "indicators.yaml")
    assert decoded.value is None
    assert [finding.code for finding in decoded.findings] == ["L101"]


def test_a_number_that_nobody_can_print_is_none() -> None:
    assert faults("name: 甲\npoints: 1e99999999") == [
        "2:9 points 的值是“1e99999999”；应为：数字，如 1.5；处理：改写为数字。"
    ]
