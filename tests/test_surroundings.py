"""layout/surroundings, wraps, overlaps, joins: what stands round what."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from clearprint.geometry import Box, hull
from clearprint.layout.surroundings import surround
from clearprint.model import Column, Ground, Page, Panel, Picture, Stroke
from tests.handmade import A4, TEXT, line, marks, page, para


def around(*pieces, **facts) -> Page:
    return surround(page(*pieces, **facts), marks())


def grounded(item: Page, ground: Ground) -> Page:
    """The same page with that ground behind every word."""
    blocks = []
    for block in item.blocks:
        lines = tuple(
            replace(
                row,
                spans=tuple(
                    replace(span, words=tuple(replace(word, ground=ground) for word in span.words)) for span in row.spans
                ),
            )
            for row in block.lines
        )
        blocks.append(replace(block, lines=lines))
    return replace(item, blocks=tuple(blocks))


# --- pictures -------------------------------------------------------------------------------------------------------------


def test_clearance_is_from_the_ink_of_the_nearest_text():
    item = around(para(TEXT, at=(72, 310)), pictures=(Picture(Box(72, 100, 300, 300)),))
    assert item.pictures[0].clearance == pytest.approx(10)
    assert item.pictures[0].text_leading == 15
    assert not item.pictures[0].overlaps_text


def test_a_caption_is_measured_apart():
    pieces = para(TEXT, at=(72, 340)), line("The bus station", 9, at=(72, 305))
    picture = around(*pieces, pictures=(Picture(Box(72, 100, 300, 300)),)).pictures[0]
    assert picture.caption_clearance == pytest.approx(5)
    assert picture.clearance == pytest.approx(40)


def test_so_is_one_in_body_type_close_under_its_picture():
    pieces = para(TEXT, at=(72, 340)), line("The bus station", at=(72, 305))
    picture = around(*pieces, pictures=(Picture(Box(72, 100, 300, 300)),)).pictures[0]
    assert picture.caption_clearance == pytest.approx(5)
    assert picture.clearance == pytest.approx(40)


@pytest.mark.parametrize(
    ("frame", "words", "overlaps"),
    [
        (Box(60, 90, 320, 320), "Threaded core", False),  # the label of a figure
        (Box(60, 90, 320, 320), "The core has a thread on its inner side, as the figure shows", True),
        (Box(60, 90, 200, 320), "Threaded core", True),  # a frame that does not hold the picture
        (Box(0, 0, 595, 842), "Threaded core", True),  # the page's own
    ],
)
def test_short_words_in_the_frame_of_a_figure_are_its_labels(frame: Box, words: str, overlaps: bool) -> None:
    pieces = para(TEXT, at=(72, 400)), line(words, 9, at=(150, 200))
    item = page(*pieces, pictures=(Picture(Box(72, 100, 300, 300)),), panels=(Panel(frame, None, True),))
    picture = surround(grounded(item, Ground((1, 1, 1), "flat")), marks()).pictures[0]
    assert picture.overlaps_text is overlaps
    assert picture.clearance is not None
    assert (picture.clearance > 50) is not overlaps


@pytest.mark.parametrize(
    ("sign", "size", "x", "y", "over"),
    [
        ("25", 100, 80, 195, True),  # a large figure behind the first lines
        ("25", 100, 80, 119, False),  # its descenders would reach them, but figures have none
        ("25", 16, 80, 205, False),  # so few letters of one size with the text are accents or a formula's
        ("New", 16, 80, 205, True),
    ],
)
def test_one_sign_of_much_larger_type_over_words_is_text_over_text(sign: str, size: int, x: int, y: int, over: bool) -> None:
    item = page(para(TEXT, at=(72, 200)), line(sign, size, at=(x, y)))
    assert bool(surround(item, marks()).overlaps) is over


def test_the_white_margin_of_a_picture_is_paper_but_not_on_a_tint():
    picture = Picture(Box(72, 100, 300, 300), ink=(Box(82, 110, 290, 285),))
    text = para(TEXT, at=(72, 302))
    assert around(text, pictures=(picture,)).pictures[0].clearance == pytest.approx(17)
    tint = Panel(Box(60, 80, 320, 310), fill=(0.5, 0.5, 0.6))
    assert around(text, pictures=(picture,), panels=(tint,)).pictures[0].clearance == pytest.approx(2)


def test_a_photograph_behind_the_few_words_of_a_page_is_ground():
    words = para(["The bus to the town", "Autumn timetable"], 40, at=(72, 300))
    assert around(words, pictures=(Picture(Box(0, 0, *A4)),)).pictures[0].use == "ground"
    assert around(line("Plate two"), pictures=(Picture(Box(0, 0, *A4)),)).pictures[0].use == "picture"


def test_text_on_a_picture_overlaps_it():
    picture = around(
        para(TEXT, at=(72, 290)), line("More", at=(72, 700)), pictures=(Picture(Box(72, 100, 300, 300)),)
    ).pictures[0]
    assert picture.overlaps_text
    assert picture.clearance == 0


def test_text_in_the_empty_corner_of_a_cut_out_does_not():
    item = page(para(TEXT, at=(72, 250)), line("More", at=(72, 700)), pictures=(Picture(Box(72, 100, 300, 300)),))
    over = surround(grounded(item, Ground((1, 1, 1), "paper")), marks())
    assert not over.pictures[0].overlaps_text


def test_a_title_on_an_even_part_is_told_apart():
    item = page(line("Come and see", 30, at=(90, 120)), para(TEXT, at=(72, 500)), pictures=(Picture(Box(72, 100, 500, 400)),))
    flat = surround(grounded(item, Ground((0.2, 0.3, 0.9), "flat")), marks()).pictures[0]
    rough = surround(grounded(item, Ground((0.2, 0.3, 0.9), "picture")), marks()).pictures[0]
    assert (flat.overlaps_text, flat.title_on_even_part) == (True, True)
    assert (rough.overlaps_text, rough.title_on_even_part) == (True, False)


def test_labels_inside_a_drawing_are_not_text_beside_it():
    pieces = line("North", at=(150, 150), in_picture=True), para(TEXT, at=(72, 330))
    picture = around(*pieces, pictures=(Picture(Box(72, 100, 300, 300), "drawing"),)).pictures[0]
    assert not picture.overlaps_text
    assert picture.clearance == pytest.approx(30)


@pytest.mark.parametrize(("sides", "clear"), [(("left", "right", "top"), True), (("right",), False)])
def test_labels_on_all_sides_of_a_drawing_belong_to_it(sides: tuple[str, ...], clear: bool):
    drawing = Picture(Box(200, 200, 400, 400), "drawing", page=1)
    places = {"left": (165, 250), "right": (403, 250), "top": (250, 180)}
    names = [
        line(f"Ohio {row}", 9, at=(places[side][0], places[side][1] + 20 * row))
        for side in sides
        for row in range(4 if side != "top" else 1)
    ]
    (picture,) = around(para(TEXT, at=(72, 600)), *names, pictures=(drawing,)).pictures
    assert (picture.clearance is not None and picture.clearance > 50) is clear


@pytest.mark.parametrize(("thinnest", "clear"), [(0.7, True), (None, False)])
def test_figures_beside_a_chart_and_the_row_of_names_under_it_belong_to_it(thinnest: float | None, clear: bool):
    chart = Picture(Box(120, 100, 400, 300), "drawing", thinnest=thinnest, page=1)
    figures = [line(str(10 + row), 9, at=(105, 120 + 40 * row)) for row in range(5)]
    names = line("Jan Feb Mar Apr May Jun Jul Aug", 9, at=(125, 303))
    (picture,) = around(para(TEXT, at=(72, 600)), *figures, names, pictures=(chart,)).pictures
    assert (picture.clearance is not None and picture.clearance > 50) is clear


@pytest.mark.parametrize(("lengths", "clear"), [((200, 170, 150, 120, 90), True), ((200, 200, 200, 200, 200), False)])
def test_names_and_values_at_the_ends_of_bars_belong_to_their_chart(lengths: tuple[int, ...], clear: bool):
    chart = Picture(Box(150, 100, 350, 190), "drawing", page=1)
    bars = [Panel(Box(150, 100 + 20 * row, 150 + long, 110 + 20 * row), (0.2, 0.3, 0.9)) for row, long in enumerate(lengths)]
    values = [line(str(9000 - 7 * row), 9, at=(153 + long, 100 + 20 * row)) for row, long in enumerate(lengths)]
    pieces = para(TEXT, at=(72, 600)), *values
    (picture,) = around(*pieces, pictures=(chart,), panels=tuple(bars)).pictures
    assert (picture.clearance is not None and picture.clearance > 50) is clear


@pytest.mark.parametrize(("space", "caption"), [(2.9, False), (0.3, True)])
def test_a_row_of_names_under_upright_bars_belongs_to_their_chart(space: float, caption: bool):
    bars = [Panel(Box(100 + 40 * row, 120 + 15 * row, 120 + 40 * row, 200), (0.2, 0.3, 0.9)) for row in range(4)]
    chart = Picture(Box(100, 120, 240, 200), "drawing", page=1)
    names = line("Jan Feb Mar Apr", 9, at=(101, 203), gap=space)
    (picture,) = around(para(TEXT, at=(72, 600)), names, pictures=(chart,), panels=tuple(bars)).pictures
    assert (picture.caption_clearance is not None) is caption
    assert picture.clearance == pytest.approx(400)


@pytest.mark.parametrize(("signs", "key"), [(2, True), (1, False)])
def test_a_word_behind_a_sign_is_the_key_of_the_picture_beside_it(signs: int, key: bool):
    places = [(250, 150), (250, 350)]
    words = [line("allowed", at=(x + 16, y)) for x, y in places]
    small = [Picture(Box(x, y - 1, x + 14, y + 13), use="icon", page=1) for x, y in places[:signs]]
    boxes = [Box(320, 100, 420, 200), Box(320, 300, 420, 400)]
    item = around(para(TEXT, at=(72, 600)), *words, pictures=(*map(Picture, boxes), *small))
    assert all((picture.caption_clearance is not None) is key for picture in item.pictures[:2])
    assert all((picture.clearance is not None and picture.clearance > 50) is key for picture in item.pictures[:2])


def test_bars_and_signs_that_have_no_place_are_passed_over():
    endless = Box(-math.inf, 100, 240, 200)
    pictures = *(Picture(endless, use="icon", page=1) for _ in range(2)), Picture(endless, "drawing", page=1)
    item = around(line("allowed", at=(245, 150)), pictures=pictures, panels=(Panel(endless, (0, 0, 0)),) * 5)
    assert item.pictures[2].clearance is not None


def test_the_figure_on_a_key_belongs_to_the_drawing_that_touches_it():
    hand = Picture(Box(200, 200, 300, 300), "drawing", page=1)
    (picture,) = around(line("4", 20, at=(196, 210)), pictures=(hand,)).pictures
    assert not picture.overlaps_text


def test_a_picture_behind_most_of_the_text_is_ground_and_lies_behind_paragraphs():
    item = page(para(TEXT * 2), pictures=(Picture(Box(0, 0, *A4)),))
    seen = surround(grounded(item, Ground((1, 1, 1), "picture")), marks())
    assert seen.pictures[0].use == "ground"
    assert [place.page for place in seen.text_behind] == [1]


def test_a_white_panel_over_the_picture_keeps_the_text_clear_of_it():
    item = page(para(TEXT * 2), pictures=(Picture(Box(0, 0, *A4)),))
    assert surround(grounded(item, Ground((1, 1, 1), "flat")), marks()).text_behind == ()


def test_the_sky_of_a_picture_is_behind_the_text_as_its_trees_are():
    item = page(para(TEXT * 2), pictures=(Picture(Box(0, 0, *A4)),))
    sky = grounded(item, Ground((0.9, 0.9, 0.9), "flat"))
    trees = grounded(item, Ground((0.7, 0.7, 0.7), "picture"))
    block = replace(sky.blocks[0], lines=(*sky.blocks[0].lines[:-2], *trees.blocks[0].lines[-2:]))
    mixed = replace(sky, blocks=(block,))
    assert len(surround(mixed, marks()).text_behind) == 1
    panel = Panel(sky.blocks[0].box, fill=(0.9, 0.9, 0.9))
    assert surround(replace(mixed, panels=(panel,)), marks()).text_behind == ()


def test_a_pale_word_across_a_paragraph_lies_behind_it():
    mark = line("DRAFT", 120, colour=(0.9, 0.9, 0.9), angle=45, at=(80, 90))
    assert len(around(para(TEXT * 2), mark).text_behind) == 1
    assert around(para(TEXT * 2), mark).overlaps == ()


# --- wraps ----------------------------------------------------------------------------------------------------------------

_WIDE = "The bus to the town stops at the gate every ten minutes in the day"
_SHORT = "The bus to the town stops at the"
_BESIDE = Picture(Box(290, 90, 470, 150))


def test_lines_that_make_room_for_a_picture_run_round_it():
    item = around(para([_SHORT] * 4 + [_WIDE] * 3, at=(72, 90), leading=16), pictures=(_BESIDE,))
    (wrap,) = item.wraps
    assert (wrap.around, wrap.runs_around) == ("picture", True)
    assert wrap.place.text.count("The bus") == 4


def test_a_short_last_line_below_the_picture_shows_the_room_that_was_made():
    whole = page(para([_SHORT] * 4, at=(290, 90), leading=16), para(["and coat."], at=(72, 154), leading=16))
    block = replace(whole.blocks[0], lines=whole.blocks[0].lines + whole.blocks[1].lines)
    item = surround(replace(whole, blocks=(block,), pictures=(Picture(Box(72, 90, 270, 150)),)), marks())
    assert [wrap.runs_around for wrap in item.wraps] == [True]


def test_lines_that_start_elsewhere_run_round_it_too():
    whole = page(para([_SHORT] * 4, at=(290, 90), leading=16), para([_WIDE] * 3, at=(72, 154), leading=16))
    first, second = whole.blocks
    joined = replace(first, lines=first.lines + second.lines, box=first.box.union(second.box))
    item = replace(whole, blocks=(joined,), pictures=(Picture(Box(72, 90, 270, 150)),))
    (wrap,) = surround(item, marks()).wraps
    assert wrap.runs_around


def test_a_paragraph_cut_by_the_change_of_width_is_still_one():
    pieces = para([_SHORT] * 4, at=(72, 90), leading=16), para([_WIDE] * 3, at=(72, 154), leading=16)
    (wrap,) = around(*pieces, pictures=(_BESIDE,)).wraps
    assert wrap.runs_around


def test_a_column_beside_a_picture_runs_round_nothing():
    item = around(para([_SHORT] * 7, at=(72, 90), leading=16), pictures=(_BESIDE,))
    assert [(wrap.around, wrap.runs_around) for wrap in item.wraps] == [("picture", False)]


_SWASH = Picture(Box(72, 90, 270, 150), "drawing", "ground")


def _past(places: list[tuple[float, float, list[str]]], full: bool | None, shape: Picture) -> list[tuple[str, bool]]:
    """What is made of a paragraph whose lines stand at these places, past a shape in one tone."""
    parts = page(*(para(rows, at=(x, y), leading=16) for x, y, rows in places)).blocks
    lines = tuple(replace(one, full=full) for part in parts for one in part.lines)
    box = hull(one.box for one in lines)
    item = page(para([_WIDE] * 3), pictures=(shape,))
    block = replace(parts[0], lines=lines, box=box)
    return [(wrap.around, wrap.runs_around) for wrap in surround(replace(item, blocks=(block,)), marks()).wraps]


def test_a_plain_shape_is_a_picture_once_text_makes_room_for_it():
    round_it = [(290.0, 90.0, [_SHORT] * 4), (72.0, 154.0, [_WIDE] * 3)]
    assert _past(round_it, True, _SWASH) == [("picture", True)]
    assert _past([(290.0, 90.0, [_SHORT] * 7)], True, _SWASH) == []  # a column beside it
    assert _past([(72.0, 90.0, [_WIDE] * 7)], True, _SWASH) == []  # its ground


@pytest.mark.parametrize(("full", "seen"), [(False, [("picture", True)]), (True, []), (None, [])])
def test_lines_end_before_a_plain_shape_only_where_more_would_have_fitted(full: bool | None, seen: list[tuple[str, bool]]):
    places = [(72.0, 90.0, [_SHORT] * 4), (72.0, 154.0, [_WIDE] * 3)]
    assert _past(places, full, replace(_SWASH, box=Box(290, 90, 470, 150))) == seen


def _beside_slope(rows: Sequence[str], lefts: Sequence[float], slope: float) -> bool:
    """Whether lines that begin at these places run round a picture whose right edge stands further out at its top."""
    parts = [para([text], at=(left, 90 + 16 * n)) for n, (text, left) in enumerate(zip(rows, lefts, strict=True))]
    lines = tuple(one for block in page(*parts).blocks for one in block.lines)
    outline = tuple(Box(0, 60 + 8 * n, 240 - slope * 8 * n, 68 + 8 * n) for n in range(20))
    whole = page(para([_WIDE] * 3, at=(72, 500)), pictures=(Picture(hull(outline), outline=outline),))
    block = replace(page(para(list(rows))).blocks[0], lines=lines, box=hull(one.box for one in lines))
    (wrap,) = surround(replace(whole, blocks=(*whole.blocks, block)), marks()).wraps
    return wrap.runs_around


def test_lines_along_the_slope_of_a_cut_out_picture_run_round_it():
    right = [440 - _width(text) for text in _RAGGED]
    assert _beside_slope(_RAGGED, right, 1.0)  # more would have fitted in the first ones
    assert not _beside_slope(_RAGGED, right, 0.0)  # but the picture makes no room
    assert not _beside_slope(_EVEN, [440 - _width(text) for text in _EVEN], 1.0)
    stepped = [252 - 16.0 * n for n in range(4)]
    assert _beside_slope(_EVEN[:4], stepped, 1.0)
    assert not _beside_slope(_EVEN[:4], [252.0] * 4, 1.0)


_RAGGED = ["The bus to the town stops", "at the foot of the hill"]
_RAGGED += ["and goes on from there to the sea", "and to the old harbour wall"]
_EVEN = ["The bus to the town stops here", "and goes on to the old harbour", "past all shops of the high street"]
_EVEN += ["and by way of the old bridge", "back home."]


def _width(text: str) -> float:
    (block,) = page(line(text)).blocks
    assert block.box is not None
    return block.box.width


def test_text_above_and_below_a_picture_gives_no_wrap():
    pieces = para([_WIDE] * 3, at=(72, 90)), para([_WIDE] * 3, at=(72, 400))
    assert around(*pieces, pictures=(Picture(Box(72, 150, 300, 380)),)).wraps == ()


@pytest.mark.parametrize(("look", "seen"), [({"weight": 700}, True), ({"colour": (0.8, 0.0, 0.0)}, True), ({}, False)])
def test_a_quote_in_text_size_is_told_by_its_look(look: dict[str, Any], seen: bool):
    quote = para(["I came for a cup", "of tea and stayed"], at=(300, 90), leading=16, **look)
    item = around(para([_SHORT] * 4 + [_WIDE] * 6, at=(72, 90), leading=16), quote)
    assert [(wrap.around, wrap.runs_around) for wrap in item.wraps] == ([("quote", True)] if seen else [])


def test_names_in_rows_with_what_they_stand_for_are_no_quote():
    names = para(["one apple a day", "two pears a day", "three plums"], at=(100, 90), leading=16, weight=700)
    texts = para(["for breakfast on the terrace", "for tea in the garden", "for those who come late"], at=(200, 90), leading=16)
    below = para([_WIDE] * 6, at=(72, 138), leading=16)
    assert around(texts, names, below).wraps == ()


def test_a_box_with_text_and_a_drop_capital():
    box = Box(290, 90, 470, 150)
    inside = line("Ring the office any day you like", 9, at=(300, 100))
    item = around(para([_SHORT] * 4 + [_WIDE] * 3, at=(72, 90), leading=16), inside, panels=(Panel(box, (0.9, 0.9, 0.9)),))
    assert [(wrap.around, wrap.runs_around) for wrap in item.wraps] == [("box", True)]
    capital = around(para(TEXT, drop_capital=True))
    assert [wrap.around for wrap in capital.wraps] == ["drop-capital"]


# --- overlaps -------------------------------------------------------------------------------------------------------------


def test_different_text_over_text():
    item = around(line("Come to the fair", at=(72, 100)), line("Parking is free", at=(80, 104)))
    (overlap,) = item.overlaps
    assert "fair" in overlap.place.text or "fair" in overlap.other


def test_a_shadow_is_no_overlap():
    assert around(line("Come to the fair", at=(72, 100)), line("Come to the fair", at=(73.5, 101.5))).overlaps == ()


def test_tight_leading_is_no_overlap():
    assert around(para(TEXT, leading=9.8)).overlaps == ()
    assert around(line(_WIDE, at=(72, 100)), line(_WIDE, at=(72, 109))).overlaps == ()


def test_an_accent_set_apart_is_no_overlap():
    assert around(line("Sedivy", at=(72, 100)), line("ˇ", at=(78, 98))).overlaps == ()


# --- joins ----------------------------------------------------------------------------------------------------------------

_LEFT, _RIGHT = Box(72, 90, 280, 700), Box(310, 90, 520, 700)
_COLUMNS = (Column(_LEFT, 30), Column(_RIGHT, 30))
_OPEN = ["We will meet at the gate in the", "morning and then walk along the"]  # breaks off
_ON = ["river until we come to the old", "mill where there is tea for all."]
_NEW = ["The mill is open every day and", "there is a shop with good tea."]


def test_a_paragraph_carried_on_at_the_top_of_the_next_column():
    item = around(para(_OPEN, at=(72, 670)), para(_ON, at=(310, 90)), columns=_COLUMNS)
    (join,) = item.joins
    assert (join.to_top, join.across) == (True, None)


def test_a_paragraph_carried_on_below_another_story():
    pieces = para(_OPEN, at=(72, 670)), line("The mill", 18, at=(310, 90)), para(_NEW, at=(310, 120)), para(_ON, at=(310, 400))
    (join,) = around(*pieces, columns=_COLUMNS).joins
    assert not join.to_top


def test_a_new_story_in_the_next_column_is_no_fault():
    pieces = para(_NEW, at=(72, 670)), line("The mill", 18, at=(310, 90)), para(_NEW, at=(310, 120))
    assert all(join.to_top for join in around(*pieces, columns=_COLUMNS).joins)


def test_a_picture_across_one_story():
    picture = Picture(Box(72, 300, 520, 400))
    pieces = [para(_OPEN, at=(72, 270)), para(_ON, at=(72, 410)), para(_NEW, at=(310, 270)), para(_NEW, at=(310, 410))]
    found = around(*pieces, columns=_COLUMNS, pictures=(picture,)).joins
    assert [join.across for join in found if join.across] == ["picture"]
    whole = [para(_NEW, at=at) for at in ((72, 270), (72, 415), (310, 270), (310, 415))]
    found = around(*whole, columns=_COLUMNS, pictures=(picture,)).joins
    assert [join.across for join in found if join.across] == ["picture"]
    headed = [line("The mill", 18, at=(72, 402), weight=700), line("The lake", 18, at=(310, 402), weight=700)]
    apart = around(*whole, *headed, columns=_COLUMNS, pictures=(picture,))
    assert not any(join.across for join in apart.joins)


@pytest.mark.parametrize(("notice", "across"), [("The hall is closed on Monday.", ["box"]), ("News of the week", [])])
def test_a_ruled_box_across_one_story_and_the_box_of_a_heading(notice, across):
    sides = [Stroke(Box(72, y, 520, y + 1), 1.0, True) for y in (300, 340)]
    sides += [Stroke(Box(x, 300, x + 1, 341), 1.0, False) for x in (72, 519)]
    pieces = [para(_NEW, at=at) for at in ((72, 270), (72, 350), (310, 270), (310, 350))]
    found = around(*pieces, line(notice, 16, at=(90, 325)), columns=_COLUMNS, strokes=tuple(sides)).joins
    assert [join.across for join in found if join.across] == across


def test_a_paragraph_carried_on_below_a_picture_at_the_top_of_the_next_column():
    pieces = para(_OPEN, at=(72, 670)), para(_ON, at=(310, 250))
    picture = Picture(Box(310, 80, 520, 240))
    (join,) = around(*pieces, columns=_COLUMNS, pictures=(picture,)).joins
    assert not join.to_top


def test_a_sentence_cut_by_a_picture_is_seen_in_a_short_last_line():
    short = [*_NEW, "Bring tea and"]
    picture = Picture(Box(72, 300, 520, 400))
    above = para(short, at=(72, 240))
    found = around(above, para(_ON, at=(72, 410)), para(_NEW, at=(310, 410)), columns=_COLUMNS, pictures=(picture,)).joins
    assert [join.across for join in found if join.across] == ["picture"]


def test_a_running_head_does_not_make_column_tops_unequal():
    pieces = line("Bus guide", 8, at=(72, 40)), para(_NEW, at=(72, 90)), para(_NEW, at=(310, 90))
    columns = (Column(Box(72, 40, 280, 700), 30), _COLUMNS[1])
    (join,) = around(*pieces, columns=columns).joins
    assert join.top_difference == pytest.approx(0)


def test_notes_that_fill_a_column_do_not_make_column_tops_unequal():
    notes = [para(_NEW * 4, 8, at=(72, y)) for y in (500, 580)]
    pieces = line("The mill", 14, weight=700, at=(72, 90)), para(_NEW, at=(72, 125)), *notes
    (join,) = around(*pieces, para(_NEW * 12, at=(310, 90)), columns=_COLUMNS).joins
    assert join.top_difference < 5


def test_a_table_across_the_page_and_a_masthead_over_a_rule_are_no_tops_of_columns():
    texts = para(_NEW, at=(72, 140)), para(_NEW, at=(310, 140))
    columns = (Column(Box(72, 140, 280, 700), 30), Column(Box(310, 140, 520, 700), 30))
    cells = [line(text, at=(x, 120), in_table=True) for text, x in (("Mugs", 72), ("8.00", 350))]
    (join,) = around(*texts, *cells, columns=columns).joins
    assert join.top_difference == pytest.approx(0)
    (join,) = around(*texts, line("Mugs", at=(72, 120), in_table=True), columns=columns).joins
    assert join.top_difference == pytest.approx(20)
    rule = Stroke(Box(72, 136, 520, 137), 1.0, True)
    for strokes, difference in (((rule,), 0), ((), 20)):
        (join,) = around(*texts, line("Thursday", at=(310, 120)), columns=columns, strokes=strokes).joins
        assert join.top_difference == pytest.approx(difference)


def test_a_column_that_ends_in_the_type_of_the_next_one_is_joined_there():
    large, small = para(_NEW * 2, 13, at=(72, 90)), para(_OPEN, 10, at=(72, 500))
    (join,) = around(large, small, para(_ON, 10, at=(310, 90)), columns=_COLUMNS).joins
    assert join.box == around(small).blocks[0].lines[-1].box
    (join,) = around(large, small, para(_ON, 13, at=(310, 90)), columns=_COLUMNS).joins
    assert join.box == around(large).blocks[0].lines[-1].box


# --- the sheet ------------------------------------------------------------------------------------------------------------


def test_margins_leave_out_the_side_a_picture_bleeds_off():
    item = replace(page(para(TEXT, at=(72, 400)), pictures=(Picture(Box(0, 0, 595.28, 300)),)), margins=None)
    left, top, _, _ = surround(item, marks()).margins
    assert (left, top) == (72, pytest.approx(400))


def test_coverage_counts_pictures_and_leaves_out_the_ground():
    half = around(pictures=(Picture(Box(0, 0, A4[0], A4[1] / 2)),)).coverage
    assert half == pytest.approx(0.5, abs=0.02)
    assert around(panels=(Panel(Box(0, 0, *A4), (0.9, 0.9, 0.5)),)).coverage == 0


def test_nothing_on_the_page_is_no_error():
    item = around(size=(0.0, 0.0))
    assert item.wraps == item.overlaps == item.joins == ()
