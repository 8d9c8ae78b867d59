"""What can be wrong with a ledger. The wording lives here, once; faults of single cells are in hengji.cells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from hengji.model.figure import chinese_date
from hengji.model.finding import Finding, Place, Severity
from hengji.model.ledger import ControlTotal, Entry, FundStage
from hengji.model.money import FEN_PER_WAN, Money
from hengji.model.reconciliation import Stranger

FILE = "funds.csv"


def in_wan(amount: int) -> str:
    """An amount in a message: 万元 to the fen, without needless zeros."""
    exact = Decimal(amount) / FEN_PER_WAN
    return f"{exact.normalize():,f}万元"


def no_amount_column(path: str, line: int, found: Iterable[str]) -> Finding:
    return Finding(
        "F101",
        Severity.ERROR,
        Place(path, line),
        f"表头没有金额列，现有：{'、'.join(found)}",
        "“金额（元）”或“金额（万元）”，只能有一列",
        "补上金额列，并在表头写明单位",
    )


def two_amount_columns(path: str, line: int) -> Finding:
    return Finding(
        "F102",
        Severity.ERROR,
        Place(path, line),
        "表头有两个金额列",
        "“金额（元）”或“金额（万元）”，只能有一列",
        "删去其中一列",
    )


def unknown_programme(place: Place, programme: str, known: Iterable[str]) -> Finding:
    return Finding(
        "F103",
        Severity.ERROR,
        place,
        f"没有编号为“{programme}”的子项目",
        "、".join(known) or "已有的子项目编号（dossier.yaml 的 programmes）",
        "更正编号，或补上该子项目（dossier.yaml 的 programmes）",
    )


def too_small_for_yuan(place: Place, largest: Money) -> Finding:
    """The header says 元 and no amount reaches a thousand: most likely they are in 万元."""
    return Finding(
        "F104",
        Severity.WARNING,
        place,
        f"表头单位是元，而全部金额中最大的只有{in_wan(largest)}",
        "至少一笔不小于1000元",
        "若填的是万元，把表头改为“金额（万元）”；金额确实如此则不必改",
    )


def negative_balance(entry: Entry, balance: Money) -> Finding:
    """More is taken back at a stage than was ever there."""
    return Finding(
        "F201",
        Severity.ERROR,
        entry.place,
        f"“{entry.programme}”{entry.tier.value}资金{entry.stage.value}累计为{in_wan(balance)}",
        "任何一天的累计数都不小于0",
        "核对收回的金额和日期，补上缺少的分录",
    )


def more_than_came(entry: Entry, stage: FundStage, excess: Money) -> Finding:
    """More went on than had come to that stage, for one programme and tier."""
    return Finding(
        "F202",
        Severity.ERROR,
        entry.place,
        f"“{entry.programme}”{entry.tier.value}资金{entry.stage.value}比{stage.value}多{in_wan(excess)}",
        f"{entry.stage.value}累计不超过{stage.value}累计",
        f"核对层级和金额；如有其他资金垫付，按其层级补上{stage.value}分录",
    )


def before_it_came(entry: Entry, came: Entry) -> Finding:
    return Finding(
        "F203",
        Severity.WARNING,
        entry.place,
        f"{chinese_date(entry.date)}{entry.stage.value}的资金到{chinese_date(came.date)}才{came.stage.value}",
        f"{entry.stage.value}不早于{came.stage.value}",
        "核对两个日期；确系先行垫付的在备注中说明",
    )


def total_below_entries(total: ControlTotal, entries: Money) -> Finding:
    return Finding(
        "F204",
        Severity.ERROR,
        total.place,
        f"截至{chinese_date(total.date)}的{total.stage.value}合计行为{in_wan(total.amount)}，分录之和为{in_wan(entries)}",
        "分录之和不超过合计行",
        "核对分录的日期和金额，或更正合计行",
    )


def totals_overlap(total: ControlTotal, other: ControlTotal) -> Finding:
    return Finding(
        "F205",
        Severity.ERROR,
        total.place,
        f"与第{other.place.line}行的合计行有相同的子项目，又不互相包含，这一行没有计入",
        "两个合计行的子项目互不重叠，或一个包含另一个",
        "重新划分合计行的子项目",
    )


def not_itemised(total: ControlTotal, cutoff: date | None, rest: Money) -> Finding:
    """A part of the stage is known only as a total: narrower figures cannot be had at that cut-off."""
    until = f"截至{chinese_date(cutoff)}，" if cutoff else ""
    return Finding(
        "F206",
        Severity.NOTE,
        total.place,
        f"{until}{total.stage.value}有{in_wan(rest)}只有合计，其所涉子项目和各层级的数值不可得",
        "分项目、分层级的分录",
        "取得支付凭证后补登分录；取不到的，报告中只引用合计数",
    )


def no_denominator(rate: str, stage: FundStage, lacking: Iterable[str]) -> Finding:
    """``lacking`` are the sub-projects that have no entry at the stage while others have."""
    names = "、".join(f"“{name}”" for name in lacking)
    found = f"{names}没有“{stage.value}”分录" if names else f"台账中“{stage.value}”没有分录或合计为0"
    return Finding(
        "F207",
        Severity.WARNING,
        Place(FILE),
        f"{rate}无法计算：{found}",
        f"有“{stage.value}”分录",
        "补登分录；确实没有发生的，登一笔金额为0的分录",
    )


def not_recorded(programme: str, stage: FundStage) -> Finding:
    """Money is seen at a later stage, and other sub-projects have this stage."""
    return Finding(
        "F208",
        Severity.NOTE,
        Place(FILE, item=programme),
        f"“{programme}”没有“{stage.value}”分录，而其后的环节有，含该子项目的{stage.value}数不可得",
        "台账跟踪的环节各子项目都有分录",
        f"取得凭证后补登{stage.value}分录；没有发生的，登一笔金额为0的分录",
    )


def unknown_payee(stranger: Stranger) -> Finding:
    """A payment that no roster of its sub-project answers for."""
    near = f"；可能是“{'”、“'.join(stranger.near)}”" if stranger.near else ""
    who = f"收款方“{stranger.payee}”不在名册之中" if stranger.payee else "付款没有写明收款方"
    return Finding(
        "F301",
        Severity.WARNING,
        stranger.entries[0].place,
        f"“{stranger.programme}”的{stranger.tier.value}资金{in_wan(stranger.amount)}，{who}{near}",
        "名册上的机构名称",
        "名称写法不同的，在机构别名（dossier.yaml 的 aliases）中对应上；确非名册上的机构，查明付款依据",
    )


def shared_programme(programme: str, entitlements: Iterable[str]) -> Finding:
    """One sub-project pays two entitlements: the ledger does not say which payment is for which."""
    return Finding(
        "F302",
        Severity.NOTE,
        Place("dossier.yaml", item="entitlements"),
        f"子项目“{programme}”同时支付{'、'.join(f'“{name}”' for name in entitlements)}，付款按先后次序抵减应补",
        "一项核算对应一个子项目",
        "能分开的，拆成不同的子项目后分别登记台账",
    )


def unusable_list(table: str, entitlement: str, missing: Iterable[str]) -> Finding:
    return Finding(
        "F303",
        Severity.ERROR,
        Place("dossier.yaml", item=entitlement),
        f"核算“{entitlement}”的付款清单“{table}”{'、'.join(missing)}",
        "已声明的数据表（data/tables.yaml），有机构、金额两列，逐人的另有人员编号",
        "改正核算的付款清单（dossier.yaml 的 paid），或补上所缺的列",
    )


def list_differs(place: Place, entitlement: str, institution: str, listed: Money, paid: Money) -> Finding:
    """The list of payments and the ledger do not agree for one institution."""
    return Finding(
        "F304",
        Severity.WARNING,
        place,
        f"“{entitlement}”付给“{institution}”的清单合计{in_wan(listed)}，台账{in_wan(paid)}，相差{in_wan(listed - paid)}",
        "清单与台账一致",
        "核对付款凭证，补登漏记的一方",
    )
