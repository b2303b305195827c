"""All documents whose contrast is known."""

from __future__ import annotations

from benchmarks.contrast import grounds, inks, transparency, word
from benchmarks.contrast.page import Case


def cases() -> list[Case]:
    """In the order of the kinds of ground and ink."""
    parts = (
        grounds.flat(),
        grounds.gradients(),
        grounds.patterns(),
        grounds.photographs(),
        transparency.groups(),
        transparency.veils(),
        transparency.blends(),
        transparency.masks(),
        inks.spaces(),
        inks.ways(),
        inks.papers(),
        inks.overprints(),
        word.word(),
    )
    return [case for part in parts for case in part]
