"""What the sections of a DOCX ask of their pages: size, margins, columns, how they begin."""

from __future__ import annotations

from clearprint.formats.docx import Element, W, on, points, whole
from clearprint.readers.docx_blocks import Section


def section_of(element: Element | None, number: int) -> Section:
    """What w:sectPr says. ECMA-376-1, 17.6."""
    section = Section(number, element=element)
    if element is None:
        return section
    size, margins = element.find(f"{W}pgSz"), element.find(f"{W}pgMar")
    if size is not None:
        section.width = _within(points(size.get(f"{W}w")), section.width)
        section.height = _within(points(size.get(f"{W}h")), section.height)
    if margins is not None:
        sides = [points(margins.get(f"{W}{side}")) for side in ("left", "top", "right", "bottom", "gutter")]
        # A negative top or bottom margin only says that headers may run into the text (17.6.11).
        left, top, right, bottom, gutter = (
            abs(side) if side is not None else default for side, default in zip(sides, (72.0,) * 4 + (0.0,), strict=True)
        )
        section.margins = (left + gutter, top, right, bottom)
        section.header = points(margins.get(f"{W}header")) or 0.0
        section.footer = points(margins.get(f"{W}footer")) or 0.0
        section.fixed = any(side is not None and side < 0 for side in (sides[1], sides[3]))
    numbers = element.find(f"{W}pgNumType")
    if numbers is not None:
        section.first_page = whole(numbers.get(f"{W}start"))
        section.number_format = numbers.get(f"{W}fmt")
    direction, grid = element.find(f"{W}textDirection"), element.find(f"{W}docGrid")
    if direction is not None:
        section.direction = direction.get(f"{W}val")
    if grid is not None and grid.get(f"{W}type") in ("lines", "linesAndChars", "snapToChars"):
        section.grid = points(grid.get(f"{W}linePitch"))
    kind = element.find(f"{W}type")
    section.opens = kind.get(f"{W}val", "nextPage") if kind is not None else "nextPage"
    _cols(section, element.find(f"{W}cols"))
    return section


def _cols(section: Section, element: Element | None) -> None:
    if element is None:
        return
    room = max(1.0, section.width - section.margins[0] - section.margins[2])
    own = [(points(col.get(f"{W}w")) or 0.0, points(col.get(f"{W}space")) or 0.0) for col in element.iterchildren(f"{W}col")]
    section.ruled = element.get(f"{W}sep") is not None and on(element.get(f"{W}sep"))
    if element.get(f"{W}equalWidth") is not None and not on(element.get(f"{W}equalWidth")) and len(own) > 1:
        section.widths = tuple(width for width, _ in own)
        section.gaps = tuple(space for _, space in own[:-1])
        return
    number = min(45, max(1, whole(element.get(f"{W}num")) or 1))
    if number > 1:
        space = points(element.get(f"{W}space"))
        gap = 36.0 if space is None else max(0.0, space)  # 17.6.4: half an inch where nothing is said
        section.widths = (max(1.0, (room - gap * (number - 1)) / number),) * number
        section.gaps = (gap,) * (number - 1)


def _within(value: float | None, default: float) -> float:
    return value if value is not None and 1.0 <= value <= 20000.0 else default
