"""Text contrast and reversed type: ink against what lies behind each word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from clearprint.colour import BLACK, WHITE, Colour, contrast, from_hex, passing
from clearprint.geometry import Box
from clearprint.model import Ground, Page
from tests.checks.judged import faults, hints, judged, observed
from tests.handmade import TEXT, Document, Piece, doc, line, page, para

NAVY: Colour = (0.0, 0.0, 0.3)
GREY: Colour = (0.6, 0.6, 0.6)  # 2.85 to 1 on white
FAIR: Colour = (0.45, 0.45, 0.45)  # 4.7 to 1


def _on(ground: Ground | None, *pieces: Piece) -> Document:
    return doc(_grounded(page(*pieces), ground))


def _grounded(made: Page, ground: Ground | None) -> Page:
    """The page with that ground behind every word."""
    blocks = []
    for block in made.blocks:
        lines = []
        for row in block.lines:
            spans = tuple(replace(span, words=tuple(replace(word, ground=ground) for word in span.words)) for span in row.spans)
            lines.append(replace(row, spans=spans))
        blocks.append(replace(block, lines=tuple(lines), spans=tuple(span for row in lines for span in row.spans)))
    return replace(made, blocks=tuple(blocks))


def test_grey_on_paper_is_one_fault_for_its_paragraph() -> None:
    found = judged("text-contrast", _on(Ground(WHITE), para(TEXT, 14, colour=GREY)))
    assert found.answer == "no"
    assert faults(found) == [("ratio", pytest.approx(2.85, abs=0.01))]
    assert "#999999" in found.faults[0].message


def test_black_on_paper_and_white_on_navy_pass() -> None:
    assert judged("text-contrast", _on(Ground(WHITE), para(TEXT, 14))).advice == ()
    assert judged("text-contrast", _on(Ground(NAVY, "flat"), para(TEXT, 14, colour=WHITE))).answer == "yes"


def test_large_and_bold_type_needs_less() -> None:
    pale: Colour = (0.55, 0.55, 0.55)  # 3.4 to 1
    assert judged("text-contrast", _on(Ground(WHITE), line("Bus times", 18, colour=pale))).answer == "yes"
    assert judged("text-contrast", _on(Ground(WHITE), line("Bus times", 14, colour=pale, weight=700))).answer == "yes"
    assert judged("text-contrast", _on(Ground(WHITE), line("Bus times", 14, colour=pale))).answer == "no"


def test_fair_contrast_is_advice() -> None:
    assert hints(judged("text-contrast", _on(Ground(WHITE), para(TEXT, 14, colour=FAIR)))) == [
        ("ratio", pytest.approx(4.74, abs=0.03))
    ]


def test_opacity_counts() -> None:
    assert judged("text-contrast", _on(Ground(WHITE), para(TEXT, 14, opacity=0.3))).answer == "no"


def test_the_worst_word_decides_and_says_where() -> None:
    made = _grounded(page(para(TEXT, 14, colour=WHITE)), Ground(NAVY, "flat"))
    pale = Ground((0.9, 0.9, 0.9), "uneven", Box(300, 90, 340, 100))
    block = made.blocks[0]
    span = block.spans[0]
    words = (*span.words[:-1], replace(span.words[-1], ground=pale))
    row = replace(block.lines[0], spans=(replace(span, words=words),))
    block = replace(block, lines=(row, *block.lines[1:]), spans=(row.spans[0], *block.spans[1:]))
    (fault,) = judged("text-contrast", doc(replace(made, blocks=(block,)))).faults
    assert fault.box == (300, 90, 340, 100)
    assert fault.measured == pytest.approx(1.26, abs=0.02)


def test_text_on_a_picture_is_advice_although_the_ratio_holds() -> None:
    ground = Ground(WHITE, "picture", Box(0, 0, 400, 400))
    assert hints(judged("text-contrast", _on(ground, para(TEXT, 14)))) == [("ground", "picture")]


def test_an_unknown_ground_is_asked_about_by_its_letters() -> None:
    found = judged("text-contrast", _on(None, para(TEXT, 14)))
    assert (found.answer, found.cause) == ("ask", "unmeasured")
    few = doc(page(*(line("Yes", 14) for _ in range(3))))
    assert sum(item.amount for item in observed("text-contrast", few)) == 9


def test_a_blank_document_has_no_contrast() -> None:
    assert judged("text-contrast", doc(page())).answer == "na"
    assert judged("text-contrast", doc(page(line("•", 14)))).answer == "na"


def test_dark_text_is_not_reversed() -> None:
    assert judged("reversed-type", _on(Ground(WHITE), para(TEXT, 14))).answer == "na"
    assert judged("reversed-type", _on(Ground((0.9, 0.8, 0.6), "flat"), para(TEXT, 14))).answer == "na"


def test_black_on_an_unknown_ground_is_not_reversed() -> None:
    assert judged("reversed-type", _on(None, para(TEXT, 14))).answer == "na"
    assert judged("reversed-type", _on(None, para(TEXT, 14, colour=WHITE))).answer == "ask"


@pytest.mark.parametrize(
    ("piece", "wanted"),
    [
        (para(TEXT, 14, colour=WHITE), []),
        (para(TEXT, 11, colour=WHITE), [("size", 11)]),
        (para(TEXT, 14, colour=WHITE, weight=300), [("weight", 300)]),
        (para(TEXT, 14, colour=(0.2, 0.2, 0.5)), [("ratio", pytest.approx(1.9, abs=0.3))]),
    ],
)
def test_reversed_type_is_held_to_contrast_size_and_weight(piece: Piece, wanted: list[object]) -> None:
    found = judged("reversed-type", _on(Ground(NAVY, "flat"), piece))
    assert found.answer == ("no" if wanted else "yes")
    assert faults(found) == wanted


def test_12_point_reversed_type_is_advice_unless_semi_bold() -> None:
    ground = Ground(BLACK, "flat")
    assert hints(judged("reversed-type", _on(ground, para(TEXT, 12, colour=WHITE)))) == [("size", 12)]
    assert hints(judged("reversed-type", _on(ground, para(TEXT, 12, colour=WHITE, weight=600)))) == []


def test_reversed_type_in_an_unknown_face_is_asked_about() -> None:
    found = judged("reversed-type", _on(Ground(BLACK, "flat"), para(TEXT, 14, colour=WHITE, weight=None)))
    assert (found.answer, found.cause) == ("ask", "unmeasured")


def test_the_fix_names_the_nearest_ink_of_the_same_hue_that_passes() -> None:
    red, green, blue = from_hex(passing("#ff8080", "#ffffff", 4.5))
    assert red > green == blue  # red still
    assert 4.5 <= contrast((red, green, blue), WHITE) < 4.6
    assert passing("#777777", "#808080", 7.0) == "#000000"  # nothing reaches 7: the strongest there is
    fault = judged("text-contrast", _on(Ground(WHITE), para(TEXT, 14, colour=from_hex("#ff8080")))).faults[0]
    assert fault.fix.endswith(f"is {passing('#ff8080', '#ffffff', 4.5)}.")
