"""Words of a DOCX that stand in its drawings: word art, charts and diagrams, as blocks beside its paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.formats.docx import Package
from clearprint.formats.docx_charts import Label, labels
from clearprint.formats.docx_drawings import Drawing
from clearprint.formats.docx_theme import Theme
from clearprint.model import Block, Span, Style
from clearprint.readers.docx_type import DEFAULT_FACE, Typesetter


def word_art(drawing: Drawing, type_: Typesetter, path: str, story: str) -> Iterator[Block]:
    """Text stretched to a box: a watermark where it lies behind text or comes again on every page, else a label."""
    mark = drawing.behind or story in ("header", "footer")
    for text, height, angle, fill in drawing.words:
        size = max(1.0, height) * type_.scale
        ink = fill.colour if fill.kind == "flat" else None
        style = Style(type_.face(DEFAULT_FACE, False, False), size, ink, fill.opacity)
        known = drawing.behind or drawing.wrapping != "none"
        span = Span(text, style, ground=type_.over_sheet(None) if known else None)
        yield Block((span,), text, size, hint="watermark" if mark else "label", in_picture=not mark, angle=angle, path=path)


def drawn_words(
    drawing: Drawing, part: str, package: Package, theme: Theme, type_: Typesetter, path: str
) -> tuple[list[Block], bool]:
    """A label for each piece of text in the drawing's charts and diagrams, and whether all of them could be read."""
    blocks: list[Block] = []
    told = True
    for target in drawing.graphics:
        found = labels(package, part, target, theme)
        told = told and bool(found)
        blocks += [_block(label, theme, type_, path, drawing.name) for label in found]
    return blocks, told


def _block(label: Label, theme: Theme, type_: Typesetter, path: str, name: str) -> Block:
    face = type_.face(label.face or theme.font("minorHAnsi") or DEFAULT_FACE, label.bold, label.italic)
    size = label.size * type_.scale
    span = Span(label.text, Style(face, size, label.colour), ground=type_.over_sheet(label.ground))
    where = f"{path}, in ‘{name}’" if name else f"{path}, in its drawing"
    return Block((span,), label.text, size, hint="label", in_picture=True, angle=label.angle, path=where)
