"""Turned and stacked text."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.model import Picture
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import whole
from tests.handmade import TEXT, line, page, para


@pytest.mark.parametrize(
    ("angle", "answer"), [(0, "yes"), (1.5, "yes"), (-1.5, "yes"), (3, "no"), (90, "no"), (-90, "no"), (359, "yes")]
)
def test_more_than_two_degrees_is_a_fault(angle: float, answer: str) -> None:
    found = judged("horizontal-text", whole(page(para(TEXT), line("Turned", angle=angle))))
    assert found.answer == answer


def test_letters_are_counted_and_the_fault_is_the_turned_run() -> None:
    found = judged("horizontal-text", whole(page(line("Straight"), line("Slanted", angle=-15))))
    assert found.counted == len("StraightSlanted")
    assert faults(found) == [("angle", 15)]
    assert found.faults[0].excerpt == "Slanted"


def test_two_letters_are_no_run_and_a_watermark_is_judged_elsewhere() -> None:
    made = page(para(TEXT), line("kg", angle=90), line("DRAFT", 80, angle=45, role="watermark"))
    assert judged("horizontal-text", whole(made)).answer == "yes"


def test_the_axis_of_a_chart_and_a_spine_are_advice() -> None:
    chart = Picture(Box(60, 90, 360, 290), "drawing", page=1)
    axis = page(line("Visitors a day", angle=90, in_picture=True, role="label", at=(72, 180)), pictures=(chart,))
    axis = replace(axis, blocks=(replace(axis.blocks[0], box=Box(72, 150, 84, 230)),))
    found = judged("horizontal-text", whole(axis))
    assert (found.answer, hints(found)) == ("yes", [("angle", 90)])
    spine = page(line("The Long Way", angle=-90))
    assert judged("horizontal-text", whole(spine, covers=frozenset({1}))).answer == "yes"
    assert judged("horizontal-text", whole(spine)).answer == "no"


@pytest.mark.parametrize(("x", "angle", "answer"), [(72, 90, "yes"), (180, 90, "no"), (72, 45, "no")])
def test_names_within_a_drawing_are_no_axis_titles(x: float, angle: float, answer: str) -> None:
    """The street of a map, the slanted word of a badge."""
    named = page(
        line("Victoria Road", angle=angle, in_picture=True, role="label"), pictures=(Picture(Box(60, 90, 360, 290), "drawing"),)
    )
    named = replace(named, blocks=(replace(named.blocks[0], box=Box(x, 150, x + 12, 230)),))
    assert judged("horizontal-text", whole(named)).answer == answer


def test_the_title_of_an_axis_may_stand_outside_its_chart() -> None:
    title = replace(page(line("Visitors a day", angle=90)).blocks[0], box=Box(70, 200, 82, 300))
    chart = Picture(Box(100, 150, 300, 350), "drawing", page=1)
    assert judged("horizontal-text", whole(replace(page(), blocks=(title,), pictures=(chart,)))).answer == "yes"
    far = replace(chart, box=Box(155, 150, 355, 350))
    assert judged("horizontal-text", whole(replace(page(), blocks=(title,), pictures=(far,)))).answer == "no"
    figures = replace(page(line("100,000")).blocks[0], box=Box(100, 240, 150, 252))
    assert judged("horizontal-text", whole(replace(page(), blocks=(title, figures), pictures=(far,)))).answer == "yes"


def test_a_page_turned_for_a_table_is_one_advice() -> None:
    cells = [line(f"Number {index}", angle=90, in_table=True, role="table") for index in range(20)]
    found = judged("horizontal-text", whole(page(*cells, line("12 of 40", role="folio"))))
    assert found.answer == "yes"
    assert hints(found) == [("angle", 90.0)]


def test_a_turned_page_without_a_table_is_a_fault() -> None:
    assert judged("horizontal-text", whole(page(para(TEXT, angle=90)))).answer == "no"


def test_stacked_letters_are_a_fault_but_not_upright_columns() -> None:
    sign = line("OPEN", stacked=True)
    assert faults(judged("horizontal-text", whole(page(para(TEXT), sign)))) == [("stacked", "stacked")]
    made = page(sign)
    (block,) = made.blocks
    (row,) = block.lines
    words = tuple(replace(word, vertical=True) for word in row.words)
    upright = replace(block, lines=(replace(row, spans=(replace(row.spans[0], words=words),)),))
    assert judged("horizontal-text", whole(replace(made, blocks=(upright,)))).answer == "yes"


def test_no_text_is_not_applicable() -> None:
    assert judged("horizontal-text", whole(page(), letters=0)).answer == "na"


def test_a_run_turned_inside_its_line_is_a_fault() -> None:
    assert faults(judged("horizontal-text", whole(page(para(TEXT, turned=5))))) == [("angle", 90.0)]
    assert faults(judged("horizontal-text", whole(page(para(TEXT, turned=2))))) == []
