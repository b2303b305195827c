"""Places to write in a DOCX: form fields, controls, lines of underscores or leaders, tick boxes, empty cells and boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from clearprint import lazily
from clearprint.formats.docx_drawings import Shape
from clearprint.formats.docx_styles import Styles
from clearprint.formats.docx_tree import Cell, Table
from clearprint.model import Field, letters
from clearprint.readers.docx_blocks import Paths, Set, Setter
from clearprint.readers.docx_lines import TAB

_LINE = lazily.compile(r"_{8,}|(?:_[ \u00a0]){8,}_|[.\u2026]{20,}\s*$")
_BOX = lazily.compile("[\u2610\u25a1\u2751\u2752\uf06f\uf0a8]")
_SIGN = lazily.compile(r"\bsign(?:ed|ature)?\b", re.IGNORECASE)
_LEADERS = ("underscore", "dot", "hyphen", "middleDot", "heavy")
_UNDERSCORE = 0.5  # em, about what an underscore is wide in any text face
_SPACE = 0.25  # em, the same of a space
_WHITE = " \t\u00a0\u2002\u2003"
_BOX_SHARE = 0.8  # em, about what a ballot box is wide and high
_LABEL = 80
_RULES = 3  # that follow one another: fewer may part one text from the next
_WIDE = 85.0  # points (30 mm); a narrower empty box is a decoration


def in_paragraph(item: Set, scale: float, before: Set | None, after: Set | None) -> Iterator[Field]:
    """The places to write inside one paragraph; `before` and `after` are the paragraphs round it."""
    paragraph = item.paragraph
    text = paragraph.text
    size = item.style.size
    height = item.pitch
    if height is not None and before is not None and before.block is not None and before.block.step is not None:
        height = before.block.step  # from the baseline above
    cell = paragraph.where.cell
    room = _room(cell, height, scale)
    for match in _LINE.finditer(text):
        if match.group().lstrip()[:1] in ".\u2026" and re.search(r"\d\s*$", text[match.end() :]):
            continue
        label = _label(text, match.start(), match.end(), cell)
        if not label and not _asked(item, before, after):
            continue
        width = len(match.group()) * _UNDERSCORE * size if "_" in match.group() else None
        yield _field("line", height, width, label, item)
    leader = _ends_in_leader(item, text)
    if leader:
        yield _field("line", height, None, _label(text, len(text), len(text), cell), item)
    for width, start, end in _underlined(item):
        label = _label(text, start, end, cell)
        if label or _asked(item, before, after):
            yield _field("line", height, width, label, item)
    ticks = sum(control.kind == "tick" for control in paragraph.controls)
    for control in paragraph.controls:
        label = _label(text, control.after, control.after + len(control.value), cell)
        if control.value and label in ("", *(other.value.strip() for other in paragraph.controls)):
            continue  # words to type over, with nothing beside them that asks for an answer on paper
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


def in_ruled(items: list[Set], setter: Setter) -> Iterator[Field]:
    """Empty paragraphs with a rule under each: three in a row and more, or two under a text that asks."""
    label = ""
    run: list[Set] = []
    for item in (*items, None):
        if item is not None and run and _goes_on(run[-1], item):
            run.append(item)
            continue
        ruled = bool(run) and _rule_under(run[0], len(run) > 1)
        if ruled and (len(run) >= _RULES or (len(run) > 1 and label.endswith((":", "?")))):
            yield from _lines(run, setter, label)
        run = []
        if item is None:
            return
        if item.block is not None:
            label = " ".join(item.block.text.split())
        elif _is_empty(item) and item.props.get("pBdr"):
            run = [item]


def _lines(run: list[Set], setter: Setter, label: str) -> Iterator[Field]:
    """The lines to write on of a run of ruled paragraphs. Each is as far from the last as its line and the space over it."""
    for item, above in zip(run, (None, *run), strict=False):
        height = item.pitch
        if height is not None and above is not None:
            height += setter.gap(above, item)
        yield _field("line", height, None, label[-_LABEL:], item)


def _is_empty(item: Set) -> bool:
    paragraph = item.paragraph
    return (
        item.block is None
        and paragraph.where.story == "body"
        and paragraph.where.cell is None
        and paragraph.where.shape is None
        and not paragraph.text.strip()
        and not (paragraph.drawings or paragraph.controls or paragraph.page_break)
    )


def _goes_on(upper: Set, lower: Set) -> bool:
    """Whether an empty ruled paragraph follows another with the same borders: they are drawn as one (17.3.1.24)."""
    same = all(upper.props.get(name) == lower.props.get(name) for name in ("pBdr", "ind"))
    return _is_empty(lower) and same


def _rule_under(item: Set, more: bool) -> bool:
    """Between two with the same borders only the rule for that is drawn, not that at the bottom. ECMA-376-1, 17.3.1.7."""
    return bool(item.props["pBdr"].get("between" if more else "bottom"))


def in_boxes(items: list[Set], scale: float) -> Iterator[Field]:
    """Outlined text boxes that stand empty under a text that asks for something."""
    boxes: dict[Shape, list[Set]] = {}
    for item in items:
        if item.paragraph.where.shape is not None and item.paragraph.where.story == "body":
            boxes.setdefault(item.paragraph.where.shape, []).append(item)
    label = ""
    for item in items:
        shape = item.paragraph.where.shape
        if item.block is not None:
            label = " ".join(item.block.text.split())
        elif shape is not None and shape in boxes:
            inside = boxes.pop(shape)
            used = any(one.block is not None or one.paragraph.drawings or one.paragraph.controls for one in inside)
            if shape.outlined and not used and label and shape.width >= _WIDE and shape.height * scale >= item.likely:
                kind = "signature" if _SIGN.search(label) else "cell"
                yield Field(kind, None, shape.height * scale, shape.width * scale, label=label[:_LABEL], path=item.path)  # type: ignore[arg-type]


def in_table(table: Table, items: dict[int, Set], styles: Styles, paths: Paths, scale: float, lead: str) -> Iterator[Field]:
    """The empty cells of a form's table: ruled, and beside or under a label. `lead` is the text above the table."""
    if table.single or not _ruled(table, styles):
        return
    if table.columns == 1:
        for cell, label in _under_labels(table, lead):
            yield _cell(cell, label, items, paths, scale)
        return
    heads = {cell.column: cell.text for cell in table.lines.get(0, ()) if cell.text}
    form, blank = _mostly_labels(table), _empty_grid(table)
    above: dict[int, str] = {}
    for line in table.lines.values():
        for cell, left in zip(line, (None, *line), strict=False):
            if not cell.text and not cell.drawn and not cell.merged:
                label = ""
                if left is not None and _is_label(left) and (form or left.text.rstrip().endswith((":", "?", "\u2026"))):
                    label = left.text
                elif cell.column in heads and cell.row > 0 and blank:
                    label = heads[cell.column]
                elif above.get(cell.column, "").rstrip().endswith((":", "?")):
                    label = above[cell.column]
                if label:
                    yield _cell(cell, label, items, paths, scale)
        above = {cell.column: cell.text for cell in line}


def _under_labels(table: Table, lead: str) -> Iterator[tuple[Cell, str]]:
    """The empty rows of a table of one column, each with the label above it: half of its rows, or under what asks."""
    empty = {cell for cell in table.cells if not cell.text and not cell.drawn and not cell.merged}
    many = len(empty) > 1 and 2 * len(empty) >= table.rows
    label = lead
    for cell in table.cells:
        if cell.text:
            label = cell.text if _is_label(cell) else ""
        elif cell in empty and 0 < len(label) <= _LABEL and (many or label.rstrip().endswith((":", "?"))):
            yield cell, label


def _asked(item: Set, before: Set | None, after: Set | None) -> bool:
    """Whether a line that stands alone is there to write on: under a question, over a label, or one of several."""
    if item.paragraph.where.story != "body":
        return False
    upper = before.paragraph.text.strip() if before is not None else ""
    lower = after.paragraph.text.strip() if after is not None else ""
    if upper.endswith((":", "?")) or any(text and not letters(text) and _LINE.search(text) for text in (upper, lower)):
        return True
    return 0 < len(lower.split()) <= 4 and not lower.endswith(".")


def _cell(cell: Cell, label: str, items: dict[int, Set], paths: Paths, scale: float) -> Field:
    item = items.get(id(cell.paragraph))
    height = _room(cell, item.pitch if item is not None else None, scale)
    if height is not None and not cell.exact:
        height = max([height, *_heights_beside(cell, items)])
    width = cell.width * scale if cell.width else None
    path = paths.cell(cell, "") if cell.table in paths.tables else None
    kind = "signature" if _SIGN.search(label) else "cell"
    return Field(kind, None, height, width, label=label[:_LABEL], path=path)  # type: ignore[arg-type]


def _heights_beside(cell: Cell, items: dict[int, Set]) -> Iterator[float]:
    """How high the first paragraphs of the other cells of its row are: no cell is lower than its row."""
    for other in cell.table.lines.get(cell.row, ()):
        item = items.get(id(other.paragraph))
        if other is not cell and not other.merged and item is not None and item.block is not None and not item.block.angle:
            yield item.likely * len(item.block.estimated)


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
        left = [other.text for other in cell.table.lines[cell.row] if other.column < cell.column]
        above = [other.text for other in cell.table.lines.get(cell.row - 1, ()) if other.column == cell.column]
        own = cell.text if cell.text != text[start:end].strip() else ""
        found = next((text for text in (own, *left[-1:], *above[-1:]) if text), "")
        return found[:_LABEL]
    return found[-_LABEL:]


def _underlined(item: Set) -> Iterator[tuple[float | None, int, int]]:
    """White that is underlined, as a line to write on: its width where that is known, and from where to where in the text."""
    block = item.block
    if block is None or block.text != item.paragraph.text or item.paragraph.contents:
        return
    at = 0
    for span in block.spans:
        end = at + len(span.text)
        if span.style.underlined and not span.text.strip(_WHITE) and "\n" not in span.text:
            tabs = span.text.count("\t")
            width = _SPACE * span.style.size * (len(span.text) - tabs)
            if width + _tabbed(item, at, tabs) >= _WIDE:
                yield None if tabs else width, at, end
        at = end


def _tabbed(item: Set, at: int, tabs: int) -> float:
    """About how far tabs reach from a letter of the text, points: to its own stops, else to those every half inch."""
    start = item.paragraph.text.rfind("\t", 0, at)
    stops = sorted(place for place, tab in item.props.get("tabs", {}).items() if tab[0] != "clear")
    passed = item.paragraph.text[:at].count("\t")
    if not tabs or passed + tabs > len(stops):
        return max(0.0, (tabs - 1) * TAB)
    begun = (stops[passed - 1] if passed else 0.0) + _UNDERSCORE * item.style.size * (at - start - 1)
    return max(0.0, float(stops[passed + tabs - 1]) - begun)


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


def _mostly_labels(table: Table) -> bool:
    """Half of its rows or more are a label with nothing but empty cells beside it."""
    asking = sum(
        bool(line[0].text) and len(line) > 1 and not any(cell.text or cell.drawn for cell in line[1:])
        for line in table.lines.values()
    )
    return asking * 2 >= len(table.lines)


def _empty_grid(table: Table) -> bool:
    """A head row over rows that are all empty but for a first column: a table to fill in."""
    below = [cell for cell in table.cells if cell.row > 0 and cell.column > 0]
    return bool(below) and not any(cell.text or cell.drawn for cell in below)
