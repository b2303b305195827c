"""What the file of a raster shows of it: its pixels, its look and its sharpness, cut to the part that is printed."""

from __future__ import annotations

import io
import math
import warnings
from typing import TYPE_CHECKING

from clearprint.formats.looks import LONGEST, Look
from clearprint.formats.sharpness import FINEST, PRINTED, blur_of
from clearprint.geometry import Box
from clearprint.records import record
from clearprint.units import POINTS_PER_INCH

if TYPE_CHECKING:
    from PIL.Image import Image

LARGEST = 12_000_000  # pixels that are decoded whole; JPEG can be decoded smaller
LARGEST_JPEG = 10 * LARGEST

Cut = tuple[float, float, float, float]


@record
class Shown:
    """A raster as it prints; None is not known."""

    pixels: tuple[int, int]  # of the whole file
    per_inch: float | None = None  # the worse of both directions
    look: Look | None = None
    blur: float | None = None  # see `sharpness`


def shown(data: bytes, width: float, height: float, cut: Cut = (0.0, 0.0, 0.0, 0.0), opacity: float = 1.0) -> Shown | None:
    """A raster that prints `width` by `height` points. None for a file that is no raster, or is damaged at its head.

    `cut`: shares cut off at its left, top, right and bottom, below 0 where white was added.
    """
    from PIL import Image as Pillow

    found: Shown | None = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pillow.open(io.BytesIO(data)) as image:
                if image.format in ("WMF", "EMF"):
                    return None
                found = Shown(image.size, _per_inch(image.size, width, height, cut))
                amount = image.size[0] * image.size[1]
                if amount > (LARGEST_JPEG if image.format == "JPEG" else LARGEST) or width <= 0 or height <= 0:
                    return found
                return _decoded(image, found, Box(0, 0, width, height), cut, opacity)
    except Exception:  # Pillow raises what its many decoders raise; a picture that cannot be read is not known
        return found


def _per_inch(pixels: tuple[int, int], width: float, height: float, cut: Cut) -> float | None:
    if width <= 0 or height <= 0:
        return None
    shares = max(0.001, 1 - cut[0] - cut[2]), max(0.001, 1 - cut[1] - cut[3])
    return min(pixels[0] * shares[0] / width, pixels[1] * shares[1] / height) * POINTS_PER_INCH


def _decoded(image: Image, found: Shown, box: Box, cut: Cut, opacity: float) -> Shown:
    per_inch = found.per_inch or 0.0
    # Decoded no finer than print needs, as far as halving goes: what is finer still is not seen.
    share = min(1.0, FINEST / per_inch) if per_inch else 1.0
    image.draft("RGB", (math.ceil(image.width * share), math.ceil(image.height * share)))
    grey, cover = _greyed(image)
    halves = 1
    while min(grey.size) >= 4 * halves and per_inch * grey.width / found.pixels[0] / (2 * halves) >= FINEST:
        halves *= 2
    if halves > 1:
        grey, cover = grey.reduce(halves), cover.reduce(halves) if cover is not None else None
    left, top, right, bottom = cut
    if any(cut):
        sides = (left * grey.width, top * grey.height, (1 - right) * grey.width, (1 - bottom) * grey.height)
        window = (
            round(sides[0]),
            round(sides[1]),
            max(round(sides[0]) + 1, round(sides[2])),
            max(round(sides[1]) + 1, round(sides[3])),
        )
        if (window[2] - window[0]) * (window[3] - window[1]) > LARGEST_JPEG:
            return found
        if cover is None and min(cut) < 0:
            cover = grey.point([255] * 256)
        grey, cover = grey.crop(window), cover.crop(window) if cover is not None else None
    sharp = blur_of(grey) if per_inch >= PRINTED and cover is None else None
    return Shown(found.pixels, found.per_inch, _look(grey, cover, box, opacity), sharp)


def _greyed(image: Image) -> tuple[Image, Image | None]:
    """Its pixels in grey, and what of them is painted where some are clear."""
    if image.mode.startswith("I"):
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L"), None  # 16 bits
    if image.mode == "P" and "transparency" not in image.info:
        return image.convert("RGB").convert("L"), None
    if image.mode in ("P", "PA", "LA", "RGBA") or "transparency" in image.info:
        full = image.convert("RGBA")
        cover = full.getchannel("A")
        return full.convert("L"), cover if cover.getextrema()[0] != 255 else None
    return image.convert("L") if image.mode in ("L", "1", "RGB", "YCbCr") else image.convert("RGB").convert("L"), None


def _look(grey: Image, cover: Image | None, box: Box, opacity: float) -> Look:
    from PIL import Image as Pillow

    scale = LONGEST / max(box.width, box.height)
    size = max(4, round(box.width * scale)), max(4, round(box.height * scale))
    small = grey.resize(size, Pillow.Resampling.BOX)
    seen = Pillow.new("L", size, 255) if cover is None else cover.resize(size, Pillow.Resampling.BOX)
    if opacity < 1:
        seen = seen.point([round(value * opacity) for value in range(256)])
    paper = Pillow.new("L", size, 255)
    paper.paste(small, mask=seen)
    return Look(box, paper, seen, small.tobytes())
