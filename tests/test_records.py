"""Records behave as frozen dataclasses with slots do."""

from __future__ import annotations

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from functools import cached_property
from inspect import signature

import pytest

from clearprint.records import record


@record
class Point:
    """Of two numbers and a name."""

    x: float
    y: float = 0.0
    names: list[str] = field(default_factory=list, compare=False)
    length: float = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "length", (self.x**2 + self.y**2) ** 0.5)


@record
class Single:
    """One name: its values are a tuple of one."""

    value: tuple[int, ...]


@record
class Empty:
    """Nothing at all."""


@record
class Named:
    """Hashes in its own way."""

    name: str
    rest: list[int]

    def __hash__(self) -> int:
        return hash(self.name)


@record(slots=False)
class Kept:
    """Works something out once."""

    value: int

    @cached_property
    def double(self) -> int:
        return 2 * self.value


@record(frozen=False)
class Tally:
    """Changes."""

    count: int = 0
    seen: list[int] = field(default_factory=list)


@record(frozen=False, eq=False)
class Node:
    """May hold itself."""

    next: Node | None = None


def test_filled_by_place_name_and_default() -> None:
    point = Point(3.0, y=4.0)
    assert (point.x, point.y, point.names, point.length) == (3.0, 4.0, [], 5.0)
    assert Point(1.0).names is not Point(1.0).names
    assert Tally().seen is not Tally().seen
    with pytest.raises(TypeError, match="x"):
        Point()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="length"):
        Point(1.0, length=2.0)  # type: ignore[call-arg]
    assert list(signature(Point).parameters) == ["x", "y", "names"]


def test_equal_and_hashed_by_what_counts() -> None:
    assert Point(1.0, names=["a"]) == Point(1.0, names=["b"]) != Point(2.0)
    assert len({Point(1.0, names=["a"]), Point(1.0, names=["b"]), Point(2.0)}) == 2
    assert Single((1, 2)) == Single((1, 2)) != (1, 2)
    assert hash(Single((1, 2))) == hash(Single((1, 2)))
    assert Empty() == Empty()
    assert len({Empty(), Empty()}) == 1
    assert Empty() != Single(())
    assert hash(Named("a", [])) == hash("a")
    assert Named("a", [1]) != Named("a", [2])
    assert Node() != Node()
    assert len({Node(), Node()}) == 2
    assert Tally(1) == Tally(1)
    with pytest.raises(TypeError, match="unhashable"):
        hash(Tally())


@pytest.mark.parametrize("made", [Point(1.0), Single(()), Kept(1)], ids=lambda made: type(made).__name__)
def test_never_changes(made: object) -> None:
    name = fields(made)[0].name  # type: ignore[arg-type]
    with pytest.raises(FrozenInstanceError, match=name):
        setattr(made, name, 5)
    with pytest.raises(FrozenInstanceError, match=name):
        delattr(made, name)
    with pytest.raises((FrozenInstanceError, AttributeError)):
        made.other = 5  # type: ignore[attr-defined]


def test_what_may_change_does() -> None:
    tally = Tally()
    tally.count += 1
    assert tally.count == 1
    with pytest.raises(AttributeError):
        tally.other = 1  # type: ignore[attr-defined]


def test_keeps_what_it_worked_out() -> None:
    kept = Kept(2)
    assert kept.double == 4
    assert "double" in vars(kept)
    assert kept == Kept(2)
    assert hash(kept) == hash(Kept(2))


@pytest.mark.parametrize("made", [Point(3.0, 4.0, ["a"]), Single((1,)), Empty(), Named("a", [1]), Kept(2), Tally(3, [4])])
def test_pickled_and_copied_whole(made: object) -> None:
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made), replace(made)):  # type: ignore[type-var]
        assert again == made
        assert repr(again) == repr(made)
        assert [getattr(again, part.name) for part in fields(again)] == [getattr(made, part.name) for part in fields(made)]  # type: ignore[arg-type]


def test_shown_as_a_dataclass_shows_itself() -> None:
    names = {"x": "float", "names": "tuple[str, ...]"}
    plain, made = (decorator(type("Plain", (), {"__annotations__": names, "names": ()})) for decorator in (dataclass, record))
    assert repr(made(1.0, ("a",))) == repr(plain(1.0, ("a",))) == "Plain(x=1.0, names=('a',))"
    node = Node()
    node.next = node
    assert repr(node) == "Node(next=...)"
