"""Gaps between columns."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.model import Gutter
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import mm, whole
from tests.handmade import TEXT, flow, page, para


def _gutter(gap: float, ruled: bool = False, size: float = 12) -> Gutter:
    return Gutter(Box(290, 100, 290 + mm(gap), 600), mm(gap), ruled, size, page=1)


@pytest.mark.parametrize(
    ("gap", "ruled", "answer"),
    [(5.0, False, "no"), (5.9, False, "yes"), (9.0, False, "yes"), (5.0, True, "yes"), (3.5, True, "no")],
)
def test_the_gap_is_measured_with_and_without_a_rule(gap: float, ruled: bool, answer: str) -> None:
    found = judged("column-gap", whole(page(gutters=(_gutter(gap, ruled),))))
    assert found.answer == answer
    assert found.counted == 1


def test_a_fault_says_the_gap_and_the_text_beside_it() -> None:
    right = para(TEXT, at=(300, 110), chars=30)
    found = judged("column-gap", whole(page(right, gutters=(_gutter(3.5),))))
    assert faults(found) == [("gap", 3.5)]
    assert "3.5 mm" in found.faults[0].message
    assert found.faults[0].excerpt.startswith("The bus to the town")


def test_under_two_ems_is_advice() -> None:
    found = judged("column-gap", whole(page(gutters=(_gutter(7.0, size=12),))))
    assert found.answer == "yes"
    assert [measure for measure, _ in hints(found)] == ["ems"]


def test_no_columns_is_not_applicable() -> None:
    assert judged("column-gap", whole(page(para(TEXT)))).answer == "na"


def test_a_section_without_a_layout_is_measured_by_its_setting() -> None:
    section = flow(TEXT)
    made = whole(replace(section, gutters=(Gutter(None, mm(12.5), path="section 1"),)))
    found = judged("column-gap", made)
    assert (found.answer, found.counted) == ("yes", 1)


def test_a_gap_that_is_no_number_is_asked() -> None:
    found = judged("column-gap", whole(page(gutters=(Gutter(None, float("nan")),))))
    assert (found.answer, found.cause) == ("ask", "unmeasured")
