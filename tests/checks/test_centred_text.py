"""Centred text: paragraphs, rows of single lines, headings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.model import HeadingUse, Place
from tests.checks.judged import faults, hints, judged
from tests.handmade import TEXT, Document, doc, line, page, para


def _single(text: str, **facts: Any) -> Any:
    return line(text, 14, alignment="centred", centred_on="page", **facts)


def _with_roles(document: Document, *roles: Any) -> Document:
    (only,) = document.pages
    blocks = tuple(replace(block, role=role) for block, role in zip(only.blocks, roles, strict=True))
    return replace(document, pages=(replace(only, blocks=blocks),))


def test_a_centred_paragraph_is_a_fault() -> None:
    found = judged("centred-text", doc(page(para(TEXT, 14), para(TEXT, 14, alignment="centred", chars=50))))
    assert faults(found) == [("lines", 6)]
    assert found.counted == 2


@pytest.mark.parametrize(
    ("role", "alignment", "answer"), [("body", "centred", "no"), ("list", "centred", "yes"), ("body", "left", "yes")]
)
def test_two_lines_on_one_axis_are_centred_wherever_they_stand(role: Any, alignment: Any, answer: str) -> None:
    piece = para(["A walk round the old town", "of Thornby"], 14, at=(72, 100), width=250, alignment=alignment)
    (only,) = doc(page(piece)).pages
    block = replace(only.blocks[0], role=role, alignment=None, centred_on=None)
    assert judged("centred-text", replace(doc(page(piece)), pages=(replace(only, blocks=(block,)),))).answer == answer


@pytest.mark.parametrize(("shift", "answer"), [(-5.0, "no"), (-9.0, "yes")])
def test_a_blank_at_the_end_of_a_long_centred_line_pushes_its_middle(shift: float, answer: str) -> None:
    piece = para(["A walk round the old town and by the river", "of Thornby"], 14, at=(72, 100), width=350, alignment="centred")
    (only,) = doc(page(piece)).pages
    first, last = only.blocks[0].lines
    first = replace(first, box=first.box.move(shift, 0))
    block = replace(only.blocks[0], role="body", alignment=None, centred_on=None, lines=(first, last))
    assert judged("centred-text", replace(doc(page(piece)), pages=(replace(only, blocks=(block,)),))).answer == answer


def test_the_two_lines_of_a_numbered_paragraph_are_not_centred() -> None:
    piece = para(["(1) A walk round the old town", "of Thornby"], 14, at=(72, 100), width=250, alignment="centred")
    (only,) = doc(page(piece)).pages
    block = replace(only.blocks[0], role="body", alignment=None, centred_on=None)
    assert judged("centred-text", replace(doc(page(piece)), pages=(replace(only, blocks=(block,)),))).answer == "yes"


def test_left_aligned_text_is_well() -> None:
    assert judged("centred-text", doc(page(para(TEXT, 14)))).answer == "yes"


@pytest.mark.parametrize("role", ["heading", "title", "caption", "table"])
def test_titles_headings_captions_and_cells_may_be_centred(role: str) -> None:
    made = doc(page(para(["A walk round the", "old town of Thornby"], 14, alignment="centred", centred_on="page")))
    assert judged("centred-text", _with_roles(made, role)).answer == "yes"
    assert judged("centred-text", _with_roles(made, "body")).answer == "no"


def test_three_centred_lines_in_a_row_are_a_fault_and_two_are_not() -> None:
    three = doc(page(para(TEXT, 14), *(_single(text) for text in ("Open daily", "From May", "Free of charge"))))
    three = _with_roles(three, "body", "body", "body", "body")
    found = judged("centred-text", three)
    assert faults(found) == [("row", 3)]
    assert found.faults[0].excerpt.startswith("Open daily From May")
    two = _with_roles(doc(page(para(TEXT, 14), _single("Open daily"), _single("From May"))), "body", "body", "body")
    assert judged("centred-text", two).answer == "yes"


def test_a_paragraph_between_ends_the_row() -> None:
    pieces = [_single("Open daily"), _single("From May"), para(TEXT, 14), _single("Free of charge")]
    made = _with_roles(doc(page(*pieces)), "body", "body", "body", "body")
    assert judged("centred-text", made).answer == "yes"


def test_all_headings_centred_is_advice() -> None:
    made = doc(page(para(TEXT, 14)))
    use = HeadingUse(1, ("Arial", 20.0, 700, False), 0.0, None, True, Place(1, None, "Bus times"))
    for second, advice in ((True, [("headings", 100.0)]), (False, [])):
        survey = replace(made.survey, headings=((use, replace(use, centred=second)),))
        found = judged("centred-text", replace(made, survey=survey))
        assert (found.answer, hints(found)) == ("yes", advice)


def test_covers_are_left_out() -> None:
    cover = page(para(TEXT, 14, alignment="centred", chars=30))
    assert judged("centred-text", doc(cover, page(para(TEXT, 14)), cover=(1,))).answer == "yes"


def test_no_text_is_na() -> None:
    assert judged("centred-text", doc(page())).answer == "na"


@pytest.mark.parametrize(("role", "answer"), [("list", "yes"), ("body", "no")])
def test_the_hanging_line_of_a_list_item_is_not_centred(role: str, answer: str) -> None:
    made = page(para(["o Your details are requested so that the office", "can ring you back if it must"], 14))
    (block,) = made.blocks
    upper, lower = block.lines
    assert upper.box is not None
    half = (upper.box.width - lower.box.width) / 2
    moved = replace(lower, box=lower.box.move(upper.box.x0 + half - lower.box.x0, 0))
    whole = doc(replace(made, blocks=(replace(block, lines=(upper, moved), alignment=None, centred_on=None),)))
    assert judged("centred-text", _with_roles(whole, role)).answer == answer


@pytest.mark.parametrize(("others", "answer"), [(3, "yes"), (0, "no")])
def test_entries_of_one_hanging_indent_are_not_centred(others: int, answer: str) -> None:
    """Of one entry of a glossary, the two lines happen to have one middle."""
    entry = para([f"Lens {'x' * 35}", "y" * 32], 14, alignment="centred", width=400)
    rest = [para([f"Iris {'x' * 38}", "y" * 20], 14) for _ in range(others)]
    made = _with_roles(doc(page(entry, *rest)), *["body"] * (others + 1))
    blocks = tuple(replace(block, first_indent=-28.0, alignment=None) for block in made.pages[0].blocks)
    made = replace(made, pages=(replace(made.pages[0], blocks=blocks),))
    assert judged("centred-text", made).answer == answer


@pytest.mark.parametrize(("others", "answer"), [(2, "yes"), (0, "no")])
def test_lines_of_other_lengths_that_begin_in_one_place_make_an_edge(others: int, answer: str) -> None:
    entry = para([f"Lens {'x' * 35}", "y" * 32], 14, alignment="centred", width=400)
    (block,) = doc(page(entry)).pages[0].blocks
    left = block.lines[1].box.x0
    rest = [para(["z" * (9 + 4 * n)], 14, at=(left, 300 + 40 * n)) for n in range(others)]
    made = _with_roles(doc(page(entry, *rest)), *["body"] * (others + 1))
    blocks = tuple(replace(one, alignment=None) for one in made.pages[0].blocks)
    assert judged("centred-text", replace(made, pages=(replace(made.pages[0], blocks=blocks),))).answer == answer


@pytest.mark.parametrize(("at", "size", "answer"), [(190, 36, "no"), (190, 10, "yes"), (600, 36, "yes")])
def test_a_row_of_centred_lines_stands_together_in_one_size(at: float, size: float, answer: str) -> None:
    lines = [("Tea, cake and plants", 36, 100), ("Ten until four", 36, 145), ("Printed by Canal Press", size, at)]
    pieces = [line(text, own, at=(72, top), centred_on="page") for text, own, top in lines]
    made = _with_roles(doc(page(*pieces)), *["body"] * 3)
    assert judged("centred-text", made).answer == answer
