"""Straight lines drawn on a DOCX page, one below another with nothing between them: lines to write on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from clearprint.formats.docx_drawings import Drawing
from clearprint.model import Field
from clearprint.readers.docx_blocks import Set, Setter

_FEWEST = 3  # fewer may part one text from the next
_WIDE = 85.0  # points (30 mm)
_STEPS = (10.0, 60.0)  # points from one to the next: nearer they are an ornament, farther apart they frame something
_EVEN = 3.0  # points that the steps may differ by
_ONE_EDGE = 6.0  # points


def in_drawn_lines(items: Sequence[Set], setter: Setter) -> Iterator[Field]:
    """The lines that hang from one paragraph of the body, as long as each other and evenly apart, over white."""
    lead = ""
    for index, item in enumerate(items):
        where = item.paragraph.where
        if where.story != "body" or where.cell is not None or where.shape is not None:
            continue
        text = item.paragraph.text.strip()
        for lines in _stacks(item):
            steps = [(_top(lower) - _top(upper)) * setter.scale for upper, lower in pairwise(lines)]
            if _evenly(steps) and _clear(items[index : index + 40], _top(lines[-1]) * setter.scale, setter):
                for line, step in zip(lines, (steps[0], *steps), strict=True):
                    yield Field("line", None, step, line.width * setter.scale, label=(text or lead)[-80:], path=item.path)
        lead = text or lead


def _stacks(item: Set) -> Iterator[list[Drawing]]:
    """Lines of one length and one left edge, from the top."""
    alike: dict[tuple[object, ...], list[Drawing]] = defaultdict(list)
    for one in item.paragraph.drawings:
        if (
            one.rule
            and one.width >= _WIDE
            and one.down[0] == "paragraph"
            and one.down[1] is not None
            and one.wrapping == "none"
        ):
            relative, offset, side = one.across
            edge = round(offset / _ONE_EDGE) if offset is not None else None
            alike[(relative, edge, side, round(one.width / _ONE_EDGE))].append(one)
    for lines in alike.values():
        if len(lines) >= _FEWEST:
            yield sorted(lines, key=_top)


def _top(line: Drawing) -> float:
    return line.down[1] or 0.0


def _evenly(steps: Sequence[float]) -> bool:
    return _STEPS[0] <= min(steps) and max(steps) <= _STEPS[1] and max(steps) - min(steps) <= _EVEN


def _clear(items: Sequence[Set], reach: float, setter: Setter) -> bool:
    """Whether nothing but the line of text that they hang from stands between them: the next text begins below the last."""
    y = 0.0
    before: Set | None = None
    for item in items:
        y += setter.gap(before, item) if before is not None else 0.0
        if y >= reach or (before is not None and item.paragraph.page_break):
            return True
        printed = item.block is not None or item.paragraph.where.cell is not None
        if printed and (before is not None or item.block is None or len(item.block.estimated) > 1):
            return False
        y += item.likely
        before = item
    return True
