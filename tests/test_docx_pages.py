"""How many pages a DOCX makes, and which of them carry a number: told from heights, breaks, headers and footers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import clearprint
from clearprint.model import Extent, Face, Job, Page
from clearprint.readers import docx_type
from clearprint.readers.from_docx import DocxSource
from tests.docx_kit import PLAIN, docx, p, picture, png, r, save, style

# 600 pt of room a page, 12 pt type in lines of 20 pt: thirty lines a page.
MARGINS = '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708"/>'
SHEET = f'<w:pgSz w:w="11906" w:h="14880"/>{MARGINS}'
SECTION = f"<w:sectPr>{SHEET}</w:sectPr>"
EXACTLY = '<w:spacing w:line="400" w:lineRule="exact"/>'
NEW_PAGE = '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'
NUMBER = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> PAGE </w:instrText><w:fldChar w:fldCharType="end"/></w:r>'


@pytest.fixture(autouse=True)
def faces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        docx_type, "known", lambda name, bold=False, italic=False: Face(name, name, 400, False, line_height=1.2)
    )


def pages(tmp_path: Path, body: str, section: str = SECTION, **kinds: Any) -> list[Page]:
    with DocxSource(save(tmp_path, docx(body, section=section, **kinds)), Job()) as source:
        return [source.page(index) for index in range(source.count)]


def extent(tmp_path: Path, body: str, **kinds: Any) -> Extent:
    return sum((page.extent for page in pages(tmp_path, body, **kinds)), Extent())


def lines(count: int) -> str:
    return "".join(p(f"Line {number}", EXACTLY) for number in range(count))


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (lines(20), (1, 1, 1)),
        (lines(30), (1, 1, 2)),  # full to the last line: nobody knows
        (lines(45), (2, 2, 2)),
        (lines(120), (4, 4, 5)),
        (lines(3) + NEW_PAGE + lines(3), (2, 2, 2)),
        (lines(3) + p("Next", "<w:pageBreakBefore/>"), (2, 2, 2)),
        (p("Next", "<w:pageBreakBefore/>") + lines(3), (1, 1, 1)),  # no page before the first
        (p("") * 3 + lines(5), (1, 1, 1)),
        (p("A", '<w:spacing w:before="8000" w:after="8000"/>') * 2 + lines(10), (2, 2, 2)),
        (lines(10) + f"<w:p>{r('Hidden', '<w:vanish/>')}</w:p>" * 40, (1, 1, 1)),
    ],
)
def test_pages_fill_line_by_line(tmp_path: Path, body: str, wanted: tuple[int, int, int]) -> None:
    made = extent(tmp_path, body)
    assert (made.least, made.likely, made.most) == wanted


def row(*cells: str, height: int = 0) -> str:
    tall = f'<w:trPr><w:trHeight w:val="{height}"/></w:trPr>' if height else ""
    return (
        f"<w:tr>{tall}"
        + "".join(f'<w:tc><w:tcPr><w:tcW w:w="4000" w:type="dxa"/></w:tcPr>{cell}</w:tc>' for cell in cells)
        + "</w:tr>"
    )


def test_a_row_is_as_high_as_its_highest_cell_or_as_it_asks(tmp_path: Path) -> None:
    def table(*rows: str) -> str:
        return f'<w:tbl><w:tblGrid><w:gridCol w:w="4000"/><w:gridCol w:w="4000"/></w:tblGrid>{"".join(rows)}</w:tbl>'

    assert extent(tmp_path, table(row(lines(20), lines(20))) + p("End")).most == 1  # side by side
    assert extent(tmp_path, table(row(lines(20)), row(lines(20))) + p("End")).least == 2
    assert extent(tmp_path, table(*[row(p("A"), height=3800)] * 5) + p("End")).likely == 2
    nested = table(row(table(row(lines(20)), row(lines(20))) + p("")))
    assert extent(tmp_path, nested + p("End")).least == 2


def test_pictures_are_not_parted(tmp_path: Path) -> None:
    image = {"rImage": ("image", b"\x89PNG")}
    tall = f"<w:p>{picture('rImage', width=300 * 12700, height=320 * 12700)}</w:p>"
    assert extent(tmp_path, tall * 2, parts=image) == Extent(2, 2, 2)
    assert extent(tmp_path, tall + lines(10), parts=image) == Extent(1, 1, 1)


def test_columns_share_a_page_and_a_continuous_section_goes_on(tmp_path: Path) -> None:
    two = f'<w:sectPr>{SHEET}<w:cols w:num="2" w:space="400"/></w:sectPr>'
    assert extent(tmp_path, lines(50), section=two).most == 1
    first = f"<w:p><w:pPr><w:sectPr>{SHEET}</w:sectPr></w:pPr></w:p>"
    goes_on = f'<w:sectPr><w:type w:val="continuous"/>{SHEET}</w:sectPr>'
    assert [page.extent.likely for page in pages(tmp_path, lines(5) + first + lines(5), section=goes_on)] == [1, 0]
    assert [page.extent.likely for page in pages(tmp_path, lines(5) + first + lines(5))] == [1, 1]


def test_a_high_header_takes_room_from_the_text(tmp_path: Path) -> None:
    head = f'<w:sectPr><w:headerReference w:type="default" r:id="rHead"/>{SHEET}</w:sectPr>'
    parts = {"rHead": ("header", lines(15))}
    assert extent(tmp_path, lines(25), section=head, parts=parts).likely == 2
    fixed = head.replace('w:top="1440"', 'w:top="-1440"')
    assert extent(tmp_path, lines(25), section=fixed, parts=parts).likely == 1


def test_covers_and_blank_pages_are_told_apart(tmp_path: Path) -> None:
    text = p("A long line of words that goes on and on to the end of the page and further. " * 12)
    made = pages(tmp_path, p("The title") + NEW_PAGE + (text * 4 + NEW_PAGE) * 4 + text)
    assert made[0].uncounted == Extent(1, 1, 1)


@pytest.mark.parametrize(
    ("foot", "wanted"),
    [
        (f"<w:p><w:r><w:t>Page </w:t></w:r>{NUMBER}</w:p>", "footer line 0 left 3 5"),
        (f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{NUMBER}</w:p>', "footer line 0 centred 3 0"),
        (
            f'<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="9000"/></w:tabs></w:pPr><w:r><w:tab/></w:r>{NUMBER}</w:p>',
            "footer line 0 right 3 5",
        ),
        (p("12"), ""),  # typed by hand: the same on every page
    ],
)
def test_where_the_number_of_a_page_stands(tmp_path: Path, foot: str, wanted: str) -> None:
    section = f'<w:sectPr><w:footerReference w:type="default" r:id="rFoot"/>{SHEET}</w:sectPr>'
    (only,) = pages(tmp_path, lines(3), section=section, parts={"rFoot": ("footer", foot)})[0].numbering
    assert (only.kind, only.position) == ("default", wanted)
    assert (only.number is not None) == bool(wanted)


def test_each_kind_of_page_is_told_and_headers_are_inherited(tmp_path: Path) -> None:
    foot = {"rFoot": ("footer", f"<w:p>{NUMBER}</w:p>"), "rFirst": ("footer", p("Draft"))}
    references = '<w:footerReference w:type="default" r:id="rFoot"/><w:footerReference w:type="first" r:id="rFirst"/>'
    first = f"<w:p><w:pPr><w:sectPr>{references}{SHEET}<w:titlePg/></w:sectPr></w:pPr></w:p>"
    one, two = pages(tmp_path, lines(3) + first + lines(3), parts=foot)
    assert [(kind.kind, kind.number is not None) for kind in one.numbering] == [("default", True), ("first", False)]
    assert [(kind.kind, kind.number is not None) for kind in two.numbering] == [("default", True)]


def test_a_box_over_the_text_or_too_small_for_its_own_is_named(tmp_path: Path) -> None:
    def box(wrap: str, high: int, text: str) -> str:
        return (
            '<w:p><w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" behindDoc="0">'
            '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
            '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
            f'<wp:extent cx="{200 * 12700}" cy="{high * 12700}"/><wp:{wrap}/><wp:docPr id="1" name="Box 1"/>'
            "<a:graphic><a:graphicData><wps:wsp><wps:spPr/><wps:txbx><w:txbxContent>"
            f"{text}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></w:r></w:p>"
        )

    assert pages(tmp_path, box("wrapTopAndBottom", 100, lines(2)))[0].loose == ()
    assert [place.text for place in pages(tmp_path, box("wrapNone", 100, lines(2)))[0].loose] == ["Box 1"]
    assert [place.text for place in pages(tmp_path, box("wrapTopAndBottom", 60, lines(9)))[0].loose] == ["Line 0"]


SPACED = '<w:spacing w:before="{0}" w:after="{0}" w:line="240" w:lineRule="auto"/>'


@pytest.mark.parametrize(
    ("before", "after", "ppr", "wanted"),
    [
        # Type of 12 pt in lines of 14.4: the picture stands 2.64 above the foot of its line, capitals 3.36 below theirs.
        (p("Text", SPACED.format(200)), p("Text", SPACED.format(200)), SPACED.format(0), (10.0, None)),
        (p("Text", SPACED.format(0)), p("Text", SPACED.format(0)), SPACED.format(0), (0.0, None)),
        ("", p("Text", SPACED.format(200)), SPACED.format(0), (16.0, None)),
        (p("Text", SPACED.format(0)) + p("", SPACED.format(0)), "", SPACED.format(0), (14.4, None)),
        (p("Text", SPACED.format(400)), p("Figure 1", '<w:pStyle w:val="Caption"/>' + SPACED.format(0)), "", (20.0, 6.0)),
        (NEW_PAGE, p("Text"), SPACED.format(0), (6.0, None)),
        (p("Text"), p("Text"), '<w:spacing w:line="300" w:lineRule="exact"/>', (None, None)),
        ("", "", "", (None, None)),
    ],
)
def test_the_white_round_a_picture_in_a_paragraph_of_its_own(
    tmp_path: Path, before: str, after: str, ppr: str, wanted: tuple[float | None, float | None]
) -> None:
    image = picture("rImage", width=100 * 12700, height=100 * 12700)
    body = f"{before}<w:p><w:pPr>{ppr}</w:pPr>{image}</w:p>{after}"
    styles = PLAIN + style("Caption").replace('w:val="Caption"', 'w:val="caption"')
    (found,) = pages(tmp_path, body, styles=styles, parts={"rImage": ("image", png(300, 300))})[0].pictures
    for value, known in zip((found.clearance, found.caption_clearance), wanted, strict=True):
        assert value == (None if known is None else pytest.approx(known, abs=0.05))


def test_the_white_round_a_picture_is_answered_where_it_is_clear(tmp_path: Path) -> None:
    image = {"rImage": ("image", png(300, 300))}
    drawn = f"<w:p><w:pPr>{SPACED.format(0)}</w:pPr>{picture('rImage', width=100 * 12700, height=100 * 12700)}</w:p>"
    for space, answer in ((0, "no"), (160, "ask"), (400, "yes")):
        body = p("Text", SPACED.format(space)) + drawn + p("Text", SPACED.format(space))
        report = clearprint.check(save(tmp_path, docx(body, section=SECTION, parts=image)))
        assert report.answer("image-separation").answer == answer


@pytest.mark.parametrize(
    ("ppr", "answer"),
    [
        ("", "yes"),
        ('<w:ind w:left="100"/>', "yes"),  # 1.8 mm
        ('<w:ind w:left="567"/>', "no"),
        ('<w:ind w:firstLine="567"/>', "no"),
        ('<w:ind w:left="567" w:hanging="567"/>', "yes"),
        ('<w:jc w:val="right"/>', "no"),
        ('<w:jc w:val="center"/>', "yes"),  # centred headings each begin elsewhere
        ('<w:jc w:val="both"/>', "yes"),
    ],
)
def test_headings_of_one_level_begin_at_one_edge(tmp_path: Path, ppr: str, answer: str) -> None:
    styles = PLAIN + style("Heading1", more='<w:outlineLvl w:val="0"/>', rpr='<w:b/><w:sz w:val="32"/>')
    named = '<w:pStyle w:val="Heading1"/>'
    text = p("Some words that stand below the heading and go on to the end.", EXACTLY)
    body = "".join(p(f"Chapter {name}", named) + text for name in ("red", "blue", "green", "white", "brown"))
    report = clearprint.check(save(tmp_path, docx(p("Chapter black", named + ppr) + text + body + lines(60), styles=styles)))
    furniture = report.answer("page-furniture")
    assert [fault.measure for fault in furniture.faults if fault.measure.startswith("heading")] == (
        ["heading-left"] if answer == "no" else []
    )


CHAPTER = PLAIN + style("Heading1", more='<w:outlineLvl w:val="0"/>', ppr="<w:keepNext/>" + EXACTLY)
FOOT = f'<w:footerReference w:type="default" r:id="rFoot"/>{SHEET}'
FEET = {"rFoot": ("footer", f"<w:p>{NUMBER}</w:p>")}


def chapter(name: str, ppr: str = "") -> str:
    return p(name, f'<w:pStyle w:val="Heading1"/>{ppr}')


def stands(tmp_path: Path, body: str, **kinds: Any) -> dict[str, Extent]:
    found = [one for page in pages(tmp_path, body, styles=CHAPTER, **kinds) for one in page.standing if one.heading]
    return {one.text: one.pages for one in found}


def test_the_pages_that_headings_stand_on(tmp_path: Path) -> None:
    body = chapter("One") + lines(10) + chapter("Two", "<w:pageBreakBefore/>") + lines(5) + NEW_PAGE + chapter("Three")
    assert stands(tmp_path, body) == {"One": Extent(1, 1, 1), "Two": Extent(2, 2, 2), "Three": Extent(3, 3, 3)}
    # A heading stands with the first lines of what follows: on the last line of a page it goes to the next.
    assert stands(tmp_path, lines(29) + chapter("One") + lines(5))["One"].most == 2
    assert stands(tmp_path, lines(29) + chapter("One") + chapter("Two") + lines(5))["One"].most == 2
    assert stands(tmp_path, lines(40) + chapter("One") + lines(5))["One"] == Extent(2, 2, 2)
    # The further from a forced break, the less is known.
    assert stands(tmp_path, lines(30 * 9 + 3) + chapter("One"))["One"] == Extent(9, 10, 10)
    table = f"<w:tbl><w:tr><w:tc>{chapter('Cell')}</w:tc><w:tc>{p('Other')}</w:tc></w:tr></w:tbl>"
    assert stands(tmp_path, table + lines(3))["Cell"] == Extent()


def test_pages_are_numbered_as_their_sections_say(tmp_path: Path) -> None:
    def section(numbers: str, kind: str = "nextPage") -> str:
        return f'<w:p><w:pPr><w:sectPr><w:type w:val="{kind}"/>{SHEET}{numbers}</w:sectPr></w:pPr></w:p>'

    front = chapter("Front") + lines(3) + NEW_PAGE + lines(3) + section('<w:pgNumType w:fmt="lowerRoman"/>')
    main = chapter("One") + lines(3) + NEW_PAGE + chapter("Two") + section('<w:pgNumType w:start="1"/>')
    found = stands(tmp_path, front + main + chapter("Three"))
    assert found == {"Front": Extent(), "One": Extent(1, 1, 1), "Two": Extent(2, 2, 2), "Three": Extent(3, 3, 3)}


@pytest.mark.parametrize(("given", "answer"), [((2, 3, 4, 5), "yes"), ((2, 3, 4, 6), "no"), ((3, 4, 5, 6), "no")])
@pytest.mark.parametrize("field", [True, False])
def test_wrong_numbers_in_a_contents_list_are_found(tmp_path: Path, given: tuple[int, ...], answer: str, field: bool) -> None:
    names = ("Buses", "Trains", "Ferries", "Walks")
    listed = [
        f"<w:p><w:r><w:t>{name}</w:t><w:tab/><w:t>{page}</w:t></w:r></w:p>" for name, page in zip(names, given, strict=True)
    ]
    if field:
        start = (
            '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText> TOC </w:instrText><w:fldChar w:fldCharType="separate"/></w:r>'
        )
        listed[0] = listed[0].replace("<w:p>", f"<w:p>{start}")
        listed[-1] = listed[-1].replace("</w:p>", '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    body = "".join(listed) + "".join(
        chapter(name, "<w:pageBreakBefore/>") + p("A line of five words", EXACTLY) * 20 for name in names
    )
    data = docx(body, styles=CHAPTER, section=f"<w:sectPr>{FOOT}</w:sectPr>", parts=FEET)
    found = clearprint.check(save(tmp_path, data)).answer("contents-list")
    assert found.answer == answer
    assert len(found.faults) == sum(page != right for page, right in zip(given, (2, 3, 4, 5), strict=True))


@pytest.mark.parametrize(
    ("spacing", "answer"),
    [
        ("", "ask"),  # single spacing is the face's own
        ('<w:spacing w:line="259" w:lineRule="auto"/>', "ask"),
        ('<w:spacing w:line="278" w:lineRule="auto"/>', "yes"),  # 1.16 times the size in the lowest of faces
    ],
)
def test_line_spacing_of_a_face_that_is_not_known(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spacing: str, answer: str
) -> None:
    monkeypatch.setattr(docx_type, "known", lambda name, bold=False, italic=False: Face(name, name, 400, False))
    text = p("A paragraph of some words that runs on over the end of its line and then ends. " * 3, spacing)
    found = clearprint.check(save(tmp_path, docx(text))).answer("leading")
    assert (found.answer, found.cause) == (answer, "unmeasured" if answer == "ask" else None)


def test_a_header_without_a_page_is_not_read(tmp_path: Path) -> None:
    heads = '<w:headerReference w:type="default" r:id="rHead"/><w:headerReference w:type="first" r:id="rFirst"/>'
    section = f"<w:sectPr>{heads}{SHEET}<w:titlePg/></w:sectPr>"
    parts = {"rHead": ("header", p("Later pages")), "rFirst": ("header", p("The first page"))}

    def heads_of(body: str, section: str) -> list[str]:
        (page,) = pages(tmp_path, body, section=section, parts=parts)
        return [block.text for block in page.blocks if block.hint == "running-head"]

    assert heads_of(lines(5), section) == ["The first page"]
    assert heads_of(lines(50), section) == ["Later pages", "The first page"]
    assert heads_of(lines(5), section.replace("<w:titlePg/>", "")) == ["Later pages"]


SENTENCE = "This charity is a company and is known to all by its number, as everybody who has asked us knows. "


@pytest.mark.parametrize(
    ("foot", "answer"),
    [
        (p(SENTENCE * 4, '<w:jc w:val="both"/>'), "no"),
        (p(SENTENCE * 4), "yes"),
        (p("Registered charity 1234567", '<w:jc w:val="center"/>'), "yes"),
    ],
)
def test_a_paragraph_in_the_foot_is_read_as_one(tmp_path: Path, foot: str, answer: str) -> None:
    section = f'<w:sectPr><w:footerReference w:type="default" r:id="rFoot"/>{SHEET}</w:sectPr>'
    data = docx(p(SENTENCE * 4), section=section, parts={"rFoot": ("footer", foot)})
    assert clearprint.check(save(tmp_path, data)).answer("left-aligned").answer == answer


def test_an_address_broken_by_hand_may_stand_at_the_right(tmp_path: Path) -> None:
    def answer(*parts: str) -> str:
        text = "<w:br/>".join(f"<w:t>{part}</w:t>" for part in parts)
        address = f'<w:p><w:pPr><w:jc w:val="right"/></w:pPr><w:r>{text}</w:r></w:p>'
        return clearprint.check(save(tmp_path, docx(address + p(SENTENCE * 4)))).answer("left-aligned").answer

    assert answer("Mill House", "3 Mill Street", "Swansea", "SA1 4PE") == "yes"
    assert answer(SENTENCE, SENTENCE, SENTENCE) == "no"
