"""What the tags of a PDF say about its words (ISO 32000-1, 14.7 and 14.8).

The engine hands out its text a second time inside the structure elements that mark it; words find their line again by place and
text. Only tagged documents pay for it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats import pdf_text
from clearprint.formats.pdf import Frame
from clearprint.model import Tag, Word

# Elements that say what a piece of text is. What stands inside one of _WHOLE is part of it: a paragraph in a cell is a cell.
_WHOLE = frozenset(
    {"LI", "TD", "TH", "Caption", "TOC", "TOCI", "Note", "FENote", "BlockQuote", "Aside", "Figure", "Formula", "Artifact"}
)
_TELLING = _WHOLE | {"P", "H", "H1", "H2", "H3", "H4", "H5", "H6", "Title", "Lbl", "LBody", "Quote", "Code", "Index"}
_CELLS = frozenset(["TD", "TH"])
_DEEPEST = 200
_BAND = 16

Line = tuple[float, float, float, float, str, int]  # box in engine points, its text, index of its tag


def is_tagged(document: pymupdf.Document) -> bool:
    try:
        return bool(document.xref_get_key(document.pdf_catalog(), "StructTreeRoot")[0] in ("xref", "dict"))
    except Exception:  # a broken catalogue has no tags
        return False


def tagged(page: pymupdf.Page, frame: Frame, words: Sequence[Word]) -> tuple[list[Word], tuple[Tag, ...]]:
    """The words with their tags. Words outside every telling element keep none."""
    tags: list[Tag] = []
    bands: dict[int, list[Line]] = {}
    try:
        for line in _lines(_structure(page), (), tags):
            for band in range(int(line[1] // _BAND), int(line[3] // _BAND) + 1):
                bands.setdefault(band, []).append(line)
    except Exception:  # a broken structure tree: the page is read without it
        return list(words), ()
    if not tags:
        return list(words), ()
    result = []
    for word in words:
        x, y = frame.engine_box(frame.to_view(word.box)).centre
        here = [
            line
            for line in bands.get(int(y // _BAND), ())
            if line[0] - 1 <= x <= line[2] + 2 and line[1] - 1 <= y <= line[3] + 2
        ]
        found = [line for line in here if word.text in line[4]]
        if not found:  # a word shown in pieces
            found = [line for line in here if line[4] and line[4] in word.text]
        if found:
            nearest = min(found, key=lambda line: (line[3] - line[1]) * (line[2] - line[0]))
            word = word.tagged(nearest[5]) if nearest[5] >= 0 else word
        result.append(word)
    cells = {index for index, tag in enumerate(tags) if tag.role in _CELLS}
    if 2 * sum(word.tag in cells for word in result) > len(result):
        # A table round most of a page arranges it (or is plain to see): geometry tells better which of it is a table.
        result = [word.tagged(None) if word.tag in cells else word for word in result]
    return result, tuple(tags)


def _structure(page: pymupdf.Page) -> Iterable[Any]:
    text = page.get_textpage(flags=pdf_text.FLAGS | pymupdf.TEXT_COLLECT_STRUCTURE)
    buffer = mupdf.fz_new_buffer(1 << 16)
    output = mupdf.FzOutput(buffer)
    mupdf.fz_print_stext_page_as_json(output, text.this, 1.0)
    output.fz_close_output()
    blocks = json.loads(buffer.fz_buffer_extract().decode("utf-8", "replace"), strict=False).get("blocks", ())
    return blocks if isinstance(blocks, list) else ()


def _lines(blocks: Iterable[Any], above: tuple[str, ...], tags: list[Tag], tag: int = -1) -> Iterator[Line]:
    """Lines of text under these blocks, each with the tag of the element it belongs to."""
    for block in blocks:
        if block.get("type") == "structure":
            role = str(block.get("std") or block.get("raw") or "")
            raw = str(block.get("raw") or "")
            role = raw if raw == "Title" else role  # its standard type in PDF 1.7 is P, which says less
            inner = tag
            if role in _TELLING and not _WHOLE.intersection(above):
                inner = len(tags)
                tags.append(Tag(role))
            if len(above) < _DEEPEST:
                yield from _lines(block.get("contents", ()), (*above, role), tags, inner)
        for line in block.get("lines", ()):
            box = line["bbox"]
            x, y = float(box["x"]), float(box["y"])
            yield x, y, x + float(box["w"]) + 1, y + float(box["h"]) + 1, str(line.get("text", "")).strip(), tag
