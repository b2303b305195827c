"""Telling files by what they hold, and one sentence for each that cannot be read."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from clearprint.errors import UnreadableFile
from clearprint.model import Job
from clearprint.readers import open_source
from clearprint.readers.kinds import kind_of
from tests.raw_pdf import line, raw_pdf, saved

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def archive(folder: Path, name: str, parts: dict[str, str]) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w") as file:
        for part, text in parts.items():
            file.writestr(part, text)
    return path


def types(main: str) -> dict[str, str]:
    return {"[Content_Types].xml": f'<Types><Override ContentType="{main}"/></Types>', "word/document.xml": "<w/>"}


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def refused(path: Path) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        kind_of(path)
    message = caught.value.message
    assert path.name in message
    assert message.endswith(".")
    assert "\n" not in message
    return caught.value


def test_a_pdf_is_a_pdf_whatever_its_name(tmp_path: Path) -> None:
    path = saved(tmp_path, b"mail header\r\n" + raw_pdf(line("Text")), "letter.docx")
    assert kind_of(path) == "pdf"
    with open_source(path, Job()) as source:
        assert (source.format, source.count, source.laid_out) == ("pdf", 1, True)
        assert source.page(0).blocks[0].text == "Text"


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a"])
def test_a_word_document_whatever_its_name(tmp_path: Path, name: str) -> None:
    assert kind_of(archive(tmp_path, name, types(WORD))) == "docx"


@pytest.mark.parametrize(
    ("start", "code", "said"),
    [
        (b"", "empty", "empty"),
        (bytes(2000), "damaged", "zero bytes"),
        (OLE2 + "WordDocument".encode("utf-16-le"), "not-supported", "(.doc)"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "encrypted", "password"),
        (OLE2, "not-supported", "old Office"),
        (b"{\\rtf1 x}", "not-supported", "RTF"),
        (b"\x89PNG\r\n\x1a\n", "not-supported", "PNG"),
        (b"\xff\xd8\xff\xe0", "not-supported", "JPEG"),
        (b"<!DOCTYPE html><p>x", "not-supported", "HTML"),
        (b"\xef\xbb\xbf\n<html>", "not-supported", "HTML"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "not-supported", "Git LFS"),
        (b"Only words.\n", "not-supported", "plain text"),
        (b"PK\x03\x04 broken", "damaged", "zip"),
        (b"\x01\x02\x03\x04\x00\x07", "not-supported", "neither"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, start: bytes, code: str, said: str) -> None:
    error = refused(saved(tmp_path, start, "leaflet.pdf"))
    assert error.code == code
    assert said in error.message


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": "application/vnd.oasis.opendocument.text"}, ".odt"),
        (types("application/vnd.ms-word.document.macroEnabled.main+xml"), "macros"),
        (types("application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"), "PowerPoint"),
        ({"readme.txt": "x"}, "zip archive"),
        ({"mimetype": "application/epub+zip"}, "EPUB"),
    ],
)
def test_archives_that_are_no_word_document(tmp_path: Path, parts: dict[str, str], said: str) -> None:
    error = refused(archive(tmp_path, "text.docx", parts))
    assert error.code == "not-supported"
    assert said in error.message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert refused(tmp_path / "nothing.pdf").code == "missing"
    assert refused(tmp_path).code == "not-supported"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="permissions do not bind this user")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = saved(tmp_path, b"%PDF-1.7", "closed.pdf")
    path.chmod(0)
    assert refused(path).code == "unreadable"


def test_passwords(tmp_path: Path) -> None:
    pymupdf = pytest.importorskip("pymupdf")
    path = tmp_path / "locked.pdf"
    with pymupdf.open(stream=raw_pdf(line("Secret"))) as document:
        document.save(path, encryption=pymupdf.PDF_ENCRYPT_AES_256, user_pw="open", owner_pw="own")
    for password in (None, "wrong"):
        with pytest.raises(UnreadableFile) as caught:
            open_source(path, Job(), password=password)
        assert caught.value.code == "encrypted"
    with open_source(path, Job(), password="open") as source:
        assert source.page(0).blocks[0].text == "Secret"


def test_a_pdf_with_no_pages(tmp_path: Path) -> None:
    empty = raw_pdf("").replace(b"/Kids [3 0 R] /Count 1", b"/Kids [] /Count 0      ")
    with pytest.raises(UnreadableFile) as caught:
        open_source(saved(tmp_path, empty), Job())
    assert caught.value.code == "damaged"
