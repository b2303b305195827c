"""Capitals: stretches of capital words, and the capitals that words have by nature."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.answers import Answer
from clearprint.model import Style
from tests.checks.judged import faults, hints, judged
from tests.handmade import TEXT, doc, face, flow, line, page, para


def _heading(text: str) -> Answer:
    made = doc(page(line(text, 20, weight=700), para(TEXT, 14)))
    assert made.roles()[0][0] in ("heading", "title")
    return judged("capitals", made)


@pytest.mark.parametrize(
    "text",
    [
        "Please read THE WHOLE OF THIS LETTER before you sign it.",
        "PLEASE FILL IN THE FORM",
        "CALL 020 7946 0000 BEFORE NOON TODAY PLEASE",
    ],
)
def test_four_capital_words_in_text_are_a_fault(text: str) -> None:
    found = judged("capitals", doc(page(para([text], 14), para(TEXT, 14), para(TEXT, 14))))
    words = [item for item in found.faults if item.role not in ("heading", "title")]
    assert found.answer == "no" or hints(found), text
    assert all(item.measure == "words" for item in words)


def test_a_heading_that_leads_on_is_no_sentence() -> None:
    assert _heading("WE WILL DECIDE ABOUT THESE…").answer == "yes"
    assert _heading("WE WILL DECIDE ABOUT THESE!").answer == "no"


@pytest.mark.parametrize(
    "text",
    [
        "The NHS, the RNIB and the BBC will be there with HMRC staff.",
        "Send it to SW1A 1AA or ring us on 020 7946 0000 today.",
        "See parts XIV, XVI, XIX and XXII of the second book.",
        "The PIP DLA ESA JSA forms are on the table by the door.",
        "Codes A12, B14, C16, D18 and E20 are sold out until May.",
        "Members are UNICEF, UNESCO, NATO, INTERPOL, and the Red Cross.",
        "I AM here and so are YOU my friend.",
    ],
)
def test_acronyms_codes_and_numerals_are_no_capital_words(text: str) -> None:
    found = judged("capitals", doc(page(para(TEXT, 14), para([text], 14), para(TEXT, 14))))
    assert found.answer == "yes", faults(found)
    assert hints(found) == []


def test_the_fault_quotes_the_stretch() -> None:
    text = "Please read THE WHOLE OF THIS LETTER before you sign it and send it back to us by the end of the month."
    (fault,) = judged("capitals", doc(page(para(TEXT, 14), para(text, 14)))).faults
    assert fault.measured == 6 - 1 or fault.measured == 5
    assert fault.excerpt == "THE WHOLE OF THIS LETTER"


def test_a_stretch_runs_on_over_lines() -> None:
    lines = ["You must bring your card and NEVER", "LEAVE YOUR BAGS ALONE in the hall,", "whatever the day and the weather."]
    found = judged("capitals", doc(page(para(TEXT, 14), para(lines, 14))))
    assert faults(found) == [("words", 5)]


def test_a_heading_may_be_short_but_no_sentence() -> None:
    assert hints(_heading("GETTING HERE SAFELY")) == [("words", 3)]
    assert _heading("Getting here by bus").answer == "yes"
    assert _heading("WHAT SHOULD YOU BRING WITH YOU WHEN VISITING US").answer == "no"
    assert _heading("WHERE SHOULD WE MEET?").answer == "no"
    assert _heading("Who pays PIP, DLA, UC?").advice == ()


def test_capitals_by_styling_count() -> None:
    text = "Please fill in the whole form before you sign"
    plain = flow(text, TEXT, size=14)
    caps = replace(plain.blocks[0], spans=(replace(plain.blocks[0].spans[0], style=Style(face(), 14, caps="small")),))
    assert judged("capitals", doc(plain)).answer == "yes"
    assert judged("capitals", doc(replace(plain, blocks=(caps, plain.blocks[1])))).answer == "no"


def test_a_face_of_capitals_only_counts() -> None:
    made = page(para(TEXT, 14))
    block = made.blocks[0]
    spans = tuple(replace(span, style=Style(face(caps_only=True), 14)) for span in block.spans)
    lines = tuple(replace(row, spans=(span,)) for row, span in zip(block.lines, spans, strict=True))
    found = judged("capitals", doc(replace(made, blocks=(replace(block, spans=spans, lines=lines),))))
    assert found.answer == "no"


def test_a_word_in_two_styles_is_one() -> None:
    """A raised initial and small capitals typed as capitals: four words, not eight."""
    plain = flow("", size=14)
    big, small = Style(face(), 14), Style(face(), 11)
    pieces = [piece for word in ("THE", "OLD", "TOWN", "HALL") for piece in ((word[0], big), (f"{word[1:]} ", small))]
    spans = tuple(replace(plain.blocks[0].spans[0], text=text, style=look) for text, look in pieces)
    block = replace(plain.blocks[0], spans=spans, text="THE OLD TOWN HALL")
    found = judged("capitals", doc(replace(plain, blocks=(block, *flow(TEXT, size=14).blocks))))
    assert [value for _, value in faults(found) + hints(found)] == [4]


def test_scripts_without_capitals_and_short_blocks_are_na() -> None:
    assert judged("capitals", doc(page(line("OPEN NOW", 14)))).answer == "na"
    assert judged("capitals", doc(page(para(["春眠不覚暁処処聞啼鳥" * 3] * 3, 14)))).answer == "na"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("SURVEY OF STATE BODIES AND AGENCIES", "yes"),
        ("DELETE AS APPROPRIATE", "yes"),
        ("Please bring YOUR OWN PLATE AND SPOON with you", "no"),
    ],
)
def test_a_short_line_alone_in_capitals_is_like_a_heading(text: str, answer: str) -> None:
    made = doc(page(line(text, 14), para(TEXT, 14)))
    (only,) = made.pages
    blocks = (replace(only.blocks[0], role="other"), *only.blocks[1:])
    found = judged("capitals", replace(made, pages=(replace(only, blocks=blocks),)))
    assert found.answer == answer
    assert len(found.faults) + len(found.advice) == 1
