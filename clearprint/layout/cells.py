"""Cells drawn with lines or as boxes: where a form leaves room to write."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence

from clearprint.colour import luminance
from clearprint.geometry import Box
from clearprint.model import Panel, Stroke

MEET = 2.0  # points between lines that meet
EVEN = 1.0  # points between pieces of one level line
WHOLE = 0.9  # share of a cell's width that its floor takes
MOST = 2000  # more strokes than this are a drawing
MOST_STUBS = 12  # uprights beside one another of which the last closes a cell
SMALLEST = 4.0
LARGEST = 640.0
WIDEST = 20_000.0  # points; guards against what no page holds


def cells(strokes: Sequence[Stroke], panels: Sequence[Panel]) -> list[Box]:
    """Every rectangle that lines or outlined boxes enclose, once each, downwards and across."""
    found: dict[tuple[int, int, int, int], Box] = {}
    for box in [*_enclosed(strokes), *(panel.box for panel in panels if panel.outlined), *_white_on_tint(panels)]:
        if SMALLEST <= box.width <= WIDEST and SMALLEST <= box.height <= LARGEST:
            found.setdefault((round(box.x0 / 2), round(box.y0 / 2), round(box.x1 / 2), round(box.y1 / 2)), box)
    return sorted(found.values(), key=lambda box: (box.y0, box.x0))


def frames(strokes: Sequence[Stroke]) -> list[Box]:
    """Rectangles that four lines enclose and that touch no other: boxes round a text, no cells of a grid."""
    found = [box for box in _enclosed(strokes) if min(box.width, box.height) >= SMALLEST]
    met = {index for group in grids(found) if len(group) > 1 for index in group}
    return [box for index, box in enumerate(found) if index not in met]


def _white_on_tint(panels: Sequence[Panel]) -> Iterable[Box]:
    """White boxes without an outline that a tinted panel makes visible."""
    tints = [panel.box for panel in panels if panel.fill is not None and 0.2 < luminance(panel.fill) < 0.97]
    white = [panel.box for panel in panels if panel.fill is not None and luminance(panel.fill) > 0.985]
    if len(tints) * len(white) <= 40_000:
        for box in white:
            if any(tint.area > 1.5 * box.area and tint.contains(box, 1.0) for tint in tints):
                yield box


def _enclosed(strokes: Sequence[Stroke]) -> Iterable[Box]:
    level = sorted((item.box for item in strokes if item.horizontal and item.box.width >= SMALLEST), key=lambda b: b.y0)
    upright = sorted(item.box for item in strokes if not item.horizontal and item.box.height >= SMALLEST)
    if len(level) < 2 or len(upright) < 2 or len(level) + len(upright) > MOST:
        return
    places = [line.x0 for line in upright]
    for index, top in enumerate(level):
        first, last = bisect_left(places, top.x0 - MEET), bisect_right(places, top.x1 + MEET)
        falling = [line for line in upright[first:last] if line.y0 <= top.y1 + MEET and line.y1 > top.y1 + SMALLEST]
        yield from _under(top, falling, level[index + 1 :])


def _under(top: Box, falling: Sequence[Box], lower: Sequence[Box]) -> Iterable[Box]:
    """The cells that hang from one level line. An upright that ends before its neighbours do closes none of theirs."""
    for index, left in enumerate(falling):
        for right in falling[index + 1 : index + MOST_STUBS]:
            if right.x0 - left.x1 < SMALLEST:
                if right.y1 > left.y1 - MEET:
                    break  # the inner edge of one frame: it closes what its outer edge would
                continue
            middle = (left.x1 + right.x0) / 2
            floor = min(left.y1, right.y1) + MEET
            bottom = next(
                (
                    line
                    for line in _until(lower, floor)
                    if line.y0 > top.y1 + SMALLEST
                    and line.x0 - MEET <= middle <= line.x1 + MEET
                    and _reaches(line, left.x1, right.x0, lower)
                ),
                None,
            )
            if bottom is not None:
                yield Box(left.x1, top.y1, right.x0, bottom.y0)
                break
            if right.y1 > left.y1 - MEET:
                break


def _reaches(line: Box, left: float, right: float, lower: Sequence[Box]) -> bool:
    """Whether a level line, with the pieces that it may be drawn in, goes from side to side. An underline does not."""
    if line.x0 <= left + MEET and line.x1 >= right - MEET:
        return True
    first, last = bisect_left(lower, line.y0 - EVEN, key=_top), bisect_right(lower, line.y0 + EVEN, key=_top)
    covered = sum(max(0.0, min(piece.x1, right) - max(piece.x0, left)) for piece in lower[first:last])
    return covered >= WHOLE * (right - left)


def _top(box: Box) -> float:
    return box.y0


def _until(lines: Sequence[Box], floor: float) -> Iterable[Box]:
    for line in lines:
        if line.y0 > floor:
            return
        yield line


def grids(boxes: Sequence[Box]) -> list[list[int]]:
    """Cells that share an edge, in groups (indices into `boxes`)."""
    parent = list(range(len(boxes)))

    def root(item: int) -> int:
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    corners: dict[tuple[int, int], int] = {}
    for index, box in enumerate(boxes):
        corners.setdefault((round(box.x0 / 4), round(box.y0 / 4)), index)
    for index, box in enumerate(boxes):
        for x, y in ((box.x1, box.y0), (box.x0, box.y1)):
            for dx in (0, 1):
                for dy in (0, 1):
                    other = corners.get((round(x / 4) + dx, round(y / 4) + dy))
                    if other is not None and other != index and boxes[other].distance(box) <= 2 * MEET:
                        parent[root(index)] = root(other)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(boxes)):
        groups[root(index)].append(index)
    return list(groups.values())


def combs(boxes: Sequence[Box]) -> list[list[int]]:
    """Four or more small equal cells in a row (two when they are taller than wide): one for each letter."""
    rows: dict[tuple[int, int], list[int]] = defaultdict(list)
    for index, box in enumerate(boxes):
        if 7 <= box.width <= 34 and 7 <= box.height <= 45:
            rows[round(box.y0 / 2), round(box.y1 / 2)].append(index)
    result = []
    for row in rows.values():
        row.sort(key=lambda index: boxes[index].x0)
        run: list[int] = []
        for index in row:
            if run:
                last = boxes[run[-1]]
                equal = abs(boxes[index].width - last.width) <= 0.15 * last.width
                if not (equal and -MEET <= boxes[index].x0 - last.x1 <= 0.5 * last.width):
                    if _is_comb(boxes, run):
                        result.append(run)
                    run = []
            run.append(index)
        if _is_comb(boxes, run):
            result.append(run)
    return result


def _is_comb(boxes: Sequence[Box], run: Sequence[int]) -> bool:
    tall = bool(run) and boxes[run[0]].width <= 0.85 * boxes[run[0]].height
    return len(run) >= (2 if tall else 4)
