"""Lines of a DOCX broken by the widths of letters: where they break, how far they may be off, and what rests on them."""

from __future__ import annotations

from pathlib import Path

import pytest

import clearprint
from clearprint.formats import widths as faces
from clearprint.layout.runs import likely_lines
from clearprint.model import Block, Face, Job, Span, Style
from clearprint.readers.docx_lines import MOST, Breaker
from clearprint.readers.from_docx import open as open_docx
from tests.docx_kit import PLAIN, SECTION, docx, p, picture, png, save

LONG = "The office is open every day and a person will answer your letter in large print or on tape within a week of it. "


class _Fixed(faces.Widths):
    """Every letter half an em wide."""

    def of(self, sign: str) -> float:
        return 0.5


@pytest.fixture
def half_em(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clearprint.readers.docx_lines.widths", lambda name, bold, italic: _Fixed(name, name, True, 0.0))


def broken(
    text: str, room: float = 100.0, first: float = 0.0, start: float = 0.0, tabs: object = None, **style: object
) -> list[str]:
    """The lines of a text whose letters are 5 points wide."""
    span = Span(text, Style(Face("A", "A"), 10.0, **style))  # type: ignore[arg-type]
    lines, _ = Breaker(1.0).broken([span], room, first, start, {"tabs": tabs or {}}, False)
    return [line.text for line in lines]


@pytest.mark.usefixtures("half_em")
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("twenty letters fit..", ["twenty letters fit.."]),
        ("twenty letters fit.. ", ["twenty letters fit.."]),  # the space at its end hangs
        ("twenty letters fit... x", ["twenty letters", "fit... x"]),
        ("a well-known-and-loved place", ["a well-known-and-", "loved place"]),
        ("an unbreakablewordthatislonger", ["an", "unbreakablewordthatislonger"]),
        ("one\ntwo", ["one", "two"]),
        ("a telephone 0300-123-4567", ["a telephone", "0300-123-4567"]),
        ("no\u00a0break between\u00a0these", ["no\u00a0break", "between\u00a0these"]),
    ],
)
def test_where_lines_break(text: str, wanted: list[str]) -> None:
    assert broken(text) == wanted


@pytest.mark.usefixtures("half_em")
def test_a_paragraph_without_end_is_broken_for_twenty_pages_only() -> None:
    lines = broken("aaaa bbbb " * 30_000)
    assert set(lines) == {"aaaa bbbb aaaa bbbb"}
    assert len(lines) == MOST // 20


@pytest.mark.usefixtures("half_em")
@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a hippopo~tamus comes", ["a hippopotamus comes"]),  # it fits: no hyphen shows
        ("but see a hippopo~tamus", ["but see a hippopo-|hippopo- tamus", "tamus"]),
        ("see the hippopo~potamus", ["see the hippopo-|hippopo- potamus", "potamus"]),
        ("but see a hippopotam~us", ["but see a", "hippopotamus"]),  # the hyphen itself does not fit
        ("the an incom~prehen~si~ble one", ["the an incomprehen-|incomprehen- sible", "sible one"]),
        ("twenty letters fit~ so", ["twenty letters fit", "so"]),  # at the end of a word it never shows
    ],
)
def test_optional_hyphens_show_only_where_a_line_ends_at_them(text: str, wanted: list[str]) -> None:
    soft = [at - text[:at].count("~") for at, sign in enumerate(text) if sign == "~"]
    span = Span(text.replace("~", ""), Style(Face("A", "A"), 10.0))
    lines, _ = Breaker(1.0).broken([span], 100.0, 0.0, 0.0, {"tabs": {}}, False, soft)
    assert [f"{line.text}|{line.split}" if line.split else line.text for line in lines] == wanted


@pytest.mark.usefixtures("half_em")
@pytest.mark.parametrize("hyphen", ["\u00ad", "</w:t><w:softHyphen/><w:t>"])
def test_optional_hyphens_are_found_in_runs_and_not_in_the_text(tmp_path: Path, hyphen: str) -> None:
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:ind w:left="0" w:hanging="0"/>'
    level = '<w:lvl w:ilvl="0">'
    level += '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/><w:suff w:val="space"/></w:lvl>'
    numbering = (
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    text = ("word " * 13) + f"hippo{hyphen}potamus and its friends. "
    for ppr in ("", numbered):
        data = docx(p(text, ppr), numbering=numbering)
        with open_docx(save(tmp_path, data), Job()) as source:
            block = source.page(0).blocks[0]
        assert "hippopotamus" in block.text
        assert any(line.split == "hippo- potamus" for line in block.estimated), block.estimated


@pytest.mark.usefixtures("half_em")
def test_first_lines_indents_tabs_and_styles() -> None:
    text = "aaaa bbbb cccc dddd eeee"
    assert broken(text, first=30) == ["aaaa bbbb cccc", "dddd eeee"]
    assert broken(text, first=-10, start=10) == ["aaaa bbbb cccc dddd", "eeee"]
    assert broken("1.\taaaa bbbb cccc ddd", first=-18, start=18) == ["1.\taaaa bbbb cccc ddd"]  # a tab ends at the indent
    assert broken("a\tbbbb cccc dddd", tabs={60.0: ("left", "none")}) == ["a\tbbbb", "cccc dddd"]
    assert broken("a\tbb", tabs={90.0: ("right", "dot")}) == ["a\tbb"]
    assert broken(text, stretch=0.5) == [text]
    assert broken("aaaa bbbb cccc dddd", tracking=0.2) == ["aaaa bbbb cccc", "dddd"]
    assert broken("日本語の文章が二十字より長い") == ["日本語の文章が二十字より長い"[:20]]


@pytest.mark.usefixtures("half_em")
def test_a_full_line_is_one_that_the_next_word_did_not_fit() -> None:
    span = Span("aaaa bbbb cccc dddd eeee\nff gg", Style(Face("A", "A"), 10.0))
    lines, _ = Breaker(1.0).broken([span], 100.0, 0.0, 0.0, {}, False)
    assert [(line.text, line.full, line.slack) for line in lines] == [
        ("aaaa bbbb cccc dddd", True, 5.0),
        ("eeee", False, 80.0),
        ("ff gg", False, 75.0),
    ]


@pytest.mark.usefixtures("half_em")
def test_a_word_in_two_runs_is_not_broken_between_them() -> None:
    spans = [Span("aaaa bbbb cccc dd", Style(Face("A", "A"), 10.0)), Span("dddd", Style(Face("B", "B"), 10.0))]
    lines, _ = Breaker(1.0).broken(spans, 100.0, 0.0, 0.0, {}, False)
    assert [line.text for line in lines] == ["aaaa bbbb cccc", "dddddd"]


def test_joined_letters_are_not_measured_one_by_one() -> None:
    span = Span("السلام عليكم", Style(Face("A", "A"), 10.0))
    assert Breaker(1.0).broken([span], 100.0, 0.0, 0.0, {}, False) == ((), 0.0)


# --- faces ------------------------------------------------------------------------------------------------------------------


def test_what_a_width_rests_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(faces, "_files", lambda: ())
    faces._cuts.cache_clear()
    faces.widths.cache_clear()
    try:
        georgia, unheard = faces.widths("Georgia"), faces.widths("Unheard Of")
        assert (georgia.installed, georgia.error, georgia.face) == (False, faces.TABLE_ERROR, "Georgia")
        assert (unheard.installed, unheard.error, unheard.face) == (False, faces.UNKNOWN_ERROR, "Arial")
        assert faces.widths("Unheard Of Serif").face == "Times New Roman"
        text = LONG * 3
        verdana, arial = (sum(map(faces.widths(name).of, text)) for name in ("Verdana", "Arial"))
        assert verdana / arial == pytest.approx(1.149, abs=0.01)  # npm @capsizecss/metrics
    finally:
        faces._cuts.cache_clear()
        faces.widths.cache_clear()


def test_an_installed_twin_is_as_wide_as_the_face() -> None:
    if not faces.widths("Liberation Sans").installed:
        pytest.skip("Liberation Sans is not installed")
    arial = faces.widths("Arial")
    assert (arial.installed, arial.error) == (True, 0.0)
    assert arial.of("n") == pytest.approx(0.556, abs=0.001)  # Arial's own advance, 1139 of 2048
    assert faces.widths("Arial", True).of("n") == pytest.approx(0.611, abs=0.001)


def test_how_far_a_stand_in_is_off() -> None:
    assert faces.stand_in_error("Arial", "Liberation Sans") == 0.0
    assert faces.stand_in_error("Verdana", "Arial") == pytest.approx(0.149 + faces.TABLE_ERROR, abs=0.005)
    assert faces.stand_in_error("Unheard Of", "Arial") == faces.UNKNOWN_ERROR


def test_names_of_a_broken_font_are_none(tmp_path: Path) -> None:
    for data in (b"", b"ttcf\0\0\0\0\0\0\0\x05", b"\0\1\0\0\0\x09" + bytes(40)):
        path = tmp_path / "x.ttf"
        path.write_bytes(data)
        assert all(family == "" for family, _ in faces._names(str(path)))


# --- what rests on it -------------------------------------------------------------------------------------------------------


def section(room: float) -> str:
    """A section whose text is that many points wide."""
    side = round((595.3 - room) * 10)
    margins = f'w:left="{side}" w:right="{side}" w:top="1000" w:bottom="1000"'
    return f'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar {margins}/></w:sectPr>'


def _line_length(folder: Path, room: float, face: str = "Arial", more: str = "") -> clearprint.Answer:
    fonts = f'<w:rFonts w:ascii="{face}" w:hAnsi="{face}"/>'
    body = p(LONG * 5, rpr=fonts) + more
    return clearprint.check(save(folder, docx(body, section=section(room)))).answer("line-length")


def test_line_length_is_answered_from_estimated_lines(tmp_path: Path) -> None:
    short, long = _line_length(tmp_path, 300), _line_length(tmp_path, 520)
    assert (short.answer, long.answer) == ("yes", "no")
    assert long.faults[0].path == "Paragraph 1"
    assert 85 < float(long.faults[0].measured) < 105


def test_too_near_a_limit_is_open(tmp_path: Path) -> None:
    found = [_line_length(tmp_path, room) for room in range(400, 460, 4)]
    assert [answer.answer for answer in found] == sorted((answer.answer for answer in found), key=["yes", "ask", "no"].index)
    assert {answer.cause for answer in found if answer.answer == "ask"} == {"estimate"}


def test_a_face_that_is_not_here_widens_the_band_and_is_named(tmp_path: Path) -> None:
    assert _line_length(tmp_path, 400).answer == "yes"
    assert _line_length(tmp_path, 400, "Unheard Of").cause == "estimate"
    assert _line_length(tmp_path, 520, "Unheard Of").answer == "no"
    report = clearprint.check(tmp_path / "a.docx")
    assert report.layout_basis is not None
    assert [(item.face, item.used) for item in report.layout_basis.stand_ins] == [("Unheard Of", "Arial")]
    assert any("Unheard Of is not installed" in item.reason for item in report.not_looked_at)


def _blocks(folder: Path, body: str, **parts: object) -> list[Block]:
    with open_docx(save(folder, docx(body, **parts)), Job()) as source:  # type: ignore[arg-type]
        return [block for index in range(source.count) for block in source.page(index).blocks]


def test_lines_beside_a_picture_are_not_known(tmp_path: Path) -> None:
    wrap = '<wp:wrapSquare wrapText="bothSides"/>'
    drawing = picture("pic", 1_800_000, 1_800_000, wrap=wrap)
    parts = {"pic": ("image", png(200, 200))}
    found = _blocks(tmp_path, f"<w:p>{drawing}</w:p>" + p(LONG * 4), parts=parts)
    assert [block.estimated for block in found] == [()]
    assert all(block.estimated for block in _blocks(tmp_path, p(LONG * 4), styles=PLAIN, section=SECTION))


@pytest.mark.usefixtures("half_em")
def test_a_heading_after_a_page_break_is_one_line(tmp_path: Path) -> None:
    page_break = '<w:r><w:br w:type="page"/></w:r>'
    body = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{page_break}<w:r><w:t>WHERE WE ARE</w:t></w:r></w:p>'
    with open_docx(save(tmp_path, docx(body)), Job()) as source:
        page = source.page(0)
    assert likely_lines(page.blocks[0], page) == 1
