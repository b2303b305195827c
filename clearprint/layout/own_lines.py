"""Lines that are set apart from those around them: verses, sentences put down one a line, centred lines, other measures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from clearprint import lazily
from clearprint.layout.patterns import ends_clause, ends_sentence
from clearprint.layout.setting import INDENT, LONELY, STEADY, Setting, Steps, step_key
from clearprint.layout.strips import Strip

FEWEST_VERSES = 4  # lines
CLAUSES = 0.6  # share of the lines of verse that end where a clause does
FEWEST_SENTENCES = 3  # lines in a row, each a sentence of its own
SENTENCE = 4  # words that make one
FEWEST_CENTRED = 3  # lines
MIDDLE = 0.15  # em that middles of centred lines may be off
FEWEST_FLUSH = 3  # full lines that show a measure of their own
FLUSH = 1.0  # em that their ends differ by
NARROWER = 2.0  # em
OPENERS = "\u201c\u2018\u201e\u00ab\"'("
SHORTENED = lazily.compile(r"[A-Z][a-z]{1,3}\.$")
"""Ltd., Rd., Mrs.: the stop closes no sentence."""


def verses(stretch: Sequence[Strip], setting: Setting) -> frozenset[int]:
    """Lines of verse: some that stand together, each opening with a capital although few sentences end, every other one
    standing in a little; or without capitals, where each turns, most end with a clause and only the last a sentence."""
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
            clauses = sum(1 for line in lines[:-1] if ends_clause(line.text))
            capitals = opened >= 0.9 * len(lines) and 2 * ended < len(lines) and 2 * turns >= len(lines)
            if capitals or (turns == len(lines) - 1 and not ended and clauses >= CLAUSES * turns):
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
        if index < len(stretch) and is_sentence(*(pair := stretch[index - 1 : index + 1])) and not setting.apart(*pair):
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


def centred_apart(stretch: list[Strip]) -> list[list[Strip]]:
    """The stretch, cut where centred lines begin or end among others: each goes by rules of its own."""
    if len(stretch) < FEWEST_CENTRED:
        return [stretch]
    level = [same_middle(upper, lower) for upper, lower in pairwise(stretch)]
    if 2 * sum(level) >= len(level) or sum(level) < FEWEST_CENTRED - 1:
        return [stretch]
    edge = min(strip.start for strip in stretch) + INDENT * stretch[0].size
    cuts = [0]
    first = 0
    for index in range(1, len(stretch) + 1):
        if index < len(stretch) and level[index - 1]:
            continue
        begin, end = first, index
        first = index
        # A full line has its middle there too: text that goes on above or below from the same edge keeps it.
        while end - begin > 1 and end < len(stretch) and max(stretch[end - 1].start, stretch[end].start) <= edge:
            end -= 1
        while end - begin > 1 and begin > 0 and max(stretch[begin].start, stretch[begin - 1].start) <= edge:
            begin += 1
        starts = [strip.start for strip in stretch[begin:end]]
        inward = sum(1 for start in starts if start > edge)
        uneven = max(starts) - min(starts) > stretch[begin].size
        if len(starts) >= FEWEST_CENTRED and uneven and 3 * inward >= 2 * len(starts):
            cuts += [begin, end]
    cuts.append(len(stretch))
    return [stretch[one:other] for one, other in pairwise(cuts) if other > one]


def same_middle(upper: Strip, lower: Strip) -> bool:
    room = MIDDLE * lower.size
    off = abs(upper.start + upper.end - lower.start - lower.end) / 2
    return off <= room and not (upper.marker or lower.marker)


def own_measures(stretch: Sequence[Strip], setting: Setting) -> None:
    """Set `room_end` on the lines of parts between white whose full lines end together, short of the measure of the others."""
    if setting.centred or setting.flush_end:
        return
    first = 0
    for index in range(1, len(stretch) + 1):
        if index < len(stretch) and not setting.apart(stretch[index - 1], stretch[index]):
            continue
        part = stretch[first:index]
        first = index
        if len(part) <= FEWEST_FLUSH or len(part) == len(stretch) or any(strip.room_end is not None for strip in part):
            continue
        end = max(strip.end for strip in part)
        flush = sum(1 for strip in part if end - strip.end <= FLUSH * strip.size)
        if end < setting.end - NARROWER * part[0].size and flush >= max(FEWEST_FLUSH, 0.7 * (len(part) - 1)):
            for strip in part:
                strip.room_end = end
