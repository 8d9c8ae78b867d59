"""Texts of packs as the codec decodes them, kept from one start to the next: reading a report takes little longer than loading YAML.

What comes of a text depends on nothing but the text, the name of its file, and the classes and the codec that are kept as source in
``hengji.model`` and ``hengji.storage``: where any of their files changes, all is decoded anew (docs/decisions/0017).
"""

from __future__ import annotations

import pickle
from functools import cache
from pathlib import Path
from typing import TypeVar, cast

from hengji.model.finding import Finding
from hengji.model.kept import Kept, kept_beside, stamps

T = TypeVar("T")
_HOME = Path(__file__).parents[1]


def decoded(kind: type[T], text: str, file: str) -> tuple[T | None, tuple[Finding, ...]]:
    """As ``codec.decode``; ``kind`` is a class of hengji.model or hengji.storage."""
    return read_by(kept_beside(__file__, "packs", _sources()), kind, text, file)


def read_by(kept: Kept, kind: type[T], text: str, file: str) -> tuple[T | None, tuple[Finding, ...]]:
    """The same with what is kept at hand."""
    key = (kind.__module__, kind.__qualname__, file, text)
    if (known := kept.get(key)) is not None:
        return cast("tuple[T | None, tuple[Finding, ...]]", pickle.loads(known))  # noqa: S301  as trusted as the byte code beside it
    from hengji.storage.codec import decode

    made = decode(kind, text, file)
    kept.put(key, pickle.dumps((made.value, made.findings)))
    return made.value, made.findings


@cache
def _sources() -> tuple[tuple[str, int, int], ...]:
    return stamps(_HOME / "model", _HOME / "storage")
