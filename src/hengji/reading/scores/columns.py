"""What the columns of a score table hold, by their heads; and which tables are score tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache

from hengji.model.choice import Choice
from hengji.model.patterns import pattern
from hengji.model.reading import Grid, Reading, Slot
from hengji.model.record import Remembering, record
from hengji.reading.scores.wording import folded

_LEVELS = "一二三四五"


class Role(Choice):
    """What a column holds."""

    NAME = "指标"
    WEIGHT = "分值"
    AWARDED = "得分"
    DEDUCTED = "扣分"
    RATE = "得分率"
    STANDARD = "评分标准"
    ANALYSIS = "完成情况"
    REASON = "扣分原因"
    EXPLANATION = "指标解释"
    GRADE = "等级"
    OTHER = "其他"


_HEADS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    (Role.RATE, pattern(r"得分率|百分制|得分比")),
    (
        Role.REASON,
        pattern(
            r"扣分原因|扣分理由|扣分说明|扣分依据|扣分情况|扣分点|得分说明|得分理由|得分原因|评分说明|评分理由|评分情况|打分说明|失分原因|得失分|备注|得分情况说明|得分依据|评价说明|原因"
        ),
    ),
    (
        Role.STANDARD,
        pattern(
            r"评分标准|评价标准|计分标准|打分标准|考核标准|评分细则|评价细则|计分办法|评分办法|评分方法|计分方法|评分规则|赋分规则|计分规则|扣分标准|评判标准|评分依据"
        ),
    ),
    (Role.ANALYSIS, pattern(r"完成情况|实现情况|评价情况|评价分析|指标分析|实际完成|实际情况|^完成值|实际值")),
    (Role.DEDUCTED, pattern(r"^(?:(?:实际)?扣(?:减)?|失)分(?:值|数)?$")),
    (Role.GRADE, pattern(r"(?:评价)?等级$|等次$|级别$")),
    (
        Role.AWARDED,
        pattern(
            r"(?<!平均)得分$|(?<!平均)得分\(|^(?:再评|复评|核定|评定)分$|^(?:评价)?评分(?:结果|值)?$|评价分(?:值|数)?$|实得分|^打分$|得分值$|得分数$|最终分"
        ),
    ),
    (Role.EXPLANATION, pattern(r"指标解释|指标说明|指标内涵|评价要点|指标内容|解释说明|评价内容|考核要点|评价要素")),
    (
        Role.NAME,
        pattern(
            r"^(?:[一二三四五]级)?(?:评价|考核|绩效)?指标(?:(?:编码|编号|代码|序号)[及与和/、])?(?:名称)?(?:及分值|及权重|\(.*\))?$|^[一二三四五]级指标|指标名称|^指标体系$|^评价指标|^(?:评价)?维度(?:名称)?$|^指标(?:类别|类型|分类)$|^评价(?:类别|项目|模块|板块)$|^评分项目?$"
        ),
    ),
    (Role.WEIGHT, pattern(r"分值|权重|标准分|满分|赋分|应得分|^分数$|总分")),
)
_POINTS = pattern(r"\d{1,2}(?:\.\d{1,2})?")
_NUMBERS = frozenset({Role.WEIGHT, Role.AWARDED, Role.DEDUCTED, Role.RATE, Role.GRADE})
_NAME_AND_TOLD = 2
"""The fewest columns of a table: names, and what is told of them."""
_SEVERAL = 2
_DEEPEST = 4
"""The head of a table begins in one of so many rows."""

_SELF = pattern(r"自评|自查|初评|上年|可得|应得|标准得")
_ONE_SCORE = pattern(
    r"^(?:(?:再|复|终)[评审核]|[复审考]核|本次|绩效|第三方|评价[组机构]*|专家组?|财政|最终|最后|综合|平均|加权|折算后?|核定|评定|评审|实际|实|共|总|合计|指标)*"
    r"(?:得|评|打|计)?分(?:值|数|结果)?(?:\(.*\))?$"
)
"""The head of a score of the whole; with other words before it, beside another score, it is that of one of several things."""
_IN_NUMBERS = pattern(r"\d")
_GOALS = pattern(r"指标值|目标值|实际完成值|完成值|年度指标")
_SELF_FORM = pattern(r"偏差原因|年度指标值|未完成原因|改进措施")


@record
class Column:
    """A column with its role; ``level`` of a name column, 0 where the head does not say."""

    index: int
    role: Role
    level: int = 0


@record
class Layout(Remembering):
    """The columns of a score table, and how many rows its head has."""

    columns: tuple[Column, ...]
    head: int
    words: tuple[str, ...] = field(default=())

    def of(self, role: Role) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.role is role)

    @property
    def first_other(self) -> int:
        """The first column that holds no name."""
        return min((column.index for column in self.columns if column.role is not Role.NAME), default=len(self.columns))


def layout_of(reading: Reading, rows: list[list[Slot]]) -> Layout | None:
    """The layout of a table that shows weights or scores of indicators; None of any other table."""
    told = [[_plain(reading, slot) for slot in row] for row in rows[: _DEEPEST + 1]]
    for at, words in enumerate(told[:_DEEPEST]):
        if sum(1 for word in words if word) < 2:  # noqa: PLR2004  a caption over the whole width
            continue
        below = told[at + 1] if at + 1 < len(rows) else []
        if _goes_on(words, below):
            words = [above + word for above, word in zip(words, below, strict=True)]  # noqa: PLW2901
        columns = _columns(rows[at], words)
        roles = {column.role for column in columns}
        if Role.NAME not in roles:
            continue
        if at + 1 < len(rows):
            columns = _refined(columns, rows[at], rows[at + 1], below)
            roles = {column.role for column in columns}
        head = at + 1 + _is_second_head(below)
        if roles & {Role.WEIGHT, Role.AWARDED} or (Role.STANDARD in roles) or _weights_inline(reading, rows[head:]):
            if Role.STANDARD not in roles and any(map(_SELF_FORM.search, words)):
                return None
            if (
                Role.AWARDED not in roles
                and Role.STANDARD not in roles
                and Role.WEIGHT not in roles
                and any(map(_GOALS.search, words))
            ):
                return None
            return Layout(columns, head, tuple(words))
        return None
    return None


def scored_across(reading: Reading, grid: Grid) -> bool:
    """Whether a table has its indicators in columns, their weights in one row and their scores in another."""
    first = [slot for slot in grid.slots if slot.column == 0]
    if (
        grid.width <= _NAME_AND_TOLD
        or not first
        or ((corner := _plain(reading, first[0])) and role_of(corner) is not Role.NAME)
    ):
        return False
    heads = [role_of(_plain(reading, slot)) for slot in first[1:]]
    return heads.count(Role.WEIGHT) == heads.count(Role.AWARDED) == 1 and set(heads) <= _NUMBERS


def scored_by_place(reading: Reading, grid: Grid) -> bool:
    """Whether a table has the scores of several places or bodies beside the weights of the indicators: 指标 | 分值 | 东乡 | 西乡."""
    roles = {slot.column: role_of(_plain(reading, slot)) for slot in grid.slots if slot.row == 0}
    others = {column for column, role in roles.items() if role is Role.OTHER}
    held = [reading.quote(slot.span).strip() for slot in grid.slots if slot.row and slot.column in others]
    scores = sum(bool(_POINTS.fullmatch(words)) for words in held)
    return {Role.NAME, Role.WEIGHT} <= set(roles.values()) and len(others) >= _SEVERAL and scores * 2 > len(held)


def _plain(reading: Reading, slot: Slot) -> str:
    return folded(reading, [slot.span]).text if slot.span.end > slot.span.start else ""


@lru_cache(maxsize=4096)
def role_of(words: str) -> Role:
    """The role that the words of a head name."""
    return next((role for role, pattern in _HEADS if pattern.search(words)), Role.OTHER)


def _columns(slots: list[Slot], words: list[str]) -> tuple[Column, ...]:
    columns: list[Column] = []
    several = len({word for word in words if role_of(word) is Role.AWARDED}) > 1
    for slot, word in zip(slots, words, strict=True):
        role = role_of(word)
        if role is Role.AWARDED and (_SELF.search(word) or (several and not _ONE_SCORE.search(word))):
            role = Role.OTHER
        if word == "评分依据" and any(column.role is Role.AWARDED for column in columns):
            role = Role.REASON
        level = next((_LEVELS.index(sign) + 1 for sign in word if sign in _LEVELS), 0) if role is Role.NAME else 0
        columns.extend(Column(index, role, level) for index in range(slot.column, slot.column + slot.columns))
    return tuple(_once(columns))


def _once(columns: list[Column]) -> Iterator[Column]:
    """The columns, where a second weight of the same name (“标准分” beside “分值”) is something else."""
    weighed = False
    for column in columns:
        again = weighed and column.role is Role.WEIGHT
        weighed = column.role is not Role.NAME and (weighed or column.role is Role.WEIGHT)
        yield Column(column.index, Role.OTHER) if again else column


def _refined(columns: tuple[Column, ...], head: list[Slot], row: list[Slot], words: list[str]) -> tuple[Column, ...]:
    """Columns under a head that spans several, by the second row of heads; scores of several things by their names are of none."""
    if not _is_second_head(words):
        names = {slot.column: word for slot, word in zip(row, words, strict=True) if word}
        scored = [column for column in columns if column.role is Role.AWARDED]
        told = len(scored) > 1 and all(column.index in names for column in scored)
        if not told or any(map(_IN_NUMBERS.search, names.values())):
            return columns
        return tuple(Column(column.index, Role.OTHER) if column in scored else column for column in columns)
    wide = {index for slot in head if slot.columns > 1 for index in range(slot.column, slot.column + slot.columns)}
    second = {column.index: column for column in _columns(row, words)}
    return tuple(second.get(column.index, column) if column.index in wide else column for column in columns)


def _goes_on(words: list[str], below: list[str]) -> bool:
    """Whether heads are told in two lines, each half in a row of its own: 一级 | 自评 above 指标 | 得分."""
    if len(words) != len(below) or not _is_second_head(below):
        return False
    halves = [(above, word) for above, word in zip(words, below, strict=True) if word]
    return all(above and role_of(above + word) is not Role.OTHER for above, word in halves) and any(
        role_of(above) is Role.OTHER for above, _ in halves
    )


def _is_second_head(words: list[str]) -> bool:
    said = [word for word in words if word]
    return (
        bool(said)
        and all(role_of(word) is not Role.OTHER and not any(sign.isdigit() for sign in word) for word in said)
        and len(said) > 1
    )


_LONGEST_NAME = 60
_INLINE = pattern(r"[(\[]\d+(?:\.\d+)?分[)\]]$")


def _weights_inline(reading: Reading, rows: list[list[Slot]]) -> bool:
    found = 0
    for row in rows[:30]:
        found += sum(
            1
            for slot in row[:4]
            if slot.span.end - slot.span.start < _LONGEST_NAME and _INLINE.search(_plain(reading, slot))
        )
    return found > 1
