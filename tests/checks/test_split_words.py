"""Split words: what the end of each line breaks."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import pytest

from clearprint.answers import Answer
from clearprint.model import EstimatedLine, Page
from tests.checks.judged import faults, hints, judged
from tests.handmade import TEXT, doc, flow, line, page, para

FILL = "and the library on the corner of the market square"


def _broken(lines: list[str], hyphen: Literal["split", "compound", "digits"] | None = None) -> Page:
    made = page(para([*lines, FILL], 14))
    block = made.blocks[0]
    first = replace(block.lines[0], hyphen=hyphen)
    return replace(made, blocks=(replace(block, lines=(first, *block.lines[1:])),))


def _answer(made: Page, hyphenated: frozenset[str] = frozenset()) -> Answer:
    whole = doc(made)
    return judged("split-words", replace(whole, survey=replace(whole.survey, hyphenated=hyphenated), pages=(made,)))


def test_a_split_word_is_a_fault_that_quotes_both_halves() -> None:
    found = _answer(_broken(["The bus goes from the mar-", "ket square to the station"], "split"))
    assert found.answer == "no"
    assert faults(found) == [("break", "split")]
    assert found.faults[0].excerpt == "mar- ket"


def test_an_optional_hyphen_that_shows_is_a_fault_where_the_face_is_known() -> None:
    lines = (EstimatedLine("The bus goes from the mar-", True, 1.0, "mar- ket"), EstimatedLine("ket square", False, 90.0))
    for error, answer in ((0.0, "no"), (0.05, "yes")):
        made = flow(TEXT)
        block = replace(made.blocks[0], estimated=lines, hyphenation=False, width_error=error)
        made = replace(made, blocks=(block,))
        found = judged("split-words", replace(doc(made), pages=(made,)))
        assert found.answer == answer
        assert [fault.excerpt for fault in found.faults] == ["mar- ket"] * (answer == "no")


def test_a_compound_is_advice() -> None:
    made = _broken(["Bring your own well-", "known and trusted bag for"], "compound")
    assert hints(_answer(made)) == [("break", "compound")]
    made = _broken(["Bring your own well-", "known and trusted bag for"], "split")
    assert hints(_answer(made, frozenset({"well-known"}))) == [("break", "compound")]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["Ring the office on 020 7946", "0123 before noon for"], "phone"),
        (["The hall is open again on 14", "March and from then on"], "date"),
        (["The hall is open again on 14 March", "2027 and from then on"], "date"),
        (["The roof has cost us £3", "million so far, with"], "sum"),
        (["Write to the town hall, SW1A", "1AA, London, or come to"], "postcode"),
        (["Our office is now at 12", "Old Mill Lane, beside"], "address"),
        (["Read more at www.example.org/", "opening-times about the"], "web-address"),
    ],
)
def test_things_that_belong_together_are_advice(lines: list[str], kind: str) -> None:
    found = _answer(_broken(lines))
    assert found.answer == "yes"
    assert hints(found) == [("break", kind)]


@pytest.mark.parametrize(
    "lines",
    [
        ["We have seats for 20", "people and a kitchen for"],
        ["It opens at 9 and closes at 17", "or later on Fridays, with"],
        ["Read more at www.example.org.", "The opening times are"],
        ["Most people live near 2015", "Close friends are the"],
        ["In 2024 there were 300", "May fairs all over the"],
        ["It is far – very far –", "from here to the sea"],
    ],
)
def test_other_line_ends_are_well(lines: list[str]) -> None:
    found = _answer(_broken(lines))
    assert (found.answer, hints(found)) == ("yes", [])


def test_single_lines_are_na() -> None:
    assert judged("split-words", doc(page(line("Bus times", 14), line("Shop", 14)))).answer == "na"


def test_hyphenation_that_is_on_is_advice_and_off_is_well() -> None:
    for setting, advice in ((True, [("hyphenation", True)]), (False, [])):
        made = flow(TEXT, size=14)
        blocks = tuple(replace(block, hyphenation=setting) for block in made.blocks)
        found = judged("split-words", doc(replace(made, blocks=blocks)))
        assert (found.answer, hints(found)) == ("yes", advice)


def test_an_address_that_goes_on_for_lines_is_an_address() -> None:
    made = _broken(["Apply online at https://www.example.org/", "money-property-when-", "relationship-ends and the"])
    block = made.blocks[0]
    rows = (block.lines[0], replace(block.lines[1], hyphen="split"), *block.lines[2:])
    found = _answer(replace(made, blocks=(replace(block, lines=rows),)))
    assert (found.answer, hints(found)) == ("yes", [("break", "web-address")] * 2)
