"""Columns and gutters: blocks of running text that stand side by side.

A block is in columns when other running text stands beside it for half its height, or when it stands in the same column as one
that is. Tables, forms and drawings have been taken out before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from clearprint.geometry import Box, hull
from clearprint.layout.headed import headed_columns
from clearprint.layout.paras import Para
from clearprint.layout.strips import Strip, reads_on, spaceless
from clearprint.layout.translations import is_translated
from clearprint.model import Column, Gutter, Stroke

BESIDE = 0.5  # share of a block's height that text beside it must reach
APART = 20.0  # sizes: what stands further above or below a column is no part of it
ACROSS = 0.3  # share of a column's width that a thing across it takes
NOTE = 0.36  # share of the text's width that a margin note is wide at most


def set_columns(
    paras: Sequence[Para], strokes: Sequence[Stroke], number: int, panels: Sequence[Box] = ()
) -> tuple[list[Column], list[Gutter]]:
    """Find the columns of a page; each para gets its column's index and whether it is in columns."""
    notes = _margin_notes(paras)
    for para in notes:
        para.in_columns = True
    running = _running(paras)
    frames = {id(para): _panel_of(para, panels) for para in running}
    members = [para for para in running if _beside(para, running, frames)]
    members += [para for para in headed_columns(paras) if not any(para is one for one in members)]
    groups = _groups(members)
    groups = [group for group in groups if sum(len(para.strips) for para in group) > 2]
    groups = [group for group in groups if _partner(group, groups)]
    if len(groups) < 2:
        out = set(map(id, notes))
        others = [para for para in paras if id(para) not in out]
        columns = _one_column(others, [p for p in running if id(p) not in out])
        return _with_notes(columns, notes, others, strokes, number)
    if is_translated(groups):
        for para in (para for group in groups for para in group):
            para.in_columns = True  # its lines are as short
        others = [para for para in paras if not para.in_columns]
        return _one_column(others, [para for para in running if not para.in_columns]), []
    boxes = [hull(para.box for para in group) for group in groups]
    reach = [_with_cells(box, paras) for box in boxes]
    for index, group in enumerate(groups):
        for para in group:
            para.column, para.in_columns = index, True
    inside: list[list[Para]] = [list(group) for group in groups]
    banners = _banners(panels, boxes, groups)
    across = _across(boxes, paras, strokes)
    loose = [para for para in paras if para.column is None and para.table is None]
    loose = [para for para in loose if not any(box.contains(para.box, 2.0) for box in banners)]
    downwards = sorted(loose, key=lambda para: para.box.y0)
    for para in (*downwards, *reversed(downwards)):  # one under another, and over it
        home = _home(para, boxes, reach) if para.column is None else None
        if home is not None and not _parted(para.box, reach[home], across):
            para.column = home
            para.in_columns = True
            inside[home].append(para)
            reach[home] = hull((reach[home], para.box))
    # A block that joined a column may have stretched it downwards, and a paragraph by what its lines are longer.
    columns = [
        Column(
            Box(box.x0, min(p.box.y0 for p in group), _far_edge(box, group), max(p.box.y1 for p in group)),
            sum(len(p.strips) for p in group),
            _is_aside(group, groups, notes),
        )
        for box, group in zip(boxes, inside, strict=True)
    ]
    return columns, _gutters(boxes, inside, strokes, number)


def _banners(panels: Sequence[Box], boxes: Sequence[Box], groups: Sequence[Sequence[Para]]) -> list[Box]:
    """Panels that lie across two columns or more and hold none of their text: a heading on one spans them, however short."""
    wide = [box for box in panels if sum(box.x_overlap(column) > 0.5 * column.width for column in boxes) > 1]
    return [box for box in wide if not any(box.contains(para.box, 2.0) for group in groups for para in group)]


def _far_edge(box: Box, group: Sequence[Para]) -> float:
    return max([box.x1, *(para.box.x1 for para in group if len(para.strips) > 1)])


def _margin_notes(paras: Sequence[Para]) -> list[Para]:
    """Narrow blocks at the side of the text with anything else beside them: headings, labels of a form, short paragraphs."""
    free = [para for para in paras if para.table is None and not (para.stacked or para.in_picture)]
    if len(free) < 3:
        return []
    whole = hull(para.box for para in free)
    narrow = sorted((para for para in free if para.box.width <= NOTE * whole.width), key=lambda para: para.box.y0)
    running = [para for para in free if para.running]
    notes = []
    for para in narrow:
        if not (para.running and reads_on(para.strips)):
            continue
        box = para.box
        beside = [other for other in free if other.box.x_overlap(box) <= 0 and other.box.y_overlap(box) > -other.size]
        right = sum(1 for other in beside if other.box.x0 >= box.x1)
        if not beside or 0 < right < len(beside):
            continue
        spans = [(max(box.y0, o.box.y0 - 0.5 * o.size), min(box.y1, o.box.y1 + 0.5 * o.size)) for o in beside]
        wider = max(other.box.width for other in beside) >= 1.2 * box.width
        if any(text.box.width > 1.5 * box.width and text.box.x_overlap(box) > 0.5 * box.width for text in running):
            continue  # the text goes on over its place: an address on a letter, no note in a margin
        if wider and _covered(spans) >= BESIDE * box.height:
            notes.append(para)
    for order in (narrow, narrow[::-1]):  # one under another, where nothing else reaches so far
        for para in order:
            if notes and not any(para is note for note in notes) and any(_stands_on(para, note) for note in notes):
                notes.append(para)
    return notes


def _with_notes(
    columns: list[Column], notes: Sequence[Para], others: Sequence[Para], strokes: Sequence[Stroke], number: int
) -> tuple[list[Column], list[Gutter]]:
    """The column of a page and its margin notes, with the white between them. Notes stand on one side or on both."""
    gutters = []
    left = min((para.box.x0 for para in others), default=0.0)
    for before in (True, False):
        side = [note for note in notes if (note.box.x0 <= left) == before]
        if not side:
            continue
        for note in side:
            note.column = len(columns)
        columns.append(Column(hull(note.box for note in side), sum(len(note.strips) for note in side), aside=True))
        beside = [para for para in others if any(para.box.y_overlap(note.box) > 0 for note in side)]
        gutter = _gutter(side, beside, strokes, number, side) if before else _gutter(beside, side, strokes, number, side)
        gutters += [gutter] if gutter is not None else []
    return columns, gutters


def _is_aside(group: Sequence[Para], groups: Sequence[Sequence[Para]], notes: Sequence[Para]) -> bool:
    """Whether one of two columns is margin notes: narrow, and in smaller type than the text beside it."""
    if len(groups) != 2 or not all(any(para is note for note in notes) for para in group if para.running):
        return False
    other = next(one for one in groups if not any(para is group[0] for para in one))
    return max(para.size for para in group) < 0.96 * max(para.size for para in other)


def _stands_on(para: Para, note: Para) -> bool:
    apart = -para.box.y_overlap(note.box)
    return abs(note.box.x0 - para.box.x0) < 1.0 and 0 <= apart < 1.5 * max(para.size, note.size)


def _running(paras: Sequence[Para]) -> list[Para]:
    """Blocks of running text, and short ones (list items, two-line paragraphs) that make a column of it together."""
    stacks: dict[tuple[int, int], list[Para]] = {}
    for para in sorted(paras, key=lambda para: para.box.y0):
        if para.table is not None or para.stacked or para.in_picture or any(strip.leader for strip in para.strips):
            continue
        if para.is_listing:
            continue
        key = round(para.start / (0.6 * para.size)), round(para.size * 4)
        stacks.setdefault(key, []).append(para)
    chosen = {id(para) for para in paras if para.running and not para.is_listing}
    for stack in stacks.values():
        part: list[Para] = []
        for para in stack:
            if part and para.box.y0 - part[-1].box.y1 > 2.0 * para.size:
                chosen |= _together(part)
                part = []
            part.append(para)
        chosen |= _together(part)
    return [para for para in paras if id(para) in chosen]


def _together(stack: Sequence[Para]) -> set[int]:
    """All of a stack of short blocks, if it reads as running text: several of them of more than one line, most lines long."""
    lines = [strip for para in stack for strip in para.strips]
    several = sum(1 for para in stack if len(para.strips) > 1)
    if len(lines) < 5 or several < 2 or 2 * several < len(stack):
        return set()
    widest = max(strip.width for strip in lines)
    inner = [strip for para in stack for strip in para.strips[:-1]]
    if sum(strip.width for strip in inner) < 0.7 * widest * len(inner):
        return set()
    if sum(len(strip.text) for strip in inner) < (6 if spaceless(lines[0].text) else 15) * len(inner):
        return set()
    return {id(para) for para in stack if len(para.strips) > 1}


def _one_column(paras: Sequence[Para], running: Sequence[Para]) -> list[Column]:
    """All running text of a page as one column; paragraphs of two lines make one when there is nothing longer."""
    body = list(running) or [para for para in paras if len(para.strips) == 2 and para.table is None and para.count >= 60]
    if not body:
        return []
    box = hull(para.box for para in body)
    for para in paras:
        if para.table is None and para.box.x0 >= box.x0 - 2.0 and para.box.x1 <= box.x1 + 2.0:
            para.column = 0
    members = [para for para in paras if para.column == 0 and len(para.strips) > 1]
    return [Column(hull(para.box for para in (*body, *members)), sum(len(para.strips) for para in members))]


def _beside(para: Para, others: Sequence[Para], frames: Mapping[int, Box | None]) -> bool:
    """Whether running text stands beside it, on one side or both, for half its height. `frames`: the panels that texts stand
    in, for all of a sidebar counts."""
    spans = []
    for other in others:
        frame = frames[id(other)]
        box = other.box if frame is None or frame.x_overlap(para.box) > 0 else frame
        if other is para or box.y_overlap(para.box) <= 0:
            continue
        if other.box.x_overlap(para.box) <= 0.5 * min(para.size, other.size) * 0.2:
            spans.append((max(para.box.y0, box.y0), min(para.box.y1, box.y1)))
    return _covered(spans) >= BESIDE * para.box.height


def _panel_of(para: Para, panels: Sequence[Box]) -> Box | None:
    """The smallest panel that a text stands in."""
    return min((box for box in panels if box.contains(para.box, 1.0)), key=lambda box: box.area, default=None)


def _covered(spans: Sequence[tuple[float, float]]) -> float:
    total, reached = 0.0, -1e9
    for low, high in sorted(spans):
        low = max(low, reached)
        if high > low:
            total += high - low
            reached = high
    return total


def _groups(members: Sequence[Para]) -> list[list[Para]]:
    """Blocks that stand above one another in about the same width."""
    groups: list[list[Para]] = []
    bounds: list[tuple[float, float]] = []
    for para in sorted(members, key=lambda para: -para.box.width):
        best: tuple[float, int] | None = None
        for index, (x0, x1) in enumerate(bounds):
            shared = min(x1, para.box.x1) - max(x0, para.box.x0)
            if shared >= 0.6 * para.box.width and para.box.width >= 0.3 * (x1 - x0):
                off = abs(para.box.x0 - x0)
                if best is None or off < best[0]:
                    best = off, index
        if best is None:
            groups.append([para])
            bounds.append((para.box.x0, para.box.x1))
        else:
            groups[best[1]].append(para)
            x0, x1 = bounds[best[1]]
            bounds[best[1]] = min(x0, para.box.x0), max(x1, para.box.x1)
    order = sorted(range(len(groups)), key=lambda index: (bounds[index][0], min(p.box.y0 for p in groups[index])))
    return [groups[index] for index in order]


def _partner(group: Sequence[Para], groups: Sequence[Sequence[Para]]) -> bool:
    """Whether another group stands beside this one."""
    box = hull(para.box for para in group)
    for other in groups:
        if other is group:
            continue
        beside = hull(para.box for para in other)
        if beside.y_overlap(box) > 0 and beside.x_overlap(box) <= 0.2 * min(box.width, beside.width):
            return True
    return False


def _with_cells(box: Box, paras: Sequence[Para]) -> Box:
    """A column with the tables that stand in it, one below the other: its text may go on under them."""
    cells = [para for para in paras if para.table is not None]
    for para in sorted(cells, key=lambda para: para.box.y0):
        own = box.x0 - para.size <= para.box.x0 and para.box.x1 <= box.x1 + para.size
        if own and -APART * para.size <= para.box.y0 - box.y1:
            box = box if para.box.y0 - box.y1 > APART * para.size else hull((box, para.box))
    return box


def _across(boxes: Sequence[Box], paras: Sequence[Para], strokes: Sequence[Stroke]) -> list[Box]:
    """What lies across two columns or more: blocks and rules."""
    found = [para.box for para in paras if para.column is None] + [stroke.box for stroke in strokes if stroke.horizontal]
    return [one for one in found if sum(one.x_overlap(box) > ACROSS * box.width for box in boxes) > 1]


def _parted(box: Box, column: Box, across: Sequence[Box]) -> bool:
    """Whether something that lies across columns stands between a block and a column under it or over it."""
    top, bottom = (box.y1, column.y0) if box.y1 <= column.y0 else (column.y1, box.y0)
    return any(top - 1.0 <= one.centre[1] <= bottom + 1.0 and one != box for one in across)


def _home(para: Para, boxes: Sequence[Box], reach: Sequence[Box]) -> int | None:
    """The column that a short block, heading or last line stands in; None when it spans several or stands elsewhere.

    `reach`: the columns with the tables in them.
    """
    over = [
        index
        for index, box in enumerate(reach)
        if box.x_overlap(para.box) > 0.5 * para.size and box.grow(0.0, APART * para.size).y_overlap(para.box) > 0
    ]
    fits = [
        index for index in over if para.box.x0 >= boxes[index].x0 - 4 * para.size and para.box.x1 <= boxes[index].x1 + para.size
    ]
    if len(over) != 1 or not fits:
        return None
    box = boxes[over[0]]
    inside = box.y_overlap(para.box) > 0
    return over[0] if inside or para.box.width >= 0.3 * box.width or abs(para.box.x0 - box.x0) < para.size else None


def _gutters(boxes: Sequence[Box], groups: Sequence[Sequence[Para]], strokes: Sequence[Stroke], number: int) -> list[Gutter]:
    result = []
    for index, box in enumerate(boxes):
        rights = [
            other
            for other, beside in enumerate(boxes)
            if other != index and beside.y_overlap(box) > 0 and beside.x0 > box.centre[0] and beside.x0 >= box.x0
        ]
        rights = [
            one
            for one in rights
            if not any(
                boxes[other].x1 <= boxes[one].x0 and boxes[other].y_overlap(boxes[one]) > 0 for other in rights if other != one
            )
        ]
        for other in rights:
            gutter = _gutter(groups[index], groups[other], strokes, number)
            if gutter is not None:
                result.append(gutter)
    return result


def _gutter(
    left: Sequence[Para], right: Sequence[Para], strokes: Sequence[Stroke], number: int, level: Sequence[Para] = ()
) -> Gutter | None:
    """From the end of the longest line on the left to where lines on the right begin, as far as both go, and only level
    with the blocks of `level` if there are any."""
    top = max(min(para.box.y0 for para in left), min(para.box.y0 for para in right))
    bottom = min(max(para.box.y1 for para in left), max(para.box.y1 for para in right))
    before = [s for para in left for s in para.strips if s.bottom > top and s.top < bottom]
    after = [s for para in right for s in para.strips if s.bottom > top and s.top < bottom]
    if level:
        before, after = _level_with(level, before), _level_with(level, after)
    if not before or not after:
        return None
    x0, x1 = max(strip.x1 for strip in before), min(strip.x0 for strip in after)
    if x1 <= x0:
        return None
    ruled = any(
        not stroke.horizontal
        and x0 - 1.0 <= stroke.box.x0 <= x1 + 1.0
        and min(stroke.box.y1, bottom) - max(stroke.box.y0, top) >= 0.5 * (bottom - top)
        for stroke in strokes
    )
    sizes = sorted(strip.size for strip in (*before, *after))
    return Gutter(Box(x0, top, x1, bottom), x1 - x0, ruled, sizes[len(sizes) // 2], page=number)


def _level_with(paras: Sequence[Para], strips: Sequence[Strip]) -> list[Strip]:
    return [strip for strip in strips if any(para.box.y0 < strip.bottom and strip.top < para.box.y1 for para in paras)]
