"""What a few rasters show together: their pixels made small, laid over each other as painted, through their soft masks.

Cut to what is seen and turned as placed, so that tones, margins and codes to scan are those of the paper, not of the file.
Where nothing is painted the look is clear: the corners of a cut-out, the margin of a logo.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats import pdf_jpeg
from clearprint.formats.looks import LONGEST, Look
from clearprint.formats.pdf_watched import Raster
from clearprint.formats.sharpness import FINEST, SIDE
from clearprint.geometry import Box, hull

if TYPE_CHECKING:
    from PIL.Image import Image

MOST = 64  # rasters that are laid over each other; of more, the largest
_COARSEST = 8  # how many pixels each way are made one, at most, to look for blur


def look_of(rasters: Sequence[Raster]) -> Look | None:
    """How they look together; None when one of them cannot be decoded."""
    from PIL import Image, ImageChops

    box = hull(raster.box for raster in rasters)
    scale = LONGEST / max(box.width, box.height)
    size = max(4, round(box.width * scale)), max(4, round(box.height * scale))
    grey, cover = Image.new("L", size, 255), Image.new("L", size, 0)
    chosen = sorted(rasters, key=lambda raster: -raster.box.area)[:MOST]
    for raster in sorted(chosen, key=lambda raster: raster.order):
        made = _small(raster)
        way = _way(raster, box, size)
        if made is None or way is None:
            return None
        pixels, mask = made
        placed = pixels.transform(size, Image.Transform.AFFINE, _scaled(way, pixels.size), Image.Resampling.NEAREST)
        over = mask.transform(size, Image.Transform.AFFINE, _scaled(way, mask.size), Image.Resampling.NEAREST)
        if raster.opacity < 1:
            over = over.point([round(value * raster.opacity) for value in range(256)])
        shown = Image.new("L", size, 0)
        cut = _cut(raster.box, box, size)
        shown.paste(over.crop(cut), cut[:2])
        grey.paste(placed, mask=shown)
        cover = ImageChops.screen(cover, shown)
    return Look(box, grey, cover, _key(chosen[0]))


def greys(raster: Raster) -> Image | None:
    """An image in grey, made small; None when it cannot be had."""
    made = _small(raster)
    return made[0] if made is not None and not raster.stencil else None


def _key(raster: Raster) -> bytes:
    """What tells an image from others: how it is kept in the file, else its pixels made small."""
    if raster.stencil:
        return b""
    kept = mupdf.ll_fz_compressed_image_buffer(raster.image.m_internal)
    if not kept:
        grey = greys(raster)
        return grey.tobytes() if grey is not None else b""
    return hashlib.blake2b(mupdf.FzBuffer(mupdf.ll_fz_keep_buffer(kept.buffer)).fz_buffer_storage_memoryview()).digest()


def decode(raster: Raster) -> None:
    """Decode in full what `middle` will look at, before the page is drawn: the engine keeps it, and draws from it."""
    if pdf_jpeg.is_kept_as_jpeg(raster.image.m_internal):
        return  # the engine need only decode as many of its pixels as it draws
    try:
        _pixmap(raster.image.m_internal)
    except Exception:  # it is found out again where it matters
        return


def has_detail(raster: Raster, per_inch: float, least: float) -> bool:
    """Whether it is opaque, with `least` pixels an inch or more of the `per_inch` it has on paper."""
    return not raster.soft and not raster.stencil and per_inch >= least


def middle(raster: Raster, per_inch: float) -> Image | None:
    """The middle of an opaque image in grey, as fine as it is printed; None when it can't be had.

    Pixels are halved as long as there are `FINEST` an inch: finer detail than that is not seen on paper.
    """
    image = raster.image.m_internal
    if image.mask:
        return None
    factor = 1
    while factor < _COARSEST and per_inch / (2 * factor) >= FINEST:
        factor *= 2
    if (luma := pdf_jpeg.luma(image, factor)) is not None:
        return luma.crop(_inner(luma.width, luma.height, SIDE))
    try:
        whole = _pixmap(image)
        if whole.alpha:
            return None
        grey = _grey_part(whole, _inner(whole.width, whole.height, SIDE * factor))
    except Exception:  # whatever the engine makes of a broken image, its pixels are not known
        return None
    return grey.reduce(factor) if factor > 1 else grey


def _inner(width: int, height: int, most: int) -> tuple[int, int, int, int]:
    """The middle of so many pixels, at most that many each way."""
    wide, tall = min(width, most), min(height, most)
    left, top = (width - wide) // 2, (height - tall) // 2
    return left, top, left + wide, top + tall


def _grey_part(pixmap: pymupdf.Pixmap, part: tuple[int, int, int, int]) -> Image:
    """A part of its pixels in grey."""
    from PIL import Image

    left, top, right, bottom = part
    size = right - left, bottom - top
    samples, n, stride = pixmap.samples_mv, pixmap.n, pixmap.stride
    starts = range(top * stride + left * n, bottom * stride, stride)
    data = b"".join([samples[start : start + size[0] * n] for start in starts[: size[1]]])
    if n == 3 and mupdf.fz_colorspace_is_rgb(pixmap.this.colorspace()):
        # How sharp it is shows in luma too, which costs a hundredth of what luminance through a profile does.
        return Image.frombuffer("RGB", size, data, "raw", "RGB", 0, 1).convert("L")
    if n > 1:
        data = bytes(pymupdf.Pixmap(pymupdf.csGRAY, pymupdf.Pixmap(pixmap.colorspace, *size, data, 0)).samples)
    return Image.frombytes("L", size, data)


def _small(raster: Raster) -> tuple[Image, Image] | None:
    """An image made small, and what of it is painted; None when it cannot be decoded."""
    from PIL import Image

    try:
        if raster.stencil:
            mask = _decoded(raster.image.m_internal)[0]
            return Image.new("L", mask.size, 0), mask  # the ink is taken to be black
        pixels, clear = _decoded(raster.image.m_internal)
        mask = raster.image.m_internal.mask
        if mask:
            return pixels, _decoded(mask)[0]
        return pixels, clear or Image.new("L", (1, 1), 255)
    except Exception:  # whatever the engine makes of a broken image, its pixels are not known
        return None


def _pixmap(image: Any) -> pymupdf.Pixmap:
    """All of an image, decoded. It is in the engine's own store, so it must not be changed."""
    return pymupdf.Pixmap("raw", mupdf.FzPixmap(mupdf.ll_fz_get_pixmap_from_image(image, None, None)[0]))


def _decoded(image: Any) -> tuple[Image, Image | None]:
    """An image made small: its pixels in grey on white, and what of them is painted (see `_greyed`)."""
    return _greyed(pdf_jpeg.small(image, LONGEST) or _pixmap(image))


def _greyed(pixmap: pymupdf.Pixmap) -> tuple[Image, Image | None]:
    """Its pixels in grey on white, and what of them is painted where colours are keyed out (ISO 32000-1, 8.9.6.4)."""
    from PIL import Image, ImageChops

    if pixmap.n - pixmap.alpha > 1:
        pixmap = pymupdf.Pixmap(pymupdf.csGRAY, _reduced(pixmap))
    samples, size = bytes(pixmap.samples), (pixmap.width, pixmap.height)
    grey = Image.frombytes("L", size, samples[:: pixmap.n])
    if pixmap.n == 1 or not pixmap.alpha:
        return grey, None
    cover = Image.frombytes("L", size, samples[1::2])
    return ImageChops.add(grey, ImageChops.invert(cover)), cover  # the engine's grey is multiplied by its cover


def _reduced(pixmap: pymupdf.Pixmap) -> pymupdf.Pixmap:
    """Red, green and blue pixels averaged to as many as a look needs: luminance through a profile costs 40 ns a pixel."""
    from PIL import Image

    factor = min(pixmap.width, pixmap.height) // LONGEST
    if factor < 2 or pixmap.n != 3 or pixmap.alpha or not mupdf.fz_colorspace_is_rgb(pixmap.this.colorspace()):
        return pixmap
    size = pixmap.width, pixmap.height
    whole = Image.frombuffer("RGB", size, pixmap.samples_mv, "raw", "RGB", pixmap.stride, 1)  # no copy of them all
    small = whole.reduce(factor)
    return pymupdf.Pixmap(pixmap.colorspace, small.width, small.height, small.tobytes(), 0)


def _way(raster: Raster, box: Box, size: tuple[int, int]) -> tuple[float, ...] | None:
    """From a pixel of the look to the unit square of an image."""
    a, b, c, d, e, f = raster.matrix
    area = a * d - b * c
    if not area:
        return None
    x, y = box.width / size[0], box.height / size[1]
    left, top = box.x0 - e, box.y0 - f
    return (
        d * x / area,
        -c * y / area,
        (d * left - c * top) / area,
        -b * x / area,
        a * y / area,
        (a * top - b * left) / area,
    )


def _scaled(way: tuple[float, ...], size: tuple[int, int]) -> tuple[float, ...]:
    return tuple(value * size[0] for value in way[:3]) + tuple(value * size[1] for value in way[3:])


def _cut(part: Box, box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A part of the look in pixels, at least one each way."""
    x, y = size[0] / box.width, size[1] / box.height
    left, top = round((part.x0 - box.x0) * x), round((part.y0 - box.y0) * y)
    right, bottom = round((part.x1 - box.x0) * x), round((part.y1 - box.y0) * y)
    left, top = min(left, size[0] - 1), min(top, size[1] - 1)
    return left, top, max(right, left + 1), max(bottom, top + 1)
