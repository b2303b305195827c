"""Even gaps: word spaces line by line, tracked and stretched letters."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.model import Block, Face, Line, Page, Span, Style
from tests.checks.judged import faults, hints, judged
from tests.handmade import TEXT, doc, flow, line, page, para


def _with_gaps(*lines: tuple[float, ...], **facts: Any) -> Page:
    """A paragraph whose lines have those gaps, in spaces of the face (3.5 pt at 14 pt)."""
    made = page(para(TEXT * 3, 14))
    block = made.blocks[0]
    rows: list[Line] = []
    for number, row in enumerate(block.lines):
        gaps = lines[number] if number < len(lines) else (1.0,) * 6
        rows.append(replace(row, gaps=tuple(gap * 3.5 for gap in gaps)))
    return replace(made, blocks=(replace(block, lines=tuple(rows), **facts),))


@pytest.mark.parametrize(
    ("lines", "measures"),
    [
        ([], set()),
        ([(1.05, 0.95, 1.0)], set()),
        ([(1.6, 1.6, 1.6), (1.6, 1.6, 1.6)], {"wide", "spread"}),
        ([(1.45, 1.45, 1.45), (1.45, 1.45, 1.45)], set()),
        ([(0.7, 0.7, 0.7), (0.7, 0.7, 0.7)], {"narrow"}),
        ([(0.7, 0.7, 0.7)], set()),
        ([(1.6, 1.6, 1.6)], {"spread"}),
        ([(1.0, 1.0, 2.6, 1.0, 1.0, 1.0, 1.0)], {"single"}),
        ([(1.0, 1.0, 2.4, 1.0, 1.0, 1.0, 1.0)], set()),
    ],
)
def test_gaps_are_held_against_the_face_s_own_space(lines: list[tuple[float, ...]], measures: set[str]) -> None:
    found = judged("even-gaps", doc(_with_gaps(*lines)))
    assert {measure for measure, _ in faults(found)} == measures
    assert found.counted == len(_with_gaps().blocks[0].lines)


def test_lines_in_another_face_are_not_held_against_the_text_s() -> None:
    """A line of code among text has the wide spaces of its own face."""
    made = _with_gaps((2.4, 2.4, 2.4), (2.4, 2.4, 2.4))
    block = made.blocks[0]
    assert judged("even-gaps", doc(made)).answer == "no"
    face = block.spans[0].style.face
    assert face.space
    code = replace(block.spans[0].style, face=replace(face, name="Mono", space=2.4 * face.space))
    lines = [replace(row, spans=tuple(replace(span, style=code) for span in row.spans)) for row in block.lines[:2]]
    mixed = replace(block, lines=(*lines, *block.lines[2:]))
    assert judged("even-gaps", doc(replace(made, blocks=(mixed,)))).answer == "yes"


def test_without_a_space_glyph_the_paragraph_s_own_gap_is_the_measure() -> None:
    made = page(para(TEXT * 2, 14, gap=0.5))
    assert judged("even-gaps", doc(made)).answer == "no"
    block = made.blocks[0]
    bare = replace(block.spans[0].style, face=replace(block.spans[0].style.face, space=None))
    spans = tuple(replace(span, style=bare) for span in block.spans)
    found = judged("even-gaps", doc(replace(made, blocks=(replace(block, spans=spans),))))
    assert found.answer == "yes"


def test_justified_type_with_holes_is_a_fault() -> None:
    found = judged("even-gaps", doc(page(para(TEXT, 14, chars=40, width=380, alignment="justified"))))
    assert found.answer == "no"


def test_tables_and_short_headings_are_left_out() -> None:
    made = doc(_with_gaps((3.0, 3.0), in_table=True))
    assert judged("even-gaps", made).answer == "na"


@pytest.mark.parametrize(
    ("look", "wanted"),
    [
        ({"tracking": 0.02}, []),
        ({"tracking": 0.15}, [("tracking", 15.0)]),
        ({"tracking": -0.05}, [("tracking", -5.0)]),
        ({"stretch": 0.98}, []),
        ({"stretch": 0.8}, [("width", 80.0)]),
        ({"stretch": 1.2}, [("width", 120.0)]),
    ],
)
def test_tracked_and_stretched_runs(look: dict[str, Any], wanted: list[tuple[str, float]]) -> None:
    found = judged("even-gaps", doc(flow("Bus times from the town hall", size=14, **look)))
    assert faults(found) == [(measure, pytest.approx(value)) for measure, value in wanted]


def test_double_spaces_are_advice_but_not_after_a_stop() -> None:
    assert hints(judged("even-gaps", doc(flow(f"The bus  stops here and  waits. {TEXT}", size=14)))) == [("double-spaces", 2)]
    assert hints(judged("even-gaps", doc(flow(f"The bus stops.  It waits.  {TEXT}", size=14)))) == []


def test_without_a_layout_only_justified_gaps_are_open() -> None:
    made = flow(TEXT, size=14)
    for alignment, answer in (("left", "yes"), ("justified", "ask")):
        blocks = tuple(replace(block, alignment=alignment) for block in made.blocks)  # type: ignore[arg-type]
        assert judged("even-gaps", doc(replace(made, blocks=blocks))).answer == answer


def test_single_lines_are_na() -> None:
    assert judged("even-gaps", doc(page(line("Bus times and tides", 14)))).answer == "na"


@pytest.mark.parametrize(
    ("middle", "measured"),
    [("one   two", 3.0), ("one  two", None), ("one.   Two", None), ("(   ) tick", None), ("one \u00a0 \u00a0two", 4.0)],
)
def test_spaces_typed_in_a_row_show_without_lines(middle: str, measured: float | None) -> None:
    text = f"{TEXT} {middle} {TEXT}"
    block = Block((Span(text, Style(Face("Arial", "Arial"), 12)),), text, 12, role="body", alignment="left", room=450.0)
    found = judged("even-gaps", doc(Page(None, 595, 842, (block,), laid_out=False)))
    assert faults(found) == ([("single", measured)] if measured else [])


def test_two_lines_of_which_one_has_no_gap_are_not_two_wide_lines() -> None:
    made = page(para(["Return it by e-mail to", "someone@example.org"], 14))
    block = made.blocks[0]
    rows = (replace(block.lines[0], gaps=(8.0,) * 4), *block.lines[1:])
    found = judged("even-gaps", doc(replace(made, blocks=(replace(block, lines=rows, role="body"),))))
    assert (found.answer, found.counted) == ("yes", 1)


@pytest.mark.parametrize(("role", "answer"), [("other", "na"), ("body", "no")])
def test_a_row_of_options_has_no_word_gaps(role: Any, answer: str) -> None:
    whole = doc(_with_gaps(*[(1.0, 5.0, 5.0, 1.0, 5.0)] * 60))
    (only,) = whole.pages
    blocks = tuple(replace(block, role=role) for block in only.blocks)
    assert judged("even-gaps", replace(whole, pages=(replace(only, blocks=blocks),))).answer == answer
