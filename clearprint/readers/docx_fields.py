"""Places to write in a DOCX: form fields, controls to fill in, lines of underscores or leaders, tick boxes, empty cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from clearprint.formats.docx_styles import Styles
from clearprint.formats.docx_tree import Cell, Table
from clearprint.model import Field, letters
from clearprint.readers.docx_blocks import Paths, Set

_LINE = re.compile(r"_{8,}|(?:_[ \u00a0]){8,}_|[.\u2026]{20,}\s*$")
_BOX = re.compile("[\u2610\u25a1\u2751\u2752\uf06f\uf0a8]")
_SIGN = re.compile(r"\bsign(?:ed|ature)?\b", re.IGNORECASE)
_LEADERS = ("underscore", "dot", "hyphen", "middleDot", "heavy")
_UNDERSCORE = 0.5  # em, about what an underscore is wide in any text face
_BOX_SHARE = 0.8  # em, about what a ballot box is wide and high
_LABEL = 80


def in_paragraph(item: Set, scale: float) -> Iterator[Field]:
    """The places to write inside one paragraph."""
    paragraph = item.paragraph
    text = paragraph.text
    size = item.style.size
    height = item.pitch if item.pitch is not None else None
    cell = paragraph.where.cell
    room = _room(cell, height, scale)
    for match in _LINE.finditer(text):
        if match.group().lstrip()[:1] in ".\u2026" and re.search(r"\d\s*$", text[match.end() :]):
            continue
        label = _label(text, match.start(), match.end(), cell)
        width = len(match.group()) * _UNDERSCORE * size if "_" in match.group() else None
        yield _field("line", height, width, label, item)
    leader = _ends_in_leader(item, text)
    if leader:
        yield _field("line", height, None, _label(text, len(text), len(text), cell), item)
    ticks = sum(control.kind == "tick" for control in paragraph.controls)
    for control in paragraph.controls:
        label = _label(text, control.after, control.after, cell)
        if control.kind == "tick":
            side = control.size * scale if control.size else _BOX_SHARE * size
            yield Field("tick", None, side, side, label=label, path=item.path)
        else:
            yield _field("text", room, None, label, item)
    for number, match in enumerate(_BOX.finditer(text)):
        if number < ticks:
            continue  # the sign that a content control shows
        label = _label(text, match.start(), match.end(), cell)
        yield Field("tick", None, _BOX_SHARE * size, _BOX_SHARE * size, label=label, path=item.path)


def in_table(table: Table, items: dict[int, Set], styles: Styles, paths: Paths, scale: float) -> Iterator[Field]:
    """The empty cells of a form's table: ruled, and beside or under a label."""
    if table.single or not _ruled(table, styles):
        return
    grid = {(cell.row, cell.column): cell for cell in table.cells}
    empty = [cell for cell in table.cells if not cell.text and not cell.drawn and not cell.merged]
    heads = {cell.column for cell in table.cells if cell.row == 0 and cell.text}
    for cell in empty:
        left = max((other for other in table.cells if other.row == cell.row and other.column < cell.column),
                   key=lambda other: other.column, default=None)  # fmt: skip
        above = grid.get((cell.row - 1, cell.column))
        label = ""
        if left is not None and _is_label(left) and _asks(table, left):
            label = left.text
        elif cell.column in heads and cell.row > 0 and _empty_grid(table):
            label = grid[(0, cell.column)].text
        elif above is not None and above.text.rstrip().endswith((":", "?")):
            label = above.text
        if not label:
            continue
        item = items.get(id(cell.paragraph))
        pitch = item.pitch if item is not None else None
        height = _room(cell, pitch, scale)
        width = cell.width * scale if cell.width else None
        path = paths.cell(cell, "") if table in paths.tables else None
        kind = "signature" if _SIGN.search(label) else "cell"
        yield Field(kind, None, height, width, label=label[:_LABEL], path=path)  # type: ignore[arg-type]


def _field(kind: str, height: float | None, width: float | None, label: str, item: Set) -> Field:
    field = Field("line", None, height, width, label=label, path=item.path)
    return replace(field, kind="signature" if _SIGN.search(label) else kind)  # type: ignore[arg-type]


def _room(cell: Cell | None, pitch: float | None, scale: float) -> float | None:
    """Height to write in: the row's, where it says one and nothing else stands in the cell; else the line's."""
    if cell is None or cell.height is None or letters(cell.text) > _LABEL:
        return pitch
    height = cell.height * scale
    return height if cell.exact or pitch is None else max(height, pitch)


def _label(text: str, start: int, end: int, cell: Cell | None) -> str:
    """What a place to write is for: the words before it, else after it, else in the cell to its left."""
    before = re.split(r"[\t\n_]{1,}|\.{4,}", text[:start].rstrip(" _\t"))[-1].strip()
    after = re.split(r"[\t\n_]{1,}", text[end:].lstrip())[0].strip()
    found = before or after
    if not found and cell is not None:
        left = [other for other in cell.table.cells if other.row == cell.row and other.column < cell.column]
        above = [other for other in cell.table.cells if other.row == cell.row - 1 and other.column == cell.column]
        found = cell.text or (left[-1].text if left else "") or (above[-1].text if above else "")
        return found[:_LABEL]
    return found[-_LABEL:]


def _ends_in_leader(item: Set, text: str) -> bool:
    """A tab with a leader that leads to nothing: a line to write on, not a contents list's."""
    if not text.endswith("\t") or item.paragraph.contents:
        return False
    tabs = item.props.get("tabs", {})
    last = max((position for position, tab in tabs.items() if tab[0] != "clear"), default=None)
    return last is not None and tabs[last][1] in _LEADERS


def _ruled(table: Table, styles: Styles) -> bool:
    own = table.own.get("borders")
    if own is None:
        own = styles.table(table.style).table.get("borders")
    return bool(own) or any(cell.own.get("borders") for cell in table.cells)


def _is_label(cell: Cell) -> bool:
    return letters(cell.text) > 1 and len(cell.text) <= 200 and not cell.text.strip().replace(".", "").isdigit()


def _asks(table: Table, label: Cell) -> bool:
    """A label asks by its own mark, or because its table is mostly labels with empty cells beside them."""
    if label.text.rstrip().endswith((":", "?", "\u2026")):
        return True
    rows: dict[int, list[Cell]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(cell)
    asking = sum(
        bool(row[0].text) and len(row) > 1 and not any(cell.text or cell.drawn for cell in row[1:]) for row in rows.values()
    )
    return asking * 2 >= len(rows)


def _empty_grid(table: Table) -> bool:
    """A head row over rows that are all empty but for a first column: a table to fill in."""
    below = [cell for cell in table.cells if cell.row > 0 and cell.column > 0]
    return bool(below) and not any(cell.text or cell.drawn for cell in below)
