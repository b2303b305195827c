"""Letters set one a line, below one another."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from clearprint.layout.paras import Para
from clearprint.layout.strips import spaceless

FEWEST = 3


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
        if len(word) < FEWEST or spaceless(word) or in_sequence(word):
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


def in_sequence(word: str) -> bool:
    """a b c d: the letters of a list, or the same letter again (crosses, bullets)."""
    steps = {ord(other) - ord(one) for one, other in itertools.pairwise(word)}
    return steps <= {0, 1}
