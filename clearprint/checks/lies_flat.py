"""Lies flat: the binding, and the inner margins that a stiff one needs.

Cannot see: how a book really opens; the binding must be declared.
"""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.model import Place, Survey
from clearprint.units import to_mm

MEASURES = {"binding": "word", "inner-margin": "mm"}
FACTS = {"pages": "count", "binding": "word", "side": "word"}

_STIFF = ("perfect", "case", "tape")
_LEAVES = 2  # pages of one sheet, which need no binding
_RIGHT_TO_LEFT = {"ar", "dv", "fa", "he", "ps", "ur", "yi"}


def on_survey(survey: Survey) -> Iterator[Observation]:
    binding = survey.job.binding
    spread = survey.sheets is not None and survey.sheets.kind != "two-up"
    pages: int | None = survey.pages * 2 if spread else survey.pages
    if not survey.laid_out:  # a sheet for sure, or not known
        pages = survey.extent.most if 0 < survey.extent.most <= _LEAVES else None
    if binding is None:
        if pages is not None and pages <= _LEAVES:
            yield seen("binding", Place(), "sheet", pages=pages, binding="sheet")
        else:
            yield Observation.unmeasured("binding", Place(), "undeclared", "undeclared", pages=pages)
        return
    yield seen("binding", Place(), binding, pages=pages, binding=binding)
    if binding not in _STIFF:
        return
    if not survey.laid_out:
        yield Observation.unmeasured("inner-margin", Place(), "estimate", "estimate", binding=binding)
        return
    if survey.sheets is not None:
        yield Observation.unmeasured("inner-margin", Place(), "unmeasured", "spreads", binding=binding)
        return
    yield from _inner_margins(survey, binding)


def _inner_margins(survey: Survey, binding: str) -> Iterator[Observation]:
    """The white at the spine: left on odd pages, right on even ones; the other way in a book that is read leftwards."""
    left_bound = (survey.language or "") not in _RIGHT_TO_LEFT
    out = survey.covers | survey.blanks | {page for page, state in survey.states if state == "picture"}
    for page, left, right in survey.inner_margins:
        if page in out:
            continue
        at_left = (page % 2 == 1) == left_bound
        side = "left" if at_left else "right"
        yield seen(
            "inner-margin",
            Place(page),
            to_mm(left if at_left else right),
            amount=0,
            pages=survey.pages,
            binding=binding,
            side=side,
        )
