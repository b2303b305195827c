"""How far the figures of a face can be told apart, from their outlines.

Each figure is drawn, blurred as at SIZE points by a Gaussian of BLUR em (at 12 pt a quarter of a millimetre: 2.2 minutes of arc
from 40 cm, at which bars of 4 minutes, the finest that an acuity of 6/24 tells, keep a fifth of their contrast), and the
critical pairs are laid over each other at their best fit. `distinctness` is the mean distance of the pairs, as an observer sees
it who knows both shapes: the root of the summed squared difference, in em. It is not divided by the amount of ink, for pale
figures are harder to tell apart. A subset that lacks a pair is measured on the pairs it has, against the same pairs of REFERENCE.

Does not reward figures drawn to be told apart (open tails, slashed zeros) more than their shapes differ.
"""

from __future__ import annotations

import math
from operator import mul
from statistics import median
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats.letterforms import Shapes
from clearprint.formats.pdf_outlines import Glyph
from clearprint.model import Digits

SIZE = 12.0
BLUR = 0.06  # em at SIZE
GRID = 16  # pixels an em
PAIRS = ("38", "56", "08", "69", "06", "35")
_MARGIN = 3  # pixels round a glyph, for the blur
_BASE = int(GRID * 0.8) + _MARGIN
_WIDE, _TALL = int(GRID * 0.75) + 2 * _MARGIN, _BASE + int(GRID * 0.25) + _MARGIN

# Distance of each critical pair in Liberation Sans, the twin of Arial.
REFERENCE = {"38": 0.07, "56": 0.09, "08": 0.1, "69": 0.1, "06": 0.1, "35": 0.1}
HAIRLINE = 0.028  # em: 0.34 pt at 12 pt, the thickest stroke of a hairline figure
ONE_LIKE_L = 0.05  # em: nearer than this and 1 is l or I
OLD_STYLE_LOW = 0.85  # of the tallest figure
OLD_STYLE_DEEP = 0.08  # em below the baseline


def measure(shapes: Shapes) -> Digits | None:
    """Digits of a face; None when it has none that could be told apart. About 5 ms."""
    found = {digit: shape for digit in "0123456789" if (shape := shapes(digit)) is not None}
    pairs = [pair for pair in PAIRS if pair[0] in found and pair[1] in found]
    if not pairs:
        return None
    blurred = {digit: _blurred(found[digit]) for digit in sorted(set("".join(pairs)))}
    distances = {pair: _distance(blurred[pair[0]], blurred[pair[1]]) for pair in pairs}
    whole = sum(REFERENCE.values()) / len(REFERENCE)
    part = sum(REFERENCE[pair] for pair in pairs) / len(pairs)
    worst = min(pairs, key=lambda pair: (distances[pair] / REFERENCE[pair], pair))
    thin, thick = _strokes(found)
    return Digits(
        distinctness=round(sum(distances.values()) / len(distances) * whole / part, 4),
        worst_pair=f"{worst[0]}/{worst[1]}",
        thin_to_thick=round(thin / thick, 3) if thick else 1.0,
        hairline=thick < HAIRLINE,
        old_style=_old_style(found),
        proportional=_proportional(found),
        one_like_l=_one_like_l(shapes),
    )


def _old_style(found: dict[str, Glyph]) -> bool:
    """0, 1 and 2 no taller than small letters, and some figure hanging below the line."""
    tallest = max(shape.y1 for shape in found.values())
    small = [found[digit].y1 for digit in "012" if digit in found]
    hangs = any(shape.y0 < -OLD_STYLE_DEEP for shape in found.values())
    return bool(small) and hangs and all(top < OLD_STYLE_LOW * tallest for top in small)


def _proportional(found: dict[str, Glyph]) -> bool:
    advances = [shape.advance for shape in found.values()]
    return len(advances) > 1 and max(advances) - min(advances) > 0.02


def _strokes(found: dict[str, Glyph]) -> tuple[float, float]:
    """Thinnest and thickest stroke: tops and bottoms of round figures against their sides."""
    thins: list[float] = []
    thicks: list[float] = []
    for digit in "0689352":
        shape = found.get(digit)
        if shape is None:
            continue
        middle = (shape.x0 + shape.x1) / 2
        down = shape.down(middle)
        if len(down) >= 2:
            thins.append(min(high - low for low, high in (down[0], down[-1])))
        level = shape.y0 + shape.height * (0.5 if digit == "0" else 0.3 if digit in "6835" else 0.7)
        across = shape.across(level)
        if across and digit != "2":
            thicks.append(
                max(high - low for low, high in across if high - low < 0.6 * (shape.x1 - shape.x0))
                if any(high - low < 0.6 * (shape.x1 - shape.x0) for low, high in across)
                else 0.0
            )
    thick = median([t for t in thicks if t > 0] or [0.0])
    thin = median(thins) if thins else thick
    return (thin, thick) if thin <= thick else (thick, thin)


def _one_like_l(shapes: Shapes) -> bool:
    one = shapes("1")
    if one is None:
        return False
    seen = _blurred(one)
    return any(_distance(seen, _blurred(other)) < ONE_LIKE_L for other in shapes.some("lI"))


# --- seeing ---------------------------------------------------------------------------------------------------------------


def _drawn(shape: Glyph) -> list[list[float]]:
    """The glyph on a grid of GRID pixels an em, its middle in the middle, each pixel 0 to 1."""
    shift = _WIDE / 2 - (shape.x0 + shape.x1) / 2 * GRID
    path = mupdf.FzPath()
    at: tuple[float, float] | None = None
    for x0, y0, x1, y1 in shape.edges:
        if at != (x0, y0):
            mupdf.fz_moveto(path, shift + x0 * GRID, _BASE - y0 * GRID)
        mupdf.fz_lineto(path, shift + x1 * GRID, _BASE - y1 * GRID)
        at = (x1, y1)
    pixels = mupdf.FzPixmap(mupdf.fz_device_gray(), mupdf.FzIrect(0, 0, _WIDE, _TALL), mupdf.FzSeparations(), 0)
    mupdf.fz_clear_pixmap_with_value(pixels, 0)
    device = mupdf.fz_new_draw_device(mupdf.FzMatrix(), pixels)
    white = mupdf.new_floats(1)
    mupdf.floats_setitem(white, 0, 1.0)
    mupdf.fz_fill_path(device, path, 0, mupdf.FzMatrix(), mupdf.fz_device_gray(), white, 1.0, mupdf.FzColorParams())
    mupdf.fz_close_device(device)
    mupdf.delete_floats(white)
    samples = pymupdf.Pixmap("raw", pixels).samples
    return [[value / 255 for value in samples[y * _WIDE : (y + 1) * _WIDE]] for y in range(_TALL)]


def _kernel() -> list[float]:
    sigma = BLUR * GRID
    reach = _MARGIN
    taps = [math.exp(-0.5 * (at / sigma) ** 2) for at in range(-reach, reach + 1)]
    return [tap / sum(taps) for tap in taps]


_TAPS = _kernel()


def _spread(rows: list[list[float]]) -> list[list[float]]:
    """Each row blurred along its length."""
    reach = len(_TAPS) // 2
    pad = [0.0] * reach
    result: list[list[float]] = []
    for row in rows:
        if not any(row):
            result.append(row)
            continue
        long = pad + row + pad
        result.append([sum(map(mul, _TAPS, long[at : at + len(_TAPS)])) for at in range(len(row))])
    return result


def _blurred(shape: Glyph) -> Any:
    rows = _spread(_drawn(shape))
    columns = _spread([list(column) for column in zip(*rows, strict=True)])
    return columns  # a list a column: sliding sideways is then shifting a list


def _distance(one: Any, other: Any) -> float:
    """Root of the summed squared difference at the best fit sideways, in em."""
    flat = [value for column in one for value in column]
    best = math.inf
    own = sum(map(mul, flat, flat))
    empty = [0.0] * _TALL
    for shift in range(-2, 3):
        moved = other[shift:] + [empty] * shift if shift >= 0 else [empty] * -shift + other[:shift]
        their = [value for column in moved for value in column]
        best = min(best, own + sum(map(mul, their, their)) - 2 * sum(map(mul, flat, their)))
    return math.sqrt(max(0.0, best)) / GRID
