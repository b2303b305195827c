"""Patterns compiled when they are first asked."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest

import clearprint
from clearprint import lazily


def _all() -> Iterator[tuple[str, lazily.Later]]:
    """Every pattern of the package's modules, those in tables too."""
    for module in pkgutil.walk_packages(clearprint.__path__, "clearprint."):
        if module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            for one in _inside(value):
                yield f"{module.name}.{name}", one


def _inside(value: object) -> Iterator[lazily.Later]:
    if isinstance(value, lazily.Later):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _inside(one)


def test_each_is_a_pattern() -> None:
    found = dict(_all())
    assert len(found) > 100
    for name, one in found.items():
        assert isinstance(one.pattern, (str, bytes)), name


def test_does_what_the_compiled_one_does() -> None:
    later = lazily.compile(r"(\d+) (pages?)", re.IGNORECASE)
    match = later.search("about 12 Pages")
    assert match is not None
    assert match.groups() == ("12", "Pages")
    assert later.sub(r"\2", "12 pages") == "pages"
    assert later.flags & re.IGNORECASE
    assert lazily.compile(rb"\s+").split(b"a b") == [b"a", b"b"]


def test_a_wrong_one_is_told_when_it_is_used() -> None:
    later = lazily.compile("(")
    with pytest.raises(re.error):
        later.search("a")
