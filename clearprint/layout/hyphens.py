"""Hyphens at line ends: a word split by the typesetter, or a compound broken at a hyphen its author wrote."""

from __future__ import annotations

import itertools
from dataclasses import replace
from typing import Literal

from clearprint.model import Line

HYPHENS = "-\u2010\u2011\u00ad"
_EDGES = ".,;:!?()[]{}\"'“”‘’«»…"
_ALWAYS = frozenset({"self", "ex", "non", "all", "e"})  # English prefixes that keep their hyphen
_TENS = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
_AND = frozenset({"and", "or", "to", "und", "oder", "et", "ou", "en", "of", "neu", "a", "y", "och"})


def mark_hyphens(lines: tuple[Line, ...], hyphenated: frozenset[str]) -> tuple[Line, ...]:
    """Lines with `hyphen` set where one ends in a hyphen and its word goes on in the next line.

    `hyphenated`: words that the document itself writes with a hyphen inside a line.
    """
    if not any(line.text.rstrip().endswith(tuple(HYPHENS)) for line in lines[:-1]):
        return lines
    result = list(lines)
    for index, (line, following) in enumerate(itertools.pairwise(lines)):
        kind = _kind(line, following, hyphenated)
        if kind is not None:
            result[index] = replace(line, hyphen=kind)
    return tuple(result)


def _kind(line: Line, following: Line, hyphenated: frozenset[str]) -> Literal["split", "compound", "digits"] | None:
    text, rest = line.text.rstrip().split(), following.text.split()
    if not text or not rest or text[-1][-1] not in HYPHENS or len(text[-1]) < 2:
        return line.hyphen
    soft = text[-1].endswith("\u00ad") or (bool(line.words) and not line.words[-1].authored_hyphen)
    left, right = text[-1].rstrip(HYPHENS).strip(_EDGES), rest[0].strip(_EDGES)
    if soft:
        return "split"
    if left[-1:].isdigit() or right[:1].isdigit():
        return "digits" if left[-1:].isdigit() and right[:1].isdigit() else "compound"
    if not left[-1:].isalpha() or not right[:1].isalpha():
        return None
    return "compound" if _is_compound(left, right, hyphenated) else "split"


def _is_compound(left: str, right: str, hyphenated: frozenset[str]) -> bool:
    first, second = left.casefold(), right.casefold()
    whole = f"{first}-{second}".replace("\u2010", "-").replace("\u2011", "-")
    if whole in hyphenated or whole.removesuffix("s") in hyphenated or f"{whole}s" in hyphenated:
        return True
    if right[0].isupper() and not left.isupper():
        return True  # Anglo-Saxon: a capital never follows a break inside a word
    last = first.rpartition("-")[2]
    return second in _AND or last in _ALWAYS or last in _TENS or len(left) == 1
