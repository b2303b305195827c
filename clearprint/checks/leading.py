"""Leading: baseline to baseline over the type size, inside one block.

Cannot see: space between lines made with empty paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.layout.runs import likely_lines
from clearprint.model import Page, Survey, letters

MEASURES = {"ratio": "ratio"}
FACTS = {"lines": "count", "size": "pt", "leading": "pt", "extra": "pt", "role": "role"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        if likely_lines(block, page) < 2 or not block.size > 0 or not letters(block.text):
            continue  # one line has no leading
        if block.leading is None:
            yield Observation.unmeasured("ratio", block.place, "unmeasured", "no-leading", role=block.role)
            continue
        yield seen(
            "ratio",
            block.place,
            block.leading / block.size,
            error=block.leading_error / block.size,
            lines=len(block.lines),
            size=block.size,
            leading=block.leading,
            extra=block.leading - block.size,
            role=block.role,
        )
