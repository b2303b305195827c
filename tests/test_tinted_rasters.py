"""Images that are no pictures: tinted boxes painted as images."""

from __future__ import annotations

import pytest

from clearprint.formats.pdf_pictures import _is_panel
from clearprint.geometry import Box

BOX = Box(50, 50, 450, 150)
LINES = [Box(60, 60 + 20 * i, 440, 69 + 20 * i) for i in range(4)]


@pytest.mark.parametrize(
    ("tones", "text", "panel"),
    [(0.05, LINES, True), (0.05, LINES[:1], False), (0.05, [], False), (0.5, LINES, False), (None, LINES, False)],
)
def test_a_tinted_box_is_told_by_its_one_tone_and_its_text(tones: float | None, text: list[Box], panel: bool) -> None:
    assert _is_panel(BOX, tones, text) is panel
