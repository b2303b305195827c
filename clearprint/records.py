"""Records: frozen dataclasses with slots, made in a quarter of the time and filled in two thirds of it.

`dataclass` writes six methods for each class and compiles each of them by itself; for the hundred classes of a short run that
was a quarter of it. Here only `__init__` is written for each class; the others are the same functions for all. What
`dataclasses` offers works on records too (`field`, `fields`, `replace`, `__post_init__`), and type checkers take them for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from functools import partial
from operator import attrgetter
from reprlib import recursive_repr
from typing import Any, NoReturn, TypeVar, dataclass_transform, overload

Made = TypeVar("Made")


@overload
def record(cls: type[Made], /) -> type[Made]: ...


@overload
def record(*, frozen: bool = True, slots: bool = True, eq: bool = True) -> Callable[[type[Made]], type[Made]]: ...


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: Any = None, /, *, frozen: bool = True, slots: bool = True, eq: bool = True) -> Any:
    """Class decorator: a dataclass of the annotated names. Methods that the class defines itself stay.

    `slots=False` leaves room for a `cached_property`; `eq=False` tells records apart by identity.
    """
    if cls is None:
        return partial(_record, frozen=frozen, slots=slots, eq=eq)
    return _record(cls, frozen, slots, eq)


def _record(cls: Any, frozen: bool, slots: bool, eq: bool) -> Any:
    cls.__doc__ = cls.__doc__ or cls.__name__  # else `dataclass` writes its signature there, which takes longer than all else
    made = dataclass(init=False, repr=False, eq=False, slots=slots)(cls)
    parts = fields(made)
    methods: dict[str, object] = {"__init__": _initialiser(made, parts, frozen, slots)}
    methods["__repr__"] = _shown if frozen else recursive_repr("...")(_shown)  # only what changes can come to hold itself
    if eq:
        made.__compared__ = _values(part.name for part in parts if part.compare)
        methods |= {"__eq__": _equal, "__hash__": _hashed if frozen else None}
    if frozen:
        methods |= {"__setattr__": _refused, "__delattr__": _refused}
    if frozen and slots:  # others are pickled as any object is
        made.__given__ = _values(part.name for part in parts if part.init)
        methods["__reduce__"] = _remade
    for name, method in methods.items():
        if name not in cls.__dict__:
            setattr(made, name, method)
    return made


def _initialiser(made: Any, parts: Iterable[Field[Any]], frozen: bool, slots: bool) -> object:
    """Its `__init__`. What refuses `self.size = size` is filled through the slots themselves, or its `__dict__`."""
    known: dict[str, object] = {"_unset": MISSING}

    def lines() -> Iterator[str]:
        if frozen and not slots:
            yield "_values = self.__dict__"
        for part in parts:
            name = value = part.name
            if part.default_factory is not MISSING:
                known[f"_make_{name}"] = part.default_factory
                value = f"_make_{name}() if {name} is _unset else {name}" if part.init else f"_make_{name}()"
            elif not part.init:
                continue
            if not frozen:
                yield f"self.{name} = {value}"
            elif slots:
                known[f"_set_{name}"] = getattr(made, name).__set__
                yield f"_set_{name}(self, {value})"
            else:
                yield f"_values['{name}'] = {value}"
        if hasattr(made, "__post_init__"):
            yield "self.__post_init__()"

    def parameters() -> Iterator[str]:
        for part in parts:
            if not part.init:
                continue
            if part.default is not MISSING:
                known[f"_default_{part.name}"] = part.default
                yield f"{part.name}=_default_{part.name}"
            else:
                yield part.name if part.default_factory is MISSING else f"{part.name}=_unset"

    body = "\n ".join(lines()) or "pass"
    exec(f"def __init__({', '.join(['self', *parameters()])}):\n {body}", known)
    function: Any = known["__init__"]
    function.__qualname__ = f"{made.__qualname__}.__init__"
    return function


def _values(names: Iterable[str]) -> Any:
    """What gives the values of these names as a tuple."""
    several = tuple(names)
    if len(several) > 1:  # else attrgetter gives a bare value
        return attrgetter(*several)
    return staticmethod(lambda each: tuple(getattr(each, name) for name in several))


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    values = self.__compared__
    return values(self) == values(other)


def _hashed(self: Any) -> int:
    return hash(self.__compared__(self))


def _shown(self: Any) -> str:
    values = (f"{part.name}={getattr(self, part.name)!r}" for part in fields(self) if part.repr)
    return f"{self.__class__.__qualname__}({', '.join(values)})"


def _refused(self: object, name: str, value: object = None) -> NoReturn:
    raise FrozenInstanceError(f"cannot change {name!r} of a record; dataclasses.replace() makes another")


def _remade(self: Any) -> tuple[Any, tuple[object, ...]]:
    """For pickles, a third of what is usual with slots."""
    return self.__class__, self.__given__(self)
