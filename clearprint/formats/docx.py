"""Opens a DOCX safely: the zip, its parts and relationships, and XML that can reach nothing outside the file.

Strict documents (ISO/IEC 29500-1) are read by mapping their namespaces to the Transitional ones.
"""

from __future__ import annotations

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from lxml import etree

from clearprint import lazily
from clearprint.errors import UnreadableFile
from clearprint.records import record

TOTAL_LIMIT = 300_000_000  # bytes that all parts may inflate to
XML_LIMIT = 100_000_000  # bytes that one XML part may inflate to
RATIO_LIMIT = 200  # inflated over stored size, for parts large enough to hurt
RATIO_FLOOR = 20_000_000
PARTS_LIMIT = 20_000

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
WPC = "{http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
V = "{urn:schemas-microsoft-com:vml}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"

Element = etree._Element

_STRICT = lazily.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = lazily.compile(r"application/vnd\.(?:openxmlformats|ms-word)\S*\.(?:document|template)\S*\.main\+xml")
_OTHERS = {
    "spreadsheetml": "a spreadsheet",
    "ms-excel": "a spreadsheet",
    "presentationml": "a presentation",
    "ms-powerpoint": "a presentation",
}


@record
class Relation:
    """Where a relationship of a part leads. `target` is a part's name, or None when it leads outside the file."""

    kind: str  # last piece of its type: "header", "image"
    target: str | None


class Package:
    """The parts of one open DOCX. Part names carry no leading slash and are matched whatever their case."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._archive = _archive(path)
        try:
            self._parts = _parts(self._archive, path)
            self._relations: dict[str, dict[str, Relation]] = {}
            self._trees: dict[str, Element | None] = {}
            self.main_name = self._find_main()
            main = self.tree(self.main_name)
            if main is None or main.tag != f"{W}document":
                raise UnreadableFile(f"{path.name} holds no Word document. Save it again in Word or LibreOffice.")
            self.main: Element = main
        except BaseException:
            self._archive.close()
            raise

    def close(self) -> None:
        self._archive.close()

    def names(self) -> list[str]:
        """The names of all parts, as written, in the order of the archive."""
        return [
            name for name in (info.filename.replace("\\", "/").lstrip("/") for info in self._parts.values()) if name[-1:] != "/"
        ]

    def has(self, name: str) -> bool:
        return name.lower() in self._parts

    def size(self, name: str) -> int:
        """Bytes of a part once inflated; 0 when there is none of that name."""
        info = self._parts.get(name.lower())
        return info.file_size if info else 0

    def bytes(self, name: str, limit: int = XML_LIMIT) -> bytes | None:
        """A part's bytes; None when it is missing, too large or damaged."""
        info = self._parts.get(name.lower())
        if info is None or info.file_size > limit:
            return None
        try:
            with self._archive.open(info) as stream:
                return stream.read(info.file_size + 1)[: info.file_size]
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError):
            return None

    def tree(self, name: str) -> Element | None:
        """A part's XML; None when it is missing or empty.

        UnreadableFile when it is there and cannot be read: without its styles or notes every answer would rest on
        a document that nobody sees.
        """
        if name not in self._trees:
            self._trees[name] = self._parse(name)
        return self._trees[name]

    def related(self, part: str, kind: str) -> Iterator[str]:
        """Names of the parts that a part relates to in that way: "styles", "theme"."""
        for relation in self.relations(part).values():
            if relation.kind == kind and relation.target is not None:
                yield relation.target

    def first_tree(self, kind: str) -> Element | None:
        """The main part's styles, settings, numbering, theme …"""
        for name in self.related(self.main_name, kind):
            tree = self.tree(name)
            if tree is not None:
                return tree
        return None

    def relations(self, part: str) -> dict[str, Relation]:
        """Relationships of a part by their id. ECMA-376-2, 9.3."""
        if part not in self._relations:
            folder, base = posixpath.split(part)
            tree = self.tree(posixpath.join(folder, "_rels", base + ".rels"))
            found: dict[str, Relation] = {}
            for item in tree if tree is not None else ():
                if not isinstance(item.tag, str):
                    continue
                target = None
                if item.get("TargetMode", "Internal").lower() != "external":
                    target = _join(folder, item.get("Target", ""))
                found[item.get("Id", "")] = Relation(item.get("Type", "").rsplit("/", 1)[-1], target)
            self._relations[part] = found
        return self._relations[part]

    def _parse(self, name: str) -> Element | None:
        data = self.bytes(name)
        what = "its text" if name == getattr(self, "main_name", None) else f"its part {name}"
        if data is None and self.has(name):
            raise UnreadableFile(f"{self.path.name} is damaged: {what} cannot be unpacked. Save it again in Word.")
        if data is None or not data.strip(b"\0 \t\r\n"):
            if name == getattr(self, "main_name", None):
                raise UnreadableFile(f"{self.path.name} is damaged: {what} is empty. Save it again in Word.")
            return None
        try:
            return parse(data)
        except (etree.XMLSyntaxError, ValueError, LookupError) as error:
            if "XML_PARSE_HUGE" in str(error):  # limits of the parser: 10 MB in one piece of text, 256 levels
                much = f"{what} has over 10 MB in one piece, or is nested too deeply"
                raise UnreadableFile(f"{self.path.name} cannot be read: {much}. Save it again in Word.") from error
            raise UnreadableFile(
                f"{self.path.name} is damaged: {what} is not well-formed XML. Save it again in Word."
            ) from error

    def _find_main(self) -> str:
        for kind in ("officeDocument",):
            for target in self.related("", kind):
                if self.has(target):
                    self._refuse_others(target)
                    return target
        for name, content in self._content_types():
            if _MAIN.fullmatch(content) and self.has(name):
                return name
        if self.has("word/document.xml"):
            return "word/document.xml"
        if self.has("mimetype"):
            kind = (self.bytes("mimetype", 200) or b"").decode("ascii", "replace")
            if "opendocument" in kind:
                raise UnreadableFile(
                    f"{self.path.name} is an OpenDocument file. Save it as DOCX or export it to PDF.",
                    code="not-supported",
                )
        raise UnreadableFile(
            f"{self.path.name} is a zip archive without a Word document in it. Give a DOCX or PDF.",
            code="not-supported",
        )

    def _content_types(self) -> Iterator[tuple[str, str]]:
        tree = self.tree("[Content_Types].xml")
        for item in tree if tree is not None else ():
            if isinstance(item.tag, str) and item.tag.endswith("}Override"):
                yield item.get("PartName", "").lstrip("/"), item.get("ContentType", "")

    def _refuse_others(self, target: str) -> None:
        for name, content in self._content_types():
            if name.lower() == target.lower():
                for word, what in _OTHERS.items():
                    if word in content:
                        raise UnreadableFile(
                            f"{self.path.name} is {what}, not a Word document. Export it to PDF and check that.",
                            code="not-supported",
                        )


def parse(data: bytes) -> Element:
    """XML bytes as a tree. Nothing is fetched, no entity is replaced. ValueError when it declares a document type.

    A part with a document type declaration is an error (ECMA-376-2, 8.1.4), and is how entity bombs come in.
    """
    if b"purl.oclc.org/ooxml" in data:
        data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    if b"<!DOCTYPE" in data[:4096]:
        raise ValueError("a document type declaration")
    root = etree.fromstring(data, parser)
    if root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("a document type declaration")
    return root


def is_on(element: Element | None, attribute: str = f"{W}val") -> bool:
    """Whether an on/off element is there and on (ECMA-376-1, 17.17.4: no value means on)."""
    if element is None:
        return False
    return on(element.get(attribute))


def on(value: str | None) -> bool:
    return value is None or value.strip().lower() not in ("0", "false", "off", "none", "no")


_UNITS = {"pt": 1.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "pc": 12.0, "pi": 12.0, "px": 0.75, "q": 72 / 101.6}
_MEASURE = lazily.compile(r"\s*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)\s*([a-zA-Z]*)\s*")


def points(value: str | None, unit: float = 1 / 20) -> float | None:
    """A length in points: a bare number counts in `unit` (twentieths of a point), or it names its unit ("2.5cm").

    None when it is missing, no length, or absurd. ECMA-376-1, 22.9.2.14 and 22.9.2.15.
    """
    if value is None:
        return None
    match = _MEASURE.fullmatch(value)
    if match is None:
        return None
    factor = _UNITS.get(match.group(2).lower()) if match.group(2) else unit
    if factor is None:
        return None
    result = float(match.group(1)) * factor
    return result if abs(result) < 1e6 else None


def whole(value: str | None) -> int | None:
    """A whole number, or None."""
    try:
        return int(float(value)) if value is not None else None
    except (ValueError, OverflowError):
        return None


def _join(folder: str, target: str) -> str | None:
    target = unquote(target.replace("\\", "/").split("#", 1)[0])
    if not target:
        return None
    name = posixpath.normpath(target if target.startswith("/") else posixpath.join("/", folder, target))
    return name.lstrip("/") or None


def _archive(path: Path) -> zipfile.ZipFile:
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path} does not exist.", code="missing") from error
    except OSError as error:
        raise UnreadableFile(f"{path} cannot be read: {error.strerror or error}.", code="unreadable") from error
    if not head:
        raise UnreadableFile(f"{path.name} is empty.", code="empty")
    if head == _OLE:
        raise _old_container(path)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, OverflowError) as error:
        if head[:2] == b"PK":
            raise UnreadableFile(
                f"{path.name} is damaged: the file is cut short or its zip directory is broken. Fetch or save it again."
            ) from error
        raise UnreadableFile(
            f"{path.name} is not a Word document (DOCX) inside, whatever its name says.", code="not-supported"
        ) from error


def _old_container(path: Path) -> UnreadableFile:
    """An OLE2 file is an encrypted DOCX ([MS-OFFCRYPTO] 2.3.4) or a document of Word 97 to 2003."""
    try:
        with path.open("rb") as stream:
            data = stream.read(50_000_000)
    except OSError:
        data = b""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return UnreadableFile(
            f"{path.name} is protected with a password. Save a copy without one and check that.", code="encrypted"
        )
    return UnreadableFile(f"{path.name} is in an old Office format. Save it as DOCX or export it to PDF.", code="not-supported")


def _parts(archive: zipfile.ZipFile, path: Path) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    total = sum(info.file_size for info in infos)
    bomb = len(infos) > PARTS_LIMIT or total > TOTAL_LIMIT
    for info in infos:
        xml = info.filename.lower().endswith((".xml", ".rels"))
        bomb = bomb or (xml and info.file_size > XML_LIMIT)
        bomb = bomb or (info.file_size > RATIO_FLOOR and info.file_size > RATIO_LIMIT * max(1, info.compress_size))
    if bomb:
        raise UnreadableFile(f"{path.name} would unpack to {total / 1e6:,.0f} MB, more than is safe to read.", code="too-large")
    found: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        if info.flag_bits & 0x1:
            raise UnreadableFile(
                f"{path.name} is a zip archive protected with a password. Save a copy without one.", code="encrypted"
            )
        found.setdefault(info.filename.replace("\\", "/").lstrip("/").lower(), info)
    return found
