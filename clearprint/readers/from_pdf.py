"""Reads a PDF: measures the marks of each page and has `layout` understand them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

import pymupdf

from clearprint.colour import WHITE, Colour
from clearprint.errors import UnreadableFile
from clearprint.formats import (
    pdf,
    pdf_covered,
    pdf_decor,
    pdf_drawn,
    pdf_fields,
    pdf_folds,
    pdf_ground,
    pdf_intent,
    pdf_logos,
    pdf_paint,
    pdf_pictures,
    pdf_small_boxes,
    pdf_smallcaps,
    pdf_state,
    pdf_tags,
    pdf_text,
    pdf_vectors,
    pdf_watched,
)
from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_codes import codes_of
from clearprint.formats.pdf_drawings import drawings_of, outlined_rows
from clearprint.formats.pdf_faces import FaceBook
from clearprint.formats.pdf_paints import Index, Painted, painted_on
from clearprint.formats.pdf_trim import marked_trim
from clearprint.formats.pdf_upright import settled
from clearprint.formats.pdf_watched import Odd
from clearprint.geometry import Box
from clearprint.model import Ground, Job, Marks, NotLookedAt, Page, Panel, Picture, Style, Word

_SHRINK_EVERY = 50  # pages: the engine's store of decoded images is emptied


class PdfSource:
    """An open PDF. Implements `readers.Source`."""

    format: Literal["pdf"] = "pdf"
    laid_out = True
    layout: Literal["exact"] = "exact"
    basis = None
    formatting = None

    def __init__(self, path: Path, job: Job, *, password: str | None = None) -> None:
        self._document = pdf.open_pdf(path, password=password)
        self._name = path.name
        self._job = job
        self._scale = job.scale if job.scale is not None and 0.001 < job.scale < 1000 else 1.0
        self._faces = FaceBook(self._document)
        self._tagged = pdf_tags.is_tagged(self._document)
        self._folds = pdf_folds.FoldReader(self._document, path, password)
        self._language = _language(self._document)
        self._intent = pdf_intent.intent_of(self._document)
        self.count = int(self._document.page_count)

    @property
    def producer(self) -> str:
        """The program that made the PDF, as it names itself: "LibreOffice 7.4"."""
        return str((self._document.metadata or {}).get("producer") or "")

    @property
    def profile(self) -> str | None:
        """The name of the output intent that colours are shown by."""
        return self._intent.name if self._intent is not None else None

    def page(self, index: int) -> Page:
        """The page understood, counted from 0."""
        from clearprint import layout

        return layout.understand(self.marks(index))

    def marks(self, index: int) -> Marks:
        """The page as measured, counted from 0."""
        if index and index % _SHRINK_EVERY == 0:
            pymupdf.TOOLS.store_shrink(100)
        try:
            page = self._document[index]
        except Exception as error:
            raise self._damaged(index) from error
        if not 0 < page.xref < self._document.xref_length():
            raise self._damaged(index)  # no object of its own: a page tree lists pages by reference (ISO 32000-1, 7.7.3.2)
        try:
            return self._marks(page, index + 1)
        except (MemoryError, RecursionError, KeyboardInterrupt):
            raise
        except UnreadableFile:
            raise
        except Exception as error:
            if type(error).__module__.startswith(("pymupdf", "mupdf")) or isinstance(error, RuntimeError) or _refused(error):
                raise self._damaged(index) from error
            raise

    def _damaged(self, index: int) -> UnreadableFile:
        return UnreadableFile(
            f"Page {index + 1} of {self._name} is damaged and cannot be read. Export the file again.", code="damaged"
        )

    def close(self) -> None:
        self._folds.close()
        if not self._document.is_closed:
            self._document.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _marks(self, page: pymupdf.Page, number: int) -> Marks:
        pdf.hide_what_does_not_print(page)
        if self._intent is not None:
            pdf_intent.give_spots(page, self._intent)
        drawings = pdf_vectors.painted_paths(page)
        frame = pdf.frame_of(page, self._scale)
        if pdf.may_have_crop_marks(frame):
            frame = marked_trim(frame, drawings)
        width, height = frame.page_size
        ground = Ground(self._job.paper_colour or WHITE, "paper")
        sheet = page.get_displaylist()
        watched = pdf_watched.watched(page, sheet, frame)
        text = pdf_text.text_of(
            page, frame, lambda name, flags: self._faces.face(page, name, flags, digits=True), ground, watched.inks
        )
        rasters = pdf_covered.not_covered(page, frame, watched.rasters, drawings) if watched.rasters else []
        images = pdf_pictures.placed_images(rasters, frame)
        pdf_pictures.decode_detailed(rasters, frame)
        words = pdf_watched.fainter(settled(text.words), watched.odd, frame)
        painted = painted_on(page, drawings, images, sheet, watched.tiles, watched.mixing)
        words, covered = self._grounded(page, frame, words, painted, watched.odd)
        vectors = pdf_vectors.vectors_of(frame, drawings)
        folds = self._folds.folds(page, frame)
        vectors.strokes[:] = pdf_folds.without_folds(vectors.strokes, folds)
        rows, letters = outlined_rows(frame, vectors.shapes, drawings)
        rows = _unread(rows, words)
        shapes = [shape for i, shape in enumerate(vectors.shapes) if i not in letters]
        boxes = [word.box for word in words]
        strokes = [stroke for stroke in vectors.strokes if not any(row.contains(stroke.box, 1.0) for row in rows)]
        words, strokes = pdf_decor.decorated(page, frame, words, strokes, watched.strokes_text)
        words = pdf_smallcaps.marked(page, frame, words, lambda name: self._faces.small_capitals(page, name))
        words, tags = pdf_tags.tagged(page, frame, words) if self._tagged and words else (words, ())
        text_boxes = [word.box for word in words if any(map(str.isalnum, word.text))]  # a sign of a symbol face is no text
        rasters, small_boxes = pdf_small_boxes.without_boxes(rasters, frame)
        pictures = pdf_pictures.pictures_of(rasters, frame, number, text_boxes)
        paper = Box(0.0, 0.0, width, height)
        drawn, parts = drawings_of(shapes, strokes, vectors.panels, boxes, number, paper)
        pictures = pdf_logos.with_logos([*pictures, *drawn], paper, text_boxes)
        vectors.panels[:] = [panel for i, panel in enumerate(vectors.panels) if i not in parts] + small_boxes
        pictures += codes_of(vectors.specks, strokes, boxes, number)
        strokes = pdf_vectors.that_show(strokes, _grounds(vectors, pictures))
        state, overlooked = pdf_state.state_of(
            number,
            paper,
            words,
            text.hidden + covered,
            text.unknown,
            text.known,
            pictures,
            rows,
            bool(strokes or vectors.panels or shapes),
            not words and not text.hidden and pdf_pictures.is_photograph(rasters),
        )
        fields = pdf_fields.fields_of(page, frame, number)
        return Marks(
            number,
            width,
            height,
            tuple(words),
            tuple(pictures),
            tuple(strokes),
            tuple(vectors.panels),
            tuple(fields),
            tags,
            state=state,
            trim_basis=frame.basis,
            turned=frame.turned,
            fold_lines=tuple(folds),
            language=self._language,
            coverage=pdf_state.coverage(width, height, _covering(words, pictures, vectors.panels, width * height)),
            not_looked_at=overlooked + _guessed(number, words, painted),
            specks=_specks(vectors.specks, pictures),
            drawn=pdf_vectors.digest(vectors.shapes),
        )

    def _grounded(
        self,
        page: pymupdf.Page,
        frame: Frame,
        words: Sequence[Word],
        painted: Painted,
        odd: Sequence[Odd],
    ) -> tuple[list[Word], int]:
        """The words that can be seen, each with its ground; and how many letters later paint covers.

        They come lying on bare paper, which most do: only where something is painted is it looked for.
        """
        if not words:
            return [], 0
        paper = self._job.paper_colour or WHITE
        if paper != WHITE:
            words = _on_paper(words, paper)
        places = [word.box for word in words] if frame.is_plain else [frame.to_view(word.box) for word in words]
        unsure = _unsure(words, places, odd, Box(*page.rect))
        chosen = sorted({*pdf_paint.doubtful(page, places, painted), *unsure})
        if not chosen:
            return list(words), 0
        inks = [pdf_paint.Ink(places[i], words[i].style.colour, words[i].style.opacity, odd=unsure.get(i)) for i in chosen]
        result: list[Word | None] = list(words)
        seen: dict[tuple[int, Colour], Style] = {}
        covered = 0
        for i, behind in zip(chosen, pdf_paint.behind(page, inks, paper, painted), strict=True):
            word = words[i]
            if behind.covered:
                covered += sum(map(str.isalnum, word.text))
                result[i] = None
                continue
            ground = behind.ground
            if ground is not None and ground.box is not None:
                ground = replace(ground, box=frame.to_paper(ground.box))
            if behind.ink is not None:
                key = (id(word.style), behind.ink)
                if key not in seen:
                    seen[key] = replace(word.style, colour=behind.ink, opacity=1.0)
                word = result[i] = word.styled(seen[key])
            if word.style.colour is not None and ground != word.ground:
                result[i] = word.on(ground)
        return [word for word in result if word is not None], covered


def _refused(error: BaseException) -> bool:
    """Whether the engine itself raised a ValueError: that is how it refuses what a broken file makes it meet."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    name = place.tb_frame.f_globals.get("__name__", "") if place is not None else ""
    return isinstance(error, ValueError) and str(name).startswith("pymupdf")


def _guessed(number: int, words: Sequence[Word], painted: Painted) -> tuple[NotLookedAt, ...]:
    """Says so where the PDF engine cannot draw a page without its text."""
    if not words or not painted.paints or pdf_drawn.self_test():
        return ()
    return (NotLookedAt(number, None, "what lies behind text is guessed: this PDF engine cannot draw a page without its text"),)


def _unread(rows: Sequence[Box], words: Sequence[Word]) -> list[Box]:
    """Rows of outlined letters but those whose text is live: glyphs that bring their own colours are drawn as shapes."""
    drawn = [word.box for word in words if word.style.colour is None] if rows else []
    if not drawn:
        return list(rows)
    return [row for row in rows if 2 * sum(row.shared_area(box) for box in drawn) < row.area]


def _unsure(words: Sequence[Word], places: Sequence[Box], odd: Sequence[Odd], page: Box) -> dict[int, Odd | None]:
    """Words that may look otherwise than their colour says, and how their text is painted, as far as that is known."""
    found: dict[int, Odd | None] = {i: None for i, word in enumerate(words) if word.style.colour is None}
    if not odd:
        return found
    index = Index(odd, page)
    for i, word in enumerate(words):
        x, y = places[i].centre
        clip = word.style.colour is None
        near = [text for text in index.near(Box(x - 0.1, y - 0.1, x + 0.1, y + 0.1)) if (text.why == "clip") == clip]
        if near:
            found[i] = min(near, key=lambda text: (text.why != "mask", text.why == "stroke", text.box.area))
    return found


def _on_paper(words: Sequence[Word], paper: Colour) -> list[Word]:
    """The words in the colours their inks take on tinted paper: white "ink" is the paper itself."""
    styles: dict[int, Style] = {}  # by identity: words of one style share the object
    result = []
    for word in words:
        style = word.style
        if style.colour is not None and id(style) not in styles:
            styles[id(style)] = replace(style, colour=pdf_ground.on_paper(style.colour, paper))
        result.append(replace(word, style=styles.get(id(style), style)))
    return result


def _language(document: pymupdf.Document) -> str | None:
    """The document's /Lang (ISO 32000-1, 14.9.2) without its country: "en"."""
    try:
        value = document.xref_get_key(document.pdf_catalog(), "Lang")
    except Exception:  # a broken catalogue says nothing
        return None
    word = value[1].strip().replace("_", "-").split("-")[0].lower() if value[0] == "string" else ""
    return word if 2 <= len(word) <= 3 and word.isalpha() else None


def _specks(drawn: Sequence[Box], pictures: Sequence[Picture]) -> tuple[Box, ...]:
    """Small marks, drawn or as tiny rasters: bullets are made either way."""
    tiny = [picture.box for picture in pictures if picture.box and picture.use == "icon" and picture.kind == "raster"]
    return tuple(box for box in (*drawn, *tiny) if max(box.width, box.height) <= 16.0)


def _grounds(vectors: pdf_vectors.Vectors, pictures: Sequence[Picture]) -> list[Box]:
    """What a white line may be seen on."""
    tints = [panel.box for panel in vectors.panels if panel.fill is not None and min(panel.fill) < 0.99]
    shapes = [shape.box for shape in vectors.shapes if shape.filled and not shape.white]
    bars = [bar.box for bar in vectors.strokes if bar.width >= 2 and (bar.colour is None or min(bar.colour) < 0.99)]
    return tints + shapes + bars + [picture.box for picture in pictures if picture.box is not None]


def _covering(words: Sequence[Word], pictures: Sequence[Picture], panels: Sequence[Panel], area: float) -> list[Box]:
    """Marks that cover the page: text, pictures and dark enough panels; a tint of the whole page is its paper."""
    boxes = [word.box for word in words]
    boxes += [picture.box for picture in pictures if picture.box is not None and picture.use != "ground"]
    boxes += [
        panel.box for panel in panels if panel.fill is not None and min(panel.fill) < 0.99 and panel.box.area < 0.95 * area
    ]
    return boxes
