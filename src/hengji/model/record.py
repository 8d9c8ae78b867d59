"""Records: what ``dataclass(frozen=True, slots=True)`` makes, made in a fifth of the time.

A command imports some hundreds of classes before it does anything, and a dataclass compiles seven functions for each, one text at
a time (docs/decisions/0016). Here one is compiled, ``__init__``, and once for all classes whose fields are filled alike; the others
are shared and read the fields through their slots.
``dataclasses.fields``, ``replace`` and ``asdict``, patterns, copies and pickles work as they do there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from enum import Enum
from functools import lru_cache
from operator import attrgetter
from types import CodeType, FunctionType
from typing import Any, NoReturn, TypeVar, dataclass_transform

from hengji.model.kept import kept_beside

T = TypeVar("T")
_HASH = "hash"
"""What a record remembers its hash under, beside its cached properties, of which none is called so."""


class Remembering:
    """记住结果的记录: base of records with cached properties; it gives them a place for what they work out when they are first asked.

    They remember their hash too: that of a tree asks all of it.
    """


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make ``cls`` a record: its annotated names are fields, given by place or by name and never changed again.

    Two records are equal when they are of one class and equal field by field; a record can be hashed when its fields can.
    Methods that the class has of its own are kept. Raises TypeError where a field is wanted by name only.
    """
    own = set(vars(cls))
    cls.__doc__ = cls.__doc__ or cls.__name__  # a dataclass would work out a signature for it
    made = dataclass(init=False, repr=False, eq=False, slots=True)(cls)
    known = fields(made)  # type: ignore[arg-type]  # it has just become one
    equal, hashed = _comparison([each.name for each in known if each.compare], remembering=issubclass(cls, Remembering))
    methods = {"__init__": _initialiser(made, known), "__eq__": equal, "__repr__": _shown, **_FROZEN}
    if "__eq__" not in own:
        methods["__hash__"] = hashed
    for name in methods.keys() - own:
        setattr(made, name, methods[name])
    return made


def _initialiser(cls: type, known: tuple[Field[Any], ...]) -> Callable[..., None]:
    """``__init__``, which fills the slots by their descriptors: nothing that refuses to set stands before these."""
    for each in known:
        if each.kw_only:
            raise TypeError(f"{cls.__qualname__}.{each.name}: a record has no fields that are given by name only")
    names: dict[str, Any] = {"_absent": MISSING}
    for number, each in enumerate(known):
        names |= {
            f"_set_{number}": getattr(cls, each.name).__set__,
            f"_default_{number}": each.default,
            f"_new_{number}": each.default_factory,
        }
    told = [each for each in known if each.init]
    code = _filling(tuple(map(_source, known)), hasattr(cls, "__post_init__")).replace(
        co_varnames=("self", *(each.name for each in told)), co_qualname=f"{cls.__qualname__}.__init__"
    )
    given = (
        each.default if each.default_factory is MISSING else MISSING
        for each in told
        if _source(each) is not _Source.TOLD
    )
    return FunctionType(code, names, "__init__", tuple(given))


class _Source(Enum):
    """字段值的来处: where ``__init__`` has the value of a field from."""

    TOLD = "给出"
    DEFAULT = "给出，否则默认"
    NEW = "给出，否则新做"
    FIXED = "默认"
    MADE = "新做"
    NONE = "不填"


def _source(each: Field[Any]) -> _Source:
    made = each.default_factory is not MISSING
    if each.init:
        return _Source.NEW if made else _Source.DEFAULT if each.default is not MISSING else _Source.TOLD
    return _Source.MADE if made else _Source.FIXED if each.default is not MISSING else _Source.NONE


@lru_cache(maxsize=512)
def _filling(sources: tuple[_Source, ...], after: bool) -> CodeType:  # noqa: FBT001  says what there is, picks nothing
    """The code of an ``__init__`` for fields of these sources: compiling it is the dear part, and many classes are alike in it."""
    told, steps = ["self"], []
    for number, source in enumerate(sources):
        name = f"_{number}"
        value = {
            _Source.TOLD: name,
            _Source.DEFAULT: name,
            _Source.NEW: f"_new_{number}() if {name} is _absent else {name}",
            _Source.FIXED: f"_default_{number}",
            _Source.MADE: f"_new_{number}()",
        }.get(source)
        if source in {_Source.DEFAULT, _Source.NEW}:
            told.append(f"{name}=None")
        elif source is _Source.TOLD:
            told.append(name)
        if value is not None:
            steps.append(f"_set_{number}(self, {value})")
    if after:
        steps.append("self.__post_init__()")
    return _compiled(f"def __init__({', '.join(told)}):\n " + "\n ".join(steps or ["pass"]))


def _compiled(text: str) -> CodeType:
    """The code of a function, kept from one start to the next (docs/decisions/0017)."""
    kept = kept_beside(__file__, "functions")
    code: CodeType | None = kept.get(text)
    if code is None:
        made: dict[str, Any] = {}
        exec(text, made)  # noqa: S102  numbers of fields
        code = made["__init__"].__code__
        kept.put(text, code)
    return code


def _comparison(names: list[str], *, remembering: bool) -> tuple[Callable[[Any, object], bool], Callable[[Any], int]]:
    """``__eq__`` and ``__hash__`` over the fields of these names."""
    read: Callable[[Any], Any] = attrgetter(*names) if names else lambda _: ()

    def equal(self: Any, other: object) -> bool:
        return read(self) == read(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(read(self))

    def remembered(self: Any) -> int:
        held: dict[str, Any] = self.__dict__
        if _HASH not in held:
            held[_HASH] = hashed(self)
        found: int = held[_HASH]
        return found

    return equal, remembered if remembering else hashed


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
