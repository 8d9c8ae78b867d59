"""Choices behave as enumerations do; each test is put to both."""

import copy
import pickle
from enum import Enum

import pytest

from hengji.model.choice import Choice


class Quick(Choice):
    ONE = "一"
    TWO = "二"

    @property
    def doubled(self) -> str:
        return self.value * 2

    def told(self) -> str:
        return f"{self.name} {self.value}"


class Usual(Enum):
    ONE = "一"
    TWO = "二"

    @property
    def doubled(self) -> str:
        return self.value * 2

    def told(self) -> str:
        return f"{self.name} {self.value}"


@pytest.mark.parametrize("kind", [Quick, Usual])
def test_what_both_do(kind: type[Quick] | type[Usual]) -> None:
    one = kind.ONE
    assert one is kind("一") is kind["ONE"]
    assert [each.value for each in kind] == ["一", "二"]
    assert (one.name, one.doubled, one.told()) == ("ONE", "一一", "ONE 一")
    assert Quick.told(Quick.ONE) == Usual.told(Usual.ONE)
    assert one in kind
    assert one != kind.TWO
    assert len({one, kind.TWO, kind.ONE}) == len(kind) == 2
    assert copy.deepcopy(one) is pickle.loads(pickle.dumps(one)) is one
    assert (kind.__name__, kind.__module__, list(kind.__members__)) == (kind.__qualname__, __name__, ["ONE", "TWO"])


@pytest.mark.parametrize("kind", [Quick, Usual])
def test_what_is_not_there_is_told(kind: type[Quick] | type[Usual]) -> None:
    with pytest.raises(AttributeError, match="THREE"):
        getattr(kind, "THREE")  # noqa: B009  it is not there
    with pytest.raises(ValueError, match="三"):
        kind("三")
