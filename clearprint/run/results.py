"""What came of each document, kept until the reports are drawn: ten thousand of them do not fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Generic, TypeVar, overload

from clearprint.answers import PagePicture, Report
from clearprint.run.store import Store
from clearprint.run.work import Checked

Item = TypeVar("Item")
Shown = TypeVar("Shown")

RESULTS = 200
"""Results that wait in memory: 50 kB each, and more with pictures."""


class Results(Store[Checked]):
    """What came of each document, until the reports are drawn. BadUsage when there is no room for it."""

    def __init__(self, limit: int = RESULTS) -> None:
        super().__init__(limit, lambda checked: 1)

    @property
    def reports(self) -> Sequence[Report]:
        return View(self, lambda checked: checked.report)

    def pictures(self) -> Mapping[str, Mapping[int, PagePicture]]:
        """Page pictures by path of the document and number of the page; only documents that have some."""
        return _Pictures(self)


class View(Sequence[Shown], Generic[Item, Shown]):
    """Each item of another sequence as a function shows it, made anew whenever it is asked for."""

    def __init__(self, items: Sequence[Item], show: Callable[[Item], Shown]) -> None:
        self._items = items
        self._show = show

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Shown]:
        return map(self._show, self._items)

    @overload
    def __getitem__(self, index: int) -> Shown: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Shown]: ...

    def __getitem__(self, index: int | slice) -> Shown | Sequence[Shown]:
        if isinstance(index, slice):
            return [self._show(item) for item in self._items[index]]
        return self._show(self._items[index])


class _Pictures(Mapping[str, Mapping[int, PagePicture]]):
    def __init__(self, results: Sequence[Checked]) -> None:
        self._results = results
        self._numbers = {item.report.path: number for number, item in enumerate(results) if item.pictures}

    def __getitem__(self, path: str) -> Mapping[int, PagePicture]:
        return self._results[self._numbers[path]].pictures

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbers)

    def __len__(self) -> int:
        return len(self._numbers)
