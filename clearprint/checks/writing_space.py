"""Writing space: the room of lines, boxes and fields that people fill in by hand.

Cannot see: empty space that nothing marks as a place to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation, seen
from clearprint.model import Field, Page, Survey
from clearprint.units import to_mm

MEASURES = {"height": "mm", "signature": "mm", "tick": "mm", "comb": "mm"}
FACTS = {"kind": "word", "label": "text"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for field in page.fields:
        facts: dict[str, Any] = {"kind": field.kind, "label": field.label}
        measure = field.kind if field.kind in ("tick", "comb") else "height"
        room = _room(field)
        if room is None:
            yield Observation.unmeasured(measure, field.place, "unmeasured", "no-height", **facts)
        else:
            yield seen(measure, field.place, to_mm(room), **facts)
        if field.kind == "signature" and field.width is not None:
            yield seen("signature", field.place, to_mm(field.width), amount=0, **facts)


def _room(field: Field) -> float | None:
    """What one has to write in, points: the smaller side of a tick box or comb cell, else the height."""
    if field.kind == "tick":
        sides = [side for side in (field.width, field.height) if side is not None]
        return min(sides) if sides else None
    if field.kind == "comb" and field.width is not None and field.cells:
        cell = field.width / field.cells
        return cell if field.height is None else min(cell, field.height)
    return field.height
