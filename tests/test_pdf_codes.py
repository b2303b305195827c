"""formats/pdf_codes: codes to scan that are drawn square by square."""

from __future__ import annotations

from clearprint.formats.pdf_codes import codes_of
from clearprint.geometry import Box

SIDE = 3.0


def modules(count: int, x: float = 100, y: float = 100) -> list[Box]:
    """A field of count by count modules, half of them dark, with dark edges."""
    dark = [
        (column, row)
        for row in range(count)
        for column in range(count)
        if row in (0, count - 1) or column in (0, count - 1) or (row * 37 + column * 71 + row * column * 13) % 5 < 2
    ]
    return [Box(x + SIDE * c, y + SIDE * r, x + SIDE * (c + 1), y + SIDE * (r + 1)) for c, r in dark]


def test_a_square_field_of_small_dark_squares_is_a_code():
    (code,) = codes_of(modules(21), [], [], 1)
    assert (code.use, code.kind, code.page) == ("code", "drawing", 1)
    assert code.box == Box(100, 100, 163, 163)


def test_what_is_no_code():
    assert codes_of(modules(8), [], [], 1) == []  # too small
    assert (
        codes_of([Box(100 + 20 * i, 100 + 20 * j, 104 + 20 * i, 104 + 20 * j) for i in range(9) for j in range(9)], [], [], 1)
        == []
    )
    assert codes_of(modules(21) + modules(21, x=163), [], [], 1) == []  # a band of pattern
    assert codes_of(modules(21), [], [Box(110, 110, 150, 120)], 1) == []  # words in it
