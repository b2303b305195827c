"""Whether the signs of a face look like the letters they stand for: fonts of ornaments and pictures code theirs as letters too.

Each sign is laid, stretched to a square, over the letters of four plain faces of the engine's own. In a face for text its own
letter is among the nearest (of 26, on average under one is nearer; in a chancery hand two); signs of an ornament face are near
any letter as often as another, and near none. Both must hold: letters whose codes are wrong are letters still.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from functools import lru_cache
from statistics import mean, median

import pymupdf
from pymupdf import mupdf

from clearprint.formats.letterforms import Shapes
from clearprint.formats.pdf_outlines import Glyph

FEWEST = 4  # letters
MOST = 10
NEARER = 5.0  # of 26 letters, on average, that are nearer than the sign's own: for text 0 to 2, for ornaments 8 to 17
FAR = 7.5  # distance of a sign to the nearest letter: upright text 0 to 5, slanted and heavy to 9, ornaments 8.5 to 11
_ALIKE = 0.06  # of the x-height by which small letters differ at top and foot
_FACES = ("helv", "tiro", "tiit", "hebo")
_ASKED = "etaoinsrhldcumfpgwybvkxjqz"
_LEVEL = "acemnorsuvwxz"  # as high as an x
_TALL = "hlkbdi"  # letters that stand over an x, an i with its dot
_OVER = 1.15  # of the x-height, at least, that tall letters reach
_CELLS = 8
_PROPORTION = 8.0  # what a difference in width over height weighs against one of the cells

Form = tuple[list[float], float]
"""How much of each of 64 cells is inked, and width over height."""


def looks_like_letters(shapes: Shapes) -> bool | None:
    """Whether the signs coded as Latin letters are; None where there are too few."""
    if _is_even(shapes):
        return True
    signs = list(_signs(shapes))
    if len(signs) < FEWEST:
        return None
    nearer: list[int] = []
    nearest: list[float] = []
    for letter, sign in signs:
        form = _form(sign)
        apart = {name: min(_distance(form, known) for known in forms) for name, forms in _letters().items()}
        own = min(apart[letter], apart[letter.upper()])
        others = {name.lower() for name, distance in apart.items() if distance < own}
        nearer.append(len(others))
        nearest.append(min(apart.values()))
    return mean(nearer) < NEARER or median(nearest) < FAR


def _is_even(shapes: Shapes) -> bool:
    """Small letters of one height on one line and tall ones over them, which saves the trouble for nearly every face."""
    found, tall = shapes.some(_LEVEL, 5), shapes.some(_TALL, 2)
    if len(found) < FEWEST or not tall:
        return False
    top = median(shape.y1 for shape in found)
    room = _ALIKE * top
    level = top > 0.2 and all(abs(shape.y1 - top) <= room and abs(shape.y0) <= room for shape in found)
    return level and all(shape.y1 > _OVER * top and abs(shape.y0) <= room for shape in tall)


def _signs(shapes: Shapes) -> Iterator[tuple[str, Glyph]]:
    count = 0
    for letter in _ASKED:
        for character in (letter, letter.upper()):
            sign = shapes(character)
            if sign is not None and count < MOST:
                count += 1
                yield letter, sign
                break


@lru_cache(maxsize=1)
def _letters() -> dict[str, list[Form]]:
    """The 52 letters in the engine's own faces."""
    found: dict[str, list[Form]] = {}
    for name in _FACES:
        font = pymupdf.Font(name).this
        shapes = Shapes(font, lambda character, font=font: int(mupdf.fz_encode_character(font, ord(character))))  # type: ignore[misc]
        for letter in string.ascii_letters:
            shape = shapes(letter)
            if shape is not None:
                found.setdefault(letter, []).append(_form(shape))
    return found


def _form(shape: Glyph) -> Form:
    width = shape.x1 - shape.x0
    cells: list[float] = []
    for row in range(_CELLS):
        inked = [0.0] * _CELLS
        for start, end in shape.across(shape.y0 + (row + 0.5) / _CELLS * shape.height):
            left, right = (start - shape.x0) / width * _CELLS, (end - shape.x0) / width * _CELLS
            for cell in range(max(0, int(left)), min(_CELLS - 1, int(right)) + 1):
                inked[cell] += max(0.0, min(right, cell + 1) - max(left, cell))
        cells += inked
    return cells, min(2.0, width / shape.height)


def _distance(one: Form, other: Form) -> float:
    apart = sum([(a - b) * (a - b) for a, b in zip(one[0], other[0], strict=True)])
    return apart + _PROPORTION * abs(one[1] - other[1])
