"""What checks of scores have in common: the records of one place as a tree, leaves with what is believed of them, and words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from hengji.model.patterns import pattern
from hengji.model.reading import Reading, Span
from hengji.model.record import record
from hengji.model.scorecard import Points, Record, Scorecard, Scored, Where
from hengji.scoring.operands import points

_CHANGED = pattern(r"人工改分|改分|未按(?:评分)?标准(?:评分|打分|计分)|(?:标准|办法)[^。;]{0,12}(?:给不出|得不到)")
_POINTS = pattern(r"[扣得=＝≈](?:-?[\d.]+分| -?[\d.]+ 分)")
_CLAUSE_ENDS = "。；;\n\t"
_TAIL, _REACH = 3, 120
TABLES = (Where.TABLE, Where.STANDARDS)
Entry = tuple[Scored, Record]


@record
class Loss:
    """失分: less points than the weight."""

    weight: Points
    awarded: Points

    @property
    def value(self) -> Decimal:
        return self.weight.value - self.awarded.value


class Places:
    """The records of a scorecard by the place that they were written in."""

    def __init__(self, scorecard: Scorecard) -> None:
        self._entries: dict[int, list[Entry]] = defaultdict(list)
        self._below: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        self._at: dict[tuple[int, int], Entry] = {}
        self._tops = {id(node): top for top in scorecard.indicators for node in top.walk()}
        for node in scorecard.walk():
            for told in node.records:
                if told.where not in (*TABLES, Where.TEXT):
                    continue
                self._entries[told.place].append((node, told))
                self._at[told.place, told.number] = (node, told)
                if told.above is not None:
                    self._below[told.place, told.above].append((node, told))
        self._under: dict[int, list[Scored]] = defaultdict(list)
        for node, told in self.entries():
            if (above := self.above(told)) is not None:
                self._under[id(above[0])].append(node)

    def entries(self) -> Iterator[Entry]:
        """Every record of a table or of the body."""
        for entries in self._entries.values():
            yield from entries

    def tops(self) -> Iterator[list[Entry]]:
        """Place by place, what stands under nothing."""
        for entries in self._entries.values():
            yield [entry for entry in entries if entry[1].above is None]

    def below(self, record: Record) -> list[Entry]:
        """What stands right under a record in its own place."""
        return self._below.get((record.place, record.number), [])

    def under(self, node: Scored) -> list[Scored]:
        """What stands right under a node in any place."""
        return self._under.get(id(node), [])

    def unlisted_top(self, node: Scored, record: Record) -> Scored | None:
        """The topmost above a node, where the table that a record stands in has no row for it: its cell may have been merged away."""
        top = self._tops[id(node)]
        listed = (
            record.where not in TABLES or not top.records or any(told.place == record.place for told in top.records)
        )
        return None if listed else top

    def above(self, record: Record) -> Entry | None:
        """What a record stands under in its own place."""
        return None if record.above is None else self._at.get((record.place, record.above))


def believed(said: list[tuple[Record, Points]], first: Points | None) -> Points | None:
    """What most records say where they do not agree; of equals, what is believed first. None where they agree."""
    values = Counter(value.value for _, value in said)
    if first is None or len(values) < 2:  # noqa: PLR2004  two are needed to differ
        return None
    most, often = values.most_common(1)[0]
    if often == values[first.value]:
        return first
    return next(value for _, value in said if value.value == most)


def total(values: list[Points]) -> Decimal:
    return sum((each.value for each in values), Decimal(0))


def added(values: list[Points]) -> str:
    """“6分 + 10分 = 16分”."""
    return f"{' + '.join(f'{points(each.value)}分' for each in values)} = {points(total(values))}分"


def less(value: Points, taken: Points) -> str:
    """“10分 − 4分 = 6分”."""
    return f"{points(value.value)}分 − {points(taken.value)}分 = {points(value.value - taken.value)}分"


def leaves_of(node: Scored) -> list[Scored]:
    return [each for each in node.walk() if not each.children]


def all_read(node: Scored) -> bool:
    """Whether its leaves weigh together what it weighs itself, as far as weights are told: where they do not, some may not have been read."""
    weights = [leaf.weight for leaf in leaves_of(node)]
    known = [each for each in weights if each]
    return node.weight is None or len(known) < len(weights) or total(known) == node.weight.value


def full_marks(node: Scored) -> Points | None:
    """The score of an indicator that lost nothing; None of one that did, or of which score or weight is not told."""
    awarded, weight = node.awarded, node.weight
    return awarded if awarded and weight and awarded.value >= weight.value else None


def lost(node: Scored) -> Loss | None:
    """What an indicator lost; None of one that lost nothing, or of which score or weight is not told."""
    return loss_of(node.weight, node.awarded)


def loss_of(weight: Points | None, awarded: Points | None) -> Loss | None:
    return Loss(weight, awarded) if weight and awarded and awarded.value < weight.value else None


def called(node: Scored) -> str:
    return f"“{node.name}”"


def listing(node: Scored) -> tuple[Span, ...]:
    """Where the body says what stands below an indicator."""
    return tuple(record.analysis.span for record in node.of(Where.TEXT) if record.analysis)


def spans_of(values: list[Points]) -> tuple[Span, ...]:
    return tuple(each.span for each in values)


def disclosed(node: Scored) -> bool:
    """Whether the report says itself that a score was set otherwise than by the standard."""
    told = [each.text for each in node.analyses]
    told.extend(record.reason.text for record in node.records if record.reason)
    return any(_CHANGED.search(text) for text in told)


def where(record: Record) -> str:
    return record.where.value


def tellers(scorecard: Scorecard) -> dict[int, Scored]:
    """For each indicator, by its id, the nearest one above it of which anything is told."""
    found: dict[int, Scored] = {}
    for node in scorecard.walk():
        above = node if node.analyses else found.get(id(node))
        if above is not None:
            found.update({id(child): above for child in node.children})
    return found


def told_of(leaf: Scored, above: Scored | None) -> str:
    """The name, reasons and analyses of an indicator, with those sentences of the analyses of its teller above that name it.

    Where nothing is told of it itself, all that is told of the one above.
    """
    told = [*(record.reason.text for record in leaf.records if record.reason), *(each.text for each in leaf.analyses)]
    over = [] if above is None else [each.text for each in above.analyses]
    if told:
        over = [sentence for text in over for sentence in text.split("。") if leaf.name in sentence]
    return "\n".join([leaf.name, *told, *over])


def losses_told(reading: Reading, leaf: Scored) -> Iterator[str]:
    """The clauses of the text in which an indicator loses the points that it lost, or gets what it got: “…盘点不全，资产管理扣1分”."""
    if (loss := lost(leaf)) is None:
        return
    got = points(loss.awarded.value)
    own = [leaf.name[at : at + 2] for at in range(len(leaf.name) - 1)]
    text = reading.text
    told = [("扣", points(loss.value)), ("得", got), ("=", got), ("＝", got), ("≈", got)]
    written = [f"{sign}{number}分" for sign, number in told]
    if " 分" in text:  # pages often have blanks around numbers
        written += [f"{sign} {number} 分" for sign, number in told]
    places = _points_told(text)
    for at in (at for words in written for at in places.get(words, ())):
        reach = max(0, at - _REACH)
        begin = max(reach, *(text.rfind(stop, reach, at) + 1 for stop in _CLAUSE_ENDS))
        clause = text[begin:at]
        if leaf.name[-_TAIL:] in clause or 2 * sum(pair in clause for pair in own) >= len(own):
            yield clause


@lru_cache(maxsize=2)
def _points_told(text: str) -> Mapping[str, Sequence[int]]:
    """Where a text tells points, by the words in which it does: found once for all indicators."""
    found: dict[str, list[int]] = defaultdict(list)
    for match in _POINTS.finditer(text):
        found[match[0]].append(match.start())
    return found
