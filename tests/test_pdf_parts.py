"""Drawings of a PDF page: the boxes that are parts of them, discs cut by a clip, charts with their axes."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from clearprint.geometry import Box
from clearprint.model import Job, Page
from clearprint.readers import open_source

DISC = "{x} {y} m {x} {t} {x} {t} {m} {t} c {r} {t} {r} {t} {r} {y} c {r} {b} {r} {b} {m} {b} c {x} {b} {x} {b} {x} {y} c "


def disc(x: float, y: float, size: float) -> str:
    """A round path of that size, its middle at (x, y) from the foot of the page."""
    half = size / 2
    return DISC.format(x=x - half, y=y, m=x, r=x + half, t=y + half, b=y - half)


def read(tmp_path: Path, paint: str, *texts: tuple[float, float, str]) -> Page:
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    xref = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, paint.encode())
    page.set_contents(xref)
    for x, y, text in texts:
        page.insert_text((x, y), text, fontsize=12)
    path = tmp_path / "page.pdf"
    document.save(path)
    with open_source(path, Job()) as source:
        return source.page(0)


def boxes(page: Page, use: str = "picture") -> list[tuple[int, ...]]:
    return [tuple(map(round, picture.box)) for picture in page.pictures if picture.box and picture.use == use]


HEAD = "0.4 g " + disc(150, 600, 40) + "f "
ARROW = "0.6 0 0 rg 190 560 m 220 575 l 190 590 l f "
BODY = "0.4 g 110 530 80 46 re f "
TEXT = (72, 100, "Bring your ticket when you come to the library.")


def test_a_box_without_words_is_part_of_the_drawing_it_touches(tmp_path: Path) -> None:
    page = read(tmp_path, HEAD + ARROW + BODY, TEXT)
    assert boxes(page) == [(110, 222, 220, 312)]
    assert page.panels == ()


def test_a_box_with_words_is_none_nor_are_cells_or_pale_boxes(tmp_path: Path) -> None:
    assert len(read(tmp_path, HEAD + ARROW + BODY, TEXT, (120, 285, "Rhyl")).panels) == 1
    cells = "0.4 g 110 530 80 46 re f 190 530 80 46 re f "
    assert len(read(tmp_path, HEAD + ARROW + cells, TEXT).panels) == 2
    assert len(read(tmp_path, HEAD + ARROW + BODY.replace("0.4 g", "0.95 g"), TEXT).panels) == 1


def test_a_small_sign_on_a_tint_is_an_icon(tmp_path: Path) -> None:
    sign = "0.9 0.6 0.1 rg 100 530 60 60 re f 0.2 g " + disc(120, 560, 14) + disc(130, 560, 6) + disc(138, 556, 5) + "f "
    page = read(tmp_path, sign, TEXT)
    assert page.pictures == ()
    assert len(page.panels) == 1
    beside = read(tmp_path, sign + "0.9 0.6 0.1 rg 160 545 30 30 re f ", TEXT)
    assert boxes(beside) == [(100, 252, 190, 312)]


def test_discs_that_a_clip_cuts_are_a_drawing_and_one_alone_is_ground(tmp_path: Path) -> None:
    def cut(x: float, y: float) -> str:
        return f"q {disc(x, y, 80)} W n 0.8 0.2 0.2 rg {x - 60} {y - 60} 120 120 re f Q "

    page = read(tmp_path, cut(150, 600) + cut(200, 600) + cut(175, 640), TEXT)
    assert (page.panels, boxes(page)) == ((), [(110, 162, 240, 282)])
    page = read(tmp_path, cut(150, 600), TEXT)
    assert (page.panels, boxes(page), boxes(page, "ground")) == ((), [], [(110, 202, 190, 282)])


def test_a_rounded_box_cut_by_a_clip_stays_a_box(tmp_path: Path) -> None:
    rounded = (
        "110 600 m 290 600 l 295 600 300 605 300 610 c 300 690 l 300 695 295 700 290 700 c 110 700 l "
        "105 700 100 695 100 690 c 100 610 l 100 605 105 600 110 600 c h "
    )
    page = read(tmp_path, f"q {rounded} W n 0.2 0.2 0.6 rg 90 590 220 120 re f Q", TEXT)
    assert [tuple(map(round, panel.box)) for panel in page.panels] == [(100, 142, 300, 242)]


def test_what_only_edges_a_panel_is_no_drawing(tmp_path: Path) -> None:
    torn = "72 700 m 100 701 l 200 700 l 300 701 l 400 700 l 401 720 l 400 740 l 401 760 l 400 780 l 72 780 l 71 750 l "
    paint = f"0.9 g 72 700 328 80 re f {torn} 71 740 l 72 730 l 71 720 l 72 710 l 71 706 l 72 704 l f"
    page = read(tmp_path, paint, TEXT)
    assert boxes(page) == []
    assert len(page.panels) == 1
    assert len(boxes(read(tmp_path, paint))) == 1  # with no text on it: a logo


def test_the_white_of_an_eye_makes_a_drawing_of_two_shapes(tmp_path: Path) -> None:
    lid = "0.2 0.2 0.5 rg " + disc(200, 600, 120) + "f "
    pupil = "0.2 g " + disc(200, 600, 30) + "f "
    assert boxes(read(tmp_path, lid + pupil, TEXT)) == []
    assert boxes(read(tmp_path, lid + "1 g " + disc(200, 600, 60) + "f " + pupil, TEXT)) == [(140, 182, 260, 302)]


def test_a_chart_reaches_to_its_axes(tmp_path: Path) -> None:
    axes = "0 G 0.5 w 150 500 m 350 500 l S 150 500 m 150 650 l S "
    curve = "1 0 0 RG 170 520 m 200 540 l 230 590 l 260 600 l 320 630 l S "
    page = read(tmp_path, axes + curve + curve.replace("590", "560"), TEXT)
    (box,) = [picture.box for picture in page.pictures]
    assert box is not None
    assert Box(149, 191, 351, 343).contains(box)
    assert box.contains(Box(150.5, 192.5, 349.5, 341.5))


def mark(foot: float, x: float = 150.0, size: float = 40.0) -> str:
    """A drawn mark of rings, so many points each way."""
    rings = "".join(disc(x, foot + size / 2, part * size) for part in (1.0, 0.7, 0.3))
    return f"0.2 0.4 0.7 rg {rings}f* 0 g {disc(x, foot + size / 2, 6)}f "


@pytest.mark.parametrize(
    ("paint", "use"),
    [
        (mark(780), ["logo"]),
        (mark(10), ["logo"]),
        (mark(500), ["picture"]),  # in the middle of the page it says something
        (mark(780) + mark(780, 350), ["picture", "picture"]),  # signs of one size
        (mark(82) + mark(5, size=34), ["logo", "picture"]),  # another stands between it and the edge
        (mark(780) + mark(500, 100, 50) + mark(500, 250, 45) + mark(300, size=42), ["picture"] * 4),  # one of a series
        (mark(780) + mark(500, 100, 90) + mark(500, 250, 95) + mark(300, size=99), ["logo", *["picture"] * 3]),
    ],
)
def test_a_drawn_mark_in_the_head_or_foot_of_a_page_is_a_logo(tmp_path: Path, paint: str, use: list[str]) -> None:
    page = read(tmp_path, paint, TEXT)
    assert sorted(item.use for item in page.pictures) == use
