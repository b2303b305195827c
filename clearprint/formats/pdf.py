"""Opens a PDF, says how large its trimmed pages are on paper, and draws a place of one.

Three systems of coordinates meet here. *Engine* points are what the PDF engine's page calls give: from the top left of the
CropBox, before /Rotate, after UserUnit. *View* points are the same after /Rotate. *Paper* points are ours: from the top left of
the trimmed page as viewed, times the declared print scale. A `Frame` turns one into another.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pymupdf
from pymupdf import mupdf

from clearprint.errors import UnreadableFile
from clearprint.formats.pdf_layers import show_as_printed
from clearprint.geometry import Box
from clearprint.records import record

TrimBasis = Literal["trim", "crop", "media", "marks"]
MAX_PAGES = 20_000
MAX_PIXELS = 40_000_000  # of a rendered place: a poster at a high resolution must not eat the machine
_HIDDEN, _PRINT, _NO_VIEW = 2, 4, 32  # flags of annotations (ISO 32000-1, table 165)
_COMMENTS = frozenset(
    {pymupdf.PDF_ANNOT_TEXT, pymupdf.PDF_ANNOT_POPUP, pymupdf.PDF_ANNOT_FILE_ATTACHMENT, pymupdf.PDF_ANNOT_SOUND}
)
_SAME = 0.5  # points: page boxes nearer than this are the same box

with contextlib.suppress(Exception):
    # The engine talks of every repaired oddity on its own; what matters is raised and becomes our sentence.
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


@record
class Frame:
    """Where one page lies: from engine points to view points to points on paper."""

    turned: int  # /Rotate: 0, 90, 180 or 270
    width: float  # of the page in the engine's points, before it is turned
    height: float
    trim: Box  # in view points
    basis: TrimBasis
    unit: float = 1.0  # UserUnit: how many points a unit of the page is (ISO 32000-1, table 30)
    scale: float = 1.0  # declared print scale
    crop: tuple[float, float] = (0.0, 0.0)  # top left of the CropBox in the page's own units

    @property
    def page_size(self) -> tuple[float, float]:
        """Width and height of the trimmed page on paper."""
        return self.trim.width * self.scale, self.trim.height * self.scale

    @property
    def is_plain(self) -> bool:
        """Whether points on paper are view points."""
        return self.scale == 1.0 and self.trim.x0 == self.trim.y0 == 0.0

    @property
    def view_size(self) -> tuple[float, float]:
        return (self.height, self.width) if self.turned in (90, 270) else (self.width, self.height)

    def view_point(self, x: float, y: float) -> tuple[float, float]:
        """Engine point to view point."""
        if self.turned == 90:
            return self.height - y, x
        if self.turned == 180:
            return self.width - x, self.height - y
        if self.turned == 270:
            return y, self.width - x
        return x, y

    def view_direction(self, x: float, y: float) -> tuple[float, float]:
        """Engine direction to view direction."""
        if self.turned == 90:
            return -y, x
        if self.turned == 180:
            return -x, -y
        if self.turned == 270:
            return y, -x
        return x, y

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Engine point to point on paper."""
        vx, vy = self.view_point(x, y)
        return (vx - self.trim.x0) * self.scale, (vy - self.trim.y0) * self.scale

    def box(self, rect: Any) -> Box:
        """Engine rectangle (four numbers, any order of corners) to a box on paper."""
        x0, y0 = self.point(float(rect[0]), float(rect[1]))
        x1, y1 = self.point(float(rect[2]), float(rect[3]))
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def view_box(self, rect: Any) -> Box:
        """Engine rectangle to a box as viewed."""
        x0, y0 = self.view_point(float(rect[0]), float(rect[1]))
        x1, y1 = self.view_point(float(rect[2]), float(rect[3]))
        return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def to_view(self, box: Box) -> Box:
        """Box on paper to a box as viewed."""
        return Box(*(value / self.scale for value in box)).move(self.trim.x0, self.trim.y0)

    def to_paper(self, box: Box) -> Box:
        """Box as viewed to a box on paper."""
        return box.move(-self.trim.x0, -self.trim.y0).scale(self.scale)

    def engine_box(self, view: Box) -> Box:
        """Box as viewed to engine points."""
        (ax, ay), (bx, by) = self._unturned(view.x0, view.y0), self._unturned(view.x1, view.y1)
        return Box(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))

    def trimmed_to(self, trim: Box, basis: TrimBasis) -> Frame:
        return replace(self, trim=trim, basis=basis)

    def _unturned(self, x: float, y: float) -> tuple[float, float]:
        if self.turned == 90:
            return y, self.height - x
        if self.turned == 180:
            return self.width - x, self.height - y
        if self.turned == 270:
            return self.width - y, x
        return x, y


def open_pdf(path: Path, *, password: str | None = None) -> pymupdf.Document:
    """The PDF at that path, ready to read. UnreadableFile says why not."""
    name = path.name
    try:
        # The engine takes names in UTF-8 only, and a name on disk is any bytes.
        source: dict[str, Any] = {"filename": str(path)} if str(path).isprintable() else {"stream": path.read_bytes()}
        document = pymupdf.open(**source, filetype="pdf")
    except Exception as error:
        raise UnreadableFile(
            f"{name} is damaged: it begins like a PDF but cannot be opened as one. Export it again.", code="damaged"
        ) from error
    try:
        if not document.is_pdf:
            raise UnreadableFile(f"{name} is not a PDF, whatever its name says.", code="not-supported")
        if document.needs_pass:
            if password is None:
                raise UnreadableFile(
                    f"{name} is locked with a password. Give it with --password, or save a copy without one.",
                    code="encrypted",
                )
            if not document.authenticate(password):
                raise UnreadableFile(f"The password given does not open {name}.", code="encrypted")
        count = document.page_count
        if count < 1:
            raise UnreadableFile(f"{name} holds no pages. Export it again.", code="damaged")
        if count > MAX_PAGES:
            raise UnreadableFile(
                f"{name} says it has {count:,} pages; more than {MAX_PAGES:,} are not read. Split it.", code="too-large"
            )
        show_as_printed(document)
    except UnreadableFile:
        document.close()
        raise
    except Exception as error:
        document.close()
        raise UnreadableFile(
            f"{name} is damaged: its list of pages cannot be read. Export it again.", code="damaged"
        ) from error
    return document


def frame_of(page: pymupdf.Page, scale: float = 1.0) -> Frame:
    """Where the page lies, going by its boxes. Crop marks are looked for by `pdf_trim`."""
    turned = int(page.rotation) % 360
    shown = page.rect
    width, height = float(shown.width), float(shown.height)
    if turned in (90, 270):
        width, height = height, width
    plain = Frame(turned, width, height, Box(0.0, 0.0, float(shown.width), float(shown.height)), "media", scale=scale)
    media = _rectangle(page, "MediaBox", inherited=True)
    if media is None:
        return plain
    declared_crop = _rectangle(page, "CropBox", inherited=True)
    crop = media if declared_crop is None else media.intersection(declared_crop) or media
    unit = width / crop.width if crop.width > 0 else 0.0
    if not (0.01 < unit < 1e5) or not math.isclose(unit * crop.height, height, rel_tol=0.01, abs_tol=1.0):
        return plain  # the engine made its own page of impossible boxes: follow it
    frame = replace(plain, unit=unit, crop=(crop.x0, crop.y1))
    if declared_crop is not None and not _same(crop, media):
        frame = replace(frame, basis="crop")
    trim = _rectangle(page, "TrimBox", inherited=False)
    trim = crop.intersection(trim) if trim is not None else None
    if trim is None or trim.width < 9 or trim.height < 9:
        return frame
    seen = frame.view_box(
        (
            (trim.x0 - crop.x0) * unit,
            (crop.y1 - trim.y1) * unit,
            (trim.x1 - crop.x0) * unit,
            (crop.y1 - trim.y0) * unit,
        )
    )
    return frame.trimmed_to(seen, "trim")


@contextlib.contextmanager
def opened(path: Path, password: str | None = None) -> Iterator[pymupdf.Document]:
    document = open_pdf(path, password=password)
    try:
        yield document
    finally:
        document.close()


def hide_what_does_not_print(page: pymupdf.Page) -> None:
    """Shows annotations as they print (ISO 32000-1, 12.5.3): with the Print flag, whatever they do on a screen.

    Comments, notes and attachments are not on the paper, flag or no flag. Only the copy in memory changes: the engine draws as
    a screen does.
    """
    document = page.parent
    kind, _ = document.xref_get_key(page.xref, "Annots")
    if kind == "null":
        return
    pdf = pymupdf._as_pdf_document(document)
    for xref, type_, _ in page.annot_xrefs():
        if xref < 1:
            continue  # written straight into the list: the engine gives no handle to it
        annotation = mupdf.pdf_new_indirect(pdf, xref, 0)
        flags = mupdf.pdf_dict_gets(annotation, "F")
        value = int(mupdf.pdf_to_int(flags)) if mupdf.pdf_is_int(flags) else 0
        wanted = value & ~_NO_VIEW if value & _PRINT and type_ not in _COMMENTS else value | _HIDDEN
        if wanted != value:
            mupdf.pdf_dict_puts(annotation, "F", mupdf.pdf_new_int(wanted))


def render(
    path: Path,
    number: int,
    box: Box | None = None,
    dpi: float = 100.0,
    *,
    password: str | None = None,
    scale: float = 1.0,
    trim: Box | None = None,
) -> tuple[bytes, tuple[int, int]]:
    """A PNG of a place of page `number` (1 is the first) and its size in pixels. `box` None: the whole trimmed page.

    Boxes are points on paper, as everywhere; `scale` is the declared print scale they were measured with.
    """
    with opened(path, password) as document:
        return render_page(document, number, box, dpi, scale=scale, trim=trim)


def render_page(
    document: pymupdf.Document,
    number: int,
    box: Box | None = None,
    dpi: float = 100.0,
    *,
    scale: float = 1.0,
    trim: Box | None = None,
) -> tuple[bytes, tuple[int, int]]:
    """As `render`, from a document that is open."""
    page = document[number - 1]
    hide_what_does_not_print(page)
    frame = page_frame(page, scale)
    if trim is not None:
        frame = frame.trimmed_to(trim, frame.basis)
    view = frame.trim if box is None else frame.to_view(box).intersection(frame.trim) or frame.trim
    zoom = dpi / 72 * scale
    pixels = view.width * zoom * view.height * zoom
    if pixels > MAX_PIXELS:
        zoom *= math.sqrt(MAX_PIXELS / pixels)
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), clip=pymupdf.Rect(*view), alpha=False)
    return bytes(pixmap.tobytes("png")), (int(pixmap.width), int(pixmap.height))


def page_frame(page: pymupdf.Page, scale: float = 1.0) -> Frame:
    """The page's frame with its trim taken from its boxes, else from its crop marks."""
    from clearprint.formats.pdf_trim import marked_trim
    from clearprint.formats.pdf_vectors import painted_paths

    frame = frame_of(page, scale)
    return marked_trim(frame, painted_paths(page)) if may_have_crop_marks(frame) else frame


def may_have_crop_marks(frame: Frame) -> bool:
    """Whether the boxes leave it open where the paper is cut. Many programs write a TrimBox that is the whole page."""
    return frame.basis != "trim" or _whole(frame)


def page_size(document: pymupdf.Document, number: int, scale: float = 1.0) -> tuple[float, float]:
    """Width and height of a trimmed page on paper (1 is the first), by the page boxes alone."""
    return frame_of(document[number - 1], scale).page_size


def _whole(frame: Frame) -> bool:
    width, height = frame.view_size
    return _same(frame.trim, Box(0.0, 0.0, width, height))


def _rectangle(page: pymupdf.Page, key: str, *, inherited: bool) -> Box | None:
    """A page box in the page's own units; None when it is missing or no rectangle."""
    document, xref = page.parent, page.xref
    for _ in range(32 if inherited else 1):
        kind, value = document.xref_get_key(xref, key)
        if kind == "xref":  # the array stands in an object of its own
            value = document.xref_object(int(value.split()[0]), compressed=True)
            kind = "array"
        if kind == "array":
            return _box_of(value)
        kind, value = document.xref_get_key(xref, "Parent")
        if kind != "xref":
            return None
        xref = int(value.split()[0])
    return None


def _box_of(text: str) -> Box | None:
    try:
        numbers = [float(part) for part in text.strip().strip("[]").split()]
    except ValueError:
        return None
    if len(numbers) != 4 or not all(math.isfinite(number) for number in numbers):
        return None
    x0, x1 = sorted((numbers[0], numbers[2]))
    y0, y1 = sorted((numbers[1], numbers[3]))
    return Box(x0, y0, x1, y1) if x1 - x0 >= 1 and y1 - y0 >= 1 else None


def _same(one: Box, other: Box) -> bool:
    return all(abs(a - b) < _SAME for a, b in zip(one, other, strict=True))
