"""Reads a text document through the PDF that LibreOffice made of it: the real pages, each block with its paragraph's path."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from clearprint.formats.face_names import key
from clearprint.formats.widths import same_widths, stand_in_error
from clearprint.geometry import Box
from clearprint.model import Block, Job, LayoutBasis, Page, StandIn, letters
from clearprint.readers.from_pdf import PdfSource
from clearprint.records import record

Spot = tuple[int, Box]
"""A page, counted from 1, and a box on it."""

_START = 24  # letters by which a paragraph is known
_LEAST = 3  # letters of a block that has a path
_AHEAD = 4_000  # letters looked through for a paragraph that goes on
_SHARE = 0.01  # of the letters: a face that sets less is not told of


@record
class Formatting:
    """What the formatting of a text document says, beside the pages it was laid out on."""

    pages: tuple[Page, ...]  # its sections
    places: Mapping[str, tuple[Spot, ...]]  # where each paragraph stands, by its path
    pictures: Mapping[str, Spot]  # where the first picture of a paragraph stands, by its path


class PrintedSource:
    """A document with the PDF made of it. Implements `readers.Source`."""

    laid_out = True
    layout: Literal["libreoffice"] = "libreoffice"

    def __init__(self, path: Path, printed: Path, format_: Literal["docx", "odt", "rtf"], job: Job) -> None:
        self.format = format_
        self._pdf = PdfSource(printed, job)
        self._paragraphs = Paragraphs(path, job) if format_ == "docx" else None

    @property
    def profile(self) -> str | None:
        return self._pdf.profile

    @property
    def count(self) -> int:
        return self._pdf.count

    @property
    def basis(self) -> LayoutBasis:
        """The program that set the pages, and the faces that it had to replace on those read so far."""
        engine, _, version = self._pdf.producer.partition(" ")
        return LayoutBasis(
            engine or "LibreOffice", version, self._paragraphs.stand_ins() if self._paragraphs is not None else ()
        )

    @property
    def formatting(self) -> Formatting | None:
        """What the formatting of a Word document says, and where on the pages read so far that stands."""
        return self._paragraphs.formatting() if self._paragraphs is not None else None

    def page(self, index: int) -> Page:
        """The page understood, counted from 0. What runs wider or narrower than asked for is said in its blocks."""
        page = self._pdf.page(index)
        if self._paragraphs is None:
            return page
        return self._paragraphs.onto(page)

    def close(self) -> None:
        self._pdf.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class Paragraphs:
    """Finds the paragraph that a block of a page comes from, by its letters. Pages come in order."""

    def __init__(self, path: Path, job: Job) -> None:
        from clearprint.readers.from_docx import DocxSource

        with DocxSource(path, job) as source:
            self._sections = tuple(source.page(index) for index in range(source.count))
        self._blocks = [block for page in self._sections for block in page.blocks]
        self._spots: dict[str, list[Spot]] = defaultdict(list)
        self._pictures: list[Spot] = []
        self._texts = [_bare(block.text) for block in self._blocks]
        self._starts: dict[str, list[int]] = defaultdict(list)
        ends = []
        at = 0
        for number, text in enumerate(self._texts):
            self._starts[text[:_START]].append(number)
            at += len(text)
            ends.append(at)
        self._all = "".join(self._texts)
        self._ends = ends
        self._last = -1  # the paragraph found last
        self._set: Counter[tuple[str, str]] = Counter()  # letters by face asked for and face set in

    def onto(self, page: Page) -> Page:
        blocks = []
        for block in page.blocks:
            source = self.of(block)
            blocks.append(block if source is None else self._told(block, source))
            if source is not None and source.path is not None and block.box is not None and block.page is not None:
                self._spots[source.path].append((block.page, block.box))
        shown = [picture for picture in page.pictures if picture.use == "picture" and picture.box is not None]
        self._pictures += [(picture.page, picture.box) for picture in shown if picture.page and picture.box]
        return replace(page, blocks=tuple(blocks))

    def formatting(self) -> Formatting:
        """What the sections say. Pictures are found in their order, if there are as many of them on the pages."""
        named = [picture.path for page in self._sections for picture in page.pictures if picture.use == "picture"]
        pictures: dict[str, Spot] = {}
        if len(named) == len(self._pictures):
            for path, spot in zip(named, self._pictures, strict=True):
                if path is not None:
                    pictures.setdefault(path, spot)
        return Formatting(self._sections, {path: tuple(spots) for path, spots in self._spots.items()}, pictures)

    def of(self, block: Block) -> Block | None:
        """The paragraph as the document has it; None where none is known."""
        found = self._found(block)
        return None if found is None else self._blocks[found]

    def _told(self, block: Block, source: Block) -> Block:
        asked, used = source.style.face, block.style.face
        error = 0.0
        if key(asked.family) != key(used.family) and not same_widths(asked.family, used.family):
            self._set[(asked.family, used.family)] += letters(block.text)
            error = stand_in_error(asked.family, used.family)
        return replace(block, path=source.path, width_error=error)

    def _found(self, block: Block) -> int | None:
        text = _bare(block.text)
        if len(text) < _LEAST:
            return None
        numbers = self._starts.get(text[:_START])
        if numbers is None and len(text) > _START:
            at = self._all.find(text[:_START], self._begin(self._last), self._begin(self._last) + _AHEAD)
            if at < 0:
                at = self._all.find(text[-_START:], self._begin(self._last), self._begin(self._last) + _AHEAD)
            return self._at(at) if at >= 0 else None
        if not numbers:
            return None
        later = next((number for number in numbers if number > self._last), None)
        number = later if later is not None else numbers[-1]
        if self._blocks[number].hint not in ("running-head", "running-foot", "folio", "note"):
            self._last = number
        return number

    def _begin(self, number: int) -> int:
        return self._ends[number - 1] if number > 0 else 0

    def _at(self, place: int) -> int:
        return bisect_right(self._ends, place)

    def stand_ins(self) -> tuple[StandIn, ...]:
        total = len(self._all)
        pairs = sorted(pair for pair, amount in self._set.items() if amount > _SHARE * total)
        return tuple(StandIn(face, used, stand_in_error(face, used)) for face, used in pairs)


def _bare(text: str) -> str:
    """Letters and digits only: hyphens, spaces and marks differ between a document and its page."""
    return "".join(filter(str.isalnum, text)).casefold()
