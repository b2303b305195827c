"""What can be the page number of a contents line."""

from __future__ import annotations

from clearprint.geometry import Box
from clearprint.layout.contents import Entry, _rising, entries_of
from tests.handmade import line, page


def entries(*values: tuple[int, bool]) -> list[Entry]:
    return [
        Entry(1, f"Line {i}", value, roman, Box(72, 100 + 20 * i, 300, 112 + 20 * i)) for i, (value, roman) in enumerate(values)
    ]


def test_letters_of_a_date_to_fill_in_are_no_roman_page_numbers() -> None:
    assert _rising(entries((500, True), (500, True), (1000, True), (1000, True)), 12, False) == []


def test_roman_front_matter_counts_past_the_last_numbered_page() -> None:
    lines = entries((5, True), (9, True), (14, True), (1, False), (3, False))
    assert _rising(lines, 4, False) == lines


def test_numbers_past_the_end_stand_in_a_list_that_is_known_for_one() -> None:
    lines = entries((2, False), (5, False), (9, False), (11, False), (16, False))
    assert _rising(lines, 7, True) == lines
    assert _rising(lines, 7, False) == lines[:3]


def test_a_leader_set_without_spaces_parts_title_and_number() -> None:
    found = entries_of(page(line("Finding the surgery.........12"), line("Contents....3")))
    assert [(entry.text, entry.value) for entry in found] == [("Finding the surgery", 12), ("Contents", 3)]


def test_page_numbers_may_stand_before_their_titles() -> None:
    listed = [line(f"{number}", at=(72, 100 + 30 * row)) for row, number in enumerate((2, 4, 9))]
    titles = [line(f"Title {word}", at=(110, 100 + 30 * row)) for row, word in enumerate(("one", "two", "three"))]
    found = entries_of(page(line("In this issue", 20), *listed, *titles))
    assert [(entry.text, entry.value) for entry in found] == [("Title one", 2), ("Title two", 4), ("Title three", 9)]
    assert not list(entries_of(page(line("News", 20), *listed, *titles)))


def test_numbers_of_sections_are_no_page_numbers() -> None:
    listed = [line(f"{number}", at=(72, 100 + 30 * row)) for row, number in enumerate((1, 2, 3))]
    titles = [line(f"Title {word}", at=(110, 100 + 30 * row)) for row, word in enumerate(("one", "two", "three"))]
    assert not list(entries_of(page(line("Contents", 20), *listed, *titles)))
