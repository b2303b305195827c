"""Boxes to tick that are small images: an empty frame with nothing in it but paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_pixels import look_of
from clearprint.formats.pdf_watched import Raster
from clearprint.geometry import Box
from clearprint.model import Panel

if TYPE_CHECKING:
    from PIL.Image import Image

_SIDE = (4.5, 28.0)  # points of a box
_IMAGE = 60.0  # points: a box may stand in an image with white round it
_SLIM = 2.0  # times as long as wide, at most
_DARK = 200  # of 255: a frame is darker than that
_THICKEST = 0.25  # of the box's shorter side: its frame
_WHOLE = 0.9  # of a side that its frame covers, and of the pixels inside that are paper
_FEWEST = 6  # pixels each way
_MOST = 1_000  # small images of a page that are looked at
_KINDS = 40  # different ones

_Share = tuple[float, float, float, float]


def without_boxes(rasters: Sequence[Raster], frame: Frame) -> tuple[list[Raster], list[Panel]]:
    """The images of a page but those that are empty boxes, and these as outlined panels on paper."""
    rest, found = [], []
    for raster, box in zip(rasters, _boxes(rasters, frame), strict=True):
        if box is None:
            rest.append(raster)
        else:
            found.append(Panel(box, None, True))
    return rest, found


def _boxes(rasters: Sequence[Raster], frame: Frame) -> Iterator[Box | None]:
    """For each image the box that it is, on paper."""
    known: dict[tuple[int, int, int, int], _Share | None] = {}  # where in its image the box is, by image and size
    for number, raster in enumerate(rasters):
        image = raster.box
        width, height = image.width * frame.scale, image.height * frame.scale
        if number >= _MOST or not _SIDE[0] <= min(width, height) <= max(width, height) <= _IMAGE:
            yield None
            continue
        key = int(raster.image.m_internal.this), round(width), round(height), round(raster.matrix[0])
        if key not in known and len(known) < _KINDS:
            look = look_of([raster])
            known[key] = _box_in(look.grey) if look is not None else None
        share = known.get(key)
        if share is None:
            yield None
            continue
        x0, y0, x1, y1 = share
        box = Box(
            image.x0 + x0 * image.width,
            image.y0 + y0 * image.height,
            image.x0 + x1 * image.width,
            image.y0 + y1 * image.height,
        )
        on_paper = frame.to_paper(box)
        short, long = sorted((on_paper.width, on_paper.height))
        yield on_paper if _SIDE[0] <= short <= long <= min(_SIDE[1], _SLIM * short) else None


def _box_in(grey: Image) -> _Share | None:
    """Where an empty frame stands in an image that shows nothing else, in shares of its sides."""
    from PIL import ImageStat

    ink = grey.point([255 if value < _DARK else 0 for value in range(256)])
    bounds = ink.getbbox()
    if bounds is None:
        return None
    left, top, right, bottom = bounds
    width, height = right - left, bottom - top
    if min(width, height) < _FEWEST:
        return None
    inset = max(1, round(_THICKEST * min(width, height)))
    sides = (
        (left, top, right, top + inset),
        (left, bottom - inset, right, bottom),
        (left, top, left + inset, bottom),
        (right - inset, top, right, bottom),
    )
    for number, side in enumerate(sides):
        strip = ink.crop(side)
        # A line of the frame runs all along its side: some row or column of the strip is ink from end to end.
        along = strip.reduce((strip.width, 1)) if number < 2 else strip.reduce((1, strip.height))
        if max(along.tobytes()) < 255 * _WHOLE:
            return None
    inside = ink.crop((left + inset, top + inset, right - inset, bottom - inset))
    if not inside.width or not inside.height or ImageStat.Stat(inside).mean[0] > 255 * (1 - _WHOLE):
        return None
    return left / grey.width, top / grey.height, right / grey.width, bottom / grey.height
