"""Joins of columns: does a paragraph go on at the top of the next one, and does anything cut across a story?

Careful by design: only a sentence seen to be broken and seen to go on elsewhere counts against a page, for separately headed
stories look much the same.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from clearprint.geometry import Box
from clearprint.layout.cells import frames
from clearprint.layout.furniture import at_edge, in_zone
from clearprint.layout.patterns import ends_sentence, list_mark, opens_caption
from clearprint.model import Block, Column, Join, Page, StyleKey, letters

APART = 3.5  # sizes of the text: a heading further over it than this heads something else
ENDS_ABOVE = 10.0  # sizes: columns that break off over a thing need not be of one length
LEAST_BOX = 14.0  # points; less is a bar between two parts of a page
WIDER = 1.3  # times the column: what is wider than this belongs to several


def joins(page: Page) -> tuple[Join, ...]:
    """One for each pair of neighbouring columns, and one for each thing that stands across a story."""
    story = [column for column in page.columns if not column.aside]
    if len(story) < 2:
        return ()
    columns = sorted(story, key=lambda column: (column.box.x0, column.box.y0))
    held = {index: _running(page, column) for index, column in enumerate(columns)}
    result = []
    for index in range(len(columns)):
        following = _next(columns, index)
        if following is not None and held[index] and held[following]:
            result.append(_join(page, columns, held, index, following))
    result += _across(page, columns, held)
    return tuple(result)


def _running(page: Page, column: Column) -> list[Block]:
    """Blocks of running text in a column, downwards."""
    found = [
        block
        for block in page.blocks
        if block.box is not None
        and block.lines
        and not (block.in_table or block.in_picture)
        and abs(block.angle) < 2
        and column.box.grow(3).contains(block.box, 3)
    ]
    found.sort(key=lambda block: block.lines[0].baseline)
    sidebars = _sidebars(page, found)
    found = [block for block in found if block.box and not any(box.contains(block.box, 1.0) for box in sidebars)]
    if not found:
        return []
    common = _common(found)
    return [b for b in found if b.style.key == common or not _is_head(b, page, common[1])]


def _is_head(block: Block, page: Page, size: float) -> bool:
    """A running head or page number that the column's box takes in."""
    return len(block.lines) == 1 and block.size <= 1.05 * size and in_zone(block.lines[0].box, page.height)


def _next(columns: Sequence[Column], index: int) -> int | None:
    """The nearest column to the right that stands beside this one."""
    box = columns[index].box
    beside = [
        other
        for other, column in enumerate(columns)
        if column.box.x0 >= box.x1 - 3 and column.box.y_overlap(box) > 0.25 * min(column.box.height, box.height)
    ]
    return min(beside, key=lambda other: columns[other].box.x0, default=None)


def _join(page: Page, columns: Sequence[Column], held: dict[int, list[Block]], index: int, following: int) -> Join:
    last = _last(held[index], held[following][0])
    one, two = columns[index].box, columns[following].box
    texts = _text_style(held[index], held[following])
    starts = [_start(held[place], key) for place, key in zip((index, following), texts, strict=True)]
    sizes = [key[1] for key in texts]
    tops = [_top(page, *found) for found in zip((one, two), starts, sizes, strict=True)]
    widths = one.width, two.width
    to_top = True
    first = held[following][0]
    if _unfinished(last, one, least=0.2) and _below_a_box(page, held[following], last, two):
        to_top = False
    elif _unfinished(last) and not _alike(first, last):
        others = [blocks for other, blocks in held.items() if other > following and blocks]
        later = _below_the_top(held[following], last) + [blocks[0] for blocks in others]
        to_top = not any(_goes_on(block, last) and _fresh(held, block) for block in later)
    return Join(
        page.number or 0,
        last.lines[-1].box if last.lines else one,
        last.text,
        to_top,
        None,
        abs(tops[0] - tops[1]),
        abs(widths[0] - widths[1]) / max(*widths, 1.0),
    )


def _last(blocks: Sequence[Block], first: Block) -> Block:
    """The last block of a column's text; notes at its foot go on in the notes of the next column. `first`: of that one."""
    if _alike(blocks[-1], first) and _reads(first):
        return blocks[-1]
    common = _common(blocks)
    main = [block for block in blocks if block.style.key == common]
    return next((block for block in reversed(blocks) if _alike(block, main[0])), blocks[-1])


def _below_the_top(blocks: Sequence[Block], last: Block) -> list[Block]:
    """Blocks that have text of the same style over them in their column: a head in small type is not the top of the text, nor
    is the caption of a figure there."""
    texts = [index for index, block in enumerate(blocks) if _reads(block) and not opens_caption(block.text)]
    alike = [index for index in texts if _alike(blocks[index], last)]
    return list(blocks[alike[0] + 1 :]) if alike else []


def _reads(block: Block) -> bool:
    """Running text, no cell of a table or word by itself."""
    return len(block.lines) > 1 and block.word_count >= 8


def _sidebars(page: Page, blocks: Sequence[Block]) -> list[Box]:
    """Boxes round a few of a column's blocks: what stands in them is another text."""
    result = []
    for box in (*(panel.box for panel in page.panels), *frames(page.strokes)):
        inside = [block for block in blocks if block.box is not None and box.contains(block.box, 1.0)]
        if inside and 2 * sum(letters(b.text) for b in inside) < sum(letters(b.text) for b in blocks):
            result.append(box)
    return result


def _below_a_box(page: Page, blocks: Sequence[Block], last: Block, column: Box) -> bool:
    """Whether the text goes on under a picture, or a box of other text, that has the top of the column."""
    onward = next((block for block in blocks if _alike(block, last)), None)
    if onward is None or onward.box is None or not _goes_on(onward, last):
        return False
    texts = [block.box for block in page.blocks if _reads(block) and block.box and not (block.in_picture or block.in_table)]
    boxes = [box for box in _boxes(page) if any(box.contains(text, 1.0) for text in texts)]
    boxes += [picture.box for picture in page.pictures if picture.box is not None and picture.use == "picture"]
    return any(
        box.y1 <= onward.box.y0 + 1.0
        and box.y1 >= column.y0 - APART * onward.size
        and box.x_overlap(column) >= 0.6 * column.width
        and box.width <= WIDER * column.width
        for box in boxes
    )


def _start(blocks: Sequence[Block], text: StyleKey) -> float:
    """Where a column's text begins: its own style, so that a running head over it does not count."""
    return min(block.box.y0 for block in blocks if block.box is not None and block.style.key == text)


def _text_style(one: Sequence[Block], two: Sequence[Block]) -> tuple[StyleKey, StyleKey]:
    """The style of the text in each of two columns: the one that sets most of both, as notes may set most of one."""
    both = _common([*one, *two])
    if all(any(block.style.key == both for block in blocks) for blocks in (one, two)):
        return both, both
    return _common(one), _common(two)


def _common(blocks: Sequence[Block]) -> StyleKey:
    """The style that sets most of the letters."""
    counts: Counter[StyleKey] = Counter()
    for block in blocks:
        counts[block.style.key] += letters(block.text)
    return max(sorted(counts), key=lambda key: counts[key])


def _top(page: Page, column: Box, start: float, size: float) -> float:
    """The top of a column with the headings and pictures that stand right over its text. `size`: of its text, points."""
    over = [
        block.box
        for block in page.blocks
        if block.box is not None
        and not (_over_the_page(block, page, size) or (block.in_table and _beyond(block, page, column)))
    ]
    over += [picture.box for picture in page.pictures if picture.box is not None and picture.use == "picture"]
    top = start
    for box in sorted(over, key=lambda box: -box.y1):
        own = column.x0 - 3 <= box.centre[0] <= column.x1 + 3 and box.width <= WIDER * column.width
        if own and box.y0 < top and -size <= top - box.y1 <= APART * size and not _ruled_off(page, column, box.y1, top):
            top = box.y0
    return top


def _beyond(cell: Block, page: Page, column: Box) -> bool:
    """Whether a cell belongs to a table that is wider than the column."""
    return any(
        other.in_table
        and other.box is not None
        and cell.box is not None
        and other.box.y_overlap(cell.box) > 0
        and not column.x0 - 3 <= other.box.centre[0] <= column.x1 + 3
        for other in page.blocks
    )


def _ruled_off(page: Page, column: Box, upper: float, lower: float) -> bool:
    """Whether a rule across more than the column stands between: what is over it heads the page, not the column."""
    return any(
        stroke.horizontal
        and upper - 1 <= stroke.box.y0 <= lower + 1
        and stroke.box.width > WIDER * column.width
        and stroke.box.x_overlap(column) > 0.9 * column.width
        for stroke in page.strokes
    )


def _over_the_page(block: Block, page: Page, size: float) -> bool:
    """A running head or page number: at the very edge of the page, or in its head in smaller type than the text."""
    box = block.lines[0].box if len(block.lines) == 1 else None
    return box is not None and (at_edge(box, page.height) or (block.size <= 0.95 * size and in_zone(box, page.height)))


def _unfinished(block: Block, column: Box | None = None, least: float = 0.7) -> bool:
    """A paragraph whose last line is full and ends in the middle of a sentence. One line shows it in a known column only.

    `least`: the share of the paragraph's width that the last line fills.
    """
    last = block.lines[-1]
    text = last.text.rstrip()
    return (
        (len(block.lines) >= 2 or (column is not None and last.box.width >= 0.7 * column.width))
        and not ends_sentence(text)
        and not text.endswith((":", ";"))
        and letters(text) >= 8
        and block.box is not None
        and last.box.x1 >= block.box.x0 + least * block.box.width
    )


def _goes_on(block: Block, last: Block) -> bool:
    """Whether a block opens in the middle of a sentence, in the style of the one that broke off."""
    first = block.text.lstrip("“‘\"'(")[:1]
    return first.islower() and list_mark(block.text) is None and not block.bulleted and _alike(block, last)


def _alike(one: Block, other: Block) -> bool:
    """Whether two blocks are set in one style. Typesetters stretch letters by a few per cent to justify a line."""
    (family, size, *look), (other_family, other_size, *other_look) = one.style.key, other.style.key
    return (family, look) == (other_family, other_look) and abs(size - other_size) <= 0.06 * size


def _fresh(held: dict[int, list[Block]], block: Block) -> bool:
    """Whether what stands above a block in its column has come to an end, so that it is no carry-on of that."""
    for blocks in held.values():
        for before, after in itertools.pairwise(blocks):
            if after is block:
                return ends_sentence(before.text) or before.style.key != block.style.key
    return True


def _across(page: Page, columns: Sequence[Column], held: dict[int, list[Block]]) -> list[Join]:
    boxes = _boxes(page)
    things: list[tuple[Box, Literal["picture", "box", "heading"], str]] = []
    things += [(item.box, "picture", item.name) for item in page.pictures if item.box and item.use == "picture"]
    things += [(box, "box", "") for box in boxes]
    things += [
        (block.box, "heading", block.text)
        for block in page.blocks
        if block.box is not None and block.column is None and len(block.lines) <= 3 and block.word_count <= 25
    ]
    result = []
    texts = [block for blocks in held.values() for block in blocks]
    for box, kind, text in things:
        spanned = [column.box for column in columns if column.box.x_overlap(box) >= 0.6 * column.box.width]
        if box.height > 0.6 * page.height or not any(
            one.x1 <= two.x0 + 3 for one in spanned for two in spanned if one is not two
        ):
            continue
        under = [b for b in texts if b.box and b.box.x_overlap(box) > 0 and -3 <= b.box.y0 - box.y1 <= 4 * b.size]
        over = [b for b in texts if b.box and b.box.x_overlap(box) > 0 and -3 <= box.y0 - b.box.y1 <= 4 * b.size]
        # A small letter at the start below says that a sentence was cut, however short the last line above the cut fell.
        broken = [(b, a) for b in over if _unfinished(b, least=0.2) for a in under if _goes_on(a, b)]
        if broken:
            result.append(Join(page.number or 0, box, text or broken[0][0].text, False, kind))
        elif kind != "heading" and not _heads(page, box) and (story := _one_story(page, box, spanned, texts)):
            result.append(Join(page.number or 0, box, text or story.text, False, kind))
    return result


def _boxes(page: Page) -> list[Box]:
    """The boxes on a page that can be seen: outlined, tinted, or drawn with four lines."""
    seen = [panel.box for panel in page.panels if panel.outlined or (panel.fill is not None and min(panel.fill) < 0.99)]
    return seen + frames(page.strokes)


def _heads(page: Page, box: Box) -> bool:
    """Whether a box holds columns itself, is a mere bar, or holds nothing but a heading: what follows is another story."""
    inside = [block for block in page.blocks if block.box is not None and box.contains(block.box, 2.0)]
    if any(len(block.lines) > 3 for block in inside) or box.height < LEAST_BOX:
        return True
    return 0 < len(inside) <= 2 and all(_may_head(block) for block in inside)


def _may_head(block: Block) -> bool:
    return len(block.lines) <= 3 and not ends_sentence(block.text) and block.word_count <= 25


def _one_story(page: Page, box: Box, spanned: Sequence[Box], texts: Sequence[Block]) -> Block | None:
    """The text that stands above a thing in two columns or more and goes on below it in each, with no heading between."""
    found = []
    for column in spanned:
        own = [block for block in texts if block.box is not None and _reads(block) and column.contains(block.box, 3.0)]
        above = [b for b in own if b.box and -3 <= box.y0 - b.box.y1 <= ENDS_ABOVE * b.size]
        below = [b for b in own if b.box and -3 <= b.box.y0 - box.y1 <= 4 * b.size]
        if not above or not below:
            continue
        last = max(above, key=lambda block: block.lines[-1].baseline)
        first = min(below, key=lambda block: block.lines[0].baseline)
        between = Box(column.x0, box.y1 - 3.0, column.x1, first.lines[0].box.y0)
        headed = any(
            block is not first
            and block.box is not None
            and block.box.shared_area(between) > 0.5 * block.box.area
            and (block.size > first.size or (block.style.weight or 400) > (first.style.weight or 400))
            for block in page.blocks
        )
        if _alike(first, last) and not headed:
            found.append(last)
    return found[0] if len(found) > 1 else None
