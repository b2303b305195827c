"""How far the figures of a face can be told apart, from their outlines.

Each figure is drawn at SIZE points and blurred by a Gaussian of a quarter of a millimetre (2.2 minutes of arc from 40 cm, at
which bars of 4 minutes, the finest that an acuity of 6/24 tells, keep a fifth of their contrast), and the critical pairs are
laid over each other at their best fit. `distinctness` is the mean distance of the pairs, as an observer sees it who knows both
shapes: the root of the summed squared difference, on a scale where 1 is an em of 12 pt. It is not divided by the amount of ink,
for pale figures are harder to tell apart. A subset that lacks a pair is measured on those it has, against the same pairs of
REFERENCE. At another size the same blur takes more of a small figure and less of a large one: `Digits.distinctness_at` carries
the measure over to the size on paper, by a course that drawing them at that size (`distances`) confirms for every face tried.

That low-pass filtering and laying over each other account for how legible a set of characters is, if less for which single
letters are confused: Loomis, J. Exp. Psychol. Hum. Percept. Perform. 16(1), 1990, 106-120. Size and acuity in print: Legge and
Bigelow, J. Vision 11(5):8, 2011. The limits on the score rest on open faces in groups, named and drawn in docs/faces.md: twins
of Arial, Times and Calibri, DejaVu, Lexend, Atkinson Hyperlegible and B612 must pass, hairline faces must fail.

Does not reward figures drawn to be told apart (open tails, slashed zeros) more than their shapes differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from operator import mul
from statistics import median

from clearprint.formats.letterforms import Shapes
from clearprint.formats.pdf_outlines import Glyph
from clearprint.model import Digits
from clearprint.model.type import DRAWN_AT, HAIRLINE, HAIRLINES
from clearprint.records import record

SIZE = DRAWN_AT
GRID = (
    20  # pixels in 12 pt: the blur, 0.06 em there, is 1.2 of them, which two averages of three and the pixel's own width make
)
PAIRS = ("38", "56", "08", "69", "06", "35")
WHITE = 255 * 9 * 9  # a pixel wholly inked, blurred both ways
_MARGIN = 3  # pixels round a glyph, for the blur

# Distance of each critical pair in Liberation Sans, the twin of Arial.
REFERENCE = {"38": 0.0899, "56": 0.0681, "08": 0.0892, "69": 0.092, "06": 0.0844, "35": 0.1011}
ONE_LIKE_L = 0.05  # em: nearer than this and 1 is l or I
_SPREAD = 0.2  # of the mean: what one pair alone tells of all six differs by so much from face to face (18 faces)
OLD_STYLE_LOW = 0.85  # of the tallest figure
OLD_STYLE_DEEP = 0.08  # em below the baseline


def measure(shapes: Shapes) -> Digits | None:
    """Digits of a face; None when it has none that could be told apart. About 5 ms."""
    found = {digit: shape for digit in "0123456789" if (shape := shapes(digit)) is not None}
    pairs = [pair for pair in PAIRS if pair[0] in found and pair[1] in found]
    if not pairs:
        return None
    apart = distances(shapes, pairs)
    whole = sum(REFERENCE.values()) / len(REFERENCE)
    part = sum(REFERENCE[pair] for pair in pairs) / len(pairs)
    distinctness = sum(apart.values()) / len(apart) * whole / part
    worst = min(pairs, key=lambda pair: (apart[pair], pair))
    thin, thick = _strokes(found)
    return Digits(
        distinctness=round(distinctness, 4),
        worst_pair=f"{worst[0]}/{worst[1]}",
        nearest=round(apart[worst], 4),
        thin_to_thick=round(thin / thick, 3) if thick else 1.0,
        hairline=thin * SIZE < HAIRLINE or thick * SIZE < HAIRLINES,
        thin=round(thin, 4),
        thick=round(thick, 4),
        old_style=_old_style(found),
        proportional=_proportional(found),
        one_like_l=_one_like_l(shapes),
        error=round(2 * _SPREAD * distinctness * math.sqrt((1 / len(pairs) - 1 / len(PAIRS)) / (1 - 1 / len(PAIRS))), 4),
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
        sides = [high - low for low, high in across if high - low < 0.6 * (shape.x1 - shape.x0)]  # no bar of a 5
        if sides and digit != "2":
            thicks.append(max(sides))
    thick = median(thicks) if thicks else 0.0
    thin = median(thins) if thins else thick
    return (thin, thick) if thin <= thick else (thick, thin)


def _one_like_l(shapes: Shapes) -> bool:
    frame = frame_at(SIZE)
    one = _drawn(shapes, "1", frame)
    return any(_distance(one, _drawn(shapes, other, frame), frame) < ONE_LIKE_L for other in "lI")


# --- seeing ---------------------------------------------------------------------------------------------------------------

Lines = list[list[int]]


@record
class Frame:
    """The pixels a figure is drawn in: how many to its em, and from where to where."""

    grid: float
    wide: int
    tall: int
    base: int


@lru_cache(maxsize=16)
def frame_at(size: float) -> Frame:
    """Pixels of one side on paper whatever the size: a larger figure has more of them."""
    grid = GRID * size / SIZE
    base = int(grid * 0.8) + _MARGIN
    return Frame(grid, int(grid * 0.75) + 2 * _MARGIN, base + int(grid * 0.25) + _MARGIN, base)


def distances(shapes: Shapes, pairs: Sequence[str] = PAIRS, size: float = SIZE) -> dict[str, float]:
    """How far each pair lies apart when set at `size` points and blurred, on a scale where 1 is an em of 12 pt."""
    frame = frame_at(size)
    drawn = {digit: _drawn(shapes, digit, frame) for digit in sorted(set("".join(pairs)))}
    return {pair: _distance(drawn[pair[0]], drawn[pair[1]], frame) for pair in pairs}


def _drawn(shapes: Shapes, character: str, frame: Frame) -> bytes | None:
    """A glyph's pixels, its middle in the middle of the grid."""
    return shapes.picture(character, frame.grid, frame.wide, frame.tall, frame.base)


@lru_cache(maxsize=256)
def _blurred(samples: bytes, wide: int) -> tuple[list[int], int]:
    """A glyph as seen, column by column, each pixel 0 to WHITE, so that sliding it sideways is shifting the list; and its sum
    of squares.

    Kept, for one face is often embedded several times, and in several documents.
    """
    columns = [list(samples[x::wide]) for x in range(wide)]
    rows = [list(row) for row in zip(*_spread(columns), strict=True)]
    flat = [value for column in zip(*_spread(rows), strict=True) for value in column]
    return flat, sum(map(mul, flat, flat))


def _spread(lists: Lines) -> Lines:
    """Each list mixed with its two neighbours on either side: two averages of three, the nearest thing to a Gaussian."""
    none = [0] * len(lists[0])
    long = [none, none, *lists, none, none]
    return [
        [a + 2 * b + 3 * c + 2 * d + e for a, b, c, d, e in zip(*long[at : at + 5], strict=True)] for at in range(len(lists))
    ]


@lru_cache(maxsize=1024)
def _distance(one: bytes | None, other: bytes | None, frame: Frame) -> float:
    """Root of the summed squared difference of two glyphs as seen, at their best fit sideways, in em of 12 pt."""
    if one is None or other is None:
        return math.inf
    mine, own = _blurred(one, frame.wide)
    theirs, their_own = _blurred(other, frame.wide)
    shared = max(
        sum(map(mul, mine[shift * frame.tall :], theirs)) if shift >= 0 else sum(map(mul, mine, theirs[-shift * frame.tall :]))
        for shift in range(-2, 3)
    )
    return math.sqrt(max(0, own + their_own - 2 * shared)) / WHITE / GRID
