"""Places to write in a PDF form: its fields as they stand on the page (ISO 32000-1, 12.7)."""

from __future__ import annotations

import contextlib

import pymupdf

from clearprint.formats.pdf import Frame
from clearprint.geometry import Box
from clearprint.model import Field

_HIDDEN, _PRINT = 2, 4  # annotation flags (12.5.3)
_COMB = 1 << 24  # text field flag, bit 25 (12.7.4.3)
_PUSH_BUTTON = 1 << 16


def fields_of(page: pymupdf.Page, frame: Frame, number: int) -> list[Field]:
    """Fields that print, in the order of the file. Push buttons are nothing to write in."""
    document = page.parent
    if document.xref_get_key(page.xref, "Annots")[0] == "null" or not document.is_form_pdf:
        return []
    paper = Box(0.0, 0.0, *frame.page_size)
    fields: list[Field] = []
    for xref, kind, _ in page.annot_xrefs():
        if kind != pymupdf.PDF_ANNOT_WIDGET or xref < 1:
            continue
        with contextlib.suppress(Exception):  # a broken field is no place to write
            field = _field(page, xref, frame, number)
            if field is not None and field.box is not None and field.box.intersection(paper) is not None:
                fields.append(field)
    return fields


def _field(page: pymupdf.Page, xref: int, frame: Frame, number: int) -> Field | None:
    document = page.parent
    flags = _integer(document, xref, "F")
    if flags & _HIDDEN or not flags & _PRINT:
        return None
    kind = _inherited(document, xref, "FT")
    bits = int(_inherited(document, xref, "Ff") or 0)
    numbers = [float(part) for part in document.xref_get_key(xref, "Rect")[1].strip("[]").split()]
    x0, x1 = sorted((numbers[0], numbers[2]))
    y0, y1 = sorted((numbers[1], numbers[3]))
    left, top = frame.crop
    unit = frame.unit
    box = frame.box(((x0 - left) * unit, (top - y1) * unit, (x1 - left) * unit, (top - y0) * unit))
    if box.width < 0.5 or box.height < 0.5:
        return None
    label = _inherited(document, xref, "TU") or _inherited(document, xref, "T") or ""
    if kind == "/Btn":
        if bits & _PUSH_BUTTON:
            return None
        state = document.xref_get_key(xref, "AS")[1].lstrip("/")
        return Field(
            "tick", box, box.height, box.width, label=label, value="" if state in ("Off", "null") else state, page=number
        )
    if kind == "/Sig":
        if _has(document, xref, "V"):
            return None  # signed already, and printed as a seal
        return Field("signature", box, box.height, box.width, label=label, page=number)
    if kind not in ("/Tx", "/Ch"):
        return None
    value = _inherited(document, xref, "V") or ""
    cells = int(_inherited(document, xref, "MaxLen") or 0)
    if kind == "/Tx" and bits & _COMB and cells > 1:
        return Field("comb", box, box.height, box.width, cells, label, value, number)
    return Field("text", box, box.height, box.width, label=label, value=value, page=number)


def _inherited(document: pymupdf.Document, xref: int, key: str) -> str | None:
    """A field's attribute, its own or that of a field above it."""
    for _ in range(16):
        kind, value = document.xref_get_key(xref, key)
        if kind not in ("null", "undefined"):
            return str(value) if kind != "xref" else None
        kind, value = document.xref_get_key(xref, "Parent")
        if kind != "xref":
            return None
        xref = int(value.split()[0])
    return None


def _has(document: pymupdf.Document, xref: int, key: str) -> bool:
    """Whether a field, or one above it, has a value of any kind under a key."""
    for _ in range(16):
        if document.xref_get_key(xref, key)[0] not in ("null", "undefined"):
            return True
        kind, value = document.xref_get_key(xref, "Parent")
        if kind != "xref":
            return False
        xref = int(value.split()[0])
    return False


def _integer(document: pymupdf.Document, xref: int, key: str) -> int:
    kind, value = document.xref_get_key(xref, key)
    return int(value) if kind == "int" else 0
