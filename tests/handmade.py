"""Pages made by hand, so that a test shows its whole case in a line: `doc(page(line("text", size=11)))`.

A test page needs no file and no reader. Pieces stack from the top margin downwards in the order given, unless a piece
says where it stands (`at=(x, y)`: its left edge and the top of its box; `below=`: white above it in points). The letters
are those of an invented face: every sign is half an em wide, a space a quarter, capitals are 0.72 em high and descenders
0.21 em deep, so that a test can reckon its figures in its head.

    page(line("Heading", size=18, weight=700), para(TEXT))   a Page as layout/ understands it, roles not yet given
    marks(line("Name: ________"))                            the same as a reader measures it
    doc(page(...), page(...), kind="leaflet")                pages and survey, roles given
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from clearprint.colour import Colour
from clearprint.geometry import Box, hull
from clearprint.layout.roles import assign
from clearprint.layout.summary import summarise
from clearprint.layout.survey import settle
from clearprint.model import (
    Alignment,
    Block,
    Face,
    Job,
    Line,
    Marks,
    Page,
    PageSummary,
    Role,
    Span,
    Style,
    Survey,
    Word,
    letters,
    merge_summaries,
)

A4 = (595.28, 841.89)
A5 = (419.53, 595.28)
SIGN = 0.5  # em, advance of every letter
SPACE = 0.25  # em, advance of the space
CAPITALS = 0.72  # em, from the baseline up
DESCENDER = 0.21  # em, from the baseline down
TEXT = (
    "The bus to the town stops at the gate every ten minutes and the driver will help you with your bag if you "
    "ask. There is a seat in the shelter and a timetable on the wall beside it. If the bus is late you can ring "
    "the office and somebody will tell you when the next one is due. "
)
"""Four sentences of plain English, 265 signs: enough for four or more lines."""


@dataclass(frozen=True)
class Piece:
    """A paragraph, heading or single line before it has a place."""

    lines: tuple[str, ...]
    style: Style
    leading: float
    at: tuple[float, float] | None = None
    below: float | None = None  # white above it, points; None: one line of its own
    width: float | None = None  # of the column, points
    alignment: Alignment | None = "left"
    first_indent: float = 0.0
    gap: float = SPACE  # word space, em
    facts: tuple[tuple[str, Any], ...] = ()  # further fields of its Block
    angle: float = 0.0


def face(family: str = "Arial", weight: int | None = 400, italic: bool = False, **facts: Any) -> Face:
    """An invented face of that family."""
    name = family.replace(" ", "") + {700: "-Bold", 300: "-Light"}.get(weight or 400, "")
    return Face(
        name,
        family,
        weight=weight,
        italic=italic,
        **{"cap_height": CAPITALS, "descender": DESCENDER, "x_height": 0.52, "space": SPACE, "embedded": True, **facts},
    )


def style(size: float = 12, family: str = "Arial", weight: int | None = 400, italic: bool = False, **facts: Any) -> Style:
    """A style; further fields of Style by name."""
    facts.setdefault("colour", (0.0, 0.0, 0.0))
    return Style(face(family, weight, italic), size, **facts)


def line(text: str, size: float = 12, **look: Any) -> Piece:
    """One line that is a block of its own. `look` takes what `para` takes."""
    return para([text], size, **look)


def para(
    text: str | Sequence[str],
    size: float = 12,
    *,
    leading: float | None = None,
    chars: int = 60,
    at: tuple[float, float] | None = None,
    below: float | None = None,
    width: float | None = None,
    alignment: Alignment | None = "left",
    first_indent: float = 0.0,
    gap: float = SPACE,
    family: str = "Arial",
    weight: int | None = 400,
    italic: bool = False,
    colour: Colour = (0.0, 0.0, 0.0),
    opacity: float = 1.0,
    angle: float = 0.0,
    **facts: Any,
) -> Piece:
    """A block of lines: a text is broken at `chars` signs, a list of lines is taken as it stands.

    `leading` in points (else 1.25 times the size), `alignment` where its lines stand in `width` (else the page's own);
    `facts` are further fields of its Block, such as `hint="heading"`, `in_table=True`, `column=0`.
    """
    lines = broken(text, chars) if isinstance(text, str) else list(text)
    look = style(float(size), family, weight, italic, colour=colour, opacity=opacity)
    return Piece(
        tuple(lines),
        look,
        leading if leading is not None else size * 1.25,
        at,
        below,
        width,
        alignment,
        first_indent,
        gap,
        tuple(facts.items()),
        angle,
    )


def broken(text: str, chars: int) -> list[str]:
    """A text in lines of at most `chars` signs."""
    lines, current = [], ""
    for word in text.split():
        if current and len(current) + 1 + len(word) > chars:
            lines.append(current)
            current = word
        else:
            current = f"{current} {word}".strip()
    return [*lines, current] if current else lines or [""]


def page(*pieces: Piece, number: int = 1, size: tuple[float, float] = A4, margin: float = 72.0, **facts: Any) -> Page:
    """An understood page; `facts` are further fields of Page (pictures, columns, strokes, state …)."""
    blocks = tuple(_block(piece, words, number) for piece, words in _placed(pieces, size, margin))
    boxes = [block.box for block in blocks if block.box is not None]
    if boxes and "margins" not in facts:
        ink = hull(boxes)
        facts["margins"] = (ink.x0, ink.y0, size[0] - ink.x1, size[1] - ink.y1)
    return Page(number, *size, blocks=blocks, **facts)


def marks(*pieces: Piece, number: int = 1, size: tuple[float, float] = A4, margin: float = 72.0, **facts: Any) -> Marks:
    """The same page as a reader measures it: words, before lines and blocks are understood."""
    words = tuple(word for _, rows in _placed(pieces, size, margin) for row in rows for word in row)
    return Marks(number, *size, words=words, **facts)


def flow(*paragraphs: str, hint: Role | None = None, **look: Any) -> Page:
    """A section of a document without a layout, as the DOCX reader makes it: blocks with a span and no lines."""
    looks = style(**look)
    blocks = tuple(
        Block((Span(text, looks),), text, looks.size, hint=hint, path=f"paragraph {index}")
        for index, text in enumerate(paragraphs, 1)
    )
    return Page(None, *A4, blocks=blocks, laid_out=False, path="section 1")


@dataclass(frozen=True)
class Document:
    """Pages with their roles, and what is known of the whole."""

    pages: tuple[Page, ...]
    survey: Survey
    summary: PageSummary

    def roles(self) -> list[list[Role]]:
        """The roles of each page's blocks, in order."""
        return [[block.role for block in page.blocks] for page in self.pages]


def doc(*pages: Page, **declared: Any) -> Document:
    """A whole document: pages are numbered in the order given, surveyed and given their roles.

    `declared` are fields of Job: `kind="leaflet"`, `cover=(1,)`.
    """
    numbered = [renumbered(page, index) for index, page in enumerate(pages, 1)]
    summary = merge_summaries([summarise(page) for page in numbered])
    survey = settle(summary, Job(**declared))
    return Document(tuple(assign(page, survey) for page in numbered), survey, summary)


def renumbered(page: Page, number: int) -> Page:
    """The same page at another place of its document."""
    if page.number is None:
        return page
    return replace(page, number=number, blocks=tuple(replace(block, page=number) for block in page.blocks))


def _placed(pieces: Sequence[Piece], size: tuple[float, float], margin: float) -> list[tuple[Piece, list[list[Word]]]]:
    result = []
    top = margin
    for piece in pieces:
        em = piece.style.size
        x, y = piece.at if piece.at is not None else (margin, top + (em if piece.below is None else piece.below))
        width = piece.width if piece.width is not None else size[0] - margin - x
        rows = [
            _words(piece, text, index, x, y + CAPITALS * em + index * piece.leading, width)
            for index, text in enumerate(piece.lines)
        ]
        if piece.at is None:
            top = y + CAPITALS * em + (len(rows) - 1) * piece.leading + DESCENDER * em
        result.append((piece, rows))
    return result


def _words(piece: Piece, text: str, index: int, x: float, baseline: float, width: float) -> list[Word]:
    em = piece.style.size
    pieces = text.split()
    ink = sum(len(word) * SIGN * em for word in pieces)
    gap = piece.gap * em
    spaces = max(0, len(pieces) - 1)
    room = width - ink - spaces * gap
    if piece.alignment == "justified" and index < len(piece.lines) - 1 and spaces:
        gap += room / spaces
    left = x + {"right": room, "centred": room / 2}.get(piece.alignment or "left", 0.0)
    left += piece.first_indent if index == 0 else 0.0
    words = []
    for number, word in enumerate(pieces):
        right = left + len(word) * SIGN * em
        box = Box(left, baseline - CAPITALS * em, right, baseline + DESCENDER * em)
        words.append(Word(word, box, baseline, piece.style, space_before=number > 0, angle=piece.angle))
        left = right + gap
    return words


def _block(piece: Piece, rows: list[list[Word]], number: int) -> Block:
    lines = []
    for row in rows:
        if not row:
            continue
        text = " ".join(word.text for word in row)
        box = hull(word.box for word in row)
        gaps = tuple(after.box.x0 - before.box.x1 for before, after in itertools.pairwise(row))
        span = Span(text, piece.style, box, tuple(row))
        lines.append(Line(text, (span,), box, row[0].baseline, piece.style.size, gaps, angle=piece.angle))
    lines = [replace(item, full=index < len(lines) - 1) for index, item in enumerate(lines)]
    facts = dict(piece.facts)
    text = " ".join(item.text for item in lines)
    known: dict[str, Any] = {
        "alignment": piece.alignment if len(lines) > 2 else None,
        "leading": piece.leading if len(lines) > 1 else None,
        "first_indent": piece.first_indent,
        "angle": piece.angle,
        "page": number,
        "box": hull(item.box for item in lines) if lines else None,
    }
    known.update(facts)
    spans = tuple(span for item in lines for span in item.spans)
    if not letters(text) and not spans:
        spans = (Span("", piece.style),)
    return Block(spans, text, piece.style.size, tuple(lines), **known)
