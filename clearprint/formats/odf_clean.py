"""Writes a copy of an OpenDocument or RTF text for LibreOffice to lay out: without macros and without links out of the file.

Tracked changes of OpenDocument are accepted: what was deleted is kept apart from the text, and left out.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from lxml import etree

from clearprint import lazily
from clearprint.errors import UnreadableFile
from clearprint.formats.docx import TOTAL_LIMIT, Element, parse

_XLINK = "{http://www.w3.org/1999/xlink}href"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_CHANGED = ("content.xml", "styles.xml")
_GONE = ("basic/", "scripts/", "dialogs/", "configurations2/", "object ")
_DROPPED = {
    f"{_OFFICE}scripts", f"{_OFFICE}event-listeners", f"{_OFFICE}dde-source", f"{_OFFICE}annotation",
    f"{_OFFICE}annotation-end", f"{_TEXT}tracked-changes", f"{_TEXT}change", f"{_TEXT}change-start", f"{_TEXT}change-end",
    f"{_TEXT}section-source", f"{_TEXT}dde-connection-decls", f"{_TEXT}execute-macro",
}  # fmt: skip
_RTF_REACHING = lazily.compile(
    rb"INCLUDEPICTURE|INCLUDETEXT|IMPORT|DDEAUTO|DDE|HTMLCONTROL|DATABASE|LINK(?=[ \\])", re.IGNORECASE
)
_RTF_TEMPLATE = lazily.compile(rb"\\\*\\template[^}]*", re.IGNORECASE)


def clean_odt(source: Path, target: Path) -> None:
    """Write the copy of an OpenDocument text. UnreadableFile when it is damaged, or would unpack to too much."""
    try:
        with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            infos = archive.infolist()
            if sum(info.file_size for info in infos) > TOTAL_LIMIT:
                raise UnreadableFile(f"{source.name} would unpack to more than is safe to read.", code="too-large")
            for info in infos:
                if info.flag_bits & 0x1:
                    raise UnreadableFile(
                        f"{source.name} is protected with a password. Save a copy without one.", code="encrypted"
                    )
                name = info.filename
                if name.lower().startswith(_GONE) or name.endswith("/"):
                    continue
                data = archive.read(info)
                if name == "META-INF/manifest.xml" and b"encryption-data" in data:
                    raise UnreadableFile(
                        f"{source.name} is protected with a password. Save a copy without one.", code="encrypted"
                    )
                stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
                copy.writestr(name, _part(data) if name in _CHANGED else data, stored)
    except UnreadableFile:
        raise
    except Exception as error:  # zipfile and lxml raise a dozen kinds on broken files
        raise UnreadableFile(f"{source.name} is damaged and cannot be unpacked. Save it again.") from error


def clean_rtf(source: Path, target: Path) -> None:
    """Write the copy of an RTF text, in which fields that reach for other files are none."""
    data = _RTF_REACHING.sub(lambda match: b"X" * len(match.group()), source.read_bytes())
    target.write_bytes(_RTF_TEMPLATE.sub(b"", data))


def _part(data: bytes) -> bytes:
    root = parse(data)
    for item in list(root.iter()):
        if item.tag in _DROPPED:
            _drop(item)
        elif _XLINK in item.attrib and item.tag != f"{_TEXT}a" and _outside(item.get(_XLINK, "")):
            del item.attrib[_XLINK]
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _outside(target: str) -> bool:
    target = target.strip().replace("\\", "/")
    return ":" in target or target.startswith(("/", "../")) or "/../" in target


def _drop(item: Element) -> None:
    parent = item.getparent()
    if parent is None:
        return
    if item.tail:
        before = item.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + item.tail
        else:
            parent.text = (parent.text or "") + item.tail
    parent.remove(item)
