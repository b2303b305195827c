"""Raster pictures of a PDF page as printed: after clipping and cropping, with resolution and tones."""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_watched import Raster, Small
from clearprint.geometry import Box, hull
from clearprint.model import Picture
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
