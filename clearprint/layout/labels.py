"""Labels that stand round a drawing rather than in it: the names of a pie chart's slices, of a map's places."""

from __future__ import annotations

from clearprint.layout.patterns import ends_sentence, list_mark
from clearprint.model import Block, Page, StyleKey, letters

REACH = 1.5  # em from the drawing
FEWEST = 4  # of one style round one drawing
MOST_WORDS = 5
LARGEST = 1.2  # times the body: larger type heads something


def labels_round_drawings(page: Page, body: StyleKey | None) -> frozenset[int]:
    """Indices of the blocks that are such labels."""
    found: set[int] = set()
    short = [(index, block) for index, block in enumerate(page.blocks) if _short(block, body)]
    if len(short) < FEWEST:
        return frozenset()
    for picture in page.pictures:
        if picture.kind != "drawing" or picture.use != "picture" or picture.box is None:
            continue
        groups: dict[StyleKey, list[int]] = {}
        for index, block in short:
            if block.box is not None and block.box.distance(picture.box) <= REACH * block.size:
                groups.setdefault(block.style.key, []).append(index)
        for group in groups.values():
            if len(group) >= FEWEST:
                found.update(group)
    return frozenset(found)


def _short(block: Block, body: StyleKey | None) -> bool:
    """A few words in type no larger and no bolder than the body's."""
    if block.box is None or block.in_table or len(block.lines) > 2 or not 0 < block.word_count <= MOST_WORDS:
        return False
    if block.hint in ("heading", "title", "list", "caption") or ends_sentence(block.text) or list_mark(block.text):
        return False
    if not letters(block.text):
        return False
    key = block.style.key
    return body is None or (key[1] <= LARGEST * body[1] and key[2] <= body[2] + 100)
