"""What a report says of subsidies: the standards that it states, and the amounts that it says were paid for so many."""

from __future__ import annotations

from hengji.model.claim import Quantity
from hengji.model.reading import Span
from hengji.model.record import record


@record
class StatedStandard:
    """所述标准: an amount for each one of ``per`` (张, 人次); ``documents`` are the numbers of those cited in the same paragraph."""

    amount: Quantity
    per: str
    span: Span
    documents: tuple[str, ...] = ()


@record
class StatedPayment:
    """所述补助: an amount paid for so many of a thing, in one sentence."""

    amount: Quantity
    count: Quantity
    per: str
    span: Span


@record
class Subsidies:
    """补助陈述: of one report."""

    standards: tuple[StatedStandard, ...] = ()
    payments: tuple[StatedPayment, ...] = ()
