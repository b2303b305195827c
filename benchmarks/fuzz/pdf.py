"""PDF files made wrong: bytes, objects, references, numbers, contents, page trees, outlines, forms, bombs.

The same file and the same chooser give the same mutant, always.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Callable
from contextlib import suppress

import pymupdf

from benchmarks.fuzz.bytes import GIANTS, cut, flip, move

_OBJECT = re.compile(rb"(?<![0-9])(\d{1,7}) (\d{1,5}) obj\b(.*?)\bendobj\b", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n(.*)\r?\nendstream", re.DOTALL)
_REFERENCE = re.compile(rb"(?<![0-9])(\d{1,7}) (\d{1,5}) R\b")
_NUMBER = re.compile(rb"(?<![A-Za-z0-9#.+-])[+-]?(?:\d+\.?\d*|\.\d+)(?![0-9A-Za-z])")
_NAME = re.compile(rb"/[A-Za-z0-9+#.-]+")
_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)")

Objects = dict[int, bytes]
Change = Callable[[Objects, random.Random], None]

_VALUES = (
    b"null", b"true", b"()", b"(\xfe\xff\xd8\x00\xdc)", b"<>", b"<<>>", b"[]", b"/X", b"0", b"-1", b"[null null null null]",
    b"[0 0 0 0]", b"[1e30 -1e30 1e30 1e30]", b"<FEFFD800>", b"(\\000\\033[31m\\n\\r\\t)", b"99999 0 R", b"0 0 R",
)  # fmt: skip
_OPERATORS = (
    b"q", b"Q", b"BT", b"ET", b"W n", b"0 0 0 0 0 0 cm", b"1e20 0 0 1e20 0 0 cm", b"-1 0 0 -1 0 0 cm", b"0 Tz", b"-100 Tz",
    b"1e9 Tc", b"-1e9 Tw", b"1e9 TL", b"3 Tr", b"7 Tr", b"99 Tr", b"0 w", b"1e9 w", b"[0 0] 0 d", b"[-1 2] 5 d", b"/Nothing Do",
    b"/Nothing gs", b"/Nothing sh", b"/Nothing 12 Tf", b"/Pattern cs /Nothing scn", b"/Sep CS 1 SCN", b"2 2 2 rg", b"-1 g",
    b"/Span <</ActualText (\\376\\377\\330\\000)>> BDC", b"EMC", b"BI /W 9 /H 9 /BPC 8 /CS /G ID xx EI", b"0 0 1e7 1e7 re f",
    b"0 0 m 1e30 1e30 l S", b"(\\000\\001\\377) Tj", b"[(A) -1e9 (B) 1e9 (C)] TJ", b"0 1 -1 0 9 9 Tm", b"0 0 0 0 9 9 Tm",
    b"1e-9 0 0 1e-9 300 300 Tm", b"T*", b"(x) '", b"9 9 (x) \"", b"h b*", b"/OC /Nothing BDC",
)  # fmt: skip


with suppress(Exception):
    pymupdf.TOOLS.mupdf_display_errors(False)
    pymupdf.TOOLS.mupdf_display_warnings(False)


def expanded(data: bytes) -> bytes | None:
    """The same document with each object in plain view; None for one that the engine cannot open."""
    with suppress(Exception), pymupdf.open(stream=data, filetype="pdf") as document:
        plain = document.tobytes(expand=255, deflate=False, use_objstms=0, no_new_id=True)
        return bytes(plain)
    return None


def mutant(data: bytes, plain: bytes | None, choose: random.Random) -> bytes:
    """One wrong file made of a right one."""
    if plain is None or choose.random() < 0.25:
        for _ in range(choose.choice((1, 1, 2, 5))):
            data = choose.choice((cut, flip, flip, move))(data, choose)
        return data
    objects: Objects = {int(found[1]): found[3] for found in _OBJECT.finditer(plain)}
    if not objects:
        return flip(data, choose)
    for _ in range(choose.choice((1, 1, 1, 2, 3, 6))):
        change = choose.choices(CHANGES, WEIGHTS)[0]
        change(objects, choose)
    root = _root(plain)
    wrong = choose.random()
    made = written(objects, root, choose if wrong < 0.3 else None)
    return choose.choice((cut, flip, move))(made, choose) if wrong > 0.9 else made


def written(objects: Objects, root: bytes, wrong: random.Random | None) -> bytes:
    """The objects as a file; with `wrong` its cross-reference table or trailer lies."""
    out = bytearray(b"%PDF-1.7\n")
    offsets: dict[int, int] = {}
    for number, body in objects.items():
        offsets[number] = len(out)
        out += b"%d 0 obj%sendobj\n" % (number, body)
    size = max(objects, default=0) + 1
    start = len(out)
    rows = [b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n" for number in range(size)]
    extra = b""
    if wrong is not None:
        kind = wrong.randrange(7)
        if kind == 0:
            extra = b"/Prev %d" % start
        elif kind == 1:
            extra = b"/XRefStm %d" % wrong.randrange(start + 1)
        elif kind == 2:
            size = int(wrong.choice((0, 1, 2**31 - 1, 10**9, 8_388_607)))
        elif kind == 3:
            wrong.shuffle(rows)
        elif kind == 4:
            root = b"%d 0 R" % wrong.randrange(len(rows) + 2)
        elif kind == 5:
            start = wrong.choice((0, start // 2, start + 9, 2**31, 2**63))
        else:
            rows = rows[: wrong.randrange(len(rows) + 1)]
    out += b"xref\n0 %d\n" % len(rows) + b"".join(rows)
    return bytes(out) + b"trailer\n<</Size %d /Root %s %s>>\nstartxref\n%d\n%%%%EOF\n" % (size, root, extra, start)


# --- what can go wrong with objects -----------------------------------------------------------------------------------------


def _swap(objects: Objects, choose: random.Random) -> None:
    one, other = choose.choice(list(objects)), choose.choice(list(objects))
    objects[one], objects[other] = objects[other], objects[one]


def _lose(objects: Objects, choose: random.Random) -> None:
    del objects[choose.choice(list(objects))]
    if not objects:
        objects[1] = b"<<>>"


def _redirect(objects: Objects, choose: random.Random) -> None:
    """References to something else: most loops there are."""
    for _ in range(choose.choice((1, 2, 4, 20))):
        _sub(objects, choose, _REFERENCE, lambda _: b"%d 0 R" % choose.choice([*objects, 0, 99_999]))


def _numbers(objects: Objects, choose: random.Random) -> None:
    for _ in range(choose.choice((1, 2, 5, 30))):
        _sub(objects, choose, _NUMBER, lambda _: choose.choice(GIANTS), contents=choose.random() < 0.5)


def _names(objects: Objects, choose: random.Random) -> None:
    known = sorted({name for body in objects.values() for name in _NAME.findall(_head(body))}) or [b"/X"]
    for _ in range(choose.choice((1, 2, 5))):
        _sub(objects, choose, _NAME, lambda _: choose.choice(known))


def _types(objects: Objects, choose: random.Random) -> None:
    """A value of another kind than it must be."""
    pattern = choose.choice((_NUMBER, _STRING, _NAME, _REFERENCE))
    for _ in range(choose.choice((1, 2, 5))):
        _sub(objects, choose, pattern, lambda _: b" " + choose.choice(_VALUES) + b" ")


def _nest(objects: Objects, choose: random.Random) -> None:
    depth = choose.choice((5, 50, 500, 20_000))
    one, other = choose.choice(((b"[", b"]"), (b"<</A ", b">>"), (b"<</Kids [", b"]>>")))
    _sub(objects, choose, choose.choice((_NUMBER, _REFERENCE, _NAME)), lambda _: one * depth + b"1" + other * depth)


def _boxes(objects: Objects, choose: random.Random) -> None:
    pages = [number for number, body in objects.items() if re.search(rb"/Type\s*/Page\b", _head(body))]
    if not pages:
        return
    number = choose.choice(pages)
    odd = choose.choice((b"/Rotate %d" % choose.choice((1, 90, 180, 270, -90, 2**31)), b"/UserUnit 1e9", b"/UserUnit -1"))
    key = choose.choice((b"/MediaBox", b"/CropBox", b"/TrimBox", b"/BleedBox"))
    box = b" ".join(choose.choice((*GIANTS, b"595", b"842", b"0")) for _ in range(4))
    extra = choose.choice((odd, key + b" [" + box + b"]"))
    objects[number] = objects[number].replace(b"<<", b"<<" + extra + b" ", 1)


def _tree(objects: Objects, choose: random.Random) -> None:
    """Loops and lies where a document has trees: pages, outlines, fields, tags, names, colour spaces, forms."""
    key = choose.choice(
        (b"/Kids", b"/Parent", b"/Next", b"/Prev", b"/First", b"/K", b"/Fields", b"/P", b"/Contents", b"/Annots", b"/Font",
         b"/XObject", b"/Resources", b"/Outlines", b"/AcroForm", b"/StructTreeRoot", b"/OCProperties", b"/OCGs", b"/SMask",
         b"/DescendantFonts", b"/FontDescriptor", b"/ToUnicode", b"/Encoding", b"/ColorSpace", b"/CharProcs", b"/AP", b"/N")
    )  # fmt: skip
    holders = [number for number, body in objects.items() if re.search(re.escape(key) + rb"\b", _head(body))]
    number = choose.choice(holders or list(objects))
    aims = [choose.choice((number, choose.choice(list(objects)))) for _ in range(choose.choice((1, 2, 9, 400)))]
    listed = b" ".join(b"%d 0 R" % aim for aim in aims)
    value = choose.choice((b"[" + listed + b"]", b"%d 0 R" % number, b"<</A %d 0 R>>" % number))
    body = objects[number]
    if holders:
        body = re.sub(re.escape(key) + rb"\b\s*(\[[^\]]*\]|\d+ \d+ R|<<.*?>>)?", lambda _: key + b" " + value, body, count=1)
    else:
        body = body.replace(b"<<", b"<<" + key + b" " + value + b" ", 1)
    if choose.random() < 0.3:
        body = re.sub(rb"/Count\s+-?\d+", lambda _: b"/Count " + choose.choice(GIANTS), body)
    objects[number] = body


def _contents(objects: Objects, choose: random.Random) -> None:
    """Operators lost, doubled, moved and thrown in."""
    streams = [number for number, body in objects.items() if _is_contents(body)]
    if not streams:
        return
    number = choose.choice(streams)
    data = _data(objects[number])
    lines = data.split(b"\n") if data.count(b"\n") > 5 else data.split(b" ")
    for _ in range(choose.choice((1, 3, 10, 60))):
        at = choose.randrange(len(lines) + 1)
        kind = choose.randrange(5)
        if kind == 0:
            del lines[at : at + choose.choice((1, 1, 3, 30))]
        elif kind == 1:
            lines[at:at] = lines[at : at + choose.choice((1, 5, 40))] * choose.choice((1, 2, 20))
        elif kind == 2 and lines:
            other = choose.randrange(len(lines))
            lines.insert(at, lines.pop(other))
        else:
            lines[at:at] = [choose.choice(_OPERATORS)] * choose.choice((1, 1, 1, 40))
    objects[number] = _with_data(objects[number], (b"\n" if b"\n" in data else b" ").join(lines[:200_000]))


def _forms(objects: Objects, choose: random.Random) -> None:
    """Forms that paint forms: a chain, a fan, or each painting the first."""
    streams = [number for number, body in objects.items() if _is_contents(body)]
    pages = [number for number, body in objects.items() if re.search(rb"/Type\s*/Page\b", _head(body))]
    if not streams or not pages:
        return
    depth, width = choose.choice(((1, 1), (3, 3), (30, 1), (200, 1), (8, 2), (6, 4)))
    if choose.random() < 0.02:
        depth, width = 24, 4  # more than any engine can paint: the clock must end it
    first = max(objects) + 1
    page, contents = choose.choice(pages), choose.choice(streams)
    loop = choose.random() < 0.3
    for level in range(depth):
        aim = first if loop and level == depth - 1 else first + level + 1
        last = level == depth - 1 and not loop
        data = b"0 0 9 9 re f" if last else b"/Fz Do " * width
        resources = b"" if last else b"/Resources<</XObject<</Fz %d 0 R>>>>" % aim
        objects[first + level] = _with_data(b"<</Type/XObject/Subtype/Form/BBox[0 0 600 850]%s/Length 0>>" % resources, data)
    objects[page] = objects[page].replace(b"/XObject<<", b"/XObject<</Fz %d 0 R " % first, 1)
    if b"/Fz" not in objects[page]:
        objects[page] = objects[page].replace(b"<<", b"<</Resources<</XObject<</Fz %d 0 R>>>>" % first, 1)
    objects[contents] = _with_data(objects[contents], b"/Fz Do\n" + _data(objects[contents]))


def _bomb(objects: Objects, choose: random.Random) -> None:
    """A small stream that inflates to very much."""
    streams = [number for number, body in objects.items() if _STREAM.search(body)]
    if not streams:
        return
    piece = choose.choice((b"0 0 m 9 9 l S\n", b"q ", b"(a) Tj ", b"0 0 9 9 re f\n", b"\0", b"[", b"BT ", b"/Fz Do "))
    whole = choose.choice((100_000, 1_000_000, 8_000_000, 60_000_000))
    packed = zlib.compress(piece * (whole // len(piece)), 9)
    number = choose.choice(streams)
    for _ in range(choose.choice((0, 0, 1, 2))):
        packed = zlib.compress(packed, 9)
    head = _head(objects[number]).rstrip().removesuffix(b"stream").rstrip().removesuffix(b">>")
    objects[number] = head + b"/Filter [/FlateDecode /FlateDecode]/Length %d>>\nstream\n%s\nendstream\n" % (len(packed), packed)
    if choose.random() < 0.5:
        objects[number] = objects[number].replace(b"[/FlateDecode /FlateDecode]", b"/FlateDecode", 1)


def _streams(objects: Objects, choose: random.Random) -> None:
    """Fonts, pictures and maps with wrong bytes, or with those of another stream."""
    streams = [number for number, body in objects.items() if _STREAM.search(body)]
    if not streams:
        return
    number = choose.choice(streams)
    data = _data(objects[number])
    made = (
        choose.choice((cut, flip, flip, move))(data, choose)
        if choose.random() < 0.8
        else _data(objects[choose.choice(streams)])
    )
    objects[number] = _with_data(objects[number], made)


CHANGES: tuple[Change, ...] = (
    _swap, _lose, _redirect, _numbers, _names, _types, _nest, _boxes, _tree, _contents, _forms, _bomb, _streams
)  # fmt: skip
WEIGHTS = (3, 3, 5, 9, 4, 7, 2, 3, 8, 10, 1, 0.3, 6)


# --- objects as text --------------------------------------------------------------------------------------------------------


def _root(plain: bytes) -> bytes:
    found = re.findall(rb"/Root (\d+ \d+ R)", plain)
    return found[-1] if found else b"1 0 R"


def _head(body: bytes) -> bytes:
    """What comes before the stream."""
    return body[: start.start()] + b"stream" if (start := _STREAM.search(body)) else body


def _data(body: bytes) -> bytes:
    found = _STREAM.search(body)
    return found[1] if found else b""


def _with_data(body: bytes, data: bytes) -> bytes:
    head = _head(body).rstrip().removesuffix(b"stream")
    head = re.sub(rb"/Length\s+\d+( \d+ R)?", b"/Length %d" % len(data), head, count=1)
    return head.rstrip() + b"\nstream\n" + data + b"\nendstream\n"


def _is_contents(body: bytes) -> bool:
    data = _data(body)[:20_000]
    return bool(data) and b"/Subtype/Image" not in body and (b" Tf" in data or b" re" in data or b" Do" in data)


def _sub(
    objects: Objects,
    choose: random.Random,
    pattern: re.Pattern[bytes],
    make: Callable[[bytes], bytes],
    contents: bool = False,
) -> None:
    """One place that the pattern finds, in one object, made anew; `contents`: in what a page paints."""
    numbers = [number for number, body in objects.items() if _is_contents(body)] if contents else []
    number = choose.choice(numbers or list(objects))
    body = objects[number]
    text = _data(body) if numbers else _head(body)
    places = list(pattern.finditer(text))
    if not places:
        return
    place = choose.choice(places)
    made = text[: place.start()] + make(place[0]) + text[place.end() :]
    if numbers:
        objects[number] = _with_data(body, made)
    else:
        stream = _STREAM.search(body)
        objects[number] = made.removesuffix(b"stream") + body[stream.start() :] if stream else made
