"""How far lines may reach where a picture or box stands in their way: what makes a line full beside it."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.geometry import Box
from clearprint.layout.strips import Strip
from clearprint.records import record

REACH = 6.0  # em between text and what it makes room for: ragged lines may all end early
CROSS = 1.5  # em that text reaches over an obstacle's edge above or below it
FEWEST = 2  # lines beside it
LEVEL = 0.3  # em by which a drop capital may stand off the baseline of the last line beside it, or on the text after it
AFTER_CAPITAL = 2.0  # em between a drop capital and the text after it
SLOPE = 0.5  # em that the edge of a shape goes in or out along the lines beside it; less is a side of a box


@record
class Obstacle:
    """What text may have to make room for."""

    box: Box
    parts: tuple[Box, ...] = ()  # level strips of what is painted, from the top down, where that is not its whole box

    def edge(self, top: float, bottom: float, before: bool) -> float | None:
        """Its left edge at a height (its right one for what stands after it); None where nothing of it is."""
        level = [part.x0 if before else part.x1 for part in self.parts if part.y1 > top and part.y0 < bottom]
        return (min(level) if before else max(level)) if level else None


def set_room(chain: Sequence[Strip], obstacles: Sequence[Obstacle]) -> None:
    """Set `room_start` and `room_end` of the lines of a chain that stand beside an obstacle which others of them pass.

    Their own farthest end tells how far they may go: the white round the obstacle is the typesetter's choice.
    """
    if len(chain) < FEWEST + 1 or not obstacles:
        return
    left, right = min(strip.x0 for strip in chain), max(strip.x1 for strip in chain)
    top, bottom = chain[0].top, chain[-1].bottom
    for obstacle in obstacles:
        box, size = obstacle.box, chain[0].size
        if box.x1 <= left or box.x0 >= right or box.y1 <= top or box.y0 >= bottom or box.width < 2 * size:
            continue
        inner = [strip for strip in chain if box.contains(strip.box, 1.0)]
        if FEWEST <= len(inner) < len(chain):  # text on the picture or in the box keeps to its own width
            first, last = min(strip.start for strip in inner), max(strip.end for strip in inner)
            for strip in inner:
                strip.room_start, strip.room_end = first, last
        for before in (True, False):
            if obstacle.parts and _follow(chain, obstacle, before):
                continue
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


def _follow(chain: Sequence[Strip], obstacle: Obstacle, before: bool) -> bool:
    """Set the room of lines that follow the edge of a shape, each as far as it goes at its height; False where none do."""
    level = _along(chain, obstacle, before, 0.0)
    if len(level) < FEWEST:
        return False
    size = level[0][0].size
    white = max(0.0, min(gap for _, _, gap in level))
    if white > REACH * size:
        return False
    lines = _along(chain, obstacle, before, white)
    edges = [edge for _, edge, _ in lines]
    inside = {id(strip) for strip, _, _ in lines}
    others = [strip for strip in chain if id(strip) not in inside]
    if max(edges) - min(edges) <= SLOPE * size or not _pass(others, obstacle.box, before, size):
        return False
    closest = min(gap for _, _, gap in lines)
    for strip, edge, _ in lines:
        if before == strip.rtl:  # where it begins shows how far the white round the shape goes at its height
            strip.room_start = strip.start
        else:
            end = max(strip.x1, edge - closest) if before else min(strip.x0, edge + closest)
            strip.room_end = -end if strip.rtl else end
    return True


def _along(chain: Sequence[Strip], obstacle: Obstacle, before: bool, white: float) -> list[tuple[Strip, float, float]]:
    """The lines that keep clear of a shape with some white round it, each with the shape's edge and the gap to it."""
    result = []
    for strip in chain:
        edge = obstacle.edge(strip.top - white, strip.bottom + white, before)
        if edge is None:
            continue
        gap = edge - strip.x1 if before else strip.x0 - edge
        if gap >= -LEVEL * strip.size and strip.top - white < obstacle.box.y1 and strip.bottom + white > obstacle.box.y0:
            result.append((strip, edge, gap))
    return result


def _clear(strip: Strip, box: Box, before: bool) -> bool:
    return strip.x1 <= box.x0 + 3.0 if before else strip.x0 >= box.x1 - 3.0


def _pass(others: Sequence[Strip], box: Box, before: bool, size: float) -> bool:
    """Whether lines above or below the obstacle reach over its edge."""
    if before:
        return any(strip.x1 > box.x0 + CROSS * size and strip.x0 < box.x0 for strip in others)
    return any(strip.x0 < box.x1 - CROSS * size and strip.x1 > box.x1 for strip in others)
