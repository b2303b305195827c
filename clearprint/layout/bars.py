"""Bar charts, as their bars tell them: which short texts are the names and the values of the bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from clearprint.geometry import Box, hull
from clearprint.layout.patterns import ends_sentence, opens_caption
from clearprint.model import Block, Line, Page, letters

FEWEST = 4  # bars of a chart, lengths of them, and labels at one end of them
MOST = 200  # bars
MOST_PANELS = 1_000  # more are a map or a table
THICKEST = 60.0  # points
REACH = 2.0  # em from the end of a bar to its name or value
MOST_WORDS = 5
_WHITE = 0.8  # em between two names in one row
_OVER = 1.0  # points that a bar may reach over its drawing, and a label over the end of its bar


def labels_of_bars(page: Page, drawing: Box) -> frozenset[int]:
    """Indices of the blocks whose every part stands at one end of a bar in the drawing, or in one, as most bars have it."""
    found: set[int] = set()
    for level, bars in _rows(page, drawing):
        pitch = median(after - before for before, after in pairwise(_middle(bar, level) for bar in bars))
        near = hull(bars).grow(8 * pitch if level else pitch, pitch if level else 8 * pitch)
        held: dict[str, set[int]] = {}
        named: dict[str, set[int]] = {}
        for index, block in enumerate(page.blocks):
            if block.box is None or not near.shared_area(block.box) or not _can_label(block):
                continue
            ends = {end for line in block.lines for end in _ends(line, bars, level=level, pitch=pitch)}
            kinds = {end for end, _ in ends}
            if len(kinds) == 1 and (kind := kinds.pop()):
                held.setdefault(kind, set()).update(bar for _, bar in ends)
                named.setdefault(kind, set()).add(index)
        for kind, blocks in named.items():
            if 2 * len(held[kind]) >= max(len(bars), 2 * FEWEST):
                found |= blocks
    return frozenset(found)


def _rows(page: Page, drawing: Box) -> Iterator[tuple[bool, list[Box]]]:
    """Bars in a drawing that start at one line, of one thickness and several lengths, in order; whether they lie level."""
    groups: dict[tuple[bool, int, int], list[Box]] = {}
    if not FEWEST <= len(page.panels) <= MOST_PANELS:
        return
    sheet = page.width * page.height
    for panel in page.panels:
        box = panel.box
        if panel.fill is not None and drawing.contains(box, _OVER) and 0 < box.area < sheet:
            groups.setdefault((True, round(box.x0), round(box.height)), []).append(box)
            groups.setdefault((False, round(box.y1), round(box.width)), []).append(box)
    for (level, _, thick), boxes in groups.items():
        bars = sorted(set(boxes), key=lambda box: _middle(box, level))
        lengths = {round(bar.width if level else bar.height) for bar in bars}
        apart = all(_middle(after, level) - _middle(bar, level) >= 0.9 * thick for bar, after in pairwise(bars))
        if FEWEST <= len(bars) <= MOST and len(lengths) >= FEWEST and thick <= THICKEST and apart:
            yield level, bars


def _can_label(block: Block) -> bool:
    if block.hint in ("heading", "title", "list", "caption") or ends_sentence(block.text) or opens_caption(block.text):
        return False
    return letters(block.text) > 0


def _ends(line: Line, bars: Sequence[Box], *, level: bool, pitch: float) -> Iterator[tuple[str, int]]:
    """At which end of which bar each part of a line stands; an empty name where it stands at none."""
    for part, words in _parts(line):
        at = min(range(len(bars)), key=lambda index: abs(_middle(bars[index], level) - _middle(part, level)))
        bar = bars[at]
        level_with = abs(_middle(bar, level) - _middle(part, level)) <= 0.5 * pitch
        if words > MOST_WORDS or not level_with or (part.height if level else part.width) > 1.2 * pitch:
            yield "", at
            continue
        before, after = (bar.x0 - part.x1, part.x0 - bar.x1) if level else (part.y0 - bar.y1, bar.y0 - part.y1)
        reach = REACH * line.size
        if bar.contains(part, _OVER):
            yield "inside", at
        elif -_OVER <= before <= reach:
            yield "foot", at
        else:
            yield "tip" if -_OVER <= after <= reach else "", at


def _parts(line: Line) -> Iterator[tuple[Box, int]]:
    """The boxes of what stands apart in a line, each with its count of words."""
    boxes = [word.box for word in line.words or ()]
    if not boxes:
        return
    start = 0
    for index, (box, after) in enumerate(pairwise(boxes), 1):
        if after.x0 - box.x1 > _WHITE * line.size:
            yield hull(boxes[start:index]), index - start
            start = index
    yield hull(boxes[start:]), len(boxes) - start


def _middle(box: Box, level: bool) -> float:
    return box.centre[1] if level else box.centre[0]
