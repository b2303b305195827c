"""Boxes on a page: points, x to the right, y downwards from the top left of the page as viewed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Box(NamedTuple):
    """An upright rectangle, x0 <= x1 and y0 <= y1, in points."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2

    def union(self, other: Box) -> Box:
        return Box(min(self.x0, other.x0), min(self.y0, other.y0), max(self.x1, other.x1), max(self.y1, other.y1))

    def intersection(self, other: Box) -> Box | None:
        """What both share; None when they share no area."""
        box = Box(max(self.x0, other.x0), max(self.y0, other.y0), min(self.x1, other.x1), min(self.y1, other.y1))
        return box if box.x1 > box.x0 and box.y1 > box.y0 else None

    def shared_area(self, other: Box) -> float:
        """Area in square points that both cover."""
        width = min(self.x1, other.x1) - max(self.x0, other.x0)
        height = min(self.y1, other.y1) - max(self.y0, other.y0)
        return width * height if width > 0 and height > 0 else 0.0

    def x_overlap(self, other: Box) -> float:
        """Shared width; negative is the horizontal gap between them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def y_overlap(self, other: Box) -> float:
        """Shared height; negative is the vertical gap between them."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def distance(self, other: Box) -> float:
        """Shortest distance between two boxes; 0 when they touch or overlap."""
        dx = max(0.0, -self.x_overlap(other))
        dy = max(0.0, -self.y_overlap(other))
        return float((dx * dx + dy * dy) ** 0.5)

    def contains(self, other: Box, room: float = 0.0) -> bool:
        """Whether `other` lies inside, give or take `room` points."""
        return (
            other.x0 >= self.x0 - room
            and other.y0 >= self.y0 - room
            and other.x1 <= self.x1 + room
            and other.y1 <= self.y1 + room
        )

    def grow(self, dx: float, dy: float | None = None) -> Box:
        """Larger by dx on the left and right and dy (else dx) at the top and bottom."""
        dy = dx if dy is None else dy
        return Box(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def move(self, dx: float, dy: float) -> Box:
        return Box(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def scale(self, factor: float) -> Box:
        """Every coordinate times `factor`."""
        return Box(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def rounded(self, digits: int = 2) -> Box:
        return Box(*(round(value, digits) for value in self))


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box round all of them. ValueError when there are none."""
    items = iter(boxes)
    first = next(items, None)
    if first is None:
        raise ValueError("no boxes")
    left, top, right, bottom = first
    for x0, y0, x1, y1 in items:
        if x0 < left:
            left = x0
        if y0 < top:
            top = y0
        if x1 > right:
            right = x1
        if y1 > bottom:
            bottom = y1
    return Box(left, top, right, bottom)
