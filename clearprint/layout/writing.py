"""Places to write that are no form fields: runs of underscores, ruled lines, empty boxes and cells, combs, tick boxes.

A rule that divides a page, an underlined word, an empty cell of a table of figures and a leader that ends in text or a
number are none: a place to write is told by a label, by a stack of lines of one length, or by its shape.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from clearprint.colour import luminance
from clearprint.geometry import Box, hull
from clearprint.layout.cells import cells, combs, grids
from clearprint.layout.fields_framed import in_frames
from clearprint.layout.writing_inside import beside_labels, in_boxes, in_grid
from clearprint.layout.writing_lines import BESIDE, SHORTEST, UNDER, blanks, ruled, with_room
from clearprint.layout.writing_sheet import LABEL, PROMPT, Sheet, field, holds, is_signature, met, sheet_of, text_in
from clearprint.model import Field, Page, Word, letters
from clearprint.units import from_mm

ALIGNED = from_mm(60)  # between a label and its place where boxes stand in a row downwards, and the labels in theirs
FARTHEST = 0.6  # of the page's width: the same for a column of three tick boxes or more
TICK = (4.0, 26.0)  # points, side of a tick box
LONGEST_TICK = 1.6  # times as high as wide, or as wide as high
FAR_WORDS = 1.5  # em from a tick box that is no square to its words, where several stand in a row downwards
BUTTON = 16.0  # points: side of the arrow of a list
PRINTED = 0.25  # share of a field under printed words, from which on it is there to cross them out
COLUMN = 3  # cells, its head with them: a whole column left empty was meant to be
WIDE = from_mm(60)  # a box for a line of writing
HEAD = 3  # letters
SIGNED = 4  # words of a label that asks for a signature
TICK_SIGNS = frozenset("☐□▢❏❐❑❒\uf06f\uf0a8\uf071\uf072")
_SYMBOLS = (  # faces by the beginning of their names, and the codes of their empty boxes
    ("wingdings2", "\uf0a3\u00a3\uf02a"),
    ("wingdings", "\uf06f\uf0a8\uf071\uf072o\u00a8"),
    ("webdings", "\uf063c"),
    ("zapfdingbats", "opqr"),
)


def places(page: Page, buttons: Sequence[Box] = ()) -> Page:
    """The page with a Field for each place to write; form fields of the file stay as they are.

    `buttons`: boxes of signs made of several painted over one another, which are to be ticked where words stand after them.
    """
    sheet = sheet_of(page)
    if page.fields:
        kept = [item for item in page.fields if not _strikes_out(sheet, item)]
        page = replace(page, fields=tuple(_to_sign(sheet, item) for item in in_frames(sheet, kept)))
    found = [*_boxes(sheet), *_tick_signs(sheet), *_buttons(sheet, buttons)]
    found += [item for item in blanks(sheet) if not met(item, found)]
    found += [item for item in ruled(sheet, [*found, *page.fields]) if not met(item, found)]
    found = [item for item in found if not met(item, page.fields)]
    if not found:
        return page
    found.sort(key=lambda item: (item.box or Box(0, 0, 0, 0))[1::-1])
    return replace(page, fields=page.fields + tuple(with_room(sheet, found)))


def _to_sign(sheet: Sheet, item: Field) -> Field:
    """A field for text as a place to sign where its name or the words beside it say so: the file knows only what one types."""
    if item.kind != "text" or item.box is None:
        return item
    said = is_signature(" ".join(item.label.split()[:2]))
    if not said:
        printed = _label_near(sheet, item.box) or ""
        said = len(printed.split()) <= SIGNED and is_signature(printed)
    return replace(item, kind="signature") if said else item


def _strikes_out(sheet: Sheet, item: Field) -> bool:
    """An empty field that lies over printed words: what it is for is to cross them out, not to write in."""
    box = item.box
    if item.kind != "text" or item.value.strip() or box is None or box.area <= 0:
        return False
    covered = 0.0
    for line in sheet.near(box):
        for word in line.words:
            signs = sum(map(str.isalpha, word.text))
            if signs > 1:
                covered += word.box.shared_area(box) * signs / len(word.text)
    return covered > PRINTED * box.area


def _tick_signs(sheet: Sheet) -> Iterator[Field]:
    for line in sheet.lines:
        words = line.words
        signs = [index for index, word in enumerate(words) if _is_tick_sign(word)]
        for place, index in enumerate(signs):
            word = words[index]
            side = 0.75 * word.style.size
            end = signs[place + 1] if place + 1 < len(signs) else len(words)
            before = words[signs[place - 1] + 1 if place else 0 : index]
            label = [word.text[1:], *(other.text for other in words[index + 1 : end])] if signs[0] == 0 else before
            text = " ".join(one if isinstance(one, str) else one.text for one in label)
            box = Box(word.box.x0, word.baseline - side, word.box.x0 + side, word.baseline)
            yield field(sheet, "tick", box, text)


def _buttons(sheet: Sheet, buttons: Sequence[Box]) -> Iterator[Field]:
    for box in buttons:
        after = [
            (line.box.x0, line.text)
            for line in sheet.near(box)
            if 0 <= line.box.x0 - box.x1 <= FAR_WORDS * line.size and line.box.y0 <= box.centre[1] <= line.box.y1
        ]
        if after:
            yield field(sheet, "tick", box, min(after)[1])


def _is_tick_sign(word: Word) -> bool:
    """An empty box set as a letter, alone or before its label; symbol faces have theirs in places of their own."""
    text = word.text
    if text[:1] in TICK_SIGNS:
        return True
    return len(text) == 1 and text in _boxes_of(word.style.face.name)


@lru_cache(maxsize=256)
def _boxes_of(face: str) -> str:
    """The codes of the empty boxes of a symbol face; of any other, none."""
    name = face.replace(" ", "").replace("-", "").casefold()
    return "".join(signs for start, signs in _SYMBOLS if start in name)


# --- boxes and cells ------------------------------------------------------------------------------------------------------


def _boxes(sheet: Sheet) -> Iterator[Field]:
    page = sheet.page
    drawings = [item.box.grow(2) for item in page.pictures if item.box is not None and item.kind == "drawing"]
    every = [box for box in cells(page.strokes, page.panels) if not any(item.contains(box) for item in drawings)]
    sheet_area = page.width * page.height
    every = [box for box in every if box.area < 0.5 * sheet_area]
    if not every or len(every) > 1500:
        return
    every = _without_buttons(page, every)
    every = [box for box in every if not _is_sketched(sheet, box)]
    inner = _innermost(every)
    texts = [text_in(sheet, box) for box in inner]
    empty = {index for index, text in enumerate(texts) if not text and not holds(sheet, inner[index].grow(-1))}
    ranks = Counter(_rank(inner[index]) for index in empty)
    asked: set[tuple[int, int]] = set()  # left and right edges of large boxes with a label
    unasked: list[Box] = []
    places: set[tuple[int, int]] = set()  # widths and heights of boxes with a label
    others: list[Box] = []
    used: set[int] = set()
    for row in combs(inner):
        if all(index in empty for index in row):
            box = hull(inner[index] for index in row)
            used |= set(row)
            yield field(sheet, "comb", box, _label_near(sheet, box) or "", len(row))
    alone: list[Box] = []  # boxes of their own with words in them
    for group in grids(inner):
        inside = dict(in_grid(sheet, [inner[index] for index in group], [index in empty for index in group]))
        named_inside = {group[at]: item for at, item in inside.items()}
        yield from (item for index, item in named_inside.items() if index not in empty)
        if len(group) == 1 and group[0] not in empty:
            alone.append(inner[group[0]])
        blanks = [index for index in group if index in empty and index not in used]
        over_stack = _label_over_stack(sheet, inner, texts, group, empty)
        if over_stack is not None:
            yield from beside_labels(sheet, [inner[index] for index in group if index not in empty])
        named = _labels_under(sheet, [inner[index] for index in group]) if 1 < len(group) == len(blanks) else []
        for index in blanks:
            box = inner[index]
            if len(group) == 1 or len(blanks) == len(group):
                label = _label_near(sheet, box, ranks[_rank(box)])
                if label is None and named:
                    label = named[group.index(index)]
                if len(group) == 1 and min(box.width, box.height) >= SHORTEST:
                    label = label or _line_over(sheet, box)
                    if label is None:
                        unasked.append(box)
                    else:
                        asked.add(_sides(box))
            else:
                label = _label_in_grid(inner, texts, group, empty, index)
                label = label or over_stack
                if label is None and index in named_inside:
                    label = ""
            if label is None:
                others += [box] * (len(group) == 1)
                continue
            if _is_tick_box(sheet, box, ranks[_rank(box)]):
                yield field(sheet, "tick", box, label)
            elif box.width >= 20 and box.height >= 8:
                places.add(_shape(box))
                yield field(sheet, "cell", box, label)

    yield from in_boxes(sheet, alone)

    # A box like those that have labels, or like two more without, under a hint too long for one.
    alike = Counter(map(_shape, others))
    for box in others:
        many = alike[_shape(box)] >= COLUMN and box.width >= WIDE
        if (many or _shape(box) in places) and (hint := _line_over(sheet, box)) is not None:
            yield field(sheet, "cell", box, hint)

    # A box that goes on from the page before has its question there.
    yield from (field(sheet, "cell", box, "") for box in unasked if _sides(box) in asked)


def _is_tick_box(sheet: Sheet, box: Box, equals: int = 1) -> bool:
    """A small square, or a small box with a word or two right after it, or with more where boxes stand in a row downwards."""
    long, short = max(box.width, box.height), min(box.width, box.height)
    if not TICK[0] <= short <= long <= TICK[1]:
        return False
    if long - short <= 0.2 * long:
        return True
    return long <= LONGEST_TICK * short and any(
        0 <= line.box.x0 - box.x1 <= (FAR_WORDS if equals > 1 else 1.0) * line.size
        and line.box.y_overlap(box) > 0.5 * line.box.height
        and (equals > 1 or len(line.words) <= 3)
        for line in sheet.near(box)
    )


def _without_buttons(page: Page, every: Sequence[Box]) -> list[Box]:
    """Boxes without the arrows of lists and scroll bars in printed web forms: small tinted squares in a corner of a box."""
    tints = [panel.box for panel in page.panels if panel.fill is not None and 0.2 < luminance(panel.fill) < 0.95]
    tints = [tint for tint in tints if max(tint.width, tint.height) <= BUTTON]
    if not tints or len(tints) * len(every) > 200_000:
        return list(every)
    arrows = [tint for tint in tints if any(_is_button(tint, box) for box in every)]
    return [box for box in every if not any(tint.contains(box, 2.0) for tint in arrows)]


def _is_sketched(sheet: Sheet, box: Box) -> bool:
    """Whether a bar stands over a box where its label would, and no word in it: the drawing of a form, not a form."""
    return any(
        panel.fill is not None
        and 0 <= box.y0 - panel.box.y1 <= UNDER
        and abs(panel.box.x0 - box.x0) <= 3
        and panel.box.width <= 1.1 * box.width
        and panel.box.height >= 6
        and luminance(panel.fill) < 0.95
        and not text_in(sheet, panel.box)
        for panel in sheet.page.panels
    )


def _is_button(tint: Box, box: Box) -> bool:
    """Whether a small tint stands at the right end of a box, inside it or just behind it."""
    if box.area < 2.5 * tint.area or min(abs(tint.y0 - box.y0), abs(box.y1 - tint.y1)) > 4:
        return False
    return (box.contains(tint, 1.0) and box.x1 - tint.x1 <= 4) or (
        -1 <= tint.x0 - box.x1 <= 4 and box.height <= tint.height + 8
    )


def _sides(box: Box) -> tuple[int, int]:
    return round(box.x0 / 2), round(box.x1 / 2)


def _shape(box: Box) -> tuple[int, int]:
    """The same for boxes of one size."""
    return round(box.width / 2), round(box.height / 2)


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


def _label_near(sheet: Sheet, box: Box, equals: int = 1) -> str | None:
    """A short text before a box, after it (a tick box) or over its left end; `equals`: boxes in a row downwards with it."""
    small = box.width <= TICK[1] + 4
    far = (FARTHEST * sheet.page.width if small and equals > 2 else ALIGNED) if equals > 1 else BESIDE
    best: tuple[float, str] | None = None
    for line in sheet.lines:
        if letters(line.text) < 2 or (id(line) not in sheet.short and not small):
            continue
        level = line.box.y_overlap(box) > 0.3 * min(line.box.height, box.height)
        before, after = box.x0 - line.box.x1, line.box.x0 - box.x1
        over = box.y0 - line.box.y1
        if level and -2 <= before <= (far if box.y0 - 2 <= line.box.centre[1] <= box.y1 + 2 else BESIDE):
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


def _labels_under(sheet: Sheet, boxes: Sequence[Box]) -> list[str]:
    """What is to be written in each of several boxes side by side, said under it; nothing unless all have their own."""
    found: list[str] = []
    for box in boxes:
        under = [
            line.text
            for line in sheet.near(Box(box.x0, box.y1, box.x1, box.y1 + UNDER))
            if id(line) in sheet.short
            and -2 <= line.box.y0 - box.y1 <= UNDER
            and box.x0 - 2 <= line.box.x0
            and line.box.x1 <= box.x1 + 2
            and letters(line.text) >= HEAD
        ]
        if len(under) != 1:
            return []
        found += under
    return found


def _line_over(sheet: Sheet, box: Box) -> str | None:
    """The text right over a large empty box, which says what to write or draw in it, however long it is."""
    over = [
        (box.y0 - line.box.y1, line.text)
        for line in sheet.lines
        if -2 <= box.y0 - line.box.y1 <= BESIDE and line.box.x_overlap(box) > 0.5 * line.box.width and letters(line.text)
    ]
    return min(over)[1] if over else None


def _label_over_stack(
    sheet: Sheet, boxes: Sequence[Box], texts: Sequence[str], group: Sequence[int], empty: set[int]
) -> str | None:
    """What stands over a stack of cells with no others beside them, such as the lines of an address: most of them empty, the
    rest with a word that says what belongs there."""
    first = min(group, key=lambda index: boxes[index].y0)
    if first not in empty or 2 * sum(index in empty for index in group) < len(group):
        return None
    if any(_sides(boxes[index]) != _sides(boxes[first]) for index in group):
        return None
    if any(index not in empty and len(texts[index].split()) > PROMPT for index in group):
        return None
    return _label_near(sheet, boxes[first])


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
    headed = len(column) >= COLUMN and column[0] not in empty and letters(texts[column[0]]) >= HEAD
    if headed and row[0] != index and all(other in empty for other in column[1:]):
        return texts[column[0]]  # "How many", under which every row is left to be filled in, prices before it or not
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
