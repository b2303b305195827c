"""Windows onto page pictures, and marks on them: all geometry of the report, in points of the page.

A page is one picture, defined once; a window is an `<svg viewBox>` onto it at the size on paper, so a hundred crops cost no
more than one page. Numbers stand in the margin beside the page, as proof marks do, each with a line that leads to its box.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clearprint.answers import PagePicture
from clearprint.records import record

Edges = tuple[float, float, float, float]

_MARGIN = 24.0  # points of page shown round a fault
_LEAST_WIDTH, _MOST_WIDTH = 240.0, 490.0
_LEAST_HEIGHT, _MOST_HEIGHT = 54.0, 190.0
_HALO = 3.0  # points between a place and its box
ABOVE = 2.0  # points more at the top, where ascenders rise above the capitals

SHARP = 150.5
"""Pixels an inch from which a picture is sharp enough for print."""
WIDE, NARROW = 26.0, 60.0
"""Points of an A4 page that a number in the margin needs, on a wide screen and on a telephone's."""
_A4_HEIGHT = 842.0


@record
class Window:
    """A part of a page at its size on paper."""

    page: int
    view: Edges  # x, y, width, height
    box: Edges  # x, y, width, height of the place, with a little air
    align: str  # which part stays when the screen is narrower than the window
    coarse: bool  # under SHARP pixels an inch: shown on a screen, not in print

    @property
    def view_box(self) -> str:
        return " ".join(f"{value:.1f}" for value in self.view)


def window(page: int, box: Edges, picture: PagePicture) -> Window:
    """The window that shows a place (its edges) on that page: all of a small one, the beginning of a large one."""
    x0, x1 = (max(0.0, min(edge, picture.width)) for edge in (box[0], box[2]))
    y0, y1 = (max(0.0, min(edge, picture.height)) for edge in (box[1], box[3]))
    width = min(picture.width, max(_LEAST_WIDTH, min(x1 - x0 + 2 * _MARGIN, _MOST_WIDTH)))
    height = min(picture.height, max(_LEAST_HEIGHT, min(y1 - y0 + 2 * _MARGIN, _MOST_HEIGHT)))
    narrow = x1 - x0 + 2 * _MARGIN <= _MOST_WIDTH
    left = (x0 + x1 - width) / 2 if narrow else x0 - _MARGIN
    short = y1 - y0 + 2 * _MARGIN <= _MOST_HEIGHT
    top = (y0 + y1 - height) / 2 if short else y0 - _MARGIN
    view = (
        min(max(0.0, left), picture.width - width),
        min(max(0.0, top), picture.height - height),
        width,
        height,
    )
    around = (x0 - _HALO, y0 - _HALO - ABOVE, x1 - x0 + 2 * _HALO, y1 - y0 + 2 * _HALO + ABOVE)
    return Window(page, view, around, "xMidYMid" if x1 - x0 < 120 else "xMinYMid", picture.dpi < SHARP - 1)


@record
class Mark:
    """A box on a page picture, and its number in the margin."""

    ident: str  # of the box, for links
    group: str  # of the fault's card
    number: str
    box: Edges  # x, y, width, height
    wide: float | None = None  # where in the margin the number stands, as a share of the page's height; None: it has none
    narrow: float | None = None


def with_numbers(marks: Sequence[Mark], height: float, *, sparse: bool = False) -> list[Mark]:
    """The marks of a page, top first, with places for their numbers, none over another.

    Every box has its number while they find room; else, and if `sparse`, each group has one in every third of the page.
    """
    ordered = sorted(marks, key=lambda mark: (mark.box[1], mark.box[0], mark.number))
    wide, narrow = (_numbered(ordered, room * height / _A4_HEIGHT, height, sparse) for room in (WIDE, NARROW))
    return [replace(mark, wide=wide.get(index), narrow=narrow.get(index)) for index, mark in enumerate(ordered)]


def _numbered(marks: Sequence[Mark], room: float, height: float, sparse: bool) -> dict[int, float | None]:
    """By index of a mark: where its number stands."""
    meant = list(range(len(marks)))
    if sparse or len(meant) * room > height:
        last: dict[str, float] = {}
        meant = []
        for index, mark in enumerate(marks):
            if mark.group not in last or mark.box[1] - last[mark.group] > height / 3:
                meant.append(index)
                last[mark.group] = mark.box[1]
    return dict(zip(meant, _spread([marks[index].box[1] for index in meant], room, height), strict=True))


def _spread(tops: Sequence[float], room: float, height: float) -> list[float | None]:
    """Places in order, `room` apart, each as near to its own as can be, as shares of the height. None: there is no room."""
    fits = min(len(tops), int(height // room))
    chosen = [round(number * len(tops) / fits) for number in range(fits)] if fits else []  # thinned evenly, when too many
    places = [0.0] * fits
    floor = 0.0
    for number, index in enumerate(chosen):
        places[number] = floor = max(tops[index], floor)
        floor += room
    ceiling = height - room
    for number in range(fits - 1, -1, -1):
        places[number] = ceiling = min(places[number], ceiling)
        ceiling -= room
    result: list[float | None] = [None] * len(tops)
    for number, index in enumerate(chosen):
        result[index] = round(max(0.0, places[number]) / height, 4)
    return result
