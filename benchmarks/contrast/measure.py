"""What clearprint measures on a page of known contrast, and what a checker does that takes all paper for white and bare."""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pymupdf

from benchmarks.contrast.page import Case
from clearprint.checks import text_contrast
from clearprint.colour import WHITE, Colour, contrast, from_hex
from clearprint.geometry import Box
from clearprint.model import Job, Page, Survey
from clearprint.readers import open_source

ASKED = 4.5
"""The ratio that text of the cases' size needs."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The least ratio on a page and its place; None: not measured."""

    ratio: float | None
    box: Box | None = None


def clearprint(case: Case) -> Measured:
    """The worst ratio that text-contrast observes."""
    colour = case.declare.get("paper-colour")
    job = Job(paper_colour=from_hex(colour) if colour else None)
    with tempfile.TemporaryDirectory(prefix="clearprint-") as folder:
        path = Path(folder, "case")
        path.write_bytes(case.document)
        with open_source(path, job) as source:
            return worst(source.page(0))


def worst(page: Page) -> Measured:
    """The least ratio that text-contrast observes on a page."""
    seen = [item for item in text_contrast.on_page(page, Survey()) if item.measure == "ratio" and isinstance(item.value, float)]
    least = min(seen, key=lambda item: float(item.value), default=None)
    return Measured(None) if least is None else Measured(float(least.value), least.place.box)


def on_white(case: Case) -> Measured:
    """Each text's own colour, as the PDF engine or the run in Word tells it, against white."""
    if case.document.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(case.document)) as archive:
            body = archive.read("word/document.xml").decode()
        runs = re.findall(r"<w:r>(?:<w:rPr>(.*?)</w:rPr>)?<w:t ", body)
        inks = [found.group(1) if (found := re.search(r'<w:color w:val="([0-9A-F]{6})"', run)) else "000000" for run in runs]
        return Measured(min((contrast(from_hex(ink), WHITE) for ink in inks), default=None))
    with pymupdf.open("pdf", case.document) as document:
        spans = [
            span
            for block in document[0].get_text("dict")["blocks"]
            for line in block.get("lines", ())
            for span in line["spans"]
        ]
    return Measured(min((contrast(_colour(span["color"]), WHITE) for span in spans), default=None))


def right(case: Case, measured: Measured) -> bool:
    """Whether a measure is as near to the truth as it must be."""
    if measured.ratio is None or abs(measured.ratio - case.ratio) > case.room:
        return False
    if case.box is None or measured.box is None:
        return True
    return case.box[0] - 1 <= measured.box.x0 and measured.box.x1 <= case.box[1] + 1


def verdict(ratio: float | None) -> str:
    """What the ratio means for text of ordinary size."""
    return "?" if ratio is None else "fails" if ratio < ASKED else "passes"


def _colour(value: int) -> Colour:
    return (value >> 16 & 255) / 255, (value >> 8 & 255) / 255, (value & 255) / 255
