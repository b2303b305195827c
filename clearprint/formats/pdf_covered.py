"""Images that later paint wholly hides: they are in the file, and not on the paper."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pymupdf

from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_watched import Raster
from clearprint.geometry import Box

_SOLID = 0.99  # opacity from which nothing shows through
_NEAR = 1.0  # points by which the engine's boxes of one image differ


def not_covered(
    page: pymupdf.Page, frame: Frame, rasters: Sequence[Raster], drawings: Iterable[Mapping[str, Any]]
) -> list[Raster]:
    """The rasters without those that a later opaque rectangle lies over. `drawings`: `painted_paths`."""
    solids = [(seqno, box) for seqno, box in _solids(drawings) if seqno]
    places = [frame.engine_box(raster.box) for raster in rasters]
    under = [[seqno for seqno, box in solids if box.contains(place, 0.1)] for place in places]
    if not any(under):
        return list(rasters)
    images = [
        (seqno, Box(*rect)) for seqno, (kind, rect) in enumerate(page.get_bboxlog()) if kind in ("fill-image", "fill-imgmask")
    ]
    return [
        raster
        for raster, place, over in zip(rasters, places, under, strict=True)
        if not (over and max(over) > max((seqno for seqno, box in images if box.contains(place, _NEAR)), default=1 << 62))
    ]


def _solids(drawings: Iterable[Mapping[str, Any]]) -> Iterable[tuple[int, Box]]:
    """Opaque rectangles, cut to their clips, with their place in the order of painting."""
    clips: list[tuple[int, Box | None]] = []  # level, what shows on the levels below; None: not plain paint
    for drawing in drawings:
        level = drawing.get("level", 0)
        while clips and clips[-1][0] >= level:
            clips.pop()
        kind = drawing.get("type", "")
        if kind == "clip":
            clips.append((level, _box(drawing.get("scissor")) if _is_rectangle(drawing) else None))
        elif kind == "group":
            plain = (drawing.get("opacity") or 0.0) > _SOLID and drawing.get("blendmode", "Normal") == "Normal"
            clips.append((level, Box(-1e9, -1e9, 1e9, 1e9) if plain else None))
        elif "f" in kind and drawing.get("fill") and (drawing.get("fill_opacity") or 0.0) > _SOLID and _is_rectangle(drawing):
            if len(clips) != level:
                continue  # a level that is not listed: a mask, or text as a clip
            shown = _box(drawing.get("rect"))
            for _, clip in clips:
                shown = shown.intersection(clip) if shown is not None and clip is not None else None
            if shown is not None:
                yield drawing.get("seqno", 0), shown


def _is_rectangle(drawing: Mapping[str, Any]) -> bool:
    items = drawing.get("items", ())
    return len(items) == 1 and items[0][0] == "re"


def _box(rect: Any) -> Box | None:
    return Box(*rect) if rect is not None and rect[0] < rect[2] and rect[1] < rect[3] else None
