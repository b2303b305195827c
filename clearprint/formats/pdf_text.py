"""Words of a PDF page as they stand on paper: what they say, how large they truly are, where and in which ink.

The engine groups characters into lines; words are cut here, from the origins and advances of the characters, since the spaces a
file holds (or does not hold) say little about the gaps a reader sees.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import pymupdf

from clearprint import lazily
from clearprint.colour import BLACK, Colour
from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_glyphs import CLIPPED, Counted, TrueBoxes, is_right_to_left, mixed, padded, raised_apart, run_of
from clearprint.formats.pdf_runs import LineOfRuns, Run, gathered, main_run, narrowest_space, pieces, raised, tracking
from clearprint.formats.pdf_type3 import em_of, is_coloured
from clearprint.geometry import Box, hull
from clearprint.model import Face, Ground, Style, Word
from clearprint.records import record

# Ligatures are spelt out; characters without a code stay U+FFFD (so that we know); hidden by a clip is left out.
FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_CLIP | pymupdf.TEXT_INHIBIT_SPACES

CAP_HEIGHT = 0.72  # em, where the face does not say
DESCENDER = 0.21
_GAP = 0.16  # em: a wider gap parts words where the file holds no space
_SUPERSCRIPT = 1  # bit of a span's flags
_STROKED = 32  # bit of its char_flags
_NOTHING_SAID = lazily.compile(rb"/ActualText\s*(?:\(\s*\)|<\s*(?:FEFF)?\s*>|\(\xfe\xff\))", re.IGNORECASE)
_FLAT = 4  # letters in a row without a width: more than any ligature has, so that they describe what stands there
_CAPITALS = 8  # letters of a page that are capitals as seen and none as said
_SOFT_HYPHEN = "\u00ad"

FaceOf = Callable[[str, int], Face]
_Part = dict[str, Any]
"""A block, line or span as the engine gives it."""


@record
class Text:
    """The text of one page. Hidden text is counted and left out."""

    words: tuple[Word, ...] = ()
    hidden: int = 0  # letters in render mode 3, without opacity
    unknown: int = 0  # characters whose letter cannot be told
    known: int = 0  # characters whose letter can


@record
class _Axis:
    """How a line runs: in engine space, and as viewed."""

    axis: tuple[float, float]
    vertical: bool
    vx: float
    vy: float
    angle: float  # degrees, counter-clockwise as viewed


def text_of(
    page: pymupdf.Page, frame: Frame, face: FaceOf, ground: Ground | None = None, inks: Mapping[int, Colour] | None = None
) -> Text:
    """The words of the page in the order of the file.

    Each lies on `ground`, unless its ink has no colour: what is truly painted behind it is looked for later (`pdf_paint`).
    `inks`: colours that look otherwise than the engine's list of text says (0xRRGGBB).
    """

    def read(textpage: pymupdf.TextPage) -> tuple[_Reader, list[LineOfRuns]]:
        blocks = textpage.extractRAWDICT()["blocks"]
        reader = _Reader(page.parent, frame, face, true_boxes(textpage, blocks), ground, inks or {})
        return reader, [runs for block in blocks for line in block.get("lines", ()) if (runs := reader.line(line)) is not None]

    reader, lines = read(_textpage(page))
    if reader.counted.flat >= _FLAT:
        reader, lines = read(page.get_textpage(flags=FLAGS | pymupdf.TEXT_IGNORE_ACTUALTEXT))
    for line in gathered(lines):
        reader.read(line)
    counted = reader.counted
    return Text(tuple(reader.words), counted.hidden, counted.unknown, counted.known)


def _textpage(page: pymupdf.Page) -> pymupdf.TextPage:
    """The page's text, as it is said to read where that tells more (soft hyphens), but as it stands where it reads otherwise.

    What ActualText says (ISO 32000-1, 14.9.4) is not on the paper: nothing for a line of text, or small letters where small
    capitals stand, as browsers make them.
    """
    said = page.get_textpage(flags=FLAGS)
    try:
        content = page.read_contents()
    except Exception:  # contents that cannot be read say nothing
        return said
    if b"/ActualText" not in content:
        return said
    seen = page.get_textpage(flags=FLAGS | pymupdf.TEXT_IGNORE_ACTUALTEXT)
    if _NOTHING_SAID.search(content):
        return seen
    more = sum(map(str.isupper, seen.extractText())) - sum(map(str.isupper, said.extractText()))
    return seen if more >= _CAPITALS else said


def true_boxes(textpage: pymupdf.TextPage, blocks: Sequence[_Part]) -> TrueBoxes:
    """True boxes of the spans in faces under one em tall, whose characters the engine gives boxes of the nominal size.

    Those boxes are upright and as tall as the geometric mean of both scales, so that neither stretch nor slant shows in them.
    """
    spans = (span for block in blocks for line in block.get("lines", ()) for span in line["spans"])
    if not any(padded(span) for span in spans):
        return {}
    pymupdf.TOOLS.unset_quad_corrections(True)
    try:
        drawn = _as_drawn(blocks, textpage.extractDICT()["blocks"])
        if any(padded(mine) and _off_size(mine, its, upright) for mine, its, upright in drawn):
            drawn = [  # letter by letter: two fonts of one name may make a span, and its box is that of the taller one
                (mine, its, upright)
                for mine, its, upright in _as_drawn(blocks, textpage.extractRAWDICT()["blocks"])
                if not (padded(mine) and mixed(its, upright))
            ]
    finally:
        pymupdf.TOOLS.unset_quad_corrections(False)
    return {(its["font"], its["origin"]): its["bbox"] for _, its, _ in drawn}


def _as_drawn(blocks: Iterable[_Part], others: Iterable[_Part]) -> list[tuple[_Part, _Part, bool]]:
    """Each span, itself as drawn, and whether it runs up or down the page."""
    return [
        (mine, its, abs(line["dir"][0]) < 1e-4)
        for block, theirs in zip(blocks, others, strict=False)
        for line, other in zip(block.get("lines", ()), theirs.get("lines", ()), strict=False)
        if len(line["spans"]) == len(other["spans"])  # without a face's heights the engine may take two spans for one
        for mine, its in zip(line["spans"], other["spans"], strict=True)
    ]


def _off_size(mine: _Part, drawn: _Part, upright: bool) -> bool:
    """Whether its box has another height than its type."""
    x0, y0, x1, y1 = drawn["bbox"]
    tall = (mine["ascender"] - mine["descender"]) * mine["size"]
    return bool(abs((x1 - x0 if upright else y1 - y0) - tall) > 0.004 * tall)


class _Reader:
    def __init__(
        self,
        document: pymupdf.Document,
        frame: Frame,
        face: FaceOf,
        true_boxes: TrueBoxes,
        ground: Ground | None,
        inks: Mapping[int, Colour],
    ) -> None:
        self._document = document
        self._ems: dict[str, float] = {}  # of Type 3 fonts
        self._coloured: dict[str, bool] = {}
        self.frame = frame
        self.face = face
        self.true_boxes = true_boxes
        self.ground = ground
        self.inks = inks
        self.counted = Counted()
        self.words: list[Word] = []
        self._styles: dict[tuple[Any, ...], Style] = {}
        self._page = Box(0.0, 0.0, *frame.page_size)
        self._upright = frame.turned == 0

    def line(self, line: dict[str, Any]) -> LineOfRuns | None:
        """A line of the engine's, measured. None when nobody sees it."""
        dx, dy = line["dir"]
        length = math.hypot(dx, dy)
        if not math.isfinite(length) or length < 1e-6:
            return None
        axis = (dx / length, dy / length)
        vertical = line["wmode"] == 1
        runs = []
        for span in line["spans"] if axis == (1.0, 0.0) or vertical else raised_apart(line["spans"], axis):
            if span["font"].startswith("Type3") and self._is_coloured(span["font"]):
                span["char_flags"] |= CLIPPED  # like letters that are only a clip: seen where something shows there
                span["alpha"] = 0
            run = run_of(span, axis, vertical, self.true_boxes, self.counted)
            if run is not None:
                if run.font.startswith("Type3"):
                    run.size *= self._em(run.font)
                runs.append(run)
        return LineOfRuns(axis, vertical, runs) if runs else None

    def _is_coloured(self, font: str) -> bool:
        if font not in self._coloured:
            self._coloured[font] = is_coloured(self._document, font)
        return self._coloured[font]

    def _em(self, font: str) -> float:
        if font not in self._ems:
            self._ems[font] = em_of(self._document, font)
        return self._ems[font]

    def read(self, line: LineOfRuns) -> None:
        """Adds the words of one line."""
        axis, vertical, runs = line.axis, line.vertical, line.runs
        loose_by = tracking(runs)
        least = narrowest_space(runs, _GAP)
        main = main_run(runs)
        level = axis == (1.0, 0.0) and not vertical
        line_of: _Axis | None = None if level and self._upright else self._axis(axis, vertical)
        previous: float | None = None
        spaced = False
        for run in runs:
            loose = loose_by.get((run.font, round(run.size, 1)))
            limit = run.size * (least + max(0.0, min(loose or 0.0, 0.35)))
            if not run.letters:
                spaced = True
                continue
            style = self._style(run, loose, run is not main and raised(run, main, previous, runs))
            if line_of is None:
                spaced = self._level_words(run, pieces(run, limit), spaced, style)
            else:
                for first, after, space in pieces(run, limit):
                    if first < after:
                        self._word(run, first, after, line_of, spaced, style)
                    spaced = space or (spaced and first == after)
            if run is not runs[-1]:
                last = run.last_end
                previous = last if last is not None else previous

    def _axis(self, axis: tuple[float, float], vertical: bool) -> _Axis:
        vx, vy = self.frame.view_direction(*axis)
        angle = math.degrees(math.atan2(-vy, vx))
        return _Axis(axis, vertical, vx, vy, 0.0 if vertical or abs(angle) < 0.05 else round(angle, 2))

    def _level_words(self, run: Run, found: Iterable[tuple[int, int, bool]], spaced: bool, style: Style) -> bool:
        """Adds words that read from left to right on a page that is not turned: nearly all there are.

        `spaced`: a space comes before the first; whether one comes after the last is given back.
        """
        face, scale, plain = style.face, self.frame.scale, run.plain
        rise = (face.cap_height or CAP_HEIGHT) * run.size
        drop = (face.descender if face.descender is not None else DESCENDER) * run.size
        left, top, _, _ = self.frame.trim
        near, upper, far, lower = self._page
        starts, ends = run.starts, run.ends
        ground = self.ground if style.colour is not None else None
        level: float | None = None
        y0 = y1 = baseline = 0.0
        for first, after, space in found:
            if first == after:
                spaced = space or spaced
                continue
            if run.across[first] != level:
                level = run.across[first]
                y0, y1, baseline = (level - rise - top) * scale, (level + drop - top) * scale, (level - top) * scale
            x0 = ((starts[first] if plain else min(starts[first:after])) - left) * scale
            x1 = (max(ends[first:after]) - left) * scale
            if near <= (x0 + x1) / 2 <= far and upper <= (y0 + y1) / 2 <= lower:
                box = Box(x0, y0, x1, y1)
                if plain and (word := plain[first:after]).isascii():
                    self.words.append(Word(word, box, baseline, style, ground, spaced, 0.0, False, run.backwards))
                else:
                    self._add(run, first, after, box, baseline, spaced, style)
            spaced = space
        return spaced

    def _word(self, run: Run, first: int, after: int, line: _Axis, spaced: bool, style: Style) -> None:
        start, end, levels = min(run.starts[first:after]), max(run.ends[first:after]), run.across[first:after]
        across = max(levels, key=levels.count)  # the first may be an accent, set over its letter
        face, size = style.face, run.size
        above = across - (face.cap_height or CAP_HEIGHT) * size
        below = across + (face.descender if face.descender is not None else DESCENDER) * size
        axis = line.axis
        box = self._upright_box(run, first, after, axis) if line.vertical else self._box(axis, start, end, above, below)
        if box is None or not _touches(box, self._page):
            return
        c, s = axis
        px, py = self.frame.point(start * c - across * s, start * s + across * c)
        baseline = py if line.angle == 0.0 else py * line.vx - px * line.vy
        self._add(run, first, after, box, baseline, spaced, style, line.angle, line.vertical)

    def _add(
        self,
        run: Run,
        first: int,
        after: int,
        box: Box,
        baseline: float,
        spaced: bool,
        style: Style,
        angle: float = 0.0,
        vertical: bool = False,
    ) -> None:
        text = run.text[first:after]
        if not isinstance(text, str):
            text = "".join(text)
        soft = False
        if not text.isascii() and _SOFT_HYPHEN in text:
            soft = text.endswith(_SOFT_HYPHEN)
            text = text[:-1].replace(_SOFT_HYPHEN, "-") + "-" if soft else text.replace(_SOFT_HYPHEN, "-")
        # A name in Latin letters reads from left to right in a line of Arabic too.
        backwards = is_right_to_left(text) if any(map(str.isalpha, text)) else run.backwards
        ground = self.ground if style.colour is not None else None
        self.words.append(Word(text, box, baseline, style, ground, spaced, angle, vertical, backwards, None, not soft))

    def _box(self, axis: tuple[float, float], start: float, end: float, top: float, bottom: float) -> Box:
        """The hull on paper of a rectangle along the line (`start` to `end`) and across it."""
        c, s = axis
        if abs(s) < 1e-4 and c > 0:
            return self.frame.box((start, top, end, bottom))
        corners = [
            self.frame.point(along * c - across * s, along * s + across * c)
            for along in (start, end)
            for across in (top, bottom)
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    def _upright_box(self, run: Run, first: int, after: int, axis: tuple[float, float]) -> Box | None:
        """Of a column of upright signs: the engine's boxes of its characters."""
        wanted = set(zip(run.text[first:after], run.starts[first:after], strict=True))
        c, s = axis
        boxes = [
            self.frame.box(char["bbox"])
            for char in run.span["chars"]
            if (char["c"], char["origin"][0] * c + char["origin"][1] * s) in wanted
        ]
        return hull(boxes) if boxes else None

    def _style(self, run: Run, loose: float | None, raised: bool) -> Style:
        span = run.span
        key = (
            span["font"],
            span["flags"] & ~_SUPERSCRIPT,
            round(run.size, 2),
            span["color"],
            span["alpha"],
            span["char_flags"] & (_STROKED | CLIPPED | 16),
            round(run.stretch, 2),
            run.slanted,
            loose,
            raised,
        )
        found = self._styles.get(key)
        if found is None:
            flags = span["char_flags"]
            found = self._styles[key] = Style(
                self.face(span["font"], span["flags"]),
                round(run.size * self.frame.scale, 3),
                None if flags & CLIPPED and not span["alpha"] else self.inks.get(span["color"]) or _colour(span["color"]),
                1.0 if flags & CLIPPED else span["alpha"] / 255,
                raised=raised,
                stretch=round(run.stretch, 3),
                tracking=loose,
                synthetic_bold=bool(flags & _STROKED and flags & 16),
                synthetic_italic=run.slanted,
            )
        return found


def _touches(box: Box, page: Box) -> bool:
    """Whether the middle of a word lies on the trimmed page; with more than half of it cut off nobody reads it."""
    x0, y0, x1, y1 = box
    return page[0] <= (x0 + x1) / 2 <= page[2] and page[1] <= (y0 + y1) / 2 <= page[3]


def _colour(value: int) -> Colour:
    if value == 0:
        return BLACK
    return (value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255
