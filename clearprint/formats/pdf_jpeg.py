"""The pixels of photographs that a PDF keeps as JPEG, from a decoder four times as fast as the PDF engine's own.

libjpeg-turbo, which Pillow brings, decodes lightness alone or a half, quarter or eighth of the pixels where that is enough.
What it can't be sure to read as the engine does (masks by colour, Decode arrays, four inks, odd sizes) is left to the engine.
"""

from __future__ import annotations

import warnings
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pymupdf
from pymupdf import mupdf

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST = 50_000_000  # pixels; the engine, whose memory is bounded, is asked for larger ones


def is_kept_as_jpeg(image: Any) -> bool:
    """Whether this image of the engine's is a JPEG of three or one components whose samples are its colours."""
    kept = mupdf.ll_fz_compressed_image_buffer(image)
    if not kept or kept.params.type != mupdf.FZ_IMAGE_JPEG or image.bpc != 8 or image.w * image.h > _MOST:
        return False
    if image.use_decode or image.use_colorkey or image.imagemask or not image.colorspace:
        return False
    space = mupdf.FzColorspace(mupdf.ll_fz_keep_colorspace(image.colorspace))
    return bool(mupdf.fz_colorspace_is_rgb(space) if image.n == 3 else image.n == 1 and mupdf.fz_colorspace_is_gray(space))


def luma(image: Any, factor: int = 1) -> Image | None:
    """Its lightness (mode L), each side divided by `factor` (1, 2, 4 or 8); None where the engine must be asked."""
    opened = _opened(image)
    if opened is None:
        return None
    opened.draft("L", (opened.width // factor, opened.height // factor))
    return _loaded(opened, "L")


def small(image: Any, least: int) -> pymupdf.Pixmap | None:
    """Its pixels made fewer, but no side shorter than `least`; None where the engine must be asked.

    In the image's own colours, three components a pixel or one.
    """
    opened = _opened(image)
    if opened is None:
        return None
    width, height = opened.size
    opened.draft(None, (min(width, least), min(height, least)))  # None: the mode it has
    loaded = _loaded(opened, "RGB" if image.n == 3 else "L")
    if loaded is None:
        return None
    space = pymupdf.Colorspace(mupdf.FzColorspace(mupdf.ll_fz_keep_colorspace(image.colorspace)))
    return pymupdf.Pixmap(space, loaded.width, loaded.height, loaded.tobytes(), 0)


def _opened(image: Any) -> Any:
    """The JPEG, its pixels not decoded yet, if it is of the size and kind that the PDF says."""
    from PIL import Image

    if not is_kept_as_jpeg(image):
        return None
    kept = mupdf.ll_fz_compressed_image_buffer(image)
    data = bytes(mupdf.FzBuffer(mupdf.ll_fz_keep_buffer(kept.buffer)).fz_buffer_storage_memoryview())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of a head that tells of more pixels than the PDF does
            opened = Image.open(BytesIO(data), formats=["JPEG"])
    except Exception:  # whatever Pillow makes of a broken one, the engine may read it
        return None
    return opened if opened.size == (image.w, image.h) and opened.mode == ("RGB" if image.n == 3 else "L") else None


def _loaded(opened: Any, mode: str) -> Image | None:
    try:
        loaded: Image = opened.convert(mode)
    except Exception:  # cut short: the engine shows what there is of it
        return None
    return loaded
