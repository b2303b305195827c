"""Layout: from words and marks on a page to lines, blocks, columns and what surrounds them.

`understand` makes a page out of marks; `summarise`, `settle` and `assign` give its blocks their roles once the whole document
is known.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clearprint.geometry import Box, hull
from clearprint.layout.alignment import set_measures, settle_doubts
from clearprint.layout.assemble import NEIGHBOUR, block_of
from clearprint.layout.blocks import paragraphs
from clearprint.layout.bullets import mark_bullets
from clearprint.layout.capitals import LARGER, is_capital, join_capitals
from clearprint.layout.chains import chains
from clearprint.layout.columns import set_columns
from clearprint.layout.fingerprints import fingerprint
from clearprint.layout.frames import Frame, frames
from clearprint.layout.lines import strips as lines_of
from clearprint.layout.middles import set_middles
from clearprint.layout.order import in_order
from clearprint.layout.paras import Para
from clearprint.layout.pieces import layered, usable
from clearprint.layout.roles import assign
from clearprint.layout.room import Obstacle, set_room, set_room_of_capitals
from clearprint.layout.rulings import Rulings, inside_drawings
from clearprint.layout.setting import ends_of, steps_of
from clearprint.layout.stacks import join_stacks
from clearprint.layout.steps import set_steps
from clearprint.layout.strips import Strip
from clearprint.layout.summary import summarise
from clearprint.layout.surroundings import surround
from clearprint.layout.survey import settle
from clearprint.layout.tables import mark_tables
from clearprint.layout.ticks import mark_ticked, places_of_form, tick_boxes, with_numbers
from clearprint.layout.wraps import OWN_LOOK
from clearprint.layout.writing import places
from clearprint.model import Block, Column, Gutter, Marks, Page

OBSTACLE = 20.0  # points each way of what text makes room for
MOST_OBSTACLES = 60  # more are a drawing
LARGER_QUOTE = 1.12  # times the type of the text beside it

__all__ = ["assign", "fingerprint", "settle", "summarise", "understand"]


def understand(marks: Marks) -> Page:
    """The page as its reader sees it. The order of the words and how they were cut into pieces make no difference."""
    blocks: list[Block] = []
    columns: list[Column] = []
    gutters: list[Gutter] = []
    for frame in frames(usable(marks.words)):
        paras = _paras(frame, marks)
        if frame.level:
            columns, gutters = set_columns(paras, marks.strokes, marks.number, [panel.box for panel in marks.panels])
        _measure(paras, columns if frame.level else [], marks)
        rtl = 2 * sum(para.count for para in paras if para.rtl) > sum(para.count for para in paras)
        ordered = in_order(paras, rtl)
        set_steps(ordered)
        blocks += [block_of(para, frame, marks) for para in ordered]
    page = Page(
        number=marks.number,
        width=marks.width,
        height=marks.height,
        blocks=_with_neighbours(blocks),
        columns=tuple(columns),
        gutters=tuple(gutters),
        pictures=marks.pictures,
        strokes=marks.strokes,
        panels=marks.panels,
        fields=marks.fields,
        state=marks.state,
        trim_basis=marks.trim_basis,
        turned=marks.turned,
        fold_lines=marks.fold_lines,
        drawn=marks.drawn,
        coverage=marks.coverage,
        not_looked_at=marks.not_looked_at,
    )
    return places(surround(page, marks), layered(marks.words))


def _paras(frame: Frame, marks: Marks) -> list[Para]:
    """The blocks of one frame, not yet measured."""
    rulings = Rulings(marks, frame)
    strips = with_numbers(lines_of(frame.words, rulings.bars), places_of_form(marks, frame), rulings.panels)
    mark_bullets(strips, [frame.inward(box) for box in marks.specks] if not frame.vertical else [])
    mark_tables(strips, rulings.level, rulings.upright, rulings.panels)
    mark_ticked(strips, tick_boxes(marks, frame) if not frame.vertical else [])
    smallest = min((strip.size for strip in strips), default=0.0)
    capitals = [strip for strip in strips if strip.size >= LARGER * smallest and is_capital(strip, strips)]
    linked = chains([strip for strip in strips if strip not in capitals] if capitals else strips)
    obstacles = [*_obstacles(frame, marks), *map(Obstacle, _quotes(linked))]
    for chain in linked:
        set_room(chain, obstacles)
        set_room_of_capitals(chain, capitals)
    steps, ends = steps_of(linked), ends_of(linked)
    paras = [Para(block) for chain in linked for block in paragraphs(chain, rulings.divided, steps, ends)]
    paras = join_stacks(join_capitals(paras, capitals))
    drawings = [frame.inward(one.box) for one in marks.pictures if one.box is not None and one.kind == "drawing"]
    for para in paras:
        para.in_picture = inside_drawings(drawings, para.box)
    return paras


def _obstacles(frame: Frame, marks: Marks) -> list[Obstacle]:
    """What text may have to make room for: pictures and boxes that take a part of the page's width."""
    if frame.vertical:
        return []
    shown = ("picture", "code", "logo")
    found = [(item.box, item.outline) for item in marks.pictures if item.box is not None and item.use in shown]
    found += [(panel.box, ()) for panel in marks.panels]
    return [
        Obstacle(frame.inward(box), tuple(map(frame.inward, parts)))
        for box, parts in [
            one for one in found if one[0].width < 0.7 * marks.width and min(one[0].width, one[0].height) >= OBSTACLE
        ][:MOST_OBSTACLES]
    ]


def _quotes(linked: Sequence[Sequence[Strip]]) -> list[Box]:
    """Lines in larger type than most of the page's, or in another look: a pull quote that text may have to make room for."""
    sizes: Counter[float] = Counter()
    looks: Counter[object] = Counter()
    for chain in linked:
        for strip in chain:
            sizes[strip.size] += len(strip.text)
            looks[_look(strip)] += len(strip.text)
    if len(sizes) + len(looks) < 3:
        return []
    usual, own = max(sorted(sizes), key=lambda size: sizes[size]), max(looks.values())
    found: list[list[Box]] = []
    for chain in linked:
        whole = all(looks[_look(strip)] * OWN_LOOK < own for strip in chain)  # else it is a line in italics within a text
        runs: list[list[Box]] = [[]]
        for strip in chain:
            if whole or strip.size >= LARGER_QUOTE * usual:
                runs[-1].append(strip.box)
            elif runs[-1]:
                runs.append([])  # headings with text between them are no one thing
        found += runs
    return [hull(boxes) for boxes in found if 1 < len(boxes) <= 12][:MOST_OBSTACLES]


def _look(strip: Strip) -> tuple[str, bool, bool, object]:
    family, _, weight, italic = strip.key
    return family, weight >= 600, italic, strip.pieces[0].style.colour


def _measure(paras: Sequence[Para], columns: Sequence[Column], marks: Marks) -> None:
    ends: dict[tuple[int, float], float] = {}
    for para in paras:
        if para.column is not None and para.table is None:
            key = para.column, round(para.size, 1)
            ends[key] = max(ends.get(key, -1e9), para.end)
    for para in paras:
        end = ends.get((para.column, round(para.size, 1))) if para.column is not None else None
        set_measures(para, end)
    settle_doubts(paras)
    if columns or paras:
        set_middles(paras, columns, marks.width)


def _with_neighbours(blocks: Sequence[Block]) -> tuple[Block, ...]:
    result = []
    for index, block in enumerate(blocks):
        before = blocks[index - 1].text[-NEIGHBOUR:] if index else ""
        after = blocks[index + 1].text[:NEIGHBOUR] if index + 1 < len(blocks) else ""
        result.append(block.between(before, after))
    return tuple(result)
