"""White corridors: gaps in rows of words that stand above one another, so that what lies left and right is apart.

A gap in one row may be a wide word space of justified text. A gap that goes on through several rows, with text beginning or
ending sharply along it, is the white between columns or cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import field

from clearprint.records import record

NARROWEST = 0.4  # em that must stay white all the way
SHARP = 0.15  # em within which edges along a corridor count as flush
REACH = 3.6  # em from row to row; further apart is another corridor


@record(frozen=False)
class Gap:
    """A gap between two neighbours in a row that is wider than a word space ought to be."""

    row: int
    left: float  # where the text before it ends
    right: float  # where the text after it begins
    size: float
    sure: bool  # so wide that no text is set like this
    strong: bool = True  # wider than the others of its row: justified lines are stretched evenly
    cut: bool = False


@record(frozen=False)
class RowOfText:
    """What corridors need to know of a row: its height on the page, its ends, and its wide gaps from left to right."""

    baseline: float
    x0: float
    x1: float
    size: float
    gaps: list[Gap] = field(default_factory=list)


@record(frozen=False)
class _Corridor:
    left: float
    right: float
    size: float
    last: float  # baseline of the last row it went through
    gaps: list[Gap]
    lefts: int = 0  # rows that end on its left
    rights: list[float] = field(default_factory=list)  # where rows on its right begin


def cut_corridors(rows: Sequence[RowOfText], upwards: bool = False) -> None:
    """Mark the gaps that belong to corridors. Rows come from the top of the page downwards; followed upwards, a corridor is
    found whose only gap is in its last row."""
    standing: list[_Corridor] = []
    for row in reversed(rows) if upwards else rows:
        if not row.gaps and not standing:
            continue
        left: list[_Corridor] = []
        taken: set[int] = set()
        for corridor in standing:
            if _goes_on(corridor, row, taken):
                left.append(corridor)
            else:
                _settle(corridor)
        for index, gap in enumerate(row.gaps):
            if index not in taken:
                left.append(_Corridor(gap.left, gap.right, gap.size, row.baseline, [gap]))
        standing = left
    for corridor in standing:
        _settle(corridor)


def _goes_on(corridor: _Corridor, row: RowOfText, taken: set[int]) -> bool:
    """Carry the corridor through a row; False when text stands in its way or it has been left behind."""
    need = NARROWEST * min(corridor.size, row.size)
    if abs(row.baseline - corridor.last) > REACH * max(corridor.size, row.size):
        return False
    for index, gap in enumerate(row.gaps):
        left, right = max(corridor.left, gap.left), min(corridor.right, gap.right)
        if right - left >= need:
            if not gap.strong or any(one.strong for one in corridor.gaps):
                taken.add(index)  # else it begins a corridor of its own as well, below word spaces that happen to stand there
            corridor.left, corridor.right = left, right
            corridor.gaps.append(gap)
            corridor.last = row.baseline
            return True
    if row.x1 <= corridor.right - need:  # all of the row lies on its left
        corridor.left = max(corridor.left, row.x1)
        corridor.last = row.baseline
        corridor.lefts += 1
        return True
    if row.x0 >= corridor.left + need:
        corridor.right = min(corridor.right, row.x0)
        corridor.last = row.baseline
        corridor.rights.append(row.x0)
        return True
    return False


def _settle(corridor: _Corridor) -> None:
    gaps = corridor.gaps
    wide = corridor.right - corridor.left
    room = SHARP * corridor.size
    begin = sum(1 for edge in corridor.rights if abs(edge - gaps[0].right) <= room)
    if gaps[0].strong and corridor.lefts >= 2 and begin >= 2 and 2 * begin > len(corridor.rights):
        # Columns whose baselines differ: only now and then do two lines stand on one level.
        _cut(gaps)
    if len(gaps) < 2:
        return
    sharp = max(_flush((gap.right for gap in gaps), room), _flush((gap.left for gap in gaps), room)) >= 0.6 * len(gaps)
    strong = sum(1 for gap in gaps if gap.strong)
    if (
        (strong >= 3 and sharp)
        or (strong == 2 and (sharp or _goes_along(corridor, room)) and wide >= corridor.size)
        or (strong >= 3 and wide >= 1.2 * corridor.size)
        or (strong >= 5 and wide >= 0.9 * corridor.size)
        or (len(gaps) >= 5 and sharp)
    ):
        _cut(gaps)


def _goes_along(corridor: _Corridor, room: float) -> bool:
    """Whether most rows on its right begin in one place, with what lies left of them or without: a few lines of columns whose
    baselines differ."""
    edges = [gap.right for gap in corridor.gaps] + corridor.rights
    flush = max(sum(1 for edge in edges if abs(edge - gap.right) <= room) for gap in corridor.gaps)
    return flush > len(corridor.gaps) and flush >= 0.6 * len(edges)


def _cut(gaps: Sequence[Gap]) -> None:
    """Cut them all, but for a narrow gap of a line in other type, or of one at the corridor's end whose spaces are all as wide:
    the word space of a heading or of stretched text that lies over the corridor."""
    sizes = sorted(gap.size for gap in gaps)
    usual = sizes[len(sizes) // 2]
    for gap in gaps:
        at_end = gap is gaps[0] or gap is gaps[-1]
        other = abs(gap.size - usual) > 0.06 * usual or (at_end and not gap.strong)
        if other and gap.right - gap.left < 0.8 * gap.size:
            continue
        gap.cut = True


def _flush(edges: Iterable[float], room: float) -> int:
    """How many of the edges agree with their commonest place."""
    ordered = sorted(edges)
    best = first = 0
    for last, edge in enumerate(ordered):
        while edge - ordered[first] > 2 * room:
            first += 1
        best = max(best, last - first + 1)
    return best
