"""From the last baseline of a paragraph to the first of the next one in the same column."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from clearprint.layout.paras import Para

FARTHEST = 5.0  # em: further apart something else stands between, or nothing belongs together


def set_steps(ordered: Sequence[Para]) -> None:
    """Set `step` where two running paragraphs of one style follow each other. Blocks come in reading order."""
    for para, following in pairwise(ordered):
        if not (_is_paragraph(para) and _is_paragraph(following)):
            continue
        if len(para.strips) < 2 and len(following.strips) < 2:
            continue
        if para.column != following.column or para.box.x_overlap(following.box) <= 0:
            continue
        if para.strips[-1].key != following.strips[0].key:
            continue
        step = following.strips[0].baseline - para.strips[-1].baseline
        if 0.5 * para.size < step <= FARTHEST * para.size:
            para.step = step


def _is_paragraph(para: Para) -> bool:
    first = para.strips[0]
    if para.table is not None or para.stacked or para.in_picture or first.marker or first.leader:
        return False
    return len(para.strips) > 1 or para.strips[-1].ends_sentence
