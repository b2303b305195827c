"""Reckons how many pages a DOCX makes: the heights of its paragraphs, tables and drawings, set one under another.

Three reckonings run side by side, with every height as small as it may be, as it likely is, and as large as it may be.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import field

from clearprint.formats.docx_drawings import Shape
from clearprint.formats.docx_tree import Cell, Table
from clearprint.layout.runs import LETTER
from clearprint.model import Extent, Place
from clearprint.readers.docx_blocks import Section, Set, Setter
from clearprint.readers.docx_lines import MOST
from clearprint.readers.docx_standing import Headings
from clearprint.records import record

_ERROR = 0.04  # share that any height may be off: line heights of one face differ between programs
_UNKNOWN_FACE = 0.06  # the same of a face whose line height is not known
_UNKNOWN_LINES = 0.15  # of a paragraph whose lines could not be broken, or make room for a drawing
_HALF_A_LINE = 7.0  # points that a page's last line may stick out of it, or be kept from it
_RULE = 0.5  # points that a row's lines add
_NOTES = 12.0  # above footnotes
_COVER_WORDS = 60
_COVER_PAGES = 4
_LONG = 3
_LONG_WORDS = 12
_SETTLED = 2  # lines of a paragraph that a heading keeps to
_STORIES = ("header", "footer")


@record(frozen=False)
class _Height:
    """The least, the likely and the greatest height of lines that may be parted, points; and drawings, which may not."""

    least: float = 0.0
    likely: float = 0.0
    most: float = 0.0
    lines: int = 1
    drawn: tuple[float, ...] = ()

    def plus(self, other: _Height) -> None:
        """With another one below it."""
        self.drawn += other.drawn
        self.least += other.least
        self.likely += other.likely
        self.most += other.most
        self.lines += other.lines

    def of(self, index: int) -> float:
        return (self.least, self.likely, self.most)[index]

    def whole(self) -> _Height:
        """With its drawings among its lines."""
        more = sum(self.drawn)
        return _Height(self.least + more, self.likely + more, self.most + more, self.lines + len(self.drawn))


@record(frozen=False)
class _Sheet:
    """One page as it fills."""

    words: float = 0.0
    drawn: bool = False
    long: bool = False

    @property
    def blank(self) -> bool:
        return not self.words and not self.drawn

    @property
    def cover(self) -> bool:
        """Few words and no long paragraph, as a first or last page of four may have."""
        return not self.blank and self.words < _COVER_WORDS and not self.long


@record(frozen=False)
class _Flow:
    """One of the three reckonings. `used` is the height of the page that is taken."""

    index: int
    room: float = 0.0
    columns: int = 1
    used: float = 0.0
    count: int = 0  # pages
    blanks: int = 0  # of those before the last
    begun: int = 0  # the page of the first line that was put last, and of its second
    settled: int = 0
    first: _Sheet = field(default_factory=_Sheet)
    last: _Sheet = field(default_factory=_Sheet)

    def new_page(self) -> None:
        self.blanks += self.count > 0 and self.last.blank
        self.last = self.first if self.count == 0 else _Sheet()
        self.count += 1
        self.used = 0.0

    def put(self, height: float, lines: int, words: int, long: bool = False) -> None:
        """Sets lines one under another, on as many pages as they need."""
        lines = max(1, lines)
        pitch = height / lines / self.columns
        kept = 0.0 if self.index < 2 else _HALF_A_LINE
        loose = _HALF_A_LINE if self.index == 0 else 0.5
        left = lines
        while left:
            fits = int((self.room - self.used - kept + loose) / pitch) if pitch > 0 else left
            if fits <= 0 and self.used > 0:
                self.new_page()
                continue
            here = min(left, max(1, fits))
            if left == lines:
                self.begun = self.settled = self.count
            elif lines - left < _SETTLED:
                self.settled = self.count
            self.used += here * pitch
            self.last.words += words * here / lines
            self.last.long |= long and here >= _LONG
            left -= here
            if left:
                self.new_page()

    @property
    def uncounted(self) -> int:
        """Pages that are blank, and covers."""
        covers = self.first.cover + self.last.cover if self.count >= _COVER_PAGES else 0
        return self.blanks + self.last.blank + covers


class Pages:
    """Fills pages section by section."""

    def __init__(self, setter: Setter) -> None:
        self._setter = setter
        self._flows = [_Flow(index) for index in range(3)]
        self._furniture = {"header": 0.0, "footer": 0.0}
        self.headings = Headings()

    def section(self, section: Section, body: Sequence[Set], furniture: Sequence[Set], notes: Sequence[Set]) -> Extent:
        """How many more pages a section makes."""
        before = [flow.count for flow in self._flows]
        self._open(section, furniture)
        noted = any(item.paragraph.where.story == "footnote" for item in notes)
        self.headings.open(section, [flow.count for flow in self._flows], noted)
        self._body(section, body)
        if notes:
            height = self._stack(notes, section).whole()
            height.plus(_Height(_NOTES, _NOTES, _NOTES, 0))
            for flow in self._flows:
                words = sum(item.block.word_count for item in notes if item.block is not None)
                flow.put(height.of(flow.index), height.lines, words)
        for flow in self._flows:
            if flow.columns > 1:  # the next section begins below the longest column
                flow.columns = 1
        return self._added(before)

    def overfull(self, items: Sequence[Set], section: Section) -> Iterator[Place]:
        """Boxes whose text needs more room than they have, so that it may run over what stands below."""
        by_shape: dict[Shape, list[Set]] = defaultdict(list)
        for item in items:
            shape = item.paragraph.where.shape
            if shape is not None and shape.height > 0 and not shape.angle and item.paragraph.where.cell is None:
                by_shape[shape].append(item)
        for shape, inside in by_shape.items():
            first = next((item.block for item in inside if item.block is not None), None)
            room = shape.height * self._setter.scale + _HALF_A_LINE
            if first is not None and self._stack(inside, section, shape).whole().least > room:
                yield first.place

    def uncounted(self) -> Extent:
        """Covers and blank pages of all that was set."""
        return Extent(*sorted(flow.uncounted for flow in self._flows))

    def _added(self, before: Sequence[int]) -> Extent:
        return Extent(*sorted(flow.count - old for flow, old in zip(self._flows, before, strict=True)))

    def _open(self, section: Section, furniture: Sequence[Set]) -> None:
        for story in _STORIES:
            items = [item for item in furniture if item.paragraph.where.label == story and item.paragraph.where.shape is None]
            if items:
                self._furniture[story] = self._stack(items, section).whole().likely / self._setter.scale
        shown = [item.block for item in furniture if item.paragraph.where.label in _STORIES]
        words = sum(block.word_count for block in shown if block is not None)
        scale = self._setter.scale
        _, top, _, bottom = section.margins
        if not section.fixed:
            top = max(top, section.header + self._furniture["header"]) if self._furniture["header"] else top
            bottom = max(bottom, section.footer + self._furniture["footer"]) if self._furniture["footer"] else bottom
        room = max(36.0, scale * (section.height - top - bottom))
        for flow in self._flows:
            flow.room = room
            flow.columns = max(1, len(section.widths))
            if not flow.count or section.opens not in ("continuous", "nextColumn"):
                flow.new_page()
                flow.last.words += words
            if section.opens in ("evenPage", "oddPage") and (flow.count % 2 == 0) != (section.opens == "evenPage"):
                flow.new_page()

    def _body(self, section: Section, items: Sequence[Set]) -> None:
        last: Set | None = None
        waiting: list[Set] = []
        outer: Table | None = None
        for item in items:
            table = _outermost(item.paragraph.where.cell)
            if table is not outer and waiting:
                self._rows(waiting, section)
                waiting, last = [], None
            outer = table
            if item.paragraph.where.shape is not None:
                for flow in self._flows:
                    flow.last.words += item.block.word_count if item.block is not None else 0
                self.headings.put_aside(item)
                continue
            if table is not None:
                self.headings.put_aside(item)
                waiting.append(item)
                continue
            if "framePr" not in item.props:
                self._paragraph(item, last, section)
                last = item
        if waiting:
            self._rows(waiting, section)

    def _paragraph(self, item: Set, last: Set | None, section: Section) -> None:
        height = self._height(item, section)
        gap = self._setter.gap(last, item) if last is not None else 0.0
        words = item.block.word_count if item.block is not None else 0
        breaks = item.paragraph.new_pages
        first = bool(breaks) and item.paragraph.text.startswith("\n")
        long = item.block is not None and words >= _LONG_WORDS
        for flow in self._flows:
            if item.props.get("pageBreakBefore") and flow.used > 0:
                flow.new_page()
            flow.used += gap / flow.columns if flow.used > 0 else 0.0
            if first:
                flow.new_page()
            if item.block is not None or not (breaks or height.drawn):
                flow.put(height.of(flow.index), height.lines, words, long)
            else:
                flow.begun = flow.settled = flow.count
            for drawn in height.drawn:
                flow.put(drawn, 1, 0)
            for _ in range(breaks - first):
                flow.new_page()
            flow.last.drawn |= bool(item.paragraph.drawings)
        self.headings.put(item, [flow.begun for flow in self._flows], [flow.settled for flow in self._flows])

    # --- heights ----------------------------------------------------------------------------------------------------------

    def _height(self, item: Set, section: Section) -> _Height:
        """Of one paragraph without the space round it."""
        block, paragraph = item.block, item.paragraph
        if block is None and paragraph.text.strip():
            return _Height(lines=1)  # hidden text
        lines, error = 1, _ERROR
        if block is not None:
            lines = len(block.estimated)
            if lines and len(block.text) > MOST:  # of a paragraph without end only the first lines were broken
                lines = lines * len(block.text) // MOST
            if not lines:
                parts = [part.strip() for part in block.text.splitlines()] or [""]
                room = block.room or section.text_width * self._setter.scale
                lines = sum(max(1, -int(-len(part) * LETTER * block.size // room)) for part in parts)
                error += _UNKNOWN_LINES
            if lines > 1:
                error += block.width_error
        if item.pitch is None:
            error += _UNKNOWN_FACE
        if item.beside:
            error += _UNKNOWN_LINES
        scale = self._setter.scale
        rows: list[float] = []
        wide = 0.0
        room = section.text_width if block is None or not block.room else block.room / self._setter.scale
        for drawing in paragraph.drawings:
            if drawing.wrapping == "inline":
                if rows and 0 < wide + drawing.width <= room:
                    wide += drawing.width
                    rows[-1] = max(rows[-1], drawing.height * scale)
                else:
                    wide = drawing.width
                    rows.append(drawing.height * scale)
            elif drawing.wrapping == "topAndBottom" or (drawing.wrapping != "none" and drawing.width > room - 72):
                rows.append((drawing.height + drawing.distance[1] + drawing.distance[3]) * scale)
                wide = 0.0
        text = item.likely * lines if not rows or lines > len(rows) else 0.0
        return _Height(text * (1 - error), text, text * (1 + error), lines, tuple(rows))

    def _stack(self, items: Sequence[Set], section: Section, box: Shape | None = None) -> _Height:
        """Of paragraphs one under another, with the space between; of those in a box, or of those in none."""
        total = _Height(lines=0)
        last: Set | None = None
        for item in items:
            if item.paragraph.where.shape is not box or "framePr" in item.props:
                continue
            total.plus(self._height(item, section))
            gap = self._setter.gap(last, item) if last is not None else 0.0
            total.plus(_Height(gap, gap, gap, 0))
            last = item
        return total

    def _rows(self, items: Sequence[Set], section: Section) -> None:
        """Sets a table row by row, parted over pages where a row does not fit."""
        by_cell: dict[Cell, list[Set]] = defaultdict(list)
        inner: dict[Cell, list[Table]] = defaultdict(list)
        tables: set[Table] = set()
        outer: list[Table] = []
        for item in items:
            cell = item.paragraph.where.cell
            if cell is not None:
                by_cell[cell].append(item)
            while cell is not None and cell.table not in tables:
                tables.add(cell.table)
                (inner[cell.parent] if cell.parent is not None else outer).append(cell.table)
                cell = cell.parent
        for table in outer:
            for number, height in enumerate(self._row_heights(table, by_cell, inner, section)):
                words = sum(len(cell.text.split()) for cell in table.lines.get(number, ()))
                for flow in self._flows:
                    flow.put(height.of(flow.index), height.lines, words)
                self.headings.put_row([flow.settled for flow in self._flows])

    def _row_heights(
        self, table: Table, by_cell: dict[Cell, list[Set]], inner: dict[Cell, list[Table]], section: Section
    ) -> Iterator[_Height]:
        margins = table.own.get("margins", {})
        white = margins.get("top", 0.0) + margins.get("bottom", 0.0) + _RULE
        for number in range(table.rows):
            row = _Height(lines=1)
            for cell in table.lines.get(number, ()):
                if cell.merged:
                    continue
                height = self._stack(by_cell.get(cell, ()), section).whole()
                for nested in inner.get(cell, ()):
                    for part in self._row_heights(nested, by_cell, inner, section):
                        height.plus(part)
                spans = _rows_spanned(cell)
                row.least = max(row.least, height.least / spans)
                row.likely = max(row.likely, height.likely / spans)
                row.most = max(row.most, height.most / spans)
                row.lines = max(row.lines, height.lines // spans)
                if cell.height is not None:
                    asked = cell.height * self._setter.scale
                    if cell.exact:
                        row.least = row.likely = row.most = asked
                        row.lines = 1
                        break
                    row.least, row.likely, row.most = max(row.least, asked), max(row.likely, asked), max(row.most, asked)
            row.plus(_Height(white, white, white, 0))
            yield row


def _outermost(cell: Cell | None) -> Table | None:
    while cell is not None and cell.parent is not None:
        cell = cell.parent
    return cell.table if cell is not None else None


def _rows_spanned(cell: Cell) -> int:
    """Rows that a cell goes over."""
    spanned, row = 1, cell.row + 1
    while any(other.column == cell.column and other.merged for other in cell.table.lines.get(row, ())):
        spanned, row = spanned + 1, row + 1
    return spanned
