"""PDFs of plain pages, written by hand, of which each page says what its test needs; with folds, layers and separations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

A4 = (595.28, 841.89)


def plain_pdf(
    pages: Sequence[str],
    *,
    size: tuple[float, float] = A4,
    fonts: Mapping[str, str] | None = None,
    resources: str = "",
    catalog: str = "",
    objects: Sequence[str] = (),
) -> bytes:
    """A PDF with a content stream a page. `fonts` by resource name; `resources`, `catalog`, `objects` (from 3) as written."""
    chosen = fonts or {"F1": "Helvetica"}
    parts = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>", ""]
    parts += objects
    named = []
    for name, base in chosen.items():
        descriptor = ""
        if base not in ("Helvetica", "Helvetica-Bold"):
            parts.append(
                f"<< /Type /FontDescriptor /FontName /{base} /Flags 32 /StemV 90 /ItalicAngle 0 /Ascent 720 /Descent -210 "
                "/CapHeight 720 /FontBBox [0 -210 1000 900] >>"
            )
            widths = " ".join(["556"] * 224)
            descriptor = f"/FirstChar 32 /LastChar 255 /Widths [{widths}] /FontDescriptor {len(parts)} 0 R"
        parts.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding {descriptor} >>")
        named.append(f"/{name} {len(parts)} 0 R")
    kids = []
    for content in pages:
        parts.append(f"<< /Length {len(content.encode('latin-1'))} >>\nstream\n{content}\nendstream")
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {len(parts)} 0 R "
            f"/Resources << /Font << {' '.join(named)} >> {resources} >> >>"
        )
        kids.append(f"{len(parts)} 0 R")
    parts[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = b"%PDF-1.7\n"
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    end = f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    return out + f"{end}trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode("latin-1")


def lines(*rows: str, x: float = 72, y: float = 760, size: float = 14, leading: float = 18, font: str = "F1") -> str:
    """Rows of text, the first baseline at y from the bottom."""
    shown = " ".join(f"({row}) Tj T*" for row in rows)
    return f"BT /{font} {size} Tf {leading} TL 1 0 0 1 {x} {y} Tm {shown} ET"
