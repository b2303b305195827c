"""The fingerprint of a page's content: the same while nothing that can be seen on it is changed.

What a person said of a page holds as long as this stays. It knows nothing of the file: saved anew, or moved to another number,
the page keeps it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from clearprint.colour import Colour
from clearprint.geometry import Box
from clearprint.model import Page, Span


def fingerprint(page: Page) -> str:
    """16 hexadecimal digits. Places count to the point, so that rounding in the file does not show."""
    digest = hashlib.blake2s(digest_size=8)
    digest.update(f"{page.width:.0f} {page.height:.0f} {page.state} {page.drawn}\n".encode())
    for line in sorted(_marks(page)) if page.laid_out else _marks(page):
        digest.update(line.encode("utf-8", "replace"))
        digest.update(b"\n")
    return digest.hexdigest()


def _marks(page: Page) -> Iterator[str]:
    for block in page.blocks:
        for span in block.spans_in_order:
            yield _span(span, block.role if not page.laid_out else "")
    for picture in page.pictures:
        yield f"picture {_box(picture.box)} {picture.kind} {picture.digest} {picture.name}"
    for stroke in page.strokes:
        yield f"stroke {_box(stroke.box)} {_colour(stroke.colour)}"
    for panel in page.panels:
        yield f"panel {_box(panel.box)} {_colour(panel.fill)} {panel.outlined}"
    for field in page.fields:
        yield f"field {_box(field.box)} {field.kind} {field.label} {field.value}"


def _span(span: Span, role: str) -> str:
    style = span.style
    return f"text {_box(span.box)} {role} {' '.join(span.text.split())} {style.description} {_colour(style.colour)}"


def _box(box: Box | None) -> str:
    return "" if box is None else f"{box.x0:.0f} {box.y0:.0f} {box.x1:.0f} {box.y1:.0f}"


def _colour(colour: Colour | None) -> str:
    return "" if colour is None else " ".join(f"{part:.2f}" for part in colour)
