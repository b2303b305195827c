"""layout/writing and cells: places to write that are no form fields, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.layout import understand
from clearprint.layout.cells import cells
from clearprint.layout.writing import places
from clearprint.model import Field, Panel, Picture, Stroke
from tests.handmade import TEXT, line, marks, page, para


def rule(y: float, x0: float = 72, x1: float = 500, width: float = 0.5) -> Stroke:
    return Stroke(Box(x0, y, x1, y + width), width, True)


def upright(x: float, y0: float, y1: float) -> Stroke:
    return Stroke(Box(x, y0, x + 0.5, y1), 0.5, False)


def found(*pieces, **facts) -> list[Field]:
    return list(places(page(*pieces, **facts)).fields)


def box(x0: float, y0: float, x1: float, y1: float) -> Panel:
    return Panel(Box(x0, y0, x1, y1), outlined=True)


def grid(xs: list[float], ys: list[float]) -> tuple[Stroke, ...]:
    return (*(rule(y, xs[0], xs[-1]) for y in ys), *(upright(x, ys[0], ys[-1]) for x in xs))


# --- fields inside printed boxes ------------------------------------------------------------------------------------------


def laid_in(x0: float, y0: float, x1: float, y1: float) -> Field:
    return Field("text", Box(x0, y0, x1, y1), y1 - y0, x1 - x0)


@pytest.mark.parametrize(
    ("frame", "height"),
    [
        ((98, 98, 202, 122), 24),
        ((88, 96, 202, 124), 28),  # a sign of money stands before the field
        ((98, 98, 202, 135), 20),  # room for something else
        ((50, 98, 302, 122), 20),  # a box that other things stand in too
    ],
)
def test_one_writes_in_the_printed_box_round_a_field(frame: tuple[float, ...], height: float) -> None:
    (place,) = found(line("Name", at=(40, 90)), panels=(box(*frame),), fields=(laid_in(100, 100, 200, 120),))
    assert place.height == pytest.approx(height)


def test_a_box_whose_label_stands_over_its_field_has_no_more_room() -> None:
    pieces = line("Town", at=(100, 95), size=8), line("Name", at=(40, 90))
    (place,) = found(*pieces, panels=(box(98, 94, 202, 124),), fields=(laid_in(100, 104, 200, 124),))
    assert place.height == pytest.approx(20)


# --- underscores and dots -------------------------------------------------------------------------------------------------


def test_eight_underscores_are_a_place_to_write_and_seven_are_not():
    (place,) = found(line("Name: ________"))
    assert (place.kind, place.label, place.width) == ("line", "Name:", pytest.approx(48))
    assert found(line("Name: _______")) == []


def test_two_places_in_one_row_have_their_own_labels():
    assert [place.label for place in found(line("Name ____________ Date __________"))] == ["Name", "Date"]


def test_room_to_write_is_up_to_the_line_above():
    first, second = found(line("Name: ____________", at=(72, 100)), line("Town: ____________", at=(72, 124)))
    assert first.height == pytest.approx(100 + 0.82 * 12)
    assert second.height == pytest.approx(24)


def test_a_signature_is_named_so():
    assert [place.kind for place in found(line("Signature: ____________________"))] == ["signature"]


@pytest.mark.parametrize("text", ["Getting here ............... 4", "Getting here ........ see the map", "And so on..."])
def test_leaders_that_end_in_text_or_a_number_are_none(text):
    assert found(line(text)) == []


def test_a_dotted_line_with_nothing_after_it_is_one():
    assert [place.label for place in found(line("Name ................................"))] == ["Name"]


# --- ruled lines ----------------------------------------------------------------------------------------------------------


def test_a_ruled_line_beside_a_label():
    (place,) = found(line("Name", at=(72, 100)), strokes=(rule(110, 110),))
    assert (place.kind, place.label) == ("line", "Name")


def test_a_ruled_line_under_the_word_signed():
    (place,) = found(line("Signed", at=(72, 100)), strokes=(rule(140, 72, 200),))
    assert (place.kind, place.label) == ("signature", "Signed")
    assert found(line("Sign language", at=(72, 100)), strokes=(rule(116, 72, 200),)) == []


def test_lines_of_one_length_with_a_name_over_each():
    names = line("Name", at=(72, 100)), line("Date", at=(72, 160))
    assert [place.label for place in found(*names, strokes=(rule(140, 72, 200), rule(200, 72, 200)))] == ["Name", "Date"]
    near = (rule(114, 72, 200), rule(174, 72, 200))  # headings, each with a rule under it
    assert found(*names, strokes=near) == []
    assert found(names[0], strokes=(rule(140, 72, 200),)) == []
    midway = (rule(135, 72, 200), rule(195, 72, 200))  # rules between the items of a list
    assert found(*(line(text, at=(72, y)) for text, y in (("Soup", 100), ("Fish", 160))), strokes=midway) == []
    prices = line("4.50", at=(150, 100)), line("9.00", at=(150, 160))
    assert found(*names, *prices, strokes=(rule(140, 72, 200), rule(200, 72, 200))) == []


def test_a_heavy_rule_beside_a_heading_is_no_place():
    bar = rule(110, 110)
    assert found(line("Name", at=(72, 100)), strokes=(replace(bar, width=2.0),)) == []
    assert len(found(line("Name", at=(72, 100)), strokes=(replace(bar, width=1.0),))) == 1


def test_a_stack_of_lines_is_for_writing():
    lines = found(para(TEXT, at=(72, 90)), strokes=tuple(rule(y) for y in (300, 325, 350)))
    assert [place.kind for place in lines] == ["line"] * 3
    assert [place.height for place in lines[1:]] == [pytest.approx(25), pytest.approx(25)]


@pytest.mark.parametrize(
    ("pieces", "strokes"),
    [
        ((para(TEXT, at=(72, 90)), para(TEXT, at=(72, 300))), (rule(280),)),  # divides two paragraphs
        ((line("Getting here", at=(72, 100)),), (rule(111),)),  # under a heading
        ((line("Name", at=(72, 100)),), (rule(110, 110, 180),)),  # shorter than 30 mm
        ((para(TEXT, at=(72, 90)),), (rule(300), rule(303))),  # a double rule
        ((line("1 The office is shut", 8, at=(72, 310)),), (rule(300, 72, 200),)),  # over a footnote
        (tuple(line("Bus 35", at=(80, y)) for y in (303, 323)), tuple(rule(y) for y in (300, 320, 340))),  # a table
    ],
)
def test_rules_that_are_no_places_to_write(pieces, strokes):
    assert found(*pieces, strokes=strokes) == []


def test_the_first_rule_of_a_table_is_no_place_to_write() -> None:
    heads = [line(text, at=(x, 120)) for x, text in ((80, "Name"), (200, "Type"), (320, "Description"))]
    cells = [line(text, at=(x, 142)) for x, text in ((86, "ax"), (206, "number"), (320, "from the left"))]
    asks = line("The options of it are the following:", at=(80, 80))
    rules = (rule(100), rule(126), rule(170))
    assert found(asks, *heads, *cells, strokes=rules) == []
    assert found(asks, strokes=rules) != []


def test_a_rule_along_the_edge_of_a_tinted_box_is_no_place_to_write() -> None:
    pieces = line("The option is called by:", at=(72, 80)), line("use it so", at=(80, 118))
    rules = (rule(103, 75, 497), rule(127, 75, 497))
    assert found(*pieces, strokes=rules, panels=(Panel(Box(72, 100, 500, 130), fill=(0.9, 0.9, 0.9)),)) == []
    assert found(pieces[0], strokes=rules[:1]) != []


def test_leaders_of_a_list_with_numbers_missing_are_no_places():
    names = ("Summary ", "Overview ", "Charts by name ", "Tables ")
    rows = [name + "." * (60 - len(name)) for name in names]
    listed = [
        line(row + after, at=(72, 90 + 20 * n)) for n, (row, after) in enumerate(zip(rows, ("1", "N/A", "", "7"), strict=True))
    ]
    assert found(*listed) == []
    assert len(found(listed[2])) == 1


def test_a_line_from_box_to_box_of_a_diagram_is_no_place_to_write():
    boxes = (box(40, 280, 160, 320), box(320, 280, 440, 320))
    words = line("Who is asked?", at=(180, 280), size=9)
    assert found(words, strokes=(rule(300, 160, 320),), panels=boxes) == []
    assert len(found(words, strokes=(rule(300, 170, 310),), panels=boxes)) == 1


def test_rules_over_and_under_notes_are_no_stack_of_lines():
    light, heavy = replace(rule(300), width=0.25), replace(rule(340), width=1.0)
    assert found(para(TEXT, at=(72, 90)), strokes=(light, heavy)) == []
    assert len(found(para(TEXT, at=(72, 90)), strokes=(light, replace(heavy, width=0.25)))) == 2


def test_grid_lines_of_a_chart_are_none():
    picture = Picture(Box(60, 290, 520, 400), "drawing")
    assert found(para(TEXT, at=(72, 90)), strokes=tuple(rule(y) for y in (300, 325, 350)), pictures=(picture,)) == []


# --- boxes and cells ------------------------------------------------------------------------------------------------------


def test_an_empty_box_beside_its_label_and_one_without():
    (place,) = found(line("Your name", at=(72, 106)), panels=(box(150, 100, 400, 124),))
    assert (place.kind, place.height, place.label) == ("cell", 24, "Your name")
    assert found(para(TEXT, at=(72, 400)), panels=(box(150, 100, 400, 124),)) == []


def test_a_box_with_words_or_a_picture_in_it_is_none():
    inside = line("Important", at=(160, 106))
    label = line("Your name", at=(72, 106))
    assert found(label, inside, panels=(box(150, 100, 400, 124),)) == []
    assert found(label, panels=(box(150, 100, 400, 124),), pictures=(Picture(Box(150, 100, 400, 124)),)) == []


def test_tick_boxes_drawn_and_typed():
    (drawn,) = found(line("I agree", at=(100, 101)), panels=(box(80, 100, 92, 112),))
    (typed,) = found(line("☐ I agree"))
    assert (drawn.kind, drawn.label, drawn.height) == ("tick", "I agree", 12)
    assert (typed.kind, typed.label) == ("tick", "I agree")


def test_narrow_boxes_under_one_another_are_for_ticks_however_long_the_sentence_after_them():
    texts = ["Yes, I agree to the visit on the day that you name", "No, I would like you to ask me again in the spring"]
    drawn = [box(80, y, 94, y + 21) for y in (100, 140)]
    pieces = [line(text, at=(100, y + 3)) for text, y in zip(texts, (100, 140), strict=True)]
    assert [(place.kind, place.label) for place in found(*pieces, panels=drawn)] == [("tick", text) for text in texts]
    assert found(pieces[0], panels=drawn[:1]) == []  # one alone may be an ornament


def test_a_box_like_those_with_labels_stands_under_a_hint_of_several_lines():
    hint = para(
        ["Give the name that is on your birth certificate, and where it", "has changed since give the one that we know you by"]
    )
    label, drawn = line("Town", at=(72, 300)), [box(72, 320, 300, 341), box(72, 120, 300, 141)]
    asked = replace(hint, at=(72, 88))
    assert [place.box.y0 for place in found(asked, label, panels=drawn)] == [120, 320]
    other = [drawn[0], box(72, 120, 240, 130)]
    assert [place.box.y0 for place in found(asked, label, panels=other)] == [320]


def test_a_stack_of_cells_under_its_label_is_to_be_filled_in():
    label = line("Home address", at=(72, 84))
    stack = grid([72, 300], [100, 121, 142, 163, 184])
    town = line("Postcode", 8, at=(80, 168))
    assert [place.label for place in found(label, town, strokes=stack)] == ["Home address"] * 3 + ["Postcode"]
    full = [line("The bus to the town stops here", 8, at=(80, y)) for y in (126, 147, 168)]
    assert found(label, *full, strokes=stack) == []


def test_a_comb_is_one_place_with_cells():
    cells = tuple(box(150 + 17 * n, 100, 167 + 17 * n, 120) for n in range(8))
    (place,) = found(line("Postcode", at=(72, 104)), panels=cells)
    assert (place.kind, place.cells, place.width) == ("comb", 8, 136)


def test_cells_beside_and_below_their_labels():
    form = [line(text, at=(80, y)) for text, y in (("Name:", 108), ("Town:", 138), ("Age:", 168))]
    beside = found(*form, strokes=grid([72, 200, 500], [100, 130, 160, 190]))
    assert [place.label for place in beside] == ["Name:", "Town:", "Age:"]
    heads = [line("Date", at=(80, 108)), line("What you did", at=(210, 108))]
    below = found(*heads, strokes=grid([72, 200, 500], [100, 130, 160, 190]))
    assert [place.label for place in below] == ["Date", "What you did"] * 2


def test_an_empty_cell_of_a_table_of_figures_is_none():
    rows = [("Town", "2022", "2023"), ("Rhyl", "410", ""), ("Bala", "380", "395"), ("Mold", "", "201")]
    cells = [
        line(text, at=(80 + 120 * column, 108 + 30 * row))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    ]
    assert found(*cells, strokes=grid([72, 190, 310, 430], [100, 130, 160, 190, 220])) == []


def test_a_column_left_empty_under_its_head_is_to_be_filled_in_whatever_it_costs():
    rows = [("Item", "Price", "How many"), ("Mug", "\u00a38.00", ""), ("Bag", "\u00a34.50", ""), ("Card", "\u00a32.00", "")]
    cells = [
        line(text, at=(80 + 120 * column, 108 + 30 * row))
        for row, texts in enumerate(rows)
        for column, text in enumerate(texts)
        if text
    ]
    drawn = grid([72, 190, 310, 430], [100, 130, 160, 190, 220])
    assert [place.label for place in found(*cells, strokes=drawn)] == ["How many"] * 3
    more = grid([72, 190, 310, 430, 500], [100, 130, 160, 190, 220])
    places = found(*cells, line("Total", at=(440, 108)), strokes=more)
    assert [place.label for place in places] == ["How many", "Total"] * 3


def test_a_white_box_on_a_tint_needs_no_outline():
    tint, white = Panel(Box(60, 90, 520, 140), (0.85, 0.9, 0.95)), Panel(Box(150, 100, 400, 124), (1, 1, 1))
    (place,) = found(line("Your name", at=(72, 106)), panels=(tint, white))
    assert place.kind == "cell"


def test_form_fields_of_the_file_are_kept_and_not_doubled():
    field = Field("text", Box(150, 100, 400, 124), 24, 250)
    assert found(line("Your name", at=(72, 106)), panels=(box(150, 100, 400, 124),), fields=(field,)) == [field]


def test_a_button_of_several_signs_in_one_spot_is_ticked_where_words_follow_it() -> None:
    button = [line(sign, 10, at=(100, 100)) for sign in "jkln"]
    (place,) = understand(marks(*button, line("Satisfied", 10, at=(114, 100)))).fields
    assert (place.kind, place.label, round(place.height)) == ("tick", "Satisfied", 8)
    assert understand(marks(*button, line("Satisfied", 10, at=(200, 100)))).fields == ()


@pytest.mark.parametrize(
    ("printed", "named", "kind"),
    [
        ("Signature", "", "signature"),
        ("Please sign here", "Signature box. I believe what is said here", "signature"),
        ("Full name", "Enter the full name of the person signing", "text"),
        ("Name of who has signed this form for you", "", "text"),
    ],
)
def test_a_field_to_sign_in_is_told_by_its_name_or_the_words_over_it(printed: str, named: str, kind: str) -> None:
    place = Field("text", Box(72, 120, 300, 150), 30.0, 228.0, None, named, page=1)
    (kept,) = found(line(printed, at=(72, 104)), fields=(place,))
    assert kept.kind == kind


def test_an_empty_page_has_no_places():
    assert found() == []


def test_a_large_empty_box_under_any_text_is_a_place_to_write():
    frame = Panel(Box(72, 200, 500, 650), outlined=True)
    item = places(page(para(TEXT), para(TEXT, at=(72, 100)), panels=(frame,)))
    assert [(field.kind, field.height) for field in item.fields] == [("cell", 450)]
    assert places(page(para(TEXT), panels=(frame,))).fields == ()  # nothing asks for it
    inside = line("The bus", at=(90, 300))
    assert places(page(para(TEXT, at=(72, 100)), inside, panels=(frame,))).fields == ()


def test_boxes_in_a_row_downwards_may_stand_far_from_their_labels():
    labels = [line("Town", at=(72, y)) for y in (100, 140)]
    two = [box(180, y - 10, 480, y + 20) for y in (100, 140)]
    assert [place.label for place in found(*labels, panels=tuple(two))] == ["Town", "Town"]
    assert found(labels[0], panels=(two[0],)) == []


def test_a_frame_of_two_edges_is_one_place():
    labels = [line("Town", at=(72, y)) for y in (100, 140)]
    two = [box(110 - edge, y - 10 - edge, 480 + edge, y + 20 + edge) for y in (100, 140) for edge in (0, 0.8)]
    assert len(found(*labels, panels=tuple(two))) == 2


# --- web forms, prompts, signs --------------------------------------------------------------------------------------------


def bevelled(x0: float, y0: float, x1: float, y1: float) -> tuple[Stroke, ...]:
    """A box as browsers print it, with the two arrows of a scroll bar at its right."""
    sides = (rule(y0, x0, x1), rule(y1, x0, x1), upright(x0, y0, y1), upright(x1, y0, y1))
    arrows = [
        part
        for y in (y0 + 1, y1 - 11)
        for part in (
            upright(x1 - 11, y, y + 10),
            upright(x1 - 1, y, y + 10),
            rule(y, x1 - 11, x1 - 1),
            rule(y + 10, x1 - 11, x1 - 1),
        )
    ]
    return (*sides, *arrows)


def arrows(x1: float, y0: float, y1: float) -> tuple[Panel, ...]:
    return tuple(Panel(Box(x1 - 10.5, y + 0.5, x1 - 1.5, y + 9.5), (0.8, 0.8, 0.8)) for y in (y0 + 1, y1 - 11))


def test_a_box_with_a_scroll_bar_is_one_place_and_its_arrows_are_none():
    strokes, panels = bevelled(90, 300, 500, 450), arrows(500, 300, 450)
    (place,) = found(line("What would you change?", at=(90, 280)), strokes=strokes, panels=panels)
    assert (place.kind, place.label) == ("cell", "What would you change?")
    assert place.height == pytest.approx(150, abs=1.5)


def test_a_box_whose_question_stands_on_the_page_before_is_known_by_its_equals():
    strokes = (*bevelled(90, 100, 500, 250), *bevelled(90, 400, 500, 550))
    panels = (*arrows(500, 100, 250), *arrows(500, 400, 550))
    pieces = (line("What would you change?", at=(90, 380)),)
    assert [place.label for place in found(*pieces, strokes=strokes, panels=panels)] == ["", "What would you change?"]
    assert found(strokes=bevelled(90, 100, 500, 250), panels=arrows(500, 100, 250)) == []


def test_a_pale_prompt_names_its_line_and_takes_no_room_from_it():
    pale = (0.85, 0.85, 0.85)
    pieces = (line("Name:", at=(72, 290)), line("First name", at=(125, 288), colour=pale))
    (place,) = found(*pieces, strokes=(rule(310, 120, 300),))
    assert place.label == "Name:"
    assert place.height == pytest.approx(310.5, abs=0.6)
    (place,) = found(line("Surname", at=(125, 288), colour=pale), strokes=(rule(310, 120, 300),))
    assert place.label == "Surname"
    assert found(line("Surname", at=(125, 288)), strokes=(rule(310, 120, 300),)) == []


def test_a_rule_under_a_question_with_tick_boxes_of_its_own_is_none():
    pieces = (line("Has it been sent to you?", at=(72, 290)), line("Note: until then nothing is due", at=(72, 315)))
    divider = rule(308, 72, 500)
    assert len(found(pieces[0], strokes=(divider,))) == 1
    tick = Field("tick", Box(300, 289, 312, 301), 12, 12)
    assert found(*pieces, strokes=(divider,), fields=(tick,)) == [tick]


def test_an_empty_field_over_printed_words_is_there_to_cross_them_out():
    words = line("made an order under the Act", at=(74, 302))
    over = Field("text", Box(72, 300, 240, 315), 15, 168)
    filled = Field("text", Box(72, 300, 240, 315), 15, 168, value="made an order under the Act")
    assert found(words, fields=(over,)) == []
    assert found(words, fields=(filled,)) == [filled]
    assert len(found(line("Name", at=(74, 302)), fields=(over,))) == 1


@pytest.mark.parametrize(("sign", "family"), [("\u2610", "Arial"), ("\uf0a3", "Wingdings2"), ("\uf0a8", "Wingdings")])
def test_boxes_of_symbol_faces_are_tick_boxes(sign, family):
    (place,) = found(line(sign, family=family, at=(72, 300)))
    assert (place.kind, place.width) == ("tick", pytest.approx(9))
    assert found(line("\uf0a3", family="Arial", at=(72, 300))) == []


def test_words_before_tick_signs_are_their_labels():
    assert [place.label for place in found(line("Health \u2610 Work \u2610"))] == ["Health", "Work"]
    assert [place.label for place in found(line("\u2610 Health \u2610 Work"))] == ["Health", "Work"]


def test_a_small_box_before_a_word_is_a_tick_box_though_it_is_no_square():
    (place,) = found(line("Yes", at=(80, 305)), panels=(box(60, 300, 74, 321),))
    assert (place.kind, place.label) == ("tick", "Yes")


def test_a_box_under_a_bar_without_words_is_the_drawing_of_a_form():
    drawn, bar = box(200, 300, 350, 332), Panel(Box(200, 276, 300, 292), (0.9, 0.4, 0.2))
    label = line("Give it space", at=(110, 310))
    assert len(found(label, panels=(drawn,))) == 1
    assert found(label, panels=(drawn, bar)) == []
    assert len(found(label, line("Answer", at=(202, 278)), panels=(drawn, bar))) == 1


@pytest.mark.parametrize(("names", "count"), [(("Your name", "Your address", "Date"), 3), (("Your name", "Your address"), 0)])
def test_boxes_side_by_side_may_have_their_labels_under_them(names: tuple[str, ...], count: int) -> None:
    labels = [line(name, 8, at=(72 + 150 * number, 342)) for number, name in enumerate(names)]
    places = found(para(TEXT, at=(72, 90)), *labels, strokes=grid([72, 222, 372, 522], [300, 340]))
    assert [place.label for place in places] == list(names)[:count]


def test_an_underline_closes_no_cell() -> None:
    frame = box(72, 300, 222, 360)
    edges = (rule(300, 72, 222), rule(360, 72, 222), upright(72, 300, 360), upright(222, 300, 360))
    assert cells((*edges, rule(330, 100, 190)), ()) == cells(edges, ())
    assert cells((*edges, rule(330, 72, 147), rule(330, 147, 222)), ())[0].height < 0.6 * frame.box.height


@pytest.mark.parametrize("count", [3, 2])
def test_boxes_of_one_size_under_long_hints_are_places_where_there_are_several(count: int) -> None:
    frames = tuple(box(72, 160 + 160 * n, 520, 220 + 160 * n) for n in range(count))
    hints = [para(TEXT[:150], 10, at=(76, 120 + 160 * n)) for n in range(count)]
    assert len(found(*hints, panels=frames)) == (count if count == 3 else 0)


# --- labels in the same cell ----------------------------------------------------------------------------------------------

FORM = grid([72, 280, 500], [100, 126, 152, 178])
ASKED = (("Name", 80, 106), ("Gender", 288, 106), ("Surname", 80, 132), ("Date of birth", 288, 132), ("Email address", 80, 158))


def test_cells_with_labels_in_them_are_places_where_most_of_a_grid_asks() -> None:
    labels = [line(text, 10, at=(x, y)) for text, x, y in ASKED]
    places = found(*labels, strokes=FORM)  # the last has an empty cell beside it
    assert sorted(place.label for place in places) == sorted(["", *(text for text, _, _ in ASKED[:4])])
    assert {round(place.height) for place in places} == {26}
    assert min(place.box.x0 for place in places if place.label == "Name") > 90  # after the word
    answered = [line(text, 10, at=(288, y)) for text, y in (("Rhian", 106), ("Pugh", 132), ("rhian@example.org", 158))]
    asking = [line(text, 10, at=(80, y)) for text, y in (("Name", 106), ("Surname", 132), ("Email address", 158))]
    assert found(*asking, *answered, strokes=FORM) == []


def test_heads_of_columns_are_no_places_to_write() -> None:
    heads = [line(text, 10, at=(x, 106)) for text, x in (("Name", 80), ("Telephone", 220), ("Address", 360))]
    rows = [line(text, 10, at=(x, y)) for text, x in (("Rhian", 80), ("01745 330", 220), ("Rhyl", 360)) for y in (132, 158)]
    assert found(*heads, *rows, strokes=grid([72, 210, 350, 500], [100, 126, 152, 178])) == []


def test_a_question_in_a_tall_cell_is_answered_under_it() -> None:
    questions = ["What would help you most when you come to visit us?", "Which days suit you?", "Who comes with you?"]
    labels = [line(text, 10, at=(80, y)) for text, y in zip(questions, (104, 164, 224), strict=True)]
    places = found(*labels, strokes=grid([72, 500], [100, 160, 220, 280]))
    assert [place.label for place in places] == questions
    assert all(45 < place.height < 50 for place in places)


@pytest.mark.parametrize(
    ("asked", "beside", "count"),
    [
        ("Tell us about your visit.", None, 1),
        ("We are open every day but Sunday.", None, 0),
        ("What did you like?", None, 1),
        ("What did you like?", "Come and see us soon.", 0),  # a card beside another
    ],
)
def test_a_box_with_its_question_in_it(asked: str, beside: str | None, count: int) -> None:
    pieces = [line(asked, 10, at=(80, 104))]
    boxes = [box(72, 100, 280, 240)]
    if beside is not None:
        pieces.append(line(beside, 10, at=(308, 104)))
        boxes.append(box(300, 100, 500, 240))
    assert len(found(*pieces, panels=boxes)) == count


def test_a_cell_whose_few_words_leave_it_empty_asks_as_the_cells_round_it_do() -> None:
    texts = ("The court at", "Date issued", "Case number", "Orders applied for")
    labels = [line(text, 10, at=(80, 102 + 34 * n)) for n, text in enumerate(texts)]
    stack = grid([72, 300], [100, 134, 168, 202, 236])
    assert [place.label for place in found(*labels, strokes=stack)] == list(texts)
    plain = [line(text, 10, at=(80, 102 + 34 * n)) for n, text in enumerate(("Rhyl", "Flint", "Mold", "Bala"))]
    assert found(*plain, strokes=stack) == []
