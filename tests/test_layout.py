"""Layout: from words on a page to lines, blocks, columns, alignment and reading order."""

from __future__ import annotations

import gc
import random
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearprint.colour import BLACK, Colour
from clearprint.geometry import Box
from clearprint.layout import understand
from clearprint.layout.blocks import shows_other_type
from clearprint.layout.stretched import stretched
from clearprint.layout.strips import Strip
from clearprint.model import Block, Face, Marks, Page, Panel, Picture, Stroke, Style, Tag, Word

WIDTHS = {**dict.fromkeys("iljt.,:;'!|I", 0.28), **dict.fromkeys("mwMW", 0.85), " ": 0.28}
FACE = Face("Test-Regular", "Test", 400, False, space=0.28)
BOLD = replace(FACE, name="Test-Bold", weight=700)
PROSE = (
    "The council would like to hear from everyone who lives in the area about the new plans for the park and the library. "
    "You can write to us or call us and you can come and talk to us in person at any of the meetings listed below. "
    "Parking is free for the whole of the evening and there are places for disabled people next to the main entrance. "
)


def advance(text: str, size: float) -> float:
    return sum(WIDTHS.get(letter, 0.55) for letter in text) * size


def word(text: str, x: float, y: float, size: float = 10.0, face: Face = FACE, **more: object) -> Word:
    box = Box(x, y - 0.72 * size, x + advance(text, size), y + 0.21 * size)
    return Word(text, box, y, Style(face, size), **more)  # type: ignore[arg-type]


def line(text: str, x: float, y: float, size: float = 10.0, face: Face = FACE, space: float | None = None) -> list[Word]:
    """One line of words; `space` is the width of its word spaces in points."""
    result = []
    for part in text.split():
        result.append(word(part, x, y, size, face, space_before=bool(result)))
        x = result[-1].box.x1 + (space if space is not None else 0.28 * size)
    return result


def broken(text: str, width: float, size: float, indent: float = 0.0) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    for part in text.split():
        room = width - (indent if len(lines) == 1 else 0.0)
        if lines[-1] and advance(" ".join([*lines[-1], part]), size) > room:
            lines.append([])
        lines[-1].append(part)
    return lines


def para(
    text: str,
    x: float,
    y: float,
    width: float,
    size: float = 10.0,
    leading: float = 13.0,
    align: str = "left",
    indent: float = 0.0,
) -> list[Word]:
    """A paragraph set in a measure. Its last line is where `bottom` says."""
    result: list[Word] = []
    lines = broken(text, width, size, indent)
    for number, parts in enumerate(lines):
        joined = " ".join(parts)
        own = advance(joined, size)
        inward = indent if number == 0 else 0.0
        space = None
        left = x + inward
        if align == "right":
            left = x + width - own
        elif align == "centred":
            left = x + (width - own) / 2
        elif align == "justified" and number < len(lines) - 1 and len(parts) > 1:
            letters = sum(advance(part, size) for part in parts)
            space = (width - inward - letters) / (len(parts) - 1)
        result += line(joined, left, y + number * leading, size, space=space)
    return result


def bottom(words: Iterable[Word]) -> float:
    return max(one.baseline for one in words)


def page(*groups: Iterable[Word], width: float = 595.0, height: float = 842.0, **more: object) -> Page:
    return understand(Marks(1, width, height, tuple(w for group in groups for w in group), **more))  # type: ignore[arg-type]


def only(result: Page) -> Block:
    assert len(result.blocks) == 1, [block.text for block in result.blocks]
    return result.blocks[0]


# --- words and lines ------------------------------------------------------------------------------------------------------


def test_nothing_makes_an_empty_page() -> None:
    assert page().blocks == ()


def test_a_page_understood_leaves_no_cycles() -> None:
    """Its words and lines go when the page goes: cycles are looked for seldom, and would keep those of 200 pages."""
    words = para(PROSE * 3, 50, 100, 300)
    gc.collect()
    gc.disable()
    try:
        understood = page(words)
        assert len(understood.blocks[0].lines) > 10
        del understood
        left = gc.collect()
    finally:
        gc.enable()
    assert left < 10


def test_pieces_that_touch_are_one_word() -> None:
    first = word("read", 50, 100)
    block = only(page([first, word("able", first.box.x1, 100)]))
    assert block.text == "readable"
    assert len(block.lines[0].words) == 1


def test_a_space_character_parts_words_however_narrow() -> None:
    first = word("read", 50, 100)
    assert only(page([first, word("able", first.box.x1 + 0.3, 100, space_before=True)])).text == "read able"


def test_two_styles_in_a_word_are_two_spans_without_a_space() -> None:
    first = word("bold", 50, 100, face=BOLD)
    block = only(page([first, word("ly", first.box.x1, 100)]))
    assert block.text == "boldly"
    assert [span.text for span in block.spans] == ["bold", "ly"]


def test_a_raised_mark_joins_its_line_and_leaves_the_baseline() -> None:
    words = line("rates may change", 50, 100)
    block = only(page(words, [word("1", words[-1].box.x1 + 0.2, 96, 6)]))
    assert block.text == "rates may change1"
    assert block.lines[0].baseline == 100
    assert block.spans[-1].style.raised


def test_small_print_beside_text_is_no_raised_mark() -> None:
    block = only(page(line("Price", 50, 100), line("each", 76, 100, 7)))
    assert not any(span.style.raised for span in block.spans)


def test_a_shadow_is_one_text() -> None:
    words = line("Summer fair", 50, 100, 24)
    again = [replace(one, box=one.box.move(1, 1), baseline=one.baseline + 1) for one in words]
    assert only(page(words, again)).text == "Summer fair"


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -1e30, 1e300])
def test_impossible_words_are_left_out(value: float) -> None:
    odd = replace(word("odd", 50, 100), box=Box(value, value, value, value), baseline=value)
    flat = replace(word("flat", 50, 200), style=Style(FACE, 0.0))
    assert only(page([odd, flat, word("", 1, 1), word("plain", 50, 300)])).text == "plain"


def test_word_gaps_leave_out_stops_and_tabs() -> None:
    words = line("One. Two three", 50, 100)
    far = [replace(one, box=one.box.move(3, 0)) for one in words[2:]]
    block = only(page(words[:2], far))
    assert block.lines[0].gaps == pytest.approx([5.8])


# --- paragraphs -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("leading", [9.0, 10.0, 12.0, 16.0, 20.0, 26.0, 30.0])
def test_any_leading_makes_one_paragraph(leading: float) -> None:
    block = only(page(para(PROSE, 50, 100, 300, leading=leading)))
    assert block.leading == pytest.approx(leading)
    assert len(block.lines) > 5
    assert all(one.full for one in block.lines[:-1])
    assert block.lines[-1].full is False


@pytest.mark.parametrize("align", ["left", "right", "centred", "justified"])
@pytest.mark.parametrize("width", [150.0, 300.0, 420.0])
def test_alignment(align: str, width: float) -> None:
    assert only(page(para(PROSE, 50, 100, width, align=align))).alignment == align


def test_lines_of_one_word_cannot_be_filled_out_in_justified_text() -> None:
    rows = [
        "Investigations",
        "occasionally necessary",
        "pharmacologists",
        "understand their work",
        "nevertheless",
        "such a thing",
    ]

    def filled(spaces: bool) -> list[Word]:
        result: list[Word] = []
        for number, text in enumerate(rows):
            parts = text.split()
            room = 117 - sum(advance(part, 10) for part in parts)
            wide = room / (len(parts) - 1) if spaces and len(parts) > 1 and number < 5 else None
            result += line(text, 50, 100 + 13.0 * number, space=wide)
        return result

    assert only(page(filled(True))).alignment == "justified"
    assert only(page(filled(False))).alignment == "left"


def test_flush_by_luck_is_left() -> None:
    words = line("aaaa bbbb cccc", 50, 100) + line("cccc aaaa bbbb", 50, 113) + line("bbbb cccc aaaa", 50, 126)
    assert only(page(words, line("dd", 50, 139))).alignment == "left"


@pytest.mark.parametrize(("hung", "wanted"), [(1.6, "justified"), (4.0, "left")])
def test_a_hyphen_hung_in_the_margin_ends_where_the_other_lines_do(hung: float, wanted: str) -> None:
    rows = [line("The parking is free for the evening and there are pla-", 50, 300, space=2.9)]
    width = rows[0][-1].box.x1 - 50 - hung
    text = "ces for people who come by bus to the main entrances"
    letters = sum(one.box.width for one in line(text, 50, 313))
    rows += [line(text, 50, 313, space=(width - letters) / 10), line("of it.", 50, 326)]
    plain = [para(PROSE, 50, y, width, align="justified") for y in (60, 400, 600)]
    result = page(*plain, *rows)
    assert next(one.alignment for one in result.blocks if one.text.startswith("The parking")) == wanted


@pytest.mark.parametrize(("others", "wanted"), [(3, "justified"), (0, "left")])
def test_lines_that_all_end_together_are_justified_where_the_others_are(others: int, wanted: str) -> None:
    rows = [line("ces for people who come by bus to the main entrances", 50, 300 + 13 * number) for number in range(3)]
    width = rows[0][-1].box.x1 - 50
    plain = [para(PROSE, 50, y, width, align="justified") for y in (60, 400, 600)[:others]]
    blocks = page(*plain, *rows).blocks
    assert next(one.alignment for one in blocks if one.text.startswith("ces for")) == wanted


def _few_lines(*head: list[Word]) -> Page:
    """Three lines beside four of another leading, the first of which is indented; only one pair of them is level."""
    left = ["for disabled people next to the", "entrance and there are more places", "for everyone."]
    right = ["You can call us or", "write to us about the new plans for it", "and come to talk to us of it at", "the meetings."]
    end = max(line(text, 50, 0)[-1].box.x1 for text in left)
    rows = [line(text, 50, 100 + 12.2 * number) for number, text in enumerate(left)]
    rows += [line(text, end + (20 if number == 0 else 11), 100 + 11.2 * number) for number, text in enumerate(right)]
    return page(*head, *rows)


@pytest.mark.parametrize("head", [False, True])
def test_a_few_lines_of_two_columns_whose_baselines_differ_are_parted(head: bool) -> None:
    above = line("The council and its plans for the park", 60, 78, 10.0, space=5.2) if head else []
    blocks = [block for block in _few_lines(above).blocks if "council" not in block.text]
    assert [len(block.lines) for block in blocks] == [3, 4]


def test_a_column_is_as_wide_as_its_longest_paragraph() -> None:
    rows = [
        para(PROSE, 50, 100, 200),
        para(PROSE, 270, 100, 200),
        line("Parking is free for all of the evening and so", 270, 400),
    ]
    rows.append(line("day.", 270, 413))
    result = page(*rows)
    assert result.blocks[-1].box is not None
    assert result.columns[1].box.x1 == pytest.approx(max(block.box.x1 for block in result.blocks if block.box))


def test_two_lines_tell_no_alignment() -> None:
    assert only(page(para("Two lines of words that end somewhere", 50, 100, 120))).alignment is None


def test_right_to_left_is_mirrored() -> None:
    words = [
        replace(one, box=Box(595 - one.box.x1, one.box.y0, 595 - one.box.x0, one.box.y1), right_to_left=True)
        for one in para(PROSE, 50, 100, 300, indent=15)
    ]
    block = only(page(words))
    assert block.right_to_left
    assert block.alignment == "right"
    assert block.first_indent == pytest.approx(15)
    assert block.text == " ".join(PROSE.split())


@pytest.mark.parametrize(("ink", "other"), [((0.027, 0.023, 0.023), False), ((0.7, 0.1, 0.1), True)])
def test_a_short_line_in_another_colour_is_another_text(ink: Colour, other: bool) -> None:
    """But not in black that a colour profile has made a little lighter."""
    upper = [replace(one, style=replace(one.style, colour=BLACK)) for one in line("In our own shops, not by post", 50, 100)]
    lower = [replace(one, style=replace(one.style, colour=ink)) for one in line("(We have none in town)", 50, 113)]
    assert shows_other_type(Strip(upper, 0), Strip(lower, 1), True) is other


def test_spaceless_script_reads_on() -> None:
    rows = ["這是一本關於公園和圖書館的小書"] * 3 + ["我們希望"]
    words = []
    for number, text in enumerate(rows):
        for place, sign in enumerate(text):
            box = Box(50 + 12 * place, 91 + 18 * number, 62 + 12 * place, 102 + 18 * number)
            words.append(Word(sign, box, 100 + 18 * number, Style(FACE, 12)))
    block = only(page(words))
    assert len(block.lines) == 4
    assert block.lines[0].gaps == ()
    assert block.alignment == "left"


def test_space_between_paragraphs() -> None:
    first = para(PROSE, 50, 100, 300)
    second = para(PROSE, 50, bottom(first) + 20, 300)
    result = page(first, second)
    assert len(result.blocks) == 2
    assert result.blocks[0].step == pytest.approx(20)
    assert result.blocks[1].step is None


def test_indents_alone_show_paragraphs() -> None:
    first = para(PROSE, 50, 100, 300, indent=12)
    second = para(PROSE, 50, bottom(first) + 13, 300, indent=12)
    result = page(first, second)
    assert [block.first_indent for block in result.blocks] == pytest.approx([12, 12])
    assert result.blocks[0].step == pytest.approx(13)
    assert {block.alignment for block in result.blocks} == {"left"}


def test_a_short_last_line_before_an_indent() -> None:
    first = para(PROSE.strip(" .") + " and", 50, 100, 300, indent=30)
    tail = line("so.", 50, bottom(first) + 13)
    second = para(PROSE, 50, bottom(tail) + 13, 300, indent=30)
    assert len(page(first, tail, second).blocks) == 2


def test_a_bold_heading_of_the_same_size_stands_alone() -> None:
    result = page(line("Opening times", 50, 100, face=BOLD), para(PROSE, 50, 113, 300))
    assert result.blocks[0].text == "Opening times"
    assert len(result.blocks) == 2


def test_bold_words_do_not_cut_a_paragraph() -> None:
    words = para(PROSE, 50, 100, 300)
    words[3:9] = [replace(one, style=Style(BOLD, 10)) for one in words[3:9]]
    assert len(page(words).blocks) == 1


def test_a_larger_heading_stands_alone() -> None:
    result = page(line("Opening times", 50, 100, 12), para(PROSE, 50, 114, 300))
    assert len(result.blocks) == 2


def test_list_items_hang() -> None:
    items = []
    y = 100.0
    for mark in ("1.", "2.", "3."):
        items += [word(mark, 50, y), *para(PROSE[:117], 68, y, 250)]
        y = bottom(items) + 13
    result = page(items)
    assert len(result.blocks) == 3
    assert [block.text[:2] for block in result.blocks] == ["1.", "2.", "3."]
    assert result.blocks[0].first_indent == pytest.approx(-18)
    assert result.blocks[0].step is None


def test_a_bullet_a_little_off_the_line_belongs_to_it() -> None:
    result = page([word("•", 50, 98, 8)], line("Bring your own cup", 64, 100))
    assert only(result).text == "• Bring your own cup"


def test_an_address_is_one_block_with_forced_breaks() -> None:
    rows = ["The Clear Print Society", "14 Harbour Road", "Cardiff", "CF10 1AA"]
    result = page(*[line(text, 50, 100 + 13 * number) for number, text in enumerate(rows)], para(PROSE, 50, 180, 400))
    address = result.blocks[0]
    assert len(address.lines) == 4
    assert address.forced_breaks
    assert not any(one.full for one in address.lines)


def test_contents_lines_stay_apart() -> None:
    rows = ["Welcome", "How to reach us", "Opening times"]
    groups = [line(f"{text} {'.' * 40} {number + 3}", 50, 100 + 13 * number, space=6) for number, text in enumerate(rows)]
    result = page(*groups)
    assert [block.text[:7] for block in result.blocks] == ["Welcome", "How to ", "Opening"]
    assert [block.text[-1] for block in result.blocks] == ["3", "4", "5"]


def test_a_rule_between_lines_parts_them() -> None:
    words = [line("Total to pay today", 50, 100), line("Paid already here", 50, 113)]
    rule = Stroke(Box(40, 104, 300, 104.5), 0.5, True)
    assert len(page(*words).blocks) == 1
    assert len(page(*words, strokes=(rule,)).blocks) == 2


@pytest.mark.parametrize(("below", "texts"), [((0.97, 0.95, 0.62), 2), ((0.75, 0.85, 0.2), 1)])
def test_lines_on_two_tints_are_two_texts(below: Colour, texts: int) -> None:
    """However near the edge between the two; one tint may be painted line by line, as a marker pen does."""
    words = [*line("mental health", 50, 100, 74), *line("sight", 50, 180, 74)]
    panels = (Panel(Box(0, 30, 494, 116), (0.75, 0.85, 0.2)), Panel(Box(0, 117.5, 225, 200), below))
    assert len(page(words, panels=panels).blocks) == texts


def test_an_underline_does_not() -> None:
    words = [line("Total to pay today", 50, 100), line("Paid already here", 50, 113)]
    rule = Stroke(Box(50, 101.5, words[0][-1].box.x1, 102), 0.5, True)
    assert len(page(*words, strokes=(rule,)).blocks) == 1


def test_drop_capital() -> None:
    cap = word("T", 50, 126, 46)
    edge = cap.box.x1 + 3
    rows = ["he council would like to hear", "from everyone who lives here in", "the area about the new plans for"]
    words = [part for number, text in enumerate(rows) for part in line(text, edge, 100 + 13 * number)]
    rest = [part for number in range(3) for part in line("park and library and the swimming pool we", 50, 139 + 13 * number)]
    block = only(page([cap], words, rest))
    assert block.drop_capital
    assert block.text.startswith("The council")
    assert block.size == 10


def test_a_paragraph_with_a_drop_capital_is_whole_though_a_sentence_ends_beside_it() -> None:
    rows = (
        "ast spring two hundred families had a",
        "part in it. All of them paid for that.",
        "Our line is open to everybody who has",
        "been there, all day.",
    )
    groups = [[word("L", 50, 113, 28)]]
    groups += [line(text, 68 if number < 2 else 50, 100 + 13 * number) for number, text in enumerate(rows)]
    (block,) = page(*groups, line("The next one.", 50, 170)).blocks[:-1]
    assert block.drop_capital
    assert len(block.lines) == 4


@pytest.mark.parametrize(("size", "face"), [(13.0, FACE), (10.0, BOLD)])  # of the quote
def test_a_paragraph_goes_on_below_a_quote_set_at_its_left(size: float, face: Face) -> None:
    rows = (
        "You can ask for somebody when you",
        "book. The bus stops at the door of",
        "the house every twenty minutes, until",
        "six in the evening, and on Sundays it comes only every other hour of the day,",
        "as it always has.",
    )
    groups = [line(text, 220 if number < 3 else 50, 100 + 13 * number) for number, text in enumerate(rows)]
    quote = [line(text, 50, 103 + 14 * number, size, face) for number, text in enumerate(("Somebody", "has to stay", "awake"))]
    result = page(*groups, *quote)
    assert max(len(block.lines) for block in result.blocks) == 5


def test_line_end_hyphens() -> None:
    rows = [
        "we will read every infor-",
        "mation sheet that you call 029-",
        "2034 and a dash -",
        "stands alone here as it would",
    ]
    block = only(page(*[line(text, 50, 100 + 13 * number) for number, text in enumerate(rows)]))
    assert [one.hyphen for one in block.lines] == ["split", "digits", None, None]


def test_a_soft_hyphen_is_certain() -> None:
    words = line("we will read every information", 50, 100)
    words[-1] = replace(words[-1], text="inform\u00ad", authored_hyphen=False)
    block = only(page(words, line("ation sheet that you send to us", 50, 113)))
    assert block.lines[0].hyphen == "split"
    assert "information" in block.text


def test_tags_are_hints() -> None:
    words = [replace(one, tag=0) for one in line("Opening times", 50, 100)]
    block = only(page(words, tags=(Tag("H2", "cy"),)))
    assert (block.hint, block.level, block.language) == ("heading", 2, "cy")


# --- columns --------------------------------------------------------------------------------------------------------------


def columned(lefts: list[float], width: float, shift: float = 0.0, align: str = "left", lines: int = 2) -> list[list[Word]]:
    return [para(PROSE * lines, x, 120 + shift * number, width, align=align) for number, x in enumerate(lefts)]


@pytest.mark.parametrize("shift", [0.0, 4.0])
@pytest.mark.parametrize("gap", [8.0, 12.0, 30.0])
@pytest.mark.parametrize("align", ["left", "justified"])
def test_two_columns(gap: float, shift: float, align: str) -> None:
    result = page(
        line("A heading that stands over both of the columns here", 50, 80, 18), *columned([50, 270 + gap], 220, shift, align)
    )
    assert len(result.columns) == 2
    bodies = [block for block in result.blocks if len(block.lines) > 3]
    assert [block.column for block in bodies] == [0, 1]
    assert all(block.in_columns for block in bodies)
    assert not result.blocks[0].in_columns
    longest = max(one.box.x1 for one in bodies[0].lines)
    assert result.gutters[0].width == pytest.approx(270 + gap - longest, abs=0.01)


def test_three_columns_with_a_rule() -> None:
    rule = Stroke(Box(205, 110, 205.5, 700), 0.5, False)
    result = page(*columned([50, 213, 376], 150), strokes=(rule,))
    assert len(result.columns) == 3
    assert [gutter.ruled for gutter in result.gutters] == [True, False]


def test_order_of_reading() -> None:
    left, right = columned([50, 300], 230)
    foot = line("A line that spans the foot of the whole page and both of its columns", 50, bottom([*left, *right]) + 40, 12)
    result = page(right, foot, left)
    assert [block.column for block in result.blocks] == [0, 1, None]
    assert result.blocks[0].after == result.blocks[1].text[:40]


def test_two_lines_with_one_middle_are_centred_though_one_fills_the_column() -> None:
    text = para(PROSE, 50, 100, 400, 10, 13)
    two = para(PROSE[:118], 50, bottom(text) + 30, 400, 10, 13, align="centred")
    plain = para(PROSE[:118], 50, bottom(two) + 30, 400, 10, 13, indent=20)
    more = para(PROSE, 50, bottom(plain) + 30, 400, 10, 13)
    assert [block.centred_on for block in page(text, two, plain, more).blocks] == [None, "column", None, None]


def test_two_labels_far_apart_are_two_blocks_but_two_lines_of_double_spacing_are_one() -> None:
    labels = [line("7. Full name of applicant", 50, 100, 12), line("First name(s)", 70, 129, 12)]
    others = [line("8. Full name of the other", 50, 300, 12), line("First name(s)", 70, 329, 12)]
    assert len(page(*labels, *others).blocks) == 4
    lines = [
        line("The council would like to hear from everyone who lives here in", 50, 100, 12),
        line("Rhyl and from all", 50, 128, 12),
    ]
    assert len(page(*lines, *(line(PROSE[:60], 50, 300 + 28 * row, 12) for row in range(5))).blocks[0].lines) == 2


@pytest.mark.parametrize(("colour", "columns"), [((0.0, 0.0, 0.0), 0), ((1.0, 1.0, 1.0), 2)])
def test_two_cells_of_text_under_a_head_are_a_table_if_the_rules_show(colour: tuple[float, float, float], columns: int) -> None:
    def rule(x0: float, y0: float, x1: float, y1: float) -> Stroke:
        return Stroke(Box(x0, y0, x1, y1), 0.5, y1 - y0 < x1 - x0, colour)

    level = [rule(44, y, 520, y + 0.5) for y in (80, 104, 460)]
    upright = [rule(44, 80, 44.5, 460), rule(282, 104, 282.5, 460), rule(520, 80, 520.5, 460)]
    words = line("What to look for", 50, 96, 12), *columned([50, 288], 220)
    result = page(*words, strokes=(*level, *upright))
    assert len(result.columns) == columns
    assert all(block.in_table == (columns == 0) for block in result.blocks)


def test_a_margin_note_is_in_columns_whatever_stands_beside_it() -> None:
    note = [para(PROSE[:115], 430, 100, 110, 9, 12)]
    labels = [line(f"{number}. Have you sent the form and the fee to us?", 50, 100 + 24 * number, 12) for number in range(4)]
    body = para(PROSE, 50, 260, 320, 12, 15)
    result = page(*note, *labels, body)
    notes = [block for block in result.blocks if block.box.x0 > 400]
    assert [block.in_columns for block in notes] == [True]
    assert not any(block.in_columns for block in result.blocks if block.box.x0 < 400)
    assert [(column.aside, column.box.x0 > 400) for column in result.columns] == [(False, False), (True, True)]
    assert [(round(gutter.box.x1), gutter.box.x0 > 250) for gutter in result.gutters if gutter.box] == [(430, True)]
    assert result.joins == ()


def test_an_address_at_the_side_of_a_letter_is_no_margin_note() -> None:
    address = [
        line(text, 50, 100 + 12 * row)
        for row, text in enumerate(["the resident of the house", "at the end of the lane", "next to the old bridge"])
    ]
    labels = [line("Our reference in this matter: 20945", 300, 100 + 12 * row) for row in range(3)]
    result = page(*address, *labels, para(PROSE, 50, 200, 480))
    assert not any(block.in_columns for block in result.blocks)
    assert result.gutters == ()


def test_one_column_has_no_gutter() -> None:
    result = page(para(PROSE * 3, 50, 100, 400))
    assert len(result.columns) == 1
    assert result.gutters == ()
    assert not result.blocks[0].in_columns


def test_a_bare_table_is_no_columns() -> None:
    rows = [("Apples", "12", "3.40"), ("Pears", "7", "12.05"), ("Plums in a jar", "120", "8.99"), ("Figs", "1", "0.50")]
    groups = []
    for number, (name, count, price) in enumerate(rows):
        y = 100 + 14 * number
        groups += [line(name, 50, y)]
        groups += [line(text, edge - advance(text, 10), y) for text, edge in ((count, 220), (price, 320))]
    result = page(*groups)
    assert len(result.blocks) == 12
    assert all(block.in_table for block in result.blocks)
    assert result.gutters == ()
    assert [block.text for block in result.blocks[:3]] == ["Apples", "12", "3.40"]


def test_label_and_value_are_no_columns() -> None:
    rows = [
        ("Name of applicant", "Jane Smith"),
        ("Date of birth", "3 May 1951"),
        ("Where you live now", "14 Harbour Road, Cardiff"),
    ]
    groups = [line(text, x, 100 + 20 * n) for n, row in enumerate(rows) for text, x in zip(row, (50, 250), strict=True)]
    result = page(*groups)
    assert result.gutters == ()
    assert all(block.in_table for block in result.blocks)


def test_a_bare_table_of_long_cells_is_told_by_the_entries_of_its_first_column() -> None:
    rows = [
        (
            "Monday",
            ("Tea, cards and a quiz in the", "front room with a hot meal at", "noon if you book it"),
            ("Anyone over", "sixty"),
        ),
        ("Tuesday", ("Gentle exercise on chairs, led", "by a nurse from the surgery"), ("People who", "have had a", "fall")),
        ("Thursday", ("Help with forms and letters and", "bring whatever you have been", "sent"), ("All",)),
        ("Friday", ("Film with captions and sound", "for hearing aids"), ("Members and", "one guest each")),
    ]
    groups, y = [], 100.0
    for day, *cells in rows:
        groups += [line(day, 50, y)]
        groups += [line(text, x, y + 13 * n) for x, cell in zip((130, 320), cells, strict=True) for n, text in enumerate(cell)]
        y += 13 * max(map(len, cells)) + 10
    result = page(*groups)
    assert all(block.in_table for block in result.blocks)
    assert [block.text for block in result.blocks if block.box.x0 > 300][:2] == [
        "Anyone over sixty",
        "People who have had a fall",
    ]


def test_rows_that_begin_with_one_label_are_entries_whatever_their_pitch() -> None:
    groups, y = [], 100.0
    for first in (100, 200, 300):
        for number in range(first + 1, first + 4):
            for text, x in (("Sec.", 50), (f"{number}.", 80), ("Definitions of terms.", 110)):
                groups += [line(text, x, y)]
            y += 10
        groups += [line("TITLE OF THE NEXT PART OF THE ACT", 50 + 62, y + 6)]
        y += 22
    result = page(*groups)
    labels = [block for block in result.blocks if block.text.startswith("Sec.")]
    assert len(labels) == 9
    assert all(len(block.lines) == 1 for block in result.blocks)


def test_long_cells_of_a_bare_table_stay_whole() -> None:
    cell = (
        "All of the water between",
        "the two countries is deep",
        "and it is crossed by the",
        "ferries of three owners",
        "in an hour or in two at",
        "most when it is calm.",
    )
    groups, y = [], 100.0
    for name in ("Sea", "Bay", "Loch"):
        groups += [line(name, 50, y)]
        groups += [line(text, x, y + 12 * n) for x in (130, 320) for n, text in enumerate(cell)]
        y += 12 * len(cell) + 8
    result = page(*groups)
    assert all(block.in_table for block in result.blocks)
    assert [len(block.lines) for block in result.blocks] == [1, 6, 6] * 3


def test_rows_of_figures_begin_cells_though_white_parts_their_groups() -> None:
    rows = [("DPR", 0), ("BM25", 12), ("Both", 36), ("Gold", 48), ("G. and BM25", 72), ("None", 84)]
    groups = [
        line(text, x, 100 + y) for name, y in rows for x, text in ((50, name), (150, "41.5"), (200, "56.8"), (250, "34.6"))
    ]
    result = page(*groups)
    assert all(block.in_table and len(block.lines) == 1 for block in result.blocks)


def test_a_white_row_between_tinted_ones_has_their_cells() -> None:
    rows = [("Monday", "Tea, cards and a quiz"), ("Tuesday", "Gentle exercise on"), ("Thursday", "Help with forms and")]
    groups = [line(text, x, 100 + 20 * n) for n, row in enumerate(rows) for x, text in zip((50, 103), row, strict=True)]
    tints = [
        Panel(Box(x0, 86 + 20 * n, x1, 106 + 20 * n), (0.9, 0.9, 0.95)) for n in (0, 2) for x0, x1 in ((46, 98), (98, 300))
    ]
    result = page(*groups, panels=tuple(tints))
    assert [block.text for block in result.blocks] == [text for row in rows for text in row]


def test_a_ruled_table_keeps_wrapped_cells_whole() -> None:
    cells = [para("Text of a cell that wraps over some lines", x, y, 120) for x in (55, 205) for y in (100, 160)]
    panels = tuple(Panel(Box(x - 5, y - 15, x + 145, y + 45), None, True) for x in (55, 205) for y in (100, 160))
    result = page(*cells, panels=panels)
    assert len(result.blocks) == 4
    assert all(block.in_table for block in result.blocks)


def ruled_rows(rows: list[tuple[str, ...]], pitch: float) -> Page:
    """Rows of cells under a head in a frame with uprights, no rule between the rows."""
    edges = (50, 150, 210, 270, 330)
    foot = 130 + pitch * len(rows)
    head = [line(text, x + 5, 112) for text, x in zip(("Area", "May", "June", "July"), edges, strict=False)]
    cells = [line(text, x + 5, 134 + pitch * n) for n, row in enumerate(rows) for text, x in zip(row, edges, strict=False)]
    level = [Stroke(Box(50, y, 330, y + 0.5), 0.5, True) for y in (100, 120, foot)]
    upright = [Stroke(Box(x, 100, x + 0.5, foot), 0.5, False) for x in edges]
    return page(*head, *cells, strokes=tuple(level + upright))


def test_rows_of_figures_between_two_rules_are_cells_of_their_own() -> None:
    result = ruled_rows([("Alabama", "1,200", "14", "7%"), ("West Virginia", "310", "5", "1%"), ("Ohio", "4", "6", "2%")], 12)
    assert all(len(block.lines) == 1 and block.in_table for block in result.blocks)
    assert len(result.blocks) == 16


def test_a_label_of_several_lines_beside_one_row_of_figures_is_one_cell() -> None:
    rows = [("Home loan for two", "", "", ""), ("years, then at the", "1,200", "14", "7%"), ("rate of the day", "", "", "")]
    result = ruled_rows([(a, b, c, d) if b else (a,) for a, b, c, d in rows], 12)
    assert "Home loan for two years, then at the rate of the day" in [block.text for block in result.blocks]


def test_figures_and_dashes_in_narrow_cells_are_apart_though_they_look_like_the_numbers_of_paragraphs() -> None:
    rows = [
        ("Single", "26.5", "47.1", "17.7"),
        ("Double", "33.3", "-", "36.4"),
        ("Triple", "-", "-", "9.2"),
        ("All", "1.5", "4.1", "-"),
    ]
    places = (50, 100, 132, 164)
    groups = [line(text, x, 100 + 13 * n) for n, row in enumerate(rows) for text, x in zip(row, places, strict=True)]
    assert [block.text for block in page(*groups).blocks].count("-") == 4
    assert len(page(*groups).blocks) == 16


def test_an_index_of_several_letters_stands_at_its_letter() -> None:
    score = word("P", 50, 140)
    index = word("selected", score.box.x1, 141.6, 7.0)
    rest = word("(i).", index.box.x1, 140)
    body = para(PROSE, 50, 300, 300)
    assert "Pselected(i)." in [block.text for block in page([score, index, rest], body).blocks]
    apart = word("selected", score.box.x1 + 2.5, 141.6, 7.0)
    assert not any(span.style.raised for block in page([score, apart], body).blocks for span in block.spans)


def test_an_index_in_two_pieces_is_raised_as_a_whole() -> None:
    words = line("the start of the word w", 50, 100)
    mark = word("(i", words[-1].box.x1 + 0.2, 94, 6)
    after = [mark, word(")", mark.box.x1 + 0.1, 94, 6)]
    block = only(page(words, after, line("and the end of it all", 50, 113)))
    assert block.lines[0].text == "the start of the word w(i)"


def test_a_grid_ruled_inside_only_is_a_table() -> None:
    text = "which spread by water or by food and which break out in groups"
    cells = [para(text, x, y + 60 * row, 96, leading=12) for row in range(2) for x, y in ((115, 134), (225, 139))]
    names = [line(name, 55, 134 + 60 * row) for row, name in enumerate(("Kind", "Count"))]
    level = [Stroke(Box(50, y, 330, y + 0.5), 0.5, True) for y in (120, 180, 240)]
    upright = [Stroke(Box(x, 120, x + 0.5, 240), 0.5, False) for x in (110, 220)]
    assert all(block.in_table for block in page(*cells, *names, strokes=tuple(level + upright)).blocks)


def test_times_one_below_the_other_are_no_paragraph() -> None:
    result = page(*(line(f"11:{minute:02}", 50, 100 + minute * 2.4) for minute in range(0, 60, 5)))
    assert {len(block.lines) for block in result.blocks} == {1}


def test_a_span_of_years_goes_on_over_a_line_end() -> None:
    assert only(page(line("1914 1915-", 50, 100), line("1918", 50, 112))).text == "1914 1915- 1918"


def test_a_poster_ruled_into_fields_keeps_its_title_and_its_closing_paragraph() -> None:
    cells = [para("Text of a field that wraps over some lines", x, y, 120) for x in (55, 205) for y in (200, 260)]
    tops = [Panel(Box(50, 40, 350, 185), None, True), Panel(Box(50, 305, 350, 400), None, True)]
    fields = [Panel(Box(x - 5, y - 15, x + 145, y + 45), None, True) for x in (55, 205) for y in (200, 260)]
    closing = para(PROSE[:150], 60, 330, 280)
    result = page(line("Designing for users", 60, 100, 26), line("Do", 60, 150, 20), *cells, closing, panels=(*tops, *fields))
    found = {block.text[:9]: block.in_table for block in result.blocks}
    assert found == {"Designing": False, "Do": False, "Text of a": True, PROSE[:9]: False}


def test_a_right_aligned_paragraph_keeps_its_short_last_line_over_a_heading() -> None:
    text = "Take one tablet in the morning with a full glass of water, and do not lie down for half an hour after that."
    width = next(wide for wide in range(200, 300) if advance(" ".join(broken(text, wide, 10)[-1]), 10) < 0.5 * wide)
    words = para(text, 60, 100, width, align="right", leading=15)
    result = page(words, line("The van", 60, bottom(words) + 40, 14), para(PROSE, 60, bottom(words) + 65, width, leading=15))
    assert result.blocks[0].text == text
    assert result.blocks[0].alignment == "right"


def test_a_sentence_may_end_at_the_end_of_a_full_line_in_a_paragraph_of_wider_leading() -> None:
    text = "The museum has new chairs in every room, so that tours start at eleven on Wednesdays. Considerate guides will "
    text += "ring the desk a day ahead, and the gloves and the books are then ready for you at the door."
    ending = (width for width in range(200, 330) if any(parts[-1] == "Wednesdays." for parts in broken(text, width, 10)[1:]))
    tight = para(PROSE[:200], 60, 100, 260, leading=11.5)
    assert page(tight, para(text, 60, bottom(tight) + 30, next(ending), leading=14)).blocks[-1].text == text


def test_verse_in_a_wide_column_has_no_full_line_and_a_narrow_paragraph_has() -> None:
    around = para(PROSE, 60, 100, 400)
    lines = [
        "The kettle hums, the window steams,",
        "the postman knocks and goes,",
        "and somewhere in between two dreams",
        "it snows.",
    ]
    verse = [line(text, 60, bottom(around) + 30 + 13 * n) for n, text in enumerate(lines)]
    assert [one.full for one in page(around, *verse).blocks[-1].lines] == [False] * 4
    narrow = para(PROSE[:170], 60, bottom(around) + 30, 150)
    assert all(one.full for one in page(around, narrow).blocks[-1].lines[:-1])


# --- turned text, middles ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", [90.0, -90.0, 45.0, 180.0, 7.0])
def test_turned_text_is_grouped_in_its_own_frame(angle: float) -> None:
    from clearprint.layout.frames import Frame

    flat = para("Words set at an angle on two or three lines of the page", 40, 40, 130)
    turned = [replace(one, box=Frame(angle, False, []).outward(one.box), angle=angle) for one in flat]
    block = only(page(turned))
    assert block.angle == pytest.approx(angle)
    assert block.text == "Words set at an angle on two or three lines of the page"
    assert block.leading == pytest.approx(13, abs=0.2)
    assert block.box is not None
    assert all(block.box.contains(one.box, 0.5) for one in turned)


def test_stacked_letters() -> None:
    block = only(page([word(letter, 50, 100 + 14 * number, 12) for number, letter in enumerate("MENU")]))
    assert block.stacked
    assert len(block.lines) == 4


def test_letters_of_a_list_are_not_stacked() -> None:
    result = page([word(letter, 50, 100 + 14 * number, 12) for number, letter in enumerate("ABCD")])
    assert not any(block.stacked for block in result.blocks)


def test_a_title_in_the_middle_of_the_page() -> None:
    text = "Summer fair"
    title = line(text, (595 - advance(text, 20)) / 2, 80, 20)
    result = page(title, para(PROSE, 70, 120, 455))
    assert result.blocks[0].centred_on is not None
    assert result.blocks[1].centred_on is None


@pytest.mark.parametrize(("off", "middle"), [(0.0, True), (2.0, False)])
def test_two_lines_that_stand_back_a_little_on_both_sides_alike_are_in_the_middle(off: float, middle: bool) -> None:
    first, second = (
        "This letter is sent out to all who have asked for it so far",
        "and to those who write to the office once a month or so on",
    )
    second += "." * round((advance(first, 9) + 12 - advance(second, 9)) / (0.28 * 9))
    lines = [
        line(text, 297.5 - advance(text, 9) / 2 + shift, 600 + 14 * n, 9)
        for n, (text, shift) in enumerate(((first, off), (second, 0)))
    ]
    width = advance(second, 9) + 14
    result = page(para(PROSE * 2, 297.5 - width / 2, 120, width, align="justified"), *lines)
    (last,) = [block for block in result.blocks if block.text.startswith("This letter")]
    assert (last.centred_on == "column") is middle


@pytest.mark.parametrize("align", ["justified", "left"])
def test_text_justified_beside_a_box_and_below_it_is_justified(align: str) -> None:
    beside = para(PROSE, 70, 120, 200, align=align)
    foot = bottom(beside)
    beside = [one for one in beside if one.baseline < foot]  # its last line is short
    below = para("this is how the text goes on in the full measure " + PROSE, 70, foot, 400, align=align)
    block = page(beside, below, panels=(Panel(Box(290, 100, 470, foot - 10), outlined=True),)).blocks[0]
    assert len(block.lines) > 12
    assert block.alignment == align


def test_blanks_at_the_end_of_a_centred_line_do_not_hide_that_it_is_centred() -> None:
    texts = (
        "If you need any help with it you can ring us",
        "and after this day you may still be able to use it for the price that you paid for it once",
        "or write to us here",
    )
    lines = [line(text, 297 - advance(text, 8) / 2 - (3 if n == 1 else 0), 600 + 9 * n, 8) for n, text in enumerate(texts)]
    assert [block.alignment for block in page(*lines).blocks] == ["centred"]


def test_lines_of_two_texts_that_are_level_by_chance_are_two() -> None:
    label = [*line("delete as", 120, 290, 10), *line("appropriate", 110, 300, 10)]
    end = label[-1].box.x1
    text = line("I am asked by the firm to sign this statement", end + 9.5, 300.5, 11)
    assert sorted(block.text for block in page(label, text).blocks) == [
        "I am asked by the firm to sign this statement",
        "delete as appropriate",
    ]
    one = line("I am asked by the firm to sign this statement", end + 9.5, 300, 11)
    assert len(page(label, one).blocks[-1].text) > 50  # on one baseline it is one line


def test_entries_that_hang_alike_are_not_centred() -> None:
    ends = ((130, 118), (150, 90), (120, 70), (160, 146))  # of the first, the lines happen to have one middle
    rows: list[Word] = []
    for n, (one, two) in enumerate(ends):
        rows += line("x" * round(one / advance("x", 10)), 50, 100 + 40.0 * n)
        rows += line("x" * round((two - 14) / advance("x", 10)), 64, 113 + 40.0 * n)
    assert [block.centred_on for block in page(rows).blocks] == [None] * 4


def test_a_heading_on_a_bar_over_all_columns_is_in_none() -> None:
    title = line("Open day on the ninth", 60, 266, 18)
    columns = [para(PROSE * 2, x, y, 230) for y in (100, 310) for x in (50, 300)]
    bar = Panel(Box(50, 240, 530, 275), fill=(0.1, 0.2, 0.4))
    result = page(title, *columns, panels=(bar,))
    assert next(block for block in result.blocks if block.text.startswith("Open")).column is None
    assert next(block for block in page(title, *columns).blocks if block.text.startswith("Open")).column == 0


def test_two_of_three_lines_beside_a_picture_begin_in_one_place() -> None:
    rows = ["and the driver of the bus to town", "will help you if you ask him for it"]
    beside = [part for n, text in enumerate(rows) for part in line(text, 200, 100 + 13.0 * n)]
    last = line("and here it goes on to the left of that and on and on", 50, 126)
    block = only(page(beside, last))
    assert len(block.lines) == 3
    assert block.alignment == "left"


def test_two_lines_that_fill_the_second_of_three_columns_are_not_centred() -> None:
    left, right = (para(PROSE, x, 120, 150, align="justified") for x in (47, 398))
    middle = para(PROSE, 222.5, 120, 150, align="justified")
    foot = bottom(middle)
    cut = [one for one in para(PROSE, 222.5, foot + 40, 150, align="justified") if one.baseline < foot + 66]
    block = next(block for block in page(left, middle, right, cut).blocks if len(block.lines) == 2)
    assert block.centred_on is None


@pytest.mark.parametrize(("sign", "count"), [("\u2026", 1), ("\u2026\u2026", 2)])
def test_words_left_out_are_no_leader(sign: str, count: int) -> None:
    texts = ("It is the purpose of this act to help them all. " + sign, "The house is sorry for what was done to them.")
    assert len(page(*(line(text, 70, 100 + 13 * n) for n, text in enumerate(texts))).blocks) == count


@pytest.mark.parametrize("count", [1, 2])
def test_a_sentence_in_italics_at_the_beginning_of_a_line_begins_no_paragraph(count: int) -> None:
    italic = replace(FACE, name="Test-Italic", italic=True)
    first = (
        "These cases deal with the tax that is due."
        if count == 2
        else "These cases deal with the tax that is due in this year."
    )
    texts = [
        (first, FACE),
        ("Relief for any house or for rents that are paid, or for", italic),
        ("children, is left out of all of them here.", FACE),
    ]
    rows = [line(text, 70, 100 + 13 * n, 10, face) for n, (text, face) in enumerate(texts)]
    assert len(page(*rows).blocks) == count


@pytest.mark.parametrize("sign", ["\u2022", "\u25c6", "\u2726", "\uf0b2", "\uff0a", "\u279c", ">"])
def test_items_begin_at_their_bullets_whatever_they_are(sign: str) -> None:
    rows = [[word(sign, 70, 100 + 13 * n), *line("Tea and cake for all who come", 88, 100 + 13 * n)] for n in range(4)]
    assert len(page(*rows).blocks) == 4


@pytest.mark.parametrize("rough", [True, False])
def test_a_short_line_at_the_end_of_a_sentence_tells_nothing_where_lines_are_broken_early(rough: bool) -> None:
    full = "of the old mill that stands by the river where the road turns off to go up"
    early = "of the old mill that stands by the river and where" if rough else full
    texts = [
        "The children went up the hill to look for the cow and found it at the back",
        *[full, early, full, full, full, early, full, full],
        "there until the sun had gone down and all was quiet.",
        "Then they all went home the way that they had come and had supper",
        "and slept.",
    ]
    rows = [line(text, 500 - advance(text, 10), 100 + 13 * n, 10) for n, text in enumerate(texts)]
    for start in (269, 308, 347, 386):
        rows += [line(text, 500 - advance(text, 10), start + 13 * n, 10) for n, text in enumerate((full, "and so on."))]
    first = min(page(*rows).blocks, key=lambda block: block.box.y0 if block.box else 0.0)
    assert len(first.lines) == (12 if rough else 10)


def test_a_heading_at_the_left_is_not_in_the_middle() -> None:
    result = page(line("Summer fair", 70, 80, 20), para(PROSE, 70, 120, 455))
    assert result.blocks[0].centred_on is None


# --- properties -----------------------------------------------------------------------------------------------------------


def sample() -> list[Word]:
    words = line("A heading that stands over both of the columns", 50, 80, 18, BOLD)
    left, right = columned([50, 300], 230, 3.0, "justified")
    table = [part for n in range(4) for x in (50, 200, 350) for part in line(f"Cell {n}", x, 600 + 15 * n)]
    return [*words, *left, *right, *table]


def shape(result: Page, factor: float = 1.0, dx: float = 0.0, dy: float = 0.0) -> list[tuple[object, ...]]:
    return [
        (
            block.text,
            block.alignment,
            block.column,
            block.in_columns,
            block.in_table,
            len(block.lines),
            tuple(one.full for one in block.lines),
            None if block.leading is None else round(block.leading / factor, 3),
            None if block.box is None else round((block.box.x0 - dx) / factor, 2),
            None if block.box is None else round((block.box.y0 - dy) / factor, 2),
        )
        for block in result.blocks
    ]


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6))
def test_order_and_cutting_of_words_leave_no_trace(seed: int) -> None:
    chance = random.Random(seed)
    words = sample()
    pieces = []
    for one in words:
        if len(one.text) > 2 and chance.random() < 0.4:
            at = chance.randrange(1, len(one.text))
            middle = one.box.x0 + advance(one.text[:at], one.style.size)
            pieces.append(replace(one, text=one.text[:at], box=one.box._replace(x1=middle)))
            pieces.append(replace(one, text=one.text[at:], box=one.box._replace(x0=middle), space_before=False))
        else:
            pieces.append(one)
    chance.shuffle(pieces)
    whole, cut = page(words), page(pieces)
    assert shape(cut) == shape(whole)
    assert [one.text for one in cut.blocks[1].lines[0].words] == [one.text for one in whole.blocks[1].lines[0].words]


@settings(max_examples=15, deadline=None)
@given(st.floats(0.3, 4.0), st.floats(-30, 200), st.floats(-30, 200))
def test_scaling_and_moving_keep_the_page(factor: float, dx: float, dy: float) -> None:
    words = sample()
    moved = [
        replace(
            one,
            box=one.box.scale(factor).move(dx, dy),
            baseline=one.baseline * factor + dy,
            style=replace(one.style, size=one.style.size * factor),
        )
        for one in words
    ]
    result = page(moved, width=595 * factor + abs(dx), height=842 * factor + abs(dy))
    assert shape(result, factor, dx, dy) == shape(page(words))


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=6),
            st.floats(-500, 1500),
            st.floats(-500, 1500),
            st.floats(0.01, 300),
            st.sampled_from([0.0, 0.0, 90.0, 33.0]),
        ),
        max_size=25,
    )
)
def test_anything_at_all_is_understood(parts: list[tuple[str, float, float, float, float]]) -> None:
    words = [word(text, x, y, size, angle=angle) for text, x, y, size, angle in parts]
    result = page(words)
    seen = "".join(block.text for block in result.blocks).replace(" ", "")
    assert len(seen) <= sum(len(one.text) for one in words)
    for block in result.blocks:
        assert block.lines
        assert block.box is not None


def test_panels_of_a_folded_sheet_are_columns() -> None:
    panels = [para(PROSE, 30 + 281 * number, 80 + 7 * number, 220, 12, 15) for number in range(3)]
    result = page(*panels, width=842, height=595)
    assert len(result.columns) == 3
    assert all(block.in_columns for block in result.blocks)
    assert [block.column for block in result.blocks] == [0, 1, 2]


def test_a_step_is_measured_past_what_stands_beside() -> None:
    first = para(PROSE, 50, 100, 300)
    second = para(PROSE, 50, bottom(first) + 20, 300)
    aside = line("Tel: 01234", 420, bottom(first) + 5)
    result = page(first, aside, second)
    assert result.blocks[0].step == pytest.approx(20)


def test_running_text_beside_a_table_stays_out_of_it() -> None:
    text = para(PROSE * 2, 50, 100, 260, leading=13)
    rows = [("Size", "4 MB"), ("Type", "Viewer"), ("Made by", "Mozilla"), ("Licence", "Apache"), ("Speed", "Fast")]
    groups = [line(part, x, 113 + 26 * n) for n, row in enumerate(rows) for part, x in zip(row, (340, 440), strict=True)]
    result = page(text, *groups)
    prose = max(result.blocks, key=lambda block: len(block.lines))
    assert not prose.in_table
    assert len(prose.lines) > 8
    assert sum(block.in_table for block in result.blocks) == 10


def test_a_justified_line_with_wide_gaps_stays_whole() -> None:
    rows = [
        "people next to the main",
        "person at any of the",
        "meetings listed below here",
        "We will read every one",
        "of them",
    ]
    words: list[Word] = []
    for number, text in enumerate(rows[:-1]):
        letters = sum(advance(part, 14) for part in text.split())
        words += line(text, 50, 100 + 17 * number, 14, space=(200 - letters) / (len(text.split()) - 1))
    block = only(page(words, line(rows[-1], 50, 168, 14)))
    assert block.alignment == "justified"


CARD = [
    "safe and never pass them on",
    "to other organisations.",
    "Recycling is collected every",
    "second Thursday from the end",
    "of your drive.",
]


def test_a_stretched_line_of_three_words_beside_another_column_stays_whole() -> None:
    def card(rows: list[str], x: float) -> list[Word]:
        words: list[Word] = []
        for number, text in enumerate(rows):
            letters = sum(advance(part, 14) for part in text.split())
            space = (220 - letters) / (len(text.split()) - 1)
            words += line(text, x, 100 + 20 * number, 14, space=space if text != CARD[-1] else None)
        return words

    blocks = page(card([CARD[0], *CARD[2:-1], *CARD[2:]], 60), card(CARD, 345)).blocks
    assert [block.text for block in blocks][1:] == [" ".join(CARD)]


def test_cells_as_far_apart_in_each_row_are_no_stretched_line() -> None:
    rows = ("Item Price Left", "Item Price Left", "Soup Price Left")
    lanes = [line(text, 50, 100 + 20 * at, 14, space=45) for at, text in enumerate(rows)]
    assert not any(stretched(lanes, number, [0, 1]) for number in range(3))
    lanes[1] = line("Item of all at an inn more", 50, 120, 14)
    lanes[1][-1:] = line("more", lanes[0][-1].box.x1 - advance("more", 14), 120, 14)
    assert stretched(lanes, 0, [0, 1]) == {0, 1}
    lanes[1] += line("beyond it", lanes[1][-1].box.x1 + 4, 120, 14)
    assert not stretched(lanes, 0, [0, 1])


def test_a_paragraph_that_goes_straight_on_below_a_picture_beside_it_is_one():
    beside = [
        "The library opens at nine each morning and now",
        "closes at six in the evening. You can borrow up",
        "to twelve books at once, and keep them for three",
        "or four weeks. If you need longer, tell us by phone",
        "or at the desk and we will renew them all for you.",
        "There is no charge for this.",
    ]
    under = ["Our staff can help you find a book, use a computer or print one", "letter. Large print is near the lift."]
    words = [word for index, row in enumerate(beside) for word in line(row, 190, 126 + 21 * index, 14)]
    words += [word for index, row in enumerate(under) for word in line(row, 62, 266 + 21 * index, 14)]
    blocks = understand(Marks(1, 595, 842, words=tuple(words), pictures=(Picture(Box(62, 116, 175, 201)),))).blocks
    assert [len(block.lines) for block in blocks] == [6, 2]


NARROW = [
    "The walk takes about an hour and ends",
    "at the tea room by the river. We will",
    "keep a seat for all who come to tea by",
]
WIDE_ON = ["the bus that leaves the station at ten and calls at every village on its way to the", "hills and the sea."]


@pytest.mark.parametrize(("size", "face", "pitch"), [(14, FACE, 26), (10, BOLD, 13)])
def test_a_quote_beside_a_paragraph_is_apart_from_its_lines(size: float, face: Face, pitch: float) -> None:
    words = [word for at, text in enumerate([*NARROW, *WIDE_ON]) for word in line(text, 62, 100 + 13 * at)]
    quote = ["I came for a cup", "of tea and stayed"]
    words += [word for at, text in enumerate(quote) for word in line(text, 272, 100 + pitch * at, size, face)]
    texts = [block.text for block in page(words).blocks]
    assert " ".join([*NARROW, *WIDE_ON]) in texts
    assert len(texts) == 2


# --- few lines on a justified page --------------------------------------------------------------------------------------------


def exact(y: float, last: str = "and this is the end of it.") -> list[Word]:
    """Three lines whose first two end in one place although their spaces are as wide as the face's."""
    first = "notes at the foot of a page are few but"
    return [*line(first, 50, y), *line(first, 50, y + 13), *line(last, 50, y + 26)]


def test_few_lines_that_end_exactly_together_are_set_as_the_page_is() -> None:
    body = [para(PROSE * 2, 50, 60 + 190 * number, 250, align="justified") for number in range(3)]
    ragged = [para(PROSE * 2, 50, 60 + 190 * number, 250) for number in range(3)]
    assert page(*body, exact(640)).blocks[-1].alignment == "justified"
    assert page(*ragged, exact(640)).blocks[-1].alignment == "left"


@pytest.mark.parametrize("address", [True, False])
def test_narrow_lines_above_a_letter_do_not_show_how_it_is_set(address: bool) -> None:
    """An address is ragged because its lines are broken by hand."""
    rows = ("Jo Public", "Valley Road House", "Thornby", "Kent by the sea")
    over = [part for top in (60, 160) for n, text in enumerate(rows) for part in line(text, 50, top + 13.0 * n)]
    texts = ("your letter came and I thank you for it so", "we will look, at what you asked us on the", "first of the month.")
    spaces = [(190 - sum(advance(one, 10) for one in text.split())) / 9 for text in texts[:2]]  # they hardly differ
    body = [
        line(text, 50, 400 + 13.0 * n, space=space) for n, (text, space) in enumerate(zip(texts, (*spaces, 2.8), strict=True))
    ]
    found = page(over if address else para(PROSE * 2, 50, 60, 190), *body).blocks
    assert found[0].alignment == "left"
    assert found[-1].alignment == ("justified" if address else "left")


# --- boxes apart and boxes of a table -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("gap", "table"), [(0.0, True), (14.0, False)])
def test_boxes_with_white_between_them_are_no_table(gap: float, table: bool) -> None:
    """Three boxes on one level under a line that joins them, as in a diagram."""
    wide = 120.0
    lefts = [50.0 + number * (wide + gap) for number in range(3)]
    boxes = [Box(left, 100, left + wide, 200) for left in lefts]
    strokes = [Stroke(Box(110, 60, lefts[2] + 60, 60.5), 0.5, True)]
    strokes += [Stroke(Box(left + 60, 60, left + 60.5, 100), 0.5, False) for left in lefts]
    words = [
        one
        for left, head in zip(lefts, ("WHAT", "HOW", "WHY"), strict=True)
        for number, text in enumerate((head, "Is it clear?", "Is it good?", "Is it here?"))
        for one in line(text, left + 8, 116 + 20 * number)
    ]
    made = page(words, strokes=tuple(strokes), panels=tuple(Panel(box, outlined=True) for box in boxes))
    assert any(block.in_table for block in made.blocks) is table


def test_a_stretched_line_below_rows_of_cells_is_not_cut() -> None:
    rows = [*line("equals", 60, 100), *line("minus log", 110, 100), *line("equal", 60, 113), *line("plus log", 110, 113)]
    rows += [*line("equals", 60, 126), *line("times log", 110, 126)]
    place = 103.0 - advance("Positive", 10)  # its first space lies over the white between the cells, and all are as wide
    text = line("Positive and negative ones", place, 139, space=5.5)
    made = page(rows, text, para(PROSE, place, 152, 300, align="justified"))
    assert any(one.text.startswith("Positive and negative ones") for block in made.blocks for one in block.lines)


# --- translations -------------------------------------------------------------------------------------------------------------

ENGLISH = "The centre is open from Monday to Friday and there is lunch in the hall at noon for all of you who come to us. "
WELSH = "Mae'r ganolfan ar agor o ddydd Llun i ddydd Gwener, a bydd cinio ar gael yn y neuadd am hanner dydd i bawb sy'n dod. "


@pytest.mark.parametrize(
    ("other", "steps", "columns"), [(ENGLISH, (100, 200), 1), (ENGLISH, (92, 185), 2), (WELSH, (100, 200), 2)]
)
def test_a_translation_row_by_row_is_no_column(other: str, steps: tuple[int, int], columns: int) -> None:
    left = [word for at in (0, 100, 200) for word in para(2 * WELSH, 50, 100 + at, 230)]
    right = [word for at in (0, *steps) for word in para(2 * other, 295, 100 + at, 230)]
    result = page(left, right)
    assert [len(result.blocks), len(result.gutters)] == [6, columns - 1]
    assert all(block.in_columns for block in result.blocks)


@pytest.mark.parametrize(("others", "middle"), [((300.0, 120.0), None), ((), "column")])
def test_a_line_that_begins_at_an_edge_of_others_has_no_middle(others: tuple[float, ...], middle: str | None) -> None:
    """The second line of a labelled entry ends by chance as far from the right as it hangs from the left."""
    text = line("x" * round(440 / advance("x", 10)), 70, 400)
    hung = line("x" * round(344 / advance("x", 10)), 118, 413)
    rest = [line("x" * round(width / advance("x", 10)), 118, 460 + 40.0 * n) for n, width in enumerate(others)]
    result = page(para(PROSE, 70, 120, 440, align="justified"), text, hung, *rest)
    (block,) = [block for block in result.blocks if len(block.lines) == 2]
    assert block.centred_on == middle


def test_a_full_line_that_is_set_in_on_the_left_alone_is_not_in_the_middle() -> None:
    first = line("x" * round(424 / advance("x", 10)), 86, 400)
    end = first[-1].box.x1
    second = line("x" * round(396 / advance("x", 10)), 100, 413)
    width = end - 70
    made = [para(PROSE, 70, 120, width, align="justified"), para(PROSE, 70, 470, width, align="justified")]
    (block,) = [block for block in page(*made, first, second).blocks if len(block.lines) == 2]
    assert block.centred_on is None


def test_two_lines_of_one_width_set_in_on_both_sides_are_justified_rather_than_centred() -> None:
    quoted = para(PROSE, 110, 300, 360, align="justified")
    foot = sorted({one.baseline for one in quoted})[2]
    quoted = [one for one in quoted if one.baseline < foot]
    (block,) = [block for block in page(para(PROSE, 70, 120, 440), quoted).blocks if len(block.lines) == 2]
    assert block.centred_on is None


@pytest.mark.parametrize(("names", "columns"), [(True, 0), (False, 2)])
def test_names_one_under_another_beside_text_are_no_column(names: bool, columns: int) -> None:
    texts = [f"{'the shop' if not names else 'the-shop'}-in-{town}" for town in ("Thornby", "Ashcombe", "Marlow", "Wick")]
    stack = [part for n, text in enumerate(texts * 2) for part in line(text, 50, 120 + 13.0 * n)]
    result = page(stack, para(PROSE, 200, 124, 300))
    assert (len(result.gutters) > 0) == (columns > 0)
