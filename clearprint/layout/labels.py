"""Labels that stand round a drawing rather than in it (the names of a pie chart's slices), or in the tiles of a diagram."""

from __future__ import annotations

from statistics import median

from clearprint.geometry import Box, hull
from clearprint.layout.bars import labels_of_bars
from clearprint.layout.cells import frames
from clearprint.layout.patterns import ends_sentence, list_mark, opens_caption
from clearprint.model import Block, Page, StyleKey, letters

REACH = 1.5  # em from the drawing
FEWEST = 4  # of one style round one drawing
MOST_WORDS = 5
FEWEST_TILES = 3
FEWEST_SLOTS = 4  # of one width under one another
FEWEST_DAYS = 3  # columns of them
MOST_TILES = 400
LARGEST_TITLE = 1.5  # times the size of the labels: the title of an axis
MOST_TITLE_WORDS = 8
MOST_LINES = 5
MOST_TILE_WORDS = 10
FEWEST_BOXES = 6  # of a chart
MOST_BOX_WORDS = 15
LEADS = 4  # lines from the boxes of a chart to one at its edge
LARGEST_TILE = 0.1  # of the page
LARGEST_BADGE = 0.05  # of the page
LARGER_FIGURE = 1.5  # times the word over it
LARGEST = 1.2  # times the body: larger type heads something


def labels_round_drawings(page: Page, body: StyleKey | None) -> frozenset[int]:
    """Indices of the blocks that are such labels."""
    found: set[int] = set()
    short = short_blocks(page, body)
    for picture in page.pictures:
        if picture.kind != "drawing" or picture.use != "picture" or picture.box is None:
            continue
        found.update(labels_of_bars(page, picture.box))
        round_it = _round(picture.box, short)
        found.update(round_it)
        if round_it and picture.thinnest is not None:
            found.update(_axis_titles(page, picture.box, round_it))
    return frozenset(found)


def labels_on_all_sides(page: Page, drawing: Box, short: list[tuple[int, Block]]) -> frozenset[Box]:
    """The boxes of labels round a drawing, over or under it as well as beside it, so that nothing of the text can be meant.
    `short`: what `short_blocks` finds on the page."""
    found = [box for index in _round(drawing, short) if (box := page.blocks[index].box) is not None]
    upright = any(not drawing.y0 < box.centre[1] < drawing.y1 for box in found)
    across = {box.centre[0] < drawing.centre[0] for box in found}
    return frozenset(found) if upright and len(across) == 2 else frozenset()


def labels_of_chart(page: Page, chart: Box, short: list[tuple[int, Block]]) -> frozenset[Box]:
    """The boxes of the labels of a chart, which its data lines tell: figures at one side and a row of names are enough."""
    round_it = _round(chart, short)
    found = {*round_it, *_axis_titles(page, chart, round_it)} if round_it else set()
    return frozenset(box for index in found if (box := page.blocks[index].box) is not None)


def short_blocks(page: Page, body: StyleKey | None) -> list[tuple[int, Block]]:
    """The blocks that may be labels: a few words in type no larger and no bolder than the body's, each with its index."""
    return [(index, block) for index, block in enumerate(page.blocks) if _short(block, body)]


def _round(drawing: Box, short: list[tuple[int, Block]]) -> list[int]:
    """Which of short blocks stand round a drawing, several in one style."""
    groups: dict[StyleKey, list[int]] = {}
    for index, block in short:
        if block.box is not None and block.box.distance(drawing) <= REACH * block.size:
            groups.setdefault(block.style.key, []).append(index)
    return [index for group in groups.values() if len(group) >= FEWEST for index in group]


def _axis_titles(page: Page, chart: Box, labels: list[int]) -> set[int]:
    """What names the axes of a chart: short lines in the face of its labels, next to them and within its length."""
    boxes = [box for index in labels if (box := page.blocks[index].box) is not None]
    whole = hull([chart, *boxes])
    faces = {page.blocks[index].style.key[0] for index in labels}
    largest = max(page.blocks[index].size for index in labels)
    return {
        index
        for index, block in enumerate(page.blocks)
        if block.box is not None
        and block.style.key[0] in faces
        and block.size <= LARGEST_TITLE * largest
        and len(block.lines) <= 2
        and 0 < block.word_count <= MOST_TITLE_WORDS
        and not block.in_table
        and not opens_caption(block.text)
        and block.box.distance(whole) <= REACH * block.size
        and (whole.x0 <= block.box.centre[0] <= whole.x1 or whole.y0 <= block.box.centre[1] <= whole.y1)
    }


def labels_in_tiles(page: Page, body: StyleKey | None) -> frozenset[int]:
    """Indices of the blocks that stand alone in tiles: boxes of one size, each with a few words."""
    tiles = [panel.box for panel in page.panels if panel.box.area < LARGEST_TILE * page.width * page.height]
    short = [(index, block) for index, block in enumerate(page.blocks) if _short(block, body, MOST_LINES, MOST_TILE_WORDS)]
    if len(tiles) < FEWEST_TILES or len(short) < FEWEST_TILES:
        return frozenset()
    boxes = [block.box for block in page.blocks if block.box is not None]
    groups: dict[tuple[int, int], set[int]] = {}
    for tile in tiles[:MOST_TILES]:
        inside = [index for index, block in short if block.box is not None and tile.contains(block.box, 1.0)]
        if len(inside) == 1 and sum(tile.contains(box, 1.0) for box in boxes) == 1:
            groups.setdefault((round(tile.width / 2), round(tile.height / 2)), set()).add(inside[0])
    return frozenset(index for group in groups.values() if len(group) >= FEWEST_TILES for index in group)


def badges(page: Page) -> frozenset[int]:
    """Indices of the blocks that share a small tint with a much larger figure and nothing else: "Level 5", "Only £3"."""
    usual = median([block.size for block in page.blocks]) if page.blocks else 0.0
    figures = [block for block in page.blocks if block.size >= LARGER_FIGURE * usual and _is_figure(block)]
    if not figures:
        return frozenset()
    found: set[int] = set()
    for panel in page.panels[:MOST_TILES]:
        tint = panel.box
        if panel.fill is None or tint.area > LARGEST_BADGE * page.width * page.height:
            continue
        if not any(figure.box and tint.contains(figure.box, 1.0) for figure in figures):
            continue
        inside = [(index, block) for index, block in enumerate(page.blocks) if block.box and tint.contains(block.box, 1.0)]
        for index, block in inside:
            if len(inside) == 2 and _names(block, next(other for _, other in inside if other is not block)):
                found.add(index)
    return frozenset(found)


def _is_figure(block: Block) -> bool:
    return len(block.lines) == 1 and any(map(str.isdigit, block.text)) and not any(map(str.isalpha, block.text))


def _names(block: Block, figure: Block) -> bool:
    return len(block.lines) == 1 and block.word_count <= 2 and _is_figure(figure) and figure.size >= LARGER_FIGURE * block.size


def names_in_slots(page: Page) -> frozenset[int]:
    """Indices of the blocks in the slots of a timetable: panels of one width in several columns, as high as it lasts."""
    columns: dict[int, dict[int, list[Box]]] = {}
    for panel in page.panels:
        box = panel.box
        if 0 < box.area < LARGEST_TILE * page.width * page.height:
            columns.setdefault(round(box.width / 2), {}).setdefault(round(box.x0 / 2), []).append(box)
    found: set[int] = set()
    for slots in columns.values():
        if sum(len(column) >= FEWEST_SLOTS for column in slots.values()) < FEWEST_DAYS:
            continue
        held = [_named(page, column) for column in slots.values() if FEWEST_SLOTS <= len(column) <= MOST_TILES]
        days = [inside for inside in held if len(inside) >= FEWEST_SLOTS]
        if len(days) >= FEWEST_DAYS and len({round(box.height) for column in slots.values() for box in column}) > 2:
            found.update(index for inside in days for index in inside)
    return frozenset(found)


def _named(page: Page, column: list[Box]) -> list[int]:
    """The blocks in those panels of one column that hold a few words and no other panel."""
    level = [(index, block) for index, block in enumerate(page.blocks) if block.box is not None]
    level = [(i, b) for i, b in level if b.box and column[0].x0 - 1 <= b.box.x0 and b.box.x1 <= column[0].x1 + 1]
    found: list[int] = []
    for slot in column:
        if any(other is not slot and other.area < slot.area and slot.contains(other, 1.0) for other in column):
            continue
        inside = [(index, block) for index, block in level if block.box is not None and slot.contains(block.box, 1.0)]
        if 0 < sum(block.word_count for _, block in inside) <= MOST_TILE_WORDS:
            found += [index for index, _ in inside]
    return found


def labels_in_boxes(page: Page) -> frozenset[int]:
    """Indices of the blocks in the boxes of a chart: many small ones drawn with lines, each with a few words, as a family tree
    or the plan of an office has them."""
    if len(page.strokes) < 4 * FEWEST_BOXES:
        return frozenset()
    level = [(index, block) for index, block in enumerate(page.blocks) if block.box is not None]
    boxes: list[Box] = []
    inside: set[int] = set()
    for box in frames(page.strokes):
        if box.area < LARGEST_TILE * page.width * page.height:
            held = [(index, block) for index, block in level if block.box is not None and box.contains(block.box, 1.0)]
            if 0 < sum(block.word_count for _, block in held) <= MOST_BOX_WORDS:
                boxes.append(box)
                inside.update(index for index, _ in held)
    if len(boxes) < FEWEST_BOXES:
        return frozenset()
    largest = LARGEST * max(page.blocks[index].size for index in inside)
    chart = _with_open_boxes(hull(boxes), page)  # the lines that join its boxes hide some of them
    return frozenset(
        index
        for index, block in level
        if block.box is not None
        and (index in inside or not block.in_table)
        and chart.contains(block.box, block.size)
        and block.word_count <= MOST_BOX_WORDS
        and block.size <= largest
        and not ends_sentence(block.text)
    )


def _with_open_boxes(chart: Box, page: Page) -> Box:
    """A chart with what its lines lead to: boxes at its edge that the end of the page cuts open are never closed."""
    strokes = [stroke.box for stroke in page.strokes if chart.x0 - 1 <= stroke.box.x0 and stroke.box.x1 <= chart.x1 + 1]
    for _ in range(LEADS):
        met = [box for box in strokes if box.distance(chart) <= 1.0]
        grown = hull([chart, *met])
        if grown == chart:
            break
        chart = grown
    return chart


def _short(block: Block, body: StyleKey | None, lines: int = 2, words: int = MOST_WORDS) -> bool:
    """A few words in type no larger and no bolder than the body's."""
    if block.box is None or block.in_table or len(block.lines) > lines or not 0 < block.word_count <= words:
        return False
    if block.hint in ("heading", "title", "list", "caption") or ends_sentence(block.text) or list_mark(block.text):
        return False
    if not letters(block.text):
        return False
    key = block.style.key
    return body is None or (key[1] <= LARGEST * body[1] and key[2] <= body[2] + 100)
