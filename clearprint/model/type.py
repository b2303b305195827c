"""Type as it is set: faces, styles, the words and runs set in them, and what lies behind."""

from __future__ import annotations

import math
from dataclasses import field
from functools import lru_cache
from typing import Literal

from clearprint.colour import Colour
from clearprint.geometry import Box
from clearprint.records import record

DRAWN_AT = 12.0  # points at which figures are drawn to be compared
HAIRLINE = 0.25  # points: what printers call a hairline is the thinnest part of a figure
HAIRLINES = 1 / 3  # points: thinner than this even at its thickest
COURSE_ERROR = 0.15  # of the distance, by which a face strays from the course at half or twice the size, at most (bold ones)
GRID_ERROR = 0.02  # of the distance, from how a figure falls on its pixels

# How far two figures lie apart on paper, blurred, at so many points, against 12: the mean of 22 faces (docs/faces.md) drawn at
# each size. Between these a power of the size; over the last nothing is taken for anything else any more.
_COURSE = ((5.0, 0.14), (6.0, 0.23), (8.0, 0.44), (10.0, 0.70), (12.0, 1.0), (14.0, 1.33), (18.0, 2.08), (24.0, 3.31))


@record
class Digits:
    """How far the figures of one face can be told apart."""

    distinctness: float  # mean blurred distance of the critical pairs at 12 pt, 1 an em (see formats/figures.py)
    worst_pair: str  # "3/8"
    thin_to_thick: float  # thinnest over thickest stroke
    hairline: bool = False  # at 12 pt
    old_style: bool = False
    proportional: bool = False
    one_like_l: bool = False
    error: float = 0.0  # of `distinctness`, where a subset lacks some of the pairs
    nearest: float | None = None  # blurred distance of `worst_pair` at 12 pt, 1 an em; None: not known
    thin: float | None = None  # thinnest stroke, em; None: not known
    thick: float | None = None

    def distinctness_at(self, size: float) -> float:
        """The same at another size on paper, where the same blur takes more of a small figure and less of a large one."""
        return self.distinctness * _course(size)

    def error_at(self, size: float) -> float:
        """Of `distinctness_at`: that of the measure itself, and what the size is away from the one it was taken at."""
        away = abs(math.log2(max(1.0, size) / DRAWN_AT))
        share = GRID_ERROR + COURSE_ERROR * away if away > 0.01 else 0.0
        return (self.error + share * self.distinctness) * _course(size)

    def hairline_at(self, size: float) -> bool:
        """Whether its strokes are hairlines at that size on paper."""
        if self.thin is None or self.thick is None:
            return self.hairline
        return self.thin * size < HAIRLINE or self.thick * size < HAIRLINES


@lru_cache(maxsize=256)
def _course(size: float) -> float:
    size = max(1.0, min(size, _COURSE[-1][0]))
    after = next((at for at, (known, _) in enumerate(_COURSE) if size <= known), len(_COURSE) - 1)
    (low, first), (high, last) = _COURSE[max(0, after - 1)], _COURSE[max(1, after)]
    return first * math.pow(size / low, math.log(last / first) / math.log(high / low))


@record
class Face:
    """One font as its outlines show it. Lengths in em unless said otherwise."""

    name: str  # PostScript name without the subset tag: "AtkinsonHyperlegible-Regular"
    family: str  # for counting families: "Atkinson Hyperlegible"; "Arial" for ArialMT and Arial-BoldMT
    weight: int | None = None  # 100 to 900 as seen, 400 regular, 700 bold
    italic: bool | None = None
    condensed: bool | None = None
    genre: Literal["text", "script", "decorative"] | None = None
    caps_only: bool = False  # its lower-case letters look like capitals
    named_light: bool = False  # named or classed under 400, whatever its outlines say
    stem: float | None = None  # vertical stem over x-height
    x_height: float | None = None
    cap_height: float | None = None
    ascender: float | None = None
    descender: float | None = None  # positive, below the baseline
    line_height: float | None = None  # what a word processor calls single spacing
    space: float | None = None  # advance of its own space
    digits: Digits | None = None
    embedded: bool = False
    pictorial: bool = False  # what its codes call letters are ornaments or pictures
    basis: Literal["outlines", "descriptor", "table", "name"] | None = None  # what weight and genre rest on

    def __hash__(self) -> int:
        return hash((self.name, self.family, self.weight))  # the rest seldom tells two faces apart


@record
class Style:
    """How a run of text is set."""

    face: Face
    size: float  # effective size on paper, points
    colour: Colour | None = None  # of the ink, before opacity
    opacity: float = 1.0
    caps: Literal["all", "small"] | None = None  # capitals by styling, whatever is typed
    raised: bool = False  # superscript or subscript
    underlined: bool = False
    link: bool = False
    struck: bool = False
    stretch: float = 1.0  # width over height: 0.8 is squeezed by a fifth
    tracking: float | None = 0.0  # added between letters, share of size
    synthetic_bold: bool = False  # stroked as well as filled
    synthetic_italic: bool = False  # skewed
    # What follows from the rest, worked out once: a page has few styles and asks them thousands of times.
    weight: int | None = field(init=False, repr=False, compare=False)  # as seen: a synthetic bold is what it looks like
    italic: bool | None = field(init=False, repr=False, compare=False)
    key: StyleKey = field(init=False, repr=False, compare=False)
    description: str = field(init=False, repr=False, compare=False)  # see `describe`

    def __post_init__(self) -> None:
        weight = self.face.weight
        if weight is not None and self.synthetic_bold:
            weight = min(900, weight + 300)
        italic = True if self.synthetic_italic else self.face.italic
        key = self.face.family, round(self.size, 1), weight if weight is not None else 0, bool(italic)
        for name, value in (("weight", weight), ("italic", italic), ("key", key)):
            object.__setattr__(self, name, value)
        object.__setattr__(self, "description", _described(self))

    def __hash__(self) -> int:
        return hash((self.key, self.colour, self.opacity, self.raised))


StyleKey = tuple[str, float, int, bool]
"""Family, size in points to a tenth, weight (0 unknown), italic: what makes two runs "the same style"."""


@record
class Ground:
    """What lies behind a word. On an uneven ground `colour` is that of its worst tenth against the ink."""

    colour: Colour
    kind: Literal["paper", "flat", "uneven", "picture"] = "paper"
    box: Box | None = None  # where the worst of it lies
    error: float = 0.0  # of a contrast ratio taken against it
    others: tuple[Colour, ...] = ()  # its further colours while it is not known which of them the text meets


@record
class Word:
    """Letters set without a gap, in one style. Readers hand these over; a word in two styles is two pieces with no gap."""

    text: str
    box: Box  # x: advance to advance; y: cap height to descender (of its ink, not its line box)
    baseline: float  # y of the baseline (for turned text: the coordinate across the run, see `angle`)
    style: Style
    ground: Ground | None = None
    space_before: bool = False  # the file holds a space character before it
    angle: float = 0.0  # degrees anticlockwise from the horizontal, as the page is viewed
    vertical: bool = False  # set from top to bottom (upright CJK columns)
    right_to_left: bool = False
    tag: int | None = None  # index into Marks.tags
    authored_hyphen: bool = True  # False: its closing hyphen is a soft one (U+00AD) or hidden by ActualText

    def on(self, ground: Ground | None) -> Word:
        """The same word on another ground."""
        return self._with(self.style, ground, self.tag)

    def styled(self, style: Style) -> Word:
        """The same word in another style."""
        return self._with(style, self.ground, self.tag)

    def tagged(self, tag: int | None) -> Word:
        """The same word with another tag."""
        return self._with(self.style, self.ground, tag)

    def _with(self, style: Style, ground: Ground | None, tag: int | None) -> Word:  # `replace` takes three times as long
        return Word(
            self.text,
            self.box,
            self.baseline,
            style,
            ground,
            self.space_before,
            self.angle,
            self.vertical,
            self.right_to_left,
            tag,
            self.authored_hyphen,
        )


@record
class Span:
    """A run of words in one style on one line (PDF) or a run of a paragraph (DOCX: `box` None, no words)."""

    text: str
    style: Style
    box: Box | None = None
    words: tuple[Word, ...] = ()
    ground: Ground | None = None  # of a DOCX run; in PDF each word has its own

    @property
    def letters(self) -> int:
        """Letters and digits, the amount text questions count in."""
        return letters(self.text)


@lru_cache(maxsize=4096)
def letters(text: str) -> int:
    """How many letters and digits a text has. Kept: every question about text counts the same lines."""
    if text.isascii():
        return len(text.encode().translate(None, _SIGNS))
    return sum(map(str.isalnum, text))


_SIGNS = bytes(code for code in range(128) if not chr(code).isalnum())


def describe(style: Style) -> str:
    """`Arial 8.5 pt bold italic`: a style in words, for people and for grouping."""
    return style.description


def _described(style: Style) -> str:
    weight = style.weight
    parts = [style.face.family or style.face.name, f"{style.size:.4g} pt"]
    if weight is not None and weight >= 600:
        parts.append("bold")
    elif weight is not None and weight < 400:
        parts.append("light")
    if style.italic:
        parts.append("italic")
    return " ".join(part for part in parts if part)
