"""Headings: what may be one on its page, and what stands out in its document.

A heading is known by its tag or style, else by being 1 to 3 lines without a full stop, 8 % larger or heavier than the body and
nearer to what follows than to what stands before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace

from clearprint.colour import luminance
from clearprint.geometry import Box, hull
from clearprint.layout.forms import labels_of_places
from clearprint.layout.neighbours import neighbours
from clearprint.layout.patterns import ends_sentence, leads_elsewhere, list_mark
from clearprint.layout.short import HEAVIER, MOST_WORDS, has_even_weight, is_numbered_head, is_short
from clearprint.layout.sideheads import side_heads
from clearprint.layout.strips import spaceless
from clearprint.model import Block, Page, PageSummary, StyleKey, letters

LARGER = 1.08
MOST_IN_TITLE = 15  # words of a line over the text of the first page
SOME_WORDS = 6  # that make a line of text, not the next label or cell
SPACED = 0.8  # em of white that parts headings of one style; less is a list or an address
STACKED = 0.5  # em: lines no further apart stand in one stack
MUCH_LARGER = 1.2
WHITE = 0.5  # em over a heading at least, where it is known by others
UNEVEN = 1.6  # times the white over it: so much may stand under it
UNEVEN_DISPLAY = 2.2  # the same of much larger type: where paragraphs have white of their own, it comes on top
MOSTLY = 0.5  # share of a style's letters that stand in headings, or it is no heading's style
CAPITALS = 0.75  # times the body: capitals so large are taller than its small letters
DISPLAY = 1.5  # times the body: type so large heads something wherever it stands
BOLD_DISPLAY = 1.25  # the same of type that is heavier too


def stands_out(key: StyleKey, body: StyleKey | None, text: str = "", over: StyleKey | None = None) -> bool:
    """Larger or heavier than the body, or as large as the text it stands `over` and heavier: a heading in small print."""
    if body is None:
        return False
    if key[1] >= body[1] * LARGER - 0.01:
        return True
    if over is not None and key[1] >= 0.98 * over[1] and heavier(key, over):
        return True
    least = CAPITALS if text.isupper() else 0.9  # small capital letters still stand taller than the body's small ones
    return heavier(key, body) and key[1] >= body[1] * least


def heavier(key: StyleKey, other: StyleKey) -> bool:
    """Whether a style is bolder than another by so much that it shows."""
    return bool(key[2] and other[2]) and key[2] - other[2] >= HEAVIER


def text_styles(summary: PageSummary, body: StyleKey | None) -> frozenset[StyleKey]:
    """Styles larger than the body and no heavier that set more text than headings: a leading paragraph, an address, cells."""
    if body is None:
        return frozenset()
    heading: Counter[StyleKey] = Counter()
    for use in summary.headings:
        heading[use.key] += letters(use.place.text)
    return frozenset(
        key
        for key, count in heading.items()
        if key[1] < DISPLAY * body[1] and not heavier(key, body) and count < MOSTLY * summary.letters_by_style[key]
    )


def outvoted(block: Block, body: StyleKey | None) -> bool:
    """Whether a block that a tag or style calls a heading reads as a paragraph on the page."""
    key = block.style.key
    larger = body is not None and key[1] >= body[1] * LARGER
    if block.word_count >= 8 and ends_sentence(block.text) and not larger:
        return True
    return len(block.lines) > 3 and block.word_count > MOST_WORDS and not larger


def is_display(block: Block, body: StyleKey | None) -> bool:
    """A few words in type so much larger than the body that they head something, whatever they stand nearer to."""
    if body is None or not (is_short(block) and has_even_weight(block)):
        return False
    if block.text.lstrip()[:1] in "\"'“‘„«»":  # a pull quote
        return False
    if sum(map(str.isalpha, block.text)) <= sum(map(str.isdigit, block.text)):
        return False  # a date, a sum
    key = block.style.key
    return key[1] >= (BOLD_DISPLAY if heavier(key, body) else DISPLAY) * body[1] - 0.01


def candidates(page: Page) -> dict[int, StyleKey | None]:
    """The blocks that their page lets be headings, by index; whether they stand out is for the survey to say.

    Each with the style of the running text right below it, where there is some.
    """
    if not page.laid_out:
        return {index: None for index, block in enumerate(page.blocks) if _is_named(block) or is_short(block)}
    usual = _usual_size(page)
    forms = labels_of_places(page)
    found = [
        index
        for index, block in enumerate(page.blocks)
        if _is_named(block)
        or (
            (is_short(block) or (_heads_rows(block) and (forms or _on_band(page, block))))
            and block.box
            and (block.size >= 1.2 * usual or (index not in forms and has_even_weight(block)))
        )
    ]
    below = neighbours(page.blocks, sorted({*found, *forms}))
    sides = side_heads(page) - forms
    heads = [
        index
        for index in found
        if _is_named(page.blocks[index])
        or (_leads(page, index, below) and (_below(below, index) in forms | sides or _has_text(page, index, below)))
        or (_below(below, index) in forms and _leads_rows(page, index, below))
    ]
    heads += _title_lines(page, heads)
    heads += [index for index in sides if index not in heads]
    known = set(heads)
    heads += [index for index in found if index not in known and _between_heads(page.blocks, index, below, known)]
    heads += [index for index in found if index not in heads and index not in forms and _like_others(page, index, below, known)]
    return {
        index: None if _is_part(page, index) else _text_style(page, _below(below, index))
        for index in sorted(heads)
        if _is_named(page.blocks[index]) or not _goes_on_after_dash(page.blocks, index, _below(below, index))
    }


def _title_lines(page: Page, heads: Collection[int]) -> list[int]:
    """The lines at the top of the first page, set on its middle, over all of its text: what the document calls itself."""
    if page.number != 1:
        return []
    texts = [
        block.box.y0
        for block in page.blocks
        if block.box is not None and (ends_sentence(block.text) or len(block.lines) > 3) and block.word_count >= SOME_WORDS
    ]
    first = min(texts, default=0.0)
    return [
        index
        for index, block in enumerate(page.blocks)
        if block.box is not None
        and block.box.y1 <= first
        and block.box.y1 < 0.5 * page.height
        and block.centred_on is not None
        and block.word_count <= MOST_IN_TITLE
        and index not in heads
        and is_short(block)
        and has_even_weight(block)
    ]


def _between_heads(
    blocks: Sequence[Block], index: int, below: dict[int, tuple[int | None, int | None]], heads: Collection[int]
) -> bool:
    """Whether a line stands right between two headings in its own style: one of a stack of them, set apart by white."""
    around = below.get(index, (None, None))
    return (
        all(other in heads and blocks[other].style.key == blocks[index].style.key for other in around if other is not None)
        and None not in around
    )


def _like_others(page: Page, index: int, below: dict[int, tuple[int | None, int | None]], heads: Collection[int]) -> bool:
    """Whether a bold line has white before and after it, if a little more after it, and is numbered or set as two headings
    of its page are: as one, where it is larger too."""
    before, after = below.get(index, (None, None))
    block = page.blocks[index]
    if before is None or after is None or block.box is None or not _has_text(page, index, below):
        return False
    around = [page.blocks[other] for other in (before, after)]
    above, under = (other.box for other in around)
    twins = [other in heads and page.blocks[other].style.key == block.style.key for other in (before, after)]
    plain = [other for other, twin in zip(around, twins, strict=True) if not twin]
    if (
        above is None
        or under is None
        or any(not heavier(block.style.key, other.style.key) and block.size < MUCH_LARGER * other.size for other in plain)
    ):
        return False
    up, down = block.box.y0 - above.y1, under.y0 - block.box.y1
    # so much larger and bolder than the text before and after it, as roles read it too
    display = len(plain) == 2 and all(
        block.size >= BOLD_DISPLAY * other.size and heavier(block.style.key, other.style.key) for other in plain
    )
    uneven = UNEVEN_DISPLAY if display else UNEVEN
    apart = up >= WHITE * block.size and (down <= uneven * up + 0.5 or twins[1])
    if not apart or block.text.rstrip().endswith(":"):
        return False
    numbered = is_numbered_head(block) and len(block.lines) == 1
    alike = sum(page.blocks[other].style.key == block.style.key for other in heads)
    both = all(heavier(block.style.key, other.style.key) and block.size >= LARGER * other.size for other in plain)
    return display or numbered or alike > (0 if both else 1)


def _text_style(page: Page, index: int | None) -> StyleKey | None:
    """The style of a block that is running text: lines that go on, a sentence, an item of a list."""
    if index is None:
        return None
    block = page.blocks[index]
    runs = len(block.lines) > 1 or ends_sentence(block.text) or list_mark(block.text)
    return block.style.key if runs and block.word_count >= SOME_WORDS and not block.in_table else None


def _is_part(page: Page, index: int) -> bool:
    """Whether a line goes on, or has others in its style at its height: heads of the columns of a table."""
    block = page.blocks[index]
    box = block.box
    if block.text.rstrip()[-1:] in ",;":
        return True
    return box is not None and any(
        other is not block
        and other.box is not None
        and other.style.key == block.style.key
        and len(other.lines) == len(block.lines) == 1
        and (block.column is None or other.column in (None, block.column))  # by chance at one height in two columns
        and other.box.y_overlap(box) > 0.7 * box.height
        for other in page.blocks
    )


def _is_named(block: Block) -> bool:
    """Whether a tag or style calls a block a heading, and it says something: signs of a pictograph face do not."""
    return block.hint == "heading" and letters(block.text) > 0


def _below(below: dict[int, tuple[int | None, int | None]], index: int) -> int | None:
    return below.get(index, (None, None))[1]


def _leads_rows(page: Page, index: int, below: dict[int, tuple[int | None, int | None]]) -> bool:
    """Whether a line over the labels of a form heads them though it stands nearer to the text before.

    Set on a band of its own, or in bold between plain lines and at the left edge of the label that follows.
    """
    block = page.blocks[index]
    before, after = below.get(index, (None, None))
    if block.box is None or after is None or len(block.lines) != 1:
        return False
    if _on_band(page, block):
        return True
    label = page.blocks[after].box
    heavier = [page.blocks[other] for other in (before, after) if other is not None]
    return (
        label is not None
        and label.y0 - block.box.y1 <= 2 * block.size
        and abs(label.x0 - block.box.x0) <= 2
        and all((block.style.weight or 0) - (other.style.weight or 400) >= HEAVIER for other in heavier)
    )


def _on_band(page: Page, block: Block) -> bool:
    """Whether a line stands on a tint of its own height that runs on past its end."""
    box = block.box
    return box is not None and any(
        panel.box.height <= 3 * block.size
        and panel.box.width >= 2 * box.width
        and panel.fill is not None
        and luminance(panel.fill) < 0.95
        and panel.box.shared_area(box) > 0.6 * box.area
        for panel in page.panels
    )


def _heads_rows(block: Block) -> bool:
    """A line that tags call a cell and the page does not: forms are often tagged as tables, their headings with them."""
    return block.hint == "table" and not block.in_table and is_short(replace(block, hint=None))


def _usual_size(page: Page) -> float:
    """The commonest size of the page's text, by letters."""
    sizes: Counter[float] = Counter()
    for block in page.blocks:
        sizes[round(block.size, 1)] += letters(block.text)
    return max(sorted(sizes), key=lambda size: sizes[size], default=12.0)


def _has_text(page: Page, index: int, below: dict[int, tuple[int | None, int | None]], depth: int = 0) -> bool:
    """Whether there is something below a short block that it can be the heading of: text, a list, a table, places to write."""
    block, after = page.blocks[index], below.get(index, (None, None))[1]
    if after is None or block.box is None:
        return False
    other = page.blocks[after]
    if other.box is None:
        return False
    if (
        other.word_count >= SOME_WORDS
        or other.hint in ("heading", "list", "contents")
        or other.bulleted
        or list_mark(other.text)
    ):
        return True
    if ends_sentence(other.text) and other.word_count > 1:
        return True
    if leads_elsewhere(other.text):
        return True
    if spaceless(other.text) and letters(other.text) >= 2 * SOME_WORDS:
        return True
    between = Box(block.box.x0, block.box.y1, max(block.box.x1, other.box.x1), other.box.y0 + 60.0)
    if any(item.box and item.use == "picture" and item.box.shared_area(between) > 0 for item in page.pictures):
        return True
    if sum(1 for item in page.fields if item.box and item.box.shared_area(between) > 0) > 1:
        return True
    if other.in_table:
        row = [cell.box for cell in page.blocks if cell.in_table and cell.box and cell.box.y_overlap(other.box) > 0]
        whole = hull(row)
        centred = block.centred_on is not None and whole.x0 <= block.box.x0 and block.box.x1 <= whole.x1
        middle = block.box.centre[0]
        centred = centred or any(
            abs(edge.centre[0] - middle) <= 0.5 * block.size for edge in _edges(page, block.box, other.box.y0)
        )
        return block.box.x0 <= whole.x0 + block.size or len(row) == 1 or centred
    if depth < 3 and after in below and other.style.key != block.style.key and other.size <= block.size:
        return _has_text(page, after, below, depth + 1)
    spaced = other.box.y0 - block.box.y1 >= SPACED * block.size
    if depth < 3 and spaced and other.style.key == block.style.key and is_short(other) and after in below:
        return _has_text(page, after, below, depth + 1)  # a heading over a heading
    level = abs(other.box.x0 - block.box.x0) <= block.size
    items = [
        item
        for item in page.blocks
        if item.box is not None
        and item.style.key == other.style.key
        and abs(item.box.x0 - other.box.x0) <= 1.0
        and other.box.y0 - 1.0 <= item.box.y0 <= other.box.y1 + 6 * other.size
    ]
    return level and len(items) > 1


def _edges(page: Page, box: Box, foot: float) -> list[Box]:
    """The rules and tints that begin between a block and what follows it: the top of a table."""
    edges = [item.box for item in page.strokes if item.horizontal] + [item.box for item in page.panels]
    return [edge for edge in edges if edge.x_overlap(box) > 0 and box.y1 <= edge.y0 <= foot]


def _leads(page: Page, index: int, below: dict[int, tuple[int | None, int | None]]) -> bool:
    """Whether a short block stands nearer to what follows it, and something does follow."""
    blocks = page.blocks
    before, after = below.get(index, (None, None))
    block = blocks[index]
    if before is not None and _is_head(page, blocks[before], block):
        before = None
    if after is None or block.box is None:
        return False
    following, preceding = blocks[after].box, blocks[before].box if before is not None else None
    if following is None:
        return False
    aside = block.box.x0 > following.centre[0] and following.width >= 2 * block.box.width and block.centred_on is None
    if aside and len(blocks[after].lines) > 1 and blocks[after].alignment != "right":
        return False  # at the right of what follows: its author, its date
    down = following.y0 - block.box.y1
    shown = [
        item.box for item in page.pictures if item.box and item.use in ("picture", "code") and item.box.x_overlap(block.box) > 0
    ]
    down = min([down, *(box.y0 - block.box.y1 for box in shown if box.y0 >= block.box.y1 - 1.0)])
    if blocks[after].in_table:  # a table begins with its ruling or its tint, not with the words in them
        down = min([down, *(edge.y0 - block.box.y1 for edge in _edges(page, block.box, following.y0))])
    if down > (4.5 if before is not None else 8.0) * max(block.size, blocks[after].size):
        return False
    if preceding is None or before is None:
        return True
    up = block.box.y0 - preceding.y1
    if blocks[after].text[:1].islower() and blocks[after].spans[0].style.key == block.style.key:
        return False  # a sentence that goes on
    same_before, same_after = (blocks[other].style.key == block.style.key for other in (before, after))
    listed = [blocks[other].hint == "list" for other in (before, after) if other is not None]
    if block.hint == "list" and ((same_before and listed[0]) or (same_after and listed[-1])):
        return False
    if same_before and blocks[before].in_table and up <= 1.5 * block.size:
        return False  # a row of the table that its ruling does not hold
    if (
        same_before
        and same_after
        and is_short(blocks[before])
        and is_short(blocks[after])
        and min(up, down) < SPACED * block.size
    ):
        return False  # a stack of lines in one style is a list or an address, not headings
    if blocks[before].style.key[1] > block.size * LARGER and is_short(blocks[before]):
        return True  # under a larger heading
    if max(up, down) < STACKED * block.size and all(_is_like_line(block, blocks[other]) for other in (before, after)):
        return False  # one line of an address, in another face
    return down <= up * 1.05 + 0.5


def _goes_on_after_dash(blocks: Sequence[Block], index: int, after: int | None) -> bool:
    """Whether the text right below opens with a dash that no other block opens with: the line goes on, and no list begins."""
    block = blocks[index].box
    dash, box = (blocks[after].text[:2], blocks[after].box) if after is not None else ("", None)
    if block is None or box is None or dash not in ("\u2013 ", "\u2014 ", "- "):
        return False
    return box.y0 - block.y1 < STACKED * blocks[index].size and sum(other.text[:2] == dash for other in blocks) == 1


def _is_like_line(block: Block, other: Block) -> bool:
    """Whether another line begins where a block does, of about its size and no lighter."""
    if block.box is None or other.box is None or len(other.lines) > 1 or heavier(block.style.key, other.style.key):
        return False
    return abs(other.box.x0 - block.box.x0) <= 1.0 and other.size >= block.size / DISPLAY and not ends_sentence(other.text)


def _is_head(page: Page, other: Block, block: Block) -> bool:
    """Whether what stands over a block is a line in the page's head, smaller than it: no text that it could belong to."""
    box = other.box
    return box is not None and len(other.lines) == 1 and other.size < block.size and box.y1 < 0.1 * page.height
