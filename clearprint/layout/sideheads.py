"""Side headings: short labels in a narrow column that stand out, beside paragraphs of running text: no cells of a table.

What tells them from labels and values, or from terms and meanings, is the text beside them: mostly paragraphs of three lines or
more that go on to the end of the measure and close with a stop, all from one edge, with no rules or tints between.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from statistics import median_low

from clearprint.geometry import Box, hull
from clearprint.layout.patterns import ends_sentence
from clearprint.layout.short import HEAVIER, has_even_weight, is_short
from clearprint.layout.strips import Strip
from clearprint.model import Block, Page

FEWEST_LINES = 3  # of a text beside a label that is a paragraph
FEWEST_TEXTS = 2  # such paragraphs
FEWEST_LETTERS = 35  # in a line of them: the cells of a table are narrower
SHARE = 0.7  # of the lines beside the labels that are in such texts
FULL = 0.75  # of the widest line: so wide is a line that goes on to the end of the measure
FLUSH = 0.8  # share of the lines that begin at the one edge
NARROWER = 0.6  # of the width of the text that the widest label takes at most
LABEL_LINES = 3
LARGER = 1.08  # times the size of the text: so large a label stands out
TIGHT = 1.7  # em from line to line
LEVEL = 0.6  # em between the first baselines of a label and its text
EDGE = 2.0  # points within which texts begin at one edge
BAND = 60.0  # points of the page's height in which texts are looked up


def are_side_heads(labels: Sequence[Strip], texts: Sequence[Strip], level: Sequence[Box]) -> bool:
    """Whether one column heads the other from the side. Both from top to bottom; `level`: rules and the edges of tints."""
    if not labels or not texts or any(label.end > text.start for label in labels for text in texts[:1]):
        return False
    heads = _grouped(labels)
    if any(len(head) > LABEL_LINES for head in heads) or not all(_stands_out(label, texts[0]) for label in labels):
        return False
    widest = max(text.width for text in texts)
    edge = median_low(text.start for text in texts)
    flush = sum(1 for text in texts if abs(text.start - edge) <= 0.3 * text.size)
    if max(label.width for label in labels) > NARROWER * widest or flush < FLUSH * len(texts):
        return False
    if _is_ruled(hull(strip.box for strip in (*labels, *texts)), edge if not texts[0].rtl else -edge, level):
        return False
    tops = [head[0].baseline - 0.6 * head[0].size for head in heads]
    beside: list[list[Strip]] = [[] for _ in heads]
    for text in texts:
        beside[max(0, bisect_right(tops, text.baseline) - 1)].append(text)
    if any(
        not own or own[0].baseline > head[0].baseline + TIGHT * own[0].size for head, own in zip(heads, beside, strict=True)
    ):
        return False
    if not beside[0][-1].ends_sentence:
        return False  # the head of a table
    long = [own for own in beside if _is_text(own, widest)]
    return len(long) >= FEWEST_TEXTS and 2 * len(long) >= len(beside) and sum(map(len, long)) >= SHARE * len(texts)


def _grouped(labels: Sequence[Strip]) -> list[list[Strip]]:
    """The lines of each label: those that are as close as lines of text."""
    heads: list[list[Strip]] = []
    for label in labels:
        if heads and label.baseline - heads[-1][-1].baseline <= TIGHT * label.size:
            heads[-1].append(label)
        else:
            heads.append([label])
    return heads


def _stands_out(label: Strip, text: Strip) -> bool:
    """Larger or bolder than the text, as a heading is."""
    bolder = (label.key[2] or 400) - (text.key[2] or 400) >= HEAVIER
    return label.size >= LARGER * text.size or (bolder and label.size > 0.9 * text.size)


def _is_text(own: Sequence[Strip], widest: float) -> bool:
    """Whether the lines beside a label read as a paragraph or several."""
    if len(own) < FEWEST_LINES or not own[-1].ends_sentence or own[0].starts_small:
        return False
    full = [strip for strip in own if strip.width >= FULL * widest]
    if len(full) < 2 or 2 * len(full) < len(own) or sum(len(strip.text) for strip in full) < FEWEST_LETTERS * len(full):
        return False
    cased = any(strip.text[:1].lower() != strip.text[:1].upper() for strip in own)
    return not cased or any(strip.starts_small for strip in own[1:])


def _is_ruled(box: Box, edge: float, level: Sequence[Box]) -> bool:
    """Whether rules or the edges of tints go across both columns, within them."""
    return any(
        box.y0 + 2.0 < line.y0 < box.y1 - 2.0 and line.x_overlap(box) >= 0.5 * box.width and line.x0 < edge < line.x1
        for line in level
    )


def side_heads(page: Page) -> frozenset[int]:
    """The blocks that head the text beside them: in one style and at one edge, two or more with a paragraph of three lines.

    In columns none does: there a line stands level with the text of the next by chance.
    """
    texts: dict[int, list[Block]] = {}
    for block in page.blocks:
        if block.box is not None and block.lines and not (block.in_columns or block.in_table or block.in_picture):
            texts.setdefault(round(block.lines[0].baseline / BAND), []).append(block)
    groups: dict[tuple[object, int], list[tuple[int, Block]]] = {}
    for index, block in enumerate(page.blocks):
        if block.box is None or not block.lines or block.in_columns or not is_short(block) or not has_even_weight(block):
            continue
        place = round(block.lines[0].baseline / BAND)
        level = [
            other
            for band in (place - 1, place, place + 1)
            for other in texts.get(band, ())
            if other is not block and abs(other.lines[0].baseline - block.lines[0].baseline) <= LEVEL * other.size
        ]
        if len(level) == 1 and _is_beside(block, level[0]):
            edge = block.box.x1 if block.right_to_left else block.box.x0
            groups.setdefault((block.style.key, round(edge)), []).append((index, level[0]))
    found: list[int] = []
    for group in groups.values():
        long = sum(len(text.lines) >= FEWEST_LINES and ends_sentence(text.text) for _, text in group)
        edges = [text.box.x1 if text.right_to_left else text.box.x0 for _, text in group if text.box]
        if long >= FEWEST_TEXTS and 2 * long >= len(group) and max(edges) - min(edges) <= EDGE:
            found += [index for index, _ in group]
    return frozenset(found)


def _is_beside(label: Block, text: Block) -> bool:
    """Whether a text stands after a narrow label that is larger or bolder."""
    if label.box is None or text.box is None:
        return False
    if text.box.x1 >= label.box.x0 if text.right_to_left else text.box.x0 <= label.box.x1:
        return False
    key, other = label.style.key, text.style.key
    stands_out = key[1] >= LARGER * other[1] or (key[1] > 0.9 * other[1] and (key[2] or 400) - (other[2] or 400) >= HEAVIER)
    return stands_out and label.box.width <= NARROWER * text.box.width and ends_sentence(text.text)
