"""Faces measured on their outlines, from font files of known design set into small PDFs."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearprint.formats import face_names, figures, letterforms, pdf_outlines
from clearprint.formats.known_faces import known
from clearprint.formats.letterforms import Shapes
from clearprint.formats.pdf_faces import FaceBook
from clearprint.formats.pdf_programs import to_unicode
from clearprint.model import Digits, Face

PANGRAM = "The quick brown fox jumps over the lazy dog HEITLFKMNXZDPRB 0123456789 lI"


@lru_cache(maxsize=1)
def _installed() -> dict[str, str]:
    """Font files of this machine by file name, from fontconfig and from installed font packages."""
    found: dict[str, str] = {}
    try:
        listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, text=True, timeout=30, check=False)
        found.update({Path(line).name: line for line in listed.stdout.splitlines()})
    except OSError:
        pass
    for package in ("fontpkg_lato", "fontpkg_atkinson_hyperlegible", "fontpkg_lexend"):
        try:
            module = __import__(package)
        except ImportError:
            continue
        if module.__file__:
            found = {path.name: str(path) for path in Path(module.__file__).parent.rglob("*.?tf")} | found
    return found


def font_file(name: str) -> str:
    path = _installed().get(name)
    if path is None:
        pytest.skip(f"font file {name} is not installed")
    return path


def shapes_of(name: str) -> Shapes:
    font = pymupdf.Font(fontfile=font_file(name)).this
    return Shapes(font, lambda character: int(pymupdf.mupdf.fz_encode_character(font, ord(character))))


def face_in_pdf(name: str, text: str = PANGRAM, *, digits: bool = True) -> Face:
    """The face as a document that sets `text` in it holds it."""
    document = pymupdf.open()
    page = document.new_page()
    page.insert_font(fontname="F0", fontfile=font_file(name))
    page.insert_text((50, 100), text, fontname="F0", fontsize=12)
    if name.endswith(".ttf"):
        document.subset_fonts()
    document = pymupdf.open("pdf", document.tobytes(garbage=3))
    page = document[0]
    span = page.get_text("dict")["blocks"][0]["lines"][0]["spans"][0]
    return FaceBook(document).face(page, span["font"], span["flags"], digits=digits)


def test_names_written_as_strings_of_two_byte_characters_are_read() -> None:
    """Prawn writes them where a name should be; without them two faces of a page are one."""
    document = pymupdf.open()
    page = document.new_page()
    for number, (file, name) in enumerate((("LiberationSans-Regular.ttf", "Arial"), ("LiberationSans-Bold.ttf", "Arial-Bold"))):
        page.insert_font(fontname=f"F{number}", fontfile=font_file(file))
        page.insert_text((50, 100 + 20 * number), PANGRAM, fontname=f"F{number}", fontsize=12)
        text = "FEFF" + ("AAAAA" + "AB"[number] + "+" + name).encode("utf-16-be").hex()
        document.xref_set_key(page.get_fonts()[-1][0], "Subtype", "/TrueType")
        document.xref_set_key(page.get_fonts()[-1][0], "BaseFont", f"<{text}>")
    document = pymupdf.open("pdf", document.tobytes())
    book = FaceBook(document)
    faces = [book.face(document[0], "", flags) for flags in (0, 16)]
    assert [face.name for face in faces] == ["Arial", "Arial-Bold"]


LATO = ("Hairline", "Thin", "Light", "Regular", "Medium", "Semibold", "Bold", "Heavy", "Black")


def test_weights_of_one_family_come_in_order() -> None:
    measured = [letterforms.measure(shapes_of(f"Lato-{name}.ttf")) for name in LATO]
    stems = [forms.stem or 0 for forms in measured]
    weights = [forms.weight or 0 for forms in measured]
    assert stems == sorted(stems)
    assert weights == sorted(weights)
    assert weights[0] == 100
    assert weights[-1] >= 730


@pytest.mark.parametrize(
    ("file", "low", "high", "weight"),
    [
        ("Lato-Hairline.ttf", 0.0, 0.04, 100),
        ("Lato-Light.ttf", 0.08, 0.10, 300),
        ("Lato-Regular.ttf", 0.165, 0.19, 400),
        ("Lato-Bold.ttf", 0.23, 0.25, 700),
        ("Lato-Black.ttf", 0.28, 0.32, 900),
        ("LiberationSans-Regular.ttf", 0.155, 0.175, 400),
        ("LiberationSans-Bold.ttf", 0.25, 0.27, 700),
        ("LiberationSerif-Regular.ttf", 0.165, 0.19, 400),
        ("LiberationSerif-Bold.ttf", 0.29, 0.32, 700),
        ("Carlito-Regular.ttf", 0.17, 0.19, 400),
        ("DejaVuSans.ttf", 0.155, 0.175, 400),
        ("DejaVuSans-ExtraLight.ttf", 0.07, 0.09, 200),
        ("AtkinsonHyperlegible-Regular.ttf", 0.16, 0.18, 400),
        ("AtkinsonHyperlegible-Bold.ttf", 0.29, 0.32, 700),
    ],
)
def test_stem_and_weight(file: str, low: float, high: float, weight: int) -> None:
    face = face_in_pdf(file, digits=False)
    assert face.stem is not None
    assert low <= face.stem <= high
    assert (face.weight, face.basis, face.embedded, face.genre) == (weight, "outlines", True, "text")


def test_heights_match_the_font_tables() -> None:
    face = face_in_pdf("LiberationSans-Regular.ttf")
    assert face.x_height == pytest.approx(1082 / 2048, abs=0.005)
    assert face.cap_height == pytest.approx(1409 / 2048, abs=0.005)
    assert face.descender == pytest.approx(0.208, abs=0.01)
    assert face.space == pytest.approx(0.278, abs=0.001)
    assert face.family == "Liberation Sans"


@pytest.mark.parametrize(
    "file", ["Lato-Italic.ttf", "LiberationSerif-Italic.ttf", "DejaVuSans-Oblique.ttf", "P052-BoldItalic.otf"]
)
def test_italics_lean(file: str) -> None:
    assert face_in_pdf(file, digits=False).italic


@pytest.mark.parametrize("file", ["Lato-Regular.ttf", "LiberationSerif-Bold.ttf", "C059-Bold.otf", "DejaVuSans-Bold.ttf"])
@pytest.mark.parametrize("text", [PANGRAM, "KRB 10", "MAW", "rk"])
def test_upright_faces_do_not_lean_whatever_letters_are_there(file: str, text: str) -> None:
    assert not face_in_pdf(file, text, digits=False).italic


def test_condensed_is_a_matter_of_width() -> None:
    assert face_in_pdf("LiberationSansNarrow-Regular.ttf", digits=False).condensed
    assert not face_in_pdf("LiberationSerif-Regular.ttf", digits=False).condensed
    assert not face_in_pdf("DejaVuSansCondensed.ttf", digits=False).condensed  # as wide as Arial for its x-height


def test_few_letters_give_the_same_weight_as_many() -> None:
    for file, weight in (("Lato-Bold.ttf", 700), ("LiberationSerif-Regular.ttf", 400), ("Lato-Light.ttf", 300)):
        for text in ("Pay now", "HELP", "0800 362 514", "row"):
            assert face_in_pdf(file, text, digits=False).weight == weight


def test_a_light_name_on_a_sturdy_face_is_only_a_name() -> None:
    face = face_in_pdf("URWBookman-Light.otf", digits=False)
    assert face.named_light
    assert face.weight == 400
    assert face.stem is not None
    assert face.stem > 0.14


def _figures(file: str) -> Digits:
    found = figures.measure(shapes_of(file))
    assert found is not None
    return found


PASS = (
    "LiberationSans-Regular.ttf", "LiberationSans-Bold.ttf", "LiberationSerif-Regular.ttf", "LiberationSerif-Bold.ttf",
    "Carlito-Regular.ttf", "Carlito-Bold.ttf", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSerif.ttf", "Lexend[wght].ttf",
    "AtkinsonHyperlegible-Regular.ttf", "AtkinsonHyperlegible-Bold.ttf", "Lato-Regular.ttf", "NotoSans-Regular.ttf",
    "NimbusRoman-Bold.otf", "C059-Roman.otf", "P052-Roman.otf", "NimbusSans-Regular.otf", "B612-Regular.otf",
)  # fmt: skip
FAIL = ("Lato-Hairline.ttf", "Lato-Thin.ttf")


@pytest.mark.parametrize("file", PASS)
def test_figures_of_text_faces_are_told_apart(file: str) -> None:
    found = _figures(file)
    assert found.distinctness > 0.078
    assert (found.nearest or 0) > 0.04
    assert not found.hairline
    assert not found.old_style


@pytest.mark.parametrize("file", FAIL)
def test_hairline_figures_are_not(file: str) -> None:
    found = _figures(file)
    assert found.distinctness < 0.05
    assert found.hairline


@pytest.mark.parametrize("file", PASS)
@pytest.mark.parametrize("size", [6.0, 7.0, 9.0, 11.0, 16.0, 24.0])
def test_figures_at_other_sizes_follow_the_course(file: str, size: float) -> None:
    """Drawn and blurred at that size, they lie as far apart as the measure at 12 pt carried over says."""
    drawn = figures.distances(shapes_of(file), size=size)
    found = _figures(file)
    assert sum(drawn.values()) / len(drawn) == pytest.approx(found.distinctness_at(size), abs=found.error_at(size))


def test_heavier_figures_of_one_family_are_told_apart_better() -> None:
    scores = [_figures(f"Lato-{name}.ttf").distinctness for name in LATO]
    assert scores == sorted(scores)


def test_figures_of_a_subset_measure_as_those_of_the_whole_face() -> None:
    whole = _figures("LiberationSans-Regular.ttf")
    part = face_in_pdf("LiberationSans-Regular.ttf", "Call 0345 and 6").digits
    assert part is not None
    assert part.distinctness == pytest.approx(whole.distinctness, rel=0.05)
    assert face_in_pdf("LiberationSans-Regular.ttf", "Call 1").digits == getattr(known("Liberation Sans"), "digits", None)
    assert face_in_pdf("Lato-Regular.ttf", "None", digits=False).digits is None


def test_one_and_l() -> None:
    assert _figures("LiberationSerif-Regular.ttf").one_like_l
    assert not _figures("LiberationSans-Regular.ttf").one_like_l
    assert not _figures("AtkinsonHyperlegible-Regular.ttf").one_like_l


def test_proportional_figures() -> None:
    assert _figures("Lato-Italic.ttf").proportional
    assert not _figures("Lato-Regular.ttf").proportional


def test_thin_to_thick() -> None:
    assert _figures("LiberationSans-Regular.ttf").thin_to_thick > 0.7
    assert 0.3 < _figures("LiberationSerif-Regular.ttf").thin_to_thick < 0.55


def made(extents: dict[str, tuple[int, int]]) -> Shapes:
    """A face of boxes: each character from that low to that high, in thousandths of an em."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    def bar(y0: int, y1: int) -> object:
        pen = TTGlyphPen(None)
        for x0, x1, low, high in ((50, 150, y0, y1), (350, 450, y0, y1), (50, 450, y1 - 80, y1), (50, 450, y0, y0 + 80)):
            pen.moveTo((x0, low))
            pen.lineTo((x0, high))
            pen.lineTo((x1, high))
            pen.lineTo((x1, low))
            pen.closePath()
        return pen.glyph()

    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", *(f"d{digit}" for digit in extents)]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(digit): f"d{digit}" for digit in extents})
    builder.setupGlyf({".notdef": bar(0, 700), **{f"d{digit}": bar(*extent) for digit, extent in extents.items()}})
    builder.setupHorizontalMetrics(dict.fromkeys(names, (500, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupOS2()
    builder.setupPost()
    buffer = io.BytesIO()
    builder.save(buffer)
    loaded = pymupdf.Font(fontbuffer=buffer.getvalue())
    return Shapes(loaded.this, lambda character: int(pymupdf.mupdf.fz_encode_character(loaded.this, ord(character))))


def test_letters_of_one_height_are_small_capitals() -> None:
    text_face = dict.fromkeys("aceo", (0, 480)) | dict.fromkeys("bdhl", (0, 700)) | dict.fromkeys("gpy", (-200, 480))
    assert not letterforms.measure(made(text_face)).caps_only
    assert letterforms.measure(made(dict.fromkeys("aceobdhlgpy", (0, 480)))).caps_only
    assert not letterforms.measure(made(dict.fromkeys("aceolgpy", (0, 480)))).caps_only  # too little to tell


def test_old_style_figures_hang() -> None:
    lining = dict.fromkeys("0123456789", (0, 700))
    hanging = {
        **dict.fromkeys("012", (0, 480)),
        **dict.fromkeys("34579", (-220, 480)),
        "6": (0, 700),
        "8": (0, 700),
    }
    for extents, expected in ((lining, False), (hanging, True)):
        found = figures.measure(made(extents))
        assert found is not None
        assert found.old_style is expected


def test_standard_faces_that_are_not_embedded_are_measured_on_their_stand_in() -> None:
    document = pymupdf.open()
    page = document.new_page()
    page.insert_text((50, 100), PANGRAM, fontname="helv")
    page.insert_text((50, 130), PANGRAM, fontname="tibo")
    document = pymupdf.open("pdf", document.tobytes())
    page = document[0]
    book = FaceBook(document)
    helvetica, times = book.face(page, "Helvetica", 0, digits=True), book.face(page, "Times-Bold", 20, digits=True)
    for face, family, weight in ((helvetica, "Helvetica", 400), (times, "Times", 700)):
        assert (face.family, face.weight, face.embedded, face.basis) == (family, weight, False, "table")
        assert face.digits is not None
    assert book.face(page, "Helvetica", 0) is book.face(page, "Helvetica", 0)  # measured once


def test_a_face_no_one_knows_stays_unknown() -> None:
    document = pymupdf.open()
    page = document.new_page()
    face = FaceBook(document).face(page, "Nonesuch-Whatever", 0, digits=True)
    assert (face.weight, face.genre, face.stem, face.digits, face.basis) == (None, None, None, None, None)


@pytest.mark.parametrize(
    ("name", "family", "weight", "italic"),
    [
        ("ArialMT", "Arial", None, False),
        ("ABCDEF+Arial-BoldItalicMT", "Arial", 700, True),
        ("ArialUnicodeMS", "Arial", None, False),
        ("TimesNewRomanPS-BoldMT", "Times New Roman", 700, False),
        ("TimesNewRomanPSMT", "Times New Roman", None, False),
        ("AtkinsonHyperlegible-Regular", "Atkinson Hyperlegible", 400, False),
        ("HelveticaNeueLTStd-Lt", "Helvetica Neue", 300, False),
        ("HelveticaNeueLTStd-45Lt", "Helvetica Neue", 300, False),
        ("MyriadPro-SemiboldIt", "Myriad", 600, True),
        ("Lato-ExtraLight", "Lato", 200, False),
        ("DejaVuSans-BoldOblique", "DejaVu Sans", 700, True),
        ("Arial,Bold", "Arial", 700, False),
        ("Univers 55", "Univers", 400, False),
        ("F1", "F1", None, False),
        ("", "", None, False),
    ],
)
def test_names(name: str, family: str, weight: int | None, italic: bool) -> None:
    found = face_names.read(name)
    assert (found.family, found.weight, found.italic) == (family, weight, italic)


@given(st.text(max_size=40))
def test_any_name_can_be_read(name: str) -> None:
    found = face_names.read(name)
    assert found.weight is None or 100 <= found.weight <= 900
    assert known(name) is None or known(name).basis == "table"  # type: ignore[union-attr]


@given(st.binary(max_size=300))
@settings(max_examples=60)
def test_any_code_map_can_be_read(body: bytes) -> None:
    for code, character in to_unicode(b"1 beginbfchar " + body + b" endbfchar 1 beginbfrange " + body + b" endbfrange"):
        assert code >= 0
        assert len(character) == 1


def test_code_maps() -> None:
    stream = b"2 beginbfchar <01> <0041> <02> <00660069> endbfchar "
    stream += b"2 beginbfrange <0010> <0012> <0030> <20> <21> [<0061> <0062>] endbfrange"
    assert to_unicode(stream) == [(1, "A"), (16, "0"), (17, "1"), (18, "2"), (32, "a"), (33, "b")]


@pytest.mark.parametrize(
    ("name", "bold", "genre", "weight"),
    [
        ("Arial", True, "text", 700), ("Calibri", False, "text", 400), ("Calibri Light", False, "text", 300),
        ("Brush Script MT", False, "script", 600), ("Algerian", False, "decorative", 400), ("Impact", True, "text", 900),
        ("Segoe UI Semilight", False, "text", 350), ("Helvetica Neue Thin", False, "text", 100),
    ],
)  # fmt: skip
def test_known_faces(name: str, bold: bool, genre: str, weight: int) -> None:
    face = known(name, bold)
    assert face is not None
    assert (face.genre, face.weight, face.embedded, face.basis) == (genre, weight, False, "table")
    assert face.named_light == (weight < 400)


def test_known_faces_have_likely_metrics() -> None:
    for name in ("Arial", "Times New Roman", "Calibri", "Cambria", "Georgia", "Lato", "Atkinson Hyperlegible"):
        face = known(name)
        assert face is not None
        assert face.line_height is not None
        assert 1.0 < face.line_height < 1.5
        assert face.x_height is not None
        assert face.cap_height is not None
        assert 0.4 < face.x_height < face.cap_height < 0.8
        assert face.digits is not None


def test_outlines_can_be_had() -> None:
    assert pdf_outlines.available()


@pytest.fixture(autouse=True)
def _tagged_names() -> Iterator[None]:
    """Spans carry subset tags, as the reader of PDFs has it."""
    pymupdf.TOOLS.set_subset_fontnames(True)
    yield
    pymupdf.TOOLS.set_subset_fontnames(False)


def test_a_space_that_a_subset_never_sets_has_no_width() -> None:
    """LuaTeX sets no spaces, and the width its subset gives for one is another glyph's."""
    path = Path(__file__).parents[1] / "fixtures" / "labelled" / "latex" / "leading-14-16.pdf"
    with pymupdf.open(path) as document:
        span = document[0].get_text("dict")["blocks"][0]["lines"][0]["spans"][0]
        assert FaceBook(document).face(document[0], span["font"], span["flags"]).space is None


def test_the_table_of_known_faces_agrees_with_the_outlines_it_was_taken_from() -> None:
    for name, file in (("Liberation Sans", "LiberationSans-Regular.ttf"), ("DejaVu Sans", "DejaVuSans.ttf")):
        face, forms, found = known(name), letterforms.measure(shapes_of(file)), _figures(file)
        assert face is not None
        assert face.digits is not None
        assert face.stem == pytest.approx(forms.stem, abs=0.002)
        assert face.x_height == pytest.approx(forms.x_height, abs=0.001)
        assert face.digits.distinctness == pytest.approx(found.distinctness, abs=0.002)
