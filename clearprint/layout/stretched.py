"""Stretched lines: few words of justified text in a narrow measure, as far apart as columns are, among whole lines."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from clearprint.model import Word

FEWEST_GAPS = 2  # of one line, all alike
EVEN = 0.12  # share that they differ by
FARTHEST = 5.0  # em: no line is stretched as far
WIDER = 1.25  # times: the gap that divides it from its neighbour
EDGE = 0.35  # em that lines of one measure start and end apart
WHOLE = 2.2  # em: no whole line has a wider gap
ABOUT = 1.2  # em: words nearer than this go on beyond the measure
STEP = 1.9  # em to the line above or below
ROWS = 4  # looked through for it: lines of other columns stand between


def stretched(lanes: Sequence[Sequence[Word]], number: int, gaps: Sequence[int]) -> set[int]:
    """Which of a row's gaps, by place, are the word spaces of a stretched line. `lanes` are the rows from top to bottom."""
    lane = lanes[number]
    widths = [other.box.x0 - one.box.x1 for one, other in pairwise(lane)]
    found: set[int] = set()
    for index in gaps:
        size = lane[index].style.size
        if index in found or widths[index] > FARTHEST * size:
            continue
        first, last = index, index
        while first and _alike(widths[first - 1], widths[index]):
            first -= 1
        while last + 1 < len(widths) and _alike(widths[last + 1], widths[index]):
            last += 1
        ends = [widths[at] for at in (first - 1, last + 1) if 0 <= at < len(widths)]
        if last - first + 1 < FEWEST_GAPS or any(width < WIDER * widths[index] for width in ends):
            continue
        span = lane[first].box.x0, lane[last + 1].box.x1, size
        above = _neighbour(lanes, number, -1, *span)
        below = _neighbour(lanes, number, 1, *span)
        if _begins(below, *span) and (_fills(above, *span) or _fills(below, *span)):
            found.update(range(first, last + 1))
    return found


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= EVEN * max(one, other)


def _neighbour(lanes: Sequence[Sequence[Word]], number: int, way: int, left: float, right: float, size: float) -> list[Word]:
    """The words of the next row in a direction that stand between two edges, or go on beyond them."""
    baseline = lanes[number][0].baseline
    for at in range(number + way, number + way * (ROWS + 1), way):
        if not 0 <= at < len(lanes) or abs(lanes[at][0].baseline - baseline) > STEP * size:
            break
        about = ABOUT * size
        words = [word for word in lanes[at] if word.box.x1 > left - about and word.box.x0 < right + about]
        if words:
            return words
    return []


def _begins(words: Sequence[Word], left: float, right: float, size: float) -> bool:
    """Whether they are a line without wide gaps that begins at one edge and reaches no farther than the other."""
    return (
        bool(words)
        and abs(words[0].box.x0 - left) <= EDGE * size
        and words[-1].box.x1 <= right + EDGE * size
        and all(other.box.x0 - one.box.x1 <= WHOLE * size for one, other in pairwise(words))
    )


def _fills(words: Sequence[Word], left: float, right: float, size: float) -> bool:
    """Whether they are such a line of three words or more that reaches the other edge."""
    return _begins(words, left, right, size) and len(words) > FEWEST_GAPS and words[-1].box.x1 >= right - EDGE * size
