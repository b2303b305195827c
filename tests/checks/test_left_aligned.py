"""Left aligned: how paragraphs stand, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.model import Role
from tests.checks.judged import faults, hints, judged
from tests.handmade import TEXT, Document, doc, flow, line, page, para


def _as(role: Role, document: Document, **facts: Any) -> Document:
    """The document with its first block in that role."""
    (first, *rest) = document.pages
    blocks = (replace(first.blocks[0], role=role, **facts), *first.blocks[1:])
    return replace(document, pages=(replace(first, blocks=blocks), *rest))


@pytest.mark.parametrize("alignment", ["justified", "right", "centred"])
def test_anything_but_left_is_a_fault(alignment: Any) -> None:
    found = judged("left-aligned", doc(page(para(TEXT, 14, alignment=alignment, chars=50))))
    assert faults(found) == [("alignment", alignment)]
    assert "lines" in found.faults[0].message


def test_left_is_well() -> None:
    found = judged("left-aligned", doc(page(para(TEXT, 14), para(TEXT, 14))))
    assert (found.answer, found.counted, found.advice) == ("yes", 2, ())


@pytest.mark.parametrize("role", ["heading", "title", "caption", "address", "contents", "folio"])
def test_short_things_may_stand_otherwise(role: Role) -> None:
    made = _as(role, doc(page(para(TEXT, 14, alignment="centred", chars=50))))
    assert judged("left-aligned", made).answer == "na"


def test_cells_of_figures_are_left_out_and_cells_of_text_are_not() -> None:
    figures = doc(page(para(["12.50", "1,300.00", "7.20"], 14, alignment="right", in_table=True)))
    assert judged("left-aligned", _as("table", figures)).answer == "na"
    words = doc(page(para(TEXT, 14, chars=30, alignment="justified", in_table=True)))
    assert judged("left-aligned", _as("table", words)).answer == "no"
    head = doc(page(para(["FY 2008", "Estimates", "of need"], 14, alignment="centred", in_table=True)))
    assert judged("left-aligned", _as("table", head)).answer == "na"


def test_two_lines_count_only_where_the_file_tells() -> None:
    lines = ["The bus to the town stops at the gate every ten", "minutes and the driver will help you with it."]
    assert judged("left-aligned", doc(page(para(lines, 14)))).answer == "na"
    told = page(para(lines, 14, alignment="justified"))
    told = replace(told, blocks=(replace(told.blocks[0], alignment="justified"),))
    assert judged("left-aligned", doc(told)).answer == "no"


def test_right_to_left_is_mirrored() -> None:
    for alignment, answer in (("right", "yes"), ("left", "no")):
        made = page(para(TEXT, 14, alignment=alignment, right_to_left=True, chars=50))  # type: ignore[arg-type]
        found = judged("left-aligned", doc(made))
        assert found.answer == answer
    assert "aligned to the left" in found.faults[0].message


def test_arabic_is_mirrored_although_its_paragraph_does_not_say_so() -> None:
    made = flow("يتيح هذا التطبيق إرسال رسائل " * 8, size=14)
    for alignment, answer in (("right", "yes"), ("left", "no")):
        blocks = tuple(replace(block, alignment=alignment, role="body") for block in made.blocks)  # type: ignore[arg-type]
        assert judged("left-aligned", doc(replace(made, blocks=blocks))).answer == answer


def test_a_first_line_indent_is_advice() -> None:
    found = judged("left-aligned", doc(page(para(TEXT, 14, first_indent=14))))
    assert found.answer == "yes"
    assert hints(found) == [("first-indent", 1.0)]


def test_a_setting_that_cannot_show_is_advice() -> None:
    short = flow("Bus times", size=14)
    made = replace(short, blocks=(replace(short.blocks[0], alignment="justified", role="body"),))
    long = flow(TEXT, size=14)
    plain = replace(long.blocks[0], alignment="left", role="body")
    both = doc(replace(long, blocks=(*made.blocks, plain)))
    found = judged("left-aligned", both)
    assert (found.answer, found.counted) == ("yes", 1)
    assert hints(found) == [("alignment", "justified")]


def test_single_lines_are_na() -> None:
    assert judged("left-aligned", doc(page(line("Bus times", 14)))).answer == "na"


def test_a_cover_is_left_out() -> None:
    made = doc(page(para(TEXT, 14, alignment="centred", chars=30)), page(para(TEXT, 14)), cover=(1,))
    assert judged("left-aligned", made).answer == "yes"
