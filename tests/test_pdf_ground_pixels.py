"""The short ways to grow and to smooth pixels give just what Pillow's own filters do."""

from __future__ import annotations

import random

import pytest
from PIL import Image, ImageFilter

from clearprint.formats.pdf_drawn import grown
from clearprint.formats.pdf_ground import _smoothed


@pytest.mark.parametrize("size", [(1, 1), (3, 50), (40, 2), (90, 60)])
@pytest.mark.parametrize("by", [1, 4])
def test_a_picture_grows_as_under_the_lightest_of_its_neighbours(size: tuple[int, int], by: int) -> None:
    choose = random.Random(by)
    picture = Image.frombytes("L", size, bytes(choose.choice((0, 0, 0, 0, 255, 128, 7)) for _ in range(size[0] * size[1])))
    assert grown(picture, by).tobytes() == picture.filter(ImageFilter.MaxFilter(2 * by + 1)).tobytes()


def _ground(choose: random.Random, kind: str, wide: int, tall: int) -> Image.Image:
    inks = [choose.randbytes(3) for _ in range(choose.randint(1, 4))]
    if kind == "columns":
        pixels = b"".join(choose.choice(inks) for _ in range(wide)) * tall
    elif kind == "rows":
        pixels = b"".join(choose.choice(inks) * wide for _ in range(tall))
    else:
        pixels = b"".join(choose.choice(inks) for _ in range(wide * tall))
    return Image.frombytes("RGB", (wide, tall), pixels)


@pytest.mark.parametrize("kind", ["columns", "rows", "both"])
def test_a_ground_is_smoothed_as_by_the_median(kind: str) -> None:
    choose = random.Random(3)
    for _ in range(200):
        wide, tall, reach = choose.randint(1, 60), choose.randint(1, 40), choose.choice((2, 3))
        ground = _ground(choose, kind, wide, tall)
        x0, y0 = choose.randrange(wide), choose.randrange(tall)
        inside = x0, y0, choose.randint(x0 + 1, wide), choose.randint(y0 + 1, tall)
        wanted = ground.filter(ImageFilter.MedianFilter(2 * reach + 1)).crop(inside)
        found = _smoothed(ground, inside, reach)
        assert (found.size, found.tobytes()) == (wanted.size, wanted.tobytes())
