"""Numerals: how far the figures of each face that sets digits can be told apart, at the smallest size it sets them in.

Cannot see: figures inside pictures, and faces that are neither in the file nor known.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation
from clearprint.layout.signs import symbol_face
from clearprint.model import Survey
from clearprint.model.type import DRAWN_AT

MEASURES = {
    "distinctness": "em",
    "nearest": "em",
    "thin-to-thick": "ratio",
    "hairline": "yes-no",
    "old-style": "yes-no",
    "proportional": "yes-no",
    "one-like-l": "yes-no",
}
FACTS = {
    "face": "text",
    "digits": "count",
    "size": "pt",
    "at_12": "em",
    "fine_at_12": "yes-no",
    "thinnest": "pt",
    "pair": "text",
    "weight": "weight",
    "embedded": "yes-no",
    "in_tables": "count",
}


def on_survey(survey: Survey) -> Iterator[Observation]:
    for use in survey.faces:
        if not use.digits or symbol_face(use.face):
            continue
        figures, face = use.face.digits, use.face
        facts: dict[str, Any] = {
            "face": face.family or face.name,
            "digits": use.digits,
            "size": use.smallest_digits,
            "weight": face.weight,
            "embedded": face.embedded,
            "in_tables": use.table_digits,
        }
        if figures is None and face.basis == "outlines":
            # Measured, and none of the pairs that are taken for one another is set in it.
            yield Observation("hairline", use.place, False, use.digits, facts=facts)
            continue
        if figures is None:
            yield Observation.unmeasured("distinctness", use.place, "unmeasured", "unknown-face", use.digits, **facts)
            continue
        size = use.smallest_digits if use.smallest_digits is not None else DRAWN_AT
        facts |= {"size": size, "pair": figures.worst_pair, "at_12": figures.distinctness, "fine_at_12": figures.hairline}
        facts["thinnest"] = figures.thin * size if figures.thin is not None else None
        yield Observation("distinctness", use.place, figures.distinctness_at(size), use.digits, figures.error_at(size), facts)
        if figures.nearest is not None:
            # Of the face itself, at 12 pt: one pair that nobody can tell apart is not mended by five that are plain.
            yield Observation("nearest", use.place, figures.nearest, 0, facts=facts)
        yield Observation("thin-to-thick", use.place, figures.thin_to_thick, 0, facts=facts)
        yield Observation("hairline", use.place, figures.hairline_at(size), 0, facts=facts)
        yield Observation("old-style", use.place, figures.old_style, 0, facts=facts)
        yield Observation("one-like-l", use.place, figures.one_like_l, 0, facts=facts)
        if use.table_digits:
            yield Observation("proportional", use.place, figures.proportional, 0, facts=facts)
