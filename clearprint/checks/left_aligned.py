"""Left aligned: how the lines of each paragraph stand, and whether its first line is indented.

Right-to-left paragraphs are mirrored. Cannot see: two-line paragraphs, which look the same left-aligned and justified.
"""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.answers import Observation, seen
from clearprint.layout.runs import ends_sentence, likely_lines, right_to_left
from clearprint.model import Block, Page, Survey, letters

MEASURES = {"alignment": "word", "first-indent": "em"}
FACTS = {"role": "role", "lines": "count", "side": "word"}

_OUT = frozenset(
    {
        "heading",
        "title",
        "caption",
        "address",
        "contents",
        "code",
        "form",
        "label",
        "logotype",
        "watermark",
        "folio",
        "running-head",
        "running-foot",
    }
)
_PARAGRAPH = 3  # lines
_FEW_WORDS = 8  # in a cell; as many make a sentence
_MIRROR = {"left": "right", "right": "left"}


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    if page.number in survey.covers:
        return
    for block in page.blocks:
        out = block.role in _OUT and not _runs_on(block)
        if out or block.stacked or not letters(block.text) or (block.in_table and (_numeric(block) or _heads(block))):
            continue
        lines = likely_lines(block, page)
        told = block.alignment is not None
        if page.laid_out and lines < (2 if told else 3):
            continue
        yield from _paragraph(block, lines, page.laid_out)


def _paragraph(block: Block, lines: int, laid_out: bool) -> Iterator[Observation]:
    alignment = block.alignment
    if alignment is None:
        if lines >= 3 or not laid_out:
            yield Observation.unmeasured("alignment", block.place, "unmeasured", "undecided", role=block.role, lines=lines)
        return
    mirrored = right_to_left(block)
    side = "left" if mirrored and alignment == "left" else "right"
    value = _MIRROR.get(alignment, alignment) if mirrored else alignment
    counted = 1 if lines >= 2 else 0  # a setting that cannot show on one line
    yield seen("alignment", block.place, value, amount=counted, role=block.role, lines=lines, side=side)
    if counted and block.size > 0:
        indent = block.first_indent / block.size
        yield seen("first-indent", block.place, indent, amount=0, role=block.role, lines=lines)


def _runs_on(block: Block) -> bool:
    """Whether a running head or foot is a paragraph of three lines or more, as far as its words tell."""
    return block.role in ("running-head", "running-foot") and sum(line.full for line in block.estimated) >= _PARAGRAPH - 1


def _heads(block: Block) -> bool:
    """A few words in a cell, which head a column or row, however many lines a narrow cell breaks them into."""
    return block.word_count < _FEW_WORDS and not ends_sentence(block.text)


def _numeric(block: Block) -> bool:
    digits = sum(map(str.isdigit, block.text))
    return digits * 2 >= sum(map(str.isalnum, block.text))
