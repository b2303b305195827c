"""Weight, slant, width and heights of a face, measured on its letters.

`Shapes` hands out one glyph a character, whatever font program it comes from; every measure uses the letters that are there, as
a subset holds only those its document needed. Lengths are in em.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from statistics import median
from typing import Any

from clearprint.formats import pdf_outlines
from clearprint.formats.pdf_outlines import Glyph
from clearprint.records import record


class Shapes:
    """The glyphs of one face by character, each outlined once."""

    def __init__(self, font: Any, number: Callable[[str], int]) -> None:
        self._font = font
        self._number = number
        self._known: dict[str, Glyph | None] = {}

    def __call__(self, character: str) -> Glyph | None:
        if character not in self._known:
            number = self._number(character)
            self._known[character] = self._outline(number) if number > 0 else None
        return self._known[character]

    def _outline(self, number: int) -> Glyph | None:
        return pdf_outlines.glyph(self._font, number, pdf_outlines.walker())

    def advance(self, character: str) -> float | None:
        """Its width without its outline; None when the face lacks it."""
        number = self._number(character)
        return pdf_outlines.advance(self._font, number) if number > 0 else None

    def picture(self, character: str, grid: float, width: int, height: int, base: int) -> bytes | None:
        """Its pixels, `grid` an em, its middle in the middle and the baseline at row `base`: 255 is ink."""
        shape = self(character)
        if shape is None:
            return None
        shift = width / 2 - (shape.x0 + shape.x1) / 2 * grid
        return pdf_outlines.picture(self._font, self._number(character), grid, shift, base, width, height)

    def numbered(self, numbers: Iterable[int]) -> list[Glyph]:
        """Outlines by glyph number, for letters whose characters no measure knows."""
        shapes = map(self._outline, numbers)
        return [shape for shape in shapes if shape is not None]

    def some(self, characters: Iterable[str], enough: int = 99) -> list[Glyph]:
        """The first so many of these characters that the face has."""
        found: list[Glyph] = []
        for character in characters:
            shape = self(character)
            if shape is not None:
                found.append(shape)
                if len(found) >= enough:
                    break
        return found


@record
class Letterforms:
    """What the letters of a face measure; None where the letters for it are missing."""

    stem: float | None = None  # over x-height
    weight: int | None = None  # 100 to 900, to the nearest ten
    slant: float | None = None  # sideways over upwards; 0.21 is 12 degrees
    narrowness: float | None = None  # advance over x-height against Arial's letters: 1 is Arial, 0.8 a narrow face
    caps_only: bool = False
    x_height: float | None = None
    cap_height: float | None = None
    ascender: float | None = None
    descender: float | None = None


# A straight stem on the left, by script; then round ones, which are a little thicker in their middle.
_STEMS = "lnhimrpbkuIH" + "ниптшкр" + "ικη" + "DEFLPRTBK" + "НИПТШКР"
_ROUND = "oecdqOCG" + "оес" + "οσ" + "0689"
_FLAT = "xzvwyunrm" + "хнипк" + "κν"  # their tops stand on the x-line
_ARCHED = "oeacnsm" + "оеас" + "οα"
_CAPS = "HEITLFKMNXZDPRB" + "НИПТЕК" + "ΗΕΤΚ"
_ROUND_CAPS = "OCGSQ" + "ОС"
_TALL = "lhbdkf"
_DEEP = "pqgyj" + "ру"

ARIAL_ADVANCES = {
    "a": 0.556, "b": 0.556, "c": 0.5, "d": 0.556, "e": 0.556, "f": 0.278, "g": 0.556, "h": 0.556, "i": 0.222, "j": 0.222,
    "k": 0.5, "l": 0.222, "m": 0.833, "n": 0.556, "o": 0.556, "p": 0.556, "q": 0.556, "r": 0.333, "s": 0.5, "t": 0.278,
    "u": 0.556, "v": 0.5, "w": 0.722, "x": 0.5, "y": 0.5, "z": 0.5,
}  # fmt: skip
ARIAL_X_HEIGHT = 0.519
WIDTH_LETTERS = "enoasrhdutcmpbvgk"
CAPS_RATIO = 0.72  # x-height over cap height of text faces, where a subset holds only capitals

MOST = 0.5
ONE_HEIGHT = 1.08  # times the height of round letters: no ascender
DEEPEST = -0.07  # em: no descender

# Stem over x-height of the upright text faces in docs/faces.md, by weight.
_SCALE = (
    (100, 0.025), (200, 0.055), (300, 0.10), (400, 0.15), (430, 0.185), (500, 0.20), (600, 0.225), (680, 0.25), (700, 0.27),
    (760, 0.31), (850, 0.35), (900, 0.40),
)  # fmt: skip


def measure(shapes: Shapes) -> Letterforms:
    """All of it. About 2 ms."""
    x_height = _top(shapes, _FLAT, _ARCHED)
    cap_height = _top(shapes, _CAPS, _ROUND_CAPS)
    caps_only = x_height is not None and (
        _none_reaches_out(shapes) or (cap_height is not None and _caps_only(shapes, cap_height))
    )
    reference = x_height if not caps_only else None
    if reference is None:
        tops = [shape.y1 for shape in shapes.some("HEITDB0123456789", 4)]  # lining figures are about as tall as capitals
        reference = (cap_height or max(tops, default=0.0)) * CAPS_RATIO or None
    stem, slant = _stems(shapes, reference)
    ratio = stem / reference if stem is not None and reference else None
    if ratio is not None and ratio > MOST:  # no letter has a stem half its height: it was measured across a bar
        ratio = None
    tall = shapes.some(_TALL, 2)
    deep = shapes.some(_DEEP, 2)
    return Letterforms(
        ratio,
        weight_of(ratio) if ratio is not None else None,
        slant,
        _narrowness(shapes, x_height) if not caps_only else None,
        caps_only,
        x_height,
        cap_height,
        max((shape.y1 for shape in tall), default=None),
        max((-shape.y0 for shape in deep), default=None),
    )


def weight_of(ratio: float) -> int:
    """Weight from stem over x-height, between the faces of known weight; to the nearest ten."""
    if ratio <= _SCALE[0][1]:
        return 100
    for (low, first), (high, last) in pairwise(_SCALE):
        if ratio <= last:
            return round((low + (high - low) * (ratio - first) / (last - first)) / 10) * 10
    return 900


def weight_of_any(glyphs: Iterable[Glyph]) -> int | None:
    """Weight of letters of whatever script: the narrower of their strokes against half an em. Rough; None for under three."""
    strokes: list[float] = []
    count = 0
    for shape in glyphs:
        if shape.height < 0.25:
            continue  # a mark or a dot
        count += 1
        for part in (0.2, 0.35, 0.5, 0.65, 0.8):
            strokes += [high - low for low, high in shape.across(shape.y0 + part * shape.height)]
    if count < 3 or len(strokes) < 6:
        return None
    strokes.sort()
    return weight_of(strokes[len(strokes) * 2 // 5] / ANY_HEIGHT)


ANY_HEIGHT = 0.5  # em, about the x-height of Latin faces that are mixed with others


def _top(shapes: Shapes, flat: str, arched: str) -> float | None:
    """Height of the flat letters; of the round ones less their overshoot where no flat one is there."""
    found = shapes.some(flat, 3)
    if found:
        return median(shape.y1 for shape in found)
    found = shapes.some(arched, 2)
    return median(shape.y1 for shape in found) * 0.98 if found else None


def _stems(shapes: Shapes, x_height: float | None) -> tuple[float | None, float | None]:
    """Thickness of the upright strokes, and how far they lean."""
    low, high = (0.3 * x_height, 0.7 * x_height) if x_height else (0.15, 0.35)
    widths: list[float] = []
    leans: list[float] = []
    for shape in shapes.some(_STEMS, 6):
        lower, middle, upper = shape.across(low), shape.across((low + high) / 2), shape.across(high)
        if not (lower and middle and upper):
            continue
        runs = [run[0] for run in (lower, middle, upper)]
        widths.append(sorted(b - a for a, b in runs)[1])
        left, right = runs[2][0] - runs[0][0], runs[2][1] - runs[0][1]
        lean = min(left, right, key=abs) if left * right > 0 else 0.0  # a stroke that only swells moves one edge
        leans.append(lean / (high - low))
    if not widths:
        for shape in shapes.some(_ROUND, 4):
            runs = shape.across((low + high) / 2)
            if runs:
                widths.append(runs[0][1] - runs[0][0])
    return (median(widths) if widths else None), (median(leans) if leans else None)


def _narrowness(shapes: Shapes, x_height: float | None) -> float | None:
    if not x_height:
        return None
    advances = {letter: width for letter in WIDTH_LETTERS if (width := shapes.advance(letter))}
    if len(advances) < 4:
        return None
    return sum(advances.values()) / x_height / (sum(map(ARIAL_ADVANCES.__getitem__, advances)) / ARIAL_X_HEIGHT)


def _caps_only(shapes: Shapes, cap_height: float) -> bool:
    """Lower-case letters as tall as capitals, or of the same shape at another size (small capitals)."""
    small = shapes.some("aenrmszcou", 5)
    if len(small) >= 2 and median(shape.y1 for shape in small) >= 0.95 * cap_height:
        return True
    alike = [
        _alike(a, b) for letter in "anerg" if (a := shapes(letter)) is not None and (b := shapes(letter.upper())) is not None
    ]
    return len(alike) >= 2 and sum(alike) >= 0.8 * len(alike)


def _none_reaches_out(shapes: Shapes) -> bool:
    """Lower-case letters of one height, whether they should reach up or hang or not: a font of small capitals alone."""
    plain, tall, deep = shapes.some("acemnorsuvwxz", 6), shapes.some("bdfhkl", 6), shapes.some("gpy", 3)
    if len(plain) < 2 or len(tall) < 2 or len(tall) + len(deep) < 3:
        return False
    height = median(shape.y1 for shape in plain)
    return all(shape.y1 <= ONE_HEIGHT * height for shape in tall) and all(shape.y0 > DEEPEST for shape in deep)


def _alike(one: Glyph, other: Glyph) -> bool:
    """The same shape at another size: as many points, at the same places of their bounds."""
    if len(one.points) != len(other.points):
        return False
    off = 0.0
    for (x, y), (u, v) in zip(one.points, other.points, strict=True):
        off += abs((x - one.x0) / (one.x1 - one.x0) - (u - other.x0) / (other.x1 - other.x0))
        off += abs((y - one.y0) / one.height - (v - other.y0) / other.height)
    return off / len(one.points) < 0.12
