"""Charts among the drawings of a PDF page: what their data stand in, and how fine the lines of the data are.

A chart is told by its axes, which meet; by a grid of level lines; or by a frame. The last two are charts only with labels at
their left and foot, for pictures and boxes have frames too, and tables have lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from clearprint.formats.pdf_pictures import LEAST
from clearprint.formats.pdf_vectors import Shape
from clearprint.geometry import Box, hull
from clearprint.model import Panel, Stroke
from clearprint.records import record

_NEAR = 4.0  # points between axes that meet
_MOST_LINES = 40  # each way
_FEWEST = 3  # lines of a grid
_EVEN = 1.5  # points by which lines of a grid start, end and follow one another unevenly
_CORNERS = 4  # of a line of data, its ends with them
_LABELS = 2  # at each of the two sides
_BELOW, _BESIDE = 22.0, 34.0  # points from a chart to its labels
_APART = 5.0  # points between labels; words of a line stand closer
_LONGEST = 80.0  # points: the width of a label


@record
class Chart:
    """The box of a chart with what its data stand in, and its thinnest data line in points where it has lines."""

    box: Box
    thinnest: float | None


def chart_of(
    box: Box, shapes: Sequence[Shape], strokes: Sequence[Stroke], panels: Sequence[Panel], text: Sequence[Box]
) -> Chart | None:
    """The chart that these shapes, which fill `box`, are the data of; None where they are none."""
    axes, corner = _axes(box, strokes), _corner(box, strokes)
    for found in (axes, corner):
        below = found is not None and _is_labelled_below(found, text)
        if found is None or (found is corner and not below):
            continue
        if (thinnest := _thinnest(shapes, chains=True, in_pieces=below)) is not None:
            return Chart(found, min(thinnest, _thinnest(shapes) or thinnest) if _is_labelled(found, text) else thinnest)
    for found in (axes, corner, _grid(box, strokes), _framed(box, panels)):
        if found is not None and _is_labelled(found, text) and (thinnest := _thinnest(shapes)) is not None:
            return Chart(found, thinnest)
    return None


def _axes(box: Box, strokes: Sequence[Stroke]) -> Box | None:
    """Lines along the data and up them that meet."""
    # Axes reach past the data that they carry.
    near = box.grow(0.4 * box.width + 6, 0.4 * box.height + 6)
    inside = [stroke.box for stroke in strokes if near.contains(stroke.box)]
    level = [one for one in inside if one.width > 0.5 * box.width and one.width > one.height][:_MOST_LINES]
    upright = [one for one in inside if one.height > 0.5 * box.height and one.height > one.width][:_MOST_LINES]
    found = [
        one.union(other)
        for one in level
        for other in upright
        if one.distance(other) <= _NEAR and one.union(other).shared_area(box)
    ]
    return hull(found) if found else None


def _corner(box: Box, strokes: Sequence[Stroke]) -> Box | None:
    """A level line below the data and an upright one at their left or right that meet, however far below the data they do."""
    level = [one.box for one in strokes if one.horizontal and box.y1 - _NEAR <= one.box.y1 and _spans(one.box, box)]
    tall = [one.box for one in strokes if not one.horizontal and one.box.y1 >= box.y1 - _NEAR]
    upright = [one for one in tall if one.y0 <= box.y0 + _NEAR]
    found = [
        one.union(other)
        for one in level[:_MOST_LINES]
        for other in upright[:_MOST_LINES]
        if one.distance(other) <= _NEAR and one.union(other).contains(box, _NEAR)
    ]
    return min(found, key=lambda one: one.area, default=None)


def _spans(line: Box, box: Box) -> bool:
    return line.x0 <= box.x0 + _NEAR and line.x1 >= box.x1 - _NEAR and 2 * box.width > line.width


def _grid(box: Box, strokes: Sequence[Stroke]) -> Box | None:
    """Level lines of one length at even steps, over which the data lie."""
    near = box.grow(0.4 * box.width + 6, 0.6 * box.height + 6)
    rows: dict[tuple[int, int], list[Box]] = {}
    for stroke in strokes:
        one = stroke.box
        if stroke.horizontal and near.contains(one) and one.width > 0.8 * box.width:
            rows.setdefault((round(one.x0 / _EVEN), round(one.x1 / _EVEN)), []).append(one)
    for lines in rows.values():
        tops = sorted({round(line.y0, 1) for line in lines})
        steps = [after - before for before, after in pairwise(tops)]
        if len(tops) >= _FEWEST and max(steps) - min(steps) <= _EVEN and hull(lines).shared_area(box) > 0.5 * box.area:
            return hull(lines)
    return None


def _framed(box: Box, panels: Sequence[Panel]) -> Box | None:
    """The smallest outlined box that holds the data, if they fill much of it."""
    holding = [panel.box for panel in panels if panel.outlined and panel.box.contains(box, _NEAR)]
    frame = min(holding, key=lambda one: one.area, default=None)
    return frame if frame is not None and box.area > 0.15 * frame.area else None


def _is_labelled(chart: Box, text: Sequence[Box]) -> bool:
    """Whether labels stand apart from one another below a chart, and at its left or right."""
    if not _is_labelled_below(chart, text):
        return False
    level = [one for one in text if chart.y0 - 10 < one.centre[1] < chart.y1 + 10]
    beside = [one for one in level if -_NEAR < chart.x0 - one.x1 < _BESIDE or -_NEAR < one.x0 - chart.x1 < _BESIDE]
    return len(list(_alone(beside, level))) >= _LABELS


def _is_labelled_below(chart: Box, text: Sequence[Box]) -> bool:
    below = [one for one in text if -_NEAR < one.y0 - chart.y1 < _BELOW and chart.x0 - 20 < one.centre[0] < chart.x1 + 20]
    return len(list(_alone(below, text))) >= _LABELS


def _alone(labels: Sequence[Box], words: Sequence[Box]) -> Iterator[Box]:
    for label in labels:
        line = [other for other in words if other is not label and other.y0 < label.centre[1] < other.y1]
        if label.width <= _LONGEST and not any(other.distance(label) < _APART for other in line):
            yield label


def _thinnest(shapes: Sequence[Shape], *, chains: bool = False, in_pieces: bool = True) -> float | None:
    """Thinnest line of the data: lines of several corners, and what else is drawn with one width and reaches far enough.

    `chains`: only lines of several corners, where nothing else says that the drawing is a chart; drawn `in_pieces`, too.
    """
    lines = [shape for shape in shapes if shape.stroked and not shape.filled]
    widths = [shape.width for shape in lines if shape.points >= _CORNERS]
    by_width: dict[float, list[Box]] = {}
    for shape in lines:
        by_width.setdefault(round(shape.width, 2), []).append(shape.box)
    if in_pieces:
        widths += [width for width, boxes in by_width.items() if _follow_on(boxes)]
    if not chains:
        widths += [width for width, boxes in by_width.items() if max(hull(boxes).width, hull(boxes).height) >= LEAST]
    return round(min(widths), 3) if widths else None


def _follow_on(lines: Sequence[Box]) -> bool:
    """Whether slanted lines start where the last one ends, from left to right: a line of several corners drawn in pieces."""
    pieces = 1
    for one, after in pairwise(sorted(lines)):
        meet = min(abs(one.y0 - after.y0), abs(one.y0 - after.y1), abs(one.y1 - after.y0), abs(one.y1 - after.y1))
        pieces = pieces + 1 if abs(one.x1 - after.x0) <= 1.0 and meet <= 1.0 else 1
        if pieces >= _CORNERS - 1:
            return True
    return False


def bar_charts(panels: Sequence[Panel], text: Sequence[Box]) -> list[Box]:
    """Bars of one thickness and several lengths that start at one line, with no text in them; tables have equal cells."""
    rows: dict[tuple[str, int, int], list[Box]] = {}
    for panel in panels:
        box = panel.box
        if panel.fill is None or min(panel.fill) > 0.97:
            continue
        rows.setdefault(("level", round(box.x0), round(box.height)), []).append(box)
        rows.setdefault(("upright", round(box.y1), round(box.width)), []).append(box)
    charts: list[Box] = []
    for (way, _, thick), bars in rows.items():
        lengths = {round(bar.width if way == "level" else bar.height) for bar in bars}
        if len(bars) < 4 or len(lengths) < 4 or thick > 60:
            continue
        chart = hull(bars)
        if chart.width < LEAST or chart.height < LEAST:
            continue
        inside = [word.centre for word in text if chart.shared_area(word)]
        written = sum(any(b.x0 <= x <= b.x1 and b.y0 <= y <= b.y1 for x, y in inside) for b in bars)
        if 2 * written < len(bars) and not any(chart.shared_area(other) > 0.5 * chart.area for other in charts):
            charts.append(chart)
    return charts
