"""Faces of signs: rows of ornaments are no text, their bullets are bullets."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.layout.patterns import list_mark
from clearprint.model import letters
from tests.checks.judged import judged
from tests.handmade import doc
from tests.test_layout import FACE, PROSE, line, page, para, word

ROWS = ("HBCEAK KLDSC", "AASLS CSLAHC", "HBCEAK KLDSC", "AASLS CSLAHC")


@pytest.mark.parametrize(
    ("name", "pictorial", "read"),
    [("Designer", True, False), ("Wingdings", False, False), ("Lexicon", False, True), ("Designer", False, True)],
)
def test_rows_of_ornaments_are_no_text(name: str, pictorial: bool, read: bool) -> None:
    face = replace(FACE, name=name, family=name, pictorial=pictorial)
    document = doc(page(*[line(row, 50, 300 + 40 * number, 40, face) for number, row in enumerate(ROWS)]))
    assert any(letters(block.text) for block in document.pages[0].blocks) == read
    answers = {judged(name, document).answer for name in ("type-size", "leading", "capitals", "type-weight", "horizontal-text")}
    assert (answers == {"na"}) != read


def test_the_letter_that_a_face_of_signs_has_for_a_bullet_is_one() -> None:
    face = replace(FACE, name="Wingdings-Regular", family="Wingdings")
    rows = [
        [word("n", 50, y, 8, face), *line(text, 64, y)]
        for y, text in ((100, "give the details of the service to the other people"), (118, "file this form in time"))
    ]
    assert [list_mark(block.text) for block in page(*rows).blocks] == ["bullet", "bullet"]
    greek = page(para(PROSE, 50, 100, 400), line("\u03b1 \u03b2", 50, 200, face=replace(FACE, name="Symbol", family="Symbol")))
    assert greek.blocks[-1].text == "\u03b1 \u03b2"
