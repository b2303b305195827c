"""Folds: text, tables and pictures across a fold of the sheet or near one.

Folds come from the declaration or from lines that the file itself calls folds. Cannot see: which way a sheet is folded.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation, seen
from clearprint.folding import folds_of, has_places, is_back, is_declared, is_panel, is_upright
from clearprint.geometry import Box, hull
from clearprint.model import Block, Page, Picture, Place, Survey
from clearprint.units import from_mm, to_mm

MEASURES = {"fold": "word", "text": "mm", "table": "mm", "picture": "mm"}
FACTS = {"across": "yes-no", "labelled": "yes-no", "at": "mm", "edge": "word", "side": "word", "role": "role"}

_REACH = from_mm(20)  # farther from a fold than this is nobody's concern
_IN_TABLE = 36.0  # points between a rule of a table and its cells
_UNSEEN = ("scan", "outlined", "unreadable")


def on_survey(survey: Survey) -> Iterator[Observation]:
    job = survey.job
    if job.fold == "none":
        yield seen("fold", Place(), "none")
    elif survey.fold_lines and not has_places(job) and job.fold in (None, "accordion", "map"):
        return
    elif not is_declared(job):
        yield Observation.unmeasured("fold", Place(), "undeclared", "undeclared")
    elif not survey.laid_out:
        yield Observation.unmeasured("fold", Place(), "estimate", "estimate")
    elif job.fold in ("accordion", "map") and not has_places(job):
        yield Observation.unmeasured("fold", Place(), "undeclared", "positions")


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    job = survey.job
    if job.fold == "none" or not page.laid_out:
        return
    folds = folds_of(page, job)
    if not folds.lines and is_declared(job) and is_panel(job, page.width, page.height):
        yield seen("fold", page.place, "at-edge")  # the page is one panel: its edges are the folds
    error, side = to_mm(folds.error), "back" if is_back(page) else "front"
    for fold in folds.lines:
        upright = is_upright(fold)
        edge = "left" if upright else "top"
        at = to_mm(fold.centre[0] if upright else fold.centre[1])
        place = Place(page.number, fold, f"fold {at:.0f} mm from the {edge}")
        if page.state in _UNSEEN:
            yield Observation.unmeasured("fold", place, "unreadable", "unreadable")
            continue
        yield seen("fold", place, "looked-at", at=at, edge=edge, side=side)
        yield from _near(page, fold, upright, error, {"at": at, "edge": edge, "side": side})


def _near(page: Page, fold: Box, upright: bool, error: float, facts: dict[str, Any]) -> Iterator[Observation]:
    cells: list[tuple[float, Box, str]] = [(0.0, box, "") for box in _tables_across(page, fold, upright)]
    for block in page.blocks:
        nearest = _nearest_line(block, fold, upright)
        if nearest is None or nearest[0] > _REACH:
            continue
        gap, box = nearest
        if block.in_table:
            cells.append((gap, box, block.text))
            continue
        place = Place(page.number, box, block.text, None, block.place.style, block.before, block.after)
        yield seen("text", place, to_mm(gap), 0, error, across=gap == 0, role=block.role, **facts)
    for gap, box, text in _tables(cells):
        place = Place(page.number, box, text or "table")
        yield seen("table", place, to_mm(gap), 0, error, across=gap == 0, role="table", **facts)
    for picture in page.pictures:
        if picture.use == "ground" or picture.box is None:
            continue
        white = _gap(picture.box, fold, upright)
        if white is not None and white <= _REACH:
            labelled = _is_labelled(picture, page)
            yield seen("picture", picture.place, to_mm(white), 0, error, across=white == 0, labelled=labelled, **facts)


def _gap(box: Box, fold: Box, upright: bool) -> float | None:
    """White between a box and the fold, 0 across it; None when it lies beyond the fold's ends."""
    overlap = box.y_overlap(fold) if upright else box.x_overlap(fold)
    if overlap < 0:
        return None
    low, high = (box.x0, box.x1) if upright else (box.y0, box.y1)
    line = fold.centre[0] if upright else fold.centre[1]
    return max(0.0, low - line, line - high)


def _nearest_line(block: Block, fold: Box, upright: bool) -> tuple[float, Box] | None:
    """The distance of the block's nearest lines, and the box round all that are as near."""
    boxes = [line.box for line in block.lines] or ([block.box] if block.box is not None else [])
    gaps = [(gap, box) for box in boxes if (gap := _gap(box, fold, upright)) is not None]
    if not gaps:
        return None
    least = min(gap for gap, _ in gaps)
    return least, hull(box for gap, box in gaps if gap == least)


def _tables_across(page: Page, fold: Box, upright: bool) -> Iterator[Box]:
    """Tables whose own rules run across the fold with cells on both sides of it."""
    cells = [block.box for block in page.blocks if block.in_table and block.box is not None]
    if not cells:
        return
    found: list[Box] = []
    for stroke in page.strokes:
        box = stroke.box
        if stroke.horizontal != upright or _gap(box, fold, upright) != 0:
            continue
        reach = box.grow(0, _IN_TABLE) if upright else box.grow(_IN_TABLE, 0)
        near = [cell for cell in cells if reach.intersection(cell.grow(0.1)) is not None]
        line = fold.centre[0] if upright else fold.centre[1]
        middles = [(cell.centre[0] if upright else cell.centre[1]) for cell in near]
        if any(middle < line for middle in middles) and any(middle > line for middle in middles):
            found.append(hull([box, *near]))
    yield from found


def _tables(cells: list[tuple[float, Box, str]]) -> list[tuple[float, Box, str]]:
    """Cells near the fold as the tables they make up: each table's least distance, the box round its cells, its first text."""
    result: list[tuple[float, Box, str]] = []
    for gap, box, text in sorted(cells, key=lambda cell: (cell[1].y0, cell[1].x0)):
        if result and result[-1][1].distance(box) <= _IN_TABLE:
            least, whole, words = result[-1]
            result[-1] = (min(least, gap), whole.union(box), words or text)
        else:
            result.append((gap, box, text))
    return result


def _is_labelled(picture: Picture, page: Page) -> bool:
    return any(
        block.in_picture and block.box is not None and picture.box is not None and picture.box.contains(block.box, room=2.0)
        for block in page.blocks
    )
