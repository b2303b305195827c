"""Text wrap: lines that start or end elsewhere to make room for a picture, box, pull quote or drop capital.

Pictures that stand between paragraphs are counted too: they were looked at, and no text runs round them.
"""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.model import Page, Survey

MEASURES = {"wrap": "word"}
FACTS = {"around": "word"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for wrap in page.wraps:
        yield seen("wrap", wrap.place, "around" if wrap.runs_around else "beside", around=wrap.around)
    if not page.blocks:
        return
    known = sum(wrap.around == "picture" for wrap in page.wraps)
    for picture in [picture for picture in page.pictures if picture.use == "picture"][known:]:
        yield seen("wrap", picture.place, "between", around="picture")
    if not any(wrap.around == "drop-capital" for wrap in page.wraps):
        for block in page.blocks:
            if block.drop_capital:
                yield seen("wrap", block.place, "around", around="drop-capital")
