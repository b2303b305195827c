"""Documents whose survey a test states itself, for checks that look at pages and whole documents more than at words."""

from __future__ import annotations

from typing import Any

from clearprint.geometry import Box
from clearprint.model import FolioCandidate, Job, Page, PageSize, PageSummary, Survey
from clearprint.units import from_mm
from tests.handmade import A4, Document


def whole(*pages: Page, job: Job | None = None, **facts: Any) -> Document:
    """Pages as they are, with a survey of the given facts: nothing is understood anew, roles stay as the test gave them."""
    known: dict[str, Any] = {
        "job": job or Job(),
        "pages": len(pages) or 1,
        "counted_pages": len(pages) or 1,
        "letters": 500,
        "states": tuple((number, "live") for number in range(1, len(pages) + 1)),
        "laid_out": all(page.laid_out for page in pages),
    }
    return Document(pages, Survey(**{**known, **facts}), PageSummary())


def of_pages(count: int, **facts: Any) -> Document:
    """A document of so many pages of which only the survey is known."""
    states = tuple((number, "live") for number in range(1, count + 1))
    sizes = tuple(PageSize(number, *A4) for number in range(1, count + 1))
    return whole(**{"pages": count, "counted_pages": count, "states": states, "sizes": sizes, **facts})


def folio(page: int, value: int | None = None, *, x: float = 290.0, y: float = 800.0, **look: Any) -> FolioCandidate:
    """A page number, 12 pt Arial unless `size`, `family` or `weight` say otherwise."""
    number = page if value is None else value
    text = look.get("text", str(number))
    key = (look.get("family", "Arial"), look.get("size", 12.0), look.get("weight", 400), False)
    box = Box(x, y, x + 6.0 * len(text), y + 11)
    return FolioCandidate(page, number, look.get("roman", False), text, box, key, look.get("colour", (0.0, 0.0, 0.0)))


def mm(value: float) -> float:
    """Points of so many millimetres."""
    return from_mm(value)
