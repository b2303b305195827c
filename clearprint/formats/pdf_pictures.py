"""Raster pictures of a PDF page as printed: after clipping and cropping, with resolution and tones.

The engine's own list of images knows nothing of clips, so that a cropped photograph would be as large as its frame hides. A
small device follows the clips instead; it is asked only on pages that hold images at all.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats.pdf import Frame
from clearprint.geometry import Box, hull
from clearprint.model import Picture, Word
from clearprint.units import from_mm

LEAST = from_mm(10)  # smaller rasters are icons
_TOUCHING = 0.75  # points between slices of one picture
_SMALL = 72.0  # pixels each way that tones are taken from
_PALE = 150  # of 255: a shadow is nowhere darker
_WHITE = 240  # of 255: the margin of a picture that is lighter everywhere does not show on paper
_DRAWN = 0.6  # share of white, or of black, in a picture that is drawn on a plain sheet: its range of tones says nothing
_LAYER = 0.25  # share of the page, or of the picture below, for layers of one picture
_FLAT = 0.1  # of the range of luminance, 5th to 95th percentile
_DOMINANT = 0.2  # share of one tone (of 32) in a picture of a page: its paper
_MOST_LAYERED = 40  # pictures on a page that may have layers
_SAME_SPOT = 0.9  # share that two pictures laid over each other have in common
_SOLID = 0.99  # opacity from which a group hides what is below it
_UNSEEN = 0.02  # opacity below which nobody sees the letters
_MOST = 5_000  # rasters on a page that are followed; a mosaic of more is one picture all the same


Small = tuple[bytes, int, int]
"""Grey pixels of an image made small, with width and height."""


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
    whole: bool = False  # upright, and nothing of it clipped away
    small: Small | None = None  # once it has been asked for, which decodes the image


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
        upright = ctm.a > 0 and ctm.d > 0 and abs(ctm.b) + abs(ctm.c) < 0.001 * (across + down)
        whole = upright and placed is not None and seen.contains(placed, 0.5)
        opacity = alpha * self.groups[-1]
        self.rasters.append(Raster(seen, per_inch, (width, height), stencil, soft, opacity, kept, whole))


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


def placed_images(rasters: Iterable[Raster], frame: Frame) -> list[dict[str, Any]]:
    """The rasters as the engine's own list of images gives them, but cut to what is seen: engine points."""
    return [{"bbox": frame.engine_box(raster.box)} for raster in rasters]


def pictures_of(rasters: Sequence[Raster], frame: Frame, number: int, text: Sequence[Box] = ()) -> list[Picture]:
    """Pictures on paper: slices joined, icons told from pictures and pictures from ground. `text`: boxes of words on paper."""
    pictures: list[Picture] = []
    for group in _layered(_joined(rasters), frame.trim.area):
        box = frame.to_paper(hull(raster.box for raster in group))
        largest = max(group, key=lambda raster: raster.box.area)
        per_inch = min(raster.per_inch for raster in group if raster.box.area >= 0.1 * largest.box.area) / frame.scale
        picture = Picture(box, pixels_per_inch=round(per_inch, 1), page=number)
        if box.width < LEAST or box.height < LEAST:
            pictures.append(replace(picture, use="icon"))
            continue
        if max(max(raster.pixels) for raster in group) <= 2:
            pictures.append(replace(picture, use="ground", pixels_per_inch=None))  # a tint painted as an image
            continue
        tones, digest, plain, pale = _tones(largest)
        ink = _ink(largest) if len(group) == 1 and largest.whole else None
        picture = replace(picture, tonal_range=tones, digest=digest, ink=frame.to_paper(ink) if ink else None)
        if plain or _is_shadow(group, box, text, pale) or _is_behind(box, text) or _is_panel(box, tones, text):
            picture = replace(picture, use="ground")
        pictures.append(picture)
    return _laid_over(pictures)


def _laid_over(pictures: Sequence[Picture]) -> list[Picture]:
    """Rasters laid over each other in one spot are one picture: a scan in layers, as sharp as its sharpest."""
    result: list[Picture] = []
    for picture in pictures:
        for index, other in enumerate(result):
            if picture.box is None or other.box is None or picture.use != other.use:
                continue
            if picture.box.shared_area(other.box) > _SAME_SPOT * max(picture.box.area, other.box.area):
                known = [item.pixels_per_inch for item in (picture, other) if item.pixels_per_inch is not None]
                tones = [item.tonal_range for item in (picture, other) if item.tonal_range is not None]
                result[index] = replace(
                    other,
                    pixels_per_inch=max(known, default=None),
                    tonal_range=max(tones, default=None),
                    digest=other.digest or picture.digest,
                )
                break
        else:
            result.append(picture)
    return result


def _joined(rasters: Sequence[Raster]) -> list[list[Raster]]:
    """Slices that touch with the same pixels an inch, and share an edge, are one picture."""
    groups: list[list[Raster]] = []
    outlines: list[Box] = []
    order = sorted(range(len(rasters)), key=lambda i: (rasters[i].box.y0, rasters[i].box.x0))
    for i in order:
        raster = rasters[i]
        for number in range(len(groups) - 1, max(-1, len(groups) - 64), -1):
            if _continues(outlines[number], groups[number][-1], raster):
                groups[number].append(raster)
                outlines[number] = outlines[number].union(raster.box)
                break
        else:
            groups.append([raster])
            outlines.append(raster.box)
    return groups


def _continues(outline: Box, last: Raster, raster: Raster) -> bool:
    if not math.isclose(last.per_inch, raster.per_inch, rel_tol=0.05):
        return False
    box = raster.box
    below = abs(box.y0 - outline.y1) < _TOUCHING or abs(box.y0 - last.box.y1) < _TOUCHING
    beside = abs(box.x0 - last.box.x1) < _TOUCHING
    same_width = abs(box.x0 - outline.x0) < _TOUCHING and abs(box.x1 - outline.x1) < _TOUCHING
    same_row = abs(box.y0 - last.box.y0) < _TOUCHING and abs(box.y1 - last.box.y1) < _TOUCHING
    new_row = abs(box.x0 - outline.x0) < _TOUCHING and box.x1 <= outline.x1 + _TOUCHING
    return (below and (same_width or new_row)) or (beside and same_row)


def _layered(groups: Sequence[list[Raster]], page: float) -> list[list[Raster]]:
    """Rasters of one resolution that lie on one another, as a figure and its shadow do, are layers of one picture."""
    result: list[tuple[list[Raster], Box]] = []
    for group in sorted(groups, key=lambda group: -hull(raster.box for raster in group).area):
        box = hull(raster.box for raster in group)
        for below, outline in result[:_MOST_LAYERED]:
            if (
                outline.area <= _LAYER * page
                and box.area >= _LAYER * outline.area
                and outline.shared_area(box) >= 0.9 * box.area
                and math.isclose(below[0].per_inch, group[0].per_inch, rel_tol=0.05)
            ):
                below += group
                break
        else:
            result.append((list(group), box))
    return [group for group, _ in sorted(result, key=lambda item: (item[1].y0, item[1].x0))]


def _is_shadow(group: Iterable[Raster], box: Box, text: Sequence[Box], pale: bool) -> bool:
    """Painted faintly, or soft-edged or pale and mostly under words: a drop shadow, no picture."""
    soft = all(raster.stencil or raster.soft for raster in group)
    if not (soft or pale):
        return False
    faint = soft and all(raster.opacity < 0.9 for raster in group)
    return faint or 2 * sum(box.shared_area(word) for word in text) > box.area


def _is_panel(box: Box, tones: float | None, text: Sequence[Box]) -> bool:
    """All but one tone, with text set over a good part of it: a tinted box painted as an image, corners or shadow and all."""
    return tones is not None and tones <= _FLAT and sum(box.shared_area(word) for word in text) > 0.15 * box.area


def _is_behind(box: Box, text: Sequence[Box]) -> bool:
    """Whether a picture lies behind over half of the page's text."""
    if len(text) < 20:
        return False
    inside = sum(box.x0 <= (word.x0 + word.x1) / 2 <= box.x1 and box.y0 <= (word.y0 + word.y1) / 2 <= box.y1 for word in text)
    return inside * 2 > len(text)


def is_photograph(rasters: Sequence[Raster]) -> bool:
    """Whether the largest raster has the spread of tones of a photograph, without the one flat tone that pages have.

    In doubt it is a page: a scan or a leaflet saved as a picture, whose text nobody has read.
    """
    grey = _grey(max(rasters, key=lambda raster: raster.box.area)) if rasters else b""
    if not grey:
        return False
    tones = Counter(value >> 3 for value in grey)
    return max(tones.values()) < _DOMINANT * len(grey) and len(tones) >= 16


def _tones(raster: Raster) -> tuple[float | None, str, bool, bool]:
    """5th to 95th percentile of luminance, a digest of the pixels, and whether it is one plain colour or pale all over.

    The range is None for thin ink on a plain sheet, whose percentiles are the sheet's.
    """
    grey = _grey(raster)
    if not grey:
        return None, "", False, False
    digest = hashlib.blake2b(grey, digest_size=8, salt=b"picture").hexdigest()
    if len(grey) > 1 << 16:
        grey = grey[:: len(grey) >> 15]
    counts = Counter(grey)
    low, high = _percentile(counts, len(grey), 0.05), _percentile(counts, len(grey), 0.95)
    plain = max(counts) - min(counts) <= 3
    white = sum(count for value, count in counts.items() if value >= 248)
    black = sum(count for value, count in counts.items() if value < 8)
    drawn = max(white, black) >= _DRAWN * len(grey) and not plain
    return None if drawn else round((high - low) / 255, 3), digest, plain, low >= _PALE


def _ink(raster: Raster) -> Box | None:
    """Where it is darker than paper, if it has a white margin: view points."""
    grey, width, height = _small(raster)
    if len(grey) != width * height or not grey:
        return None
    rows = [row for row in range(height) if min(grey[row * width : (row + 1) * width]) < _WHITE]
    if not rows:
        return None
    columns = [column for column in range(width) if min(grey[column::width]) < _WHITE]
    x, y = raster.box.width / width, raster.box.height / height
    ink = Box(columns[0] * x, rows[0] * y, (columns[-1] + 1) * x, (rows[-1] + 1) * y).move(raster.box.x0, raster.box.y0)
    return None if ink.contains(raster.box, 0.5) else ink


def _grey(raster: Raster) -> bytes:
    """Its pixels in grey, made small; empty when they cannot be had."""
    return _small(raster)[0]


def _small(raster: Raster) -> Small:
    """Its pixels in grey, made small, with width and height; none of a stencil, a broken image, a mask used as one."""
    if raster.small is None:
        raster.small = _made_small(raster)
    return raster.small


def _made_small(raster: Raster) -> Small:
    if raster.stencil:
        return b"", 0, 0
    try:
        small_scale = mupdf.FzMatrix(_SMALL, 0, 0, _SMALL, 0, 0)
        made = mupdf.ll_fz_get_pixmap_from_image(raster.image.m_internal, None, small_scale.internal())
        small = pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap("raw", mupdf.FzPixmap(made[0])))
        samples, step = bytes(small.samples), int(small.n)
    except Exception:  # whatever the engine makes of a broken image, its tones are not known
        return b"", 0, 0
    return samples[::step] if step > 1 else samples, int(small.width), int(small.height)


def _percentile(counts: Counter[int], total: int, share: float) -> int:
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen >= share * total:
            return value
    return 255


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
