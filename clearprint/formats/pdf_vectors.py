"""Lines, panels and drawings of a PDF page, from its painted paths.

Every path is cut to the clip it is painted in. Level and upright lines and thin bars are strokes; rectangles are panels; the
rest is drawing, or the outlines of letters (`pdf_drawings` tells).
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import Any

import pymupdf

from clearprint.colour import Colour
from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_boxes import (
    EXACT,
    LEAST_PANEL,
    LEVEL,
    THICKEST,
    is_bar,
    is_dashed,
    is_rim,
    is_rounded,
    is_sliver,
    is_whole,
    ring,
    sides,
    with_boxes,
)
from clearprint.formats.pdf_layers import FOLD_NAME
from clearprint.geometry import Box
from clearprint.model import Panel, Stroke
from clearprint.records import record

_SHORTEST = 4.0  # points: shorter lines are parts of something else
_WHITE = 0.99
_LEAST_SPECK, _LARGEST_SPECK = 1.0, 16.0  # points each way
_MOST_SPECKS = 1_000  # more are a map or a chart
_MOST_PAIRS = 1_000_000  # of white lines and what may lie under them
_MOST = 20_000  # marks of one kind kept on a page


@record
class Shape:
    """A painted path that is no line and no rectangle."""

    box: Box
    filled: bool
    stroked: bool
    width: float  # of its stroke, points on paper
    items: int  # lines and curves, what filling adds to close it among them
    points: int  # corners of its longest chain of straight lines
    source: int  # index of its drawing
    white: bool = False


@record(frozen=False)
class Vectors:
    strokes: list[Stroke]
    panels: list[Panel]
    shapes: list[Shape]
    specks: list[Box] = field(default_factory=list)  # small marks that may be bullets


def painted_paths(page: pymupdf.Page) -> list[dict[str, Any]]:
    """What `page.get_cdrawings(extended=True)` gives, in the form that all who read paths rest on.

    Every rectangle is one item, "re", whichever way round it is drawn and however the page is turned: the engine knows those
    alone whose first edge is level on its own unturned page.
    """
    drawings = without_repeats(page.get_cdrawings(extended=True))
    for drawing in drawings:
        if "items" in drawing:
            drawing["items"] = with_boxes(drawing["items"])
    return drawings


def without_repeats(drawings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The drawings less those that paint the same fill once more with nothing between: some writers do so a hundred times."""
    kept: list[dict[str, Any]] = []
    last: dict[str, Any] = {}
    for drawing in drawings:
        again = (
            drawing.get("type") == "f" == last.get("type")
            and drawing["rect"] == last["rect"]
            and drawing["seqno"] == last["seqno"] + 1
            and drawing.get("fill_opacity") == 1.0
            and all(drawing.get(key) == last.get(key) for key in ("fill", "fill_opacity", "level", "layer", "items"))
        )
        if not again:
            kept.append(drawing)
        last = drawing
    return kept


def vectors_of(frame: Frame, drawings: Sequence[Mapping[str, Any]]) -> Vectors:
    """What `painted_paths` gives, as marks on paper."""
    found = Vectors([], [], [])
    page = Box(0.0, 0.0, *frame.page_size)
    clips: list[Any] = []
    round_clips: list[Any] = []  # index of the curved path that each clip is cut by, None for a plain one
    for index, drawing in enumerate(drawings):
        kind = drawing.get("type")
        level = drawing.get("level", 0)
        if kind == "clip":
            _set_clip(clips, level, drawing.get("scissor"))
            _set_clip(round_clips, level, index if _is_curved(frame, drawing) else None)
            continue
        if kind == "group":
            _set_clip(clips, level, clips[min(level, len(clips)) - 1] if clips and level else None)
            _set_clip(round_clips, level, None)
            continue
        if kind not in ("f", "s", "fs"):
            continue
        rect = drawing["rect"]
        if not all(map(math.isfinite, rect)):
            continue
        clip = clips[min(level, len(clips)) - 1] if level and clips else None
        seen = page if clip is None else frame.box(clip).intersection(page)
        if seen is not None:
            layer = drawing.get("layer")
            shaped = round_clips[min(level, len(round_clips)) - 1] if level and round_clips else None
            if shaped is not None and _fills(frame, drawing, seen):
                _clipped_shape(found, drawing, seen, len(drawings[shaped]["items"]), shaped)
                continue
            if not layer or not FOLD_NAME.search(layer):  # those are marks for the finisher, not ink: pdf_folds reads them
                _sort(found, frame, drawing, seen, index)
    found.strokes[:] = joined(found.strokes)
    return found


def digest(shapes: Sequence[Shape]) -> str:
    """What is drawn besides lines and panels, in few letters: the same while every shape keeps its place to the point."""
    if not shapes:
        return ""
    boxes = (f"{s.box.x0:.0f} {s.box.y0:.0f} {s.box.x1:.0f} {s.box.y1:.0f} {s.items} {s.filled}" for s in shapes)
    return hashlib.blake2s("\n".join(sorted(boxes)).encode(), digest_size=8).hexdigest()


def _set_clip(clips: list[Any], level: int, scissor: Any) -> None:
    """Clips nest by level; levels made by text or masks are not listed and keep the clip around them."""
    del clips[level:]
    while len(clips) < level:
        clips.append(clips[-1] if clips else None)
    clips.append(scissor)


def _is_curved(frame: Frame, clip: Mapping[str, Any]) -> bool:
    """Whether a clip cuts what is painted through it into a shape: a disc, a figure. Boxes with rounded corners stay boxes."""
    items = clip.get("items") or ()
    scissor = clip.get("scissor")
    if scissor is None or not any(item[0] == "c" for item in items) or not all(map(math.isfinite, scissor)):
        return False
    return not is_rounded(frame, items, frame.box(scissor))


def _fills(frame: Frame, drawing: Mapping[str, Any], seen: Box) -> bool:
    """Whether one plain rectangle fills the clip it is painted through, so that the clip is what shows."""
    items = drawing["items"]
    if drawing["type"] != "f" or len(items) != 1 or items[0][0] not in ("re", "qu"):
        return False
    return frame.box(drawing["rect"]).contains(seen, 1.0)


def _clipped_shape(found: Vectors, drawing: Mapping[str, Any], seen: Box, items: int, source: int) -> None:
    fill = _ink(drawing.get("fill"), drawing.get("fill_opacity"))
    if fill is None:
        return
    _add_speck(found, seen, fill)
    if len(found.shapes) < _MOST:
        found.shapes.append(Shape(seen, True, False, 0.0, items, 0, source, min(fill) > 0.99))


def _sort(found: Vectors, frame: Frame, drawing: Mapping[str, Any], seen: Box, index: int) -> None:
    fill, line = (
        _ink(drawing.get("fill"), drawing.get("fill_opacity")),
        _ink(drawing.get("color"), drawing.get("stroke_opacity")),
    )
    if drawing["type"] == "s":
        fill = None
    elif drawing["type"] == "f":
        line = None
    if fill is None and line is None:
        return
    width = max(0.0, float(drawing.get("width") or 0.0)) * frame.scale if line is not None else 0.0
    items = drawing["items"]
    if fill is not None and line is None and drawing.get("even_odd") and (framed := ring(frame, items)):
        outline, bars = framed
        if not bars and (cut := _cut(outline, seen)) is not None and len(found.panels) < _MOST:
            found.panels.append(Panel(cut, None, True))
        for bar in bars:
            if (cut := _cut(bar, seen)) is not None and cut.area > 0:
                _panel_or_bar(found, cut, fill, None, 0.0)
        return
    straight = len(items) <= 400 and all(item[0] in ("re", "qu") or (item[0] == "l" and fill is None) for item in items)
    if straight and _straight(found, frame, items, seen, fill, line, width):
        return
    box = _cut(frame.box(drawing["rect"]).grow(width / 2), seen)
    if box is None:
        return
    if fill is not None and len(items) <= 8 and is_bar(frame, items):
        _panel_or_bar(found, box, fill, line, width)
        return
    if fill is not None and is_sliver(box) and (len(items) <= 8 or is_dashed(frame, items)):
        _panel_or_bar(found, box, fill, line, width)
        return
    if fill is not None and len(items) <= 12 and (edges := sides(frame, items)):
        for side, horizontal in edges:
            if (cut := _cut(side, seen)) is not None:
                _add_stroke(found, cut, min(side.width, side.height), horizontal, fill)
        return
    whole = frame.box(drawing["rect"])
    if is_rounded(frame, items, whole) or (fill is not None and is_whole(frame, items, whole)):
        _panel_or_bar(found, box, fill, line, width)
        return
    if fill is not None and is_rim(frame, items, whole):
        if len(found.panels) < _MOST:
            found.panels.append(Panel(box, None, True))
        return
    _add_speck(found, box, fill or line)
    if len(found.shapes) < _MOST:
        white = fill is not None and line is None and min(fill) > 0.99
        count = len(items) + (_left_open(items) if fill is not None else 0)
        found.shapes.append(Shape(box, fill is not None, line is not None, width, count, _chain(items), index, white))


def _straight(
    found: Vectors,
    frame: Frame,
    items: Sequence[Any],
    seen: Box,
    fill: Colour | None,
    line: Colour | None,
    width: float,
) -> bool:
    """Lines and rectangles alone. False, and nothing kept, when one of its lines is neither level nor upright."""
    boxes: list[tuple[str, Box]] = []
    for item in items:
        if item[0] == "l":
            box = frame.box((*item[1], *item[2]))
            if min(box.width, box.height) > LEVEL + 0.01 * max(box.width, box.height):
                return False
        elif item[0] == "re":
            box = frame.box(item[1])
        else:
            corners = [frame.point(*corner) for corner in item[1]]
            xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
            box = Box(xs[0], ys[0], xs[-1], ys[-1])
            if xs[1] - xs[0] > 1 or xs[3] - xs[2] > 1 or ys[1] - ys[0] > 1 or ys[3] - ys[2] > 1:
                return False
        boxes.append((item[0], box))
    for kind, box in boxes:
        if kind != "l":
            cut = _cut(box, seen)
            if cut is not None and (line is not None or cut.area > 0 or box.area == 0):  # else the clip leaves nothing of it
                _panel_or_bar(found, cut, fill, line, width)
            continue
        horizontal = box.width >= box.height
        thick = box.grow(0.0, width / 2) if horizontal else box.grow(width / 2, 0.0)
        cut = _cut(thick, seen)
        if cut is not None and line is not None:
            _add_stroke(found, cut, width, horizontal, line)
    return True


def _panel_or_bar(found: Vectors, box: Box, fill: Colour | None, line: Colour | None, width: float) -> None:
    thin = min(box.width, box.height)
    if thin <= THICKEST and max(box.width, box.height) >= 2 * thin:
        _add_stroke(found, box, max(thin, width), box.width >= box.height, fill or line)
        return
    if line is None:
        _add_speck(found, box, fill)
    if thin >= LEAST_PANEL and len(found.panels) < _MOST:
        found.panels.append(Panel(box, fill, line is not None))


def _add_speck(found: Vectors, box: Box, ink: Colour | None) -> None:
    thin, long = sorted((box.width, box.height))
    if (
        ink is not None
        and min(ink) < 0.97
        and thin >= _LEAST_SPECK
        and long <= _LARGEST_SPECK
        and len(found.specks) < _MOST_SPECKS
    ):
        found.specks.append(box)


def _add_stroke(found: Vectors, box: Box, width: float, horizontal: bool, colour: Colour | None) -> None:
    if len(found.strokes) < _MOST * 2:
        found.strokes.append(Stroke(box, width, horizontal, colour))


def joined(strokes: Iterable[Stroke]) -> list[Stroke]:
    """Lines drawn in pieces (table cell by cell, dot by dot) as one; crumbs that join nothing are left out."""
    result: list[Stroke] = []
    groups: dict[tuple[bool, int, int], list[Stroke]] = {}
    for stroke in strokes:
        box = stroke.box
        middle = (box.y0 + box.y1) / 2 if stroke.horizontal else (box.x0 + box.x1) / 2
        groups.setdefault((stroke.horizontal, round(middle * 2), round(stroke.width * 4)), []).append(stroke)
    for (horizontal, _, _), group in groups.items():
        group.sort(key=lambda stroke: stroke.box.x0 if horizontal else stroke.box.y0)
        current = group[0]
        for stroke in group[1:]:
            box, last = stroke.box, current.box
            gap = box.x0 - last.x1 if horizontal else box.y0 - last.y1
            short = (box.width if horizontal else box.height) < 6
            if gap <= (4.0 if short else 1.0) and _alike(stroke.colour, current.colour):
                current = Stroke(last.union(box), max(current.width, stroke.width), horizontal, current.colour)
            else:
                result.append(current)
                current = stroke
        result.append(current)
    kept = [s for s in result if (s.box.width if s.horizontal else s.box.height) >= _SHORTEST]
    return sorted(kept, key=lambda s: (s.box.y0, s.box.x0, s.box.y1, s.box.x1))[:_MOST]


def _alike(one: Colour | None, other: Colour | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(abs(a - b) < 0.02 for a, b in zip(one, other, strict=True))


def _cut(box: Box, seen: Box) -> Box | None:
    """What shows of a box; a line without thickness counts as a box."""
    cut = Box(max(box.x0, seen.x0), max(box.y0, seen.y0), min(box.x1, seen.x1), min(box.y1, seen.y1))
    return cut if cut.x1 >= cut.x0 and cut.y1 >= cut.y0 else None


def _ink(colour: Any, opacity: Any) -> Colour | None:
    if colour is None or (opacity is not None and opacity <= 0.01):
        return None
    if len(colour) == 3:
        return float(colour[0]), float(colour[1]), float(colour[2])
    grey = float(colour[0]) if colour else 0.0
    return grey, grey, grey


def that_show(strokes: Sequence[Stroke], grounds: Sequence[Box]) -> list[Stroke]:
    """Lines without the white ones on white paper: `grounds` is all else that is painted and may lie under them."""
    white = {id(stroke) for stroke in strokes if stroke.colour is not None and min(stroke.colour) >= _WHITE}
    if len(white) * len(grounds) > _MOST_PAIRS:
        return list(strokes)
    return [stroke for stroke in strokes if id(stroke) not in white or any(box.distance(stroke.box) <= 0.5 for box in grounds)]


def _left_open(items: Sequence[Any]) -> int:
    """How many outlines of a filled path end elsewhere than they begin: filling closes them (ISO 32000-1, 8.5.3.3)."""
    count = 0
    start: Any = None
    end: Any = None
    for item in (*items, ("end",)):
        if item[0] not in ("l", "c") or item[1] != end:
            count += start is not None and math.dist(start, end) > EXACT
            start = item[1] if item[0] in ("l", "c") else None
        end = item[-1]
    return count


def _chain(items: Sequence[Any]) -> int:
    """Corners of the longest chain of straight lines: a curve of a chart has many."""
    best = current = 0
    end: Any = None
    for item in items:
        if item[0] == "l":
            current = current + 1 if end == item[1] else 1
            end = item[2]
            best = max(best, current)
        else:
            current, end = 0, None
    return best + 1 if best else 0
