"""What a picture shows once it is made small: its tones, its outline, and whether it is more than a tint or a shadow.

For pictures of every format; a reader says where they stand and what of them is painted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from clearprint.geometry import Box, hull
from clearprint.records import record

if TYPE_CHECKING:
    from PIL.Image import Image

LONGEST = 144  # pixels of the longer side of a look
STRIPS = 144  # level strips that an outline is cut into, at most: one a row, for along a slope a strip reaches too far
FLAT = 0.1  # of the range of luminance, 5th to 95th percentile
_SEEN = 26  # of 255: cover from which something is seen
_WHITE = 240  # of 255: lighter is taken for paper
_MARGIN = 0.5  # points: a margin narrower than this is none
_IS_SEEN = [255 if value >= _SEEN else 0 for value in range(256)]
_IS_DARK = [255 if value < _WHITE else 0 for value in range(256)]
_FULL = 0.92  # share of its box that an outline covers to be taken for the box
_PALE = 150  # of 255: a shadow is nowhere darker
_DRAWN = 0.6  # share of white, or of black, in a picture that is drawn on a plain sheet: its range of tones says nothing
_PLAIN = 3  # of 255: tones that differ no more are one
_FILLED = 0.75  # share of its box that a plain shape fills to be a tint with its corners cut, not a figure
_HOLES = 0.03  # share of what lies between its ends, row by row, that is clear in a figure, as in a sign with letters cut out
_SOFT = 0.5  # share of what is painted that is half clear, from which a plain shape is a shadow
_STEP = 6  # of 255: neighbours in a gradient differ by no more
_STRIPE = 64  # of 255: bars of a code differ by more


@record
class Look:
    """How rasters look on white paper, small."""

    box: Box  # view points
    grey: Image  # luminance on white paper
    cover: Image  # 255 where it is opaque, 0 where nothing is painted
    key: bytes = b""  # what tells the largest raster from others, wherever it stands

    @property
    def is_opaque(self) -> bool:
        """Whether nothing of its box is clear."""
        return bool(self.cover.getextrema() == (255, 255))

    def tones(self) -> Counter[int]:
        """Pixels of what is painted, by luminance."""
        if self.is_opaque:
            return self.on_paper()
        return _counts(self.grey.histogram(self.cover.point(_IS_SEEN)))

    def on_paper(self) -> Counter[int]:
        """All its pixels by luminance, what is clear as white."""
        return _counts(self.grey.histogram())

    def share(self) -> float:
        """Of its box, how much something is painted on."""
        return _count(self.cover, _SEEN) / (self.grey.width * self.grey.height)

    def holes(self) -> float:
        """Of what lies between the ends of each row, how much is clear."""
        seen, between = 0, 0
        pixels, width = self.cover.point(_IS_SEEN).tobytes(), self.cover.width
        for start in range(0, len(pixels), width):
            row = pixels[start : start + width]
            seen += row.count(255)
            between += row.rfind(255) + 1 - row.find(255) if 255 in row else 0
        return 1 - seen / between if between else 0.0

    def softness(self) -> float:
        """Of what is painted, how much is neither opaque nor clear: nearly all of a shadow, the rim of a cut-out."""
        seen = _count(self.cover, _SEEN)
        strongest = self.cover.getextrema()[1]
        return 1 - _count(self.cover, int(0.9 * float(strongest))) / seen if seen else 0.0  # type: ignore[arg-type]

    def painted(self) -> tuple[Box, ...]:
        """Where something is painted, in level strips; empty where it fills its box."""
        if self.is_opaque:
            return ()
        return self._strips(self.cover.point(_IS_SEEN))

    def dark(self) -> tuple[Box, ...]:
        """Where it is darker than paper, in level strips; empty where that is its whole box."""
        return self._strips(self.grey.point(_IS_DARK))

    def is_smooth(self, step: int, stripe: int) -> bool:
        """Whether neighbours nowhere differ by more than `step`, or change one way only, by less than `stripe`: a gradient."""
        from PIL import Image, ImageChops, ImageFilter

        inner = None if self.is_opaque else self.cover.point(_IS_SEEN).filter(ImageFilter.MinFilter(3))
        most = 0
        for x, y in ((1, 0), (0, 1)):
            off = ImageChops.difference(self.grey, ImageChops.offset(self.grey, x, y))
            off.paste(0, (0, 0, off.width if y else 1, off.height if x else 1))
            most = max(most, _highest(off if inner is None else ImageChops.multiply(off, inner)))
            if most >= max(stripe, step + 1):
                return False
        if most <= step:
            return True
        if self.share() < 1:
            return False
        for size in ((1, self.grey.height), (self.grey.width, 1)):
            flat = self.grey.resize(size, Image.Resampling.BOX).resize(self.grey.size, Image.Resampling.NEAREST)
            if _highest(ImageChops.difference(self.grey, flat)) <= step:
                return True
        return False

    def _strips(self, marked: Image) -> tuple[Box, ...]:
        whole = marked.getbbox()
        if whole is None:
            return ()
        wide = marked.width
        width, height = self.box.width / wide, self.box.height / marked.height
        tall = -(-marked.height // STRIPS)
        rows = (marked.reduce((1, tall)) if tall > 1 else marked).tobytes()  # of the mean of a strip more than nothing is left
        spans: list[tuple[int, int, int, int]] = []  # from the left, to the right, from the top, to the bottom
        for number in range(len(rows) // wide):
            row = rows[number * wide : (number + 1) * wide]
            x0 = wide - len(row.lstrip(b"\0"))
            if x0 == wide:
                continue
            x1, y0, y1 = len(row.rstrip(b"\0")), max(number * tall, whole[1]), min((number + 1) * tall, whole[3])
            if spans and spans[-1][:2] == (x0, x1) and spans[-1][3] == y0:
                y0 = spans.pop()[2]
            spans.append((x0, x1, y0, y1))
        left, top = self.box.x0, self.box.y0
        found = [Box(left + x0 * width, top + y0 * height, left + x1 * width, top + y1 * height) for x0, x1, y0, y1 in spans]
        filled = sum(strip.area for strip in found) >= _FULL * self.box.area
        return () if filled and hull(found).contains(self.box, _MARGIN) else tuple(found)


def shows_nothing(look: Look) -> bool:
    """One plain colour, a gradient, or a plain shape with soft edges: a tint or a shadow. A plain figure cut out is none."""
    seen = look.tones()
    if max(seen) - min(seen) <= _PLAIN:
        painted = look.painted()
        outline = hull(painted) if painted else look.box
        filled = look.share() * look.box.area >= _FILLED * outline.area and look.holes() < _HOLES
        return filled or look.softness() > _SOFT
    return look.is_smooth(_STEP, _STRIPE)


def tones_of(look: Look) -> tuple[float | None, bool]:
    """5th to 95th percentile of luminance, and whether it is pale all over.

    The range is None for thin ink on a plain sheet, whose percentiles are the sheet's. A figure in one colour is seen against
    what it stands on.
    """
    seen = look.tones()
    whole = look.on_paper()
    total = sum(whole.values())
    white = sum(count for value, count in whole.items() if value >= 248)
    black = sum(count for value, count in whole.items() if value < 8)
    pale = _percentile(seen, 0.05) >= _PALE
    if max(white, black) >= _DRAWN * total and max(whole) - min(whole) > _PLAIN:
        return None, pale
    if _percentile(seen, 0.95) - _percentile(seen, 0.05) <= FLAT * 255:
        seen = whole
    return round((_percentile(seen, 0.95) - _percentile(seen, 0.05)) / 255, 3), pale


def _percentile(counts: Counter[int], share: float) -> int:
    total = sum(counts.values())
    reached = 0
    for value in sorted(counts):
        reached += counts[value]
        if reached >= share * total:
            return value
    return 255


def _counts(histogram: Sequence[int]) -> Counter[int]:
    return Counter({value: count for value, count in enumerate(histogram) if count})


def _count(image: Image, least: int) -> int:
    return sum(image.histogram()[least:])


def _highest(image: Image) -> int:
    return int(image.getextrema()[1])  # type: ignore[arg-type]
