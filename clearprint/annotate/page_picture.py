"""Pages as small pictures for the report: WebP, lossless where a page is mostly text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clearprint.answers import PagePicture
from clearprint.model import Job

if TYPE_CHECKING:
    import pymupdf

FINE, PLAIN, LEAST = 150.0, 100.0, 48.0
"""Pixels an inch: of a few pages, for crops that are sharp in print too; of more than FEW; of what would else be too large."""
FEW = 20
LARGEST = 2_400
"""Pixels on the longer side: an A2 poster is shown smaller, not in full."""
_MANY_COLOURS = 4_096  # more than this and the page holds photographs or shades: lossy is a fifth of the size


def pictures(
    path: Path, numbers: Sequence[int], job: Job, password: str | None, budget: int
) -> Iterator[tuple[int, PagePicture]]:
    """The pages of these numbers (1 is the first), whole, as trimmed and viewed. Width and height are points on paper.

    Together they stay within the budget: a page that takes more than its share is drawn again with fewer pixels.
    """
    from clearprint.formats import pdf

    with pdf.opened(path, password) as document:
        left = budget
        for done, number in enumerate(numbers):
            share = left // (len(numbers) - done)
            width, height = pdf.page_size(document, number, job.scale or 1.0)
            dpi = min(FINE if len(numbers) <= FEW else PLAIN, LARGEST * 72 / max(width, height, 1.0))
            data = _drawn(document, number, dpi, job.scale or 1.0)
            while len(data) > share and dpi > LEAST:
                dpi = max(LEAST, min(0.9 * dpi, 0.95 * dpi * (share / len(data)) ** 0.5))
                data = _drawn(document, number, dpi, job.scale or 1.0)
            left -= len(data)
            yield number, PagePicture(data, "image/webp", width, height, dpi)


def _drawn(document: pymupdf.Document, number: int, dpi: float, scale: float) -> bytes:
    from PIL import Image

    from clearprint.formats import pdf

    png, _ = pdf.render_page(document, number, None, dpi, scale=scale)
    image = Image.open(io.BytesIO(png)).convert("RGB")
    plain = image.resize((min(400, image.width), min(400, image.height))).getcolors(_MANY_COLOURS) is not None
    out = io.BytesIO()
    if plain:
        image.save(out, "WEBP", lossless=True, quality=50 if dpi < FINE else 25, method=2 if dpi < FINE else 1)
    else:
        image.save(out, "WEBP", quality=60, method=2)
    return out.getvalue()
