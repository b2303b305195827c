"""The ink of a word as it is painted, where its own colour does not tell.

So it is with letters that are a clip over something else, filled with a pattern, blended, painted through a soft mask or as
part of a group, and where something translucent is laid over them.

The page is drawn as it is seen, close enough for the strokes of the letters to fill whole pixels. Those pixels are the ink;
what lies round the letters, past the pixels half covered by their edges, is the ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from clearprint.colour import Colour, contrast, over
from clearprint.formats.pdf_drawn import Drawn, Shape, grown
from clearprint.formats.pdf_ground import LEVEL, UNEVEN_ERROR, WORST, colour_of, flat, on_paper
from clearprint.geometry import Box
from clearprint.model import Ground
from clearprint.records import record

TALL = 26  # pixels a word should be high for its strokes to fill pixels
_RING = 4  # pixels round the letters
_WHOLE = 250  # of 255: a pixel that letters fill
_HALF = 128
_FEW = 6  # pixels that a colour is told from
_ROUGH = 40  # of 255: what an ink taken from half-filled pixels may be off
_SEEN = 0.4  # share of the letters' pixels that show the colour they should have
_STRAY = 0.03  # share of other pixels on a flat ground

Rgb = tuple[int, int, int]


@record
class _Close:
    """A word seen closely: the picture, which pixels are its ink and which its ground, and where its corner lies."""

    picture: Any
    ink: Any
    ring: Any
    share: float  # of each pixel of ink that letters fill: 1, or less where strokes are finer than pixels
    corner: tuple[int, int]


@record
class _Sample:
    ratio: float
    amount: int
    ink: Rgb
    ground: Rgb
    box: tuple[int, int, int, int]


def resolution_for(places: Sequence[Box]) -> float:
    """Pixels an inch at which the smaller of these words show their ink."""
    sides = sorted(min(place.width, place.height) for place in places)
    return 72.0 * TALL / max(2.0, sides[len(sides) // 8])


def shows(drawn: Drawn, place: Box, shape: Shape | None, ink: Colour, opacity: float, ground: Colour, paper: Colour) -> bool:
    """Whether letters are seen in that ink and opacity over that ground; so they are if they are too small to tell."""
    close = _close(drawn, place, shape, opacity)
    if close is None:
        return True
    wanted = [round(255 * part / max(own, 0.01)) for part, own in zip(over(ink, ground, opacity), paper, strict=True)]
    if close.share < _WHOLE / 255:
        seen = _unmixed(close, _median(close.picture, close.ink), _median(close.picture, close.ring))
        return all(abs(a - b) <= _ROUGH for a, b in zip(seen, wanted, strict=True))
    colours = _colours(close.picture, close.ink)
    alike = sum(count for count, seen in colours if _alike(seen, wanted))
    return alike >= _SEEN * sum(count for count, _ in colours)


def painted_ink(
    drawn: Drawn,
    place: Box,
    shape: Shape | None,
    opacity: float,
    paper: Colour,
    images: Sequence[Box],
    partly: bool = False,
) -> tuple[Colour, Ground] | None:
    """Ink and ground of the word as painted, the worst tenth of it where they are uneven. None: no letter can be made out.

    `partly`: some of the word may be hidden by later paint. Letters that change nothing on the page are not looked at then, and
    uneven ones not judged.
    """
    close = _close(drawn, place, shape, opacity, partly)
    if close is None:
        return None
    inks, grounds = _colours(close.picture, close.ink), _colours(close.picture, close.ring)
    ink, ground = _median(close.picture, close.ink), _median(close.picture, close.ring)
    if _is_flat(inks, ink) and _is_flat(grounds, ground):
        ink = _unmixed(close, ink, ground)
        return on_paper(colour_of(ink), paper), flat(bytes(ground), paper)
    if partly or close.share < _WHOLE / 255:
        return (
            None  # what shows of others through it, and half-tints along the edges of fine strokes, are no colours of its own
        )
    worst: _Sample | None = None
    where: list[_Sample] = []
    for samples in _cells(close, paper):
        found = sorted(samples, key=lambda sample: (sample.ratio, sample.box))
        if not found:
            continue
        at = _at_share(found, WORST / 2)
        if worst is None or at.ratio < worst.ratio:
            limit = _at_share(found, WORST).ratio + 0.01
            worst, where = at, [sample for sample in found if sample.ratio <= limit]
    if worst is None:
        return None
    x, y = close.corner
    edges = list(zip(*(sample.box for sample in where), strict=True))
    zoom, left, top = drawn.zoom, x + drawn.area[0], y + drawn.area[1]
    box = Box(
        (left + min(edges[0])) / zoom, (top + min(edges[1])) / zoom, (left + max(edges[2])) / zoom, (top + max(edges[3])) / zoom
    )
    shown = box.move(drawn.rect.x0, drawn.rect.y0).intersection(place) or place
    on_picture = not _is_flat(grounds, ground) and any(image.shared_area(place) > 0 for image in images)
    behind = Ground(on_paper(colour_of(worst.ground), paper), "picture" if on_picture else "uneven", shown, UNEVEN_ERROR)
    return on_paper(colour_of(worst.ink), paper), behind


def _close(drawn: Drawn, place: Box, shape: Shape | None, opacity: float, partly: bool = False) -> _Close | None:
    from PIL import Image, ImageChops, ImageStat

    letters = drawn.letters()
    if letters is None:
        return None
    x0, y0, x1, y1 = drawn.pixels(place)
    room = 2 * _RING
    window = max(0, x0 - room), max(0, y0 - room), min(drawn.width, x1 + room), min(drawn.height, y1 + room)
    all_text = letters.crop(window)
    own = all_text
    if shape is not None:
        own = drawn.mask(shape, window)
        all_text = ImageChops.lighter(all_text, own)
    inside = Image.new("L", own.size)
    inner = x0 - window[0], y0 - window[1], x1 - window[0], y1 - window[1]
    inside.paste(own.crop(inner), inner[:2])
    if shape is None and 0.02 < opacity < 1:
        inside = inside.point([min(255, round(value / opacity)) for value in range(256)])
    if partly:
        changed = ImageChops.difference(drawn.seen().crop(window), drawn.image().crop(window)).convert("L")
        inside = ImageChops.multiply(inside, changed.point(_CHANGED))
    ink, share = inside.point(_FULL), 1.0
    if ink.histogram()[255] < _FEW:
        ink = inside.point(_MOSTLY)
        if ink.histogram()[255] < _FEW:
            return None
        share = ImageStat.Stat(inside, ink).median[0] / 255
    ring = ImageChops.subtract(grown(all_text, _RING).point(_ANY), grown(all_text, 1).point(_ANY))
    if ring.histogram()[255] < _FEW:
        return None
    return _Close(drawn.seen().crop(window), ink, ring, share, window[:2])


_FULL = [255 if value >= _WHOLE else 0 for value in range(256)]
_MOSTLY = [255 if value >= _HALF else 0 for value in range(256)]
_CHANGED = [255 if value > 2 else 0 for value in range(256)]
_ANY = [255 if value else 0 for value in range(256)]


def _colours(picture: Any, mask: Any) -> list[tuple[int, Rgb]]:
    """The colours where the mask is, with their number of pixels."""
    seen = picture.copy()
    seen.putalpha(mask)
    found = seen.getcolors(picture.width * picture.height)
    return [(count, (red, green, blue)) for count, (red, green, blue, there) in found if there]


def _median(picture: Any, mask: Any) -> Rgb:
    from PIL import ImageStat

    red, green, blue = ImageStat.Stat(picture, mask).median
    return red, green, blue


def _alike(one: Sequence[int], other: Sequence[int]) -> bool:
    return all(abs(a - b) <= LEVEL for a, b in zip(one, other, strict=True))


def _is_flat(colours: Sequence[tuple[int, Rgb]], main: Rgb) -> bool:
    other = sum(count for count, seen in colours if not _alike(seen, main))
    return other <= _STRAY * sum(count for count, _ in colours)


def _unmixed(close: _Close, ink: Rgb, ground: Rgb) -> Rgb:
    """The ink of strokes too fine to fill a pixel, from pixels that they fill for the most part."""
    if close.share >= _WHOLE / 255:
        return ink
    pure = over(colour_of(ink), colour_of(ground), 1 / close.share)
    red, green, blue = (min(255, max(0, round(part * 255))) for part in pure)
    return red, green, blue


def _cells(close: _Close, paper: Colour) -> Iterator[list[_Sample]]:
    """Contrasts cell by cell: first of the ground there with the ink beside it, then of the ink with the ground beside it."""
    wide, tall = close.picture.size
    step = max(6, min(wide, tall) // 4)
    along = wide >= tall
    places = [(x, y, min(wide, x + step), min(tall, y + step)) for y in range(0, tall, step) for x in range(0, wide, step)]
    kept: dict[tuple[int, bool], Rgb | None] = {}

    def beside(box: tuple[int, int, int, int], of_ink: bool) -> Rgb | None:
        start = box[0] if along else box[1]
        if (start, of_ink) not in kept:
            strip = (start, 0, start + step, tall) if along else (0, start, wide, start + step)
            kept[start, of_ink] = _part(close, strip, of_ink)[1]
        return kept[start, of_ink]

    for of_ink in (False, True):
        samples = []
        for box in places:
            amount, colour = _part(close, box, of_ink)
            other = beside(box, not of_ink)
            if colour is None or other is None:
                continue
            ink, ground = (colour, other) if of_ink else (other, colour)
            ratio = contrast(on_paper(colour_of(ink), paper), on_paper(colour_of(ground), paper))
            samples.append(_Sample(ratio, amount, ink, ground, box))
        yield samples


def _part(close: _Close, box: tuple[int, int, int, int], of_ink: bool) -> tuple[int, Rgb | None]:
    """How many pixels of ink or ground lie in a part of the picture, and their median colour."""
    mask = (close.ink if of_ink else close.ring).crop(box)
    amount = mask.histogram()[255]
    return (amount, _median(close.picture.crop(box), mask)) if amount >= _FEW else (amount, None)


def _at_share(samples: Sequence[_Sample], share: float) -> _Sample:
    """The sample at which that share of all pixels is reached."""
    wanted, reached = share * sum(sample.amount for sample in samples), 0.0
    for sample in samples:
        reached += sample.amount
        if reached >= wanted:
            return sample
    return samples[-1]
