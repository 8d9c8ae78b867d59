r"""Folded text without the marks of LaTeX and Markdown that converters leave: ``$700\text{元}/\text{m}^2$`` is 700元/m2."""

from __future__ import annotations

from hengji.model.patterns import pattern
from hengji.reading.folding import Folded

_MARK = pattern(
    r"\$|\*\*|\\(?:text(?:bf|rm)?|mathrm|rm|mathbf|underline)\{~?|\\[dt]?(?P<fraction>frac)\{|\\(?:left|right)(?![a-z])|(?P<over>\}\{)"
    r"|\\(?P<sign>times|cdot|div|sim|leqslant|leq|le|geqslant|geq|ge|approx)(?![a-z]) ?|\\(?:[,;! ]|q?quad(?![a-z]))|\\(?=%)|[\^_]|\{|(?P<close>\})"
)
_COMPOUND = pattern(r"[^{}]{0,200}?(?:[-+×÷*−]|\\(?:times|cdot|div)(?![a-z]))")
"""What the upper or lower part of a fraction is that is no single number."""
_SIGNS = {"times": "×", "cdot": "·", "div": "÷", "sim": "~", "approx": "约"}
_SIGNS |= {"leqslant": "≤", "leq": "≤", "le": "≤", "geqslant": "≥", "geq": "≥", "ge": "≥"}


def unmarked(folded: Folded) -> Folded:
    """The same text where no formula stands in it; a fraction whose upper or lower part is a sum keeps that in brackets."""
    if "\\" not in folded.text and "$" not in folded.text and "**" not in folded.text:
        return folded
    signs: list[str] = []
    origins: list[int] = []
    closing: list[str] = []
    at = 0
    for match in _MARK.finditer(folded.text):
        signs.append(folded.text[at : match.start()])
        origins.extend(folded.origins[at : match.start()])
        sign = _SIGNS.get(match["sign"] or "", "")
        if match["over"]:
            sign = f"{closing.pop() if closing else ''}÷"
        elif match["close"]:
            sign = closing.pop() if closing else ""
        if match["over"] or "{" in match[0]:
            compound = (match["over"] or match["fraction"]) and _COMPOUND.match(folded.text, match.end())
            sign += "(" if compound else ""
            closing.append(")" if compound else "")
        signs.append(sign)
        origins.extend(folded.origins[match.start()] for _ in sign)
        at = match.end()
    signs.append(folded.text[at:])
    origins.extend(folded.origins[at:])
    return Folded("".join(signs), tuple(origins))
