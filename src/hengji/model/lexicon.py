"""Words and documents by which a report is read for slips: data that comes with the product and may be added to by a pack."""

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
class Superseded:
    """被取代的文件: since ``year`` the document of this ``number`` is out of force, and that of the number ``now`` in its place.

    ``title`` is part of its title: a number may have been given to others too (财政部令第18号).
    """

    title: str
    number: str
    now: str
    year: int


@record
class Lexicon:
    """用词表: slips of the pen, the words of each field, and documents that are out of force."""

    slips: tuple[Slip, ...] = ()
    fields: tuple[Field, ...] = ()
    documents: tuple[Superseded, ...] = ()
