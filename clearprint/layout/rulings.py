"""Printed lines and boxes as far as they keep text apart: rules between lines, uprights between columns, panels."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from clearprint.colour import Colour, look_alike, luminance
from clearprint.geometry import Box
from clearprint.layout.frames import Frame
from clearprint.layout.lines import Bar
from clearprint.layout.strips import Strip
from clearprint.model import Marks, Panel, Stroke

UNDERLINE = 0.3  # em below the baseline: nearer than this a rule belongs to the line above it
WHITE = 0.97  # luminance that cannot be told from paper
MOST_PANELS = 400  # more are a drawing
SHORTEST = 2.0  # points of a piece of a rule
LONG = 6.0  # points of a whole rule
TOUCHING = 1.0  # points between panels that read as one
GOES_ON = 2.5  # points between pieces of one rule


class Rulings:
    """The straight lines of a page in one frame."""

    def __init__(self, marks: Marks, frame: Frame) -> None:
        self.level: list[Box] = []
        self.upright: list[Box] = []
        tints = [one.box for one in marks.panels if one.fill is not None and luminance(one.fill) < WHITE]
        tints += [one.box for one in marks.pictures if one.box is not None]
        for stroke in marks.strokes:
            if _shows(stroke, tints):
                self._add(frame.inward(stroke.box))
        panels = [panel for panel in marks.panels if _is_box(panel, marks)]
        panels = panels if len(panels) <= MOST_PANELS else []
        hidden = _hidden_edges(panels) if frame.level else frozenset()
        self.panels = [frame.inward(panel.box) for panel in panels]
        self._fills = [panel.fill for panel in panels]
        seen = list(self.level)
        for index, box in enumerate(self.panels):
            edges = Box(box.x0, box.y0, box.x1, box.y0), Box(box.x0, box.y1, box.x1, box.y1)
            if _is_white(panels[index]) and ((index, True) in hidden or (index, False) in hidden):
                continue  # a strip of white ground: no edge of it can be seen
            self.level += edges
            if _parts(panels[index], tints):
                seen += [edge for foot, edge in enumerate(edges) if (index, foot == 0) not in hidden]
            self.upright.append(Box(box.x0, box.y0, box.x0, box.y1))
            self.upright.append(Box(box.x1, box.y0, box.x1, box.y1))
        # Tables are often drawn cell by cell: pieces that go on from one another are one rule.
        self.level = _joined(self.level, across=True)
        self.upright = _joined(self.upright, across=False)
        self.level.sort(key=lambda box: (box.y0, box.x0, box.x1))
        self._seen = sorted(_joined(seen, across=True), key=lambda box: (box.y0, box.x0, box.x1))
        self._places = [box.y0 for box in self._seen]

    @property
    def bars(self) -> list[Bar]:
        return [(box.x0, box.y0, box.y1) for box in self.upright]

    def divided(self, upper: Strip, lower: Strip) -> bool:
        """Whether a printed line goes between two lines of text, over most of the width they share."""
        if not self._seen:
            return False
        top = upper.baseline + 0.02 * upper.size
        bottom = lower.baseline - 0.5 * lower.size
        first, last = bisect_left(self._places, top), bisect_right(self._places, bottom)
        left, right = max(upper.x0, lower.x0), min(upper.x1, lower.x1)
        for line in self._seen[first:last]:
            if min(right, line.x1) - max(left, line.x0) < 0.8 * (right - left):
                continue
            near = line.y0 - upper.baseline <= UNDERLINE * upper.size
            longer = line.x1 > upper.x1 + upper.size or line.x0 < upper.x0 - upper.size
            if not near or longer:
                return True
            above, below = self._tint(upper), self._tint(lower)
            if above is not None and below is not None and not look_alike(above, below):
                return True
        return False

    def _tint(self, strip: Strip) -> Colour | None:
        """That of the smallest box that a line stands in."""
        x, y = strip.box.centre
        around = [index for index, box in enumerate(self.panels) if box.x0 <= x <= box.x1 and box.y0 <= y <= box.y1]
        return self._fills[min(around, key=lambda index: self.panels[index].area)] if around else None

    def _add(self, box: Box) -> None:
        if box.width >= SHORTEST and box.width >= 3.0 * box.height:
            middle = (box.y0 + box.y1) / 2
            self.level.append(Box(box.x0, middle, box.x1, middle))
        elif box.height >= SHORTEST and box.height >= 3.0 * box.width:
            middle = (box.x0 + box.x1) / 2
            self.upright.append(Box(middle, box.y0, middle, box.y1))


def _shows(stroke: Stroke, tints: Sequence[Box]) -> bool:
    """Whether a line can be seen: white on paper parts nothing."""
    if stroke.colour is None or luminance(stroke.colour) < WHITE:
        return True
    return any(tint.intersection(stroke.box.grow(0.5)) for tint in tints[:MOST_PANELS])


def _is_white(panel: Panel) -> bool:
    return not panel.outlined and panel.fill is not None and luminance(panel.fill) >= WHITE


def _parts(panel: Panel, tints: Sequence[Box]) -> bool:
    """Whether a panel can be seen: white on paper parts nothing."""
    if not _is_white(panel):
        return True
    box = panel.box
    return any(tint is not box and tint.intersection(box.grow(0.5)) for tint in tints[:MOST_PANELS])


def _hidden_edges(panels: Sequence[Panel]) -> frozenset[tuple[int, bool]]:
    """Tops (True) and feet (False) of plain panels that go on in another of their colour: a ground painted line by line."""
    order = sorted(range(len(panels)), key=lambda index: panels[index].box.y0)
    found: set[tuple[int, bool]] = set()
    for place, upper in enumerate(order):
        above = panels[upper]
        if above.outlined:
            continue
        for lower in order[place + 1 :]:
            below = panels[lower]
            if below.box.y0 > above.box.y1 + TOUCHING:
                break
            share = above.box.x_overlap(below.box)
            if below.outlined or below.fill != above.fill or share < 0.5 * min(above.box.width, below.box.width):
                continue
            if below.box.y1 > above.box.y1:
                found |= {(upper, False), (lower, True)}
            else:
                found |= {(lower, False), (lower, True)}
    return frozenset(found)


def _joined(lines: Sequence[Box], across: bool) -> list[Box]:
    """Lines on one level, end to end, as one line; without those that stay short."""
    rows: dict[int, list[tuple[float, float, float]]] = {}
    last = -1e9
    group = 0
    keyed = sorted((box.y0, box.x0, box.x1) if across else (box.x0, box.y0, box.y1) for box in lines)
    for place, start, end in keyed:
        if place - last > 0.75:
            group += 1
        last = place
        rows.setdefault(group, []).append((start, end, place))
    result = []
    for row in rows.values():
        row.sort()
        start, end, place = row[0]
        for other_start, other_end, other in (*row[1:], (1e12, 1e12, 0.0)):
            if other_start <= end + GOES_ON:
                end = max(end, other_end)
                continue
            if end - start >= LONG:
                result.append(Box(start, place, end, place) if across else Box(place, start, place, end))
            start, end, place = other_start, other_end, other
    return result


def _is_box(panel: Panel, marks: Marks) -> bool:
    """A panel that encloses text: not a speck, not the page's own tint."""
    box = panel.box
    if box.width < 8.0 or box.height < 6.0:
        return False
    white = panel.fill is not None and luminance(panel.fill) >= WHITE and not panel.outlined
    if white and box.width >= 0.97 * marks.width:
        return False  # a strip of the page's own white, as some printers paint it piece by piece
    return box.width < 0.97 * marks.width or box.height < 0.97 * marks.height


def inside_drawings(boxes: Sequence[Box], box: Box) -> bool:
    """Whether a block lies inside one of the drawings."""
    return any(drawing.contains(box, 1.0) for drawing in boxes)
