"""What stands round what: pictures and their captions, wraps, overlaps, joins of columns, margins, coverage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from clearprint.colour import luminance
from clearprint.geometry import Box, hull
from clearprint.layout.bars import labels_of_bars
from clearprint.layout.captions import caption_of, keys_of
from clearprint.layout.joins import joins
from clearprint.layout.labels import MOST_WORDS, labels_of_chart, labels_on_all_sides, short_blocks
from clearprint.layout.overlaps import covered, is_watermark, overlaps, text_behind, words_of
from clearprint.layout.wraps import wraps
from clearprint.model import Block, Line, Marks, Page, Picture, Word, letters

BLEED = 1.5  # points: a picture this near the edge runs off the page
SIGN = 1.2  # em: a letter or two, which say nothing by themselves
FEWEST_WORDS = 5  # that can make the picture behind them ground
_ROUND = 2.0  # points that a picture may reach over its frame
_LARGEST_FIGURE = 0.6  # of the page: a larger frame is the page's own
SET_APART = ("picture", "code", "logo")  # what text must keep clear of
_CELLS = 100  # squares across the page when its covered share is counted


def surround(page: Page, marks: Marks) -> Page:
    """The page with everything that follows from how its parts stand to each other."""
    page = replace(page, pictures=_grounds(page))
    size = _body_size(page.blocks)
    pitch = _pitch(page.blocks, size)
    texts = [block for block in page.blocks if block.box is not None and not is_watermark(page, block)]
    drawn = any(picture.kind == "drawing" and picture.use == "picture" for picture in page.pictures)
    short = short_blocks(page, None) if drawn else []
    keys = frozenset(box for index in keys_of(page) if (box := page.blocks[index].box) is not None)
    pictures = tuple(
        _surrounded(page, picture, texts, size, pitch, short, keys)
        if picture.use in ("picture", "code", "logo") and picture.box
        else picture
        for picture in page.pictures
    )
    page = replace(page, pictures=pictures)
    return replace(
        page,
        wraps=page.wraps + wraps(page, size),
        overlaps=page.overlaps + overlaps(page),
        joins=page.joins + joins(page),
        margins=page.margins or _margins(page, texts),
        coverage=marks.coverage if marks.coverage is not None else _coverage(page, texts),
        text_behind=page.text_behind or text_behind(page),
    )


def _body_size(blocks: Sequence[Block]) -> float:
    """The commonest size of the page's paragraphs, by letters."""
    for fewest in (2, 1):
        sizes: Counter[float] = Counter()
        for block in blocks:
            if len(block.lines) >= fewest and not block.in_table:
                sizes[round(block.size, 1)] += letters(block.text)
        if sizes:
            return max(sorted(sizes), key=lambda size: sizes[size])
    return 12.0


def _pitch(blocks: Sequence[Block], size: float) -> float:
    pitches: Counter[float] = Counter()
    for block in blocks:
        if block.leading is not None and abs(block.size - size) < 0.6:
            pitches[round(block.leading, 1)] += len(block.lines)
    return max(sorted(pitches), key=lambda pitch: pitches[pitch], default=1.25 * size)


def _grounds(page: Page) -> tuple[Picture, ...]:
    """Pictures; those behind over half of the page's text, and those of one even tone, marked as ground."""
    page = replace(page, pictures=tuple(_tint(item) for item in page.pictures))
    big = [item for item in page.pictures if item.box and item.use == "picture" and item.kind == "raster"]
    big = [item for item in big if item.box and item.box.area > 0.25 * page.width * page.height]
    if not big:
        return page.pictures
    words = [word for word in words_of(page) if letters(word.text)]
    behind = {
        id(item)
        for item in big
        if item.box and len(words) >= FEWEST_WORDS and sum(covered(word, item.box) for word in words) > 0.5 * len(words)
    }
    return tuple(replace(item, use="ground") if id(item) in behind else item for item in page.pictures)


def _tint(picture: Picture) -> Picture:
    """A raster of one even tone shows nothing: it is a tint."""
    even = picture.use == "picture" and picture.kind == "raster" and picture.tonal_range == 0.0
    return replace(picture, use="ground") if even else picture


def _surrounded(
    page: Page,
    picture: Picture,
    texts: Sequence[Block],
    size: float,
    pitch: float,
    short: list[tuple[int, Block]],
    keys: frozenset[Box],
) -> Picture:
    box = picture.box
    if box is None:
        return picture
    labels = _labels_in_frame(page, box, texts, size)
    if picture.kind == "drawing":
        labels |= labels_on_all_sides(page, box, short)
        labels |= {own for index in labels_of_bars(page, box) if (own := page.blocks[index].box) is not None}
    if picture.thinnest is not None:
        labels |= labels_of_chart(page, box, short)
    texts = [block for block in texts if block.box not in labels] if labels else texts
    caption = caption_of(box, texts, size, keys)
    parts = picture.outline or (box,)
    if picture.ink and _on_paper(page, box):
        parts = picture.ink  # its white margin is paper
    box = hull(parts)
    mates = [item.box for item in page.pictures if item.box and item is not picture and item.box.distance(box) == 0]
    far = float(page.width + page.height)
    nearest, to_caption = far, None
    over: list[Line] = []
    even = whole = True
    for block in texts:
        if block.box is None or (block is not caption and block.box.distance(box) >= max(nearest, 0.01)):
            continue
        if block is not caption and _is_label(block, picture, mates, size):
            continue
        for line in block.lines:
            if not letters(line.text):
                continue
            apart, on = _meeting(page, line, box, parts, 0.0 if block is caption else nearest)
            if on:
                over.append(line)
                whole = whole and len(block.lines) <= 2  # the last line of a paragraph is no title
                even = even and all(word.ground is not None and word.ground.kind == "flat" for word in on)
                apart = 0.0
            if apart is None:
                continue
            if block is caption:
                to_caption = apart if to_caption is None else min(to_caption, apart)
            else:
                nearest = min(nearest, apart)
    titled = bool(over) and len(over) <= 2 and even and whole and sum(len(line.text.split()) for line in over) <= 15
    return replace(
        picture,
        clearance=nearest if nearest < far else None,  # None: no text is on the page
        caption_clearance=to_caption,
        overlaps_text=bool(over),
        title_on_even_part=titled,
        text_leading=pitch,
    )


def _on_paper(page: Page, box: Box) -> bool:
    """Whether nothing tinted lies behind a picture, on which a white margin would show."""
    tints = [panel.box for panel in page.panels if panel.fill is not None and luminance(panel.fill) < 0.95]
    tints += [item.box for item in page.pictures if item.use == "ground" and item.box is not None]
    return not any(tint.intersection(box) for tint in tints)


def _is_label(block: Block, picture: Picture, mates: Sequence[Box], size: float) -> bool:
    """Text inside a drawing, or a few small words on a figure made of several touching pictures."""
    if block.box is None or picture.box is None:
        return False
    if block.in_picture and any(box.contains(block.box, 6) for box in (picture.box, *mates)):
        return True
    if picture.kind == "drawing" and block.box.width <= SIGN * block.size and block.box.distance(picture.box) == 0:
        return True  # the figure on a key; its text may be what a file says in its stead
    whole = hull([picture.box, *mates])
    return bool(mates) and block.word_count <= 5 and block.size <= 1.05 * size and whole.contains(block.box, 2)


def _labels_in_frame(page: Page, picture: Box, texts: Sequence[Block], size: float) -> frozenset[Box]:
    """The words in the frame round a picture, where a frame holds nothing else but a few short ones: the labels of a figure."""
    frames = [panel.box for panel in page.panels if panel.outlined and panel.box.contains(picture, _ROUND)]
    frame = min(frames, key=lambda box: box.area, default=None)
    if frame is None or frame.area > _LARGEST_FIGURE * page.width * page.height:
        return frozenset()
    inside = [block for block in texts if block.box is not None and frame.contains(block.box, 1.0)]
    if any(block.word_count > MOST_WORDS or block.size > 1.05 * size for block in inside):
        return frozenset()
    return frozenset(block.box for block in inside if block.box is not None)


def _meeting(page: Page, line: Line, box: Box, parts: Sequence[Box], limit: float) -> tuple[float | None, list[Word]]:
    """How far a line stands from a picture, and which of its words lie on it. None: the picture is not seen there.

    `parts`: what of the picture is seen, where that is not its whole box. Lines that stand `limit` away need no closer look.
    """
    apart = line.box.distance(box)
    if apart > 0 and len(parts) == 1:
        return apart, []
    if len(parts) > 1 and min(line.box.distance(part) for part in parts) >= limit > 0:
        return None, []  # others stand nearer
    on: list[Word] = []
    nearest: float | None = None
    for word in line.words or ():
        gap = min(word.box.distance(part) for part in parts)
        if gap > 0:
            nearest = gap if nearest is None else min(nearest, gap)
            continue
        shared = [common for part in parts if (common := word.box.intersection(part)) is not None]
        if not shared or hull(shared).width < 0.5 or hull(shared).height < 0.5:
            nearest = 0.0
        elif word.ground is not None and (word.ground.kind == "paper" or _on_panel(page, word, box)):
            continue  # a cut-out's empty corner, or a panel laid over the picture
        else:
            on.append(word)
    return nearest, on


def _on_panel(page: Page, word: Word, box: Box) -> bool:
    return (
        word.ground is not None
        and word.ground.kind == "flat"
        and any(
            panel.fill is not None and panel.box.contains(word.box, 1.0) and panel.box.area < 0.9 * box.area
            for panel in page.panels
        )
    )


def _margins(page: Page, texts: Sequence[Block]) -> tuple[float, float, float, float] | None:
    """White at the left, top, right and bottom. A picture that runs off the page leaves that side to the text."""
    lefts, tops, rights, bottoms = [], [], [], []
    boxes = [(block.box, False) for block in texts if block.text.strip()]
    boxes += [(item.box, True) for item in page.pictures if item.use in ("picture", "logo", "code")]
    for box, picture in boxes:
        if box is None:
            continue
        if not (picture and box.x0 <= BLEED):
            lefts.append(box.x0)
        if not (picture and box.y0 <= BLEED):
            tops.append(box.y0)
        if not (picture and box.x1 >= page.width - BLEED):
            rights.append(page.width - box.x1)
        if not (picture and box.y1 >= page.height - BLEED):
            bottoms.append(page.height - box.y1)
    if not (lefts and tops and rights and bottoms):
        return None
    return min(lefts), min(tops), min(rights), min(bottoms)


def _coverage(page: Page, texts: Sequence[Block]) -> float | None:
    """Share of the page under text, pictures and panels, counted in squares; grounds and white panels are left out."""
    if not (0 < page.width < 1e6 and 0 < page.height < 1e6):
        return None
    sheet = page.width * page.height
    boxes = [line.box for block in texts for line in block.lines]
    boxes += [item.box for item in page.pictures if item.box and item.use != "ground"]
    boxes += [
        panel.box
        for panel in page.panels
        if panel.fill is not None and luminance(panel.fill) < 0.95 and panel.box.area < 0.85 * sheet
    ]
    rows = [0] * _CELLS
    across, down = _CELLS / page.width, _CELLS / page.height
    for box in boxes:
        if not all(-1e6 < value < 1e6 for value in box):
            continue
        x0, x1 = max(0, round(box.x0 * across)), min(_CELLS, round(box.x1 * across))
        y0, y1 = max(0, round(box.y0 * down)), min(_CELLS, round(box.y1 * down))
        if x1 > x0:
            mask = ((1 << (x1 - x0)) - 1) << x0
            for row in range(y0, y1):
                rows[row] |= mask
    return sum(row.bit_count() for row in rows) / _CELLS**2
