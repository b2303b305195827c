"""Weight and slant as they are seen, from the font in the file to the answer: names that lie, letters stroked and skewed."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from clearprint import Answer, check
from clearprint.model import Job, Style
from clearprint.readers import open_source
from tests.raw_pdf import line, raw_pdf, saved
from tests.test_pdf_faces import PANGRAM, font_file

TEXT = f"{PANGRAM}. Sphinx of black quartz, judge my vow and pack the box with five dozen jugs."


def _document(folder: Path, file: str, name: str, ink: str = "0 g", ground: str = "") -> Path:
    """A page set at 16 pt in a font of the machine that the file calls `name`."""
    document = pymupdf.open()
    page = document.new_page()
    if ground:
        page.draw_rect(page.rect, fill=(0, 0, 0.4), color=None)
    writer = pymupdf.TextWriter(page.rect, color=(1, 1, 1) if ground else (0, 0, 0))
    font = pymupdf.Font(fontfile=font_file(file))
    for number in range(8):
        writer.append((60, 100 + 30 * number), TEXT[9 * number : 9 * number + 50], font, 16)
    writer.write_text(page)
    for xref, *_ in page.get_fonts():
        document.xref_set_key(xref, "BaseFont", f"/{name}")
        descendant = document.xref_get_key(xref, "DescendantFonts")[1]
        for inner in [int(part) for part in descendant.strip("[]").split() if part.isdigit() and part != "0"]:
            document.xref_set_key(inner, "BaseFont", f"/{name}")
    path = folder / "page.pdf"
    document.save(path)
    return path


def _answers(path: Path) -> tuple[Answer, Answer]:
    report = check(path)
    return report.answer("type-weight"), report.answer("reversed-type")


@pytest.mark.parametrize(
    ("file", "name", "weight", "answer"),
    [
        ("Lato-Light.ttf", "Plain-Light", 300, "no"),  # light and called so
        ("Lato-Light.ttf", "Plain-Regular", 300, "no"),  # light and not called so
        ("Lato-Light.ttf", "Plain", 300, "no"),
        ("Lato-Regular.ttf", "Plain-Light", 400, "yes"),  # called light and sturdy
        ("URWBookman-Light.otf", "Plain-Light", 400, "yes"),
        ("Lato-Regular.ttf", "Plain-Regular", 400, "yes"),
        ("Lato-Bold.ttf", "Plain-Light", 700, "yes"),
        ("Lato-Medium.ttf", "Plain-Medium", 500, "yes"),
        ("Lato-Thin.ttf", "Plain-Bold", 200, "no"),
    ],
)
def test_outlines_say_whether_a_face_is_light(tmp_path: Path, file: str, name: str, weight: int, answer: str) -> None:
    path = _document(tmp_path, file, name)
    with open_source(path, Job()) as source:
        (style,) = {span.style for block in source.page(0).blocks for span in block.spans}
    assert (style.face.name, style.weight) == (name, weight)
    assert _answers(path)[0].answer == answer
    assert _answers(_document(tmp_path, file, name, ground="navy"))[1].answer == answer


def _style(folder: Path, content: str) -> Style:
    with open_source(saved(folder, raw_pdf(content)), Job()) as source:
        (style,) = {span.style for block in source.page(0).blocks for span in block.spans}
    return style


@pytest.mark.parametrize(
    ("painted", "weight"),
    [
        ("0 Tr", 400),
        ("2 Tr .02 w", 400),  # a hair
        ("2 Tr .35 w", 600),  # what word processors stroke 12 pt with
        ("2 Tr .5 w", 700),
        ("2 Tr 1 w", 800),
        ("2 Tr .5 w 1 G", 400),  # an outline in the colour of the paper makes nothing bolder
    ],
)
def test_stroked_letters_are_as_bold_as_they_look(tmp_path: Path, painted: str, weight: int) -> None:
    style = _style(tmp_path, line("Hamburgefonstiv now and then", extra=painted))
    assert style.weight == weight
    assert style.face.stem is not None
    assert not style.synthetic_bold  # told by the stems


def test_a_slight_skew_is_no_italic_and_a_plain_one_is(tmp_path: Path) -> None:
    for slope, slanted in ((0.0, False), (0.02, False), (0.21, True), (-0.21, True)):
        content = f"BT /F1 12 Tf 1 0 {slope} 1 50 250 Tm (The whole of this sentence is set so.) Tj ET"
        assert bool(_style(tmp_path, content).italic) is slanted
    leaning = "BT /F1 14 Tf 1 0 .21 1 20 {} Tm (This line of the page leans over to the right.) Tj ET\n"
    text = "".join(leaning.format(250 - 20 * at) for at in range(6))
    found = check(saved(tmp_path, raw_pdf(text))).answer("type-weight")
    assert found.answer == "no"
    assert {fault.measure for fault in found.faults} == {"italic"}
