"""Column flow: where text goes from one column to the next, and what stands in its way.

Cannot see: a reading order that only the tags of the file give.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from clearprint import lazily
from clearprint.answers import Observation, seen
from clearprint.geometry import hull
from clearprint.model import Join, Page, Place, Survey
from clearprint.units import to_mm

MEASURES = {"flow": "word", "tops": "mm", "widths": "percent", "sent": "word"}
FACTS = {"columns": "count"}

_SENT_ON = lazily.compile(
    r"\b(?:continue[sd]|cont(?:inued|['\u2019]?d|\.)|turn|parhad|yn parhau)\b.{0,24}?\b(?:page|p\.?|tudalen|dudalen)\s*\d+",
    re.IGNORECASE,
)
_SHORT_NOTE = 12  # words; a longer text that mentions a page is a sentence, not a signpost


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    columns = max(len(page.columns), len(page.gutters) + 1 if page.gutters else 0)
    if columns < 2:
        return
    if not page.laid_out:
        yield Observation.unmeasured("flow", page.place, "estimate", "estimate", columns=columns)
        return
    for join in page.joins:
        place = Place(page.number, join.box, join.text)
        yield seen("flow", place, _flow(join), columns=columns)
        yield seen("tops", place, to_mm(abs(join.top_difference)), amount=0, columns=columns)
        yield seen("widths", place, 100 * abs(join.width_difference), amount=0, columns=columns)
    if not page.joins:
        box = hull(column.box for column in page.columns) if page.columns else None
        yield seen("flow", Place(page.number, box), "apart", columns=columns)  # columns that carry nothing over
    for block in page.blocks:
        if block.word_count <= _SHORT_NOTE and _SENT_ON.search(block.text):
            yield seen("sent", block.place, "on", amount=0, columns=columns)


def _flow(join: Join) -> str:
    if join.across is not None:
        return f"{join.across}-across"
    return "top" if join.to_top else "elsewhere"
