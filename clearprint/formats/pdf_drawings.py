"""Groups of painted shapes that a reader sees as one drawing, and rows of letters drawn as outlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_charts import bar_charts, chart_of
from clearprint.formats.pdf_parts import parts_of
from clearprint.formats.pdf_pictures import LEAST
from clearprint.formats.pdf_vectors import Shape
from clearprint.geometry import Box, hull
from clearprint.model import Panel, Picture, Stroke
from clearprint.records import record

NEAR = 4.0  # points between parts of one drawing
A4_WIDTH = 595.0  # points: parts stand further apart on sheets larger than it
_CELL = 24.0  # points: side of the squares in which neighbours are looked for
_LETTER = (2.0, 60.0)  # points: heights of outlined letters that are looked for
_EDGED = 0.1  # of their height: letters may have an edge as thin as that, which makes them bolder
_ROW = 8  # letters
_OVER = 0.2  # of the smaller drawing: so much of it lies over the larger that they are one
_LARGEST = 0.25  # of the page: a larger drawing is a scene, or its ground
_MOST_MERGED = 200
_SHAPES = 4  # different shapes in a row


@record
class _Drawing:
    picture: Picture
    whole: Box  # with the panels that touch it
    panels: frozenset[int]  # indices


def drawings_of(
    shapes: Sequence[Shape], strokes: Sequence[Stroke], panels: Sequence[Panel], text: Sequence[Box], number: int, sheet: Box
) -> tuple[list[Picture], set[int]]:
    """Drawings of 10 mm or more each way, and which panels (by index) are parts of them; `text` is the boxes of words.

    One plain shape alone is ground: a tint, a swash, a cut corner. So is what mostly lies under words: their halo or shadow.
    What only edges a panel of text belongs to it.
    """
    found = [_Drawing(Picture(box, "drawing", page=number), box, frozenset()) for box in bar_charts(panels, text)]
    parts = parts_of(panels, shapes, text, sheet)
    dark = [Shape(panels[i].box, True, panels[i].outlined, 0.0, 8, 0, -1 - i) for i in parts.marks]
    near = NEAR * min(3.0, max(1.0, min(sheet.width, sheet.height) / A4_WIDTH))
    for group in clusters([*shapes, *dark], near):
        drawn = [shape for shape in group if shape.source >= 0]
        marked = [shape for shape in group if not shape.white]
        whole = hull(shape.box for shape in group)
        if whole.width < LEAST or whole.height < LEAST or not drawn or not marked:
            continue
        if len(group) == 1 and any(whole.contains(word) for word in text) and any(_coincide(whole, one.box) for one in panels):
            continue
        if _is_icon_on_panel(drawn, [shape.box for shape in group if shape.source < 0]):
            continue
        plain = len(marked) <= 2 and sum(shape.items for shape in marked) < 16 and not _has_marks_in_it(group, marked)
        plain = plain or 2 * sum(whole.shared_area(word) for word in text) > whole.area
        chart = chart_of(whole, marked, strokes, panels, text)
        thinnest = chart.thinnest if chart is not None else None
        if chart is not None:
            whole, plain = whole.union(chart.box), False
        box = hull(shape.box for shape in drawn) if plain else whole
        picture = Picture(box, "drawing", "ground" if plain else "picture", thinnest=thinnest, page=number)
        found.append(_Drawing(picture, whole, frozenset(-1 - shape.source for shape in group if shape.source < 0)))
    pictures: list[Picture] = []
    used: set[int] = set()
    for drawing in _merged(found, sheet):
        box = drawing.whole
        if drawing.picture.use == "picture":
            used |= drawing.panels
            used.update(i for i in parts.pale if box.contains(panels[i].box, 1.0))
        elif drawing.picture.box is not None and min(drawing.picture.box.width, drawing.picture.box.height) < LEAST:
            continue
        pictures.append(drawing.picture)
    return sorted(pictures, key=lambda picture: picture.box or Box(0, 0, 0, 0)), used


def _coincide(one: Box, other: Box) -> bool:
    return one.shared_area(other) > 0.95 * max(one.area, other.area) > 0


def _is_icon_on_panel(drawn: Sequence[Shape], panels: Sequence[Box]) -> bool:
    """Whether what is drawn is too small for a picture, and all else a tint behind it."""
    if not panels:
        return False
    icon = hull(shape.box for shape in drawn)
    return min(icon.width, icon.height) < LEAST and all(panel.contains(icon, 1.0) for panel in panels)


def _has_marks_in_it(group: Sequence[Shape], marked: Sequence[Shape]) -> bool:
    """Whether white shapes lie on dark ones: the white of an eye."""
    white = [shape.box for shape in group if shape.white]
    return any(shape.filled and shape.box.contains(box) and 20 * box.area > shape.box.area for shape in marked for box in white)


def _merged(drawings: list[_Drawing], sheet: Box) -> list[_Drawing]:
    """Drawings that lie over one another as one: a figure and what it holds."""
    if len(drawings) > _MOST_MERGED:
        return drawings
    found: list[_Drawing] = []
    for drawing in sorted(drawings, key=lambda one: one.whole.area, reverse=True):
        for at, other in enumerate(found):
            whole = other.whole.union(drawing.whole)
            over = other.whole.shared_area(drawing.whole) > _OVER * drawing.whole.area
            if over and whole.area < _LARGEST * sheet.area and "picture" in (other.picture.use, drawing.picture.use):
                thin = [one.picture.thinnest for one in (other, drawing) if one.picture.thinnest is not None]
                picture = replace(other.picture, box=whole, use="picture", thinnest=min(thin, default=None))
                found[at] = _Drawing(picture, whole, other.panels | drawing.panels)
                break
        else:
            found.append(drawing)
    return found


def clusters(shapes: Sequence[Shape], near: float = NEAR) -> list[list[Shape]]:
    """Shapes that touch, or nearly, together. Neighbours are looked for in a grid, so that maps stay affordable."""
    parent = list(range(len(shapes)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    cells: dict[tuple[int, int], list[int]] = {}
    large: list[int] = []
    for i, shape in enumerate(shapes):
        x0, y0, x1, y1 = (int(value // _CELL) for value in shape.box.grow(near / 2))
        if (x1 - x0 + 1) * (y1 - y0 + 1) > 400:
            large.append(i)
            continue
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                cell = cells.setdefault((x, y), [])
                for j in cell[-24:]:
                    if root(i) != root(j) and shapes[j].box.distance(shape.box) <= near:
                        parent[root(i)] = root(j)
                cell.append(i)
    for i in large:
        for j, shape in enumerate(shapes):
            if j != i and root(i) != root(j) and shapes[i].box.distance(shape.box) <= near:
                parent[root(j)] = root(i)
    groups: dict[int, list[Shape]] = {}
    for i, shape in enumerate(shapes):
        groups.setdefault(root(i), []).append(shape)
    return list(groups.values())


# --- outlined letters -----------------------------------------------------------------------------------------------------


def outlined_rows(frame: Frame, shapes: Sequence[Shape], drawings: Sequence[Mapping[str, Any]]) -> tuple[list[Box], set[int]]:
    """Rows of text drawn as outlines, and which shapes (by index) make them.

    Letters are filled paths with a thin stroke or none, of one height or so, close together on one baseline and of many shapes;
    bars, icons and maps are not.
    """
    letters: list[tuple[Box, int, int]] = []  # box, kind of shape, index into shapes
    for index, shape in enumerate(shapes):
        low, high = _LETTER
        if not shape.filled or shape.width > _EDGED * min(shape.box.height, high):
            continue
        if low <= shape.box.height <= high and shape.box.width <= 3 * high and shape.items <= 40:
            letters.append((shape.box, _kind(shape.box, shape.items), index))
        elif shape.items > 16 and shape.box.height <= 40 * high:
            letters += [
                (box, _kind(box, count), index)
                for box, count in _parts(frame, drawings[shape.source]["items"])
                if low <= box.height <= high and box.width <= 3 * high
            ]
        if len(letters) > 60_000:
            break
    rows: list[Box] = []
    used: set[int] = set()
    for row in _rows(letters):
        if len(row) >= _ROW and len({kind for _, kind, _ in row}) >= _SHAPES:
            box = row[0][0]
            for other, _, _ in row[1:]:
                box = box.union(other)
            rows.append(box)
            used.update(index for _, _, index in row)
    return rows, used


def _kind(box: Box, items: int) -> int:
    """A rough name for a shape: equal letters of one size get the same."""
    return hash((round(box.width * 2), round(box.height * 2), items))


def _parts(frame: Frame, items: Iterable[Any]) -> list[tuple[Box, int]]:
    """Boxes of the closed parts of a compound path (a word or a line outlined as one), and how many items each has.

    Counters (the holes of o and e) lie inside the letter and are no letters of their own.
    """
    parts: list[tuple[list[float], int]] = []
    end: Any = None
    for item in items:
        if item[0] not in ("l", "c"):
            end = None
            continue
        points = item[1:]
        if not parts or points[0] != end:
            parts.append(([points[0][0], points[0][1], points[0][0], points[0][1]], 0))
        bounds, count = parts[-1]
        for x, y in points:
            bounds[0], bounds[1] = min(bounds[0], x), min(bounds[1], y)
            bounds[2], bounds[3] = max(bounds[2], x), max(bounds[3], y)
        parts[-1] = (bounds, count + 1)
        end = points[-1]
    boxes = [(frame.box(bounds), count) for bounds, count in parts]
    result: list[tuple[Box, int]] = []
    for box, count in boxes:
        if result and result[-1][0].contains(box, 0.1):
            continue
        result.append((box, count))
    return result


def _rows(letters: list[tuple[Box, int, int]]) -> list[list[tuple[Box, int, int]]]:
    """Letters on one baseline, left to right, cut where a gap is wider than a word space.

    Round letters reach a little below the baseline, by some hundredths of the size. A g or p stands on another line here and
    leaves a gap the width of a letter and two spaces.
    """
    lines: list[list[tuple[Box, int, int]]] = []
    for letter in sorted(letters, key=lambda letter: (letter[0].y1, letter[0].x0)):
        box = letter[0]
        if lines and box.y1 - lines[-1][0][0].y1 <= max(0.6, 0.06 * box.height):
            lines[-1].append(letter)
        else:
            lines.append([letter])
    rows: list[list[tuple[Box, int, int]]] = []
    for line in lines:
        line.sort(key=lambda letter: letter[0].x0)
        row: list[tuple[Box, int, int]] = []
        tall = 0.0
        for letter in line:
            box = letter[0]
            if row and (box.x0 - row[-1][0].x1 > 1.3 * max(tall, box.height) or box.height > 2.5 * tall + 2):
                rows.append(row)
                row, tall = [], 0.0
            row.append(letter)
            tall = max(tall, box.height)
        if row:
            rows.append(row)
    return rows
