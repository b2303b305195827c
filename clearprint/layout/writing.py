"""Places to write that are no form fields: runs of underscores, ruled lines, empty boxes and cells, combs, tick boxes.

A rule that divides a page, an underlined word, an empty cell of a table of figures and a leader that ends in text or a
number are none: a place to write is told by a label, by a stack of lines of one length, or by its shape.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from clearprint.geometry import Box, hull
from clearprint.layout.cells import cells, combs, grids
from clearprint.layout.furniture import in_zone
from clearprint.model import Field, Line, Page, Stroke, Word, letters
from clearprint.units import from_mm

SHORTEST = from_mm(30)  # a ruled line to write on
BESIDE = 40.0  # points between a label and its place
ALIGNED = from_mm(60)  # the same where boxes stand in a row downwards, and the labels in theirs
UNDER = 14.0  # points between a place and a label under it
TICK = (4.0, 26.0)  # points, side of a tick box
PITCH = (9.0, 62.0)  # points between writing lines
TICK_SIGNS = frozenset("☐□▢❏❐❑❒\uf06f\uf0a8\uf071\uf072")
LABEL = 14  # words
LEAST = 6.0  # points: two rules nearer than this are a double rule
TALLEST = 28.0  # points above a ruled line that its box shows
_BLANKS = re.compile(r"_{3,}")
_AMOUNT = re.compile(r"^[£$€]?\d[\d.,]*$")
_DOTS_LAST = re.compile(r"(?:(?:[.·]\s?){8,}|(?:…\s?){3,})$")
_SIGNATURE = re.compile(r"\bsign(?:ed|ature)?\b|llofnod|unterschrift|signature|firma|handtekening", re.IGNORECASE)


@dataclass(frozen=True)
class _Sheet:
    page: Page
    lines: tuple[Line, ...]  # level ones with words, downwards
    short: frozenset[int]  # ids of the lines that may be labels: of blocks with few lines and words
    baselines: tuple[float, ...]  # of the lines
    tallest: float  # line, points

    def near(self, box: Box) -> tuple[Line, ...]:
        """Lines that may lie at the height of the box."""
        first = bisect_left(self.baselines, box.y0 - self.tallest)
        return self.lines[first : bisect_right(self.baselines, box.y1 + self.tallest)]


def places(page: Page) -> Page:
    """The page with a Field for each place to write; form fields of the file stay as they are."""
    lines = sorted(
        (line for block in page.blocks if abs(block.angle) < 2 for line in block.lines if line.words),
        key=lambda line: (line.baseline, line.box.x0),
    )
    short = frozenset(
        id(line) for block in page.blocks if len(block.lines) <= 3 and block.word_count <= LABEL for line in block.lines
    )
    tallest = max((line.box.height for line in lines), default=0.0)
    sheet = _Sheet(page, tuple(lines), short, tuple(line.baseline for line in lines), tallest)
    found = [*_boxes(sheet), *_tick_signs(sheet)]
    found += [item for item in _blanks(sheet) if not _met(item, found)]
    found += [item for item in _ruled(sheet) if not _met(item, found)]
    found = [item for item in found if not _met(item, page.fields)]
    if not found:
        return page
    found.sort(key=lambda item: (item.box or Box(0, 0, 0, 0))[1::-1])
    return replace(page, fields=page.fields + tuple(_with_room(sheet, found)))


def _met(item: Field, others: Sequence[Field]) -> bool:
    box = item.box
    return box is not None and any(
        other.box is not None and other.box.grow(2).shared_area(box.grow(0.5)) > 0.3 * box.grow(0.5).area for other in others
    )


# --- underscores and dots -------------------------------------------------------------------------------------------------


def _blanks(sheet: _Sheet) -> Iterator[Field]:
    rows: list[list[Line]] = []
    for line in sheet.lines:
        if rows and abs(rows[-1][0].baseline - line.baseline) < 0.3 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    for row in rows:
        words = sorted((word for line in row for word in line.words), key=lambda word: word.box.x0)
        if any("__" in word.text for word in words):
            yield from _runs(sheet, words, "_", 8)
        elif len(words) > 1 or any(len(word.text) >= 8 for word in words):
            text = " ".join(word.text for word in words).rstrip()
            if _DOTS_LAST.search(text) and letters(text):
                yield from _runs(sheet, words, ".·…", 10)


def _runs(sheet: _Sheet, words: Sequence[Word], signs: str, fewest: int) -> Iterator[Field]:
    """Unbroken runs of the signs along a row, over the borders of words."""
    run: list[tuple[Word, float, float]] = []
    count = 0
    label: list[str] = []
    for word in [*words, None]:
        pieces = _pieces(word, signs) if word is not None else [("", 0.0, 0.0, False)]
        for text, x0, x1, blank in pieces:
            if blank and word is not None and (not run or x0 - run[-1][2] < 0.6 * word.style.size):
                run.append((word, x0, x1))
                count += len(text)
                continue
            if run:
                wide = run[-1][2] - run[0][1]
                enough = count >= fewest if signs == "_" else wide >= SHORTEST or (count >= fewest and wide >= 60)
                priced = word is words[-1] and word.text.endswith(text) and _AMOUNT.match(text) is not None
                if enough and not (priced and label):  # a leader from a name to its page or price
                    yield _line_field(sheet, run[0][0], run[0][1], run[-1][2], " ".join(label))
                    label = []
                run, count = [], 0
            if blank and word is not None:
                run, count = [(word, x0, x1)], len(text)
            elif text.strip():
                label.append(text)


def _pieces(word: Word, signs: str) -> list[tuple[str, float, float, bool]]:
    """A word cut into blanks to fill and other text; widths by the count of signs."""
    result: list[tuple[str, float, float, bool]] = []
    each = word.box.width / max(1, len(word.text))
    for match in re.finditer(rf"[{re.escape(signs)}]+|[^{re.escape(signs)}]+", word.text):
        x0, x1 = word.box.x0 + each * match.start(), word.box.x0 + each * match.end()
        result.append((match.group(), x0, x1, match.group()[0] in signs))
    return result


def _line_field(sheet: _Sheet, word: Word, x0: float, x1: float, label: str) -> Field:
    y = word.baseline + 0.1 * word.style.size
    return _field(sheet, "line", Box(x0, word.box.y0, x1, max(y, word.box.y0 + 0.1)), label)


def _field(
    sheet: _Sheet, kind: Literal["line", "cell", "tick", "comb"], box: Box, label: str, count: int | None = None
) -> Field:
    label = " ".join(_BLANKS.sub(" ", label).split())[-120:]
    named: Literal["line", "cell", "tick", "comb", "signature"] = kind
    if kind in ("line", "cell") and _SIGNATURE.search(label):
        named = "signature"
    return Field(named, box, box.height, box.width, count, label, page=sheet.page.number, path=sheet.page.path)


def _tick_signs(sheet: _Sheet) -> Iterator[Field]:
    for line in sheet.lines:
        if not TICK_SIGNS.intersection(line.text):
            continue
        for word in line.words:
            if word.text and word.text[0] in TICK_SIGNS:
                side = 0.75 * word.style.size
                box = Box(word.box.x0, word.baseline - side, word.box.x0 + side, word.baseline)
                yield _field(sheet, "tick", box, line.text.strip("".join(TICK_SIGNS) + " "))


# --- ruled lines ----------------------------------------------------------------------------------------------------------


def _ruled(sheet: _Sheet) -> Iterator[Field]:
    page = sheet.page
    drawings = [item.box.grow(2) for item in page.pictures if item.box is not None]
    candidates = [
        stroke
        for stroke in page.strokes
        if stroke.horizontal
        and stroke.box.width >= SHORTEST
        and stroke.width < 4
        and not any(box.contains(stroke.box) for box in drawings)
    ]
    if not candidates or len(candidates) > 400:
        return
    candidates.sort(key=lambda stroke: (stroke.box.y0, stroke.box.x0))
    edges = _edges(page)
    free = [stroke for stroke in candidates if not _carries(sheet, stroke) and not _is_edge(stroke, edges)]
    for index, stroke in enumerate(free):
        label = _label_of_line(sheet, stroke)
        if label is not None or _stacked(sheet, free, index):
            yield _field(sheet, "line", stroke.box, label or "")


def _edges(page: Page) -> list[Box]:
    """Boxes of panels, whose edges are no lines to write on, and upright lines."""
    boxes = [panel.box for panel in page.panels]
    return boxes + [stroke.box for stroke in page.strokes if not stroke.horizontal and stroke.box.height > 8]


def _is_edge(stroke: Stroke, edges: Sequence[Box]) -> bool:
    """Part of a frame or grid: an upright line meets it, or a panel ends on it."""
    box = stroke.box
    for edge in edges:
        if edge.width < 3:
            meets = edge.y0 - 2 <= box.y0 <= edge.y1 + 2 and box.x0 - 2 <= edge.x0 <= box.x1 + 2
        else:
            along = edge.x0 - 2 <= box.x0 and box.x1 <= edge.x1 + 2
            meets = along and min(abs(box.y0 - edge.y0), abs(box.y0 - edge.y1)) < 2
        if meets:
            return True
    return False


def _carries(sheet: _Sheet, stroke: Stroke) -> bool:
    """Whether words stand on the line or run through it."""
    y = (stroke.box.y0 + stroke.box.y1) / 2
    for line in sheet.lines:
        if not -0.2 * line.size - 2 <= y - line.baseline <= 0.45 * line.size:
            continue
        if any(word.box.x_overlap(stroke.box) > 2 and letters(word.text) for word in line.words):
            return True
    return False


def _label_of_line(sheet: _Sheet, stroke: Stroke) -> str | None:
    """A short text before the line, or one that closes with a colon over it or names a signature or date under it."""
    box = stroke.box
    best: tuple[float, str] | None = None
    for line in sheet.lines:
        if id(line) not in sheet.short:
            continue
        gap = box.x0 - line.box.x1
        if -2 <= gap <= BESIDE and -3 <= box.y0 - line.baseline <= 0.5 * line.size + 3 and len(line.text) <= 120:
            best = min(best, (gap, line.text)) if best else (gap, line.text)
    if best is not None:
        return best[1]
    for line in sheet.lines:
        if id(line) not in sheet.short or in_zone(box, sheet.page.height):
            continue
        over = 0 <= box.y0 - line.baseline <= 40 and line.box.x0 >= box.x0 - 4 and line.box.x_overlap(box) > 0
        under = 0 <= line.box.y0 - box.y1 <= UNDER and abs(line.box.x0 - box.x0) < 12 and len(line.text.split()) <= 6
        asks = line.text.rstrip().endswith((":", "?")) and len(line.text) <= 120
        if (over and asks and not _between(sheet, line, box)) or (under and (_SIGNATURE.search(line.text) or asks)):
            return line.text
    return None


def _between(sheet: _Sheet, label: Line, box: Box) -> bool:
    return any(label.baseline + 2 < line.baseline < box.y0 and line.box.x_overlap(box) > 0 for line in sheet.lines)


def _stacked(sheet: _Sheet, strokes: Sequence[Stroke], index: int) -> bool:
    """One of two or more lines of one length, an even writing space apart, with nothing between them."""
    box = strokes[index].box
    for other in strokes:
        step = abs(other.box.y0 - box.y0)
        if not PITCH[0] <= step <= PITCH[1] or abs(other.box.x0 - box.x0) > 2 or abs(other.box.x1 - box.x1) > 2:
            continue
        top, bottom = sorted((box.y0, other.box.y0))
        if not _holds(sheet, Box(box.x0, top + 1, box.x1, bottom - 1)):
            return True
    return False


def _holds(sheet: _Sheet, box: Box) -> bool:
    """Whether a word or picture stands in the box."""
    if any(item.box is not None and item.box.shared_area(box) > 0.02 * box.area for item in sheet.page.pictures):
        return True
    return any(
        line.box.y_overlap(box) > 0.3 * line.box.height
        and any(word.box.x_overlap(box) > 0.5 and box.y0 < word.box.centre[1] < box.y1 for word in line.words)
        for line in sheet.near(box)
    )


# --- boxes and cells ------------------------------------------------------------------------------------------------------


def _boxes(sheet: _Sheet) -> Iterator[Field]:
    page = sheet.page
    drawings = [item.box.grow(2) for item in page.pictures if item.box is not None and item.kind == "drawing"]
    every = [box for box in cells(page.strokes, page.panels) if not any(item.contains(box) for item in drawings)]
    sheet_area = page.width * page.height
    every = [box for box in every if box.area < 0.5 * sheet_area]
    if not every or len(every) > 1500:
        return
    inner = _innermost(every)
    texts = [_text_in(sheet, box) for box in inner]
    empty = {index for index, text in enumerate(texts) if not text and not _holds(sheet, inner[index].grow(-1))}
    ranks = Counter(_rank(inner[index]) for index in empty)
    used: set[int] = set()
    for row in combs(inner):
        if all(index in empty for index in row):
            box = hull(inner[index] for index in row)
            used |= set(row)
            yield _field(sheet, "comb", box, _label_near(sheet, box) or "", len(row))
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
                yield _field(sheet, "tick", box, label)
            elif box.width >= 20 and box.height >= 8:
                yield _field(sheet, "cell", box, label)


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


def _text_in(sheet: _Sheet, box: Box) -> str:
    return " ".join(
        word.text
        for line in sheet.near(box)
        if line.box.y_overlap(box) > 0 and line.box.x_overlap(box) > 0
        for word in line.words
        if box.x0 <= word.box.centre[0] <= box.x1 and box.y0 <= word.box.centre[1] <= box.y1
    )


def _rank(box: Box) -> tuple[int, int]:
    """The same for boxes that begin under one another and are equally high."""
    return round(box.x0 / 3), round(box.height / 3)


def _label_near(sheet: _Sheet, box: Box, reach: float = BESIDE) -> str | None:
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


def _line_over(sheet: _Sheet, box: Box) -> str | None:
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


# --- room to write --------------------------------------------------------------------------------------------------------


def _with_room(sheet: _Sheet, found: Sequence[Field]) -> Iterator[Field]:
    """Writing lines with their height: up to the writing line or the text above."""
    floors = [item.box for item in found if item.box is not None and item.kind in ("line", "signature")]
    strokes = [stroke.box for stroke in sheet.page.strokes if stroke.horizontal]
    for item in found:
        box = item.box
        ruled = item.kind == "line" or (item.kind == "signature" and box is not None and box.height < 16)
        if box is None or not ruled:
            yield item
            continue
        y = box.y1
        tops = [other.y1 for other in [*floors, *strokes] if other.y1 < y - 4 and other.x_overlap(box) > 2]
        for line in sheet.lines:
            if line.baseline < y - 3 and line.box.x_overlap(box) > 0:
                for word in line.words:
                    if letters(word.text) and word.box.x_overlap(box) > 1 and word.box.y1 < y + 0.5:
                        tops.append(word.box.y1)
        height = y - max(tops, default=0.0)  # with nothing above: up to the edge of the paper
        if height < LEAST:
            continue  # the rule under a row of a table, or half of a double rule
        top = y - height
        shown = Box(box.x0, max(min(top, box.y0), y - TALLEST), box.x1, y) if box.height < 1 else box
        yield replace(item, height=height, box=shown)
