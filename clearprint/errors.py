"""What can go wrong that is not our fault: one clear sentence each, with an exit code.

Every message says what happened, where, and what to do about it. `cli/` is the only place that prints them.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class ClearprintError(Exception):
    """Base of every error a user can cause. `code` is the stable word that reports carry."""

    exit_code = 2
    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code

    @property
    def message(self) -> str:
        return str(self.args[0])


class UnreadableFile(ClearprintError):
    """A document that cannot be checked at all.

    `code` is one of: missing, empty, not-supported, encrypted, damaged, too-large,
    unreadable (the operating system refused it), changed (while it was read), no-room (for its pages on the disk).
    """

    code = "damaged"


class BadUsage(ClearprintError):
    """An unknown name, an impossible value, nothing to check."""

    code = "usage"


class BadSettings(ClearprintError):
    """A settings file with an unknown key or an impossible value.

    `keys` is the way to it, below the table that was being read: ("type-size", "size", "fault_below").
    """

    code = "settings"

    def __init__(self, message: str, *, code: str | None = None, keys: tuple[str | int, ...] = ()) -> None:
        super().__init__(message, code=code)
        self.keys = keys


class BadRule(ClearprintError):
    """A rule file that does not say what a rule must say."""

    code = "rule"


class BadDeclaration(ClearprintError):
    """A declared fact of the print job that is unknown or impossible."""

    code = "declaration"


def nearest(word: str, known: Iterable[str]) -> str:
    """A ` Did you mean …?` for the nearest known name, or the list of names when none is near."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f"Did you mean {close[0]!r}?"
    return "Known: " + ", ".join(names) + "."
