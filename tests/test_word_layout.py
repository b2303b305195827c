"""Word files laid out by LibreOffice: what it is given, that nothing outside is reached, pages and paragraphs together."""

from __future__ import annotations

import io
import json
import stat
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import clearprint
from clearprint.cli import cli
from clearprint.errors import BadUsage, UnreadableFile
from clearprint.formats import docx_clean, soffice
from clearprint.formats.docx import W, parse
from clearprint.model import Job, NotLookedAt, Page
from clearprint.readers import kinds
from clearprint.readers.from_docx import open as open_docx
from clearprint.readers.printable import prepare
from clearprint.run import Options, Task, check_all
from clearprint.settings import Settings
from tests.docx_kit import PLAIN, docx, p, r, relations, save, style, zipped
from tests.needs import program


@pytest.fixture
def libreoffice() -> None:
    program("soffice")


LAID_OUT = Settings(layout="libreoffice")
LONG = "The office is open every day and a person will answer your letter in large print or on tape within a week of it. "


def cleaned(folder: Path, body: str, **parts: str) -> str:
    """The main part of the copy that LibreOffice is given."""
    source = save(folder, docx(body, **parts))  # type: ignore[arg-type]
    docx_clean.clean(source, folder / "copy.docx")
    with zipfile.ZipFile(folder / "copy.docx") as archive:
        return archive.read("word/document.xml").decode()


def texts(main: str) -> list[str]:
    root = parse(main.encode())
    return ["".join(part.text or "" for part in item.iter(f"{W}t")) for item in root.iter(f"{W}p")]


# --- the copy ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (f'<w:p>{r("a")}<w:del w:id="1"><w:r><w:delText>x</w:delText></w:r></w:del>{r("b")}</w:p>', ["ab"]),
        (f'<w:p>{r("a")}<w:ins w:id="1">{r("b")}</w:ins>{r("c")}</w:p>', ["abc"]),
        (f'<w:p><w:moveFrom w:id="1">{r("x")}</w:moveFrom></w:p><w:p><w:moveTo w:id="2">{r("x")}</w:moveTo></w:p>', ["", "x"]),
        (f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{r("a")}</w:p>{p("b")}', ["ab"]),
        (f'<w:tbl><w:tr><w:trPr><w:del w:id="1"/></w:trPr><w:tc>{p("x")}</w:tc></w:tr></w:tbl>{p("b")}', ["b"]),
        (f'<w:p><w:commentRangeStart w:id="0"/>{r("a")}<w:commentRangeEnd w:id="0"/></w:p>', ["a"]),
    ],
)
def test_changes_are_accepted_in_the_copy_as_the_reader_reads_them(tmp_path: Path, body: str, wanted: list[str]) -> None:
    found = texts(cleaned(tmp_path, body))
    assert found == wanted
    with open_docx(tmp_path / "a.docx", Job()) as source:
        read = [block.text for index in range(source.count) for block in source.page(index).blocks]
    assert read == [text for text in wanted if text]


def test_formatting_before_a_change_is_gone(tmp_path: Path) -> None:
    main = cleaned(tmp_path, p("a", rpr='<w:b/><w:rPrChange w:id="1"><w:rPr><w:i/></w:rPr></w:rPrChange>'))
    assert "<w:b/>" in main
    assert "rPrChange" not in main


@pytest.mark.parametrize(
    "code", ["INCLUDEPICTURE http://x/y.png", ' INCLUDETEXT "c:\\\\x.docx" ', "DDEAUTO excel x", "LINK Excel.Sheet"]
)
def test_fields_that_reach_for_files_lose_their_code_and_keep_their_result(tmp_path: Path, code: str) -> None:
    half = len(code) // 2
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{code[:half]}</w:instrText></w:r><w:r><w:instrText>{code[half:]}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    main = cleaned(tmp_path, f'<w:p>{field}{r("shown")}<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>')
    assert not any(word in main for word in ("y.png", "x.docx", "DDE", "Excel"))
    assert texts(main) == ["shown"]
    assert "QUOTE" in cleaned(tmp_path, f"<w:p><w:fldSimple w:instr='{code}'>{r('shown')}</w:fldSimple></w:p>")


def test_page_fields_stay(tmp_path: Path) -> None:
    assert 'instr=" PAGE "' in cleaned(tmp_path, f'<w:p><w:fldSimple w:instr=" PAGE ">{r("1")}</w:fldSimple></w:p>')


def test_links_out_of_the_file_macros_and_objects_are_gone(tmp_path: Path) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = "".join(
        f'<Relationship Id="r{number}" Type="{kind}{name}" Target="{target}" TargetMode="{mode}"/>'
        for number, (name, target, mode) in enumerate(
            [
                ("image", "http://x/a.png", "External"),
                ("attachedTemplate", "file:///etc/x.dotx", "External"),
                ("oleObject", "embeddings/o.bin", "Internal"),
                ("vbaProject", "vbaProject.bin", "Internal"),
                ("hyperlink", "https://example.org", "External"),
            ]
        )
    )
    data = docx(p("text"))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    files["word/_rels/document.xml.rels"] = relations(links)
    files["word/vbaProject.bin"] = b"macros"
    docx_clean.clean(save(tmp_path, zipped(files)), tmp_path / "copy.docx")
    with zipfile.ZipFile(tmp_path / "copy.docx") as archive:
        kept = archive.read("word/_rels/document.xml.rels").decode()
        assert "word/vbaProject.bin" not in archive.namelist()
    assert "example.org" in kept
    assert not any(word in kept for word in ("a.png", "x.dotx", "oleObject", "vba"))


def test_hyphenation_switched_off_is_off_in_the_copy(tmp_path: Path) -> None:
    """LibreOffice 7.4 hyphenates where the setting is there, whatever its value; 17.15.1.10 says that 0 is off."""
    for value, kept in (("0", False), ("1", True)):
        source = save(tmp_path, docx(p("text"), settings=f'<w:autoHyphenation w:val="{value}"/>'))
        docx_clean.clean(source, tmp_path / "copy.docx")
        with zipfile.ZipFile(tmp_path / "copy.docx") as archive:
            assert ("autoHyphenation" in archive.read("word/settings.xml").decode()) is kept


def test_a_strict_document_becomes_a_transitional_copy(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(p("text")))) as archive:
        files: dict[str, str | bytes] = {
            name: archive.read(name).replace(
                b"http://schemas.openxmlformats.org/wordprocessingml/2006/", b"http://purl.oclc.org/ooxml/wordprocessingml/"
            )
            for name in archive.namelist()
        }
    docx_clean.clean(save(tmp_path, zipped(files)), tmp_path / "copy.docx")
    with zipfile.ZipFile(tmp_path / "copy.docx") as archive:
        assert all(b"purl.oclc.org" not in archive.read(name) for name in archive.namelist())


def _odt(content: str) -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", kinds._ODT)
        archive.writestr("Basic/Standard/Module1.xml", "<x/>")
        archive.writestr(
            "content.xml",
            f'<office:document-content {names} xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2">'
            f"<office:scripts/><office:body><office:text>{content}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kinds._ODT}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>',
        )
    return stream.getvalue()


def test_an_odt_copy_has_no_macros_changes_or_links_out(tmp_path: Path) -> None:
    content = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
        '</text:tracked-changes><text:p>one<text:change text:change-id="1"/> two<text:a xlink:href="https://example.org">link</text:a>'
        '<draw:frame><draw:image xlink:href="http://x/a.png"/><draw:image xlink:href="../../b.png"/></draw:frame></text:p>'
    )
    prepare(save(tmp_path, _odt(content), "a.odt"), tmp_path / "copy.odt")
    with zipfile.ZipFile(tmp_path / "copy.odt") as archive:
        text = archive.read("content.xml").decode()
        assert not [name for name in archive.namelist() if name.startswith("Basic")]
        assert archive.infolist()[0].compress_type == zipfile.ZIP_STORED
    assert "one two" in text
    assert "example.org" in text
    assert not any(word in text for word in ("gone", "a.png", "b.png", "scripts"))


def test_an_rtf_copy_reaches_for_no_file(tmp_path: Path) -> None:
    prepare(
        save(tmp_path, rb'{\rtf1{\*\template c:\\x.dot}{\field{\*\fldinst INCLUDEPICTURE "http://x"}}a}', "a.rtf"),
        tmp_path / "c.rtf",
    )
    copy = (tmp_path / "c.rtf").read_bytes()
    assert b"INCLUDEPICTURE" not in copy
    assert b"x.dot" not in copy


def test_text_documents_of_other_kinds_are_read_only_laid_out(tmp_path: Path) -> None:
    for data, kind in ((_odt("<text:p>x</text:p>"), "odt"), (b"{\\rtf1 x}", "rtf")):
        path = save(tmp_path, data, "a")
        assert kinds.kind_of(path, printable=True) == kind
        with pytest.raises(UnreadableFile, match="--layout libreoffice"):
            kinds.kind_of(path)


# --- the program ------------------------------------------------------------------------------------------------------------


def _program(folder: Path, script: str) -> str:
    """A stand-in for soffice: a shell script that gets the output folder as $OUT and the documents as its arguments."""
    path = folder / "soffice"
    head = '#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done; OUT=$2; shift 2\n'
    path.write_text(head + script)
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def _documents(folder: Path, *names: str) -> list[Path]:
    return [save(folder, docx(p("x")), f"{name}.docx") for name in names]


def test_a_missing_program_is_said_with_the_package_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BadUsage, match="libreoffice-writer-nogui"):
        soffice.find()
    with pytest.raises(BadUsage, match="no program"):
        soffice.find("/nowhere/soffice")
    with pytest.raises(BadUsage, match="libreoffice-writer-nogui"):
        list(check_all([Task(path, LAID_OUT) for path in _documents(tmp_path, "a")], Options()))


def test_a_file_that_hangs_loses_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(soffice, "_START", 0.5)
    script = 'for f; do case "$f" in *b.docx) sleep 60;; *) echo %%EOF > "$OUT/$(basename "$f" .docx).pdf";; esac; done\n'
    sources = _documents(tmp_path, "a", "b", "c", "d")
    made, lost = soffice.convert(_program(tmp_path, script), sources, tmp_path, lambda path: 0.5)
    assert {path.stem: why for path, why in lost.items()} == {"b": "timeout"}
    assert sorted(path.stem for path in made) == ["a", "c", "d"]


def test_a_file_that_ends_the_program_loses_only_itself(tmp_path: Path) -> None:
    script = (
        'for f; do case "$f" in *b.docx) exit 1;; *c.docx) ;; *) echo %%EOF > "$OUT/$(basename "$f" .docx).pdf";; esac; done\n'
    )
    made, lost = soffice.convert(
        _program(tmp_path, script), _documents(tmp_path, "a", "b", "c", "d"), tmp_path, lambda path: 20.0
    )
    assert {path.stem: why for path, why in lost.items()} == {"b": "died", "c": "refused"}
    assert sorted(path.stem for path in made) == ["a", "d"]


def test_what_cannot_be_laid_out_says_why_and_the_rest_is_checked(tmp_path: Path) -> None:
    script = "exit 0\n"
    program = _program(tmp_path, script)
    path = _documents(tmp_path, "a")[0]
    torn = save(tmp_path, docx(p("x"))[:300], "torn.docx")
    found = list(check_all([Task(path, LAID_OUT), Task(torn, LAID_OUT), Task(path)], Options(soffice=program)))
    assert [item.report.error.code if item.report.error else None for item in found] == ["layout", "damaged", None]
    assert "--layout estimate" in str(found[0].report.error)


def test_the_profile_runs_no_macro_and_follows_no_link(tmp_path: Path) -> None:
    soffice._write_profile(tmp_path / "profile")
    written = (tmp_path / "profile" / "user" / "registrymodifications.xcu").read_bytes()
    for name in (b"DisableMacrosExecution", b"BlockUntrustedRefererLinks", b"ooInetHTTPProxyName"):
        assert name in written
    assert parse(written).tag.endswith("items")


# --- real pages -------------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("libreoffice")
def test_faults_point_at_the_page_and_at_the_paragraph(tmp_path: Path) -> None:
    styles = PLAIN + style("heading 1", rpr='<w:sz w:val="32"/>')
    body = (
        p("How to apply", '<w:pStyle w:val="heading 1"/>')
        + p(LONG * 3)
        + p(LONG * 3, "<w:pageBreakBefore/>")
        + p(LONG * 2 + "Small.", rpr='<w:sz w:val="18"/>')
    )
    path = save(tmp_path, docx(body, styles=styles))
    report = clearprint.check(path, layout="libreoffice")
    assert report.error is None
    assert (report.format, report.layout, report.pages) == ("docx", "libreoffice", 2)
    assert report.layout_basis is not None
    assert report.layout_basis.engine == "LibreOffice"
    fault = report.answer("type-size").faults[0]
    assert (fault.page, fault.path) == (2, "Under ‘How to apply’, paragraph 3")
    assert fault.box is not None
    assert report.answer("line-length").cause is None


@pytest.mark.usefixtures("libreoffice")
def test_a_paragraph_over_two_pages_is_known_on_both(tmp_path: Path) -> None:
    body = p("Start here.") + p(LONG * 80, rpr='<w:sz w:val="20"/>')
    report = clearprint.check(save(tmp_path, docx(body)), layout="libreoffice")
    faults = report.answer("type-size").faults
    assert {fault.path for fault in faults} == {"Paragraph 2"}
    assert {page for fault in faults for page in fault.pages} == {1, 2}


THEME = '<a:clrScheme name="x"><a:dk1><a:srgbClr val="000000"/></a:dk1><a:lt1><a:srgbClr val="FFFFFF"/></a:lt1></a:clrScheme>'
PALE = '<w:color w:val="000000" w:themeColor="background1" w:themeShade="BF"/>'  # #BFBFBF; LibreOffice takes the val


@pytest.mark.usefixtures("libreoffice")
@pytest.mark.parametrize(
    ("name", "looks", "layout"),
    [
        ("type-weight", '<w:rFonts w:ascii="Brush Script MT" w:hAnsi="Brush Script MT"/>', ""),  # another stands in for it
        ("text-contrast", PALE, ""),
        ("left-aligned", "", '<w:jc w:val="both"/>'),  # over two lines, whose edges say nothing
    ],
)
def test_what_the_formatting_says_is_not_asked_of_the_pages(tmp_path: Path, name: str, looks: str, layout: str) -> None:
    body = p(LONG) + p(LONG + "And more.", ppr="<w:pageBreakBefore/>" + layout, rpr=looks)
    path = save(tmp_path, docx(body, theme=THEME))
    answer = clearprint.check(path, layout="libreoffice").answer(name)
    assert answer.answer == "no"
    assert {(fault.page, fault.path, fault.box is not None) for fault in answer.faults} == {(2, "Paragraph 2", True)}


@pytest.mark.usefixtures("libreoffice")
def test_what_rests_on_lines_is_asked_of_the_pages(tmp_path: Path) -> None:
    looks = '<w:rFonts w:ascii="Brush Script MT" w:hAnsi="Brush Script MT"/><w:sz w:val="18"/>'  # another stands in for it
    path = save(tmp_path, docx(p(LONG * 3, rpr=looks)))
    answers = clearprint.check(path, layout="libreoffice")
    (fault,) = answers.answer("line-length").faults
    assert (fault.page, fault.path) == (1, "Paragraph 1")
    assert fault.style.startswith("Brush Script")
    assert answers.answer("line-length").measures != ()


def test_where_the_formatting_cannot_tell_the_pages_do() -> None:
    from clearprint.answers import Answer, Finding
    from clearprint.readers.from_printed import Formatting
    from clearprint.run.formatted import _better

    def answer(kind: Any, *faults: Finding) -> Answer:
        return Answer(1, "type-size", "Large enough?", kind, "So it is.", faults=faults, fault_count=len(faults))

    def fault(path: str | None, excerpt: str = "Sales in May") -> Finding:
        return Finding("size", None, "", 1, (1,), (0, 0, 9, 9), path, excerpt, 8.0, 12.0, "pt", "", "", "checklist", "x")

    read, unread = (
        Formatting((replace(Page(None, 595, 842), not_looked_at=missed),), {}, {})
        for missed in ((), (NotLookedAt(None, None, "Words inside a chart are not read."),))
    )
    assert _better(answer("no", fault(None)), answer("ask"), read).answer == "no"
    assert _better(answer("no", fault(None)), answer("yes"), read).answer == "yes"
    assert _better(answer("no", fault(None)), answer("yes"), unread).answer == "no"  # in the chart
    assert _better(answer("no", fault("Paragraph 2")), answer("yes"), unread).answer == "yes"
    assert _better(answer("yes"), answer("no", fault("Paragraph 2")), unread).answer == "no"


@pytest.mark.parametrize(("pictured", "box"), [(True, (100, 100, 200, 200)), (False, (50, 50, 500, 80))])
def test_a_fault_stands_at_its_picture_or_its_paragraph(pictured: bool, box: tuple[float, ...]) -> None:
    from clearprint.answers import Finding
    from clearprint.geometry import Box
    from clearprint.readers.from_printed import Formatting
    from clearprint.run.formatted import _placed

    known = Formatting((), {"Paragraph 2": ((2, Box(50, 50, 500, 80)),)}, {"Paragraph 2": (3, Box(100, 100, 200, 200))})
    fault = Finding(
        "resolution", None, "", None, (), None, "Paragraph 2", "Picture 1", 72.0, 150.0, "ppi", "", "", "checklist", "x"
    )
    placed = _placed(fault, known, pictured)
    assert (placed.page, placed.box) == (3 if pictured else 2, box)
    unplaced = _placed(fault, Formatting((), known.places, {}), pictured)
    assert (unplaced.page, unplaced.box is None) == (2, pictured)


@pytest.mark.usefixtures("libreoffice")
def test_show_draws_the_pages_of_a_word_file_once_laid_out(tmp_path: Path) -> None:
    letter = save(tmp_path, docx(p(LONG * 3) + p("Next", "<w:pageBreakBefore/>")))
    picture = tmp_path / "page.png"
    ask = ["show", str(letter), "--page", "2", "-o", str(picture)]
    refused = CliRunner().invoke(cli, ask)
    assert "Add --layout libreoffice" in str(refused.output) + str(refused.exception)
    assert CliRunner().invoke(cli, [*ask, "--layout", "libreoffice"]).exit_code == 0
    assert picture.read_bytes()[:4] == b"\x89PNG"


@pytest.mark.usefixtures("libreoffice")
def test_odt_and_rtf_are_laid_out(tmp_path: Path) -> None:
    for name, data in (("a.odt", _odt("<text:p>Read me.</text:p>")), ("a.rtf", rb"{\rtf1\ansi Read me.\par}")):
        report = clearprint.check(save(tmp_path, data, name), layout="libreoffice")
        assert report.error is None
        assert (report.format, report.layout) == (name[2:], "libreoffice")


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine that keeps what is asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *args: object) -> None:
            pass

    listening = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}", asked
    listening.shutdown()


@pytest.mark.usefixtures("libreoffice")
def test_nothing_outside_the_file_is_asked_for(
    tmp_path: Path, server: tuple[str, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the network there, as on a system where it cannot be taken away: the copy holds nothing to ask for."""
    address, asked = server
    soffice._alone.cache_clear()
    monkeypatch.setattr(soffice, "_alone", lambda: ())
    files = [
        save(tmp_path, _odt(f'<text:p>x<draw:frame><draw:image xlink:href="{address}/a.png"/></draw:frame></text:p>'), "a.odt"),
        save(tmp_path, b'{\\rtf1 a{\\field{\\*\\fldinst INCLUDEPICTURE "%s/b.png"}{\\fldrslt }}}' % address.encode(), "b.rtf"),
    ]
    code = f'INCLUDEPICTURE "{address}/c.png"'
    files.append(save(tmp_path, docx(f"<w:p><w:fldSimple w:instr='{code}'>{r('x')}</w:fldSimple></w:p>"), "c.docx"))
    found = list(check_all([Task(path, LAID_OUT) for path in files], Options()))
    assert [item.report.error for item in found] == [None, None, None]
    assert asked == []


@pytest.mark.usefixtures("libreoffice")
def test_the_layout_is_in_the_record(tmp_path: Path) -> None:
    from clearprint import rulebook
    from clearprint.reports.to_json import to_json

    body = p(LONG * 3, rpr='<w:rFonts w:ascii="Unheard Of" w:hAnsi="Unheard Of"/>')
    report = clearprint.check(save(tmp_path, docx(body)), layout="libreoffice")
    data = json.loads(to_json([report], rulebook.load()))["documents"][0]
    assert data["layout"] == "libreoffice"
    assert data["layout_basis"]["engine"] == "LibreOffice"
    assert [item["face"] for item in data["layout_basis"]["stand_ins"]] == ["Unheard Of"]
    assert any("Unheard Of is not installed" in item["reason"] for item in data["not_looked_at"])
