"""Lines and frames of a PDF page, from its painted paths."""

from __future__ import annotations

import math
from itertools import pairwise
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearprint.formats.pdf import frame_of
from clearprint.formats.pdf_vectors import Vectors, painted_paths, that_show, vectors_of, without_repeats
from clearprint.geometry import Box
from clearprint.model import Job, Stroke
from clearprint.readers import open_source
from tests.raw_pdf import image, line, raw_pdf
from tests.rewritten import turned

WHITE = (1.0, 1.0, 1.0)


def painted(path: str) -> Vectors:
    document = pymupdf.open()
    page = document.new_page(width=300, height=300)
    document.update_stream(_contents(document, page), path.encode())
    return vectors_of(frame_of(page, 1.0), painted_paths(page))


def _contents(document: pymupdf.Document, page: pymupdf.Page) -> int:
    xref = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, b" ")
    page.set_contents(xref)
    return xref


def test_a_frame_painted_as_bevelled_bands_is_four_lines() -> None:
    top_left = "0.5 g 50 250 m 250 250 l 248 248 l 52 248 l 52 202 l 50 200 l f "
    bottom_right = "0.8 g 250 250 m 250 200 l 50 200 l 52 202 l 248 202 l 248 248 l f"
    found = painted(top_left + bottom_right)
    assert not found.shapes
    assert [(round(s.box.x0), round(s.box.y0), round(s.box.x1), round(s.box.y1)) for s in found.strokes] == [
        (50, 50, 250, 52),
        (50, 50, 52, 100),
        (248, 50, 250, 100),
        (50, 98, 250, 100),
    ]


@pytest.mark.parametrize(
    "path",
    [
        "0 g 50 250 m 250 250 l 150 225 l 52 248 l 52 202 l 50 200 l f",  # a wedge reaches into its box
        "0 g 50 250 m 250 250 l 248 210 l 150 202 l 52 202 l 50 200 l f",  # a full shape with a slanted foot
    ],
)
def test_other_polygons_stay_drawings(path: str) -> None:
    found = painted(path)
    assert len(found.shapes) == 1
    assert not found.strokes


@settings(max_examples=40, deadline=None)
@given(
    first=st.integers(0, 3),
    backwards=st.booleans(),
    by_hand=st.booleans(),
    turn=st.sampled_from([0, 90, 180, 270]),
    paint=st.sampled_from(["f", "f*", "s", "b", "W n 0 0 300 300 re f"]),
)
def test_a_rectangle_is_one_item_whichever_way_it_is_drawn(
    first: int, backwards: bool, by_hand: bool, turn: int, paint: str
) -> None:
    corners = [(40, 50), (140, 50), (140, 90), (40, 90)]
    corners = corners[first:] + corners[:first]
    if backwards:
        corners.reverse()
    points = " l ".join(f"{x} {y}" for x, y in corners).replace(" l ", " m ", 1)
    path = f"{points} l h" if by_hand else "40 50 100 40 re"
    data = raw_pdf(f"0.3 g 1 0 0 RG {path} {paint}", media="0 0 300 300")
    data = turned(turn)(data) if turn else data
    with pymupdf.open("pdf", data) as document:
        page = document[0]
        frame = frame_of(page, 1.0)
        items = painted_paths(page)[-1 if "W" not in paint else -2]["items"]
        assert [item[0] for item in items] == ["re"]
        assert [round(value) for value in frame.box(items[0][1])] == [40, 210, 140, 250]


@settings(max_examples=20, deadline=None)
@given(corners=st.integers(5, 12), closing=st.sampled_from(["", "h", "again"]), outlines=st.integers(1, 3))
def test_a_filled_outline_has_as_many_sides_whether_it_is_closed_or_left_to_the_fill(
    corners: int, closing: str, outlines: int
) -> None:
    path = ""
    for number in range(outlines):
        turns = [2 * math.pi * corner / corners for corner in range(corners)]
        points = [(60 + 80 * number + 30 * math.cos(turn), 150 + 30 * math.sin(turn)) for turn in turns]
        points += points[:1] if closing == "again" else []
        path += (
            " l ".join(f"{x:.3f} {y:.3f}" for x, y in points).replace(" l ", " m ", 1) + f" l {closing.replace('back', '')} "
        )
    (shape,) = painted(f"0.3 g {path} f").shapes
    assert shape.items == corners * outlines


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_picture_under_a_tint_is_not_on_the_paper_however_the_page_is_turned(turn: int, tmp_path: Path) -> None:
    content = "q 80 0 0 60 20 20 cm /Im Do Q 0.96 0.92 0.9 rg 0 0 400 300 re f " + line("Over the tint", 150, 200)
    data = raw_pdf(content, resources="/XObject << /Im 6 0 R >>", objects=[image(40, 30)])
    file = tmp_path / "covered.pdf"
    file.write_bytes(turned(turn)(data) if turn else data)
    with open_source(file, Job()) as source:
        assert source.page(0).pictures == ()


def test_a_white_line_is_seen_only_on_what_is_not_white() -> None:
    white = Stroke(Box(10, 10, 11, 90), 1.0, False, WHITE)
    black = Stroke(Box(20, 10, 21, 90), 1.0, False, (0.0, 0.0, 0.0))
    assert that_show([white, black], []) == [black]
    assert that_show([white, black], [Box(40, 0, 60, 100)]) == [black]
    assert that_show([white, black], [Box(0, 0, 60, 100)]) == [white, black]


def test_white_borders_on_white_paper_are_no_rules_of_a_page(tmp_path: Path) -> None:
    document = pymupdf.open()
    page = document.new_page(width=300, height=300)
    page.draw_rect((0, 0, 300, 300), color=None, fill=WHITE)
    page.draw_line((150, 50), (150, 250), color=WHITE, width=1)
    page.draw_line((50, 270), (250, 270), color=(0, 0, 0), width=1)
    file = tmp_path / "borders.pdf"
    document.save(file)
    with open_source(file, Job()) as source:
        assert [round(stroke.box.y0) for stroke in source.page(0).strokes] in ([269], [270])


def test_a_fill_painted_again_and_again_counts_once_but_not_with_something_between() -> None:
    fill = {"type": "f", "rect": (1.0, 2.0, 30.0, 4.0), "fill": (0.0, 0.0, 0.0), "fill_opacity": 1.0, "level": 0, "items": []}
    again = [{**fill, "seqno": number} for number in (3, 4, 5, 7)]  # 6 is text
    assert [drawing["seqno"] for drawing in without_repeats(again)] == [3, 7]
    faint = [{**fill, "seqno": number, "fill_opacity": 0.5} for number in (3, 4)]
    assert without_repeats(faint) == faint  # twice half is darker


def _rounded(x0: float, y0: float, x1: float, y1: float, radius: float, pieces: int) -> str:
    """A path round a box whose corners are turned in so many curves each."""
    left, right, low, high = x0 + radius, x1 - radius, y0 + radius, y1 - radius
    corners = [(right, high, 90), (right, low, 0), (left, low, -90), (left, high, -180)]
    path = f"{x0 + radius} {y1} m"
    reach = 4 / 3 * math.tan(math.pi / 8 / pieces) * radius
    for x, y, start in corners:
        turns = [math.radians(start - 90 * part / pieces) for part in range(pieces + 1)]
        at = [(x + radius * math.cos(a), y + radius * math.sin(a), reach * math.sin(a), reach * math.cos(a)) for a in turns]
        path += f" {at[0][0]} {at[0][1]} l"
        for (xa, ya, dxa, dya), (xb, yb, dxb, dyb) in pairwise(at):
            path += f" {xa + dxa} {ya - dya} {xb - dxb} {yb + dyb} {xb} {yb} c"
    return path + " h"


@pytest.mark.parametrize("pieces", [1, 2, 8])
@pytest.mark.parametrize("radius", [9, 40])
@pytest.mark.parametrize(("paint", "outlined"), [("f", False), ("S", True)])
def test_a_box_with_rounded_corners_is_a_panel_in_however_many_curves_they_turn(
    pieces: int, radius: float, paint: str, outlined: bool
) -> None:
    found = painted(f"0.9 0.8 1 rg {_rounded(50, 100, 250, 200, radius, pieces)} {paint}")
    assert not found.shapes
    (panel,) = found.panels
    assert panel.outlined == outlined
    assert panel.box.shared_area(Box(50, 100, 250, 200)) > 0.97 * panel.box.area


def test_many_curves_along_a_side_are_no_rounded_corners() -> None:
    waves = " ".join(f"{x - 3} 96 {x - 7} 96 {x - 10} 100 c" for x in range(250, 50, -10))
    assert len(painted(f"0.9 g 50 100 m 50 200 l 250 200 l 250 100 l {waves} h f").shapes) == 1


@pytest.mark.parametrize(("top", "pieces"), [(200, 8), (200, 1), (118, 8), (118, 1)])
def test_a_filled_ring_with_rounded_corners_is_a_frame(top: float, pieces: int) -> None:
    ring = _rounded(50, 100, 250, top, 8, pieces) + " " + _rounded(52, 102, 248, top - 2, 6, pieces)
    found = painted(f"0.3 g {ring} f*")
    assert (len(found.panels), len(found.shapes)) == (1, 0)
    assert found.panels[0].fill is None
    assert found.panels[0].outlined


def test_a_box_with_crumbs_at_its_corners_is_a_panel_and_a_house_is_none() -> None:
    crumb = "200 140 m 50 140 l 50 170 l 48 170 l 50 172 l 50 170 l 200 170 l 200 140 l h"
    found = painted(f"0.9 g {crumb} 200 140 m 202 140 l 200 138 l h f")
    assert len(found.panels) == 1
    assert not found.shapes
    house = painted("0.9 g 50 100 m 200 100 l 200 180 l 125 210 l 50 180 l h f")  # it covers 86 % of its box
    assert not house.panels
    assert len(house.shapes) == 1


def test_dashes_all_round_a_box_are_a_frame_and_on_three_sides_are_not() -> None:
    level = " ".join(
        f"{x} {y} m {x + 4} {y} l {x + 4} {y + 1} l {x} {y + 1} l h" for y in (100, 199) for x in range(50, 250, 8)
    )
    left = " ".join(f"50 {y} m 51 {y} l 51 {y + 4} l 50.2 {y + 4.5} l h" for y in range(104, 196, 8))
    right = left.replace("50 ", "249 ").replace("51 ", "250 ").replace("50.2 ", "249.2 ")
    assert [panel.outlined for panel in painted(f"0 g {level} {left} {right} f").panels] == [True]
    assert not painted(f"0 g {level} {left} f").panels


def test_dashes_filled_as_one_path_are_a_line_and_a_row_of_letters_is_not() -> None:
    dashes = " ".join(f"{x} 100 m {x + 4} 100 l {x + 4} 102 l {x} 102 l" for x in range(50, 250, 8))
    (line,) = painted(f"0 g {dashes} f").strokes
    assert (line.horizontal, line.width) == (True, pytest.approx(2.0, abs=0.01))
    slanted = dashes.replace("102 l", "102.5 l", 1)
    assert len(painted(f"0 g {slanted} f").shapes) == 1
