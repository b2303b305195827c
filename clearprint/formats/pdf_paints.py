"""What a PDF page paints besides text: where, in which order, and which of it can hide or tint.

Places are as viewed, after the page's rotation; the engine gives them before it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, Literal, Protocol, TypeVar

import pymupdf
from pymupdf import mupdf

from clearprint.geometry import Box
from clearprint.records import record

_BAR = 4.0  # points: thinner strokes leave enough of the letters to read
_MOST_BARS = 64  # of one path


@record
class Paint:
    """Something other than text that is painted: its bounds as viewed, before clipping."""

    box: Box
    kind: Literal["fill", "image"] = "fill"
    seqno: int | None = None
    white: bool = False  # nothing but opaque white: it can hide, but it can't darken the paper
    opaque: bool = True
    veil: bool = False  # it tints what it lies over


def paints_from(
    page: pymupdf.Page, drawings: Iterable[Mapping[str, Any]], images: Iterable[Mapping[str, Any]]
) -> list[Paint] | None:
    """Paints from `painted_paths` and `page.get_image_info()`, which give places on the page before its rotation.

    None where these two do not tell everything: shadings are in neither, and a pattern's cell is drawn elsewhere.
    """
    if has_shading(page):
        return None
    turn = _turn(page)
    found: list[Paint] = []
    for drawing in drawings:
        box = _box(drawing.get("rect"), turn)
        kind = drawing.get("type", "")
        if box is None or kind in ("clip", "group"):
            continue
        fill = drawing.get("fill") if "f" in kind else None
        opaque = fill is not None and (drawing.get("fill_opacity") or 0.0) > 0.99
        seqno = drawing.get("seqno")
        if "s" in kind:
            width = float(drawing.get("width") or 1.0)
            if width >= _BAR and not opaque and (drawing.get("stroke_opacity") or 0.0) > 0.99:
                found += _bars(drawing, width, turn)
            box = box.grow(max(1.0, width) / 2)
        white = opaque and "s" not in kind and min(fill) > 0.998  # type: ignore[arg-type]
        found.append(Paint(box, "fill", seqno, white, opaque, fill is not None and not opaque))
    for image in images:
        box = _box(image.get("bbox"), turn)
        if box is not None:
            found.append(Paint(box, "image", None))
    return found


def _bars(drawing: Mapping[str, Any], width: float, turn: Any) -> list[Paint]:
    """The straight lines of a path, stroked so thick that they can hide text."""
    bars: list[Paint] = []
    for item in drawing.get("items", ())[:_MOST_BARS]:
        box = _box((*item[1], *item[2]), turn) if item[0] == "l" else None
        if box is not None:
            level = box.width >= box.height
            thick = box.grow(0.0, width / 2) if level else box.grow(width / 2, 0.0)
            bars.append(Paint(thick, "fill", drawing.get("seqno")))
    return bars


@record
class Written:
    """A piece of text: its bounds as viewed and when it was painted."""

    box: Box
    seqno: int


@record
class Log:
    """What the engine painted, in order: text, and everything but text."""

    paints: list[Paint]
    texts: list[Written]


@record
class Painted:
    """All that a page paints but text; the engine's log and its display list where they are known."""

    paints: Sequence[Paint]
    log: Log | None = None
    sheet: pymupdf.DisplayList | None = None
    mixing: Sequence[Box] = ()  # panels whose ink mixes with what lies below, as viewed


def painted_on(
    page: pymupdf.Page,
    drawings: Iterable[Mapping[str, Any]] | None = None,
    images: Iterable[Mapping[str, Any]] = (),
    sheet: pymupdf.DisplayList | None = None,
    tiles: Iterable[Box] = (),
    mixing: Sequence[Box] = (),
) -> Painted:
    """What is painted, from what `paints_from` takes; from the engine's log where that does not tell everything.

    `tiles` are what patterns are repeated over, `mixing` what overprints, as viewed: neither tells them.
    """
    repeated = [Paint(box, opaque=False) for box in tiles]
    paints = paints_from(page, drawings, images) if drawings is not None else None
    if paints is not None:
        return Painted([*paints, *repeated], None, sheet, mixing)
    log = logged(page)
    return Painted([*log.paints, *repeated], log, sheet, mixing)


def logged(page: pymupdf.Page) -> Log:
    """The engine's own log, which gives places before the page's rotation."""
    turn = _turn(page)
    log = Log([], [])
    last = None
    for seqno, entry in enumerate(page.get_bboxlog()):
        if entry == last:
            continue  # the same once more, with nothing between
        last = entry
        kind, rect = entry
        paint = _PAINTS.get(kind)
        if paint is None and kind not in _TEXT_KINDS:
            continue
        box = _box(rect, turn)
        if box is None:
            continue
        if paint is None:
            log.texts.append(Written(box, seqno))
        else:
            log.paints.append(Paint(box, paint, seqno, opaque=kind != "stroke-path"))
    return log


_PAINTS: dict[str, Literal["fill", "image"]] = {
    "fill-path": "fill",
    "stroke-path": "fill",
    "fill-shade": "fill",
    "fill-image": "image",
    "fill-imgmask": "image",
}


_TEXT_KINDS = frozenset({"fill-text", "stroke-text", "clip-text", "clip-stroke-text", "ignore-text"})


def painted_at(texts: Index[Written], place: Box) -> int:
    """When the text in this place was painted: the last of those that lie there. Past all when none is found."""
    x, y = place.centre
    return max((text.seqno for text in texts.near(Box(x - 1, y - 1, x + 1, y + 1))), default=1 << 62)


class _Placed(Protocol):
    @property
    def box(self) -> Box: ...


P = TypeVar("P", bound=_Placed)


class Index(Generic[P]):
    """Paints by bands down the page, so that a word asks only those at its height."""

    BAND = 24.0

    def __init__(self, paints: Sequence[P], frame: Box) -> None:
        self._top = frame.y0
        self._last = max(0, min(2000, int(frame.height / self.BAND)))
        self._bands: dict[int, list[P]] = {}
        self._everywhere: list[P] = []  # as tall as half the page: in one list, not in every band
        for paint in paints:
            first, last = self._band(paint.box.y0), self._band(paint.box.y1)
            if last - first > self._last / 2:
                self._everywhere.append(paint)
                continue
            for band in range(first, last + 1):
                self._bands.setdefault(band, []).append(paint)

    def touches(self, place: Box) -> bool:
        """Whether any shares area with the place."""
        left, top, right, bottom = place
        for paint in self._everywhere:
            x0, y0, x1, y1 = paint.box
            if x0 < right and x1 > left and y0 < bottom and y1 > top:
                return True
        if not self._bands:
            return False
        first, last = self._band(top), self._band(bottom)
        while first <= last:
            for paint in self._bands.get(first, ()):
                x0, y0, x1, y1 = paint.box
                if x0 < right and x1 > left and y0 < bottom and y1 > top:
                    return True
            first += 1
        return False

    def near(self, place: Box) -> list[P]:
        """Paints whose bounds share area with the place; one that lies in several bands may come twice."""
        left, top, right, bottom = place
        found: list[P] = []
        for paint in self._everywhere:
            x0, y0, x1, y1 = paint.box
            if x0 < right and x1 > left and y0 < bottom and y1 > top:
                found.append(paint)
        if not self._bands:
            return found
        for band in range(self._band(top), self._band(bottom) + 1):
            for paint in self._bands.get(band, ()):
                x0, y0, x1, y1 = paint.box
                if x0 < right and x1 > left and y0 < bottom and y1 > top:
                    found.append(paint)
        return found

    def _band(self, y: float) -> int:
        band = int((y - self._top) / self.BAND)
        return 0 if band < 0 else band if band < self._last else self._last


def has_shading(page: pymupdf.Page) -> bool:
    """Whether the page, its forms or its annotations may paint shadings or patterns (ISO 32000-1, 8.7)."""
    try:
        resources = mupdf.pdf_dict_get_inheritable(pymupdf._as_pdf_page(page).obj(), mupdf.PDF_ENUM_NAME_Resources)
        if _shaded(resources, set(), 0):
            return True
        annots = mupdf.pdf_dict_get(pymupdf._as_pdf_page(page).obj(), mupdf.PDF_ENUM_NAME_Annots)
        for at in range(min(mupdf.pdf_array_len(annots), 200)):
            looks = mupdf.pdf_dict_gets(mupdf.pdf_array_get(annots, at), "AP")
            normal = mupdf.pdf_dict_gets(looks, "N")
            if _shaded(mupdf.pdf_dict_gets(normal, "Resources"), set(), 0):
                return True
        return False
    except Exception:  # a page whose resources can't be walked: let the engine's log tell
        return True


def _shaded(resources: Any, seen: set[int], depth: int) -> bool:
    for name in ("Shading", "Pattern"):
        if mupdf.pdf_dict_len(mupdf.pdf_dict_gets(resources, name)):
            return True
    if depth > 12 or len(seen) > 500:
        return True
    forms = mupdf.pdf_dict_gets(resources, "XObject")
    for at in range(mupdf.pdf_dict_len(forms)):
        form = mupdf.pdf_dict_get_val(forms, at)
        number = mupdf.pdf_to_num(form)
        if number in seen:
            continue
        seen.add(number)
        inner = mupdf.pdf_dict_gets(form, "Resources")
        if mupdf.pdf_is_dict(inner) and _shaded(inner, seen, depth + 1):
            return True
    return False


def _turn(page: pymupdf.Page) -> pymupdf.Matrix | None:
    """From places on the page before its rotation to places as viewed.

    The engine's own matrix for it leaves out UserUnit, which all its places know (ISO 32000-1, table 30).
    """
    _, _, width, height = page.rect
    match page.rotation:
        case 90:
            return pymupdf.Matrix(0, 1, -1, 0, width, 0)
        case 180:
            return pymupdf.Matrix(-1, 0, 0, -1, width, height)
        case 270:
            return pymupdf.Matrix(0, -1, 1, 0, 0, height)
    return None


def _box(rect: Any, turn: Any) -> Box | None:
    """A rectangle of the engine as a box as viewed; None when it is no place."""
    if rect is None:
        return None
    x0, y0, x1, y1 = pymupdf.Rect(rect) * turn if turn is not None else rect
    if x0 <= x1 and y0 <= y1 and x1 - x0 < math.inf and y1 - y0 < math.inf:
        return Box(x0, y0, x1, y1)
    if not all(map(math.isfinite, (x0, y0, x1, y1))):
        return None
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
