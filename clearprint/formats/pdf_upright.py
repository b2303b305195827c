"""Upright columns of text (vertical writing), put together from the single signs that the engine gives.

Some text layers claim vertical writing for every glyph of a page that reads level: the places of the signs decide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from clearprint.formats.pdf_text import DESCENDER
from clearprint.model import Word

_GAP = 0.35  # em between signs of one run


def settled(words: Sequence[Word]) -> list[Word]:
    """The words with upright runs joined, or laid level where their signs follow each other sideways."""
    if not any(word.vertical for word in words):
        return list(words)
    pairs = [(a, b) for a, b in pairwise(words) if a.vertical and b.vertical]
    down = sum(_below(a, b) for a, b in pairs)
    along = sum(_beside(a, b) for a, b in pairs)
    level = along > down
    result: list[Word] = []
    for word in words:
        if not word.vertical:
            result.append(word)
            continue
        if level:
            word = replace(word, vertical=False, baseline=word.box.y1 - DESCENDER * word.style.size)
        last = result[-1] if result else None
        if last is not None and last.vertical is word.vertical and last.style == word.style and not word.space_before:
            joins = _beside(last, word) if level else _below(last, word)
            if joins:
                result[-1] = replace(last, text=last.text + word.text, box=last.box.union(word.box))
                continue
        result.append(word)
    return result


def _below(one: Word, other: Word) -> bool:
    room = _GAP * one.style.size
    return abs(one.box.centre[0] - other.box.centre[0]) < room and -room < other.box.y0 - one.box.y1 < room


def _beside(one: Word, other: Word) -> bool:
    room = _GAP * one.style.size
    return abs(one.box.centre[1] - other.box.centre[1]) < room and -room < other.box.x0 - one.box.x1 < room
