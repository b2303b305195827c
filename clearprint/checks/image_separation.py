"""Image separation: the white between pictures and text.

Labels in a drawing and pictures behind text are not looked at here.
"""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.model import Page, Picture, Survey
from clearprint.units import to_mm

MEASURES = {"overlap": "word", "clearance": "mm", "caption": "mm", "lines": "ratio"}
FACTS = {"clearance": "mm", "name": "text"}

_PICTURES = ("picture", "code", "logo")


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for picture in page.pictures:
        if picture.use not in _PICTURES:
            continue
        if not page.laid_out:
            yield from _estimated(picture)
        else:
            yield from _picture(picture)


def _estimated(picture: Picture) -> Iterator[Observation]:
    """The white that spacing leaves round a picture in a paragraph of its own; open for all others."""
    place, error = picture.place, to_mm(picture.clearance_error)
    gaps = {"caption": picture.caption_clearance, "clearance": picture.clearance}
    known = {measure: to_mm(gap) for measure, gap in gaps.items() if gap is not None}
    if not known:
        yield Observation.unmeasured("overlap", place, "estimate", "estimate")
    for number, (measure, gap) in enumerate(known.items()):
        facts = {"clearance": gap, "name": picture.name}
        yield Observation(measure, place, gap, int(number == 0), error, facts, "estimate", "estimate")


def _picture(picture: Picture) -> Iterator[Observation]:
    place, name = picture.place, picture.name
    if picture.overlaps_text:
        value = "title" if picture.title_on_even_part else "text"
        yield seen("overlap", place, value, clearance=0.0, name=name)
        return
    yield seen("overlap", place, "clear", clearance=None, name=name)
    if picture.caption_clearance is not None:
        gap = to_mm(picture.caption_clearance)
        yield seen("caption", place, gap, amount=0, clearance=gap, name=name)
    if picture.clearance is not None:
        gap = to_mm(picture.clearance)
        yield seen("clearance", place, gap, amount=0, clearance=gap, name=name)
        if picture.text_leading:
            yield seen("lines", place, picture.clearance / picture.text_leading, amount=0, clearance=gap, name=name)
