"""One row of a policy's outcome in words that can be read to the recipient: what is due, how it is reckoned, or why not."""

from __future__ import annotations

from collections.abc import Iterator

from hengji.model.table import ColumnType
from hengji.policies.outcome import RowOutcome, Step
from hengji.policies.policy import REST
from hengji.policies.printing import show_value

_LOOKUP = "查("
_CONDITION = "条件 "
_SHARED = "分担"
_REMAINDER = "其余部分"
_WRITTEN_OUT = "0123456789“"


def in_words(row: RowOutcome, steps: tuple[Step, ...]) -> Iterator[str]:
    """The verdict on the first line, its grounds below; ``steps`` are those of ``derivation.explain`` for the row."""
    conditions = [step for step in steps if step.text.startswith(_CONDITION)]
    where = f"第{number(row)}行　{row.recipient}"
    if row.faults:
        yield f"{where}　算不出"
        yield from dict.fromkeys(f"  {fault.message}" for fault in row.faults)
    elif row.reasons:
        yield f"{where}　不予补助"
        for reason in row.reasons:
            yield f"  {reason.text}" + (f"（{reason.source}）" if reason.source else "")
        if others := len(conditions) - len(row.reasons):
            yield f"  其余{others}项条件符合。"
    else:
        yield f"{where}　应补{show_value(row.total, ColumnType.MONEY)}"
        yield from (f"  {line}" for step in steps if step not in conditions for line in _payment(step))
        if conditions:
            names = "、".join(step.text.removeprefix(_CONDITION) for step in conditions)
            yield f"  符合全部{len(conditions)}项条件：{names}。"


def number(row: RowOutcome) -> int:
    """The row as the file numbers it; counted from 1 where the table has no file."""
    return row.line or row.row + 1


def _payment(step: Step) -> Iterator[str]:
    """省级 12,640.00元 ＝ 月标准（中度）200.00元 × 人月 79 × 星级系数（一星）0.8, and below it what the names stand for."""
    kind, tier, *share = step.text.split(" ", 2)
    whole = step.steps[0]
    source = f"（{step.sources[0].reference}）" if step.sources and step.sources[0].reference else ""
    reckoned = _spelt(whole)
    if kind == _SHARED:
        amount = f"{reckoned} " if _is_name(whole) or not whole.steps else f"（{reckoned}）"
        rate = "、".join(_spelt(part) for part in step.steps[1:]) or "".join(share)
        reckoned = f"{amount}的{_REMAINDER if share == [REST] else rate}"
    yield f"{tier} {_value(step)} ＝ {reckoned}{source}"
    for name in _names(whole):
        yield f"  其中 {name.text} {_value(name)} ＝ {_spelt(name.steps[0])}"


def _spelt(step: Step) -> str:
    """The expression with every name followed by its value."""
    text, rest = "", step.text
    if not step.steps or _looks_up(step) or _is_name(step):
        return _of(step)
    for part in step.steps:
        before, found, after = rest.partition(part.text)
        text, rest = (text + before + _spelt(part), after) if found else (text, rest)
    return text + rest


def _of(step: Step) -> str:
    """A name with its value; what is written out stands for itself."""
    if _looks_up(step):
        name, _, said = step.text.removeprefix(_LOOKUP).removesuffix(")").partition(", ")
        keys = "、".join(show_value(key.value, key.kind).strip("“”") for key in step.steps) or said.strip("“”")
        return f"{name}（{keys}）{_value(step)}"
    return step.text if step.text[0] in _WRITTEN_OUT else f"{step.text} {_value(step)}"


def _looks_up(step: Step) -> bool:
    return step.text.startswith(_LOOKUP) and bool(step.sources)


def _is_name(step: Step) -> bool:
    """Whether it is a 令: it says a name and stands for one expression that is not part of the text."""
    return len(step.steps) == 1 and step.steps[0].text not in step.text


def _names(step: Step) -> Iterator[Step]:
    if _is_name(step):
        yield step
    for part in step.steps:
        yield from _names(part)


def _value(step: Step) -> str:
    return step.fault or show_value(step.value, step.kind)
