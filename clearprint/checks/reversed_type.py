"""Reversed type: runs lighter than what lies behind them, with their contrast, size and weight.

Cannot see: whether the printer's ink will fill in fine white strokes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from clearprint.answers import Observation
from clearprint.colour import BLACK, Colour, contrast, luminance, over, to_hex
from clearprint.geometry import Box
from clearprint.layout.runs import Run, painted, runs
from clearprint.layout.signs import symbol_face
from clearprint.model import Ground, Page, Style, Survey

MEASURES = {"ratio": "ratio", "size": "pt", "weight": "weight"}
FACTS = {
    "role": "role",
    "size": "pt",
    "weight": "weight",
    "ink": "colour",
    "behind": "colour",
    "kind": "word",
}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        for run in runs(block, _look):
            if run.style.colour == BLACK:
                continue  # lighter than nothing
            if run.letters and not symbol_face(run.style.face):
                yield from _run(run)


def _run(run: Run) -> Iterator[Observation]:
    style = run.style
    facts: dict[str, Any] = {"role": run.block.role, "size": style.size, "weight": style.weight}
    worst: tuple[float, Ground, Style, Box | None] | None = None
    lighter = missed = 0
    for amount, ground, look, box in painted(run):
        if ground is None or look.colour is None:
            missed += amount if _may_be_light(look) else 0
            continue
        ratio, is_lighter = _reversed(look.colour, ground.colour, look.opacity)
        if not is_lighter:
            continue
        lighter += amount
        if worst is None or ratio < worst[0]:
            worst = ratio, ground, look, box
    if missed:
        why = "no-colour" if style.colour is None else "no-ground"
        yield Observation.unmeasured("ratio", run.place, "unmeasured", why, missed, **facts)
    if worst is None:
        return
    ratio, ground, look, box = worst
    assert look.colour is not None
    facts["ink"] = to_hex(over(look.colour, ground.colour, look.opacity))
    facts |= {"behind": to_hex(ground.colour), "kind": ground.kind}
    place = run.place
    if ground.kind in ("uneven", "picture"):
        place = replace(place, box=ground.box or box)
    yield Observation("ratio", place, ratio, lighter, ground.error, facts)
    if run.block.role != "logotype":
        yield Observation("size", run.place, style.size, 0, facts=facts)
    if style.weight is None:
        yield Observation.unmeasured("weight", run.place, "unmeasured", "no-weight", lighter, **facts)
    else:
        yield Observation("weight", run.place, style.weight, 0, facts=facts)


def _may_be_light(style: Style) -> bool:
    """Black on the unknown is reversed on nothing."""
    return style.colour is None or luminance(style.colour) > 0


def _look(style: Style) -> tuple[Colour | None, float, float, int | None]:
    return style.colour, style.opacity, round(style.size, 1), style.weight


@lru_cache(maxsize=4096)
def _reversed(ink: Colour, ground: Colour, opacity: float) -> tuple[float, bool]:
    """Contrast ratio, and whether the ink is the lighter of the two."""
    seen_ink = over(ink, ground, opacity)
    return contrast(seen_ink, ground), luminance(seen_ink) > luminance(ground)
