"""One page as a small picture for the report: WebP, lossless where it is mostly text."""

from __future__ import annotations

import io
from pathlib import Path

from clearprint.answers import PagePicture
from clearprint.model import Job

DPI = 100.0
LARGEST = 1_600
"""Pixels on the longer side: an A2 poster is shown smaller, not in full."""
_MANY_COLOURS = 4_096  # more than this and the page holds photographs or shades: lossy is a fifth of the size


def picture(path: Path, number: int, job: Job, password: str | None = None) -> PagePicture:
    """Page `number` (1 is the first), whole, as trimmed and viewed. Its width and height are points on paper."""
    from PIL import Image

    from clearprint.formats import pdf

    scale = job.scale or 1.0
    with pdf.opened(path, password) as document:
        width, height = pdf.page_sizes(document, scale)[number - 1]
        dpi = min(DPI / min(scale, 1.0), LARGEST * 72 / max(width, height, 1.0))
        png, _ = pdf.render_page(document, number, None, dpi, scale=scale)
    image = Image.open(io.BytesIO(png)).convert("RGB")
    plain = image.resize((min(400, image.width), min(400, image.height))).getcolors(_MANY_COLOURS) is not None
    out = io.BytesIO()
    if plain:
        image.save(out, "WEBP", lossless=True, quality=50, method=2)
    else:
        image.save(out, "WEBP", quality=60, method=4)
    return PagePicture(out.getvalue(), "image/webp", width, height)
