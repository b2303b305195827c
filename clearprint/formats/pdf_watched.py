"""What only the painting of a page tells: where images land once clipped, how far patterns reach, and which text looks odd.

The engine's own lists know nothing of clips, so that a cropped photograph would be as large as its frame hides, nothing of what
a pattern fills, and of text nothing but the colour it is said to have. A small device follows the painting; the engine calls it
for the marks it asks for and no others.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import pymupdf
from pymupdf import mupdf

from clearprint.colour import Colour
from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_clips import Clip, clip_of
from clearprint.formats.pdf_drawn import Shape
from clearprint.geometry import Box
from clearprint.model import Word
from clearprint.records import record

_SOLID = 0.99  # opacity from which a group hides what is below it
_UNSEEN = 0.02  # opacity below which nobody sees the letters
_RULE = 3.0  # points: what is thinner is a line, no panel
_MOST = 5_000  # rasters on a page that are followed; a mosaic of more is one picture all the same


@record(frozen=False)
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
    clip: Clip | None = None  # the shape it is cut into


Why = Literal["group", "mask", "clip", "stroke", "overprint"]


@record
class Odd:
    """Text that looks otherwise than its own colour says, or may, in view points."""

    box: Box
    why: Why
    # Painted as part of a group, through a soft mask, or as a clip; outlined as well as filled; mixing with what is below.
    opacity: float = 1.0  # of the groups it stands in
    stroke: Colour | None = None  # of its outline
    width: float = 0.0  # of its outline, points
    shape: Shape | None = None  # what draws it again


class _Watcher(mupdf.FzDevice2):  # type: ignore[misc]
    """Follows clips and notes where images land. The engine calls it once for each of these marks and no others.

    Text is followed only once it matters: after a transparency group has been seen that is painted faintly or blended as a
    whole, or a soft mask, for the engine's list of characters knows the opacity set inside the group alone (ISO 32000-1,
    11.4.7); and where the page's colours are not the engine's own (an output intent, 14.11.5, or default spaces, 8.6.5.6),
    which that list does not know either.
    """

    def __init__(self, page: Box, overprints: bool) -> None:
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
            "begin_tile",
            "stroke_text",
            "set_default_colorspaces",
        ):
            getattr(self, f"use_virtual_{name}")()
        self.clips: list[Box | None] = [page]
        self._shapes: list[tuple[int, Clip]] = []  # of the open clips that are no boxes: how many are open with it
        self.masks: list[Box | None] = []
        self.rasters: list[Raster] = []
        self.tiles: list[Box] = []
        self.groups: list[tuple[float, bool]] = [(1.0, False)]  # of the open groups: opacity, multiplied; one is blended
        self.odd: list[Odd] = []
        self.strokes_text = False
        self.inks: dict[int, Colour] = {}
        self._spaces: dict[int, Any] = {}  # what stands for the engine's own spaces, by their number of parts
        self._converted: set[tuple[Any, ...]] = set()
        self._follows_text = False
        self._masked: list[int] = []  # how many clips were open when a mask was set
        self.mixing: list[Box] = []
        if overprints:
            self._follow_text()
            self.use_virtual_fill_path()

    def set_default_colorspaces(self, ctx: Any, spaces: Any) -> None:
        grey, rgb, cmyk = (
            mupdf.ll_fz_default_gray(spaces),
            mupdf.ll_fz_default_rgb(spaces),
            mupdf.ll_fz_default_cmyk(spaces),
        )
        own = mupdf.ll_fz_device_gray(), mupdf.ll_fz_device_rgb(), mupdf.ll_fz_device_cmyk()
        self._spaces = {
            int(mine.n): theirs for mine, theirs in zip(own, (grey, rgb, cmyk), strict=True) if _at(mine) != _at(theirs)
        }
        if self._spaces:
            self._follow_text()

    def begin_group(self, ctx: Any, area: Any, space: Any, isolated: int, knockout: int, blend: int, alpha: float) -> None:
        opacity, blended = self.groups[-1]
        self.groups.append((opacity * alpha, blended or blend != 0))
        if alpha < _SOLID or blend:
            self._follow_text()

    def _follow_text(self) -> None:
        if not self._follows_text:
            self._follows_text = True
            self.use_virtual_fill_text()

    def end_group(self, ctx: Any) -> None:
        if len(self.groups) > 1:
            self.groups.pop()

    def begin_tile(self, ctx: Any, area: Any, view: Any, xstep: float, ystep: float, ctm: Any, *_: Any) -> int:
        # The engine's lists have the cell of a pattern once, wherever it is repeated (ISO 32000-1, 8.7.3).
        box = _shared(_box(mupdf.ll_fz_transform_rect(area, ctm)), self.clips[-1])
        if box is not None and not self.masks and len(self.tiles) < _MOST:
            self.tiles.append(box)
        return 0

    def fill_text(self, ctx: Any, text: Any, ctm: Any, space: Any, colour: Any, alpha: float, params: Any) -> None:
        if self._spaces:
            self._convert(space, colour, params)
        if params.op and alpha > _SOLID and space and not _is_black(space, colour):
            self._note("overprint", text, None, ctm)
        else:
            self._note_text(text, None, ctm)

    def stroke_text(
        self, ctx: Any, text: Any, stroke: Any, ctm: Any, space: Any, colour: Any, alpha: float, params: Any
    ) -> None:
        self.strokes_text = True
        if self._spaces:
            self._convert(space, colour, params)
        box = _box(mupdf.ll_fz_bound_text(text, stroke, ctm))
        if box is not None and not self.masks and alpha > _SOLID and len(self.odd) < _MOST:
            width = float(stroke.linewidth) * math.sqrt(abs(ctm.a * ctm.d - ctm.b * ctm.c))
            self.odd.append(Odd(box, "stroke", stroke=self._seen(space, colour, params), width=width))
        self._note_text(text, stroke, ctm)

    def fill_path(
        self, ctx: Any, path: Any, even_odd: Any, ctm: Any, space: Any, colour: Any, alpha: float, params: Any
    ) -> None:
        if not params.op or alpha <= _SOLID or not space or self.masks or len(self.mixing) >= _MOST:
            return
        box = _shared(_box(mupdf.ll_fz_bound_path(path, None, ctm)), self.clips[-1])
        if box is not None and min(box.width, box.height) > _RULE and not _is_solid_black(space, colour):
            self.mixing.append(box)

    def _note_text(self, text: Any, stroke: Any, ctm: Any) -> None:
        opacity, blended = self.groups[-1]
        if opacity < _SOLID or blended or self._masked:
            self._note("mask" if self._masked else "group", text, stroke, ctm, opacity)

    def _note(self, why: Why, text: Any, stroke: Any, ctm: Any, opacity: float = 1.0) -> Box | None:
        box = _box(mupdf.ll_fz_bound_text(text, stroke, ctm))
        if box is not None and not self.masks and len(self.odd) < _MOST:
            self.odd.append(Odd(box, why, opacity, shape=_kept(text, stroke, ctm)))
        return box

    def _seen(self, space: Any, colour: Any, params: Any) -> Colour | None:
        """A colour as the page's own spaces have it, in sRGB."""
        if not space:
            return None
        own = self._spaces.get(int(space.n)) if space.flags & mupdf.FZ_COLORSPACE_IS_DEVICE else None
        return _converted(own or space, colour, params)

    def _convert(self, space: Any, colour: Any, params: Any) -> None:
        """Notes what a colour of text looks like, by what the engine's own list makes of it."""
        key = (_at(space), *(mupdf.floats_getitem(colour, part) for part in range(int(space.n))))
        if key in self._converted or len(self._converted) > _MOST:
            return
        self._converted.add(key)
        said = _converted(space, colour, mupdf.fz_default_color_params)
        seen = self._seen(space, colour, params)
        if said is not None and seen is not None and said != seen:
            red, green, blue = (min(255, max(0, round(part * 255))) for part in said)
            self.inks.setdefault(red << 16 | green << 8 | blue, seen)

    def fill_image(self, ctx: Any, image: Any, ctm: Any, alpha: float, params: Any) -> None:
        self._note_image(image, ctm, alpha, stencil=False)

    def fill_image_mask(self, ctx: Any, image: Any, ctm: Any, space: Any, colour: Any, alpha: float, params: Any) -> None:
        self._note_image(image, ctm, alpha, stencil=True)

    def clip_path(self, ctx: Any, path: Any, even_odd: Any, ctm: Any, scissor: Any) -> None:
        self._push(mupdf.ll_fz_bound_path(path, None, ctm))
        shape = clip_of(path, ctm)
        if shape is not None:
            self._shapes.append((len(self.clips), shape))

    def clip_stroke_path(self, ctx: Any, path: Any, stroke: Any, ctm: Any, scissor: Any) -> None:
        self._push(mupdf.ll_fz_bound_path(path, stroke, ctm))

    def clip_text(self, ctx: Any, text: Any, ctm: Any, scissor: Any) -> None:
        self._clip(text, None, ctm)

    def clip_stroke_text(self, ctx: Any, text: Any, stroke: Any, ctm: Any, scissor: Any) -> None:
        self._clip(text, stroke, ctm)

    def _clip(self, text: Any, stroke: Any, ctm: Any) -> None:
        self.clips.append(_shared(self.clips[-1], self._note("clip", text, stroke, ctm)))

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
        while self._shapes and self._shapes[-1][0] > len(self.clips):
            self._shapes.pop()

    def _push(self, bounds: Any) -> None:
        self.clips.append(_shared(self.clips[-1], _box(bounds)))

    def _note_image(self, image: Any, ctm: Any, alpha: float, *, stencil: bool) -> None:
        area = self.clips[-1]
        if self.masks or area is None or alpha <= 0.02 or len(self.rasters) >= _MOST:
            return
        placed = _unit(ctm)
        seen = _shared(placed, area)
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
        opacity = alpha * self.groups[-1][0]
        order = len(self.rasters)
        mask = min(int(image.mask.w) / across, int(image.mask.h) / down) * 72 if soft else per_inch
        shape = self._shapes[-1][1] if self._shapes else None
        self.rasters.append(Raster(seen, per_inch, (width, height), stencil, soft, opacity, kept, matrix, order, mask, shape))


@record
class Watched:
    """What is painted on a page, as far as only the painting tells. Boxes are in view points."""

    rasters: list[Raster]  # that show on the trimmed page, in the order of painting
    odd: list[Odd]  # text that looks otherwise than it says
    tiles: list[Box]  # what patterns are repeated over
    inks: dict[int, Colour]  # of text, by what the engine takes them for (0xRRGGBB), where the page has spaces of its own
    strokes_text: bool  # some letters are stroked
    mixing: list[Box]  # panels that overprint (ISO 32000-1, 8.6.7): their ink mixes with what lies below


def watched(page: pymupdf.Page, sheet: pymupdf.DisplayList, frame: Frame) -> Watched:
    """What the painting of a page tells, from its display list."""
    watcher = _Watcher(frame.trim, bool(mupdf.fz_page_uses_overprint(page.this)))
    mupdf.fz_run_display_list(
        sheet.this, watcher, mupdf.FzMatrix(), mupdf.FzRect(mupdf.FzRect.Fixed_INFINITE), mupdf.FzCookie()
    )
    return Watched(watcher.rasters, watcher.odd, watcher.tiles, watcher.inks, watcher.strokes_text, watcher.mixing)


def fainter(words: Sequence[Word], odd: Sequence[Odd], frame: Frame) -> list[Word]:
    """The words with the opacity of the groups they stand in, but those that are painted so faintly that nothing is seen."""
    areas = [(frame.to_paper(text.box), text.opacity) for text in odd if text.opacity < _SOLID]
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


def _converted(space: Any, colour: Any, params: Any) -> Colour | None:
    try:
        red, green, blue, _ = mupdf.ll_fz_convert_color(space, colour, mupdf.ll_fz_device_rgb(), None, params)
    except Exception:  # a broken profile says nothing
        return None
    return red, green, blue


def _is_black(space: Any, colour: Any) -> bool:
    """Whether an ink is black or greys of it, which stay themselves over other inks."""
    if space.n == 4:
        return not any(mupdf.floats_getitem(colour, part) for part in range(3)) and bool(mupdf.floats_getitem(colour, 3))
    return int(space.n) == 1 and bool(space.flags & mupdf.FZ_COLORSPACE_IS_DEVICE)


def _is_solid_black(space: Any, colour: Any) -> bool:
    """Whether an ink hides what is below even where it mixes with it."""
    last = mupdf.floats_getitem(colour, int(space.n) - 1)
    return _is_black(space, colour) and (last > _SOLID if space.n == 4 else last < 1 - _SOLID)


def _kept(text: Any, stroke: Any, ctm: Any) -> Shape:
    """What it takes to draw text again, kept alive past the call that told of it."""
    held = mupdf.FzStrokeState(mupdf.ll_fz_keep_stroke_state(stroke)) if stroke else None
    return mupdf.FzText(mupdf.ll_fz_keep_text(text)), held, mupdf.FzMatrix(ctm.a, ctm.b, ctm.c, ctm.d, ctm.e, ctm.f)


def _at(pointer: Any) -> int:
    """The address of something of the engine's."""
    return int(pointer.this) if pointer else 0


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
