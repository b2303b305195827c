"""Where one paragraph or list item ends and the next begins, as documents that fooled us set them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.geometry import Box
from clearprint.layout import assign, settle, summarise
from clearprint.layout.formulas import is_formula
from clearprint.layout.patterns import list_mark, number_value, roman_value
from clearprint.layout.strips import is_marker
from clearprint.model import Job, Page, Panel, Word
from tests.test_layout import BOLD, FACE, PROSE, advance, bottom, line, only, page, para, word

LONG = PROSE * 3
MONO = replace(FACE, name="DejaVuSansMono", family="DejaVu Sans Mono")


def texts(result: Page) -> list[str]:
    return [block.text for block in result.blocks]


def with_roles(result: Page) -> Page:
    return assign(result, settle(summarise(result), Job()))


def filled(text: str, x: float, y: float, width: float) -> list[Word]:
    """A line stretched to a measure."""
    parts = text.split()
    space = (width - sum(advance(part, 10) for part in parts)) / (len(parts) - 1)
    return line(text, x, y, space=space)


# --- items of a list whose first line stands in ------------------------------------------------------------------------------


def test_an_item_with_an_indented_mark_goes_on_flush_left() -> None:
    words = [
        *filled("for the endangered species and the threatened species and for the habitat of them all", 50, 100, 400),
        *line("that is to be kept.", 50, 112),
        *filled("(1) a component of the national wilderness system that is kept by the Preservation", 70, 124, 380),
        *line("System of the state; and", 50, 136),
        *filled("(2) land on which the removal of trees and bushes is prohibited by an act of Congress", 70, 148, 380),
        *line("or a proclamation.", 50, 160),
    ]
    assert [text[:4] for text in texts(page(words))] == ["for ", "(1) ", "(2) "]


STATUTE = [
    *filled("(1) a pine beetle of the south that is found in the woods and on the trees of the hills", 70, 100, 380),
    *line("that are kept.", 50, 112),
    *line("(2) a mountain beetle;", 70, 124),
    *line("(3) a bark beetle;", 70, 136),
    *line("(4) a gypsy moth;", 70, 148),
    *line("(5) a red oak borer;", 70, 160),
    *line("(6) a white borer; and", 70, 172),
    *filled("(7) such other insects as may be identified by the head of the office or the Secretary", 70, 184, 380),
    *line("or", 50, 196),
    *filled("(8) the Secretary of State for Agriculture and the Environment acting through the State", 70, 208, 380),
    *filled("Forest Service of the United States and with respect to all the land held by the State System", 50, 220, 400),
    *line("land; and", 50, 232),
]


def test_numbered_paragraphs_turn_back_among_items_of_one_line() -> None:
    assert [text.split()[0] + text.split()[-1] for text in texts(page(STATUTE))] == [
        "(1)kept.", "(2)beetle;", "(3)beetle;", "(4)moth;", "(5)borer;", "(6)and", "(7)or", "(8)and",
    ]  # fmt: skip


def test_a_last_line_shorter_than_the_indent_stands_at_a_label_of_its_own_where_text_goes_on_beside_it() -> None:
    words = [
        *line("a short text here that goes on", 100, 100),
        *line("see", 50, 112),
        *line("and still goes on here", 100, 112),
    ]
    assert "see" in texts(page(words))


def test_a_number_at_the_start_of_a_stretched_line_is_no_mark() -> None:
    words = [
        *filled("(b) Funding: the Section that is on Biomass Research and the Development (Law of 106-", 70, 100, 380),
        *filled("224) amended by striking the sum of all the years before and by adding", 50, 112, 400),
        *line("and a new one.", 50, 124),
    ]
    assert only(page(words)).text.endswith("one.")


def test_paragraphs_with_a_number_follow_each_other_as_others_do() -> None:
    words: list[Word] = []
    for place in range(4):
        top = 100 + 36 * place
        words += filled(
            f"({place + 1}) Any member of the public who wishes to speak at the meeting of the council", 70, top, 380
        )
        words += filled(
            "has to give notice of it in writing to the clerk of the council at least three clear days", 50, top + 12, 400
        )
        words += line("before it is held.", 50, top + 24)
    blocks = with_roles(page(words)).blocks
    assert [block.role for block in blocks] == ["body"] * 4
    assert [block.step for block in blocks] == [12, 12, 12, None]


def test_a_numbered_paragraph_of_one_line_is_one_where_longer_ones_are() -> None:
    words: list[Word] = []
    for place in (0, 1, 3):
        words += filled(
            f"({place + 1}) Any member of the public who wishes to speak at the meeting of it", 70, 100 + 24 * place, 380
        )
        words += line("has to give notice in writing.", 50, 112 + 24 * place)
    words += line("(3) Notice is free.", 70, 148)
    words += line("(a) by letter", 110, 300)
    blocks = {block.text[:3]: block.role for block in with_roles(page(words)).blocks}
    assert (blocks["(1)"], blocks["(3)"], blocks["(a)"]) == ("body", "body", "list")


def test_an_item_of_an_item_does_not_hang_from_its_mark() -> None:
    words = [
        *filled("(1) Definitions: in this subsection and in the subsection that follows it here (f):", 70, 100, 380),
        *filled("(A) Applicable period: the term applicable period in this part of the Act says", 90, 112, 360),
        *line("and means the years.", 70, 124),
    ]
    assert [text[:3] for text in texts(page(words))] == ["(1)", "(A)"]


def test_an_item_after_a_full_one_is_its_own_though_it_stands_further_out() -> None:
    words = [
        *filled("(i) the planting of trees on land along the banks of rivers and streams in the plains and of", 90, 100, 380),
        *filled("hedges on farms in the hills that the wind crosses, and the care of both for years to come.", 70, 112, 400),
        *line("(4) Costs are shared.", 70, 124),
    ]
    assert [text[:3] for text in texts(page(words))] == ["(i)", "(4)"]


def test_a_line_above_that_ends_before_an_indented_mark_tears_no_item() -> None:
    words = [
        *filled("(A) Applicable period: the term in this part of the Act and in the one after it says", 90, 100, 360),
        *line("means", 70, 112),
        *filled("(i) the two years that begin on the day on which this law is signed by the govern-", 110, 124, 340),
        *line("ment of the state; or", 90, 136),
    ]
    assert [text[:3] for text in texts(page(words))] == ["(A)", "(i)"]


def test_small_capitals_are_as_large_as_the_capitals_before_them() -> None:
    words = [
        word("(b)", 70, 100),
        word("R", 86, 100),
        word("ELATION", 86 + advance("R", 10), 100, 7.6),
        *filled("to the plans of the agency and of the council: a project is to be carried out", 135, 100, 315),
        *line("as planned.", 50, 112),
    ]
    block = only(page(words))
    assert block.size == pytest.approx(10)


@pytest.mark.parametrize("mark", ["(5)(A)", "(II)", "(11)(A)", "(p)(4)(i)", "IV.", "(iii)"])
def test_marks_of_deep_lists(mark: str) -> None:
    assert is_marker(mark)
    assert list_mark(f"{mark} the date on which it ends") == "ordinal"


# --- speech ------------------------------------------------------------------------------------------


def novel() -> list[Word]:
    first = para(LONG, 50, 100, 300, align="justified", indent=12)
    y = bottom(first) + 13
    said = [
        *line("— Have you seen the board at the corner of the blue roof?", 62, y),
        *line("— No.", 62, y + 13),
        *filled("— It is a large one. You can see two people on it and a cat", 62, y + 26, 288),
        *line("that looks so happy.", 50, y + 39),
    ]
    return [*first, *said, *para(LONG, 50, y + 52, 300, align="justified", indent=12)]


def test_speech_is_body() -> None:
    assert {block.role for block in with_roles(page(novel())).blocks} == {"body"}


def test_speech_that_the_page_cuts_is_body() -> None:
    cut = filled("— It is a large one. You can see two people on it and a cat", 62, 400, 288) + filled(
        "that looks so happy on the roof of the house with the blue", 50, 413, 300
    )
    result = with_roles(page(para(LONG, 50, 100, 300, align="justified", indent=12), cut))
    assert result.blocks[-1].text.endswith("blue")
    assert result.blocks[-1].role == "body"


def test_dashes_that_lines_hang_from_are_a_list() -> None:
    first = para(LONG, 50, 100, 300, align="justified", indent=12)
    y = bottom(first) + 13
    items = [*line("— Bring a coat and a pair of shoes that you can walk in for", 62, y), *line("an hour.", 76, y + 13)]
    items += line("— Bring a cup.", 62, y + 26)
    result = with_roles(page(first, items))
    assert [block.role for block in result.blocks if block.text.startswith("—")] == ["list", "list"]


def test_a_paragraph_of_one_line_ends_where_the_next_one_stands_in() -> None:
    first = para(LONG, 50, 100, 300, align="justified", indent=12)
    y = bottom(first) + 13
    single = line("His anger hits my nose so hard that I can hardly see.", 62, y)
    second = para("Extraordinarily " + LONG, 50, y + 13, 300, align="justified", indent=12)
    assert len(page(first, single, second).blocks) == 3


# --- blanks, faces ------------------------------------------------------------------------------------------


def test_a_blank_after_a_line_pushes_right_aligned_text_in() -> None:
    words = para(LONG, 100, 100, 300, align="right")
    last = bottom(words)
    moved = [one if one.baseline == last else replace(one, box=replace_x(one, -0.28 * 10)) for one in words]
    assert only(page(moved)).alignment == "right"


def replace_x(one: Word, by: float):  # type: ignore[no-untyped-def]
    return type(one.box)(one.box.x0 + by, one.box.y0, one.box.x1 + by, one.box.y1)


def test_an_address_in_italics_goes_on_in_its_paragraph() -> None:
    slanted = replace(FACE, name="Test-Italic", italic=True)
    words = para(PROSE, 50, 100, 300)
    y = bottom(words)
    words = [one for one in words if one.baseline < y]
    words += [
        *filled("and you can also send us a letter by email:", 50, y, 300),
        *line("joan.of.arc@orleans.example", 50, y + 13, face=slanted),
    ]
    assert len(page(words).blocks) == 1


def test_a_bold_label_is_no_part_of_the_address_under_it() -> None:
    words = [*line("Email:", 50, 100, face=BOLD), *line("somebody.with.a.long.name@town.example", 50, 113)]
    assert len(page(words).blocks) == 2


# --- tables ---------------------------------------------------------------------------------------------------------------


def test_lines_that_share_a_level_by_chance_are_no_rows() -> None:
    left = para(LONG, 50, 100, 150, leading=12)
    middle = para(LONG, 215, 100.0 - 5 * 12 + 0.3, 150, leading=12.02)
    right = para(LONG, 380, 106, 150, leading=12)
    assert not any(block.in_table for block in page(left, middle, right).blocks)


def test_a_table_beside_text_has_its_rows_and_its_head() -> None:
    text = para(LONG, 50, 52, 220, leading=12.2)
    cells: list[Word] = line("Town", 320, 101) + line("Bus and train", 372, 101) + line("Foot", 500, 101)
    for row, (town, *figures) in enumerate(
        [("York", "123", "400", "1"), ("Leeds", "99", "500", "2"), ("Hull", "7", "600", "3")]
    ):
        y = 113 + 9 * row
        cells += line(town, 320, y)
        for x, figure in zip((380, 440, 500), figures, strict=True):
            cells += line(figure, x, y)
    result = page(text, cells)
    assert {block.in_table for block in result.blocks if block.box.x0 > 300} == {True}  # type: ignore[union-attr]
    assert [block.in_table for block in result.blocks if block.box.x0 < 300] == [False]  # type: ignore[union-attr]


# --- what tears a paragraph ------------------------------------------------------------------------------------------------


def test_an_accent_set_over_its_letter_is_no_line() -> None:
    words = para(PROSE, 50, 100, 300)
    letter = words[4].box
    accent = Word(
        "ˇ", type(letter)(letter.x0 + 1, letter.y0 - 3, letter.x0 + 4, letter.y0 + 4), words[4].baseline - 2.5, words[4].style
    )
    assert len(only(page([*words, accent])).lines) == len(only(page(words)).lines)


def test_baselines_that_differ_by_a_hair_are_one_though_a_row_began_above() -> None:
    words = [word("12", 400, 98.89)]
    words += [
        replace(one, baseline=100.08 + 0.02 * index) for index, one in enumerate(line("with a rate of ten and so on", 50, 100))
    ]
    assert [block.text for block in page(words).blocks if block.text != "12"] == ["with a rate of ten and so on"]


@pytest.mark.parametrize("fill", [(1.0, 1.0, 1.0), (0.9, 0.9, 0.5)])
def test_a_ground_painted_line_by_line_cuts_nothing(fill: tuple[float, float, float]) -> None:
    words = para(PROSE, 50, 100, 300)
    grounds = tuple(Panel(Box(50, y - 10, 350, y + 3), fill, outlined=False) for y in sorted({one.baseline for one in words}))
    assert len(page(words, panels=grounds).blocks) == 1


def test_outlined_boxes_part_their_lines() -> None:
    boxes = tuple(Panel(Box(50, y - 10, 350, y + 3), (1.0, 1.0, 1.0), outlined=True) for y in (100, 113))
    words = [*line("the name of the person who asks and of the", 55, 100), *line("person who answers here", 55, 113)]
    assert len(page(words, panels=boxes).blocks) == 2


def test_a_line_seen_past_two_short_ones_tears_nothing_from_the_first() -> None:
    words = [
        *filled("(e) The number of acres in the forest reserve of the state and of all its towns and", 70, 100, 380),
        *filled("villages is not to be more than two million, as the council has said it is to be, in", 50, 113, 400),
        *line("acres.", 50, 126),
        *line("(f) The methods of it:", 68, 139),
        *filled("(1) In general: land may be put in the reserve in the way that its owner has", 90, 152, 360),
        *line("asked for.", 70, 165),
    ]
    assert [text[-6:] for text in texts(page(words))] == ["acres.", "of it:", "d for."]


def test_a_size_that_changes_within_a_line_goes_on() -> None:
    words = [
        *line("If yes, please give the", 50, 100, 12),
        *line("number of your", 190, 100, 11),
        *line("certificate.", 50, 114, 11),
    ]
    assert len(page(words).blocks) == 1


def test_a_line_mostly_in_bold_capitals_goes_on_in_the_type_it_ends_in() -> None:
    def opened(*after: Word) -> Page:
        bold = line("FOR FURTHER INFORMATION CONTACT:", 50, 100, 8, face=BOLD)
        ends = bold[-1].box.x1
        rest = line("Manager of the office in the city hall", 50, 112) + line("beside the park and the library.", 50, 124)
        return page(bold, [replace(one, box=one.box.move(ends - 47, 0)) for one in after], rest)

    result = opened(*line("Wyn,", 50, 100, 10))
    assert [len(block.lines) for block in result.blocks] == [3]
    assert [len(block.lines) for block in opened().blocks] == [1, 2]  # a heading and its text


def test_the_style_of_a_block_sets_most_of_its_letters_in_however_many_lines() -> None:
    bold = line("This is a long bold sentence", 50, 100, face=BOLD)
    plain = line("of no use", bold[-1].box.x1 + 3, 100) + line("to anybody who reads", 50, 112) + line("what is in it", 50, 124)
    block = only(page(bold, plain))
    assert max(block.spans, key=lambda span: len(span.text)).style.face == BOLD
    assert block.style.face == FACE


def test_two_lines_alone_are_measured_by_the_lines_of_their_page() -> None:
    two = line("This is the second part of it.", 50, 200) + line("It has links to your:", 50, 213)
    assert len(page(two).blocks) == 1
    wide = para(PROSE, 50, 60, 300)
    assert [len(block.lines) for block in page(wide, two).blocks[-2:]] == [1, 1]


def test_headings_with_text_between_them_are_no_pull_quote() -> None:
    heads = [line(text, 50, y, 14) for text, y in (("The park and the library", 60), ("Parking", 200))]
    short = line("This is the second part of it.", 50, 220) + line("It has links to your:", 50, 233)
    result = page(heads[0], para(PROSE, 50, 85, 300), heads[1], short, line("Home", 50, 270, 14))
    assert [block.text for block in result.blocks[-3:]] == ["This is the second part of it.", "It has links to your:", "Home"]


def test_a_web_address_goes_on_after_its_stop() -> None:
    question = [*line("How many people does this", 50, 60), *line("company employ?", 50, 72)]
    words = [
        *line("Details of the hearings are to be had", 50, 100),
        *line("if you follow the link https://www.town.", 50, 114),
        *line("example/guidance/telephone-and-video-", 50, 128),
        *line("hearings", 50, 142),
    ]
    assert texts(page(question, words))[1].endswith("hearings")


# --- what parts paragraphs and items ---------------------------------------------------------------------------------------


def test_bold_words_at_their_beginning_part_paragraphs() -> None:
    words: list[Word] = []
    y = 100.0
    for name in ("Oakfields", "Elmwood", "Ashbourne"):
        first = line(name, 50, y, face=BOLD)
        words += [*first, *line("is a quiet street with trees and room to", first[-1].box.x1 + 2.8, y)]
        words += line("park and it has a school and a shop and the best bakery here.", 50, y + 13)
        y += 26
    assert [text.split()[0] for text in texts(page(words))] == ["Oakfields", "Elmwood", "Ashbourne"]


def test_hyphens_that_touch_their_words_open_items() -> None:
    words = [
        *line("We can help you in many ways, and this may mean for example:", 50, 100),
        *line("-documents in other formats, colours and faces that you can read", 50, 114),
        *line("-help with hearing, speaking and seeing all that you need to see", 50, 128),
        *line("-access to the room", 50, 142),
    ]
    assert [text[:5] for text in texts(page(words))] == ["We ca", "-docu", "-help", "-acce"]
    assert [list_mark(text) for text in texts(page(words))] == [None, "bullet", "bullet", "bullet"]


def test_a_dash_and_another_below_it_open_items_whatever_stands_above() -> None:
    words = [
        *line("Some of the points that you may want to think about here include", 50, 100),
        *line("- events of your life", 50, 114),
        *line("- education and work", 50, 128),
    ]
    assert [text[:3] for text in texts(page(words))] == ["Som", "- e", "- e"]


def test_bullets_of_a_symbol_face_belong_to_their_items() -> None:
    words = []
    for row, text in enumerate(
        ("give the details of the service to the other people", "file this form with the court in time")
    ):
        words += [word("\uf06e", 50, 100 + 18 * row, 8), *line(text, 64, 100 + 18 * row)]
    assert [text[:3] for text in texts(page(words))] == ["\uf06e g", "\uf06e f"]


# --- verse -----------------------------------------------------------------------------------------------------------------

VERSE = (
    "If you can make one heap of all your gains",
    "And risk it on one turn of pitch and toss",
    "And lose, and start again where you began",
    "And never breathe a word about your loss;",
)


@pytest.mark.parametrize("inward", [0.0, 6.0])
def test_a_stanza_is_one_block_of_verse(inward: float) -> None:
    words: list[Word] = []
    for number, text in enumerate((*VERSE, *VERSE)):
        words += line(text, 50 + inward * (number % 2), 100 + 13 * number + 13 * (number // 4))
    result = with_roles(page(words))
    assert [len(block.lines) for block in result.blocks] == [4, 4]
    if inward:
        assert {block.role for block in result.blocks} == {"verse"}


SONG = (
    "The carter comes early with barrels to load,",
    "and he whistles his horse as it walks up the road,",
    "and the rain it comes down,",
    "and the rest of us sleep at the end of the town.",
    "His sister stands waiting with bread in the sun,",
    "and she counts all the loaves,",
    "there is one for the doctor and two for the men who come late,",
    "and a crust to be left for the birds at the gate.",
)


@pytest.mark.parametrize("inward", [0.0, 17.0])
def test_stanzas_whose_lines_open_with_small_letters_are_verse(inward: float) -> None:
    words: list[Word] = []
    for number, text in enumerate(SONG):
        words += line(text, 90 + inward * (number % 2), 100 + 13 * number + 13 * (number // 4))
    result = with_roles(page((*words, *para(LONG, 50, 260, 400))))
    verse = [block for block in result.blocks if block.role == "verse"]
    assert [len(block.lines) for block in verse] == [4, 4]
    assert len(result.blocks) == 3


def test_paragraphs_of_as_many_lines_each_are_no_verse() -> None:
    prose = para(" ".join(SONG), 50, 100, 190), para(" ".join(SONG[::-1]), 50, 200, 190)
    result = with_roles(page([word for part in prose for word in part]))
    assert result.blocks
    assert not any(block.role == "verse" for block in result.blocks)


def test_stanzas_beside_each_other_are_no_table() -> None:
    words: list[Word] = []
    for number, text in enumerate(VERSE):
        words += line(text, 50, 100 + 13 * number) + line(text, 320, 100 + 13 * number)
    result = page(words)
    assert [len(block.lines) for block in result.blocks] == [4, 4]
    assert not any(block.in_table for block in result.blocks)


def test_capitals_at_the_beginning_of_lines_make_no_verse_of_prose() -> None:
    assert not any(block.role == "verse" for block in with_roles(page(para(LONG.title(), 50, 100, 300))).blocks)


def test_three_lines_in_a_box_have_a_leading_of_their_own() -> None:
    frame = Panel(Box(52, 152, 460, 206), (0.9, 0.9, 0.9), True)
    before = para(PROSE[:230], 60, 122, 392, leading=12)
    second = "therefore it helps us to read about the concerns of all those old people at that"
    words = [
        *line("Remember that not all of the signs of this are present in all of the places and all", 60, 168),
        *line(second, 60, 184),
        *line("First Responder who led to the referral being made.", 60, 200),
    ]
    assert 392 - 40 < advance(second, 10) < 392 - 23  # the next word would have fitted, but with nothing to spare
    assert len(texts(page(before, words, panels=(frame,)))) == 2


def test_a_line_broken_early_in_a_sentence_ends_no_paragraph_where_white_parts_them() -> None:
    words = [
        *para(PROSE, 60, 100, 380, leading=13),
        *line("Then they were astonished beyond words for suddenly all around was a silver", 60, 174),
        *line("light and all was still and bright, for they saw with such delight the full", 60, 187),
        *line("Moon sailing in the sky and smiling down upon them all, as she was there to", 60, 200),
        *line("light them home again.", 60, 213),
        *para(PROSE, 60, 235, 380, leading=13),
    ]
    assert len(texts(page(words))) == 3


def test_a_short_sentence_in_dialogue_ends_its_paragraph() -> None:
    spoken = (
        "— Poire ?",
        "— Oui ?",
        "— Demain nous partons.",
        "— Pourquoi ?",
        "— Tu as mangé ?",
        "— Non.",
        "— Et hier ?",
        "— Non.",
    )
    said = [one for number, text in enumerate(spoken) for one in line(text, 60, 100 + 12 * number)]
    told = [
        one
        for number in range(3)
        for one in (
            *filled("— Il commence à peine à prendre confiance en lui et je", 60, 196 + 24 * number, 240),
            *line("sais que la rue est loin.", 50, 208 + 24 * number),
        )
    ]
    last = [*line("— Oui.", 60, 268), *filled("Je n’en sais rien et je mens et à Poire et à moi-même.", 60, 280, 240)]
    assert texts(page([*said, *told, *last]))[-2] == "— Oui."


# --- room to write within a sentence -----------------------------------------------------------------------------------------


def test_a_sentence_with_dots_to_write_on_goes_on() -> None:
    words = [
        *filled("I, ............................... whose number is ............... and", 50, 100, 400),
        *filled("who was born on ........................ in the town of ........, in", 50, 112, 400),
        *filled("the county of ......................... and who lives now in Street,", 50, 124, 400),
        *line("........................ say that all of this is true.", 50, 136),
    ]
    assert len(texts(page(words))) == 1


@pytest.mark.parametrize("ends", [("3", "5"), ("Jones", "Smith")])
def test_dots_that_lead_to_a_number_or_a_name_end_the_line(ends: tuple[str, str]) -> None:
    words = [
        *line(f"Introduction .............................. {ends[0]}", 50, 100),
        *line(f"overview of it ............................ {ends[1]}", 50, 112),
    ]
    assert all("Introduction" not in text for text in texts(page(words)) if "overview" in text)


def test_a_line_that_says_what_follows_begins_a_paragraph() -> None:
    words = [
        *filled("We know that people sometimes need support to use our services, which the law calls", 50, 100, 400),
        *line("changes that may be asked for at any time.", 50, 112),
        *line("You can ask for:", 50, 124),
    ]
    assert texts(page(words))[-1] == "You can ask for:"


def test_letters_with_numbers_open_items() -> None:
    assert is_marker("a.1")
    assert list_mark("a.1 load the library,") == "ordinal"
    assert list_mark("e.g. 1 of them") is None


@pytest.mark.parametrize("mark", ["\u2460", "\u2776", "\u203b"])
def test_circled_numbers_open_items(mark: str) -> None:
    assert is_marker(mark)


def test_signs_painted_over_one_another_are_no_text() -> None:
    drawn = [word(sign, 50, 100) for sign in "jklmn"]
    assert texts(page([*drawn, *line("Satisfied", 70, 100)])) == ["Satisfied"]
    assert len(texts(page([word("j", 50, 100), word("k", 50, 100)]))) > 0


def test_a_lowered_letter_within_a_word_stays_in_its_line() -> None:
    """As in TeX: the next letter stands on the line again, and all three overlap."""
    before, after = line("The lines that are broken by T", 50, 112), line("X itself may be stretched", 0, 112)
    x0 = before[-1].box.x1 - 1.7
    lowered = word("E", x0, 114.2)
    shift = lowered.box.x1 - 1.3 - after[0].box.x0
    after = [replace(one, box=one.box.move(shift, 0)) for one in after]
    words = [
        *filled("Paragraphs are set one after the other, as they come", 50, 100, after[-1].box.x1 - 50),
        *before,
        lowered,
        *after,
    ]
    assert texts(page(words)) == [
        "Paragraphs are set one after the other, as they come The lines that are broken by TEX itself may be stretched"
    ]
    alone = replace(lowered, box=lowered.box.move(0, 6), baseline=lowered.baseline + 6)
    assert len(texts(page([*before, alone]))) == 2


def test_a_source_set_flush_right_leaves_the_last_words_to_their_paragraph() -> None:
    words = [
        *filled("A short line or a single word that is carried over from the foot of one", 50, 100, 350),
        *filled("column or page to the head of the next one, where it looks forlorn, or a", 50, 112, 350),
        *line("page.", 50, 124),
    ]
    source = line("(Brown, 1948)", 0, 124)
    source = [replace(one, box=one.box.move(400 - source[-1].box.x1, 0), space_before=False) for one in source]
    found = texts(page([*words, *source]))
    assert found[0].endswith("or a page.")
    assert found[1] == "(Brown, 1948)"


def test_commas_hung_out_into_the_margin_leave_text_justified() -> None:
    lines = [
        "For standard purposes the margin should always be kept at one inch. If you want to",
        "shift text on the page, use the offsets that are there for it. To avoid surprises, after",
        "the magnification has been changed by a command, the margins should still",
        "be as they were, for example by typing the same again after issuing the command. Or,",
        "you can adjust them before, so that their values after the change of scale",
    ]
    words = []
    for number, text in enumerate(lines):
        width = 400 + (advance(",", 10) if text.endswith(",") else 0)
        words += filled(text, 50, 100 + 12 * number, width)
    words += line("end up at one inch again.", 50, 160)
    assert only(page(words)).alignment == "justified"


def test_a_full_line_below_centred_ones_stays_with_its_paragraph() -> None:
    words = [
        *middled("Figure 5: user interface to", 250, 100),
        *middled("select the desired language", 250, 112),
        *filled("Based on that selection three files are made, whose names are given in the list, in this di-", 50, 134, 400),
        *line("rectory", 50, 146),
        *filled("The contents of those files are the same as described in the section on names and information", 50, 168, 400),
        *line("comes from them.", 50, 180),
        *filled("The exact location might depend on where you install the program and whether you do it for", 50, 202, 400),
        *line("all users.", 50, 214),
    ]
    assert any(text.startswith("Based") and text.endswith("rectory") for text in texts(page(words)))


def middled(text: str, middle: float, y: float) -> list[Word]:
    parts = line(text, 0, y)
    shift = middle - parts[-1].box.x1 / 2
    return [replace(part, box=part.box.move(shift, 0)) for part in parts]


def test_an_address_whose_lines_begin_with_figures_is_one_block() -> None:
    rows = ["Fanlight", "26 rue Emile Decorps", "69100 Villeurbanne France"]
    made = with_roles(page(para(LONG, 50, 100, 400), *[line(row, 50, 400 + 14 * at) for at, row in enumerate(rows)]))
    assert (made.blocks[-1].text, made.blocks[-1].role) == (" ".join(rows), "address")


def test_an_address_in_the_middle_is_an_address() -> None:
    words = [*middled("2 Valley", 250, 100), *middled("SAMPLEBY", 250, 112), *middled("ZY32 1XW", 250, 124)]
    assert [block.role for block in with_roles(page(words)).blocks] == ["address"]


def test_a_dotless_i_is_no_roman_numeral() -> None:
    assert roman_value("\u0131") is None
    assert roman_value("i") == 1


# --- what stands in rows -----------------------------------------------------------------------------------------------------

ENTRIES = (
    ("saveboxresource", "save the box as an object to be included later"),
    ("saveimageresource", "save the image as an object"),
    ("useboxresource", "include the saved box here"),
    ("useimageresource", "include the saved image object here by index"),
    ("lastsavedboxresource", "the index of the last saved box"),
    ("lastsavedresourcepages", "the number of pages in the last saved image"),
)


def test_entries_that_begin_small_are_cells_and_no_columns() -> None:
    words: list[Word] = []
    for number, (name, text) in enumerate(ENTRIES):
        words += line(name, 50, 100 + 12 * number)
        beside = line(text, 180, 100 + 12 * number)
        words += [replace(beside[0], space_before=False), *beside[1:]]
    result = page(words)
    assert not result.columns or len(result.columns) == 1
    assert len(result.blocks) == 2 * len(ENTRIES)


def test_listings_make_no_columns() -> None:
    words: list[Word] = []
    for number in range(8):
        words += line(f"local_{number}_of_these", 50, 100 + 12 * number, face=MONO)
        beside = line(f"= type_{number}.of_all_that (node)", 210, 100 + 12 * number, face=MONO)
        words += [replace(beside[0], space_before=False), *beside[1:]]
    assert len(page(words).columns) < 2


def test_korean_set_in_columns_is_no_stacked_word() -> None:
    assert not any(
        block.stacked for block in page([word(sign, 50, 100 + 12 * i) for i, sign in enumerate("제곡조를못")]).blocks
    )
    assert any(block.stacked for block in page([word(sign, 50, 100 + 12 * i) for i, sign in enumerate("NORTH")]).blocks)


def test_marks_before_rows_are_no_stacked_word() -> None:
    words: list[Word] = []
    for number, mark in enumerate("MBRSL"):
        words += line(mark, 50, 100 + 12 * number)
        beside = line(f"Parisinus Latinus {number}86 of the ninth century", 70, 100 + 12 * number)
        words += [replace(beside[0], space_before=False), *beside[1:]]
    assert not any(block.stacked for block in page(words).blocks)


def test_the_gap_between_a_label_and_its_text_is_no_word_space() -> None:
    label = line("--help", 50, 100)
    text = line("Print a usage message that lists all of the options there are", 120, 100)
    words = [
        *label,
        *text,
        *line("and say nothing else of what was asked for in the", 120, 112),
        *line("first place.", 120, 124),
    ]
    first = next(block for block in page(words).blocks if "Print" in block.text).lines[0]
    assert max(first.gaps) < 4

    bold = line("useful", 50, 100, face=BOLD)
    after = line("By default, when you specify a value it will be defined as it was given", bold[-1].box.x1 + 9, 100)
    after[0] = replace(after[0], space_before=True)
    words = [*bold, *after, *line("to the one who had asked for it in the first place.", 50, 112)]
    assert max(only(page(words)).lines[0].gaps) < 4


def test_formulas_are_told_by_their_signs() -> None:
    assert is_formula("K = min(C, M, Y), C = (C - K)/(1 - K)")
    assert is_formula("3xy − x2y = 3 − 2x")
    assert not is_formula("We set the price = 5 pounds for everybody")
    assert not is_formula("A, B or C")


@pytest.mark.parametrize(
    ("texts", "role"),
    [
        (("Josef Friedrich", "josef@friedrich.rocks", "github.com/josef"), "address"),
        (("Phone: 0 12 34 56 78", "Email: joe@public.invalid"), "address"),
        (("Hinter dem Tal 2", "54321 Musterheim"), "address"),
        (("We meet each Friday", "in the Market Hall"), "body"),
        (("The rules stand at https://example.org/rules and", "the list of them at https://example.org/list to read."), "body"),
    ],
)
def test_where_somebody_is_to_be_found(texts: tuple[str, ...], role: str) -> None:
    words = [part for number, text in enumerate(texts) for part in line(text, 50, 100 + 12 * number)]
    below = [part for number in range(4) for part in filled(PROSE, 50, 300 + 12 * number, 500)]
    assert with_roles(page([*words, *below])).blocks[0].role == role


def test_a_short_line_over_an_indented_paragraph_keeps_its_second_line_with_it() -> None:
    words = [
        *line("setting{", 50, 76, face=MONO),
        *line("numbery = 8,", 60, 88, face=MONO),
        *line("}", 50, 100, face=MONO),
        *filled("The grid can be deactivated by the options that the document gives, and activated again by", 70, 120, 380),
        *line("the option in the setup that follows here.", 50, 132),
    ]
    assert [text.split()[0] for text in texts(page(words))] == ["setting{", "numbery", "}", "The"]


def test_text_right_under_numbered_lines_of_a_listing_is_no_cell() -> None:
    words: list[Word] = []
    for number in range(12):
        words += line(f"{number + 7}", 50, 100 + 12 * number, size=8)
        code = line(f"Use_{number}({'of' * (number % 5)} {number})", 70, 100 + 12 * number, face=MONO)
        words += [replace(code[0], space_before=False), *code[1:]]
    words += [
        *filled("As can be seen from the lines above, three useful shorthands have been defined, of which", 68, 246, 400),
        *filled("the first stands for the second and the second for the third, as readers of the book will", 68, 258, 400),
        *line("know by now.", 68, 270),
    ]
    result = page(words)
    assert [block.text[:2] for block in result.blocks if not block.in_table] == ["As"]


def evenly(text: str, y: float, end: float) -> list[Word]:
    """A line whose letters, not its word spaces, were widened until it ends in a place, as fonts are by expansion."""
    parts = line(text, 50, y)
    grown = (end - 50) / (parts[-1].box.x1 - 50)
    boxes = [part.box._replace(x0=50 + (part.box.x0 - 50) * grown, x1=50 + (part.box.x1 - 50) * grown) for part in parts]
    return [replace(part, box=box) for part, box in zip(parts, boxes, strict=True)]


EXPANDED = (
    "The package further provides words for lists of exceptions in both the English and the",
    "German tongue, and the words in these lists are composed of two or even more words of",
)


@pytest.mark.parametrize("beside", [True, False])
def test_lines_widened_by_their_letters_are_justified_on_a_page_that_is(beside: bool) -> None:
    words = [*evenly(EXPANDED[0], 200, 450), *evenly(EXPANDED[1], 212, 450), *line("others.", 50, 224)]
    if beside:
        for number, text in enumerate(EXPANDED * 2):
            words += filled(text + (" all" if number % 2 else " of them"), 50, 100 + 12 * number, 400)
        words += line("others.", 50, 148)
    last = next(block for block in page(words).blocks if block.box and block.box.y0 > 180)
    assert last.alignment == ("justified" if beside else "left")


def test_clauses_of_a_sentence_are_items_and_numbered_sentences_paragraphs() -> None:
    def clause(text: str, y: float) -> list[Word]:
        first, second = text[:72].rsplit(" ", 1)[0], text[72:] or "and so on as it may be."
        return [*filled(first, 70, y, 380), *line(second.strip(), 50, y + 12)]

    plain = "to promote the recovery of species that are threatened in the woods of the"
    words = [
        *clause(f"(1) {plain} hills and in the water;", 100),
        *clause(f"(2) {plain} hills and in the water; and", 124),
        *clause(f"(3) {plain} hills and in the water.", 148),
        *clause(f"(4) The office gives notice {plain} hills and in the water.", 172),
        *clause(f"(5) The office gives notice {plain} hills and in the water.", 196),
        *clause(f"(6) {plain} hills and in the water and on the shores.", 220),
        *clause(f"(7) The office gives notice {plain} hills and in the water.", 244),
        *clause(f"(8) Is no notice that the office gives {plain} hills and in the water,", 268),
        *clause(f"(9) Is no notice that the office gives {plain} hills and in the water.", 292),
        *clause(f"(10) The office gives notice {plain} hills and in the water.", 316),
        *clause(f"(11) The office gives notice {plain} hills and in the water,", 340),
    ]
    roles = {block.text.split()[0]: block.role for block in with_roles(page(words)).blocks}
    items, paragraphs = (1, 2, 3, 6, 8, 9), (4, 5, 7, 10, 11)  # the sixth begins as no sentence does, the last goes on overleaf
    assert {number: roles[f"({number})"] for number in items} == dict.fromkeys(items, "list")
    assert {number: roles[f"({number})"] for number in paragraphs} == dict.fromkeys(paragraphs, "body")


@pytest.mark.parametrize("text", ["9" * 5000, "\u00b2", "m\u0131", "\u0131", "12345678901"])
def test_what_looks_like_a_number_and_is_none(text: str) -> None:
    """Signs that count as digits or Roman letters and have no value, and more figures than a number may have."""
    assert number_value(text) is None
    boxed = [Panel(Box(48, 90 + 20 * at, 66, 106 + 20 * at), outlined=True) for at in range(3)]
    words = [part for at in range(3) for part in line(text[:40], 50, 102 + 20 * at)]
    contents = line("Contents", 50, 60, size=20)
    listed = [part for at in range(4) for part in line(f"{text} Title of {at}", 50, 300 + 20 * at)]
    result = page([*contents, *words, *listed], panels=tuple(boxed))
    assert with_roles(result).blocks


@pytest.mark.parametrize(("mark", "parts"), [("*", 2), ("", 1)])
def test_a_note_mark_after_a_short_line_opens_a_paragraph(mark: str, parts: int) -> None:
    rows = (
        "If you need any help you can reach us by telephone on any",
        f"{mark}After this day you may still use the ticket for as long as half year",
        "that you paid for it where the law says so",
    )
    centred = [line(text, 300 - advance(text, 10) / 2, 100 + 12 * at) for at, text in enumerate(rows)]
    assert len(texts(page([part for words in centred for part in words]))) == parts


@pytest.mark.parametrize(
    ("last", "alignment"), [("and with a roof of leaves.", "right"), ("mud, of stone and of leaves are the huts.", "left")]
)
def test_an_item_whose_last_line_stands_at_the_far_edge_is_set_right(last: str, alignment: str) -> None:
    rows = (
        "7. Their huts are made of stone and mud",
        "and of mud and of stone their huts are",
        "made as their huts were and of mud and",
    )
    width = max(advance(row, 10) for row in rows)
    words = [filled(row, 400 - width, 100 + 12 * at, width) for at, row in enumerate(rows)]
    made = page(*words, line(last, 400 - advance(last, 10), 136))
    assert [block.alignment for block in made.blocks] == [alignment]


@pytest.mark.parametrize(("size", "parts"), [(96.0, 2), (14.0, 1)])
def test_a_giant_quotation_mark_is_no_part_of_the_line_it_stands_before(size: float, parts: int) -> None:
    rows = [
        "A place for people who like to make things of their own,",
        "and who can meet there every Tuesday evening to",
        "collaborate.",
    ]
    text = [line(row, 80, 100 + 14 * at) for at, row in enumerate(rows)]
    mark = line("\u201c", 80 - advance("\u201c", size) - 1, 128 if size < 20 else 134, size=size)
    made = texts(page(mark, *text))
    assert len(made) == parts
    assert ("\u201c" in made) == (parts == 2)


def test_a_sentence_that_ends_with_its_full_line_goes_on_between_paragraphs_of_one_sentence() -> None:
    rows = [
        "You need a hundred pounds of your own.",
        "Rates may change at any time and without any notice.",
        "Fees and charges are paid.",
    ]
    others = ["The rate is that of the day on which you ask us.", "We tell you of it in a letter that you must sign it."]
    words, y = [], 100.0
    for at, row in enumerate((*rows, *others, PROSE[:52])):
        y += 12 if at == 2 else 18
        words.append(line(row, 50, y))
    assert f"{rows[1]} {rows[2]}" in texts(page(*words))


@pytest.mark.parametrize(("offset", "gutters"), [(9, 1), (0, 0)])
def test_short_paragraphs_under_headings_make_columns_together_and_level_rows_a_table(offset: float, gutters: int) -> None:
    def stack(x: float, y: float, lengths: tuple[int, ...]) -> list[Word]:
        words: list[Word] = []
        for number, length in enumerate(lengths):
            words += line(f"Part {number}", x, y, size=14, face=BOLD)
            for at in range(length):
                words += line(PROSE[:34] if at < length - 1 else "to it.", x, y + 18 + 13 * at)
            y += 18 + 13 * length + 16 if offset else 80
        return words

    left = stack(50, 100, (3, 1, 2, 2) if offset else (2, 2, 2, 2))
    right = stack(300, 100 + offset, (1, 2, 2, 3) if offset else (2, 2, 2, 2))
    assert len(page(left, right).gutters) == gutters


def test_web_addresses_one_under_another_are_items_of_their_own() -> None:
    rows = ["http://www.example.org/pictures/of/the/river.jpg", "http://www.example.org/commons/thumb/of-the-", "bridge.jpg"]
    rows += ["http://www.example.org/commons/and/the/long/road.jpg"]
    made = page(*[line(row, 500 - advance(row, 10), 100 + 12 * at) for at, row in enumerate(rows)])
    assert texts(made) == [rows[0], f"{rows[1]} {rows[2]}", rows[3]]


@pytest.mark.parametrize("panel", [True, False])
def test_text_beside_a_sidebar_is_in_columns_however_little_of_the_sidebar_is_running_text(panel: bool) -> None:
    body = para(PROSE * 3, 50, 100, 200)
    notes = line("Key findings", 290, 104, size=14), para(PROSE[:150], 290, 130, 200), line("Ten papers", 290, 340)
    sidebar = (Panel(Box(280, 90, 500, 360), (0.9, 0.95, 1.0)),) if panel else ()
    made = page(body, *notes, panels=sidebar)
    assert next(block for block in made.blocks if len(block.lines) > 8).in_columns == panel
