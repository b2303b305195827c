"""What is running text and what only looks like something else: pieces of paragraphs, labels, notes, slides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.layout import settle, summarise
from clearprint.model import Job, Page, Panel, Span, Stroke, Word, merge_summaries
from tests.handmade import TEXT, doc, style
from tests.handmade import line as row
from tests.handmade import page as sheet
from tests.handmade import para as paragraph
from tests.test_layout import FACE, PROSE, advance, bottom, columned, line, page, para


def texts(result: Page) -> list[str]:
    return [block.text for block in result.blocks]


# --- paragraphs -----------------------------------------------------------------------------------------------------------


def test_a_semicolon_at_a_line_end_within_a_sentence_ends_no_paragraph() -> None:
    def flush(text: str, y: float) -> list[Word]:
        return para(text, 50, y, 400, align="right")

    first = flush(PROSE, 100)
    struck = flush("The master took it and struck him on the head;", bottom(first) + 26)
    goes_on = flush(PROSE[0].lower() + PROSE[1:], bottom(struck) + 13)
    last = flush(PROSE, bottom(goes_on) + 26)
    found = page(first, struck, goes_on, last)
    assert [block.text[:10] for block in found.blocks] == [PROSE[:10], "The master", PROSE[:10]]


def test_an_item_goes_on_in_the_type_that_its_first_line_ends_in() -> None:
    small = replace(FACE, name="Other-Regular", family="Other")
    first = line("\u2022 Checking whether the room is private, calm and comfortable for the person.", 50, 100, 9.0, small)
    first += line("If needed is there", first[-1].box.x1 + 3.4, 100, 12.0)
    rows = [first, line("a playroom available?", 50 + 2.8 + advance("\u2022", 9.0), 114, 12.0)]
    assert len(page(*rows).blocks) == 1
    rows[1] = line("A playroom is available.", 50 + 2.8 + advance("\u2022", 9.0), 114, 12.0)
    assert len(page(*rows).blocks) == 2


def test_a_line_that_closes_a_sentence_between_two_items_belongs_to_the_first() -> None:
    item = ("\u2022 What can we do to make it easy for the people who work", "with us in our", "Brigade?")
    rows = [line(text, 50, 100 + 14 * number) for number, text in enumerate((*item, "\u2022 Is our room easy to find?"))]
    assert texts(page(*rows)) == [" ".join(item), "\u2022 Is our room easy to find?"]
    rows[2] = line("Money:", 50, 128)
    assert "Money:" in texts(page(*rows))


def test_lines_set_wide_apart_are_texts_of_their_own_whatever_bracket_they_open_with() -> None:
    rows = ["Every [DAY] at [TIME] in [PLACE]", "Contact:", "[NAME]", "[E-MAIL]", "[TELEPHONE]"]
    assert texts(page(*[line(text, 50, 100 + 18.7 * number) for number, text in enumerate(rows)])) == rows


def test_two_lines_that_end_in_one_place_stay_together_past_what_stands_above_one_of_them() -> None:
    above = para("If No, please give us the details that you believe to be correct in the box below", 47, 100, 142, leading=12)
    last = bottom(above)
    label = [line("Pay before tax", 0, last + 11.5), line("(with overtime, commission, bonuses)", 0, last + 23.5)]
    ends = [[replace(one, box=one.box.move(260 - each[-1].box.x1, 0)) for one in each] for each in label]
    assert ends[1][0].box.x0 + 10 < above[-1].box.x1 < ends[0][0].box.x0
    assert texts(page(above, *ends))[-1] == "Pay before tax (with overtime, commission, bonuses)"


# --- roles ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "weight", "expected"), [(18, 400, "body"), (18, 700, "other"), (9, 400, "other")])
def test_slides_set_their_text_in_several_sizes(size: float, weight: int, expected: str) -> None:
    body, slide = sheet(paragraph(TEXT * 2)), sheet(paragraph(TEXT, size, weight=weight))
    assert doc(body, slide).pages[1].blocks[0].role == expected


@pytest.mark.parametrize(("family", "expected"), [("CID Font+F2", "body"), ("Palatino", "other")])
def test_a_bold_sentence_in_a_face_that_is_only_numbered_is_body(family: str, expected: str) -> None:
    said = row("You should try to agree on the plans for your child.", weight=700, family=family)
    made = doc(sheet(paragraph(TEXT * 3, family="CID Font+F3"), said))
    assert made.pages[0].blocks[1].role == expected


def test_a_style_of_labels_is_no_body_though_a_few_of_its_lines_run_on() -> None:
    labels = [row(text, 14, at=(72, 300 + 60 * n)) for n, text in enumerate(["Leaving from the old town hall."] * 6)]
    made = doc(sheet(paragraph(TEXT * 3)), sheet(paragraph(TEXT[:70], 14, chars=45), *labels))
    assert {block.role for block in made.pages[1].blocks} == {"other"}


def test_a_word_beside_its_box_is_no_running_head_though_it_comes_again_at_the_top() -> None:
    for boxes, expected in (((Panel(Box(60, 70, 74, 84), None, True),), "form"), ((), "running-head")):
        form = page(line("Yes", 80, 82), para(PROSE, 60, 200, 400), panels=boxes)
        made = doc(*[form for _ in range(3)])
        assert [one.blocks[0].role for one in made.pages] == [expected] * 3


def test_notes_under_the_text_of_two_pages_are_no_running_feet_though_they_say_the_same() -> None:
    notes = ("* Not for new accounts.", "\u2020 With a card only.")
    pages = []
    for number, near in ((1, 9.0), (2, 9.0), (1, 30.0), (2, 30.0)):
        text = para(PROSE[number:], 50, 700, 460, 7.0, leading=9.0)
        text = [
            replace(one, box=one.box.move(0, 806 - near - bottom(text)), baseline=one.baseline + 806 - near - bottom(text))
            for one in text
        ]
        rows = [line(note, 50, 806 + 9 * index, 7.0) for index, note in enumerate(notes)]
        pages.append(replace(page(text, *rows), number=number))
    for chosen, expected in ((pages[:2], False), (pages[2:], True)):
        heads = settle(merge_summaries([summarise(one) for one in chosen]), Job()).running_heads
        assert any("card" in head for head in heads) == expected


def test_addresses_of_the_web_are_text_that_a_line_heads() -> None:
    pieces = row("The reading group", weight=700, below=20), row("https://www.town.example/groups/reading", below=2)
    assert doc(sheet(paragraph(TEXT * 2), *pieces)).pages[0].blocks[1].role == "heading"
    pieces = row("The reading group", weight=700, below=20), row("North wing", below=2)
    assert doc(sheet(paragraph(TEXT * 2), *pieces)).pages[0].blocks[1].role != "heading"


def test_display_type_of_two_weights_and_what_a_colon_leads_to_are_no_headings() -> None:
    lead = row("Others who may be able to give advice are:", 16)
    named = row("The young people of the north", 16, weight=700, below=5)
    made = doc(sheet(paragraph(TEXT * 3), lead, named))
    assert [block.role for block in made.pages[0].blocks][-1] == "other"
    apart = row("The young people of the north", 16, weight=700, below=25)
    assert doc(sheet(paragraph(TEXT * 3), lead, apart)).pages[0].blocks[-1].role == "heading"
    base = sheet(paragraph(TEXT * 3), row("The young people of the north", 20, below=25))
    block = base.blocks[1]
    bold, plain = style(20, weight=700), style(20)
    spans = tuple(Span(one.text, plain if n % 2 else bold, one.box, (one,)) for n, one in enumerate(block.lines[0].words))
    mixed = replace(block, spans=spans, lines=(replace(block.lines[0], spans=spans),))
    roles = [doc(replace(base, blocks=(base.blocks[0], one))).pages[0].blocks[1].role for one in (block, mixed)]
    assert roles == ["heading", "other"]


# --- columns and cells ----------------------------------------------------------------------------------------------------


def test_a_column_goes_on_below_a_table_in_it() -> None:
    left = para(PROSE * 2, 50, 100, 220)
    foot = bottom(left)
    cells = [
        line(text, x, foot + 30 + 22 * number)
        for number in range(14)
        for x, text in ((55, f"Row {number}"), (140, "12"), (220, "34"))
    ]
    rest = para(PROSE[:225], 50, foot + 30 + 22 * 14 + 20, 220)
    (right,) = columned([300], 220, lines=3)
    level = [Stroke(Box(50, y, 270, y + 0.5), 0.5, True) for y in (foot + 15 + 22 * number for number in range(15))]
    upright = [Stroke(Box(x, foot + 15, x + 0.5, foot + 15 + 22 * 14), 0.5, False) for x in (50, 130, 210, 270)]
    blocks = page(left, *cells, rest, right, strokes=tuple(level + upright)).blocks
    assert {block.in_columns for block in blocks if len(block.lines) > 3} == {True}
    assert next(block for block in blocks if block.box and block.box.y0 > foot + 320).column == 0


def test_what_a_block_or_rule_across_the_columns_parts_from_them_is_in_none() -> None:
    head, across = (
        line("Princeton Public Library", 340, 60),
        line("{ann, bob, cai}@bus.example.org and others at the desk", 120, 80),
    )
    for parted in (True, False):
        result = page(head, *([across] if parted else []), *columned([50, 290], 220))
        assert len(result.columns) == 2
        (found,) = [block for block in result.blocks if block.text.startswith("Princeton")]
        assert (found.column is None) == parted
    rule = Stroke(Box(50, 75, 510, 75.5), 0.5, True)
    result = page(head, *columned([50, 290], 220), strokes=(rule,))
    assert {block.column for block in result.blocks if len(block.lines) == 1} == {None}


def test_the_items_of_a_column_belong_to_it_down_to_the_last() -> None:
    left, right = columned([50, 290], 220)
    y = bottom(left)
    items = [line(f"\u2022 Item {chr(97 + number)} of the list", 60, y + 30 + 40 * number) for number in range(9)]
    result = page(left, right, *items)
    assert {block.column for block in result.blocks if block.text.startswith("\u2022")} == {0}
    assert result.columns[0].box.y1 > y + 340


def test_the_short_last_line_of_a_text_across_a_grid_is_no_cell() -> None:
    level = [Stroke(Box(50, y, 530, y + 0.5), 0.5, True) for y in (100, 130, 160, 200)]
    upright = [Stroke(Box(x, 100, x + 0.5, 160), 0.5, False) for x in (50, 290, 530)]
    upright += [Stroke(Box(x, 160, x + 0.5, 200), 0.5, False) for x in (50, 530)]
    cells = [line(text, x, y) for y in (120, 150) for x, text in ((60, "Full time work"), (300, "Part time work"))]
    asked = "What is your own, or your child's if over eighteen, current state of employment now, or other"
    result = page(*cells, line(asked, 60, 178), line("status?", 60, 191), strokes=tuple(level + upright))
    assert texts(result)[-1] == f"{asked} status?"
    assert not result.blocks[-1].in_table


# --- contents lists without page numbers ----------------------------------------------------------------------------------

SECTIONS = ("Definitions.", "Authorized projects.", "Order of the work.", "Review by the courts.", "Effect of the title.")


def test_sections_listed_by_word_and_number_are_lines_and_no_cells() -> None:
    rows = []
    for number, title in enumerate(SECTIONS, 101):
        for x, text in ((50, "Sec."), (76, f"{number}."), (104, title)):
            rows.append(line(text, x, 100 + 10 * (number - 101)))
    result = page(*rows)
    assert texts(result) == [f"Sec. {number}. {title}" for number, title in enumerate(SECTIONS, 101)]
    assert not any(block.in_table for block in result.blocks)


def test_lines_that_name_the_headings_of_later_pages_are_a_contents_list() -> None:
    names = [title.rstrip(".") for title in SECTIONS]
    opening = [
        row(name, at=(72, 300 + 24 * n)) for n, name in enumerate([*names[:2], "What the Act may be called", *names[2:]])
    ]
    chapters = [
        piece for n, name in enumerate(names) for piece in (row(name, 16, weight=700, below=20), paragraph(TEXT, below=4))
    ]
    made = doc(sheet(paragraph(TEXT), *opening), sheet(*chapters))
    assert made.roles()[0] == ["body", *["contents"] * 6]
    other = doc(sheet(paragraph(TEXT), *opening), sheet(*chapters[:6]))
    assert set(other.roles()[0]) == {"body"}
