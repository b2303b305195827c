"""A line of text while layout works on it, and the small questions asked of its words.

A `Strip` lives in its frame (text turned so that it reads from left to right, see frames.py). `start` and `end` are its edges
in reading direction: for right-to-left text the axis is mirrored, so that every later step thinks from left to right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TypeVar

from clearprint import lazily
from clearprint.geometry import Box
from clearprint.layout.patterns import BULLETS
from clearprint.model import Style, StyleKey, Word

TOUCH = 0.12  # em; letters nearer than this, without a space character between, are one word
FINE = 0.16  # em; no word space is so narrow
HIGH_STOPS = "!?;:%\u00bb\u2026"
MARKER = lazily.compile(
    f"^(?:[{BULLETS}\u2192\u2217\uf0e0\uf0e8\uf0f0*\uff0a>\u203a\u2013\u2014\u203b\u2460-\u24e9\u2776-\u2793\u3251-\u325f\u32b1-\u32bf-]|o|"
    "[\u201c\u2018\"'\u00ab]*\\(?(?:\\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]{1,2}(?:\\((?:\\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})\\))*|"
    "\\d{1,2}-|\\d{1,2}(?:\\.\\d{1,2}){1,3}\\.?|[a-zA-Z]\\.\\d{1,2}\\.?)$"
)
BULLET = lazily.compile(f"^[{BULLETS}]$")
LEADER = lazily.compile("^[.\u2024\u2025\u2026\u00b7_\u2013-]{3,}$|^\u2026+$")
FIGURES = 3  # groups of a number at most
LEADING = ".\u2024\u2025\u2026\u00b7_\u2013-"  # what a leader begins with
SECTION = lazily.compile(r"sec\.|sect\.|section|art\.|article|\u00a7+", re.IGNORECASE)
STOPS = ".!?:;\u3002\uff01\uff1f\u061f\u06d4\u2026"
CLOSERS = "\"'\u2019\u201d)]\u00bb\u300d\u300f"
BLANK = 0.03  # em that a blank may differ from the word space of the face
LEAST_CAPITAL, MOST_CAPITAL = 0.6, 0.9  # size of small capitals over that of the large ones
_SPACELESS = lazily.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uff60\u0e00-\u0eff\u1780-\u17ff]")


Common = TypeVar("Common", float, StyleKey)


def _commonest(counts: Mapping[Common, int]) -> Common:
    """The one that comes most often, the greatest of equals."""
    return next(iter(counts)) if len(counts) == 1 else max(counts, key=lambda item: (counts[item], item))


class Strip:
    """Words that stand side by side on one baseline, with nothing of another column or cell among them."""

    __slots__ = (
        "above",
        "baseline",
        "below",
        "bottom",
        "bulleted",
        "end",
        "entry",
        "gaps",
        "key",
        "leader",
        "left",
        "marker",
        "pieces",
        "right",
        "room_end",
        "room_start",
        "row",
        "rtl",
        "size",
        "start",
        "table",
        "text",
        "texts",
        "top",
        "uniform",
        "words",
        "x0",
        "x1",
    )

    def __init__(self, pieces: list[Word], row: int) -> None:
        self.row = row
        mirrored = total = 0
        x0, top = pieces[0].box.x0, pieces[0].box.y0
        x1, bottom = pieces[0].box.x1, pieces[0].box.y1
        sizes: dict[float, int] = {}
        keys: dict[StyleKey, int] = {}
        style: Style | None = None
        same = 0  # letters of the pieces in a row that share a style
        for piece in pieces:
            _, y0, right, y1 = piece.box
            count = len(piece.text)
            if right > x1:
                x1 = right
            if y0 < top:
                top = y0
            if y1 > bottom:
                bottom = y1
            total += count
            if piece.right_to_left:
                mirrored += count
            if piece.style is not style:
                if style is not None and not style.raised:
                    sizes[style.size] = sizes.get(style.size, 0) + same
                    keys[style.key] = keys.get(style.key, 0) + same
                style, same = piece.style, 0
            same += count
        if style is not None and not style.raised:
            sizes[style.size] = sizes.get(style.size, 0) + same
            keys[style.key] = keys.get(style.key, 0) + same
        if not sizes:
            sizes, keys = {pieces[0].style.size: 1}, {pieces[0].style.key: 1}
        elif len(sizes) > 1:
            _raise_small_capitals(pieces, sizes, keys)
        self.rtl = 2 * mirrored > total
        self.pieces = in_reading_order(pieces) if self.rtl else pieces
        self.x0, self.x1, self.top, self.bottom = x0, x1, top, bottom
        self.left, self.right = x0, x1  # of the room it takes in its paragraph: past its end, where that is the last line
        self.start, self.end = (-self.x1, -self.x0) if self.rtl else (self.x0, self.x1)
        self.words = grouped(self.pieces)
        self.texts = [word[0].text if len(word) == 1 else word_text(word) for word in self.words]
        self.text = " ".join(self.texts)
        self.size = _commonest(sizes)
        self.key = _commonest(keys)
        self.uniform = len(keys) == 1
        least = 0.8 * self.size
        level = [piece.baseline for piece in self.pieces if piece.style.size >= least and not piece.style.raised]
        self.baseline = sorted(level)[len(level) // 2] if level else pieces[0].baseline
        self.marker = len(self.words) > 1 and (is_marker(self.texts[0]) or is_section(*self.texts[:2]))
        self.leader = _leads(self.texts) or self.text.count(". .") > 2
        self.above: list[Strip] = []
        self.below: list[Strip] = []
        self.table: int | None = None
        self.entry = False
        self.gaps: tuple[float, ...] | None = None  # its word spaces, once they have been measured
        self.bulleted = False  # a drawn bullet stands before it
        self.room_start: float | None = None  # where lines beside a picture or box begin and end, in reading direction
        self.room_end: float | None = None

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def box(self) -> Box:
        return Box(self.x0, self.top, self.x1, self.bottom)

    @property
    def first_width(self) -> float:
        """Width of its first word: what did not fit on the line above. Of spaceless scripts a sign and a stop."""
        word = self.words[0]
        if spaceless(self.text):
            return 2.0 * self.size
        return max(piece.box.x1 for piece in word) - min(piece.box.x0 for piece in word)

    @property
    def space(self) -> float:
        """The word space of its face in points; none in a script without them."""
        if spaceless(self.text):
            return 0.0
        own = self.pieces[0].style.face.space
        return (own if own else 0.25) * self.size

    @property
    def text_start(self) -> float:
        """Where its text begins: after the marker of a list item."""
        if not self.marker:
            return self.start
        return min((-piece.box.x1 if self.rtl else piece.box.x0) for piece in self.words[1])

    @property
    def ends_sentence(self) -> bool:
        return self.text.rstrip(CLOSERS)[-1:] in STOPS

    @property
    def is_figure(self) -> bool:
        """A number, a sum, a time: a few figures with their signs and no word."""
        return len(self.words) <= FIGURES and is_figure(self.text)

    @property
    def starts_small(self) -> bool:
        """Begins with a small letter: a sentence goes on."""
        return self.text[:1].islower()


def _raise_small_capitals(pieces: Sequence[Word], sizes: dict[float, int], keys: dict[StyleKey, int]) -> None:
    """Small capitals count as type of the size of the large ones that they follow within a word."""
    for large, small in pairwise(pieces):
        one, other = large.style, small.style
        if (
            other.size in sizes
            and one.size in sizes
            and LEAST_CAPITAL <= other.size / one.size <= MOST_CAPITAL
            and small.text.isupper()
            and large.text[-1:].isupper()
            and touching(large, small)
            and all(piece.text.upper() == piece.text for piece in pieces if piece.style.size == other.size)
        ):
            sizes[one.size] += sizes.pop(other.size)
            for key in [key for key in keys if key[1] == other.size]:
                keys[one.key] = keys.get(one.key, 0) + keys.pop(key)


def end_level(one: Strip, other: Strip, room: float) -> bool:
    """Whether two lines end together, be it that a blank stands after one of them: right-aligned, it pushes the line in."""
    apart = one.end - other.end
    if abs(apart) <= room:
        return True
    if abs(apart) > one.size:
        return False  # no blank is so wide
    return abs(abs(apart) - (other if apart > 0 else one).space) <= BLANK * one.size


def breaks_address(upper: Strip, lower: Strip) -> bool:
    """Whether a web or mail address goes on from one line to the next, at whatever sign it is broken."""
    last, first = upper.texts[-1], lower.texts[0]
    if not first[0].islower() or last[-1] not in "./-_@?=&":
        return False
    return "://" in last or last.startswith("www.") or "@" in last


def has_hyphen(text: str) -> bool:
    """Ends in a hyphen that stands at a letter or figure, not in a dash."""
    return text[-1:] in "-\u2010\u00ad" and text[-2:-1].isalnum()


def word_text(word: Sequence[Word]) -> str:
    return word[0].text if len(word) == 1 else "".join([piece.text for piece in word])


def reads_on(strips: Sequence[Strip]) -> bool:
    """Sentences that run from line to line, not an address or a list of names: some lines begin with a small letter."""
    if sum(len(strip.text) for strip in strips) >= 40 * len(strips):
        return True
    letters = [next((sign for sign in strip.text if sign.isalpha()), "") for strip in strips[1:]]
    caseless = sum(1 for letter in letters if letter.lower() == letter.upper())
    return 2 * caseless > len(letters) or any(strip.starts_small for strip in strips[1:])


def is_figure(text: str) -> bool:
    """A number, a sum, a time: figures and signs, no letters."""
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def is_leader(text: str) -> bool:
    """Dots or strokes in a row that lead the eye to a page number."""
    return text[:1] in LEADING and LEADER.match(text) is not None


def _leads(texts: Sequence[str]) -> bool:
    """Whether dots or strokes of a line lead to something. One ellipsis does so before a number only."""
    return any(is_leader(text) and (text != "\u2026" or any(map(str.isdigit, texts[-1]))) for text in texts[1:])


def is_marker(text: str) -> bool:
    """A bullet, or the number or letter of a list item."""
    return len(text) <= 10 and MARKER.match(text) is not None


def is_section(word: str, number: str) -> bool:
    """`Sec. 101.`: the word and number that sections of statutes open with."""
    return number[:1].isdigit() and SECTION.fullmatch(word) is not None and is_marker(number)


def spaceless(text: str) -> bool:
    """Chinese, Japanese, Thai, Lao or Khmer: words are not set apart by spaces."""
    return not text.isascii() and _SPACELESS.search(text) is not None


def touching(left: Word, right: Word) -> bool:
    """Two pieces, left and right on the page, that are one word."""
    late = left if right.right_to_left and left.right_to_left else right
    size = min(left.style.size, right.style.size)
    if is_fine_space(left, right, size):
        return True
    if late.space_before:
        return False
    if left.right_to_left != right.right_to_left and any(map(str.isalpha, left.text)) and any(map(str.isalpha, right.text)):
        return False  # no word reads both ways
    if left.style.raised or right.style.raised:
        size = max(left.style.size, right.style.size)
    tracking = max(0.0, left.style.tracking or 0.0)
    return right.box.x0 - left.box.x1 <= (TOUCH + tracking) * size


def is_fine_space(left: Word, right: Word, size: float) -> bool:
    """Whether two pieces have no more than the fine space of French between them, before a high stop or inside quotation marks.

    It is part of the stop, as the white of its own sidebearing would be, and parts no words.
    """
    return (right.text[0] in HIGH_STOPS or left.text[-1] == "\u00ab") and right.box.x0 - left.box.x1 <= FINE * size


def grouped(pieces: Sequence[Word]) -> list[list[Word]]:
    """Pieces in reading order as words: those that touch are one."""
    words: list[list[Word]] = []
    last: Word | None = None
    for piece in pieces:
        if last is None:
            words.append([piece])
        else:
            left, right = (last, piece) if last.box.x0 <= piece.box.x0 else (piece, last)
            if touching(left, right):
                words[-1].append(piece)
            else:
                words.append([piece])
        last = piece
    return words


def joined(left: Word, right: Word) -> Word:
    """Two touching pieces of one style as one word."""
    first, second = (right, left) if left.right_to_left and right.right_to_left else (left, right)
    return replace(
        first,
        text=first.text + second.text,
        box=left.box.union(right.box),
        authored_hyphen=second.authored_hyphen,
    )


def in_reading_order(pieces: Sequence[Word]) -> list[Word]:
    """From right to left, with runs of left-to-right pieces (numbers, names) kept in their own direction."""
    result: list[Word] = []
    run: list[Word] = []
    for piece in reversed(pieces):
        if piece.right_to_left or not any(map(str.isalnum, piece.text)):
            result += reversed(run)
            run = []
            result.append(piece)
        else:
            run.append(piece)
    result += reversed(run)
    return result
