"""Places to write that are no form fields: runs of underscores, ruled lines, empty boxes and cells, combs, tick boxes.

A rule that divides a page, an underlined word, an empty cell of a table of figures and a leader that ends in text or a
number are none: a place to write is told by a label, by a stack of lines of one length, or by its shape.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clearprint.geometry import Box, hull
from clearprint.layout.cells import cells, combs, grids
from clearprint.layout.writing_lines import BESIDE, SHORTEST, UNDER, blanks, ruled, with_room
from clearprint.layout.writing_sheet import LABEL, Sheet, field, holds, met, sheet_of, text_in
from clearprint.model import Field, Page, letters
from clearprint.units import from_mm

ALIGNED = from_mm(60)  # between a label and its place where boxes stand in a row downwards, and the labels in theirs
TICK = (4.0, 26.0)  # points, side of a tick box
TICK_SIGNS = frozenset("☐□▢❏❐❑❒\uf06f\uf0a8\uf071\uf072")


def places(page: Page) -> Page:
    """The page with a Field for each place to write; form fields of the file stay as they are."""
    sheet = sheet_of(page)
    found = [*_boxes(sheet), *_tick_signs(sheet)]
    found += [item for item in blanks(sheet) if not met(item, found)]
    found += [item for item in ruled(sheet) if not met(item, found)]
    found = [item for item in found if not met(item, page.fields)]
    if not found:
        return page
    found.sort(key=lambda item: (item.box or Box(0, 0, 0, 0))[1::-1])
    return replace(page, fields=page.fields + tuple(with_room(sheet, found)))


def _tick_signs(sheet: Sheet) -> Iterator[Field]:
    for line in sheet.lines:
        if not TICK_SIGNS.intersection(line.text):
            continue
        for word in line.words:
            if word.text and word.text[0] in TICK_SIGNS:
                side = 0.75 * word.style.size
                box = Box(word.box.x0, word.baseline - side, word.box.x0 + side, word.baseline)
                yield field(sheet, "tick", box, line.text.strip("".join(TICK_SIGNS) + " "))


# --- boxes and cells ------------------------------------------------------------------------------------------------------


def _boxes(sheet: Sheet) -> Iterator[Field]:
    page = sheet.page
    drawings = [item.box.grow(2) for item in page.pictures if item.box is not None and item.kind == "drawing"]
    every = [box for box in cells(page.strokes, page.panels) if not any(item.contains(box) for item in drawings)]
    sheet_area = page.width * page.height
    every = [box for box in every if box.area < 0.5 * sheet_area]
    if not every or len(every) > 1500:
        return
    inner = _innermost(every)
    texts = [text_in(sheet, box) for box in inner]
    empty = {index for index, text in enumerate(texts) if not text and not holds(sheet, inner[index].grow(-1))}
    ranks = Counter(_rank(inner[index]) for index in empty)
    used: set[int] = set()
    for row in combs(inner):
        if all(index in empty for index in row):
            box = hull(inner[index] for index in row)
            used |= set(row)
            yield field(sheet, "comb", box, _label_near(sheet, box) or "", len(row))
    for group in grids(inner):
        blanks = [index for index in group if index in empty and index not in used]
        for index in blanks:
            box = inner[index]
            if len(group) == 1 or len(blanks) == len(group):
                label = _label_near(sheet, box, ALIGNED if ranks[_rank(box)] > 1 else BESIDE)
                if label is None and len(group) == 1 and min(box.width, box.height) >= SHORTEST:
                    label = _line_over(sheet, box)
            else:
                label = _label_in_grid(inner, texts, group, empty, index)
            if label is None:
                continue
            square = abs(box.width - box.height) <= 0.2 * max(box.width, box.height)
            if square and TICK[0] <= box.height <= TICK[1]:
                yield field(sheet, "tick", box, label)
            elif box.width >= 20 and box.height >= 8:
                yield field(sheet, "cell", box, label)


def _innermost(every: Sequence[Box]) -> list[Box]:
    """Boxes that hold no smaller one, such as the inner edge of their own frame. `every` is sorted from the top down."""
    tops = [box.y0 for box in every]
    areas = [box.area for box in every]
    result = []
    for index, box in enumerate(every):
        near = range(bisect_left(tops, box.y0 - 1.0), bisect_right(tops, box.y1))
        if not any(other != index and areas[other] < areas[index] and box.contains(every[other], 1.0) for other in near):
            result.append(box)
    return result


def _rank(box: Box) -> tuple[int, int]:
    """The same for boxes that begin under one another and are equally high."""
    return round(box.x0 / 3), round(box.height / 3)


def _label_near(sheet: Sheet, box: Box, reach: float = BESIDE) -> str | None:
    """A short text before a box, after it (a tick box) or over its left end."""
    small = box.width <= TICK[1] + 4
    best: tuple[float, str] | None = None
    for line in sheet.lines:
        if not letters(line.text) or (id(line) not in sheet.short and not small):
            continue
        level = line.box.y_overlap(box) > 0.3 * min(line.box.height, box.height)
        before, after = box.x0 - line.box.x1, line.box.x0 - box.x1
        over = box.y0 - line.box.y1
        if level and -2 <= before <= reach:
            rank = before
        elif level and small and -2 <= after <= BESIDE:
            rank = after
        elif -2 <= over <= UNDER and line.box.x_overlap(box) > 0 and line.box.x0 <= box.x0 + 20:
            rank = over + 20
        else:
            continue
        if best is None or rank < best[0]:
            best = rank, line.text
    return best[1] if best else None


def _line_over(sheet: Sheet, box: Box) -> str | None:
    """The text right over a large empty box, which says what to write or draw in it, however long it is."""
    over = [
        (box.y0 - line.box.y1, line.text)
        for line in sheet.lines
        if -2 <= box.y0 - line.box.y1 <= BESIDE and line.box.x_overlap(box) > 0.5 * line.box.width and letters(line.text)
    ]
    return min(over)[1] if over else None


def _label_in_grid(boxes: Sequence[Box], texts: Sequence[str], group: Sequence[int], empty: set[int], index: int) -> str | None:
    """The label of an empty cell in a grid: its row's or column's first cell, where all the rest is left to be filled."""
    box = boxes[index]
    row = [other for other in group if boxes[other].y_overlap(box) > 0.5 * min(boxes[other].height, box.height)]
    column = [other for other in group if boxes[other].x_overlap(box) > 0.5 * min(boxes[other].width, box.width)]
    row.sort(key=lambda other: boxes[other].x0)
    column.sort(key=lambda other: boxes[other].y0)
    before = [other for other in row if boxes[other].x0 < box.x0 and other not in empty]
    if before and texts[before[-1]].rstrip().endswith((":", "?")):
        return texts[before[-1]]
    if len(texts[row[0]].split()) > LABEL:
        return None
    share = sum(other in empty for other in group) / len(group)
    if share < 0.3 or any(any(map(str.isdigit, texts[other])) and letters(texts[other]) < 8 for other in row[1:]):
        return None
    first = row[0]
    if first not in empty and all(other in empty for other in row[1:]) and len(row) > 1:
        return texts[first]
    if before and len(row) % 2 == 0 and all((other in empty) == bool(place % 2) for place, other in enumerate(row)):
        return texts[before[-1]]  # label, blank, label, blank
    head = column[0]
    if head not in empty and len(column) > 1 and all(other in empty for other in column[1:]):
        return texts[head]
    return None
