"""Records behave as frozen dataclasses with slots do; each test is put to both."""

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, asdict, dataclass, field, fields, is_dataclass, replace
from functools import cached_property
from typing import Any

import pytest

from hengji.model.record import Remembering, record

Maker = Callable[[type], type]
plain: Maker = dataclass(frozen=True, slots=True)


def _made(maker: Maker) -> type[Any]:
    @maker
    class Line:
        """一行."""

        name: str
        fen: int = 0
        notes: list[str] = field(default_factory=list, compare=False)
        key: str = field(default="", repr=False)
        size: int = field(init=False, default=7)

        @property
        def yuan(self) -> float:
            return self.fen / 100

    return Line


@record
class Base:
    name: str


@record
class Derived(Base):
    fen: int = 0

    def __post_init__(self) -> None:
        if self.fen < 0:
            raise ValueError("negative")


@record
class Empty: ...


@record
class Loud:
    name: str

    def __repr__(self) -> str:
        return "loud"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Loud)

    def __hash__(self) -> int:
        return 1


class Asked:
    """Counts how often its hash is asked for."""

    def __init__(self, name: str) -> None:
        self.name, self.times = name, 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Asked) and self.name == other.name

    def __hash__(self) -> int:
        self.times += 1
        return hash(self.name)


@record
class Tree(Remembering):
    root: Asked
    note: str = field(default="", compare=False)
    branches: tuple["Tree", ...] = ()

    @cached_property
    def size(self) -> int:
        return 1 + sum(each.size for each in self.branches)


@pytest.mark.parametrize("maker", [record, plain])
def test_what_both_do(maker: Maker) -> None:
    line = _made(maker)
    one = line("床位", fen=5)
    assert (one.name, one.fen, one.notes, one.key, one.size, one.yuan) == ("床位", 5, [], "", 7, 0.05)
    assert repr(one).endswith("Line(name='床位', fen=5, notes=[], size=7)")
    assert one == line("床位", 5, ["另有说明"])
    assert one != line("床位", 6)
    assert one.__eq__("床位") is NotImplemented
    assert hash(one) == hash(line("床位", 5))
    assert replace(one, fen=6) == line("床位", 6)
    assert is_dataclass(line)
    assert asdict(one) == {"name": "床位", "fen": 5, "notes": [], "key": "", "size": 7}
    assert line.__match_args__ == ("name", "fen", "notes", "key")
    assert [each.name for each in fields(line)] == ["name", "fen", "notes", "key", "size"]
    assert line("甲").notes is not line("乙").notes


@pytest.mark.parametrize("maker", [record, plain])
def test_never_changed_again(maker: Maker) -> None:
    one = _made(maker)("床位")
    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'fen'"):
        one.fen = 1
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'fen'"):
        del one.fen
    with pytest.raises((FrozenInstanceError, TypeError)):  # the standard library's refusal stumbles over its own class
        one.other = 1
    assert not hasattr(one, "__dict__")


@pytest.mark.parametrize("maker", [record, plain])
def test_wrong_arguments_are_python_s_own_errors(maker: Maker) -> None:
    line = _made(maker)
    with pytest.raises(TypeError, match=r"Line.__init__\(\) missing 1 required positional argument: 'name'"):
        line()
    with pytest.raises(TypeError, match="unexpected keyword argument 'size'"):
        line("床位", size=1)


def test_a_record_of_a_record_has_the_fields_of_both() -> None:
    assert repr(Derived("床位", 3)) == "Derived(name='床位', fen=3)"
    assert Derived("床位") != Base("床位")
    with pytest.raises(ValueError, match="negative"):
        Derived("床位", -1)


def test_copied_and_kept() -> None:
    one = Derived("床位", 3)
    assert copy.copy(one) == copy.deepcopy(one) == pickle.loads(pickle.dumps(one)) == one


def test_a_hash_is_worked_out_once() -> None:
    leaf = Tree(Asked("叶"))
    tree = Tree(Asked("根"), "说明", (leaf, leaf))
    assert len({hash(tree) for _ in range(3)}) == 1
    assert (tree.root.times, leaf.root.times) == (1, 1)
    assert hash(Tree(Asked("根"), "说明", (leaf,))) != hash(tree)
    assert leaf.root.times == 1


def test_equal_records_that_remember_hash_alike() -> None:
    one, two = (Tree(Asked("根"), note, (Tree(Asked("叶")),)) for note in ("甲", "乙"))
    assert hash(one) == hash(two)
    assert one == two
    assert one.size == 2
    assert (hash(one), len({one, two})) == (hash(two), 1)


def test_what_is_made_of_a_record_has_a_hash_of_its_own() -> None:
    one = Tree(Asked("根"), "", (Tree(Asked("叶")),))
    before = hash(one), one.size
    other = replace(one, branches=())
    assert hash(other) == hash(Tree(Asked("根"))) != before[0]
    assert (other.size, hash(one), one.size) == (1, *before)
    assert hash(replace(other, branches=one.branches)) == before[0]


def test_a_copy_remembers_nothing() -> None:
    one = Tree(Asked("根"))
    assert (hash(one), one.size) == (hash(one), 1)
    for other in (copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one))):
        assert vars(other) == {}
        times = other.root.times
        assert hash(other) == hash(one)
        assert other.root.times == times + 1
    assert one.root.times == 2, "its own, and that of the copy that shares its root"


def test_own_methods_stay() -> None:
    assert repr(Loud("床位")) == "loud"
    assert Loud("床位") == Loud("轮椅")
    assert hash(Loud("床位")) == 1


def test_without_fields() -> None:
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1
    assert repr(Empty()) == "Empty()"


def test_matched_as_a_pattern() -> None:
    match Derived("床位", 3):
        case Derived(name, fen):
            assert (name, fen) == ("床位", 3)


def test_a_field_by_name_only_is_refused() -> None:
    with pytest.raises(TypeError, match="given by name only"):

        @record
        class Named:
            name: str = field(kw_only=True)
