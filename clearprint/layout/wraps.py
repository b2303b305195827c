"""Text beside pictures, boxes, pull quotes and drop capitals: does a paragraph make room for them?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Literal

from clearprint.colour import Colour
from clearprint.geometry import Box, hull
from clearprint.layout.cells import frames
from clearprint.layout.listings import is_listing
from clearprint.layout.overlaps import is_watermark
from clearprint.layout.patterns import ends_sentence
from clearprint.model import Block, Line, Page, Place, Wrap, letters
from clearprint.records import record

REACH = 4.0  # em between an obstacle and the text beside it
LEVEL = 0.12  # em that baselines of one row may differ by
ALIKE = 0.06  # share that sizes may differ by
OWN_LOOK = 4  # times: a look that so many more of a page's words have is its usual one
SPACE = 0.3  # em
EARLY = 0.5  # em by which the next word would have fitted in a line that is broken early
CROSS = 1.5  # em by which a line reaches over the obstacle's edge when it is not beside it


@record(slots=False)
class _Obstacle:
    kind: Literal["picture", "box", "quote"]
    box: Box
    place: Place
    loose: bool = False  # text may step along inside its box (a cut-out picture)
    plain: bool = False  # one shape in one tone: a ground or swash, unless text makes room for it
    lines: tuple[Line, ...] = ()  # of a quote
    outline: tuple[Box, ...] = ()  # level strips of what is seen of a cut-out picture


def wraps(page: Page, body_size: float) -> tuple[Wrap, ...]:
    """One for each picture, box, pull quote and drop capital with running text beside it."""
    flows = [block for block in page.blocks if _runs(page, block)]
    result = []
    for item in _obstacles(page, body_size):
        beside = [(block, lines) for block in flows if (lines := _beside(block, item)) and not _level(item.lines, block.lines)]
        if not beside:
            continue
        turned = _turned(flows, beside, item)
        if turned:
            place = Place(page.number, hull(line.box for line in turned), " ".join(line.text for line in turned), page.path)
            result.append(Wrap(item.kind, place, True))
        elif item.kind != "quote" and not item.plain:
            result.append(Wrap(item.kind, item.place, False))
    for block in page.blocks:
        if block.drop_capital:
            result.append(Wrap("drop-capital", block.place, True))
    return tuple(result)


def _runs(page: Page, block: Block) -> bool:
    return (
        block.box is not None
        and len(block.lines) >= 2
        and block.word_count >= 8
        and abs(block.angle) < 2
        and not (block.in_table or block.in_picture)
        and block.hint not in ("caption", "running-head", "running-foot", "contents")
        and not is_watermark(page, block)
        and not _is_listing(block)
    )


def _is_listing(block: Block) -> bool:
    return is_listing(block.style.face, [line.text for line in block.lines])


def _obstacles(page: Page, body_size: float) -> Iterator[_Obstacle]:
    sheet = page.width * page.height
    for picture in page.pictures:
        box = picture.box
        if box is None or not 0.003 * sheet < box.area < 0.6 * sheet:
            continue
        if picture.use == "picture":
            yield _Obstacle("picture", box, picture.place, picture.kind == "raster", outline=picture.outline or picture.ink)
        elif picture.use == "ground" and picture.kind == "drawing" and not _on_it(page, box):
            yield _Obstacle("picture", box, picture.place, plain=True)
    seen: list[Box] = [picture.box for picture in page.pictures if picture.box is not None]
    for box in (*(panel.box for panel in page.panels), *frames(page.strokes)):
        if not (60 <= box.width <= 0.6 * page.width and box.height >= 24 and box.area < 0.4 * sheet):
            continue
        if any(box.shared_area(other) > 0.6 * min(box.area, other.area) for other in seen):
            continue
        inside = [block for block in page.blocks if block.box is not None and box.contains(block.box, 3)]
        if inside and not any(block.in_table for block in inside) and letters("".join(b.text for b in inside)) >= 20:
            seen.append(box)
            yield _Obstacle("box", box, Place(page.number, box, inside[0].text, page.path))
    looks: dict[tuple[str, bool, bool, Colour | None], int] = {}
    for block in page.blocks:
        looks[_look(block)] = looks.get(_look(block), 0) + block.word_count
    most = max(looks.values(), default=0)
    for block in page.blocks:
        if block.box is None or block.drop_capital or block.in_table or block.in_picture or abs(block.angle) > 2:
            continue
        apart = len(block.lines) >= 2 and (block.size >= 1.12 * body_size or looks.get(_look(block), 0) * OWN_LOOK < most)
        short = 4 <= block.word_count <= 80 and block.box.width < 0.6 * page.width
        apart = apart and not _is_listing(block)
        if (block.hint == "quote" or apart) and short and not any(box.contains(block.box, 3) for box in seen):
            yield _Obstacle("quote", block.box, block.place, lines=block.lines)


def _level(quote: Sequence[Line], text: Sequence[Line]) -> bool:
    """Whether a quote and a text stand in the same rows, in type of one size: names and what they stand for."""
    return len(quote) == len(text) and all(
        abs(one.baseline - other.baseline) <= LEVEL * other.size and abs(one.size - other.size) <= ALIKE * other.size
        for one, other in zip(quote, text, strict=True)
    )


def _on_it(page: Page, box: Box) -> bool:
    """Whether text stands on a shape, be it only in part: then it is a ground."""
    return any(
        line.box.x_overlap(box) > 3.0 and line.box.y_overlap(box) > 0.5 * line.box.height
        for block in page.blocks
        if block.box is not None and block.box.intersection(box) is not None
        for line in block.lines
    )


def _look(block: Block) -> tuple[str, bool, bool, Colour | None]:
    """Family, bold, italic and colour: what sets a quote apart from text of its size."""
    style = block.style
    family, _, weight, italic = style.key
    return family, weight >= 600, italic, style.colour


def _beside(block: Block, item: _Obstacle) -> list[Line]:
    """Lines of a paragraph at the obstacle's height, next to it."""
    box = item.box
    if block.box is None or block.box.y_overlap(box) <= 0 or -block.box.x_overlap(box) > REACH * block.size:
        return []
    if box.contains(block.box, 3):
        return []
    found = []
    white = max(0.0, min((-line.box.x_overlap(box) for line in block.lines if line.box.y_overlap(box) > 0), default=0.0))
    for line in block.lines:
        reach = min(white, line.size)  # the white round an obstacle keeps lines back above and below it too
        if line.box.y_overlap(box.grow(0.0, reach)) < 0.3 * min(line.box.height, reach or line.box.height):
            continue
        depth = line.box.x_overlap(box)
        room = 0.5 * box.width if item.loose else 3.0
        left, right = line.box.x0 < box.x0, line.box.x1 > box.x1
        if depth <= 3.0 or (left != right and depth <= room):
            found.append(line)
    return found


def _turned(flows: Sequence[Block], beside: Sequence[tuple[Block, list[Line]]], item: _Obstacle) -> list[Line]:
    """The lines that make room: their paragraph has others, above or below, that reach over the obstacle's width."""
    result: list[Line] = []
    for block, lines in beside:
        if len(lines) < 2 and len(block.lines) < 3:
            continue
        whole = list(block.lines) + [line for other in _carried(flows, block) for line in other.lines]
        for on_left in (True, False):
            made = [line for line in lines if (line.box.centre[0] < item.box.centre[0]) == on_left]
            if len(made) < 2 or (item.plain and on_left and not _broken_early(block, made)):
                continue
            away = [line for line in whole if line.box.y_overlap(item.box) < 0.3 * line.box.height]
            if on_left:
                edge = max([item.box.x0 if not item.loose else 0.0, *(line.box.x1 for line in made)])
                crossing = [line for line in away if line.box.x1 > edge + CROSS * line.size and line.box.x0 < item.box.x0]
            else:
                edge = min([item.box.x1 if not item.loose else item.box.x1 + 1e4, *(line.box.x0 for line in made)])
                back = [line for line in away if line.box.x0 < edge - CROSS * line.size]
                # A paragraph's last line may be too short to come out on the obstacle's far side.
                crossing = [line for line in back if line.box.x1 > item.box.x1 or line is block.lines[-1]]
            if crossing and any(line.box.x_overlap(item.box) > line.size for line in crossing):
                result += made
            elif item.outline:
                result += _along_slope(block, made, item.outline, on_left)
    return result


def _along_slope(block: Block, made: Sequence[Line], outline: Sequence[Box], on_left: bool) -> list[Line]:
    """Lines broken early where the outline of a picture beside them stands out further than beside the paragraph's widest."""

    def end(line: Line) -> float:
        return line.box.x1 if on_left else -line.box.x0

    def white(line: Line) -> float:
        """How far a line may reach before it meets the outline at its height."""
        level = [strip for strip in outline if strip.y_overlap(line.box) > 0]
        return min((strip.x0 if on_left else -strip.x1 for strip in level), default=float("inf"))

    whites = [white(line) - end(line) for line in made]
    size = block.size
    if max(map(end, made)) - min(map(end, made)) > CROSS * size and max(whites) - min(whites) < EARLY * size:
        return list(made) if len(made) >= 3 else []  # each begins or ends at one distance from the picture
    widest = max(made, key=end)
    found: list[Line] = []
    last: Line | None = None
    running = False  # two of them in a row: by chance single lines end early
    for line, after in pairwise(block.lines):
        if not after.words or not any(line is one for one in made):
            continue
        reach = end(line) + after.words[0].box.width + SPACE * line.size
        if reach < end(widest) - EARLY * line.size and white(line) < white(widest) - line.size:
            running = running or (bool(found) and found[-1] is last)
            found.append(line)
        last = line
    return found if running else []


def _broken_early(block: Block, made: Sequence[Line]) -> bool:
    """Whether lines end before a shape that the words after them would have reached: no lines that are short by chance."""
    inner = [line for line in made if line is not block.lines[-1]]
    return len(inner) >= 2 and all(line.full is False for line in inner)


def _carried(flows: Sequence[Block], block: Block) -> list[Block]:
    """Neighbours that the change of width cut off one paragraph: same style, same pitch, no full stop between."""
    if block.box is None or not block.lines:
        return []
    result = []
    pitch = block.leading or 1.25 * block.size
    for other in flows:
        if other is block or not other.lines or other.style.key != block.style.key:
            continue
        for first, second in ((block, other), (other, block)):
            step = second.lines[0].baseline - first.lines[-1].baseline
            level = first.lines[-1].box.x_overlap(second.lines[0].box) > 0
            if level and 0.7 * pitch <= step <= 1.15 * pitch and not ends_sentence(first.text):
                result.append(other)
    return result
