"""layout/roles, hyphens and contents: what each block is once the whole document is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.layout.patterns import opens_caption
from clearprint.model import Field, Panel, Picture, Span, Stroke
from tests.handmade import TEXT, doc, flow, line, page, para, style


def role(piece, *others, above=True, **facts):
    """The role of a piece on a page of body text."""
    pieces = [para(TEXT * 2), piece, *others] if above else [piece, *others, para(TEXT * 2)]
    return doc(page(*pieces, **facts)).pages[0].blocks[1 if above else 0].role


# --- headings -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "weight"), [(13, 400), (12, 700), (24, 400), (11, 700)])
def test_larger_or_heavier_and_nearer_to_what_follows_is_a_heading(size, weight):
    assert role(line("Getting here", size, weight=weight, below=20), para(TEXT, below=4)) == "heading"


@pytest.mark.parametrize(
    ("text", "size", "weight"),
    [
        ("Getting here", 12.5, 400),  # under 8 % larger
        ("We will write to you again before the first of May.", 12, 700),  # a sentence
        ("or", 12, 700),
    ],
)
def test_what_is_no_heading(text, size, weight):
    assert role(line(text, size, weight=weight, below=20), para(TEXT, below=4)) != "heading"


def test_bold_words_nearer_to_what_stands_before_are_no_heading():
    assert role(line("Bring your ticket", weight=700, below=2), para(TEXT, below=30)) != "heading"


def test_a_bold_line_with_nothing_below_is_no_heading_but_a_known_style_at_the_foot_is():
    assert role(line("Bring your ticket", weight=700, below=12)) != "heading"
    document = doc(
        page(para(TEXT), line("Food", 16, weight=700), para(TEXT, below=4), line("Drink", 16, weight=700)), page(para(TEXT))
    )
    assert document.pages[0].blocks[3].role == "heading"


@pytest.mark.parametrize(("text", "expected"), [("Drink", "heading"), ("Now go on", "body")])
def test_words_that_a_page_says_twice_at_its_foot_head_nothing(text, expected):
    known = page(para(TEXT), line("Food", weight=700), para(TEXT, below=4))
    pieces = para(TEXT), line("Now go on", weight=700, below=2), para(TEXT, below=30), line(text, weight=700, below=30)
    assert doc(known, page(*pieces)).pages[1].blocks[3].role == expected


def test_signs_without_a_letter_are_no_heading_whatever_a_tag_says():
    document = doc(page(para(TEXT), line("!", 60, hint="heading", level=1, below=20), para(TEXT, below=4)))
    assert document.pages[0].blocks[1].role == "other"
    assert document.survey.headings == ()


def test_the_page_outvotes_a_heading_tag():
    sentence = "You should bring your ticket and your card when you come."
    assert role(line(sentence, weight=700, hint="heading", level=2)) == "body"
    assert role(line("Your ticket", hint="heading", level=2)) == "heading"


def test_a_stack_of_bold_lines_is_no_row_of_headings():
    pieces = [line(text, weight=700, below=3) for text in ("The Manager", "Bus Office", "High Street", "Rhyl")]
    document = doc(page(para(TEXT * 2), *pieces, para(TEXT)))
    assert [block.role for block in document.pages[0].blocks[2:4]] == ["body", "body"]


def headed(*, above, text="Costs of the scheme", weight=700, known=True):
    """The role of a bold line with `above` points of white over it and 8 under it, on a page with two headings or none."""
    others = [piece for name in ("By bus", "By rail") for piece in (line(name, weight=700, below=20), para(TEXT, below=4))]
    pieces = [para(TEXT), *(others if known else []), line(text, weight=weight, below=above), para(TEXT, below=8)]
    return next(block.role for block in doc(page(*pieces)).pages[0].blocks if block.text == text)


def test_a_bold_line_with_a_little_more_white_below_is_a_heading_like_others_of_its_page():
    assert headed(above=6.5) == "heading"
    assert headed(above=6.5, known=False) == "body"
    assert headed(above=2) == "body"
    assert headed(above=6.5, text="The scheme costs:") == "body"


@pytest.mark.parametrize(
    ("size", "weight", "white", "known"), [(18, 700, 24, 2), (18, 700, 48, 1), (18, 400, 24, 1), (13, 700, 24, 1)]
)
def test_display_type_with_more_white_below_is_counted_among_the_headings(size, weight, white, known):
    """Where paragraphs have white of their own, that of a heading comes on top of it below."""
    first = line("What we did", 18, weight=700)
    second = line("The mill by the river", size, weight=weight, below=14)
    made = doc(page(first, para(TEXT, below=6), second, para(TEXT, below=white)))
    assert sum(map(len, made.survey.headings)) == known


@pytest.mark.parametrize(("size", "role"), [(14, "heading"), (12, "body")])
def test_a_line_larger_too_is_a_heading_like_one_other_of_its_page(size, role):
    other = line("Who may come", size, weight=700, below=20)
    second = line("How to come", size, weight=700, below=9)
    pieces = [para(TEXT), other, para(TEXT, below=8), second, para(TEXT, below=12), para(TEXT, below=12)]
    assert next(block.role for block in doc(page(*pieces)).pages[0].blocks if block.text == "How to come") == role


def test_a_bold_number_alone_between_paragraphs_heads_what_follows():
    assert headed(above=6.5, text="4. Data protection", known=False) == "heading"
    assert headed(above=6.5, text="4. Data protection", known=False, weight=400) == "list"


def test_a_line_of_an_address_in_another_face_is_no_heading():
    stack = [
        line("Union School District", 11, below=30),
        line("1309 Mary Avenue", 12.5, below=2),
        line("Sunnyvale", 11, below=2),
    ]
    document = doc(page(para(TEXT * 2, 11), *stack, para(TEXT, 11, below=40)))
    assert "heading" not in {block.role for block in document.pages[0].blocks[1:4]}


def test_a_long_note_in_small_print_is_not_what_the_text_is_measured_by():
    note, text = para(TEXT * 3, 8), para(TEXT * 2, 10.5)
    assert doc(page(note, text)).survey.body_size == 10.5
    assert doc(page(note, para(TEXT, 10.5))).survey.body_size == 8


def test_a_bold_number_over_its_first_head_and_under_small_print_heads_too():
    pieces = [
        para(TEXT * 2),
        line("Please switch off your phone when you come in", 8, weight=700, below=20),
        line("1. Call to order", weight=700, below=7),
        line("2. Public comment", weight=700, below=17),
        para(TEXT, below=2),
    ]
    blocks = doc(page(*pieces)).pages[0].blocks
    assert [block.role for block in blocks[2:4]] == ["heading", "heading"]


def test_a_bold_line_that_goes_on_after_a_dash_heads_nothing():
    asked = line("Have you ever asked for help? If so, from whom?", weight=700, below=20)
    answer = para("– This could be the police, your doctor, a voluntary worker or any agency that you went to.", below=3)
    assert doc(page(para(TEXT * 2), asked, answer, para(TEXT))).pages[0].blocks[1].role != "heading"
    items = [line(f"– {name}", below=3, hint="list") for name in ("the police", "your doctor")]
    assert doc(page(para(TEXT * 2), asked, *items, para(TEXT))).pages[0].blocks[1].role == "heading"


@pytest.mark.parametrize("text", ["[표 1] 감염병예방법", "図 2 駅の地図", "【图 3】地图"])
def test_captions_are_known_in_other_scripts(text):
    assert opens_caption(text)


def test_levels_are_given_to_blocks():
    document = doc(
        page(line("Bus guide", 30), para(TEXT)),
        page(line("Getting here", 18), para(TEXT), line("By bus", weight=700), para(TEXT, below=4)),
    )
    title, heading, sub = document.pages[0].blocks[0], document.pages[1].blocks[0], document.pages[1].blocks[2]
    assert [(item.role, item.level) for item in (title, heading, sub)] == [("title", 1), ("heading", 2), ("heading", 3)]


# --- other roles ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["•", "1.", "(a)", "ii)", "\uf0b7", "o"])
def test_list_marks_make_list_items(mark):
    assert role(line(f"{mark} Bring your ticket and a pen")) == "list"


def test_a_dash_alone_is_no_list_and_several_are():
    assert role(line("– Edward Lasker")) != "list"
    assert role(line("– bread"), line("– milk", below=3)) == "list"


@pytest.mark.parametrize(("text", "size", "italic"), [("Figure 1 The bus station", 12, False), ("The bus station", 9, False)])
def test_captions(text, size, italic):
    picture = Picture(Box(72, 300, 300, 500))
    assert role(line(text, size, italic=italic, at=(72, 506)), pictures=(picture,)) == "caption"


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("The bus station", (72, 506), "caption"),
        ("The bus station is open.", (72, 506), "body"),
        ("The bus station", (72, 514), "body"),  # a line away
        ("The bus station", (190, 506), "body"),  # neither at its edge nor on its middle
        ("The bus station of the town and all of its stops", (72, 506), "body"),  # wider
    ],
)
def test_a_line_of_body_type_close_under_a_picture_names_it(text, place, expected):
    assert role(line(text, at=place), pictures=(Picture(Box(72, 300, 300, 500)),)) == expected


def test_the_first_line_of_what_follows_a_picture_is_no_caption():
    picture = Picture(Box(72, 300, 300, 500))
    assert role(line("The bus station", at=(72, 506)), para(TEXT, at=(72, 522)), pictures=(picture,)) == "body"
    assert role(line("The bus station", at=(72, 506)), para(TEXT, at=(72, 540)), pictures=(picture,)) == "caption"


def test_a_small_marked_text_at_the_foot_is_a_note_and_in_the_middle_is_not():
    note = "1 See the timetable for the other days"
    assert role(line(note, 8, at=(72, 700))) == "note"
    assert role(line(note, 8), para(TEXT)) != "note"
    rule = Stroke(Box(72, 690, 200, 690.5), 0.5, True)
    assert role(line("See the timetable for the other days", 8, at=(72, 700)), strokes=(rule,)) == "note"
    pieces = line("Other days", 8, weight=700, at=(72, 700)), line("See the timetable for the days you want", 8, at=(72, 712))
    headed = doc(page(para(TEXT * 2), *pieces, strokes=(rule,))).pages[0].blocks
    assert headed[-1].role != "note"  # the rule sets off a part with a heading


def test_a_note_with_a_raised_mark_is_one_though_its_tag_calls_it_an_item_of_a_list():
    at_foot = page(
        para(TEXT * 2), para("3 The packs are sent to every school that asks us for them.", 9, at=(72, 740), hint="list")
    )

    def marked(size):
        block = at_foot.blocks[1]
        first = block.lines[0]
        word, *rest = first.words
        small = replace(word.style, size=size)
        spans = (Span("3", small, words=(replace(word, style=small),)), Span(first.text, word.style, words=tuple(rest)))
        block = replace(block, lines=(replace(first, spans=spans), *block.lines[1:]))
        return doc(replace(at_foot, blocks=(at_foot.blocks[0], block))).pages[0].blocks[1].role

    assert marked(6.0) == "note"
    assert marked(9.0) == "list"  # an ordinary number before an item


def test_labels_of_places_to_write_are_form():
    field = Field("text", Box(140, 300, 300, 322), 22, 160)
    assert role(line("Your name", at=(72, 306)), fields=(field,)) == "form"
    assert role(line("Your name", at=(72, 500)), fields=(field,)) == "body"
    assert role(line("Claim form", 22, at=(72, 306)), para(TEXT, at=(72, 400)), fields=(field,)) in ("heading", "title")


def test_bullets_under_one_another_are_a_list_however_large():
    text = page(para(TEXT * 2))
    large = [line(mark + text, 28, below=6) for mark, text in (("\u2022 ", "Ethics for everyone"), ("\u2022 ", "The kit"))]
    last = doc(text, text, text, page(line("Read more", 20), *large)).pages[-1]
    assert [block.role for block in last.blocks[1:]] == ["list", "list"]
    plain = [line(text, 28, below=6) for text in ("Ethics for everyone", "The kit")]
    last = doc(text, text, text, page(line("Read more", 20), *plain)).pages[-1]
    assert [block.role for block in last.blocks[1:]] == ["title", "title"]


def test_an_address_and_verse():
    lines = ["The Bus Office", "12 High Street", "Rhyl", "LL18 1AB"]
    assert role(para(lines, forced_breaks=True)) == "address"
    assert role(para(lines, alignment="right")) == "address"
    mail = ["{ann, bob, cai}@bus.example.org", "E-mail: dai@bus.example.org", "eva@town.example.com"]
    assert role(para(mail, alignment="centred")) == "address"
    assert role(para([*mail, "or ring us"], alignment="centred")) != "address"


def test_monospaced_text_is_code_and_labels_and_cells_keep_their_places():
    assert role(para(["print 1 + 1", "print 2"], family="Courier New")) == "code"
    assert role(line("North", in_picture=True)) == "label"
    assert role(line("North", in_table=True)) == "table"


def test_a_pale_turned_word_is_a_watermark():
    assert role(line("DRAFT", 120, colour=(0.9, 0.9, 0.9), angle=45, at=(100, 300))) == "watermark"


def test_small_running_text_is_other():
    assert role(para(TEXT, size=9)) == "other"


def test_styles_decide_where_there_is_no_layout():
    document = doc(flow(TEXT, TEXT), flow("Getting here", hint="heading", size=16), flow("A thing", hint="list"))
    assert [page.blocks[0].role for page in document.pages] == ["body", "heading", "list"]


# --- hyphens --------------------------------------------------------------------------------------------------------------


def hyphen(left: str, right: str, elsewhere: str = "Nothing more.") -> str | None:
    document = doc(page(para([f"We will go to the {left}", f"{right} and then come home."]), para(elsewhere)))
    return document.pages[0].blocks[0].lines[0].hyphen


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("infor-", "mation", "split"),
        ("down-", "wards", "split"),
        ("self-", "service", "compound"),
        ("Anglo-", "Saxon", "compound"),
        ("twenty-", "one", "compound"),
        ("two-", "and three-day trips", "compound"),
        ("0300-", "123456", "digits"),
        ("infor\u00ad", "mation", "split"),
        ("shop –", "here", None),
    ],
)
def test_what_a_hyphen_at_the_end_of_a_line_breaks(left, right, kind):
    assert hyphen(left, right) == kind


def test_a_compound_known_from_elsewhere():
    assert hyphen("well-", "known") == "split"
    assert hyphen("well-", "known", "It is a well-known place.") == "compound"


# --- contents -------------------------------------------------------------------------------------------------------------

_TITLES = ("Getting here", "Food and drink", "When we are open", "How to complain")


def guide(numbers, *, heading=True, leader=" ............ "):
    """A contents page and four chapters on pages 2 to 5, numbered in the foot."""
    entries = [line(f"{title}{leader}{number}") for title, number in zip(_TITLES, numbers, strict=True)]
    first = page(*([line("Contents", 20)] if heading else []), *entries, line("1", at=(290, 800), size=10))
    chapters = [
        page(line(title, 20), para(TEXT * 2), line(str(number), at=(290, 800), size=10))
        for number, title in enumerate(_TITLES, 2)
    ]
    return doc(first, *chapters)


def test_right_page_numbers_are_found_right():
    document = guide((2, 3, 4, 5))
    assert document.survey.contents_list
    assert [(entry.value, entry.actual) for entry in document.survey.contents] == [(2, 2), (3, 3), (4, 4), (5, 5)]
    assert [block.role for block in document.pages[0].blocks[1:5]] == ["contents"] * 4


def test_wrong_page_numbers_are_found_wrong():
    document = guide((2, 3, 5, 5))
    assert [entry.actual for entry in document.survey.contents] == [2, 3, 4, 5]


def test_four_rising_lines_are_a_list_without_a_heading():
    assert guide((2, 3, 4, 5), heading=False).survey.contents_list


def test_prices_and_numbers_that_fall_are_no_list():
    assert not guide((5, 2, 4, 3), heading=False).survey.contents_list
    assert not guide((250, 300, 410, 900), heading=False).survey.contents_list
    assert not guide((2, 3, 4, 5), heading=False, leader=" ").survey.contents_list


def test_a_title_found_on_two_pages_says_nothing():
    document = doc(
        page(line("Contents", 20), *[line(f"Notes {'.' * 12} {number}") for number in (2, 4, 5, 6)]),
        *[page(line("Notes", 20), para(TEXT * 2)) for _ in range(5)],
    )
    assert document.survey.contents[0].actual == 2
    assert all(entry.actual in (None, entry.value) for entry in document.survey.contents)


def test_a_contents_field_without_a_layout():
    assert doc(flow("Getting here\t3", hint="contents"), flow(TEXT)).survey.contents_list
    assert not doc(flow(TEXT)).survey.contents_list


def test_a_contents_list_typed_with_tabs():
    typed = flow(*[f"{title}\t{number}" for number, title in enumerate(_TITLES, 2)])
    document = doc(typed, flow(TEXT, TEXT))
    assert document.survey.contents_list
    assert {block.role for block in document.pages[0].blocks} == {"contents"}
    assert not doc(flow("Name\t3", TEXT)).survey.contents_list


def test_a_bold_label_with_its_plain_value_is_no_heading():
    label = line("Reference number: PK three", weight=700, below=20)
    document = page(para(TEXT * 2), label, para(TEXT, below=4))
    bold, plain = style(12, weight=700), style(12)
    block = document.blocks[1]
    words = block.lines[0].words
    spans = (
        Span("Reference number:", bold, words[0].box, words[:2]),
        *(Span(word.text, plain, word.box, (word,)) for word in words[2:]),
    )
    mixed = replace(block, spans=spans, lines=(replace(block.lines[0], spans=spans),))
    assert mixed.style.weight == 700
    blocks = (document.blocks[0], mixed, document.blocks[2])
    assert doc(replace(document, blocks=blocks)).pages[0].blocks[1].role == "body"


@pytest.mark.parametrize(("size", "weight", "expected"), [(18, 400, "heading"), (15, 700, "heading"), (15, 400, "other")])
def test_display_type_heads_wherever_it_stands(size, weight, expected):
    assert role(line("Free visits all year", size, weight=weight, below=4), para(TEXT, below=60)) == expected


def test_a_pull_quote_in_display_type_is_no_heading():
    assert role(line("“The bus was never late", 20, below=4), para(TEXT, below=60)) == "other"


def test_a_title_may_have_more_lines_than_a_heading():
    title = [
        "The bus toolkit for the north",
        "and for the south: getting people",
        "to the town and to the sea",
        "and home again",
    ]
    pieces = (para(title, 20, weight=700, alignment="centred"), para(TEXT * 2, below=40))
    assert doc(page(*pieces)).pages[0].blocks[0].role == "title"
    assert doc(page(para(TEXT * 2)), page(*pieces)).pages[1].blocks[0].role != "title"


def test_a_numbered_bold_line_over_its_text_is_a_heading_whatever_its_tag():
    heads = [line(f"{number}. {text}", weight=700, below=20, hint="list") for number, text in ((1, "Opening"), (2, "Costs"))]
    document = doc(page(para(TEXT), heads[0], para(TEXT, below=10), heads[1], para(TEXT, below=10)))
    assert [block.role for block in document.pages[0].blocks] == ["body", "heading", "body", "heading", "body"]
    items = [line(f"{number}. The bus", weight=700, below=4, hint="list") for number in (1, 2, 3)]
    document = doc(page(para(TEXT * 2), *items, para(TEXT, below=10)))
    assert document.roles()[0][1:4] == ["list", "list", "list"]


def test_a_caption_of_several_lines_opens_with_its_number_and_a_stop():
    assert role(para("Table 4: " + TEXT, below=20), para(TEXT, below=30)) == "caption"
    assert role(para("Figure 12.3. " + TEXT, below=20), para(TEXT, below=30)) == "caption"
    assert role(para("Table 4 shows how often the bus was late. " + TEXT, below=20), para(TEXT, below=30)) == "body"


@pytest.mark.parametrize(("count", "labels"), [(4, 4), (2, 0)])
def test_a_few_words_alone_in_tiles_of_one_size_are_labels(count, labels):
    tiles = [Panel(Box(60 + 110 * n, 400, 160 + 110 * n, 450), (0.2, 0.2, 0.5), False) for n in range(count)]
    names = [line("Data breach", at=(75 + 110 * n, 425)) for n in range(count)]
    blocks = doc(page(para(TEXT * 2), *names, panels=tuple(tiles))).pages[0].blocks[1:]
    assert sum(block.role == "label" for block in blocks) == labels


@pytest.mark.parametrize(("count", "labels"), [(5, 5), (3, 0)])
def test_short_words_round_a_drawing_are_its_labels(count, labels):
    chart = Picture(Box(200, 400, 400, 600), kind="drawing")
    places = [(150, 420), (150, 480), (150, 540), (410, 430), (410, 520)][:count]
    names = [line(f"Rhyl {number}", 13, at=place) for number, place in enumerate(places)]
    blocks = doc(page(para(TEXT * 2), *names, pictures=(chart,))).pages[0].blocks[1:]
    assert sum(block.role == "label" for block in blocks) == labels
    far = doc(page(para(TEXT * 2), *names, pictures=(replace(chart, box=Box(200, 650, 400, 800)),))).pages[0].blocks[1:]
    assert not any(block.role == "label" for block in far)


@pytest.mark.parametrize(("thinnest", "role"), [(0.6, "label"), (None, "body")])
def test_the_title_of_an_axis_is_a_label_of_its_chart(thinnest, role):
    chart = Picture(Box(200, 400, 400, 600), kind="drawing", thinnest=thinnest)
    ticks = [line(str(10 * number), 8, at=(205 + 45 * number, 605)) for number in range(5)]
    title = line("Number of readers", 10, at=(250, 620))
    blocks = doc(page(para(TEXT * 2), *ticks, title, pictures=(chart,))).pages[0].blocks
    (found,) = [block for block in blocks if block.text == "Number of readers"]
    assert (found.role == "label") is (role == "label")


# --- headings in small print, stacks, what goes on ------------------------------------------------------------------------


def small_print(*pieces):
    """Roles of pieces below large text that makes the body."""
    return [block.role for block in doc(page(para(TEXT * 3), *pieces)).pages[0].blocks[1:]]


def test_a_bold_line_over_small_print_heads_it():
    bold = line("(l) Sensor test", 9, weight=700, below=20)
    assert small_print(bold, para(TEXT, 9, below=4))[0] == "heading"
    assert small_print(bold, para(TEXT, 12, below=4))[0] != "heading"
    assert small_print(line("Jane Price,", 9, weight=700, below=20), para(TEXT, 9, below=4))[0] != "heading"


def test_bold_words_side_by_side_over_small_print_are_heads_of_columns():
    heads = [line("Question", 9, weight=700, at=(72, 300)), line("Answer", 9, weight=700, at=(300, 300))]
    cells = [para(TEXT, 9, at=(72, 314), width=200), para(TEXT, 9, at=(300, 314), width=200)]
    assert "heading" not in small_print(*heads, *cells)


def test_small_bold_capitals_still_stand_out():
    over = para(TEXT, 12, below=4)
    assert small_print(line("RESTORATION PLANS", 9.2, weight=700, below=20), over)[0] == "heading"
    assert small_print(line("Restoration plans", 9.2, weight=700, below=20), over)[0] != "heading"
    assert small_print(line("BILLING CODE", 8, weight=700, below=20), over)[0] != "heading"


def test_a_bold_line_whose_sentence_goes_on_is_no_heading():
    assert role(line("If you are an", weight=700, below=20), para(TEXT, below=4)) == "heading"
    assert role(line("If you are an", weight=700, below=20), line("applicant do not send it", weight=700, below=4)) != "heading"


def test_a_line_to_fill_in_is_no_heading():
    assert role(line("Place of birth ..........", 16, below=20), para(TEXT, below=4)) != "heading"


def test_a_stack_of_headings_set_apart_by_white():
    pieces = [line(text, weight=700, below=12) for text in ("Department", "Transport office", "Part 39")]
    document = doc(page(para(TEXT * 2), *pieces, para(TEXT, below=4)))
    assert [block.role for block in document.pages[0].blocks[1:4]] == ["heading"] * 3


@pytest.mark.parametrize(
    ("text", "weight", "expected"),
    [
        ("SEC. 503. Restoration plans.", 700, "heading"),
        ("12. Payment and refunds.", 700, "heading"),
        ("12. Payment and refunds.", 400, "list"),
        ("You must pay by May.", 700, "body"),
        ("2. You must pay all of it before the first of May.", 700, "list"),
    ],
)
def test_a_short_bold_line_with_a_number_is_a_heading_although_it_ends_in_a_stop(text, weight, expected):
    assert role(line(text, weight=weight, below=20), para(TEXT, below=4)) == expected


def test_a_tagged_cell_on_a_band_of_its_own_heads_what_follows():
    band = Panel(Box(60, 296, 520, 316), fill=(0.8, 0.8, 0.8))
    cell = line("Further information", weight=700, hint="table", at=(72, 300))
    text = para(TEXT, at=(72, 330))
    assert role(cell, text, panels=(band,)) == "heading"
    assert role(cell, text) == "table"


# --- titles, authors, what stands at the end ------------------------------------------------------------------------------


def test_the_lines_on_the_middle_over_the_first_text_are_headings_too():
    over = [line(text, 13, weight=700, below=3, at=(200, 60 + 16 * row)) for row, text in enumerate(("Committee", "Minutes"))]
    over = [replace(piece, facts=(*piece.facts, ("centred_on", "page"))) for piece in over]
    document = doc(page(*over, para(TEXT * 2, at=(72, 120))), page(para(TEXT)))
    assert {block.role for block in document.pages[0].blocks[:2]} <= {"heading", "title"}


def test_the_author_at_the_right_of_what_follows_is_no_heading():
    title, text = line("The bus guide", 24), para(TEXT, at=(72, 160))
    assert doc(page(title, line("J. Price", 14, at=(440, 120)), text)).pages[0].blocks[1].role != "heading"
    assert doc(page(title, line("J. Price", 14, at=(72, 120)), text)).pages[0].blocks[1].role == "heading"


def test_a_date_in_large_type_is_no_heading():
    assert role(line("May 10, 2018", 24, below=30)) != "heading"
    assert role(line("Do...", 24, below=30)) == "heading"


def test_an_initial_is_no_list_mark_unless_its_neighbours_are():
    assert role(line("M. Martin, member of the board")) == "body"
    assert role(line("B. Bread and milk"), line("C. Tea and cake", below=3)) == "list"
    assert role(line("V. Bread and milk for the bus")) == "list"


def test_a_paragraph_that_its_number_belongs_to_is_body_and_an_item_hangs():
    text = "(2) The office shall give each of the drivers a bag and a seat in the shelter before the first bus is due."
    assert role(para(text, first_indent=20)) == "body"
    assert role(para(text, first_indent=-20)) == "list"
    assert role(para("• " + text, first_indent=20)) == "list"


def test_a_tagged_line_that_goes_on_from_a_paragraph_in_its_style_is_no_heading():
    tagged = {"hint": "heading", "level": 1, "weight": 700}
    card = para(TEXT, **tagged)
    document = doc(page(para(TEXT), card, line("Telephone 01745 000 000", below=3, **tagged)))
    assert document.pages[0].blocks[2].role != "heading"
    apart = doc(page(para(TEXT), card, line("Telephone", below=20, **tagged)))
    assert apart.pages[0].blocks[2].role == "heading"


def test_a_heading_over_a_picture_may_have_its_text_far_below():
    picture = Picture(Box(72, 260, 200, 400), use="code")
    head = line("More information", weight=700, at=(72, 240))
    assert role(head, para(TEXT, at=(72, 420)), pictures=(picture,)) == "heading"
    assert role(head, para(TEXT, at=(72, 420))) != "heading"


def test_a_line_over_the_middle_of_a_ruled_table_heads_it():
    """The table begins with its rule: the words in it stand further off than the text before."""
    cells = [line(text, at=(x, 222), in_table=True) for text, x in (("1", 80), ("Last date", 260), ("30 April", 440))]
    rule = Stroke(Box(72, 209, 528, 209.5), 0.5, True)
    pieces = line("Important dates", 14, weight=700, at=(245, 190)), para(TEXT, at=(72, 100), chars=80), *cells
    assert role(*pieces, strokes=(rule,)) in ("heading", "title")
    assert role(*pieces) == "other"


@pytest.mark.parametrize("top", [(), (Stroke(Box(72, 80, 162, 80.5), 0.5, True),)])
def test_boxes_of_a_chart_that_the_page_cuts_open_hold_labels_too(top):
    def sides(x, y0, y1):
        return Stroke(Box(x, y0, x + 0.5, y1), 0.5, False), Stroke(Box(x + 90, y0, x + 90.5, y1), 0.5, False)

    def level(x, y):
        return Stroke(Box(x, y, x + 90.5, y + 0.5), 0.5, True)

    strokes = [*sides(72, 80, 120), level(72, 120), Stroke(Box(116, 120, 116.5, 150), 0.5, False), *top]
    for row in (150, 220):
        for x in (72, 182, 292):
            strokes += [*sides(x, row, row + 40), level(x, row), level(x, row + 40)]
    nodes = [(x, y) for y in (150, 220) for x in (72, 182, 292)] + [(72, 80)]
    names = [para(["Duke of", "Normandy"], 8, at=(x + 20, y + 10), in_table=y > 200) for x, y in nodes]
    blocks = doc(page(*names, para(TEXT * 2, at=(72, 400)), strokes=tuple(strokes))).pages[0].blocks
    assert [block.role for block in blocks[:7]] == ["label"] * 7


@pytest.mark.parametrize(("days", "role"), [(3, "label"), (2, "body")])
def test_names_in_the_slots_of_a_timetable_are_labels_however_long_they_last(days, role):
    slots = [(72 + 100 * day, 90 + 90 * n, 20 + 20 * day + 4 * n) for day in range(days) for n in range(5)]
    panels = tuple(Panel(Box(x, y, x + 90, y + height), (0.9, 0.9, 0.6)) for x, y, height in slots)
    names = [line("The River Band", 8, at=(x + 5, y + 4)) for x, y, _ in slots]
    blocks = doc(page(*names, para(TEXT, 8, at=(72, 600)), panels=panels)).pages[0].blocks
    assert [block.role for block in blocks[:-1]] == [role] * len(slots)


# --- lists without marks, and badges ----------------------------------------------------------------------------------------


ITEMS = ("Drums", "Piano", "Sound sample", "Create a sound recorder")


@pytest.mark.parametrize(
    ("lead", "items", "expected"),
    [
        ("Have a look at these cards:", ITEMS, "list"),
        ("Have a look at these cards", ITEMS, "body"),
        ("Have a look at these cards:", ITEMS[:2], "body"),
        ("Have a look at these cards:", tuple(f"{item}." for item in ITEMS), "body"),
    ],
)
def test_short_level_lines_under_a_colon_are_a_list(lead: str, items: tuple[str, ...], expected: str) -> None:
    pieces = [line(text, 12, at=(72, 300 + 18 * at)) for at, text in enumerate((lead, *items))]
    blocks = doc(page(para(TEXT * 2), *pieces)).pages[0].blocks
    assert {block.role for block in blocks[2:]} == {expected}


@pytest.mark.parametrize(("text", "size", "expected"), [("5", 60, "label"), ("5", 22, "heading"), ("Five", 60, "heading")])
def test_a_word_over_a_large_figure_on_a_tint_of_their_own_heads_nothing(text: str, size: float, expected: str) -> None:
    tint = Panel(Box(70, 90, 170, 200), (0.2, 0.6, 0.3))
    badge = line("Level", 20, weight=700, at=(80, 100)), line(text, size, weight=700, at=(80, 125))
    blocks = doc(page(*badge, para(TEXT * 2, at=(72, 400)), panels=(tint,))).pages[0].blocks
    assert blocks[0].role == expected
