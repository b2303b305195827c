"""Lines to write on: runs of underscores and dots, ruled lines, and the room over them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from clearprint import lazily
from clearprint.geometry import Box
from clearprint.layout.furniture import in_zone
from clearprint.layout.writing_sheet import Sheet, field, holds, is_prompt, is_signature
from clearprint.model import Field, Line, Page, Stroke, Word, letters
from clearprint.units import from_mm

HEAD_ROW = 2.4  # em from rule to rule over and under the head of a table, at most
INSET = 4.0  # points from the edge of a box to a rule that goes along it
WHOLE = 0.9  # share of the box's width that such a rule takes
HEAVIEST = 1.5  # points; a heavier rule sets off a heading
SHORTEST = from_mm(30)  # a ruled line to write on
BESIDE = 40.0  # points between a label and its place
UNDER = 14.0  # points between a place and a label under it
PITCH = (9.0, 62.0)  # points between writing lines
LED = 2  # leaders that end in one place and lead to something: others that end there do too
SAME_WEIGHT = 0.3  # points
LEAST = 6.0  # points: two rules nearer than this are a double rule
TALLEST = 28.0  # points above a ruled line that its box shows
NAMES = 3  # words that name a line from over it
MIDWAY = 0.75  # of the room under a name: so much white may stand over it, up to the line before
ROOM_OVER = 1.6  # em from the name's baseline to the line: nearer is a heading with a rule under it
_AMOUNT = lazily.compile(r"^[£$€]?\d[\d.,]*$")
_DOTS_WITHIN = lazily.compile(r"(?:(?:[.·]\s?){8,}|(?:…\s?){3,})\s*\w")
_DOTS_LAST = lazily.compile(r"(?:(?:[.·]\s?){8,}|(?:…\s?){3,})$")


def blanks(sheet: Sheet) -> Iterator[Field]:
    rows: list[list[Line]] = []
    dotted: list[list[Word]] = []  # rows that end in dots: lines to write on, or leaders of a list whose numbers are missing
    led: list[float] = []
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
                dotted.append(words)
            elif _DOTS_WITHIN.search(text):
                led += _ends_of_dots(words)
    for words in dotted:
        if sum(abs(words[-1].box.x1 - end) <= words[-1].style.size for end in led) < LED:
            yield from _runs(sheet, words, ".·…", 10)


def _ends_of_dots(words: Sequence[Word]) -> list[float]:
    """Where the leaders of a row end that lead to a number or a word."""
    return [x1 for word in words for text, _, x1, blank in _pieces(word, ".·…") if blank and len(text) > 3]


def _runs(sheet: Sheet, words: Sequence[Word], signs: str, fewest: int) -> Iterator[Field]:
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


def _line_field(sheet: Sheet, word: Word, x0: float, x1: float, label: str) -> Field:
    y = word.baseline + 0.1 * word.style.size
    return field(sheet, "line", Box(x0, word.box.y0, x1, max(y, word.box.y0 + 0.1)), label)


# --- ruled lines ----------------------------------------------------------------------------------------------------------


def ruled(sheet: Sheet, known: Sequence[Field] = ()) -> Iterator[Field]:
    """Ruled lines to write on. A question with a place beside it, among the `known`, asks for no line under it."""
    page = sheet.page
    drawings = [item.box.grow(2) for item in page.pictures if item.box is not None]
    candidates = [
        stroke
        for stroke in page.strokes
        if stroke.horizontal
        and stroke.box.width >= SHORTEST
        and stroke.width <= HEAVIEST
        and not any(box.contains(stroke.box) for box in drawings)
    ]
    if not candidates or len(candidates) > 400:
        return
    candidates.sort(key=lambda stroke: (stroke.box.y0, stroke.box.x0))
    edges = _edges(page)
    free = [stroke for stroke in candidates if not _carries(sheet, stroke) and not _is_edge(stroke, edges)]
    free = [stroke for stroke in free if not _heads_cells(sheet, stroke, candidates)]
    free = [stroke for stroke in free if not any(_leads_from(panel.box, stroke.box) for panel in page.panels)]
    named = _named_over(sheet, free)
    for index, stroke in enumerate(free):
        label = _label_of_line(sheet, stroke, known) or named.get(index)
        if label is not None or _stacked(sheet, free, index):
            yield field(sheet, "line", stroke.box, label or "")


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
            inset = INSET if box.width >= WHOLE * edge.width else 2
            meets = along and min(abs(box.y0 - edge.y0), abs(box.y0 - edge.y1)) < inset
        if meets:
            return True
    return False


def _heads_cells(sheet: Sheet, stroke: Stroke, strokes: Sequence[Stroke]) -> bool:
    """Whether a rule is the first of a table: right below it stands a row, over another rule of its length, whose entries stand
    over those of the next row, two from one edge or three at all."""
    box = stroke.box
    lower = next((other.box for other in strokes if other.box.y0 > box.y1 + LEAST and _same_ends(other.box, box)), None)
    if lower is None:
        return False
    inside = [line for line in sheet.lines if box.y0 < line.baseline < lower.y0 and line.box.x_overlap(box) > 0]
    if not inside or max(line.size for line in inside) * HEAD_ROW < lower.y0 - box.y0:
        return False
    below = [line for line in sheet.lines if 0 < line.baseline - lower.y1 <= 3 * line.size and line.box.x_overlap(box) > 0]
    level = sum(1 for line in inside if any(abs(line.box.x0 - other.box.x0) <= 3 for other in below))
    over = sum(1 for line in inside if any(line.box.x_overlap(other.box) > 0 for other in below))
    return (level > 1 and 2 * level >= len(inside)) or over > 2


def _same_ends(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) <= 2 and abs(one.x1 - other.x1) <= 2


def _leads_from(panel: Box, line: Box) -> bool:
    """Whether a line begins or ends at the side of a box that it stands outside of, as one from box to box of a diagram."""
    if not panel.y0 + 2 < line.y0 < panel.y1 - 2:
        return False
    return abs(line.x0 - panel.x1) <= 2 or abs(line.x1 - panel.x0) <= 2


def _carries(sheet: Sheet, stroke: Stroke) -> bool:
    """Whether words stand on the line or run through it."""
    y = (stroke.box.y0 + stroke.box.y1) / 2
    for line in sheet.lines:
        if not -0.2 * line.size - 2 <= y - line.baseline <= 0.45 * line.size:
            continue
        if any(word.box.x_overlap(stroke.box) > 2 and letters(word.text) for word in line.words):
            return True
    return False


def _label_of_line(sheet: Sheet, stroke: Stroke, known: Sequence[Field]) -> str | None:
    """A short text before the line, or one that closes with a colon over it or names a signature or date under it."""
    box = stroke.box
    best: tuple[float, str] | None = None
    for line in sheet.lines:
        if id(line) not in sheet.short:
            continue
        gap = box.x0 - line.box.x1
        drop = (1.5 if line.text.rstrip().endswith(":") else 0.5) * line.size + 3
        if -2 <= gap <= BESIDE and -3 <= box.y0 - line.baseline <= drop and len(line.text) <= 120:
            best = min(best, (gap, line.text)) if best else (gap, line.text)
    if best is not None:
        return best[1]
    for line in sheet.lines:
        if id(line) not in sheet.short or in_zone(box, sheet.page.height):
            continue
        over = 0 <= box.y0 - line.baseline <= 40 and line.box.x0 >= box.x0 - 4 and line.box.x_overlap(box) > 0
        under = 0 <= line.box.y0 - box.y1 <= UNDER and abs(line.box.x0 - box.x0) < 12 and len(line.text.split()) <= 6
        asks = line.text.rstrip().endswith((":", "?")) and len(line.text) <= 120
        if over and is_prompt(line) and box.y0 - line.baseline <= 1.6 * line.size and line.box.x1 <= box.x1:
            return line.text
        asked = over and asks and not _between(sheet, line, box) and not _answered(line, known)
        signs = over and is_signature(line.text) and len(line.text.split()) <= 6 and not _between(sheet, line, box)
        signed = signs and box.y0 - line.baseline >= ROOM_OVER * line.size  # nearer is a heading with a rule under it
        if asked or signed or (under and (is_signature(line.text) or asks)):
            return line.text
    return None


def _named_over(sheet: Sheet, strokes: Sequence[Stroke]) -> dict[int, str]:
    """Lines of one length that each have a word or two over them, all at one distance with room to write: Name, Date, Place."""
    alike: dict[tuple[int, int], list[tuple[int, Line, float]]] = {}
    for index, stroke in enumerate(strokes):
        box = stroke.box
        over = [line for line in sheet.lines if line.baseline < box.y0 and line.box.x_overlap(box) > 0]
        near = max(over, key=lambda line: line.baseline, default=None)
        if near is None or id(near) not in sheet.short or len(near.words) > NAMES or in_zone(box, sheet.page.height):
            continue
        drop = box.y0 - near.baseline
        if any(line is not near and abs(line.baseline - near.baseline) < near.size for line in over):
            continue  # a row of a table
        if ROOM_OVER * near.size <= drop <= PITCH[1] and abs(near.box.x0 - box.x0) <= 4 and near.box.width < box.width:
            alike.setdefault((round(box.x0 / 2), round(box.width / 2)), []).append((index, near, drop))
    result: dict[int, str] = {}
    for group in alike.values():
        drops = [drop for _, _, drop in group]
        midway = any(
            name.box.y0 - strokes[before[0]].box.y1 > MIDWAY * (strokes[index].box.y0 - name.box.y1)
            for before, (index, name, _) in pairwise(group)
        )  # what parts the items of a list stands as far from the one as from the next
        if len(group) > 1 and max(drops) - min(drops) <= 3 and not midway:
            result.update({index: name.text for index, name, _ in group})
    return result


def _answered(line: Line, known: Sequence[Field]) -> bool:
    """Whether a line of text has its place to write, or its tick boxes, beside it."""
    return any(
        item.box is not None and item.box.x0 >= line.box.x1 - 4 and item.box.y_overlap(line.box.grow(0.0, 2 * line.size)) > 0
        for item in known
    )


def _between(sheet: Sheet, label: Line, box: Box) -> bool:
    return any(label.baseline + 2 < line.baseline < box.y0 and line.box.x_overlap(box) > 0 for line in sheet.lines)


def _stacked(sheet: Sheet, strokes: Sequence[Stroke], index: int) -> bool:
    """One of two or more lines of one length and weight, an even writing space apart, with nothing between them."""
    box = strokes[index].box
    for other in strokes:
        step = abs(other.box.y0 - box.y0)
        if not PITCH[0] <= step <= PITCH[1] or abs(other.box.x0 - box.x0) > 2 or abs(other.box.x1 - box.x1) > 2:
            continue
        if abs(other.width - strokes[index].width) > SAME_WEIGHT:
            continue  # the foot of one framed note and the head of the next
        top, bottom = sorted((box.y0, other.box.y0))
        if not holds(sheet, Box(box.x0, top + 1, box.x1, bottom - 1)):
            return True
    return False


# --- room to write --------------------------------------------------------------------------------------------------------


def with_room(sheet: Sheet, found: Sequence[Field]) -> Iterator[Field]:
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
            if line.baseline < y - 3 and line.box.x_overlap(box) > 0 and not is_prompt(line):
                for word in line.words:
                    if letters(word.text) and word.box.x_overlap(box) > 1 and word.box.y1 < y + 0.5:
                        tops.append(word.box.y1)
        height = y - max(tops, default=0.0)  # with nothing above: up to the edge of the paper
        if height < LEAST:
            continue  # the rule under a row of a table, or half of a double rule
        top = y - height
        shown = Box(box.x0, max(min(top, box.y0), y - TALLEST), box.x1, y) if box.height < 1 else box
        yield replace(item, height=height, box=shown)
