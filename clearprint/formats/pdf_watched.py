"""What only the painting of a page tells: where images land once they are clipped, and which text a group or mask pales.

The engine's own lists know nothing of clips, so that a cropped photograph would be as large as its frame hides, and nothing of
the opacity of groups. A small device follows both; the engine calls it for the marks it asks for and no others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats.pdf import Frame
from clearprint.geometry import Box
from clearprint.model import Word

_SOLID = 0.99  # opacity from which a group hides what is below it
_UNSEEN = 0.02  # opacity below which nobody sees the letters
_MOST = 5_000  # rasters on a page that are followed; a mosaic of more is one picture all the same


@dataclass(slots=True)
class Raster:
    """One image as placed, in view points."""

    box: Box  # what is seen of it
    per_inch: float  # pixels an inch in the worse direction, at the size placed in the file
    pixels: tuple[int, int]
    stencil: bool = False
    soft: bool = False  # it has a soft mask: shadows and cut-outs
    opacity: float = 1.0
    image: Any = None
    matrix: tuple[float, float, float, float, float, float] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # of its unit square
    order: int = 0  # its turn in the order of painting
    mask_per_inch: float = 0.0  # as `per_inch`, of its soft mask; of its own pixels where it has none


@dataclass(frozen=True, slots=True)
class Faint:
    """Text in a transparency group that is painted faintly as a whole, or through a soft mask, in view points."""

    box: Box
    opacity: float
    masked: bool = False  # a soft mask makes it fainter still, or hides it


class _Watcher(mupdf.FzDevice2):  # type: ignore[misc]
    """Follows clips and notes where images land. The engine calls it once for each of these marks and no others.

    Text is followed only once a transparency group has been seen that is painted faintly as a whole, or a soft mask: the
    engine's list of characters knows the opacity set inside the group alone (ISO 32000-1, 11.4.7), and no masks.
    """

    def __init__(self, page: Box) -> None:
        super().__init__()
        for name in (
            "fill_image",
            "fill_image_mask",
            "clip_path",
            "clip_stroke_path",
            "clip_text",
            "clip_stroke_text",
            "clip_image_mask",
            "begin_mask",
            "end_mask",
            "pop_clip",
            "begin_group",
            "end_group",
            "stroke_text",
        ):
            getattr(self, f"use_virtual_{name}")()
        self.clips: list[Box | None] = [page]
        self.masks: list[Box | None] = []
        self.rasters: list[Raster] = []
        self.shadows = False
        self.groups: list[float] = [1.0]  # opacity of the open groups, multiplied
        self.faint: list[Faint] = []
        self.strokes_text = False
        self._follows_text = False
        self._masked: list[int] = []  # how many clips were open when a mask was set

    def begin_group(self, ctx: Any, area: Any, space: Any, isolated: int, knockout: int, blend: int, alpha: float) -> None:
        self.groups.append(self.groups[-1] * alpha)
        if alpha < _SOLID:
            self._follow_text()

    def _follow_text(self) -> None:
        if not self._follows_text:
            self._follows_text = True
            self.use_virtual_fill_text()

    def end_group(self, ctx: Any) -> None:
        if len(self.groups) > 1:
            self.groups.pop()

    def fill_text(self, ctx: Any, text: Any, ctm: Any, space: Any, colour: Any, alpha: float, params: Any) -> None:
        self._note_text(mupdf.ll_fz_bound_text(text, None, ctm))

    def stroke_text(
        self, ctx: Any, text: Any, stroke: Any, ctm: Any, space: Any, colour: Any, alpha: float, params: Any
    ) -> None:
        self.strokes_text = True
        self._note_text(mupdf.ll_fz_bound_text(text, stroke, ctm))

    def _note_text(self, bounds: Any) -> None:
        if (self.groups[-1] < _SOLID or self._masked) and not self.masks and len(self.faint) < _MOST:
            box = _box(bounds)
            if box is not None:
                self.faint.append(Faint(box, self.groups[-1], bool(self._masked)))

    def fill_image(self, ctx: Any, image: Any, ctm: Any, alpha: float, params: Any) -> None:
        self._note(image, ctm, alpha, stencil=False)

    def fill_image_mask(self, ctx: Any, image: Any, ctm: Any, space: Any, colour: Any, alpha: float, params: Any) -> None:
        self._note(image, ctm, alpha, stencil=True)

    def clip_path(self, ctx: Any, path: Any, even_odd: Any, ctm: Any, scissor: Any) -> None:
        self._push(mupdf.ll_fz_bound_path(path, None, ctm))

    def clip_stroke_path(self, ctx: Any, path: Any, stroke: Any, ctm: Any, scissor: Any) -> None:
        self._push(mupdf.ll_fz_bound_path(path, stroke, ctm))

    def clip_text(self, ctx: Any, text: Any, ctm: Any, scissor: Any) -> None:
        self._push(mupdf.ll_fz_bound_text(text, None, ctm))

    def clip_stroke_text(self, ctx: Any, text: Any, stroke: Any, ctm: Any, scissor: Any) -> None:
        self._push(mupdf.ll_fz_bound_text(text, stroke, ctm))

    def clip_image_mask(self, ctx: Any, image: Any, ctm: Any, scissor: Any) -> None:
        self.clips.append(_shared(self.clips[-1], _unit(ctm)))

    def begin_mask(self, ctx: Any, area: Any, luminosity: Any, space: Any, colour: Any, params: Any) -> None:
        # What is painted until end_mask makes the mask and is not seen itself (ISO 32000-1, 11.6.5.3).
        self.masks.append(_box(area))

    def end_mask(self, ctx: Any, function: Any = None) -> None:
        area = self.masks.pop() if self.masks else None
        self._masked.append(len(self.clips))
        self._follow_text()
        self.clips.append(_shared(self.clips[-1], area) if area is not None else self.clips[-1])

    def pop_clip(self, ctx: Any) -> None:
        if len(self.clips) > 1:
            self.clips.pop()
        while self._masked and self._masked[-1] >= len(self.clips):
            self._masked.pop()

    def _push(self, bounds: Any) -> None:
        self.clips.append(_shared(self.clips[-1], _box(bounds)))

    def _note(self, image: Any, ctm: Any, alpha: float, *, stencil: bool) -> None:
        clip = self.clips[-1]
        if self.masks or clip is None or alpha <= 0.02 or len(self.rasters) >= _MOST:
            return
        placed = _unit(ctm)
        seen = _shared(placed, clip)
        if seen is None:
            return
        across, down = math.hypot(ctm.a, ctm.b), math.hypot(ctm.c, ctm.d)
        width, height = int(image.w), int(image.h)
        if across <= 0 or down <= 0 or not math.isfinite(across + down) or width < 1 or height < 1:
            return
        per_inch = min(width / across, height / down) * 72
        soft = bool(image.mask)
        kept = mupdf.FzImage(mupdf.ll_fz_keep_image(image))
        matrix = float(ctm.a), float(ctm.b), float(ctm.c), float(ctm.d), float(ctm.e), float(ctm.f)
        opacity = alpha * self.groups[-1]
        order = len(self.rasters)
        mask = min(int(image.mask.w) / across, int(image.mask.h) / down) * 72 if soft else per_inch
        self.rasters.append(Raster(seen, per_inch, (width, height), stencil, soft, opacity, kept, matrix, order, mask))


@dataclass(frozen=True, slots=True)
class Watched:
    """What is painted on a page, as far as only the painting tells."""

    rasters: list[Raster]  # that show on the trimmed page, in the order of painting
    faint: list[Faint]  # text of faint groups and soft masks
    strokes_text: bool  # some letters are stroked


def watched(sheet: pymupdf.DisplayList, frame: Frame) -> Watched:
    """What the painting of a page tells, from its display list."""
    watcher = _Watcher(frame.trim)
    mupdf.fz_run_display_list(
        sheet.this, watcher, mupdf.FzMatrix(), mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE), mupdf.FzCookie()
    )
    return Watched(watcher.rasters, watcher.faint, watcher.strokes_text)


def fainter(words: Sequence[Word], faint: Sequence[Faint], frame: Frame) -> list[Word]:
    """The words with the opacity of the groups they stand in, but those that are painted so faintly that nothing is seen."""
    areas = [(frame.to_paper(text.box), text.opacity) for text in faint if text.opacity < _SOLID]
    if not areas:
        return list(words)
    result = []
    for word in words:
        x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
        spot = Box(x, y, x, y)
        opacity = next((share for area, share in areas if area.contains(spot, 0.0)), 1.0)
        if opacity * word.style.opacity < _UNSEEN:
            continue
        result.append(
            word if opacity == 1.0 else replace(word, style=replace(word.style, opacity=word.style.opacity * opacity))
        )
    return result


def _unit(ctm: Any) -> Box | None:
    """Where the unit square lands: an image fills it (ISO 32000-1, 8.9.5.1)."""
    xs = sorted((0.0, float(ctm.a), float(ctm.c), float(ctm.a + ctm.c)))
    ys = sorted((0.0, float(ctm.b), float(ctm.d), float(ctm.b + ctm.d)))
    box = Box(ctm.e + xs[0], ctm.f + ys[0], ctm.e + xs[-1], ctm.f + ys[-1])
    return box if all(map(math.isfinite, box)) and box.area > 0 else None


def _box(rect: Any) -> Box | None:
    x0, y0, x1, y1 = rect.x0, rect.y0, rect.x1, rect.y1
    if not all(map(math.isfinite, (x0, y0, x1, y1))) or x1 <= x0 or y1 <= y0:
        return None
    return Box(x0, y0, x1, y1)


def _shared(one: Box | None, other: Box | None) -> Box | None:
    return one.intersection(other) if one is not None and other is not None else None
