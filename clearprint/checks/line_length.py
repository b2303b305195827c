"""Line length: characters with spaces in the full lines of each paragraph, as their median.

Cannot see: anything before the lines are broken; a Word file asks for its PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from clearprint.answers import Observation, seen
from clearprint.layout.runs import spaceless
from clearprint.model import RUNNING, Block, Page, Survey, letters

MEASURES = {"characters": "characters"}
FACTS = {"role": "role", "lines": "count", "size": "pt", "columns": "yes-no", "spaceless": "yes-no"}


_NARROW = 0.75  # share of the page: a wider panel is the page's own ground


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    folded = survey.job.fold not in (None, "none")
    for block in page.blocks:
        if block.role not in RUNNING or block.role == "list" or block.in_table or block.in_picture or block.stacked:
            continue
        if not letters(block.text):
            continue  # bullets or boxes one under another
        full = [len(line.text.strip()) for line in block.lines if line.full]
        if len(full) < 2:
            continue
        columns = block.in_columns or folded or _in_a_panel(block, page) or _alone_in_its_column(block, page, survey)
        yield seen(
            "characters",
            block.place,
            median(full),
            amount=0 if columns else 1,  # in columns only lines that are too long can fail
            role=block.role,
            lines=len(full),
            size=block.size,
            columns=columns,
            spaceless=spaceless(block.text),
        )


def _in_a_panel(block: Block, page: Page) -> bool:
    """Whether it stands in a box or on a tint that is clearly narrower than the page, as a sidebar does."""
    box = block.box
    if box is None:
        return False
    return any(panel.box.width < _NARROW * page.width and panel.box.contains(box, 1.0) for panel in page.panels)


def _alone_in_its_column(block: Block, page: Page, survey: Survey) -> bool:
    """Whether the text of a document in columns ends here, with nothing left for the column beside it."""
    return survey.columns > 1 and block.box is not None and block.box.width * survey.columns < page.width
