"""The drawing of what was understood: made for a page, refused with a sentence where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen import canvas

from clearprint.annotate.draw_layout import KEY_WIDTH, describe_block, draw
from clearprint.errors import BadUsage
from clearprint.model import Block, Face, Job, Span, Style


@pytest.fixture
def leaflet(tmp_path: Path) -> Path:
    path = tmp_path / "leaflet.pdf"
    sheet = canvas.Canvas(str(path), pagesize=(300, 400))
    sheet.setFont("Helvetica", 12)
    for number in range(5):
        sheet.drawString(40, 340 - 15 * number, "Some words of a paragraph that go on")
    sheet.showPage()
    sheet.save()
    return path


def test_a_page_is_drawn_with_its_key(leaflet: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.png"
    draw(leaflet, 1, target, Job())
    with Image.open(target) as picture:
        assert picture.format == "PNG"
        scale = (picture.width - KEY_WIDTH) / 300
        colours = {
            colour for _, colour in picture.convert("RGB").crop((0, 0, picture.width - KEY_WIDTH, 500)).getcolors(1 << 20)
        }
    assert scale > 1
    assert (60, 140, 220) in colours or (120, 120, 120) in colours  # boxes of lines


def test_the_declared_scale_is_drawn_too(leaflet: Path, tmp_path: Path) -> None:
    draw(leaflet, 1, tmp_path / "half.png", Job(scale=0.5))
    with Image.open(tmp_path / "half.png") as picture:
        assert picture.width < 600


@pytest.mark.parametrize("number", [0, 2, -1, 99])
def test_a_page_that_is_not_there(leaflet: Path, tmp_path: Path, number: int) -> None:
    with pytest.raises(BadUsage, match="one page; there is no page"):
        draw(leaflet, number, tmp_path / "page.png", Job())


def test_a_word_document_has_no_pages_to_draw(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    path = tmp_path / "letter.docx"
    document = docx.Document()
    document.add_paragraph("Dear reader")
    document.save(str(path))
    with pytest.raises(BadUsage, match="no fixed pages"):
        draw(path, 1, tmp_path / "page.png", Job())


def test_a_block_in_words() -> None:
    style = Style(Face("Test", "Test"), 10)
    block = Block((Span("Some text", style),), "Some text", 10, role="heading", level=2, in_columns=True, angle=90)
    assert describe_block(block, 3) == "3 heading2 10.0 cols 90°"
