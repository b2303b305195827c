"""Text contrast: the WCAG ratio of each word's ink to what is really painted behind it, the worst word of each run.

Cannot see: words inside pictures, and how ink spreads on the chosen paper.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from clearprint.answers import Observation
from clearprint.colour import Colour, contrast, over, to_hex
from clearprint.geometry import Box
from clearprint.layout.runs import Run, painted, runs
from clearprint.model import Ground, Page, Style, Survey

MEASURES = {"ratio": "ratio", "ground": "word"}
FACTS = {
    "role": "role",
    "size": "pt",
    "weight": "weight",
    "ink": "colour",
    "behind": "colour",
    "kind": "word",
    "ratio": "ratio",
}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        for run in runs(block, _look):
            if run.letters:
                yield from _run(run)


def _run(run: Run) -> Iterator[Observation]:
    style = run.style
    facts: dict[str, Any] = {"role": run.block.role, "size": style.size, "weight": style.weight}
    worst: tuple[float, Ground, Style, Box | None] | None = None
    measured = missed = 0
    picture = False
    last: tuple[Ground, Style] | None = None
    for amount, ground, look, box in painted(run):
        if ground is None or look.colour is None:
            missed += amount
            continue
        measured += amount
        if last is not None and ground is last[0] and look is last[1]:
            continue  # nearly always
        last = ground, look
        picture = picture or ground.kind == "picture"
        ratio = _ratio(look.colour, ground.colour, look.opacity)
        if worst is None or ratio < worst[0]:
            worst = ratio, ground, look, box
    if missed:
        why = "no-colour" if style.colour is None else "no-ground"
        yield Observation.unmeasured("ratio", run.place, "unmeasured", why, missed, **facts)
    if worst is None:
        return
    ratio, ground, look, box = worst
    assert look.colour is not None
    seen_ink = over(look.colour, ground.colour, look.opacity)
    facts |= {"ink": to_hex(seen_ink), "behind": to_hex(ground.colour), "kind": ground.kind, "ratio": ratio}
    place = run.place
    if ground.kind in ("uneven", "picture"):
        place = replace(place, box=ground.box or box)
    yield Observation("ratio", place, ratio, measured, ground.error, facts)
    if picture:
        yield Observation("ground", place, "picture", 0, facts=facts)


def _look(style: Style) -> tuple[Colour | None, float, float, bool]:
    return style.colour, style.opacity, round(style.size, 1), (style.weight or 0) >= 600


@lru_cache(maxsize=4096)
def _ratio(ink: Colour, ground: Colour, opacity: float) -> float:
    return contrast(over(ink, ground, opacity), ground)
