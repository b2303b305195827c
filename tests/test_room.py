"""Lines beside a picture, single lines far apart, hyphens, and what stands at the foot of a full page."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable

import pytest

from clearprint.geometry import Box
from clearprint.layout import settle, summarise, understand
from clearprint.layout.furniture import running_heads
from clearprint.layout.hyphens import mark_hyphens
from clearprint.layout.patterns import ends_sentence, list_mark
from clearprint.model import Face, Job, Line, Marks, Page, Picture, Style, Word, merge_summaries

STYLE = Style(Face(name="Test", family="Test", weight=400, space=0.25), 12.0, (0.0, 0.0, 0.0))


def words(text: str, x: float, y: float) -> list[Word]:
    result = []
    for part in text.split():
        width = 6.0 * len(part)
        result.append(Word(part, Box(x, y - 8.6, x + width, y + 2.5), y, STYLE, space_before=bool(result)))
        x += width + 3.0
    return result


def page(*lines: tuple[str, float, float], pictures: tuple[Picture, ...] = (), number: int = 1) -> Page:
    return understand(Marks(number, 595.0, 842.0, tuple(word for line in lines for word in words(*line)), pictures))


NARROW = [
    "We lend talking clocks, bright",
    "lamps and telephones with large",
    "buttons to anyone who would",
    "like one at home. Damp and mould",
]
WIDE = [
    "can make breathing problems worse, so open a window after a bath and keep",
    "the heating on low instead of switching it off and on, and leave a gap to the",
    "wall behind the wardrobe.",
]


def test_lines_beside_a_picture_are_full_and_of_one_paragraph():
    picture = Picture(Box(270, 90, 520, 150))
    rows = [(text, 60.0, 100 + 15.0 * index) for index, text in enumerate([*NARROW, *WIDE])]
    (block,) = page(*rows, pictures=(picture,)).blocks
    assert [line.full for line in block.lines] == [True] * 6 + [False]


def test_a_paragraph_that_makes_room_is_seen_to():
    picture = Picture(Box(270, 90, 520, 150))
    rows = [(text, 60.0, 100 + 15.0 * index) for index, text in enumerate([*NARROW, *WIDE])]
    (wrap,) = page(*rows, pictures=(picture,)).wraps
    assert wrap.runs_around


def disc(x: float, y: float, radius: float) -> Picture:
    """A picture cut to a circle about a point."""
    strips = []
    for row in range(int(-radius), int(radius), 2):
        half = math.sqrt(radius * radius - min(abs(row), abs(row + 2)) ** 2)
        strips.append(Box(x - half, y + row, x + half, y + row + 2))
    return Picture(Box(x - radius, y - radius, x + radius, y + radius), outline=tuple(strips))


def beside_disc(y: float, white: float = 10.0) -> float:
    """Where a line whose baseline is there begins to the right of a disc about (120, 150) with a radius of 60."""
    near = max(0.0, y - 8.6 - 150, 150 - y - 2.5)
    reach = 60 + white
    return 120 + math.sqrt(reach * reach - near * near) if near < reach else 60.0


ROUND = [
    "The walled garden was laid out by a sea captain who brought",
    "home seeds from every port he visited on the way to us",
    "and some of his pear trees still bear fruit in autumn now",
    "Begin at the iron gate and follow the path to the left",
    "where the borders are at their best in early summer",
    "and the lupins are in flower until the end of July.",
    "The glasshouse was rebuilt with the help of schools.",
    "Inside are lemons, figs and a vine said to be older",
    "than the house and all that stands in the grounds now",
    "Beyond the hedge lies the kitchen garden with its beds",
    "where volunteers grow vegetables for the tea room and whatever is left over goes",
    "to the food bank in the town.",
]


def test_a_paragraph_that_follows_the_edge_of_a_disc_is_one_and_runs_round_it():
    rows = [(text, beside_disc(95 + 15.0 * index), 95 + 15.0 * index) for index, text in enumerate(ROUND)]
    assert len({round(x) for _, x, _ in rows}) > 6  # hardly two lines begin at one place
    item = page(*rows, pictures=(disc(120, 150, 60),))
    (block,) = item.blocks
    assert (len(block.lines), block.alignment) == (12, "left")
    assert [wrap.runs_around for wrap in item.wraps] == [True]


def _indented(index: int) -> float:
    return 12.0 if index in (0, 6) else 0.0


def _hanging(index: int) -> float:
    return 0.0 if index in (0, 6) else 12.0


def _flush_right(index: int) -> float:
    return 330.0 - words(ROUND[index], 0.0, 0.0)[-1].box.x1


@pytest.mark.parametrize(
    "start",
    [_indented, _flush_right, lambda index: _flush_right(index) / 2],
    ids=["first-line indents", "ragged left", "centred"],
)
def test_text_that_keeps_to_its_column_beside_a_disc_runs_round_nothing(start: Callable[[int], float]):
    rows = [(text, 200.0 + start(index), 95 + 15.0 * index) for index, text in enumerate(ROUND[:10])]
    item = page(*rows, pictures=(disc(120, 150, 60),))
    assert [block.text for block in item.blocks] == [block.text for block in page(*rows).blocks]
    assert {wrap.runs_around for wrap in item.wraps} == {False}


def test_a_hanging_list_beside_a_disc_runs_round_nothing():
    rows = [
        (f"{1 + index // 6}. {text}" if index in (0, 6) else text, 200.0 + _hanging(index), 95 + 15.0 * index)
        for index, text in enumerate(ROUND[:10])
    ]
    item = page(*rows, pictures=(disc(120, 150, 60),))
    assert [block.text[:2] for block in item.blocks] == ["1.", "2."]
    assert {wrap.runs_around for wrap in item.wraps} == {False}


def test_sentences_far_apart_are_paragraphs_of_their_own():
    texts = ["The library is open on Mondays.", "Please ring the bell.", "There is a ramp at the side."]
    found = page(*[(text, 60.0, 100 + 29.0 * index) for index, text in enumerate(texts)])
    assert [block.text for block in found.blocks] == texts


def test_double_spaced_text_stays_together():
    rows = [(text, 60.0, 100 + 27.0 * index) for index, text in enumerate(WIDE)]
    assert len(page(*rows).blocks) == 1


def test_the_last_line_of_full_pages_is_no_running_foot():
    pages = [
        page(
            *[(f"{number * 'ab'} {text} {number * 'cd'}", 60.0, 772 + 15.0 * row) for row, text in enumerate(WIDE)],
            (str(number), 300.0, 834.0),
            number=number,
        )
        for number in range(1, 6)
    ]
    survey = settle(merge_summaries([summarise(one) for one in pages]), Job())
    assert not any("wall behind" in head for head in survey.running_heads)
    assert [item.value for item in survey.folios] == [1, 2, 3, 4, 5]


def test_a_line_apart_in_the_same_place_is_a_running_head():
    heads = [(number, text, Box(60, 20, 200, 30)) for number, text in enumerate(["Buses", "Trains", "Walking", "Boats"], 1)]
    heights = dict.fromkeys(range(1, 5), 842.0)
    assert set(running_heads(heads, 4, heights)) == {"buses", "trains", "walking", "boats"}
    assert running_heads(heads, 4, heights, [(number, box) for number, _, box in heads]) == {}


def test_numbered_questions_at_the_top_of_the_pages_of_a_form_are_no_running_heads():
    texts = ["1. About you", "3. Your address", "9. Will you use an interpreter?"]
    heads = [(number, text, Box(60, 20, 200, 30)) for number, text in enumerate(texts, 1)]
    heights = dict.fromkeys(range(1, 6), 842.0)
    assert running_heads(heads, 3, heights) == {}
    again = [(number, "Form C7", Box(400, 20, 460, 30)) for number in range(1, 6)]
    assert ". about you" in running_heads([*heads, *again], 5, heights)


def test_the_number_of_a_small_page_on_a_large_sheet_is_followed():
    pages = [
        page(
            (f"H. R. 1904—{number}", 250.0, 200.0),
            *[(text, 150.0, 220 + 15.0 * row) for row, text in enumerate(WIDE)],
            number=number,
        )
        for number in range(2, 8)
    ]
    survey = settle(merge_summaries([summarise(one) for one in pages]), Job())
    assert [item.value for item in survey.folios] == [2, 3, 4, 5, 6, 7]


@pytest.mark.parametrize(
    ("left", "right", "kind"),
    [
        ("paddle-", "shaped", "compound"),
        ("door-to-", "door", "compound"),
        ("brother-", "in-law", "compound"),
        ("large-", "button", "compound"),
        ("www.example.org/open-", "government/version", "compound"),
        ("peuvent-", "elles", "compound"),
        ("battery-", "powered", "compound"),
        ("long-", "term", "compound"),
        ("de-", "term", "split"),
        ("un-", "related", "split"),
        ("over-", "looking", "split"),
        ("ex-", "amples", "split"),
        ("down-", "wards", "split"),
        ("win-", "dow", "split"),
    ],
)
def test_what_a_hyphen_breaks(left: str, right: str, kind: str):
    lines = tuple(Line(text, (), Box(0, 0, 100, 10), 10, 12) for text in (f"a word {left}", f"{right} and more"))
    seen = Counter(["large", "button", "down", "large"])
    assert mark_hyphens(lines, frozenset(), lambda: seen)[0].hyphen == kind


def test_a_decimal_is_no_full_stop():
    assert not ends_sentence("44.9 66.8 78.1")
    assert ends_sentence("as we said.12")
    assert list_mark("“(5) research") == "ordinal"
