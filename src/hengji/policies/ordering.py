"""Which name comes before which: each after the names that it uses."""

from __future__ import annotations

from collections.abc import Mapping

from hengji.policies.resolve import THIS_ROW
from hengji.policies.syntax import Syntax, names


def order(trees: Mapping[str, Syntax]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """The names in an order in which each comes after what it uses, and the circles, which have no order."""
    uses = {name: _used(tree, trees) for name, tree in trees.items()}
    done: dict[str, None] = {}
    circles: list[tuple[str, ...]] = []
    for root in trees:
        _visit(root, uses, done, circles)
    circular = {name for circle in circles for name in circle}
    return tuple(name for name in done if name not in circular), tuple(circles)


def _used(tree: Syntax, known: Mapping[str, Syntax]) -> tuple[str, ...]:
    texts = (name.text.removeprefix(f"{THIS_ROW}.") for name in names(tree))
    return tuple(dict.fromkeys(text for text in texts if text in known))


def _visit(
    root: str, uses: Mapping[str, tuple[str, ...]], done: dict[str, None], circles: list[tuple[str, ...]]
) -> None:
    """Depth first, with a path instead of recursion: a long chain of names is no fault."""
    path: list[tuple[str, int]] = [(root, 0)] if root not in done else []
    while path:
        name, at = path.pop()
        if at == len(uses[name]):
            done[name] = None
            continue
        path.append((name, at + 1))
        following = uses[name][at]
        on_path = [each for each, _ in path]
        if following in on_path:
            circles.append(tuple(on_path[on_path.index(following) :]))
        elif following not in done:
            path.append((following, 0))
