"""Places to write whose label stands in the same cell or box: "Name" at the left of an otherwise empty cell, a question over
the empty part of its box.

A cell of a table has a few words in it and white after them too. So a grid is taken for a form only where most of its cells ask
for something and none of their rows is answered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from clearprint import lazily
from clearprint.geometry import Box, hull
from clearprint.layout.writing_sheet import LABEL, Sheet, field
from clearprint.model import Field, Line, letters
from clearprint.records import record
from clearprint.units import from_mm

LARGEST = 400  # cells of a grid that is looked at
FEWEST = 3  # cells of a grid that ask
MOST = 0.5  # of its cells with words: so many ask
LONGEST = 2  # lines of a question in a cell
BESIDE = from_mm(20)  # to write in after a label
UNDER = 1.2  # em, and points as below: to write in under a label
LEAST_UNDER = 10.0
OPEN = from_mm(15)  # under a question in a box of its own
WIDE = from_mm(60)  # such a box
DEEP = from_mm(20)  # its empty part where its text asks for an account of something
EMPTY = 0.4  # of its height: the same
FEW = 6  # words that say what belongs under them in a cell, where others of its grid ask
HANGING = 14.0  # points under them
SHORT = 4  # words of a label that ends in no mark
_WORDS = lazily.compile(
    r"\b(?:(?:sur|fore)?names?|title|address|post ?code|zip|telephone|phone|mobile|tel|fax|number|e-?mail|date|age|gender|sex|"
    r"nationality|ethnicity|occupation|employer|signed|signature|relationship|comments?|"
    r"enw|cyfenw|cyfeiriad|cod post|ff[oô]n|e-bost|dyddiad|llofnod|oed|rhyw|"
    r"vorname|nachname|anschrift|adresse|telefon|datum|geburtsdatum|unterschrift|"
    r"nom|pr[ée]nom|code postal|t[ée]l[ée]phone|courriel|"
    r"nombre|apellidos?|direcci[oó]n|tel[ée]fono|correo|fecha|firma|cognome|indirizzo|naam|voornaam|adres|handtekening)\b",
    re.IGNORECASE,
)
_ACCOUNT = lazily.compile(
    r"\b(?:tell us|describe|explain|give (?:\w+ )?details|please (?:write|list|say|give|provide))\b", re.IGNORECASE
)


@record(slots=False)
class _Cell:
    box: Box
    lines: tuple[Line, ...]  # that stand in it, downwards

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)

    @property
    def ink(self) -> Box:
        return hull(line.box for line in self.lines)

    @property
    def asks(self) -> bool:
        """Whether a word or two, or a question, and nothing else stands in it."""
        words = len(self.text.split())
        if not self.lines or len(self.lines) > LONGEST or letters(self.text) < 2:
            return False
        if self.text.rstrip().endswith(("?", ":")):
            return words <= 2 * LABEL
        return words <= SHORT and not any(map(str.isdigit, self.text)) and _WORDS.search(self.text) is not None

    @property
    def hangs(self) -> bool:
        """Whether a few words at its top leave more than half of it empty."""
        if not self.lines or len(self.lines) > 1 or len(self.text.split()) > FEW or letters(self.text) < 2:
            return False
        under = self.box.y1 - self.ink.y1
        return self.ink.y0 - self.box.y0 <= self.lines[0].size and under >= max(HANGING, 0.5 * self.box.height)

    @property
    def room(self) -> Box | None:
        """What is left to write in, under or beside its words."""
        box, ink = self.box, self.ink
        size = self.lines[0].size
        under = box.y1 - ink.y1 if ink.y0 - box.y0 <= size else 0.0  # none where its words hang low
        low = Box(box.x0, ink.y1, box.x1, box.y1) if under >= max(LEAST_UNDER, UNDER * size) else None
        if low is not None and under >= 0.5 * box.height:
            return low
        if box.x1 - ink.x1 >= BESIDE and len(self.lines) == 1:
            return Box(ink.x1, box.y0, box.x1, box.y1)
        return low


def in_grid(sheet: Sheet, boxes: Sequence[Box], empty: Sequence[bool]) -> Iterator[tuple[int, Field]]:
    """Places in the cells of one grid, with the index of each; the empty ones too once it is a form."""
    with_words = len(boxes) - sum(empty)
    if with_words < FEWEST or len(boxes) > LARGEST:
        return
    cells = [_Cell(box, () if blank else _lines_in(sheet, box)) for box, blank in zip(boxes, empty, strict=True)]
    if not any(cell.asks for cell in cells):
        return
    may_ask = (index for index, cell in enumerate(cells) if cell.asks or cell.hangs)
    asking = [index for index in may_ask if (room := cells[index].room) and _is_free(sheet, cells[index], room)]
    if len(asking) < max(FEWEST, MOST * with_words):
        return
    asks = set(asking)
    places = []
    for index, cell in enumerate(cells):
        row = [other for other in range(len(cells)) if other != index and _level(boxes[other], cell.box)]
        after = [other for other in row if boxes[other].x0 > cell.box.x0]
        if any(cells[other].lines and other not in asks and not _asks_down(cells, boxes[other], asks) for other in after):
            continue  # answered beside it
        if empty[index]:
            places.append((index, field(sheet, "cell", cell.box, "")))
            continue
        if index not in asks or any(empty[other] and boxes[other].x0 - cell.box.x1 <= 4 for other in after):
            continue
        below = [other for other in range(len(cells)) if _heads(cell.box, boxes[other])]
        if any(empty[other] or other not in asks for other in below) and not _asks_down(cells, cell.box, asks - {index}):
            continue  # the head of a column
        if (room := cell.room) is not None:
            places.append((index, field(sheet, "cell", room, cell.text)))
    if sum(not empty[index] for index, _ in places) >= FEWEST:
        yield from places


def _asks_down(cells: Sequence[_Cell], box: Box, asks: set[int]) -> bool:
    """Whether half of the cells with words in a column ask."""
    column = [index for index, cell in enumerate(cells) if cell.lines and abs(cell.box.x0 - box.x0) <= 4]
    return 2 * sum(index in asks for index in column) >= len(column)


def beside_labels(sheet: Sheet, boxes: Sequence[Box]) -> Iterator[Field]:
    """Places in the cells of a stack of them where a word stands at the left and says what belongs there: "Postcode"."""
    for box in boxes:
        cell = _Cell(box, _lines_in(sheet, box))
        if cell.lines and (room := cell.room) is not None and _is_free(sheet, cell, room):
            yield field(sheet, "cell", room, cell.text)


def in_boxes(sheet: Sheet, boxes: Sequence[Box]) -> Iterator[Field]:
    """Places in boxes of their own that have words in them. Boxes side by side are cards: all have such places, or none."""
    found = [(box, list(_in_box(sheet, box))) for box in boxes]
    for box, places in found:
        cards = (other for at, other in found if at is not box and _is_card(at, box))
        if places and all(cards):
            yield from places


def _is_card(one: Box, other: Box) -> bool:
    return abs(one.y0 - other.y0) <= 3 and abs(one.y1 - other.y1) <= 3


def _in_box(sheet: Sheet, box: Box) -> Iterator[Field]:
    """Places in a box under a question, or under what asks for an account."""
    if box.width < WIDE or box.height < OPEN:
        return
    cell = _Cell(box, _lines_in(sheet, box))
    if not cell.lines:
        return
    asked = False
    for index, line in enumerate(cell.lines):
        last = index == len(cell.lines) - 1
        floor = min([box.y1, *(other.box.y0 for other in cell.lines[index + 1 :])])
        room = Box(box.x0, line.box.y1, box.x1, floor)
        asks = re.search(r"[?:](?:\s|$)", line.text) is not None
        asked = asked or asks or _ACCOUNT.search(line.text) is not None
        deep = last and asked and room.height >= max(DEEP, EMPTY * box.height)
        if ((asks and room.height >= OPEN) or deep) and _is_free(sheet, cell, room):
            yield field(sheet, "cell", room, line.text)


def _lines_in(sheet: Sheet, box: Box) -> tuple[Line, ...]:
    return tuple(
        line
        for line in sheet.near(box)
        if box.y0 <= line.box.centre[1] <= box.y1 and box.x0 - 2 <= line.box.x0 and line.box.x1 <= box.x1 + 2
    )


def _is_free(sheet: Sheet, cell: _Cell, room: Box) -> bool:
    """Whether nothing is printed in a part of a cell, and the file has no field of its own there."""
    page = sheet.page
    inner = room.grow(-2)
    marks = [item.box for item in page.pictures if item.box is not None]
    marks += [item.box for item in page.fields if item.box is not None]
    marks += [stroke.box for stroke in page.strokes]
    marks += [panel.box for panel in page.panels if panel.box.area < 0.9 * cell.box.area]
    if any(mark.x_overlap(inner) > 0 and mark.y_overlap(inner) > 0 for mark in marks):
        return False
    own = {id(line) for line in cell.lines}
    return not any(
        line.box.shared_area(inner) > (0.1 * line.box.area if id(line) in own else 0.0) for line in sheet.near(inner)
    )


def _level(one: Box, other: Box) -> bool:
    return one.y_overlap(other) > 0.5 * min(one.height, other.height)


def _heads(box: Box, other: Box) -> bool:
    """Whether a cell stands right under another, as wide as it."""
    return abs(other.y0 - box.y1) <= 4 and abs(other.x0 - box.x0) <= 4 and abs(other.x1 - box.x1) <= 4
