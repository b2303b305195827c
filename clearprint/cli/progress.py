"""Progress on standard error: nothing for quick work, one live line on a terminal, seldom lines in a log."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TypeVar

import click

Item = TypeVar("Item")

FIRST = 1.0
"""Seconds before anything is said."""
EVERY_TERMINAL, EVERY_LOG = 0.2, 15.0


class ProgressLine:
    """A context manager; tell it of pages and documents as they come."""

    def __init__(self, documents: int, *, quiet: bool) -> None:
        self._documents = documents
        self._quiet = quiet
        self._done = 0
        self._terminal = sys.stderr.isatty()
        self._started = self._last = time.monotonic()
        self._shown = False

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown and self._terminal:
            click.echo("\r\x1b[K", err=True, nl=False)

    def page(self, path: Path, done: int, of: int) -> None:
        """A page of a document was delivered."""
        self._say(f"{path.name}, page {done} of {of}")

    def document(self, item: Item) -> Item:
        """A document is done; hands the item back."""
        self._done += 1
        self._say("")
        return item

    def _say(self, what: str) -> None:
        now = time.monotonic()
        due = EVERY_TERMINAL if self._terminal else EVERY_LOG
        if self._quiet or now - self._started < FIRST or (self._shown and now - self._last < due):
            return
        if not self._terminal and not self._shown and now - self._started < EVERY_LOG:
            return
        self._last, self._shown = now, True
        text = f"{self._done} of {self._documents} files" if self._documents > 1 else "Checking"
        if self._done and self._documents > self._done:
            left = (now - self._started) / self._done * (self._documents - self._done)
            text += f", about {left:.0f} s left"
        text += f": {what}" if what else ""
        from clearprint.reports.words import safe

        clean = safe(text)
        click.echo(f"\r\x1b[K{clean[:100]}" if self._terminal else clean, err=True, nl=not self._terminal)
