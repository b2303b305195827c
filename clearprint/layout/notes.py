"""Notes at the foot of a page: with a mark of their own, or under a printed line."""

from __future__ import annotations

import re

from clearprint.layout.furniture import in_zone
from clearprint.layout.headings import LARGER
from clearprint.model import Block, Page

_NOTE_MARK = re.compile(r"^\s*[\d*†‡§¹²³⁰-₉]{1,3}[.)]?\s*\S")


def is_note(page: Page, block: Block) -> bool:
    """Whether a block in small type is a note."""
    marked = _NOTE_MARK.match(block.text) is not None or _under_rule(page, block)
    return block.box is not None and marked and _at_foot(page, block)


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
