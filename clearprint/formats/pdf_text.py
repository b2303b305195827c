"""Words of a PDF page as they stand on paper: what they say, how large they truly are, where and in which ink.

The engine groups characters into lines; words are cut here, from the origins and advances of the characters, since the spaces a
file holds (or does not hold) say little about the gaps a reader sees.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from statistics import median
from typing import Any

import pymupdf

from clearprint.colour import BLACK, Colour
from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_runs import LEADERS, Glyph, LineOfRuns, Run, gathered, tracking
from clearprint.geometry import Box
from clearprint.model import Face, Style, Word

# Ligatures are spelt out; characters without a code stay U+FFFD (so that we know); hidden by a clip is left out.
FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_CLIP | pymupdf.TEXT_INHIBIT_SPACES

CAP_HEIGHT = 0.72  # em, where the face does not say
DESCENDER = 0.21
_ASCENDER, _DESCENDER = 0.9, -0.1  # what the engine takes for faces that give none
_LARGEST = 20_000.0  # points: larger type is a broken matrix
_LEADER = 0.5  # em: dots of a leader nearer than this are one piece
_GAP = 0.16  # em: a wider gap parts words where the file holds no space
_BACK = 0.01  # em: a glyph that stands further back was shown out of order
_SUPERSCRIPT = 1  # bit of a span's flags
_STROKED, _CLIPPED = 32, 64  # bits of its char_flags
_SOFT_HYPHEN = "\u00ad"
_NO_WIDTH = frozenset("\u200b\u200c\u200d\u2060\ufeff\u200e\u200f")

FaceOf = Callable[[str, int], Face]


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one page. Hidden text is counted and left out."""

    words: tuple[Word, ...] = ()
    hidden: int = 0  # letters in render mode 3, without opacity
    unknown: int = 0  # characters whose letter cannot be told
    known: int = 0  # characters whose letter can


@dataclass(frozen=True, slots=True)
class _Axis:
    """How a line runs: in engine space, and as viewed."""

    axis: tuple[float, float]
    vertical: bool
    vx: float
    vy: float
    angle: float  # degrees, counter-clockwise as viewed


def text_of(page: pymupdf.Page, frame: Frame, face: FaceOf) -> Text:
    """The words of the page in the order of the file. Their ground is looked for later (`pdf_paint`)."""
    textpage = page.get_textpage(flags=FLAGS)
    blocks = textpage.extractRAWDICT()["blocks"]
    reader = _Reader(frame, face, _true_boxes(textpage, blocks))
    lines = [runs for block in blocks for line in block.get("lines", ()) if (runs := reader.line(line)) is not None]
    words = [word for line in gathered(lines) for word in reader.words(line)]
    return Text(tuple(words), reader.hidden, reader.unknown, reader.known)


TrueBoxes = dict[tuple[str, tuple[float, float]], tuple[float, float, float, float]]
"""Boxes of spans as they are drawn, by font and origin."""


def _true_boxes(textpage: pymupdf.TextPage, blocks: Iterable[dict[str, Any]]) -> TrueBoxes:
    """True boxes of the spans in faces under one em tall, whose characters the engine gives boxes of the nominal size.

    Those boxes are upright and as tall as the geometric mean of both scales, so that neither stretch nor slant shows in them.
    """
    spans = (span for block in blocks for line in block.get("lines", ()) for span in line["spans"])
    if not any(_padded(span) for span in spans):
        return {}
    pymupdf.TOOLS.unset_quad_corrections(True)
    try:
        drawn = textpage.extractDICT()["blocks"]
    finally:
        pymupdf.TOOLS.unset_quad_corrections(False)
    return {
        (span["font"], span["origin"]): span["bbox"]
        for block, theirs in zip(blocks, drawn, strict=False)
        for line, its in zip(block.get("lines", ()), theirs.get("lines", ()), strict=False)
        if len(line["spans"]) == len(its["spans"])  # without a face's heights the engine may take two spans for one
        for span in its["spans"]
    }


def _padded(span: dict[str, Any]) -> bool:
    return bool(span["ascender"] - span["descender"] < 1.0)


class _Reader:
    def __init__(self, frame: Frame, face: FaceOf, true_boxes: TrueBoxes) -> None:
        self.frame = frame
        self.face = face
        self.true_boxes = true_boxes
        self.hidden = 0
        self.unknown = 0
        self.known = 0
        self._styles: dict[tuple[Any, ...], Style] = {}
        self._page = Box(0.0, 0.0, *frame.page_size)
        self._corner = (frame.trim.x0, frame.trim.y0) if frame.turned == 0 else None

    def line(self, line: dict[str, Any]) -> LineOfRuns | None:
        """A line of the engine's, measured. None when nobody sees it."""
        dx, dy = line["dir"]
        length = math.hypot(dx, dy)
        if not math.isfinite(length) or length < 1e-6:
            return None
        axis = (dx / length, dy / length)
        vertical = line["wmode"] == 1
        runs = [run for span in line["spans"] if (run := self._run(span, axis, vertical)) is not None]
        return LineOfRuns(axis, vertical, runs) if runs else None

    def words(self, line: LineOfRuns) -> Iterator[Word]:
        axis, vertical, runs = line.axis, line.vertical, line.runs
        spacing = tracking(runs)
        main = _main_run(runs)
        vx, vy = self.frame.view_direction(*axis)
        angle = math.degrees(math.atan2(-vy, vx))
        line_of = _Axis(axis, vertical, vx, vy, 0.0 if vertical or abs(angle) < 0.05 else round(angle, 2))
        previous: tuple[Run, Glyph] | None = None
        spaced = False
        for run in runs:
            loose = spacing.get((run.span["font"], round(run.size, 1)))
            limit = run.size * (_GAP + max(0.0, min(loose or 0.0, 0.35)))
            style: Style | None = None
            for piece, after in _pieces(run, limit):
                if piece:
                    style = style or self._style(run, loose, _raised(run, main, previous, runs))
                    yield from self._word(run, piece, line_of, spaced, style)
                spaced = after or (spaced and not piece)
            last = next((glyph for glyph in reversed(run.glyphs) if not glyph.space), None)
            previous = (run, last) if last is not None else previous

    def _run(self, span: dict[str, Any], axis: tuple[float, float], vertical: bool) -> Run | None:
        """The span's characters along its line; None when nobody sees them."""
        chars = span["chars"]
        if span["alpha"] == 0 and not span["char_flags"] & _CLIPPED:
            self.hidden += sum(char["c"].isalnum() for char in chars)
            return None
        ascender, descender = span["ascender"], span["descender"]
        if ascender < 0.001:
            ascender, descender = _ASCENDER, _DESCENDER
        tall = ascender - descender
        nominal = span["size"]
        if not (math.isfinite(nominal) and 0.01 < nominal < _LARGEST) or tall <= 0.01:
            return None
        c, s = axis
        sizes: list[float] = []
        glyphs: list[Glyph] = []
        lean = 0.0
        plain = unknown = 0
        furthest = -math.inf
        jumps = False
        foreign: list[str] = []
        straight = abs(s) < 1e-4 and c > 0
        for char in chars:
            x, y = char["origin"]
            x0, y0, x1, y1 = char["bbox"]
            text = char["c"]
            if straight:
                start, across, advance, height = x, y, x1 - x0, y1 - y0
                if x - x0 > lean:
                    lean = x - x0
            else:
                start, across = x * c + y * s, y * c - x * s
                advance, height = _sides(x1 - x0, y1 - y0, abs(c), abs(s), nominal * tall)
                lean = max(lean, _lean((x0, y0, x1, y1), start, c, s))
            if not start - start == across - across == advance - advance == height - height == 0.0:
                continue  # infinite, or no number
            space = False
            if "!" <= text <= "~":
                plain += 1
            elif text == " ":
                space = True
            else:
                foreign.append(text)
                if text in _NO_WIDTH or (text < " " and text not in "\t\n\r"):
                    continue
                space = text.isspace()
                if not space:
                    if text == "\ufffd" or "\ue000" <= text <= "\uf8ff":
                        unknown += 1
                    else:
                        plain += 1
            if advance > 0:
                if start < furthest:
                    jumps = True
                furthest = start - _BACK * nominal
            sizes.append(height)
            glyphs.append(Glyph(text, start, start + advance if advance > 0 else start, across, space))
        self.known += plain
        self.unknown += unknown
        backwards = bool(span.get("bidi", 0) & 1) or any(map(_is_right_to_left, _letters(foreign)))
        run = Run(span, nominal, 1.0, False, backwards, glyphs, jumps)
        if not run.glyphs:
            return None
        if vertical:
            return run
        if not _padded(span):
            _measure(run, median(sizes) / tall, lean, descender, tall)
            return run
        box = self.true_boxes.get((span["font"], span["origin"]))
        upright = abs(c) < 1e-4
        if box is None or not (upright or abs(s) < 1e-4):
            return run
        level = run.glyphs[0].across
        if any(abs(glyph.across - level) > 0.01 * nominal for glyph in run.glyphs):
            return run  # raised letters in it: its box is taller than its type
        height = box[2] - box[0] if upright else box[3] - box[1]
        lean = _lean(box, min(glyph.start for glyph in run.glyphs), c, s)
        _measure(run, height / tall, lean, descender, ascender)
        return run

    def _word(self, run: Run, glyphs: list[Glyph], line: _Axis, spaced: bool, style: Style) -> Iterator[Word]:
        text = "".join([glyph.text for glyph in glyphs])
        soft = False
        if _SOFT_HYPHEN in text:
            soft = text.endswith(_SOFT_HYPHEN)
            text = text[:-1].replace(_SOFT_HYPHEN, "-") + "-" if soft else text.replace(_SOFT_HYPHEN, "-")
        start = min([glyph.start for glyph in glyphs])
        end = max([glyph.end for glyph in glyphs])
        across = glyphs[0].across
        axis = line.axis
        face, size = style.face, run.size
        above = across - (face.cap_height or CAP_HEIGHT) * size
        below = across + (face.descender if face.descender is not None else DESCENDER) * size
        if axis == (1.0, 0.0) and self._corner is not None and not line.vertical:  # nearly all there is
            left, top = self._corner
            scale = self.frame.scale
            box = Box((start - left) * scale, (above - top) * scale, (end - left) * scale, (below - top) * scale)
            baseline = (across - top) * scale
        else:
            upright = self._upright_box(run, glyphs, axis) if line.vertical else self._box(axis, start, end, above, below)
            if upright is None:
                return
            box = upright
            c, s = axis
            px, py = self.frame.point(start * c - across * s, start * s + across * c)
            baseline = py if line.angle == 0.0 else py * line.vx - px * line.vy
        if not _touches(box, self._page):
            return
        yield Word(
            text,
            box,
            baseline,
            style,
            space_before=spaced,
            angle=line.angle,
            vertical=line.vertical,
            right_to_left=run.backwards or _is_right_to_left(text),
            authored_hyphen=not soft,
        )

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

    def _upright_box(self, run: Run, glyphs: list[Glyph], axis: tuple[float, float]) -> Box | None:
        """Of a column of upright signs: the engine's boxes of its characters."""
        wanted = {(glyph.text, glyph.start) for glyph in glyphs}
        c, s = axis
        boxes = [
            self.frame.box(char["bbox"])
            for char in run.span["chars"]
            if (char["c"], char["origin"][0] * c + char["origin"][1] * s) in wanted
        ]
        if not boxes:
            return None
        return Box(
            min(box.x0 for box in boxes),
            min(box.y0 for box in boxes),
            max(box.x1 for box in boxes),
            max(box.y1 for box in boxes),
        )

    def _style(self, run: Run, loose: float | None, raised: bool) -> Style:
        span = run.span
        key = (
            span["font"],
            span["flags"] & ~_SUPERSCRIPT,
            round(run.size, 2),
            span["color"],
            span["alpha"],
            span["char_flags"] & (_STROKED | _CLIPPED | 16),
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
                None if flags & _CLIPPED and not span["alpha"] else _colour(span["color"]),
                1.0 if flags & _CLIPPED else span["alpha"] / 255,
                raised=raised,
                stretch=round(run.stretch, 3),
                tracking=loose,
                synthetic_bold=bool(flags & _STROKED and flags & 16),
                synthetic_italic=run.slanted,
            )
        return found


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
            for glyph in run.glyphs:
                glyph.end = max(glyph.start, glyph.end - extra)


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


def _pieces(run: Run, limit: float) -> Iterator[tuple[list[Glyph], bool]]:
    """The run's glyphs cut into words at spaces and at gaps as wide as the limit; and whether a space comes after each."""
    piece: list[Glyph] = []
    end, back, backwards = 0.0, -run.size, run.backwards
    for glyph in run.glyphs:
        if glyph.space:
            yield piece, True
            piece = []
            continue
        if piece and not back < (_gap(piece[-1], glyph, True) if backwards else glyph.start - end) < limit:
            leader = glyph.text in LEADERS and glyph.text == piece[-1].text and 0 < glyph.start - end < _LEADER * run.size
            if not leader:
                yield piece, False
                piece = []
        piece.append(glyph)
        end = glyph.end
    if piece:
        yield piece, False


def _gap(before: Glyph, after: Glyph, backwards: bool) -> float:
    if backwards and after.start < before.start:
        return before.start - after.end
    return after.start - before.end


def _main_run(runs: list[Run]) -> Run:
    """The run that sets most of the line's letters, the larger one of equals."""
    if len(runs) == 1:
        return runs[0]
    return max(runs, key=lambda run: (sum(not glyph.space for glyph in run.glyphs), run.size))


def _raised(run: Run, main: Run, previous: tuple[Run, Glyph] | None, runs: list[Run]) -> bool:
    """Whether a run is a superscript or subscript: smaller, off the baseline and joined to a word of its line."""
    if run is main or run.size > 0.87 * main.size:
        return False
    if abs(run.glyphs[0].across - main.glyphs[0].across) < 0.04 * main.size:
        return False
    room = 0.35 * main.size
    if previous is not None and abs(run.glyphs[0].start - previous[1].end) < room:
        return True
    after = runs[runs.index(run) + 1 :]
    return bool(after) and abs(after[0].glyphs[0].start - run.glyphs[-1].end) < room


def _touches(box: Box, page: Box) -> bool:
    """Whether the middle of a word lies on the trimmed page; with more than half of it cut off nobody reads it."""
    x0, y0, x1, y1 = box
    return page[0] <= (x0 + x1) / 2 <= page[2] and page[1] <= (y0 + y1) / 2 <= page[3]


def _letters(texts: Iterable[str]) -> Iterator[str]:
    """The first few letters beyond ASCII."""
    return islice((text for text in texts if not text.isascii()), 4)


def _is_right_to_left(text: str) -> bool:
    if text.isascii():
        return False
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind in ("R", "AL"):
            return True
        if kind == "L":
            return False
    return False


def _colour(value: int) -> Colour:
    if value == 0:
        return BLACK
    return (value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255
