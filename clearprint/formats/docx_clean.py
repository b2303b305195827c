"""Writes a copy of a DOCX for another program to lay out: as it prints, and with nothing in it that leads outside the file.

Tracked changes are accepted, comments left out (LibreOffice prints deletions, and colours insertions). Links to pictures,
templates, data and other documents, embedded objects, controls and macros are gone; what they last showed stays.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from lxml import etree

from clearprint import lazily
from clearprint.formats.docx import Element, Package, R, V, W, is_on, parse

_CONTENT_TYPES = "[Content_Types].xml"
_STORIES = lazily.compile(
    r"(?:^|/)(?:document|header\d*|footer\d*|footnotes|endnotes|glossary/document)[^/]*\.xml$", re.IGNORECASE
)
_KEPT_OUTSIDE = {"hyperlink"}  # looked at by nobody until it is clicked
_GONE = {"oleObject", "control", "afChunk", "aFChunk", "subDocument", "attachedTemplate", "vbaProject", "mailMergeSource",
         "mailMergeHeaderSource", "recipientData", "frame", "comments", "commentsExtended", "commentsIds", "people",
         "wordVbaData", "activeXControlBinary", "package", "externalLink", "transform"}  # fmt: skip
"""Relationships whose targets a layout does not need. "package" is a chart's workbook; the chart keeps what it shows."""
_REACHING = lazily.compile(
    r"\s*(?:INCLUDEPICTURE|INCLUDETEXT|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|RD|DATABASE|HTMLCONTROL|MACROBUTTON)\b", re.IGNORECASE
)
"""Fields that open other files, or run something. ECMA-376-1, 17.16.5."""
_DROPPED = {f"{W}{name}" for name in (
    "del", "moveFrom", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "tcPrChange", "trPrChange",
    "tblGridChange", "numberingChange", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "customXmlInsRangeStart", "customXmlInsRangeEnd", "customXmlDelRangeStart", "customXmlDelRangeEnd", "cellIns", "cellMerge",
    "commentRangeStart", "commentRangeEnd", "commentReference", "altChunk", "subDoc", "control", "movie", "objectEmbed",
    "objectLink",
)}  # fmt: skip
_UNWRAPPED = {f"{W}ins", f"{W}moveTo"}
_OLE = "{urn:schemas-microsoft-com:office:office}OLEObject"
_HREF = ("{urn:schemas-microsoft-com:office:office}href", f"{R}href", "src")


def clean(source: Path, target: Path) -> None:
    """Write the copy. UnreadableFile when the document cannot be read."""
    package = Package(source)
    try:
        strict = b"purl.oclc.org/ooxml" in (package.bytes(package.main_name) or b"")
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in package.names():
                if name.lower().endswith(("vbaproject.bin", "vbadata.xml")):
                    continue
                data = package.bytes(name)
                if data is None:
                    continue
                archive.writestr(name, _part(name, data, strict))
    finally:
        package.close()


def _part(name: str, data: bytes, strict: bool) -> bytes:
    change: Callable[[Element], None] | None = None
    if name.lower().endswith(".rels"):
        change = _relations
    elif _STORIES.search(name):
        change = _story
    elif name.lower().endswith("settings.xml"):
        change = _settings
    elif strict and name.lower().endswith(".xml"):
        change = _nothing  # parsing brings Strict names to Transitional ones, which must be the same in all parts
    if change is None or not data.strip(b"\0 \t\r\n"):
        return data
    try:
        root = parse(data)
    except (etree.XMLSyntaxError, ValueError, LookupError):
        return b""  # a part that cannot be read is not handed on
    change(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _nothing(root: Element) -> None:
    pass


def _relations(root: Element) -> None:
    for item in list(root):
        kind = item.get("Type", "").rsplit("/", 1)[-1]
        outside = item.get("TargetMode", "Internal").lower() == "external" or "://" in item.get("Target", "")
        if kind in _GONE or (outside and kind not in _KEPT_OUTSIDE):
            root.remove(item)


def _settings(root: Element) -> None:
    for name in ("attachedTemplate", "mailMerge", "trackRevisions", "documentProtection", "writeProtection"):
        for item in root.findall(f"{W}{name}"):
            root.remove(item)
    for item in root.findall(f"{W}autoHyphenation"):
        if not is_on(item):
            root.remove(item)  # LibreOffice hyphenates whatever its value (7.4)


def _story(root: Element) -> None:
    for item in list(root.iter(f"{W}tr")):
        properties = item.find(f"{W}trPr")
        if properties is not None and properties.find(f"{W}del") is not None:
            _drop(item)
    for item in list(root.iter(f"{W}tc")):
        if item.find(f"{W}tcPr/{W}cellDel") is not None:
            _drop(item)
    _join(root)
    for item in list(root.iter()):
        tag = item.tag
        if tag in _DROPPED or tag == _OLE:
            _drop(item)
        elif tag in _UNWRAPPED:
            _unwrap(item)
        elif isinstance(tag, str) and tag.startswith(V):
            for name in _HREF:
                item.attrib.pop(name, None)
    _tame_fields(root)


def _join(root: Element) -> None:
    """A deleted paragraph mark: its text goes to the head of the next paragraph. ECMA-376-1, 17.13.5.15."""
    for item in list(root.iter(f"{W}p")):
        mark = item.find(f"{W}pPr/{W}rPr")
        if mark is None or (mark.find(f"{W}del") is None and mark.find(f"{W}moveFrom") is None):
            continue
        after = item.getnext()
        while after is not None and after.tag != f"{W}p" and after.tag not in (f"{W}tbl", f"{W}sectPr", f"{W}sdt"):
            after = after.getnext()
        if after is None or after.tag != f"{W}p":
            continue
        place = 1 if after.find(f"{W}pPr") is not None else 0
        moved = [part for part in item if part.tag != f"{W}pPr"]
        for part in reversed(moved):
            after.insert(place, part)
        _drop(item)


def _tame_fields(root: Element) -> None:
    """Takes the code out of fields that reach for other files; what they last showed stays."""
    for item in root.iter(f"{W}fldSimple"):
        if _REACHING.match(item.get(f"{W}instr", "")):
            item.set(f"{W}instr", " QUOTE ")
    open_: list[list[Element]] = []
    for item in root.iter(f"{W}fldChar", f"{W}instrText"):
        if item.tag == f"{W}instrText":
            if open_:
                open_[-1].append(item)
            continue
        kind = item.get(f"{W}fldCharType")
        if kind == "begin":
            open_.append([])
        elif open_:
            codes = open_[-1]
            if _REACHING.match("".join(code.text or "" for code in codes)):
                for number, code in enumerate(codes):
                    code.text = "" if number else " QUOTE "
            if kind == "end":
                open_.pop()
            else:
                open_[-1] = []


def _drop(item: Element) -> None:
    parent = item.getparent()
    if parent is not None:
        parent.remove(item)


def _unwrap(item: Element) -> None:
    parent = item.getparent()
    if parent is None:
        return
    place = parent.index(item)
    for part in reversed(list(item)):
        parent.insert(place + 1, part)
    parent.remove(item)
