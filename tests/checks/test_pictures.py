"""Pictures: how clear they are, what text keeps clear of them, and text that runs round them."""

from __future__ import annotations

from typing import Any

import pytest

from clearprint.geometry import Box
from clearprint.model import Picture, Place, Wrap
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import mm, whole
from tests.handmade import TEXT, Document, flow, page, para

SPOT = Box(72, 100, 300, 300)


def _with(**facts: Any) -> Document:
    return whole(page(para(TEXT), pictures=(Picture(SPOT, page=1, **facts),)))


@pytest.mark.parametrize(("pixels", "answer", "advice"), [(72, "no", 0), (149.8, "yes", 1), (160, "yes", 1), (300, "yes", 0)])
def test_pixels_an_inch(pixels: float, answer: str, advice: int) -> None:
    found = judged("image-clarity", _with(pixels_per_inch=pixels))
    assert (found.answer, found.counted, len(found.advice)) == (answer, 1, advice)


def test_blurred_and_flat_pictures_are_advice() -> None:
    found = judged("image-clarity", _with(pixels_per_inch=300, blur=0.9, tonal_range=0.2))
    assert hints(found) == [("blur", 0.9), ("tones", 20.0)]


def test_hairlines_of_a_chart_are_a_fault() -> None:
    assert faults(judged("image-clarity", _with(kind="drawing", thinnest=0.25))) == [("line", 0.25)]
    assert judged("image-clarity", _with(kind="drawing", thinnest=1.0)).answer == "yes"
    assert judged("image-clarity", _with(kind="drawing")).answer == "yes"


@pytest.mark.parametrize("use", ["icon", "ground", "logo", "code"])
def test_what_is_no_picture_is_left_out(use: str) -> None:
    assert judged("image-clarity", _with(use=use, pixels_per_inch=20)).answer == "na"


def test_an_unknown_resolution_is_asked_and_no_picture_is_not_applicable() -> None:
    found = judged("image-clarity", _with())
    assert (found.answer, found.cause) == ("ask", "unmeasured")
    assert judged("image-clarity", whole(page(para(TEXT)))).answer == "na"


@pytest.mark.parametrize(("white", "answer"), [(0, "no"), (2.5, "no"), (2.9, "yes"), (3.2, "yes"), (9, "yes")])
def test_white_between_picture_and_text(white: float, answer: str) -> None:
    found = judged("image-separation", _with(clearance=mm(white), text_leading=15.0))
    assert (found.answer, found.counted) == (answer, 1)
    assert bool(hints(found)) == (white in (2.9, 3.2))


def test_a_logo_must_keep_clear_of_text_too() -> None:
    assert judged("image-separation", _with(use="logo", clearance=mm(1))).answer == "no"


def test_a_caption_may_stand_nearer() -> None:
    assert judged("image-separation", _with(caption_clearance=mm(2.5))).answer == "yes"
    assert faults(judged("image-separation", _with(caption_clearance=mm(1)))) == [("caption", 1.0)]


def test_text_over_a_picture_is_a_fault_and_a_title_on_an_even_part_advice() -> None:
    over = judged("image-separation", _with(overlaps_text=True, clearance=0.0))
    assert faults(over) == [("overlap", "text")]
    title = judged("image-separation", _with(overlaps_text=True, title_on_even_part=True, clearance=0.0))
    assert (title.answer, hints(title)) == ("yes", [("overlap", "title")])


def test_a_picture_far_from_any_text_is_well() -> None:
    assert judged("image-separation", _with()).answer == "yes"


def test_pictures_behind_text_and_icons_are_judged_elsewhere() -> None:
    assert judged("image-separation", _with(use="ground", overlaps_text=True)).answer == "na"
    assert judged("image-separation", _with(use="icon", clearance=0.0)).answer == "na"


def test_a_picture_without_a_layout_is_asked() -> None:
    section = flow(TEXT)
    assert judged("image-separation", whole(section)).answer == "na"
    from dataclasses import replace

    found = judged("image-separation", whole(replace(section, pictures=(Picture(None, path="paragraph 1"),))))
    assert (found.answer, found.cause) == ("ask", "estimate")


@pytest.mark.parametrize(
    ("around", "runs", "answer"),
    [
        ("picture", True, "no"),
        ("box", True, "no"),
        ("quote", True, "no"),
        ("drop-capital", True, "yes"),
        ("picture", False, "yes"),
    ],
)
def test_text_that_runs_round_something(around: Any, runs: bool, answer: str) -> None:
    wrap = Wrap(around, Place(1, SPOT, "The bus"), runs)
    found = judged("text-wrap", whole(page(para(TEXT), wraps=(wrap,))))
    assert (found.answer, found.counted) == (answer, 1)
    assert bool(hints(found)) == (around == "drop-capital")


def test_a_picture_between_paragraphs_is_looked_at() -> None:
    found = judged("text-wrap", _with())
    assert (found.answer, found.counted) == ("yes", 1)


def test_nothing_beside_text_is_not_applicable() -> None:
    assert judged("text-wrap", whole(page(para(TEXT)))).answer == "na"
