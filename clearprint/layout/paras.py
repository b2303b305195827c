"""A block of text while layout works on it."""

from __future__ import annotations

from clearprint.geometry import Box, hull
from clearprint.layout.listings import is_listing
from clearprint.layout.strips import Strip, spaceless
from clearprint.model import Alignment


class Para:
    """Strips that read as one, and what is found out about them step by step."""

    __slots__ = (
        "alignment",
        "box",
        "capital",
        "centred_on",
        "column",
        "first_indent",
        "full",
        "in_columns",
        "in_picture",
        "leading",
        "leading_error",
        "rtl",
        "size",
        "stacked",
        "step",
        "strips",
        "table",
    )

    def __init__(self, strips: list[Strip]) -> None:
        self.strips = strips
        self.box: Box = hull(strip.box for strip in strips)
        self.rtl = 2 * sum(strip.rtl for strip in strips) > len(strips)
        sizes: dict[float, int] = {}
        for strip in strips:
            sizes[strip.size] = sizes.get(strip.size, 0) + len(strip.text)
        self.size = max(sizes, key=lambda size: (sizes[size], size))
        self.table = strips[0].table
        self.alignment: Alignment | None = None
        self.first_indent = 0.0
        self.full: list[bool | None] = [None] * len(strips)
        self.leading: float | None = None
        self.leading_error = 0.0
        self.column: int | None = None
        self.in_columns = False
        self.in_picture = False
        self.stacked = False
        self.centred_on: str | None = None
        self.step: float | None = None
        self.capital: Strip | None = None  # a drop capital before its first line

    @property
    def start(self) -> float:
        return min(strip.start for strip in self.strips)

    @property
    def end(self) -> float:
        return max(strip.end for strip in self.strips)

    @property
    def count(self) -> int:
        return sum(len(strip.text) for strip in self.strips)

    @property
    def is_listing(self) -> bool:
        """Lines of a program."""
        return is_listing(self.strips[0].pieces[0].style.face, [strip.text for strip in self.strips])

    @property
    def running(self) -> bool:
        """Three lines or more of running text: what columns are made of."""
        lines = len(self.strips)
        if lines < 3 or self.table is not None or self.stacked or self.in_picture:
            return False
        if any(strip.leader for strip in self.strips):
            return False
        widest = max(strip.width for strip in self.strips)
        fill = sum(strip.width for strip in self.strips[:-1]) / ((lines - 1) * widest)
        if spaceless(self.strips[0].text):
            return fill >= 0.6 and self.count / lines >= 6
        if 2 * sum(len(strip.texts) == 1 for strip in self.strips) > lines:
            return False  # names or labels one under another, however long
        return fill >= 0.6 and self.count / lines >= 15
