"""Which text a reader of the printed page can see, on pages made for it: each case differs by what hides a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearprint.model import Job, Marks
from clearprint.readers.from_pdf import PdfSource
from tests.raw_pdf import image, line, raw_pdf, saved, stream

SEEN = line("Seen", y=280)
WORD = line("Word", y=200)
OVER = "1 g 40 190 100 30 re f"
FONT = "/Resources << /Font << /F1 5 0 R >> >>"
X = "/XObject << /X 6 0 R >>"
GROUP = "/Group << /S /Transparency /CS /DeviceGray /I true >>"
HALF = "/ExtGState << /G << /ca .5 >> >>"
MULTIPLY = "/ExtGState << /G << /BM /Multiply >> >>"
SHADING = (
    "/Shading << /S << /ShadingType 2 /ColorSpace /DeviceGray /Coords [0 0 400 0] /Extend [true true] "
    "/Function << /FunctionType 2 /Domain [0 1] /C0 [.5] /C1 [.9] /N 1 >> >> >>"
)


def marks_of(folder: Path, content: str, job: Job | None = None, **parts: object) -> Marks:
    with PdfSource(saved(folder, raw_pdf(content, **parts)), job or Job()) as source:  # type: ignore[arg-type]
        return source.marks(0)


def texts(marks: Marks) -> list[str]:
    return [word.text for word in marks.words]


def form(content: str, entries: str = "", box: str = "0 0 400 300") -> str:
    return stream(content, f"/Type /XObject /Subtype /Form /BBox [{box}] {FONT} {entries}")


@pytest.mark.parametrize(
    ("content", "resources", "objects"),
    [
        ("/X Do", X, [form(WORD, box="0 0 50 190")]),
        ("q BT /F1 40 Tf 7 Tr 50 100 Td (MMM) Tj ET " + WORD + " Q", "", []),
        ("q BT /F1 11 Tf 7 Tr 50 200 Td (Word) Tj ET Q", "", []),
        (WORD + OVER, "", []),
        (WORD + "q 100 0 0 30 40 190 cm /X Do Q", X, [image()]),
        (WORD + "/X Do", X, [form(OVER)]),
        (WORD + "/X Do", X, [form(OVER, GROUP)]),
        (WORD + "/G gs 0 g 40 190 100 30 re f", MULTIPLY, []),
        (WORD + "q 40 190 100 30 re W n /S sh Q", SHADING, []),
        (WORD + "1 G 40 w 40 205 m 140 205 l S", "", []),
        (WORD + "1 g 20 190 m 20 250 160 250 160 190 c f", "", []),
    ],
    ids=[
        "outside the box of its form",
        "clipped by letters",
        "a clip that nothing fills",
        "under a rectangle",
        "under an image",
        "under a form",
        "under an opaque group",
        "black multiplied with black",
        "under a shading",
        "under a thick line",
        "under a curve",
    ],
)
def test_hidden(tmp_path: Path, content: str, resources: str, objects: list[str]) -> None:
    assert texts(marks_of(tmp_path, SEEN + content, resources=resources, objects=objects)) == ["Seen"]


@pytest.mark.parametrize(
    ("content", "resources", "objects"),
    [
        ("/X Do", X, [form(WORD, box="0 190 400 230")]),
        ("q BT /F1 11 Tf 7 Tr 50 200 Td (Word) Tj ET 1 0 0 rg 0 150 300 100 re f Q", "", []),
        (WORD + "/G gs /X Do", X + HALF, [form(OVER, GROUP)]),
        (WORD + "/G gs " + OVER, HALF, []),
        (WORD + "/G gs .9 g 40 190 100 30 re f", MULTIPLY, []),
        (OVER + " 0 g " + WORD, "", []),
        (WORD + "1 g 40 190 100 30 re 45 195 80 20 re f*", "", []),
        (WORD + "1 G 1 w 40 190 100 30 re S", "", []),
        (WORD + "1 G 1 w 40 200 m 140 200 l S", "", []),
    ],
    ids=[
        "inside the box of its form",
        "a clip that paint fills",
        "under a faint group",
        "under a faint rectangle",
        "under a multiplied tint",
        "over a rectangle",
        "in the hole of a frame",
        "in a frame",
        "under a thin line",
    ],
)
def test_not_hidden(tmp_path: Path, content: str, resources: str, objects: list[str]) -> None:
    assert texts(marks_of(tmp_path, SEEN + content, resources=resources, objects=objects)) == ["Seen", "Word"]


@pytest.mark.parametrize(
    ("kind", "mask", "seen"),
    [
        ("/Luminosity", "0 g 0 0 400 300 re f", False),
        ("/Luminosity", "1 g 0 0 400 100 re f", False),
        ("/Luminosity", "1 g 0 0 400 300 re f", True),
        ("/Alpha", "", False),
        ("/Alpha", "0 g 0 0 400 300 re f", True),
    ],
)
def test_soft_masks(tmp_path: Path, kind: str, mask: str, seen: bool) -> None:
    state = f"/ExtGState << /G << /SMask << /S {kind} /G 6 0 R >> >> >>"
    found = texts(marks_of(tmp_path, SEEN + "/G gs " + WORD, resources=state, objects=[form(mask, GROUP)]))
    assert found == (["Seen", "Word"] if seen else ["Seen"])


@pytest.mark.parametrize(
    ("membership", "start", "seen"),
    [
        ("/OCGs [6 0 R 7 0 R] /P /AnyOn", "/OFF [6 0 R]", True),
        ("/OCGs [6 0 R 7 0 R]", "/OFF [6 0 R 7 0 R]", False),
        ("/OCGs [6 0 R 7 0 R] /P /AllOn", "/OFF [6 0 R]", False),
        ("/OCGs [6 0 R 7 0 R] /P /AnyOff", "/OFF [6 0 R]", True),
        ("/OCGs [6 0 R 7 0 R] /P /AllOff", "/OFF [6 0 R]", False),
        ("/OCGs 7 0 R /P /AllOff", "/OFF [7 0 R]", True),
        ("/VE [/Not 6 0 R]", "/OFF [7 0 R]", False),
        ("/VE [/And 6 0 R [/Not 7 0 R]]", "/OFF [7 0 R]", True),
        ("/VE [/Or 6 0 R 7 0 R]", "/OFF [7 0 R]", True),
        ("/OCGs [6 0 R]", "/BaseState /OFF /ON [7 0 R]", False),
    ],
)
def test_memberships_of_layers(tmp_path: Path, membership: str, start: str, seen: bool) -> None:
    marks = marks_of(
        tmp_path,
        SEEN + "/OC /L BDC " + WORD + " EMC",
        resources="/Properties << /L 8 0 R >>",
        objects=["<< /Type /OCG /Name (A) >>", "<< /Type /OCG /Name (B) >>", f"<< /Type /OCMD {membership} >>"],
        catalogue=f"/OCProperties << /OCGs [6 0 R 7 0 R] /D << {start} >> >>",
    )
    assert texts(marks) == (["Seen", "Word"] if seen else ["Seen"])


@pytest.mark.parametrize(
    ("usage", "start", "seen"),
    [
        ("/Print << /PrintState /OFF >>", "/AS [<< /Event /Print /OCGs [6 0 R] /Category [/Print] >>]", False),
        (
            "/Print << /PrintState /ON >> /View << /ViewState /OFF >>",
            "/OFF [6 0 R] /AS [<< /Event /Print /OCGs [6 0 R] /Category [/Print] >>]",
            True,
        ),
        ("/Print << /PrintState /ON >>", "/OFF [6 0 R]", False),
        ("/View << /ViewState /OFF >>", "", True),
    ],
    ids=["not printed", "printed though not viewed", "off from the start", "usage of a screen that nobody asks for"],
)
def test_layers_in_print(tmp_path: Path, usage: str, start: str, seen: bool) -> None:
    marks = marks_of(
        tmp_path,
        SEEN + "/OC /L BDC " + WORD + " EMC",
        resources="/Properties << /L 6 0 R >>",
        objects=[f"<< /Type /OCG /Name (A) /Usage << {usage} >> >>"],
        catalogue=f"/OCProperties << /OCGs [6 0 R] /D << {start} >> >>",
    )
    assert texts(marks) == (["Seen", "Word"] if seen else ["Seen"])


@pytest.mark.parametrize(
    ("kind", "flags", "seen"),
    [
        ("/FreeText", 4, True),
        ("/FreeText", 0, False),
        ("/FreeText", 6, False),
        ("/FreeText", 36, True),
        ("/Stamp", 4, True),
        ("/Stamp", 0, False),
        ("/Text", 4, False),
        ("/Popup", 4, False),
        ("/Widget", 4, True),
        ("/Widget", 0, False),
        ("/Widget", 36, True),
    ],
)
def test_annotations_print_by_their_flags(tmp_path: Path, kind: str, flags: int, seen: bool) -> None:
    field = "/FT /Tx /T (a) /V (Word) /DA (/Helv 11 Tf 0 g)" if kind == "/Widget" else ""
    marks = marks_of(
        tmp_path,
        SEEN,
        page="/Annots [6 0 R]",
        objects=[
            f"<< /Type /Annot /Subtype {kind} /F {flags} /Rect [50 190 250 215] /AP << /N 7 0 R >> {field} >>",
            form(line("Word", 2, 5), box="0 0 200 25"),
        ],
        catalogue="/AcroForm << /Fields [6 0 R] >>" if field else "",
    )
    assert texts(marks) == (["Seen", "Word"] if seen else ["Seen"])


@pytest.mark.parametrize("said", ["()", "<FEFF>", "<>"])
def test_text_that_is_said_to_read_as_nothing_is_read_as_it_stands(tmp_path: Path, said: str) -> None:
    assert texts(marks_of(tmp_path, SEEN + f"/Span << /ActualText {said} >> BDC {WORD} EMC")) == ["Seen", "Word"]


@pytest.mark.parametrize("by", ["content", "structure"])
def test_a_description_of_drawn_letters_is_no_text_of_the_page(tmp_path: Path, by: str) -> None:
    said = "/ActualText (An image of a button that is much too small)"
    if by == "content":
        marks = marks_of(tmp_path, SEEN + f"/Span << {said} >> BDC {WORD} EMC")
    else:
        marks = marks_of(
            tmp_path,
            SEEN + f"/Figure << /MCID 0 >> BDC {WORD} EMC",
            page="/StructParents 0",
            objects=[
                "<< /Type /StructTreeRoot /K 7 0 R /ParentTree << /Nums [0 [7 0 R]] >> >>",
                f"<< /Type /StructElem /S /Figure /P 6 0 R /Pg 3 0 R /K 0 {said} >>",
            ],
            catalogue="/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R",
        )
    assert texts(marks) == ["Seen", "Word"]


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("/CropBox [0 190 400 300]", ["Seen", "Word"]),
        ("/CropBox [0 220 400 300]", ["Seen"]),
        ("/TrimBox [0 220 400 300]", ["Seen"]),
        ("/CropBox [0 190 400 300] /TrimBox [0 220 400 300]", ["Seen"]),
        ("/CropBox [0 220 400 300] /TrimBox [0 0 400 300]", ["Seen"]),
        ("/BleedBox [0 220 400 300]", ["Seen", "Word"]),
        ("/ArtBox [0 220 400 300]", ["Seen", "Word"]),
    ],
)
def test_what_is_cut_off_is_not_seen(tmp_path: Path, page: str, words: list[str]) -> None:
    for turned in (0, 90, 180, 270):
        for unit in (1, 2.5):
            marks = marks_of(tmp_path, SEEN + WORD, page=f"{page} /Rotate {turned} /UserUnit {unit}")
            assert sorted(texts(marks)) == words


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("unit", [1, 0.5, 3])
def test_paint_lies_where_it_is_seen_on_turned_pages_with_a_unit(tmp_path: Path, turned: int, unit: float) -> None:
    content = "0 0 .5 rg 40 190 100 30 re f 1 g " + WORD + line("Gone", x=200) + "1 g 190 240 60 30 re f 0 g " + SEEN
    marks = marks_of(tmp_path, content, page=f"/Rotate {turned} /UserUnit {unit} /CropBox [10 20 390 295]")
    assert sorted(texts(marks)) == ["Seen", "Word"]
    grounds = {word.text: word.ground.colour for word in marks.words if word.ground}
    assert grounds["Word"] == pytest.approx((0, 0, 0.5), abs=0.01)
    assert grounds["Seen"] == (1, 1, 1)


@pytest.mark.parametrize(
    ("lines", "bare"),
    [
        ("50 198.3 38 1.2 re f", True),
        ("50 198.3 38 1.2 re f 50 203 38 1 re f", True),
        ("".join(f"50 {y} 38 1 re " for y in range(196, 212, 2)) + "f", False),
    ],
    ids=["underlined", "underlined and struck", "hatched"],
)
def test_a_words_own_lines_are_no_ground(tmp_path: Path, lines: str, bare: bool) -> None:
    marks = marks_of(tmp_path, ".02 .39 .76 rg " + lines + " " + WORD)
    ground = marks.words[0].ground
    assert ground is not None
    assert (ground.colour == (1, 1, 1)) is bare


# --- size on paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media", "unit", "scale", "size", "width"),
    [
        ("0 0 400 300", 1, 0.5, 5.5, 200),
        ("0 0 2384 3370", 1, 595.28 / 2384, 2.747, 595.28),  # an A0 poster handed out on A4
        ("0 0 400 300", 2, 0.5, 11, 400),
    ],
)
def test_a_declared_scale(tmp_path: Path, media: str, unit: float, scale: float, size: float, width: float) -> None:
    marks = marks_of(tmp_path, SEEN, Job(scale=scale), media=media, page=f"/UserUnit {unit}")
    assert marks.words[0].style.size == pytest.approx(size, abs=0.02)
    assert marks.width == pytest.approx(width, abs=0.02)
    assert marks.words[0].box.x0 == pytest.approx(50 * unit * scale, abs=0.05)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize(("percent", "slope"), [(100, 0), (70, 0), (100, 0.2)])
def test_squeezed_and_slanted_type_on_turned_pages(tmp_path: Path, turned: int, percent: int, slope: float) -> None:
    for face in ("/Helvetica", "/ZapfDingbats"):  # the engine boxes the letters of low faces otherwise
        content = f"BT /F2 20 Tf 1 0 {slope} 1 50 200 Tm {percent} Tz (nnn) Tj ET"
        font = f"<< /Type /Font /Subtype /Type1 /BaseFont {face} >>"
        marks = marks_of(tmp_path, content, page=f"/Rotate {turned}", resources="/Font << /F2 6 0 R >>", objects=[font])
        style = marks.words[0].style
        assert style.size == pytest.approx(20, abs=0.03)
        assert style.stretch == pytest.approx(percent / 100, abs=0.006)
        assert style.synthetic_italic is (slope > 0)
        assert style.tracking == 0.0


@pytest.mark.parametrize(
    ("matrix", "bounds", "unit", "size"),
    [
        ("0.001 0 0 0.001 0 0", "0 -200 1000 900", 1000, 11),
        (".01 0 0 -.01 0 0", "0 -90 100 20", -100, 11),
        ("1 0 0 1 0 0", "0 -12 60 54", 60, 11 / 60),  # in pixels at size 1: 60 of them an em
        ("1 0 0 -1 0 0", "0 0 0 0", -60, 11 / 60),  # and without bounds
        ("1 0 0 1 0 0", "0 -4 20 18", 20, 11 / 20),
    ],
)
@pytest.mark.parametrize("described", [True, False])
def test_type_3_fonts_whatever_their_em(
    tmp_path: Path, matrix: str, bounds: str, unit: float, size: float, described: bool
) -> None:
    """Capitals of 0.7 em and a width of 0.6 em, in units of any size."""
    if not described and bounds == "0 0 0 0":
        return  # nothing then says how large it is
    em, tall = abs(unit), 0.7 * unit
    shape = f"0 {min(0, tall)} {0.5 * em} {abs(tall)} re f"
    extent = f"{0.6 * em} 0 0 {min(0, tall)} {0.5 * em} {max(0, tall)} d1" if described else f"{0.6 * em} 0 d0"
    font = (
        f"<< /Type /Font /Subtype /Type3 /FontBBox [{bounds}] /FontMatrix [{matrix}] /CharProcs << /H 7 0 R >> "
        f"/Encoding << /Type /Encoding /Differences [72 /H] >> /FirstChar 72 /LastChar 72 /Widths [{0.6 * em}] "
        "/Resources << >> >>"
    )
    content = f"BT /F3 1 Tf {size} 0 0 {size} 50 200 Tm (HHH) Tj ET"
    if size == 11:
        content = "BT /F3 11 Tf 50 200 Td (HHH) Tj ET"
    marks = marks_of(tmp_path, content, resources="/Font << /F3 6 0 R >>", objects=[font, stream(f"{extent} {shape}")])
    found = marks.words[0]
    assert found.style.size == pytest.approx(11, abs=0.02 if described else 1.0)
    assert found.box.x1 - found.box.x0 == pytest.approx(3 * 0.6 * 11, abs=0.1)
    assert found.style.stretch == 1.0
    assert found.style.tracking == 0.0
