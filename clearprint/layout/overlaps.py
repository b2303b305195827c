"""Text over text, and pictures or watermarks behind paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from clearprint.colour import luminance
from clearprint.geometry import Box, hull
from clearprint.model import Block, Line, Overlap, Page, Picture, Place, Word, letters

SHADOW = 2.0  # points: the same words this near are one text painted twice
SHARE = 0.2  # of the smaller word covered by the other
FEWEST = 3  # letters on either side: accents set as signs of their own and marks in formulas touch their letters
LARGER = 2.0  # times the size: one sign of such type over letters is text over text
FEWEST_UNDER = 2  # letters below or above that sign
DESCENDING = frozenset("gjpqyQJç,;()[]{}ſþ")
DEEP = 0.35  # of the lower line's height: less is tight leading or an accent
TEXTURED = 0.05  # of the words on a picture: what so many words stand unevenly on is no tint or gradient


def overlaps(page: Page) -> tuple[Overlap, ...]:
    """Places where different words lie over each other: one for each pair of blocks."""
    rows: list[tuple[Line, int]] = []
    for index, block in enumerate(page.blocks):
        if block.in_picture or block.drop_capital or abs(block.angle) > 2 or is_watermark(page, block):
            continue
        rows += [(line, index) for line in block.lines if letters(line.text) and line.box.height > 0]
    rows.sort(key=lambda row: row[0].box.y0)
    found: dict[tuple[int, int], tuple[Box, str, str]] = {}
    open_rows: list[tuple[Line, int]] = []
    for line, index in rows:
        open_rows = [row for row in open_rows if row[0].box.y1 > line.box.y0]
        for other, owner in open_rows:
            if other.box.x_overlap(line.box) > 0 and _deep(line, other):
                met = _met(line, other)
                if met is not None:
                    key = min(index, owner), max(index, owner)
                    known = found.get(key)
                    box = met[0].union(known[0]) if known else met[0]
                    found[key] = (box, known[1], known[2]) if known else (box, met[1], met[2])
        open_rows.append((line, index))
    result = []
    for key in sorted(found):
        box, text, other_text = found[key]
        result.append(Overlap(Place(page.number, box, text, page.path), other_text))
    return tuple(result)


def _deep(one: Line, other: Line) -> bool:
    return one.box.y_overlap(other.box) > DEEP * min(one.box.height, other.box.height)


def _met(one: Line, other: Line) -> tuple[Box, str, str] | None:
    """The words of two lines that lie over each other; None when they are the same words or only touch."""
    if one.text == other.text and _near(one.box, other.box):
        return None
    level = abs(one.baseline - other.baseline) < 0.2 * min(one.size, other.size)
    mine: list[Word] = []
    theirs: list[Word] = []
    for word in one.words:
        if not letters(word.text) or word.box.x_overlap(other.box) <= 0:
            continue
        for rival in other.words:
            if not letters(rival.text):
                continue
            shared = _ink(word, rival).shared_area(_ink(rival, word))
            smaller = min(word.box.area, rival.box.area)
            if smaller <= 0 or shared < (0.3 if level else SHARE) * smaller:
                continue
            if word.text == rival.text and _near(word.box, rival.box):
                continue
            if word.style.raised != rival.style.raised and shared < 0.6 * smaller:
                continue
            mine.append(word)
            theirs.append(rival)
    if not mine:
        return None
    shared_boxes = [box for a, b in zip(mine, theirs, strict=True) if (box := a.box.intersection(b.box))]
    if min(_letters(mine), _letters(theirs)) < FEWEST and not any(
        _is_large_over(*pair) for pair in ((mine, theirs), (theirs, mine))
    ):
        return None
    return hull(shared_boxes), _text(mine), _text(theirs)


def _letters(words: Sequence[Word]) -> int:
    return sum(letters(word.text) for word in {id(word): word for word in words}.values())


def _is_large_over(large: Sequence[Word], small: Sequence[Word]) -> bool:
    """Whether few signs of much larger type, such as a figure behind the text, lie over words."""
    return _letters(small) >= FEWEST_UNDER and all(
        one.style.size >= LARGER * other.style.size for one, other in zip(large, small, strict=True)
    )


def _ink(word: Word, other: Word) -> Box:
    """A word's box against another; of much larger type without descenders no more than what it reaches."""
    box = word.box
    if (
        word.style.size < LARGER * other.style.size
        or word.angle
        or word.vertical
        or any(map(DESCENDING.__contains__, word.text))
    ):
        return box
    return Box(box.x0, box.y0, box.x1, max(box.y0, min(box.y1, word.baseline)))


def _near(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) <= SHADOW and abs(one.y0 - other.y0) <= SHADOW


def _text(words: Sequence[Word]) -> str:
    return " ".join(dict.fromkeys(word.text for word in words))


def is_watermark(page: Page, block: Block) -> bool:
    """A few very large pale words, turned or standing across the text."""
    if block.box is None or block.word_count > 4 or not block.spans:
        return False
    style = block.style
    pale = style.opacity < 0.6 or (style.colour is not None and luminance(style.colour) > 0.45)
    large = style.size >= 36 and (block.box.width >= 0.3 * page.width or block.box.height >= 0.3 * page.height)
    return block.hint == "watermark" or (pale and large and (abs(block.angle) > 15 or _crosses(page, block)))


def _crosses(page: Page, block: Block) -> bool:
    return block.box is not None and any(
        other is not block and len(other.lines) > 1 and other.box is not None and other.box.shared_area(block.box) > 0
        for other in page.blocks
    )


def text_behind(page: Page) -> tuple[Place, ...]:
    """Paragraphs that a picture or watermark lies behind."""
    watermarks = [block for block in page.blocks if is_watermark(page, block)]
    grounds = [picture for picture in page.pictures if picture.box is not None and picture.use in ("picture", "logo", "ground")]
    result = []
    for block in page.blocks:
        if block.box is None or block.in_picture or block in watermarks or len(block.lines) < 2 or block.word_count < 8:
            continue
        over_picture = any(_lies_on(page, block, picture) for picture in grounds)
        if over_picture or any(_touches(mark, block) for mark in watermarks):
            result.append(block.place)
    return tuple(result)


def _lies_on(page: Page, block: Block, picture: Picture) -> bool:
    """Whether a third of a paragraph's words stand on the picture itself, not on paper or an even panel over it."""
    if picture.box is None or block.box is None or block.box.shared_area(picture.box) <= 0:
        return False
    words = [word for line in block.lines for word in line.words]
    over = [word for word in words if covered(word, picture.box)]
    uneven = sum(map(_uneven, over))
    if over and uneven >= max(1, TEXTURED * len(over)):  # the sky of a photograph is as much behind the text as its trees
        uneven = sum(1 for word in over if _uneven(word) or (_flat(word) and not _on_panel(page, word)))
    return bool(words) and uneven >= len(words) / 3


def _uneven(word: Word) -> bool:
    return word.ground is None or word.ground.kind in ("picture", "uneven")


def _flat(word: Word) -> bool:
    return word.ground is not None and word.ground.kind == "flat"


def _on_panel(page: Page, word: Word) -> bool:
    """Whether a panel, and not the picture, may be the even ground of a word."""
    return any(panel.fill is not None and covered(word, panel.box) for panel in page.panels)


def covered(word: Word, box: Box) -> bool:
    """Whether most of a word lies in the box."""
    return word.box.shared_area(box) > 0.5 * word.box.area > 0


def _touches(mark: Block, block: Block) -> bool:
    return any(word.box.shared_area(line.box) > 0 for item in mark.lines for word in item.words for line in block.lines)


def words_of(page: Page) -> Iterator[Word]:
    for block in page.blocks:
        for line in block.lines:
            yield from line.words
