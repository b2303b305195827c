"""Folds that a PDF itself names: processing steps, layers and separations for folding and creasing, and the lines in them.

ISO 19593-1 puts a dictionary GTS_Metadata into the optional content group of a processing step, with GTS_ProcStepsType Folding
or Creasing; before it, and still, houses name a layer or a spot colour Fold, Crease, Falz or Pli. Their lines are marks for the
finisher and no ink, and most layers of the kind are switched off in print: a second copy of the file shows them alone.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats.pdf import Frame, open_pdf
from clearprint.formats.pdf_layers import FOLD_NAME, fold_layers
from clearprint.formats.pdf_vectors import painted_paths
from clearprint.geometry import Box
from clearprint.model import Stroke
from clearprint.units import from_mm

_LAYER = "clearprint: folds"
_INK = (0.1137, 0.5294, 0.8314)  # of a separation for folds in the second copy: a colour that nothing else has
_NEAR = 0.004  # how far a colour may come back from the engine
_LEVEL = 1.0  # points a line may stray and still be level
_ONE = from_mm(0.7)  # pieces of a dashed line lie no farther off it
_EDGE = from_mm(1.0)
_HALF = 0.5  # of a side: a line that long is a fold of the whole sheet, drawn with gaps or short of the edges
_SHORTEST = from_mm(10)  # of a fold that ends inside the sheet
_DEEPEST, _MOST_FORMS = 4, 60


class FoldReader:
    """The folds of each page of one PDF. Costs nothing where the file names none."""

    def __init__(self, document: pymupdf.Document, path: Path, password: str | None) -> None:
        self._document = document
        self._layers = bool(fold_layers(document))
        self._path = path
        self._password = password
        self._copy: pymupdf.Document | None = None

    def folds(self, page: pymupdf.Page, frame: Frame) -> list[Box]:
        """The folds of a page on paper: boxes without breadth, upright ones first. A broken file says nothing."""
        with contextlib.suppress(Exception):
            inks = list(_separations(_resources(page)))
            if not inks and not self._layers:
                return []
            copy = self._second()[page.number]
            for ink in _separations(_resources(copy)):
                _mark(ink)
            return folds_of_lines(_lines(painted_paths(copy), frame), *frame.page_size)
        return []

    def close(self) -> None:
        if self._copy is not None:
            self._copy.close()

    def _second(self) -> pymupdf.Document:
        if self._copy is None:
            self._copy = open_pdf(self._path, password=self._password)
            _show(self._copy)
        return self._copy


def without_folds(strokes: Iterable[Stroke], folds: Iterable[Box]) -> list[Stroke]:
    """The strokes that are ink: those that lie along no fold."""
    upright = [box.x0 for box in folds if box.width == 0]
    level = [box.y0 for box in folds if box.height == 0]

    def marks(stroke: Stroke) -> bool:
        at = stroke.box.centre[1 if stroke.horizontal else 0]
        return any(abs(at - fold) < _LEVEL for fold in (level if stroke.horizontal else upright))

    return [stroke for stroke in strokes if not marks(stroke)]


def folds_of_lines(lines: Iterable[tuple[bool, float, float, float]], width: float, height: float) -> list[Box]:
    """Folds from the lines that mark them: upright or not, where, from, to.

    Ticks at an edge and dashes stand for a whole fold. A line that neither reaches an edge nor goes half across is a fold
    that ends inside the sheet.
    """
    groups: list[tuple[bool, float, list[tuple[float, float]]]] = []
    for upright, at, start, end in sorted(lines):
        if groups and groups[-1][0] == upright and at - groups[-1][1] <= _ONE:
            groups[-1][2].append((start, end))
        else:
            groups.append((upright, at, [(start, end)]))
    found = []
    for upright, at, parts in groups:
        side, length = (width, height) if upright else (height, width)
        first, last = min(start for start, _ in parts), max(end for _, end in parts)
        if not _EDGE < at < side - _EDGE:
            continue
        if last - first >= _HALF * length or first <= _EDGE or last >= length - _EDGE:
            first, last = 0.0, length
        elif last - first < _SHORTEST:
            continue
        found.append(Box(at, first, at, last) if upright else Box(first, at, last, at))
    return sorted(found, key=lambda box: (box.width > 0, box.x0, box.y0))


def _lines(drawings: Iterable[Mapping[str, Any]], frame: Frame) -> Iterator[tuple[bool, float, float, float]]:
    for drawing in drawings:
        layer = drawing.get("layer") or ""
        if layer != _LAYER and not any(_is_ink(drawing.get(key)) for key in ("color", "fill")):
            continue
        for item in drawing.get("items") or ():
            points = []
            if item[0] == "l":
                points = [(item[1], item[2])]
            elif item[0] == "re":
                x0, y0, x1, y1 = item[1]
                middle = ((x0 + x1) / 2, (y0 + y1) / 2)
                if x1 - x0 <= 2 * _LEVEL:
                    points = [((middle[0], y0), (middle[0], y1))]
                elif y1 - y0 <= 2 * _LEVEL:
                    points = [((x0, middle[1]), (x1, middle[1]))]
            for start, end in points:
                (ax, ay), (bx, by) = frame.point(*start), frame.point(*end)
                if not all(map(math.isfinite, (ax, ay, bx, by))):
                    continue
                if abs(ax - bx) <= _LEVEL < abs(ay - by):
                    yield True, (ax + bx) / 2, min(ay, by), max(ay, by)
                elif abs(ay - by) <= _LEVEL < abs(ax - bx):
                    yield False, (ay + by) / 2, min(ax, bx), max(ax, bx)


def _is_ink(colour: Any) -> bool:
    return colour is not None and len(colour) == 3 and all(abs(a - b) <= _NEAR for a, b in zip(colour, _INK, strict=True))


# --- the second copy --------------------------------------------------------------------------------------------------------


def _show(document: pymupdf.Document) -> None:
    """Switches the layers of folds on, and gives them one name."""
    layers = fold_layers(document)
    numbers = set(layers)
    for layer in layers.values():
        mupdf.pdf_dict_puts(layer, "Name", mupdf.pdf_new_text_string(_LAYER))
        mupdf.pdf_dict_dels(layer, "Usage")
    root = mupdf.pdf_dict_gets(mupdf.pdf_trailer(pymupdf._as_pdf_document(document)), "Root")
    configuration = mupdf.pdf_dict_gets(mupdf.pdf_dict_gets(root, "OCProperties"), "D")
    off = mupdf.pdf_dict_gets(configuration, "OFF")
    for at in reversed(range(mupdf.pdf_array_len(off))):
        if mupdf.pdf_to_num(mupdf.pdf_array_get(off, at)) in numbers:
            mupdf.pdf_array_delete(off, at)


def _mark(separation: Any) -> None:
    """Gives a separation the one colour by which its lines are known."""
    pdf = mupdf.pdf_get_bound_document(separation)
    function = mupdf.pdf_new_dict(pdf, 4)
    for key, values in (("Domain", (0.0, 1.0)), ("C0", _INK), ("C1", _INK)):
        array = mupdf.pdf_new_array(pdf, len(values))
        for value in values:
            mupdf.pdf_array_push_real(array, value)
        mupdf.pdf_dict_puts(function, key, array)
    mupdf.pdf_dict_puts(function, "FunctionType", mupdf.pdf_new_int(2))
    mupdf.pdf_dict_puts(function, "N", mupdf.pdf_new_int(1))
    mupdf.pdf_array_put(separation, 2, mupdf.pdf_new_name("DeviceRGB"))
    mupdf.pdf_array_put(separation, 3, function)


def _resources(page: pymupdf.Page) -> Any:
    return mupdf.pdf_page_resources(pymupdf._as_pdf_page(page))


def _separations(resources: Any) -> Iterator[Any]:
    """The colour spaces named for folds in a page's resources and in those of its forms (ISO 32000-1, 8.6.6.4)."""
    queue = [(resources, 0)]
    forms = 0
    seen: set[int] = set()
    while queue:
        place, depth = queue.pop()
        spaces = mupdf.pdf_dict_gets(place, "ColorSpace")
        for at in range(mupdf.pdf_dict_len(spaces)):
            space = mupdf.pdf_dict_get_val(spaces, at)
            if mupdf.pdf_to_name(mupdf.pdf_array_get(space, 0)) != "Separation":
                continue
            if FOLD_NAME.search(mupdf.pdf_to_name(mupdf.pdf_array_get(space, 1))):
                yield space
        objects = mupdf.pdf_dict_gets(place, "XObject")
        if depth >= _DEEPEST:
            continue
        for at in range(mupdf.pdf_dict_len(objects)):
            form = mupdf.pdf_dict_get_val(objects, at)
            number = mupdf.pdf_to_num(form)
            if forms >= _MOST_FORMS or number in seen or mupdf.pdf_to_name(mupdf.pdf_dict_gets(form, "Subtype")) != "Form":
                continue
            seen.add(number)
            forms += 1
            queue.append((mupdf.pdf_dict_gets(form, "Resources"), depth + 1))
