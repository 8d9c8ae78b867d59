"""Packs: profiles, words and sheets that come with the product or with a third party's package.

A pack is a Python package that holds ``policies/<name>/law.md …``, ``profiles/*.yaml``, ``quality/*.yaml`` and ``leftovers.yaml``
as data; third parties name theirs in the entry-point group ``hengji.packs``. Nothing of a pack is executed.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from hengji.model.finding import Finding, Place, Severity, one_of
from hengji.model.lexicon import Lexicon, Superseded
from hengji.model.profile import Profile
from hengji.model.quality import QualitySheet
from hengji.model.record import record
from hengji.reading.documents import keys_in
from hengji.storage.decoded import decoded
from hengji.storage.policy_packs import entries, pack_roots, text_of

ROOT_PROFILE = "国家项目"
"""Every profile rests on this one in the end, so that no value is ever without a source."""
LEFTOVERS = "leftovers.yaml"
LEXICON = "lexicon.yaml"
CODE_PROFILE = "L007"
CODE_TWICE = "L008"
CODE_NUMBER = "L009"


@record
class _LeftOver:
    word: str
    meaning: str


@record
class _LeftOvers:
    words: tuple[_LeftOver, ...] = ()


def leftovers() -> tuple[dict[str, str], tuple[Finding, ...]]:
    """遗留词句: words that have no place in a finished report, and what each is (leftovers.yaml of every pack)."""
    found: dict[str, str] = {}
    findings: list[Finding] = []
    for root in pack_roots():
        known, faults = decoded(_LeftOvers, text_of(root / LEFTOVERS), LEFTOVERS)
        findings.extend(faults)
        found |= {each.word: each.meaning for each in (known or _LeftOvers()).words}
    return found, tuple(findings)


@cache
def lexicon() -> tuple[Lexicon, tuple[Finding, ...]]:
    """The slips, the words of fields and the documents out of force of every pack (lexicon.yaml), the product's own first."""
    files = (root / LEXICON for root in pack_roots())
    read = [decoded(Lexicon, text_of(file), LEXICON) for file in files if file.is_file()]
    known = [each for each, _ in read if each is not None]
    slips = tuple(slip for each in known for slip in each.slips)
    fields = tuple(field for each in known for field in each.fields)
    documents = tuple(document for each in known for document in each.documents)
    faults = (fault for _, found in read for fault in found)
    return Lexicon(slips, fields, documents), (*faults, *_misnumbered(documents))


def _misnumbered(documents: Iterable[Superseded]) -> Iterator[Finding]:
    """The numbers that are written as no document has them: nothing could be found by them."""
    for number in (number for each in documents for number in (each.number, each.now) if not any(keys_in(number))):
        expected = "文号，如 财预〔2020〕10号、民政部令第66号"
        yield Finding(
            CODE_NUMBER, Severity.ERROR, Place(LEXICON, item="documents"), f"“{number}”不是文号", expected, "改正文号"
        )


@record
class _Formulas:
    formulas: dict[str, str]


@cache
def formulas() -> Mapping[str, str]:
    """How each shape of rubric gives points, in a sentence or two, by the shape's word."""
    known, faults = decoded(_Formulas, text_of(next(pack_roots()) / "formulas.yaml"), "formulas.yaml")
    assert known is not None, faults
    return MappingProxyType(known.formulas)


@cache
def quality_sheets() -> tuple[Mapping[str, QualitySheet], tuple[Finding, ...]]:
    """All sheets by which reports are marked (quality/*.yaml of every pack) by id, the product's own first."""
    found: dict[str, QualitySheet] = {}
    findings: list[Finding] = []
    for root in pack_roots():
        for path in sorted(entries(root / "quality"), key=lambda path: path.name):
            sheet, faults = decoded(QualitySheet, text_of(path), f"quality/{path.name}")
            findings.extend(faults)
            if sheet is not None:
                found.setdefault(sheet.id, sheet)
    return MappingProxyType(found), tuple(findings)


@record
class Norms:
    """A profile with everything it inherits; ``origins`` says for each field which profile spoke (the most local wins)."""

    profile: Profile
    origins: Mapping[str, str]


@cache
def profiles() -> tuple[Mapping[str, Profile], tuple[Finding, ...]]:
    """All profiles in the packs by id, read once."""
    found: dict[str, Profile] = {}
    findings: list[Finding] = []
    for root in pack_roots():
        for path in sorted(entries(root / "profiles"), key=lambda path: path.name):
            profile, faults = decoded(Profile, text_of(path), f"profiles/{path.name}")
            findings.extend(faults)
            if profile is None:
                continue
            if profile.id in found:
                place = Place(f"profiles/{path.name}")
                text = f"评价规范“{profile.id}”有两份"
                findings.append(Finding(CODE_TWICE, Severity.ERROR, place, text, "编号唯一", "改名或删去一份"))
            else:
                found[profile.id] = profile
    return MappingProxyType(found), tuple(findings)


def norms(profile_id: str, known: Mapping[str, Profile]) -> tuple[Norms | None, tuple[Finding, ...]]:
    """Resolve ``extends`` upwards: a field that the local profile leaves empty is taken from the more general one."""
    chain: list[Profile] = []
    current = profile_id
    while current or not chain:
        if current not in known or any(profile.id == current for profile in chain):
            found = f"评价规范“{current}”{'继承成环' if current in known else '不存在'}"
            expected = one_of(sorted(known))
            place = Place("dossier.yaml", item="profile")
            remedy = "改正评价规范的编号（profile）"
            return None, (Finding(CODE_PROFILE, Severity.ERROR, place, found, expected, remedy),)
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
