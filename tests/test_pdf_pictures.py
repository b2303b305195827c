"""Raster pictures of PDF pages: what of them is painted, what is ground, and how sharp layers are together."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from clearprint.geometry import hull
from clearprint.model import Job, Picture
from clearprint.readers import open_source
from tests.raw_pdf import image, line, raw_pdf, saved

PLACED = "q 100 0 0 100 100 100 cm /Im Do Q "
Tone = Callable[[int, int], int]


def drawn(tone: Tone, size: int = 100, entries: str = "") -> str:
    """An image of that many pixels each way, each as `tone` says: 0 black, 255 white."""
    data = "".join(f"{tone(x, y):02x}" for y in range(size) for x in range(size))
    return image(size, size, entries, data)


def pictures(folder: Path, content: str, objects: Sequence[str], names: str = "/Im 6 0 R") -> list[Picture]:
    path = saved(folder, raw_pdf(content, resources=f"/XObject << {names} >>", objects=objects))
    with open_source(path, Job()) as source:
        return list(source.page(0).pictures)


def far(x: int, y: int) -> float:
    """From the middle of the image, in pixels."""
    return math.hypot(x - 49.5, y - 49.5)


def figure(x: int, y: int) -> int:
    """A cross, cut out sharply: 36 % of its box."""
    return 255 if (40 <= x < 60 or 40 <= y < 60) and min(x, y) >= 10 and max(x, y) < 90 else 0


def cut_out(folder: Path, tone: Tone, mask: Tone, content: str = PLACED) -> list[Picture]:
    return pictures(folder, content, [drawn(tone, entries="/SMask 7 0 R"), drawn(mask)])


def speckled(x: int, y: int) -> int:
    return 40 if (x // 3 + y // 3) % 2 else 200


@pytest.mark.parametrize(
    ("tone", "mask", "use"),
    [
        (lambda x, y: 0, figure, "picture"),  # a sign in one colour, cut out
        (lambda x, y: 0, lambda x, y: max(0, round(255 - 6 * far(x, y))), "ground"),  # a shadow fades all over
        (lambda x, y: 0, lambda x, y: 255 if 4 <= x < 96 else 0, "ground"),  # a tint with a clear margin
        (speckled, lambda x, y: max(0, min(255, round(700 - 14 * far(x, y)))), "picture"),  # a photograph with a soft rim
        (lambda x, y: 60 + x, lambda x, y: 255, "ground"),  # a gradient one way
        (lambda x, y: round(60 + 1.5 * far(x, y)), lambda x, y: 255, "ground"),  # and from the middle outwards
        (lambda x, y: 60 + 40 * ((x > 50) + (y > 50)), lambda x, y: 255, "picture"),  # steps are seen
    ],
)
def test_what_shows_tells_pictures_from_ground(tmp_path: Path, tone: Tone, mask: Tone, use: str) -> None:
    assert [item.use for item in cut_out(tmp_path, tone, mask)] == [use]


def test_what_is_wholly_clear_is_nothing(tmp_path: Path) -> None:
    assert cut_out(tmp_path, speckled, lambda x, y: 0) == []


def test_the_box_of_a_cut_out_is_what_is_painted(tmp_path: Path) -> None:
    def inner(x: int, y: int) -> int:
        return 255 if 20 <= x < 80 and 30 <= y < 80 else 0

    (item,) = cut_out(tmp_path, speckled, inner)
    assert item.box == pytest.approx((120, 130, 180, 180), abs=1)
    (whole,) = cut_out(tmp_path, speckled, lambda x, y: 255)
    assert (whole.box, whole.outline) == (pytest.approx((100, 100, 200, 200)), ())


@pytest.mark.parametrize(("edge", "white"), [(60, 8.0), (99, 1.0)])
def test_text_keeps_clear_of_what_is_painted_not_of_the_corner_that_is_clear(tmp_path: Path, edge: int, white: float) -> None:
    # The image runs out in a slope to the upper right; the text stands beside its upper corner.
    text = line("A cap", x=201, y=160 + 30, size=11)

    def slope(x: int, y: int) -> int:
        return 255 if x <= edge + max(0, y - 40) else 0

    (item,) = cut_out(tmp_path, speckled, slope, PLACED + text)
    assert item.box == pytest.approx((100, 100, 200, 200), abs=1)
    assert item.clearance is not None
    assert item.clearance >= (20 if white > 2 else 0.5)
    assert item.clearance <= (41 if white > 2 else 2)


def test_colours_that_are_keyed_out_are_clear(tmp_path: Path) -> None:
    def keyed(x: int, y: int) -> int:
        return speckled(x, y) if 20 <= x < 80 else 255

    (item,) = pictures(tmp_path, PLACED, [drawn(keyed, entries="/Mask [255 255]")])
    assert item.box == pytest.approx((120, 100, 180, 200), abs=1)


def test_tones_are_those_of_the_part_that_is_seen(tmp_path: Path) -> None:
    def half(x: int, y: int) -> int:
        return (100 if (x // 4 + y // 4) % 2 else 140) if x < 50 else (0 if (x + y) % 2 else 250)

    cut = "q 100 100 40 100 re W n " + PLACED + "Q"
    (part,) = pictures(tmp_path, cut, [drawn(half)])
    (whole,) = pictures(tmp_path, PLACED, [drawn(half)])
    assert part.tonal_range == pytest.approx(40 / 255, abs=0.01)
    assert whole.tonal_range is not None
    assert whole.tonal_range > 0.9
    (turned,) = pictures(tmp_path, "q 100 100 100 40 re W n q 0 100 -100 0 200 100 cm /Im Do Q Q", [drawn(half)])
    assert turned.tonal_range == pytest.approx(40 / 255, abs=0.01)


def test_a_page_in_layers_is_as_sharp_as_its_sharpest(tmp_path: Path) -> None:
    def paper(x: int, y: int) -> int:
        return 252 + (x + y) % 2

    def ink(x: int, y: int) -> int:
        return 255 if (x // 8) % 3 and y % 20 < 8 else 0

    content = "q 144 0 0 144 100 100 cm /Im Do Q q 144 0 0 144 100 100 cm /Fg Do Q"
    objects = [drawn(paper, 50), drawn(speckled, 40, "/SMask 8 0 R"), drawn(ink, 300)]
    (item,) = pictures(tmp_path, content, objects, "/Im 6 0 R /Fg 7 0 R")
    assert (item.use, item.pixels_per_inch) == ("picture", pytest.approx(150))
    # A photograph alone is no sharper than itself, however fine its mask.
    (alone,) = pictures(tmp_path, "q 144 0 0 144 100 100 cm /Im Do Q", [drawn(speckled, 40, "/SMask 7 0 R"), drawn(ink, 300)])
    assert alone.pixels_per_inch == pytest.approx(20)
    # A sign in one colour has no edges but those of its mask.
    (sign,) = pictures(
        tmp_path, "q 144 0 0 144 100 100 cm /Im Do Q", [drawn(lambda x, y: 0, 4, "/SMask 7 0 R"), drawn(ink, 300)]
    )
    assert sign.pixels_per_inch == pytest.approx(150)


def test_tiles_with_masks_are_one_picture_and_its_clear_corner_none_of_it(tmp_path: Path) -> None:
    def corner(x: int, y: int) -> int:
        return 255 if x + y >= 100 else 0

    tiles = "".join(
        f"q 72 0 0 72 {100 + 72 * (i % 2)} {100 + 72 * (i // 2)} cm /{'T' if i == 2 else 'Im'} Do Q\n" for i in range(4)
    )
    objects = [drawn(speckled), drawn(speckled, entries="/SMask 8 0 R"), drawn(corner)]
    (item,) = pictures(tmp_path, tiles, objects, "/Im 6 0 R /T 7 0 R")
    assert item.box == pytest.approx((100, 56, 244, 200), abs=1)
    assert item.pixels_per_inch == pytest.approx(100)
    first = item.outline[0]
    assert first.x0 == pytest.approx(172, abs=4)  # the clear corner, upper left
    assert hull(item.outline) == pytest.approx(item.box)


# --- codes to scan --------------------------------------------------------------------------------------------------------


def qr_code(cell: int = 4, edge: int = 4) -> tuple[int, Tone]:
    """The pixels each way of a QR code with so many pixels a module and light modules round it, and its tones."""
    from reportlab.graphics.barcode.qr import QrCodeWidget

    code = QrCodeWidget("https://example.org/leaflet").qr
    code.make()
    count = code.getModuleCount()

    def tone(x: int, y: int) -> int:
        column, row = x // cell - edge, y // cell - edge
        inside = 0 <= column < count and 0 <= row < count
        return 0 if inside and code.isDark(row, column) else 255

    return (count + 2 * edge) * cell, tone


@pytest.mark.parametrize(
    ("side", "turn", "use"),
    [
        (100, "{0} 0 0 {0}", "code"),
        (100, "0 {0} -{0} 0", "code"),
        (100, "{0} 0 0 -{0}", "code"),
        (40, "{0} 0 0 {0}", "picture"),  # modules of 0.36 mm
    ],
)
@pytest.mark.parametrize("cell", [1, 2, 4, 7])
def test_qr_codes_are_told_by_their_finders_and_must_be_large_enough(
    tmp_path: Path, cell: int, side: int, turn: str, use: str
) -> None:
    size, tone = qr_code(cell)
    content = f"q {turn.format(side)} 200 150 cm /Im Do Q"
    (item,) = pictures(tmp_path, content, [drawn(tone, size)])
    assert item.use == use


BARS = "1011001110001011010011000111010110010111000101101001110101100010110011101"


@pytest.mark.parametrize(
    ("tone", "use"),
    [
        (lambda x, y: 0 if BARS[x * len(BARS) // 100] == "1" and y < 80 else 255, "code"),
        (lambda x, y: 0 if (x // 2) % 2 else 255, "picture"),  # a fence has pales of one width
        (lambda x, y: 0 if (x // 8) % 2 != (y // 8) % 2 else 255, "picture"),  # a chessboard
        (lambda x, y: 0 if abs(math.sin(x / 9) - y / 50) < 0.15 or x < 3 else 255, "picture"),  # a chart
    ],
)
def test_bar_codes_are_told_by_bars_of_several_widths(tmp_path: Path, tone: Tone, use: str) -> None:
    assert [item.use for item in pictures(tmp_path, PLACED, [drawn(tone)])] == [use]
    assert [item.use for item in pictures(tmp_path, "q 0 100 -100 0 200 100 cm /Im Do Q", [drawn(tone)])] == [use]


@pytest.mark.parametrize(("kept", "use"), [(lambda x, y: True, "ground"), (lambda x, y: (x // 9) % 3 > 0 or y < 60, "picture")])
def test_a_plain_panel_with_letters_cut_out_is_a_sign(tmp_path: Path, kept: Callable[[int, int], bool], use: str) -> None:
    (item,) = cut_out(tmp_path, lambda x, y: 30, lambda x, y: 255 if 5 <= x < 95 and kept(x, y) else 0)
    assert item.use == use


# --- mosaics --------------------------------------------------------------------------------------------------------------


Places = frozenset[tuple[int, int]]
NONE: Places = frozenset()


def mosaic(
    folder: Path,
    *,
    gone: Places = NONE,
    dots: Places = NONE,
    last: tuple[float, int] = (40, 40),
    masked: bool = False,
) -> list[Picture]:
    """Four rows of four tiles of 40 points and pixels. `dots`: one pixel; `last`: width and pixels of the last column."""
    content, objects, names = "", [], []
    for row in range(4):
        for column in range(4):
            if (row, column) in gone:
                continue
            wide, across = last if column == 3 else (40.0, 40)
            across, down = (1, 1) if (row, column) in dots else (across, 40)
            number = 6 + len(objects)
            soft = f"/SMask {number + 1} 0 R" if masked else ""
            tones = [255 if (row, column) in dots else speckled(x, y) for y in range(down) for x in range(across)]
            objects.append(image(across, down, soft, "".join(f"{tone:02x}" for tone in tones)))
            objects += [image(across, down, "", "ff" * (across * down))] if masked else []
            names.append(f"/I{number} {number} 0 R")
            content += f"q {wide} 0 0 40 {60 + 40 * column} {210 - 40 * row} cm /I{number} Do Q "
    return pictures(folder, content, objects, " ".join(names))


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"masked": True},
        {"gone": {(1, 1)}},
        {"gone": {(0, 0)}},
        {"dots": {(1, 1), (2, 2)}},  # blank tiles that a producer made small
        {"dots": {(1, column) for column in range(4)}},
        {"dots": {(0, 0)}},
        {"last": (3.0, 3)},
        {"last": (3.4, 3)},  # 63 pixels an inch, for want of a part of a pixel
    ],
    ids=str,
)
def test_tiles_are_one_picture(tmp_path: Path, parts: dict[str, Any]) -> None:
    (item,) = mosaic(tmp_path, **parts)
    width = 120 + parts.get("last", (40,))[0]
    assert (item.use, item.box) == ("picture", pytest.approx((60, 50, 60 + width, 210), abs=1))
    assert item.pixels_per_inch == pytest.approx(72, abs=10)


def test_a_tint_below_a_photograph_is_no_tile_of_it(tmp_path: Path) -> None:
    photo, tint = drawn(speckled), image(1, 1, "", "c0")
    found = pictures(tmp_path, PLACED + "q 100 0 0 40 100 60 cm /T Do Q", [photo, tint], "/Im 6 0 R /T 7 0 R")
    assert sorted(item.use for item in found) == ["ground", "picture"]


def test_a_slope_is_followed_row_by_row(tmp_path: Path) -> None:
    (item,) = cut_out(tmp_path, speckled, lambda x, y: 255 if x < 100 - y else 0)
    for strip in item.outline:
        assert strip.x1 - 100 == pytest.approx(100 - (strip.y0 + strip.y1 - 200) / 2, abs=3)


# --- logos ----------------------------------------------------------------------------------------------------------------


def mark(x: int, y: int) -> int:
    return 40 if far(x, y) < 40 and not 45 < x < 55 else 255


@pytest.mark.parametrize(
    ("tone", "place", "use"),
    [
        (mark, "40 0 0 40 50 258", "logo"),
        (mark, "40 0 0 40 50 2", "logo"),
        (mark, "40 0 0 40 50 240", "logo"),  # hanging down from the head
        (mark, "40 0 0 40 50 200", "picture"),  # in the middle of the page it says something
        (mark, "100 0 0 44 50 256", "picture"),  # and so does a large one
        (lambda x, y: (x * 7 + y * 13 + x * y) % 250, "40 0 0 40 50 258", "picture"),  # a photograph is no mark
    ],
)
def test_a_mark_in_the_head_or_foot_of_a_page_is_a_logo(tmp_path: Path, tone: Tone, place: str, use: str) -> None:
    (item,) = pictures(tmp_path, f"q {place} cm /Im Do Q", [drawn(tone)])
    assert item.use == use


def test_marks_of_one_size_that_hang_from_the_head_are_pictures(tmp_path: Path) -> None:
    content = "q 40 0 0 40 50 240 cm /Im Do Q q 40 0 0 40 150 240 cm /Im Do Q"
    assert [item.use for item in pictures(tmp_path, content, [drawn(mark)])] == ["picture", "picture"]


@pytest.mark.parametrize(("side", "use"), [(36, "logo"), (66, "picture"), (250, "logo")])
def test_a_figure_is_as_large_as_the_shape_it_stands_on(tmp_path: Path, side: int, use: str) -> None:
    # A disc that is much larger than the mark is the ground of the page's head.
    x, y, r = 70, 278, side / 2
    upper = f"{x - r} {y} m {x - r} {y + r} {x} {y + r} {x} {y + r} c {x + r} {y + r} {x + r} {y} {x + r} {y} c"
    lower = f"{x + r} {y - r} {x} {y - r} {x} {y - r} c {x - r} {y - r} {x - r} {y} {x - r} {y} c"
    content = f"0.9 0.8 0.8 rg {upper} {lower} f q 40 0 0 40 50 258 cm /Im Do Q"
    found = pictures(tmp_path, content, [drawn(mark)])
    assert [item.use for item in found if item.kind == "raster"] == [use]


def test_a_sign_of_a_symbol_face_makes_no_ground_of_the_picture_on_it(tmp_path: Path) -> None:
    for text, use in (("!", "picture"), ("H", "ground")):
        content = line(text, x=100, y=100, size=150) + PLACED
        (item,) = cut_out(tmp_path, lambda x, y: 0, figure, content)
        assert item.use == use


@pytest.mark.parametrize(("width", "use"), [(200, "logo"), (400, "picture")])
def test_a_line_of_words_as_a_picture_is_no_logo(tmp_path: Path, width: int, use: str) -> None:
    content = f"q {width} 0 0 40 50 10 cm /Im Do Q"
    made = raw_pdf(content, resources="/XObject << /Im 6 0 R >>", objects=[drawn(mark)], media="0 0 1200 900")
    with open_source(saved(tmp_path, made), Job()) as source:
        assert [item.use for item in source.page(0).pictures] == [use]


# --- blur -----------------------------------------------------------------------------------------------------------------


def scene(x: int, y: int) -> int:
    """Sharp discs and stripes."""
    return 40 if (x // 23 + y // 31) % 3 == 0 or (x % 60 - 30) ** 2 + (y % 50 - 25) ** 2 < 150 else 210


def enlarged_scene(times: float) -> str:
    """A picture of 320 pixels each way that was made of so many times fewer."""
    from PIL import Image, ImageFilter

    picture = Image.frombytes("L", (320, 320), bytes(scene(x, y) for y in range(320) for x in range(320)))
    picture = picture.filter(ImageFilter.GaussianBlur(0.5))  # as a camera has it
    small = round(320 / times)
    pixels = picture.resize((small, small), Image.Resampling.LANCZOS).resize((320, 320), Image.Resampling.BICUBIC).tobytes()
    return drawn(lambda x, y: pixels[y * 320 + x], 320)


@pytest.mark.parametrize(("enlarged", "blurred"), [(1, False), (1.5, False), (4, True), (6, True)])
def test_pictures_that_were_enlarged_are_blurred(tmp_path: Path, enlarged: float, blurred: bool) -> None:
    (item,) = pictures(tmp_path, PLACED, [enlarged_scene(enlarged)])
    assert item.pixels_per_inch == pytest.approx(230, abs=1)
    assert item.blur is not None
    assert (item.blur > 0.7) is blurred


@pytest.mark.parametrize(("side", "blurred"), [(73, True), (36, False)])  # 315 and 640 pixels an inch, a quarter of them true
def test_detail_finer_than_print_shows_is_not_missed(tmp_path: Path, side: int, blurred: bool) -> None:
    (item,) = pictures(tmp_path, f"q {side} 0 0 {side} 100 100 cm /Im Do Q ", [enlarged_scene(4)])
    assert item.blur is not None
    assert (item.blur > 0.7) is blurred


def test_blur_is_not_looked_for_where_it_shows_nothing(tmp_path: Path) -> None:
    (coarse,) = pictures(tmp_path, PLACED, [drawn(scene, 150)])  # 108 pixels an inch: a fault already
    assert coarse.blur is None
    (soft,) = pictures(tmp_path, PLACED, [drawn(lambda x, y: 100 + 20 * (x > 110) + 20 * (y > 90), 220)])  # hardly an edge
    assert soft.blur in (None, 0.0)


CIRCLE = (
    "150 200 m 178 200 200 178 200 150 c 200 122 178 100 150 100 c 122 100 100 122 100 150 c 100 178 122 200 150 200 c W n "
)
ROUNDED = (
    "105 100 m 195 100 l 198 100 200 102 200 105 c 200 195 l 200 198 198 200 195 200 c "
    "105 200 l 102 200 100 198 100 195 c 100 105 l 100 102 102 100 105 100 c W n "
)


@pytest.mark.parametrize(
    ("clip", "share"),
    [
        (CIRCLE, math.pi / 4),
        ("150 100 m 200 150 l 150 200 l 100 150 l h W n ", 0.5),
        (CIRCLE + "0 0 300 300 re W n ", math.pi / 4),  # a box in a shape is cut by both
        ("q " + CIRCLE + "Q ", 0.0),
        ("100 100 100 100 re W n ", 0.0),
        (ROUNDED, 0.0),
    ],
    ids=["disc", "diamond", "box within a disc", "closed again", "box", "rounded corners"],
)
def test_the_shape_that_a_clip_cuts_a_picture_into(tmp_path: Path, clip: str, share: float):
    (found,) = pictures(tmp_path, f"q {clip}{PLACED}Q", [drawn(speckled)])
    assert found.box is not None
    assert found.box.area == pytest.approx(10_000, rel=0.01)
    assert sum(strip.area for strip in found.outline) == pytest.approx(share * 10_000, rel=0.03)


# --- boxes to tick that are images ----------------------------------------------------------------------------------------


def ring(x: int, y: int) -> int:
    """A square frame in the left half of an image."""
    inside = 10 <= x < 70 and 20 <= y < 80
    return 0 if inside and not (14 <= x < 66 and 24 <= y < 76) else 255


def struck(x: int, y: int) -> int:
    return 0 if abs(x + 10 - y) < 4 and 10 <= x < 70 else ring(x, y)


@pytest.mark.parametrize(
    ("tone", "kinds"),
    [
        (ring, ["tick", "tick"]),
        (struck, []),  # crossed out: nothing is left to tick
        (lambda x, y: 0 if 10 <= x < 70 and 20 <= y < 80 else 255, []),  # a bullet
        (lambda x, y: 255 if y >= 76 else ring(x, y), []),  # open at its foot
    ],
)
def test_small_images_of_empty_boxes_are_places_to_tick(tmp_path: Path, tone: Tone, kinds: list[str]) -> None:
    boxes = "q 12 0 0 12 50 200 cm /Im Do Q q 12 0 0 12 50 180 cm /Im Do Q "
    content = boxes + line("I want a letter", x=64, y=202) + line("I want to be rung up", x=64, y=182)
    path = saved(tmp_path, raw_pdf(content, resources="/XObject << /Im 6 0 R >>", objects=[drawn(tone)]))
    with open_source(path, Job()) as source:
        page = source.page(0)
    assert [field.kind for field in page.fields] == kinds
    if kinds:
        assert page.pictures == ()
        assert page.fields[0].box == pytest.approx((51.2, 90.4, 58.4, 97.6), abs=0.2)
