"""Lines that stand by themselves one under the other: verses, and sentences put down one a line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from clearprint.layout.patterns import ends_sentence
from clearprint.layout.setting import INDENT, LONELY, STEADY, Setting, Steps, step_key
from clearprint.layout.strips import Strip

FEWEST_VERSES = 4  # lines
FEWEST_SENTENCES = 3  # lines in a row, each a sentence of its own
SENTENCE = 4  # words that make one
OPENERS = "\u201c\u2018\u201e\u00ab\"'("
SHORTENED = re.compile(r"[A-Z][a-z]{1,3}\.$")
"""Ltd., Rd., Mrs.: the stop closes no sentence."""


def verses(stretch: Sequence[Strip], setting: Setting) -> frozenset[int]:
    """Lines of verse: some that stand together, each opening with a capital although few sentences end, every other one
    standing in a little."""
    if len(stretch) < FEWEST_VERSES or setting.centred or setting.flush_end or setting.pitch > LONELY * stretch[0].size:
        return frozenset()
    if (
        sum(1 for one, other in pairwise(stretch) if INDENT < abs(one.start - other.start) / one.size < 4.0)
        < FEWEST_VERSES // 2
    ):
        return frozenset()
    found: set[int] = set()
    group = [0]
    for index in range(1, len(stretch) + 1):
        if index < len(stretch) and not setting.apart(stretch[index - 1], stretch[index]):
            group.append(index)
            continue
        lines = [stretch[one] for one in group]
        if len(lines) >= FEWEST_VERSES and not any(line.marker or line.bulleted for line in lines):
            opened = sum(1 for line in lines if line.text.lstrip(OPENERS)[:1].isupper())
            ended = sum(1 for line in lines[:-1] if ends_sentence(line.text))
            turns = sum(1 for one, other in pairwise(lines) if INDENT < abs(one.start - other.start) / one.size < 4.0)
            if opened >= 0.9 * len(lines) and 2 * ended < len(lines) and 2 * turns >= len(lines):
                found.update(group)
        group = [index]
    return frozenset(found)


def sentences(stretch: Sequence[Strip], setting: Setting, usual: Steps) -> frozenset[int]:
    """Lines that begin paragraphs because each of several in a row is a sentence of its own, as questions are put down; two
    are enough where white stands above and below them."""
    if setting.centred or setting.flush_end:
        return frozenset()
    found: set[int] = set()
    run: list[int] = []
    for index in range(1, len(stretch) + 1):
        if index < len(stretch) and is_sentence(stretch[index - 1], stretch[index]):
            run.append(index)
            continue
        if run:
            short = [setting.short(stretch[one - 1], stretch[one]) for one in run]
            first, last = run[0] - 1, run[-1]
            step = max(stretch[one].baseline - stretch[one - 1].baseline for one in run)
            alone = all(
                stretch[one].baseline - stretch[one - 1].baseline > STEADY * step + 0.3
                for one in (first, last + 1)
                if 0 < one < len(stretch)
            )
            several = len(run) >= FEWEST_SENTENCES and 2 * sum(short) > len(run)
            if several or (alone and (all(short) or _wide(stretch[first:], usual))):
                found.update(run)
        run = []
    return frozenset(found)


def _wide(pair: Sequence[Strip], usual: Steps) -> bool:
    """Whether two lines stand further apart than the page sets lines of their size elsewhere, more than once."""
    size, own = step_key(pair[0], pair[1])
    steps = {step: count for (key, step), count in usual.items() if key == size and step != own}
    commonest = max(sorted(steps), key=lambda step: steps[step], default=own)
    return steps.get(commonest, 0) > 1 and own > STEADY * commonest and own <= LONELY * 40


def is_sentence(upper: Strip, lower: Strip) -> bool:
    """Whether one line closes a sentence and the next one opens another."""
    opens = lower.text.lstrip(OPENERS)[:1].isupper()
    return len(upper.words) >= SENTENCE and opens and ends_sentence(upper.text) and not SHORTENED.match(upper.texts[-1])
