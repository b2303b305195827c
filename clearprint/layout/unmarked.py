"""Lists without marks: short lines one under another below a line that ends with a colon."""

from __future__ import annotations

from collections.abc import Iterator

from clearprint.layout.patterns import ends_sentence
from clearprint.model import Block, Page, letters

FEWEST = 3  # lines
MOST_WORDS = 8  # of one
APART = 2.0  # times the size from line to line, at most: wider ones are paragraphs
EVEN = 0.1  # em that the steps from line to line may differ by
LEVEL = 1.0  # points their left edges may differ by


def unmarked_items(page: Page) -> frozenset[int]:
    """Indices of the blocks that are items of such lists: one line each, level, of one style, evenly apart and no sentences."""
    return frozenset(
        index
        for run in _runs(page.blocks)
        if len(run) >= FEWEST and run[0] > 0 and _introduces(page.blocks[run[0] - 1], page.blocks[run[0]])
        for index in run
    )


def _runs(blocks: tuple[Block, ...]) -> Iterator[list[int]]:
    run: list[int] = []
    for index, block in enumerate(blocks):
        if run and not _follows(blocks, run, block):
            yield run
            run = []
        if run or _may_be_item(block):
            run.append(index)
    yield run


def _may_be_item(block: Block) -> bool:
    return (
        len(block.lines) == 1
        and letters(block.text) > 1
        and block.word_count <= MOST_WORDS
        and not (block.in_table or block.in_picture or block.bulleted)
        and block.text.rstrip()[-1:] not in ":,"
        and not ends_sentence(block.text)
    )


def _follows(blocks: tuple[Block, ...], run: list[int], block: Block) -> bool:
    """Whether a block goes on with a run."""
    last = blocks[run[-1]]
    if not _may_be_item(block) or block.style.key != last.style.key:
        return False
    upper, lower = last.lines[0], block.lines[0]
    step = lower.baseline - upper.baseline
    if abs(lower.box.x0 - upper.box.x0) > LEVEL or not 0 < step <= APART * block.size:
        return False
    return len(run) < 2 or abs(step - (upper.baseline - blocks[run[-2]].lines[0].baseline)) <= EVEN * block.size


def _introduces(block: Block, first: Block) -> bool:
    """Whether a block right above the first item says what follows."""
    if not block.lines or not block.text.rstrip().endswith(":"):
        return False
    last = block.lines[-1]
    return 0 < first.lines[0].baseline - last.baseline <= APART * max(block.size, first.size)
