"""Speech that opens with a dash, as French and many other novels set it: paragraphs, not items of a list."""

from __future__ import annotations

from clearprint import lazily
from clearprint.layout.patterns import ends_sentence
from clearprint.model import Block, Page

LEVEL = 3.0  # points that dashes of one indent differ by: justified lines begin a little apart
_SPOKEN = lazily.compile(r"^\s*[–—]\s+(?=[^\W\d_]|[\"“«‘¡¿….])")


def spoken(page: Page) -> frozenset[int]:
    """The blocks of the page that are speech: a dash with the indent of a paragraph, and sentences after it."""
    dashed = [index for index, block in enumerate(page.blocks) if _SPOKEN.match(block.text)]
    if not dashed:
        return frozenset()
    indented = [
        block.box.x0 + block.first_indent
        for block in page.blocks
        if block.box is not None and len(block.lines) > 1 and block.first_indent > 0.5 * block.size and not block.in_table
    ]
    hanging = [box.x0 for index in dashed if (block := page.blocks[index]).first_indent < 0 and (box := block.box) is not None]
    return frozenset(index for index in dashed if _is_speech(page.blocks[index], indented, hanging))


def _is_speech(block: Block, indented: list[float], hanging: list[float]) -> bool:
    if block.box is None or block.in_table or any(abs(block.box.x0 - left) <= LEVEL for left in hanging):
        return False  # its lines hang from the dash, or those of its fellows do
    opening = _SPOKEN.sub("", block.text)[:1]
    turns_back = len(block.lines) > 1 and block.first_indent > 0.5 * block.size  # no item's lines do, and a page may cut it
    if opening.islower() or not (turns_back or ends_sentence(block.text) or block.text.rstrip().endswith(":")):
        return False
    left = block.box.x0 + (block.first_indent if len(block.lines) > 1 else 0.0)
    return any(abs(left - other) <= LEVEL for other in indented)
