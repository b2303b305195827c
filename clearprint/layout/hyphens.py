"""Hyphens at line ends: a word split by the typesetter, or a compound broken at a hyphen its author wrote."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import Literal

from clearprint import lazily
from clearprint.model import Line, Page

HYPHENS = "-\u2010\u2011\u00ad"
LONG_ENOUGH = 4  # letters: shorter halves are syllables as often as words
_WORD = lazily.compile(r"[^\W\d_]+")
_EDGES = ".,;:!?()[]{}\"'“”‘’«»…"
_ALWAYS = frozenset({"self", "non"})  # English prefixes that keep their hyphen
_SECOND = frozenset(  # what English compounds end in and no syllable is
    [
        "based",
        "shaped",
        "centred",
        "centered",
        "friendly",
        "related",
        "sized",
        "oriented",
        "driven",
        "owned",
        "funded",
        "powered",
        "resistant",
        "minded",
        "handed",
        "eyed",
        "haired",
        "legged",
        "sided",
        "effective",
        "efficient",
        "specific",
        "sensitive",
        "conscious",
        "aware",
        "dependent",
        "speaking",
        "looking",
        "sighted",
        "scale",
        "quality",
        "level",
        "weekly",
        "monthly",
        "yearly",
        "minute",
        "hour",
        "storey",
        "bedroom",
        "profit",
        "employed",
        "certified",
        "contrast",
    ]
)
_PREFIXES = frozenset(  # with one of these the same endings make plain words: unrelated, overlooking, independent
    [
        "a",
        "be",
        "bi",
        "co",
        "de",
        "dis",
        "em",
        "en",
        "ex",
        "fore",
        "hyper",
        "il",
        "im",
        "in",
        "inter",
        "ir",
        "lop",
        "man",
        "mid",
        "mis",
        "multi",
        "out",
        "over",
        "pre",
        "re",
        "semi",
        "sub",
        "super",
        "trans",
        "tri",
        "un",
        "under",
        "up",
    ]
)
_TERMS = frozenset({"term", "time", "range", "distance", "standing", "lasting", "running"})
_BEFORE_TERMS = frozenset({"long", "short", "medium", "full", "part", "first", "real"})
_BETWEEN = frozenset({"to", "of", "the", "by", "in", "for", "up", "a"})  # inside longer compounds: door-to-door
_ASKED = frozenset({"il", "ils", "elle", "elles"})  # French: peuvent-elles
_ADDRESS = lazily.compile(r"[/@%_]|www\.|\w\.\w+[-\u2010]")
_TENS = frozenset(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"])
_AND = frozenset({"and", "or", "to", "und", "oder", "et", "ou", "en", "of", "neu", "a", "y", "och"})


def mark_hyphens(
    lines: tuple[Line, ...], hyphenated: frozenset[str], words: Callable[[], Counter[str]] = Counter
) -> tuple[Line, ...]:
    """Lines with `hyphen` set where one ends in a hyphen and its word goes on in the next line.

    `hyphenated`: words that the document itself writes with a hyphen inside a line. `words`: those of the page and how often
    it has them.
    """
    if not any(line.text.rstrip().endswith(tuple(HYPHENS)) for line in lines[:-1]):
        return lines
    result = list(lines)
    seen = words()
    for index, (line, following) in enumerate(itertools.pairwise(lines)):
        kind = _kind(line, following, hyphenated, seen)
        if kind is not None:
            result[index] = replace(line, hyphen=kind)
    return tuple(result)


def _kind(
    line: Line, following: Line, hyphenated: frozenset[str], seen: Counter[str]
) -> Literal["split", "compound", "digits"] | None:
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
    if _ADDRESS.search(text[-1]) or "@" in right:
        return "compound"  # a web address is broken at a hyphen of its own
    return "compound" if _is_compound(left, right, hyphenated) or _are_words(left, right, seen) else "split"


def _are_words(left: str, right: str, seen: Counter[str]) -> bool:
    """Whether both halves are words that the page has by themselves and the whole is not: large-button, not down-wards."""
    first, second = left.casefold().rpartition("-")[2], right.casefold().partition("-")[0]
    if min(len(first), len(second)) < LONG_ENOUGH or first + second in seen:
        return False
    return seen[first] > 0 and seen[second] > 0


def words_of(page: Page) -> Counter[str]:
    """The words of a page and how often it has them, without those that a line's end breaks."""
    counts: Counter[str] = Counter()
    for block in page.blocks:
        broken = False
        for line in block.lines:
            text = line.text.casefold()
            found = _WORD.findall(text)
            ends = text.rstrip().endswith(tuple(HYPHENS))
            counts.update(found[1 if broken else 0 : len(found) - 1 if ends else None])
            broken = ends
    return counts


def _is_compound(left: str, right: str, hyphenated: frozenset[str]) -> bool:
    first, second = left.casefold(), right.casefold()
    whole = f"{first}-{second}".replace("\u2010", "-").replace("\u2011", "-")
    if whole in hyphenated or whole.removesuffix("s") in hyphenated or f"{whole}s" in hyphenated:
        return True
    if right[0].isupper() and not left.isupper():
        return True  # Anglo-Saxon: a capital never follows a break inside a word
    last = first.rpartition("-")[2]
    if last in _BETWEEN and last != first:
        return True
    middle = second.partition("-")[0]
    if middle in _BETWEEN and middle != second:
        return True  # brother- in-law
    if second in _ASKED and first[-1] in "td":
        return True
    if (middle in _SECOND and last not in _PREFIXES) or (middle in _TERMS and last in _BEFORE_TERMS):
        return True
    return second in _AND or last in _ALWAYS or last in _TENS or len(left) == 1
