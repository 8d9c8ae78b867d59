"""Numbers written otherwise in one place: which differ by a slip, and which are of something else."""

from hengji.model.claim import Claim
from hengji.model.finding import Confidence
from hengji.reading.slips import slips
from hengji.reading.statements.prose import passages_of
from hengji.reading.tables.sheet import sheet_of
from hengji.reading.text import read_text


def found(text: str) -> list[Claim]:
    reading = read_text("报告.txt", text)
    return list(slips(reading, passages_of(reading), [sheet_of(reading, grid) for grid in reading.grids()], ()))


def pairs(text: str) -> list[tuple[str, str]]:
    return [(stated.printed, other.printed) for stated, other in (claim.quantities for claim in found(text))]


BODY = "灯具更换项目预算1,862.40万元。\n灯具更换项目支出的预算1,862.40万元已全部下达。\n"


def test_a_digit_otherwise_where_the_same_is_told() -> None:
    assert pairs(f"{BODY}灯具更换项目预算1,863.40万元。\n") == [("1,863.40", "1,862.40")]


def test_two_digits_that_changed_places() -> None:
    assert pairs(f"{BODY}灯具更换项目预算1,826.40万元。\n") == [("1,826.40", "1,862.40")]


def test_the_unit_is_another() -> None:
    (claim,) = found(f"{BODY}灯具更换项目预算1,862.40元。\n")
    assert [each.unit for each in claim.quantities] == ["元", "万元"]


TABLE = "表1 灯具更换\n单位：元\n\n项目\t预算\t支出\n灯具更换\t9562000\t9248300\n杆体维修\t431000\t402700\n"


def test_in_another_unit_two_digits_changed_places() -> None:
    (claim,) = found(f"{TABLE}\n灯具更换支出942.83万元。\n")
    assert [each.printed for each in claim.quantities] == ["942.83", "9248300"]


def test_the_same_amount_in_another_unit_is_no_slip() -> None:
    assert pairs(f"{TABLE}\n灯具更换支出924.83万元，即924.8万元。\n") == []


def test_what_stands_twice_is_no_slip() -> None:
    assert pairs(BODY) == []


def test_a_number_of_another_year_is_another_number() -> None:
    assert pairs("2021年灯具更换项目预算1,862.40万元。\n2022年灯具更换项目预算1,863.40万元。\n") == []


def test_june_is_not_the_half_year() -> None:
    assert pairs("6月份群众满意率为56.4%。\n上半年群众满意率为56.3%。\n") == []


def test_what_was_planned_is_not_what_was_done() -> None:
    assert pairs("计划更换主干道路灯318盏。\n实际更换主干道路灯312盏。\n") == []


def test_numbers_of_the_same_name_that_have_nothing_in_common() -> None:
    assert pairs("全区一般公共预算收入63795万元。\n开发区一般公共预算收入11040万元。\n") == []


def test_a_round_number_is_seldom_a_slip() -> None:
    assert pairs("甲路补助300万元。\n乙路补助200万元。\n") == []


def test_how_sure_it_is() -> None:
    (claim,) = found(f"{BODY}灯具更换项目预算1,863.40万元。\n")
    assert claim.confidence is Confidence.LIKELY
