"""Blocks as short as a heading: one to three lines that are no sentence, item, cell or code."""

from __future__ import annotations

import re

from clearprint import lazily
from clearprint.layout.patterns import ends_sentence, list_mark
from clearprint.model import Block, letters

HEAVIER = 150  # of weight: from regular to semi-bold, or from bold to black
_NUMBERED = lazily.compile(
    r"\s*(?:(?:sec\.|section|art\.|article|chapter|part|§+)\s*)?\d{1,4}[a-z]?(?:\.\d{1,3})*[.):]?\s+[^.!?]+\.\s*", re.IGNORECASE
)
_DOTS = lazily.compile(r"\.\.\.|[?!…]")  # a heading may end in them
_TO_FILL = lazily.compile(r"[._…]{4}|…{2}")
MOST_WORDS = 25
EVEN = 0.7  # share of its letters that a heading has in one weight; less is a label and its value


def is_short(block: Block) -> bool:
    """Whether a block is as short as a heading and looks like nothing else."""
    return (
        len(block.lines) <= 3
        and not (block.in_table or block.in_picture or block.stacked)
        and abs(block.angle) < 2
        and block.hint not in ("running-head", "running-foot", "folio", "contents", "caption", "table", "note")
        and not (block.hint == "list" and not is_numbered_head(block))
        and 0 < block.word_count <= MOST_WORDS
        and sum(map(str.isalpha, block.text)) >= 2
        and (not ends_sentence(_DOTS.sub("", block.text)) or _numbered_title(block))
        and not _TO_FILL.search(block.text)
        and list_mark(block.text) != "bullet"
        and not block.bulleted
        and not (len(block.text) <= 3 and block.text.islower())  # "or" between two boxes of a form
        and not _is_code(block.text)
    )


def _numbered_title(block: Block) -> bool:
    """`SEC. 5. RESTORATION PLANS.`: a few bold words with a number, whatever stands at their end."""
    few = block.word_count < (16 if block.text.isupper() else 8) and len(block.lines) <= 2
    return few and (block.style.weight or 0) >= 600 and _NUMBERED.fullmatch(block.text) is not None and has_even_weight(block)


def is_numbered_head(block: Block) -> bool:
    """A line tagged as an item of a list only because it has a number: set in bold throughout, as no item is."""
    weights = {span.style.weight or 0 for span in block.spans if letters(span.text)}
    return len(block.lines) in (1, 2) and list_mark(block.text) == "ordinal" and bool(weights) and min(weights) >= 600


def has_even_weight(block: Block) -> bool:
    """Whether most letters of a block share its weight: a bold label and its plain value are no bold heading."""
    weight = block.style.weight
    if weight is None:
        return True
    like = sum(span.letters for span in block.spans if abs((span.style.weight or weight) - weight) < HEAVIER)
    return like >= EVEN * letters(block.text)


def _is_code(text: str) -> bool:
    """The number of a form or issue: C1A, ET1."""
    return " " not in text and any(map(str.isdigit, text)) and not any(map(str.islower, text)) and letters(text) <= 8
