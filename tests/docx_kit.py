"""Writes small Word documents from pieces of WordprocessingML, for tests."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from clearprint.model import Face, Job, Page
from clearprint.readers import docx_type
from clearprint.readers.from_docx import DocxSource

Read = Callable[..., Page]

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w10="urn:schemas-microsoft-com:office:word" '
    'xmlns:o="urn:schemas-microsoft-com:office:office"'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWN = ("chart", "diagramData", "diagramDrawing")
PLAIN = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Arial" w:hAnsi="Arial"/>'
    '<w:sz w:val="24"/></w:rPr></w:rPrDefault></w:docDefaults>'
)
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1440" w:right="1440" w:bottom="1440" w:left="1440" w:header="708" w:footer="708"/></w:sectPr>'
)


def p(text: str = "", ppr: str = "", rpr: str = "") -> str:
    """A paragraph of one run."""
    inner = f"<w:pPr>{ppr}</w:pPr>" if ppr else ""
    return f"<w:p>{inner}{r(text, rpr) if text else ''}</w:p>"


def r(text: str, rpr: str = "") -> str:
    properties = f"<w:rPr>{rpr}</w:rPr>" if rpr else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def style(name: str, kind: str = "paragraph", *, ppr: str = "", rpr: str = "", more: str = "", default: bool = False) -> str:
    first = ' w:default="1"' if default else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{first}><w:name w:val="{name}"/>{more}'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def docx(
    body: str,
    *,
    styles: str = PLAIN,
    settings: str = "",
    numbering: str = "",
    theme: str = "",
    section: str = SECTION,
    parts: dict[str, tuple[str, str | bytes]] | None = None,
    before_body: str = "",
) -> bytes:
    """A whole document. `parts` maps a relationship id to its kind and content ("header", "<w:p/>")."""
    files: dict[str, str | bytes] = {
        "word/document.xml": f"<w:document {NAMESPACES}>{before_body}<w:body>{body}{section}</w:body></w:document>",
        "word/styles.xml": f"<w:styles {NAMESPACES}>{styles}</w:styles>",
    }
    related = [("rStyles", "styles", "styles.xml")]
    if settings:
        files["word/settings.xml"] = f"<w:settings {NAMESPACES}>{settings}</w:settings>"
        related.append(("rSettings", "settings", "settings.xml"))
    if numbering:
        files["word/numbering.xml"] = f"<w:numbering {NAMESPACES}>{numbering}</w:numbering>"
        related.append(("rNumbering", "numbering", "numbering.xml"))
    if theme:
        files["word/theme/theme1.xml"] = f"<a:theme {NAMESPACES}><a:themeElements>{theme}</a:themeElements></a:theme>"
        related.append(("rTheme", "theme", "theme/theme1.xml"))
    roots = {"header": "hdr", "footer": "ftr", "footnotes": "footnotes", "endnotes": "endnotes"}
    for name, (kind, content) in (parts or {}).items():
        if kind in roots:
            stem = name if kind in name else f"{kind}-{name}"
            files[f"word/{stem}.xml"] = f"<w:{roots[kind]} {NAMESPACES}>{content!s}</w:{roots[kind]}>"
            related.append((name, kind, f"{stem}.xml"))
        elif kind in DRAWN:
            files[f"word/charts/{name}.xml"] = content
            related.append((name, kind, f"charts/{name}.xml"))
        else:
            files[f"word/media/{name}.png"] = content
            related.append((name, kind, f"media/{name}.png"))
    links = "".join(f'<Relationship Id="{i}" Type="{_OFFICE}/{k}" Target="{t}"/>' for i, k, t in related)
    files["word/_rels/document.xml.rels"] = relations(links)
    files["_rels/.rels"] = relations(f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>')
    files["[Content_Types].xml"] = content_types(files)
    return zipped(files)


def content_types(files: Iterable[str]) -> str:
    """The list of content types of a document with those parts. ECMA-376-2, 10.1.2."""
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    kinds = {"document": "document.main"}
    listed = ""
    for name in files:
        folder, _, base = name.rpartition("/")
        stem = base.removesuffix(".xml")
        if folder == "word" and base.endswith(".xml"):
            kind = kinds.get(stem) or next((one for one in ("header", "footer", "footnotes", "endnotes") if one in stem), stem)
            listed += f'<Override PartName="/{name}" ContentType="{main}.{kind}+xml"/>'
        elif folder == "word/charts":
            chart = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
            listed += f'<Override PartName="/{name}" ContentType="{chart}"/>'
        elif folder == "word/theme":
            theme = "application/vnd.openxmlformats-officedocument.theme+xml"
            listed += f'<Override PartName="/{name}" ContentType="{theme}"/>'
    return (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{listed}</Types>"
    )


def relations(links: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'


def zipped(files: dict[str, str | bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def png(width: int, height: int) -> bytes:
    """A black and white picture of that many pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + check

    row = b"\0" + bytes(255 * (x * 2 < width) for x in range(width))
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\0\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")


def picture(target: str, width: int, height: int, *, anchor: str = "", crop: str = "", wrap: str = "") -> str:
    """A run with a picture of that size in EMU; floating when `anchor` holds attributes or `wrap` says how text goes."""
    graphic = (
        f'<a:graphic><a:graphicData><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="a" descr="A boat"/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{target}"/>{crop}</pic:blipFill><pic:spPr/></pic:pic></a:graphicData></a:graphic>'
    )
    size = f'<wp:extent cx="{width}" cy="{height}"/>'
    if anchor or wrap:
        return f"<w:r><w:drawing><wp:anchor {anchor}>{size}{wrap}{graphic}</wp:anchor></w:drawing></w:r>"
    return f"<w:r><w:drawing><wp:inline>{size}{graphic}</wp:inline></w:drawing></w:r>"


def save(folder: Path, data: bytes, name: str = "a.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def reader(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Read:
    """Reads a document of a body; single spacing of every face is 1.2 times its size."""
    monkeypatch.setattr(
        docx_type,
        "known",
        lambda name, bold=False, italic=False: Face(name, name, 700 if bold else 400, italic, line_height=1.2),
    )

    def run(body: str, index: int = 0, **kinds: Any) -> Page:
        return DocxSource(save(folder, docx(body, **kinds)), Job()).page(index)

    return run
