"""Leading: baseline to baseline over the type size, inside one block.

Cannot see: space between lines made with empty paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.layout.formulas import is_formula
from clearprint.layout.runs import likely_lines
from clearprint.model import Block, Page, Survey, letters

MEASURES = {"ratio": "ratio"}
FACTS = {"lines": "count", "size": "pt", "leading": "pt", "extra": "pt", "role": "role"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        if likely_lines(block, page) < 2 or not block.size > 0 or not letters(block.text):
            continue  # one line has no leading
        if block.role == "code" and is_formula(block.text):
            continue  # numerator and denominator are no lines of a text
        if block.leading is None:
            yield _guessed(block)
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


def _guessed(block: Block) -> Observation:
    """Leading through a face that is not known: told where even the lowest of faces keeps to the limit."""
    if block.likely_leading is None:
        return Observation.unmeasured("ratio", block.place, "unmeasured", "no-leading", role=block.role)
    facts = {
        "lines": 0,
        "size": block.size,
        "leading": block.likely_leading,
        "extra": block.likely_leading - block.leading_error - block.size,
        "role": block.role,
    }
    ratio, error = block.likely_leading / block.size, block.leading_error / block.size
    return Observation("ratio", block.place, ratio, 1, error, facts, "unmeasured", "no-leading")
