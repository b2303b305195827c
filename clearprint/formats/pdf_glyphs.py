"""A span of the engine's as a run of characters along its line, with the size, stretch and slant that it truly has.

Nearly all spans are plain letters set level, one after the other: they are taken in bulk. Whatever is turned, foreign, out of
order or no number is taken one by one.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from operator import itemgetter, lt, sub
from statistics import median
from string import ascii_letters
from typing import Any

from clearprint import lazily
from clearprint.formats.pdf_runs import BACK, LEADERS, Run

TrueBoxes = Mapping[tuple[str, tuple[float, float]], tuple[float, float, float, float]]
"""Boxes of spans as they are drawn, by font and origin."""

Span = Mapping[str, Any]
Axis = tuple[float, float]
"""Direction of a line, of length 1."""

CLIPPED = 64  # bit of a span's char_flags
_RAISED = 0.1  # em, from which the engine takes a character of a level line for raised
_ASCENDER, _DESCENDER = 0.9, -0.1  # what the engine takes for faces that give none
_LARGEST = 20_000.0  # points: larger type is a broken matrix
_NO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")
_PLAIN = lazily.compile(
    "[^\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\ufffd\U00010800-\U00010fff\U0001e800-\U0001efff]*"
)  # left to right
_DOUBLED = tuple(sign + sign for sign in sorted(LEADERS))
_SAME_SPOT = 0.01  # points
_SOFT_HYPHEN = "\u00ad"
_FIRST_SWAPPED = "\u4100"  # an A with its bytes the wrong way round
_FIRST_SMALL = "\u6100"  # an a, likewise
_COLUMNS = itemgetter("c", "origin", "bbox")


class Counted:
    """How many characters could be read, and how many could not."""

    __slots__ = ("flat", "hidden", "known", "unknown")

    def __init__(self) -> None:
        self.flat = 0  # the most letters in a row that take no room
        self.hidden = 0  # letters that nobody sees
        self.known = 0
        self.unknown = 0


def padded(span: Span) -> bool:
    """Whether its face is under one em tall, so that the engine gives its characters boxes of the nominal size."""
    return bool(span["ascender"] - span["descender"] < 1.0)


def raised_apart(spans: Sequence[dict[str, Any]], axis: Axis) -> list[dict[str, Any]]:
    """The spans of a turned line with raised characters, accents over capitals among them, as spans of their own.

    The engine does so itself where a line is level, and nowhere else. What is cut off keeps how far the whole span rises and
    where it starts, for the engine knows the box of the whole alone.
    """
    c, s = axis
    level: float | None = None
    result: list[dict[str, Any]] = []
    for span in spans:
        across = [char["origin"][1] * c - char["origin"][0] * s for char in span["chars"]]
        level = across[0] if level is None and across else level
        cuts = [own < (level or 0.0) - _RAISED * span["size"] for own in across]
        if all(cut == cuts[0] for cut in cuts):
            result.append(span)
            continue
        start = min(char["origin"][0] * c + char["origin"][1] * s for char in span["chars"])
        whole = max(across) - min(across), start
        for _, part in groupby(zip(cuts, span["chars"], strict=True), key=itemgetter(0)):
            result.append({**span, "chars": [char for _, char in part], "whole": whole})
    return result


def run_of(span: Span, axis: Axis, vertical: bool, true_boxes: TrueBoxes, counted: Counted) -> Run | None:
    """The span's characters along its line; None when nobody sees them."""
    if span["alpha"] == 0 and not span["char_flags"] & CLIPPED:
        counted.hidden += sum([char["c"].isalnum() for char in span["chars"]])
        return None
    ascender, descender = span["ascender"], span["descender"]
    if ascender < 0.001:
        ascender, descender = _ASCENDER, _DESCENDER
    tall = ascender - descender
    nominal = span["size"]
    if not (math.isfinite(nominal) and 0.01 < nominal < _LARGEST) or tall <= 0.01:
        return None
    c, s = axis
    straight = abs(s) < 1e-4 and c > 0
    taken = (_in_bulk(span, counted) if straight else None) or _one_by_one(span, axis, straight, nominal * tall, counted)
    if taken is None:
        return None
    run, height, lean = taken
    if vertical:
        return run
    upright = abs(c) < 1e-4
    if not padded(span):
        level = upright or abs(s) < 1e-4
        if not (level and abs(height / tall / nominal - 1) > 0.004 and mixed(span, upright)):
            _measure(run, height / tall, lean, descender, tall)
        return run
    box = true_boxes.get((run.font, span["origin"]))
    if box is None or not (upright or abs(s) < 1e-4):
        return run
    # Raised letters in it, or accents set over theirs, make its box taller than its type.
    rise, start = span.get("whole") or (max(run.across) - min(run.across), min(run.starts))
    height = (box[2] - box[0] if upright else box[3] - box[1]) - rise
    if abs(height / tall / nominal - 1) > 0.004 and mixed(span, upright):
        return run
    lean = _lean(box, start, c, s)
    _measure(run, height / tall, lean, descender, ascender)
    return run


def mixed(span: Span, upright: bool) -> bool:
    """Whether two fonts of one name make the span, so that its box is as tall as the taller of them.

    Programs that write a font in several subsets give signs beyond its first encoding a font of their own.
    """
    boxes = [char["bbox"] for char in span["chars"]]
    sides = [box[2] - box[0] if upright else box[3] - box[1] for box in boxes]
    return bool(max(sides) - min(sides) > 0.01 * span["size"])


def is_right_to_left(text: str) -> bool:
    """Whether its first letter with a direction reads from right to left."""
    if text.isascii():
        return False
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def _in_bulk(span: Span, counted: Counted) -> tuple[Run, float, float] | None:
    """The run, the height of its boxes and how far they start left of their origins. None: not a plain one."""
    chars = span["chars"]
    if not chars:
        return None
    signs, origins, boxes = zip(*map(_COLUMNS, chars), strict=True)
    text = "".join(signs)
    if not text.isprintable() or len(text) != len(chars) or not (text.isascii() or _PLAIN.fullmatch(text)):
        return None  # what is not printable has no width, is a wide space, or is no letter that can be told
    starts, across = zip(*origins, strict=True)
    if not all(map(lt, starts, starts[1:])):  # false of what is no number
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    if max(text) >= _FIRST_SWAPPED and min(map(sub, rights, lefts)) <= 0.01 * span["size"]:
        return None  # a ligature whose letters may be written the wrong way round
    ends = [start + (right - left) if right > left else start for start, left, right in zip(starts, lefts, rights, strict=True)]
    if not math.isfinite(
        starts[0] + starts[-1] + sum(ends) + sum(lefts) + sum(rights) + sum(across) + sum(tops) + sum(bottoms)
    ):
        return None
    count = len(chars)
    even = tops.count(tops[0]) == bottoms.count(bottoms[0]) == count
    height = bottoms[0] - tops[0] if even else median(map(sub, bottoms, tops))
    letters = count - text.count(" ")
    counted.known += letters
    backwards = bool(span.get("bidi", 0) & 1)
    plain = "" if any(double in text for double in _DOUBLED) else text
    run = Run(span, span["size"], text, starts, ends, across, letters=letters, backwards=backwards, plain=plain)
    return run, height, max(0.0, max(map(sub, starts, lefts)))


def _unswapped(chars: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters with ligatures spelt right whose two letters are written with their bytes the wrong way round.

    Ghostscript writes the code map of a ligature so: "ti" (0074 0069) reads as two ideographs (7400 6900). No ideograph
    comes without an advance, as the second letter of a ligature does.
    """
    if not any(char["c"] >= _FIRST_SWAPPED for char in chars):
        return chars
    result = list(chars)
    for at in range(1, len(chars)):
        one, other = chars[at - 1]["c"], chars[at]["c"]
        x0, y0, x1, y1 = chars[at]["bbox"]
        # The second letter of a Latin ligature is a small one; broken maps of other scripts make up any.
        if (
            _is_swapped(one)
            and _is_swapped(other)
            and other >= _FIRST_SMALL
            and min(x1 - x0, y1 - y0) <= 0.01 * max(x1 - x0, y1 - y0)
        ):
            result[at - 1] = {**chars[at - 1], "c": chr(ord(one) >> 8)}
            result[at] = {**chars[at], "c": chr(ord(other) >> 8)}
    return result


def _is_swapped(sign: str) -> bool:
    return len(sign) == 1 and ord(sign) & 255 == 0 and chr(ord(sign) >> 8) in ascii_letters


def _one_by_one(span: Span, axis: Axis, straight: bool, tall: float, counted: Counted) -> tuple[Run, float, float] | None:
    c, s = axis
    nominal = span["size"]
    heights: list[float] = []
    texts: list[str] = []
    starts: list[float] = []
    ends: list[float] = []
    acrosses: list[float] = []
    lean = 0.0
    letters = unknown = 0
    furthest = -math.inf
    flat = 0
    jumps = False
    foreign: list[str] = []
    chars = _unswapped(span["chars"])
    for index, char in enumerate(chars):
        x, y = char["origin"]
        x0, y0, x1, y1 = char["bbox"]
        text = char["c"]
        if text == _SOFT_HYPHEN and _stays_unseen(char, chars[index + 1 :]):
            continue
        if straight:
            start, across, advance, height = x, y, x1 - x0, y1 - y0
            if x - x0 > lean:
                lean = x - x0
        else:
            start, across = x * c + y * s, y * c - x * s
            advance, height = _sides(x1 - x0, y1 - y0, abs(c), abs(s), tall)
            lean = max(lean, _lean((x0, y0, x1, y1), start, c, s))
        if not start - start == across - across == advance - advance == height - height == 0.0:
            continue  # infinite, or no number
        if "!" <= text <= "~":
            letters += 1
        elif text != " ":
            foreign.append(text)
            if text in _NO_WIDTH or (text < " " and text not in "\t\n\r"):
                continue
            if not text.isspace():
                letters += 1
                if text == "\ufffd" or "\ue000" <= text <= "\uf8ff":
                    unknown += 1
        if advance > 0:
            if start < furthest:
                jumps = True
            furthest = start - BACK * nominal
            flat = 0
        elif text.isalnum():
            flat += 1
            counted.flat = max(counted.flat, flat)
        heights.append(height)
        texts.append(text)
        starts.append(start)
        ends.append(start + advance if advance > 0 else start)
        acrosses.append(across)
    counted.known += letters - unknown
    counted.unknown += unknown
    if not texts:
        return None
    backwards = bool(span.get("bidi", 0) & 1) or any(map(is_right_to_left, _letters(foreign)))
    run = Run(span, nominal, texts, starts, ends, acrosses, letters=letters, backwards=backwards, jumps=jumps)
    return run, median(heights), lean


def _stays_unseen(hyphen: Span, following: Sequence[Span]) -> bool:
    """Whether a soft hyphen stands in the place of a space, or before one and more text: it shows at the end of a line alone.

    Programs that set one before a blank say so of the blank (ActualText: ISO 32000-1, 14.9.4).
    """
    if not following or not following[0]["c"].isspace():
        return False
    same_spot = math.dist(hyphen["origin"], following[0]["origin"]) < _SAME_SPOT
    return same_spot or not all(char["c"].isspace() for char in following)


def _measure(run: Run, true: float, lean: float, descender: float, leaning: float) -> None:
    """The run's size upright and how far it is stretched and slanted.

    The engine gives the geometric mean of both scales; the height of a box is ascender to descender at the true size. A box
    that starts left of its origin is slanted: its lower end leans back by the descender. `leaning` is the height, in em, over
    which the boxes of its characters lean; they are that much too wide.
    """
    if 0.01 < true < _LARGEST and abs(true / run.size - 1) > 0.004:
        run.stretch = (run.size / true) ** 2
        run.size = true
    if lean > 0.01 * run.size and descender < -0.01:
        slope = lean / (-descender * run.size)
        if 0.05 < slope < 1.5:
            run.slanted = True
            extra = slope * leaning * run.size
            run.ends = [max(start, end - extra) for start, end in zip(run.starts, run.ends, strict=True)]


def _lean(box: tuple[float, float, float, float], start: float, c: float, s: float) -> float:
    """How far a box reaches back beyond the start of its text along the line. Of level and upright lines; 0 of others."""
    if abs(s) < 1e-4:
        return start - box[0] if c > 0 else start + box[2]
    if abs(c) < 1e-4:
        return start - box[1] if s > 0 else start + box[3]
    return 0.0


def _sides(width: float, height: float, c: float, s: float, tall: float) -> tuple[float, float]:
    """Advance and height of a character from the upright hull of its turned box."""
    if c < 1e-4:
        return height, width
    if s < 1e-4:
        return width, height
    difference = c * c - s * s
    if abs(difference) > 0.15:
        return (width * c - height * s) / difference, (height * c - width * s) / difference
    return (width - tall * s) / c, tall  # near 45 degrees the hull does not tell the two apart


def _letters(texts: Iterable[str]) -> Iterator[str]:
    """The first few letters beyond ASCII."""
    return islice((text for text in texts if not text.isascii()), 4)
