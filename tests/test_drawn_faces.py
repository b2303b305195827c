"""Faces whose glyphs are drawings or bitmaps (Type 3), and faces whose signs are no letters."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache

import pymupdf
import pytest

from clearprint.formats import figures, letterforms
from clearprint.formats.letter_likeness import looks_like_letters
from clearprint.formats.letterforms import Shapes
from clearprint.formats.pdf_faces import FaceBook
from clearprint.formats.pdf_outlines import Edge, Glyph, made
from clearprint.model import Face
from tests.raw_pdf import raw_pdf, stream

DIGITS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
TEXT = "nohlxeaHEIT0368951l"


@lru_cache(maxsize=4)
def engines(name: str) -> Shapes:
    """One of the engine's own faces: helv is a twin of Helvetica, hebo of its bold, heit of its oblique."""
    font = pymupdf.Font(name).this
    return Shapes(font, lambda character: int(pymupdf.mupdf.fz_encode_character(font, ord(character))))


def outlined(shape: Glyph, unit: float) -> str:
    """A glyph as a path of that many units an em."""
    words = [f"{shape.advance * unit:.2f} 0 0 {-0.3 * unit} {unit} {unit} d1"]
    at: tuple[float, float] | None = None
    for x0, y0, x1, y1 in shape.edges:
        if at != (x0, y0):
            words.append(f"{x0 * unit:.3f} {y0 * unit:.3f} m")
        words.append(f"{x1 * unit:.3f} {y1 * unit:.3f} l")
        at = (x1, y1)
    return stream(" ".join([*words, "f"]))


def pixelled(shape: Glyph, unit: float, grid: int = 166) -> str:
    """A glyph as a bitmap of that many pixels an em, as TeX writes them for 1200 dots an inch."""
    wide, low, tall = math.ceil(shape.x1 * grid) + 1, math.floor(shape.y0 * grid) - 1, math.ceil(shape.y1 * grid) + 1
    rows = []
    for row in range(tall, low, -1):
        runs = shape.across((row - 0.5) / grid)
        bits = "".join("0" if any(a * grid <= x + 0.5 < b * grid for a, b in runs) else "1" for x in range(wide))
        bits += "1" * (-len(bits) % 8)
        rows.append("".join(f"{int(bits[i : i + 8], 2):02x}" for i in range(0, len(bits), 8)))
    cell = unit / grid
    place = f"{wide * cell:.4f} 0 0 {(tall - low) * cell:.4f} 0 {low * cell:.4f} cm"
    mask = f"BI /W {wide} /H {tall - low} /IM true /BPC 1 /F /AHx ID {''.join(rows)}> EI"
    return stream(f"{shape.advance * unit:.2f} 0 0 {-0.3 * unit} {unit} {unit} d1 q {place} {mask} Q")


def type_3(
    shapes: Callable[[str], Glyph | None],
    text: str = TEXT,
    unit: float = 1000,
    drawn: Callable[..., str] = outlined,
    name: str = "",
) -> Face:
    """The face of a document that sets `text` in a Type 3 font of those shapes."""
    found = {character: shape for character in dict.fromkeys(text) if (shape := shapes(character)) is not None}
    document = opened(found, unit, drawn, name)
    return FaceBook(document).face(document[0], span_font(document), digits=True)


def opened(shapes: Mapping[str, Glyph], unit: float, drawn: Callable[..., str], name: str) -> pymupdf.Document:
    codes = sorted(map(ord, shapes))
    first, last = codes[0], codes[-1]
    widths = " ".join(f"{shapes[chr(c)].advance * unit:.2f}" if chr(c) in shapes else "0" for c in range(first, last + 1))
    names = {code: DIGITS[code - 48] if 48 <= code < 58 else chr(code) for code in codes}
    differences = " ".join(f"{code} /{name}" for code, name in names.items())
    procs = " ".join(f"/{name} {8 + i} 0 R" for i, name in enumerate(names.values()))
    font = (
        f"<< /Type /Font /Subtype /Type3 /FontMatrix [{1 / unit} 0 0 {1 / unit} 0 0] /FontBBox [0 -300 {unit} {unit}] "
        f"/FirstChar {first} /LastChar {last} /Widths [{widths}] /Encoding << /Differences [{differences}] >> "
        f"/CharProcs << {procs} >> /Resources << >> {'/FontDescriptor 7 0 R' if name else ''} >>"
    )
    descriptor = f"<< /Type /FontDescriptor /FontName /{name or 'None'} /Flags 4 /ItalicAngle 0 >>"
    objects = [font, descriptor, *(drawn(shapes[chr(c)], unit) for c in codes)]
    content = f"BT /F3 12 Tf 1 0 0 1 50 200 Tm ({''.join(shapes)}) Tj ET"
    return pymupdf.open("pdf", raw_pdf(content, objects=objects, font="/F3 6 0 R"))


def span_font(document: pymupdf.Document) -> str:
    return str(document[0].get_text("dict")["blocks"][0]["lines"][0]["spans"][0]["font"])


@pytest.mark.parametrize("drawn", [outlined, pixelled])
@pytest.mark.parametrize(("name", "weight", "italic"), [("helv", 400, False), ("hebo", 700, False), ("heit", 400, True)])
def test_type_3_faces_measure_as_the_face_they_are_drawn_from(
    drawn: Callable[..., str], name: str, weight: int, italic: bool
) -> None:
    shapes = engines(name)
    face = type_3(shapes, drawn=drawn)
    forms, digits = letterforms.measure(shapes), figures.measure(shapes)
    assert (face.weight, face.italic, face.basis, face.genre) == (weight, italic, "outlines", "text")
    assert face.stem == pytest.approx(forms.stem, abs=0.02)
    assert face.x_height == pytest.approx(forms.x_height, abs=0.02)
    assert face.digits is not None
    assert digits is not None
    assert face.digits.distinctness == pytest.approx(digits.distinctness, rel=0.1)


def test_the_unit_of_a_type_3_font_does_not_matter() -> None:
    thousandths, pixels = type_3(engines("helv")), type_3(engines("helv"), unit=100)
    assert pixels.stem == pytest.approx(thousandths.stem, abs=0.005)
    assert pixels.x_height == pytest.approx(thousandths.x_height, abs=0.005)


def test_a_thin_type_3_face_is_light() -> None:
    def thin(character: str) -> Glyph | None:
        shape = engines("helv")(character)
        if character not in "lIHnh" or shape is None:
            return None
        box = ((0.1, 0.0, 0.12, 0.72), (0.4, 0.0, 0.42, 0.52))[: 2 if character in "Hnh" else 1]
        return made([edge for x0, y0, x1, y1 in box for edge in around(x0, y0, x1, y1)], [], 0.5)

    face = type_3(thin)
    assert face.stem is not None
    assert face.stem < 0.06
    assert face.weight is not None
    assert face.weight < 300


def test_the_name_of_a_type_3_font_is_in_its_descriptor() -> None:
    assert type_3(engines("helv"), name="AAAAAA+Lexend-Regular").family == "Lexend"
    assert type_3(engines("helv")).family == "Type 3"


def around(x0: float, y0: float, x1: float, y1: float) -> list[Edge]:
    return [(x0, y0, x1, y0), (x1, y0, x1, y1), (x1, y1, x0, y1), (x0, y1, x0, y0)]


# --- ornaments ------------------------------------------------------------------------------------------------------------


def star(points: int, tips: float) -> Glyph:
    """A star with so many tips, its dents at `tips` of its reach."""
    corners = []
    for i in range(2 * points):
        reach, angle = 0.35 * (1 if i % 2 else tips), math.pi * i / points
        corners.append((0.4 + reach * math.cos(angle), 0.35 + reach * math.sin(angle)))
    shape = made([(*a, *b) for a, b in zip(corners, [*corners[1:], corners[0]], strict=True)], corners, 0.8)
    assert shape is not None
    return shape


def standing(points: int, height: float) -> Glyph:
    """A star that stands on the line and reaches a height, in em."""
    shape = star(points, 0.5)
    scale = height / shape.height
    sides = [(x0, (y0 - shape.y0) * scale, x1, (y1 - shape.y0) * scale) for x0, y0, x1, y1 in shape.edges]
    found = made(sides, [side[:2] for side in sides], 0.8)
    assert found is not None
    return found


def test_a_face_of_stars_is_no_face_of_letters_and_one_with_wrong_codes_is() -> None:
    stars = {character: star(5 + i % 7, 0.3 + 0.05 * (i % 9)) for i, character in enumerate("jklmnopqrs")}
    assert type_3(stars.get, "jklmnopqrs").pictorial
    assert type_3(stars.get, "jklmnopqrs").stem is None
    shifted = {character: engines("helv")(chr(ord(character) + 3)) for character in "abcdefghijklmn"}
    assert not type_3(shifted.get, "abcdefghijklmn").pictorial
    assert not type_3(engines("tiit"), "HBRSGQaeg").pictorial
    assert not type_3(stars.get, "jkl").pictorial  # too few to tell


def test_small_letters_of_one_height_under_the_dot_of_an_i_are_letters_whatever_their_shapes() -> None:
    stars = {character: standing(5 + number, 0.5) for number, character in enumerate("enocv")}
    assert type_3(stars.get, "enocv").pictorial
    assert not type_3({**stars, "i": standing(4, 0.7)}.get, "enocvi").pictorial


@pytest.mark.parametrize("name", ["helv", "heit", "tiro", "tibi", "cour", "cobi"])
def test_faces_for_text_look_like_letters(name: str) -> None:
    def tall(character: str) -> Glyph | None:
        return engines(name)(character) if character in "bdfhklgpqyjtABDEGHR" else None

    class Some(Shapes):
        __call__ = staticmethod(tall)  # type: ignore[assignment]

    assert looks_like_letters(Some(None, lambda character: 0))


def test_dingbats_do_not() -> None:
    font = pymupdf.Font("zadb").this
    shapes = Shapes(font, lambda character: ord(character) - 29 if "a" <= character <= "z" else 0)
    assert looks_like_letters(shapes) is False
