"""Groups of painted shapes that a reader sees as one drawing, and rows of letters drawn as outlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_pictures import LEAST
from clearprint.formats.pdf_vectors import Shape
from clearprint.geometry import Box, hull
from clearprint.model import Panel, Picture, Stroke

_NEAR = 4.0  # points between parts of one drawing
_CELL = 24.0  # points: side of the squares in which neighbours are looked for
_LETTER = (2.0, 60.0)  # points: heights of outlined letters that are looked for
_EDGED = 0.1  # of their height: letters may have an edge as thin as that, which makes them bolder
_ROW = 8  # letters
_SHAPES = 4  # different shapes in a row


def drawings_of(
    shapes: Sequence[Shape], strokes: Sequence[Stroke], panels: Sequence[Panel], text: Sequence[Box], number: int
) -> list[Picture]:
    """Drawings of 10 mm or more each way; `text` is the boxes of words.

    One plain shape alone is ground: a tint, a swash, a cut corner. So is what mostly lies under words: their halo or shadow.
    """
    pictures = [Picture(box, "drawing", page=number) for box in _bar_charts(panels, text)]
    for group in clusters(shapes):
        box = group[0].box
        for shape in group[1:]:
            box = box.union(shape.box)
        if box.width < LEAST or box.height < LEAST:
            continue
        marked = [shape for shape in group if not shape.white]
        if not marked:
            continue
        plain = len(marked) <= 2 and sum(shape.items for shape in marked) < 16
        plain = plain or 2 * sum(box.shared_area(word) for word in text) > box.area
        thinnest = _thinnest(box, marked, strokes)
        pictures.append(Picture(box, "drawing", "ground" if plain else "picture", thinnest=thinnest, page=number))
    return sorted(pictures, key=lambda picture: picture.box or Box(0, 0, 0, 0))


def _bar_charts(panels: Sequence[Panel], text: Sequence[Box]) -> list[Box]:
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


def _thinnest(box: Box, shapes: Sequence[Shape], strokes: Sequence[Stroke]) -> float | None:
    """Thinnest data line of a chart: lines of several corners drawn over two axes. None for what is no chart."""
    # Axes reach past the data that they carry, and meet.
    near = box.grow(0.4 * box.width + 6, 0.4 * box.height + 6)
    inside = [stroke.box for stroke in strokes if near.contains(stroke.box)]
    level = [one for one in inside if one.width > 0.5 * box.width and one.width > one.height]
    upright = [one for one in inside if one.height > 0.5 * box.height and one.height > one.width]
    if not any(one.distance(other) <= _NEAR and one.union(other).shared_area(box) for one in level for other in upright):
        return None
    widths = [shape.width for shape in shapes if shape.stroked and not shape.filled and shape.points >= 4]
    return round(min(widths), 3) if widths else None


def clusters(shapes: Sequence[Shape]) -> list[list[Shape]]:
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
        x0, y0, x1, y1 = (int(value // _CELL) for value in shape.box.grow(_NEAR / 2))
        if (x1 - x0 + 1) * (y1 - y0 + 1) > 400:
            large.append(i)
            continue
        for x in range(x0, x1 + 1):
            for y in range(y0, y1 + 1):
                cell = cells.setdefault((x, y), [])
                for j in cell[-24:]:
                    if root(i) != root(j) and shapes[j].box.distance(shape.box) <= _NEAR:
                        parent[root(i)] = root(j)
                cell.append(i)
    for i in large:
        for j, shape in enumerate(shapes):
            if j != i and root(i) != root(j) and shapes[i].box.distance(shape.box) <= _NEAR:
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
