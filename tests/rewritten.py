"""The same document written in other ways: moved, scaled, turned, its text shown in other pieces, saved by other programs.

Each way takes the bytes of a PDF and gives those of another that looks the same on paper.
"""

from __future__ import annotations

import math
import random
import re
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pymupdf

from tests.content import Font, Matrix, Placed, Unbalanced, multiplied, sized_by_matrix, split

Way = Callable[[bytes], bytes]
_BOXES = ("MediaBox", "CropBox", "TrimBox", "BleedBox", "ArtBox")
_SPACES = ("0020", "00a0")
_INHERITED = ("MediaBox", "CropBox", "Rotate", "Resources")
_BASE_14 = {"Helvetica": "helv", "Times-Roman": "tiro", "Courier": "cour", "Helvetica-Bold": "hebo", "Times-Bold": "tibo"}


def moved(by: tuple[float, float]) -> Way:
    """Content, annotations and page boxes moved together."""
    return lambda data: _mapped(data, (1, 0, 0, 1, *by))


def scaled(unit: float) -> Way:
    """Everything made smaller by the unit, and the unit given to the page as its UserUnit (ISO 32000-1, table 30)."""
    return lambda data: _mapped(data, (1 / unit, 0, 0, 1 / unit, 0, 0), unit=unit)


def turned(degrees: int, by: tuple[float, float] = (0.0, 0.0), unit: float = 1.0) -> Way:
    """Everything turned to the left, and turned back by /Rotate; moved and scaled too when asked."""
    quarter = {90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}[degrees]
    a, b, c, d = (value / unit for value in quarter)
    return lambda data: _mapped(data, (a, b, c, d, *by), unit=unit, turn=degrees)


def cropped(margin: float) -> Way:
    """The sheet made larger all round; what was the page is its CropBox and TrimBox, and something is written outside it."""

    def way(data: bytes) -> bytes:
        with pymupdf.open("pdf", data) as document:
            for page in document:
                _own(document, page.xref)
                media, crop = _box(document, page.xref, "MediaBox"), _box(document, page.xref, "CropBox")
                seen = crop or media
                assert media is not None
                assert seen is not None
                x0, y0, x1, y1 = media
                page.insert_font(fontname="cour")
                slug = f"q 0 g BT /cour 9 Tf 1 0 0 1 {x0 - margin + 2} {y1 + 4} Tm (slug line) Tj ET Q"
                _wrap(page, b"q", b"Q " + slug.encode())
                wide = (x0 - margin, y0 - margin, x1 + margin, y1 + margin)
                document.xref_set_key(page.xref, "MediaBox", _array(wide))
                document.xref_set_key(page.xref, "CropBox", _array(seen))
                if document.xref_get_key(page.xref, "TrimBox")[0] == "null":
                    document.xref_set_key(page.xref, "TrimBox", _array(seen))
            return bytes(document.tobytes())

    return way


def in_forms(scale: float = 0.5, deep: int = 2) -> Way:
    """The content of each page in form XObjects, one in another, each with a Matrix that the next undoes."""

    def way(data: bytes) -> bytes:
        with pymupdf.open("pdf", data) as document:
            for page in document:
                _own(document, page.xref)
                resources = document.xref_get_key(page.xref, "Resources")[1]
                content = page.read_contents()
                inner: int | None = None
                place = b""
                for level in range(deep):
                    part = scale if level % 2 == 0 else 1 / scale
                    xref = document.get_new_xref()
                    known = resources if inner is None else f"<</XObject<</Inner {inner} 0 R>>>>"
                    box = "[-30000 -30000 30000 30000]"
                    document.update_object(
                        xref, f"<</Type/XObject/Subtype/Form/BBox{box}/Matrix[{part} 0 0 {part} 7 -5]/Resources {known}>>"
                    )
                    document.update_stream(xref, (content if inner is None else place) or b" ")
                    place = f"q {1 / part} 0 0 {1 / part} {-7 / part} {5 / part} cm /Inner Do Q".encode()
                    inner = xref
                outer = document.get_new_xref()
                document.update_object(outer, "<<>>")
                document.update_stream(outer, place)
                document.xref_set_key(page.xref, "Contents", f"{outer} 0 R")
                document.xref_set_key(page.xref, "Resources", f"<</XObject<</Inner {inner} 0 R>>>>")
            return bytes(document.tobytes())

    return way


def glyph_by_glyph(data: bytes) -> bytes:
    """Each glyph by an operator of its own."""
    return _with_text(data, split)


def joined(data: bytes) -> bytes:
    """All that stands on one baseline of a text object by one operator, without its space signs."""
    return _with_text(data, lambda content, fonts: Placed(fonts, spaces=False, join=True).rewritten(content))


def placed(by: str = "word", *, spaces: bool = True, seed: int | None = None, by_matrix: bool = False) -> Way:
    """Each word or glyph from a text matrix of its own, in order or shuffled, with the space signs or without."""

    def rewrite(content: bytes, fonts: dict[bytes, Font]) -> bytes:
        order = random.Random(seed) if seed is not None else None
        text = Placed(fonts, by=by, spaces=spaces, order=order)
        result = text.rewritten(content)
        return sized_by_matrix(result) if by_matrix and text.all else result

    return lambda data: _with_text(data, rewrite)


def by_program(*command: str) -> Way:
    """Written again by a program: `{in}` and `{out}` stand for the files."""

    def way(data: bytes) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            before, after = Path(folder, "in.pdf"), Path(folder, "out.pdf")
            before.write_bytes(data)
            words = [word.replace("{in}", str(before)).replace("{out}", str(after)) for word in command]
            done = subprocess.run(words, capture_output=True, timeout=120, check=False)
            if not after.exists():
                raise RuntimeError(f"{command[0]}: {done.stderr.decode(errors='replace')[-300:]}")
            return after.read_bytes()

    return way


QPDF: dict[str, Way] = {
    "qpdf objects": by_program("qpdf", "--object-streams=generate", "{in}", "{out}"),
    "qpdf linear": by_program("qpdf", "--linearize", "--normalize-content=y", "{in}", "{out}"),
    "qpdf plain": by_program("qpdf", "--qdf", "--object-streams=disable", "{in}", "{out}"),
}
MUTOOL: dict[str, Way] = {
    "mutool": by_program("mutool", "clean", "-gggg", "{in}", "{out}"),
    "mutool tidy": by_program("mutool", "clean", "-s", "-c", "{in}", "{out}"),
}
GHOSTSCRIPT: dict[str, Way] = {
    "ghostscript": by_program("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-sOutputFile={out}", "{in}")
}
OURS: dict[str, Way] = {
    "moved": moved((-300, 47.3)),
    "scaled 2.5": scaled(2.5),
    "scaled 0.4": scaled(0.4),
    "turned 90": turned(90),
    "turned 180": turned(180),
    "turned 270": turned(270, (33, -800), 3.0),
    "cropped": cropped(40),
    "forms": in_forms(),
    "glyphs": glyph_by_glyph,
    "joined": joined,
    "words": placed("word", spaces=False),
    "shuffled": placed("word", seed=1),
    "glyphs shuffled": placed("glyph", spaces=False, seed=2, by_matrix=True),
}


# --- pages ----------------------------------------------------------------------------------------------------------------


def _mapped(data: bytes, matrix: Matrix, unit: float = 1.0, turn: int = 0) -> bytes:
    with pymupdf.open("pdf", data) as document:
        looks: set[int] = set()
        patterns: set[int] = set()
        for page in document:
            xref = page.xref
            _own(document, xref)
            for key in _BOXES:
                box = _box(document, xref, key)
                if box is not None:
                    document.xref_set_key(xref, key, _array(_hull(matrix, box)))
            _map_patterns(document, xref, matrix, patterns)
            _wrap(page, b"q " + b" ".join(b"%.8f" % value for value in matrix) + b" cm", b"Q")
            for annotation, _kind, _ in page.annot_xrefs():
                _map_annotation(document, annotation, matrix, looks)
            before = float(_number(document, xref, "UserUnit") or 1.0)
            if unit != 1.0:
                document.xref_set_key(xref, "UserUnit", f"{before * unit:.8g}")
            if turn:
                now = int(_number(document, xref, "Rotate") or 0)
                document.xref_set_key(xref, "Rotate", str((now + turn) % 360))
        return bytes(document.tobytes())


def _own(document: pymupdf.Document, xref: int) -> None:
    """Gives the page what it inherits, as its own."""
    for key in _INHERITED:
        at = xref
        for _ in range(30):
            kind, value = document.xref_get_key(at, key)
            if kind != "null":
                if at != xref:
                    document.xref_set_key(xref, key, value)
                break
            kind, value = document.xref_get_key(at, "Parent")
            if kind != "xref":
                break
            at = int(value.split()[0])


def _wrap(page: pymupdf.Page, before: bytes, after: bytes) -> None:
    page.wrap_contents()  # what it leaves open is closed
    pymupdf.TOOLS._insert_contents(page, before + b"\n", 0)
    pymupdf.TOOLS._insert_contents(page, b"\n" + after + b"\n", 1)


def _map_annotation(document: pymupdf.Document, xref: int, matrix: Matrix, looks: set[int]) -> None:
    rect = _box(document, xref, "Rect")
    if rect is None:
        return
    document.xref_set_key(xref, "Rect", _array(_hull(matrix, rect)))
    if not (matrix[1] or matrix[0] < 0):
        return
    size = math.hypot(matrix[0], matrix[1])
    turn: Matrix = (matrix[0] / size, matrix[1] / size, matrix[2] / size, matrix[3] / size, 0, 0)
    kind, value = document.xref_get_key(xref, "AP/N")
    found = [value] if kind == "xref" else re.findall(r"\d+ 0 R", value) if kind == "dict" else []
    for reference in found:
        look = int(reference.split()[0])
        if look not in looks and document.xref_is_stream(look):
            looks.add(look)
            own = _numbers(document, look, "Matrix")
            now = multiplied(tuple(own) if len(own) == 6 else (1, 0, 0, 1, 0, 0), turn)  # type: ignore[arg-type]
            document.xref_set_key(look, "Matrix", _array(now))


def _map_patterns(document: pymupdf.Document, page: int, matrix: Matrix, done: set[int]) -> None:
    """A pattern lies on the page, whatever matrix its user has set (ISO 32000-1, 8.7.2)."""
    kind, value = document.xref_get_key(page, "Resources/Pattern")
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]), compressed=True)
    for reference in re.findall(r"(\d+) 0 R", value if kind in ("xref", "dict") else ""):
        xref = int(reference)
        if xref not in done:
            done.add(xref)
            own = _numbers(document, xref, "Matrix")
            now = multiplied(tuple(own) if len(own) == 6 else (1, 0, 0, 1, 0, 0), matrix)  # type: ignore[arg-type]
            document.xref_set_key(xref, "Matrix", _array(now))


def _numbers(document: pymupdf.Document, xref: int, key: str) -> list[float]:
    kind, value = document.xref_get_key(xref, key)
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]), compressed=True)
    return [float(part) for part in value.strip("[]").split()] if kind in ("array", "xref") else []


def _number(document: pymupdf.Document, xref: int, key: str) -> str | None:
    kind, value = document.xref_get_key(xref, key)
    return value if kind in ("int", "real", "float") else None


def _box(document: pymupdf.Document, xref: int, key: str) -> tuple[float, ...] | None:
    numbers = _numbers(document, xref, key)
    return tuple(numbers) if len(numbers) == 4 else None


def _hull(matrix: Matrix, box: Sequence[float]) -> tuple[float, ...]:
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _array(numbers: Sequence[float]) -> str:
    return "[" + " ".join(f"{number:.6f}".rstrip("0").rstrip(".") for number in numbers) + "]"


# --- text -----------------------------------------------------------------------------------------------------------------


def _with_text(data: bytes, rewrite: Callable[[bytes, dict[bytes, Font]], bytes]) -> bytes:
    with pymupdf.open("pdf", data) as document:
        fonts: dict[int, Font | None] = {}
        for page in document:
            _own(document, page.xref)
            try:
                content = rewrite(page.read_contents(), _fonts(document, page.xref, fonts))
            except Unbalanced:
                continue  # a damaged page stays as it is
            xref = document.get_new_xref()
            document.update_object(xref, "<<>>")
            document.update_stream(xref, content or b" ")
            document.xref_set_key(page.xref, "Contents", f"{xref} 0 R")
        for xref in range(1, document.xref_length()):
            if document.xref_get_key(xref, "Subtype")[1] == "/Form" and document.xref_is_stream(xref):
                known = _fonts(document, xref, fonts)
                if known:
                    document.update_stream(xref, rewrite(document.xref_stream(xref), known) or b" ")
        return bytes(document.tobytes())


def _fonts(document: pymupdf.Document, xref: int, known: dict[int, Font | None]) -> dict[bytes, Font]:
    kind, value = document.xref_get_key(xref, "Resources/Font")
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]), compressed=True)
    found: dict[bytes, Font] = {}
    for name, reference in re.findall(r"(/[^\s<>\[\]()/]+)\s*(\d+) 0 R", value if kind in ("xref", "dict") else ""):
        number = int(reference)
        if number not in known:
            known[number] = _font(document, number)
        font = known[number]
        if font is not None:
            found[name.encode("latin-1")] = font
    return found


def _font(document: pymupdf.Document, xref: int) -> Font | None:
    subtype = document.xref_get_key(xref, "Subtype")[1]
    if subtype == "/Type0":
        if document.xref_get_key(xref, "Encoding")[1] != "/Identity-H":
            return None
        kind, value = document.xref_get_key(xref, "DescendantFonts")
        if kind == "xref":
            value = document.xref_object(int(value.split()[0]), compressed=True)
        spaces = _spaces(document, xref)
        if "<<" in value:  # written into the array itself
            default, widths = re.search(r"/DW\s+([\d.]+)", value), re.search(r"/W\s*(?:(\d+) 0 R|\[)", value)
            if widths is None or widths.group(1) is None:
                return None
            table = document.xref_object(int(widths.group(1)), compressed=True)
            return _composite(table, float(default.group(1)) if default else 1000.0, spaces)
        below = re.search(r"(\d+) 0 R", value)
        return _referred(document, int(below.group(1)), spaces) if below else None
    if subtype not in ("/Type1", "/TrueType", "/MMType1"):
        return None
    kind, value = document.xref_get_key(xref, "Widths")
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]), compressed=True)
    if kind in ("array", "xref"):
        if "R" in value:
            return None
        widths = [float(part) for part in value.strip("[]").split()]
        first = int(_number(document, xref, "FirstChar") or 0)
        return Font(lambda code: widths[code - first] if 0 <= code - first < len(widths) else 0.0, 1, _spaces(document, xref))
    base = _BASE_14.get(document.xref_get_key(xref, "BaseFont")[1].lstrip("/"))
    if base is None:
        return None
    face = pymupdf.Font(base)
    return Font(lambda code: face.glyph_advance(ord(bytes([code]).decode("cp1252", "replace"))) * 1000)


def _spaces(document: pymupdf.Document, xref: int) -> frozenset[int]:
    """The codes that stand for a space. Subset fonts may give code 32 to any sign (ISO 32000-1, 9.10.3)."""
    kind, value = document.xref_get_key(xref, "ToUnicode")
    if kind != "xref":
        named = document.xref_get_key(xref, "Encoding")[0] in ("name", "null")
        return frozenset({32} if named else ())
    told = document.xref_stream(int(value.split()[0])).decode("latin-1")
    found: set[int] = set()
    for part in re.findall(r"beginbfchar(.*?)endbfchar", told, re.DOTALL):
        found |= {int(code, 16) for code, sign in re.findall(r"<([^>]*)>\s*<([^>]*)>", part) if sign.lower() in _SPACES}
    for part in re.findall(r"beginbfrange(.*?)endbfrange", told, re.DOTALL):
        for first, sign, signs in re.findall(r"<([^>]*)>\s*<[^>]*>\s*(?:<([^>]*)>|\[([^\]]*)\])", part):
            every = [sign] if sign else re.findall(r"<([^>]*)>", signs)
            found |= {int(first, 16) + at for at, one in enumerate(every) if one.lower() in _SPACES}
    return frozenset(found)


def _referred(document: pymupdf.Document, xref: int, spaces: frozenset[int]) -> Font:
    kind, value = document.xref_get_key(xref, "W")
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]), compressed=True)
    return _composite(value, float(_number(document, xref, "DW") or 1000), spaces)


def _composite(value: str, default: float, spaces: frozenset[int]) -> Font:
    """A font of several bytes a sign from its table of widths (ISO 32000-1, 9.7.4.3)."""
    widths: dict[int, float] = {}
    for start, many, last, same in re.findall(r"(\d+)\s*(?:\[([^\]]*)\]|\s(\d+)\s+([\d.]+))", value.strip()[1:-1]):
        if last:
            widths |= {code: float(same) for code in range(int(start), min(int(last), 65535) + 1)}
        else:
            widths |= {int(start) + at: float(width) for at, width in enumerate(many.split())}
    return Font(lambda code: widths.get(code, default), 2, spaces)
