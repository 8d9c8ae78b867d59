"""What a draft is unsure of, with the place in the report, for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass, field

from hengji.model.reading import Reading, Span

FILE = "待核.md"
_LONGEST = 60


@dataclass(slots=True)
class Notes:
    """待核事项: what was taken over, what was guessed and what could not be read, in the order of finding it."""

    reading: Reading
    unsure: list[str] = field(default_factory=list)
    taken: list[str] = field(default_factory=list)

    def source(self, span: Span) -> str:
        """“第12行「…」”, the page where there are pages."""
        page = self.reading.page(span.start)
        words = "".join(self.reading.quote(span).split())
        shown = words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"
        place = f"第{self.reading.line(span.start)}行" if page is None else f"第{page}页"
        return f"{place}「{shown}」"

    def doubt(self, what: str, span: Span | None = None) -> None:
        """Something for a person to look at."""
        self.unsure.append(what if span is None else f"{what}（{self.source(span)}）")

    def take(self, what: str, span: Span) -> None:
        """Something taken over, with its place."""
        self.taken.append(f"{what}：{self.source(span)}")

    def text(self) -> str:
        """The list as a file of the dossier."""
        lines = [f"# 待核事项（据{self.reading.file}起草）", "", "逐条核对；核对过的打勾。", ""]
        lines += [f"- [ ] {each}" for each in self.unsure] or ["没有。"]
        lines += ["", "# 取自报告何处", "", *(f"- {each}" for each in self.taken)]
        return "\n".join(lines) + "\n"
