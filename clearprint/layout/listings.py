"""Listings: lines of a program, which are no running text however they are set."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint import lazily
from clearprint.layout.patterns import is_monospaced
from clearprint.model import Face

_SIGNS = lazily.compile(r"[={}\\;_<>\[\]|]|\(\)")  # seldom met in sentences


def is_listing(face: Face, texts: Sequence[str]) -> bool:
    """Whether lines set in one face are a program's: each letter is as wide as the others, and most lines have its signs."""
    return is_monospaced(face) and 2 * sum(1 for text in texts if _SIGNS.search(text)) > len(texts)
