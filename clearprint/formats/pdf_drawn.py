"""Draws a PDF page with its text switched off, and its text alone.

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

from clearprint.geometry import Box

RESOLUTION = 100.0  # pixels an inch
MOST_PIXELS = 1_500_000  # half as much again as A4; larger pages are drawn coarser, as their type is larger

_TEXT = ("fill_text", "stroke_text")
_ALL_BUT_TEXT = ("fill_path", "stroke_path", "fill_shade", "fill_image", "fill_image_mask")

Pixels = tuple[int, int, int, int]


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


class Drawn:
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
        self.luminances: dict[tuple[int, int, int], float] = {}  # of colours of the ground that were asked for
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


def _whole(low: float, high: float, size: int) -> tuple[int, int]:
    """Whole pixels between two edges: those that no edge runs through; the middle one where there is none."""
    first, last = max(0, math.ceil(low - 0.01)), min(size, math.floor(high + 0.01))
    if last > first:
        return first, last
    middle = max(0, min(size - 1, int((low + high) / 2)))
    return middle, middle + 1
