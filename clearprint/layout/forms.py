"""Labels of places to write: questions beside or over them, words after tick boxes, prompts in them.

A label is known by where it stands, whatever its length; a sentence of several lines that ends in a full stop stays a
paragraph, wherever it stands.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from clearprint import lazily
from clearprint.colour import luminance
from clearprint.geometry import Box
from clearprint.model import Block, Field, Page, letters
from clearprint.records import record

BESIDE = 60.0  # points between a label and its place
AFTER = 30.0  # points between a tick box, or the end of a place, and the words after it
ABOVE = 14.0  # points between a label and the place under it
UNDER = 10.0  # points between a line to sign on and what it says under it
FAR = 0.6  # of the page's width: so far may a label's place stand where nothing comes between
SENTENCE = 8  # words that make one
LONGEST = 12  # words of a label that may run over two lines and end in a full stop
AFTERWARDS = 6  # words after a place: "hours each week"
TICKED = 3  # words over a tick box: "Yes"
DOWN = 3  # labels beside one column of places that make a column of their own
LOW = 4.0  # em: height of a place for a line or two
BOXED = 0.6  # of the page's width: a box wider than this is a section of the form, and its bar holds a heading
FIRST_CELL = 30.0  # points from such a bar to the room to write in the first cell, past its label
TINT = 0.95  # luminance of what is darker than paper
MOST_TINTS = 200
MOST = 250_000  # pairs of blocks and fields that are looked at
_STOPPED = lazily.compile(r"\.['\"’”)\]]*\s*$")


@record(slots=False)
class _Row:
    """What stands on a page, by its top, so that the neighbours at one height are found at once."""

    boxes: tuple[Box, ...]
    tops: tuple[float, ...]
    tallest: float
    columns: frozenset[int]  # left edges, to four points, that three places or more have in common
    bars: tuple[Box, ...]  # tints: what stands on one of its own heads what is below it

    def at(self, box: Box) -> Iterator[Box]:
        first, last = bisect_left(self.tops, box.y0 - self.tallest), bisect_right(self.tops, box.y1)
        return iter(self.boxes[first:last])


def labels_of_places(page: Page) -> frozenset[int]:
    """Indices of the blocks that name a place to write, ask for what is written there, or stand in it."""
    level = [(index, block) for index, block in enumerate(page.blocks) if block.box is not None and abs(block.angle) < 2]
    fields = [item for item in page.fields if item.box is not None and all(-MOST < value < MOST for value in item.box)]
    if not fields or len(level) * len(fields) > MOST:
        return frozenset()
    row = _row(page, level, fields)
    found = {index for index, block in level if block.box and any(_names(page, block, block.box, item, row) for item in fields)}
    found |= _ticked(level, fields)
    found |= _heads_of_labels(level, found)
    found |= _down_the_side(level, found, fields, row)
    found |= _heads_of_boxes(page, level, fields, row)
    return frozenset(found)


def _row(page: Page, level: Sequence[tuple[int, Block]], fields: Sequence[Field]) -> _Row:
    boxes = [block.box for _, block in level if block.box and len(block.text) > 1]
    boxes += [item.box for item in fields if item.box]
    ordered = tuple(sorted(boxes, key=lambda box: box.y0))
    edges = Counter(round(item.box.x0 / 4) for item in fields if item.box)
    tints = [panel.box for panel in page.panels if panel.fill is not None and luminance(panel.fill) < TINT]
    return _Row(
        ordered,
        tuple(box.y0 for box in ordered),
        max((box.height for box in ordered), default=0.0),
        frozenset(edge for edge in edges if edges[edge - 1] + edges[edge] + edges[edge + 1] > 2),
        tuple(tints[:MOST_TINTS]),
    )


def _names(page: Page, block: Block, box: Box, item: Field, row: _Row) -> bool:
    """Whether a block belongs to a place. Words after a tick box are asked about all together."""
    place = item.box
    if place is None or place.y0 - box.y1 > ABOVE or box.y0 - place.y1 > UNDER:
        return False
    if place.contains(box, 2.0):
        return True
    if any(bar.shared_area(box) > 0.6 * box.area and not bar.intersection(place.grow(-1)) for bar in row.bars):
        return False
    if box.y_overlap(place) <= 0.3 * min(box.height, place.height):
        return _stands_over(block, box, item, place) or _stands_under(block, box, item, place)
    if item.kind != "tick" and -4 <= box.x0 - place.x1 <= AFTER:
        return _goes_on(block) and place.y0 - 2 <= box.centre[1] <= place.y1 + 2
    gap = place.x0 - box.x1
    asks = block.text.rstrip().endswith((":", "?"))
    farthest = FAR * page.width if asks or round(place.x0 / 4) in row.columns else BESIDE
    if not -4 <= gap <= farthest or _is_paragraph(block) or _parted(box, place, row):
        return False
    if gap <= BESIDE and (len(block.lines) < 3 or asks):
        return True
    return _level_with_head(block, box, place)


def _is_paragraph(block: Block) -> bool:
    """A sentence of several lines that closes with a full stop."""
    lines = len(block.lines)
    return (lines > 2 or (lines == 2 and block.word_count > LONGEST)) and bool(_STOPPED.search(block.text))


def _goes_on(block: Block) -> bool:
    """Whether a text goes on from the place before it: "hours each week", "(Respondent)"."""
    text = block.text.lstrip()
    return block.word_count <= AFTERWARDS and (text[:1].islower() or not text[:1].isalnum())


def _stands_over(block: Block, box: Box, item: Field, place: Box) -> bool:
    if not -3 <= place.y0 - box.y1 <= ABOVE or box.x_overlap(place) <= 0:
        return False
    if item.kind == "tick":
        return block.word_count <= TICKED and place.x0 - 4 <= box.centre[0] <= place.x1 + 4
    return len(block.lines) <= 2 and not (block.word_count >= SENTENCE and _STOPPED.search(block.text))


def _stands_under(block: Block, box: Box, item: Field, place: Box) -> bool:
    """What is to be written on a line, said below it."""
    named = item.kind in ("line", "signature") and block.word_count <= AFTERWARDS
    return named and 0 <= box.y0 - place.y1 <= UNDER and abs(box.x0 - place.x0) < 12


def _ticked(level: Sequence[tuple[int, Block]], fields: Sequence[Field]) -> set[int]:
    """The words after tick boxes, unless most of those in one column of boxes are long: a list to tick off."""
    columns: dict[int, list[tuple[int, Block]]] = {}
    for index, block in level:
        first = block.lines[0].box if block.lines else block.box
        for item in fields:
            place = item.box
            if item.kind != "tick" or place is None or first is None or not -4 <= first.x0 - place.x1 <= AFTER:
                continue
            if first.y_overlap(place) > 0 or abs(first.centre[1] - place.centre[1]) <= place.height:
                columns.setdefault(round(place.x0 / 4), []).append((index, block))
                break
    found: set[int] = set()
    for labels in columns.values():
        if 2 * sum(block.word_count <= LONGEST for _, block in labels) >= len(labels):
            found.update(index for index, block in labels if len(block.lines) <= 2 and not _is_paragraph(block))
    return found


def _level_with_head(block: Block, box: Box, place: Box) -> bool:
    """Whether a block to the left stands level with a low place, or its first line with the top of a high one."""
    if block.lines and abs(block.lines[0].box.centre[1] - place.y0) <= 1.5 * block.size:
        return True
    if abs(box.centre[1] - place.centre[1]) <= 0.5 * max(box.height, block.size):
        return True
    return place.height <= LOW * block.size and place.y0 <= box.centre[1] <= place.y1


def _parted(box: Box, place: Box, row: _Row) -> bool:
    """Whether another text or place stands between a block and the place to its right."""
    between = Box(box.x1 + 1, max(box.y0, place.y0), place.x0 - 1, min(box.y1, place.y1))
    if between.width <= 0 or between.height <= 0:
        return False
    return any(
        other.shared_area(between) > 0.4 * other.area or other.shared_area(between) > 0.5 * between.area
        for other in row.at(between)
    )


def _heads_of_labels(level: Sequence[tuple[int, Block]], labels: set[int]) -> set[int]:
    """Short texts in the type of a label right over other labels: "Date" over "Day", "Month" and "Year"."""
    keys = {block.style.key for index, block in level if index in labels and letters(block.text) > 2}
    found: set[int] = set()
    for index, block in level:
        if index in labels or block.box is None or block.word_count > TICKED or block.style.key not in keys:
            continue
        if any(
            other in labels
            and below.box is not None
            and 0 <= below.box.y0 - block.box.y1 <= 0.8 * block.size
            and abs(below.box.x0 - block.box.x0) <= 2
            for other, below in level
        ):
            found.add(index)
    return found


def _heads_of_boxes(page: Page, level: Sequence[tuple[int, Block]], fields: Sequence[Field], row: _Row) -> set[int]:
    """Texts on the bar at the top of a box of cells to fill that takes a part of the page only: "For office use"."""
    found: set[int] = set()
    cells = [item.box for item in fields if item.kind == "cell" and item.box is not None]
    for bar in row.bars:
        if bar.width > BOXED * page.width or bar.height > LOW * UNDER:
            continue
        if any(
            abs(cell.x0 - bar.x0) <= 2 and abs(cell.x1 - bar.x1) <= 2 and 0 <= cell.y0 - bar.y1 <= FIRST_CELL for cell in cells
        ):
            found.update(index for index, block in level if block.box is not None and bar.contains(block.box, 2.0))
    return found


def _down_the_side(level: Sequence[tuple[int, Block]], labels: set[int], fields: Sequence[Field], row: _Row) -> set[int]:
    """Questions in the column of labels at the side of a form, though what they ask about stands lower: a table's rows."""
    found: set[int] = set()
    asking = [
        (index, block.box)
        for index, block in level
        if index not in labels and block.box is not None and block.text.rstrip().endswith((":", "?"))
    ]
    if not asking:
        return found
    for edge in sorted(row.columns):
        places = [item.box for item in fields if item.box is not None and abs(round(item.box.x0 / 4) - edge) <= 1]
        left, top, foot = min(box.x0 for box in places), min(box.y0 for box in places), max(box.y1 for box in places)
        side = [block.box for index, block in level if index in labels and block.box and block.box.x1 <= left + 4]
        side = [box for box in side if top - ABOVE <= box.centre[1] <= foot + ABOVE]
        if len(side) < DOWN:
            continue
        start = min(box.x0 for box in side)
        found.update(
            index for index, box in asking if start - 4 <= box.x0 and box.x1 <= left + 4 and top <= box.centre[1] <= foot
        )
    return found
