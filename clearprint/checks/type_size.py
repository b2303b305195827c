"""Type size: the size on paper of every run with a letter or digit, and the height of its small letters.

Cannot see: text inside pictures and text drawn as outlines.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation
from clearprint.layout.runs import Run, runs, spaceless
from clearprint.layout.signs import symbol_face
from clearprint.model import Block, Page, Style, Survey
from clearprint.units import to_mm

MEASURES = {"size": "pt", "x-height": "mm"}
FACTS = {"role": "role", "face": "text", "size": "pt", "weight": "weight"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        for run in runs(block, _look):
            amount = run.letters
            if not amount or _mark(run, block):
                continue
            style = run.style
            size = min(span.style.size for span in run.spans if span.letters)
            facts: dict[str, Any] = {"role": block.role, "face": style.face.family, "size": size, "weight": style.weight}
            if not (size > 0 and math.isfinite(size)):
                yield Observation.unmeasured("size", run.place, "unmeasured", "no-size", amount, **facts)
                continue
            place = run.place
            yield Observation("size", place, size, amount, facts=facts)
            x_height = style.face.x_height
            if x_height and any(map(str.islower, run.text)) and not spaceless(run.text):
                yield Observation("x-height", place, to_mm(x_height * size), 0, facts=facts)


def _look(style: Style) -> tuple[float, bool, float | None]:
    return round(style.size, 1), style.raised, style.face.x_height


def _mark(run: Run, block: Block) -> bool:
    """Whether a run is a mark on a word rather than text: a raised figure, a bullet, a lone sign of another face."""
    if symbol_face(run.style.face):
        return True
    if run.whole:
        return False  # a paragraph set small and raised is a paragraph all the same
    text = run.text.strip()
    if run.style.raised:
        return len(text.split()) <= 3 and len(text) <= 12
    return len(text) == 1 and text.isalpha() and run.style.face.family != block.style.face.family
