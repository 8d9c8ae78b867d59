r"""Folded text without the marks of LaTeX and Markdown that converters leave: ``$700\text{元}/\text{m}^2$`` is 700元/m2."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.reading.folding import Folded

_MARK = pattern(
    r"\$|\*\*|\\(?:text|mathrm|rm|mathbf)\{|\\[dt]?frac\{|\\(?:left|right)(?![a-z])|(?P<over>\}\{)"
    r"|\\(?P<sign>times|cdot|div|sim|leqslant|leq|le|geqslant|geq|ge|approx|%)(?![a-z]) ?|\\[,;! ]|[\^_]|[{}]"
)
_SIGNS = {"times": "×", "cdot": "·", "div": "÷", "sim": "~", "approx": "约", "%": "%"}
_SIGNS |= {"leqslant": "≤", "leq": "≤", "le": "≤", "geqslant": "≥", "geq": "≥", "ge": "≥"}


def unmarked(folded: Folded) -> Folded:
    """The same text where no formula stands in it."""
    if "\\" not in folded.text and "$" not in folded.text and "**" not in folded.text:
        return folded
    signs: list[str] = []
    origins: list[int] = []
    at = 0
    for match in _MARK.finditer(folded.text):
        signs.append(folded.text[at : match.start()])
        origins.extend(folded.origins[at : match.start()])
        if sign := match["sign"] or match["over"]:
            signs.append(_SIGNS.get(sign, "÷"))
            origins.append(folded.origins[match.start()])
        at = match.end()
    signs.append(folded.text[at:])
    origins.extend(folded.origins[at:])
    return Folded("".join(signs), tuple(origins))
