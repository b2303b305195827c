"""Charts of PDF pages: however their lines are painted, the thinnest line of their data is found, and no other drawing's."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from clearprint.model import Job, Picture
from clearprint.readers import open_source
from tests.raw_pdf import line, raw_pdf, saved

HEIGHTS = (20, 60, 45, 90, 70, 110, 95, 140)
POINTS = [(70 + 35 * at, 70 + height) for at, height in enumerate(HEIGHTS)]
AXES = ".5 w 60 60 m 330 60 l S 60 60 m 60 230 l S "
GRID = ".25 w " + "".join(f"60 {60 + 30 * at} m 330 {60 + 30 * at} l S " for at in range(6))
FRAME = ".5 w 60 60 270 180 re S "
POLYLINE = "".join(f"{x} {y} {'l' if at else 'm'} " for at, (x, y) in enumerate(POINTS)) + "S "
SEGMENTS = "".join(f"{x} {y} m {u} {v} l S " for (x, y), (u, v) in pairwise(POINTS))
CURVE = f"{POINTS[0][0]} {POINTS[0][1]} m " + "".join(
    f"{x + 12} {y} {u - 12} {v} {u} {v} c " for (x, y), (u, v) in pairwise(POINTS)
)
ENLARGED = "".join(f"{4 * x} {4 * y} {'l' if at else 'm'} " for at, (x, y) in enumerate(POINTS)) + "S "
DEEP_AXES = ".5 w 60 60 m 330 60 l S 60 60 m 60 280 l S "
FLAT_POINTS = [(x, 170 + y / 4) for x, y in POINTS]
FLAT = "".join(f"{x} {y} {'l' if at else 'm'} " for at, (x, y) in enumerate(FLAT_POINTS)) + "S "
FLAT_SEGMENTS = "".join(f"{x} {y} m {u} {v} l S " for (x, y), (u, v) in pairwise(FLAT_POINTS))
LABELS = " 0 g " + "".join(line(str(2000 + at), 62 + 35 * at, 45, 9) for at in range(8))
LABELS += "".join(line(str(10 * at), 40, 57 + 30 * at, 9) for at in range(6))
FINE = ".25 w 1 0 0 RG "


def drawings(folder: Path, content: str) -> list[Picture]:
    with open_source(saved(folder, raw_pdf(content)), Job()) as source:
        return [item for item in source.page(0).pictures if item.kind == "drawing"]


@pytest.mark.parametrize(
    ("content", "thinnest"),
    [
        (AXES + FINE + POLYLINE, 0.25),
        (AXES + FINE + SEGMENTS, 0.25),
        (AXES + FINE + CURVE + "S ", 0.25),
        (GRID + FINE + POLYLINE, 0.25),
        (GRID + "1 w 1 0 0 RG " + POLYLINE, 1.0),  # the lines of the grid may be fine
        (FRAME + FINE + POLYLINE, 0.25),
        (AXES + "[3 2] 0 d " + FINE + POLYLINE + "[] 0 d ", 0.25),
        (AXES + "1 w 1 0 0 RG " + POLYLINE + ".25 w 0 0 1 RG " + SEGMENTS, 0.25),
        (AXES + "q .25 0 0 .25 0 0 cm 1 w 1 0 0 RG " + ENLARGED + "Q ", 0.25),
        (AXES + "0 w 1 0 0 RG " + POLYLINE, 0.0),
        (AXES + FINE + "70 90 m 320 200 l S 70 120 m 320 100 l S ", 0.25),
        (AXES + "q 60 60 270 180 re W n " + FINE + POLYLINE + "Q ", 0.25),
        (AXES + "1 w 1 0 0 RG " + POLYLINE, 1.0),
        (DEEP_AXES + FINE + FLAT, 0.25),  # data that do not reach down to the axis
        (DEEP_AXES + FINE + FLAT_SEGMENTS, 0.25),
    ],
)
def test_the_thinnest_line_of_the_data(tmp_path: Path, content: str, thinnest: float) -> None:
    (chart,) = drawings(tmp_path, content + LABELS)
    assert (chart.use, chart.thinnest) == ("picture", pytest.approx(thinnest))


PARAGRAPH = "".join(line("words that end here", 2, 232 - 14 * at, 6) for at in range(12))
CAPTION = line("A path through the wood, drawn in June", 62, 46, 9)


@pytest.mark.parametrize(
    "content",
    [
        FINE + POLYLINE + LABELS,  # no axes
        FRAME + FINE + SEGMENTS + " 0 g " + PARAGRAPH + CAPTION,  # a framed drawing beside text
        GRID + FINE + SEGMENTS + " 0 g " + PARAGRAPH,  # lines to write on, struck through
        DEEP_AXES + FINE + FLAT,  # a line high above two that meet, and no labels
        AXES + FINE + SEGMENTS + " 0 g " + CAPTION,  # two lines that meet: a corner of a room
    ],
)
def test_other_drawings_may_have_fine_lines(tmp_path: Path, content: str) -> None:
    assert [item.thinnest for item in drawings(tmp_path, content)] == [None]


def test_a_chart_in_pieces_needs_labels_along_its_foot_alone(tmp_path: Path) -> None:
    foot = " 0 g " + "".join(line(str(2000 + at), 62 + 35 * at, 45, 9) for at in range(8))
    (chart,) = drawings(tmp_path, DEEP_AXES + FINE + FLAT_SEGMENTS + foot)
    assert (chart.use, chart.thinnest) == ("picture", pytest.approx(0.25))
    assert chart.box is not None
    assert chart.box.height > 200
