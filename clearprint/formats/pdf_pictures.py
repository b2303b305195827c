"""Raster pictures of a PDF page as printed: after clipping and cropping, with resolution, tones and what of them is painted.

What is a picture is told by what shows: shadows, tints, gradients, panels and what lies behind most of the text are ground.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from clearprint.formats.looks import FLAT, Look, shows_nothing, tones_of
from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_logos import measures, stands_as_logo
from clearprint.formats.pdf_pixels import decode, greys, has_detail, look_of, middle
from clearprint.formats.pdf_watched import Raster
from clearprint.formats.scanned_codes import MODULE, module_of
from clearprint.formats.sharpness import PRINTED, blur_of
from clearprint.geometry import Box, hull
from clearprint.model import Picture
from clearprint.units import from_mm

LEAST = from_mm(10)  # smaller rasters are icons
_TOUCHING = 0.75  # points between slices of one picture
_LAYER = 0.25  # share of the page, or of the picture below, for layers of one picture
_DOMINANT = 0.2  # share of one tone (of 32) in a picture of a page: its paper
_FEWEST_TILES = 4  # of a mosaic
_MOST_TILES = 200  # of one part of it that are compared
_MOST_LAYERED = 40  # pictures on a page that may have layers
_SAME_SPOT = 0.9  # share that two rasters laid over each other have in common


def placed_images(rasters: Iterable[Raster], frame: Frame) -> list[dict[str, Any]]:
    """The rasters as the engine's own list of images gives them, but cut to what is seen: engine points."""
    return [{"bbox": frame.engine_box(raster.box)} for raster in rasters]


def decode_detailed(rasters: Iterable[Raster], frame: Frame) -> None:
    """Decode once what is both drawn with the page and looked at for blur; otherwise the engine decodes it twice."""
    for raster in rasters:
        large = min(raster.box.width, raster.box.height) * frame.scale >= LEAST
        if large and has_detail(raster, raster.per_inch / frame.scale, PRINTED):
            decode(raster)


def pictures_of(rasters: Sequence[Raster], frame: Frame, number: int, text: Sequence[Box] = ()) -> list[Picture]:
    """Pictures on paper: slices joined, icons told from pictures and pictures from ground. `text`: boxes of words on paper."""
    pictures: list[Picture] = []
    groups = _layered(_tiled(_joined(rasters)), frame.trim.area)
    sizes = Counter(measures(hull(raster.box for raster in group)) for group in groups)
    for group in groups:
        box = frame.to_paper(hull(raster.box for raster in group))
        if box.width < LEAST or box.height < LEAST:
            pictures.append(Picture(box, use="icon", pixels_per_inch=_per_inch(group, None, frame), page=number))
            continue
        if all(map(_is_dot, group)):
            pictures.append(Picture(box, use="ground", page=number))  # a tint painted as an image
            continue
        look = look_of(group)
        if look is not None and not look.share():
            continue  # nothing of it is painted
        alone = sizes[measures(hull(raster.box for raster in group))] == 1
        pictures.append(_picture(group, look, box, frame, number, text, alone))
    return pictures


def _picture(
    group: Sequence[Raster], look: Look | None, box: Box, frame: Frame, number: int, text: Sequence[Box], alone: bool
) -> Picture:
    per_inch = _per_inch(group, look, frame)
    if look is None:
        return Picture(box, pixels_per_inch=per_inch, page=number)
    painted = tuple(map(frame.to_paper, look.painted() or _cut(group)))
    box = hull(painted) if painted else box
    if box.width < LEAST or box.height < LEAST:
        return Picture(box, use="icon", pixels_per_inch=per_inch, page=number)
    tones, pale = tones_of(look)
    picture = Picture(
        box,
        pixels_per_inch=per_inch,
        tonal_range=tones,
        page=number,
        digest=hashlib.blake2b(look.key, digest_size=8, salt=b"picture").hexdigest() if look.key else "",
        outline=painted,
        ink=tuple(map(frame.to_paper, look.dark())),
    )
    module = module_of(look)
    if module is not None and (module == 0 or module * frame.scale >= MODULE):
        return replace(picture, use="code")
    if shows_nothing(look) or _is_shadow(group, box, text, pale) or _is_behind(box, text) or _is_panel(box, tones, text):
        return replace(picture, use="ground")
    if _is_logo(box, look, frame, text, alone):
        return replace(picture, use="logo")
    if len(group) == 1 and has_detail(group[0], per_inch, PRINTED) and (pixels := middle(group[0], per_inch)) is not None:
        return replace(picture, blur=blur_of(pixels))
    return picture


def _cut(group: Sequence[Raster]) -> tuple[Box, ...]:
    """What one clip leaves of a picture, in level strips; none where that is all of its box."""
    clip = group[0].clip
    if clip is None or any(raster.clip is not clip for raster in group):
        return ()
    return clip.within(hull(raster.box for raster in group))


def _per_inch(group: Sequence[Raster], look: Look | None, frame: Frame) -> float:
    """Pixels an inch on paper: of its coarsest part, but of its finest layer; a shape in one colour is as sharp as its mask."""
    largest = max(group, key=lambda raster: (not _is_dot(raster), raster.box.area))
    parts = [
        raster for raster in group if raster.box.area >= 0.1 * largest.box.area and (raster is largest or not _is_dot(raster))
    ]
    if len(parts) > 1 and all(_in_one_spot(raster.box, largest.box) for raster in parts):
        return round(max(max(raster.per_inch, raster.mask_per_inch) for raster in parts) / frame.scale, 1)
    tones = look.tones() if look is not None and len(parts) == 1 and parts[0].soft else None
    if tones and max(tones) - min(tones) <= FLAT * 255:
        return round(parts[0].mask_per_inch / frame.scale, 1)
    return round(min(raster.per_inch for raster in parts) / frame.scale, 1)


def _in_one_spot(one: Box, other: Box) -> bool:
    return one.shared_area(other) > _SAME_SPOT * max(one.area, other.area)


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


def _tiled(groups: list[list[Raster]]) -> list[list[Raster]]:
    """Groups that are parts of one mosaic: their tiles adjoin and are of one size.

    Blank tiles may be missing, or a dot enlarged. The last of a row may be narrower, and their few pixels are rounded.
    """
    if not 2 <= len(groups) <= _MOST_LAYERED or sum(map(len, groups)) < _FEWEST_TILES:
        return groups
    result: list[list[Raster]] = []
    for group in groups:
        joined = [group]
        for other in result:
            if _are_tiles(other, group):
                joined.append(other)
        result = [other for other in result if not any(other is one for one in joined)]
        result.append([raster for one in reversed(joined) for raster in one])
    return result


def _are_tiles(one: Sequence[Raster], other: Sequence[Raster]) -> bool:
    if len(one) + len(other) < _FEWEST_TILES:
        return False
    if hull(raster.box for raster in one).distance(hull(raster.box for raster in other)) > _TOUCHING:
        return False
    return any(_adjoin(a, b) for a in one[:_MOST_TILES] for b in other[:_MOST_TILES])


def _adjoin(one: Raster, other: Raster) -> bool:
    """Whether two tiles share a whole edge and the same pixels."""
    a, b = one.box, other.box
    level = abs(a.y0 - b.y0) < _TOUCHING and abs(a.y1 - b.y1) < _TOUCHING
    stacked = abs(a.x0 - b.x0) < _TOUCHING and abs(a.x1 - b.x1) < _TOUCHING
    beside = level and min(abs(a.x1 - b.x0), abs(b.x1 - a.x0)) < _TOUCHING
    below = stacked and min(abs(a.y1 - b.y0), abs(b.y1 - a.y0)) < _TOUCHING
    if not (beside or below):
        return False
    if _is_dot(one) or _is_dot(other):
        return abs(a.width - b.width) < _TOUCHING and abs(a.height - b.height) < _TOUCHING
    # Half a pixel more or less where there are few.
    few = min(*one.pixels, *other.pixels)
    return math.isclose(one.per_inch, other.per_inch, rel_tol=max(0.05, 0.6 / few))


def _is_dot(raster: Raster) -> bool:
    return max(raster.pixels) <= 2


def _layered(groups: Sequence[list[Raster]], page: float) -> list[list[Raster]]:
    """Rasters in one spot are one picture, and those of one resolution that lie on one another, as a figure on its shadow."""
    result: list[tuple[list[Raster], Box]] = []
    for group in sorted(groups, key=lambda group: -hull(raster.box for raster in group).area):
        box = hull(raster.box for raster in group)
        for below, outline in result[:_MOST_LAYERED]:
            # A page saved in layers (ISO/IEC 16485, mixed raster content) has each of them at a resolution of its own.
            if _in_one_spot(outline, box) or (
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


def _is_logo(box: Box, look: Look, frame: Frame, text: Sequence[Box], alone: bool) -> bool:
    """Small, in the head or foot of its page, and in few tones as a mark is and no photograph."""
    if not stands_as_logo(box, Box(0.0, 0.0, *frame.page_size), text, alone):
        return False
    tones = Counter[int]()
    for value, count in look.on_paper().items():
        tones[value >> 3] += count
    return max(tones.values()) >= _DOMINANT * tones.total()


def _is_panel(box: Box, tones: float | None, text: Sequence[Box]) -> bool:
    """All but one tone, with text set over a good part of it: a tinted box painted as an image, corners or shadow and all."""
    return tones is not None and tones <= FLAT and sum(box.shared_area(word) for word in text) > 0.15 * box.area


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
    grey = greys(max(rasters, key=lambda raster: raster.box.area)) if rasters else None
    if grey is None:
        return False
    histogram = grey.histogram()
    tones = [sum(histogram[tone : tone + 8]) for tone in range(0, 256, 8)]
    return max(tones) < _DOMINANT * sum(tones) and sum(map(bool, tones)) >= 16
