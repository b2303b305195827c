"""What different programs write: groups of shapes old and new, and the habits of Apple Pages and of Google Docs."""

from __future__ import annotations

from pathlib import Path

import pytest

from clearprint.colour import to_hex
from clearprint.model import Block, Page
from tests.docx_kit import PLAIN, SECTION, Read, p, r, reader, style

WPG = 'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'


@pytest.fixture
def read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    return reader(tmp_path, monkeypatch)


def named(page: Page) -> dict[str, Block]:
    return {block.text: block for block in page.blocks}


def grouped(inside: str, transform: str) -> str:
    return (
        f'<w:p><w:r><w:drawing><wp:inline><wp:extent cx="2540000" cy="1270000"/><wp:docPr id="1" name="Map"/><a:graphic>'
        f"<a:graphicData><wpg:wgp {WPG}><wpg:grpSpPr><a:xfrm>{transform}</a:xfrm></wpg:grpSpPr>{inside}</wpg:wgp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )


def shape(text: str, x: int, width: int, fill: str = "", rot: int = 0) -> str:
    painted = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else "<a:noFill/>"
    held = f"<wps:txbx><w:txbxContent>{p(text)}</w:txbxContent></wps:txbx>" if text else ""
    return (
        f'<wps:wsp><wps:spPr><a:xfrm rot="{rot}"><a:off x="{x}" y="0"/><a:ext cx="{width}" cy="1000"/></a:xfrm>{painted}'
        f"</wps:spPr>{held}<wps:bodyPr/></wps:wsp>"
    )


SCALED = '<a:off x="0" y="0"/><a:ext cx="2540000" cy="1270000"/><a:chOff x="0" y="0"/><a:chExt cx="2000" cy="1000"/>'


def test_text_in_a_group_stands_on_what_was_painted_before_it(read: Read) -> None:
    """ECMA-376-1, 20.1.7.5: the group's own coordinates are stretched to its size; 2000 of them are 200 points here."""
    inside = (
        shape("", 0, 1000, "003366")
        + shape("on blue", 100, 800)
        + shape("beside", 1000, 900)
        + shape("up", 1000, 900, rot=5400000)
    )
    found = named(read(grouped(inside, SCALED)))
    grounds = {text: to_hex(block.spans[0].ground.colour) for text, block in found.items() if block.spans[0].ground}
    assert grounds == {"on blue": "#003366", "beside": "#ffffff", "up": "#ffffff"}
    assert found["on blue"].room == pytest.approx(80 - 2 * 7.2)
    assert found["up"].angle == -90


def test_groups_in_groups_and_groups_of_vml(read: Read) -> None:
    halved = SCALED.replace("2540000", "1000")
    inner = f"<wpg:grpSp><wpg:grpSpPr><a:xfrm>{halved}</a:xfrm></wpg:grpSpPr>{shape('deep', 0, 2000)}</wpg:grpSp>"
    assert named(read(grouped(inner, SCALED)))["deep"].room == pytest.approx(100 - 2 * 7.2)
    old = (
        '<w:p><w:r><w:pict><v:group style="width:200pt;height:100pt" coordsize="2000,1000">'
        '<v:shape style="width:1000;height:500" fillcolor="#222222"><v:textbox>'
        f"<w:txbxContent>{p('old')}</w:txbxContent></v:textbox></v:shape></v:group></w:pict></w:r></w:p>"
    )
    block = named(read(old))["old"]
    assert block.room == pytest.approx(100 - 2 * 7.2)
    assert to_hex(block.style.colour or (0, 0, 0)) == "#ffffff"  # automatic ink on a dark fill


def test_absolute_tabs_are_tabs(read: Read) -> None:
    """ECMA-376-1, 17.3.3.23."""
    body = f'<w:p>{r("Name")}<w:r><w:ptab w:alignment="right" w:relativeTo="margin" w:leader="none"/></w:r>{r("Date")}</w:p>'
    assert [block.text for block in read(body).blocks] == ["Name\tDate"]


PAGES_RUN = (
    '<w:rFonts w:ascii="Helvetica Neue" w:cs="Arial Unicode MS" w:hAnsi="Helvetica Neue" w:eastAsia="Arial Unicode MS" '
    'w:hint="default"/>'
    '<w:b w:val="0"/><w:bCs w:val="0"/><w:i w:val="0"/><w:iCs w:val="0"/><w:caps w:val="0"/><w:smallCaps w:val="0"/>'
    '<w:strike w:val="0"/><w:dstrike w:val="0"/><w:outline w:val="0"/><w:color w:val="{word}"/>'
    '<w:spacing w:val="0"/><w:w w:val="100"/>'
    '<w:kern w:val="0"/><w:position w:val="0"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:u w:val="none"/>'
    '<w:shd w:val="nil" w:color="auto" w:fill="auto"/><w:vertAlign w:val="baseline"/><w:rtl w:val="0"/>'
    "<w14:textOutline><w14:noFill/></w14:textOutline>"
    '<w14:textFill><w14:solidFill><w14:srgbClr w14:val="{fill}"/></w14:solidFill></w14:textFill>'
)
PAGES_PARAGRAPH = (
    '<w:keepNext w:val="0"/><w:pageBreakBefore w:val="0"/><w:widowControl w:val="1"/>'
    '<w:pBdr><w:top w:val="nil"/><w:left w:val="nil"/><w:bottom w:val="nil"/><w:right w:val="nil"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="auto"/><w:suppressAutoHyphens w:val="0"/><w:bidi w:val="0"/>'
    '<w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLine="0"/>'
    '<w:jc w:val="left"/><w:outlineLvl w:val="9"/>'
)


def test_apple_pages_says_everything_and_switches_most_of_it_off(read: Read) -> None:
    """Its styles name each property; w14:textFill repeats the colour, and outline level 9 is none (17.3.1.20)."""
    run = PAGES_RUN.format(word="000000", fill="000000")
    styles = (
        "<w:docDefaults/>"
        + style("Body", ppr=PAGES_PARAGRAPH, rpr=run)
        + style("Body 2", ppr=PAGES_PARAGRAPH, rpr=PAGES_RUN.format(word="5e5e5e", fill="5E5E5E"))
    )
    bold = '<w:b w:val="1"/><w:bCs w:val="1"/><w:rtl w:val="0"/><w:lang w:val="en-US"/>'
    link = '<w:hyperlink><w:r><w:rPr><w:rStyle w:val="Hyperlink.0"/></w:rPr><w:t>our site</w:t></w:r></w:hyperlink>'
    body = (
        f'<w:p><w:pPr><w:pStyle w:val="Body"/><w:bidi w:val="0"/></w:pPr>{r("Plain and ")}{r("bold", bold)}</w:p>'
        f'<w:p><w:pPr><w:pStyle w:val="Body 2"/><w:bidi w:val="0"/></w:pPr>{r("Grey, see ")}{link}</w:p>'
    )
    plain, grey = read(body, styles=styles, section=SECTION.replace("</w:sectPr>", '<w:bidi w:val="0"/></w:sectPr>')).blocks
    assert (plain.hint, plain.level, plain.alignment, plain.right_to_left, plain.hyphenation) == (
        None,
        None,
        "left",
        False,
        False,
    )
    assert [(span.style.weight, span.style.size, span.style.face.name) for span in plain.spans] == [
        (400, 11.0, "Helvetica Neue"),
        (700, 11.0, "Helvetica Neue"),
    ]
    assert not plain.spans[0].style.underlined
    assert plain.spans[0].style.caps is None
    assert plain.leading == pytest.approx(13.2)
    assert to_hex(grey.spans[0].style.colour or (0, 0, 0)) == "#5e5e5e"
    assert grey.spans[-1].style.link


def test_google_docs_sets_everything_in_runs_and_multiplies_lines(read: Read) -> None:
    """It writes 276 240ths of a line, sizes in every run, and shading that is `auto`, which is none."""
    said = (
        '<w:rFonts w:ascii="Arial" w:cs="Arial" w:eastAsia="Arial" w:hAnsi="Arial"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
        '<w:rtl w:val="0"/><w:shd w:fill="auto" w:val="clear"/>'
    )
    ppr = '<w:spacing w:line="276" w:lineRule="auto"/><w:contextualSpacing w:val="0"/><w:jc w:val="start"/>'
    (block,) = read(p("Typed in a browser", ppr, said), styles=PLAIN).blocks
    assert (block.size, block.alignment) == (12.0, "left")
    assert block.leading == pytest.approx(12 * 1.2 * 1.15)
    assert block.spans[0].ground is not None
    assert to_hex(block.spans[0].ground.colour) == "#ffffff"
