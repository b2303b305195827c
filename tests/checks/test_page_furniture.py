"""Page numbers and headings from page to page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.geometry import Box
from clearprint.model import Extent, HeadingUse, Numbering, PageSize, Place
from tests.checks.judged import faults, hints, judged, observed
from tests.checks.whole import folio, mm, of_pages, whole
from tests.handmade import A4, flow


def _numbered(count: int, **facts: Any) -> Any:
    return of_pages(count, **{"folios": tuple(folio(page) for page in range(2, count + 1)), **facts})


def _heading(
    page: int, size: float = 18.0, family: str = "Arial", weight: int = 700, left: float = 0.0, **facts: Any
) -> HeadingUse:
    colour = facts.get("colour", (0.0, 0.0, 0.0))
    return HeadingUse(
        1, (family, size, weight, False), left, colour, facts.get("centred", False), Place(page, None, f"Part {page}")
    )


def test_one_page_is_not_applicable() -> None:
    assert judged("page-furniture", of_pages(1)).answer == "na"
    assert judged("page-furniture", of_pages(2)).answer == "na"


def test_numbers_that_keep_their_place_are_well() -> None:
    found = judged("page-furniture", _numbered(12))
    assert (found.answer, found.counted) == ("yes", 11)


def test_a_yes_says_what_was_there_and_what_was_not() -> None:
    numbers = judged("page-furniture", _numbered(12)).reason
    assert numbers.startswith("11 page numbers were looked at")
    assert numbers.endswith("There are no headings to compare.")
    headings = judged("page-furniture", of_pages(2, headings=((_heading(1), _heading(2)),))).reason
    assert headings.startswith("There are no page numbers, and none are needed here. 2 headings were looked at")


def test_no_numbers_at_all_is_one_fault() -> None:
    found = judged("page-furniture", of_pages(5, folios_missing=(2, 3, 4, 5)))
    assert faults(found) == [("number", "none")]
    assert "5 pages" in found.faults[0].message
    assert found.reason == "There are no page numbers."


def test_no_numbers_where_pages_cannot_be_read_is_asked() -> None:
    found = judged("page-furniture", of_pages(5, folios_missing=(2, 3), unreadable=(4, 5)))
    assert (found.answer, found.cause) == ("ask", "unreadable")


@pytest.mark.parametrize(("pages", "answer"), [(6, "ask"), (2, "ask"), (1, "na")])
def test_scans_alone_are_asked_about(pages: int, answer: str) -> None:
    assert judged("page-furniture", of_pages(pages, unreadable=tuple(range(1, pages + 1)))).answer == answer


FOOT = Place(path="Footer", text="Page 1")


def _kind(kind: Any = "default", section: int = 1, pages: int = 5, number: Place | None = FOOT, **facts: Any) -> Numbering:
    key = ("Arial", facts.get("size", 12.0), 400, False)
    spot = facts.get("position", "footer centred") if number else ""
    opens, turned = facts.get("opens", True), facts.get("turned", False)
    return Numbering(section, kind, Extent(pages, pages, pages), opens, turned, number, spot, key if number else None)


def _flow(*kinds: Numbering, least: int = 5, most: int = 5) -> Any:
    pages = Extent(least, least, most)
    return whole(flow("Text"), extent=pages, counted_extent=pages, numbering=kinds)


def test_numbers_of_headers_and_footers_are_answered_without_a_layout() -> None:
    for made, answer in (
        (_flow(_kind()), "yes"),
        (_flow(_kind(number=None)), "no"),
        (_flow(_kind(number=None), least=2, most=2), "na"),
        (_flow(_kind(number=None), least=2, most=3), "ask"),
        (_flow(_kind("first", number=None), _kind()), "yes"),  # page 1 may go without
        (_flow(_kind(), _kind("even", position="header centred")), "ask"),
        (_flow(_kind(), _kind(section=2, number=None)), "no"),
        (_flow(_kind(), _kind(section=2, number=None, turned=True)), "yes"),
        (_flow(_kind(), _kind("first", section=2, number=None), _kind(section=2)), "ask"),
        (_flow(_kind(), _kind(section=2, size=9.0)), "no"),
    ):
        assert judged("page-furniture", made).answer == answer, made.survey.numbering
    (none,) = judged("page-furniture", _flow(_kind(number=None))).faults
    assert none.message == "The document has about 5 pages and no page numbers."
    found = judged("page-furniture", _flow(_kind(), _kind(section=2, number=None)))
    assert [(fault.measured, fault.path) for fault in found.faults] == [("missing", "Section 2")]


def test_a_missing_number_is_named_by_its_page() -> None:
    found = judged("page-furniture", _numbered(8, folios_missing=(5,)))
    assert [(item.measure, item.measured, item.page) for item in found.faults] == [("number", "missing", 5)]


@pytest.mark.parametrize(("shift", "answer"), [(0, "yes"), (4, "yes"), (8, "no")])
def test_a_number_that_moves_is_a_fault(shift: float, answer: str) -> None:
    folios = [folio(page) for page in range(2, 9)]
    folios[3] = folio(5, x=290 + mm(shift))
    assert judged("page-furniture", _numbered(8, folios=tuple(folios))).answer == answer
    folios[3] = folio(5, y=800 - mm(shift))
    assert judged("page-furniture", _numbered(8, folios=tuple(folios))).answer == answer


def test_left_and_right_pages_may_mirror_each_other() -> None:
    width = A4[0]
    for count in (3, 9):
        folios = []
        for page in range(2, count + 1):
            text = str(page)
            x = 60.0 if page % 2 == 0 else width - 60 - 6 * len(text)
            folios.append(folio(page, x=x))
        assert judged("page-furniture", _numbered(count, folios=tuple(folios))).answer == "yes"


def test_nine_is_narrower_than_ten() -> None:
    folios = tuple(folio(page, x=540 - 6 * len(str(page))) for page in range(2, 120))
    assert judged("page-furniture", _numbered(119, folios=folios)).answer == "yes"


@pytest.mark.parametrize(
    ("look", "measure"),
    [({"size": 10.0}, "number-size"), ({"family": "Georgia"}, "number-face"), ({"weight": 700}, "number-face")],
)
def test_another_look_is_a_fault(look: dict[str, Any], measure: str) -> None:
    folios = [folio(page) for page in range(2, 9)]
    folios[2] = folio(4, **look)
    assert [name for name, _ in faults(judged("page-furniture", _numbered(8, folios=tuple(folios))))] == [measure]


def test_a_wrong_number_is_out_of_sequence() -> None:
    folios = [folio(page) for page in range(2, 9)]
    folios[3] = folio(5, 15)
    found = judged("page-furniture", _numbered(8, folios=tuple(folios)))
    assert [(item.measure, item.page) for item in found.faults] == [("sequence", 5)]


def test_roman_front_matter_and_a_new_start_are_in_sequence() -> None:
    roman = tuple(folio(page, page, roman=True, text="i" * page) for page in (2, 3))
    arabic = tuple(folio(page, page - 3) for page in range(4, 12))
    made = _numbered(11, folios=roman + arabic)
    values = {seen.value for seen in observed("page-furniture", made) if seen.measure == "sequence"}
    assert values == {"right"}


def test_blank_pages_may_be_passed_over_in_the_count() -> None:
    folios = (folio(2), folio(3), folio(5, 4), folio(6, 5))
    assert judged("page-furniture", _numbered(6, folios=folios, blanks=frozenset({4}))).answer == "yes"


def test_numbers_of_spreads_count_by_two() -> None:
    folios = tuple(folio(page, 2 * page) for page in range(2, 8))
    assert judged("page-furniture", _numbered(7, folios=folios)).answer == "yes"


def test_landscape_pages_have_their_number_elsewhere() -> None:
    sizes = tuple(PageSize(page, *(A4[::-1] if page == 4 else A4)) for page in range(1, 9))
    folios = [folio(page) for page in range(2, 9)]
    folios[2] = folio(4, x=700, y=500)
    assert judged("page-furniture", _numbered(8, folios=tuple(folios), sizes=sizes)).answer == "yes"


def test_small_or_many_coloured_numbers_are_advice() -> None:
    folios = tuple(folio(page, size=9.0, colour=(0.0, 0.0, float(page == 3))) for page in range(2, 6))
    found = judged("page-furniture", _numbered(5, folios=folios, body=("Arial", 12.0, 400, False)))
    assert found.answer == "yes"
    assert hints(found) == [("number-smaller", 3.0), ("number-colour", "other")]


def test_black_in_one_ink_and_in_four_is_one_colour() -> None:
    folios = tuple(folio(page, colour=(0.137, 0.122, 0.125) if page == 3 else (0.0, 0.0, 0.0)) for page in range(2, 6))
    found = judged("page-furniture", _numbered(5, folios=folios))
    assert ("number-colour", "other") not in hints(found)


@pytest.mark.parametrize(
    ("other", "measure"),
    [
        (_heading(9, size=16.0), "heading-size"),
        (_heading(9, family="Georgia"), "heading-face"),
        (_heading(9, weight=400), "heading-weight"),
        (_heading(9, left=20.0), "heading-left"),
    ],
)
def test_one_heading_unlike_its_level_is_a_fault(other: HeadingUse, measure: str) -> None:
    level = (*(_heading(page) for page in range(1, 9)), other)
    found = judged("page-furniture", _numbered(9, headings=(level,)))
    assert [(item.measure, item.page) for item in found.faults] == [(measure, 9)]


def test_a_fifth_or_more_may_be_a_level_of_their_own() -> None:
    level = (*(_heading(page) for page in range(1, 5)), _heading(5, size=16.0))
    assert judged("page-furniture", _numbered(9, headings=(level,))).answer == "yes"


def test_small_differences_and_centred_headings_are_well() -> None:
    level = (
        *(_heading(page) for page in range(1, 9)),
        _heading(9, size=18.1, left=mm(1)),
        _heading(9, left=90.0, centred=True),
    )
    assert judged("page-furniture", _numbered(9, headings=(level,))).answer == "yes"


def test_a_column_that_begins_indented_moves_no_heading() -> None:
    spot = Box(72, 100, 200, 118)
    level = tuple(
        replace(_heading(page, left=-27.0 if page == 9 else 0.0), place=Place(page, spot, "Part")) for page in range(1, 10)
    )
    assert judged("page-furniture", _numbered(9, headings=(level,))).answer == "yes"
    moved = replace(level[8], left=27.0, place=Place(9, spot.move(27, 0), "Part"))
    assert judged("page-furniture", _numbered(9, headings=((*level[:8], moved),))).answer == "no"


def test_two_pages_are_judged_by_their_headings_alone() -> None:
    level = (*(_heading(page) for page in (1, 1, 1, 2, 2, 2)), _heading(2, size=15.0))
    found = judged("page-furniture", of_pages(2, headings=(level,), folios_missing=(2,)))
    assert [name for name, _ in faults(found)] == ["heading-size"]


def test_a_flow_is_asked_unless_its_headings_prove_a_fault() -> None:
    assert judged("page-furniture", of_pages(0, laid_out=False)).cause == "estimate"
    level = (*(_heading(0) for _ in range(8)), _heading(0, size=14.0))
    assert judged("page-furniture", of_pages(0, laid_out=False, headings=(level,))).answer == "no"


def test_unnumbered_pages_before_the_count_begins_are_faults() -> None:
    """The checklist lets page 1, covers and Roman front matter be; a page without any number has nothing to refer to."""
    folios = tuple(folio(page, page - 3) for page in range(4, 12))
    found = judged("page-furniture", of_pages(11, folios=folios, folios_missing=(2, 3)))
    assert (found.answer, len(found.faults)) == ("no", 2)
