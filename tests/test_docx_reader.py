"""The DOCX reader: formatting resolved as ECMA-376 says, text of every story, facts of every block."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from clearprint.colour import WHITE, from_hex
from clearprint.layout import assign, settle, summarise
from clearprint.model import Block, Face, Job, Page, place_order
from clearprint.readers import docx_type
from clearprint.readers.from_docx import DocxSource, open
from tests.docx_kit import PLAIN, SECTION, docx, p, picture, png, r, save, style
from tests.test_pdf_pictures import qr_code

Read = Callable[..., Page]
LONG = "Long enough a sentence to fill a line or two of the page, so that it reads as a paragraph of running text."


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads a document of that body; every face has single spacing of 1.2 unless the test has its own."""

    def known(name: str, bold: bool = False, italic: bool = False) -> Face | None:
        if name.startswith("Unknown"):
            return None
        return Face(name, name, 700 if bold else 400, italic, line_height=1.2, basis="table")

    monkeypatch.setattr(docx_type, "known", known)

    def run(body: str, job: Job | None = None, index: int = 0, **kinds: Any) -> Page:
        return DocxSource(save(tmp_path, docx(body, **kinds)), job or Job()).page(index)

    return run


BALLOT = "\u2610"


def in_p(*inside: str) -> str:
    return "<w:p>" + "".join(inside) + "</w:p>"


def only(page: Page) -> Block:
    assert len(page.blocks) == 1
    return page.blocks[0]


# --- the order of styles --------------------------------------------------------------------------------------------------


def test_size_comes_from_the_nearest_level(read: Read) -> None:
    styles = (
        PLAIN
        + style("Normal", rpr='<w:sz w:val="22"/>', default=True)
        + style("Large", rpr='<w:sz w:val="40"/>', more='<w:basedOn w:val="Normal"/>')
        + style("Mark", "character", rpr='<w:sz w:val="30"/>')
    )
    body = (
        p("a")
        + p("b", '<w:pStyle w:val="Large"/>')
        + p("c", '<w:pStyle w:val="Large"/>', '<w:rStyle w:val="Mark"/>')
        + p("d", '<w:pStyle w:val="Large"/>', '<w:rStyle w:val="Mark"/><w:sz w:val="17"/>')
    )
    assert [block.size for block in read(body, styles=styles).blocks] == [11, 20, 15, 8.5]


def test_document_defaults_hold_where_no_style_speaks_and_ten_points_where_nothing_does(read: Read) -> None:
    assert only(read(p("a"))).size == 12
    assert only(read(p("a"), styles="")).size == 10


def test_a_style_based_on_itself_ends_there(read: Read) -> None:
    styles = style("A", rpr='<w:sz w:val="40"/>', more='<w:basedOn w:val="B"/>') + style(
        "B", rpr="<w:i/>", more='<w:basedOn w:val="A"/>'
    )
    block = only(read(p("a", '<w:pStyle w:val="A"/>'), styles=styles))
    assert (block.size, block.style.italic) == (20, True)


@pytest.mark.parametrize(
    ("paragraph", "character", "direct", "bold"),
    [
        ("", "", "", False),
        ("<w:b/>", "", "", True),
        ("<w:b/>", "<w:b/>", "", False),  # bold in bold is not bold
        ("", "<w:b/>", "", True),
        ("<w:b/>", '<w:b w:val="0"/>', "", True),
        ("<w:b/>", "<w:b/>", "<w:b/>", True),  # direct formatting is absolute
        ("<w:b/>", "", '<w:b w:val="false"/>', False),
    ],
)
def test_toggles_cancel_between_levels_of_styles(read: Read, paragraph: str, character: str, direct: str, bold: bool) -> None:
    """ECMA-376-1, 17.7.3. LibreOffice keeps the bold of bold in bold; the clause decides."""
    styles = PLAIN + style("P", rpr=paragraph) + style("C", "character", rpr=character)
    block = only(read(p("a", '<w:pStyle w:val="P"/>', '<w:rStyle w:val="C"/>' + direct), styles=styles))
    assert (block.style.weight == 700) is bold


def test_toggles_of_document_defaults_stay(read: Read) -> None:
    styles = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>" + style("P", rpr="<w:b/>")
    assert only(read(p("a", '<w:pStyle w:val="P"/>'), styles=styles)).style.weight == 700


def test_table_style_parts_apply_by_place(read: Read) -> None:
    styles = PLAIN + style(
        "T",
        "table",
        rpr='<w:sz w:val="20"/>',
        more='<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:fill="000080"/></w:tcPr>'
        '</w:tblStylePr><w:tblStylePr w:type="band2Horz"><w:tcPr><w:shd w:val="clear" w:fill="eeeeee"/>'
        "</w:tcPr></w:tblStylePr>",
    )
    row = f"<w:tr><w:tc>{p('a')}</w:tc><w:tc>{p('b')}</w:tc></w:tr>"
    look = '<w:tblPr><w:tblStyle w:val="T"/><w:tblLook w:firstRow="1" w:firstColumn="0" w:noHBand="0" w:noVBand="1"/></w:tblPr>'
    blocks = read(f"<w:tbl>{look}{row * 3}</w:tbl>", styles=styles).blocks
    assert [block.style.weight for block in blocks] == [700, 700, 400, 400, 400, 400]
    assert {block.size for block in blocks} == {10}
    grounds = [block.spans[0].ground for block in blocks]
    assert [ground.colour if ground else None for ground in grounds[::2]] == [from_hex("000080"), WHITE, from_hex("eeeeee")]
    assert blocks[0].style.colour == WHITE  # automatic ink on dark shading
    assert blocks[2].style.colour == (0, 0, 0)


def test_table_style_yields_to_a_paragraph_style(read: Read) -> None:
    styles = PLAIN + style("Normal", rpr='<w:sz w:val="26"/>', default=True) + style("T", "table", rpr='<w:sz w:val="16"/>')
    body = f'<w:tbl><w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tr><w:tc>{p("a")}</w:tc></w:tr></w:tbl>'
    assert only(read(body, styles=styles)).size == 13


# --- faces and scripts ----------------------------------------------------------------------------------------------------

FONTS = (
    '<a:clrScheme name="x"><a:dk1><a:srgbClr val="101010"/></a:dk1><a:lt1><a:srgbClr val="ffffff"/></a:lt1>'
    '<a:accent1><a:srgbClr val="336699"/></a:accent1></a:clrScheme>'
    '<a:fontScheme name="x"><a:majorFont><a:latin typeface="Georgia"/></a:majorFont>'
    '<a:minorFont><a:latin typeface="Verdana"/><a:ea typeface="MS Mincho"/><a:cs typeface="Tahoma"/>'
    "</a:minorFont></a:fontScheme>"
)


def test_theme_fonts_by_script(read: Read) -> None:
    fonts = (
        '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi" w:eastAsiaTheme="minorEastAsia" w:cstheme="minorBidi"/>'
    )
    body = p("Latin \u6f22\u5b57 and", "", fonts + '<w:sz w:val="22"/><w:szCs w:val="36"/>')
    spans = only(read(body, theme=FONTS)).spans
    assert [(span.text, span.style.face.name) for span in spans] == [
        ("Latin ", "Verdana"),
        ("\u6f22\u5b57 ", "MS Mincho"),
        ("and", "Verdana"),
    ]


def test_a_plain_font_nearer_by_beats_a_theme_font_from_afar(read: Read) -> None:
    styles = style("P", rpr='<w:rFonts w:asciiTheme="majorHAnsi"/>')
    body = p("a", '<w:pStyle w:val="P"/>') + p("b", '<w:pStyle w:val="P"/>', '<w:rFonts w:ascii="Arial"/>')
    assert [block.style.face.name for block in read(body, styles=styles, theme=FONTS).blocks] == ["Georgia", "Arial"]


def test_complex_script_has_its_own_size_weight_and_face(read: Read) -> None:
    rpr = '<w:rFonts w:ascii="Arial" w:cs="David"/><w:b/><w:sz w:val="20"/><w:szCs w:val="32"/><w:rtl/>'
    block = only(read(p("\u05e9\u05dc\u05d5\u05dd", "<w:bidi/>", rpr)))
    assert (block.size, block.style.face.name, block.style.weight) == (16, "David", 400)
    assert block.right_to_left
    assert block.alignment == "right"


def test_an_unknown_face_has_the_weight_its_name_or_run_says(read: Read) -> None:
    body = p("a", "", '<w:rFonts w:ascii="Unknown Sans Light"/>') + p("b", "", '<w:rFonts w:ascii="Unknown Sans"/>')
    light, plain = (block.style.face for block in read(body).blocks)
    assert (light.weight, light.named_light) == (300, True)
    assert (plain.weight, plain.line_height) == (None, None)


# --- ink and ground -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attributes", "wanted"),
    [
        ('w:val="FF0000"', "ff0000"),
        ('w:val="FF0000" w:themeColor="accent1"', "336699"),
        ('w:val="000000" w:themeColor="accent1" w:themeShade="80"', "1a334d"),
        ('w:val="000000" w:themeColor="accent1" w:themeTint="80"', "8cb2d9"),
        ('w:val="auto" w:themeColor="text1"', "101010"),
        ('w:val="auto"', "000000"),
    ],
)
def test_theme_colours_with_shade_and_tint(read: Read, attributes: str, wanted: str) -> None:
    colour = only(read(p("a", "", f"<w:color {attributes}/>"), theme=FONTS)).style.colour
    assert colour is not None
    assert max(abs(a - b) for a, b in zip(colour, from_hex(wanted), strict=True)) < 0.01


def test_ground_is_the_nearest_fill(read: Read) -> None:
    body = p("a", '<w:shd w:val="clear" w:fill="ffff00"/>') + p(
        "b", '<w:shd w:val="clear" w:fill="ffff00"/>', '<w:highlight w:val="blue"/>'
    )
    body += p("c", "", '<w:shd w:val="solid" w:color="112233" w:fill="ffffff"/>') + p(
        "d", "", '<w:shd w:val="pct50" w:color="000000" w:fill="ffffff"/>'
    )
    grounds = [block.spans[0].ground for block in read(body).blocks]
    assert [ground.kind if ground else None for ground in grounds] == ["flat"] * 4
    assert [ground.colour if ground else None for ground in grounds] == [
        (1, 1, 0),
        (0, 0, 1),
        from_hex("112233"),
        (0.5, 0.5, 0.5),
    ]


def test_paper_of_the_job_and_background_of_the_page(read: Read) -> None:
    ground = only(read(p("a"), Job(paper_colour=(1, 1, 0.8)))).spans[0].ground
    assert ground is not None
    assert (ground.colour, ground.kind) == ((1, 1, 0.8), "paper")
    background = '<w:background w:color="00ff00"/>'
    shown = only(read(p("a"), before_body=background, settings="<w:displayBackgroundShape/>")).spans[0].ground
    hidden = only(read(p("a"), before_body=background, settings="<w:zoom/>")).spans[0].ground
    assert shown is not None
    assert hidden is not None
    assert (shown.colour, hidden.colour) == ((0, 1, 0), WHITE)


# --- run facts ------------------------------------------------------------------------------------------------------------


def test_facts_of_a_run(read: Read) -> None:
    rpr = '<w:caps/><w:u w:val="single"/><w:strike/><w:w w:val="80"/><w:spacing w:val="24"/><w:sz w:val="24"/>'
    look = only(read(p("a", "", rpr))).style
    assert (look.caps, look.underlined, look.struck, look.stretch) == ("all", True, True, 0.8)
    assert look.tracking == pytest.approx(0.1)
    assert only(read(p("a", "", "<w:smallCaps/>"))).style.caps == "small"
    raised = only(read("<w:p>" + r("x") + r("2", '<w:vertAlign w:val="superscript"/>') + "</w:p>")).spans[1].style
    assert raised.raised
    assert raised.size == pytest.approx(7.8)


def test_hidden_text_is_not_printed(read: Read) -> None:
    body = f"<w:p>{r('seen ')}{r('hidden', '<w:vanish/>')}{r('too')}</w:p>" + p("gone", "", "<w:vanish/>")
    assert only(read(body)).text == "seen too"


def test_a_declared_scale_multiplies_every_length(read: Read) -> None:
    body = p("a", '<w:ind w:firstLine="400"/><w:spacing w:line="400" w:lineRule="exact" w:after="200"/>') * 2
    page = read(body, Job(scale=0.5))
    block = page.blocks[0]
    assert (block.size, block.leading, block.first_indent, block.step) == (6, 10, 10, 15)
    assert page.width == pytest.approx(297.65)


# --- paragraph facts ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("jc", "bidi", "wanted"),
    [
        ("left", "", "left"),
        ("start", "", "left"),
        ("end", "", "right"),
        ("right", "", "right"),
        ("center", "", "centred"),
        ("both", "", "justified"),
        ("distribute", "", "justified"),
        ("start", "<w:bidi/>", "right"),
        ("end", "<w:bidi/>", "left"),
        ("both", "<w:bidi/>", "justified"),
    ],
)
def test_alignment(read: Read, jc: str, bidi: str, wanted: str) -> None:
    assert only(read(p("a", f'<w:jc w:val="{jc}"/>{bidi}'))).alignment == wanted


@pytest.mark.parametrize(
    ("spacing", "wanted"),
    [
        ("", 14.4),
        ('w:line="360" w:lineRule="auto"', 21.6),
        ('w:line="276"', 16.56),
        ('w:line="200" w:lineRule="exact"', 10),
        ('w:line="200" w:lineRule="atLeast"', 14.4),
        ('w:line="400" w:lineRule="atLeast"', 20),
    ],
)
def test_leading_by_rule(read: Read, spacing: str, wanted: float) -> None:
    assert only(read(p("a", f"<w:spacing {spacing}/>"))).leading == pytest.approx(wanted)


def test_leading_of_an_unknown_face_is_known_only_where_the_line_is_fixed(read: Read) -> None:
    face = '<w:rFonts w:ascii="Unknown"/>'
    rules = (
        'w:line="240"',
        'w:line="300" w:lineRule="exact"',
        'w:line="500" w:lineRule="atLeast"',
        'w:line="200" w:lineRule="atLeast"',
    )
    blocks = [only(read(p("a", f"<w:spacing {rule}/>", face))) for rule in rules]
    assert [block.leading for block in blocks] == [None, 15, 25, None]


def test_step_is_the_pitch_and_the_larger_space(read: Read) -> None:
    def gap(first: str, second: str, between: str = "", settings: str = "") -> float | None:
        return read(p(LONG, first) + between + p(LONG, second), settings=settings).blocks[0].step

    wide, small = '<w:spacing w:after="200"/>', '<w:spacing w:before="120"/>'
    assert gap("", "") == pytest.approx(14.4)
    assert gap(wide, small) == pytest.approx(24.4)
    assert gap(wide, small, settings="<w:compat><w:doNotUseHTMLParagraphAutoSpacing/></w:compat>") == pytest.approx(30.4)
    assert gap(wide + "<w:contextualSpacing/>", small + "<w:contextualSpacing/>") == pytest.approx(14.4)
    assert gap("", "", between="<w:p/>") == pytest.approx(28.8)  # an empty paragraph used as space
    assert gap('<w:pStyle w:val="Heading1"/>', "") == pytest.approx(14.4)  # an unknown style is the default one


def test_an_unknown_face_is_taken_for_a_usual_one_in_steps_only(read: Read) -> None:
    face = '<w:rFonts w:ascii="Unknown"/>'
    first = read(p(LONG, '<w:spacing w:after="200" w:line="360"/>', face) + p(LONG, "", face)).blocks[0]
    assert first.leading is None
    assert first.likely_leading == pytest.approx(1.5 * 1.2 * 12)
    assert first.step == pytest.approx(1.5 * 1.2 * 12 + 10)


def test_a_heading_or_list_between_has_no_step(read: Read) -> None:
    styles = PLAIN + style("heading 1")
    body = p(LONG) + p("Title", '<w:pStyle w:val="heading 1"/>') + p(LONG)
    assert [block.step for block in read(body, styles=styles).blocks] == [None, None, None]


def test_hyphenation_switched_off_is_off(read: Read) -> None:
    """`autoHyphenation` with w:val="0" is off, though LibreOffice hyphenates all the same."""
    body = p("a") + p("b", "<w:suppressAutoHyphens/>")
    assert [block.hyphenation for block in read(body, settings='<w:autoHyphenation w:val="0"/>').blocks] == [False, False]
    page = read(body, settings="<w:autoHyphenation/>")
    assert [block.hyphenation for block in page.blocks] == [True, False]
    assert page.hyphenation is True


def test_indent_language_and_breaks(read: Read) -> None:
    block = only(
        read(
            '<w:p><w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr><w:r><w:rPr><w:lang w:val="cy-GB"/>'
            "</w:rPr><w:t>un</w:t><w:br/><w:t>dau</w:t></w:r></w:p>"
        )
    )
    assert (block.first_indent, block.language, block.forced_breaks, block.text) == (-18, "cy", True, "un\ndau")


# --- roles ----------------------------------------------------------------------------------------------------------------


def test_headings_by_name_by_what_they_are_based_on_and_by_outline_level(read: Read) -> None:
    named = style("berschrift2", more="").replace('<w:name w:val="berschrift2"/>', '<w:name w:val="heading 2"/>')
    own = style("Mine", more='<w:basedOn w:val="berschrift2"/>')
    title = style("Titel").replace('<w:name w:val="Titel"/>', '<w:name w:val="Title"/>')
    body = (
        p("a", '<w:pStyle w:val="berschrift2"/>')
        + p("b", '<w:pStyle w:val="Mine"/>')
        + p("c", '<w:outlineLvl w:val="0"/>')
        + p("d", '<w:pStyle w:val="Titel"/>')
        + p("e", '<w:outlineLvl w:val="9"/>')
    )
    found = [(block.hint, block.level) for block in read(body, styles=PLAIN + named + own + title).blocks]
    assert found == [("heading", 2), ("heading", 2), ("heading", 1), ("title", None), (None, None)]


NUMBERING = (
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/>'
    '<w:pPr><w:ind w:left="720" w:hanging="360"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="1"/></w:num>'
)


def test_list_items_and_their_indents(read: Read) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
    styles = PLAIN + style("L", ppr=numbered)
    body = (
        p("a", numbered)
        + p("b", '<w:pStyle w:val="L"/>')
        + p("c", '<w:pStyle w:val="L"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    )
    body += p("\u2022\ttyped")
    blocks = read(body, styles=styles, numbering=NUMBERING).blocks
    assert [block.hint for block in blocks] == ["list", "list", None, "list"]
    assert [block.first_indent for block in blocks[:2]] == [-18, -18]


def _list(number: int, abstract: int, *levels: str, start: int | None = None) -> str:
    """A definition and a list of it; one w:lvl's inside a level."""
    inside = "".join(f'<w:lvl w:ilvl="{index}">{level}</w:lvl>' for index, level in enumerate(levels))
    again = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{start}"/></w:lvlOverride>' if start else ""
    definition = f'<w:abstractNum w:abstractNumId="{abstract}">{inside}</w:abstractNum>' if levels else ""
    return definition + f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>{again}</w:num>'


def _item(text: str, number: int, level: int = 0, more: str = "") -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>{more}')


DECIMAL = '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/>'
ROMAN = '<w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%1.%2)"/><w:suff w:val="space"/>'


def test_numbers_of_lists_count_restart_and_go_on(read: Read) -> None:
    numbering = _list(1, 1, DECIMAL, ROMAN) + _list(2, 1) + _list(3, 1, start=7)
    body = _item("a", 1) + _item("b", 1, 1) + _item("c", 1, 1) + _item("", 1) + _item("d", 1, 1) + p("between")
    body += _item("e", 2) + _item("f", 3) + _item("g", 3)
    assert [block.text for block in read(body, numbering=numbering).blocks] == [
        "1.\ta",
        "(1.III) b",
        "(1.IV) c",
        "(2.III) d",  # the empty item before it prints its number and counts; what is below starts again
        "between",
        "3.\te",
        "7.\tf",
        "8.\tg",
    ]


@pytest.mark.parametrize(
    ("format_", "start", "label"),
    [
        ("lowerLetter", 28, "bb"),
        ("upperLetter", 3, "C"),
        ("lowerRoman", 1949, "mcmxlix"),
        ("decimalZero", 5, "05"),
        ("none", 1, ""),
    ],
)
def test_formats_of_numbers(read: Read, format_: str, start: int, label: str) -> None:
    level = f'<w:start w:val="{start}"/><w:numFmt w:val="{format_}"/><w:lvlText w:val="%1"/>'
    assert only(read(_item("x", 1), numbering=_list(1, 1, level))).text == (f"{label}\tx" if label else "x")


def test_numbers_are_text_with_a_style_of_their_own(read: Read) -> None:
    level = DECIMAL + '<w:rPr><w:b/><w:sz w:val="16"/></w:rPr>'
    spans = only(read(_item("x", 1), styles=PLAIN, numbering=_list(1, 1, level))).spans
    assert [(span.text, span.style.size, span.style.weight) for span in spans] == [("1.\t", 8, 700), ("x", 12, 400)]


def test_bullets_hold_no_letter(read: Read) -> None:
    bullet = '<w:numFmt w:val="bullet"/><w:lvlText w:val="{}"/>'
    numbering = _list(1, 1, bullet.format("o"), bullet.format("\uf0b7"), bullet.format("-"))
    found = read(_item("x", 1) + _item("x", 1, 1) + _item("x", 1, 2), numbering=numbering).blocks
    assert [block.text for block in found] == ["\u25e6\tx", "\u2022\tx", "-\tx"]


def test_paths_name_heading_paragraph_and_cell(read: Read) -> None:
    styles = PLAIN + style("heading 1")
    table = f"<w:tbl><w:tr><w:tc>{p('one')}</w:tc><w:tc>{p('two')}</w:tc></w:tr></w:tbl>"
    body = p("first") + p("Getting here", '<w:pStyle w:val="heading 1"/>') + p("x") + p("y") + table
    assert [block.path for block in read(body, styles=styles).blocks] == [
        "Paragraph 1",
        "Heading ‘Getting here’",
        "Under ‘Getting here’, paragraph 1",
        "Under ‘Getting here’, paragraph 2",
        "Under ‘Getting here’, table 1, row 1, column 1",
        "Under ‘Getting here’, table 1, row 1, column 2",
    ]


def test_paths_name_all_headings_that_lead_to_a_paragraph(read: Read) -> None:
    styles = PLAIN + style("Title") + style("heading 1") + style("heading 2")
    named = ("Title", "Our town"), ("heading 1", "Visit"), ("heading 2", "By bus"), ("", "x"), ("heading 1", "Write"), ("", "y")
    body = "".join(p(text, f'<w:pStyle w:val="{name}"/>' if name else "") for name, text in named)
    assert [block.path for block in read(body, styles=styles).blocks] == [
        "Heading ‘Our town’",
        "Heading ‘Visit’",
        "Heading ‘By bus’",
        "Under ‘Visit › By bus’, paragraph 1",
        "Heading ‘Write’",
        "Under ‘Write’, paragraph 1",
    ]


def test_a_long_heading_is_cut_at_a_word(read: Read) -> None:
    body = p("What to do when the office is closed and nobody answers the telephone", '<w:pStyle w:val="heading 1"/>') + p("x")
    found = read(body, styles=PLAIN + style("heading 1")).blocks
    assert found[1].path == "Under ‘What to do when the office is closed and nobody answers the …’, paragraph 1"


def test_neighbours(read: Read) -> None:
    blocks = read(p("one") + p("two") + p("three")).blocks
    assert (blocks[1].before, blocks[1].after, blocks[0].before, blocks[2].after) == ("one", "three", "", "")


def test_places_sort_as_they_stand_in_the_document(read: Read) -> None:
    places = [block.place for block in read("".join(p(f"text {number}") for number in range(12))).blocks]
    places.reverse()
    assert [place.text for place in sorted(places, key=place_order)] == [f"text {number}" for number in range(12)]


# --- stories --------------------------------------------------------------------------------------------------------------


def test_nested_tables_controls_links_and_insertions_are_read_deletions_and_comments_not(read: Read) -> None:
    inner = f"<w:tbl><w:tr><w:tc>{p('deep')}</w:tc></w:tr></w:tbl>"
    body = (
        f"<w:tbl><w:tr><w:tc>{p('cell')}{inner}{p('')}</w:tc></w:tr>"
        f'<w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("deleted row")}</w:tc></w:tr></w:tbl>'
        f"<w:sdt><w:sdtContent>{p('control')}</w:sdtContent></w:sdt>"
        f'<w:p><w:hyperlink r:id="x">{r("link")}</w:hyperlink><w:ins>{r(" in")}</w:ins>'
        f"<w:del><w:r><w:delText>out</w:delText></w:r></w:del><w:moveFrom>{r('from')}</w:moveFrom>"
        f"<w:moveTo>{r(' to')}</w:moveTo>"
        "<w:r><w:commentReference/></w:r></w:p>"
    )
    blocks = read(body).blocks
    assert [block.text for block in blocks] == ["cell", "deep", "control", "link in to"]
    assert blocks[3].spans[0].style.link


def test_a_deleted_paragraph_mark_joins_what_it_parted(read: Read) -> None:
    first = f"<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr>{r('one ')}</w:p>"
    block = only(read(first + p("two", '<w:jc w:val="center"/>')))
    assert (block.text, block.alignment) == ("one two", "centred")


BOX = (
    '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:extent cx="1270000" cy="635000"/>{wrap}'
    "<a:graphic><a:graphicData><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent>{text}</w:txbxContent></wps:txbx>"
    "<wps:bodyPr {vert}/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
    "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{text}</w:txbxContent></v:textbox>"
    "</v:shape></w:pict></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)


def box(text: str, fill: str = "", vert: str = "", wrap: str = "<wp:wrapNone/>") -> str:
    return BOX.format(text=p(text), fill=fill, vert=vert, wrap=wrap)


def test_a_text_box_is_read_once_with_its_fill(read: Read) -> None:
    blocks = read(in_p(box("boxed", '<a:solidFill><a:srgbClr val="000080"/></a:solidFill>'), r("anchor"))).blocks
    assert [block.text for block in blocks] == ["anchor", "boxed"]
    ground = blocks[1].spans[0].ground
    assert ground is not None
    assert (ground.colour, blocks[1].style.colour) == (from_hex("000080"), WHITE)


@pytest.mark.parametrize(("fill", "known"), [("<a:noFill/>", True), ("<a:gradFill/>", False), ("<a:blipFill/>", False)])
def test_a_gradient_or_picture_makes_the_ground_unknown(read: Read, fill: str, known: bool) -> None:
    assert (only(read(f"<w:p>{box('boxed', fill)}</w:p>")).spans[0].ground is not None) is known


def test_turned_text(read: Read) -> None:
    turned = only(read(in_p(box("boxed", vert='vert="vert270"'))))
    rotated = only(read(in_p(box("boxed", '<a:xfrm rot="600000"/>'))))
    cell = '<w:tbl><w:tr><w:tc><w:tcPr><w:textDirection w:val="btLr"/></w:tcPr>{}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>'
    assert (turned.angle, rotated.angle, only(read(cell.format(p("up")))).angle) == (90, -10, 90)
    # A box of 100 by 50 points: the lines of turned text run along its height, those of a turned box along its width.
    assert (turned.room, rotated.room) == (pytest.approx(50 - 14.4), pytest.approx(100 - 14.4))
    old = '<w:r><w:pict><v:shape style="width:30pt;height:200pt"><v:textbox style="layout-flow:vertical"><w:txbxContent>{}'
    old = old.format(p("Read this upwards")) + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    found = only(read(in_p(old)))
    assert (found.angle, found.room, len(found.estimated)) == (-90, pytest.approx(200 - 14.4), 1)


def test_an_empty_outlined_box_under_a_question_is_a_place_to_write(read: Read) -> None:
    line = "<a:ln><a:solidFill><a:srgbClr val='000000'/></a:solidFill></a:ln>"
    (field,) = read(p("What do you need?") + in_p(box("", line))).fields
    assert (field.kind, field.height, field.width, field.label) == ("cell", 50, 100, "What do you need?")
    assert read(in_p(box("", line))).fields == ()
    assert read(p("What do you need?") + in_p(box("", "<a:ln><a:noFill/></a:ln>"))).fields == ()
    assert read(p("What do you need?") + in_p(box("Time", line))).fields == ()
    vml = (
        '<w:p><w:r><w:pict><v:shape style="width:90pt;height:40pt"{}><v:textbox>'
        "<w:txbxContent><w:p/></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    assert [field.height for field in read(p("Name:") + vml.format("")).fields] == [40]
    assert read(p("Name:") + vml.format(' stroked="f"')).fields == ()


def test_vml_text_box_and_watermark(read: Read) -> None:
    vml = (
        '<w:p><w:r><w:pict><v:shape style="width:90pt;height:40pt" fillcolor="#ffcc00"><v:textbox>'
        "<w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    ground = only(read(vml.format(p("old")))).spans[0].ground
    assert ground is not None
    assert ground.colour == from_hex("ffcc00")
    mark = (
        '<w:p><w:r><w:pict><v:shape style="position:absolute;margin-left:0;margin-top:0;width:400pt;'
        "height:120pt;rotation:315;z-index:-9;"
        "mso-position-horizontal:center;mso-position-horizontal-relative:margin;"
        "mso-position-vertical:center;"
        'mso-position-vertical-relative:margin" fillcolor="silver"><v:fill opacity=".5"/>'
        '<v:textpath string="DRAFT"/></v:shape></w:pict></w:r></w:p>'
    )
    section = SECTION.replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="default" r:id="h"/>')
    page = read(p(LONG), section=section, parts={"h": ("header", mark)})
    found = [block for block in page.blocks if block.hint == "watermark"]
    assert [(block.text, block.angle) for block in found] == [("DRAFT", 45)]
    style = found[0].spans[0].style
    assert (style.colour, style.opacity) == (from_hex("c0c0c0"), 0.5)
    assert [place.text for place in page.text_behind] == [LONG]
    (assigned,) = [block for block in assign(page, settle(summarise(page), Job())).blocks if block.text == "DRAFT"]
    assert assigned.role == "watermark"


def test_word_art_among_the_text_is_a_drawing(read: Read) -> None:
    art = '<w:r><w:pict><v:shape style="width:200pt;height:40pt"><v:textpath string="SALE"/></v:shape></w:pict></w:r>'
    (found,) = [block for block in read(p(LONG) + in_p(art)).blocks if block.text == "SALE"]
    assert (found.hint, found.in_picture) == ("label", True)


def test_headers_and_footers_of_the_kinds_in_use(read: Read) -> None:
    section = SECTION.replace(
        "<w:sectPr>",
        '<w:sectPr><w:headerReference w:type="default" r:id="h"/><w:headerReference w:type="first" r:id="f"/>'
        '<w:headerReference w:type="even" r:id="e"/><w:footerReference w:type="default" r:id="n"/>',
    )
    parts: dict[str, Any] = {
        "h": ("header", p("running")),
        "f": ("header", p("first")),
        "e": ("header", p("even")),
        "n": ("footer", f'<w:p>{r("Page ")}<w:fldSimple w:instr=" PAGE "/></w:p>'),
    }
    page = read(p("text"), section=section, parts=parts)
    assert [(block.text, block.hint) for block in page.blocks] == [
        ("text", None),
        ("running", "running-head"),
        ("Page 1", "folio"),
    ]
    with_first = section.replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    pages = p("text") + p("text", "<w:pageBreakBefore/>")  # on one page only those of the first would print
    texts = {block.text for block in read(pages, section=with_first, parts=parts).blocks}
    assert texts == {"text", "running", "first", "Page 1"}
    even = {block.text for block in read(pages, section=section, parts=parts, settings="<w:evenAndOddHeaders/>").blocks}
    assert even == {"text", "running", "even", "Page 1"}


def test_notes_that_are_called(read: Read) -> None:
    notes = (
        '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">'
        f'{p("small print")}</w:footnote><w:footnote w:id="3">{p("never called")}</w:footnote>'
    )
    body = f'<w:p>{r("text")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    blocks = read(body, parts={"n": ("footnotes", notes)}).blocks
    assert [(block.text, block.hint, block.path) for block in blocks] == [
        ("text1", None, "Paragraph 1"),
        ("small print", "note", "Footnote 1"),
    ]
    assert blocks[0].spans[-1].style.raised


def field(code: str, result: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_fields_show_their_result(read: Read) -> None:
    inner = field("PAGE", r("9"))
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        + inner
        + '<w:r><w:instrText> = 1 </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("shown")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    assert only(read(f"<w:p>{nested}</w:p>")).text == "shown"
    assert only(read(f"<w:p>{field(' HYPERLINK x ', r('site'))}</w:p>")).spans[0].style.link


def test_a_contents_field_over_several_paragraphs(read: Read) -> None:
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    body = (
        f"<w:p>{start}{r('One')}<w:r><w:tab/></w:r>{r('2')}</w:p>"
        + p("Two")
        + f'<w:p>{r("Three")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        + p("text")
    )
    assert [block.hint for block in read(body).blocks] == ["contents", "contents", "contents", None]


# --- sections -------------------------------------------------------------------------------------------------------------


def test_one_page_a_section_with_its_size_and_columns(tmp_path: Path) -> None:
    wide = (
        '<w:sectPr><w:pgSz w:w="16838" w:h="11906"/>'
        '<w:pgMar w:left="1000" w:right="1000" w:top="1000" w:bottom="1000"/>'
        '<w:cols w:num="3" w:space="340" w:sep="1"/></w:sectPr>'
    )
    path = save(tmp_path, docx(p(LONG * 3, wide) + p("two")))
    with open(path, Job()) as source:
        assert (source.count, source.laid_out, source.format) == (2, False, "docx")
        first, second = source.page(0), source.page(1)
    assert (first.number, first.laid_out, first.path, second.path) == (None, False, "Section 1", "Section 2")
    assert (round(first.width), round(second.width)) == (842, 595)
    assert [(gutter.width, gutter.ruled) for gutter in first.gutters] == [(17, True), (17, True)]
    assert len(first.columns) == 3
    assert first.blocks[0].in_columns
    assert not second.blocks[0].in_columns
    assert [block.text for block in second.blocks] == ["two"]


def test_columns_of_their_own_widths(read: Read) -> None:
    cols = '<w:cols w:num="2" w:equalWidth="0"><w:col w:w="3000" w:space="500"/><w:col w:w="5000"/></w:cols></w:sectPr>'
    page = read(p(LONG * 3), section=SECTION.replace("</w:sectPr>", cols))
    assert [gutter.width for gutter in page.gutters] == [25]
    assert [round(column.box.width) for column in page.columns] == [150, 250]


def test_short_lines_in_columns_are_no_running_text(read: Read) -> None:
    section = SECTION.replace("</w:sectPr>", '<w:cols w:num="3" w:space="200"/></w:sectPr>')
    assert read("".join(p(f"Place {number}") for number in range(40)), section=section).gutters == ()
    assert len(read("".join(p(LONG) for _ in range(3)), section=section).gutters) == 2


# --- pictures -------------------------------------------------------------------------------------------------------------

INCH = 914400


def test_resolution_after_cropping(read: Read) -> None:
    parts: dict[str, Any] = {"i": ("image", png(300, 300))}
    plain = read(f"<w:p>{picture('i', INCH, INCH)}</w:p>", parts=parts).pictures[0]
    cropped = read(in_p(picture("i", INCH, INCH, crop='<a:srcRect l="50000"/>')), parts=parts).pictures[0]
    assert plain.pixels_per_inch == pytest.approx(300)
    assert cropped.pixels_per_inch == pytest.approx(150)
    assert plain.tonal_range == pytest.approx(1.0)
    assert (plain.name, plain.use, plain.kind) == ("A boat", "picture", "raster")
    small = read(f"<w:p>{picture('i', INCH // 4, INCH)}</w:p>", parts=parts).pictures[0]
    assert small.use == "icon"


def _photo(soft: float = 0.0, side: int = 400, mode: str = "L") -> bytes:
    """Noise of many sizes, which has edges everywhere; blurred by so many pixels."""
    from PIL import Image, ImageFilter

    noise = Image.frombytes("L", (side // 4, side // 4), random.Random(4).randbytes((side // 4) ** 2))
    picture = noise.resize((side, side), Image.Resampling.NEAREST).filter(ImageFilter.GaussianBlur(soft)).convert(mode)
    written = io.BytesIO()
    picture.save(written, "JPEG" if mode == "RGB" else "PNG", quality=95)
    return written.getvalue()


@pytest.mark.parametrize(
    ("crop", "pixels_per_inch"),
    [
        ('<a:srcRect l="25000" r="25000"/>', 150),
        ('<a:srcRect l="10%" t="60%"/>', 120),
        ('<a:srcRect l="-50000" r="-50000" t="-50000" b="-50000"/>', 600),  # white added round it
        ('<a:stretch><a:fillRect l="-50000" r="-50000"/></a:stretch>', 150),  # laid wider than its frame, which cuts it
        ('<a:srcRect l="50000"/><a:stretch><a:fillRect r="-100000"/></a:stretch>', 75),
        ('<a:srcRect l="nonsense" t="99999999999"/>', 0.3),
    ],
)
def test_cropping_in_all_its_ways(read: Read, crop: str, pixels_per_inch: float) -> None:
    parts: dict[str, Any] = {"i": ("image", png(300, 300))}
    found = read(in_p(picture("i", INCH, INCH, crop=crop)), parts=parts).pictures[0]
    assert found.pixels_per_inch == pytest.approx(pixels_per_inch, rel=0.01)


def test_tones_are_those_of_the_part_that_shows(read: Read) -> None:
    parts: dict[str, Any] = {"i": ("image", png(300, 300))}  # its left half is white
    left = read(in_p(picture("i", INCH, INCH, crop='<a:srcRect r="60000"/>')), parts=parts).pictures[0]
    assert (left.use, left.tonal_range) == ("ground", 0.0)
    faded = picture("i", INCH, INCH).replace('r:embed="i"/>', 'r:embed="i"><a:alphaModFix amt="20000"/></a:blip>')
    assert read(in_p(faded), parts=parts).pictures[0].tonal_range == pytest.approx(0.2, abs=0.02)
    washed = faded.replace('<a:alphaModFix amt="20000"/>', '<a:lum bright="70000" contrast="-70000"/>')
    assert read(in_p(washed), parts=parts).pictures[0].tonal_range is None


@pytest.mark.parametrize("mode", ["L", "RGB"])
def test_a_blurred_picture_in_a_word_file(read: Read, mode: str) -> None:
    for soft, blurred in ((0.0, False), (4.0, True)):
        parts: dict[str, Any] = {"i": ("image", _photo(soft, mode=mode))}
        found = read(in_p(picture("i", 2 * INCH, 2 * INCH)), parts=parts).pictures[0]
        assert found.pixels_per_inch == pytest.approx(200)
        assert found.blur is not None
        assert (found.blur > 0.7) == blurred
    coarse = read(in_p(picture("i", 4 * INCH, 4 * INCH)), parts={"i": ("image", _photo(4.0))}).pictures[0]
    assert coarse.blur is None  # its pixels are a fault already


def test_what_is_finer_than_print_is_no_blur(read: Read) -> None:
    """800 pixels an inch, soft by two of them: sharp at the size it prints."""
    found = read(in_p(picture("i", INCH, INCH)), parts={"i": ("image", _photo(1.0, side=800))}).pictures[0]
    assert found.blur is not None
    assert found.blur < 0.7


def test_lines_with_a_raster_for_programs_that_cannot_draw_them(read: Read) -> None:
    space = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
    svg = f'<a:extLst><a:ext uri="{{96DAC541}}"><asvg:svgBlip xmlns:asvg="{space}" r:embed="s"/></a:ext></a:extLst>'
    body = picture("i", INCH, INCH).replace('r:embed="i"/>', f'r:embed="i">{svg}</a:blip>')
    found = read(in_p(body), parts={"i": ("image", png(96, 96))}).pictures[0]
    assert (found.kind, found.pixels_per_inch) == ("drawing", None)


@pytest.mark.parametrize(("side", "use"), [(2 * INCH, "code"), (INCH // 2, "picture")])
def test_a_code_to_scan_in_a_word_file(read: Read, side: int, use: str) -> None:
    from PIL import Image

    size, tone = qr_code(4)
    code = Image.frombytes("L", (size, size), bytes(tone(x, y) for y in range(size) for x in range(size)))
    written = io.BytesIO()
    code.save(written, "PNG")
    found = read(in_p(picture("i", side, side)), parts={"i": ("image", written.getvalue())}).pictures[0]
    assert found.use == use


def test_a_hidden_picture_does_not_print(read: Read) -> None:
    shown = picture("i", INCH, INCH)
    hidden = shown.replace("<a:graphic>", '<wp:docPr id="1" name="a" hidden="1"/><a:graphic>')
    assert len(read(in_p(shown), parts={"i": ("image", png(9, 9))}).pictures) == 1
    assert read(in_p(hidden), parts={"i": ("image", png(9, 9))}).pictures == ()


def test_a_shape_filled_with_a_picture_is_one(read: Read) -> None:
    fill = '<a:blipFill><a:blip r:embed="i"/>{}</a:blipFill>'
    shape = (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="{INCH}" cy="{INCH}"/><a:graphic><a:graphicData><wps:wsp><wps:spPr>'
        "{}</wps:spPr></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
    parts: dict[str, Any] = {"i": ("image", png(300, 300))}
    laid = read(in_p(shape.format(fill.format("<a:stretch><a:fillRect/></a:stretch>"))), parts=parts)
    assert [item.pixels_per_inch for item in laid.pictures] == [pytest.approx(300)]
    assert read(in_p(shape.format(fill.format("<a:tile/>"))), parts=parts).pictures == ()


@pytest.mark.parametrize(
    ("wrap", "width", "around"),
    [
        ('<wp:wrapSquare wrapText="bothSides"/>', INCH, [True]),
        ("<wp:wrapTight/>", INCH, [True]),
        ("<wp:wrapTopAndBottom/>", INCH, []),
        ("<wp:wrapNone/>", INCH, []),
        ('<wp:wrapSquare wrapText="bothSides"/>', 6 * INCH, []),  # no inch is left beside it
    ],
)
def test_text_runs_round_a_floating_picture(read: Read, wrap: str, width: int, around: list[bool]) -> None:
    body = f"<w:p>{picture('i', width, INCH, wrap=wrap)}{r(LONG)}</w:p>"
    page = read(body, parts={"i": ("image", png(9, 9))})
    assert [wrap.runs_around for wrap in page.wraps] == around


def test_a_picture_in_a_frame_has_text_beside_it(read: Read) -> None:
    frame = '<w:framePr w:hSpace="187" w:wrap="auto" w:vAnchor="page" w:hAnchor="page" w:x="6481" w:y="2521"/>'
    body = f"<w:p><w:pPr>{frame}</w:pPr>{picture('i', INCH, INCH)}</w:p>" + p(LONG)
    assert [wrap.around for wrap in read(body, parts={"i": ("image", png(9, 9))}).wraps] == ["picture"]


def test_a_picture_in_the_margin_has_no_text_beside_it(read: Read) -> None:
    place = '<wp:positionH relativeFrom="page"><wp:posOffset>0</wp:posOffset></wp:positionH>'
    wrap = place + '<wp:wrapSquare wrapText="bothSides"/>'
    body = in_p(picture("i", INCH // 2, INCH, wrap=wrap), r(LONG))
    assert read(body, parts={"i": ("image", png(9, 9))}).wraps == ()


def test_a_chart_is_a_drawing_whose_words_are_not_read(read: Read) -> None:
    chart = '<c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="c"/>'
    frame = (
        f'<wp:inline><wp:extent cx="{INCH}" cy="{INCH}"/><a:graphic><a:graphicData>'
        f"{chart}</a:graphicData></a:graphic></wp:inline>"
    )
    page = read(f"<w:p><w:r><w:drawing>{frame}</w:drawing></w:r></w:p>")
    assert [(item.kind, item.use) for item in page.pictures] == [("drawing", "picture")]
    assert len(page.not_looked_at) == 1


def test_a_picture_before_text_makes_the_ground_unknown(read: Read) -> None:
    over = picture("i", 4 * INCH, 1 * INCH, anchor='behindDoc="0"', wrap="<wp:wrapNone/>")
    page = read(in_p(over, r(LONG)) + p("below") * 12 + p(LONG), parts={"i": ("image", png(9, 9))})
    assert [block.spans[0].ground is None for block in (page.blocks[0], page.blocks[-1])] == [True, False]
    assert page.text_behind == ()
    above = picture("i", 4 * INCH, 1 * INCH, anchor='behindDoc="0"', wrap="<wp:wrapTopAndBottom/>")
    assert read(in_p(above, r(LONG)), parts={"i": ("image", png(9, 9))}).blocks[0].spans[0].ground is not None


def test_a_picture_behind_text_makes_the_ground_unknown(read: Read) -> None:
    body = in_p(picture("i", 4 * INCH, 4 * INCH, anchor='behindDoc="1"', wrap="<wp:wrapNone/>"), r(LONG))
    page = read(body, parts={"i": ("image", png(9, 9))})
    assert page.blocks[0].spans[0].ground is None
    assert [place.text for place in page.text_behind] == [LONG]
    assert page.pictures[0].use == "ground"


def test_a_drop_capital_is_a_wrap(read: Read) -> None:
    page = read(p("O", '<w:framePr w:dropCap="drop" w:lines="3"/>') + p("nce upon a time"))
    assert page.blocks[0].drop_capital
    assert [wrap.around for wrap in page.wraps] == ["drop-capital"]


# --- places to write ------------------------------------------------------------------------------------------------------


def test_lines_to_write_on(read: Read) -> None:
    leader = '<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="9000"/></w:tabs>'
    body = (
        p("Name: ____________")
        + p("Signed ____________")
        + p("snake_case")
        + f"<w:p><w:pPr>{leader}</w:pPr>{r('Date')}<w:r><w:tab/></w:r></w:p>"
    )
    body += f"<w:p><w:pPr>{leader}</w:pPr>{r('Chapter')}<w:r><w:tab/></w:r>{r('7')}</w:p>"
    fields = read(body).fields
    assert [(item.kind, item.label, item.height) for item in fields] == [
        ("line", "Name:", pytest.approx(14.4)),
        ("signature", "Signed", pytest.approx(14.4)),
        ("line", "Date", pytest.approx(14.4)),
    ]


def test_a_line_alone_is_a_place_to_write_only_where_something_asks(read: Read) -> None:
    line, space = "_" * 30, '<w:spacing w:after="200"/>'
    assert read(p(LONG) + p(line) + p(LONG)).fields == ()  # a rule between paragraphs
    fields = read(p("Your comments?", space) + p(line, space) + p(line)).fields
    assert [item.height for item in fields] == [pytest.approx(24.4), pytest.approx(24.4)]
    assert len(read(p(LONG) + p(line) + p("Signature")).fields) == 1


def test_form_fields_controls_and_tick_boxes(read: Read) -> None:
    text = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:textInput/></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMTEXT </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    tick = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:size w:val="28"/></w:checkBox>'
        "</w:ffData></w:fldChar></w:r><w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r>"
        '<w:fldChar w:fldCharType="end"/></w:r>'
    )
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>"
    box14 = f"<w:sdt><w:sdtPr><w14:checkbox/></w:sdtPr><w:sdtContent>{r(BALLOT)}</w:sdtContent></w:sdt>"
    filled = f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{r('Ann Lee')}</w:sdtContent></w:sdt>"
    body = "".join(
        f"<w:p>{r(label)}{what}</w:p>"
        for label, what in (("A ", text), ("B ", tick), ("C ", control), ("D ", box14), ("E ", filled), ("\u2610 F", ""))
    )
    assert [(item.kind, item.label, item.height) for item in read(body).fields] == [
        ("text", "A", pytest.approx(14.4)),
        ("tick", "B", 14),
        ("text", "C", pytest.approx(14.4)),
        ("tick", "D", pytest.approx(9.6)),
        ("tick", "F", pytest.approx(9.6)),
    ]


def test_words_to_type_over_are_a_place_to_write_only_beside_a_label(read: Read) -> None:
    control = f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('[Your town]')}</w:sdtContent></w:sdt>"
    assert read(f"<w:p>{control}</w:p>").fields == ()
    assert [item.label for item in read(f"<w:p>{r('Town: ')}{control}</w:p>").fields] == ["Town:"]


def test_empty_cells_beside_a_label(read: Read) -> None:
    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    row = (
        '<w:tr><w:trPr><w:trHeight w:val="600" w:hRule="atLeast"/></w:trPr><w:tc>{}</w:tc><w:tc><w:tcPr>'
        '<w:tcW w:w="4000" w:type="dxa"/></w:tcPr><w:p/></w:tc></w:tr>'
    )
    body = f"<w:tbl>{borders}{row.format(p('Name'))}{row.format(p('Town'))}</w:tbl>"
    assert [(item.label, item.height, item.width) for item in read(body).fields] == [("Name", 30, 200), ("Town", 30, 200)]
    data = (
        f"<w:tbl>{borders}<w:tr><w:tc>{p('Year')}</w:tc><w:tc>{p('Sum')}</w:tc></w:tr><w:tr><w:tc>"
        f"{p('2024')}</w:tc><w:tc><w:p/></w:tc></w:tr><w:tr><w:tc>{p('2025')}</w:tc><w:tc>{p('12')}</w:tc></w:tr></w:tbl>"
    )
    assert read(data).fields == ()


def test_empty_rows_of_one_column_are_lines_to_write_on(read: Read) -> None:
    def table(*rows: str, rules: str = "single") -> str:
        borders = (
            f'<w:tblPr><w:tblBorders><w:insideH w:val="{rules}"/></w:tblBorders></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>'
        )
        high = '<w:tr><w:trPr><w:trHeight w:val="380" w:hRule="exact"/></w:trPr><w:tc>{}</w:tc></w:tr>'
        return f"<w:tbl>{borders}{''.join(high.format(p(row)) for row in rows)}</w:tbl>"

    def labels(body: str) -> list[str]:
        return [field.label for field in read(body).fields]

    assert labels(p("Your comments") + table("", "", "")) == ["Your comments"] * 3
    assert labels(table("Name", "", "Address", "")) == ["Name", "Address"]
    assert [field.height for field in read(table("Name", "", "Address", "")).fields] == [19, 19]
    assert labels(table("Who are you?", "", "We ask all")) == ["Who are you?"]
    assert labels(p("News") + table("One", "Two", "", "Three")) == []  # a gap
    assert labels(p(LONG) + table("", "")) == []  # nothing that asks


def test_an_empty_document_is_a_blank_page(read: Read) -> None:
    page = read(p())
    assert (page.state, page.blocks) == ("blank", ())


UNDERLINED = '<w:u w:val="single"/>'


@pytest.mark.parametrize(
    ("ppr", "white", "found"),
    [
        ('<w:tabs><w:tab w:val="left" w:pos="8000"/></w:tabs>', "<w:tab/>", True),
        ('<w:tabs><w:tab w:val="left" w:pos="1000"/></w:tabs>', "<w:tab/>", False),  # 50 pt: no more than a gap
        ("", "<w:tab/>" * 4, True),
        ("", "<w:tab/>" * 2, False),
        ("", "<w:t>" + "\u00a0" * 40 + "</w:t>", True),
        ("", "<w:t>" + "\u00a0" * 9 + "</w:t>", False),
    ],
)
def test_underlined_white_is_a_line_to_write_on(read: Read, ppr: str, white: str, found: bool) -> None:
    def body(rpr: str) -> str:
        return f"<w:p><w:pPr>{ppr}</w:pPr>{r('Name')}<w:r><w:rPr>{rpr}</w:rPr>{white}</w:r></w:p>"

    assert [field.label for field in read(body(UNDERLINED)).fields] == ["Name"] * found
    assert read(body("")).fields == ()


def test_a_row_is_as_high_as_the_label_beside_the_empty_cell(read: Read) -> None:
    borders = '<w:tblPr><w:tblBorders><w:top w:val="single"/></w:tblBorders></w:tblPr>'
    borders += '<w:tblGrid><w:gridCol w:w="1500"/><w:gridCol/></w:tblGrid>'
    cells = "<w:tc>{}</w:tc><w:tc><w:p/></w:tc>"
    rows = f'<w:tr><w:trPr><w:trHeight w:val="300"{{}}/></w:trPr>{cells.format(p("Your name and address in full"))}</w:tr>'
    (least,) = read(f"<w:tbl>{borders}{rows.format('')}</w:tbl>").fields
    (exact,) = read(f"<w:tbl>{borders}{rows.format(' w:hRule=' + chr(34) + 'exact' + chr(34))}</w:tbl>").fields
    assert least.height is not None
    assert least.height >= 2 * 14.4
    assert exact.height == 15


def test_empty_paragraphs_with_a_rule_under_each_are_lines_to_write_on(read: Read) -> None:
    def ruled(number: int, sides: str = "bottom between", height: int = 340) -> str:
        borders = "".join(f'<w:{side} w:val="single" w:sz="6" w:space="1"/>' for side in sides.split())
        look = f'<w:pBdr>{borders}</w:pBdr><w:spacing w:after="0" w:line="{height}" w:lineRule="exact"/>'
        return p("", look) * number

    found = read(p("Your comments") + ruled(4)).fields
    assert [(field.kind, field.height, field.label) for field in found] == [("line", 17, "Your comments")] * 4
    assert [field.height for field in read(p("Comments") + ruled(3, height=620)).fields] == [31] * 3
    assert len(read(p("Comments:") + ruled(2)).fields) == 2
    assert read(p("Comments") + ruled(2)).fields == ()  # rules that part texts
    assert read(p("Comments") + ruled(4, "bottom")).fields == ()  # of those that look the same only the last has its rule
    assert read(p("Comments") + (ruled(1) + p("More")) * 4).fields == ()


def test_lines_drawn_below_one_another_over_white_are_lines_to_write_on(read: Read) -> None:
    def line(down: int, end: str = "none") -> str:
        return (
            "<w:r><w:drawing><wp:anchor><wp:positionH><wp:posOffset>1080000</wp:posOffset></wp:positionH>"
            f"<wp:positionV><wp:posOffset>{down * 12700}</wp:posOffset></wp:positionV>"
            '<wp:extent cx="4320000" cy="0"/><wp:wrapNone/><wp:docPr id="1" name="x"/><a:graphic><a:graphicData><wps:wsp>'
            '<wps:spPr><a:prstGeom prst="line"/><a:ln><a:solidFill><a:srgbClr val="000000"/></a:solidFill>'
            f'<a:tailEnd type="{end}"/></a:ln></wps:spPr><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic>'
            "</wp:anchor></w:drawing></w:r>"
        )

    room = p("", '<w:spacing w:after="1600"/>')
    lines = [line(down) for down in (17, 34, 51, 68)]
    found = read(in_p(r("Comments"), *lines) + room + p(LONG)).fields
    assert [(field.kind, field.height, field.label) for field in found] == [("line", 17, "Comments")] * 4
    assert read(in_p(r("Comments"), *lines[:2]) + room).fields == ()  # rules that part texts
    assert read(in_p(r("Comments"), *lines) + p("Bread") + p("Milk") + room).fields == ()  # rows of a table drawn by hand
    assert read(in_p(r("Comments"), *(line(down, "arrow") for down in (17, 34, 51))) + room).fields == ()
    assert read(in_p(r("Comments"), *(line(down) for down in (4, 6, 8))) + room).fields == ()  # an ornament


def test_ruby_text_is_read_beside_the_words_it_stands_over(read: Read) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{r('small gloss', '<w:sz w:val=' + chr(34) + '12' + chr(34) + '/>')}</w:rt>"
    ruby += f"<w:rubyBase>{r('word')}</w:rubyBase></w:ruby></w:r>"
    text, gloss = read(in_p(r("The "), ruby, r(" here"))).blocks
    assert text.text == "The word here"
    assert (gloss.text, gloss.size, gloss.hint) == ("small gloss", 6, "label")


def test_a_run_turned_inside_its_line_is_told(read: Read) -> None:
    turned = '<w:eastAsianLayout w:vert="{}"/>'
    assert only(read(p("Come in today", rpr=turned.format(1)))).turned == 11
    assert only(read(p("Come in today", rpr=turned.format(0)))).turned == 0
    assert only(read(p("\u4eca\u65e5\u306f", rpr=turned.format(1)))).turned == 0


def test_letters_one_a_paragraph_are_stacked(read: Read) -> None:
    def stack(letters: str, after: int = 0) -> list[str]:
        body = "".join(p(letter, f'<w:spacing w:after="{after}"/>') for letter in letters)
        return [block.text for block in read(p(LONG) + body + p(LONG)).blocks if block.stacked]

    assert stack("SALE") == ["S\nA\nL\nE"]
    assert stack("SA") == []
    assert stack("ABCD") == []  # the letters of a list
    assert stack("SALE", 200) == []


def test_letters_one_a_line_are_stacked(read: Read) -> None:
    stack = "<w:p><w:r>" + "<w:br/>".join(f"<w:t>{letter}</w:t>" for letter in "SALE") + "</w:r></w:p>"
    assert only(read(stack)).stacked
    assert not only(read(stack.replace("<w:t>L", "<w:t>Lo"))).stacked
