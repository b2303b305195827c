"""Line length: characters with spaces in the full lines of each paragraph, as their median.

Cannot see: anything before the lines are broken; a Word file asks for its PDF.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from clearprint.answers import Observation, seen
from clearprint.folding import folds_of
from clearprint.layout.runs import likely_lines, spaceless
from clearprint.model import RUNNING, Block, EstimatedLine, Line, Page, Survey, letters

MEASURES = {"characters": "characters"}
FACTS = {"role": "role", "lines": "count", "size": "pt", "columns": "yes-no", "spaceless": "yes-no"}

_MARGIN = 0.33  # share of the page that a margin note is wide at most
_WIDEST = 0.65  # em a letter of wide running text
_ROUNDED = 1.0  # characters that the median of estimated lines may be off: one word more or less on half of them
_NARROW = 0.75  # share of the page: a wider panel is the page's own ground


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    folded = bool(folds_of(page, survey.job).lines) or survey.job.fold not in (None, "none")  # its panels are columns
    for block in page.blocks:
        if block.role not in RUNNING or block.role == "list" or block.in_table or block.in_picture or block.stacked:
            continue
        if not letters(block.text):
            continue  # bullets or boxes one under another
        if not page.laid_out:
            yield from _estimated(block, page, folded)
            continue
        full = [len(line.text.strip()) for line in block.lines if line.full]
        if len(full) < 2 or _stacked([line.text for line in block.lines]) or not _flows(block.text, block.lines):
            continue
        columns = (
            block.in_columns
            or folded
            or _in_a_panel(block, page)
            or _alone_in_its_column(block, page, survey)
            or _in_the_margin(block, page)
        )
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


def _estimated(block: Block, page: Page, folded: bool) -> Iterator[Observation]:
    """The lines that its words likely make, in a document without a layout."""
    if not block.estimated:
        if _may_fill_lines(block, page):
            yield Observation.unmeasured("characters", block.place, "estimate", "estimate", role=block.role)
        return
    full = [len(line.text) for line in block.estimated if line.full]
    if len(full) < 2 or _stacked([line.text for line in block.estimated]) or not _flows(block.text, block.estimated):
        return
    columns = block.in_columns or folded or (block.boxed and (block.room or page.width) < _NARROW * page.width)
    middle = median(full)
    yield Observation(
        "characters",
        block.place,
        middle,
        0 if columns else 1,
        _ROUNDED + block.width_error * middle,
        {"role": block.role, "lines": len(full), "size": block.size, "columns": columns, "spaceless": spaceless(block.text)},
        "estimate",
        "estimate",
    )


def _may_fill_lines(block: Block, page: Page) -> bool:
    """Whether two full lines may come of a block without a layout, were its letters as wide as they ever are."""
    return any(likely_lines(replace(block, text=part), page, _WIDEST) > 2 for part in block.text.splitlines())


def _stacked(lines: Sequence[str]) -> bool:
    """Whether they are single words one under another, as the lines of an address or a list are."""
    return not spaceless("".join(lines)) and all(len(line.split()) == 1 for line in lines)


def _flows(text: str, lines: Sequence[Line | EstimatedLine]) -> bool:
    """Whether a sentence goes on from some full line to the next: not so in names, numbers or titles one under another."""
    if text.isupper():
        return True
    starts = [after.text.lstrip()[:1] for line, after in pairwise(lines) if line.full]
    return any(sign.islower() for sign in starts) or not any(sign.isupper() for sign in starts)


def _in_the_margin(block: Block, page: Page) -> bool:
    """Whether it is narrow and other text or places to write stand beside it for half its height, as beside a margin note."""
    box = block.box
    if box is None or box.width > _MARGIN * page.width:
        return False
    texts = [other for other in page.blocks if other is not block and not other.in_picture and other.role != "label"]
    near = [(line.box, 0.5 * line.size) for other in texts for line in other.lines]
    near += [(field.box, 0.0) for field in page.fields if field.box is not None]
    beside = sorted(
        (max(other.y0 - white, box.y0), min(other.y1 + white, box.y1))
        for other, white in near
        if (other.x0 >= box.x1 or other.x1 <= box.x0) and other.y1 > box.y0 and other.y0 < box.y1
    )
    covered, reach = 0.0, box.y0
    for top, bottom in beside:
        covered += max(0.0, bottom - max(top, reach))
        reach = max(reach, bottom)
    return covered >= 0.5 * box.height


def _in_a_panel(block: Block, page: Page) -> bool:
    """Whether it stands in a box, on a tint or a picture that is clearly narrower than the page, as a sidebar does."""
    box = block.box
    if box is None:
        return False
    frames = [panel.box for panel in page.panels] + [picture.box for picture in page.pictures if picture.box is not None]
    return any(frame.width < _NARROW * page.width and frame.contains(box, 1.0) for frame in frames)


def _alone_in_its_column(block: Block, page: Page, survey: Survey) -> bool:
    """Whether the text of a document in columns ends here, with nothing left for the column beside it."""
    return survey.columns > 1 and block.box is not None and block.box.width * survey.columns < page.width
