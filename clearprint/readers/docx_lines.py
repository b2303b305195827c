"""Breaks the paragraphs of a DOCX into lines by the widths of their letters, as a word processor fits word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field
from itertools import islice, pairwise, takewhile

from clearprint import lazily
from clearprint.formats.docx_props import Props
from clearprint.formats.widths import Widths, widths
from clearprint.model import EstimatedLine, Span, Style
from clearprint.records import record

TAB = 36.0  # points between default tab stops (ECMA-376-1, 17.15.1.25: half an inch)
SMALL_CAPITALS = 0.8  # size of small capitals over the type's, as Word and LibreOffice set them
MOST = 100_000
"""Letters of a paragraph that are broken into lines: some 20 pages. What follows is taken to be set as these are."""
_HYPHENATION_ERROR = 0.03  # of the room: what words may reach over once they may be broken
_SHAPED = lazily.compile("[\u0590-\u0dff\u0f00-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefe]")
"""Letters whose widths are only known once they are joined."""
_ALONE = "\u2e80-\u2fdf\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # signs that a line breaks between
_SPACE = " \t\n\r\x0b\x0c\u2002-\u2006\u2008-\u200a\u2028\u2029\u3000"  # not those that hold words together
_HYPHEN = "\u2010\u2013\u2014-"
_PIECES = lazily.compile(
    f"\n|\t|[{_SPACE}]+?(?=[\n\t])|[{_SPACE}]+|[{_ALONE}]|[^{_SPACE}{_ALONE}{_HYPHEN}]*[{_HYPHEN}]+|[^{_SPACE}{_ALONE}{_HYPHEN}]+"
)


@record(frozen=False)
class _Piece:
    """What a line does not break: a word or a part of one, a run of spaces, a tab or a forced break."""

    text: str
    width: float
    glued: bool  # to the word before it
    hyphen: float = 0.0  # width of the optional hyphen that shows where a line ends after it


@record(frozen=False)
class Breaker:
    """Breaks lines. `used` counts letters by face, for what stood in for what."""

    scale: float
    used: dict[Widths, int] = field(default_factory=dict)
    _widths: dict[Style, Widths] = field(default_factory=dict)
    _known: dict[tuple[int, str], float] = field(default_factory=dict)

    def broken(
        self,
        spans: Sequence[Span],
        room: float,
        first: float,
        start: float,
        props: Props,
        hyphenated: bool,
        soft: Sequence[int] = (),
    ) -> tuple[tuple[EstimatedLine, ...], float]:
        """Its lines, and the share by which they may be off. No lines where letters are shaped, or none fits.

        `room` is the width between its indents, `first` what its first line stands in or out by, `start` its left indent;
        `soft` has the number of letters before each optional hyphen.
        """
        if any(_SHAPED.search(span.text) for span in spans):
            return (), 0.0
        error = max((self._face(span.style).error for span in spans if span.text.strip()), default=0.0)
        pieces = list(self._pieces(spans, frozenset(soft)))
        lines = tuple(self._lines(pieces, room, first, start, self._stops(props, start, first)))
        return lines, error + _HYPHENATION_ERROR * hyphenated

    # --- pieces -----------------------------------------------------------------------------------------------------------

    def _pieces(self, spans: Sequence[Span], soft: frozenset[int]) -> Iterator[_Piece]:
        before, at, left = "", 0, MOST
        for span in spans:
            face = self._face(span.style)
            self.used[face] = self.used.get(face, 0) + span.letters
            shown = span.text[:left]
            left -= len(shown)
            for text in _PIECES.findall(shown):
                glued = bool(before) and not _parted(before[-1], text[0])
                for part in _cut(text, at, soft) if soft else (text,):
                    at += len(part)
                    hyphen = self._width("-", span.style, face) if at in soft else 0.0
                    yield _Piece(part, 0.0 if part in "\t\n" else self._width(part, span.style, face), glued, hyphen)
                    glued = False
                before = text

    def _face(self, style: Style) -> Widths:
        found = self._widths.get(style)
        if found is None:
            name = style.face.family or style.face.name
            bold = (style.weight or 400) >= 600
            found = self._widths[style] = widths(name, bold, bool(style.italic))
        return found

    def _width(self, text: str, style: Style, face: Widths) -> float:
        key = id(style), text
        width = self._known.get(key)
        if width is None:
            tracking = (style.tracking or 0.0) * style.size
            width = 0.0
            for sign in text:
                size = style.size
                if style.caps == "small" and sign.islower():
                    size *= SMALL_CAPITALS
                shown = sign.upper() if style.caps else sign
                width += sum(face.of(one) for one in shown) * size * style.stretch + tracking
            self._known[key] = width
        return width

    # --- lines ------------------------------------------------------------------------------------------------------------

    def _stops(self, props: Props, start: float, first: float) -> list[tuple[float, str]]:
        """Tab stops from the left indent on, points: its own, and the indent itself for a first line that hangs."""
        own = [
            (at * self.scale - start, kind) for at, (kind, _) in props.get("tabs", {}).items() if kind not in ("clear", "bar")
        ]
        if first < 0:
            own.append((0.0, "left"))
        return sorted(own)

    def _lines(
        self, pieces: list[_Piece], room: float, first: float, start: float, stops: list[tuple[float, str]]
    ) -> Iterator[EstimatedLine]:
        line: list[_Piece] = []
        x = first  # the end of what stands on the line, from the left indent
        ink = x  # the same without spaces at its end
        index = 0
        while index < len(pieces):
            piece = pieces[index]
            if piece.text == "\n":
                yield _line(line, False, room - ink)
                line, x, ink = [], 0.0, 0.0
                index += 1
                continue
            if piece.text == "\t":
                x = self._after_tab(pieces, index, x, start, stops, room)
                line.append(piece)
                index += 1
                continue
            if _SPACES.match(piece.text):
                x += piece.width
                line.append(piece)
                index += 1
                continue
            end = index + 1
            while end < len(pieces) and pieces[end].glued and not pieces[end - 1].hyphen:
                end += 1
            width = sum(one.width for one in pieces[index:end])
            over = x + width > room + 0.01 or (pieces[end - 1].hyphen and self._ends_here(pieces, end, room - x - width))
            if over and any(not _SPACES.match(one.text) for one in line):
                yield _line(line, True, room - ink, _word(pieces, index) if line[-1].hyphen else "")
                line, x, ink = [], 0.0, 0.0
                continue
            line += pieces[index:end]
            x += width
            ink = x
            index = end
        if line:
            yield _line(line, False, room - ink)

    def _ends_here(self, pieces: list[_Piece], end: int, left: float) -> bool:
        """Whether a part of a word cannot stand at the end of a line: what goes on does not fit, nor does the hyphen."""
        return end < len(pieces) and pieces[end].width > left + 0.01 and pieces[end - 1].hyphen > left + 0.01

    def _after_tab(
        self, pieces: list[_Piece], index: int, x: float, start: float, stops: list[tuple[float, str]], room: float
    ) -> float:
        stop = next(((at, kind) for at, kind in stops if at > x + 0.01), None)
        if stop is None:
            return (int((x + start) / (TAB * self.scale) + 1e-6) + 1) * TAB * self.scale - start
        at, kind = stop
        if kind in ("left", "start", "num"):
            return at
        after = 0.0
        for piece in pieces[index + 1 :]:
            if piece.text in "\t\n":
                break
            after += piece.width
        return max(x, min(at, room) - (after if kind in ("right", "end", "decimal") else after / 2))


_SPACES = lazily.compile(f"[{_SPACE}]")
_SIGNS = lazily.compile(f"[{_ALONE}]")


def _parted(one: str, other: str) -> bool:
    """Whether a line may end between two signs: at a space, after a hyphen before a letter, between signs of CJK."""
    if _SPACES.match(one) or _SPACES.match(other):
        return True
    if one in "\u2010\u2013\u2014-":
        return other.isalpha()  # a number keeps its minus, and a telephone number its hyphens (UAX 14, LB 25)
    return bool(_SIGNS.match(one) or _SIGNS.match(other)) and other not in "\u3001\u3002\uff0c\uff0e"


def _cut(text: str, start: int, soft: frozenset[int]) -> Iterator[str]:
    """A word at its optional hyphens; `start` letters stand before it."""
    cuts = [at for at in range(1, len(text)) if start + at in soft]
    for one, other in pairwise([0, *cuts, len(text)]):
        yield text[one:other]


def _word(pieces: list[_Piece], start: int) -> str:
    """The letters up to the next space."""
    return "".join(piece.text for piece in takewhile(lambda piece: not _SPACES.match(piece.text), islice(pieces, start, None)))


def _line(pieces: list[_Piece], full: bool, slack: float, rest: str = "") -> EstimatedLine:
    text = "".join(piece.text for piece in pieces).strip()
    if not rest:
        return EstimatedLine(text, full, slack)
    return EstimatedLine(text + "-", full, slack - pieces[-1].hyphen, f"{text.split()[-1]}- {rest}")
