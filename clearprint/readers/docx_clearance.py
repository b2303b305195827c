"""The white that a picture in a paragraph of its own has above and below it, from the spacing of a DOCX."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clearprint.model import Picture
from clearprint.readers.docx_blocks import Set, Setter

_DESCENT = 0.22  # em below the baseline, of the line that a picture stands on and of letters such as g
_CAPITALS = 0.70  # em
_ERROR = 3.0  # points: programs share the space of a line out above and below it each in its own way
_MOST = 6  # empty paragraphs that are counted as white


def with_clearance(pictures: Sequence[Picture], items: Sequence[Set], index: int, setter: Setter) -> list[Picture]:
    """The pictures of a paragraph with the white between them and the paragraphs before and after, where that is known."""
    item = items[index]
    paragraph = item.paragraph
    where = paragraph.where
    alone = item.block is None and where.story == "body" and where.cell is None and where.shape is None
    inline = all(drawing.wrapping == "inline" and not drawing.shapes for drawing in paragraph.drawings)
    fixed = item.props.get("spacing", {}).get("rule") == "exact"  # there a picture is cut off by its line
    if not (alone and inline) or fixed or paragraph.controls:
        return list(pictures)
    above, below = _white(items, index, -1, setter), _white(items, index, 1, setter)
    if above is None and below is None:
        return list(pictures)
    text: list[float] = []
    caption: list[float] = []
    for found in (above, below):
        if found is not None:
            (caption if found[1].block is not None and found[1].block.hint == "caption" else text).append(found[0])
    if not text and not caption:
        return list(pictures)
    pitches = [found[1].likely for found in (above, below) if found is not None]
    return [
        replace(
            picture,
            clearance=min(text) if text else None,
            caption_clearance=min(caption) if caption else None,
            text_leading=max(pitches),
            clearance_error=_ERROR,
        )
        for picture in pictures
    ]


def _white(items: Sequence[Set], index: int, step: int, setter: Setter) -> tuple[float, Set] | None:
    """The white to the next text that way, and that text; None where something else, or nothing, stands there."""
    here = items[index]
    white = 0.0
    last = here
    for count in range(1, _MOST + 1):
        at = index + count * step
        if not 0 <= at < len(items):
            return None
        other = items[at]
        mine, theirs = here.paragraph.where, other.paragraph.where
        if theirs.story != mine.story or theirs.shape is not None or theirs.cell is not None:
            return None
        parted = other.paragraph.page_break or other.props.get("pageBreakBefore")
        if other.paragraph.drawings or parted or "framePr" in other.props:
            return None
        white += setter.gap(other, last) if step < 0 else setter.gap(last, other)
        if other.block is not None:
            size = other.block.size
            if step > 0:  # from the foot of the picture's line to the capitals of the line below
                white += _DESCENT * here.style.size + max(0.0, other.likely - (_DESCENT + _CAPITALS) * size)
            return white, other
        white += other.likely
        last = other
    return None
