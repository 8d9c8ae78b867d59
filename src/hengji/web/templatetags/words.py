"""How templates print amounts, rates, dates and findings."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html

from hengji.model.finding import Severity
from hengji.model.money import divide
from hengji.web import navigation
from hengji.web.access import Here
from hengji.web.heads import stage_today
from hengji.web.models import Dossier

register = template.Library()
_ABSENT = "—"


@register.filter
def yuan(fen: int | None) -> str:
    """An amount in fen as yuan with thousands separators and two decimals; a dash where there is none."""
    return _ABSENT if fen is None else f"{Decimal(int(fen)).scaleb(-2):,.2f}"


@register.filter
def wan(fen: int | None) -> str:
    """An amount in fen as 万元 with two decimals, rounded half-up."""
    return _ABSENT if fen is None else f"{Decimal(divide(int(fen), 10_000)).scaleb(-2):,.2f}"


@register.filter
def points(score: Any) -> str:
    """A score with two decimals; a dash where there is none."""
    return _ABSENT if score in (None, "") else f"{Decimal(str(score)):.2f}"


@register.filter
def day(when: date | datetime | str | None) -> str:
    """2021年7月12日."""
    if not when:
        return _ABSENT
    if isinstance(when, str):
        return when
    local = timezone.localtime(when) if isinstance(when, datetime) else when
    return f"{local.year}年{local.month}月{local.day}日"


@register.filter
def moment(when: datetime | None) -> str:
    """2021-07-12 09:30."""
    return _ABSENT if when is None else f"{timezone.localtime(when):%Y-%m-%d %H:%M}"


@register.filter
def stage(dossier: Dossier) -> str:
    """The step of its plan in which today falls; a dash where there is none."""
    return stage_today(dossier.head) or _ABSENT


@register.filter
def severity_class(word: str) -> str:
    """The style of a severity by its word."""
    return {severity.value: severity.name.lower() for severity in Severity}.get(word, "note")


@register.simple_tag
def wrong(fault: Any, *name: Any) -> str:
    """For the field of that name (its parts in a row): that what stands in it is wrong, and where that is told; else nothing."""
    return format_html(' aria-invalid="true" aria-describedby="{}-fault"', _joined(name)) if fault else ""


@register.simple_tag
def told(fault: Any, *name: Any) -> str:
    """What is wrong with the field of that name, to stand below it; nothing where nothing is."""
    return format_html('<p class="error" id="{}-fault">{}</p>', _joined(name), fault) if fault else ""


def _joined(name: tuple[Any, ...]) -> str:
    return "".join(map(str, name))


@register.simple_tag
def base(here: Any) -> str:
    """The revision that a form was read from, as a hidden field."""
    return format_html('<input type="hidden" name="base" value="{}">', here.dossier.head)


@register.simple_tag
def screens_of(here: Here) -> list[tuple[str, str]]:
    """The screens that this person may open."""
    return navigation.screens_of(here)
