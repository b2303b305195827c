"""layout/forms: which blocks are labels of places to write."""

from __future__ import annotations

import pytest

from clearprint.geometry import Box
from clearprint.model import Field, Panel
from tests.handmade import TEXT, doc, line, page, para

PLACE = Field("text", Box(300, 300, 520, 340), 40, 220)


def role(piece, *fields, **facts):
    return doc(page(para(TEXT * 2), piece, fields=fields, **facts)).pages[0].blocks[1].role


def tick(x0: float, y0: float) -> Field:
    return Field("tick", Box(x0, y0, x0 + 12, y0 + 12), 12, 12)


def test_a_question_beside_its_place_is_a_label_whatever_its_length():
    question = ["How many hours on average do you, or did you, work", "each week in the job that", "this claim is about?"]
    assert role(para(question, at=(40, 310), size=9), PLACE) == "form"


def test_a_sentence_of_several_lines_beside_a_place_stays_a_paragraph():
    sentence = ["We use what you tell us here only to answer", "your letter, and we keep it", "for a year at most."]
    assert role(para(sentence, at=(40, 310), size=9), PLACE) != "form"


@pytest.mark.parametrize(("count", "expected"), [(1, "body"), (3, "form")])
def test_far_from_its_place_a_label_is_known_by_the_column_of_places(count, expected):
    places = [Field("text", Box(300, 300 + 60 * step, 520, 340 + 60 * step), 40, 220) for step in range(count)]
    assert role(line("2.5 Name", at=(40, 325)), *places) == expected


def test_a_text_between_a_label_and_the_place_parts_them():
    pieces = (para(TEXT * 2), line("Name:", at=(40, 325)), line("of the firm", at=(230, 325)))
    blocks = doc(page(*pieces, fields=(PLACE,))).pages[0].blocks
    assert [block.role for block in blocks[1:]] == ["body", "form"]


def test_a_unit_after_a_place_is_its_label_and_another_sentence_is_not():
    place = Field("text", Box(72, 300, 140, 330), 30, 68)
    assert role(line("hours each week", at=(146, 320)), place) == "form"
    assert role(line("Please return it to us", at=(146, 320)), place) == "body"


def test_words_after_tick_boxes_are_labels_and_a_list_to_tick_off_is_a_list():
    assert role(line("Another person has one", at=(90, 310)), tick(72, 300)) == "form"
    long = "Set up tours of public offices for your members so that they see for themselves how each of them works"
    assert role(para([long[:52], long[52:]], at=(90, 310)), tick(72, 300)) == "list"


def test_a_line_on_a_tint_over_a_place_heads_it():
    band = Panel(Box(40, 284, 560, 299), (0.8, 0.8, 0.8))
    assert role(line("Your details", weight=700, at=(40, 286)), PLACE, panels=(band,)) != "form"


def test_a_bold_label_over_labels_is_one_too():
    places = [Field("cell", Box(72, 420, 100, 440), 20, 28), Field("cell", Box(72, 520, 300, 560), 40, 228)]
    pieces = (
        para(TEXT * 2),
        line("Date", weight=700, at=(72, 393)),
        line("Day", at=(72, 408)),
        line("Signature", weight=700, at=(72, 505)),
    )
    blocks = doc(page(*pieces, fields=tuple(places))).pages[0].blocks
    assert [block.role for block in blocks[1:]] == ["form", "form", "form"]


def test_labels_in_the_rows_of_a_table_are_no_cells():
    assert role(line("Date:", at=(260, 325), in_table=True), PLACE) == "form"
    assert role(line("Date:", at=(260, 525), in_table=True), PLACE) == "table"


def test_signs_between_the_cells_of_a_date_are_part_of_the_form():
    cells = [Field("comb", Box(x, 300, x + 30, 316), 16, 30, 2) for x in (300, 336)]
    assert role(line("/", at=(331, 312)), *cells) == "form"


def rows(*pieces, **facts):
    places = (Field("text", Box(165, 400, 365, 424), 24, 200), Field("text", Box(165, 440, 365, 464), 24, 200))
    blocks = doc(page(para(TEXT * 2), *pieces, fields=places, **facts)).pages[0].blocks
    return [block.role for block in blocks[1:]]


def test_a_bold_line_over_the_labels_of_a_form_heads_them():
    labels = line("Your name", at=(72, 405)), line("Your address", at=(72, 445))
    assert rows(line("Respondent 2", weight=700, at=(72, 384)), *labels) == ["heading", "form", "form"]
    near = line("There may be more of them", at=(72, 370))
    assert rows(near, line("Respondent 2", weight=700, at=(72, 384)), *labels)[1] == "heading"
    assert rows(near, line("Respondent 2", at=(72, 384)), *labels)[1] != "heading"


def test_a_line_tagged_as_a_cell_may_head_a_form():
    labels = line("Your name", at=(72, 405), hint="table"), line("Your address", at=(72, 445), hint="table")
    assert rows(line("A. Your details", weight=700, at=(72, 384), hint="table"), *labels) == ["heading", "form", "form"]
    assert rows(line("A. Your details", weight=700, at=(72, 384), in_table=True), *labels)[0] == "table"


@pytest.mark.parametrize(
    ("ending", "x", "expected"), [("of them now?", 40, "form"), ("of them now.", 40, "other"), ("now?", 320, "other")]
)
def test_a_question_in_the_column_of_labels_is_one_though_its_places_stand_lower(ending, x, expected):
    places = [Field("text", Box(220, 300 + 40 * step, 320, 322 + 40 * step), 22, 100) for step in (0, 3, 4, 5)]
    labels = [line(name, at=(40, 316 + 40 * step)) for name, step in (("Name", 0), ("Order", 3), ("Court", 4), ("Date", 5))]
    question = para(["Have you had or do you", "have any of these orders", ending], at=(x, 350), size=10)
    blocks = doc(page(para(TEXT * 2), *labels, question, fields=tuple(places))).pages[0].blocks
    assert blocks[-1].role == expected


@pytest.mark.parametrize(("right", "labels"), [(520, True), (590, False)])
def test_the_bar_of_a_small_box_of_cells_holds_a_label_and_that_of_a_section_none(right, labels):
    left = 300 if right == 520 else 20
    cells = [Field("cell", Box(left, 140 + 34 * step, right, 158 + 34 * step), 18, right - left) for step in range(3)]
    bar = Panel(Box(left, 100, right, 122), fill=(0.86, 0.86, 0.86))
    head = line("To be completed by the court", at=(left + 3, 105), size=14, weight=700)
    assert (role(head, *cells, panels=(bar,)) == "form") == labels
