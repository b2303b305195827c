"""Pages wait here between the two passes: some in memory, the rest in one private temporary file."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from types import TracebackType
from typing import IO

from clearprint.errors import UnreadableFile
from clearprint.model import Page

MEMORY = 64 * 2**20
"""Bytes of pages that wait in memory; the rest waits in one private temporary file."""
_BYTES_A_LETTER = 120  # of a page in memory, measured over text pages: words and spans carry most of it


class PageStore:
    """Pages in the order they were added, as often as they are asked for. UnreadableFile when there is no room for them."""

    def __init__(self, limit: int = MEMORY) -> None:
        self._limit = limit
        self._size = 0
        self._kept: list[Page] = []
        self._spilled = 0
        self._file: IO[bytes] | None = None

    def __enter__(self) -> PageStore:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._file is not None:
            with suppress(OSError):  # a full disk refuses what is left to write, and all of it is thrown away
                self._file.close()

    def __len__(self) -> int:
        return len(self._kept) + self._spilled

    def add(self, page: Page) -> None:
        self._size += sum(len(block.text) for block in page.blocks) * _BYTES_A_LETTER + 2_000
        if self._size <= self._limit and self._file is None:
            self._kept.append(page)
            return
        try:
            if self._file is None:
                self._file = tempfile.TemporaryFile(prefix="clearprint-")  # noqa: SIM115 - closed by __exit__
            pickle.dump(page, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        except OSError as error:
            raise self._full(error) from error
        self._spilled += 1

    def __iter__(self) -> Iterator[Page]:
        yield from self._kept
        if self._file is not None:
            try:
                self._file.seek(0)
            except OSError as error:  # what was buffered is written now
                raise self._full(error) from error
            for _ in range(self._spilled):
                page = pickle.load(self._file)
                assert isinstance(page, Page)
                yield page

    @staticmethod
    def _full(error: OSError) -> UnreadableFile:
        where = tempfile.gettempdir()
        reason = error.strerror or str(error)
        return UnreadableFile(
            f"Its pages do not fit in the temporary folder {where} ({reason}). Make room there, or name another with TMPDIR.",
            code="no-room",
        )
