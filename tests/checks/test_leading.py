"""Leading: baseline to baseline over the type size, inside one paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from clearprint.model import Role
from tests.checks.judged import faults, hints, judged, observed
from tests.handmade import TEXT, Document, doc, flow, line, page, para


def _as(role: Role, document: Document) -> Document:
    (only,) = document.pages
    blocks = tuple(replace(block, role=role) for block in only.blocks)
    return replace(document, pages=(replace(only, blocks=blocks),))


@pytest.mark.parametrize(
    ("size", "leading", "answer", "advice"),
    [
        (12, 12, "no", 0),
        (12, 13.5, "no", 0),
        (12, 13.65, "yes", 1),  # within room of 1.14
        (12, 13.8, "yes", 1),
        (12, 15, "yes", 0),
        (12, 24, "yes", 0),
        (12, 25, "yes", 1),
        (20, 22, "yes", 1),  # from 14 pt up two points more are enough
        (20, 21, "no", 0),
        (13, 14.5, "no", 0),
    ],
)
def test_the_pitch_over_the_size_decides(size: float, leading: float, answer: str, advice: int) -> None:
    found = judged("leading", _as("body", doc(page(para(TEXT, size, leading=leading)))))
    assert (found.answer, len(found.advice)) == (answer, advice), found.reason


def test_headings_may_stand_closer_as_long_as_they_do_not_touch() -> None:
    for leading, answer in ((22, "yes"), (19, "no")):
        made = doc(page(para(["A walk round the old", "town of Thornby"], 20, leading=leading)))
        assert judged("leading", _as("heading", made)).answer == answer


def test_one_line_has_no_leading() -> None:
    assert judged("leading", doc(page(line("Bus times", 12)))).answer == "na"
    assert judged("leading", doc(flow("Bus times", size=12))).answer == "na"


def test_a_pitch_that_is_not_known_is_asked_about() -> None:
    found = judged("leading", doc(flow(TEXT, size=12)))
    assert (found.answer, found.cause) == ("ask", "unmeasured")


def test_its_own_measuring_error_makes_a_fault_advice() -> None:
    made = page(para(TEXT, 12, leading=13.2, leading_error=0.6))
    found = judged("leading", doc(made))
    assert faults(found) == []
    assert hints(found) == [("ratio", 1.1)]


@given(some.floats(0.5, 4))
def test_scaling_a_page_leaves_the_ratio(factor: float) -> None:
    (seen,) = observed("leading", doc(page(para(TEXT, 12 * factor, leading=15 * factor))))
    assert seen.value == pytest.approx(1.25)


@pytest.mark.parametrize(
    ("rows", "answer"), [(["4", "V = πr3", "3"], "na"), (["for item in basket:", "price = item.price", "total"], "no")]
)
def test_a_fraction_has_no_leading_and_a_listing_has(rows: list[str], answer: str) -> None:
    assert judged("leading", _as("code", doc(page(para(rows, 14, leading=9.8))))).answer == answer
