"""Labels in a narrow column beside paragraphs: headings of text, or the first column of a table."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from clearprint.layout.roles import assign
from clearprint.layout.summary import summarise
from clearprint.layout.survey import settle
from clearprint.model import Face, Job, Page, Word
from tests.test_layout import BOLD, FACE, PROSE, bottom, line, page, para

LABELS = ("Parking", "Meetings", "Getting here", "Cost")


def beside(texts: Iterable[str], labels: Iterable[str], face: Face = BOLD, width: float = 330) -> list[Word]:
    words: list[Word] = []
    y = 100.0
    for label, text in zip(labels, texts, strict=True):
        words += line(label, 50, y, 11, face)
        own = para(text, 170, y, width, 11, 15)
        words += own
        y = bottom(own) + 28
    return words


def roles(found: Page) -> dict[str, str]:
    known = assign(found, settle(summarise(found), Job()))
    return {block.text[:9]: block.role for block in known.blocks}


def test_paragraphs_beside_bold_labels_are_text() -> None:
    found = page(beside([PROSE.strip(), PROSE.strip() * 2, PROSE.strip(), PROSE.strip()], LABELS))
    assert not any(block.in_table for block in found.blocks)
    assert not found.gutters
    assert [block.alignment for block in found.blocks if len(block.lines) > 2] == ["left"] * 4
    known = roles(found)
    assert {known[label[:9]] for label in LABELS} == {"heading"}
    assert known[PROSE.strip()[:9]] == "body"


@pytest.mark.parametrize("face", [FACE, BOLD])
def test_labels_beside_short_answers_stay_a_table(face: Face) -> None:
    answers = ["Monday to Friday, nine to five", "Every other Tuesday", "Bus 4 from the station", "Nothing at all"]
    assert all(block.in_table for block in page(beside(answers, LABELS, face)).blocks)
