"""Text wrap: lines that start or end elsewhere to make room for a picture, box, pull quote or drop capital."""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.model import Page, Survey

MEASURES = {"wrap": "word"}
FACTS = {"around": "word"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for wrap in page.wraps:
        yield seen("wrap", wrap.place, "around" if wrap.runs_around else "beside", around=wrap.around)
