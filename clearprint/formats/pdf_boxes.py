"""Painted paths that are boxes, bars or frames, however a program draws them: rounded, as rings, bevels or dashes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from clearprint.formats.pdf import Frame
from clearprint.geometry import Box, hull

THICKEST = 4.0  # points: a filled bar up to this is a line
LEAST_PANEL = 5.0  # points each way: a tick box of 2 mm
LEVEL = 0.35  # points a line may stray and still be level
EXACT = 0.02  # points: coordinates that were the same but for rounding
_LEAST_FRAME = 28.0  # points each way of a frame of dashes or with rounded corners: letters may be drawn so too
_FEWEST_RIM = 8  # parts of a path round such a frame
_LEAST_WHOLE = 10.0  # points each way of a box drawn as a polygon: letters may be drawn so too
_WHOLE = 0.85  # of its box that it covers
_SLANTED = 0.05  # of its outline that is neither level nor upright
_LARGEST_CORNER = 24.0  # points
_FEW_ROUND, _MOST_ROUND = 16, 72  # items of a box with rounded corners


def with_boxes(items: Sequence[Any]) -> Sequence[Any]:
    """The items of a path with every four lines that close a level rectangle as one of them, "re"."""
    result: list[Any] = []
    at, count = 0, len(items)
    found = False
    while at < count:
        item = items[at]
        box = None
        if item[0] == "l" and at + 3 < count and items[at + 3][0] == "l" and tuple(items[at + 3][2]) == tuple(item[1]):
            box = _rectangle(items[at : at + 4])
        result.append(item if box is None else ("re", box))
        found = found or box is not None
        at += 1 if box is None else 4
    return result if found else items


def _rectangle(four: Sequence[Any]) -> tuple[float, float, float, float] | None:
    """The rectangle that four lines close, in engine points."""
    if any(item[0] != "l" for item in four):
        return None
    if any(tuple(one[2]) != tuple(other[1]) for one, other in pairwise(four)):
        return None
    edges = [(abs(item[2][0] - item[1][0]), abs(item[2][1] - item[1][1])) for item in four]
    level = [across > down for across, down in edges]
    if level[0] == level[1] or level[0] != level[2] or level[1] != level[3]:
        return None
    if max(map(min, edges)) > EXACT:
        return None
    xs, ys = [item[1][0] for item in four], [item[1][1] for item in four]
    return min(xs), min(ys), max(xs), max(ys)


def ring(frame: Frame, items: Sequence[Any]) -> tuple[Box, list[Box]] | None:
    """The outline of two boxes, one inside the other, whose ring alone is filled (ISO 32000-1, 8.5.3.3.3).

    A ring on all four sides is a frame; of one that is open, its sides are given: a border below is made so.
    """
    if len(items) != 2 or any(item[0] != "re" for item in items):
        return None
    inner, outer = sorted((frame.box(item[1]) for item in items), key=lambda box: box.area)
    if inner.width <= LEAST_PANEL or inner.height <= LEAST_PANEL or not outer.contains(inner, EXACT):
        return None
    left, top, right, bottom = inner.x0 - outer.x0, inner.y0 - outer.y0, outer.x1 - inner.x1, outer.y1 - inner.y1
    if max(left, top, right, bottom) > THICKEST:
        return None
    if min(left, top, right, bottom) > EXACT:
        return outer, []
    sides = [
        (left, Box(outer.x0, outer.y0, inner.x0, outer.y1)),
        (top, Box(outer.x0, outer.y0, outer.x1, inner.y0)),
        (right, Box(inner.x1, outer.y0, outer.x1, outer.y1)),
        (bottom, Box(outer.x0, inner.y1, outer.x1, outer.y1)),
    ]
    found = [side for thick, side in sides if thick > EXACT]
    return (outer, found) if found else None


def is_bar(frame: Frame, items: Sequence[Any]) -> bool:
    """A filled polygon of level and upright edges that fills its box: some programs close rectangles by hand."""
    edges = [frame.box((*item[1], *item[2])) for item in items if item[0] == "l"]
    if len(edges) != len(items) or len(edges) not in (3, 4, 5):
        return False
    return all(min(edge.width, edge.height) <= LEVEL for edge in edges)


def is_whole(frame: Frame, items: Sequence[Any], box: Box) -> bool:
    """A filled polygon that covers its box but for crumbs at its corners: clipping tools leave rectangles so."""
    if len(items) > _MOST_ROUND or min(box.width, box.height) < _LEAST_WHOLE or any(item[0] != "l" for item in items):
        return False
    ends = [(frame.point(*item[1]), frame.point(*item[2])) for item in items]
    area = abs(sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in ends)) / 2
    if area < _WHOLE * box.area:
        return False
    slanted = sum(math.dist(*end) for end in ends if min(abs(end[0][0] - end[1][0]), abs(end[0][1] - end[1][1])) > LEVEL)
    return slanted <= _SLANTED * sum(math.dist(*end) for end in ends)


def is_sliver(box: Box) -> bool:
    """A long thin shape: the bevelled edge of a frame, an arrow's shaft, a rule with cut ends."""
    thin, long = sorted((box.width, box.height))
    return thin <= THICKEST and long >= 20.0 and long >= 8 * thin


def is_dashed(frame: Frame, items: Sequence[Any]) -> bool:
    """Whether the edges of a filled path are level and upright alone: dashes of a line, where letters would slant and turn."""
    return all(
        item[0] == "re" or (item[0] == "l" and min((edge := frame.box((*item[1], *item[2]))).width, edge.height) <= EXACT)
        for item in items
    )


def sides(frame: Frame, items: Sequence[Any]) -> list[tuple[Box, bool]]:
    """The bars, and whether each is level, of a band along two or three sides of its box: browsers paint bevelled frames so."""
    if any(item[0] != "l" for item in items):
        return []
    ends = [(frame.point(*item[1]), frame.point(*item[2])) for item in items]
    if len(ends) < 5 or any(math.dist(one[1], other[0]) > LEVEL for one, other in pairwise(ends)):
        return []
    corners = [ends[0][0], *(last for _, last in ends)]
    box = Box(min(x for x, _ in corners), min(y for _, y in corners), max(x for x, _ in corners), max(y for _, y in corners))
    if min(box.width, box.height) <= THICKEST:
        return []
    rim = [min(x - box.x0, box.x1 - x, y - box.y0, box.y1 - y) for x, y in corners]
    closed = pairwise([*corners, corners[0]])
    if max(rim) > THICKEST or any(
        min(abs(a[0] - b[0]), abs(a[1] - b[1])) > LEVEL and math.dist(a, b) > 2 * THICKEST for a, b in closed
    ):
        return []
    sides: list[tuple[Box, bool]] = []
    outer = 0.0
    for a, b in pairwise([*corners, corners[0]]):
        edge = Box(min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        level = edge.width > edge.height
        near = (edge.y0 - box.y0, box.y1 - edge.y1) if level else (edge.x0 - box.x0, box.x1 - edge.x1)
        if max(edge.width, edge.height) > 2 * THICKEST and min(near) <= LEVEL:
            sides.append((edge, level))
            outer += max(edge.width, edge.height)
    area = abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*corners, corners[0]]))) / 2
    if not 2 <= len(sides) <= 3 or area > THICKEST * outer:
        return []
    thick = area / outer
    return [(_inward(edge, box, level, thick), level) for edge, level in sides]


def _inward(edge: Box, box: Box, level: bool, thick: float) -> Box:
    """The bar of that thickness inside the box along one of its edges."""
    if level:
        y = box.y0 if edge.y0 - box.y0 < box.y1 - edge.y1 else box.y1 - thick
        return Box(edge.x0, y, edge.x1, y + thick)
    x = box.x0 if edge.x0 - box.x0 < box.x1 - edge.x1 else box.x1 - thick
    return Box(x, edge.y0, x + thick, edge.y1)


def is_rounded(frame: Frame, items: Sequence[Any], box: Box) -> bool:
    """A rectangle with rounded corners: short curves and straight edges along its box.

    Most programs turn a corner by one curve or two. Skia, which prints for browsers, takes eight: of so many each
    must lie in a corner.
    """
    small = min(box.width, box.height)
    if not 5 <= len(items) <= _MOST_ROUND or small < LEAST_PANEL:
        return False
    along = 0.0
    curves = 0
    for item in items:
        if item[0] == "c":
            curves += 1
            if len(items) > _FEW_ROUND:
                x, y = frame.box((*item[1], *item[4])).centre
                if max(min(x - box.x0, box.x1 - x), min(y - box.y0, box.y1 - y)) > small / 2 + 1.0:
                    return False
        elif item[0] == "l":
            edge = frame.box((*item[1], *item[2]))
            if min(edge.width, edge.height) > LEVEL:
                return False
            x, y = edge.centre
            if min(abs(x - box.x0), abs(x - box.x1), abs(y - box.y0), abs(y - box.y1)) > 1.0:
                return False
            along += max(edge.width, edge.height)
        else:
            return False
    return curves >= 1 and (curves <= 8 or len(items) > _FEW_ROUND) and along > 0.4 * 2 * (box.width + box.height)


def is_rim(frame: Frame, items: Sequence[Any], box: Box) -> bool:
    """Whether all that is filled runs along the four sides of a box: dashes, dots or a ring with rounded corners."""
    small = min(box.width, box.height)
    if len(items) < _FEWEST_RIM or small < LEAST_PANEL:
        return False
    if small < _LEAST_FRAME:
        return len(items) <= 2 * _MOST_ROUND and _is_rounded_ring(frame, items)
    corner = min(_LARGEST_CORNER, 0.3 * small)
    along = [False] * 4
    for item in items:
        x, y = _span(frame, item).centre
        inward = (x - box.x0, box.x1 - x, y - box.y0, box.y1 - y)
        if max(min(inward[:2]), min(inward[2:])) <= corner:
            continue
        if min(inward) > THICKEST:
            return False
        along[inward.index(min(inward))] = True
    return all(along) and _is_hollow(frame, items, box)


def _span(frame: Frame, item: Any) -> Box:
    """The box between the ends of a part of a path."""
    if item[0] == "re":
        return frame.box(item[1])
    return frame.box((*item[1][0], *item[1][3]) if item[0] == "qu" else (*item[1], *item[-1]))


def _is_rounded_ring(frame: Frame, items: Sequence[Any]) -> bool:
    """Whether two boxes with rounded corners lie one inside the other, no further apart than the border of a field is thick."""
    outlines = _outlines(items)
    if len(outlines) != 2:
        return False
    inner, outer = sorted((hull(_span(frame, item) for item in one) for one in outlines), key=lambda box: box.area)
    if (
        not outer.contains(inner, EXACT)
        or outer.width - inner.width > 2 * THICKEST
        or outer.height - inner.height > 2 * THICKEST
    ):
        return False
    return all(is_rounded(frame, one, hull(_span(frame, item) for item in one)) for one in outlines)


def _is_hollow(frame: Frame, items: Sequence[Any], box: Box) -> bool:
    """Whether two outlines run all the way round, one inside the other, or only small ones lie along a box."""
    boxes = [hull(_span(frame, item) for item in one) for one in _outlines(items)]
    return sum(2 * one.width > box.width and 2 * one.height > box.height for one in boxes) in (0, 2)


def _outlines(items: Sequence[Any]) -> list[list[Any]]:
    """The parts of a path that hang together, each as its items."""
    outlines: list[list[Any]] = []
    end: Any = None
    for item in items:
        if item[0] in ("l", "c") and item[1] == end:
            outlines[-1].append(item)
        else:
            outlines.append([item])
        end = item[-1] if item[0] in ("l", "c") else None
    return outlines
