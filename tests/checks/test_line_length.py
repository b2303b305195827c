"""Line length: characters in the full lines of each paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.answers import Answer
from clearprint.geometry import Box
from clearprint.model import Block, Face, Field, Page, Panel, Role, Span, Style
from tests.checks.judged import faults, hints, judged
from tests.handmade import TEXT, doc, flow, line, page, para


def _lines(count: int, in_columns: bool = False, role: Role = "body", **declared: str) -> Answer:
    """A paragraph whose full lines have that many characters."""
    row = ("word " * 30)[: count - 1] + "x"
    made = doc(page(para([row, row, row, "end"], 12)), **declared)
    blocks = tuple(replace(block, role=role, in_columns=in_columns) for block in made.pages[0].blocks)
    return judged("line-length", replace(made, pages=(replace(made.pages[0], blocks=blocks),)))


@pytest.mark.parametrize(
    ("count", "answer", "advice"),
    [
        (39, "no", 0),
        (40, "yes", 1),
        (59, "yes", 1),
        (60, "yes", 0),
        (70, "yes", 0),
        (71, "yes", 1),
        (80, "yes", 1),
        (81, "no", 0),
    ],
)
def test_60_to_70_is_the_aim(count: int, answer: str, advice: int) -> None:
    found = _lines(count)
    assert (found.answer, len(found.advice)) == (answer, advice)
    if answer == "no":
        assert faults(found) == [("characters", count)]


def test_in_columns_lines_may_be_short_but_not_long() -> None:
    assert _lines(30, in_columns=True).answer == "na"
    assert _lines(81, in_columns=True).answer == "no"


def test_panels_of_a_folded_sheet_are_columns() -> None:
    assert _lines(30, fold="tri").answer == "na"
    assert _lines(30, fold="none").answer == "no"


@pytest.mark.parametrize("role", ["list", "table", "verse", "code", "address", "heading", "caption"])
def test_other_text_is_left_out(role: Role) -> None:
    assert _lines(90, role=role).answer == "na"


def test_two_full_lines_are_needed() -> None:
    assert (
        judged("line-length", doc(page(line("Bus times", 12), para(["The bus stops here", "and waits."], 12)))).answer == "na"
    )


def test_a_document_without_lines_asks_for_its_pdf() -> None:
    found = judged("line-length", doc(flow(TEXT, size=12)))
    assert (found.answer, found.cause) == ("ask", "estimate")
    assert "PDF" in found.reason


def test_chinese_has_40_signs_at_most() -> None:
    row = "春眠不覚暁処処聞啼鳥" * 5
    found = judged("line-length", doc(page(para([row, row, row[:9]], 12))))
    assert found.answer == "yes"
    assert hints(found) == [("characters", 50)]


def test_a_panel_narrower_than_the_page_is_a_column() -> None:
    made = doc(page(para(["word " * 5 + "x"] * 3 + ["end"], 12)))
    (only,) = made.pages
    box = only.blocks[0].box
    assert box is not None
    panel = Panel(box.grow(10), (0.9, 0.9, 0.9))
    assert judged("line-length", made).answer == "no"
    assert judged("line-length", replace(made, pages=(replace(only, panels=(panel,)),))).answer == "na"


def test_the_last_column_of_a_document_in_columns_has_none_beside_it() -> None:
    made = doc(page(para(["word " * 5 + "x"] * 3 + ["end"], 12)))
    assert judged("line-length", replace(made, survey=replace(made.survey, columns=2))).answer == "na"
    assert judged("line-length", replace(made, survey=replace(made.survey, columns=1))).answer == "no"


def test_text_beside_a_drawing_with_labels_stands_in_no_margin() -> None:
    note = para(["word " * 4 + "x"] * 5 + ["end"], 12, at=(72, 100))
    beside = [line(f"Share the findings of part {part}", 12, at=(300, 100 + 18 * part)) for part in range(5)]
    labels = [replace(piece, facts=(("in_picture", True),)) for piece in beside]
    assert judged("line-length", doc(page(note, *beside))).answer == "na"
    assert judged("line-length", doc(page(note, *labels))).answer == "no"


def test_single_words_one_under_another_are_no_paragraph() -> None:
    made = doc(page(para(["((address_line_1))", "((address_line_2))", "((address_line_3))", "((town))"], 12)))
    assert judged("line-length", made).answer == "na"


def test_a_margin_note_is_a_column_beside_places_to_write() -> None:
    made = doc(page(para(["word " * 4 + "x"] * 5 + ["end"], 11, at=(420, 100))))
    (only,) = made.pages
    assert judged("line-length", made).answer == "no"
    fields = tuple(Field("text", Box(60, top, 380, top + 25), 25, 320) for top in (98, 130, 160))
    assert judged("line-length", replace(made, pages=(replace(only, fields=fields),))).answer == "na"
    assert judged("line-length", replace(made, pages=(replace(only, fields=fields[:1]),))).answer == "no"


@pytest.mark.parametrize(
    "lines",
    [
        ["Antoine Martin", "Thomas Auffray", "Alban Haouard", "Alex Masson"],
        ["England and Wales: 0300 323 0196", "Welsh speakers only: 0300 303 5176", "Scotland: 0300 790"],
    ],
)
def test_names_and_numbers_one_under_another_are_no_paragraph(lines: list[str]) -> None:
    made = doc(page(para(lines, 12)))
    (only,) = made.pages
    (block,) = only.blocks
    rows = tuple(replace(row, full=number < len(lines) - 1) for number, row in enumerate(block.lines))
    whole = replace(made, pages=(replace(only, blocks=(replace(block, lines=rows, role="body"),)),))
    assert judged("line-length", whole).answer == "na"
    flowing = tuple(replace(row, text=row.text.lower()) for row in rows)
    whole = replace(made, pages=(replace(only, blocks=(replace(block, lines=flowing, role="body"),)),))
    assert judged("line-length", whole).answer == "no"


@pytest.mark.parametrize(
    ("text", "answer"), [("Two or three words", "na"), (TEXT * 4, "ask"), ("Mr Green\n12 Station Road\nThornby", "na")]
)
def test_without_a_layout_only_paragraphs_of_several_lines_are_open(text: str, answer: str) -> None:
    block = Block((Span(text, Style(Face("Arial", "Arial"), 12)),), text, 12, role="body", room=450.0)
    found = judged("line-length", doc(Page(None, 595, 842, (block,), laid_out=False)))
    assert (found.answer, found.cause) == (answer, "estimate" if answer == "ask" else None)
