"""Tells what a file is from its first bytes: people rename files, and mail programs lose suffixes.

Every file that cannot be read gets one sentence that says what it is and what to do.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import BinaryIO, Literal

from clearprint.errors import UnreadableFile

_HEAD = 4096
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_EXPORT = "Open it in the program that made it and export a PDF, or save it as .docx."
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"version https://git-lfs", "a Git LFS pointer, not the document itself. Run `git lfs pull` to fetch it."),
    (b"\x89PNG", "a PNG picture. Text in a picture cannot be checked; use the file it was made from."),
    (b"\xff\xd8\xff", "a JPEG picture. Text in a picture cannot be checked; use the file it was made from."),
    (b"GIF8", "a GIF picture. Text in a picture cannot be checked; use the file it was made from."),
    (b"BM", "a bitmap picture. Text in a picture cannot be checked; use the file it was made from."),
    (b"II*\x00", "a TIFF picture. Text in a picture cannot be checked; use the file it was made from."),
    (b"MM\x00*", "a TIFF picture. Text in a picture cannot be checked; use the file it was made from."),
    (b"8BPS", "a Photoshop file. Export a PDF with live text."),
    (b"%!PS", "a PostScript file. Make a PDF of it first."),
    (b"\xc5\xd0\xd3\xc6", "an EPS file. Make a PDF of it first."),
    (b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5\xbd\x31\xef\xe7\xfe\x74\xb7\x1d", "an InDesign document. Export a PDF of it."),
    (b"\x1f\x8b", "a gzip archive. Unpack it and check what is inside."),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive. Unpack it and check what is inside."),
    (b"Rar!", "a RAR archive. Unpack it and check what is inside."),
)


Kind = Literal["pdf", "docx", "odt", "rtf"]
_ODT = "application/vnd.oasis.opendocument.text"
_PRINTABLE = "Check it with --layout libreoffice, save it as .docx or export a PDF."


def kind_of(path: Path, printable: bool = False) -> Kind:
    """What the file holds. UnreadableFile for everything that is neither a PDF nor a Word document.

    `printable`: LibreOffice lays text documents out, so that OpenDocument and RTF will do too.
    """
    name = path.name or str(path)
    try:
        if path.is_dir():
            raise UnreadableFile(f"{name} is a folder. Name a file in it.", code="not-supported")
        if path.exists() and not path.is_file():
            raise UnreadableFile(f"{name} is no ordinary file.", code="not-supported")
        with path.open("rb") as file:
            return _kind(file, name, printable)
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path} does not exist. Check how it is written.", code="missing") from error
    except PermissionError as error:
        raise UnreadableFile(f"{path} may not be read: permission denied.", code="unreadable") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise UnreadableFile(f"{path} cannot be read: {reason}.", code="unreadable") from error


def _kind(file: BinaryIO, name: str, printable: bool) -> Kind:
    head = file.read(_HEAD)
    if not head:
        raise UnreadableFile(f"{name} is empty (0 bytes). Export or copy it again.", code="empty")
    # A PDF may have other bytes before its header (ISO 32000-1, Annex H note 13): readers accept it in the first 1024.
    if b"%PDF-" in head[: 1024 + 5]:
        return "pdf"
    if head.startswith(b"PK"):
        return _zip_kind(file, name, printable)
    if head.startswith(_OLE2):
        raise _ole2(file, name)
    if not head.strip(b"\x00"):
        raise UnreadableFile(f"{name} is damaged: it holds only zero bytes. Copy it again.", code="damaged")
    if head.startswith(b"{\\rtf"):
        if printable:
            return "rtf"
        raise UnreadableFile(f"{name} is a rich text file (RTF). {_PRINTABLE}", code="not-supported")
    for start, what in _OTHERS:
        if head.startswith(start):
            raise UnreadableFile(f"{name} is {what}", code="not-supported")
    if head[4:8] == b"ftyp" or head[:4] == b"RIFF":
        raise UnreadableFile(
            f"{name} is a picture, sound or film. Text in a picture cannot be checked; use the file it was made from.",
            code="not-supported",
        )
    raise UnreadableFile(f"{name} is {_text_or_other(head)}", code="not-supported")


def _text_or_other(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:256].lower()
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "a web page (HTML). Print it to PDF and check that."
    if start.startswith(b"<svg") or b"<svg" in start:
        return "an SVG drawing. Export a PDF with live text."
    if start.startswith(b"<?xml"):
        return "an XML file, neither a PDF nor a Word document."
    control = sum(byte < 9 or 13 < byte < 32 for byte in head)
    if b"\x00" not in head and control * 50 < len(head):
        return "plain text, neither a PDF nor a Word document."
    return "neither a PDF nor a Word document (.docx)."


def _zip_kind(file: BinaryIO, name: str, printable: bool) -> Kind:
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            types = _member(archive, names, "[Content_Types].xml")
            mimetype = _member(archive, names, "mimetype").decode("latin-1").strip()
    except Exception as error:  # zipfile raises a dozen kinds on broken archives
        raise UnreadableFile(
            f"{name} is damaged: it begins like a Word document (a zip archive) but its contents cannot be listed. "
            "Save it again.",
            code="damaged",
        ) from error
    if b"wordprocessingml" in types or b"ms-word" in types:
        if b"macroEnabled" in types:
            raise UnreadableFile(
                f"{name} is a Word document with macros (.docm). Save it as .docx, without macros.", code="not-supported"
            )
        return "docx"
    if printable and mimetype in (_ODT, f"{_ODT}-template"):
        return "odt"
    for mark, what in (
        ("opendocument.text", f"an OpenDocument text (.odt). {_PRINTABLE}"),
        ("opendocument", "an OpenDocument file. Export a PDF of it."),
        ("epub", "an e-book (EPUB), which has no printed pages."),
        ("adobe.indesign", "an InDesign document. Export a PDF of it."),
    ):
        if mark in mimetype:
            raise UnreadableFile(f"{name} is {what}", code="not-supported")
    if b"presentationml" in types:
        raise UnreadableFile(f"{name} is a PowerPoint presentation. Export a PDF of it.", code="not-supported")
    if b"spreadsheetml" in types:
        raise UnreadableFile(f"{name} is an Excel workbook. Export a PDF of it.", code="not-supported")
    if any(part.startswith("word/") for part in names):
        return "docx"  # no usable list of content types: the Word reader says what is wrong with it
    if any(part.endswith(".iwa") for part in names):
        raise UnreadableFile(f"{name} is an Apple Pages document. Export a PDF of it.", code="not-supported")
    raise UnreadableFile(
        f"{name} is a zip archive, no Word document. Unpack it and check what is inside.", code="not-supported"
    )


def _member(archive: zipfile.ZipFile, names: set[str], part: str) -> bytes:
    """The first megabyte of a part; empty when it is missing or broken."""
    if part not in names:
        return b""
    try:
        with archive.open(part) as stream:
            return stream.read(1 << 20)
    except Exception:  # a broken part says nothing; the reader of the format will find out
        return b""


def _ole2(file: BinaryIO, name: str) -> UnreadableFile:
    """Old Office files, and new ones with a password, are OLE2 containers (MS-OFFCRYPTO 2.3)."""
    file.seek(0)
    start = file.read(1 << 20)
    if "EncryptedPackage".encode("utf-16-le") in start:
        return UnreadableFile(
            f"{name} is locked with a password. Open it in Word and save a copy without one.", code="encrypted"
        )
    if "WordDocument".encode("utf-16-le") in start:
        return UnreadableFile(f"{name} is an old Word document (.doc). Save it as .docx or export a PDF.", code="not-supported")
    return UnreadableFile(f"{name} is an old Office file. {_EXPORT}", code="not-supported")
