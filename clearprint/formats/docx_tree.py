"""Walks the stories of a DOCX (body, headers, footers, notes) and yields every paragraph that is printed.

Tracked insertions are in, deletions out; comments, field codes and the second branch of alternate content are left out;
tables, text boxes and content controls are walked through, however deep.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import field

from clearprint.formats.docx import MC, Element, M, Package, W, is_on, points, whole
from clearprint.formats.docx_controls import Control, control_of, symbol
from clearprint.formats.docx_drawings import Drawing, Shape, branch, read_drawings
from clearprint.formats.docx_props import Props, cell_parts, read_table, table_look
from clearprint.formats.docx_theme import Theme
from clearprint.records import record

_OUT = {f"{W}del", f"{W}moveFrom"}
_THROUGH = {
    f"{W}{name}" for name in ("ins", "moveTo", "smartTag", "customXml", "dir", "bdo", "sdtContent", "fldSimple", "rubyBase")
}  # fmt: skip
_FOLIO = {"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"}
_PUT_IN = {"PAGE", "NUMPAGES", "SECTIONPAGES"}


SOFT = "\u00ad"  # an optional hyphen: printed where a line ends at it
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff"))  # optional hyphens, joiners, marks


@record(frozen=False, eq=False)
class Table:
    """A table, and what its cells share."""

    number: int
    style: str | None
    own: Props  # of its w:tblPr
    rows: int
    columns: int
    grid: tuple[float, ...] = ()  # widths of its grid columns, points
    lines: dict[int, list[Cell]] = field(default_factory=dict)  # its cells by row, from the left

    @property
    def cells(self) -> Iterator[Cell]:
        return (cell for line in self.lines.values() for cell in line)

    @property
    def single(self) -> bool:
        """A table of one cell is a box round running text, not a table."""
        return self.rows == 1 and self.columns == 1


@record(frozen=False, eq=False)
class Cell:
    """A cell, and where it stands."""

    table: Table
    row: int
    column: int
    parts: tuple[str, ...]
    own: Props
    parent: Cell | None
    height: float | None = None  # of its row, where the row says so
    exact: bool = False
    width: float | None = None
    direction: str | None = None
    merged: bool = False  # goes on a cell from the row above
    text: str = ""  # all text in it, once walked
    drawn: bool = False  # a picture or field stands in it
    paragraph: Paragraph | None = None  # its first


@record
class Where:
    """What a paragraph stands in."""

    story: str  # body, header, footer, footnote, endnote
    part: str  # name of the XML part
    label: str = ""  # "header", "footnote 2"
    cell: Cell | None = None
    shape: Shape | None = None
    drawing: Drawing | None = None
    contents: bool = False


@record(frozen=False)
class Piece:
    """Text of one run."""

    text: str
    run: Element | None  # w:rPr
    link: bool = False
    folio: bool = False
    own_page: bool = False  # the number of the page it stands on
    note: bool = False  # the mark of a foot- or endnote


@record(frozen=False, eq=False)
class Paragraph:
    """A paragraph as walked."""

    properties: Element | None  # w:pPr
    where: Where
    section: int = 0
    pieces: list[Piece] = field(default_factory=list)
    drawings: list[Drawing] = field(default_factory=list)
    controls: list[Control] = field(default_factory=list)
    breaks: bool = False  # a line broken by hand inside it
    contents: bool = False
    page_break: bool = False
    soft: list[tuple[int, int]] = field(default_factory=list)  # optional hyphens: pieces before each, and letters of its own
    glosses: list[Piece] = field(default_factory=list)  # ruby text, set small over its words
    new_pages: int = 0  # pages begun by hand inside it

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@record(frozen=False)
class _Code:
    """A field that is open: its code is collected until w:fldChar says separate."""

    code: str = ""
    result: bool = False
    shown: bool = False
    run: Element | None = None
    form: Element | None = None

    @property
    def kind(self) -> str:
        words = self.code.split(None, 1)
        return words[0].upper() if words else ""


class Walker:
    """Walks one story. `sections` and `notes` grow while the body is walked."""

    def __init__(self, package: Package, theme: Theme) -> None:
        self._package = package
        self._theme = theme
        self.sections: list[Element] = []
        self.notes: dict[tuple[str, str], int] = {}  # kind and id of a note to the section it is called from
        self.tables = 0
        self.skipped: list[str] = []  # what stands in the document and was not read
        self._called: Counter[str] = Counter()
        self._codes: list[_Code] = []
        self._waiting: list[Control] = []
        self._carried: Paragraph | None = None

    def story(self, root: Element, where: Where) -> Iterator[Paragraph]:
        """Every paragraph in reading order; those of a text box follow the paragraph that holds it."""
        self._codes, self._waiting, self._carried = [], [], None
        yield from self._blocks(root, where)

    def _blocks(self, parent: Element, where: Where) -> Iterator[Paragraph]:
        for item in parent:
            tag = item.tag
            if tag == f"{W}p":
                yield from self._paragraph(item, where)
            elif tag == f"{W}tbl":
                yield from self._table(item, where)
            elif tag == f"{W}sdt":
                yield from self._blocks_ofcontrol_of(item, where)
            elif tag in _THROUGH:
                yield from self._blocks(item, where)
            elif tag == f"{MC}AlternateContent":
                chosen = branch(item)
                if chosen is not None:
                    yield from self._blocks(chosen, where)
            elif tag == f"{W}altChunk":
                self.skipped.append("A document put in from another file is not read.")
            elif tag == f"{W}sectPr" and where.story == "body" and where.shape is None:
                self.sections.append(item)

    def _blocks_ofcontrol_of(self, item: Element, where: Where) -> Iterator[Paragraph]:
        content = item.find(f"{W}sdtContent")
        if content is None:
            return
        gallery = item.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
        if gallery is not None and "table of contents" in gallery.get(f"{W}val", "").lower():
            where = _in(where, contents=True)
        control = control_of(item, content, 0)
        if control is not None:
            self._waiting.append(control)
        yield from self._blocks(content, where)

    # --- tables -----------------------------------------------------------------------------------------------------------

    def _table(self, item: Element, where: Where) -> Iterator[Paragraph]:
        rows = [row for row in _children(item, f"{W}tr") if not _deleted_row(row)]
        properties = item.find(f"{W}tblPr")
        style = properties.find(f"{W}tblStyle") if properties is not None else None
        look = table_look(properties.find(f"{W}tblLook") if properties is not None else None)
        widths = [sum(_span(cell) for cell in _children(row, f"{W}tc")) for row in rows]
        self.tables += where.story == "body"
        table = Table(
            self.tables,
            style.get(f"{W}val") if style is not None else None,
            read_table(item),
            len(rows),
            max(widths, default=0),
            tuple(points(column.get(f"{W}w")) or 0.0 for column in item.iterfind(f"{W}tblGrid/{W}gridCol")),
        )
        bands = (table.own.get("tblStyleRowBandSize", 1), table.own.get("tblStyleColBandSize", 1))
        for number, row in enumerate(rows):
            before = row.find(f"{W}trPr/{W}gridBefore")
            column = (whole(before.get(f"{W}val")) or 0) if before is not None else 0
            height = row.find(f"{W}trPr/{W}trHeight")
            for element in _children(row, f"{W}tc"):
                cell = Cell(
                    table,
                    number,
                    column,
                    cell_parts(look, number, table.rows, column, table.columns, bands),
                    read_table(element),
                    where.cell,
                )
                if height is not None:
                    cell.height = points(height.get(f"{W}val"))
                    cell.exact = height.get(f"{W}hRule") == "exact"
                self._cell_details(cell, element)
                table.lines.setdefault(number, []).append(cell)
                yield from self._blocks(element, _in(where, cell=cell))
                column += _span(element)

    def _cell_details(self, cell: Cell, element: Element) -> None:
        cell.width = sum(cell.table.grid[cell.column : cell.column + _span(element)]) or None
        properties = element.find(f"{W}tcPr")
        if properties is None:
            return
        width, direction = properties.find(f"{W}tcW"), properties.find(f"{W}textDirection")
        if width is not None and width.get(f"{W}type", "dxa") == "dxa":
            cell.width = points(width.get(f"{W}w")) or cell.width
        if direction is not None:
            cell.direction = direction.get(f"{W}val")
        merge = properties.find(f"{W}vMerge")
        cell.merged = merge is not None and merge.get(f"{W}val", "continue") == "continue"

    # --- paragraphs -------------------------------------------------------------------------------------------------------

    def _paragraph(self, item: Element, where: Where) -> Iterator[Paragraph]:
        properties = item.find(f"{W}pPr")
        paragraph = Paragraph(properties, where, len(self.sections), contents=where.contents)
        if self._carried is not None and self._carried.where.cell is where.cell:
            # The mark between both was deleted: they are one paragraph, set like the second (ECMA-376-1, 17.13.5.15).
            paragraph.pieces, paragraph.drawings = self._carried.pieces, self._carried.drawings
            paragraph.controls, paragraph.breaks = self._carried.controls, self._carried.breaks
            paragraph.soft, paragraph.glosses = self._carried.soft, self._carried.glosses
        elif self._carried is not None:
            yield from self._finished(self._carried)
        self._carried = None
        paragraph.controls += self._waiting
        self._waiting = []
        if any(code.result and code.kind == "TOC" for code in self._codes):
            paragraph.contents = True
        self._inline(item, paragraph, False)
        mark = properties.find(f"{W}rPr") if properties is not None else None
        section = properties.find(f"{W}sectPr") if properties is not None else None
        if mark is not None and (mark.find(f"{W}del") is not None or mark.find(f"{W}moveFrom") is not None):
            self._carried = paragraph
        else:
            yield from self._finished(paragraph)
        if section is not None and where.story == "body" and where.shape is None:
            self.sections.append(section)

    def _finished(self, paragraph: Paragraph) -> Iterator[Paragraph]:
        cell = paragraph.where.cell
        while cell is not None:
            cell.text += paragraph.text.strip()
            cell.drawn = cell.drawn or bool(paragraph.drawings) or bool(paragraph.controls)
            if cell.paragraph is None:
                cell.paragraph = paragraph
            cell = cell.parent
        yield paragraph
        for drawing in paragraph.drawings:
            for shape in drawing.shapes:
                kept = self._codes, self._waiting, self._carried
                self._codes, self._waiting, self._carried = [], [], None
                yield from self._blocks(shape.content, _in(paragraph.where, shape=shape, drawing=drawing))
                self._codes, self._waiting, self._carried = kept

    def _inline(self, parent: Element, paragraph: Paragraph, link: bool) -> None:
        for item in parent:
            tag = item.tag
            if tag == f"{W}r":
                self._run(item, paragraph, link)
            elif tag == f"{W}hyperlink":
                self._inline(item, paragraph, True)
            elif tag == f"{W}fldSimple":
                self._codes.append(_Code(item.get(f"{W}instr", ""), True, run=item.find(f"{W}r/{W}rPr")))
                self._inline(item, paragraph, link)
                self._close(paragraph, link)
            elif tag == f"{W}sdt":
                content = item.find(f"{W}sdtContent")
                if content is not None:
                    control = control_of(item, content, len(paragraph.text))
                    if control is not None:
                        paragraph.controls.append(control)
                    self._inline(content, paragraph, link)
            elif tag in _THROUGH or tag in (f"{M}oMathPara", f"{M}oMath"):
                self._inline(item, paragraph, link)
            elif tag == f"{MC}AlternateContent":
                chosen = branch(item)
                if chosen is not None:
                    self._inline(chosen, paragraph, link)
            elif isinstance(tag, str) and tag.startswith(M):
                if tag == f"{M}r":
                    text = "".join(part.text or "" for part in item.iterchildren(f"{M}t"))
                    self._put(text, item.find(f"{W}rPr"), paragraph, link)
                else:
                    self._inline(item, paragraph, link)

    def _run(self, run: Element, paragraph: Paragraph, link: bool) -> None:
        properties = run.find(f"{W}rPr")
        if properties is not None and (properties.find(f"{W}del") is not None or properties.find(f"{W}moveFrom") is not None):
            return
        self._run_parts(run, properties, paragraph, link)

    def _run_parts(self, run: Element, properties: Element | None, paragraph: Paragraph, link: bool) -> None:
        for item in run:
            tag = item.tag
            if tag == f"{W}t":
                self._put(item.text or "", properties, paragraph, link)
            elif tag == f"{W}tab" or tag == f"{W}ptab":
                self._put("\t", properties, paragraph, link)
            elif tag in (f"{W}br", f"{W}cr"):
                if item.get(f"{W}type") in ("page", "column"):
                    paragraph.page_break = True
                    paragraph.new_pages += item.get(f"{W}type") == "page"
                    self._put("\n", properties, paragraph, link)
                else:
                    paragraph.breaks = True
                    self._put("\n", properties, paragraph, link)
            elif tag == f"{W}noBreakHyphen":
                self._put("\u2011", properties, paragraph, link)
            elif tag == f"{W}softHyphen":
                self._put(SOFT, properties, paragraph, link)
            elif tag == f"{W}sym":
                self._put(symbol(item), properties, paragraph, link)
            elif tag == f"{W}pgNum":
                self._codes.append(_Code("PAGE", True, run=properties))
                self._close(paragraph, link)
            elif tag == f"{W}fldChar":
                self._field(item, properties, paragraph, link)
            elif tag == f"{W}instrText":
                if self._codes and not self._codes[-1].result:
                    self._codes[-1].code += item.text or ""
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                kind = "footnote" if tag == f"{W}footnoteReference" else "endnote"
                number = item.get(f"{W}id", "")
                if self._visible():
                    if (kind, number) not in self.notes:
                        self._called[kind] += 1
                    self.notes.setdefault((kind, number), paragraph.section)
                    mark = str(self._called[kind])
                    paragraph.pieces.append(Piece(mark, properties, note=True))
            elif tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
                if self._visible():
                    paragraph.drawings += read_drawings(item, self._theme)
            elif tag == f"{MC}AlternateContent":
                chosen = branch(item)
                if chosen is not None:
                    self._run_parts(chosen, properties, paragraph, link)
            elif tag == f"{W}ruby":
                base, over = item.find(f"{W}rubyBase"), item.find(f"{W}rt")
                if base is not None:
                    self._inline(base, paragraph, link)
                if over is not None and self._visible():
                    gloss = Paragraph(paragraph.properties, paragraph.where, paragraph.section)
                    self._inline(over, gloss, link)
                    paragraph.glosses += gloss.pieces

    # --- fields -----------------------------------------------------------------------------------------------------------

    def _visible(self) -> bool:
        """Nothing inside a field's code is printed, only its result."""
        return all(code.result for code in self._codes)

    def _put(self, text: str, run: Element | None, paragraph: Paragraph, link: bool) -> None:
        if not self._visible():
            return
        if SOFT in text:
            before = 0
            for part in text.split(SOFT)[:-1]:
                before += len(part.translate(_UNSEEN))
                paragraph.soft.append((len(paragraph.pieces), before))
        text = text.translate(_UNSEEN)
        if not text:
            return
        folio = own_page = False
        for code in self._codes:
            kind = code.kind
            code.shown = True
            link = link or kind == "HYPERLINK"
            folio = folio or kind in _FOLIO
            own_page = own_page or kind == "PAGE"
            paragraph.contents = paragraph.contents or kind == "TOC"
        paragraph.pieces.append(Piece(text, run, link, folio, own_page=own_page))

    def _field(self, item: Element, run: Element | None, paragraph: Paragraph, link: bool) -> None:
        kind = item.get(f"{W}fldCharType")
        if kind == "begin":
            self._codes.append(_Code(run=run, form=item.find(f"{W}ffData")))
            if self._codes[-1].form is not None:
                self._form(self._codes[-1], paragraph)
        elif kind == "separate" and self._codes:
            self._codes[-1].result = True
        elif kind == "end" and self._codes:
            self._codes[-1].result = True
            self._close(paragraph, link)

    def _close(self, paragraph: Paragraph, link: bool) -> None:
        code = self._codes[-1]
        if not code.shown and code.kind in _PUT_IN and self._visible():
            self._put("1", code.run, paragraph, link)  # the word processor puts the number in when it prints
        self._codes.pop()

    def _form(self, code: _Code, paragraph: Paragraph) -> None:
        """A legacy form field. ECMA-376-1, 17.16.17."""
        form = code.form
        box = form.find(f"{W}checkBox") if form is not None else None
        if box is not None:
            size = box.find(f"{W}size")
            paragraph.controls.append(
                Control("tick", len(paragraph.text), size=points(size.get(f"{W}val"), 0.5) if size is not None else None)
            )
        else:
            paragraph.controls.append(Control("text", len(paragraph.text)))


def _in(
    where: Where,
    *,
    cell: Cell | None = None,
    shape: Shape | None = None,
    drawing: Drawing | None = None,
    contents: bool = False,
) -> Where:
    return Where(
        where.story,
        where.part,
        where.label,
        cell or where.cell,
        shape or where.shape,
        drawing or where.drawing,
        contents or where.contents,
    )


def _children(parent: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through content controls, tracked insertions and alternate content."""
    for item in parent:
        if item.tag == tag:
            yield item
        elif item.tag == f"{W}sdt":
            content = item.find(f"{W}sdtContent")
            if content is not None:
                yield from _children(content, tag)
        elif item.tag in _THROUGH:
            yield from _children(item, tag)
        elif item.tag == f"{MC}AlternateContent":
            chosen = branch(item)
            if chosen is not None:
                yield from _children(chosen, tag)


def _deleted_row(row: Element) -> bool:
    properties = row.find(f"{W}trPr")
    return properties is not None and (properties.find(f"{W}del") is not None or is_on(properties.find(f"{W}hidden")))


def _span(cell: Element) -> int:
    span = cell.find(f"{W}tcPr/{W}gridSpan")
    return min(200, max(1, (whole(span.get(f"{W}val")) or 1) if span is not None else 1))
