"""The ring of ground round letters: grown as fast as the picture can be moved, and just as Pillow's own filter grows it."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageFilter

from clearprint.formats.pdf_ink import _grown


@pytest.mark.parametrize("size", [(1, 1), (3, 50), (40, 2), (90, 60)])
@pytest.mark.parametrize("by", [1, 4])
def test_a_picture_grows_as_under_the_lightest_of_its_neighbours(size: tuple[int, int], by: int) -> None:
    choose = random.Random(by)
    picture = Image.frombytes("L", size, bytes(choose.choice((0, 0, 0, 0, 255, 128, 7)) for _ in range(size[0] * size[1])))
    assert _grown(picture, by).tobytes() == picture.filter(ImageFilter.MaxFilter(2 * by + 1)).tobytes()
