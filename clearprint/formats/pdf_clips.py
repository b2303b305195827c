"""The shapes that clips cut pictures into: a disc, a hexagon, a photograph set at a slant."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from pymupdf import mupdf

from clearprint.formats.looks import STRIPS
from clearprint.formats.pdf_outlines import Edge, Walker
from clearprint.geometry import Box
from clearprint.records import record

_STEPS = 16  # straight pieces a curve is cut into: on a disc they keep within a thousandth of its radius
_MOST = 5_000  # edges of a shape that is followed
_BOX = 0.97  # share of its box that a shape fills which is a box all the same: one with rounded corners


@record(eq=False)
class Clip:
    """A clip that is no upright box, kept past the call that told of it."""

    path: Any
    matrix: tuple[float, float, float, float, float, float]

    def within(self, area: Box) -> tuple[Box, ...]:
        """Level strips of what it leaves of an area, in view points; none where that is all of it, or nothing is known."""
        edges = self._edges()
        if not 3 <= len(edges) <= _MOST or area.width <= 0 or area.height <= 0:
            return ()
        count = max(1, min(STRIPS, round(area.height)))
        tall = area.height / count
        spans: dict[int, tuple[float, float]] = {}
        for edge in edges:
            for number, left, right in _crossed(edge, area.y0, tall, count):
                x0, x1 = spans.get(number, (left, right))
                spans[number] = min(x0, left), max(x1, right)
        strips = []
        for number, (x0, x1) in sorted(spans.items()):
            x0, x1 = max(x0, area.x0), min(x1, area.x1)
            if x1 > x0:
                strips.append(Box(x0, area.y0 + number * tall, x1, area.y0 + (number + 1) * tall))
        return tuple(strips) if sum(strip.area for strip in strips) < _BOX * area.area else ()

    def _edges(self) -> list[Edge]:
        walker = _walker()
        walker.clear()
        try:
            mupdf.ll_fz_walk_path(self.path.m_internal, walker.m_internal, walker.m_internal)
        except Exception:  # damaged paths raise whatever the engine raises
            return []
        walker.close()
        a, b, c, d, e, f = self.matrix
        edges = [
            (a * x0 + c * y0 + e, b * x0 + d * y0 + f, a * x1 + c * y1 + e, b * x1 + d * y1 + f)
            for x0, y0, x1, y1 in walker.edges
        ]
        return edges if all(math.isfinite(value) for edge in edges for value in edge) else []


def clip_of(path: Any, ctm: Any) -> Clip | None:
    """The shape of a clip; None for an upright box."""
    if mupdf.ll_fz_path_is_rect(path, ctm):
        return None
    kept = mupdf.FzPath(mupdf.ll_fz_keep_path(path))
    return Clip(kept, (float(ctm.a), float(ctm.b), float(ctm.c), float(ctm.d), float(ctm.e), float(ctm.f)))


def _crossed(edge: Edge, top: float, tall: float, count: int) -> Iterator[tuple[int, float, float]]:
    """The strips that an edge runs through, each with the edge's leftmost and rightmost point there."""
    x0, y0, x1, y1 = edge if edge[1] <= edge[3] else (edge[2], edge[3], edge[0], edge[1])
    first, last = max(0, math.floor((y0 - top) / tall)), min(count - 1, math.floor((y1 - top) / tall))
    for number in range(first, last + 1):
        if y1 - y0 < 1e-9:
            yield number, min(x0, x1), max(x0, x1)
            continue
        here, there = (
            x0 + (min(max(y, y0), y1) - y0) * (x1 - x0) / (y1 - y0) for y in (top + number * tall, top + (number + 1) * tall)
        )
        yield number, min(here, there), max(here, there)


@lru_cache(maxsize=1)
def _walker() -> Walker:
    return Walker(_STEPS)
