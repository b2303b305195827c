"""Makes of a text document the copy that LibreOffice is given: as it prints, and leading nowhere outside the file."""

from __future__ import annotations

from pathlib import Path

from clearprint.readers.kinds import Kind, kind_of


def printable(path: Path) -> Kind | None:
    """What the file is, where LibreOffice can lay it out; None for a PDF and for what cannot be read at all."""
    try:
        kind = kind_of(path, printable=True)
    except Exception:  # whatever it is, checking it will say so in its own sentence
        return None
    return None if kind == "pdf" else kind


def prepare(path: Path, target: Path) -> None:
    """Write the copy of the document at `path`. UnreadableFile when it cannot be read."""
    kind = kind_of(path, printable=True)
    if kind == "docx":
        from clearprint.formats.docx_clean import clean

        clean(path, target)
    else:
        from clearprint.formats.odf_clean import clean_odt, clean_rtf

        (clean_odt if kind == "odt" else clean_rtf)(path, target)
