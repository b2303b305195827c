"""Paragraph space: the step from one paragraph to the next, over the line pitch.

Cannot see: two paragraphs with neither space nor an indent between them, which nobody can tell apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from statistics import median

from clearprint.answers import Observation, seen
from clearprint.model import Block, Page, Survey

MEASURES = {"step": "ratio"}
FACTS = {"laid_out": "yes-no", "indented": "yes-no", "role": "role"}

_FACES = 0.2  # share by which the line heights of text faces differ: by so much the extra space is off
_LEVEL = 2.0  # degrees
_SENTENCE = 12  # words
_STOPS = (".", "!", "?", "\u3002", "\uff01", "\uff1f")
_CLOSING = "\"')]\u2019\u201d\u00bb "


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    blocks = [block for block in page.blocks if block.role not in ("folio", "running-head", "running-foot")]
    pitches = [block.leading for block in blocks if block.leading and block.role == "body"]
    usual = median(pitches) if pitches else None
    starts = _by_baseline(blocks)
    for index, block in enumerate(blocks):
        if block.step is None or not _counts(block):
            continue
        following = _next(block, starts) if block.lines else _after(blocks, index)
        if following is None or not _counts(following) or not (_runs(block) or _runs(following)):
            continue
        pitch = block.leading or following.leading
        guessed = not pitch and block.likely_leading
        pitch = pitch or block.likely_leading or usual
        if not pitch:
            continue  # two single lines, and nothing on the page says how far apart lines stand
        ratio = block.step / pitch
        error = _FACES * abs(ratio - 1) if guessed else block.leading_error * (1 + ratio) / pitch
        yield seen(
            "step",
            block.place,
            ratio,
            error=error,
            laid_out=page.laid_out,
            indented=following.first_indent > 0,
            role=block.role,
        )


def _runs(block: Block) -> bool:
    """Whether a block reads as running text. Two short lines that are none (an address, verse, labels) make no pair."""
    return len(block.lines) > 1 or block.word_count >= _SENTENCE or block.text.rstrip(_CLOSING).endswith(_STOPS)


def _counts(block: Block) -> bool:
    return block.role == "body" and not block.in_table and not block.in_picture and abs(block.angle) <= _LEVEL


def _after(blocks: list[Block], index: int) -> Block | None:
    """The next block of a document without a layout."""
    return blocks[index + 1] if index + 1 < len(blocks) else None


def _by_baseline(blocks: list[Block]) -> dict[int, list[Block]]:
    """Blocks by the whole points of their first baseline."""
    starts: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if block.lines:
            starts[round(block.lines[0].baseline)].append(block)
    return starts


def _next(block: Block, starts: dict[int, list[Block]]) -> Block | None:
    """The block that begins where the step leads to, in the same column."""
    if block.step is None or block.box is None:
        return None
    wanted = block.lines[-1].baseline + block.step
    for key in (round(wanted), round(wanted) - 1, round(wanted) + 1):
        for other in starts.get(key, ()):
            near = abs(other.lines[0].baseline - wanted) < 0.5
            if near and other is not block and other.box is not None and other.box.x_overlap(block.box) > 0:
                return other
    return None
