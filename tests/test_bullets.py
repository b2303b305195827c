"""Drawn bullets: what stands before a line and makes it a list item."""

from __future__ import annotations

from clearprint.geometry import Box
from clearprint.layout import assign, settle, summarise, understand
from clearprint.model import Face, Job, Marks, Page, Style, Word

STYLE = Style(Face(name="Test", family="Test", weight=400, space=0.25), 12.0, (0.0, 0.0, 0.0))


def line(text: str, x: float, y: float) -> list[Word]:
    words = []
    for part in text.split():
        width = 6.0 * len(part)
        words.append(Word(part, Box(x, y - 8.6, x + width, y + 2.5), y, STYLE, space_before=bool(words)))
        x += width + 3.0
    return words


ITEMS = [
    "Be kind to the people who come to the meetings and to",
    "those who cannot come to them at all this year.",
    "Ring us before you travel because the clinic may be full on",
    "the day and we may have to find another one for you.",
]


def read(specks: list[Box]) -> Page:
    words = [word for index, text in enumerate(ITEMS) for word in line(text, 90, 100 + 16 * index)]
    page = understand(Marks(1, 595.0, 842.0, tuple(words), specks=tuple(specks)))
    return assign(page, settle(summarise(page), Job()))


def bullet(y: float, x: float = 76.0, side: float = 4.0) -> Box:
    return Box(x, y - 6.0, x + side, y - 6.0 + side)


def test_lines_with_a_drawn_bullet_begin_list_items():
    page = read([bullet(100), bullet(132)])
    assert [(block.role, len(block.lines)) for block in page.blocks] == [("list", 2), ("list", 2)]
    assert all(block.step is None for block in page.blocks)


def test_a_mark_far_away_or_too_large_is_no_bullet():
    for speck in (bullet(100, x=20.0), bullet(100, side=15.5), Box(60, 97, 84, 98.5)):
        assert not any(block.bulleted for block in read([speck]).blocks)


def test_parts_of_a_drawing_are_no_bullets():
    assert not any(block.bulleted for block in read([bullet(100, x=60), bullet(100, x=70), bullet(100)]).blocks)


def test_a_bullet_before_a_second_line_begins_an_item_there():
    page = read([bullet(116)])
    assert [block.bulleted for block in page.blocks] == [False, True]


def test_a_mark_some_way_off_is_a_bullet_where_another_one_stands_in_line_with_it():
    assert [block.bulleted for block in read([bullet(132, x=60)]).blocks] == [False]
    assert [block.bulleted for block in read([bullet(100, x=60), bullet(132, x=60)]).blocks] == [True, True]
    assert [block.bulleted for block in read([bullet(100, x=60), bullet(132, x=54)]).blocks] == [False]


def test_a_sign_alone_whose_code_tells_nothing_is_a_bullet():
    rows = [f"\ufffd {ITEMS[0]}", ITEMS[1], f"\ufffd {ITEMS[2]}", ITEMS[3]]
    words = [word for index, text in enumerate(rows) for word in line(text, 81 if index % 2 == 0 else 90, 100 + 16 * index)]
    page = understand(Marks(1, 595.0, 842.0, tuple(words)))
    blocks = assign(page, settle(summarise(page), Job())).blocks
    assert [(block.role, len(block.lines)) for block in blocks] == [("list", 2), ("list", 2)]
