"""Records: what ``dataclass(frozen=True, slots=True)`` makes, made in a third of the time.

A command imports some hundreds of classes before it does anything, and a dataclass compiles seven functions for each, one text at
a time (docs/decisions/0016). Here one is compiled, ``__init__``; the others are shared and read the fields through their slots.
``dataclasses.fields``, ``replace`` and ``asdict``, patterns, copies and pickles work as they do there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from operator import attrgetter
from typing import Any, NoReturn, TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make ``cls`` a record: its annotated names are fields, given by place or by name and never changed again.

    Two records are equal when they are of one class and equal field by field; a record can be hashed when its fields can.
    Methods that the class has of its own are kept. Raises TypeError where a field is wanted by name only.
    """
    own = set(vars(cls))
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    known = fields(made)  # type: ignore[arg-type]  # it has just become one
    equal, hashed = _comparison([each.name for each in known if each.compare])
    methods = {"__init__": _initialiser(made, known), "__eq__": equal, "__repr__": _shown, **_FROZEN}
    if "__eq__" not in own:
        methods["__hash__"] = hashed
    for name in methods.keys() - own:
        setattr(made, name, methods[name])
    return made


def _initialiser(cls: type, known: tuple[Field[Any], ...]) -> Callable[..., None]:
    """``__init__``, which fills the slots by their descriptors: nothing that refuses to set stands before these."""
    names: dict[str, Any] = {"_absent": MISSING}
    told, steps = ["self"], []
    for each in known:
        name = each.name
        if each.kw_only:
            raise TypeError(f"{cls.__qualname__}.{name}: a record has no fields that are given by name only")
        names |= {
            f"_set_{name}": getattr(cls, name).__set__,
            f"_default_{name}": each.default,
            f"_new_{name}": each.default_factory,
        }
        made = each.default_factory is not MISSING
        if each.init:
            optional = made or each.default is not MISSING
            told.append(f"{name}=_default_{name}" if optional else name)
            steps.append(f"_set_{name}(self, {f'_new_{name}() if {name} is _absent else {name}' if made else name})")
        elif made or each.default is not MISSING:
            steps.append(f"_set_{name}(self, {f'_new_{name}()' if made else f'_default_{name}'})")
    if hasattr(cls, "__post_init__"):
        steps.append("self.__post_init__()")
    exec(f"def __init__({', '.join(told)}):\n " + "\n ".join(steps or ["pass"]), names)  # noqa: S102  names of fields
    made_here: Callable[..., None] = names["__init__"]
    made_here.__qualname__ = f"{cls.__qualname__}.__init__"
    return made_here


def _comparison(names: list[str]) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    """``__eq__`` and ``__hash__`` over the fields of these names."""
    read: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: object) -> bool:
        return read(self) == read(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(read(self))

    return equal, hashed


def _shown(self: Any) -> str:
    told = (f"{each.name}={getattr(self, each.name)!r}" for each in fields(self) if each.repr)
    return f"{self.__class__.__qualname__}({', '.join(told)})"


def _refuse_to_set(self: object, name: str, value: object) -> NoReturn:  # noqa: ARG001  as Python calls it
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(self: object, name: str) -> NoReturn:  # noqa: ARG001  as Python calls it
    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _kept(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in fields(self)]


def _restored(self: Any, kept: list[Any]) -> None:
    for each, value in zip(fields(self), kept, strict=True):
        object.__setattr__(self, each.name, value)


_FROZEN: dict[str, Callable[..., Any]] = {
    "__setattr__": _refuse_to_set,
    "__delattr__": _refuse_to_delete,
    "__getstate__": _kept,
    "__setstate__": _restored,
}
