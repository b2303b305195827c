"""layout/survey: body style, covers, page numbers, running heads, heading levels, contents, language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.layout.levels import column_left
from clearprint.model import Column, Page
from tests.handmade import A4, TEXT, doc, flow, line, page, para

WELSH = (
    "Mae'r bws i'r dref yn stopio wrth y giât bob deng munud ac mae'r gyrrwr yn barod i helpu gyda'ch bag os ydych yn gofyn. "
    "Mae sedd yn y lloches a bydd amserlen ar y wal. "
)


def sheet(*pieces, foot: str | None = None, x: float = 290, y: float = 800, **facts) -> Page:
    """A page of text with something in its foot."""
    feet = () if foot is None else (line(foot, at=(x, y), size=10),)
    return page(*pieces, para(TEXT * 2), *feet, **facts)


def values(document):
    return [(item.page, item.value) for item in document.survey.folios]


# --- body -----------------------------------------------------------------------------------------------------------------


def test_the_page_of_so_many_pages_is_the_first_number():
    """On the last page both are the same, and the first is where it stands on all."""
    pages = [page(para(TEXT), line(f"Page {number} of 6", at=(240, 800))) for number in range(1, 7)]
    places = {round(item.box.x0) for item in doc(*pages).survey.folios}
    assert len(places) == 1


def test_the_body_is_the_commonest_style_of_paragraphs_not_of_all_letters():
    pages = [page(para(TEXT, size=11), *[line("A CELL OF MANY FIGURES 123 456", size=8) for _ in range(20)])]
    assert doc(*pages).survey.body == ("Arial", 11.0, 400, False)


def test_styles_a_hair_off_the_body_and_its_bold_are_like_it():
    document = doc(page(para(TEXT * 2, size=11), para(TEXT, size=11.2), para(TEXT, size=11, weight=700), para(TEXT, size=8)))
    sizes = {(key[1], key[2]) for key in document.survey.body_styles}
    assert sizes == {(11.0, 400), (11.2, 400), (11.0, 700)}


def test_without_paragraphs_the_commonest_style_of_all_is_the_body():
    assert doc(page(line("A poster", size=60), line("Come to the fair on Saturday", size=30))).survey.body_size == 30


# --- covers and blanks ----------------------------------------------------------------------------------------------------


def test_first_and_last_page_with_few_words_are_covers():
    document = doc(page(line("The guide", size=40)), sheet(), sheet(), page(line("Ring us")))
    assert document.survey.covers == {1, 4}
    assert document.survey.counted_pages == 2
    assert [item.counted for item in document.pages] == [False, True, True, False]


def test_three_pages_have_no_cover():
    assert not doc(page(line("The guide", size=40)), sheet(), sheet()).survey.covers


def test_a_paragraph_of_three_lines_is_on_no_cover():
    short = "It is a fine day and we will all go for a walk along the river if we can " * 2
    assert not doc(page(para(short)), sheet(), sheet(), sheet()).survey.covers


def test_two_sentences_of_three_lines_in_large_type_are_text_and_one_may_be_a_title():
    large = para("We help people who live with sight loss to read what they are given.", 24, chars=30)
    assert len(large.lines) == 3
    assert not doc(page(large, large), sheet(), sheet(), sheet()).survey.covers
    assert doc(page(large), sheet(), sheet(), sheet()).survey.covers == {1}


def test_a_declared_cover_is_believed_and_none_declared_too():
    pages = [page(line("The guide", size=40)), sheet(), sheet(), sheet()]
    assert doc(*pages, cover=()).survey.covers == frozenset()
    assert doc(*pages, cover=(1, 2)).survey.covers == {1, 2}


def test_a_scan_is_no_cover_and_is_named_unreadable():
    document = doc(page(state="scan"), sheet(), sheet(), page(state="blank"))
    assert document.survey.covers == frozenset()
    assert document.survey.unreadable == (1,)
    assert document.survey.blanks == {4}


# --- page numbers ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    ["{}", "- {} -", "Page {}", "page {} of 6", "{}/6", "Tudalen {}", "[{}]", "{} | The bus guide", "The bus guide  {}"],
)
def test_page_numbers_are_followed_however_they_are_written(written):
    document = doc(*[sheet(foot=written.format(number)) for number in range(1, 7)])
    assert values(document) == [(number, number) for number in range(1, 7)]
    assert document.survey.folios_missing == ()


def test_numbers_that_do_not_count_with_the_pages_are_none():
    document = doc(*[sheet(foot=f"Printed in {year}") for year in (2020, 2020, 2019, 2020)])
    assert document.survey.folios == ()
    assert document.survey.folios_missing == (2, 3, 4)


def test_a_year_beside_the_number_does_not_disturb():
    document = doc(*[sheet(line("2023", at=(72, 800), size=10), foot=str(number)) for number in range(1, 6)])
    assert values(document) == [(number, number) for number in range(1, 6)]


def test_mirrored_numbers_and_an_offset():
    document = doc(*[sheet(foot=str(number + 10), x=72 if number % 2 else 500) for number in range(1, 7)])
    assert values(document) == [(number, number + 10) for number in range(1, 7)]


def test_roman_front_matter_comes_before_the_first_page():
    feet = ["i", "ii", "iii", "iv", "1", "2", "3", "4", "5"]
    document = doc(*[sheet(foot=foot) for foot in feet])
    assert [item.roman for item in document.survey.folios] == [True] * 4 + [False] * 5
    assert document.survey.folios_missing == ()


def test_a_missing_number_is_missed_and_page_one_is_not():
    feet = [None, "2", "3", None, "5", "6"]
    document = doc(*[sheet(foot=foot) for foot in feet])
    assert document.survey.folios_missing == (4,)


def test_a_number_out_of_sequence_is_kept():
    document = doc(*[sheet(foot=foot) for foot in ("1", "2", "3", "7", "5", "6")])
    assert (4, 7) in values(document)
    assert document.survey.folios_missing == ()


def test_covers_blanks_pictures_and_turned_pages_need_no_number():
    wide = sheet(size=(A4[1], A4[0]), y=560)
    pages = [page(line("The guide", size=40)), sheet(foot="2"), page(state="blank"), page(state="picture"), wide]
    document = doc(*pages, *[sheet(foot=str(number)) for number in range(6, 10)])
    assert document.survey.folios_missing == ()


def test_numbered_headings_at_the_top_are_no_page_numbers():
    titles = ["1 Where we are", "2 What to bring", "3 How to come", "4 When to ring"]
    document = doc(*[sheet(line(title, size=18, at=(72, 60))) for title in titles])
    assert document.survey.folios == ()


def test_pages_of_two_numbers_each_are_followed():
    wide = (A4[1], A4[0])
    pages = [
        page(para(TEXT), line(str(2 * n), at=(60, 560), size=10), line(str(2 * n + 1), at=(760, 560), size=10), size=wide)
        for n in range(1, 6)
    ]
    found = values(doc(*pages))
    assert {item[0] for item in found} == {1, 2, 3, 4, 5}


# --- running heads --------------------------------------------------------------------------------------------------------


def test_a_line_that_comes_again_in_the_head_is_a_running_head():
    document = doc(*[sheet(line(f"The bus guide {n}", at=(72, 30), size=9)) for n in range(1, 5)])
    assert "the bus guide" in document.survey.running_heads
    assert all(page.blocks[0].role == "running-head" for page in document.pages)


def test_chapter_heads_in_the_place_of_running_heads_are_running_heads():
    titles = ["Buses", "Buses", "Buses", "Trains", "Walking", "Buses"]
    document = doc(*[sheet(line(title, at=(72, 30), size=9)) for title in titles])
    assert {"buses", "trains", "walking"} <= set(document.survey.running_heads)


def test_a_chapter_title_in_larger_type_is_no_running_head_though_it_says_the_same():
    heads = [line("Buses", at=(72, 30), size=9) for _ in range(4)]
    document = doc(sheet(line("Buses", at=(72, 60), size=18)), *[sheet(head) for head in heads])
    assert document.pages[0].blocks[0].role in ("heading", "title")
    assert [page.blocks[0].role for page in document.pages[1:]] == ["running-head"] * 4


def test_a_slide_title_that_comes_again_on_the_next_slides_is_a_heading():
    titles = ["How we work", "How we work", "How we work", "What we found", "What comes next", "Who helps us", "Thank you"]
    document = doc(*[sheet(line(title, at=(72, 60), size=25)) for title in titles])
    assert {page.blocks[0].role for page in document.pages} <= {"heading", "title"}


def test_the_head_of_the_left_pages_of_four_is_a_running_head():
    heads = {2: [line("The bus guide", at=(72, 30), size=9)], 4: [line("The bus guide", at=(72, 30), size=9)]}
    document = doc(*[sheet(*heads.get(n, [])) for n in range(1, 5)])
    assert [page.blocks[0].role == "running-head" for page in document.pages] == [False, True, False, True]


def test_different_first_lines_are_no_running_heads():
    document = doc(*[sheet(line(text, at=(72, 72), size=16)) for text in ("Buses", "Trains", "Walking")])
    assert document.survey.running_heads == {}


# --- headings -------------------------------------------------------------------------------------------------------------


def test_headings_of_one_face_within_an_eighth_are_one_level():
    sizes = (16, 16, 15.5, 16)
    document = doc(*[page(para(TEXT), line("Getting here", size=size, weight=700), para(TEXT, below=4)) for size in sizes])
    (level,) = document.survey.headings
    assert [use.key[1] for use in level] == [16, 16, 15.5, 16]


def test_levels_run_from_the_largest():
    document = doc(
        page(
            line("Title", size=24),
            para(TEXT),
            line("Part", size=18),
            para(TEXT, below=5),
            line("Sub", weight=700),
            para(TEXT, below=5),
        )
    )
    assert [[use.place.text for use in group] for group in document.survey.headings] == [["Title"], ["Part"], ["Sub"]]


def test_the_left_edge_of_a_heading_beside_all_columns_is_not_known():
    (sheet_of_one,) = doc(
        page(line("Under it", size=18), para(TEXT, below=5), columns=(Column(Box(72, 40, 280, 700), 30),))
    ).pages
    under = next(block for block in sheet_of_one.blocks if block.text == "Under it")
    assert column_left(sheet_of_one, replace(under, column=None)) == 72
    assert under.box is not None
    beside = replace(under, column=None, box=under.box.move(300, 0))
    assert column_left(sheet_of_one, beside) is None


def test_tags_give_the_level():
    document = doc(
        page(
            line("First", size=16, weight=700, hint="heading", level=1),
            para(TEXT),
            line("Second", size=16, weight=700, hint="heading", level=2),
            para(TEXT),
        )
    )
    assert [[use.place.text for use in group] for group in document.survey.headings] == [["First"], ["Second"]]


def test_covers_have_no_headings():
    document = doc(page(line("The guide", size=40)), sheet(), sheet(), sheet())
    assert document.survey.headings == ()
    assert document.pages[0].blocks[0].role == "title"


def test_headings_numbered_to_different_depths_are_of_different_levels():
    pieces = []
    for text, size in (("4 Roads", 12), ("4.1 Streets", 11), ("4.2 Lanes", 11), ("5 Rivers", 12), ("5.1 Brooks", 11)):
        pieces += [line(text, size, weight=700, below=14), para(TEXT, below=14)]
    chapters, sections = doc(sheet(*pieces)).survey.headings
    assert [use.place.text[:3] for use in chapters] == ["4 R", "5 R"]
    assert [use.place.text[:3] for use in sections] == ["4.1", "4.2", "5.1"]


@pytest.mark.parametrize(("colour", "groups"), [((0.0, 0.0, 0.0), 1), ((0.8, 0.3, 0.1), 2)])
def test_another_size_in_another_colour_is_another_level(colour: tuple[float, float, float], groups: int):
    pieces = []
    for text, size, ink in (
        ("Roads", 12, (0, 0, 0)),
        ("Streets", 11.2, colour),
        ("Lanes", 12, (0, 0, 0)),
        ("Brooks", 11.2, colour),
    ):
        pieces += [line(text, size, weight=700, colour=ink, below=14), para(TEXT, below=14)]
    assert len(doc(sheet(*pieces)).survey.headings) == groups


def test_a_larger_style_that_sets_more_text_than_headings_is_no_heading_style():
    questions = [line("Would I use it myself", 14, below=12), para(TEXT * 2, 14, below=20), para(TEXT * 2, 14)]
    document = doc(sheet(line("Awareness", 24, below=20), *questions, para(TEXT * 6)))
    assert [[use.place.text for use in group] for group in document.survey.headings] == [["Awareness"]]
    assert "heading" not in {block.role for block in document.pages[0].blocks if block.size == 14}


# --- language -------------------------------------------------------------------------------------------------------------


def test_the_language_is_told_by_small_words():
    assert doc(page(para(TEXT))).survey.language == "en"
    assert doc(page(para(WELSH))).survey.language == "cy"


def test_a_tag_is_believed_unless_the_words_say_otherwise():
    assert doc(page(para(TEXT, language="en-GB"))).survey.language == "en-gb"
    assert doc(page(*[para(WELSH, language="en-US") for _ in range(6)])).survey.language == "cy"
    assert doc(page(para(TEXT)), language="fr").survey.language == "fr"


# --- without a layout -----------------------------------------------------------------------------------------------------


def test_a_document_without_pages_is_settled_by_its_styles():
    document = doc(flow("Getting here", size=16, hint="heading"), flow(TEXT, TEXT, size=12))
    survey = document.survey
    assert (survey.pages, survey.laid_out, survey.body_size) == (0, False, 12)
    assert [[use.place.text for use in group] for group in survey.headings] == [["Getting here"]]


def test_an_empty_document_has_a_survey():
    survey = doc(page(state="blank")).survey
    assert survey.body is None
    assert survey.counted_pages == 0


def test_a_date_in_the_head_is_furniture_and_a_bare_number_is_not():
    pages = [sheet(line("2/28/2019", at=(72, 30), size=9), foot=str(n)) for n in range(1, 5)]
    document = doc(*pages)
    assert set(document.survey.running_heads) == {"2/28/2019"}
    assert document.pages[0].blocks[0].role == "running-head"


def test_chapter_titles_at_the_very_edge_are_running_heads_though_each_comes_once():
    titles = ["Buses", "Trains", "Walking", "Ferries"]
    document = doc(*[sheet(line(title, at=(72, 30), size=9), foot=str(n)) for n, title in enumerate(titles, 1)])
    assert set(document.survey.running_heads) == {"buses", "trains", "walking", "ferries"}


def test_declared_covers_may_count_from_the_end() -> None:
    pages = [page(para(TEXT), number=number) for number in range(1, 6)]
    assert doc(*pages, cover=(1, -1)).survey.covers == {1, 5}
    assert doc(*pages, cover=()).survey.covers == frozenset()


def test_the_title_of_most_slides_is_their_heading_and_of_all_is_furniture():
    def slides(count: int):
        titled = [page(line("The plan", 26, at=(200, 40)), para(TEXT, at=(72, 120))) for _ in range(count)]
        return doc(*titled, *(page(para(TEXT * 2)) for _ in range(7 - count)))

    assert slides(4).pages[0].blocks[0].role in ("heading", "title")
    assert slides(7).pages[1].blocks[0].role == "running-head"


def test_small_print_that_two_pages_share_is_no_running_foot():
    pages = [page(para(TEXT * 8), para(TEXT, 8, at=(72, 690))) for _ in range(2)]
    assert "running-foot" not in {block.role for sheet in doc(*pages).pages for block in sheet.blocks}


def test_a_sheet_of_cells_has_the_style_of_the_cells():
    cells = [line("Bus and tram", 9, at=(72 + 120 * column, 80 + 20 * row)) for column in range(4) for row in range(12)]
    note = para("Small print of a line or more that runs on to the next line of it.", 6, at=(72, 500), width=120)
    assert doc(page(*cells, note)).survey.body_size == 9
    assert doc(page(*cells[:4], para(TEXT * 2, 6, at=(72, 500)))).survey.body_size == 6
