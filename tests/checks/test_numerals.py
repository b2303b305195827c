"""Numerals: one observation a face that sets figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.model import Digits, FaceUse, Place, Survey
from tests.checks.judged import faults, hints, judged, observed
from tests.handmade import TEXT, Document, doc, face, page, para

PLAIN = Digits(distinctness=0.1, worst_pair="3/8", thin_to_thick=0.8)


def _faces(*uses: FaceUse) -> Document:
    made = doc(page(para(TEXT, 14)))
    survey: Survey = replace(made.survey, faces=uses)
    return replace(made, survey=survey)


def _use(digits: Digits | None, count: int = 100, tables: int = 0, family: str = "Arial") -> FaceUse:
    return FaceUse(face(family, digits=digits), 500, count, 12.0, tables, Place(1, None, "0207"))


def test_plain_figures_pass() -> None:
    found = judged("numerals", _faces(_use(PLAIN)))
    assert (found.answer, found.counted, found.advice) == ("yes", 100, ())


@pytest.mark.parametrize(
    ("changed", "wanted"),
    [
        ({"distinctness": 0.045}, ("distinctness", 0.045)),
        ({"nearest": 0.01}, ("nearest", 0.01)),
        ({"thin_to_thick": 0.17}, ("thin-to-thick", 0.17)),
        ({"hairline": True}, ("hairline", True)),
    ],
)
def test_figures_that_are_alike_or_thin_are_faults(changed: dict[str, float], wanted: object) -> None:
    assert faults(judged("numerals", _faces(_use(replace(PLAIN, **changed))))) == [wanted]  # type: ignore[arg-type]


@pytest.mark.parametrize("fact", ["old_style", "one_like_l"])
def test_old_style_and_look_alikes_are_advice(fact: str) -> None:
    found = judged("numerals", _faces(_use(replace(PLAIN, **{fact: True}))))  # type: ignore[arg-type]
    assert found.answer == "yes"
    assert hints(found) == [(fact.replace("_", "-"), True)]


def test_unequal_figures_matter_in_tables_only() -> None:
    uneven = replace(PLAIN, proportional=True)
    assert hints(judged("numerals", _faces(_use(uneven)))) == []
    assert hints(judged("numerals", _faces(_use(uneven, tables=30)))) == [("proportional", True)]


def test_a_face_without_figures_is_left_out() -> None:
    assert judged("numerals", _faces(_use(None, 0))).answer == "na"


def test_a_measured_face_that_sets_no_pair_to_confuse_is_well() -> None:
    use = FaceUse(face("Arial", basis="outlines"), 500, 3, 12.0, 0, Place(1, None, "1 2 4"))
    assert judged("numerals", _faces(use)).answer == "yes"


def test_an_unknown_face_is_asked_about_unless_it_sets_next_to_nothing() -> None:
    assert judged("numerals", _faces(_use(None))).answer == "ask"
    assert judged("numerals", _faces(_use(None, 3))).answer == "ask"
    assert judged("numerals", _faces(_use(PLAIN, 900), _use(None, 3, family="Odd"))).answer == "yes"


def test_one_observation_a_face_counts() -> None:
    seen = observed("numerals", _faces(_use(PLAIN), _use(PLAIN, family="Lexend")))
    assert [item.facts["face"] for item in seen if item.amount] == ["Arial", "Lexend"]


def test_a_measure_on_few_pairs_must_miss_by_more_than_its_error() -> None:
    alike = replace(PLAIN, distinctness=0.045)
    assert hints(judged("numerals", _faces(_use(replace(alike, error=0.01))))) == [("distinctness", 0.045)]
    assert judged("numerals", _faces(_use(replace(alike, error=0.01)))).answer == "yes"
    assert judged("numerals", _faces(_use(replace(alike, error=0.004)))).answer == "no"


def test_ornaments_are_no_figures() -> None:
    use = _use(PLAIN)
    assert judged("numerals", _faces(replace(use, face=replace(use.face, pictorial=True)))).answer == "na"


def _at(size: float, digits: Digits) -> Document:
    return _faces(replace(_use(digits), smallest_digits=size))


def test_a_face_told_apart_at_12_pt_is_advice_when_small_for_its_size_is_question_1() -> None:
    found = judged("numerals", _at(7, PLAIN))
    assert found.answer == "yes"
    ((measure, value),) = hints(found)
    assert measure == "distinctness"
    assert 0.03 < value < 0.04
    assert "At 7.0 pt" in found.advice[0].message
    assert hints(judged("numerals", _at(10, PLAIN))) == []


def test_a_face_too_alike_at_12_pt_is_a_fault_when_small_and_none_when_large() -> None:
    alike = replace(PLAIN, distinctness=0.045)
    assert judged("numerals", _at(9, alike)).answer == "no"
    assert judged("numerals", _at(24, alike)).answer == "yes"
    assert hints(judged("numerals", _at(24, alike))) == []


def test_hairlines_are_told_at_the_size_on_paper() -> None:
    fine = replace(PLAIN, thin=0.018, thick=0.09, hairline=True)
    assert faults(judged("numerals", _at(12, fine))) == [("hairline", True)]
    assert judged("numerals", _at(40, fine)).answer == "yes"
    held = replace(PLAIN, thin=0.024, thick=0.09)
    assert hints(judged("numerals", _at(12, held))) == []
    found = judged("numerals", _at(9, held))
    assert (found.answer, hints(found)) == ("yes", [("hairline", True)])
    assert "hairlines of 0.22 pt" in found.advice[0].message


def test_thin_strokes_of_large_figures_hold() -> None:
    bodoni = replace(PLAIN, thin_to_thick=0.2, thin=0.022, thick=0.11, hairline=False)
    assert faults(judged("numerals", _at(12, bodoni))) == [("thin-to-thick", 0.2)]
    large = judged("numerals", _at(36, bodoni))
    assert (large.answer, hints(large)) == ("yes", [("thin-to-thick", 0.2)])
