"""Folds as geometry: where the folds of a sheet lie on a page, and the panels that they make.

They come from the declaration (a name, or positions in mm) or from lines that the file itself calls folds. What was declared is
the stronger; where both mean the same folds, the file's own lines are the more exact.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Literal

from clearprint.geometry import Box
from clearprint.model import Job, Page, Survey
from clearprint.records import record
from clearprint.units import from_mm

# Where the folds cut the longer side, as shares of it. "accordion" and "map" need their panels or positions declared.
_SHARES: dict[str, tuple[float, ...]] = {
    "none": (),
    "half": (1 / 2,),
    "tri": (1 / 3, 2 / 3),
    "z": (1 / 3, 2 / 3),
    "gate": (1 / 4, 3 / 4),
    "double-gate": (1 / 4, 1 / 2, 3 / 4),
    "double-parallel": (1 / 4, 1 / 2, 3 / 4),
}
_TUCKED = {"tri", "gate", "double-gate", "double-parallel"}
_PANEL_SHAPE, _PANEL_WIDTH = 0.6, from_mm(130)  # an upright page this slender is one panel of a folded sheet, not the sheet
_SAME = from_mm(5)  # the file's folds and the declared ones mean the same when they lie no farther apart


@record
class Folds:
    """The folds of one page: boxes without breadth, and how far off they may be (points)."""

    lines: tuple[Box, ...] = ()
    basis: Literal["declared", "file"] = "declared"
    error: float = 0.0


def is_back(page: Page) -> bool:
    """Whether a page is the back of its sheet: the second, the fourth …"""
    return page.number is not None and page.number % 2 == 0


def is_declared(job: Job) -> bool:
    """Whether anything was declared of folds."""
    return job.fold is not None or has_places(job)


def has_places(job: Job) -> bool:
    """Whether the places of the folds were declared, and not a name alone."""
    return bool(job.fold_positions or job.fold_heights or job.panels)


def folds_of(page: Page, job: Job) -> Folds:
    """The folds of a page, by declaration or by the file's own lines."""
    declared = fold_boxes(job, page.width, page.height, back=is_back(page))
    own = page.fold_lines
    if not is_declared(job):
        return Folds(own, "file")
    if own and not _counts(own, declared, job):
        return Folds(own, "file")
    return Folds(tuple(declared), "declared", fold_error(job))


def fold_boxes(job: Job, width: float, height: float, *, back: bool = False) -> list[Box]:
    """The declared folds from edge to edge of a page, upright ones first.

    Declared positions are those of the front: on the back, the sheet being turned over sideways, x is mirrored. A named fold
    divides the longer side; French and map folds cross. Empty when no fold is declared, its place cannot be known, or the page
    is a panel that is folded already.
    """
    if job.fold == "none" or not (width > 0 and height > 0):
        return []
    if has_places(job):
        across, down = _places(job, width, height)
    elif job.fold is None or is_panel(job, width, height):
        return []
    elif job.fold == "french":
        across, down = [width / 2], [height / 2]
    else:
        shares = _SHARES.get(job.fold, ())
        across, down = ([], [height * share for share in shares]) if height > width else ([width * s for s in shares], [])
    if back:
        across = sorted(width - x for x in across)
    return [Box(x, 0.0, x, height) for x in across] + [Box(0.0, y, width, y) for y in down]


def panels_of(folds: Sequence[Box], width: float, height: float) -> list[Box]:
    """The panels that folds cut a page into, in rows from the top left; the whole page when it is not folded."""
    columns = [0.0, *sorted({box.x0 for box in folds if is_upright(box)}), width]
    rows = [0.0, *sorted({box.y0 for box in folds if not is_upright(box)}), height]
    return [Box(x0, y0, x1, y1) for y0, y1 in itertools.pairwise(rows) for x0, x1 in itertools.pairwise(columns)]


def contradicted(survey: Survey) -> tuple[int, list[Box]] | None:
    """The first page whose own folds are others than was declared, and those folds."""
    job = survey.job
    if not is_declared(job):
        return None
    sizes = {size.page: (size.width, size.height) for size in survey.sizes}
    for page in sorted({page for page, _ in survey.fold_lines}):
        own = [box for number, box in survey.fold_lines if number == page]
        declared = fold_boxes(job, *sizes.get(page, (0.0, 0.0)), back=page % 2 == 0)
        if _counts(own, declared, job):
            return page, own
    return None


def _counts(own: Sequence[Box], declared: Sequence[Box], job: Job) -> bool:
    by_name = not declared and job.fold != "none" and not has_places(job)  # a map or accordion: the file says where
    return bool(own) and not by_name and not _alike(own, declared)


def is_upright(fold: Box) -> bool:
    """Whether a fold runs from top to bottom."""
    return fold.height >= fold.width


def is_panel(job: Job, width: float, height: float) -> bool:
    """Whether a page of that size is a panel or page of the folded sheet already, so that the folds are its edges."""
    if height <= width or has_places(job):
        return False
    if job.fold == "half" and job.binding not in (None, "none"):
        return True  # pages of a booklet: the sheet is folded at the spine
    return width / height < _PANEL_SHAPE and width < _PANEL_WIDTH


def fold_error(job: Job) -> float:
    """How far off a fold may be, points: a panel that is tucked in is made a little narrower than its share."""
    return from_mm(1.0) if job.fold in _TUCKED and not has_places(job) else 0.0


def folded_size(job: Job, width: float, height: float) -> tuple[float, float]:
    """Width and height of the largest panel once folded as declared; the page's own where no fold is known."""
    panels = panels_of(fold_boxes(job, width, height), width, height)
    return max(panel.width for panel in panels), max(panel.height for panel in panels)


def _places(job: Job, width: float, height: float) -> tuple[list[float], list[float]]:
    columns, rows = job.panels or (1, 1)
    across = list(job.fold_positions) or [width * n / columns for n in range(1, columns)]
    down = list(job.fold_heights) or [height * n / rows for n in range(1, rows)]
    return [x for x in across if 0 < x < width], [y for y in down if 0 < y < height]


def _alike(own: Sequence[Box], declared: Sequence[Box]) -> bool:
    """Whether each fold of one is a fold of the other."""
    return all(_near(fold, declared) for fold in own) and all(_near(fold, own) for fold in declared)


def _near(fold: Box, others: Sequence[Box]) -> bool:
    at = 0 if is_upright(fold) else 1
    return any(is_upright(other) == is_upright(fold) and abs(other.centre[at] - fold.centre[at]) <= _SAME for other in others)
