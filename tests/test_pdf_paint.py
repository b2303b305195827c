"""What lies behind words: constructed pages whose contrast is known by arithmetic."""

from __future__ import annotations

import random

import pymupdf
import pytest

from clearprint.colour import BLACK, WHITE, Colour, contrast, over
from clearprint.formats import pdf_drawn, pdf_ground
from clearprint.formats.pdf_drawn import self_test
from clearprint.formats.pdf_paint import Behind, Ink, behind
from clearprint.formats.pdf_paints import painted_on
from clearprint.geometry import Box
from clearprint.model import Ground

NAVY: Colour = (0.0, 0.0, 0.5)
YELLOW: Colour = (1.0, 1.0, 0.0)
GREY: Colour = (0.6, 0.6, 0.6)
WORD = Box(20, 61, 120, 82)  # HHHHH of 20 pt at 20, 80 from the top left of a page of 200 by 200


def page_of(content: str, resources: str = "", extra: tuple[str, ...] = (), rotate: int = 0) -> pymupdf.Page:
    """A page of 200 points square from raw content; extra objects start at number 6."""
    body = content.encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Rotate {rotate}/Contents 4 0 R"
            f"/Resources<</Font<</F 5 0 R/T 6 0 R>>{resources}>>>>"
        ).encode(),
        b"<</Length %d>>stream\n" % len(body) + body + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold>>",
        *(item.encode() for item in extra),
    ]
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, item in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % number + item + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return pymupdf.open("pdf", bytes(out))[0]


def text(colour: str = "0 g", state: str = "", word: str = "HHHHHHH", size: float = 20, at: str = "20 120") -> str:
    return f"q {state} BT /F {size} Tf {colour} {at} Td ({word}) Tj ET Q\n"


def seen(page: pymupdf.Page, ink: Ink, paper: Colour = WHITE) -> tuple[Behind, float]:
    """What the function says, by its own list of paints and by the drawings of a reader alike."""
    result = behind(page, [ink], paper)[0]
    listed = painted_on(page, page.get_cdrawings(), page.get_image_info())
    assert behind(page, [ink], paper, listed)[0] == result
    if result.covered:
        return result, 1.0
    assert result.ground is not None
    return result, contrast(over(ink.colour, result.ground.colour, ink.opacity), result.ground.colour)


PANEL = "0 0 200 200 re f\n"


@pytest.mark.parametrize(
    ("content", "resources", "ink", "kind", "ratio", "room"),
    [
        (text(), "", Ink(WORD, BLACK), "paper", 21.0, 0.01),
        (text("0.6 g"), "", Ink(WORD, GREY), "paper", 2.85, 0.02),
        (text("1 g"), "", Ink(WORD, WHITE), "paper", 1.0, 0.01),
        ("0.6 g " + PANEL + text("1 g"), "", Ink(WORD, WHITE), "flat", 2.85, 0.02),
        ("0 0 .5 rg " + PANEL + text("1 1 0 rg", size=7), "", Ink(Box(20, 75, 54, 82), YELLOW), "flat", 14.93, 0.1),
        (text("0 g", "/T gs"), "/ExtGState<</T<</ca .3>>>>", Ink(WORD, BLACK, 0.3), "paper", 2.11, 0.02),
        (text("1 Tr 0.2 G"), "", Ink(WORD, (0.2, 0.2, 0.2)), "paper", 12.63, 0.02),
        ("/T gs 0 g " + PANEL + text("1 g"), "/ExtGState<</T<</ca .4>>>>", Ink(WORD, WHITE), "flat", 2.85, 0.1),
        (
            "q 0.5 0 0 0.5 0 0 cm /X Do Q " + text("1 g"),
            "/XObject<</X 6 0 R>>",
            Ink(WORD, WHITE),
            "flat",
            16.05,
            0.1,
        ),
    ],
    ids=["black", "grey", "white-on-white", "tint", "yellow-on-navy", "opacity", "stroked", "see-through-panel", "form"],
)
def test_flat_grounds(content: str, resources: str, ink: Ink, kind: str, ratio: float, room: float) -> None:
    form = "<</Type/XObject/Subtype/Form/BBox[0 0 400 400]/Length 29>>stream\n0 0 .5 rg 0 0 400 400 re f   \nendstream"
    result, measured = seen(page_of(content, resources, (form,)), ink)
    assert result.ground is not None
    assert (result.ground.kind, result.covered) == (kind, False)
    assert measured == pytest.approx(ratio, abs=room)


def test_the_flat_colours_of_cmyk_and_spot_are_those_of_the_picture_of_the_page() -> None:
    spot = "[/Separation/Deep/DeviceRGB<</FunctionType 2/Domain[0 1]/C0[1 1 1]/C1[0.1 0.2 0.4]/N 1>>]"
    for paint in ("1 0.8 0 0.2 k ", "/S cs 1 scn "):
        page = page_of(paint + PANEL + text("1 g"), f"/ColorSpace<</S {spot}>>")
        result, _ = seen(page, Ink(WORD, WHITE))
        pixel = page.get_pixmap().pixel(5, 5)
        assert result.ground is not None
        assert result.ground.colour == pytest.approx([part / 255 for part in pixel], abs=0.005)


GRADIENT = (
    "/Shading<</G<</ShadingType 2/ColorSpace/DeviceGray/Coords[20 0 120 0]"
    "/Function<</FunctionType 2/Domain[0 1]/C0[0]/C1[1]/N 1>>>>>>"
)


def test_white_on_a_gradient_is_judged_on_its_pale_end() -> None:
    result, measured = seen(page_of("/G sh " + text("1 g"), GRADIENT), Ink(WORD, WHITE))
    ground = result.ground
    assert ground is not None
    assert ground.kind == "uneven"
    assert measured < 1.3  # grey .95 or so
    assert ground.box is not None
    assert ground.box.x0 > 90  # the pale tenth
    assert WORD.contains(ground.box, 0.1)


def test_black_on_the_same_gradient_is_judged_on_its_dark_end() -> None:
    result, measured = seen(page_of("/G sh " + text("0 g"), GRADIENT), Ink(WORD, BLACK))
    assert result.ground is not None
    assert result.ground.box is not None
    assert measured < 1.5
    assert result.ground.box.x1 < 45


def _with_image(page: pymupdf.Page, levels: list[int], side: int) -> pymupdf.Page:
    data = bytes(level for level in levels for _ in range(3))
    image = pymupdf.Pixmap(pymupdf.csRGB, side, side, data, False)
    page.insert_image(page.rect, pixmap=image, overlay=False)
    return page


def test_a_picture_behind_words_is_named_and_its_worst_tenth_decides() -> None:
    rows = [40 + y * 4 for y in range(50) for _ in range(50)]  # darker at the top, 40 to 236
    page = _with_image(page_of(text("1 g")), rows, 50)
    result, measured = seen(page, Ink(WORD, WHITE))
    assert result.ground is not None
    assert result.ground.kind == "picture"
    low = 40 + 4 * (79 / 4)  # the level at the foot of the letters
    assert measured == pytest.approx(contrast(WHITE, (low / 255,) * 3), abs=0.5)


def test_black_on_noise_is_judged_on_the_dark_grains() -> None:
    dice = random.Random(4)
    page = _with_image(page_of(text("0 g")), [dice.choice((0, 255)) for _ in range(40 * 40)], 40)
    _, measured = seen(page, Ink(WORD, BLACK))
    assert measured < 2


def test_later_opaque_paint_covers_and_earlier_does_not() -> None:
    for cover in ("1 g 10 100 150 50 re f", "0.5 g 10 100 150 50 re f"):
        assert seen(page_of(text() + cover), Ink(WORD, BLACK))[0].covered
        assert not seen(page_of(cover + "\n" + text()), Ink(WORD, BLACK))[0].covered


def test_white_on_white_is_covered_only_by_what_comes_later() -> None:
    white = "1 g 10 100 150 50 re f\n"
    assert not seen(page_of(white + text("1 g")), Ink(WORD, WHITE))[0].covered
    assert seen(page_of(text("1 g") + white), Ink(WORD, WHITE))[0].covered


def test_half_covered_and_tinted_over_still_shows() -> None:
    assert not seen(page_of(text() + "1 g 10 100 60 50 re f"), Ink(WORD, BLACK))[0].covered
    page = page_of(text() + "/T gs 1 0 0 rg 10 100 150 50 re f", "/ExtGState<</T<</ca .5>>>>")
    assert not seen(page, Ink(WORD, BLACK))[0].covered


def test_an_image_covers() -> None:
    page = page_of(text())
    image = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 4, 4))
    image.clear_with(200)
    page.insert_image((0, 0, 200, 200), pixmap=image, overlay=True)
    assert seen(page, Ink(WORD, BLACK))[0].covered


def test_underlines_and_rules_are_no_ground() -> None:
    for line in ("0 g 20 117 90 1 re f\n", "0 G 1 w 15 116 m 150 116 l S\n", "0 G .5 w 15 115 100 25 re S\n"):
        result, measured = seen(page_of(line + text()), Ink(WORD, BLACK))
        assert result.ground is not None
        assert result.ground.kind == "paper"
        assert measured == pytest.approx(21, abs=0.1)


def test_only_the_ground_of_the_letters_counts() -> None:
    """A tight panel: the word's box reaches past its foot, but no letter does."""
    result, measured = seen(page_of("0 0 .5 rg 15 118 120 30 re f\n" + text("1 g")), Ink(WORD, WHITE))
    assert result.ground is not None
    assert result.ground.kind == "flat"
    assert measured == pytest.approx(contrast(WHITE, NAVY), abs=0.1)


def test_paper_colour_multiplies() -> None:
    cream: Colour = (1.0, 0.95, 0.84)
    result, _ = seen(page_of(text()), Ink(WORD, BLACK), cream)
    assert result.ground == Ground(cream, "paper")
    result, _ = seen(page_of("0.6 g " + PANEL + text()), Ink(WORD, BLACK), cream)
    assert result.ground is not None
    assert result.ground.colour == pytest.approx([0.6 * part for part in cream], abs=0.01)


@pytest.mark.parametrize(("turn", "box"), [(90, Box(118, 20, 139, 120)), (180, Box(80, 118, 180, 139))])
def test_places_are_as_viewed(turn: int, box: Box) -> None:
    page = page_of("0 0 .5 rg 15 110 120 40 re f\n" + text("1 g"), rotate=turn)
    result, measured = seen(page, Ink(box, WHITE))
    assert measured == pytest.approx(contrast(WHITE, NAVY), abs=0.1)
    assert result.ground is not None
    assert result.ground.kind == "flat"


def test_nothing_is_drawn_where_nothing_is_painted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_drawn, "_drawn", lambda *_, **__: pytest.fail("drew a plain page"))
    page = page_of("0 0 .5 rg 0 0 200 20 re f\n1 g 0 30 200 170 re f\n" + text())
    listed = painted_on(page, page.get_cdrawings(), [])
    assert behind(page, [Ink(WORD, BLACK)], WHITE, listed)[0] == Behind(Ground(WHITE, "paper"))


def test_odd_places_are_no_places() -> None:
    page = page_of("0.5 g " + PANEL + text())
    nan, inf = float("nan"), float("inf")
    odd = [Box(nan, 0, 1, 1), Box(0, 0, inf, 1), Box(500, 500, 600, 600), Box(5, 5, 5, 5)]
    assert [item.ground for item in behind(page, [Ink(box, BLACK) for box in odd])] == [None] * 4
    thin = behind(page, [Ink(Box(5, 5, 5.01, 5.01), BLACK)])[0]
    assert thin.ground is not None
    assert thin.ground.kind == "flat"
    assert behind(page, []) == []


def test_without_the_undocumented_calls_the_commonest_colour_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert self_test()
    monkeypatch.setattr(pdf_drawn, "self_test", lambda: False)
    result = behind(page_of("0 0 .5 rg " + PANEL + text("1 g", word="i i i")), [Ink(WORD, WHITE)])[0]
    assert result.ground is not None
    assert result.ground.colour == pytest.approx((0, 0, 0.5), abs=0.01)
    assert result.ground.error == pdf_ground.GUESS_ERROR
    assert not behind(page_of(text() + "1 g 10 100 150 50 re f"), [Ink(WORD, BLACK)])[0].covered


def test_type_3_letters_drop_from_the_ground() -> None:
    font = (
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/CharProcs<</a 7 0 R>>"
        "/Encoding<</Type/Encoding/Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[10]>>"
    )
    stamp = "<</Length 35>>stream\n10 0 0 0 10 10 d1 0 0 8 8 re f      \nendstream"
    page = page_of("0 0 .5 rg " + PANEL + "BT /T 20 Tf 1 g 20 120 Td (aaaaa) Tj ET", "", (font, stamp))
    result, _ = seen(page, Ink(WORD, WHITE))
    assert result.ground is not None
    assert result.ground.colour == pytest.approx((0, 0, 0.5), abs=0.01)
