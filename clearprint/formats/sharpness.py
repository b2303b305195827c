"""Whether a picture has the detail that its pixels could hold, or was enlarged or is out of focus.

How far a pixel lies from the middle of its neighbours, at the steepest edges, over the contrast of the steepest edges: a sharp
edge has up to a half, pictures of cameras 0.1 to 0.25, and the same pictures enlarged four times 0.02 to 0.045.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PRINTED = 150.0  # pixels an inch at which blur is looked for; a coarser picture is a fault already
FINEST = 300.0  # pixels an inch in which blur is looked for: a picture enlarged twice has 150 of them yet, and passes
SIDE = 640  # pixels each way, from the middle, that are looked at
LEAST = 64  # pixels each way; of less nothing can be said
_SHARP = 0.15
_STEEPEST = 0.005  # share of the pixels, those at the steepest edges
_FAINT = 25  # of 255: a picture without edges has no sharpness
_WINDOW = 8  # pixels each way in which the contrast of an edge is taken; a power of 2
_STRIDE = 4  # pixels from one window to the next, each way; a power of 2


def blur_of(grey: Image) -> float | None:
    """0 sharp, 1 without any detail finer than two pixels; None for what has no edges or is too small. `grey`: mode L."""
    from PIL import Image, ImageChops

    if min(grey.size) < LEAST:
        return None
    width, height = (min(side, SIDE) for side in grey.size)
    left, top = (grey.width - width) // 2, (grey.height - height) // 2
    part = grey.crop((left, top, left + width, top + height))
    contrast = _steepest(ImageChops.subtract(_widened(part, ImageChops.lighter), _widened(part, ImageChops.darker)))
    if contrast < _FAINT:
        return None
    sharpest = 0
    for x, y in ((1, 0), (0, 1)):
        between = Image.blend(ImageChops.offset(part, x, y), ImageChops.offset(part, -x, -y), 0.5)
        apart = ImageChops.difference(part, between)
        sharpest = max(sharpest, _steepest(apart.crop((1, 1, width - 1, height - 1))))  # its edges meet the other side's
    return round(1 - min(1.0, sharpest / contrast / _SHARP), 2)


def _widened(part: Image, choose: Callable[[Image, Image], Image]) -> Image:
    """The lightest or darkest pixel of each window, one for every `_STRIDE` pixels each way.

    Steps that double cost a fiftieth of what the engine's rank filter does, and the later ones are taken on fewer pixels.
    """
    from PIL import Image

    step, stride = 1, 1
    while step < _WINDOW:
        width, height = part.size
        part = choose(part.crop((0, 0, width - step // stride, height)), part.crop((step // stride, 0, width, height)))
        width -= step // stride
        part = choose(part.crop((0, 0, width, height - step // stride)), part.crop((0, step // stride, width, height)))
        step *= 2
        if stride < _STRIDE:
            part = part.resize((part.width // 2, part.height // 2), Image.Resampling.NEAREST)
            stride *= 2
    return part


def _steepest(picture: Image) -> int:
    """The value that only the highest pixels pass."""
    histogram = picture.histogram()
    room = _STEEPEST * sum(histogram)
    for value in range(255, -1, -1):
        room -= histogram[value]
        if room < 0:
            return value
    return 0
