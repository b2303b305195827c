"""Where lines that are sentences of their own part, and what of a line's neighbours belongs to its paragraph."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.model import Page, Word
from tests.test_layout import advance, line, page

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
