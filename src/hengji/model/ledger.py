"""The ledger: one row per document or voucher that moves money one step towards the recipient."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from hengji.model.finding import Place
from hengji.model.money import Money
from hengji.model.programme import Tier
from hengji.model.record import record


class FundStage(Enum):
    """资金环节: in the order in which money travels."""

    INITIAL_BUDGET = "年初预算"
    ADJUSTED_BUDGET = "调整预算"
    ISSUED = "下达"
    ARRIVED = "到位"
    DISBURSED = "拨付"
    LANDED = "落实"


@record
class Entry:
    """台账分录: ``amount`` in fen; negative amounts take money back (收回). ``date`` is the day it counts from."""

    date: dt.date
    stage: FundStage
    programme: str
    tier: Tier
    amount: Money
    source: str = ""
    document: str = ""
    payer: str = ""
    payee: str = ""
    note: str = ""
    place: Place = Place()


@record
class ControlTotal:
    """合计行: what a statement certifies, not a movement: by ``date`` the ``stage`` had come to ``amount`` in all.

    ``programmes`` says over which sub-projects; none means over the whole ledger. How the amount is made up is known only as
    far as entries say; a control total that entries exceed contradicts them.
    """

    date: dt.date
    stage: FundStage
    programmes: frozenset[str]
    amount: Money
    document: str = ""
    note: str = ""
    place: Place = Place()


@record
class Ledger:
    """资金台账: all entries in file order, and the control totals beside them."""

    entries: tuple[Entry, ...] = ()
    totals: tuple[ControlTotal, ...] = ()
