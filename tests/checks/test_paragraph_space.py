"""The step from paragraph to paragraph."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from clearprint.model import Block, Face, Page, Span, Style
from tests.checks.judged import faults, hints, judged, observed
from tests.checks.whole import whole
from tests.handmade import TEXT, line, page, para

LEADING = 15.0


def _stack(*ratios: float, roles: dict[int, Any] | None = None, **facts: Any) -> Page:
    """Paragraphs of 12 on 15 pt, each so many line pitches below the one before."""
    made = []
    top = 60.0
    for index in range(len(ratios) + 1):
        step = ratios[index] * LEADING if index < len(ratios) else None
        role = (roles or {}).get(index, "body")
        made.append(para(TEXT, 12, leading=LEADING, chars=150, at=(72, top), step=step, role=role, **facts))
        top += LEADING + (step or 0)
    return page(*made)


@pytest.mark.parametrize(("ratio", "answer"), [(1.0, "no"), (1.08, "no"), (1.2, "yes"), (1.5, "yes"), (2.0, "yes")])
def test_the_step_is_held_against_the_line_pitch(ratio: float, answer: str) -> None:
    found = judged("paragraph-space", whole(_stack(*[ratio] * 4)))
    assert (found.answer, found.counted) == (answer, 4)
    assert bool(hints(found)) == (ratio == 1.2)


def test_one_pair_of_many_is_no_habit_but_three_are() -> None:
    many = [1.8] * 60
    assert judged("paragraph-space", whole(_stack(1.0, *many))).answer == "yes"
    assert judged("paragraph-space", whole(_stack(1.0, 1.0, 1.0, *many))).answer == "no"
    assert judged("paragraph-space", whole(_stack(1.0, 1.8, 1.8))).answer == "no"


def test_lists_cells_and_drawings_are_left_out() -> None:
    assert judged("paragraph-space", whole(_stack(1.0, 1.0, roles={0: "list", 1: "list", 2: "list"}))).answer == "na"
    assert judged("paragraph-space", whole(_stack(1.0, roles={1: "list"}))).answer == "na"
    assert judged("paragraph-space", whole(_stack(1.0, in_table=True))).answer == "na"
    assert judged("paragraph-space", whole(_stack(1.0, in_picture=True))).answer == "na"


def test_a_single_line_takes_the_pitch_of_its_neighbour() -> None:
    first = line("A short line.", 12, at=(72, 60), step=2 * LEADING, role="body")
    second = para(TEXT, 12, leading=LEADING, at=(72, 90), role="body")
    (seen,) = observed("paragraph-space", whole(page(first, second)))
    assert seen.value == pytest.approx(2.0)


def test_two_lone_lines_tell_nothing() -> None:
    lines = [line("One", 12, at=(72, 60 + 15 * i), step=15.0, role="body") for i in range(2)]
    assert judged("paragraph-space", whole(page(*lines))).answer == "na"


def test_a_lone_paragraph_is_not_applicable() -> None:
    assert judged("paragraph-space", whole(page(para(TEXT, role="body")))).answer == "na"


def _flow(*ratios: float) -> Page:
    style = Style(Face("Arial", "Arial"), 12)
    blocks = tuple(
        Block((Span(TEXT, style),), TEXT, 12, role="body", leading=14.0, step=14.0 * ratio, path=f"paragraph {index}")
        for index, ratio in enumerate((*ratios, 2.0))
    )
    return Page(None, 595, 842, blocks, laid_out=False, path="section 1")


def test_without_a_layout_every_pair_counts() -> None:
    found = judged("paragraph-space", whole(_flow(1.0, *[2.0] * 80)))
    assert faults(found) == [("step", 1.0)]
    assert found.faults[0].path == "paragraph 0"


def test_an_unknown_face_still_shows_its_space() -> None:
    made = _flow(1.0, 2.0, 2.0)
    unknown = tuple(replace(block, leading=None, likely_leading=14.0) for block in made.blocks)
    found = judged("paragraph-space", whole(replace(made, blocks=unknown)))
    assert faults(found) == [("step", 1.0)]
    near = tuple(replace(block, step=14.0 * 1.12) for block in unknown)
    assert judged("paragraph-space", whole(replace(made, blocks=near))).answer == "yes"


def test_the_lines_of_an_address_are_no_paragraphs() -> None:
    style = Style(Face("Arial", "Arial"), 12)
    texts = ("Department of Parks", "12 Station Road", "Thornby", "TH1 2AB")
    blocks = tuple(Block((Span(text, style),), text, 12, role="body", leading=14.0, step=14.0) for text in texts)
    assert judged("paragraph-space", whole(Page(None, 595, 842, blocks, laid_out=False))).answer == "na"


def test_a_step_to_something_else_is_no_pair() -> None:
    made = _flow(1.0)
    heading = replace(made.blocks[1], role="heading")
    assert judged("paragraph-space", whole(replace(made, blocks=(made.blocks[0], heading)))).answer == "na"
