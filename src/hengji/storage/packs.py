"""Packs: policies and profiles that come with the product or with a third party's package.

A pack is a Python package that holds ``policies/<name>/law.md …``, ``profiles/*.yaml``, ``quality/*.yaml`` and ``leftovers.yaml``
as data; third parties name theirs in the entry-point group ``hengji.packs``. Nothing of a pack is executed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from hengji.model.dossier import PolicySource
from hengji.model.finding import Finding, Place, Severity
from hengji.model.lexicon import Lexicon
from hengji.model.profile import Profile
from hengji.model.quality import QualitySheet
from hengji.storage.codec import decode

GROUP = "hengji.packs"
OWN = "hengji.packs"
ROOT_PROFILE = "国家项目"
"""Every profile rests on this one in the end, so that no value is ever without a source."""
LEFTOVERS = "leftovers.yaml"
LEXICON = "lexicon.yaml"
CODE_PROFILE = "L007"
CODE_TWICE = "L008"


@cache
def _roots() -> tuple[Traversable, ...]:
    """The folders of the packs, the product's own first; looking through all that is installed takes time, and once will do."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return (files(OWN), *(files(point.value) for point in points))


def policy_source(name: str) -> PolicySource | None:
    """The policy folder of that name in the packs, the product's own first; a path is no name."""
    if name in ("", ".", "..") or "/" in name or "\\" in name:
        return None
    for root in _roots():
        folder = root / "policies" / name
        if (folder / "law.md").is_file():
            return PolicySource(
                name, _read(folder / "law.md"), _read(folder / "parameters.yaml"), _read(folder / "cases.yaml")
            )
    return None


def policy_names() -> tuple[str, ...]:
    """All policy names in the packs, sorted."""
    names = {
        folder.name for root in _roots() for folder in _children(root / "policies") if (folder / "law.md").is_file()
    }
    return tuple(sorted(names))


def _children(folder: Traversable) -> list[Traversable]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _read(path: Traversable) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


@dataclass(frozen=True, slots=True)
class _LeftOver:
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class _LeftOvers:
    words: tuple[_LeftOver, ...] = ()


def leftovers() -> tuple[dict[str, str], tuple[Finding, ...]]:
    """遗留词句: words that have no place in a finished report, and what each is (leftovers.yaml of every pack)."""
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for root in _roots():
        decoded = decode(_LeftOvers, _read(root / LEFTOVERS), LEFTOVERS)
        findings.extend(decoded.findings)
        found |= {each.word: each.meaning for each in (decoded.value or _LeftOvers()).words}
    return found, tuple(findings)


@cache
def lexicon() -> tuple[Lexicon, tuple[Finding, ...]]:
    """The slips and the words of fields of every pack (lexicon.yaml), the product's own first."""
    decoded = [decode(Lexicon, _read(root / LEXICON), LEXICON) for root in _roots() if (root / LEXICON).is_file()]
    known = [each.value for each in decoded if each.value is not None]
    slips = tuple(slip for each in known for slip in each.slips)
    fields = tuple(field for each in known for field in each.fields)
    return Lexicon(slips, fields), tuple(finding for each in decoded for finding in each.findings)


@cache
def quality_sheets() -> tuple[Mapping[str, QualitySheet], tuple[Finding, ...]]:
    """All sheets by which reports are marked (quality/*.yaml of every pack) by id, the product's own first."""
    found: dict[str, QualitySheet] = {}
    findings: list[Finding] = []
    for root in _roots():
        for path in sorted(_children(root / "quality"), key=lambda path: path.name):
            decoded = decode(QualitySheet, _read(path), f"quality/{path.name}")
            findings.extend(decoded.findings)
            if decoded.value is not None:
                found.setdefault(decoded.value.id, decoded.value)
    return MappingProxyType(found), tuple(findings)


@dataclass(frozen=True, slots=True)
class Norms:
    """A profile with everything it inherits; ``origins`` says for each field which profile spoke (the most local wins)."""

    profile: Profile
    origins: Mapping[str, str]


@cache
def profiles() -> tuple[Mapping[str, Profile], tuple[Finding, ...]]:
    """All profiles in the packs by id, read once."""
    found: dict[str, Profile] = {}
    findings: list[Finding] = []
    for root in _roots():
        for path in sorted(_children(root / "profiles"), key=lambda path: path.name):
            decoded = decode(Profile, _read(path), f"profiles/{path.name}")
            findings.extend(decoded.findings)
            if decoded.value is None:
                continue
            if decoded.value.id in found:
                place = Place(f"profiles/{path.name}")
                text = f"评价规范“{decoded.value.id}”有两份"
                findings.append(Finding(CODE_TWICE, Severity.ERROR, place, text, "编号唯一", "改名或删去一份"))
            else:
                found[decoded.value.id] = decoded.value
    return MappingProxyType(found), tuple(findings)


def norms(profile_id: str, known: Mapping[str, Profile]) -> tuple[Norms | None, tuple[Finding, ...]]:
    """Resolve ``extends`` upwards: a field that the local profile leaves empty is taken from the more general one."""
    chain: list[Profile] = []
    current = profile_id
    while current:
        if current not in known or any(profile.id == current for profile in chain):
            found = f"评价规范“{current}”{'继承成环' if current in known else '不存在'}"
            expected = "其一：" + "、".join(sorted(known))
            place = Place("dossier.yaml", item="profile")
            return None, (Finding(CODE_PROFILE, Severity.ERROR, place, found, expected, "改正 profile"),)
        chain.append(known[current])
        current = known[current].extends or (ROOT_PROFILE if current != ROOT_PROFILE else "")
    own = chain[0]
    values: dict[str, object] = {}
    origins: dict[str, str] = {}
    for field in dataclasses.fields(Profile):
        for profile in chain:
            value = getattr(profile, field.name)
            if value not in (None, (), ""):
                values[field.name] = value
                origins[field.name] = profile.title
                break
    local = {threshold.name: threshold for profile in reversed(chain) for threshold in profile.thresholds}
    merged = dataclasses.replace(own, **(values | {"thresholds": tuple(local.values())}))  # type: ignore[arg-type]
    return Norms(merged, origins), ()
