"""Draws what was understood over a page: lines, blocks with role and alignment, columns, gutters, pictures, fields, ground.

This is how anyone who doubts an answer finds out which fact it rests on.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from clearprint.errors import BadUsage
from clearprint.geometry import Box
from clearprint.layout import assign, settle, summarise
from clearprint.model import Block, Job, Page, merge_summaries
from clearprint.readers import open_source
from clearprint.units import to_mm

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont, ImageFont

DPI = 110.0
KEY_WIDTH = 250  # pixels of the legend
MOST_PAGES = 80  # roles rest on the whole document; of a longer one only so many pages round this one are read

_LINE = (120, 120, 120)
_COLUMN = (0, 90, 200)
_GUTTER = (200, 0, 160)
_PICTURE = (0, 130, 60)
_FIELD = (150, 80, 0)
_PANEL = (120, 60, 170)
_OTHER = (80, 80, 80)
_ROLES: dict[str, tuple[int, int, int]] = {
    "body": (20, 80, 170),
    "heading": (190, 30, 30),
    "title": (190, 30, 30),
    "list": (0, 110, 120),
    "quote": (110, 60, 150),
    "caption": (0, 120, 60),
    "table": (130, 90, 0),
    "note": (90, 90, 160),
    "contents": (160, 60, 110),
    "form": (150, 80, 0),
}
_SHORT = {"left": "left", "right": "right", "centred": "centred", "justified": "justified", None: "align ?"}


def draw(
    path: Path, page_number: int, out_png: Path, job: Job, password: str | None = None, printed: Path | None = None
) -> None:
    """Write a PNG of the page with everything that was understood drawn over it.

    `printed` is the PDF that a text document was laid out in.
    """
    from PIL import Image, ImageDraw

    from clearprint.formats.pdf import render

    page = _understood(path, page_number, job, password, printed)
    dpi = min(DPI, 2400.0 * 72.0 / max(page.width, page.height, 1.0))
    picture, _ = render(printed or path, page_number, None, dpi, password=password, scale=job.scale or 1.0)
    with Image.open(io.BytesIO(picture)) as opened:
        base = opened.convert("RGB")
    # The page steps back a little, so that what is drawn over it can be told from what is printed.
    base = Image.blend(base, Image.new("RGB", base.size, (255, 255, 255)), 0.35)
    zoom = base.width / page.width if page.width else 1.0
    canvas = Image.new("RGB", (base.width + KEY_WIDTH, max(base.height, 560)), (255, 255, 255))
    canvas.paste(base, (0, 0))
    pen = _Pen(ImageDraw.Draw(canvas), zoom)
    _draw_page(pen, page)
    _draw_key(pen, page, base.width + 12)
    buffer = io.BytesIO()
    canvas.save(buffer, "PNG")
    out_png.write_bytes(buffer.getvalue())


def _understood(path: Path, number: int, job: Job, password: str | None, printed: Path | None) -> Page:
    """The page with its roles."""
    with open_source(path, job, password=password, printed=printed) as source:
        if not source.laid_out:
            raise BadUsage(
                f"{path.name} is a Word document and has no fixed pages to draw. "
                "Add --layout libreoffice, or export it to PDF and show that."
            )
        if not 1 <= number <= source.count:
            pages = "one page" if source.count == 1 else f"{source.count} pages"
            raise BadUsage(f"{path.name} has {pages}; there is no page {number}.")
        first = max(0, min(number - 1 - MOST_PAGES // 2, source.count - MOST_PAGES))
        pages_read = {index: source.page(index) for index in range(first, min(source.count, first + MOST_PAGES))}
    survey = settle(merge_summaries(summarise(page) for page in pages_read.values()), job)
    return assign(pages_read[number - 1], survey)


class _Pen:
    """Draws boxes given in points."""

    def __init__(self, surface: ImageDraw, zoom: float) -> None:
        self.surface = surface
        self.zoom = zoom
        self._faces: dict[int, FreeTypeFont | ImageFont] = {}
        self._labels: list[tuple[float, float, float, float]] = []

    def box(self, box: Box | None, colour: tuple[int, int, int], width: int = 1, fill: bool = False) -> None:
        if box is None:
            return
        x0, y0, x1, y1 = (value * self.zoom for value in box)
        if x1 < x0 or y1 < y0:
            return
        self.surface.rectangle((x0, y0, x1, y1), outline=colour, width=width)
        if fill:
            for offset in range(0, int(x1 - x0 + y1 - y0), 9):
                top = max(0.0, offset - (x1 - x0))
                side = min(float(offset), x1 - x0)
                self.surface.line(
                    (x0 + side, y0 + offset - side, x0 + offset - min(offset, y1 - y0), y0 + min(offset, y1 - y0)),
                    fill=colour,
                ) if top <= y1 - y0 else None

    def dashed(self, box: Box, colour: tuple[int, int, int]) -> None:
        x0, y0, x1, y1 = (value * self.zoom for value in box)
        for start in range(int(x0), int(x1), 12):
            for y in (y0, y1):
                self.surface.line((start, y, min(start + 7, x1), y), fill=colour, width=2)
        for start in range(int(y0), int(y1), 12):
            for x in (x0, x1):
                self.surface.line((x, start, x, min(start + 7, y1)), fill=colour, width=2)

    def label(self, x: float, y: float, text: str, colour: tuple[int, int, int]) -> None:
        """White on colour, above and inside the place, moved down where another label stands."""
        face = self.face(11)
        left, top = x * self.zoom, y * self.zoom - 13
        top = max(0.0, top)
        width = self.surface.textlength(text, font=face) + 4
        for _ in range(6):
            if not any(left < b[2] and b[0] < left + width and top < b[3] and b[1] < top + 13 for b in self._labels):
                break
            top += 13
        self._labels.append((left, top, left + width, top + 13))
        self.surface.rectangle((left, top, left + width, top + 13), fill=colour)
        self.surface.text((left + 2, top), text, fill=(255, 255, 255), font=face)

    def text(self, x: float, y: float, text: str, colour: tuple[int, int, int] = (0, 0, 0), size: int = 13) -> None:
        """In pixels of the whole drawing."""
        self.surface.text((x, y), text, fill=colour, font=self.face(size))

    def face(self, size: int) -> FreeTypeFont | ImageFont:
        from PIL import ImageFont

        if size not in self._faces:
            self._faces[size] = ImageFont.load_default(size)
        return self._faces[size]


def _draw_page(pen: _Pen, page: Page) -> None:
    for panel in page.panels:
        pen.box(panel.box, _PANEL)
    for picture in page.pictures:
        pen.box(picture.box, _PICTURE, 3)
        if picture.box is not None:
            ppi = f" {picture.pixels_per_inch:.0f} ppi" if picture.pixels_per_inch else ""
            pen.label(picture.box.x0, picture.box.y1, f"{picture.kind} {picture.use}{ppi}", _PICTURE)
    for column in page.columns:
        pen.dashed(column.box.grow(3.0), _COLUMN)
    for gutter in page.gutters:
        if gutter.box is not None:
            pen.box(gutter.box, _GUTTER, 1, fill=True)
    for block in page.blocks:
        for line in block.lines:
            pen.box(line.box, _LINE if line.full is not True else (60, 140, 220))
    for number, block in enumerate(page.blocks, 1):
        if block.box is not None:
            colour = _ROLES.get(block.role, _OTHER)
            pen.box(block.box.grow(1.5), colour, 2)
            pen.label(block.box.x0, block.box.y0, describe_block(block, number), colour)
    for field in page.fields:
        pen.box(field.box, _FIELD, 2)
        if field.box is not None:
            pen.label(field.box.x1 - 20, field.box.y0, field.kind, _FIELD)
    for gutter in page.gutters:
        if gutter.box is not None:
            rule = " ruled" if gutter.ruled else ""
            pen.label(gutter.box.x0, gutter.box.centre[1], f"{to_mm(gutter.width):.1f} mm{rule}", _GUTTER)
    for join in page.joins:
        pen.box(join.box, _GUTTER, 2)
    for wrap in page.wraps:
        if wrap.place.box is not None:
            pen.label(wrap.place.box.x0, wrap.place.box.y1, "runs round" if wrap.runs_around else "beside", _PICTURE)
    for line_box in page.fold_lines:
        pen.dashed(line_box, _GUTTER)


def describe_block(block: Block, number: int) -> str:
    """`3 body justified 10.0/12.1`: its place in reading order and what is known of it."""
    parts = [str(number), block.role]
    if block.level is not None:
        parts[-1] += str(block.level)
    if len(block.lines) > 1:
        parts.append(_SHORT[block.alignment])
    elif block.centred_on:
        parts.append(f"mid-{block.centred_on}")
    size = f"{block.size:.1f}"
    if block.leading:
        size += f"/{block.leading:.1f}"
    parts.append(size)
    if block.first_indent:
        parts.append(f"in{block.first_indent:+.0f}")
    flags = [
        name
        for name, is_set in (
            ("cols", block.in_columns),
            ("cell", block.in_table and block.role != "table"),
            ("drawing", block.in_picture),
            ("drop", block.drop_capital),
            ("stacked", block.stacked),
            ("rtl", block.right_to_left),
            (f"{block.angle:.0f}\u00b0", abs(block.angle) > 0.5),
        )
        if is_set
    ]
    return " ".join(parts + flags)


def _draw_key(pen: _Pen, page: Page, x: int) -> None:
    """What the colours mean, and the page in figures."""
    y = 12
    pen.text(x, y, f"Page {page.number}", size=18)
    y += 26
    facts = [
        f"{to_mm(page.width):.0f} x {to_mm(page.height):.0f} mm ({page.trim_basis} box), {page.state}",
        f"{len(page.blocks)} blocks, {sum(len(block.lines) for block in page.blocks)} lines, {len(page.columns)} columns",
        f"{len(page.pictures)} pictures, {len(page.panels)} panels, {len(page.fields)} places to write",
        f"{len(page.wraps)} beside pictures, {len(page.overlaps)} overlaps, {len(page.joins)} joins",
    ]
    if not page.counted:
        facts.append("a cover or blank: not counted")
    for fact in facts:
        pen.text(x, y, fact, size=10)
        y += 16
    y += 8
    samples: Sequence[tuple[str, tuple[int, int, int]]] = (
        ("line of text", _LINE),
        ("full line", (60, 140, 220)),
        ("column (dashed)", _COLUMN),
        ("gutter", _GUTTER),
        ("picture", _PICTURE),
        ("place to write", _FIELD),
        ("panel or ground", _PANEL),
        *((f"block: {role}", colour) for role, colour in _ROLES.items()),
        ("block: any other role", _OTHER),
    )
    for name, colour in samples:
        pen.surface.rectangle((x, y, x + 22, y + 12), outline=colour, width=2)
        pen.text(x + 30, y - 2, name, size=12)
        y += 19
    y += 6
    for text in ("Label: reading order, role, alignment,", "size/leading in points, first-line indent"):
        pen.text(x, y, text, size=11)
        y += 15
