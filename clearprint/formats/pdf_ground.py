"""The ground of a word, from the pixels that are painted behind its letters: one flat colour, or the worst tenth of many.

Lines finer than about a point (underlines, table rules) are no ground, and pixels half covered by an edge no colour.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from clearprint import colour as colours
from clearprint.colour import Colour
from clearprint.formats.pdf_drawn import Drawn, grown
from clearprint.formats.pdf_paints import Index, Paint
from clearprint.geometry import Box
from clearprint.model import Ground

LEVEL = 6  # of 255: colours nearer than this in each part are one flat colour (dithering, rounding)
COARSE_TYPE = 24  # pixels: the ground of type twice as tall or more, on a photograph, is looked at coarser
WORST = 0.1  # share of the ground under a word that decides
UNEVEN_ERROR = 0.2
GUESS_ERROR = 2.0  # of a ratio against the commonest colour of a box, text included
_THICKEST_LINE = 4.0  # points
_THIN_LINE = 0.18  # of the height of a word, capitals to descenders: underlines of bold type are as thick

Seen = tuple[int, int, int]
"""The colour of a pixel."""


def on_paper(colour: Colour, paper: Colour) -> Colour:
    """A colour as it looks printed on coloured paper: inks are transparent, so the two multiply."""
    return colour[0] * paper[0], colour[1] * paper[1], colour[2] * paper[2]


def ground_of(
    drawn: Drawn, place: Box, ink: Colour, opacity: float, paper: Colour, images: Sequence[Box], lines: Index[Paint]
) -> Ground:
    """The ground in the box of a word set in `ink`. `images` and `lines` are what is painted of them on the page."""
    x0, y0, x1, y1 = drawn.pixels(place)
    rows = drawn.rows(drawn.ground, x0, y0, x1, y1)
    bare = _beside_lines(drawn, place, rows, lines)
    first = bare[0][:3]
    whole = first * (x1 - x0)
    if all(row == whole for row in bare):
        return flat(first, paper)
    if not drawn.exact:
        return _guess(rows, paper)
    if lines.touches(place) and (base := _base(drawn, x0, y0, x1, y1)) is not None:
        return flat(base, paper)
    pictured = any(image.shared_area(place) > 0 for image in images)
    colour_counts, smooth, step = _seen_colours(drawn, x0, y0, x1, y1, pictured)
    commonest = max(colour_counts, key=lambda seen: (colour_counts[seen], seen))
    total = sum(colour_counts.values())
    alike = sum(count for seen, count in colour_counts.items() if _alike(seen, commonest))
    if alike >= total * (1 - WORST / 4):
        return flat(bytes(commonest), paper)
    ratios = _ratios(drawn, colour_counts, ink, opacity, paper)
    order = sorted(ratios, key=lambda seen: (ratios[seen], seen))
    worst = _at_share(order, colour_counts, total * WORST / 2)
    limit = ratios[_at_share(order, colour_counts, total * WORST)]
    left, top, right, bottom = _where(smooth, {seen for seen in order if ratios[seen] <= limit + 0.01})
    zoom = drawn.zoom
    x0, y0 = x0 + drawn.area[0], y0 + drawn.area[1]
    box = Box((x0 + left * step) / zoom, (y0 + top * step) / zoom, (x0 + right * step) / zoom, (y0 + bottom * step) / zoom)
    shown = box.move(drawn.rect.x0, drawn.rect.y0).intersection(place) or place
    colour = on_paper(colour_of(worst), paper)
    return Ground(colour, "picture" if pictured else "uneven", shown, UNEVEN_ERROR)


def is_line(box: Box) -> bool:
    return box.height <= _THICKEST_LINE and box.width >= 4 * box.height


def _beside_lines(drawn: Drawn, place: Box, rows: list[bytes], lines: Index[Paint]) -> list[bytes]:
    """The rows of pixels that no underline or strike runs through; all of them where lines are many, as in a hatch."""
    through = {
        line.box
        for line in lines.near(place)
        if line.box.height <= _THIN_LINE * place.height and line.box.x_overlap(place) >= 0.85 * place.width
    }
    if not 1 <= len(through) <= 2:
        return rows
    crossed: set[int] = set()
    top = drawn.pixels(place)[1] + drawn.area[1]
    for box in through:
        crossed.update(range(int(box.y0 * drawn.zoom) - top, math.ceil(box.y1 * drawn.zoom) - top))
    left = [row for number, row in enumerate(rows) if number not in crossed]
    return left if 2 * len(left) >= len(rows) else rows


def _reach(height: int) -> int:
    """How far the median looks to either side, in pixels: lines as thin as that are no ground."""
    return 2 if height < 24 else 3


def _base(drawn: Drawn, x0: int, y0: int, x1: int, y1: int) -> bytes | None:
    """The one colour that a median over the neighbourhood would leave everywhere, told without it; None when it can't be told.

    It is so where rows of nothing but one colour are the most in every window of the median: type over an underline.
    """
    reach = _reach(y1 - y0)
    left, top, right, bottom = x0 - reach, y0 - reach, x1 + reach, y1 + reach
    if left < 0 or top < 0 or right > drawn.width or bottom > drawn.height:
        return None
    rows = drawn.rows(drawn.ground, left, top, right, bottom)
    pure = [row for row in rows if row == row[:3] * (right - left)]
    if not pure:
        return None
    base = max(set(pure), key=pure.count)
    other = [row != base for row in rows]
    if any(sum(other[at : at + 2 * reach + 1]) > reach for at in range(len(other) - 2 * reach)):
        return None
    return base[:3]


def _seen_colours(drawn: Drawn, x0: int, y0: int, x1: int, y1: int, pictured: bool) -> tuple[dict[Seen, int], Any, int]:
    """Colours of the ground at and just beside the letters, with their number of pixels; the smoothed pixels, and their size.

    A median over the neighbourhood takes fine lines (underlines, table rules) and the half-tints along edges away.
    """
    from PIL import Image

    window = (max(0, x0 - 4), max(0, y0 - 4), min(drawn.width, x1 + 4), min(drawn.height, y1 + 4))
    inside = (x0 - window[0], y0 - window[1], x1 - window[0], y1 - window[1])
    crop = drawn.image().crop(window)
    letters = drawn.letters()
    near: Any = None
    step = max(1, (y1 - y0) // COARSE_TYPE) if pictured else 1
    if step > 1 and crop.getcolors(64) is None:  # large type on a photograph: seen from as much farther away
        crop = crop.reduce(step)
        near = grown(letters.crop(window).reduce(step), 1) if letters is not None else None
        left, top = inside[0] // step, inside[1] // step
        inside = (left, top, min(crop.width, -(-inside[2] // step)), min(crop.height, -(-inside[3] // step)))
    else:
        step = 1
        near = drawn.beside_letters().crop(window) if letters is not None else None
    smooth = _smoothed(crop, inside, _reach((y1 - y0) // step))
    if smooth.getcolors(64) is None:
        smooth = smooth.point(_COARSE)
    mask = near.crop(inside).tobytes() if near is not None else b""
    if not any(mask):  # clip-mode text, or no way to draw text alone: all of the box
        mask = b"\xff" * (smooth.width * smooth.height)
    smooth.putalpha(Image.frombytes("L", smooth.size, mask.translate(_ANY)))
    counts = {
        (red, green, blue): count
        for count, (red, green, blue, there) in smooth.getcolors(smooth.width * smooth.height)
        if there
    }
    return counts, smooth, step


def _smoothed(crop: Any, inside: Sequence[int], reach: int) -> Any:
    """The median of each pixel's neighbours, `reach` to either side, for a part of the crop.

    The median is what costs. Where a ground changes in one direction only, as at an edge of a tint or along a gradient, one row
    or one column of pixels tells it all: the filter repeats its edges.
    """
    from PIL import Image, ImageFilter

    wide, tall = inside[2] - inside[0], inside[3] - inside[1]
    stride, samples = 3 * crop.width, crop.tobytes()
    median = ImageFilter.MedianFilter(2 * reach + 1)
    if samples == samples[:stride] * crop.height:
        strip = crop.crop((0, 0, crop.width, 1)).filter(median).crop((inside[0], 0, inside[2], 1))
    elif all(samples[at : at + stride] == samples[at : at + 3] * crop.width for at in range(0, len(samples), stride)):
        strip = crop.crop((0, 0, 1, crop.height)).filter(median).crop((0, inside[1], 1, inside[3]))
    else:
        return crop.filter(median).crop(inside)
    return strip.resize((wide, tall), Image.Resampling.NEAREST)


def _where(smooth: Any, wanted: set[Seen]) -> tuple[int, int, int, int]:
    """The pixels round all that have one of these colours."""
    wide, tall = smooth.size
    data = memoryview(smooth.tobytes()).cast("I")  # a pixel an item, transparent ones left out
    pixels = {int.from_bytes((*seen, 255), sys.byteorder) for seen in wanted}
    rows = [y for y in range(tall) if not pixels.isdisjoint(data[y * wide : (y + 1) * wide])]
    left = next(x for x in range(wide) if not pixels.isdisjoint(data[x::wide]))
    right = next(x for x in range(wide, 0, -1) if not pixels.isdisjoint(data[x - 1 :: wide]))
    return left, rows[0], right, rows[-1] + 1


_ANY = bytes([0] + [255] * 255)

_COARSE = [min(255, (value // 4) * 4 + 2) if value not in (0, 255) else value for value in range(256)] * 3
"""Four neighbouring levels made one, black and white left alone: a photograph's colours become few enough to compare."""


def flat(seen: bytes, paper: Colour) -> Ground:
    """A ground of one colour, three bytes."""
    if seen == b"\xff\xff\xff":
        return Ground(paper, "paper")
    return Ground(on_paper(colour_of((seen[0], seen[1], seen[2])), paper), "flat")


def _guess(rows: Sequence[bytes], paper: Colour) -> Ground:
    """The fallback: the commonest colour of a box whose text could not be switched off."""
    counts: dict[bytes, int] = {}
    for row in rows:
        for at in range(0, len(row), 3):
            seen = row[at : at + 3]
            counts[seen] = counts.get(seen, 0) + 1
    commonest = max(counts, key=lambda seen: (counts[seen], seen))
    ground = flat(commonest, paper)
    return Ground(ground.colour, ground.kind, None, GUESS_ERROR)


def _at_share(order: Sequence[Seen], counts: Mapping[Seen, int], share: float) -> Seen:
    """The colour at which so many pixels of the worst are reached."""
    reached = 0
    for seen in order:
        reached += counts[seen]
        if reached >= share:
            return seen
    return order[-1]


def _ratios(drawn: Drawn, counts: Iterable[Seen], ink: Colour, opacity: float, paper: Colour) -> dict[Seen, float]:
    """Contrast of the ink against each colour; luminances are kept, for a page's words share their colours."""
    known = drawn.luminances
    for seen in counts:
        if seen not in known:
            known[seen] = colours.luminance(on_paper(colour_of(seen), paper))
    if opacity >= 1:
        own = colours.luminance(ink)
        return {seen: _contrast(own, known[seen]) for seen in counts}
    return {
        seen: _contrast(colours.luminance(colours.over(ink, on_paper(colour_of(seen), paper), opacity)), known[seen])
        for seen in counts
    }


def _contrast(one: float, other: float) -> float:
    """WCAG contrast ratio of two luminances."""
    return (one + 0.05) / (other + 0.05) if one > other else (other + 0.05) / (one + 0.05)


def _alike(one: Seen, other: Seen) -> bool:
    return all(abs(a - b) <= LEVEL for a, b in zip(one, other, strict=True))


def colour_of(seen: Seen) -> Colour:
    """A pixel as a colour."""
    return seen[0] / 255, seen[1] / 255, seen[2] / 255
