"""What is painted behind each word of a PDF page, in which ink it is seen, and whether it can be seen at all.

The page is drawn once with text switched off, and the pixels under each word are its ground. Where nothing but text is painted
near the words, nothing is drawn. A second picture, with text, is made only where paint comes after a word and covers or tints
it, and a third, closer one where the ink must be taken from the pixels (`pdf_ink`).

Should the engine's calls for that fail (`pdf_drawn.self_test`), a word's ground is the commonest colour of its box in an
ordinary picture of the page, with an `error` that says how rough that is, and nothing is called covered.

Cannot see: the ground of text set in a picture; text painted twice (a shadow's copy) vanishes as one. Colours are the engine's
conversion to sRGB: of CMYK and spot colours an estimate.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace

import pymupdf

from clearprint.colour import BLACK, WHITE, Colour, contrast, over
from clearprint.formats.pdf_drawn import Drawn
from clearprint.formats.pdf_ground import ground_of, is_line, on_paper
from clearprint.formats.pdf_hiding import maybe_covered
from clearprint.formats.pdf_ink import painted_ink, resolution_for, shows
from clearprint.formats.pdf_paints import Index, Paint, Painted, painted_on
from clearprint.formats.pdf_watched import Odd
from clearprint.geometry import Box
from clearprint.model import Ground
from clearprint.records import record

_ALIKE = 0.03  # of a part of a colour
_OUTLINE = 0.02  # of a word's height: a finer outline is no colour of its own
_TRUSTED = 3  # words of one kind that show the ink they should have: so do the others


@record
class Ink:
    """A word to look behind. The box is in points of `page.rect`: as viewed, after rotation."""

    box: Box
    colour: Colour | None  # None: it is to be taken from the pixels, for its letters are a clip or bring colours of their own
    opacity: float = 1.0
    seqno: int | None = None  # its place in the order of painting, when known
    odd: Odd | None = None  # how its text is painted, when that changes its look


@record
class Behind:
    """What lies behind a word. `ground` None: its place is off the page or no place at all, or the word is covered."""

    ground: Ground | None
    covered: bool = False  # later opaque paint hides it, or a mask, or nothing fills it
    ink: Colour | None = None  # as painted, where that is not what the word says; opaque


def doubtful(page: pymupdf.Page, places: Sequence[Box], painted: Painted) -> list[int]:
    """Which of the places (boxes of words, as viewed) must be looked behind; the rest lie on bare paper."""
    frame = Box(*page.rect)
    index = Index(painted.paints, frame)
    left, top, right, bottom = frame
    found = []
    for i, place in enumerate(places):
        x0, y0, x1, y1 = place
        whole = left <= x0 < x1 <= right and top <= y0 < y1 <= bottom  # false of what is no number
        if not whole or (painted.paints and index.touches(place)):
            found.append(i)
    return found


def behind(page: pymupdf.Page, inks: Sequence[Ink], paper: Colour = WHITE, painted: Painted | None = None) -> list[Behind]:
    """The ground of each ink, in the same order. `painted` as `painted_on` gives it; without it the page is asked once more.

    `paper` is the colour of the paper: every colour of the ground is multiplied by it, as ink on tinted paper is.
    """
    if not inks:
        return []
    painted = painted or painted_on(page)
    paints, log = painted.paints, painted.log
    frame = Box(*page.rect)
    places = {i: place for i, ink in enumerate(inks) if (place := _on_page(ink.box, frame)) is not None}
    result = [Behind(Ground(paper, "paper") if i in places else None) for i in range(len(inks))]
    marking = Index([paint for paint in paints if not paint.white], frame)
    touched = {i for i, place in places.items() if marking.touches(place)}
    seqnos = [ink.seqno for ink in inks]
    later = {i for i in maybe_covered(page, seqnos, [places.get(i) for i in range(len(inks))], paints, log) if inks[i].colour}
    over = later | {i for i in places if (odd := inks[i].odd) is not None and odd.why == "mask"}
    clips = [i for i in places if inks[i].colour is None]
    mixed = [i for i in places if (odd := inks[i].odd) is not None and odd.why == "overprint" and i in touched]
    unsure = {*over, *clips, *(i for i in places if (odd := inks[i].odd) is not None and odd.why == "group")}
    if wanted := {*touched, *unsure}:
        sheet = painted.sheet or page.get_displaylist()
        drawn = Drawn(page, [places[i] for i in wanted], sheet)
        printed = _printed(page, places, touched, painted, sheet, drawn)
        images = [paint.box for paint in paints if paint.kind == "image"]
        lines = Index([paint for paint in paints if is_line(paint.box)], frame)
        for i in {*over, *clips}:
            if printed.get(i, drawn).hides(places[i]) and (i in over or drawn.is_plain(places[i])):
                result[i] = Behind(None, covered=True)
        for i in touched:
            if not result[i].covered:
                ink = inks[i].colour or BLACK
                result[i] = Behind(ground_of(printed.get(i, drawn), places[i], ink, inks[i].opacity, paper, images, lines))
        unsure = {i for i in unsure if not result[i].covered}
        if unsure and drawn.exact:
            _look_closely(page, sheet, inks, {i: places[i] for i in sorted(unsure)}, paper, images, result, over=later)
        if mixed and drawn.exact:
            _look_closely(page, sheet, inks, {i: places[i] for i in mixed}, paper, images, result, overprint=True)
    for i in places:
        if (odd := inks[i].odd) is not None and odd.why == "stroke":
            result[i] = _outlined(inks[i], odd, result[i], paper)
    return result


def _printed(
    page: pymupdf.Page,
    places: Mapping[int, Box],
    touched: Container[int],
    painted: Painted,
    sheet: pymupdf.DisplayList,
    drawn: Drawn,
) -> dict[int, Drawn]:
    """The page in the inks of its press, for words on or under panels that overprint, and for no others."""
    if not painted.mixing or not drawn.exact:
        return {}
    mixing = [Paint(box) for box in painted.mixing]
    index = Index(mixing, Box(*page.rect))
    chosen = [i for i, place in places.items() if i in touched and index.touches(place)]
    if not chosen:
        return {}
    return dict.fromkeys(chosen, Drawn(page, [places[i] for i in chosen], sheet, overprint=True))


def _look_closely(
    page: pymupdf.Page,
    sheet: pymupdf.DisplayList,
    inks: Sequence[Ink],
    places: Mapping[int, Box],
    paper: Colour,
    images: Sequence[Box],
    result: list[Behind],
    *,
    over: Container[int] = (),
    overprint: bool = False,
) -> None:
    """Takes the ink of these words from the pixels, but of those that show the ink they should have."""
    close = Drawn(page, list(places.values()), sheet, resolution_for(list(places.values())), overprint)
    trusted: Counter[object] = Counter()
    for i, place in places.items():
        ink, ground, odd = inks[i].colour, result[i].ground, inks[i].odd
        shape = odd.shape if odd is not None else None
        if ink is not None and ground is not None:
            kind = (ink, inks[i].opacity, ground.colour, odd.opacity) if odd is not None and odd.why == "group" else None
            if trusted[kind] >= _TRUSTED:
                continue
            if shows(close, place, shape, ink, inks[i].opacity, ground.colour, paper):
                trusted[kind] += kind is not None
                continue
        if found := painted_ink(close, place, shape, inks[i].opacity, paper, images, i in over):
            result[i] = Behind(found[1], ink=found[0])


def _outlined(ink: Ink, odd: Odd, behind: Behind, paper: Colour) -> Behind:
    """Letters filled in one colour and outlined in another are told by the edge that stands out most.

    It is that of the outline against the ground, of the fill against the ground, or of the fill against the outline.
    """
    ground, own = behind.ground, ink.colour
    if ground is None or own is None or odd.stroke is None or odd.width < _OUTLINE * ink.box.height:
        return behind
    outline = on_paper(odd.stroke, paper)
    if all(abs(a - b) < _ALIKE for a, b in zip(own, outline, strict=True)):
        return behind
    fill = over(own, ground.colour, ink.opacity)
    edges = [
        (contrast(fill, ground.colour), behind),
        (contrast(outline, ground.colour), replace(behind, ink=outline)),
        (contrast(fill, outline), Behind(Ground(outline, "flat"), ink=fill)),
    ]
    return max(edges, key=lambda edge: edge[0])[1]


def _on_page(box: Box, frame: Box) -> Box | None:
    """The part of a word's box that lies on the page."""
    if not all(map(math.isfinite, box)):
        return None
    return box.intersection(frame)
