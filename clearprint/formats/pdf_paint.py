"""What is painted behind each word of a PDF page, and whether the word can be seen at all.

The page is drawn once with text switched off, and the pixels under each word are its ground. Where nothing but text is painted
near the words, nothing is drawn. A second picture, with text, is made only where opaque paint comes after a word and covers it.

Should the engine's calls for that fail (`pdf_drawn.self_test`), a word's ground is the commonest colour of its box in an
ordinary picture of the page, with an `error` that says how rough that is, and nothing is called covered.

Cannot see: the ground of text set in a picture; text painted twice (a shadow's copy) vanishes as one. Colours are the engine's
conversion to sRGB: of CMYK and spot colours an estimate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pymupdf

from clearprint.colour import WHITE, Colour
from clearprint.formats.pdf_drawn import Drawn
from clearprint.formats.pdf_ground import ground_of, is_line
from clearprint.formats.pdf_hiding import maybe_covered
from clearprint.formats.pdf_paints import Index, Painted, painted_on
from clearprint.geometry import Box
from clearprint.model import Ground


@dataclass(frozen=True, slots=True)
class Ink:
    """A word to look behind. The box is in points of `page.rect`: as viewed, after rotation."""

    box: Box
    colour: Colour
    opacity: float = 1.0
    seqno: int | None = None  # its place in the order of painting, when known
    unsure: Literal["masked", "clip"] | None = None  # a soft mask may hide it; it is a clip, seen where something fills it


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind a word. `ground` None: its place is off the page or no place at all, or the word is covered."""

    ground: Ground | None
    covered: bool = False  # later opaque paint hides it, or a mask, or nothing fills it


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
    places = [_on_page(ink.box, frame) for ink in inks]
    plain = Behind(Ground(paper, "paper"))
    result = [plain if place is not None else Behind(None) for place in places]
    marking = Index([paint for paint in paints if not paint.white], frame)
    touched = [i for i, place in enumerate(places) if place is not None and marking.touches(place)]
    over = [i for i in maybe_covered(page, [ink.seqno for ink in inks], places, paints, log) if inks[i].unsure != "clip"]
    over += [i for i, place in enumerate(places) if place is not None and inks[i].unsure == "masked"]
    clips = [i for i, place in enumerate(places) if place is not None and inks[i].unsure == "clip"]
    wanted = [place for i in {*touched, *over, *clips} if (place := places[i]) is not None]
    if not wanted:
        return result
    drawn = Drawn(page, wanted, painted.sheet or page.get_displaylist())
    images = [paint.box for paint in paints if paint.kind == "image"]
    lines = Index([paint for paint in paints if is_line(paint.box)], frame)
    for i in over:
        place = places[i]
        assert place is not None
        if drawn.hides(place):
            result[i] = Behind(None, covered=True)
    for i in clips:
        place = places[i]
        assert place is not None
        if drawn.is_plain(place):
            result[i] = Behind(None, covered=True)
    for i in touched:
        place = places[i]
        assert place is not None
        if not result[i].covered:
            result[i] = Behind(ground_of(drawn, place, inks[i].colour, inks[i].opacity, paper, images, lines))
    return result


def _on_page(box: Box, frame: Box) -> Box | None:
    """The part of a word's box that lies on the page."""
    if not all(map(math.isfinite, box)):
        return None
    return box.intersection(frame)
