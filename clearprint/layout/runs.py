"""Runs: what a block says, cut where its look changes; and which scripts its letters belong to.

A line of the PDF ends a span, but not a run: a grey paragraph of ten lines is one run, and one fault.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

from clearprint import lazily
from clearprint.geometry import Box
from clearprint.model import Block, Ground, Page, Place, Span, Style, Word, describe, letters, main_span, spans_box
from clearprint.records import record

LETTER = 0.45  # em a letter of running text is wide, ragged line ends included; of 850 paragraphs 94 % get their true lines
_ENDS = ".!?…。！？؟"
_CLOSING = "\"'”’»)]} "
# Scripts without capitals, word spaces and an x-height: Thai, Lao, Khmer, kana, Hangul, CJK.
# Where letters that read from right to left are, and nearly no others.
_HEBREW_TO_ARABIC = lazily.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SPACELESS = lazily.compile(
    "[\u0e00-\u0eff\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u30ff\u3100-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff]"
)


@record(slots=False)  # without slots: what many ask is kept
class Run:
    """Spans in a row of one block that look alike in what a check asks about."""

    block: Block
    spans: tuple[Span, ...]
    text: str
    whole: bool  # it is all of its block

    @cached_property
    def style(self) -> Style:
        """The style that sets most of its letters."""
        return main_span(self.spans).style

    @cached_property
    def letters(self) -> int:
        return letters(self.text)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple([word for span in self.spans for word in span.words])

    @cached_property
    def box(self) -> Box | None:
        return self.block.place_of_spans.box if self.whole else spans_box(self.spans) or self.block.box

    @cached_property
    def place(self) -> Place:
        """Its own box and text, in the words of its block for path and neighbours."""
        block = self.block
        if self.whole:
            return block.place_of_spans
        style = describe(self.style)
        return Place(block.page, self.box, self.text, block.path, style, block.before, block.after, order=block.order)


def runs(block: Block, look: Callable[[Style], Any]) -> Iterator[Run]:
    """The block cut wherever `look` changes. Spans without a letter or digit go with their neighbours."""
    if not block.spans:
        return
    if block.one_style:
        yield Run(block, block.spans_in_order, block.text, True)
        return
    ordered = block.numbered_spans
    groups: list[list[tuple[int, Span]]] = []
    last: Any = None
    for line, span in ordered:
        mine = look(span.style) if letters(span.text) else last
        if groups and (mine == last or last is None):
            groups[-1].append((line, span))
        else:
            groups.append([(line, span)])
        last = mine if mine is not None else last
    for group in groups:
        whole = len(groups) == 1
        yield Run(block, tuple(span for _, span in group), block.text if whole else _joined(group), whole)


def painted(run: Run) -> Iterator[tuple[int, Ground | None, Style, Box | None]]:
    """Letters, ground, style and box of each word; of each span where its words are not known."""
    for span in run.spans:
        for part in span.words or (span,):
            amount = letters(part.text)
            if amount:
                yield amount, part.ground or span.ground, part.style, part.box


def tokens(block: Block) -> Iterator[tuple[str, Style]]:
    """Its words with the style of their first letter. A word in two styles is one."""
    pieces: list[tuple[str, Style]] = []
    for (line, span), (after, following) in _with_next(block.numbered_spans):
        text = span.text if not span.box or following is None else span.text.rstrip()
        pieces.append((text, span.style))
        if following is not None and _apart(span, following, line != after):
            pieces.append((" ", span.style))
    word, style = "", None
    for text, current in pieces:
        for part in re.findall(r"\s+|\S+", text):
            if part.isspace():
                if word and style is not None:
                    yield word, style
                word, style = "", None
                continue
            if style is None or not letters(word):
                style = current
            word += part
    if word and style is not None:
        yield word, style


def _with_next(
    ordered: Sequence[tuple[int, Span]],
) -> Iterator[tuple[tuple[int, Span], tuple[int, Span | None]]]:
    yield from pairwise(ordered)
    if ordered:
        yield ordered[-1], (0, None)


def _apart(one: Span, other: Span, new_line: bool) -> bool:
    """Whether a space stands between two spans. Runs of a paragraph without lines carry their own."""
    if new_line:
        return not one.text.endswith("\u00ad")
    if one.box is None or other.box is None:
        return False
    first = other.words[0] if other.words else None
    gap = other.box.x0 - one.box.x1 if other.box.x0 >= one.box.x0 else one.box.x0 - other.box.x1
    return bool(first and first.space_before) or gap > 0.12 * min(one.style.size, other.style.size)


def _joined(group: list[tuple[int, Span]]) -> str:
    text = ""
    for (line, span), (after, following) in _with_next(group):
        text += span.text
        if following is not None and _apart(span, following, line != after) and not text.endswith(" "):
            text += " "
    return text.strip()


# --- what a text is -------------------------------------------------------------------------------------------------------


def ends_sentence(text: str) -> bool:
    """Whether it closes with . ! ? or …, quotes and brackets aside."""
    return text.rstrip().rstrip(_CLOSING).endswith(tuple(_ENDS))


def spaceless(text: str) -> bool:
    """Whether most of its letters are of a script without capitals, word spaces and an x-height."""
    if text.isascii():
        return False
    found = sum(map(str.isalpha, _SPACELESS.findall(text)))
    return found > 0 and found * 2 > sum(map(str.isalpha, text))


def right_to_left(block: Block) -> bool:
    """Whether a block reads from right to left: it says so, or most of its letters do."""
    if block.right_to_left or block.text.isascii():
        return block.right_to_left
    found = sum(
        unicodedata.bidirectional(sign) in ("R", "AL") for sign in _HEBREW_TO_ARABIC.findall(block.text) if sign.isalpha()
    )
    return found > 0 and found * 2 > sum(map(str.isalpha, block.text))


def likely_lines(block: Block, page: Page, em: float = LETTER) -> int:
    """How many lines a block has; without a layout, an estimate from the mean width of its letters in em."""
    if block.lines:
        return len(block.lines)
    if block.estimated and em == LETTER:
        return sum(1 for line in block.estimated if line.text) or 1  # a page begun by hand leaves an empty line
    width = page.width * 0.75
    if page.margins is not None:
        width = page.width - page.margins[0] - page.margins[2]
    if block.column is not None and 0 <= block.column < len(page.columns):
        width = page.columns[block.column].box.width
    if block.room is not None:
        width = block.room
    if not (width > 0 and math.isfinite(width) and block.size > 0):
        return 1
    parts = [part.strip() for part in block.text.splitlines()]  # the author's own line breaks; blank lines hold no text
    return max(1, sum(math.ceil(len(part) * em * block.size / width) for part in parts))
