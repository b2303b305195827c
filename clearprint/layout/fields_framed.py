"""Fields of a file inside printed boxes: on paper one writes in the box, which may be higher than the field laid into it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clearprint.geometry import Box
from clearprint.layout.cells import cells
from clearprint.layout.writing_sheet import Sheet, text_in
from clearprint.model import Field

HIGHER = 1.6  # times: a box that much higher than its field has room for something else
EDGE = 2.0  # points that a field may reach over its box
ASIDE = 24.0  # points of a box left or right of its field: a sign of money, no second column


def in_frames(sheet: Sheet, fields: Sequence[Field]) -> Iterator[Field]:
    """The fields, each with the height of the printed box that it fills."""
    texts = [item.box for item in fields if item.kind == "text" and item.box is not None]
    printed = cells(sheet.page.strokes, sheet.page.panels) if texts else []
    tops = [box.y0 for box in printed]
    for item in fields:
        frame = None
        if item.box is not None and item.kind == "text" and printed:
            frame = _frame(sheet, item.box, printed, tops, texts)
        yield item if frame is None else replace(item, box=frame, height=frame.height)


def _frame(sheet: Sheet, box: Box, printed: Sequence[Box], tops: Sequence[float], fields: Sequence[Box]) -> Box | None:
    """The field's box made as high as the smallest printed one round it, where nothing else stands over or under the field."""
    first = bisect_left(tops, box.y1 - HIGHER * box.height - EDGE)
    last = bisect_left(tops, box.y0 + EDGE)
    round_it = [
        other
        for other in printed[first:last]
        if other.contains(box, EDGE)
        and box.height < other.height < HIGHER * box.height
        and other.width <= box.width + 2 * ASIDE
    ]
    if not round_it:
        return None
    frame = min(round_it, key=lambda other: other.area)
    room = Box(box.x0, frame.y0, box.x1, frame.y1)
    over, under = Box(box.x0, frame.y0, box.x1, box.y0), Box(box.x0, box.y1, box.x1, frame.y1)
    if text_in(sheet, over) or text_in(sheet, under):
        return None
    if any(other is not box and other != box and other.shared_area(room) > 0 and other.y_overlap(box) <= 0 for other in fields):
        return None
    return room
