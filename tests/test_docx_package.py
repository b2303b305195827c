"""Opening a DOCX: what is refused, what is read all the same, and that nothing outside the file is reached."""

from __future__ import annotations

import io
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest

from clearprint.errors import UnreadableFile
from clearprint.formats.docx import Package, points
from clearprint.model import Job, letters
from clearprint.readers.from_docx import DocxSource
from tests.docx_kit import NAMESPACES, docx, p, relations, save, zipped

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def refused(tmp_path: Path, data: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        DocxSource(save(tmp_path, data), Job())
    assert "a.docx" in caught.value.message
    assert "\n" not in caught.value.message
    return caught.value


def main_part(xml: str, more: dict[str, str | bytes] | None = None) -> bytes:
    link = relations(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>')
    return zipped({"_rels/.rels": link, "word/document.xml": xml, **(more or {})})


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"just words, no zip", "not-supported"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "not-supported"),
        (docx(p("text"))[:400], "damaged"),
        (zipped({"readme.txt": "hello"}), "not-supported"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}), "not-supported"),
        (main_part("<w:document"), "damaged"),
        (main_part(""), "damaged"),
        (main_part("<html/>"), "damaged"),
    ],
)
def test_what_cannot_be_read_says_why(tmp_path: Path, data: bytes, code: str) -> None:
    assert refused(tmp_path, data).code == code


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        DocxSource(tmp_path / "none.docx", Job())
    assert caught.value.code == "missing"


def test_a_spreadsheet_says_what_it_is(tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )
    link = relations(f'<Relationship Id="r" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>')
    error = refused(tmp_path, zipped({"[Content_Types].xml": types, "_rels/.rels": link, "xl/workbook.xml": "<x/>"}))
    assert (error.code, "spreadsheet" in error.message) == ("not-supported", True)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = main_part("<a/>", {"word/media/image1.png": b"\0" * 30_000_000})
    start = time.perf_counter()
    assert refused(tmp_path, bomb).code == "too-large"
    assert time.perf_counter() - start < 1


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    names = "abcdefghi"
    pairs = pairwise(names)
    entities = '<!ENTITY a "ha">' + "".join("<!ENTITY " + new + ' "' + f"&{old};" * 10 + '">' for old, new in pairs)
    text = "<w:p><w:r><w:t>&i;</w:t></w:r></w:p>"
    bomb = f"<!DOCTYPE x [{entities}]><w:document {NAMESPACES}><w:body>{text}</w:body></w:document>"
    start = time.perf_counter()
    assert refused(tmp_path, main_part(bomb)).code == "damaged"
    assert time.perf_counter() - start < 1


def test_an_external_entity_reads_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    xml = (
        f'<!DOCTYPE x [<!ENTITY s SYSTEM "{secret.as_uri()}">]><w:document {NAMESPACES}><w:body><w:p>'
        "<w:r><w:t>&s;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert "secret" not in refused(tmp_path, main_part(xml)).message


def test_external_relationships_lead_nowhere(tmp_path: Path) -> None:
    link = f'<Relationship Id="x" Type="{OFFICE}/styles" Target="file:///etc/hostname" TargetMode="External"/>'
    link += f'<Relationship Id="y" Type="{OFFICE}/theme" Target="../../../../etc/hostname"/>'
    data = main_part(
        f"<w:document {NAMESPACES}><w:body>{p('text')}</w:body></w:document>", {"word/_rels/document.xml.rels": relations(link)}
    )
    package = Package(save(tmp_path, data))
    assert list(package.related("word/document.xml", "styles")) == []
    assert list(package.related("word/document.xml", "theme")) == ["etc/hostname"]  # a name inside the zip, and not there
    assert package.first_tree("theme") is None
    package.close()


def test_strict_documents_are_read(tmp_path: Path) -> None:
    data = docx(p("text", '<w:jc w:val="end"/><w:ind w:start="2.54cm"/>', '<w:sz w:val="14pt"/>'))
    strict = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            text = archive.read(name).decode()
            text = text.replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/", "http://purl.oclc.org/ooxml/wordprocessingml/"
            )
            text = text.replace(
                "http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/"
            )
            strict[name] = text
    block = DocxSource(save(tmp_path, zipped(dict(strict))), Job()).page(0).blocks[0]
    assert (block.text, block.size, block.alignment) == ("text", 14, "right")


@pytest.mark.parametrize("change", [str.upper, lambda name: name.replace("/", "\\")])
def test_part_names_in_other_cases_or_with_backslashes(tmp_path: Path, change: object) -> None:
    files: dict[str, str | bytes] = {}
    with zipfile.ZipFile(io.BytesIO(docx(p("text")))) as archive:
        for name in archive.namelist():
            files[change(name)] = archive.read(name)  # type: ignore[operator]
    assert DocxSource(save(tmp_path, zipped(files)), Job()).page(0).blocks[0].text == "text"


def test_deep_nesting_ends_in_a_sentence_or_a_page(tmp_path: Path) -> None:
    deep = "<w:tbl><w:tr><w:tc>" * 80 + p("deep") + "</w:tc></w:tr></w:tbl>" * 80
    assert DocxSource(save(tmp_path, docx(deep)), Job()).page(0).blocks[0].text == "deep"
    deeper = "<w:sdt><w:sdtContent>" * 400 + p("deep") + "</w:sdtContent></w:sdt>" * 400
    assert refused(tmp_path, docx(deeper)).code == "damaged"


@pytest.mark.parametrize(
    ("text", "unit", "wanted"),
    [("240", 0.05, 12.0), ("12pt", 0.05, 12.0), ("1in", 0.05, 72.0), ("2.54cm", 0.05, 72.0), ("-20", 0.05, -1.0)]
    + [(bad, 0.05, None) for bad in ("", "wide", "1e99", "nan", "12 apples", None)],
)
def test_lengths(text: str | None, unit: float, wanted: float | None) -> None:
    assert points(text, unit) == pytest.approx(wanted)


@pytest.mark.parametrize("value", ["", "-5", "99999999999", "nan", "x", "0"])
def test_absurd_values_leave_a_page(tmp_path: Path, value: str) -> None:
    run = "".join(f'<w:{name} w:val="{value}"/>' for name in ("sz", "w", "spacing", "position", "color", "highlight", "lang"))
    around = (
        f'<w:spacing w:line="{value}" w:after="{value}"/><w:ind w:left="{value}" w:firstLine="{value}"/><w:jc w:val="{value}"/>'
    )
    page = (
        f'<w:sectPr><w:pgSz w:w="{value}" w:h="{value}"/><w:pgMar w:left="{value}"/>'
        f'<w:cols w:num="{value}" w:space="{value}"/></w:sectPr>'
    )
    block = DocxSource(save(tmp_path, docx(p("text", around, run), section=page)), Job()).page(0).blocks[0]
    assert block.text == "text"
    assert 0 < block.size <= 2000


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real documents is not here")
def test_every_real_document_is_read() -> None:
    paths = sorted((CORPUS / "docx").glob("*.docx"))
    assert len(paths) == 28
    for path in paths:
        source = DocxSource(path, Job())
        blocks = [block for index in range(source.count) for block in source.page(index).blocks]
        assert sum(letters(block.text) for block in blocks) > 0, path.name


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of hostile documents is not here")
def test_every_hostile_document_gives_a_sentence_or_a_page() -> None:
    paths = sorted((CORPUS / "hostile").glob("*.doc[xm]"))
    assert len(paths) > 10
    for path in paths:
        start = time.perf_counter()
        message = f"{path.name}: read"
        try:
            DocxSource(path, Job()).page(0)
        except UnreadableFile as error:
            message = error.message
        assert message.startswith(path.name)
        assert time.perf_counter() - start < 5, path.name


def test_damaged_styles_are_no_styles_to_answer_by(tmp_path: Path) -> None:
    with zipfile.ZipFile(save(tmp_path, docx(p("Small print")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert "word/styles.xml" in parts
    parts["word/styles.xml"] = parts["word/styles.xml"][:-20]
    error = refused(tmp_path, zipped(dict(parts)))
    assert error.code == "damaged"
    assert "word/styles.xml" in error.message
