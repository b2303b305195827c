"""Where folds lie, which panels they make, and whose word about them holds."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearprint.declaration import parse
from clearprint.folding import contradicted, fold_boxes, folded_size, folds_of, panels_of
from clearprint.geometry import Box
from clearprint.model import Job, PageSize, Survey
from clearprint.units import from_mm, to_mm
from tests.handmade import page

WIDE, HIGH = from_mm(297), from_mm(210)


@pytest.mark.parametrize(
    ("fold", "places"),
    [
        ("none", []),
        ("half", [148.5]),
        ("tri", [99, 198]),
        ("z", [99, 198]),
        ("gate", [74.25, 222.75]),
        ("double-parallel", [74.25, 148.5, 222.75]),
        ("map", []),
    ],
)
def test_named_folds_divide_the_longer_side(fold: str, places: list[float]) -> None:
    job = Job(fold=fold)
    assert [to_mm(box.x0) for box in fold_boxes(job, WIDE, HIGH)] == pytest.approx(places)
    assert [to_mm(box.y0) for box in fold_boxes(job, HIGH, WIDE)] == pytest.approx(places)
    assert all(box.width == 0 and box.height == HIGH for box in fold_boxes(job, WIDE, HIGH))
    assert all(box.height == 0 and box.width == HIGH for box in fold_boxes(job, HIGH, WIDE))


def test_a_french_fold_crosses() -> None:
    boxes = fold_boxes(Job(fold="french"), WIDE, HIGH)
    assert boxes == [Box(WIDE / 2, 0, WIDE / 2, HIGH), Box(0, HIGH / 2, WIDE, HIGH / 2)]
    assert folded_size(Job(fold="french"), WIDE, HIGH) == (WIDE / 2, HIGH / 2)


def test_declared_places_win_and_are_mirrored_on_the_back() -> None:
    job = parse(["fold=tri", "fold-positions=97,197mm"])
    assert [to_mm(box.x0) for box in fold_boxes(job, WIDE, HIGH)] == pytest.approx([97, 197])
    assert [to_mm(box.x0) for box in fold_boxes(job, WIDE, HIGH, back=True)] == pytest.approx([100, 200])
    assert folded_size(job, WIDE, HIGH) == pytest.approx((from_mm(100), HIGH))
    assert fold_boxes(job, from_mm(90), HIGH) == []


def test_nonsense_sizes_have_no_folds() -> None:
    for width, height in ((0.0, 10.0), (float("nan"), 10.0), (-5.0, 10.0)):
        assert fold_boxes(Job(fold="half"), width, height) == []


@given(
    st.sampled_from(["half", "tri", "z", "gate", "double-gate", "double-parallel", "french", "none", "map"]),
    st.floats(1, 5000),
    st.floats(1, 5000),
)
def test_folds_lie_on_the_page(fold: str, width: float, height: float) -> None:
    job = Job(fold=fold)
    for box in fold_boxes(job, width, height):
        assert Box(0, 0, width, height).contains(box)
    narrow, low = folded_size(job, width, height)
    assert narrow <= width
    assert low <= height


def test_a_map_folds_both_ways() -> None:
    boxes = fold_boxes(parse(["fold=map", "panels=4x2"]), WIDE, HIGH)
    assert [to_mm(box.x0) for box in boxes if box.width == 0] == pytest.approx([74.25, 148.5, 222.75])
    assert [to_mm(box.y0) for box in boxes if box.height == 0] == pytest.approx([105])
    assert len(panels_of(boxes, WIDE, HIGH)) == 8
    assert folded_size(parse(["panels=4x2"]), WIDE, HIGH) == pytest.approx((WIDE / 4, HIGH / 2))


def test_heights_are_measured_from_the_top_on_both_sides() -> None:
    job = parse(["fold-heights=99,198"])
    for back in (False, True):
        assert [to_mm(box.y0) for box in fold_boxes(job, HIGH, WIDE, back=back)] == pytest.approx([99, 198])


def _with(*folds: float, **facts: Any) -> Any:
    lines = tuple(Box(from_mm(x), 0, from_mm(x), HIGH) for x in folds)
    return page(size=(WIDE, HIGH), fold_lines=lines, **facts)


def test_the_files_own_folds_are_the_more_exact_where_the_same_are_declared() -> None:
    own = folds_of(_with(97, 197), parse(["fold=tri"]))
    assert (own.basis, [round(to_mm(box.x0)) for box in own.lines]) == ("file", [97, 197])
    assert own.error == 0


def test_what_was_declared_is_stronger_than_the_files_own_folds() -> None:
    half = folds_of(_with(97, 197), parse(["fold=half"]))
    assert (half.basis, len(half.lines)) == ("declared", 1)
    assert folds_of(_with(97, 197), parse(["fold=none"])).lines == ()
    assert folds_of(_with(97, 197), Job()).basis == "file"
    assert len(folds_of(_with(97, 197), parse(["fold=map"])).lines) == 2


def test_positions_are_mirrored_on_the_back_only() -> None:
    job = parse(["fold-positions=97,197"])
    sides = [[round(to_mm(box.x0)) for box in folds_of(_with(number=number), job).lines] for number in (1, 2, 3)]
    assert sides == [[97, 197], [100, 200], [97, 197]]


@pytest.mark.parametrize(
    ("pairs", "page"),
    [(["fold=tri"], None), (["fold=half"], 1), (["fold=none"], 1), (["fold=map"], None), ([], None), (["paper=matt"], None)],
)
def test_a_contradiction_of_the_file_is_found(pairs: list[str], page: int | None) -> None:
    own = tuple((1, Box(from_mm(x), 0, from_mm(x), HIGH)) for x in (97, 197))
    survey = Survey(job=parse(pairs), sizes=(PageSize(1, WIDE, HIGH),), fold_lines=own)
    found = contradicted(survey)
    assert (found[0] if found else None) == page
