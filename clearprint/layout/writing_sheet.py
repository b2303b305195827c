"""What the search for places to write asks of a page: lines by height, what stands in a box, how a place is named."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from clearprint import lazily
from clearprint.colour import luminance
from clearprint.geometry import Box
from clearprint.model import Field, Line, Page, letters
from clearprint.records import record

LABEL = 14  # words
PROMPT = 5  # words
PALE = 0.55  # luminance of ink under 1.75 times as dark as paper
_BLANKS = lazily.compile(r"_{3,}")
_SIGNATURE = lazily.compile(r"\bsign(?:ed|ature)?\b|llofnod|unterschrift|signature|firma|handtekening", re.IGNORECASE)


@record(slots=False)
class Sheet:
    page: Page
    lines: tuple[Line, ...]  # level ones with words, downwards
    short: frozenset[int]  # ids of the lines that may be labels: of blocks with few lines and words
    baselines: tuple[float, ...]  # of the lines
    tallest: float  # line, points

    def near(self, box: Box) -> tuple[Line, ...]:
        """Lines that may lie at the height of the box."""
        first = bisect_left(self.baselines, box.y0 - self.tallest)
        return self.lines[first : bisect_right(self.baselines, box.y1 + self.tallest)]


def sheet_of(page: Page) -> Sheet:
    """The level lines of a page, downwards."""
    lines = sorted(
        (line for block in page.blocks if abs(block.angle) < 2 for line in block.lines if line.words),
        key=lambda line: (line.baseline, line.box.x0),
    )
    short = frozenset(
        id(line) for block in page.blocks if len(block.lines) <= 3 and block.word_count <= LABEL for line in block.lines
    )
    tallest = max((line.box.height for line in lines), default=0.0)
    return Sheet(page, tuple(lines), short, tuple(line.baseline for line in lines), tallest)


def is_signature(label: str) -> bool:
    return _SIGNATURE.search(label) is not None


def is_prompt(line: Line) -> bool:
    """A few words in ink so pale that one writes over them: "First name" where it is to be written."""
    return (
        len(line.words) <= PROMPT
        and letters(line.text) > 1
        and all(word.style.colour is not None and luminance(word.style.colour) >= PALE for word in line.words)
    )


def met(item: Field, others: Sequence[Field]) -> bool:
    box = item.box
    return box is not None and any(
        other.box is not None and other.box.grow(2).shared_area(box.grow(0.5)) > 0.3 * box.grow(0.5).area for other in others
    )


def field(sheet: Sheet, kind: Literal["line", "cell", "tick", "comb"], box: Box, label: str, count: int | None = None) -> Field:
    label = " ".join(_BLANKS.sub(" ", label).split())[-120:]
    named: Literal["line", "cell", "tick", "comb", "signature"] = kind
    if kind in ("line", "cell") and is_signature(label):
        named = "signature"
    return Field(named, box, box.height, box.width, count, label, page=sheet.page.number, path=sheet.page.path)


def holds(sheet: Sheet, box: Box) -> bool:
    """Whether a word or picture stands in the box."""
    if any(item.box is not None and item.box.shared_area(box) > 0.02 * box.area for item in sheet.page.pictures):
        return True
    return any(
        line.box.y_overlap(box) > 0.3 * line.box.height
        and any(word.box.x_overlap(box) > 0.5 and box.y0 < word.box.centre[1] < box.y1 for word in line.words)
        for line in sheet.near(box)
    )


def text_in(sheet: Sheet, box: Box) -> str:
    return " ".join(
        word.text
        for line in sheet.near(box)
        if line.box.y_overlap(box) > 0 and line.box.x_overlap(box) > 0
        for word in line.words
        if box.x0 <= word.box.centre[0] <= box.x1 and box.y0 <= word.box.centre[1] <= box.y1
    )
