"""Page size: the trimmed pages, folded if a fold is declared, against the A series and against each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation, seen
from clearprint.folding import folded_size
from clearprint.geometry import Box
from clearprint.model import PageSize, Place, Survey
from clearprint.units import to_mm

MEASURES = {"area": "ratio", "side": "mm", "difference": "percent"}
FACTS = {
    "paper": "text",
    "short": "mm",
    "long": "mm",
    "area": "ratio",
    "odd_pages": "count",
    "same_pages": "count",
    "larger": "yes-no",
}

_A4 = 210.0 * 297.0
_NAMED = {
    "A3": (297, 420),
    "A4": (210, 297),
    "A5": (148, 210),
    "A6": (105, 148),
    "DL": (99, 210),
    "Letter": (215.9, 279.4),
    "Legal": (215.9, 355.6),
    "Tabloid": (279.4, 431.8),
    "B5": (176, 250),
    "square": (210, 210),
}
_NAME_ROOM = 2.0  # mm within which a page has the name of a standard size
_FOLDS_OUT = 1.25  # area over the usual page's from which a sheet has to be folded in; A4 among Letter has not
_SAME = 0.03  # sides of one size, for telling which size is the commonest


def on_survey(survey: Survey) -> Iterator[Observation]:
    blank = survey.blanks
    sizes = [(size, _sides(size, survey)) for size in survey.sizes if size.page is None or size.page not in blank]
    known = [sides for _, sides in sizes if sides is not None]
    usual = _commonest(known)
    odd = sum(1 for sides in known if usual is not None and _difference(sides, usual) > _SAME)
    for size, sides in sizes:
        place = Place(size.page, None, "", size.path)
        if sides is None or usual is None:
            yield Observation.unmeasured("area", place, "unmeasured", "no-size")
            continue
        short, long = _in_the_hand(survey) or sides
        # The box of the whole page lets pages of one size be named together.
        place = Place(size.page, Box(0, 0, size.width, size.height), f"{short:.0f} x {long:.0f} mm", size.path)
        facts: dict[str, Any] = {
            "paper": _name(short, long),
            "short": short,
            "long": long,
            "area": short * long / _A4,
            "odd_pages": odd,
            "same_pages": len(known) - odd,
            "larger": sides[0] * sides[1] > _FOLDS_OUT * usual[0] * usual[1],
        }
        yield seen("area", place, short * long / _A4, **facts)
        yield seen("side", place, long, amount=0, **facts)
        yield seen("difference", place, 100 * _difference(sides, usual), amount=0, **facts)


def _in_the_hand(survey: Survey) -> tuple[float, float] | None:
    """Short and long side of the finished size, in millimetres, where it was declared."""
    size = survey.job.finished_size
    return None if size is None else (to_mm(min(size)), to_mm(max(size)))


def _sides(size: PageSize, survey: Survey) -> tuple[float, float] | None:
    """Short and long side in millimetres, folded as declared; None when the size makes no sense."""
    width, height = folded_size(survey.job, size.width, size.height)
    if not (0 < width < 1e6 and 0 < height < 1e6):
        return None
    return to_mm(min(width, height)), to_mm(max(width, height))


def _commonest(sides: list[tuple[float, float]]) -> tuple[float, float] | None:
    counts = Counter((round(short), round(long)) for short, long in sides)
    if not counts:
        return None
    short, long = min(counts, key=lambda size: (-counts[size], size[0] * size[1]))
    return next(pair for pair in sides if (round(pair[0]), round(pair[1])) == (short, long))


def _difference(sides: tuple[float, float], usual: tuple[float, float]) -> float:
    return max(abs(side - other) / other for side, other in zip(sides, usual, strict=True))


def _name(short: float, long: float) -> str:
    for name, (width, height) in _NAMED.items():
        if abs(short - width) <= _NAME_ROOM and abs(long - height) <= _NAME_ROOM:
            return name
    return f"{short:.0f} x {long:.0f} mm"
