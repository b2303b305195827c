"""How large the letters of a Type 3 font are, whose em is whatever its maker chose (ISO 32000-1, 9.6.5).

Most give their glyphs in thousandths of the size, or scale them to look so. Bitmap fonts of old may count in pixels and be set
at size 1, with the true size in a matrix elsewhere: there only the letters themselves tell.

Glyphs that bring their own colours are drawn by the engine as shapes, with text laid over them that nobody sees.
"""

from __future__ import annotations

import math
from statistics import median

import pymupdf

from clearprint import lazily

_NAME = lazily.compile(r"Type3 \((\d+) 0 R\)")
_BOX = lazily.compile(rb"^\s*[-+.\d]+\s+[-+.\d]+\s+[-+.\d]+\s+([-+.\d]+)\s+[-+.\d]+\s+([-+.\d]+)\s+d1\b")
_TALL = lazily.compile(r"/([A-Zbdfhkl]|zero|one|two|three|four|five|six|seven|eight|nine)\s+(\d+) 0 R")
_COLOURED = lazily.compile(rb"^\s*[-+.\d]+\s+[-+.\d]+\s+d0\b")
_GLYPH = lazily.compile(r"(\d+) 0 R")
_FIRST = 8  # glyphs that are asked
_CAPITALS = 0.7  # em: height of capitals, figures and tall letters
_BOUNDS = 1.2  # em: height of a font's bounds
_USUAL = (0.4, 2.5)  # em by the letters that is taken for what the size says


def is_coloured(document: pymupdf.Document, name: str) -> bool:
    """Whether its glyphs bring their own colours (operator d0), by the engine's name of the font."""
    found = _NAME.fullmatch(name)
    if found is None:
        return False
    try:
        glyphs = _GLYPH.findall(_text(document, int(found.group(1)), "CharProcs"))[:_FIRST]
        return any(_COLOURED.match(document.xref_stream(int(glyph)) or b"") for glyph in glyphs)
    except Exception:  # a broken font shows nothing
        return False


def em_of(document: pymupdf.Document, name: str) -> float:
    """How many times its size the em of a font is, by the engine's name of it: 1 for all but odd Type 3 fonts."""
    found = _NAME.fullmatch(name)
    if found is None:
        return 1.0
    try:
        em = _measured(document, int(found.group(1)))
    except Exception:  # a broken font is as large as its size says
        return 1.0
    return 1.0 if _USUAL[0] <= em <= _USUAL[1] or not math.isfinite(em) or em <= 0 else em


def _measured(document: pymupdf.Document, xref: int) -> float:
    matrix = _numbers(document, xref, "FontMatrix")
    unit = math.hypot(matrix[2], matrix[3])
    heights = []
    for _, glyph in _TALL.findall(_text(document, xref, "CharProcs")):
        box = _BOX.match(document.xref_stream(int(glyph)) or b"")
        if box:
            # Flipped fonts count downwards.
            heights.append(max(abs(float(box.group(1))), abs(float(box.group(2)))) * unit)
    if heights:
        return median(heights) / _CAPITALS
    bounds = _numbers(document, xref, "FontBBox")
    tall = abs(bounds[3] - bounds[1]) * unit
    return tall / _BOUNDS if tall > 0 else 1.0


def _numbers(document: pymupdf.Document, xref: int, key: str) -> list[float]:
    return [float(part) for part in _text(document, xref, key).strip("[] ").split()]


def _text(document: pymupdf.Document, xref: int, key: str) -> str:
    kind, value = document.xref_get_key(xref, key)
    return str(document.xref_object(int(value.split()[0]), compressed=True) if kind == "xref" else value)
