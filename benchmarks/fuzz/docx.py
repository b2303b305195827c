"""Word files made wrong: the zip, its parts, their elements, values, relations and styles. Bombs too.

The same file and the same chooser give the same mutant, always.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable
from contextlib import suppress

from benchmarks.fuzz.bytes import GIANTS, cut, flip, move

Parts = dict[str, bytes]
Change = Callable[[Parts, random.Random], None]

_ATTRIBUTE = re.compile(rb'(?<=\s)([A-Za-z][\w:]*)="([^"]*)"')
_ELEMENT = re.compile(rb"<(w:\w+)\b[^<>]*?(/>|>)")
_TEXT = re.compile(rb">([^<>]+)<")
_VALUES = (
    b"", b"auto", b"none", b"true", b"0", b"1", b"-1", b"on", b"both", b"FFFFFF", b"GGGGGG", b"rId1", b"rId999", b"Normal",
    b"../../../../etc/passwd", b"file:///etc/passwd", b"http://127.0.0.1:9/x", b"50%", b"12pt", b"1e9", b"NaN", b"inf",
    b"-Infinity", b"&#x202E;&#xFFFD;", b"&#10;&#9;", b"x" * 70_000, b"%s%n{0}{x}", b"clear", b"superscript", b"exact",
)  # fmt: skip
_WORDS = (
    b"", b"x" * 200_000, b"&#x202E;\xe2\x80\xa8", "שלום नमस्ते 漢字 ﷺ".encode(), b"&undefined;", b"\xff\xfe", b"&#0;",
    b"- " * 9_000, b"A" * 3_000, b"1. " * 900, b"&#x1F600;", b"_" * 5_000, b"\xc2\xa0" * 700,
)  # fmt: skip
_NUMBER = re.compile(rb"^-?[\d.]+$")


def opened(data: bytes) -> Parts | None:
    """The parts of the file; None when it is no zip."""
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
    return None


def mutant(data: bytes, parts: Parts | None, choose: random.Random) -> bytes:
    """One wrong file made of a right one."""
    if not parts or choose.random() < 0.12:
        for _ in range(choose.choice((1, 1, 2, 5))):
            data = choose.choice((cut, flip, flip, move))(data, choose)
        return data
    made = dict(parts)
    for _ in range(choose.choice((1, 1, 2, 3, 8))):
        choose.choices(CHANGES, WEIGHTS)[0](made, choose)
    return packed(made, choose)


def packed(parts: Parts, choose: random.Random) -> bytes:
    """The parts as a zip; now and then one that lies or holds a part twice."""
    held = io.BytesIO()
    names = list(parts)
    if choose.random() < 0.1:
        choose.shuffle(names)
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), parts[name], zipfile.ZIP_DEFLATED)
    data = held.getvalue()
    if choose.random() < 0.06:  # sizes and check sums of the directory that are not so
        at = data.rfind(b"PK\x01\x02") + choose.randrange(10, 46)
        data = data[:at] + bytes([choose.randrange(256)]) + data[at + 1 :]
    return data


def _part(parts: Parts, choose: random.Random) -> str:
    """A part, the body most often."""
    names = [name for name in parts if name.endswith((".xml", ".rels"))] or list(parts)
    body = [name for name in names if name.endswith("document.xml")]
    return choose.choice(body) if body and choose.random() < 0.5 else choose.choice(names)


def _values(parts: Parts, choose: random.Random) -> None:
    name = _part(parts, choose)
    for _ in range(choose.choice((1, 3, 10, 60))):
        found = list(_ATTRIBUTE.finditer(parts[name]))
        if not found:
            return
        place = choose.choice(found)
        new = choose.choice(GIANTS) if _NUMBER.match(place[2]) and choose.random() < 0.7 else choose.choice(_VALUES)
        parts[name] = parts[name][: place.start(2)] + new + parts[name][place.end(2) :]


def _exchanged(parts: Parts, choose: random.Random) -> None:
    """The value of one attribute in another of the same name: styles on themselves, lists in lists."""
    name = _part(parts, choose)
    for _ in range(choose.choice((1, 4, 20))):
        found = list(_ATTRIBUTE.finditer(parts[name]))
        if not found:
            return
        place = choose.choice(found)
        alike = [one[2] for one in found if one[1] == place[1]]
        parts[name] = parts[name][: place.start(2)] + choose.choice(alike) + parts[name][place.end(2) :]


def _elements(parts: Parts, choose: random.Random) -> None:
    """An element lost, doubled, renamed, put into itself."""
    name = _part(parts, choose)
    for _ in range(choose.choice((1, 2, 8))):
        text = parts[name]
        found = list(_ELEMENT.finditer(text))
        if not found:
            return
        place = choose.choice(found)
        whole = _whole(text, place)
        kind = choose.randrange(6)
        if kind == 0:
            parts[name] = text[: place.start()] + text[whole:]
        elif kind == 1:
            piece = text[place.start() : whole] * choose.choice((1, 2, 50))
            if len(piece) < 3_000_000:
                parts[name] = text[:whole] + piece + text[whole:]
        elif kind == 2:
            other = choose.choice(found)
            piece = text[place.start() : whole]
            parts[name] = text[: other.end()] + piece + text[other.end() :]
        elif kind == 3:
            new = choose.choice(found)[1]
            piece = text[place.start() : whole].replace(b"<" + place[1], b"<" + new, 1)
            end = b"</" + place[1] + b">"
            if piece.endswith(end):
                piece = piece[: -len(end)] + b"</" + new + b">"
            parts[name] = text[: place.start()] + piece + text[whole:]
        elif kind == 4:
            tag = place[1]
            depth = choose.choice((3, 30, 240, 3_000))
            open_, close = b"<%s>" % tag * depth, b"</%s>" % tag * depth
            parts[name] = text[: place.start()] + open_ + text[place.start() : whole] + close + text[whole:]
        else:
            parts[name] = text[: place.start()] + text[place.end() :]  # a tag alone: no longer well formed


def _whole(text: bytes, place: re.Match[bytes]) -> int:
    """Where the element ends that begins there."""
    if place[2] == b"/>":
        return place.end()
    end = text.find(b"</" + place[1] + b">", place.end())
    return end + len(place[1]) + 3 if end > 0 else place.end()


def _words(parts: Parts, choose: random.Random) -> None:
    name = _part(parts, choose)
    found = list(_TEXT.finditer(parts[name]))
    if not found:
        return
    place = choose.choice(found)
    new = choose.choice(_WORDS)
    parts[name] = parts[name][: place.start(1)] + new + parts[name][place.end(1) :]


def _raw(parts: Parts, choose: random.Random) -> None:
    name = choose.choice(list(parts))
    parts[name] = choose.choice((cut, flip, move))(parts[name], choose)


def _parts(parts: Parts, choose: random.Random) -> None:
    """Parts that are missing, empty, exchanged, or named oddly."""
    name, other = choose.choice(list(parts)), choose.choice(list(parts))
    kind = choose.randrange(5)
    if kind == 0 and len(parts) > 1:
        del parts[name]
    elif kind == 1:
        parts[name] = b""
    elif kind == 2:
        parts[name], parts[other] = parts[other], parts[name]
    elif kind == 3:
        parts[choose.choice(("../../evil.xml", "/etc/x", "word\\document.xml", "WORD/DOCUMENT.XML", "a" * 300))] = parts[name]
    else:
        parts[name] = b"\xef\xbb\xbf" + parts[name] if choose.random() < 0.5 else parts[name].decode("latin-1").encode("utf-16")


def _entities(parts: Parts, choose: random.Random) -> None:
    name = _part(parts, choose)
    text = re.sub(rb"^<\?xml[^>]*\?>\s*", b"", parts[name])
    root = re.match(rb"<([\w:]+)", text)
    kind = choose.randrange(4)
    if kind == 0:
        rows = b"".join(b'<!ENTITY e%d "%s">' % (i, b"&e%d;" % (i - 1) * 12) for i in range(1, 14))
        head = b'<!DOCTYPE x [<!ENTITY e0 "lol">' + rows + b"]>"
        use = b"&e13;"
    elif kind == 1:
        head, use = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', b"&e;"
    elif kind == 2:
        head, use = b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9/evil.dtd">', b""
    else:
        head, use = b'<!DOCTYPE x [<!ENTITY e "' + b"y" * 50_000 + b'">]>', b"&e;" * 2_000
    if root is None:
        return
    found = list(_TEXT.finditer(text))
    at = choose.choice(found).start(1) if found else len(text)
    parts[name] = head + text[:at] + use + text[at:]


def _bomb(parts: Parts, choose: random.Random) -> None:
    """A small part that unpacks to very much."""
    name = _part(parts, choose)
    piece, times = choose.choice(
        ((b" ", 40_000_000), (b"<w:p/>", 3_000_000), (b"<w:p><w:r><w:t>a</w:t></w:r></w:p>", 300_000), (b"<!-- -->", 4_000_000),
         (b"<w:tbl><w:tr><w:tc>", 4_000), (b"<w:sdt><w:sdtContent>", 200), (b"<w:pict/>", 900_000))
    )  # fmt: skip
    at = parts[name].find(b"<w:p")
    at = at if at >= 0 else len(parts[name])
    parts[name] = parts[name][:at] + piece * times + parts[name][at:]


CHANGES: tuple[Change, ...] = (_values, _exchanged, _elements, _words, _raw, _parts, _entities, _bomb)
WEIGHTS = (10, 6, 9, 3, 2, 3, 1, 0.3)
