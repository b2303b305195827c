"""Columns of short paragraphs with headings over them: none reaches half the height of another, but together they do.

Those that begin level, row by row, are cells of a table by now and stand aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from clearprint.geometry import hull
from clearprint.layout.paras import Para
from clearprint.layout.strips import spaceless

LEVEL = 3.0  # points by which the left edges of a column's blocks may differ
APART = 2.5  # times the size: more white ends a column
FEWEST = 5  # lines of text in a column
SEVERAL = 2  # paragraphs of two lines and more in it
FILLED = 0.6  # of the widest line that the others fill, but for last ones
FEWEST_SIGNS = 15  # in a line of text; scripts without spaces need fewer
BESIDE = 0.5  # of the shorter column's height that both share
MOST = 40  # such stacks of a page


def headed_columns(paras: Sequence[Para]) -> list[Para]:
    """The paragraphs of two lines and more in stacks of headed paragraphs that stand side by side."""
    free = [
        para
        for para in paras
        if not (para.table is not None or para.stacked or para.in_picture or para.is_listing)
        and not any(strip.leader for strip in para.strips)
    ]
    stacks = [stack for stack in _stacks(free) if _text(stack)][:MOST]
    found: dict[int, Para] = {}
    for one, other in combinations(stacks, 2):
        left, right = (one, other) if _left(one) < _left(other) else (other, one)
        left, right = _level_with(left, right), _level_with(right, left)
        texts = _text(left), _text(right)
        if all(texts) and _side_by_side(left, right):
            found |= {id(para): para for text in texts for para in text if len(para.strips) > 1}
    return list(found.values())


def _stacks(paras: Sequence[Para]) -> list[list[Para]]:
    """Blocks that begin at one edge, one below the other."""
    stacks: list[list[Para]] = []
    lowest: dict[int, list[Para]] = {}  # the last stack of each edge
    for para in sorted(paras, key=lambda para: (para.box.y0, para.box.x0)):
        place = round(para.start / LEVEL)
        near = [lowest[key] for key in (place - 1, place, place + 1) if key in lowest]
        home = next((stack for stack in near if _goes_on(stack[-1], para)), None)
        if home is None:
            home = []
            stacks.append(home)
        home.append(para)
        lowest[place] = home
    return stacks


def _goes_on(upper: Para, lower: Para) -> bool:
    white = lower.box.y0 - upper.box.y1
    return abs(upper.start - lower.start) <= LEVEL and -upper.size < white <= APART * max(upper.size, lower.size)


def _left(stack: Iterable[Para]) -> float:
    return min(para.box.x0 for para in stack)


def _text(stack: Sequence[Para]) -> list[Para]:
    """The paragraphs of a stack in the style of most of its letters; none where they are too few, or nothing heads them."""
    counts: dict[object, int] = {}
    for para in stack:
        counts[para.strips[0].key] = counts.get(para.strips[0].key, 0) + para.count
    usual = max(counts, key=lambda key: counts[key], default=None)
    text = [para for para in stack if para.strips[0].key == usual]
    lines = [strip for para in text for strip in para.strips]
    inner = [strip for para in text for strip in para.strips[:-1]]
    if len(text) == len(stack) or len(lines) < FEWEST or sum(len(para.strips) > 1 for para in text) < SEVERAL:
        return []
    least = 6 if spaceless(lines[0].text) else FEWEST_SIGNS
    filled = sum(strip.width for strip in inner) >= FILLED * max(strip.width for strip in lines) * len(inner)
    return text if filled and sum(len(strip.text) for strip in inner) >= least * len(inner) else []


def _level_with(stack: Sequence[Para], other: Sequence[Para]) -> list[Para]:
    beside = hull(para.box for para in other)
    return [para for para in stack if para.box.y_overlap(beside) > 0]


def _side_by_side(left: Sequence[Para], right: Sequence[Para]) -> bool:
    one, other = hull(para.box for para in left), hull(para.box for para in right)
    return one.x1 <= other.x0 and one.y_overlap(other) >= BESIDE * min(one.height, other.height)
