"""Type weight: strokes by outlines or class, slant, kind of face, width, underlining."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import pytest

from clearprint.model import Page, Style
from tests.checks.judged import faults, hints, judged
from tests.handmade import TEXT, Document, doc, face, page, para


def _set_in(made: Page, start: int = 0, stop: int | None = None, **look: Any) -> Page:
    """The page with some lines of its first block in another style; `face` facts by name."""
    own = {item.name for item in fields(Style) if item.init}
    facts = {key: look.pop(key) for key in list(look) if key not in own}
    block = made.blocks[0]
    size = block.size
    other = Style(face(**facts), size, (0.0, 0.0, 0.0), **look)
    lines = list(block.lines)
    for number in range(*slice(start, stop).indices(len(lines))):
        spans = tuple(replace(span, style=other) for span in lines[number].spans)
        lines[number] = replace(lines[number], spans=spans)
    spans = tuple(span for row in lines for span in row.spans)
    return replace(made, blocks=(replace(block, lines=tuple(lines), spans=spans),))


def _all(**look: Any) -> Document:
    return doc(_set_in(page(para(TEXT, 14)), **look))


@pytest.mark.parametrize(
    ("look", "wanted"),
    [
        ({"stem": 0.18}, []),
        ({"stem": 0.09}, [("stem", 9.0)]),
        ({"stem": 0.13, "named_light": True}, [("stem", 13.0)]),
        ({"stem": 0.15, "weight": 300, "named_light": True}, []),
        ({"weight": 300}, [("weight", 300)]),
        ({"weight": 300, "stem": 0.09, "synthetic_bold": True}, []),
        ({"genre": "script", "stem": 0.18}, [("genre", "script")]),
        ({"genre": "decorative", "family": "Party"}, [("genre", "decorative")]),
    ],
)
def test_thin_and_ornamental_letters_are_faults(look: dict[str, Any], wanted: list[object]) -> None:
    found = judged("type-weight", _all(**look))
    assert faults(found) == wanted
    assert found.answer == ("no" if wanted else "yes")


@pytest.mark.parametrize(
    ("look", "wanted"),
    [
        ({"stem": 0.12}, ("stem", 12.0)),
        ({"weight": 900}, ("weight", 900)),
        ({"condensed": True}, ("condensed", True)),
        ({"underlined": True}, ("underlined", True)),
    ],
)
def test_weaker_things_are_advice(look: dict[str, Any], wanted: object) -> None:
    found = judged("type-weight", _all(**look))
    assert found.answer == "yes"
    assert hints(found) == [wanted]


def test_a_link_may_be_underlined() -> None:
    assert hints(judged("type-weight", _all(underlined=True, link=True))) == []
    named = doc(_set_in(page(para(["Write to us at", "office@example.org", "in May"], 14)), 1, 2, underlined=True))
    assert hints(judged("type-weight", named)) == []


def test_an_italic_sentence_is_a_fault_and_two_words_are_advice() -> None:
    lines = ["The library is closed.", "Bring your own bag.", "We meet again in May."]
    found = judged("type-weight", doc(_set_in(page(para(lines, 14)), 1, 2, italic=True)))
    assert faults(found) == [("italic", 4)]
    few = ["He reads from", "Bleak House", "every Friday at noon."]
    found = judged("type-weight", doc(_set_in(page(para(few, 14)), 1, 2, italic=True)))
    assert found.answer == "yes"
    assert hints(found) == [("italic", 2)]


def test_italics_run_on_over_lines() -> None:
    lines = ["She read the", "strange case of", "the missing town clerk", "to us last week."]
    found = judged("type-weight", doc(_set_in(page(para(lines, 14)), 1, 3, italic=True)))
    assert faults(found) == [("italic", 7)]


def test_a_slanted_upright_counts_as_what_it_looks_like() -> None:
    assert judged("type-weight", _all(synthetic_italic=True)).answer == "no"


def test_symbols_are_no_letters() -> None:
    assert judged("type-weight", _all(family="Wingdings", weight=None)).answer == "na"


def test_an_unknown_face_is_asked_about() -> None:
    found = judged("type-weight", _all(weight=None))
    assert (found.answer, found.cause) == ("ask", "unmeasured")


def test_a_face_for_chinese_is_judged_by_its_class() -> None:
    made = page(para(["春眠不覚暁処処聞啼鳥" * 3, "夜来風雨声花落知多少" * 3], 14))
    assert judged("type-weight", doc(_set_in(made, stem=0.05, weight=400))).answer == "yes"


def test_a_bullet_that_is_a_letter_o_in_a_thin_face_is_no_text() -> None:
    ring = Style(face(family="Courier New", stem=0.09), 14, (0.0, 0.0, 0.0))
    made = page(para(["o the bus stops at the gate", "every ten minutes"], 14))
    block = made.blocks[0]
    (span,) = block.lines[0].spans
    spans = (replace(span, text="o", style=ring, words=span.words[:1]), replace(span, text=span.text[2:], words=span.words[1:]))
    rows = (replace(block.lines[0], spans=spans), *block.lines[1:])
    marked = replace(block, lines=rows, spans=tuple(part for row in rows for part in row.spans))
    assert judged("type-weight", doc(replace(made, blocks=(marked,)))).answer == "yes"
