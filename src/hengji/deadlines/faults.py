"""What can be wrong with a declared deadline. The wording lives here, once."""

from __future__ import annotations

from hengji.deadlines.terms import UnknownYearError
from hengji.model.deadline import Deadline
from hengji.model.figure import chinese_date
from hengji.model.finding import Finding, Place, Severity

FILE = "deadlines.yaml"


def _place(deadline: Deadline) -> Place:
    return Place(FILE, item=deadline.id)


def unknown_year(deadline: Deadline, error: UnknownYearError) -> Finding:
    """Working days of that year cannot be counted, and are not guessed."""
    return Finding(
        "D101",
        Severity.ERROR,
        _place(deadline),
        str(error),
        "国务院办公厅已公布放假安排的年份",
        "核对日期；日期无误则升级衡绩以取得新的放假安排",
    )


def repeated(deadline: Deadline) -> Finding:
    return Finding(
        "D102",
        Severity.ERROR,
        _place(deadline),
        f"时限“{deadline.id}”不止一条，只计算第一条",
        "每条时限的编号唯一",
        "改名或删去重复的一条",
    )


def no_limit(deadline: Deadline) -> Finding:
    return Finding(
        "D103",
        Severity.ERROR,
        _place(deadline),
        f"期限写的是{deadline.limit}{deadline.unit.value}",
        "不小于1的整数",
        "按制度条款填写期限",
    )


def done_before_start(deadline: Deadline) -> Finding:
    done = chinese_date(deadline.done) if deadline.done else ""
    return Finding(
        "D104",
        Severity.ERROR,
        _place(deadline),
        f"完成于{done}，早于起算日{chinese_date(deadline.start)}",
        "完成日不早于起算日",
        "对照佐证材料核对两个日期",
    )


def unknown_programme(deadline: Deadline) -> Finding:
    return Finding(
        "D105",
        Severity.ERROR,
        _place(deadline),
        f"没有编号为“{deadline.programme}”的子项目",
        "已有的子项目编号（dossier.yaml 的 programmes）",
        "更正编号，或补上该子项目",
    )


def no_cutoff(deadline: Deadline) -> Finding:
    """Neither done nor a day to count up to."""
    return Finding(
        "D106",
        Severity.WARNING,
        _place(deadline),
        "没有完成日，评价项目也没有晚于起算日的截止日，用时无从计算",
        "完成日，或起算日之后的截止日",
        "填写完成日（done），或写明截止日（dossier.yaml 的 cutoffs）",
    )
