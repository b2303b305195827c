"""Finds the trimmed page between crop marks, for files whose page boxes do not say where the paper is cut."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from clearprint.formats.pdf import Frame
from clearprint.geometry import Box

_LONGEST = 60.0  # points: a crop mark is 3 to 20 mm long
_SHORTEST = 5.0
_THICKEST = 2.0
_MOST_LEVELS = 8  # two of the trim, two of the bleed, a few of folds and centres
_LEVEL = 1.0  # marks on one edge of the trim lie this near to one level


def marked_trim(frame: Frame, drawings: Iterable[Mapping[str, Any]]) -> Frame:
    """The frame cut to its crop marks; unchanged when no full set of eight is there.

    Two marks stand on each edge of the trim, outside it, in line with each other. Bleed marks stand further out, so that the
    innermost full set is the trim.
    """
    width, height = frame.view_size
    flat, upright = _marks(frame, drawings, width, height)
    if len(flat) < 4 or len(upright) < 4:
        return frame
    tops, bottoms = _levels(flat, width, height)
    lefts, rights = _levels(upright, height, width)
    for top in sorted(tops, reverse=True):
        for left in sorted(lefts, reverse=True):
            for bottom in sorted(bottoms):
                for right in sorted(rights):
                    trim = Box(left, top, right, bottom)
                    if trim.width > 0.3 * width and trim.height > 0.3 * height and _outside(trim, flat, upright):
                        return frame.trimmed_to(trim, "marks")
    return frame


Mark = tuple[float, float, float]  # level, from, to


def _marks(frame: Frame, drawings: Iterable[Mapping[str, Any]], width: float, height: float) -> tuple[list[Mark], list[Mark]]:
    """Short thin lines near the edges of the page, as viewed: level ones and upright ones."""
    flat: list[Mark] = []
    upright: list[Mark] = []
    for drawing in drawings:
        if drawing.get("type") not in ("s", "f", "fs") or len(drawing["items"]) > 64:
            continue
        width_of_line = drawing.get("width") or 0.0
        for item in drawing["items"]:
            if item[0] == "l":
                box = frame.view_box((*item[1], *item[2]))
            elif item[0] == "re":
                box = frame.view_box(item[1])
            else:
                continue
            if width_of_line > _THICKEST or min(box.width, box.height) > _THICKEST:
                continue
            if not _SHORTEST <= max(box.width, box.height) <= _LONGEST:
                continue
            x, y = box.centre
            if box.width > box.height and not 0.2 * width < x < 0.8 * width:
                flat.append((y, box.x0, box.x1))
            elif box.height > box.width and not 0.2 * height < y < 0.8 * height:
                upright.append((x, box.y0, box.y1))
    return flat, upright


def _levels(marks: list[Mark], along: float, across: float) -> tuple[list[float], list[float]]:
    """Levels with a mark at both ends, in the first and in the last third of the page."""
    near = [mark for mark in marks if mark[2] < along / 2]
    far = [mark for mark in marks if mark[1] > along / 2]
    far_levels = sorted({mark[0] for mark in far})
    found = sorted({mark[0] for mark in near if any(abs(mark[0] - level) < _LEVEL for level in far_levels)})
    if len(found) > _MOST_LEVELS:
        return [], []  # a ruled form or a table, no crop marks
    return [level for level in found if level < across / 3], [level for level in found if level > across * 2 / 3]


def _outside(trim: Box, flat: list[Mark], upright: list[Mark]) -> bool:
    """Whether all eight marks of this trim are there and none of them reaches into it."""
    return all(_pair(level, flat, trim.x0, trim.x1) for level in (trim.y0, trim.y1)) and all(
        _pair(level, upright, trim.y0, trim.y1) for level in (trim.x0, trim.x1)
    )


def _pair(level: float, marks: list[Mark], start: float, end: float) -> bool:
    on_level = [mark for mark in marks if abs(mark[0] - level) < _LEVEL]
    return any(mark[2] <= start + _LEVEL for mark in on_level) and any(mark[1] >= end - _LEVEL for mark in on_level)
