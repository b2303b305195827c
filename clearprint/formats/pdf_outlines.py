"""Letterforms as outlines: what one glyph looks like, in em, straight from the font program.

Works by glyph number, so a subset without a name or code table is measured like any other. The engine's calls used here are not
part of its documented interface; `available` tries them once, and without them nothing is measured.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.records import record

STEPS = 4  # straight pieces a curve is cut into
_UNIT = mupdf.FzMatrix()

Edge = tuple[float, float, float, float]
Points = tuple[tuple[float, float], ...]


@record
class Glyph:
    """One outline: its edges and bounds in em, y upwards from the baseline."""

    edges: tuple[Edge, ...]
    x0: float
    y0: float
    x1: float
    y1: float
    advance: float
    points: Points  # where its pieces meet, for comparing shapes

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    def across(self, y: float) -> list[tuple[float, float]]:
        """Runs of ink on a level line, left to right."""
        return _runs([(x0, y0, x1, y1) for x0, y0, x1, y1 in self.edges], y)

    def down(self, x: float) -> list[tuple[float, float]]:
        """Runs of ink on an upright line, bottom to top."""
        return _runs([(y0, x0, y1, x1) for x0, y0, x1, y1 in self.edges], x)


def _runs(edges: Sequence[Edge], level: float) -> list[tuple[float, float]]:
    """Where ink is on a line that crosses the edges: nonzero winding, as fonts are filled."""
    crossings: list[tuple[float, int]] = []
    for x0, y0, x1, y1 in edges:
        if (y0 <= level) != (y1 <= level):
            crossings.append((x0 + (level - y0) * (x1 - x0) / (y1 - y0), 1 if y1 > y0 else -1))
    crossings.sort()
    runs: list[tuple[float, float]] = []
    winding, start = 0, 0.0
    for x, turn in crossings:
        if winding == 0:
            start = x
        winding += turn
        if winding == 0 and x - start > 1e-4:
            if runs and start - runs[-1][1] < 1e-5:  # rows of a bitmap that touch
                start = runs.pop()[0]
            runs.append((start, x))
    return runs


class Walker(mupdf.FzPathWalker2):  # type: ignore[misc]
    """Collects the pieces of a path as straight edges."""

    def __init__(self, steps: int = STEPS) -> None:
        super().__init__()
        # Weights of a curve's four points at each step (Bernstein polynomials).
        self._curve = [
            ((1 - t) * (1 - t) * (1 - t), 3 * (1 - t) * (1 - t) * t, 3 * (1 - t) * t * t, t * t * t)
            for t in (step / steps for step in range(1, steps + 1))
        ]
        for name in ("moveto", "lineto", "curveto", "closepath"):
            getattr(self, f"use_virtual_{name}")()
        self.clear()

    def clear(self) -> None:
        self.edges: list[Edge] = []
        self.points: list[tuple[float, float]] = []
        self.at = self.start = (0.0, 0.0)

    def moveto(self, _: Any, x: float, y: float) -> None:
        self.close()
        self.at = self.start = (x, y)
        self.points.append(self.at)

    def lineto(self, _: Any, x: float, y: float) -> None:
        self.edges.append((*self.at, x, y))
        self.at = (x, y)
        self.points.append(self.at)

    def curveto(self, _: Any, x1: float, y1: float, x2: float, y2: float, x3: float, y3: float) -> None:
        x0, y0 = ax, ay = self.at
        for a, b, c, d in self._curve:
            bx, by = a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3
            self.edges.append((ax, ay, bx, by))
            ax, ay = bx, by
        self.at = (x3, y3)
        self.points.append(self.at)

    def closepath(self, _: Any) -> None:
        self.close()

    def close(self) -> None:
        if self.at != self.start:
            self.edges.append((*self.at, *self.start))
        self.at = self.start


def glyph(font: Any, number: int, walker: Walker) -> Glyph | None:
    """The outline of a glyph; None when it has none (a space, a picture, a broken program)."""
    walker.clear()
    try:
        path = mupdf.fz_outline_glyph(font, number, _UNIT)
        if path.m_internal is None:
            return None
        mupdf.ll_fz_walk_path(path.m_internal, walker.m_internal, walker.m_internal)
        walker.close()
        advance = float(mupdf.fz_advance_glyph(font, number, 0))
    except Exception:  # damaged programs raise whatever the engine's reader of them raises
        return None
    return made(walker.edges, walker.points, advance)


def made(edges: Sequence[Edge], points: Sequence[tuple[float, float]], advance: float) -> Glyph | None:
    """A glyph of closed contours; None when they enclose nothing, or are no likely letter."""
    if not edges or len(edges) > 20_000:
        return None
    _, _, xs, ys = zip(*edges, strict=True)  # contours are closed: where an edge starts another ends
    x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
    if not all(map(math.isfinite, (x0, y0, x1, y1, advance))) or x1 - x0 < 1e-3 or y1 - y0 < 1e-3:
        return None
    return Glyph(tuple(edges), x0, y0, x1, y1, advance, tuple(points))


def advance(font: Any, number: int) -> float | None:
    """Advance of a glyph in em; None when there is none."""
    try:
        width = float(mupdf.fz_advance_glyph(font, number, 0))
    except Exception:  # a damaged table of widths: the advance is not known
        return None
    return width if math.isfinite(width) and width > 0 else None


def picture(font: Any, number: int, grid: float, shift: float, base: float, width: int, height: int) -> bytes | None:
    """A glyph's pixels, `grid` an em, from `shift` to the right and with its baseline at `base`; a byte a pixel, 255 is ink."""
    try:
        path = mupdf.fz_outline_glyph(font, number, mupdf.FzMatrix(grid, 0, 0, -grid, shift, base))
        pixels = mupdf.FzPixmap(mupdf.fz_device_gray(), mupdf.FzIrect(0, 0, width, height), mupdf.FzSeparations(), 0)
        mupdf.fz_clear_pixmap_with_value(pixels, 0)
        device = mupdf.fz_new_draw_device(_UNIT, pixels)
        white = mupdf.new_floats(1)
        mupdf.floats_setitem(white, 0, 1.0)
        mupdf.fz_fill_path(device, path, 0, _UNIT, mupdf.fz_device_gray(), white, 1.0, mupdf.FzColorParams())
        mupdf.fz_close_device(device)
        mupdf.delete_floats(white)
        samples = bytes(pymupdf.Pixmap("raw", pixels).samples)
    except Exception:  # a glyph that the engine cannot draw is not known
        return None
    return samples if len(samples) == width * height else None


@lru_cache(maxsize=1)
def walker() -> Walker:
    return Walker()


@lru_cache(maxsize=1)
def available() -> bool:
    """Whether outlines can be had: measures the stem of an l of the engine's own Helvetica. Tried once a process."""
    try:
        font = pymupdf.Font("helv").this
        shape = glyph(font, mupdf.fz_encode_character(font, ord("l")), walker())
        return shape is not None and len(shape.across(0.3)) == 1
    except Exception:  # an engine without these calls, whatever it raises: faces are told by descriptor and name
        return False
