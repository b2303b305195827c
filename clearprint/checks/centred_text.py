"""Centred text: centred lines in each paragraph, one-line paragraphs centred in a row, and headings that are all centred.

Cannot see: lines centred by hand with spaces where the file has no layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from clearprint.answers import Observation, seen
from clearprint.geometry import hull
from clearprint.layout.middles import Edges
from clearprint.layout.patterns import list_mark
from clearprint.layout.runs import likely_lines
from clearprint.model import Block, Page, Survey, letters

MEASURES = {"lines": "count", "row": "count", "headings": "percent"}
FACTS = {"role": "role", "headings": "count"}

_OUT = frozenset({"folio", "logotype", "watermark", "label", "contents", "code"})
_ALIKE = 0.5  # points between the same indents
_SEVERAL = 3  # paragraphs of one indent, itself among them
_EXACT = 0.15  # em that the middles of two centred lines may differ by
_BLANKS = 0.5  # the same where a blank at the end of the longer line pushes its middle
_FAR_APART = 8.0  # em of difference in length that no indent explains together with so near middles
_NEAR = 4.0  # em of white between two lines of a row
_SHORT = frozenset({"heading", "title", "caption", "table", "form"})


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    if page.number in survey.covers:
        return
    row: list[Block] = []
    indents = [block.first_indent for block in page.blocks if block.first_indent and len(block.lines) > 1]
    edges = Edges((line.box.x0, line.box.x1) for block in page.blocks for line in block.lines if line.box is not None)
    for block in page.blocks:
        if block.role in _OUT or not letters(block.text):
            continue
        lines = likely_lines(block, page)
        centred = _centred(block, indents, edges)
        yield seen("lines", block.place, lines if centred else 0, role="table" if block.in_table else block.role)
        goes_on = centred and lines == 1 and _running(block, survey)
        if not goes_on or (row and not _follows(row[-1], block)):
            yield from _row(row)
            row = []
        if goes_on:
            row.append(block)
    yield from _row(row)


def on_survey(survey: Survey) -> Iterator[Observation]:
    uses = sorted(
        (use for level in survey.headings for use in level), key=lambda use: (use.place.page or 0, use.place.path or "")
    )
    if len(uses) < 2:
        return
    share = 100 * sum(use.centred for use in uses) / len(uses)
    yield seen("headings", uses[0].place, share, amount=0, role="heading", headings=len(uses))


def _centred(block: Block, indents: list[float], edges: Edges) -> bool:
    if block.alignment is not None:
        return block.alignment == "centred"
    if block.centred_on is not None:
        return True
    alike = sum(abs(indent - block.first_indent) <= _ALIKE for indent in indents) if block.first_indent else 0
    return alike < _SEVERAL and _two_on_one_axis(block, edges)  # the same indent again and again is one


def _two_on_one_axis(block: Block, edges: Edges) -> bool:
    """Two lines of clearly different length with one middle: too few for an alignment, enough to be centred.

    In a list item the second line hangs, in a numbered paragraph the first stands in: both may end as far from the edge as
    they begin.
    """
    if len(block.lines) != 2 or not block.size > 0 or block.role == "list" or list_mark(block.text) == "ordinal":
        return False
    one, other = (line.box for line in block.lines)
    between, uneven = abs(one.centre[0] - other.centre[0]), abs(one.width - other.width)
    room = _BLANKS if uneven > _FAR_APART * block.size else _EXACT
    if uneven <= 2 * block.size or between >= room * block.size:
        return False
    return not edges.hold((one.x0, one.x1), (other.x0, other.x1), block.size)


def _running(block: Block, survey: Survey) -> bool:
    """A paragraph at body size rather than a heading, caption or cell."""
    if block.role in _SHORT or block.in_table or not block.text.strip():
        return False
    body = survey.body_size
    return body is None or block.size <= body * 1.08


def _follows(upper: Block, lower: Block) -> bool:
    """Whether one line stands next to the other in type of about its size: an imprint far below belongs to no row."""
    alike = abs(upper.size - lower.size) <= 0.08 * max(upper.size, lower.size)
    if upper.box is None or lower.box is None:
        return alike
    return alike and abs(lower.box.y0 - upper.box.y1) <= _NEAR * max(upper.size, lower.size)


def _row(row: list[Block]) -> Iterator[Observation]:
    """One-line paragraphs centred one after another."""
    if len(row) < 2:
        return
    boxes = [block.box for block in row if block.box is not None]
    place = replace(row[0].place, text="\n".join(block.text for block in row), box=hull(boxes) if boxes else None)
    yield seen("row", place, len(row), amount=0, role=row[0].role)
