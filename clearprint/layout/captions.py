"""Which short texts belong to a picture as its caption."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.geometry import Box
from clearprint.layout.patterns import ends_sentence, list_mark, opens_caption
from clearprint.model import Block, Page, letters

REACH = 24.0  # points between a picture and its caption
CLOSE = 0.8  # em under a picture: no text that is not about it stands so near
APART = 0.3  # em by which what follows stands farther off
MOST_WORDS = 15  # of a caption in the type of the body
KEY_WORDS = 2  # of what a sign in a picture means
KEY_GAP = 1.0  # em between a sign and what it means
KEY_HEIGHT = 0.7, 2.2  # em: a sign in a line
FEWEST_KEYS = 2
MOST_SIGNS = 200
_NO_PICTURE = ("ground", "icon", "logo", "code")


def caption_of(box: Box, texts: Sequence[Block], size: float, keys: frozenset[Box] = frozenset()) -> Block | None:
    """The nearest short text that is small, italic, tagged or worded as a caption and stands along the picture's side.

    Where there is none, a line of body type close under it. `size`: of the body, points; `keys`: boxes of what `keys_of` finds.
    """
    best: tuple[float, Block] | None = None
    for block in texts:
        if block.box is None or block.in_table or block.word_count > 60 or len(block.lines) > 6:
            continue
        apart = block.box.distance(box)
        if apart > REACH or block.box.shared_area(box) > 0.3 * block.box.area:
            continue
        along = block.box.x_overlap(box) > 0.5 * block.box.width or block.box.y_overlap(box) > 0.5 * block.box.height
        quiet = block.size <= 0.93 * size or bool(block.style.italic) or block.hint == "caption" or block.box in keys
        if along and (quiet or opens_caption(block.text)) and (best is None or apart < best[0]):
            best = apart, block
    return best[1] if best else next((block for block in texts if names_picture(box, block, texts)), None)


def keys_of(page: Page) -> frozenset[int]:
    """Indices of the blocks that say what a sign in a picture means: a word or two behind the sign, once for each of several
    signs of one size."""
    icons = [item.box for item in page.pictures if item.use == "icon" and item.kind == "raster" and item.box is not None]
    signs = [box for box in icons if 0 < box.area < page.width * page.height][:MOST_SIGNS]
    if len(signs) < FEWEST_KEYS:
        return frozenset()
    groups: dict[tuple[int, int], set[int]] = {}
    for index, block in enumerate(page.blocks):
        own = block.box
        if own is None or len(block.lines) != 1 or not 0 < block.word_count <= KEY_WORDS or block.in_table:
            continue
        if block.hint in ("heading", "title", "list", "table") or ends_sentence(block.text) or letters(block.text) < 2:
            continue
        for sign in signs:
            fits = KEY_HEIGHT[0] * block.size <= sign.height <= KEY_HEIGHT[1] * block.size
            before = -1.0 <= own.x0 - sign.x1 <= KEY_GAP * block.size
            if fits and before and sign.y0 <= own.centre[1] <= sign.y1:
                groups.setdefault((round(sign.width), round(sign.height)), set()).add(index)
    return frozenset(index for group in groups.values() if len(group) >= FEWEST_KEYS for index in group)


def names_picture(box: Box, block: Block, texts: Sequence[Block]) -> bool:
    """Whether one or two lines of body type close under a picture name it: begun at its edge or set on its middle, no wider,
    no sentence, and nearer to it than to what follows."""
    own = block.box
    if own is None or len(block.lines) > 2 or not 0 < block.word_count <= MOST_WORDS or block.in_table or block.in_picture:
        return False
    gap = own.y0 - box.y1
    if not -1.0 <= gap <= CLOSE * block.size or block.hint in ("heading", "title", "list", "table"):
        return False
    if ends_sentence(block.text) or block.text.rstrip().endswith(":") or list_mark(block.text) or letters(block.text) < 3:
        return False
    within = own.x0 >= box.x0 - 2.0 and own.x1 <= box.x1 + 2.0
    placed = abs(own.x0 - box.x0) <= block.size or abs(own.centre[0] - box.centre[0]) <= block.size
    if not (within and placed):
        return False
    return not any(
        other is not block
        and other.box is not None
        and other.box.x_overlap(own) > 0
        and other.box.y1 > own.y1
        and other.box.y0 - own.y1 < gap + APART * block.size
        for other in texts
    )


def beside_picture(page: Page, block: Block) -> bool:
    """Right under, over or beside a picture, and no wider."""
    box = block.box
    if box is None:
        return False
    for picture in page.pictures:
        if picture.box is None or picture.use in _NO_PICTURE:
            continue
        over = box.x_overlap(picture.box) >= 0.6 * min(box.width, picture.box.width)
        reach = max(14.0, 1.8 * block.size)
        below = -2 <= box.y0 - picture.box.y1 <= reach
        above = -2 <= picture.box.y0 - box.y1 <= 0.7 * reach
        wide = box.width <= 1.15 * picture.box.width + 6
        aside = box.y_overlap(picture.box) >= 0.7 * box.height and 0 <= -box.x_overlap(picture.box) <= reach
        if (over and wide and (below or above)) or (aside and box.width <= picture.box.width):
            return True
    return False


def captions_in_body(page: Page) -> frozenset[int]:
    """Indices of the blocks in body type that name a picture right over them."""
    boxes = [item.box for item in page.pictures if item.box is not None and item.use not in _NO_PICTURE]
    if not boxes:
        return frozenset()
    return frozenset(
        index
        for index, block in enumerate(page.blocks)
        if len(block.lines) <= 2 and any(names_picture(box, block, page.blocks) for box in boxes)
    )
