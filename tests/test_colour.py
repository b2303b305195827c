"""Colours as people see them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint.colour import BLACK, WHITE, Colour, from_hex, look_alike

PART = st.floats(0, 1)


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("#000000", "#070606", True),  # what a colour profile makes of black, twice
        ("#000000", "#231f20", True),  # black in four inks and in one
        ("#000000", "#3c3c3c", False),
        ("#000000", "#00008b", False),
        ("#1a5fb4", "#1b60b3", True),
        ("#1a5fb4", "#3584e4", False),
        ("#ffffff", "#fdfdfd", True),
        ("#ffffff", "#e6e6e6", False),
        ("#c00000", "#007000", False),
    ],
)
def test_colours_that_nobody_tells_apart(one: str, other: str, alike: bool) -> None:
    assert look_alike(from_hex(one), from_hex(other)) is alike
    assert look_alike(from_hex(other), from_hex(one)) is alike


@given(st.tuples(PART, PART, PART))
def test_a_colour_is_like_itself_and_not_like_black_and_white_at_once(colour: Colour) -> None:
    assert look_alike(colour, colour)
    assert not (look_alike(colour, BLACK) and look_alike(colour, WHITE))
    assert not look_alike(colour, None)
