"""Overlaps, what lies behind text, families, sizes, margins, coverage, boxes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.geometry import Box
from clearprint.model import Extent, Face, FaceUse, Field, Job, Overlap, Panel, Place, Stroke
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import mm, whole
from tests.handmade import TEXT, flow, line, page, para

SPOT = Place(1, Box(72, 100, 300, 120), "The bus to the town")
OVER = (Overlap(SPOT, "Sold out"),)


def test_a_plain_page_is_well() -> None:
    found = judged("page-layout", whole(page(para(TEXT)), page(para(TEXT))))
    assert (found.answer, found.counted) == ("yes", 2)
    assert hints(found) == []


def test_text_over_text_is_a_fault_even_on_covers_and_forms() -> None:
    made = page(para(TEXT), overlaps=OVER)
    for facts in ({}, {"covers": frozenset({1})}, {"job": Job(kind="form")}):
        found = judged("page-layout", whole(made, **facts))
        assert faults(found) == [("overlap", "text")]
        assert "Sold out" in found.faults[0].message


@pytest.mark.parametrize(("stage", "answer"), [(None, "no"), ("final", "no"), ("draft", "yes")])
def test_a_watermark_is_advice_in_a_declared_draft(stage: str | None, answer: str) -> None:
    mark = line("DRAFT", 80, at=(100, 90), role="watermark")
    made = page(mark, para(TEXT), text_behind=(SPOT,), overlaps=(Overlap(SPOT, "DRAFT"),))
    found = judged("page-layout", whole(made, job=Job(stage=stage)))
    assert found.answer == answer
    assert len(found.faults) + len(found.advice) >= 2


def test_a_picture_behind_text_is_a_fault_but_not_on_a_cover() -> None:
    made = page(para(TEXT), text_behind=(SPOT,))
    assert faults(judged("page-layout", whole(made))) == [("behind", "picture")]
    assert judged("page-layout", whole(made, covers=frozenset({1}))).answer == "yes"


def _families(**letters: int) -> dict[str, Any]:
    names = {name.replace("_", " "): count for name, count in letters.items()}
    faces = tuple(FaceUse(Face(name, name), count, place=Place(1, None, name)) for name, count in names.items())
    return {"letters_by_family": tuple(names.items()), "faces": faces}


def test_a_fourth_family_is_a_fault_and_a_third_advice() -> None:
    three = judged("page-layout", whole(page(para(TEXT)), **_families(Arial=700, Georgia=200, Lato=100)))
    assert three.answer == "yes"
    assert hints(three) == [("family", 10.0)]
    four = judged("page-layout", whole(page(para(TEXT)), **_families(Arial=700, Georgia=100, Lato=100, Courier=100)))
    assert [measure for measure, _ in faults(four)] == ["family"]
    assert "number 4" in four.faults[0].message


def test_a_family_that_sets_little_is_not_counted() -> None:
    found = judged("page-layout", whole(page(para(TEXT)), **_families(Arial=900, Georgia=60, Lato=20, Courier=20)))
    assert (found.answer, hints(found)) == ("yes", [])


def test_arial_unicode_and_arial_narrow_are_arial() -> None:
    letters = _families(Arial=400, Arial_Unicode_MS=200, Arial_Narrow=200, Georgia=200)
    assert judged("page-layout", whole(page(para(TEXT)), **letters)).advice == ()


def test_sizes_margins_coverage_and_frames_are_advice() -> None:
    sizes = [line("Words", size) for size in (10, 12, 14, 16, 18, 20)]
    strokes = tuple(Stroke(Box(72, 500 + 10 * i, 300, 500 + 10 * i), 1.0, True) for i in range(9))
    made = page(*sizes, margins=(mm(8), mm(20), mm(20), mm(20)), coverage=0.8, strokes=strokes)
    found = judged("page-layout", whole(made))
    assert found.answer == "yes"
    assert dict(hints(found)) == {"sizes": 6, "margin": 8.0, "coverage": 80.0, "frames": 9}


def test_rules_of_tables_and_forms_are_no_frames() -> None:
    cells = [line("Cell", at=(80, 500 + 12 * i), in_table=True) for i in range(10)]
    strokes = tuple(Stroke(Box(78, 498 + 12 * i, 110, 498 + 12 * i), 1.0, True) for i in range(10))
    assert hints(judged("page-layout", whole(page(*cells, strokes=strokes)))) == []
    fields = tuple(Field("line", Box(72, 100 + 40 * i, 300, 130 + 40 * i), 30, 228) for i in range(9))
    rules = tuple(Stroke(Box(72, 130 + 40 * i, 300, 130 + 40 * i), 1.0, True) for i in range(9))
    assert hints(judged("page-layout", whole(page(line("Name"), fields=fields, strokes=rules)))) == []


def test_a_box_and_its_own_edges_are_one_frame() -> None:
    box = Box(72, 100, 300, 300)
    panels = (Panel(box, outlined=True),)
    strokes = tuple(Stroke(edge, 1.0, True) for edge in (Box(72, 100, 300, 100), Box(72, 300, 300, 300)))
    from clearprint.checks.page_layout import on_page

    made = whole(page(para(TEXT), panels=panels, strokes=strokes))
    counts = [seen.value for seen in on_page(made.pages[0], made.survey) if seen.measure == "frames"]
    assert counts == [1]


def test_white_boxes_on_white_paper_are_no_frames() -> None:
    from clearprint.checks.page_layout import on_page

    white = tuple(Panel(Box(72, 100 + 40 * i, 300, 130 + 40 * i), fill=(1.0, 1.0, 1.0)) for i in range(9))
    tint = Panel(Box(60, 90, 310, 480), fill=(0.8, 0.9, 0.8))
    for panels, frames in ((white, 0), ((tint, *white), 1)):
        made = whole(page(para(TEXT), panels=panels))
        assert [seen.value for seen in on_page(made.pages[0], made.survey) if seen.measure == "frames"] == [frames]


def test_a_blank_page_is_not_counted() -> None:
    assert judged("page-layout", whole(page(state="blank"), page(para(TEXT)))).counted == 1


def test_text_without_a_layout_is_asked_only_where_something_may_lie_over_it() -> None:
    assert judged("page-layout", whole(flow(TEXT))).answer == "yes"
    found = judged("page-layout", whole(replace(flow(TEXT), loose=(Place(path="Paragraph 2"),))))
    assert (found.answer, found.cause) == ("ask", "estimate")


def test_a_picture_behind_text_without_a_layout_is_a_fault_unless_its_page_may_be_a_cover() -> None:
    over = replace(flow(TEXT), text_behind=(Place(path="Paragraph 1"),))
    pages = Extent(6, 6, 7)
    found = judged("page-layout", whole(over, extent=Extent(6, 6, 6), counted_extent=Extent(6, 6, 6)))
    assert faults(found) == [("behind", "picture")]
    assert judged("page-layout", whole(over, extent=pages, counted_extent=Extent(5, 5, 6))).answer == "ask"
