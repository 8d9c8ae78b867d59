"""Where packs are, and the policies in them: all that calculating one needs, which must not load what the other packs hold.

A pack is a Python package that holds ``policies/<name>/law.md …``, ``profiles/*.yaml``, ``quality/*.yaml`` and ``leftovers.yaml``
as data; third parties name theirs in the entry-point group ``hengji.packs``. Nothing of a pack is executed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hengji.model.policy_source import PolicySource

GROUP = "hengji.packs"
OWN = Path(__file__).parents[1] / "packs"


def pack_roots() -> Iterator[Path]:
    """The folders of the packs, the product's own first."""
    yield OWN
    yield from _installed()


@cache
def _installed() -> tuple[Path, ...]:
    """The folders of others' packs; looking through all that is installed takes time, and once will do."""
    if not _some_are_installed():
        return ()
    from importlib.metadata import entry_points

    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(folder for point in points if (folder := _folder(point.module)) is not None)


def _folder(package: str) -> Path | None:
    """Where a package lies; None where it is not there. Importing it, or what it is part of, would execute what they hold."""
    from importlib.util import find_spec

    top, *below = package.split(".")
    found = find_spec(top)
    places = found.submodule_search_locations if found is not None else None
    return Path(next(iter(places)), *below) if places else None


def _some_are_installed() -> bool:
    """Whether anything that is installed speaks of our group; loading what could say more takes as long as reading a report."""
    told = (file for place in sys.path if place for file in Path(place).glob("*-info/entry_points.txt"))
    return any(GROUP in file.read_text("utf-8", "replace") for file in told)


def policy_source(name: str) -> PolicySource | None:
    """The policy folder of that name in the packs, the product's own first; a path is no name."""
    if name in ("", ".", "..") or "/" in name or "\\" in name:
        return None
    for root in pack_roots():
        folder = root / "policies" / name
        if (folder / "law.md").is_file():
            return PolicySource(
                name, text_of(folder / "law.md"), text_of(folder / "parameters.yaml"), text_of(folder / "cases.yaml")
            )
    return None


def policy_names() -> tuple[str, ...]:
    """All policy names in the packs, sorted."""
    names = {
        folder.name for root in pack_roots() for folder in entries(root / "policies") if (folder / "law.md").is_file()
    }
    return tuple(sorted(names))


def entries(folder: Path) -> list[Path]:
    """What is in a folder of a pack; nothing where there is no such folder."""
    return list(folder.iterdir()) if folder.is_dir() else []


def text_of(path: Path) -> str:
    """The text of a file of a pack, with � for what is not UTF-8; empty where there is no such file."""
    return path.read_text("utf-8", "replace") if path.is_file() else ""
