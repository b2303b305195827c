"""Image clarity: pixels an inch as printed, blur, range of tones, and how fine the lines of a chart are.

Cannot see: whether a picture shows clearly what it is meant to show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation, seen
from clearprint.model import Page, Picture, Survey

MEASURES = {"resolution": "ppi", "drawing": "word", "line": "pt", "blur": "ratio", "tones": "percent"}
FACTS = {"name": "text", "kind": "word"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for picture in page.pictures:
        if picture.use == "picture":
            yield from _picture(picture)


def _picture(picture: Picture) -> Iterator[Observation]:
    place = picture.place
    facts: dict[str, Any] = {"name": picture.name, "kind": picture.kind}
    if picture.kind == "drawing":
        yield seen("drawing", place, "sharp", **facts)  # lines have no pixels
        if picture.thinnest is not None:
            yield seen("line", place, picture.thinnest, amount=0, **facts)
    elif picture.pixels_per_inch is None:
        yield Observation.unmeasured("resolution", place, "unmeasured", "no-resolution", **facts)
    else:
        yield seen("resolution", place, picture.pixels_per_inch, **facts)
    if picture.blur is not None:
        yield seen("blur", place, picture.blur, amount=0, **facts)
    if picture.tonal_range is not None:
        yield seen("tones", place, 100 * picture.tonal_range, amount=0, **facts)
