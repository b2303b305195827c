"""Progress on standard error: nothing for quick work, one live line on a terminal, seldom lines in a log."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from clearprint.run import Checked

FIRST = 1.0
"""Seconds before anything is said."""
EVERY_TERMINAL, EVERY_LOG = 0.2, 15.0


class ProgressLine:
    """A context manager; tell it of pages and documents as they come."""

    def __init__(self, documents: int, *, quiet: bool) -> None:
        self._documents = documents
        self._quiet = quiet
        self._done = 0
        self._pages = 0
        self._open: dict[str, tuple[int, int]] = {}  # pages done and in all of documents that are not handed out yet
        self._terminal = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._started = self._last = time.monotonic()
        self._shown = False

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._shown and self._terminal:
            click.echo("\r\x1b[K", err=True, nl=False)

    def page(self, path: Path, done: int, of: int) -> None:
        """So many pages of a document were delivered."""
        before, _ = self._open.get(str(path), (0, 0))
        self._pages += done - before
        self._open[str(path)] = done, of
        self._say(f"{path.name}, page {done:,} of {of:,}" if of else path.name)

    def document(self, checked: Checked) -> Checked:
        """A document is done; hands it back."""
        self._done += 1
        self._open.pop(checked.report.path, None)
        self._say("")
        return checked

    def _say(self, what: str) -> None:
        now = time.monotonic()
        if self._quiet or now - self._started < FIRST:
            return
        if self._terminal:
            due = self._last + EVERY_TERMINAL if self._shown else now
        else:
            due = (self._last if self._shown else self._started) + EVERY_LOG
        if now < due:
            return
        self._last, self._shown = now, True
        from clearprint.reports.words import safe

        text = safe(self._line(what, now - self._started))
        width = _columns() - 1
        if not self._terminal:
            click.echo(text, err=True)
        else:
            click.echo(f"\r\x1b[K{text if len(text) <= width else text[: width - 1] + '…'}", err=True, nl=False)

    def _line(self, what: str, seconds: float) -> str:
        text = "Checking"
        if self._documents > 1:
            text += f", {self._done:,} of {self._documents:,} files and {self._pages:,} pages done"
        share = (self._done + sum(done / of for done, of in self._open.values() if of)) / max(1, self._documents)
        if 0.02 < share < 1:
            text += f", about {_spoken(seconds / share - seconds)} left"
        return f"{text}: {what}" if what else text


def _columns() -> int:
    """The width of the terminal that standard error is: standard output may be a file."""
    try:
        told = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        told = 0
    return max(20, told or 80)


def _spoken(seconds: float) -> str:
    """A length of time in one unit."""
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} min" if seconds < 5_400 else f"{round(seconds / 3_600)} h"
