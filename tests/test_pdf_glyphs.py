"""How a span of the engine's is measured, where a page made by hand would not show it."""

from __future__ import annotations

from typing import Any

import pytest

from clearprint.formats.pdf_glyphs import Counted, run_of
from clearprint.formats.pdf_text import true_boxes


@pytest.mark.parametrize(("last", "size", "stretch"), [(13.5, 10.0, 1.0), (10.0, 13.5 / 0.95, 0.494)])
def test_two_fonts_of_one_name_make_no_tall_type(last: float, size: float, stretch: float) -> None:
    """A span in a face under one em tall, whose box is taller than that: squeezed, or with a sign of a taller font in it."""
    chars = [
        {"c": sign, "origin": (50.0 + 6 * at, 100.0), "bbox": (50.0 + 6 * at, 98.0 - tall, 56.0 + 6 * at, 98.0)}
        for at, (sign, tall) in enumerate((("o", 10.0), ("u", 10.0), ("r", last)))
    ]
    span = {"font": "Arial", "size": 10.0, "alpha": 255, "char_flags": 16, "origin": (50.0, 100.0), "chars": chars}
    span |= {"ascender": 0.74, "descender": -0.21, "bidi": 0, "flags": 0, "color": 0}
    run = run_of(span, (1.0, 0.0), False, {("Arial", (50.0, 100.0)): (50.0, 88.6, 68.0, 102.1)}, Counted())
    assert run is not None
    assert run.size == pytest.approx(size, abs=0.01)
    assert run.stretch == pytest.approx(stretch, abs=0.005)


@pytest.mark.parametrize(("first", "size"), [(13.6, 10.0), (10.0, 10.0 / 1.36)])
def test_a_tall_font_at_the_start_makes_no_small_type(first: float, size: float) -> None:
    """The heights of a span are those of its first font."""
    chars = [
        {"c": sign, "origin": (50.0 + 6 * at, 100.0), "bbox": (50.0 + 6 * at, 98.0 - tall, 56.0 + 6 * at, 98.0)}
        for at, (sign, tall) in enumerate((("o", first), ("u", 10.0), ("r", 10.0)))
    ]
    span = {"font": "Arial", "size": 10.0, "alpha": 255, "char_flags": 16, "origin": (50.0, 100.0), "chars": chars}
    span |= {"ascender": 1.06, "descender": -0.3, "bidi": 0, "flags": 0, "color": 0}
    run = run_of(span, (1.0, 0.0), False, {}, Counted())
    assert run is not None
    assert run.size == pytest.approx(size, abs=0.01)


@pytest.mark.parametrize(("last", "kept"), [(13.5, False), (12.0, True)])
def test_the_box_of_two_fonts_of_one_name_says_nothing_of_their_size(last: float, kept: bool) -> None:
    """Both under one em tall, so that the engine gives every letter a box of the nominal size; Ghostscript writes such."""

    def span(*tall: float) -> dict[str, Any]:
        chars = [{"bbox": (50.0 + 6 * at, 98.0 - one, 56.0 + 6 * at, 98.0)} for at, one in enumerate(tall)]
        box = (50.0, 98.0 - max(tall), 50.0 + 6 * len(tall), 98.0)
        return {"font": "Arial", "size": 12.0, "origin": (50.0, 95.5), "bbox": box, "chars": chars}

    class Page:
        def extractDICT(self) -> dict[str, Any]:
            drawn = blocks(span(12.0, 12.0, last))
            del drawn[0]["lines"][0]["spans"][0]["chars"]
            return {"blocks": drawn}

        def extractRAWDICT(self) -> dict[str, Any]:
            return {"blocks": blocks(span(12.0, 12.0, last))}

    def blocks(one: dict[str, Any]) -> list[dict[str, Any]]:
        return [{"lines": [{"dir": (1.0, 0.0), "spans": [one]}]}]

    nominal = span(12.0, 12.0, 12.0) | {"ascender": 0.74, "descender": -0.2}  # of type squeezed, or 12.8 pt wide
    found = true_boxes(Page(), blocks(nominal))  # type: ignore[arg-type]
    assert found == ({("Arial", (50.0, 95.5)): (50.0, 86.0, 68.0, 98.0)} if kept else {})
