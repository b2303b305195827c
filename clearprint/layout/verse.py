"""Verse: lines that a poet ended, not the width of the column."""

from __future__ import annotations

from itertools import pairwise

from clearprint.layout.patterns import ends_sentence
from clearprint.model import Block, Page

FEWEST = 4  # lines of a stanza
OPENERS = "“‘„«\"'("


def verses(page: Page) -> frozenset[int]:
    """The blocks of the page that are stanzas. Among others of its style and length a stanza needs less to be known."""
    blocks = page.blocks
    found = {index for index, block in enumerate(blocks) if _is_verse(block)}
    known = {(blocks[index].style.key, len(blocks[index].lines) + more) for index in found for more in (-1, 0, 1)}
    found.update(
        index
        for index, block in enumerate(blocks)
        if len(block.lines) >= FEWEST
        and (block.style.key, len(block.lines)) in known
        and block.alignment != "justified"
        and _capitals(block) >= 0.8 * len(block.lines)
    )
    return frozenset(found)


def _is_address(block: Block) -> bool:
    """Lines with figures and mail addresses: where somebody is to be found, no verse."""
    return sum(any(map(str.isdigit, line.text)) or "@" in line.text for line in block.lines) > 1


def _capitals(block: Block) -> int:
    """How many of its lines open with a capital."""
    return sum(line.text.lstrip(OPENERS)[:1].isupper() for line in block.lines)


def _is_verse(block: Block) -> bool:
    """Four or more lines broken by hand, most of them opening with a capital; or all of them, every other one standing in."""
    rest = block.lines[:-1]
    if len(rest) < FEWEST - 1 or block.alignment == "justified" or _is_address(block):
        return False
    broken = sum(line.full is False for line in rest)
    capitals = _capitals(block)
    stops = sum(ends_sentence(line.text) for line in rest)
    if broken >= 0.8 * len(rest) and capitals >= 0.7 * len(block.lines) and stops <= 0.4 * len(rest):
        return True
    lefts = [line.box.x0 for line in block.lines]
    turns = sum(1 for one, other in pairwise(lefts) if 0.5 * block.size < abs(one - other) < 4.0 * block.size)
    by_hand = 2 * broken >= len(rest) or 2 * turns >= len(block.lines)
    return by_hand and capitals >= 0.9 * len(block.lines) and 2 * stops < len(block.lines)
