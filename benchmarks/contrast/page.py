"""A PDF page of one line of text whose contrast is known, and what such pages are written with.

What is true is the WCAG ratio of its ink to its ground, both in sRGB; over an uneven ground to the worst tenth of what lies
under the word. Colours that a profile gives are converted by LittleCMS, not by the PDF engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from clearprint.colour import Colour, contrast, luminance
from tests.raw_pdf import raw_pdf, stream

FLAT, UNEVEN = 0.2, 0.4
"""How far a measured ratio may be from the true one: over flat grounds, over gradients and photographs."""

WORD = "Hamburgefonstiv"
SIZE = 16.0
LEFT, BASE = 40.0, 140.0
WIDTH = 120.9  # of the word, points: Helvetica's advances
END = 250.0  # where gradients are white, points from the left
AREA = "0 0 400 300 re f\n"
NAVY: Colour = (0.0, 0.0, 0.5)


@dataclass(frozen=True, slots=True)
class Case:
    """One page, what is true of it, and how far off a measure may be."""

    name: str
    kind: str
    document: bytes
    ratio: float
    room: float = FLAT
    box: tuple[float, float] | None = None  # from where to where across the page the box of the fault lies
    declare: dict[str, Any] = field(default_factory=dict)
    reversed: bool = False  # the ink is the lighter


def text(ink: str = "0 g", state: str = "", size: float = SIZE, word: str = WORD) -> str:
    return f"q {state} BT /F1 {size} Tf {ink} {LEFT} {BASE} Td ({word}) Tj ET Q\n"


def on(paint: str, ink: str = "0 g") -> str:
    """Text of that ink on a page all painted so."""
    return f"{paint} {AREA}" + text(ink)


def case(
    name: str,
    kind: str,
    content: str,
    ink: Colour,
    ground: Colour,
    *,
    resources: str = "",
    objects: Sequence[str] = (),
    **more: Any,
) -> Case:
    document = raw_pdf(content, resources=resources, objects=objects, catalogue=more.pop("catalogue", ""))
    light = luminance(ink) > luminance(ground)
    return Case(name, kind, document, more.pop("ratio", contrast(ink, ground)), reversed=light, **more)


def grey(level: float) -> Colour:
    return level, level, level


def hexed(data: bytes) -> str:
    return data.hex().upper() + ">"


def coded(data: bytes, entries: str) -> str:
    return stream(hexed(data), f"/Filter /ASCIIHexDecode {entries}")


GREYS = "<< /FunctionType 2 /Domain [0 1] /C0 [0] /C1 [1] /N 1 >>"
_FROM_BLACK = f"<< /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 {END} 0] /Function {GREYS} >>"
AXIAL = f"/Shading << /G {_FROM_BLACK} >>"  # black at the left edge of the page, white at END
SHADED = f"/Pattern << /P << /PatternType 2 /Shading {_FROM_BLACK} >> >>"
TILED = "/Pattern << /P 6 0 R >> /ColorSpace << /U [/Pattern /DeviceRGB] >>"
SPREAD = "q 400 0 0 300 0 0 cm /I Do Q\n"
IMAGE = "/XObject << /I 6 0 R >>"
GROUP = "/Group << /S /Transparency /CS /DeviceRGB %s >>"


def tenth(low: float, high: float) -> float:
    """The middle of the worst tenth of what runs evenly from low to high, where high is worst."""
    return high - 0.05 * (high - low)


def tile(cell: str, step: float = 8, kind: int = 1) -> str:
    return stream(
        cell,
        f"/Type /Pattern /PatternType 1 /PaintType {kind} /TilingType 1 /BBox [0 0 {step} {step}] /XStep {step} /YStep {step}"
        " /Resources << >>",
    )


def photo(space: str, data: bytes, wide: int, tall: int, entries: str = "") -> str:
    return coded(
        data,
        f"/Type /XObject /Subtype /Image /Width {wide} /Height {tall} /ColorSpace {space} /BitsPerComponent 8 {entries}",
    )


def form(content: str, entries: str = "") -> str:
    return stream(content, f"/Type /XObject /Subtype /Form /BBox [0 0 400 300] {entries}")
