"""From the last baseline of a paragraph to the first of the next one in the same column."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.layout.paras import Para
from clearprint.layout.patterns import PARAGRAPH_INDENT, list_mark

EDGE = 0.1  # em that the edges of paragraphs may differ by
FARTHEST = 5.0  # em: further apart something else stands between, or nothing belongs together


def set_steps(ordered: Sequence[Para]) -> None:
    """Set `step` where two running paragraphs of one style follow each other in a column, whatever stands beside them."""
    downwards = sorted(ordered, key=lambda para: para.strips[0].baseline)
    for index, para in enumerate(downwards):
        if not _is_paragraph(para):
            continue
        following = _below(para, downwards[index + 1 :])
        if following is None or not _is_paragraph(following) or not _same_column(para, following):
            continue
        if len(para.strips) < 2 and (len(following.strips) < 2 or para.strips[0].text.endswith(":")):
            continue  # a line that says what follows belongs to it
        if para.strips[-1].key != following.strips[0].key:
            continue
        step = following.strips[0].baseline - para.strips[-1].baseline
        if 0.5 * para.size < step <= FARTHEST * para.size:
            para.step = step


def _same_column(para: Para, following: Para) -> bool:
    """Whether both stand in one column, or on one edge of a page that has no columns."""
    if para.column == following.column:
        return True
    return not (para.in_columns or following.in_columns) and abs(para.start - following.start) <= EDGE * para.size


def _below(para: Para, others: Sequence[Para]) -> Para | None:
    """The next block under it."""
    last = para.strips[-1].baseline
    for other in others:
        first = other.strips[0].baseline
        if first > last + FARTHEST * para.size:
            return None
        if first > last and para.box.x_overlap(other.box) > 0.5 * para.size:
            return other
    return None


def _is_paragraph(para: Para) -> bool:
    """Running text: a numbered paragraph too, whose first line is indented; an item of a list hangs from its number."""
    first = para.strips[0]
    if para.table is not None or para.stacked or para.in_picture or first.bulleted or first.leader:
        return False
    if first.marker:
        indented = len(para.strips) > 1 and para.first_indent >= PARAGRAPH_INDENT * para.size
        return indented and list_mark(first.text) == "ordinal"
    return len(para.strips) > 1 or para.strips[-1].ends_sentence
