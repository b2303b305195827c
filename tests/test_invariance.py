"""The same pages written in another way get the same answers, and figures that agree with how a page was made."""

from __future__ import annotations

import random
import tempfile
from functools import lru_cache
from pathlib import Path

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.invariance import WAYS, checked, told
from clearprint import layout
from clearprint.model import Job, Marks
from clearprint.readers.from_pdf import PdfSource
from tests import rewritten
from tests.needs import program
from tests.raw_pdf import raw_pdf, stream

ROOT = Path(__file__).parents[1]
CORPUS = ROOT.parent / "shared" / "corpus" / "pdf"

# A leaflet with reversed type, turned text, tracked lines, writing lines and a picture that text runs round, and a form.
DOCUMENTS = {
    "leaflet": ROOT / "fixtures" / "samples" / "leaflet-bad.pdf",
    "letter": ROOT / "fixtures" / "samples" / "letter-bad.pdf",
}
SOME = ["moved", "scaled 2.5", "turned 90", "turned 270", "cropped", "forms", "joined", "shuffled", "glyphs shuffled"]


@lru_cache(maxsize=4)
def answers(path: Path) -> dict[str, tuple[str, int, tuple[str, ...]]]:
    return {answer.name: told(answer) for answer in checked(path.read_bytes()).answers}


@pytest.mark.parametrize("way", SOME)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_answers_stay_when_the_page_is_written_otherwise(name: str, way: str) -> None:
    path = DOCUMENTS[name]
    after = checked(WAYS[way](path.read_bytes()))
    assert {answer.name: told(answer) for answer in after.answers} == answers(path)


@pytest.mark.parametrize("way", [*rewritten.QPDF, *rewritten.MUTOOL])
def test_answers_stay_when_another_program_saves_the_file(way: str) -> None:
    program(way.split()[0])
    path = DOCUMENTS["leaflet"]
    after = checked(WAYS[way](path.read_bytes()))
    assert {answer.name: told(answer) for answer in after.answers} == answers(path)


@pytest.mark.parametrize("way", ["turned 270", "shuffled"])
def test_a_tagged_form_keeps_its_answers(way: str) -> None:
    """Its fields are turned and scaled with it, and its words find their tags in whatever pieces they are shown."""
    path = CORPUS / "alan-turing-institute__A6_ConsentForm.pdf"
    if not path.exists():
        pytest.skip("the corpus of real documents is not beside the project")
    after = checked(WAYS[way](path.read_bytes()))
    assert {answer.name: told(answer) for answer in after.answers} == answers(path)


def test_answers_stay_through_ghostscript() -> None:
    program("gs")
    path = DOCUMENTS["letter"]
    after = checked(WAYS["ghostscript"](path.read_bytes()))
    assert {answer.name: told(answer) for answer in after.answers} == answers(path)


# --- figures by construction ----------------------------------------------------------------------------------------------

HELVETICA = pymupdf.Font("helv")
LINES = (
    "Please bring your glasses, the drops you use and a list",
    "of your tablets. The nurse will test how well you see and",
    "then put more drops in, so that the doctor can look into",
    "your eyes. Your sight will be blurred until the evening.",
)
LEFT, TOP, SIZE, PITCH = 60.0, 70.0, 11.0, 15.5
SHEET = (420.0, 300.0)


def placed(size: float = SIZE) -> list[tuple[str, float, float]]:
    """Each word of the paragraph with its left edge and baseline, points from the top left."""
    result = []
    for number, text in enumerate(LINES):
        x = LEFT
        for word in text.split():
            result.append((word, x, TOP + number * PITCH))
            x += HELVETICA.text_length(word + " ", size)
    return result


def written(order: random.Random, by: str, by_matrix: bool) -> str:
    """The paragraph shown in pieces, in any order, each in a text object of its own or all in one."""
    pieces = []
    for word, x, y in placed():
        parts = list(word) if by == "glyph" else [word[:2], word[2:]] if by == "half" else [word]
        for part in parts:
            if not part:
                continue
            font = f"/F1 1 Tf {SIZE} 0 0 {SIZE}" if by_matrix else f"/F1 {SIZE} Tf 1 0 0 1"
            pieces.append(f"{font} {x:.4f} {SHEET[1] - y:.4f} Tm ({part}) Tj")
            x += HELVETICA.text_length(part, SIZE)
    order.shuffle(pieces)
    one = order.random() < 0.5
    return "BT " + "\n".join(pieces) + " ET" if one else "\n".join(f"BT {piece} ET" for piece in pieces)


def measured(data: bytes, scale: float | None = None) -> Marks:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.pdf")
        path.write_bytes(data)
        with PdfSource(path, Job(scale=scale)) as source:
            return source.marks(0)


def is_the_paragraph(data: bytes) -> None:
    page = layout.understand(measured(data))
    assert (page.width, page.height) == pytest.approx(SHEET, abs=0.02)
    assert len(page.blocks) == 1
    block = page.blocks[0]
    assert [line.text for line in block.lines] == list(LINES)
    assert block.size == pytest.approx(SIZE, abs=0.02)
    assert block.leading == pytest.approx(PITCH, abs=0.02)
    assert block.angle == 0.0
    assert block.box is not None
    assert block.box.x0 == pytest.approx(LEFT, abs=0.4)
    for number, line in enumerate(block.lines):
        assert line.baseline == pytest.approx(TOP + number * PITCH, abs=0.05)
        assert all(span.style.tracking == 0.0 and span.style.stretch == 1.0 for span in line.spans)
        assert all(gap == pytest.approx(HELVETICA.text_length(" ", SIZE), abs=0.1) for gap in line.gaps)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10**6),
    by=st.sampled_from(["word", "half", "glyph"]),
    by_matrix=st.booleans(),
    turn=st.sampled_from([0, 90, 180, 270]),
    unit=st.sampled_from([1.0, 0.25, 3.0]),
    by_x=st.floats(-900, 900),
    by_y=st.floats(-900, 900),
    deep=st.integers(0, 3),
)
def test_a_paragraph_is_the_same_however_it_is_written(
    seed: int, by: str, by_matrix: bool, turn: int, unit: float, by_x: float, by_y: float, deep: int
) -> None:
    data = raw_pdf(written(random.Random(seed), by, by_matrix), media=f"0 0 {SHEET[0]} {SHEET[1]}")
    if deep:
        data = rewritten.in_forms(0.7, deep)(data)
    if turn:
        data = rewritten.turned(turn, (by_x, by_y), unit)(data)
    else:
        data = rewritten.moved((by_x, by_y))(data)
        data = rewritten.scaled(unit)(data) if unit != 1.0 else data
    is_the_paragraph(data)


def test_lines_joined_through_their_gaps_are_the_same() -> None:
    space = -HELVETICA.text_length(" ", 1000)
    shows = "\n".join(
        f"1 0 0 1 {LEFT} {SHEET[1] - TOP - number * PITCH} Tm [({f') {space:.1f} ('.join(text.split())})] TJ"
        for number, text in enumerate(LINES)
    )
    is_the_paragraph(raw_pdf(f"BT /F1 {SIZE} Tf {shows} ET", media=f"0 0 {SHEET[0]} {SHEET[1]}"))


# --- what only the file says, and the page does not -----------------------------------------------------------------------


def lines_of(content: str, *, objects: list[str] | None = None, font: str = "") -> list[str]:
    page = layout.understand(measured(raw_pdf(content, media="0 0 420 300", objects=objects or [], font=font)))
    return [line.text for block in page.blocks for line in block.lines]


@settings(max_examples=20, deadline=None)
@given(stop=st.sampled_from(["!", "?", ":", ";"]), gap=st.floats(0.02, 0.155), size=st.sampled_from([9.0, 12.0, 16.0]))
def test_the_fine_space_before_a_french_stop_parts_no_words_be_it_a_sign_or_none(stop: str, gap: float, size: float) -> None:
    words, x, shows = ["Mon", "territoire"], 50.0, ""
    for word in words:
        shows += f"1 0 0 1 {x:.3f} 200 Tm ({word}) Tj\n"
        x += HELVETICA.text_length(word + " ", size)
    x += gap * size - HELVETICA.text_length(" ", size)
    high = f"1 0 0 1 {x:.3f} 200 Tm ({stop}) Tj\n"
    space = f"{100 * gap / 0.278:.3f} Tz ( ) Tj 100 Tz\n"  # a space sign as wide as the gap
    for between in (space, ""):
        assert lines_of(f"BT /F1 {size} Tf {shows}{between}{high} ET") == [f"Mon territoire{stop}"]


@settings(max_examples=20, deadline=None)
@given(shift=st.floats(-3, 3), pitch=st.floats(10.0, 14.0))
def test_a_numerator_belongs_to_its_fraction_whatever_stands_above_it(shift: float, pitch: float) -> None:
    upper = "plan is not in"
    end = 50 + HELVETICA.text_length(upper, 10)
    lower = "an area extending "
    x = 50 + HELVETICA.text_length(lower, 10)
    start = end - x + shift  # the numerator begins near where the word above ends
    shows = (
        f"/F1 10 Tf 1 0 0 1 50 {200 + pitch:.3f} Tm ({upper}) Tj 1 0 0 1 {50 + start:.3f} 200 Tm ({lower}) Tj "
        f"/F1 6.8 Tf 1 0 0 1 {x + start:.3f} 202.9 Tm (1) Tj /F1 10 Tf 1 0 0 1 {x + start + 3.8:.3f} 200 Tm (/2-mile) Tj"
    )
    assert lines_of(f"BT {shows} ET") == [upper, "an area extending 1/2-mile"]


def test_a_blank_that_is_said_to_be_a_soft_hyphen_as_well_is_no_hyphen() -> None:
    said = "/Span << /ActualText <FEFF00AD2002> >> BDC ( ) Tj EMC"
    assert lines_of(f"BT /F1 11 Tf 1 0 0 1 50 200 Tm (Note) Tj {said} ( To be eligible) Tj ET") == ["Note To be eligible"]


def test_a_latin_name_in_an_arabic_line_is_the_same_in_any_pieces() -> None:
    """Letters a to c of the font F2 are Arabic; the line reads from the right: cb, Python, a."""
    told = "<61> <0627> <62> <0628> <63> <062A>"
    named = "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange "
    objects = [
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /ToUnicode 7 0 R >>",
        stream(named + f"3 beginbfchar {told} endbfchar endcmap end"),
    ]
    pieces = ["200 (b)", "206 (c)", "150 (P)", "157.34 (ython)", "130 (a)"]
    for seed in range(6):
        order = random.Random(seed).sample(pieces, len(pieces))
        shows = " ".join("1 0 0 1 {} 200 Tm {} Tj".format(*piece.split()) for piece in order)
        text = " ".join(lines_of(f"BT /F2 11 Tf {shows} ET", objects=objects, font="/F2 6 0 R"))
        assert "Python" in text, order


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), turn=st.sampled_from([0, 90, 180, 270]))
def test_a_mark_over_larger_type_than_the_body_is_raised_in_any_order(seed: int, turn: int) -> None:
    """The body of the page is no larger than the mark, so that its size alone says nothing."""
    heading = "Lines for children"
    after = 50 + HELVETICA.text_length(heading, 12)
    shows = [f"/F1 12 Tf 1 0 0 1 50 240 Tm ({heading}) Tj", f"/F1 8 Tf 1 0 0 1 {after:.3f} 244 Tm (2) Tj"]
    shows += [f"/F1 9 Tf 1 0 0 1 50 {200 - 12 * number} Tm ({text}) Tj" for number, text in enumerate(LINES)]
    random.Random(seed).shuffle(shows)
    data = raw_pdf(f"BT {' '.join(shows)} ET", media="0 0 420 300")
    page = layout.understand(measured(rewritten.turned(turn)(data) if turn else data))
    assert [line.text for block in page.blocks for line in block.lines] == [f"{heading}2", *LINES]
    assert [span.text for block in page.blocks for span in block.spans if span.style.raised] == ["2"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_an_accent_over_a_capital_stands_at_its_letter_however_the_page_is_turned(turn: int) -> None:
    """As TeX sets it: the circumflex first, higher than over a small letter, then back to the capital."""
    shows = "1 0 0 1 50 200 Tm (Jan) Tj 1 0 0 1 74 202.3 Tm (\\210) Tj 1 0 0 1 73 200 Tm (Sedivy wrote) Tj"
    data = raw_pdf(f"BT /F1 10 Tf {shows} ET", media="0 0 420 300")
    words = measured(rewritten.turned(turn)(data) if turn else data).words
    assert [word.text for word in words if "\u02c6" not in word.text] == ["Jan", "Sedivy", "wrote"]
    page = layout.understand(measured(rewritten.turned(turn)(data) if turn else data))
    (line,) = [line for block in page.blocks for line in block.lines]
    assert line.baseline == pytest.approx(100, abs=0.05)
    assert line.size == pytest.approx(10, abs=0.02)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10**6), kern=st.floats(0.0, 0.17), doubled=st.booleans())
def test_a_line_is_the_same_letter_by_letter_be_it_kerned_or_painted_twice(seed: int, kern: float, doubled: bool) -> None:
    """A comma is moved back under the letter before it; a poor man's bold paints every letter again in its place."""
    text = "A wheelchair, a floor, and a voice that calls"
    shows, x = [], 50.0
    for letter in text:
        x -= kern * 12 if letter == "," else 0.0
        if letter != " ":
            shows += [f"1 0 0 1 {x:.3f} 200 Tm ({letter}) Tj"] * (1 + doubled)
        x += HELVETICA.text_length(letter, 12)
    random.Random(seed).shuffle(shows)
    assert lines_of(f"BT /F1 12 Tf {' '.join(shows)} ET") == [text]
