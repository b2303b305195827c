"""Codes to scan that are drawn square by square, as QR codes of vector programs are (ISO/IEC 18004)."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.formats.pdf_drawings import clusters
from clearprint.formats.pdf_pictures import LEAST
from clearprint.formats.pdf_vectors import Shape
from clearprint.geometry import Box, hull
from clearprint.model import Picture, Stroke

FEWEST = 60  # pieces; the smallest QR code has 21 modules each way
FRAME = 12  # times as long as the longest speck: the frame of a finder, rows of modules drawn as one
SQUARE = 1.08  # times as wide as high, at most
DARK = (0.3, 0.75)  # share of the code that its dark pieces cover
LARGEST = 0.6  # share of the side that one piece may have: a row of modules drawn as one


def codes_of(specks: Sequence[Box], strokes: Sequence[Stroke], text: Sequence[Box], number: int) -> list[Picture]:
    """Square fields of many small dark pieces, with no words in them."""
    if len(specks) < FEWEST // 2:
        return []
    pieces = [*specks, *(stroke.box for stroke in strokes if stroke.colour is None or min(stroke.colour) < 0.5)]
    side = max(max(box.width, box.height) for box in specks)
    pieces = [box for box in pieces if max(box.width, box.height) <= FRAME * side]
    shapes = [Shape(box, True, False, 0.0, 1, 0, index) for index, box in enumerate(pieces)]
    found = []
    for group in clusters(shapes):
        if len(group) < FEWEST:
            continue
        box = hull(shape.box for shape in group)
        long, short = max(box.width, box.height), min(box.width, box.height)
        if short < LEAST or long > SQUARE * short:
            continue
        if any(max(shape.box.width, shape.box.height) > LARGEST * long for shape in group):
            continue
        dark = sum(shape.box.area for shape in group) / box.area
        if DARK[0] <= dark <= DARK[1] and not any(word.shared_area(box) > 0 for word in text):
            found.append(Picture(box, "drawing", "code", page=number))
    return found
