"""Opens a document by what it holds, whatever its name says, and hands out its pages."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Protocol, Self

from clearprint.model import Job, LayoutBasis, Page
from clearprint.readers.kinds import kind_of

if TYPE_CHECKING:
    from clearprint.readers.from_printed import Formatting

Format = Literal["pdf", "docx", "odt", "rtf"]
Layout = Literal["exact", "libreoffice", "estimate"]


class Source(Protocol):
    """An open document: its pages (PDF) or sections (DOCX), one at a time."""

    @property
    def format(self) -> Format: ...

    @property
    def count(self) -> int:
        """Pages of a PDF, sections of a DOCX."""
        ...

    @property
    def laid_out(self) -> bool:
        """Whether lines and pages are known."""
        ...

    @property
    def layout(self) -> Layout:
        """Where lines and pages come from: the file itself, LibreOffice, or widths of letters."""
        ...

    @property
    def basis(self) -> LayoutBasis | None:
        """What that rests on, once all pages were read; None of a file that has its own."""
        ...

    @property
    def profile(self) -> str | None:
        """By which profile the colours of inks are shown: the output intent's name; None: the PDF engine's own, or no inks."""
        ...

    @property
    def formatting(self) -> Formatting | None:
        """What is known besides the pages, once all of them were read; None where the pages are all there is."""
        ...

    def page(self, index: int) -> Page:
        """The page or section, counted from 0."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


def open_source(path: Path, job: Job, *, password: str | None = None, printed: Path | None = None) -> Source:
    """The document at that path. UnreadableFile, with one sentence and a code, says why it cannot be read.

    `printed` is the PDF that was made of it, where lines and pages shall be read from one.
    """
    kind = kind_of(path, printable=printed is not None)
    if kind == "pdf":
        from clearprint.readers.from_pdf import PdfSource

        return PdfSource(path, job, password=password)
    if kind != "docx" or printed is not None:
        from clearprint.readers.from_printed import PrintedSource

        assert printed is not None  # kind_of refuses what can only be read so
        return PrintedSource(path, printed, kind, job)
    from clearprint.readers.from_docx import DocxSource

    return DocxSource(path, job, password=password)
