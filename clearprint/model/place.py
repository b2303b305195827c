"""Where something was seen; and of a document without a layout, how many pages it likely makes and which carry a number."""

from __future__ import annotations

from typing import Literal

from clearprint.colour import Colour
from clearprint.geometry import Box
from clearprint.model.type import StyleKey
from clearprint.records import record


@record
class Place:
    """Where something was seen: a box on a page, or a path into a document without pages. Text makes the fingerprint."""

    page: int | None = None
    box: Box | None = None
    text: str = ""  # the whole text of the place; excerpts are cut from it
    path: str | None = None  # "Under ‘Getting here’, paragraph 3"
    style: str = ""  # "Arial 8.5 pt bold": for grouping faults that one change mends
    before: str = ""
    after: str = ""
    digest: str = ""  # of a picture's pixels, for fingerprints
    order: int = 0  # of a place without a box: its turn in the document, for sorting only


@record
class NotLookedAt:
    """Something on the paper that no check looked at, and why."""

    page: int | None
    box: Box | None
    reason: str


def place_order(place: Place) -> tuple[float, float, float, str]:
    """Sort key: page order, then down and across; without a box the turn in the document, then the path."""
    page = float(place.page) if place.page is not None else float("inf")
    top, left = (place.box.y0, place.box.x0) if place.box else (float(place.order), 0.0)
    return page, top, left, place.path or place.text


@record
class Extent:
    """How many pages something without a layout makes: the fewest, the likeliest and the most. Extents add up."""

    least: int = 0
    likely: int = 0
    most: int = 0

    def __add__(self, other: Extent) -> Extent:
        return Extent(self.least + other.least, self.likely + other.likely, self.most + other.most)


@record
class Numbering:
    """Whether one kind of page of a section without a layout carries a page number, and where."""

    section: int
    kind: Literal["default", "first", "even"]
    pages: Extent  # of its section
    opens: bool  # its section begins on a new page
    turned: bool  # wider than high
    number: Place | None = None
    position: str = ""  # equal for numbers that stand in the same place: "footer, centred"
    key: StyleKey | None = None  # of its style
    colour: Colour | None = None


NO_PAGES = Extent()


@record
class Standing:
    """A heading or short paragraph of a document without a layout, which its contents list may name."""

    text: str
    pages: Extent  # the number of its page: the first it may be, the likeliest, the last; NO_PAGES where nothing is known
    heading: bool  # by its style
