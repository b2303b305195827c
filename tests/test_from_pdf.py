"""What the PDF reader measures, on pages made by hand."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from clearprint.errors import UnreadableFile
from clearprint.formats import pdf
from clearprint.geometry import Box, hull
from clearprint.model import Job, Marks, Word
from clearprint.readers.from_pdf import PdfSource
from tests.raw_pdf import image, line, raw_pdf, saved, stream

HALF = "/ExtGState << /GS << /ca .5 >> /NO << /ca 0 >> >>"
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def marks_of(folder: Path, content: str, job: Job | None = None, **parts: Any) -> Marks:
    with PdfSource(saved(folder, raw_pdf(content, **parts)), job or Job()) as source:
        return source.marks(0)


def word(marks: Marks, text: str) -> Word:
    found = [word for word in marks.words if word.text == text]
    assert len(found) == 1, [word.text for word in marks.words]
    return found[0]


def texts(marks: Marks) -> list[str]:
    return [word.text for word in marks.words]


# --- size on paper --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "size"),
    [
        (line("Plain"), 11),
        ("BT /F1 1 Tf 11 0 0 11 50 250 Tm (Plain) Tj ET", 11),  # by the text matrix
        ("q 2 0 0 2 0 0 cm BT /F1 6 Tf 20 100 Td (Plain) Tj ET Q", 12),  # by the page's matrix
        ("q .5 0 0 -.5 0 300 cm BT /F1 20 Tf 1 0 0 -1 100 100 Tm (Plain) Tj ET Q", 10),  # flipped and flipped back
        ("BT /F1 11 Tf 60 Tz 50 250 Td (Plain) Tj ET", 11),  # squeezed: true height counts
        ("q 1 0 0 1.5 0 0 cm BT /F1 8 Tf 50 150 Td (Plain) Tj ET Q", 12),  # stretched upwards
        ("q .866 .5 -.5 .866 100 50 cm BT /F1 11 Tf 60 Tz 50 100 Td (Plain) Tj ET Q", 11),  # turned and squeezed
    ],
)
def test_effective_size(tmp_path: Path, content: str, size: float) -> None:
    assert word(marks_of(tmp_path, content), "Plain").style.size == pytest.approx(size, abs=0.03)


def test_size_through_a_form(tmp_path: Path) -> None:
    form = stream(
        line("Inside", 10, 10, 10),
        "/Type /XObject /Subtype /Form /BBox [0 0 200 100] /Matrix [1.5 0 0 1.5 0 0] /Resources << /Font << /F1 5 0 R >> >>",
    )
    marks = marks_of(tmp_path, "q .8 0 0 .8 20 20 cm /Fm Do Q", resources="/XObject << /Fm 6 0 R >>", objects=[form])
    assert word(marks, "Inside").style.size == pytest.approx(12, abs=0.02)


def test_user_unit_makes_everything_larger(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, line("Plain") + "50 100 200 40 re f", page="/UserUnit 2")
    assert (marks.width, marks.height) == pytest.approx((800, 600))
    assert word(marks, "Plain").style.size == pytest.approx(22)
    assert marks.panels[0].box == pytest.approx((100, 320, 500, 400))


def test_declared_scale_multiplies_every_length(tmp_path: Path) -> None:
    content = line("Plain") + "2 w 50 100 m 250 100 l S " + "q 100 0 0 100 200 20 cm /Im Do Q"
    parts = {"resources": "/XObject << /Im 6 0 R >>", "objects": [image(100, 100)]}
    whole, half = marks_of(tmp_path, content, **parts), marks_of(tmp_path, content, Job(scale=0.5), **parts)
    assert (half.width, half.height) == pytest.approx((whole.width / 2, whole.height / 2))
    assert half.words[0].style.size == pytest.approx(whole.words[0].style.size / 2)
    assert half.words[0].box == pytest.approx(whole.words[0].box.scale(0.5))
    assert half.words[0].style.tracking == whole.words[0].style.tracking
    assert half.strokes[0].width == pytest.approx(1.0)
    assert half.pictures[0].box == pytest.approx((100, 90, 150, 140))
    assert half.pictures[0].pixels_per_inch == pytest.approx(144)


@pytest.mark.parametrize(("percent", "stretch"), [(60, 0.6), (100, 1.0), (130, 1.3)])
def test_stretch(tmp_path: Path, percent: int, stretch: float) -> None:
    style = word(marks_of(tmp_path, line("Plain", extra=f"{percent} Tz")), "Plain").style
    assert style.stretch == pytest.approx(stretch, abs=0.005)


@pytest.mark.parametrize(
    ("told", "seen"), [("<61> <74006900>", "tion"), ("<61> <00740069>", "tion"), ("<61> <7400>", "\u7400on")]
)
def test_ligatures_written_with_their_bytes_the_wrong_way_round(tmp_path: Path, told: str, seen: str) -> None:
    codes = stream(f"begincodespacerange <00> <ff> endcodespacerange 3 beginbfchar {told} <6f> <006f> <6e> <006e> endbfchar")
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>"
    content = "BT /F2 11 Tf 50 250 Td (aon) Tj ET"
    for turned in (0, 90):
        page = f"/Rotate {turned}"
        marks = marks_of(tmp_path, content, page=page, resources="/Font << /F2 6 0 R >>", objects=[font, codes])
        assert texts(marks) == [seen]


def test_synthetic_slant_is_seen_and_does_not_widen_the_word(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "BT /F1 11 Tf 1 0 .3 1 50 250 Tm (Plain) Tj ET " + line("Plain.", y=200))
    slanted, upright = word(marks, "Plain"), word(marks, "Plain.")
    assert slanted.style.synthetic_italic
    assert not upright.style.synthetic_italic
    assert slanted.style.tracking == 0.0
    assert slanted.box.x1 == pytest.approx(upright.box.x1 - 0.278 * 11, abs=0.05)


@pytest.mark.parametrize(("percent", "slope"), [(80, 0), (100, 0), (100, 0.25), (80, 0.25)])
def test_stretch_and_slant_of_a_face_under_one_em_tall(tmp_path: Path, percent: int, slope: float) -> None:
    """The engine's boxes of such characters are as tall as the nominal size and start at the origin."""
    dingbats = "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>"
    content = f"BT /F2 20 Tf 1 0 {slope} 1 50 250 Tm {percent} Tz (nnn) Tj ET"
    marks = marks_of(tmp_path, content, resources="/Font << /F2 6 0 R >>", objects=[dingbats])
    style = marks.words[0].style
    assert style.size == pytest.approx(20, abs=0.03)
    assert style.stretch == pytest.approx(percent / 100, abs=0.005)
    assert style.synthetic_italic is (slope > 0)
    assert style.tracking == 0.0
    assert marks.words[0].box.x1 == pytest.approx(50 + 3 * 0.761 * 20 * percent / 100, abs=0.1)


@pytest.mark.parametrize("rise", [0.15, 1.5])
def test_an_accent_set_a_little_higher_makes_no_larger_type(tmp_path: Path, rise: float) -> None:
    dingbats = "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>"  # under one em tall
    content = f"BT /F2 20 Tf 80 Tz 50 250 Td (nn) Tj {rise} Ts (n) Tj 0 Ts (n) Tj ET"
    marks = marks_of(tmp_path, content, resources="/Font << /F2 6 0 R >>", objects=[dingbats])
    for item in marks.words:
        assert item.style.size == pytest.approx(20, abs=0.02)
        assert item.style.stretch == pytest.approx(0.8, abs=0.005)


# --- place ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turned", "angle", "box"),
    [
        (0, 0, (50, 42, 74.45, 52.4)),
        (90, -90, (247.6, 50, 258, 74.45)),
        (180, 180, (325.55, 247.6, 350, 258)),
        (270, 90, (42, 325.55, 52.4, 350)),
    ],
)
def test_page_rotation(tmp_path: Path, turned: int, angle: float, box: tuple[float, ...]) -> None:
    marks = marks_of(tmp_path, line("Plain"), page=f"/Rotate {turned}")
    found = word(marks, "Plain")
    assert (marks.width, marks.height) == ((400, 300) if turned in (0, 180) else (300, 400))
    assert math.cos(math.radians(found.angle - angle)) == pytest.approx(1)
    assert found.box == pytest.approx(box, abs=0.1)
    assert marks.turned == turned


def test_a_page_turned_for_its_reader_reads_level(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "BT /F1 11 Tf 0 1 -1 0 200 50 Tm (Plain) Tj ET", page="/Rotate 90")
    found = word(marks, "Plain")
    assert found.angle == 0.0
    assert found.box.x0 == pytest.approx(50, abs=0.1)
    assert found.baseline == pytest.approx(200, abs=0.1)


def test_angle_is_anticlockwise(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "q .866 .5 -.5 .866 100 50 cm " + line("Plain", 0, 0) + " Q")
    assert word(marks, "Plain").angle == pytest.approx(30, abs=0.1)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_trim_box_is_the_page_and_what_lies_outside_is_gone(tmp_path: Path, turned: int) -> None:
    content = line("Inside", 100, 150) + line("Slug", 30, 285) + "100 100 50 20 re f 2 2 20 10 re f"
    marks = marks_of(tmp_path, content, page=f"/TrimBox [20 20 380 280] /BleedBox [10 10 390 290] /Rotate {turned}")
    assert marks.trim_basis == "trim"
    assert texts(marks) == ["Inside"]
    assert len(marks.panels) == 1
    if turned == 0:
        assert (marks.width, marks.height) == (360, 260)
        assert marks.words[0].box.x0 == pytest.approx(80)
        assert marks.words[0].baseline == pytest.approx(130)


def test_crop_box(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, line("Inside", 100, 150) + line("Off", 5, 290), page="/CropBox [50 50 350 250]")
    assert marks.trim_basis == "crop"
    assert (marks.width, marks.height) == (300, 200)
    assert texts(marks) == ["Inside"]
    assert marks.words[0].box.x0 == pytest.approx(50)


def crop_marks(left: float, bottom: float, right: float, top: float, off: float = 6, long: float = 18) -> str:
    parts = [".25 w"]
    for x in (left, right):
        parts += [f"{x} {bottom - off - long} m {x} {bottom - off} l S", f"{x} {top + off} m {x} {top + off + long} l S"]
    for y in (bottom, top):
        parts += [f"{left - off - long} {y} m {left - off} {y} l S", f"{right + off} {y} m {right + off + long} {y} l S"]
    return "\n".join(parts) + "\n"


@pytest.mark.parametrize("boxes", ["", "/TrimBox [0 0 400 300]"])
def test_crop_marks_are_the_trim_where_no_box_says_so(tmp_path: Path, boxes: str) -> None:
    content = crop_marks(40, 30, 360, 270) + line("Inside", 100, 150) + line("Slug", 100, 285, 6)
    marks = marks_of(tmp_path, content, page=boxes)
    assert marks.trim_basis == "marks"
    assert (marks.width, marks.height) == pytest.approx((320, 240))
    assert texts(marks) == ["Inside"]
    assert marks.strokes == ()


def test_bleed_marks_further_out_are_not_the_trim(tmp_path: Path) -> None:
    content = crop_marks(40, 30, 360, 270, off=10, long=12) + crop_marks(34, 24, 366, 276, off=4, long=12)
    assert marks_of(tmp_path, content).width == pytest.approx(320)


def test_a_ruled_form_is_no_set_of_crop_marks(tmp_path: Path) -> None:
    rows = "".join(f"20 {y} m 60 {y} l S 340 {y} m 380 {y} l S\n" for y in range(20, 290, 20))
    columns = "".join(f"{x} 10 m {x} 40 l S {x} 260 m {x} 290 l S\n" for x in range(20, 390, 20))
    assert marks_of(tmp_path, rows + columns).trim_basis == "media"


# --- words ----------------------------------------------------------------------------------------------------------------


def test_words_part_at_spaces_and_at_gaps(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "BT /F1 11 Tf 50 250 Td [(one two) -300 (three) 60 (d)] TJ ET")
    assert texts(marks) == ["one", "two", "threed"]
    assert [word.space_before for word in marks.words] == [False, True, False]


def test_tracked_letters_stay_one_word_and_their_space_is_measured(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, line("Letters apart", extra="3.3 Tc"))
    assert texts(marks) == ["Letters", "apart"]
    assert marks.words[0].style.tracking == pytest.approx(0.3, abs=0.011)


def test_kerning_is_no_tracking(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "BT /F1 11 Tf 50 250 Td [(A) 70 (VAT) 80 (AR rates of the day)] TJ ET")
    assert texts(marks)[0] == "AVATAR"
    assert marks.words[0].style.tracking == 0.0


def test_superscript_joined_to_a_word_is_raised(tmp_path: Path) -> None:
    marks = marks_of(
        tmp_path,
        "BT /F1 11 Tf 50 250 Td (area in m) Tj 4 Ts /F1 7 Tf (2) Tj 0 Ts /F1 11 Tf ( of land, H) Tj "
        "-2 Ts /F1 7 Tf (3) Tj 0 Ts /F1 11 Tf (O) Tj ET",
    )
    raised = {word.text for word in marks.words if word.style.raised}
    assert raised == {"2", "3"}
    assert word(marks, "2").style.size == pytest.approx(7)


def test_small_print_on_a_line_of_its_own_is_not_raised(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, line("Large words", size=20) + line("small print here", y=236, size=7))
    assert not any(word.style.raised for word in marks.words)


def test_a_soft_hyphen_is_not_the_authors(tmp_path: Path) -> None:
    marks = marks_of(
        tmp_path,
        "BT /F1 11 Tf 50 250 Td (hyphen) Tj /Span << /ActualText <FEFF00AD> >> BDC (-) Tj EMC ET "
        + line("co-author well-", y=230),
    )
    assert word(marks, "hyphen-").authored_hyphen is False
    assert word(marks, "well-").authored_hyphen is True


def test_ink_colour_and_opacity(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "1 0 0 rg " + line("Red") + "/GS gs " + line("Half", y=200), resources=HALF)
    assert word(marks, "Red").style.colour == pytest.approx((1, 0, 0))
    assert word(marks, "Red").style.opacity == 1.0
    assert word(marks, "Half").style.opacity == pytest.approx(0.5, abs=0.01)


def test_a_word_in_two_colours_is_two_pieces_without_a_gap(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "BT /F1 11 Tf 50 250 Td (clear) Tj 1 0 0 rg (print) Tj ET")
    first, second = marks.words
    assert (first.text, second.text) == ("clear", "print")
    assert second.box.x0 == pytest.approx(first.box.x1, abs=0.01)
    assert not second.space_before


def test_underline_strike_and_rule(tmp_path: Path) -> None:
    content = line("under") + ".5 w 50 248.5 m 77 248.5 l S " + line("struck", y=200) + "50 203 m 82 203 l S "
    marks = marks_of(tmp_path, content + line("ruled", y=150) + "50 148.5 m 350 148.5 l S")
    assert word(marks, "under").style.underlined
    assert word(marks, "struck").style.struck
    assert not word(marks, "struck").style.underlined
    assert [stroke.box.width for stroke in marks.strokes] == [pytest.approx(300)]  # a rule that text stands on stays a rule


def test_the_rule_of_a_row_under_its_words_is_no_underline(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, line("filling its cell") + ".5 w 45 248 m 128 248 l S")  # from 5 pt before to as much after
    assert not any(word.style.underlined for word in marks.words)
    assert len(marks.strokes) == 1
    after = marks_of(tmp_path, line("filling its cell") + ".5 w 50 248 m 128 248 l S")  # a space after is underlined too
    assert all(word.style.underlined for word in after.words)


def test_letters_stroked_as_well_are_bolder(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, line("Fake", extra="2 Tr .5 w") + line("Real", y=200, extra="0 Tr"))
    assert word(marks, "Fake").style.weight == 700
    assert word(marks, "Real").style.weight == 400


def test_link(tmp_path: Path) -> None:
    target = "<< /Type /Annot /Subtype /Link /Rect [48 245 90 262] /Border [0 0 0] /A << /S /URI /URI (https://x.example) >> >>"
    marks = marks_of(tmp_path, line("linked plain", size=11), page="/Annots [6 0 R]", objects=[target])
    assert [word.style.link for word in marks.words] == [True, False]


def vertical(folder: Path, places: str) -> Marks:
    font = "<< /Type /Font /Subtype /Type0 /BaseFont /HeiseiMin-W3 /Encoding /UniJIS-UCS2-V /DescendantFonts [7 0 R] >>"
    below = (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /HeiseiMin-W3 /CIDSystemInfo << /Registry (Adobe) /Ordering (Japan1) "
        "/Supplement 2 >> /DW 1000 /FontDescriptor 8 0 R >>"
    )
    descriptor = (
        "<< /Type /FontDescriptor /FontName /HeiseiMin-W3 /Flags 4 /FontBBox [0 -150 1000 850] /Ascent 850 /Descent -150 "
        "/ItalicAngle 0 /CapHeight 700 /StemV 80 >>"
    )
    return marks_of(folder, places, resources="/Font << /F2 6 0 R >>", objects=[font, below, descriptor])


def test_upright_columns_are_runs_of_signs(tmp_path: Path) -> None:
    marks = vertical(tmp_path, "BT /F2 20 Tf 200 250 Td <65E5672C8A9E> Tj ET")
    found = word(marks, "\u65e5\u672c\u8a9e")
    assert found.vertical
    assert found.angle == 0.0
    assert (found.box.width, found.box.height) == pytest.approx((20, 60), abs=1)


def test_a_layer_that_only_says_it_is_upright_reads_level(tmp_path: Path) -> None:
    signs = "".join(f"1 0 0 1 {100 + 20 * i} 250 Tm <{code}> Tj " for i, code in enumerate(("65E5", "672C", "8A9E")))
    found = word(vertical(tmp_path, f"BT /F2 20 Tf {signs} ET"), "\u65e5\u672c\u8a9e")
    assert not found.vertical
    assert found.box.width == pytest.approx(60, abs=1)


# --- what is seen ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "unseen",
    [
        line("Unseen", y=200, extra="3 Tr"),
        "/NO gs " + line("Unseen", y=200),
        "q 300 200 20 20 re W n " + line("Unseen", y=200) + " Q",
        line("Unseen", x=500, y=200),
        line("Unseen", y=-20),
        "/OC /Layer BDC " + line("Unseen", y=200) + " EMC",
        line("Unseen", y=200) + "1 g 40 190 100 30 re f",
    ],
    ids=["render mode 3", "no opacity", "clipped", "beside the page", "below the page", "hidden layer", "painted over"],
)
def test_text_that_nobody_sees(tmp_path: Path, unseen: str) -> None:
    marks = marks_of(
        tmp_path,
        line("Seen") + unseen,
        resources=HALF + " /Properties << /Layer 6 0 R >>",
        objects=["<< /Type /OCG /Name (Notes) >>"],
        catalogue="/OCProperties << /OCGs [6 0 R] /D << /OFF [6 0 R] >> >>",
    )
    assert texts(marks) == ["Seen"]


def test_white_on_white_counts(tmp_path: Path) -> None:
    assert texts(marks_of(tmp_path, "1 g " + line("White"))) == ["White"]


def test_comments_do_not_print_and_stamps_do(tmp_path: Path) -> None:
    def annotation(flags: int, y: int) -> str:
        return f"<< /Type /Annot /Subtype /FreeText /F {flags} /Rect [20 {y} 200 {y + 20}] /AP << /N {6 + y // 100} 0 R >> >>"

    def look(text: str) -> str:
        return stream(
            line(text, 5, 5), "/Type /XObject /Subtype /Form /BBox [0 0 180 20] /Resources << /Font << /F1 5 0 R >> >>"
        )

    marks = marks_of(
        tmp_path,
        line("Page"),
        page="/Annots [8 0 R 9 0 R]",
        objects=[look("Comment"), look("Stamp"), annotation(0, 50), annotation(4, 100)],
    )
    assert sorted(texts(marks)) == ["Page", "Stamp"]


# --- pictures, lines, fields ----------------------------------------------------------------------------------------------


def with_image(folder: Path, content: str, width: int = 100, height: int = 100) -> Marks:
    return marks_of(folder, content, resources="/XObject << /Im 6 0 R >>", objects=[image(width, height)])


def test_picture_and_its_resolution_in_the_worse_direction(tmp_path: Path) -> None:
    picture = with_image(tmp_path, "q 72 0 0 144 100 100 cm /Im Do Q").pictures[0]
    assert picture.box == pytest.approx((100, 56, 172, 200))
    assert picture.pixels_per_inch == pytest.approx(50)
    assert (picture.kind, picture.use) == ("raster", "picture")
    assert picture.tonal_range == pytest.approx((0xE0 - 0x20) / 255, abs=0.2)


def test_a_picture_is_what_its_clip_shows(tmp_path: Path) -> None:
    picture = with_image(tmp_path, "q 100 100 40 50 re W n q 144 0 0 144 80 80 cm /Im Do Q Q").pictures[0]
    assert picture.box == pytest.approx((100, 150, 140, 200))
    assert picture.pixels_per_inch == pytest.approx(50)


def test_clips_end_where_they_end(tmp_path: Path) -> None:
    content = "q 10 10 5 5 re W n 10 10 2 2 re f Q q 72 0 0 72 100 100 cm /Im Do Q"
    assert with_image(tmp_path, content).pictures[0].box == pytest.approx((100, 128, 172, 200))


def sheet(ink: int, tone: str = "00") -> str:
    """An image of 100 by 100 pixels, white but for rows 20 to 20 + ink."""
    rows = [("ff" * 100 if not 20 <= row < 20 + ink else "ff" * 10 + tone * 80 + "ff" * 10) for row in range(100)]
    return image(100, 100, data="".join(rows))


def test_thin_ink_on_white_has_no_range_of_tones_and_its_margin_is_known(tmp_path: Path) -> None:
    content = "q 100 0 0 100 100 100 cm /Im Do Q"
    marks = marks_of(tmp_path, content, resources="/XObject << /Im 6 0 R >>", objects=[sheet(3)])
    assert marks.pictures[0].tonal_range is None
    assert hull(marks.pictures[0].ink) == pytest.approx((110, 120, 190, 123), abs=1.5)
    turned = "q 0 100 -100 0 200 100 cm /Im Do Q"
    marks = marks_of(tmp_path, turned, resources="/XObject << /Im 6 0 R >>", objects=[sheet(3)])
    assert hull(marks.pictures[0].ink) == pytest.approx((120, 110, 123, 190), abs=1.5)


@pytest.mark.parametrize(
    ("later", "resources", "seen"),
    [
        ("0.9 g 0 0 400 300 re f", "", 0),  # the ground of the page hides it
        ("0.9 g 0 0 100 300 re f", "", 1),  # half of it shows
        ("/G gs 0.9 g 0 0 400 300 re f", "/ExtGState << /G << /ca 0.5 >> >>", 1),
        ("/G gs 0.9 g 0 0 400 300 re f", "/ExtGState << /G << /BM /Multiply >> >>", 1),
        ("q 0 0 60 60 re W n 0.9 g 0 0 400 300 re f Q", "", 1),  # cut to a clip
        ("0.9 g 200 0 m 400 150 l 200 300 l 0 150 l h f", "", 1),  # no rectangle
    ],
)
@pytest.mark.parametrize("turned", [0, 90])
def test_an_image_that_later_paint_hides_is_no_picture(
    tmp_path: Path, later: str, resources: str, seen: int, turned: int
) -> None:
    content = f"q 100 0 0 100 50 100 cm /I Do Q {later}"
    found = marks_of(
        tmp_path,
        content,
        resources=f"/XObject << /I 6 0 R >> {resources}",
        objects=[image(40, 40)],
        page=f"/Rotate {turned}",
    )
    assert len([item for item in found.pictures if item.kind == "raster"]) == seen


def test_a_pale_raster_under_words_is_a_shadow(tmp_path: Path) -> None:
    content = "q 120 0 0 40 70 180 cm /Im Do Q " + line("The Dream Job", x=72, y=190, size=36)
    resources = "/XObject << /Im 6 0 R >>"
    pale = marks_of(tmp_path, content, resources=resources, objects=[sheet(60, "c8")])
    dark = marks_of(tmp_path, content, resources=resources, objects=[sheet(60, "28")])
    assert [marks.pictures[0].use for marks in (pale, dark)] == ["ground", "picture"]


@pytest.mark.parametrize(("place", "width", "count"), [("30 30", 50, 1), ("90 30", 50, 2), ("30 30", 80, 2)])
def test_layers_of_one_resolution_are_one_picture(tmp_path: Path, place: str, width: int, count: int) -> None:
    content = f"q 100 0 0 100 20 20 cm /Im Do Q q {width} 0 0 {width} {place} cm /Sm Do Q"
    resources = "/XObject << /Im 6 0 R /Sm 7 0 R >>"
    marks = marks_of(tmp_path, content, resources=resources, objects=[image(100, 100), image(50, 50)])
    assert len(marks.pictures) == count


def test_small_rasters_are_icons(tmp_path: Path) -> None:
    assert with_image(tmp_path, "q 20 0 0 20 100 100 cm /Im Do Q").pictures[0].use == "icon"


def test_slices_are_one_picture(tmp_path: Path) -> None:
    content = "".join(f"q 144 0 0 36 100 {100 + 36 * i} cm /Im Do Q\n" for i in range(4))
    pictures = with_image(tmp_path, content, 100, 25).pictures
    assert [picture.box for picture in pictures] == [pytest.approx((100, 56, 244, 200))]


def test_strokes_and_panels(tmp_path: Path) -> None:
    marks = marks_of(
        tmp_path, "0 0 1 RG 2 w 50 100 m 250 100 l S 50 50 m 50 90 l S 1 0 0 rg 100 150 80 60 re f 10 10 300 1 re f"
    )
    level = [stroke for stroke in marks.strokes if stroke.horizontal]
    assert [(stroke.box.x0, stroke.box.x1, stroke.width) for stroke in level] == [
        pytest.approx((50, 250, 2)),
        pytest.approx((10, 310, 1)),
    ]
    assert level[0].colour == pytest.approx((0, 0, 1))
    assert len(marks.strokes) == 3
    assert [panel.box for panel in marks.panels] == [pytest.approx((100, 90, 180, 150))]
    assert marks.panels[0].fill == pytest.approx((1, 0, 0))


def test_a_dotted_rule_is_one_stroke(tmp_path: Path) -> None:
    dots = "".join(f"{50 + 3 * i} 100 m {51 + 3 * i} 100 l S\n" for i in range(60))
    strokes = marks_of(tmp_path, "1 w " + dots).strokes
    assert len(strokes) == 1
    assert strokes[0].box.width == pytest.approx(178, abs=2)


def test_a_clipped_panel_is_what_shows(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "q 0 0 100 300 re W n .9 g 50 50 300 200 re f Q")
    assert marks.panels[0].box == pytest.approx((50, 50, 100, 250))


def test_a_chart_is_a_drawing_with_its_thinnest_line(tmp_path: Path) -> None:
    content = (
        "1 w 50 50 m 250 50 l S 50 50 m 50 200 l S .3 w 55 60 m 90 120 l 130 90 l 180 160 l 240 190 l S "
        ".8 w 55 70 m 90 110 l 130 80 l 180 130 l 240 150 l S 60 60 m 70 75 l 80 60 l S"
    )
    drawing = next(picture for picture in marks_of(tmp_path, content).pictures if picture.kind == "drawing")
    assert drawing.thinnest == pytest.approx(0.3)


def layered(folder: Path, content: str, layer: str) -> Marks:
    return marks_of(
        folder,
        content,
        resources="/Properties << /Layer 6 0 R >>",
        objects=[f"<< /Type /OCG {layer} >>"],
        catalogue="/OCProperties << /OCGs [6 0 R] /D << /ON [6 0 R] >> >>",
    )


def test_lines_of_a_layer_named_for_folds(tmp_path: Path) -> None:
    content = "/OC /Layer BDC 200 0 m 200 300 l S EMC 50 50 m 150 50 l S"
    marks = layered(tmp_path, content, "/Name (Fold lines)")
    assert [(fold.x0 + fold.x1) / 2 for fold in marks.fold_lines] == [pytest.approx(200)]
    assert len(marks.strokes) == 1


@pytest.mark.parametrize(("state", "seen"), [("/OFF", []), ("/ON", ["Screen"])])
def test_layers_show_as_they_print(tmp_path: Path, state: str, seen: list[str]) -> None:
    usage = f"/Name (Notes) /Usage << /Print << /PrintState {state} >> /View << /ViewState /ON >> >>"
    assert texts(layered(tmp_path, "/OC /Layer BDC " + line("Screen") + " EMC", usage)) == seen


def test_tags(tmp_path: Path) -> None:
    content = (
        line("Untagged", y=280)
        + "/H1 << /MCID 0 >> BDC "
        + line("Heading")
        + "EMC /P << /MCID 1 >> BDC "
        + line("Plain words in a paragraph", y=200)
        + "EMC /P << /MCID 2 >> BDC "
        + line("Item", y=150)
        + "EMC"
    )
    marks = marks_of(
        tmp_path,
        content,
        page="/StructParents 0",
        catalogue="/MarkInfo << /Marked true >> /StructTreeRoot 6 0 R /Lang (cy-GB)",
        objects=[
            "<< /Type /StructTreeRoot /K [7 0 R 8 0 R 9 0 R] /ParentTree << /Nums [0 [7 0 R 8 0 R 10 0 R]] >> >>",
            "<< /Type /StructElem /S /H1 /P 6 0 R /Pg 3 0 R /K 0 >>",
            "<< /Type /StructElem /S /P /P 6 0 R /Pg 3 0 R /K 1 >>",
            "<< /Type /StructElem /S /LI /P 6 0 R /Pg 3 0 R /K [10 0 R] >>",
            "<< /Type /StructElem /S /P /P 9 0 R /Pg 3 0 R /K 2 >>",
        ],
    )
    roles = {one.text: None if one.tag is None else marks.tags[one.tag].role for one in marks.words}
    assert roles["Heading"] == "H1"
    assert roles["paragraph"] == "P"
    assert roles["Item"] == "LI"  # a paragraph in a list item is the item
    assert roles["Untagged"] is None
    assert marks.language == "cy"


def test_fields(tmp_path: Path) -> None:
    common = "/Type /Annot /Subtype /Widget /F 4"
    marks = marks_of(
        tmp_path,
        line("Name"),
        page="/Annots [6 0 R 7 0 R 8 0 R 9 0 R 10 0 R]",
        catalogue="/AcroForm << /Fields [6 0 R 7 0 R 8 0 R 9 0 R 10 0 R] >>",
        objects=[
            f"<< {common} /FT /Tx /T (name) /TU (Your name) /V (Ada) /Rect [50 200 250 230] >>",
            f"<< {common} /FT /Btn /T (yes) /Rect [50 150 62 162] /AS /Off >>",
            f"<< {common} /FT /Tx /T (code) /Ff 16777216 /MaxLen 8 /Rect [50 100 200 120] >>",
            f"<< {common} /FT /Sig /T (signed) /Rect [50 50 250 90] >>",
            f"<< {common} /FT /Btn /Ff 65536 /T (send) /Rect [300 50 350 70] >>",
        ],
    )
    assert [field.kind for field in marks.fields] == ["text", "tick", "comb", "signature"]
    text, tick, comb, _ = marks.fields
    assert (text.label, text.value, text.height, text.width) == ("Your name", "Ada", 30, 200)
    assert text.box == pytest.approx((50, 70, 250, 100))
    assert tick.value == ""
    assert comb.cells == 8


@pytest.mark.parametrize(("signed", "kinds"), [("", ["signature"]), ("/V << /Type /Sig /Name (Ada) >>", [])])
def test_a_signature_that_is_there_leaves_nothing_to_sign(tmp_path: Path, signed: str, kinds: list[str]) -> None:
    field = f"<< /Type /Annot /Subtype /Widget /F 4 /FT /Sig /T (seal) /Rect [50 50 250 90] {signed} >>"
    marks = marks_of(
        tmp_path, line("Name"), page="/Annots [6 0 R]", catalogue="/AcroForm << /Fields [6 0 R] >>", objects=[field]
    )
    assert [item.kind for item in marks.fields] == kinds


# --- state ----------------------------------------------------------------------------------------------------------------


def test_blank_page(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "")
    assert marks.state == "blank"
    assert marks.coverage == 0.0


def test_scan_with_hidden_recognised_text(tmp_path: Path) -> None:
    hidden = "".join(line("recognised words below a picture", y=y, extra="3 Tr") for y in range(50, 250, 20))
    marks = with_image(tmp_path, "q 400 0 0 300 0 0 cm /Im Do Q " + hidden)
    assert marks.state == "scan"
    assert marks.words == ()
    assert any("picture" in one.reason for one in marks.not_looked_at)


@pytest.mark.parametrize(("tone", "state"), [("slope", "picture"), ("paper", "scan")])
def test_a_photograph_alone_is_no_scan(tmp_path: Path, tone: str, state: str) -> None:
    values = [(7 * x + 5 * y) % 256 if tone == "slope" else 250 * (x % 9 > 1) for y in range(60) for x in range(80)]
    picture = image(80, 60, data="".join(f"{value:02x}" for value in values))
    marks = marks_of(tmp_path, "q 400 0 0 300 0 0 cm /Im Do Q", resources="/XObject << /Im 6 0 R >>", objects=[picture])
    assert marks.state == state
    assert len(marks.not_looked_at) == 1


def outlined(text_rows: int) -> str:
    """Rows of letter-like outlines: a handful of shapes in turn on one baseline."""
    shapes = [(5, 7), (4, 5), (3, 7), (5, 5), (4, 7), (6, 5)]
    content = "0 g "
    for row in range(text_rows):
        x, y = 50.0, 250 - 20 * row
        for i in range(30):
            width, height = shapes[(5 * i + row) % 6]
            content += f"{x} {y} m {x + width} {y} l {x + width / 2} {y + height} l {x + width / 3} {y + 1} l h f\n"
            x += width + 1
    return content


def test_outlined_text(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, outlined(6))
    assert marks.state == "outlined"
    assert any("outlines" in one.reason for one in marks.not_looked_at)


@pytest.mark.parametrize(("width", "state"), [(0.3, "outlined"), (2.0, "live")])
def test_outlined_letters_may_have_a_thin_edge(tmp_path: Path, width: float, state: str) -> None:
    edged = outlined(6).replace("h f", "h B")
    assert marks_of(tmp_path, f"{width} w " + edged + line("Live", y=20)).state == state


def test_an_outlined_logotype_leaves_the_page_live(tmp_path: Path) -> None:
    text = "".join(line("Enough live text on this page to be read", y=y) for y in range(40, 200, 20))
    assert marks_of(tmp_path, outlined(1) + text).state == "live"


def test_logotypes_scattered_over_a_page_are_no_outlined_text(tmp_path: Path) -> None:
    logotypes = "".join(f"q 1 0 0 1 0 {y} cm " + outlined(1) + "Q " for y in (-200, -100, 0))
    marks = marks_of(tmp_path, logotypes + line("Live text", y=20))
    assert marks.state == "live"
    assert marks.not_looked_at == ()


def test_letters_without_a_code_are_unreadable(tmp_path: Path) -> None:
    font = (
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1000 1000] /FontMatrix [.001 0 0 .001 0 0] /FirstChar 1 /LastChar 3 "
        "/Widths [500 500 500] /CharProcs << /g1 7 0 R >> /Encoding << /Type /Encoding /Differences [1 /g1 /g1 /g1] >> "
        "/Resources << >> >>"
    )
    shape = stream("500 0 0 0 400 700 d1 0 0 400 700 re f")
    content = "".join(f"BT /F2 12 Tf 50 {y} Td <010203010203010203> Tj ET\n" for y in range(50, 250, 20))
    marks = marks_of(tmp_path, content, resources="/Font << /F2 6 0 R >>", objects=[font, shape])
    assert marks.state in ("unreadable", "outlined")


# --- files ----------------------------------------------------------------------------------------------------------------


def test_damaged_file_is_named_in_one_sentence(tmp_path: Path) -> None:
    path = saved(tmp_path, b"%PDF-1.7\nnothing more", "broken.pdf")
    with pytest.raises(UnreadableFile) as caught:
        PdfSource(path, Job())
    assert caught.value.code == "damaged"
    assert "broken.pdf" in caught.value.message


def test_render_shows_the_place_that_boxes_name(tmp_path: Path) -> None:
    from PIL import Image  # only here

    path = saved(tmp_path, raw_pdf("1 0 0 rg 120 170 60 40 re f", page="/TrimBox [20 20 380 280] /Rotate 90 /UserUnit 1.5"))
    with PdfSource(path, Job(scale=0.5)) as source:
        panel = source.marks(0).panels[0]
    png, size = pdf.render(path, 1, panel.box, 144, scale=0.5)
    (tmp_path / "place.png").write_bytes(png)
    picture = Image.open(tmp_path / "place.png").convert("RGB")
    assert picture.size == size
    assert size == pytest.approx((round(panel.box.width * 2), round(panel.box.height * 2)), abs=2)
    middle = picture.getpixel((size[0] // 2, size[1] // 2))
    assert middle == (255, 0, 0)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_frame_goes_there_and_back(tmp_path: Path, turned: int) -> None:
    path = saved(tmp_path, raw_pdf("", page=f"/CropBox [10 20 390 280] /TrimBox [30 40 370 260] /Rotate {turned}"))
    with pdf.opened(path) as document:
        frame = pdf.frame_of(document[0], 0.7)
    user = Box(100, 120, 180, 150)
    left, top = frame.crop
    paper = frame.box((user.x0 - left, top - user.y1, user.x1 - left, top - user.y0))
    assert frame.to_paper(frame.to_view(paper)) == pytest.approx(paper)


@pytest.mark.skipif(not (CORPUS / "pdf").is_dir(), reason="the corpus of real documents is not here")
def test_first_pages_of_the_corpus_are_measured() -> None:
    read = 0
    for path in sorted((CORPUS / "pdf").glob("*.pdf"))[::6]:
        try:
            with PdfSource(path, Job()) as source:
                marks = source.marks(0)
        except UnreadableFile:
            continue
        read += 1
        assert marks.width > 0
        page = Box(0, 0, marks.width, marks.height).grow(60)
        assert all(page.contains(one.box) for one in marks.words), path.name
        assert all(0 < one.style.size < 2000 for one in marks.words), path.name
    assert read > 5


def test_white_ink_is_the_colour_of_the_paper(tmp_path: Path) -> None:
    marks = marks_of(tmp_path, "1 g " + line("White words"), Job(paper_colour=(1.0, 0.9, 0.8)))
    assert word(marks, "White").style.colour == pytest.approx((1.0, 0.9, 0.8))


def test_text_in_a_faint_group_is_as_faint_as_the_group(tmp_path):
    """The opacity of a transparency group is set outside it, where the list of characters does not see it."""
    faint = stream(
        line("Faint", y=200),
        "/Type /XObject /Subtype /Form /BBox [0 0 400 300] /Group << /S /Transparency >> "
        "/Resources << /Font << /F1 5 0 R >> >>",
    )
    resources = "/XObject << /X 6 0 R >> /ExtGState << /G << /ca 0.4 /CA 0.4 >> /N << /ca 0 /CA 0 >> >>"
    content = f"{line('Before', y=250)} q /G gs /X Do Q q /N gs 1 0 0 1 0 -50 cm /X Do Q {line('After', y=100)}"
    words = marks_of(tmp_path, content, resources=resources, objects=[faint]).words
    assert [(word.text, round(word.style.opacity, 2)) for word in words] == [("Before", 1.0), ("Faint", 0.4), ("After", 1.0)]


def test_a_ring_between_two_boxes_is_a_frame_and_no_dark_panel(tmp_path):
    (panel,) = marks_of(tmp_path, "0 g 51 51 198 38 re 50 50 200 40 re f*").panels
    assert (panel.outlined, panel.fill, panel.box) == (True, None, Box(50, 210, 250, 250))
