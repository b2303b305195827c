"""PDFs written by hand, so that a test shows the whole case in a line or two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def raw_pdf(
    content: str,
    *,
    page: str = "",
    resources: str = "",
    media: str = "0 0 400 300",
    objects: Sequence[str] = (),
    catalogue: str = "",
    font: str = "",
) -> bytes:
    """A PDF of one page. Object 5 is Helvetica, named F1; further `objects` are numbered from 6, `font` names some."""
    written = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{media}] /Contents 4 0 R "
        f"/Resources << /Font << /F1 5 0 R {font} >> {resources} >> {page} >>",
        stream(content),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        *objects,
    ]
    result = "%PDF-1.7\n"
    offsets = []
    for number, text in enumerate(written, 1):
        offsets.append(len(result))
        result += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(result)
    result += f"xref\n0 {len(written) + 1}\n0000000000 65535 f \n"
    result += "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    result += f"trailer << /Size {len(written) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    return result.encode("latin-1")


def stream(content: str, entries: str = "") -> str:
    return f"<< /Length {len(content)} {entries} >>\nstream\n{content}\nendstream"


def image(width: int = 2, height: int = 2, entries: str = "", data: str | None = None) -> str:
    """An eight-bit grey picture, written in hexadecimal: by default light and dark in turn."""
    if data is None:
        data = "".join("20" if (x + y) % 2 else "E0" for y in range(height) for x in range(width))
    return stream(
        data + ">",
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray /BitsPerComponent 8 "
        f"/Filter /ASCIIHexDecode {entries}",
    )


def line(text: str, x: float = 50, y: float = 250, size: float = 11, extra: str = "") -> str:
    """One line of text; `extra` operators stand before it."""
    return f"BT /F1 {size} Tf {extra} 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n"


def saved(folder: Path, content: bytes, name: str = "made.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
