"""Contents lists and the page numbers in them."""

from __future__ import annotations

import pytest

from clearprint.geometry import Box
from clearprint.model import Entry, Extent, Job, Numbering, Place
from tests.checks.judged import faults, hints, judged
from tests.checks.whole import folio, of_pages, whole
from tests.handmade import flow


def _list(*numbers: tuple[int, int | None]) -> tuple[Entry, ...]:
    return tuple(
        Entry(2, f"Chapter {index}", given, False, Box(72, 100 + 20 * index, 500, 112 + 20 * index), actual)
        for index, (given, actual) in enumerate(numbers)
    )


@pytest.mark.parametrize(("pages", "answer"), [(1, "na"), (3, "na"), (4, "yes"), (9, "yes"), (10, "no"), (60, "no")])
def test_long_documents_need_one(pages: int, answer: str) -> None:
    found = judged("contents-list", of_pages(pages))
    assert found.answer == answer
    assert bool(hints(found)) == (4 <= pages <= 9)


@pytest.mark.parametrize(
    ("fewest", "most", "answer"), [(1, 1, "na"), (3, 3, "na"), (3, 4, "yes"), (7, 9, "yes"), (9, 10, "ask"), (10, 12, "no")]
)
def test_pages_without_a_layout_are_told_where_the_limit_is_clear(fewest: int, most: int, answer: str) -> None:
    pages = Extent(fewest, (fewest + most) // 2, most)
    found = judged("contents-list", whole(flow("Text"), extent=pages, counted_extent=pages))
    assert found.answer == answer
    assert (found.cause == "estimate") == (answer == "ask")
    said = [item.message for item in (*found.faults, *found.advice)]
    assert all("about" in message for message in said)
    assert bool(said) == (answer in ("yes", "no"))


def test_covers_are_not_counted() -> None:
    assert judged("contents-list", of_pages(11, counted_pages=9, covers=frozenset({1, 11}))).answer == "yes"


@pytest.mark.parametrize("kind", ["form", "letter", "leaflet", "poster", "card", "screen"])
def test_some_kinds_need_none(kind: str) -> None:
    assert judged("contents-list", of_pages(20, job=Job(kind=kind))).answer == "na"
    assert judged("contents-list", of_pages(20, job=Job(kind="book"))).answer == "no"


def test_a_list_with_right_numbers_is_well() -> None:
    made = of_pages(20, contents_list=True, contents=_list((3, 3), (9, 9), (12, None)), folios=(folio(3), folio(4)))
    assert judged("contents-list", made).answer == "yes"


def test_a_wrong_number_is_a_fault_with_its_place() -> None:
    made = of_pages(20, contents_list=True, contents=_list((3, 3), (9, 11)), folios=(folio(3), folio(4)))
    found = judged("contents-list", made)
    assert faults(found) == [("number", "wrong")]
    assert "page 9" in found.faults[0].message
    assert "page 11" in found.faults[0].message
    assert found.faults[0].page == 2


def test_without_printed_numbers_only_differences_tell() -> None:
    shifted = _list((1, 3), (5, 7), (9, 11))
    assert judged("contents-list", of_pages(20, contents_list=True, contents=shifted)).answer == "yes"
    wrong = _list((1, 3), (5, 7), (9, 11), (12, 16))
    assert len(judged("contents-list", of_pages(20, contents_list=True, contents=wrong)).faults) == 1


def test_roman_numbers_are_left_alone() -> None:
    entry = Entry(2, "Preface", 4, True, None, 9)
    made = of_pages(20, contents_list=True, contents=(entry,), folios=(folio(3),))
    assert judged("contents-list", made).answer == "yes"


def test_pages_that_cannot_be_read_may_hold_the_list() -> None:
    found = judged("contents-list", of_pages(20, unreadable=(2,)))
    assert (found.answer, found.cause) == ("ask", "unreadable")


def test_a_flow_with_a_contents_field_is_well_and_without_is_asked() -> None:
    assert judged("contents-list", of_pages(0, laid_out=False, contents_list=True)).answer == "yes"
    found = judged("contents-list", of_pages(0, laid_out=False))
    assert (found.answer, found.cause) == ("ask", "estimate")


_NUMBERED = Numbering(1, "default", Extent(12, 12, 12), True, False, Place(None, None, "1"), "footer centred")


@pytest.mark.parametrize(
    ("numbers", "numbered", "answer", "wrong"),
    [
        ([(2, (2, 2)), (5, (5, 5))], True, "yes", []),
        ([(2, (2, 2)), (6, (5, 5))], True, "no", ["wrong"]),
        ([(2, (2, 2)), (5, (5, 6))], True, "ask", []),  # it may be either
        ([(2, (2, 2)), (9, (5, 6))], True, "no", ["far"]),  # it is neither
        ([(2, (2, 2)), (5, (0, 0))], True, "ask", []),  # in a cell, or after a footnote
        ([(2, (2, 2)), (5, None)], True, "yes", []),  # names nothing that is known
        ([(1, (2, 2)), (4, (5, 5)), (8, (9, 9))], False, "yes", []),  # without printed numbers only differences tell
        ([(1, (2, 2)), (4, (5, 5)), (9, (9, 9))], False, "no", ["wrong"]),
        ([(1, (2, 3)), (4, (5, 6))], False, "ask", []),
    ],
)
def test_numbers_are_held_against_the_pages_that_headings_likely_stand_on(
    numbers: list[tuple[int, tuple[int, int] | None]], numbered: bool, answer: str, wrong: list[str]
) -> None:
    entries = []
    for value, pages in numbers:
        likely = None if pages is None else Extent(pages[0], pages[0], pages[1])
        entries.append(Entry(0, f"Chapter {value}", value, False, None, pages and (pages[0] or None), "Paragraph 3", likely))
    kinds = (_NUMBERED,) if numbered else ()
    made = of_pages(0, laid_out=False, contents_list=True, contents=tuple(entries), numbering=kinds)
    found = judged("contents-list", made)
    assert (found.answer, [fault.measured for fault in found.faults]) == (answer, wrong)
    assert (found.cause == "estimate") == (answer == "ask")
    if answer == "ask":
        assert "whether its page numbers are right" in found.reason
