"""Blocks as the checks read them: lines, spans, text, hyphens, gaps, what the tags say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from clearprint.geometry import hull
from clearprint.layout.alignment import word_gaps
from clearprint.layout.frames import Frame
from clearprint.layout.paras import Para
from clearprint.layout.strips import Strip, has_hyphen
from clearprint.model import Block, Line, Marks, Role, Span, Word

NEIGHBOUR = 40  # characters of the text before and after a block

_HINTS: dict[str, Role] = {
    "H": "heading",
    "Title": "title",
    "Caption": "caption",
    "LI": "list",
    "LBody": "list",
    "Lbl": "list",
    "L": "list",
    "TD": "table",
    "TH": "table",
    "TR": "table",
    "Table": "table",
    "Note": "note",
    "FENote": "note",
    "BlockQuote": "quote",
    "Quote": "quote",
    "Aside": "quote",
    "TOCI": "contents",
    "TOC": "contents",
    "Code": "code",
    "Form": "form",
    "P": "body",
}


def block_of(para: Para, frame: Frame, marks: Marks) -> Block:
    """The finished block, on the page's own coordinates."""
    strips = para.strips
    lines = tuple(
        _line(para, index, strips[index + 1] if index + 1 < len(strips) else None, frame) for index in range(len(strips))
    )
    if para.capital is not None:
        first = lines[0]
        cap = _spans(para.capital, frame)
        glue = "" if para.capital.text[-1:].isalpha() and first.text[:1].islower() else " "
        joined = Line(
            text=para.capital.text + glue + first.text,
            spans=cap + first.spans,
            box=frame.outward(hull((para.capital.box, strips[0].box))),
            baseline=first.baseline,
            size=first.size,
            gaps=first.gaps,
            full=first.full,
            angle=first.angle,
            hyphen=first.hyphen,
        )
        lines = (joined, *lines[1:])
    hint, level, language = _tagged(strips, marks)
    return Block(
        spans=tuple(span for line in lines for span in line.spans),
        text=_text(lines),
        size=para.size,
        lines=lines,
        box=frame.outward(para.box),
        page=marks.number,
        hint=hint,
        level=level,
        alignment=para.alignment,
        leading=para.leading,
        leading_error=para.leading_error,
        first_indent=para.first_indent,
        step=para.step,
        column=para.column,
        in_columns=para.in_columns,
        in_table=para.table is not None,
        in_picture=para.in_picture,
        angle=0.0 if frame.vertical else frame.angle,
        stacked=para.stacked,
        drop_capital=para.capital is not None,
        centred_on=para.centred_on,  # type: ignore[arg-type]
        right_to_left=para.rtl,
        language=language or marks.language,
        forced_breaks=_forced(para),
        bulleted=strips[0].bulleted,
    )


def _line(para: Para, index: int, following: Strip | None, frame: Frame) -> Line:
    strip = para.strips[index]
    return Line(
        text=strip.text,
        spans=_spans(strip, frame),
        box=frame.outward(strip.box),
        baseline=strip.baseline,
        size=strip.size,
        gaps=word_gaps(strip),
        full=para.full[index],
        angle=0.0 if frame.vertical else frame.angle,
        hyphen=joined_forms(strip, following),
    )


def joined_forms(strip: Strip, following: Strip | None) -> Literal["split", "digits"] | None:
    """What the hyphen at a line's end breaks. Compounds are told from split words once the whole document is known."""
    last = strip.pieces[-1]
    if following is None or not strip.text:
        return None
    if not last.authored_hyphen or strip.text.endswith("\u00ad"):
        return "split"
    if not has_hyphen(strip.text):
        return None
    before, after = strip.text[-2], following.text[:1]
    if before.isdigit() or after.isdigit():
        return "digits"
    return "split" if before.isalpha() and after.isalpha() else None


def _spans(strip: Strip, frame: Frame) -> tuple[Span, ...]:
    """Runs of one style, in reading order, with the word spaces inside them."""
    runs: list[list[Word]] = []
    texts: list[str] = []
    for number, word in enumerate(strip.words):
        for position, piece in enumerate(word):
            glue = " " if number and not position else ""
            if runs and (runs[-1][-1].style is piece.style or runs[-1][-1].style == piece.style):
                runs[-1].append(piece)
                texts[-1] += glue + piece.text
            else:
                runs.append([piece])
                texts.append(piece.text)
    spans = []
    for run, text in zip(runs, texts, strict=True):
        words = tuple(run) if frame.level else tuple(_on_page(word, frame) for word in run)
        spans.append(Span(text, run[0].style, hull(word.box for word in words), words))
    return tuple(spans)


def _on_page(word: Word, frame: Frame) -> Word:
    from dataclasses import replace

    return replace(word, box=frame.outward(word.box))


def _text(lines: Sequence[Line]) -> str:
    """The block's text, words joined that a hyphen of the typesetter broke."""
    parts: list[str] = []
    for line in lines:
        text = line.text
        if parts and parts[-1].endswith("\u00ad"):
            parts[-1] = parts[-1][:-1] + text
            continue
        parts.append(text)
    return " ".join(parts)


def _forced(para: Para) -> bool:
    """Lines that end long before they are full: verse, addresses, lists without marks."""
    count = len(para.full) - 1
    return count >= 2 and sum(1 for full in para.full[:-1] if not full) > 0.6 * count


def _tagged(strips: Sequence[Strip], marks: Marks) -> tuple[Role | None, int | None, str | None]:
    """Role, level of heading and language as most of the letters are tagged."""
    if not marks.tags:
        return None, None, None
    counts: dict[int, int] = {}
    for strip in strips:
        for piece in strip.pieces:
            if piece.tag is not None and 0 <= piece.tag < len(marks.tags):
                counts[piece.tag] = counts.get(piece.tag, 0) + len(piece.text)
    if not counts:
        return None, None, None
    tag = marks.tags[max(counts, key=lambda index: (counts[index], -index))]
    level = None
    hint = _HINTS.get(tag.role)
    if len(tag.role) == 2 and tag.role[0] == "H" and tag.role[1].isdecimal():
        hint, level = "heading", int(tag.role[1])
    return hint, level, tag.language
