"""Panels that are parts of drawings: filled boxes without a word in them, no cells of a grid and no ground of the page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from clearprint.colour import luminance
from clearprint.formats.pdf_vectors import Shape
from clearprint.geometry import Box
from clearprint.model import Panel
from clearprint.records import record

_LARGEST = 0.4  # of the page each way
_DARK = 0.8  # luminance: paler boxes may be places to write, and are parts only where a drawing surrounds them
_MOST = 1_000  # panels; more are a map or a table
_BESIDE = 1.5  # points between the cells of a grid
_ALIKE = 1.0  # points that their edges may differ by


@record
class Parts:
    """Indices of panels: those that make a drawing with the shapes they touch, and those that may lie within one."""

    marks: list[int]
    pale: list[int]


def parts_of(panels: Sequence[Panel], shapes: Sequence[Shape], text: Sequence[Box], sheet: Box) -> Parts:
    """The panels that can be parts of a drawing. `text`: boxes of words."""
    parts = Parts([], [])
    if not shapes or not panels or len(panels) > _MOST:
        return parts
    centres = sorted((word.centre[1], word.centre[0]) for word in text)
    grid = _in_a_grid(panels)
    for index, panel in enumerate(panels):
        box = panel.box
        if box.width > _LARGEST * sheet.width or box.height > _LARGEST * sheet.height or index in grid:
            continue
        if _has_words(box, centres):
            continue
        dark = panel.fill is not None and luminance(panel.fill) < _DARK
        (parts.marks if dark else parts.pale).append(index)
    return parts


def _has_words(box: Box, centres: Sequence[tuple[float, float]]) -> bool:
    for at in range(bisect_left(centres, (box.y0, 0.0)), len(centres)):
        y, x = centres[at]
        if y > box.y1:
            return False
        if box.x0 <= x <= box.x1:
            return True
    return False


def _in_a_grid(panels: Sequence[Panel]) -> set[int]:
    """Panels that share a whole edge with a neighbour: cells of a table, fields of a colour chart."""
    found: set[int] = set()
    for level in (True, False):
        rows: dict[int, list[tuple[float, float, float, float, int]]] = {}
        for index, panel in enumerate(panels):
            x0, y0, x1, y1 = panel.box if level else (panel.box.y0, panel.box.x0, panel.box.y1, panel.box.x1)
            rows.setdefault(round(y0 / _ALIKE), []).append((x0, x1, y0, y1, index))
        for key, row in rows.items():
            near = sorted([*row, *rows.get(key + 1, [])])
            for one, other in pairwise(near):
                alike = abs(one[2] - other[2]) <= _ALIKE and abs(one[3] - other[3]) <= _ALIKE
                if alike and abs(other[0] - one[1]) <= _BESIDE:
                    found |= {one[4], other[4]}
    return found
