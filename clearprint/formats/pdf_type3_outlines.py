"""Outlines of Type 3 glyphs, which are small drawings or bitmaps rather than a font program (ISO 32000-1, 9.6.5).

Browsers write variable fonts so, and TeX its fonts of pixels. A glyph is run on a device that collects what is filled; the
pixels of a bitmap become its edges.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats import pdf_outlines
from clearprint.formats.letterforms import Shapes
from clearprint.formats.pdf_outlines import Edge, Glyph

_LARGEST = 1_000  # pixels of a bitmap each way that are looked at
_MOST = 20_000  # edges
_INK = 128  # of 255
_FINER = 4  # levels that a row of pixels is cut on


class DrawnShapes(Shapes):
    """The glyphs of a Type 3 font, in em of `em` times the font's own unit."""

    def __init__(self, font: Any, number: Callable[[str], int], em: float = 1.0, others: Sequence[int] = ()) -> None:
        super().__init__(font, number)
        self._em = em
        self._others = others

    def samples(self) -> list[Glyph]:
        """Some of its letters, whatever their script."""
        return self.numbered(self._others)

    def _outline(self, number: int) -> Glyph | None:
        device = _Collector(1 / self._em)
        try:
            mupdf.fz_run_t3_glyph(self._font, number, mupdf.FzMatrix(), device)
            advance = float(mupdf.fz_advance_glyph(self._font, number, 0)) / self._em
        except Exception:  # a damaged glyph raises whatever the engine makes of it
            return None
        return pdf_outlines.made(device.edges, device.points, advance)

    def advance(self, character: str) -> float | None:
        width = super().advance(character)
        return width / self._em if width is not None else None

    def picture(self, character: str, grid: float, width: int, height: int, base: int) -> bytes | None:
        shape = self(character)
        if shape is None:
            return None
        return _painted(shape, grid, width / 2 - (shape.x0 + shape.x1) / 2 * grid, base, width, height)


def _painted(shape: Glyph, grid: float, shift: float, base: int, width: int, height: int) -> bytes:
    """Its pixels; the engine's own drawing widens bitmaps to whole pixels."""
    pixels = bytearray()
    for row in range(height):
        inked = [0.0] * width
        for part in range(_FINER):
            for start, end in shape.across((base - row - (part + 0.5) / _FINER) / grid):
                left, right = start * grid + shift, end * grid + shift
                for x in range(max(0, int(left)), min(width - 1, int(right)) + 1):
                    inked[x] += max(0.0, min(right, x + 1) - max(left, x))
        pixels += bytes(min(255, round(255 / _FINER * ink)) for ink in inked)
    return bytes(pixels)


class JoinedShapes(Shapes):
    """The glyphs of one face that is cut into several Type 3 fonts."""

    def __init__(self, parts: Sequence[DrawnShapes]) -> None:
        super().__init__(None, lambda character: 0)
        self.parts = parts

    def __call__(self, character: str) -> Glyph | None:
        return next((shape for part in self.parts if (shape := part(character)) is not None), None)

    def advance(self, character: str) -> float | None:
        return next((width for part in self.parts if (width := part.advance(character)) is not None), None)

    def picture(self, character: str, grid: float, width: int, height: int, base: int) -> bytes | None:
        holder = next((part for part in self.parts if part(character) is not None), None)
        return holder.picture(character, grid, width, height, base) if holder is not None else None

    def samples(self) -> list[Glyph]:
        """Some of their letters, whatever their script."""
        return [shape for part in self.parts for shape in part.samples()]


class _Collector(mupdf.FzDevice2):  # type: ignore[misc]
    """Collects the edges of what a glyph fills."""

    def __init__(self, scale: float) -> None:
        super().__init__()
        self.use_virtual_fill_path()
        self.use_virtual_fill_image_mask()
        self.edges: list[Edge] = []
        self.points: list[tuple[float, float]] = []
        self._scale = scale

    def fill_path(
        self, ctx: Any, path: Any, even_odd: int, ctm: Any, space: Any, colour: Any, alpha: float, params: Any
    ) -> None:
        walker = pdf_outlines.walker()
        walker.clear()
        mupdf.ll_fz_walk_path(path, walker.m_internal, walker.m_internal)
        walker.close()

        def placed(x: float, y: float) -> tuple[float, float]:
            return (ctm.a * x + ctm.c * y + ctm.e) * self._scale, (ctm.b * x + ctm.d * y + ctm.f) * self._scale

        self.edges += [(*placed(x0, y0), *placed(x1, y1)) for x0, y0, x1, y1 in walker.edges]
        self.points += [placed(x, y) for x, y in walker.points]

    def fill_image_mask(self, ctx: Any, image: Any, ctm: Any, *_paint: Any) -> None:
        """Bitmaps that stand upright: each run of inked pixels in a row is a box of four edges."""
        width, height = int(image.w), int(image.h)
        if max(width, height) > _LARGEST or abs(ctm.b) + abs(ctm.c) > 1e-6 or len(self.edges) > _MOST:
            return
        pixmap = pymupdf.Pixmap("raw", mupdf.FzPixmap(mupdf.ll_fz_get_pixmap_from_image(image, None, None)[0]))
        if (pixmap.width, pixmap.height, pixmap.n) != (width, height, 1):
            return
        samples, stride = pixmap.samples, pixmap.stride
        for row in range(height):
            line = samples[row * stride : row * stride + width]
            y0, y1 = (self._scale * (ctm.d * part / height + ctm.f) for part in (row, row + 1))
            at = 0
            while at < width:
                start = next((x for x in range(at, width) if line[x] >= _INK), width)
                at = next((x for x in range(start, width) if line[x] < _INK), width)
                if at > start:
                    x0, x1 = (self._scale * (ctm.a * part / width + ctm.e) for part in (start, at))
                    self.edges += [(x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)]
                    self.points += [(x0, y0), (x1, y1)]
