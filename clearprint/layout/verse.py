"""Verse: lines that a poet ended, not the width of the column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise

from clearprint.layout.patterns import ends_clause, ends_sentence
from clearprint.model import Block, Page

FEWEST = 4  # lines of a stanza
FEWEST_STANZAS = 2  # that together show lines ended by hand without capitals at their beginning
CLOSED = 0.6  # share of their lines that end where a clause does: of prose about one in six
OPENERS = "“‘„«\"'("


def verses(page: Page) -> frozenset[int]:
    """The blocks of the page that are stanzas. Among others of its style and length a stanza needs less to be known."""
    blocks = page.blocks
    found = {index for index, block in enumerate(blocks) if _is_verse(block)} | _alike(blocks)
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


def _alike(blocks: Sequence[Block]) -> set[int]:
    """Stanzas that follow one another, of as many lines each, whose lines end with their clauses and short of the measure.
    Such lines need open with no capital."""
    found: set[int] = set()
    for (_, count), group in groupby(range(len(blocks)), key=lambda at: (blocks[at].style.key, len(blocks[at].lines))):
        run = list(group)
        stanzas = [blocks[index] for index in run]
        if (
            count < FEWEST
            or len(run) < FEWEST_STANZAS
            or any(one.alignment == "justified" or _is_address(one) for one in stanzas)
        ):
            continue
        inner = [line for block in stanzas for line in block.lines[:-1]]
        closed = sum(ends_clause(line.text) for line in inner)
        broken = sum(line.full is False for line in inner)
        turns = sum(_turns(block) for block in stanzas)
        if closed >= CLOSED * len(inner) and (2 * broken >= len(inner) or 2 * turns >= len(inner)):
            found.update(run)
    return found


def _turns(block: Block) -> int:
    """How often a line starts a little further in or out than the one above."""
    lefts = [line.box.x0 for line in block.lines]
    return sum(1 for one, other in pairwise(lefts) if 0.5 * block.size < abs(one - other) < 4.0 * block.size)


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
    by_hand = 2 * broken >= len(rest) or 2 * _turns(block) >= len(block.lines)
    return by_hand and capitals >= 0.9 * len(block.lines) and 2 * stops < len(block.lines)
