"""From one column to the next."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.geometry import Box
from clearprint.model import Column, Gutter, Join, Page
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import mm, whole
from tests.handmade import TEXT, flow, line, page, para

COLUMNS = (Column(Box(50, 50, 280, 700), 30), Column(Box(310, 50, 540, 700), 30))


def _page(*pieces: Any, **join: Any) -> Page:
    facts = {"to_top": True, **join}
    return page(*pieces, columns=COLUMNS, joins=(Join(1, Box(50, 690, 280, 700), "and so on", **facts),))


def test_text_that_goes_on_at_the_top_is_well() -> None:
    found = judged("column-flow", whole(_page()))
    assert (found.answer, found.counted) == ("yes", 1)


def test_text_that_goes_on_elsewhere_is_a_fault() -> None:
    found = judged("column-flow", whole(_page(to_top=False)))
    assert faults(found) == [("flow", "elsewhere")]


@pytest.mark.parametrize("thing", ["picture", "box", "heading"])
def test_what_stands_across_the_columns_of_one_story_is_a_fault(thing: str) -> None:
    found = judged("column-flow", whole(_page(across=thing)))
    assert faults(found) == [("flow", f"{thing}-across")]
    assert thing in found.faults[0].message


def test_unequal_tops_and_widths_are_advice() -> None:
    found = judged("column-flow", whole(_page(top_difference=mm(12), width_difference=0.3)))
    assert found.answer == "yes"
    assert hints(found) == [("tops", 12.0), ("widths", 30.0)]


@pytest.mark.parametrize("words", ["Continued on page 7", "continues on p. 7", "Turn to page 12", "Parhad ar dudalen 4"])
def test_sending_the_reader_on_is_advice(words: str) -> None:
    assert hints(judged("column-flow", whole(_page(line(words))))) == [("sent", "on")]


def test_a_sentence_that_names_a_page_is_no_signpost() -> None:
    text = "If you want to know more about the buses, then turn to page 12 of the timetable that hangs in the shelter."
    assert hints(judged("column-flow", whole(_page(para(text))))) == []


def test_columns_that_carry_nothing_over_are_looked_at() -> None:
    found = judged("column-flow", whole(page(columns=COLUMNS)))
    assert (found.answer, found.counted) == ("yes", 1)


def test_one_column_is_not_applicable() -> None:
    assert judged("column-flow", whole(page(para(TEXT), columns=COLUMNS[:1]))).answer == "na"
    assert judged("column-flow", whole(flow(TEXT))).answer == "na"


def test_columns_without_a_layout_are_asked() -> None:
    section = replace(flow(TEXT), gutters=(Gutter(None, mm(8)),))
    found = judged("column-flow", whole(section))
    assert (found.answer, found.cause) == ("ask", "estimate")
