"""How the deadlines of the field were kept, and what is wrong with declared ones."""

from dataclasses import replace
from datetime import date

from hengji.deadlines.assessment import Assessment, assess
from hengji.deadlines.figures import deadline_figures
from hengji.deadlines.terms import LAST_YEAR
from hengji.model.deadline import Deadline, TermBound, TermUnit
from hengji.model.figure import SourceKind, display
from hengji.model.programme import Programme

APPROVAL = Deadline(
    "幸福院审核",
    "幸福院奖补审核",
    10,
    TermUnit.WORKING_DAYS,
    date(2021, 7, 12),
    date(2021, 8, 6),
    "提交申请",
    "完成审核",
    "省级专项资金审批通知",
    "审批时限",
    "幸福院奖补2021",
    ("E09",),
)
PAYMENT = Deadline("省级下达后三个月", "省级建设补助拨付", 3, TermUnit.MONTHS, date(2020, 7, 16), date(2021, 7, 1))
NOTICE = Deadline("初审公示", "初审名单公示", 5, TermUnit.DAYS, date(2020, 12, 11), bound=TermBound.AT_LEAST)
PROGRAMMES = (Programme("幸福院奖补2021", "农村幸福院运营奖补"),)


def test_the_approval_is_nine_working_days_late() -> None:
    assert assess(APPROVAL, None) == Assessment(date(2021, 7, 26), date(2021, 8, 6), 19, 9)


def test_the_payment_is_late_by_258_days_from_the_notice_and_222_from_its_arrival() -> None:
    assert assess(PAYMENT, None) == Assessment(date(2020, 10, 16), date(2021, 7, 1), 350, 258)
    arrived = assess(replace(PAYMENT, start=date(2020, 8, 21)), None)
    assert arrived
    assert arrived.late == 222


def test_a_step_not_done_is_late_up_to_the_cut_off() -> None:
    open_payment = replace(PAYMENT, done=None)
    assert assess(open_payment, date(2020, 12, 31)) == Assessment(date(2020, 10, 16), date(2020, 12, 31), 168, 76)
    assert assess(open_payment, date(2020, 9, 1)) == Assessment(date(2020, 10, 16), date(2020, 9, 1), 47, 0)


def test_a_notice_must_last_and_is_short_by_the_days_it_ended_too_early() -> None:
    kept = assess(replace(NOTICE, done=date(2020, 12, 16)), None)
    short = assess(replace(NOTICE, done=date(2020, 12, 14)), None)
    lasting = assess(NOTICE, date(2020, 12, 14))
    assert [judged.late for judged in (kept, short, lasting) if judged] == [0, 2, 0]


def test_the_figures_say_how_they_are_counted_and_what_they_rest_on() -> None:
    figures, found = deadline_figures([APPROVAL, PAYMENT, replace(NOTICE, done=date(2020, 12, 16))], PROGRAMMES, None)
    assert found == ()
    assert {name: display(figure) for name, figure in figures.items()} == {
        "时限.幸福院审核.届满日": "2021年7月26日",
        "时限.幸福院审核.用时": "19个工作日",
        "时限.幸福院审核.逾期": "9个工作日",
        "时限.省级下达后三个月.届满日": "2020年10月16日",
        "时限.省级下达后三个月.用时": "350天",
        "时限.省级下达后三个月.逾期": "258天",
        "时限.初审公示.届满日": "2020年12月16日",
        "时限.初审公示.用时": "5天",
        "时限.初审公示.不足": "0天",
    }
    used = figures["时限.幸福院审核.用时"]
    assert used.formula == "自2021年7月12日（提交申请）的次日至2021年8月6日（完成审核）的工作日数"
    kinds = [source.kind for source in used.sources]
    assert kinds == [SourceKind.CALENDAR, SourceKind.CLAUSE, SourceKind.EVIDENCE]
    assert used.sources[1].text == "幸福院奖补审核：10工作日以内"
    assert used.sources[2].reference == "E09"


def test_what_is_wrong_is_found_all_at_once_and_leaves_the_value_out() -> None:
    faulty = [
        replace(APPROVAL, programme="没有的项目"),
        APPROVAL,
        replace(APPROVAL, id="未来", programme="", start=date(LAST_YEAR + 1, 3, 1), done=None),
        replace(PAYMENT, id="倒置", done=date(2020, 7, 1)),
        replace(PAYMENT, id="零期限", limit=0),
        replace(PAYMENT, id="未完成", done=None),
    ]
    figures, found = deadline_figures(faulty, PROGRAMMES, None)
    assert [finding.code for finding in found] == ["D105", "D102", "D101", "D104", "D103", "D106"]
    assert f"{LAST_YEAR + 1}年" in found[2].found
    for name in ("未来", "倒置", "零期限", "未完成"):
        assert figures[f"时限.{name}.用时"].value is None
    assert figures["时限.倒置.届满日"].value == date(2020, 10, 16)
