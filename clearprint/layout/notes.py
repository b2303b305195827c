"""Notes at the foot of a page: with a mark of their own, or under a printed line."""

from __future__ import annotations

from clearprint import lazily
from clearprint.layout.furniture import in_zone
from clearprint.layout.headings import LARGER
from clearprint.model import Block, Page, StyleKey

SMALL = 0.93  # times the body: type set apart from it by its size
RAISED = 0.8  # times the size of its note: a mark set as a raised one
MARK = 3  # characters of a mark
_NOTE_MARK = lazily.compile(r"^\s*[\d*†‡§¹²³⁰-₉]{1,3}[.)]?\s*\S")


def is_small(block: Block, body: StyleKey | None) -> bool:
    """Whether a block is set smaller than the body by so much that it shows."""
    return body is not None and block.style.size <= body[1] * SMALL


def is_note(page: Page, block: Block) -> bool:
    """Whether a block in small type is a note."""
    marked = _NOTE_MARK.match(block.text) is not None or _under_rule(page, block)
    return block.box is not None and marked and _at_foot(page, block)


def is_raised_note(page: Page, block: Block) -> bool:
    """Whether a block in small type opens with a raised figure or sign and its lines turn back under it, whatever its tag says:
    Word tags notes as items of a list where they follow one."""
    first = block.lines[0].words[0] if block.lines and block.lines[0].words else None
    raised = first is not None and first.style.size <= RAISED * block.size and len(first.text) <= MARK
    hangs = any(line.box.x0 > block.lines[0].box.x0 + block.size for line in block.lines[1:])
    return raised and not hangs and is_note(page, block)


def _at_foot(page: Page, block: Block) -> bool:
    """Nothing of the body's size stands below it in its part of the page."""
    box = block.box
    if box is None or box.y0 < 0.5 * page.height:
        return False
    return not any(
        other.box is not None
        and other.box.y0 > box.y1
        and other.size > block.size * LARGER
        and other.box.x_overlap(box) > 0
        and not in_zone(other.box, page.height)
        for other in page.blocks
    )


def _under_rule(page: Page, block: Block) -> bool:
    """Whether it is the first text below a printed line, as a note without a mark is."""
    box = block.box
    return box is not None and any(
        stroke.horizontal
        and -2 <= box.y0 - stroke.box.y1 <= 4 * block.size
        and stroke.box.x_overlap(box) > 0.2 * stroke.box.width
        and not any(
            other.box is not None and stroke.box.y1 <= other.box.centre[1] < box.y0 and other.box.x_overlap(box) > 0
            for other in page.blocks
        )
        for stroke in page.strokes
    )
