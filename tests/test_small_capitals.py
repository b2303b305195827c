"""Small capitals, real ones of a font and those that browsers make of capitals, count as capitals whatever they read as."""

from __future__ import annotations

import io
import string
from pathlib import Path

import pytest

from clearprint.formats.pdf_outlines import Glyph
from clearprint.formats.pdf_smallcaps import capitals_among
from clearprint.model import Job
from clearprint.readers.from_pdf import PdfSource
from tests.raw_pdf import line, raw_pdf, saved, stream

TALL = dict.fromkeys("bdfhkl", (0.0, 0.7)) | dict.fromkeys("gpqy", (-0.2, 0.45)) | dict.fromkeys("aceo", (0.0, 0.45))


def glyph(low: float, high: float, wide: float = 0.5) -> Glyph:
    return Glyph((), 0.0, low, wide, high, wide, ())


def test_capitals_are_told_by_height_and_width() -> None:
    shapes = {index: glyph(*TALL[letter]) for index, letter in enumerate(TALL)}
    shapes |= {100 + index: glyph(0.0, 0.45, 0.6) for index in range(len(TALL))}
    glyphs = {letter: [100 + index, index] for index, letter in enumerate(TALL)}
    assert capitals_among(glyphs, shapes.get) == {100 + index for index in range(len(TALL))}


def test_one_letter_that_reads_alike_makes_no_capitals() -> None:
    shapes = {1: glyph(0.0, 0.7), 2: glyph(0.0, 0.68), 3: glyph(0.0, 0.45), 4: glyph(0.0, 0.46, 0.6)}
    assert not capitals_among({"h": [1, 2], "a": [3, 4], "b": [1, 2], "d": [1, 2]}, shapes.get)
    assert not capitals_among({letter: [1] for letter in "bdfhkl"}, shapes.get)


@pytest.mark.parametrize(("said", "seen"), [("lease bring", "LEASE BRING"), ("LEASE BRING", "LEASE BRING")])
def test_capitals_that_are_said_to_read_as_small_letters(tmp_path: Path, said: str, seen: str) -> None:
    """Browsers set a smaller capital and say what letter it stands for."""
    content = f"/Span << /ActualText ({said}) >> BDC " + line("LEASE BRING", y=200, size=8) + " EMC"
    with PdfSource(saved(tmp_path, raw_pdf(line("Text", y=250) + content)), Job()) as source:
        assert " ".join(word.text for word in source.marks(0).words) == f"Text {seen}"


def font_with_small_capitals() -> bytes:
    """Lato with its capitals made small, as the glyphs of small capitals are."""
    tools = pytest.importorskip("fontTools.ttLib")
    package = pytest.importorskip("fontpkg_lato")
    path = next(Path(next(iter(package.__path__))).rglob("Lato-Regular.ttf"))
    font = tools.TTFont(path, lazy=False)
    for letter in string.ascii_uppercase:
        shape = font["glyf"][letter]
        shape.coordinates.scale((0.72, 0.72))
        shape.coordinates.toInt()
        shape.recalcBounds(font["glyf"])
    for table in ("GSUB", "GPOS", "fpgm", "prep", "cvt "):
        if table in font:
            del font[table]
    for name in font.getGlyphOrder():
        font["glyf"][name].removeHinting()
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def test_words_in_small_capitals_of_a_font(tmp_path: Path) -> None:
    program = font_with_small_capitals().decode("latin-1")
    codes = "".join(f"<{ord(sign):02x}> <{ord(sign.lower()):04x}>\n" for sign in string.ascii_letters)
    unicode = (
        f"begincodespacerange <00> <ff> endcodespacerange 52 beginbfchar\n{codes}endbfchar 1 beginbfchar <20> <0020> endbfchar"
    )
    objects = [
        "<< /Type /Font /Subtype /TrueType /BaseFont /AAAAAA+Lato /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 122 "
        f"/Widths [{' '.join(['560'] * 91)}] /FontDescriptor 7 0 R /ToUnicode 9 0 R >>",
        "<< /Type /FontDescriptor /FontName /AAAAAA+Lato /Flags 32 /FontBBox [0 -200 1000 900] /Ascent 900 /Descent -200 "
        "/CapHeight 720 /ItalicAngle 0 /StemV 80 /FontFile2 8 0 R >>",
        stream(program),
        stream(unicode),
    ]
    text = "please bring your glasses and a list of the drops you use "
    content = "".join(
        f"BT /F2 11 Tf 20 {y} Td ({words}) Tj ET\n" for y, words in ((250, text), (230, text.upper()), (210, "the BUS to town"))
    )
    data = raw_pdf(content, resources="/Font << /F2 6 0 R >>", objects=objects)
    with PdfSource(saved(tmp_path, data), Job()) as source:
        words = source.marks(0).words
    assert [word.text for word in words] == [*text.split(), *text.split(), "the", "bus", "to", "town"]
    count = len(text.split())
    assert [word.style.caps for word in words] == [None] * count + ["small"] * count + [None, "small", None, None]
