"""What is painted behind each word of a PDF page, and whether the word can be seen at all.

The page is drawn once with text switched off, and the pixels under each word are its ground. Where nothing but text is painted
near the words, nothing is drawn. A second picture, with text, is made only where opaque paint comes after a word and covers it.

Switching text off takes calls of the engine that its documentation does not promise. `self_test` tries them once; should they
fail, a word's ground is the commonest colour of its box in an ordinary picture of the page, with an `error` that says how rough
that is, and nothing is called covered.

Cannot see: the ground of text set in a picture; text painted twice (a shadow's copy) vanishes as one; lines finer than about
a point (underlines, table rules) are no ground. Colours are the engine's conversion to sRGB: of CMYK and spot colours an
estimate.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Literal

import pymupdf
from pymupdf import mupdf

from clearprint import colour as colours
from clearprint.colour import WHITE, Colour
from clearprint.formats.pdf_paints import Index, Log, Paint, Painted, Written, logged, painted_at, painted_on
from clearprint.geometry import Box
from clearprint.model import Ground

RESOLUTION = 100.0  # pixels an inch
MOST_PIXELS = 1_500_000  # half as much again as A4; larger pages are drawn coarser, as their type is larger
LEVEL = 6  # of 255: colours nearer than this in each part are one flat colour (dithering, rounding)
COARSE_TYPE = 24  # pixels: the ground of type twice as tall or more, on a photograph, is looked at coarser
WORST = 0.1  # share of the ground under a word that decides
UNEVEN_ERROR = 0.2
_THICKEST_LINE = 4.0  # points
_THIN_LINE = 0.18  # of the height of a word, capitals to descenders: underlines of bold type are as thick
GUESS_ERROR = 2.0  # of a ratio against the commonest colour of a box, text included


@dataclass(frozen=True, slots=True)
class Ink:
    """A word to look behind. The box is in points of `page.rect`: as viewed, after rotation."""

    box: Box
    colour: Colour
    opacity: float = 1.0
    seqno: int | None = None  # its place in the order of painting, when known
    unsure: Literal["masked", "clip"] | None = None  # a soft mask may hide it; it is a clip, seen where something fills it


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind a word. `ground` None: its place is off the page or no place at all, or the word is covered."""

    ground: Ground | None
    covered: bool = False  # later opaque paint hides it, or a mask, or nothing fills it


def doubtful(page: pymupdf.Page, places: Sequence[Box], painted: Painted) -> list[int]:
    """Which of the places (boxes of words, as viewed) must be looked behind; the rest lie on bare paper."""
    frame = Box(*page.rect)
    index = Index(painted.paints, frame)
    left, top, right, bottom = frame
    found = []
    for i, place in enumerate(places):
        x0, y0, x1, y1 = place
        whole = left <= x0 < x1 <= right and top <= y0 < y1 <= bottom  # false of what is no number
        if not whole or (painted.paints and index.touches(place)):
            found.append(i)
    return found


def behind(page: pymupdf.Page, inks: Sequence[Ink], paper: Colour = WHITE, painted: Painted | None = None) -> list[Behind]:
    """The ground of each ink, in the same order. `painted` as `painted_on` gives it; without it the page is asked once more.

    `paper` is the colour of the paper: every colour of the ground is multiplied by it, as ink on tinted paper is.
    """
    if not inks:
        return []
    painted = painted or painted_on(page)
    paints, log = painted.paints, painted.log
    frame = Box(*page.rect)
    places = [_on_page(ink.box, frame) for ink in inks]
    plain = Behind(Ground(paper, "paper"))
    result = [plain if place is not None else Behind(None) for place in places]
    marking = Index([paint for paint in paints if not paint.white], frame)
    touched = [i for i, place in enumerate(places) if place is not None and marking.touches(place)]
    over = [i for i in _maybe_covered(page, inks, places, paints, log) if inks[i].unsure != "clip"]
    over += [i for i, place in enumerate(places) if place is not None and inks[i].unsure == "masked"]
    clips = [i for i, place in enumerate(places) if place is not None and inks[i].unsure == "clip"]
    wanted = [place for i in {*touched, *over, *clips} if (place := places[i]) is not None]
    if not wanted:
        return result
    drawn = _Drawn(page, wanted, painted.sheet or page.get_displaylist())
    images = [paint.box for paint in paints if paint.kind == "image"]
    lines = Index([paint for paint in paints if _is_line(paint.box)], frame)
    for i in over:
        place = places[i]
        assert place is not None
        if drawn.hides(place):
            result[i] = Behind(None, covered=True)
    for i in clips:
        place = places[i]
        assert place is not None
        if drawn.is_plain(place):
            result[i] = Behind(None, covered=True)
    for i in touched:
        place = places[i]
        assert place is not None
        if not result[i].covered:
            result[i] = Behind(_ground(drawn, place, inks[i], paper, images, lines))
    return result


def on_paper(colour: Colour, paper: Colour) -> Colour:
    """A colour as it looks printed on coloured paper: inks are transparent, so the two multiply."""
    return colour[0] * paper[0], colour[1] * paper[1], colour[2] * paper[2]


@lru_cache(maxsize=1)
def self_test() -> bool:
    """Whether text can be switched off: draws a small page with and without it. Tried once a process."""
    try:
        with pymupdf.open() as document:
            page = document.new_page(width=40, height=20)
            page.insert_text((4, 15), "Mm", fontsize=14)
            sheet = page.get_displaylist()
            area = (0, 0, 40, 20)
            with_text = _drawn(sheet, page.rect, 1.0, area)
            without = _drawn(sheet, page.rect, 1.0, area, without=_TEXT)
            alone = _drawn(sheet, page.rect, 1.0, area, without=_ALL_BUT_TEXT, alpha=True)
            return bool(min(with_text.samples) < 100 and min(without.samples) == 255 and max(alone.samples[3::4]) > 200)
    except Exception:  # whatever a changed engine raises, the fallback answers
        return False


# --- drawing --------------------------------------------------------------------------------------------------------------


Pixels = tuple[int, int, int, int]


def _drawn(
    sheet: Any, rect: pymupdf.Rect, zoom: float, area: Pixels, *, without: Sequence[str] = (), alpha: bool = False
) -> Any:
    """An area of the page as a pixmap (RGB on white, or RGBA on nothing), less the kinds of painting named in `without`.

    The draw device's own functions for them are taken away. Clips and groups must stay: what opens one is closed again later.
    """
    pixels = mupdf.FzPixmap(mupdf.fz_device_rgb(), mupdf.FzIrect(*area), mupdf.FzSeparations(), int(alpha))
    if alpha:
        mupdf.fz_clear_pixmap(pixels)
    else:
        mupdf.fz_clear_pixmap_with_value(pixels, 255)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(zoom, 0, 0, zoom, -rect.x0 * zoom, -rect.y0 * zoom), pixels)
    for function in without:
        setattr(device.m_internal, function, None)
    x0, y0, x1, y1 = area
    scissor = mupdf.FzRect(x0 / zoom + rect.x0, y0 / zoom + rect.y0, x1 / zoom + rect.x0, y1 / zoom + rect.y0)
    mupdf.fz_run_display_list(sheet.this, device, mupdf.FzMatrix(), scissor, mupdf.FzCookie())
    mupdf.fz_close_device(device)
    return pymupdf.Pixmap("raw", pixels)


class _Drawn:
    """The part of a page that holds these places, drawn without text, and in other ways when they are asked for."""

    MARGIN = 8  # pixels round the places, for the measures that look beside a word

    def __init__(self, page: pymupdf.Page, places: Sequence[Box], sheet: pymupdf.DisplayList) -> None:
        self.rect = page.rect
        area = max(1.0, self.rect.width * self.rect.height)
        self.zoom = min(RESOLUTION / 72.0, math.sqrt(MOST_PIXELS / area))
        self.exact = self_test()
        self._sheet = sheet
        self.area = self._area(places)
        ground = _drawn(self._sheet, self.rect, self.zoom, self.area, without=_TEXT if self.exact else ())
        self.width, self.height, self.stride = ground.width, ground.height, ground.stride
        self.ground: bytes = ground.samples
        self.luminances: dict[Seen, float] = {}
        self._with_text: bytes | None = None
        self._image: Any = None
        self._letters: Any = None

    def _area(self, places: Sequence[Box]) -> Pixels:
        """The pixels of the page to draw: what lies elsewhere, photographs above all, is not decoded."""
        zoom = self.zoom
        wide, tall = max(1, math.ceil(self.rect.width * zoom)), max(1, math.ceil(self.rect.height * zoom))
        x0 = max(0, min(wide - 1, int(min(place.x0 for place in places) * zoom) - self.MARGIN))
        y0 = max(0, min(tall - 1, int(min(place.y0 for place in places) * zoom) - self.MARGIN))
        x1 = max(x0 + 1, min(wide, math.ceil(max(place.x1 for place in places) * zoom) + self.MARGIN))
        y1 = max(y0 + 1, min(tall, math.ceil(max(place.y1 for place in places) * zoom) + self.MARGIN))
        return x0, y0, x1, y1

    def pixels(self, place: Box) -> Pixels:
        """The whole pixels inside a place, at least one, counted from the corner of what is drawn."""
        left, top, zoom = self.area[0], self.area[1], self.zoom
        x0, x1 = _whole(place.x0 * zoom - left, place.x1 * zoom - left, self.width)
        y0, y1 = _whole(place.y0 * zoom - top, place.y1 * zoom - top, self.height)
        return x0, y0, x1, y1

    def rows(self, samples: bytes, x0: int, y0: int, x1: int, y1: int) -> list[bytes]:
        starts = (y * self.stride + x0 * 3 for y in range(y0, y1))
        return [samples[start : start + (x1 - x0) * 3] for start in starts]

    def hides(self, place: Box) -> bool:
        """Whether no pixel of the text in this place shows."""
        if not self.exact:
            return False
        if self._with_text is None:
            self._with_text = _drawn(self._sheet, self.rect, self.zoom, self.area).samples
        window = self.pixels(place)
        return self.rows(self.ground, *window) == self.rows(self._with_text, *window)

    def is_plain(self, place: Box) -> bool:
        """Whether one colour fills this place."""
        rows = self.rows(self.ground, *self.pixels(place))
        return all(row == rows[0][:3] * (len(row) // 3) for row in rows)

    def image(self) -> Any:
        if self._image is None:
            from PIL import Image

            self._image = Image.frombuffer("RGB", (self.width, self.height), self.ground, "raw", "RGB", self.stride, 1)
        return self._image

    def letters(self) -> Any:
        """How much of each pixel letters take, whatever their colour. None when text can't be drawn alone."""
        if self._letters is None and self.exact:
            from PIL import Image

            alone = _drawn(self._sheet, self.rect, self.zoom, self.area, without=_ALL_BUT_TEXT, alpha=True)
            size = alone.width, alone.height
            self._letters = Image.frombuffer("RGBA", size, alone.samples, "raw", "RGBA", alone.stride, 1).getchannel("A")
        return self._letters


_TEXT = ("fill_text", "stroke_text")
_ALL_BUT_TEXT = ("fill_path", "stroke_path", "fill_shade", "fill_image", "fill_image_mask")


# --- measuring ------------------------------------------------------------------------------------------------------------


def _ground(drawn: _Drawn, place: Box, ink: Ink, paper: Colour, images: Sequence[Box], lines: Index[Paint]) -> Ground:
    x0, y0, x1, y1 = drawn.pixels(place)
    rows = drawn.rows(drawn.ground, x0, y0, x1, y1)
    bare = _beside_lines(drawn, place, rows, lines)
    first = bare[0][:3]
    whole = first * (x1 - x0)
    if all(row == whole for row in bare):
        return _flat(first, paper)
    if not drawn.exact:
        return _guess(rows, paper)
    base = _base(drawn, x0, y0, x1, y1)
    if base is not None:
        return _flat(base, paper)
    pictured = any(image.shared_area(place) > 0 for image in images)
    colour_counts, smooth, step = _seen_colours(drawn, x0, y0, x1, y1, pictured)
    commonest = max(colour_counts, key=lambda seen: (colour_counts[seen], seen))
    total = sum(colour_counts.values())
    alike = sum(count for seen, count in colour_counts.items() if _alike(seen, commonest))
    if alike >= total * (1 - WORST / 4):
        return _flat(bytes(commonest), paper)
    ratios = _ratios(drawn, colour_counts, ink, paper)
    order = sorted(ratios, key=lambda seen: (ratios[seen], seen))
    worst = _at_share(order, colour_counts, total * WORST / 2)
    limit = ratios[_at_share(order, colour_counts, total * WORST)]
    left, top, right, bottom = _where(smooth, {seen for seen in order if ratios[seen] <= limit + 0.01})
    zoom = drawn.zoom
    x0, y0 = x0 + drawn.area[0], y0 + drawn.area[1]
    box = Box((x0 + left * step) / zoom, (y0 + top * step) / zoom, (x0 + right * step) / zoom, (y0 + bottom * step) / zoom)
    shown = box.move(drawn.rect.x0, drawn.rect.y0).intersection(place) or place
    colour = on_paper(_colour(worst), paper)
    return Ground(colour, "picture" if pictured else "uneven", shown, UNEVEN_ERROR)


def _is_line(box: Box) -> bool:
    return box.height <= _THICKEST_LINE and box.width >= 4 * box.height


def _beside_lines(drawn: _Drawn, place: Box, rows: list[bytes], lines: Index[Paint]) -> list[bytes]:
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


Seen = tuple[int, int, int]


def _reach(height: int) -> int:
    """How far the median looks to either side, in pixels: lines as thin as that are no ground."""
    return 2 if height < 24 else 3


def _base(drawn: _Drawn, x0: int, y0: int, x1: int, y1: int) -> bytes | None:
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


def _seen_colours(drawn: _Drawn, x0: int, y0: int, x1: int, y1: int, pictured: bool) -> tuple[dict[Seen, int], Any, int]:
    """Colours of the ground at and just beside the letters, with their number of pixels; the smoothed pixels, and their size.

    A median over the neighbourhood takes fine lines (underlines, table rules) and the half-tints along edges away.
    """
    from PIL import Image, ImageFilter

    window = (max(0, x0 - 4), max(0, y0 - 4), min(drawn.width, x1 + 4), min(drawn.height, y1 + 4))
    inside = (x0 - window[0], y0 - window[1], x1 - window[0], y1 - window[1])
    crop = drawn.image().crop(window)
    letters = drawn.letters()
    near = letters.crop(window) if letters is not None else None
    step = max(1, (y1 - y0) // COARSE_TYPE) if pictured else 1
    if step > 1 and crop.getcolors(64) is None:  # large type on a photograph: seen from as much farther away
        crop = crop.reduce(step)
        near = near.reduce(step) if near is not None else None
        left, top = inside[0] // step, inside[1] // step
        inside = (left, top, min(crop.width, -(-inside[2] // step)), min(crop.height, -(-inside[3] // step)))
    else:
        step = 1
    smooth = crop.filter(ImageFilter.MedianFilter(2 * _reach((y1 - y0) // step) + 1)).crop(inside)
    if smooth.getcolors(64) is None:
        smooth = smooth.point(_COARSE)
    mask = near.filter(ImageFilter.MaxFilter(3)).crop(inside).tobytes() if near is not None else b""
    if not any(mask):  # clip-mode text, or no way to draw text alone: all of the box
        mask = b"\xff" * (smooth.width * smooth.height)
    smooth.putalpha(Image.frombytes("L", smooth.size, mask.translate(_ANY)))
    counts = {
        (red, green, blue): count
        for count, (red, green, blue, there) in smooth.getcolors(smooth.width * smooth.height)
        if there
    }
    return counts, smooth, step


def _where(smooth: Any, wanted: set[Seen]) -> tuple[int, int, int, int]:
    """The pixels round all that have one of these colours."""
    width, data = smooth.width, memoryview(smooth.tobytes()).cast("I")  # a pixel an item, transparent ones left out
    pixels = {int.from_bytes((*seen, 255), sys.byteorder) for seen in wanted}
    at = [i for i, pixel in enumerate(data) if pixel in pixels]
    columns, rows = [i % width for i in at], [i // width for i in at]
    return min(columns), min(rows), max(columns) + 1, max(rows) + 1


_ANY = bytes([0] + [255] * 255)

_COARSE = [min(255, (value // 4) * 4 + 2) if value not in (0, 255) else value for value in range(256)] * 3
"""Four neighbouring levels made one, black and white left alone: a photograph's colours become few enough to compare."""


def _flat(seen: bytes, paper: Colour) -> Ground:
    if seen == b"\xff\xff\xff":
        return Ground(paper, "paper")
    return Ground(on_paper(_colour((seen[0], seen[1], seen[2])), paper), "flat")


def _guess(rows: Sequence[bytes], paper: Colour) -> Ground:
    """The fallback: the commonest colour of a box whose text could not be switched off."""
    counts: dict[bytes, int] = {}
    for row in rows:
        for at in range(0, len(row), 3):
            seen = row[at : at + 3]
            counts[seen] = counts.get(seen, 0) + 1
    commonest = max(counts, key=lambda seen: (counts[seen], seen))
    ground = _flat(commonest, paper)
    return Ground(ground.colour, ground.kind, None, GUESS_ERROR)


def _at_share(order: Sequence[Seen], counts: Mapping[Seen, int], share: float) -> Seen:
    """The colour at which so many pixels of the worst are reached."""
    reached = 0
    for seen in order:
        reached += counts[seen]
        if reached >= share:
            return seen
    return order[-1]


def _ratios(drawn: _Drawn, counts: Iterable[Seen], ink: Ink, paper: Colour) -> dict[Seen, float]:
    """Contrast of the ink against each colour; luminances are kept, for a page's words share their colours."""
    known = drawn.luminances
    for seen in counts:
        if seen not in known:
            known[seen] = colours.luminance(on_paper(_colour(seen), paper))
    if ink.opacity >= 1:
        own = colours.luminance(ink.colour)
        return {seen: _contrast(own, known[seen]) for seen in counts}
    return {
        seen: _contrast(colours.luminance(colours.over(ink.colour, on_paper(_colour(seen), paper), ink.opacity)), known[seen])
        for seen in counts
    }


def _contrast(one: float, other: float) -> float:
    """WCAG contrast ratio of two luminances."""
    return (one + 0.05) / (other + 0.05) if one > other else (other + 0.05) / (one + 0.05)


def _alike(one: Seen, other: Seen) -> bool:
    return all(abs(a - b) <= LEVEL for a, b in zip(one, other, strict=True))


def _colour(seen: Seen) -> Colour:
    return seen[0] / 255, seen[1] / 255, seen[2] / 255


def _maybe_covered(
    page: pymupdf.Page, inks: Sequence[Ink], places: Sequence[Box | None], paints: Sequence[Paint], log: Log | None
) -> list[int]:
    """Inks that opaque paint lies over, painted later as far as is known. The pixels decide then."""
    over: list[tuple[int, bool]] = []  # and whether the order is known without asking the engine
    covering = Index([paint for paint in paints if paint.opaque and paint.seqno != 0], Box(*page.rect))
    for i, place in enumerate(places):
        if place is None:
            continue
        seqno, half = inks[i].seqno, 0.5 * place.area
        covers = covering.near(place)
        if seqno is not None:
            covers = [paint for paint in covers if paint.seqno is None or paint.seqno > seqno]
        if not covers or sum(paint.box.shared_area(place) for paint in covers) <= half:
            continue
        if seqno is None:
            over.append((i, False))
        else:
            over.append((i, all(paint.seqno is not None for paint in covers)))
    if not over:
        return []
    later: Index[Paint] | None = None  # than the first text: what is painted before it hides nothing
    texts: Index[Written] | None = None
    found: list[int] = []
    for i, ordered in over:
        place = places[i]
        assert place is not None
        if ordered:
            found.append(i)
            continue
        if later is None or texts is None:
            log = log or logged(page)
            known = [ink.seqno for ink in inks if ink.seqno is not None]
            first = min([*known, *(text.seqno for text in log.texts)], default=1 << 62)
            hiding = (paint for paint in chain(log.paints, paints) if paint.opaque)
            later = Index([paint for paint in hiding if paint.seqno is not None and paint.seqno > first], Box(*page.rect))
            texts = Index(log.texts, Box(*page.rect))
        above = later.near(place)
        if not above:
            continue
        seqno = inks[i].seqno
        when = seqno if seqno is not None else painted_at(texts, place)
        if any(paint.seqno is not None and paint.seqno > when for paint in above):
            found.append(i)
    return found


def _on_page(box: Box, frame: Box) -> Box | None:
    """The part of a word's box that lies on the page."""
    if not all(map(math.isfinite, box)):
        return None
    return box.intersection(frame)


def _whole(low: float, high: float, size: int) -> tuple[int, int]:
    """Whole pixels between two edges: those that no edge runs through; the middle one where there is none."""
    first, last = max(0, math.ceil(low - 0.01)), min(size, math.floor(high + 0.01))
    if last > first:
        return first, last
    middle = max(0, min(size - 1, int((low + high) / 2)))
    return middle, middle + 1
