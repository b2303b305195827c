"""What parts lines from their neighbours and what does not: sentences of their own, labels, numbers, boxes, grounds."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.layout import assign, settle, summarise
from clearprint.model import Job, Page, Panel, Picture, Stroke, Word
from tests.test_layout import BOLD, advance, line, page, word

PROSE_LINES = [
    "The council would like to hear from everyone who lives in the",
    "area about the plans for the park and the library, and about the",
    "places where the buses stop.",
]

QUESTIONS = (
    "Would I use it myself?",
    "Would I like it if someone else designed it for all of us?",
    "Can my design get misused?",
    "Do I really believe this is helping someone?",
)


def texts(result: Page) -> list[str]:
    return [block.text for block in result.blocks]


def column(lines: tuple[str, ...] | list[str], x: float = 50, y: float = 100, leading: float = 13) -> list[Word]:
    return [word for number, text in enumerate(lines) for word in line(text, x, y + number * leading)]


def test_questions_put_one_a_line_are_paragraphs_though_one_fills_the_measure() -> None:
    assert texts(page(column(QUESTIONS))) == list(QUESTIONS)


def test_sentences_that_end_with_their_lines_by_chance_stay_together() -> None:
    prose = [
        "The council would like to hear from everyone who lives in the",
        "area about the plans for the park. Parking is free all evening.",
        "You can write to us or call us and you can come and talk to us",
        "in person at any of the meetings that are listed at the end.",
    ]
    assert len(texts(page(column(prose)))) == 1


def test_two_sentences_of_one_line_each_are_two_paragraphs() -> None:
    pair = ["You can tell us more about your claim here.", "If you are part of a group, give the numbers of the others too."]
    assert texts(page(column(pair))) == pair


def test_an_abbreviation_at_the_end_of_a_line_closes_no_sentence() -> None:
    assert len(texts(page(column(["Smith and Co. Ltd.", "Fourteen Mill Lane, Abergwyn"])))) == 1


def test_two_sentences_further_apart_than_the_lines_of_the_page_are_two_paragraphs() -> None:
    pair = ["I have served the application and the notice as stated above.", "I am the solicitor for the applicant."]
    other = ["the manner and the date and the time at which it was", "served on the others and the place of posting"]
    words = [*column(pair, leading=16), *column(other, y=300), *column(other, y=400)]
    assert texts(page(words))[:2] == pair
    assert len(texts(page(column(pair, leading=16)))) == 1  # nothing else shows how lines are set


def test_sentences_of_two_colours_are_two_texts() -> None:
    pair = [
        "Set out the facts which you rely on to contest the claim.",
        "(Use the blank sheet at the end of this form if needed.)",
    ]
    first, second = line(pair[0], 50, 100), line(pair[1], 50, 112)
    pale = [replace(word, style=replace(word.style, colour=(0.4, 0.4, 0.4))) for word in second]
    assert len(texts(page(first, second))) == 1
    assert texts(page(first, pale)) == pair


def test_a_line_goes_on_though_it_stands_closer_than_the_others_of_the_page() -> None:
    loose = column(
        ["Further details on hearings can be found", "on the pages of the tribunal that is to hear", "your claim"],
        y=200,
        leading=14,
    )
    close = [*line("How would you prefer us to get in touch with", 50, 100), *line("you about it?", 50, 110)]
    assert texts(page(close, loose))[0] == "How would you prefer us to get in touch with you about it?"


def test_a_label_seen_past_a_short_line_does_not_tear_the_paragraph() -> None:
    text = "If no, give the details you believe to"
    words = [*line(text, 50, 100), *line("be correct below", 50, 112)]
    label = "Pay before tax"
    words += line(label, 50 + advance(text, 10) - advance(label, 10), 122)
    assert texts(page(words))[0] == f"{text} be correct below"


@pytest.mark.parametrize(("white", "parts"), [(10.0, 1), (0.0, 2)])
def test_where_white_parts_paragraphs_a_line_a_little_short_ends_none(white: float, parts: int) -> None:
    measure = "The council would like to hear from everyone who lives in"
    room = advance(measure, 10)
    stop = "The park and the library will be open all the summer"
    need = advance("All", 10) + 2.8
    spare = room - advance(stop, 10) - need
    assert 0.02 * 10 < spare < 1.5 * 10  # the next word would just have fitted
    middle = [f"{stop[:-1]}r.", "All are welcome there, and you can come to any of the", "meetings"]
    words: list[Word] = []
    y = 100.0
    for lines in ([measure, "the area now"], middle, [measure, "the area now"], [measure, "the area now"]):
        words += column(lines, y=y)
        y += 13 * len(lines) + white
    found = [text for text in texts(page(words)) if "open all" in text or "All are" in text]
    assert len(found) == parts


def test_a_line_that_says_what_follows_is_no_part_of_the_paragraph_below_it() -> None:
    words = column(
        [
            "For the first of them:",
            "Smart sensors in experiments that are done with a telephone or with",
            "another thing like it",
        ]
    )
    assert texts(page(words))[0] == "For the first of them:"
    address = column(["Prabhat College", "PO: the old mill at the end of the lane", "Contai"])
    assert len(texts(page(address))) == 1


def test_labels_and_values_of_an_address_go_on_though_a_value_is_light() -> None:
    words = [
        *line("The Department of Physics", 50, 100, face=BOLD),
        *line("Mail:", 50, 113, face=BOLD),
        *line("somebody@example.org", 50 + advance("Mail: ", 10), 113),
        *line("Telephone 01632 960 000", 50, 126, face=BOLD),
    ]
    assert len(texts(page(words))) == 1


def test_lists_beside_each_other_are_no_table() -> None:
    left = ["* the first thing that is to be said here", "* the second thing of them and", "  what hangs from it"]
    right = ["* another thing that is to be said here", "* one more of them and its", "  own line that hangs"]
    words = []
    for x, lines in ((50, left), (320, right)):
        for number, text in enumerate(lines):
            words += line(text.strip(), x + (6 if text.startswith(" ") else 0), 100 + 13 * number)
    result = page(words)
    assert not any(block.in_table for block in result.blocks)
    assert "* the second thing of them and what hangs from it" in texts(result)


def test_numbers_in_boxes_belong_to_the_questions_beside_them() -> None:
    questions = ["Has your child had the vaccine before?", "Does your child take any medicine?", "Is there anything else?"]
    words: list[Word] = []
    boxes = [Panel(Box(40, 40, 560, 700), (0.94, 0.95, 0.96))]
    for number, text in enumerate(questions, start=16):
        y = 100.0 + 100 * (number - 16)
        words += [*line(str(number), 45, y), *line(text, 75, y)]
        boxes.append(Panel(Box(40, y - 12, 62, y + 5), (1.0, 1.0, 1.0), outlined=True))
    result = page(words, panels=tuple(boxes))
    assert texts(result) == [f"{number} {text}" for number, text in enumerate(questions, start=16)]
    assert not any(block.in_table for block in result.blocks)


def test_numbers_in_the_boxes_of_a_diagram_are_no_questions() -> None:
    words = [*line("1", 45, 100), *line("2", 45, 130), *line("2a", 75, 130), *line("3", 45, 160), *line("3a", 75, 160)]
    boxes = [Panel(Box(40, y - 12, 62, y + 5), (1.0, 0.8, 0.2), outlined=True) for y in (100, 130, 160)]
    assert "2 2a" not in texts(page(words, panels=tuple(boxes)))


def test_a_white_ground_painted_in_strips_makes_no_grid() -> None:
    strips = tuple(Panel(Box(0.1, 25.0 * row, 594, 25.0 * row + 24.9), (1.0, 1.0, 1.0)) for row in range(33))
    ground = Picture(Box(0, 0, 595, 842), use="ground")
    words = column(
        [
            "The council would like to hear from everyone",
            "who lives in the area about the plans for",
            "the park and the library",
        ],
        leading=20,
    )
    result = page(words, panels=strips, pictures=(ground,))
    assert len(result.blocks) == 1
    assert not result.blocks[0].in_table


def test_the_boxes_of_a_family_tree_hold_labels() -> None:
    words: list[Word] = []
    strokes: list[Stroke] = []
    for number in range(8):
        x, y = 50.0 + 120 * (number % 4), 100.0 + 90 * (number // 4) + 7 * (number % 2)
        words += [*line("Robert", x + 8, y), *line("Duke 1087", x + 8, y + 12)]
        left, top, right, foot = x, y - 14, x + 80, y + 20
        strokes += [Stroke(Box(left, edge, right, edge), 0.5, True) for edge in (top, foot)]
        strokes += [Stroke(Box(edge, top, edge, foot), 0.5, False) for edge in (left, right)]
    result = page(words, column(PROSE_LINES, y=400), strokes=tuple(strokes))
    done = assign(result, settle(summarise(result), Job()))
    assert {block.role for block in done.blocks if block.text.startswith("Robert")} == {"label"}
    assert done.blocks[-1].role == "body"


def test_centred_lines_among_others_are_one_paragraph_and_tear_none() -> None:
    above = column(PROSE_LINES, y=100)
    stack = ["We meet in the old school", "on the last Thursday of each month", "from ten until noon.", "Tea and cake are free"]
    middle = 200.0
    words = [w for row, text in enumerate(stack) for w in line(text, middle - advance(text, 10) / 2, 165 + 13 * row)]
    below = column(PROSE_LINES, y=240)
    found = texts(page(above, words, below))
    assert [len(text.split()) for text in found] == [len(" ".join(part).split()) for part in (PROSE_LINES, stack, PROSE_LINES)]


def test_a_paragraph_of_a_narrower_measure_may_end_a_sentence_in_a_full_line() -> None:
    wide = ["The council would like to hear from everyone who lives in the area about the plans for the"] * 2
    narrow = [
        "The surgery on Mill Lane is open again now, so do",
        "come and sit by the window and ring the old bell.",
        "The waiting room is up the stairs until we all have",
        "mended it.",
    ]
    ends = [advance(text, 10) for text in narrow[:3]]
    assert max(ends) - min(ends) < 10
    words = [*column(wide, y=100), *column(narrow, y=150), *column(wide, y=230)]
    assert texts(page(words))[1] == " ".join(narrow)


def test_steps_that_a_browser_rounds_are_one_leading() -> None:
    tight = column([*PROSE_LINES, *PROSE_LINES], y=300, leading=10)
    loose = [
        "The walking group sets off from the park on every",
        "Tuesday at ten and goes all the way round the lake.",
        "Dogs are welcome on a lead, and there is some tea",
        "afterwards.",
    ]
    words = [w for text, y in zip(loose, (100, 112, 112 + 12.5, 124.5 + 12), strict=True) for w in line(text, 50, y)]
    assert texts(page(words, tight))[0] == " ".join(loose)


@pytest.mark.parametrize(("others", "alignment"), [(True, "left"), (False, "justified")])
def test_a_few_lines_that_end_together_among_ragged_ones_are_ragged(others: bool, alignment: str) -> None:
    parts = ["the", "council", "would", "like", "to", "hear", "from", "you", "all"]
    words: list[Word] = []
    for row, width in enumerate((0.0, 0.15, -0.2)):
        natural = sum(advance(part, 10) for part in parts) + 2.8 * (len(parts) - 1)
        space = 2.8 + width
        letters = natural - 2.8 * (len(parts) - 1)
        row_words = line(" ".join(parts), 50, 100 + 13 * row, space=space)
        shift = 300 - (50 + letters + space * (len(parts) - 1))
        last = row_words[-1]
        row_words[-1] = replace(last, box=replace_x1(last.box, last.box.x1 + shift))
        words += row_words
    words += line("and that is all.", 50, 139)
    ragged = column(PROSE_LINES * 3, y=200) if others else []
    assert page(words, ragged).blocks[0].alignment == alignment


def replace_x1(box: Box, x1: float) -> Box:
    """The box, reaching to another right edge: its word is a little wider than its letters."""
    return Box(box.x0, box.y0, x1, box.y1)


def test_text_painted_twice_is_one_text_however_it_is_cut() -> None:
    words = line("write in the information below. At the time", 50, 100)
    cut = [w for w in words if w.text != "below."]
    stop = next(w for w in words if w.text == "below.")
    short = word("below", stop.box.x0, 100)
    pieces = [short, replace(stop, text=".", box=Box(short.box.x1, stop.box.y0, stop.box.x1, stop.box.y1))]
    assert texts(page(words, cut, pieces)) == ["write in the information below. At the time"]


def test_a_letter_twice_in_a_word_is_no_shadow_of_itself() -> None:
    signs: list[Word] = []
    x = 50.0
    for sign in "still":
        signs.append(word(sign, x, 100, 4))
        x = signs[-1].box.x1
    assert texts(page(signs)) == ["still"]


def test_a_line_that_says_what_follows_wants_no_space_below_it() -> None:
    words = column(
        [
            "For the first of them:",
            "Smart sensors in experiments that are done with a telephone or with",
            "another thing like it.",
        ]
    )
    first, second = page(words).blocks
    assert first.step is None
    assert len(second.lines) == 2


def test_a_number_in_a_box_makes_no_wide_word_gap() -> None:
    words: list[Word] = []
    boxes = []
    for number in (16, 17):
        y = 100.0 + 80 * (number - 16)
        words += [*line(str(number), 45, y), *line("Has your child had the vaccine before?", 75, y)]
        boxes.append(Panel(Box(40, y - 12, 62, y + 5), (1.0, 1.0, 1.0), outlined=True))
    for block in page(words, panels=tuple(boxes)).blocks:
        assert max(block.lines[0].gaps) < 3.0
