"""The node over the rows of a group: a person's year, an institution's month, a whole table."""

from __future__ import annotations

from enum import Enum

from hengji.model.record import record
from hengji.model.table import ColumnType
from hengji.policies.kinds import BOOL, COUNT, DATE, QUANTITIES, IllTypedError
from hengji.policies.nodes.base import Node, expect
from hengji.policies.nodes.names import Field, Named


class Gathering(Enum):
    """汇总方式."""

    SUM = "合计"
    COUNT = "计数"
    DISTINCT = "种数"
    ANY = "任一"
    ALL = "全部"
    EARLIEST = "最早"
    LATEST = "最晚"


_KINDS = {
    Gathering.SUM: QUANTITIES,
    Gathering.ANY: frozenset({BOOL}),
    Gathering.ALL: frozenset({BOOL}),
    Gathering.EARLIEST: frozenset({DATE}),
    Gathering.LATEST: frozenset({DATE}),
}


@record
class Aggregate(Node):
    """汇总 of ``of`` over the rows of ``table`` whose columns of the names in ``by`` equal this row's and for which ``when`` holds.

    合计 is missing when a value is; 任一 and 全部 are missing when no row decides and one is missing; 种数, 最早 and 最晚
    leave missing values out. A row whose ``when`` is missing is not in the group.
    """

    gathering: Gathering
    table: str
    of: Node | None = None
    by: tuple[Field | Named, ...] = ()
    when: Node | None = None

    def __post_init__(self) -> None:
        if self.when is not None:
            expect("「当」的后面", self.when, {BOOL})
        if self.gathering is Gathering.COUNT:
            if self.of is not None:
                raise IllTypedError("计数给了要汇总的值", "计数(按=…, 当=…)", "把条件写在「当」的后面")
        elif self.of is None:
            raise IllTypedError(f"{self.gathering.value}没有要汇总的值", f"{self.gathering.value}(值, 按=…)")
        elif self.gathering in _KINDS:
            expect(f"{self.gathering.value}的对象", self.of, _KINDS[self.gathering])

    @property
    def kind(self) -> ColumnType:
        match self.gathering:
            case Gathering.COUNT | Gathering.DISTINCT:
                return COUNT
            case _:
                assert self.of is not None
                return self.of.kind
