"""What can be the page number of a contents line."""

from __future__ import annotations

from dataclasses import replace

from clearprint.geometry import Box
from clearprint.layout import summarise
from clearprint.layout.contents import Entry, _checked, _headed_runs, _rising, entries_of
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


def checked(*lines: tuple[str, int, int | None]) -> list[int | None]:
    """What is found of the page numbers of a list on page 1: title, number given, page of the one heading with that title."""
    summary = replace(
        summarise(page()),
        heading_texts=tuple((where, title) for title, _, where in lines if where is not None),
        pages=frozenset(),
    )
    listed = tuple(
        Entry(1, title, given, False, Box(72, 100 + 20 * i, 300, 112 + 20 * i)) for i, (title, given, _) in enumerate(lines)
    )
    return [
        entry.actual for entry in _checked(listed, summary, frozenset({1}), {number: str(number) for number in range(1, 99)})
    ]


def test_a_heading_that_stands_elsewhere_than_its_list_says_is_found() -> None:
    assert checked(("Apples", 2, 2), ("Pears", 4, 5), ("Plums", 9, 9)) == [2, 5, 9]


def test_a_heading_before_one_that_stands_above_it_in_the_list_is_another_text() -> None:
    assert checked(("Apples", 20, 20), ("Poetry", 40, 7), ("Plums", 60, 60)) == [20, None, 60]


def test_of_several_lines_of_one_name_none_is_wrong() -> None:
    assert checked(("Apples", 3, 3), ("NAME", 5, 20), ("NAME", 20, None), ("NAME", 30, None)) == [3, None, 20, None]


def test_a_number_in_the_list_stands_before_the_heading_too() -> None:
    lines = (("1 Apples", 2, 2), ("2 Pears", 4, 4), ("2.7 Fonts", 6, None), ("Fonts", 9, 9))
    assert checked(*lines) == [2, 4, None, 9]


def test_an_index_is_no_contents_list() -> None:
    names = ("apple", "bear", "cherry", "date", "elder", "fig")
    lines = [
        Entry(1, name, number, False, Box(72, 100 + 20 * i, 300, 112 + 20 * i))
        for i, (name, number) in enumerate(zip(names, (3, 9, 4, 12, 14, 15), strict=True))
    ]
    assert _rising(lines, 20, True) == []
    titles = ["Growing", "Cutting", "Picking", "Storing", "Baking", "Eating"]
    assert _rising([replace(one, text=title) for one, title in zip(lines, titles, strict=True)], 20, True)


def test_lists_on_other_pages_than_the_headed_one_are_left() -> None:
    pages = {number: entries((number, False)) for number in (2, 3, 9)}
    assert list(_headed_runs(pages, {2})) == [2, 3]
    assert list(_headed_runs(pages, {7})) == [2, 3, 9]


def test_a_title_may_be_a_year_where_dots_lead_to_its_page() -> None:
    found = entries_of(page(line("9.1.10 2014 . . . . . . . . . . 40"), line("2015 16")))
    assert [(entry.text, entry.value) for entry in found] == [("9.1.10 2014", 40)]
