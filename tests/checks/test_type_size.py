"""Type size: every run with a letter or digit, and what is left out."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clearprint.model import Page, Style
from clearprint.units import to_mm
from tests.checks.judged import faults, hints, judged, observed
from tests.handmade import TEXT, doc, face, flow, line, page, para


def _with_tail(text: str, tail: str, small: Style) -> Page:
    """A paragraph and a last span of its own style on its line."""
    made = page(para(TEXT, 14), line(text, 14))
    block = made.blocks[1]
    span = replace(block.spans[0], text=tail, style=small, words=())
    spans = (*block.spans, span)
    row = replace(block.lines[0], spans=spans, text=text + tail)
    return replace(made, blocks=(made.blocks[0], replace(block, spans=spans, text=text + tail, lines=(row,))))


def test_text_under_12_points_is_a_fault_at_its_place() -> None:
    found = judged("type-size", doc(page(para(TEXT, 14), line("Printed in May by the town clerk", 9))))
    assert found.answer == "no"
    assert faults(found) == [("size", 9)]
    assert found.faults[0].excerpt == "Printed in May by the town clerk"
    assert found.faults[0].box is not None


def test_a_paragraph_of_ten_lines_is_one_fault() -> None:
    found = judged("type-size", doc(page(para(TEXT * 3, 10))))
    assert found.fault_count == 1
    assert found.counted == sum(map(str.isalnum, TEXT * 3))


def test_14_points_is_well_and_12_is_advice() -> None:
    assert judged("type-size", doc(page(para(TEXT, 14)))).advice == ()
    found = judged("type-size", doc(page(para(TEXT, 12))))
    assert found.answer == "yes"
    assert hints(found) == [("size", 12)]


def test_the_room_for_error_makes_a_fault_advice() -> None:
    assert judged("type-size", doc(page(para(TEXT, 11.955)))).answer == "yes"
    assert judged("type-size", doc(page(para(TEXT, 11.9)))).answer == "no"


def test_small_letters_that_are_low_are_advice() -> None:
    low = page(para(TEXT, 14))
    blocks = tuple(
        replace(block, spans=tuple(replace(span, style=Style(face(x_height=0.38), 14)) for span in block.spans), lines=())
        for block in low.blocks
    )
    found = judged("type-size", doc(replace(low, blocks=blocks)))
    assert found.answer == "yes"
    assert hints(found) == [("x-height", pytest.approx(to_mm(0.38 * 14), abs=0.001))]


@pytest.mark.parametrize(
    ("tail", "small"),
    [
        ("2", Style(face(), 7, raised=True)),
        ("™", Style(face(), 7)),
        ("l", Style(face("Wingdings"), 8)),
        ("o", Style(face("Courier New"), 10)),
    ],
)
def test_marks_on_words_are_left_out(tail: str, small: Style) -> None:
    found = judged("type-size", doc(_with_tail("ten square metres m", tail, small)))
    assert found.answer == "yes", faults(found)


def test_a_raised_sentence_counts() -> None:
    small = Style(face(), 7, raised=True)
    found = judged("type-size", doc(_with_tail("Free ", "offer ends in May and terms apply", small)))
    assert faults(found) == [("size", 7)]


def test_a_live_logotype_is_advice_only() -> None:
    made = doc(page(para(TEXT, 14), line("Thornby Council", 8)))
    pages = tuple(replace(one, blocks=(one.blocks[0], replace(one.blocks[1], role="logotype"))) for one in made.pages)
    found = judged("type-size", replace(made, pages=pages))
    assert found.answer == "yes"
    assert ("size", 8) in hints(found)


def test_no_text_is_na() -> None:
    assert judged("type-size", doc(page(line("— •", 6)))).answer == "na"


def test_a_document_without_lines_is_measured() -> None:
    found = judged("type-size", doc(flow(TEXT, "Small print.", size=10)))
    assert faults(found) == [("size", 10), ("size", 10)]


def test_a_size_that_is_no_number_is_asked_about() -> None:
    found = judged("type-size", doc(flow(TEXT, size=float("nan"))))
    assert (found.answer, found.cause) == ("ask", "unmeasured")


@given(some.floats(12, 40), some.floats(1, 3))
def test_larger_type_never_turns_yes_into_no(size: float, factor: float) -> None:
    values = [item.value for item in observed("type-size", doc(page(line("Bus times", size * factor)))) if item.amount]
    assert values == [size * factor]
