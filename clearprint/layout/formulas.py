"""Formulas: signs and single letters that are no sentences, however they are set."""

from __future__ import annotations

from clearprint import lazily

_SIGNS = lazily.compile(r"[=<>\u2260-\u226f\u2190-\u21ff\u2200-\u222f+\u2212\u00d7\u00f7\u00b1\u221a]")
_WORD = lazily.compile(r"[^\W\d_]{3,}")
WORDS = 1 / 3  # share of what stands between blanks that are words of three letters or more: at most


def is_formula(text: str) -> bool:
    """Whether a text has the signs of a formula and hardly a word in it."""
    if not _SIGNS.search(text):
        return False
    parts = text.split()
    return sum(1 for part in parts if _WORD.search(part)) <= WORDS * len(parts)
