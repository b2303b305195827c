"""Ruled grids: printed lines that meet, with rows of cells between them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from clearprint.geometry import Box, hull

MOST_RULES = 3000  # a drawing with more straight lines than this is no table
CLOSED = 0.12  # share of a row of cells that rules go along at least, above it and below it
WHOLE = 0.9  # share of a box's width from which on a rule closes it
FEWEST_LEVEL = 3  # level lines of one length that are a grid's
MEETING = 2.0  # points between lines that meet


def ruled(level: Sequence[Box], upright: Sequence[Box]) -> list[tuple[Box, list[Box], int]]:
    """The outlines of grids, each with its uprights and rows: two rows or more of ruled cells, or a row under a head."""
    upright = sorted([*upright, *_open_sides(level, upright)])
    if len(level) < 3 or len(upright) < 3 or len(level) + len(upright) > MOST_RULES:
        return []
    lefts = [line.x0 for line in upright]
    parent = list(range(len(level) + len(upright)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    for index, line in enumerate(level):
        first, last = bisect_left(lefts, line.x0 - MEETING), bisect_right(lefts, line.x1 + MEETING)
        for other in range(first, last):
            if upright[other].y0 - MEETING <= line.y1 and line.y0 <= upright[other].y1 + MEETING:
                parent[root(index)] = root(len(level) + other)
    groups: dict[int, list[int]] = {}
    for item in range(len(parent)):
        groups.setdefault(root(item), []).append(item)
    result = []
    for group in groups.values():
        across = [level[item] for item in group if item < len(level)]
        down = [upright[item - len(level)] for item in group if item >= len(level)]
        rows, headed = _rows_of_cells(across, down), len(places(line.y0 for line in across)) > 2
        if rows >= 2 or (rows == 1 and headed and is_closed(hull((*across, *down)), across, down)):
            result.append((hull((*across, *down)), down, rows))
    return sorted(result, key=lambda item: (item[0].y0, item[0].x0))


def _open_sides(level: Sequence[Box], upright: Sequence[Box]) -> list[Box]:
    """The sides of grids that are ruled inside only: where three level lines or more that uprights cross begin and end."""
    if not upright or len(level) > MOST_RULES:
        return []
    groups: dict[tuple[int, int], list[Box]] = {}
    for line in level:
        groups.setdefault((round(line.x0 / MEETING), round(line.x1 / MEETING)), []).append(line)
    result: list[Box] = []
    for lines in groups.values():
        if len(lines) < FEWEST_LEVEL:
            continue
        whole = hull(lines)
        inside = [
            line
            for line in upright
            if whole.y0 - 2 * MEETING <= line.y1
            and line.y0 <= whole.y1 + 2 * MEETING
            and whole.x0 - MEETING <= line.x0 <= whole.x1 + MEETING
        ]
        if not inside or any(min(line.x0 - whole.x0, whole.x1 - line.x0) < 4 * MEETING for line in inside):
            continue  # it has sides
        top, bottom = min(line.y0 for line in (whole, *inside)), max(line.y1 for line in (whole, *inside))
        result += [Box(side, max(top, whole.y0 - 40.0), side, min(bottom, whole.y1 + 40.0)) for side in (whole.x0, whole.x1)]
    return result


def is_closed(box: Box, level: Sequence[Box], upright: Sequence[Box]) -> bool:
    """Whether a frame goes all round a grid: what text stands in it stands in cells."""
    across = [line for line in level if line.width >= 0.95 * box.width and abs(line.centre[0] - box.centre[0]) < 4.0]
    down = [line for line in upright if line.height >= 0.95 * box.height]
    ends = {side for line in across for side in (box.y0, box.y1) if abs(line.y0 - side) <= 4.0}
    sides = {side for line in down for side in (box.x0, box.x1) if abs(line.x0 - side) <= 4.0}
    return len(ends) == 2 and len(sides) == 2


def _rows_of_cells(level: Sequence[Box], upright: Sequence[Box]) -> int:
    """How many bands between neighbouring level lines are cut by uprights into two cells or more."""
    count = 0
    for top, bottom in pairwise(places(line.y0 for line in level)):
        middle = (top + bottom) / 2
        sides = places(line.x0 for line in upright if line.y0 < middle < line.y1)
        closed = len(sides) >= 3 and all(_ruled_share(level, edge, sides[0], sides[-1]) >= CLOSED for edge in (top, bottom))
        if closed and not _stand_apart(level, top, bottom, sides):
            count += 1
    return count


def _stand_apart(level: Sequence[Box], top: float, bottom: float, sides: Sequence[float]) -> bool:
    """Whether the boxes of a row have white between them, all of them: the boxes of a diagram, no cells."""
    boxes = [all(_ruled_share(level, edge, left, right) >= WHOLE for edge in (top, bottom)) for left, right in pairwise(sides)]
    return sum(boxes) > 1 and not any(one and other for one, other in pairwise(boxes))


def _ruled_share(level: Sequence[Box], edge: float, left: float, right: float) -> float:
    """The share of a width that rules at one height go along: the small boxes of numbers at the side of a large one close no
    row of cells."""
    reached, total = left, 0.0
    for line in sorted((line.x0, line.x1) for line in level if -0.1 <= line.y0 - edge <= 4.0):
        total += max(0.0, min(line[1], right) - max(line[0], reached))
        reached = max(reached, line[1])
    return total / (right - left) if right > left else 0.0


def places(values: Iterable[float]) -> list[float]:
    """Different places, two that nearly meet being one."""
    result: list[float] = []
    for value in sorted(values):
        if not result or value - result[-1] > 4.0:
            result.append(value)
    return result
