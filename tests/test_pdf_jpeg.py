"""Photographs kept as JPEG: Pillow reads them as the PDF engine does, or leaves them to it."""

from __future__ import annotations

import random
from io import BytesIO
from typing import Any

import pymupdf
import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from pymupdf import mupdf

from clearprint.formats import pdf_jpeg

SIZE = (600, 400)


def photograph(mode: str = "RGB") -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    noise = Image.frombytes(mode, (30, 20), random.Random(5).randbytes(600 * bands))
    return noise.resize(SIZE).filter(ImageFilter.BoxBlur(4))


def jpeg(mode: str = "RGB") -> bytes:
    held = BytesIO()
    photograph(mode).save(held, "JPEG", quality=95)
    return held.getvalue()


def placed(data: bytes, space: str, keys: str = "", size: tuple[int, int] = SIZE) -> tuple[pymupdf.Document, Any]:
    """A document that keeps these bytes as an image, and the engine's image of them."""
    document = pymupdf.open()
    document.new_page()
    xref = document.get_new_xref()
    document.update_object(
        xref,
        f"<< /Type /XObject /Subtype /Image /Width {size[0]} /Height {size[1]} /BitsPerComponent 8 "
        f"/ColorSpace /{space} {keys} /Filter /DCTDecode >>",
    )
    document.update_stream(xref, data, new=0, compress=0)
    document.xref_set_key(xref, "Filter", "/DCTDecode")
    file = pymupdf._as_pdf_document(document)
    return document, mupdf.pdf_load_image(file, mupdf.pdf_new_indirect(file, xref, 0)).m_internal


@pytest.mark.parametrize(("mode", "space"), [("RGB", "DeviceRGB"), ("L", "DeviceGray")])
def test_a_photograph_looks_as_the_engine_decodes_it(mode: str, space: str) -> None:
    _document, image = placed(jpeg(mode), space)
    whole = pymupdf.Pixmap("raw", mupdf.FzPixmap(mupdf.ll_fz_get_pixmap_from_image(image, None, None)[0]))
    engines = Image.frombytes(mode, SIZE, bytes(whole.samples))
    luma = pdf_jpeg.luma(image)
    assert luma is not None
    assert luma.size == SIZE
    assert max(ImageStat.Stat(ImageChops.difference(luma, engines.convert("L"))).mean) < 1.5
    coarser = pdf_jpeg.luma(image, 4)
    assert coarser is not None
    assert coarser.size == (150, 100)
    small = pdf_jpeg.small(image, 144)
    assert small is not None
    assert (small.width, small.height, small.n) == (300, 200, len(mode))
    fewer = Image.frombytes(mode, (300, 200), bytes(small.samples))
    assert max(ImageStat.Stat(ImageChops.difference(fewer, engines.reduce(2))).mean) < 1.5


@pytest.mark.parametrize(
    ("mode", "space", "keys", "size"),
    [
        ("CMYK", "DeviceCMYK", "", SIZE),
        ("RGB", "DeviceRGB", "/Decode [1 0 1 0 1 0]", SIZE),
        ("RGB", "DeviceRGB", "/Mask [0 9 0 9 0 9]", SIZE),
        ("RGB", "DeviceRGB", "", (500, 400)),
        ("L", "DeviceRGB", "", SIZE),
    ],
)
def test_what_pillow_may_read_otherwise_is_left_to_the_engine(mode: str, space: str, keys: str, size: tuple[int, int]) -> None:
    _document, image = placed(jpeg(mode), space, keys, size)
    assert pdf_jpeg.luma(image) is None
    assert pdf_jpeg.small(image, 144) is None


@pytest.mark.parametrize("data", [jpeg()[:3_000], b"\xff\xd8\xff\xe0 nothing"])
def test_a_broken_one_is_left_to_the_engine(data: bytes) -> None:
    _document, image = placed(data, "DeviceRGB")
    assert pdf_jpeg.luma(image) is None
    assert pdf_jpeg.small(image, 144) is None
