"""同一文号有两个名称。

## 查什么
佐证清单、政策文件头和文字中“《标题》（文号）”“文号《标题》”两种写法，同一文号的标题是否一致。一个标题是另一个的一部分，不算不一致。

## 为什么
同一文件两个名称，读者会当成两份文件；文号或标题抄错，依据就落空了。

## 怎么改
对照文件原件，统一标题；文号抄错的，改正文号。
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hengji.checks.subjects import EVIDENCE, passages
from hengji.model.dossier import Dossier
from hengji.model.finding import Finding, Place, Severity
from hengji.model.patterns import pattern
from hengji.policies.policy import Policy

CODE = "n504"

_OPEN, _CLOSE = "〔\\[［【（(", "〕\\]］】）)"
_DOCUMENT = rf"[^\s，。；、：《》（(）)“”]{{1,12}}[{_OPEN}]\d{{4}}[{_CLOSE}]\d+号"
_TITLE = r"《(?P<title>[^》\n]+)》"
_BOTH = (
    pattern(rf"{_TITLE}\s*[（(](?P<document>{_DOCUMENT})[）)]"),
    pattern(rf"(?P<document>{_DOCUMENT})\s*{_TITLE}"),
)
_BRACKETS = str.maketrans(dict.fromkeys("[［【（(", "〔") | dict.fromkeys("]］】）)", "〕"))
_MEANS_NOTHING = pattern(r"[^\w〔〕]|关于|印发|的通知$|通知$")


def find(dossier: Dossier, policies: Mapping[str, Policy], files: Mapping[str, bytes]) -> Iterator[Finding]:
    """Document numbers that are called something else than where they first stand."""
    first: dict[str, tuple[str, Place]] = {}
    for document, title, place in _titles(dossier, policies, files):
        number = re.sub(r"\s", "", document).translate(_BRACKETS)
        known, where = first.setdefault(number, (title, place))
        if not _same(known, title):
            yield Finding(
                CODE,
                Severity.WARNING,
                place,
                f"{number}的标题写作《{title}》",
                f"与{where}的《{known}》一致",
                "对照原件，改正标题或文号",
            )


def _titles(
    dossier: Dossier, policies: Mapping[str, Policy], files: Mapping[str, bytes]
) -> Iterator[tuple[str, str, Place]]:
    """Document number, title and place, the evidence list first."""
    for piece in dossier.evidence:
        if piece.document:
            yield piece.document, piece.title, Place(EVIDENCE, item=piece.id)
    for policy in policies.values():
        for document in policy.documents:
            if document.number:
                yield document.number, document.title, Place(policy.file, item=document.number)
    for passage in passages(dossier, files):
        for sought in _BOTH:
            for match in sought.finditer(passage.text):
                yield match["document"], match["title"], passage.place(match.start())


def _same(one: str, other: str) -> bool:
    short, long = sorted((_MEANS_NOTHING.sub("", one), _MEANS_NOTHING.sub("", other)), key=len)
    return short in long
