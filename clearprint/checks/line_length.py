"""Line length: characters with spaces in the full lines of each paragraph, as their median.

Cannot see: anything before the lines are broken; a Word file asks for its PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from clearprint.answers import Observation, seen
from clearprint.layout.runs import spaceless
from clearprint.model import RUNNING, Page, Survey

MEASURES = {"characters": "characters"}
FACTS = {"role": "role", "lines": "count", "size": "pt", "columns": "yes-no", "spaceless": "yes-no"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    folded = survey.job.fold not in (None, "none")
    for block in page.blocks:
        if block.role not in RUNNING or block.role == "list" or block.in_table or block.in_picture or block.stacked:
            continue
        full = [len(line.text.strip()) for line in block.lines if line.full]
        if len(full) < 2:
            continue
        columns = block.in_columns or folded
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
