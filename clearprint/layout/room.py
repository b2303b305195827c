"""How far lines may reach where a picture or box stands in their way: what makes a line full beside it."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.geometry import Box
from clearprint.layout.strips import Strip

REACH = 6.0  # em between text and what it makes room for: ragged lines may all end early
CROSS = 1.5  # em that text reaches over an obstacle's edge above or below it
FEWEST = 2  # lines beside it
LEVEL = 0.3  # em by which a drop capital may stand off the baseline of the last line beside it, or on the text after it
AFTER_CAPITAL = 2.0  # em between a drop capital and the text after it


def set_room(chain: Sequence[Strip], obstacles: Sequence[Box]) -> None:
    """Set `room_start` and `room_end` of the lines of a chain that stand beside an obstacle which others of them pass.

    Their own farthest end tells how far they may go: the white round the obstacle is the typesetter's choice.
    """
    if len(chain) < FEWEST + 1 or not obstacles:
        return
    left, right = min(strip.x0 for strip in chain), max(strip.x1 for strip in chain)
    top, bottom = chain[0].top, chain[-1].bottom
    for box in obstacles:
        size = chain[0].size
        if box.x1 <= left or box.x0 >= right or box.y1 <= top or box.y0 >= bottom or box.width < 2 * size:
            continue
        inner = [strip for strip in chain if box.contains(strip.box, 1.0)]
        if FEWEST <= len(inner) < len(chain):  # text on the picture or in the box keeps to its own width
            first, last = min(strip.start for strip in inner), max(strip.end for strip in inner)
            for strip in inner:
                strip.room_start, strip.room_end = first, last
        for before in (True, False):
            lines = _beside(chain, box, before)
            inside = set(map(id, lines))
            others = [strip for strip in chain if id(strip) not in inside]
            if len(lines) < FEWEST or not _pass(others, box, before, size):
                continue
            edge = max(strip.x1 for strip in lines) if before else min(strip.x0 for strip in lines)
            for strip in lines:
                if before == strip.rtl:
                    strip.room_start = -edge if strip.rtl else edge
                else:
                    strip.room_end = -edge if strip.rtl else edge


def set_room_of_capitals(chain: Sequence[Strip], capitals: Sequence[Strip]) -> None:
    """Set `room_start` of the lines that are indented for a drop capital before them."""
    for capital in capitals:
        lines = [
            strip
            for strip in chain
            if strip.baseline <= capital.baseline + LEVEL * strip.size
            and strip.bottom > capital.top
            and 0.0 <= strip.start - capital.end + LEVEL * strip.size <= AFTER_CAPITAL * strip.size
        ]
        if lines and len(lines) < len(chain):
            edge = min(strip.start for strip in lines)
            for strip in lines:
                strip.room_start = edge


def _beside(chain: Sequence[Strip], box: Box, before: bool) -> list[Strip]:
    """The lines that end before an obstacle (or begin after it), as far down as its white seems to reach."""
    level = [strip for strip in chain if strip.bottom > box.y0 and strip.top < box.y1 and _clear(strip, box, before)]
    if not level:
        return []
    gap = min(box.x0 - strip.x1 if before else strip.x0 - box.x1 for strip in level)
    if gap > REACH * level[0].size:
        return []
    white = max(gap, 0.0)
    return [
        strip for strip in chain if strip.bottom > box.y0 - white and strip.top < box.y1 + white and _clear(strip, box, before)
    ]


def _clear(strip: Strip, box: Box, before: bool) -> bool:
    return strip.x1 <= box.x0 + 3.0 if before else strip.x0 >= box.x1 - 3.0


def _pass(others: Sequence[Strip], box: Box, before: bool, size: float) -> bool:
    """Whether lines above or below the obstacle reach over its edge."""
    if before:
        return any(strip.x1 > box.x0 + CROSS * size and strip.x0 < box.x0 for strip in others)
    return any(strip.x0 < box.x1 - CROSS * size and strip.x1 > box.x1 for strip in others)
