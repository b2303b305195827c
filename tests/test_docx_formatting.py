"""Formatting as Word shows it, rule by rule: expected values from ECMA-376-1, clauses named, and Word's own ways."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest

import clearprint
from clearprint.colour import to_hex
from clearprint.model import Block, Job, Page
from clearprint.readers.from_docx import DocxSource
from tests.docx_kit import (
    NAMESPACES,
    PLAIN,
    SECTION,
    Read,
    content_types,
    docx,
    p,
    picture,
    png,
    r,
    reader,
    save,
    style,
    zipped,
)

LONG = "Long enough a sentence to fill a line or two of the page, so that it reads as a paragraph of running text."


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    return reader(tmp_path, monkeypatch)


def first(page: Page) -> Block:
    return page.blocks[0]


# --- runs -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rpr", "name", "wanted"),
    [
        ('<w:w w:val="150"/>', "stretch", 1.5),  # 17.3.2.43
        ('<w:w w:val="80%"/>', "stretch", 0.8),  # the same as Strict writes it
        ('<w:spacing w:val="-12"/>', "tracking", -0.05),  # 17.3.2.35, of 12 points
        ('<w:position w:val="12"/>', "raised", True),  # 17.3.2.24: half a size up reads as a raised mark
        ('<w:position w:val="2"/>', "raised", False),
        ('<w:vertAlign w:val="subscript"/>', "raised", True),  # 17.3.2.42
        ('<w:vertAlign w:val="baseline"/>', "raised", False),
        ('<w:u w:val="none"/>', "underlined", False),
        ("<w:dstrike/>", "struck", True),
        ('<w:caps/><w:caps w:val="0"/>', "caps", None),
        ('<w:fitText w:val="900"/>', "tracking", None),  # 17.3.2.14: set apart as far as fits, which a layout tells
        ('<w:szCs w:val="60"/>', "size", 12.0),  # not of Latin letters
        ('<w:rtl/><w:szCs w:val="60"/>', "size", 30.0),  # 17.3.2.30
        ('<w:cs/><w:szCs w:val="60"/>', "size", 30.0),  # 17.3.2.7
        ("<w:cs/><w:b/>", "weight", 400),  # 17.3.2.2: w:bCs counts there
        ("<w:cs/><w:bCs/>", "weight", 700),
    ],
)
def test_what_a_run_says(read: Read, rpr: str, name: str, wanted: object) -> None:
    found = getattr(first(read(p("word", rpr=rpr))).style, name)
    assert found == (pytest.approx(wanted) if isinstance(wanted, float) else wanted)


def test_east_asian_signs_have_their_own_face_and_the_size_of_latin_letters(read: Read) -> None:
    """17.3.2.26 and 17.3.2.38: w:sz is of all but complex scripts."""
    rpr = (
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="MS Mincho" w:cs="Tahoma"/><w:sz w:val="28"/><w:szCs w:val="40"/>'
    )
    spans = first(read(p("abc 日本語 אבג", rpr=rpr))).spans
    assert [(span.style.face.name, span.style.size) for span in spans] == [("Arial", 14), ("MS Mincho", 14), ("Tahoma", 20)]


def test_old_style_figures_asked_for(tmp_path: Path) -> None:
    """w14:numForm of [MS-DOCX] 2.6.1.11."""
    body = p("In 1984", rpr='<w14:numForm w14:val="oldStyle"/>') + p("In 1985")
    with DocxSource(save(tmp_path, docx(body)), Job()) as source:
        old, plain = (block.style.face.digits for block in source.page(0).blocks)
    assert old is not None
    assert plain is not None
    assert (old.old_style, plain.old_style) == (True, False)


@pytest.mark.parametrize(
    ("shade", "ink"),
    [("000000", "#ffffff"), ("1F3864", "#ffffff"), ("FFFF00", "#000000"), ("auto", "#000000")],
)
def test_automatic_ink_is_white_on_a_dark_shade(read: Read, shade: str, ink: str) -> None:
    """17.3.2.6, auto; LibreOffice 7.4 takes theme shades for none here, so that the clause decides."""
    colour = first(read(p("word", f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>'))).style.colour
    assert colour is not None
    assert to_hex(colour) == ink


def test_bold_in_a_bold_style_is_plain_and_direct_bold_stays(read: Read) -> None:
    """17.7.3: toggles of styles cancel each other; LibreOffice 7.4 keeps them bold."""
    styles = PLAIN + style("Loud", rpr="<w:b/>") + style("Strong", "character", rpr="<w:b/>")
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Loud"/></w:pPr>{r("a", "<w:rStyle w:val=" + chr(34) + "Strong" + chr(34) + "/>")}</w:p>'
    )
    assert first(read(body, styles=styles)).style.weight == 400
    direct = '<w:rStyle w:val="Strong"/><w:b/>'
    assert first(read(f'<w:p><w:pPr><w:pStyle w:val="Loud"/></w:pPr>{r("a", direct)}</w:p>', styles=styles)).style.weight == 700


# --- paragraphs ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("upper", "lower", "wanted"),
    [
        ('<w:spacing w:after="200"/>', '<w:spacing w:before="100"/>', 14.4 + 10),  # the larger, 17.3.1.33
        ('<w:spacing w:afterAutospacing="1" w:after="400"/>', "", 14.4 + 14),  # Word's automatic space
        ('<w:spacing w:afterLines="50"/>', "", 14.4 + 6),  # hundredths of a line of 12 points
        ('<w:spacing w:after="200"/><w:contextualSpacing/>', "", 14.4),  # 17.3.1.9: none after, between paragraphs of one style
        ('<w:spacing w:after="200"/>', '<w:spacing w:before="100"/><w:contextualSpacing/>', 14.4 + 10),
        ('<w:spacing w:line="480" w:lineRule="auto"/>', '<w:spacing w:line="480" w:lineRule="auto"/>', 28.8),
        ('<w:spacing w:line="400" w:lineRule="atLeast"/>', '<w:spacing w:line="400" w:lineRule="atLeast"/>', 20),
    ],
)
def test_space_between_paragraphs(read: Read, upper: str, lower: str, wanted: float) -> None:
    blocks = read(p(LONG, upper) + p(LONG, lower)).blocks
    assert blocks[0].step == pytest.approx(wanted)


def test_contextual_spacing_holds_between_equal_styles_only(read: Read) -> None:
    styles = PLAIN + style("Other")
    body = p(LONG, '<w:spacing w:after="200"/><w:contextualSpacing/>') + p(LONG, '<w:pStyle w:val="Other"/>')
    assert first(read(body, styles=styles)).step == pytest.approx(24.4)


def test_empty_paragraphs_are_space(read: Read) -> None:
    assert first(read(p(LONG) + p() + p() + p(LONG))).step == pytest.approx(3 * 14.4)
    small = '<w:p><w:pPr><w:rPr><w:sz w:val="12"/></w:rPr></w:pPr></w:p>'
    assert first(read(p(LONG) + small + p(LONG))).step == pytest.approx(14.4 + 7.2)


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ('w:line="276" w:lineRule="auto"', 1.15 * 14.4),
        ('w:line="276"', 1.15 * 14.4),  # auto where no rule is said, 17.18.48
        ('w:line="240" w:lineRule="exact"', 12.0),
        ('w:line="240" w:lineRule="atLeast"', 14.4),  # the type needs more
        ('w:line="16pt" w:lineRule="exact"', 16.0),  # as Strict writes it
    ],
)
def test_line_spacing(read: Read, attributes: str, wanted: float) -> None:
    assert first(read(p(LONG * 2, f"<w:spacing {attributes}/>"))).leading == pytest.approx(wanted)


def test_a_line_grid_rounds_lines_up(read: Read) -> None:
    """17.6.5: single lines snap to the grid of the section, unless they ask not to."""
    section = SECTION.replace("</w:sectPr>", '<w:docGrid w:type="lines" w:linePitch="360"/></w:sectPr>')
    assert first(read(p(LONG * 2), section=section)).leading == pytest.approx(18)
    assert first(read(p(LONG * 2, '<w:snapToGrid w:val="0"/>'), section=section)).leading == pytest.approx(14.4)


def test_picture_bullets_hold_no_letter_and_make_a_list(read: Read) -> None:
    numbering = (
        '<w:numPicBullet w:numPicBulletId="0"><w:pict/></w:numPicBullet><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0">'
        '<w:numFmt w:val="bullet"/><w:lvlText w:val="o"/><w:lvlPicBulletId w:val="0"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    block = first(read(p("milk", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'), numbering=numbering))
    assert (block.text, block.hint) == ("milk", "list")


def test_a_style_linked_to_a_character_style_is_a_paragraph_style_of_its_own(read: Read) -> None:
    """17.7.4.6: the link only pairs both in the program's list of styles."""
    styles = PLAIN + style("Loud", more='<w:link w:val="LoudChar"/>', rpr='<w:sz w:val="40"/>')
    styles += style("LoudChar", "character", more='<w:link w:val="Loud"/>', rpr='<w:sz w:val="40"/>')
    assert first(read(p("a", '<w:pStyle w:val="Loud"/>'), styles=styles)).size == 20
    assert first(read(p("a", rpr='<w:rStyle w:val="LoudChar"/>'), styles=styles)).size == 20


def test_both_branches_of_alternate_content_are_read_once(read: Read) -> None:
    inside = f"<w:txbxContent>{p('once')}</w:txbxContent>"
    box = f"<wps:wsp><wps:spPr/><wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp>"
    shape = f"<a:graphic><a:graphicData>{box}</a:graphicData></a:graphic>"
    choice = f'<w:drawing><wp:anchor><wp:extent cx="2000000" cy="900000"/>{shape}</wp:anchor></w:drawing>'
    fallback = f'<w:pict><v:shape style="width:100pt;height:50pt"><v:textbox>{inside}</v:textbox></v:shape></w:pict>'
    both = f'<mc:Choice Requires="wps">{choice}</mc:Choice><mc:Fallback>{fallback}</mc:Fallback>'
    body = f"<w:p><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"
    assert [block.text for block in read(body).blocks] == ["once"]


# --- kinds of files, and what is not safe -------------------------------------------------------------------------------------


def _with_type(kind: str) -> bytes:
    """A document whose main part is listed as of that kind."""
    with zipfile.ZipFile(io.BytesIO(docx(p("Read me.")))) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    files["[Content_Types].xml"] = content_types(files).replace(plain, kind)
    return zipped(files)


def test_templates_are_read(tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    report = clearprint.check(save(tmp_path, _with_type(kind), "form.dotx"))
    assert (report.error, report.format) == (None, "docx")


@pytest.mark.parametrize("kind", ["document", "template"])
def test_files_with_macros_get_a_sentence(tmp_path: Path, kind: str) -> None:
    report = clearprint.check(save(tmp_path, _with_type(f"application/vnd.ms-word.{kind}.macroEnabled.main+xml"), "a.docm"))
    assert report.error is not None
    assert (report.error.code, "without macros" in report.error.message) == ("not-supported", True)


def test_an_enormous_picture_is_measured_and_not_decoded(tmp_path: Path) -> None:
    """A picture of 50,000 by 50,000 pixels in a few bytes would take 7 GB."""
    small = bytearray(png(2, 2))
    small[16:24] = (50_000).to_bytes(4, "big") * 2
    body = f"<w:p>{picture('pic', 3_600_000, 3_600_000)}</w:p>" + p(LONG)
    start = time.perf_counter()
    with DocxSource(save(tmp_path, docx(body, parts={"pic": ("image", bytes(small))})), Job()) as source:
        found = source.page(0).pictures
    assert len(found) == 1
    assert time.perf_counter() - start < 2


def test_tables_in_tables_without_end_are_a_sentence_or_a_page(tmp_path: Path) -> None:
    """The parser takes no more than 256 levels (huge_tree is off)."""
    body = p("x")
    for _ in range(400):
        body = f"<w:tbl><w:tr><w:tc>{body}<w:p/></w:tc></w:tr></w:tbl>"
    report = clearprint.check(save(tmp_path, docx(body)))
    assert report.error is not None
    assert report.error.code == "damaged"


def test_many_parts_are_refused(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {f"word/x{number}.bin": b"" for number in range(20_001)}
    files["word/document.xml"] = f"<w:document {NAMESPACES}><w:body>{p('x')}</w:body></w:document>"
    report = clearprint.check(save(tmp_path, zipped(files)))
    assert report.error is not None
    assert report.error.code == "too-large"


def test_nothing_outside_is_opened_when_a_document_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Links out of the file are names to nobody: only the document itself is opened."""
    import builtins

    body = f"<w:p>{picture('gone', 3_600_000, 3_600_000)}</w:p>" + p("text")
    path = save(tmp_path, docx(body, parts={"gone": ("image", b"")}))
    opened: list[str] = []
    real = builtins.open

    def watched(file: Any, *args: Any, **more: Any) -> Any:
        opened.append(str(file))
        return real(file, *args, **more)

    DocxSource(path, Job())  # what is looked up once (faces, tables) is known now
    monkeypatch.setattr(builtins, "open", watched)
    DocxSource(path, Job())
    assert {name for name in opened if name != str(path)} == set()
