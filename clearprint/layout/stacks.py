"""Letters set one a line, below one another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from unicodedata import east_asian_width

from clearprint.layout.paras import Para
from clearprint.layout.strips import Strip, spaceless

FEWEST = 3
LEVEL = 0.12  # em that baselines of one row may differ by
NEAR = 12.0  # em between the cells of a row of letters and marks


def join_stacks(paras: Sequence[Para]) -> list[Para]:
    """The blocks, with letters that read downwards as one block each."""
    single = [para for para in paras if all(len(strip.text) == 1 and strip.text.isalpha() for strip in para.strips)]
    if len(single) < 2 and not (single and len(single[0].strips) >= FEWEST):
        return list(paras)
    single.sort(key=lambda para: (round(para.box.centre[0] / max(1.0, 0.4 * para.size)), para.box.y0))
    stacks: list[list[Para]] = []
    for para in single:
        last = stacks[-1][-1] if stacks else None
        if (
            last is not None
            and abs(last.box.centre[0] - para.box.centre[0]) <= 0.5 * para.size
            and 0 < para.strips[0].baseline - last.strips[-1].baseline <= 1.7 * para.size
            and abs(last.size - para.size) <= 0.06 * para.size
        ):
            stacks[-1].append(para)
        else:
            stacks.append([para])
    replaced: dict[int, Para | None] = {}
    for stack in stacks:
        strips = [strip for para in stack for strip in para.strips]
        word = "".join(strip.text for strip in strips)
        if len(word) < FEWEST or _is_upright(word) or in_sequence(word) or _mark_rows(strips, paras):
            continue
        whole = Para(strips)
        whole.stacked = True
        whole.table = None
        replaced[id(stack[0])] = whole
        replaced.update((id(para), None) for para in stack[1:])
    result: list[Para] = []
    for para in paras:
        other = replaced.get(id(para), para)
        if other is not None:
            result.append(other)
    return result


def _is_upright(word: str) -> bool:
    """Chinese, Japanese or Korean, which may be set in columns; or Thai and its neighbours."""
    return spaceless(word) or all(east_asian_width(letter) in "WF" for letter in word)


def _mark_rows(letters: Sequence[Strip], paras: Sequence[Para]) -> bool:
    """Whether something stands level with every letter: sigla before a text, the letters of a truth table or matrix."""
    return all(
        any(
            abs(strip.baseline - letter.baseline) <= LEVEL * letter.size
            and 0 < max(strip.x0 - letter.x1, letter.x0 - strip.x1) <= NEAR * letter.size
            for para in paras
            if para.box.y0 <= letter.baseline <= para.box.y1
            for strip in para.strips
        )
        for letter in letters
    )


def in_sequence(word: str) -> bool:
    """a b c d: the letters of a list, or the same letter again (crosses, bullets)."""
    steps = {ord(other) - ord(one) for one, other in itertools.pairwise(word)}
    return steps <= {0, 1}
