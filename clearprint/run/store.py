"""What would fill the memory waits here: some of it in memory, the rest in one private temporary file."""

from __future__ import annotations

import os
import pickle
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import IO, Generic, Self, TypeVar, cast, overload

from clearprint.errors import BadUsage, ClearprintError, UnreadableFile
from clearprint.model import Page

Item = TypeVar("Item")

PAGE_BYTES = 64 * 2**20
"""Bytes of pages that wait in memory between the two passes."""
_BYTES_A_LETTER = 120  # of a page in memory, measured over text pages: words and spans carry most of it


class Store(Sequence[Item], Generic[Item]):
    """Items in the order they were added. Those past `limit`, by the size that `size_of` gives them, are in a file.

    ClearprintError when the file system has no room for them.
    """

    def __init__(self, limit: int, size_of: Callable[[Item], int], error: type[ClearprintError] = BadUsage) -> None:
        self._limit = limit
        self._size_of = size_of
        self._error = error
        self._size = 0
        self._kept: list[Item] = []
        self._places: list[int] = []  # where the others begin in the file
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            with suppress(OSError):  # a full disk refuses what is left to write, and all of it is thrown away
                self._file.close()

    def add(self, item: Item) -> None:
        """Keep it."""
        self._size += self._size_of(item)
        if self._size <= self._limit and self._file is None:
            self._kept.append(item)
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="clearprint-")  # noqa: SIM115 - closed by __exit__
            self._file.seek(0, os.SEEK_END)
            self._places.append(self._file.tell())
            pickle.dump(item, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise self._full(error) from error

    def __len__(self) -> int:
        return len(self._kept) + len(self._places)

    def __iter__(self) -> Iterator[Item]:
        yield from self._kept
        for place in self._places:
            yield self._read(place)

    @overload
    def __getitem__(self, index: int) -> Item: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Item]: ...

    def __getitem__(self, index: int | slice) -> Item | Sequence[Item]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        number = range(len(self))[index]
        return self._kept[number] if number < len(self._kept) else self._read(self._places[number - len(self._kept)])

    def _read(self, place: int) -> Item:
        assert self._file is not None
        try:
            if self._file.tell() != place:  # seeking throws away what was read ahead
                self._file.seek(place)
        except OSError as error:  # what was buffered is written now
            raise self._full(error) from error
        return cast(Item, pickle.load(self._file))

    def _full(self, error: OSError) -> ClearprintError:
        where = tempfile.gettempdir()
        reason = error.strerror or str(error)
        return self._error(
            f"There is no room in the temporary folder {where} ({reason}). Make some, or name another folder with TMPDIR.",
            code="no-room",
        )


class PageStore(Store[Page]):
    """The pages of a document between the two passes. UnreadableFile when there is no room for them."""

    def __init__(self, limit: int = PAGE_BYTES) -> None:
        super().__init__(limit, _size, UnreadableFile)


def _size(page: Page) -> int:
    return sum(len(block.text) for block in page.blocks) * _BYTES_A_LETTER + 2_000
