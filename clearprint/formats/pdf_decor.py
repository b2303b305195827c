"""What is done to words by other means than their font: underlines, strikes, links, letters stroked as well as filled."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pymupdf
from pymupdf import mupdf

from clearprint.formats.face_facts import emboldened
from clearprint.formats.pdf import Frame
from clearprint.geometry import Box
from clearprint.model import Stroke, Style, Word

_LOW, _HIGH = 0.05, 0.32  # em: an underline lies this far below the baseline
_STRIKE = (0.15, 0.45)  # em above it
_ROOM = 0.25  # of a word's height that an underline may begin before it or end after it
_FINEST = 0.008  # em: a stroke no wider makes no letter bolder
_STEP = 0.004  # em, to which the width of strokes counts
_SAME_COLOUR = 0.15  # of a part of a colour
_BANDS = 1_000  # each way


def decorated(
    page: pymupdf.Page, frame: Frame, words: Sequence[Word], strokes: Sequence[Stroke], strokes_text: bool
) -> tuple[list[Word], list[Stroke]]:
    """The words with what is done to them, and the strokes that are no underline or strike.

    `strokes_text`: letters of the page are stroked, as well as filled or not.
    """
    links = _Spots(_links(page, frame))
    bold = {width: _Spots(boxes) for width, boxes in _stroked(page, frame).items()} if strokes_text else {}
    lines = sorted((s for s in strokes if s.horizontal and s.width <= 4), key=lambda s: s.box.y0)
    tops = [stroke.box.y0 for stroke in lines]
    styles: dict[tuple[Style, bool, bool, bool, float], Style] = {}
    result: list[Word] = []
    if not (links or strokes_text or lines):
        return list(words), list(strokes)
    used: dict[int, list[Box]] = {}
    marked: list[tuple[int, ...]] = []  # of each word, the lines under it; those through it as their complement
    for word in words:
        near: list[int] = []
        if lines and word.angle == 0.0 and not word.vertical:
            size = word.style.size
            first = bisect_left(tops, word.baseline - _STRIKE[1] * size - 2)
            last = bisect_right(tops, word.baseline + _HIGH * size)
            for index in range(first, last):
                stroke = lines[index]
                if stroke.width > max(0.15 * size, 1.0) or not _along(stroke.box, word.box):
                    continue
                drop = ((stroke.box.y0 + stroke.box.y1) / 2 - word.baseline) / size
                if _LOW < drop < _HIGH or -_LOW < drop <= _LOW:
                    near.append(index)
                elif _STRIKE[0] < -drop < _STRIKE[1]:
                    near.append(~index)
                else:
                    continue
                used.setdefault(index, []).append(word.box)
        marked.append(tuple(near))
    rules = {index for index, boxes in used.items() if _juts_out(lines[index].box, boxes)}
    for word, near_by in zip(words, marked, strict=True):
        under = any(index >= 0 and index not in rules for index in near_by)
        struck = any(index < 0 and ~index not in rules for index in near_by)
        link = bool(links) and links.holds(*word.box.centre)
        heavy = 0.0
        for width, spots in bold.items():
            if spots.holds(word.box.centre[0], word.baseline):
                heavy = max(heavy, width)
        if under or struck or link or heavy or word.style.synthetic_bold:
            key = (word.style, under, struck, link, heavy)
            style = styles.get(key)
            if style is None:
                style = styles[key] = replace(_bolder(word.style, heavy), underlined=under, struck=struck, link=link)
            word = word.styled(style)
        result.append(word)
    gone = {id(lines[i]) for i, boxes in used.items() if i not in rules and _mostly_under(lines[i].box, boxes)}
    return result, [stroke for stroke in strokes if id(stroke) not in gone]


class _Spots:
    """Boxes by bands down the page, so that a word asks only those at its height."""

    BAND = 16.0

    def __init__(self, boxes: Iterable[Box]) -> None:
        self._bands: dict[int, list[Box]] = {}
        for box in boxes:
            if not all(map(math.isfinite, box)):
                continue
            first, last = (max(-_BANDS, min(_BANDS, int(edge // self.BAND))) for edge in (box.y0, box.y1))
            for band in range(first, last + 1):
                self._bands.setdefault(band, []).append(box)

    def __bool__(self) -> bool:
        return bool(self._bands)

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in any."""
        band = max(-_BANDS, min(_BANDS, int(y // self.BAND)))
        for x0, y0, x1, y1 in self._bands.get(band, ()):  # noqa: SIM110 - asked of every word: no generator
            if x0 <= x <= x1 and y0 <= y <= y1:
                return True
        return False


def _along(line: Box, word: Box) -> bool:
    """Whether a line runs along (nearly) the whole word."""
    return min(line.x1, word.x1) - max(line.x0, word.x0) >= 0.85 * (word.x1 - word.x0)


def _juts_out(line: Box, words: Sequence[Box]) -> bool:
    """Whether a line begins before its words and ends after them: the rule of a table's row or a box, no underline."""
    room = _ROOM * min(word.height for word in words)
    return line.x0 < min(word.x0 for word in words) - room and line.x1 > max(word.x1 for word in words) + room


def _mostly_under(line: Box, words: Sequence[Box]) -> bool:
    """Whether a line lies under its words and little else: a rule across the column that they stand on is a rule."""
    return sum(min(line.x1, word.x1) - max(line.x0, word.x0) for word in words) > 0.6 * line.width


def _links(page: pymupdf.Page, frame: Frame) -> list[Box]:
    if page.parent.xref_get_key(page.xref, "Annots")[0] == "null":
        return []
    try:
        found: list[Box] = []
        link = mupdf.fz_load_links(page.this)
        while link.m_internal:
            rect = link.rect()
            found.append(frame.box((rect.x0, rect.y0, rect.x1, rect.y1)))
            link = link.next()
        return found
    except Exception:  # a broken link is no link
        return []


def _bolder(style: Style, stroke: float) -> Style:
    """A style as its strokes make it look; `stroke` is their width in em."""
    face = emboldened(style.face, stroke) if stroke else None
    return replace(style, face=face, synthetic_bold=False) if face is not None else replace(style, synthetic_bold=stroke > 0)


def _stroked(page: pymupdf.Page, frame: Frame) -> dict[float, list[Box]]:
    """Where letters are stroked as well as filled, which makes them bolder (render mode 2, ISO 32000-1, 9.3.6), by width in em.

    Not where the stroke has another colour: that is an outline. The engine's text gives the fill only; its trace costs as much
    again.
    """
    filled: list[tuple[Box, Sequence[float]]] = []
    stroked: list[tuple[Box, Sequence[float], float]] = []
    for span in page.get_texttrace():
        box = frame.box(span["bbox"])
        if span["type"] == 0 and span["opacity"] > 0:
            filled.append((box, span["color"]))
        elif span["type"] == 1 and span["opacity"] > 0 and (width := float(span["linewidth"] or 0.0)) > _FINEST * span["size"]:
            stroked.append((box, span["color"], round(width / span["size"] / _STEP) * _STEP))
    found: dict[float, list[Box]] = {}
    for box, colour, width in stroked:
        if any(other.shared_area(box) > 0.9 * box.area and _alike(colour, fill) for other, fill in filled):
            found.setdefault(width, []).append(box.grow(1))
    return found


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) < _SAME_COLOUR for a, b in zip(one, other, strict=True))
