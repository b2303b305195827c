"""Pictures inside a DOCX drawing: which file, how large, how much of it shows, and what was done to it.

ECMA-376-1, 20.1.8.14 (picture fills), 20.1.8.55 (what of the source shows), 20.1.8.30 (where it is laid).
"""

from __future__ import annotations

from clearprint.formats.docx import PIC, A, Element, R, whole
from clearprint.records import record

_SVG = "{http://schemas.microsoft.com/office/drawing/2016/SVG/main}svgBlip"
_RECOLOURED = ("lum", "duotone", "biLevel", "clrChange", "hsl", "tint", "clrRepl")

Cut = tuple[float, float, float, float]
"""Shares of a picture cut off at its left, top, right and bottom; below 0 where white was added."""


@record(frozen=False)
class Image:
    """A picture as placed: `target` is its relationship, None when it is linked from outside the file."""

    target: str | None
    width: float  # points
    height: float
    cut: Cut = (0.0, 0.0, 0.0, 0.0)
    name: str = ""
    vector: bool = False  # the file holds lines too, and the raster is for programs that cannot draw them
    opacity: float = 1.0
    recoloured: bool = False  # lightened or tinted in the document: its file does not show its tones

    @property
    def crop(self) -> tuple[float, float]:
        """Share of its width and height that shows."""
        left, top, right, bottom = self.cut
        return max(0.001, 1 - left - right), max(0.001, 1 - top - bottom)


def of_pic(item: Element, width: float, height: float, name: str) -> Image:
    """The picture of a pic:pic that fills so much."""
    about = item.find(f"{PIC}nvPicPr/{PIC}cNvPr")
    described = about.get("descr") if about is not None else None
    return _of_fill(item.find(f"{PIC}blipFill"), width, height, described or name)


def of_shape(properties: Element | None, width: float, height: float, name: str) -> Image | None:
    """The picture that fills a shape; None for one without, and for tiles, which are a ground."""
    fill = properties.find(f"{A}blipFill") if properties is not None else None
    if fill is None or fill.find(f"{A}tile") is not None or fill.find(f"{A}blip") is None:
        return None
    return _of_fill(fill, width, height, name)


def _of_fill(fill: Element | None, width: float, height: float, name: str) -> Image:
    blip = fill.find(f"{A}blip") if fill is not None else None
    if fill is None or blip is None:
        return Image(None, width, height, name=name)
    source, laid = _sides(fill.find(f"{A}srcRect")), _sides(fill.find(f"{A}stretch/{A}fillRect"))
    faded = blip.find(f"{A}alphaModFix")
    return Image(
        blip.get(f"{R}embed"),
        width,
        height,
        _cut(source, laid),
        name,
        vector=blip.find(f".//{_SVG}") is not None,
        opacity=max(0.0, min(1.0, _share(faded.get("amt"), 1.0))) if faded is not None else 1.0,
        recoloured=any(blip.find(f"{A}{effect}") is not None for effect in _RECOLOURED),
    )


def of_vml(item: Element, width: float, height: float, name: str, cut: Cut) -> Image:
    """The picture of a v:imagedata."""
    return Image(
        item.get(f"{R}id") or item.get(f"{R}embed"),
        width,
        height,
        _limited(cut),
        item.get("{urn:schemas-microsoft-com:office:office}title") or name,
        recoloured=any(item.get(effect) is not None for effect in ("gain", "blacklevel", "gamma", "grayscale", "bilevel")),
    )


def _cut(source: Cut, laid: Cut) -> Cut:
    """What of a picture is cut off that shows between `source` and is laid between `laid` of its shape, which cuts the rest."""
    wide, high = max(0.001, 1 - source[0] - source[2]), max(0.001, 1 - source[1] - source[3])
    across, down = max(0.001, 1 - laid[0] - laid[2]), max(0.001, 1 - laid[1] - laid[3])
    return _limited(
        (
            source[0] - laid[0] / across * wide,
            source[1] - laid[1] / down * high,
            source[2] - laid[2] / across * wide,
            source[3] - laid[3] / down * high,
        )
    )


def _limited(cut: Cut) -> Cut:
    """Within reason: no more than all of a picture cut off, no more than three times its width added."""
    left, top, right, bottom = (max(-3.0, min(1.0, side)) for side in cut)
    return left, top, right, bottom


def _sides(item: Element | None) -> Cut:
    if item is None:
        return (0.0, 0.0, 0.0, 0.0)
    left, top, right, bottom = (_share(item.get(name), 0.0) for name in ("l", "t", "r", "b"))
    return left, top, right, bottom


def _share(text: str | None, default: float) -> float:
    """Thousandths of a per cent, or per cent with its sign (ISO/IEC 29500-1, 22.9.2.9); within reason."""
    if not text:
        return default
    value = whole(text.rstrip("%"))
    if value is None:
        return default
    return max(-100.0, min(100.0, value / 100 if text.endswith("%") else value / 100_000))
