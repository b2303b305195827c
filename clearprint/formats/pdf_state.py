"""Whether a page's text could be read at all, how full it is, and what nobody looked at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clearprint.geometry import Box, hull
from clearprint.model import NotLookedAt, PageState, Picture, Word

_ROWS = 3  # rows of outlined letters that make a page unreadable
_LOGOTYPE = 0.03  # share of the page a logotype may take
_COLUMNS = 96  # of the grid coverage is counted on


def state_of(
    number: int,
    page: Box,
    words: Sequence[Word],
    hidden: int,
    unknown: int,
    known: int,
    pictures: Sequence[Picture],
    rows: Sequence[Box],
    drawn: bool,
    photograph: bool = False,
) -> tuple[PageState, tuple[NotLookedAt, ...]]:
    """The page's state, and what on it no check can look at.

    `hidden`: letters nobody sees; `unknown` and `known`: characters whose letter cannot or can be told; `rows`: outlined text;
    `drawn`: there are lines or shapes; `photograph`: the largest raster looks like one.
    """
    overlooked: list[NotLookedAt] = []
    rasters = [picture for picture in pictures if picture.kind == "raster" and picture.box is not None]
    share = coverage(page.width, page.height, [picture.box for picture in rasters if picture.box is not None])
    seen = any(any(map(str.isalnum, word.text)) for word in words)
    for picture in rasters:
        if picture.box is not None and picture.box.area > 0.25 * page.area and picture.use != "ground":
            overlooked.append(NotLookedAt(number, picture.box, "text inside a picture is not read"))
    if unknown > known and unknown >= 3:
        overlooked.append(NotLookedAt(number, None, "its letters cannot be told: the font has no usable code map"))
        return "unreadable", tuple(overlooked)
    if unknown * 20 > known and unknown >= 20:
        overlooked.append(NotLookedAt(number, None, f"{unknown} characters whose letters cannot be told"))
    if share > 0.5 and (hidden >= 20 or not seen):
        if hidden >= 20 and hidden > 2 * sum(len(word.text) for word in words):
            return "scan", tuple(overlooked)
        if not seen:
            return ("picture" if photograph else "scan"), tuple(overlooked)
    outside = _beyond_logotype(rows, page)
    if len(outside) >= _ROWS:
        overlooked += [NotLookedAt(number, hull(outside), "text drawn as outlines is not read")]
        letters = sum(sum(map(str.isalnum, word.text)) for word in words)
        if letters < 40 * len(outside):
            return "outlined", tuple(overlooked)
    if words:
        return "live", tuple(overlooked)
    if any(picture.use in ("picture", "ground") for picture in pictures):
        return "picture", tuple(overlooked)
    return ("live" if drawn or pictures else "blank"), tuple(overlooked)


def _beyond_logotype(rows: Sequence[Box], page: Box) -> list[Box]:
    """Rows that are no logotype: one or two rows that stand alone, under 3 % of the page, are one."""
    groups: list[list[Box]] = []
    for row in sorted(rows, key=lambda row: (row.y0, row.x0)):
        for group in groups:
            last = group[-1]
            if row.y0 - last.y1 < 2 * row.height and row.x_overlap(last) > -2 * row.height:
                group.append(row)
                break
        else:
            groups.append([row])
    return [row for group in groups if len(group) >= _ROWS or hull(group).area >= _LOGOTYPE * page.area for row in group]


def coverage(width: float, height: float, boxes: Iterable[Box]) -> float:
    """Share of the page that the boxes cover together, on a grid of about a hundred columns."""
    if width <= 0 or height <= 0:
        return 0.0
    cell = width / _COLUMNS
    rows = max(1, min(400, round(height / cell)))
    tall = height / rows
    grid = [0] * rows
    for left, top, right, bottom in boxes:
        x0, y0, x1, y1 = round(left / cell), round(top / tall), round(right / cell), round(bottom / tall)
        if x0 < 0:
            x0 = 0
        if x1 > _COLUMNS:
            x1 = _COLUMNS
        if x1 <= x0:
            continue
        mask = (1 << x1) - (1 << x0)
        for row in range(y0 if y0 > 0 else 0, y1 if y1 < rows else rows):
            grid[row] |= mask
    return sum(row.bit_count() for row in grid) / (rows * _COLUMNS)
