"""Column gap: the white between two columns, from the longest line on the left to the left edge on the right.

Cannot see: columns made with tab characters.
"""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.model import Gutter, Page, Place, Survey
from clearprint.units import to_mm

MEASURES = {"gap": "mm", "ems": "em"}
FACTS = {"ruled": "yes-no", "gap": "mm", "size": "pt"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for gutter in page.gutters:
        place = _place(page, gutter)
        gap = to_mm(gutter.width)
        yield seen("gap", place, gap, ruled=gutter.ruled, gap=gap, size=gutter.size)
        size = gutter.size or survey.body_size
        if size:
            yield seen("ems", place, gutter.width / size, amount=0, ruled=gutter.ruled, gap=gap, size=size)


def _place(page: Page, gutter: Gutter) -> Place:
    """The gutter, with the text that stands right of it: white has no text of its own to be known by."""
    text = ""
    if gutter.box is not None:
        beside = [
            block
            for block in page.blocks
            if block.box is not None
            and abs(block.box.x0 - gutter.box.x1) < 2 * block.size
            and block.box.y_overlap(gutter.box) > 0
        ]
        text = min(beside, key=lambda block: (block.box.y0 if block.box else 0.0, block.text)).text if beside else ""
    return Place(page.number, gutter.box, text, gutter.path or page.path)
