"""Draws a PDF page with its text switched off, its text alone, and single pieces of text.

That takes calls of the engine that its documentation does not promise: they are made here and nowhere else. `self_test` tries
them once a process; should they fail, `Drawn.exact` is False, the page is drawn as it is, and what measures it says how rough
that is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.geometry import Box, hull

RESOLUTION = 100.0  # pixels an inch
MOST_PIXELS = 1_500_000  # half as much again as A4; larger pages are drawn coarser, as their type is larger

_TEXT = ("fill_text", "stroke_text")
_ALL_BUT_TEXT = ("fill_path", "stroke_path", "fill_shade", "fill_image", "fill_image_mask", "begin_tile", "end_tile")
_APART = (
    1 + 5e-7
)  # the engine keeps a pattern's cell by its exact scale: one drawn without its text must not serve the whole page

Pixels = tuple[int, int, int, int]

Shape = tuple[Any, Any, Any]
"""What draws a piece of text: the engine's text, what strokes it or None, its matrix."""


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


def _drawn(
    sheet: Any,
    rect: pymupdf.Rect,
    zoom: float,
    area: Pixels,
    *,
    without: Sequence[str] = (),
    alpha: bool = False,
    press: Any = None,
) -> Any:
    """An area of the page as a pixmap (RGB on white, or RGBA on nothing), less the kinds of painting named in `without`.

    The draw device's own functions for them are taken away. Clips and groups must stay: what opens one is closed again later.
    `press`: the process inks to draw it in first and the spot inks beside them, for only inks overprint. The engine lets them
    where it keeps track of separations.
    """
    space, separations = press or (mupdf.fz_device_rgb(), mupdf.FzSeparations())
    pixels = mupdf.FzPixmap(space, mupdf.FzIrect(*area), separations, int(alpha))
    if alpha:
        mupdf.fz_clear_pixmap(pixels)
    else:
        mupdf.fz_clear_pixmap_with_value(pixels, 255)
    wide = zoom * _APART if without else zoom
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(wide, 0, 0, zoom, -rect.x0 * zoom, -rect.y0 * zoom), pixels)
    for function in without:
        setattr(device.m_internal, function, None)
    x0, y0, x1, y1 = area
    scissor = mupdf.FzRect(x0 / zoom + rect.x0, y0 / zoom + rect.y0, x1 / zoom + rect.x0, y1 / zoom + rect.y0)
    mupdf.fz_run_display_list(sheet.this, device, mupdf.FzMatrix(), scissor, mupdf.FzCookie())
    mupdf.fz_close_device(device)
    if press is not None:
        spaces, params = mupdf.FzDefaultColorspaces(), mupdf.FzColorParams(mupdf.fz_default_color_params)
        if mupdf.fz_count_separations(separations):
            pixels = mupdf.fz_clone_pixmap_area_with_different_seps(
                pixels, mupdf.FzIrect(*area), space, mupdf.FzSeparations(), params, spaces
            )
        pixels = mupdf.fz_convert_pixmap(pixels, mupdf.fz_device_rgb(), mupdf.FzColorspace(), spaces, params, 0)
    return pymupdf.Pixmap("raw", pixels)


class Drawn:
    """The part of a page that holds these places, drawn without text, and in other ways when they are asked for."""

    MARGIN = 8  # pixels round the places, for the measures that look beside a word

    def __init__(
        self,
        page: pymupdf.Page,
        places: Sequence[Box],
        sheet: pymupdf.DisplayList,
        resolution: float = RESOLUTION,
        overprint: bool = False,
    ) -> None:
        """`resolution` in pixels an inch is what is wished for: large areas are drawn coarser. `overprint`: let inks mix."""
        self.rect = page.rect
        whole = max(1.0, self.rect.width * self.rect.height)
        self.zoom = min(RESOLUTION / 72.0, math.sqrt(MOST_PIXELS / whole))
        if resolution > RESOLUTION:
            taken = max(1.0, hull(places).area)
            self.zoom = max(self.zoom, min(resolution / 72.0, math.sqrt(MOST_PIXELS / taken)))
        self.exact = self_test()
        self._sheet = sheet
        self._press = _press(page) if overprint else None
        self.area = self._area(places)
        self.width, self.height = self.area[2] - self.area[0], self.area[3] - self.area[1]
        self.stride = 3 * self.width
        self.luminances: dict[tuple[int, int, int], float] = {}  # of colours of the ground that were asked for
        self._ground: bytes | None = None
        self._with_text: bytes | None = None
        self._image: Any = None
        self._seen: Any = None
        self._letters: Any = None
        self._beside_letters: Any = None

    @property
    def ground(self) -> bytes:
        """The pixels without text, three bytes each."""
        if self._ground is None:
            self._ground = self._samples(without=_TEXT if self.exact else ())
        return self._ground

    @property
    def with_text(self) -> bytes:
        """The pixels as they are seen."""
        if self._with_text is None:
            self._with_text = self._samples()
        return self._with_text

    def _samples(self, without: Sequence[str] = ()) -> bytes:
        if not self.exact:
            return self._plainly()
        samples = _drawn(self._sheet, self.rect, self.zoom, self.area, without=without, press=self._press).samples
        assert isinstance(samples, bytes)
        return samples

    def _plainly(self) -> bytes:
        """The pixels by documented calls alone: the whole page, cut to what is wanted. Nothing is switched off."""
        whole = self._sheet.get_pixmap(matrix=pymupdf.Matrix(self.zoom, self.zoom), colorspace=pymupdf.csRGB, alpha=0)
        x0, y0, x1, y1 = self.area
        blank = b"\xff" * self.stride
        rows = []
        for y in range(y0, y1):
            start = y * whole.stride + x0 * 3
            row = whole.samples[start : min(start + (x1 - x0) * 3, (y + 1) * whole.stride)] if y < whole.height else b""
            rows.append(row + blank[len(row) :])
        return b"".join(rows)

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
        window = self.pixels(place)
        return self.rows(self.ground, *window) == self.rows(self.with_text, *window)

    def is_plain(self, place: Box) -> bool:
        """Whether one colour fills this place, whatever text stands there."""
        rows = self.rows(self.ground, *self.pixels(place))
        return all(row == rows[0][:3] * (len(row) // 3) for row in rows)

    def image(self) -> Any:
        """The ground as a picture of Pillow's."""
        if self._image is None:
            self._image = self._pictured(self.ground)
        return self._image

    def seen(self) -> Any:
        """The page as it is seen, as a picture of Pillow's."""
        if self._seen is None:
            self._seen = self._pictured(self.with_text)
        return self._seen

    def _pictured(self, samples: bytes) -> Any:
        from PIL import Image

        return Image.frombuffer("RGB", (self.width, self.height), samples, "raw", "RGB", self.stride, 1)

    def letters(self) -> Any:
        """How much of each pixel letters take, whatever their colour. None when text can't be drawn alone."""
        if self._letters is None and self.exact:
            from PIL import Image

            alone = _drawn(self._sheet, self.rect, self.zoom, self.area, without=_ALL_BUT_TEXT, alpha=True)
            size = alone.width, alone.height
            self._letters = Image.frombuffer("RGBA", size, alone.samples, "raw", "RGBA", alone.stride, 1).getchannel("A")
        return self._letters

    def beside_letters(self) -> Any:
        """How much of each pixel letters take, or of one beside it. None when text can't be drawn alone."""
        if self._beside_letters is None and (letters := self.letters()) is not None:
            self._beside_letters = grown(letters, 1)
        return self._beside_letters

    def mask(self, shape: Shape, window: Pixels) -> Any:
        """How much of each pixel of a window this piece of text takes, whatever fills it and whatever hides it."""
        from PIL import Image

        text, stroke, matrix = shape
        white, fully = mupdf.fz_device_gray(), [1.0]
        left, top = self.area[:2]
        area = left + window[0], top + window[1], left + window[2], top + window[3]
        pixels = mupdf.FzPixmap(white, mupdf.FzIrect(*area), mupdf.FzSeparations(), 0)
        mupdf.fz_clear_pixmap_with_value(pixels, 0)
        zoom, rect = self.zoom, self.rect
        device = mupdf.fz_new_draw_device(mupdf.FzMatrix(zoom, 0, 0, zoom, -rect.x0 * zoom, -rect.y0 * zoom), pixels)
        if stroke is None:
            mupdf.fz_fill_text(device, text, matrix, white, fully, 1.0, mupdf.FzColorParams())
        else:
            mupdf.fz_stroke_text(device, text, stroke, matrix, white, fully, 1.0, mupdf.FzColorParams())
        mupdf.fz_close_device(device)
        drawn = pymupdf.Pixmap("raw", pixels)
        return Image.frombuffer("L", (drawn.width, drawn.height), drawn.samples, "raw", "L", drawn.stride, 1)


def grown(picture: Any, by: int) -> Any:
    """Each pixel the lightest of those up to `by` away: what Pillow's MaxFilter gives, ten times as fast."""
    from PIL import ImageChops

    wide, tall = picture.size
    for across in (True, False):
        span, reach = 2 * by + 1, 1
        x, y = (by, 0) if across else (0, by)
        picture = picture.crop((-x, -y, wide + x, tall + y))  # what lies outside is black
        while reach < span:
            step = min(reach, span - reach)
            dx, dy = (step, 0) if across else (0, step)
            picture = ImageChops.lighter(picture, picture.crop((dx, dy, picture.width + dx, picture.height + dy)))
            reach += step
        picture = picture.crop((0, 0, wide, tall))
    return picture


def _press(page: pymupdf.Page) -> Any:
    """The process inks a page is printed in (by its output intent, 14.11.5, else the engine's own), and its spots."""
    intent = mupdf.fz_document_output_intent(page.parent.this)
    process = intent if intent.m_internal and intent.m_internal.n == 4 else mupdf.fz_device_cmyk()
    spots = mupdf.fz_page_separations(page.this)
    return process, spots if spots.m_internal else mupdf.fz_new_separations(0)


def _whole(low: float, high: float, size: int) -> tuple[int, int]:
    """Whole pixels between two edges: those that no edge runs through; the middle one where there is none."""
    first, last = max(0, math.ceil(low - 0.01)), min(size, math.floor(high + 0.01))
    if last > first:
        return first, last
    middle = max(0, min(size - 1, int((low + high) / 2)))
    return middle, middle + 1
