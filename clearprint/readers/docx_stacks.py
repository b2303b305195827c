"""Joins the paragraphs of one letter each that spell a word downwards."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from clearprint.layout.stacks import FEWEST, in_sequence
from clearprint.model import Block, Span
from clearprint.readers.docx_blocks import Set, Setter

_STEP = 1.7  # em from one letter's baseline to the next: further apart they are paragraphs of their own
_ALIKE = 0.06  # of the size
_CJK = 0x2E80  # signs from here on may be set downwards


def join_stacks(items: Sequence[Set], setter: Setter) -> None:
    """Makes one stacked block of letters that stand one a paragraph, right below one another."""
    for stack in _stacks(items, setter):
        blocks = [item.block for item in stack if item.block is not None]
        stack[0].block = _joined(blocks)
        for item in stack[1:]:
            item.block = None


def _stacks(items: Sequence[Set], setter: Setter) -> Iterator[list[Set]]:
    stack: list[Set] = []
    for item in items:
        if not _is_letter(item):
            yield from _if_word(stack)
            stack = []
            continue
        if stack and not _follows(stack[-1], item, setter):
            yield from _if_word(stack)
            stack = []
        stack.append(item)
    yield from _if_word(stack)


def _if_word(stack: list[Set]) -> Iterator[list[Set]]:
    word = "".join(item.block.text.strip() for item in stack if item.block is not None)
    if len(word) >= FEWEST and not in_sequence(word):
        yield stack


def _is_letter(item: Set) -> bool:
    block = item.block
    if block is None or block.angle or block.drop_capital or block.stacked:
        return False
    text = block.text.strip()
    return len(text) == 1 and text.isalpha() and ord(text) < _CJK


def _follows(upper: Set, lower: Set, setter: Setter) -> bool:
    one, other = upper.block, lower.block
    mine, theirs = upper.paragraph.where, lower.paragraph.where
    return (
        one is not None
        and other is not None
        and mine.part == theirs.part
        and mine.label == theirs.label
        and mine.cell is theirs.cell
        and mine.shape is theirs.shape
        and not upper.paragraph.page_break
        and one.alignment == other.alignment
        and abs(one.first_indent - other.first_indent) <= 0.5 * one.size
        and abs(one.size - other.size) <= _ALIKE * one.size
        and lower.likely + setter.gap(upper, lower) <= _STEP * one.size
    )


def _joined(blocks: Sequence[Block]) -> Block:
    spans: list[Span] = []
    for block in blocks:
        if spans:
            spans[-1] = replace(spans[-1], text=spans[-1].text + "\n")
        spans += block.spans
    return replace(
        blocks[0],
        spans=tuple(spans),
        text="".join(span.text for span in spans),
        stacked=True,
        forced_breaks=True,
        step=blocks[-1].step,
        estimated=tuple(itertools.chain.from_iterable(block.estimated for block in blocks)),
    )
