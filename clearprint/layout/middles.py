"""Blocks of one or two lines that stand in the middle of their column or page."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from math import inf

from clearprint.layout.paras import Para
from clearprint.model import Column

ROOM = 0.2  # em that a middle may be off
INSET = 1.0  # em that both sides must stand back
EXACT = 0.05  # em: two lines whose middles agree so well need stand back by half of that
FEW_ALIKE = 2  # paragraphs whose lines begin in the same two places by chance
STEP = 1.0  # em that one line of two stands back from the other on each side
LEVEL = 0.5  # points between lines that begin or end in one place
FEW_WORDS = 4  # two lines of more that begin and end together are justified rather than of one length by chance
AN_EDGE = 2  # lines of other widths that make an edge: with one middle only lines of one width begin in one place
MOST_AT_EDGE = 40  # lines looked at for it

Extent = tuple[float, float]
"""Where a line begins and ends."""


class Edges:
    """Where the lines of a page begin and end: lines of unlike widths that do so in one place have no middle in common."""

    def __init__(self, lines: Iterable[Extent]) -> None:
        self._begin = sorted(lines)
        self._end = sorted((x1, x0) for x0, x1 in self._begin)

    def hold(self, one: Extent, other: Extent, size: float) -> bool:
        """Whether two lines with one middle stand at an edge all the same: an entry that hangs, a paragraph set in.

        The shorter begins where other lines do, or the longer ends where others do and none is as wide as it.
        """
        short, long = sorted((one, other), key=lambda line: line[1] - line[0])
        if long[1] - long[0] - short[1] + short[0] < STEP * size:
            return False
        unlike, _ = _at(self._begin, short[0], short[1] - short[0], size)
        if unlike >= AN_EDGE:
            return True
        unlike, alike = _at(self._end, long[1], long[0] - long[1], size)
        return unlike >= AN_EDGE and alike <= 1  # itself


def _at(lines: Sequence[Extent], place: float, width: float, size: float) -> tuple[int, int]:
    """How many of the lines from one place are of another width, and how many of this one."""
    first = bisect_left(lines, (place - LEVEL, -inf))
    here = lines[first : min(bisect_right(lines, (place + LEVEL, inf)), first + MOST_AT_EDGE)]
    unlike = sum(1 for one, other in here if abs(other - one - width) > STEP * size)
    return unlike, len(here) - unlike


def set_middles(paras: Sequence[Para], columns: Sequence[Column], width: float) -> None:
    """Set `centred_on` where a short block stands in the middle and not at the left edge."""
    free = [para for para in paras if para.table is None]
    edges = sorted(para.box.x0 for para in free)
    begins = [(para.strips[0].x0, para.strips[1].x0) for para in free if len(para.strips) > 1]
    lines = Edges((strip.x0, strip.x1) for para in free for strip in para.strips)
    for para in free:
        if len(para.strips) > 2:
            continue
        middles = [(strip.x0 + strip.x1) / 2 for strip in para.strips]
        room = ROOM * para.size
        if max(middles) - min(middles) > room or (len(middles) > 1 and _hangs(para, begins)):
            continue
        if len(middles) > 1 and _at_edges(para, lines):
            continue
        stepped = _stepped(para)
        if not stepped and _on_an_edge(para, edges):
            continue
        middle = sum(middles) / len(middles)
        exact = len(middles) == 2 and _uneven(para) and max(middles) - min(middles) <= EXACT * para.size
        for column in columns:
            box = column.box
            inset = min(para.box.x0 - box.x0, box.x1 - para.box.x1)
            off = abs(middle - (box.x0 + box.x1) / 2)  # a ragged column's own middle is not quite that of its measure
            back = INSET * para.size * (0.5 if exact and off <= EXACT * para.size else 1.0)
            if off <= (para.size if stepped else room) and (stepped or inset >= back):
                para.centred_on = "column"
        if not stepped and len(columns) > 1 and any(_fills(para, column) for column in columns):
            continue  # the second of three columns: its full lines stand in the middle of the page
        if para.centred_on is None and abs(middle - width / 2) <= max(room, 1.0):
            left = min(edges[0], 0.25 * width)
            if stepped or para.box.x0 - left >= INSET * para.size or len(free) == 1:
                para.centred_on = "page"


def _hangs(para: Para, begins: Sequence[tuple[float, float]]) -> bool:
    """Whether other paragraphs begin their first two lines where it does: that is an indent, in or out, and no middle."""
    one, other = (strip.x0 for strip in para.strips[:2])
    if abs(one - other) <= 0.5:
        return False  # two lines of one width begin in one place as they do in centred text
    return sum(abs(first - one) <= 0.5 and abs(second - other) <= 0.5 for first, second in begins) > FEW_ALIKE


def _at_edges(para: Para, lines: Edges) -> bool:
    """Whether two lines fill one measure from edge to edge, or stand at an edge of the page's other lines."""
    one, other = ((strip.x0, strip.x1) for strip in para.strips)
    even = max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= EXACT * para.size
    return (even and len(para.strips[0].texts) > FEW_WORDS) or lines.hold(one, other, para.size)


def _fills(para: Para, column: Column) -> bool:
    """Whether its lines reach from one edge of a column to the other."""
    box, least = column.box, INSET * para.size
    return abs(para.box.x0 - box.x0) < least and abs(box.x1 - para.box.x1) < least and para.box.y_overlap(box) > 0


def _stepped(para: Para) -> bool:
    """Two lines of clearly different length, of which one stands back on both sides even if the other is full."""
    if len(para.strips) != 2 or para.strips[0].marker:
        return False
    one, other = para.strips
    return abs(one.width - other.width) >= 2 * STEP * para.size


def _uneven(para: Para) -> bool:
    """Two lines of which the one stands back from the other by half of that."""
    one, other = para.strips
    return abs(one.width - other.width) >= STEP * para.size and not one.marker


def _on_an_edge(para: Para, edges: Sequence[float]) -> bool:
    """Several other blocks begin where it begins: it stands at an edge, whatever its middle."""
    return bisect_right(edges, para.box.x0 + 0.5) - bisect_left(edges, para.box.x0 - 0.5) > 2
