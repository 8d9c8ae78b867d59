"""Words by which a report is read for slips: data that comes with the product and may be added to by a pack."""

from __future__ import annotations

from hengji.model.record import record


@record
class Slip:
    """误用词: ``wrong`` stands for ``right``; not within any of ``unless``; only before one of ``behind`` if there are any.

    ``form`` slips are usage that style books object to, the others are plainly the wrong word.
    """

    wrong: str
    right: str
    why: str
    unless: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    form: bool = False


@record
class Field:
    """领域用词: words that only reports of this field have reason to use in the name of a fund or project."""

    name: str
    words: tuple[str, ...]


@record
class Lexicon:
    """用词表: slips of the pen, and the words of each field."""

    slips: tuple[Slip, ...] = ()
    fields: tuple[Field, ...] = ()
