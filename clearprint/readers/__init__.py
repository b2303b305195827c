"""Opens a document by what it holds, whatever its name says, and hands out its pages."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

from clearprint.model import Job, Page
from clearprint.readers.kinds import kind_of

Format = Literal["pdf", "docx"]


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

    def page(self, index: int) -> Page:
        """The page or section, counted from 0."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None: ...


def open_source(path: Path, job: Job, *, password: str | None = None) -> Source:
    """The document at that path. UnreadableFile, with one sentence and a code, says why it cannot be read."""
    if kind_of(path) == "pdf":
        from clearprint.readers.from_pdf import PdfSource

        return PdfSource(path, job, password=password)
    from clearprint.readers.from_docx import DocxSource

    return DocxSource(path, job, password=password)
