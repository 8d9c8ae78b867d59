"""What is numbered, the same in every format: tables and charts once, in reading order; pages anew where the body begins."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

from hengji.model.document import Block, Chart, Contents, Document, Table


def numbers(document: Document) -> dict[str, str]:
    """The number of each table and chart by its id; one without a caption has none and does not count."""
    tables, charts = count(1), count(1)
    numbered: dict[str, str] = {}
    for block in document.blocks:
        match block:
            case Table(id=name, caption=caption) if caption:
                numbered[name] = f"表{next(tables)}"
            case Chart(id=name, caption=caption) if caption:
                numbered[name] = f"图{next(charts)}"
            case _:
                pass
    return numbered


def caption(block: Table | Chart, numbered: Mapping[str, str]) -> str:
    """The caption as it is printed: 表3　各级资金到位及支出情况表."""
    return "　".join(part for part in (numbered.get(block.id, ""), block.caption) if part)


def front_of(blocks: Sequence[Block]) -> int:
    """How many blocks, up to the contents, stand before the body: its pages are numbered anew, theirs in Roman numbers."""
    return max((at + 1 for at, block in enumerate(blocks) if isinstance(block, Contents)), default=0)
