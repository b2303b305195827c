"""Codes to scan that are rasters: QR codes (ISO/IEC 18004) by their finder patterns, bar codes by their upright bars."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from clearprint.formats.looks import Look
from clearprint.units import from_mm

if TYPE_CHECKING:
    from PIL.Image import Image

MODULE = from_mm(0.5)  # points: side of the modules of a QR code from which it is read whatever its pixels
_BLURRED = 0.35  # share of pixels between dark and light, at most
_SPREAD = 60  # of 255 between dark and light, at least
_SQUARE = 1.08  # times as wide as high, at most
_SIDES = range(21, 78, 4)  # modules of a side, versions 1 to 15
_RIGHT = 58  # of the 64 modules in a corner that must be as a finder has them
_BARS = 20  # changes between dark and light in a line through a bar code, at least: a QR code of one row has none
_UPRIGHT = 0.9  # of the height of the bars that a column is of one tone
_UNEQUAL = 1.8  # times as wide that wide bars are
_DARK = (0.25, 0.75)

FINDER = [[max(abs(x - 3), abs(y - 3)) in (0, 1, 3) for x in range(8)] for y in range(8)]
"""A finder with the light modules that part it from the rest at its right and foot; True is dark."""


def module_of(look: Look) -> float | None:
    """Side of the modules of a QR code, points; 0 for a bar code, None for no code."""
    low, high = (int(value) for value in look.grey.getextrema())  # type: ignore[arg-type]
    if high - low < _SPREAD:
        return None
    third = (high - low) / 3
    tones = look.on_paper()
    if sum(count for tone, count in tones.items() if low + third < tone < high - third) > _BLURRED * sum(tones.values()):
        return None
    middle = (low + high) / 2
    dark = look.grey.point([255 if value < middle else 0 for value in range(256)])
    box = dark.getbbox()
    if box is None:
        return None
    code = dark.crop(box)
    side = _qr(code)
    if side is not None:
        return code.width / side * look.box.width / look.grey.width
    return 0.0 if _has_bars(code) or _has_bars(code.rotate(90, expand=True)) else None


def _qr(code: Image) -> int | None:
    """How many modules a side has; None for no QR code. Three of its corners hold finders."""
    if max(code.size) > _SQUARE * min(code.size):
        return None
    pixels = code.tobytes()
    best: tuple[int, int] | None = None
    for side in _SIDES:
        right = sorted(_agreeing(pixels, code.size, side, left, top) for left in (True, False) for top in (True, False))
        if right[1] >= _RIGHT and (best is None or sum(right[1:]) > best[0]):
            best = sum(right[1:]), side
    return best[1] if best is not None else None


def _agreeing(pixels: bytes, size: tuple[int, int], side: int, left: bool, top: bool) -> int:
    """How many of the 64 modules in a corner are as a finder has them."""
    found = 0
    for y in range(8):
        row = int((y + 0.5 if top else side - y - 0.5) / side * size[1])
        for x in range(8):
            column = int((x + 0.5 if left else side - x - 0.5) / side * size[0])
            found += (pixels[row * size[0] + column] > 0) == (FINDER[y][x] and x < 7 and y < 7)
    return found


def _has_bars(code: Image) -> bool:
    """Columns of one tone each, dark and light in turn, over the upper half: figures may stand below."""
    from PIL import Image

    if code.width < 3 * _BARS or code.height < 8:
        return False
    upper = code.crop((0, code.height // 10, code.width, code.height // 2))
    columns = upper.resize((upper.width, 1), Image.Resampling.BOX).tobytes()
    even = [value for value in columns if not 255 * (1 - _UPRIGHT) < value < 255 * _UPRIGHT]
    dark = sum(value > 127 for value in columns) / len(columns)
    changes = [at for at, (one, other) in enumerate(pairwise(columns)) if (one > 127) != (other > 127)]
    if len(even) < 0.8 * len(columns) or len(changes) < _BARS or not _DARK[0] <= dark <= _DARK[1]:
        return False
    widths = sorted(b - a for a, b in pairwise(changes))
    return widths[len(widths) * 9 // 10] >= _UNEQUAL * widths[len(widths) // 10]  # blinds and fences are of one width
