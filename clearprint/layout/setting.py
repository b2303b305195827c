"""How the lines of a stretch are set: pitch, measure, and what tells its paragraphs apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from clearprint import lazily
from clearprint.layout.strips import Strip, end_level, has_hyphen, reads_on
from clearprint.records import record

ALIKE = 0.06  # share that sizes of one paragraph may differ by
INDENT = 0.5  # em: less is no indent
FARTHEST_INDENT = 6.0  # em: more is another place on the page
LONELY = 1.75  # em: a wider step is a leading only where it comes again
ROUGH = 0.08  # share of the lines of a text broken by hand that end early
LABEL = 40  # characters of a label at most
STEADY = 1.12  # times the pitch: more is white between paragraphs
OPENERS = "\u201c\u2018\u201e\u00ab\"'(["  # that may stand before the first letter of a text
ADDRESS = lazily.compile(r"(?:https?://|www\.)\S")  # a web address at the beginning of a line
NOTED = lazily.compile(r"[*†‡]{1,3}[^\W\d_]")  # a note's mark before its first word
GLUED = lazily.compile(r"[-\u2013][^\W\d_]")

Steps = Mapping[tuple[int, int], int]
"""How often each step from line to line comes on a page, by size: both as `step_key` has them."""


@record(frozen=False)
class Setting:
    """How the lines of one stretch of a chain are set, as far as telling paragraphs needs it."""

    pitch: float
    start: float  # leftmost start and farthest end of its lines, in reading direction
    end: float
    centred: bool
    flush_end: bool
    prose: bool  # most lines are full: a short one ends a paragraph
    indented: bool = False  # more than one line stands in and the next one goes back: so paragraphs begin
    dashed: bool = False  # several lines open with a hyphen that touches its word: items of a list
    spaced: bool = False  # white stands between its paragraphs, so a short line alone needs to be well short
    rough: bool = False  # lines end early in the middle of sentences too, so that a short one tells nothing
    single: bool = False  # set wide apart, and nearly every line is a sentence of its own
    measure: float = -1e9  # farthest end of lines on the page that begin where these do, in their size

    def apart(self, upper: Strip, lower: Strip) -> bool:
        """Whether there is more white between the lines than within a paragraph."""
        return lower.baseline - upper.baseline > STEADY * self.pitch + 0.3

    def well_short(self, upper: Strip, lower: Strip) -> bool:
        """Whether it would have fitted with ease: no typesetter's whim."""
        return self.short(upper, lower, 1.5)

    def short(self, upper: Strip, lower: Strip, ease: float = 0.0) -> bool:
        """Whether the next line's first word would have fitted on the line, with so many em to spare."""
        if has_hyphen(upper.text) and lower.starts_small:
            return False
        need = lower.first_width + upper.space + (ease + 0.02) * upper.size
        if self.centred:
            return upper.width + need <= self.end - self.start
        if self.flush_end:
            return upper.start - need >= self.start
        return upper.end + need <= (self.end if upper.room_end is None else upper.room_end)


def steps_of(chains: Sequence[Sequence[Strip]]) -> Counter[tuple[int, int]]:
    """How often each step from line to line comes on a page, by size. Both to a fortieth of the size."""
    return Counter(step_key(upper, lower) for chain in chains for upper, lower in pairwise(chain) if upper.table is None)


def step_key(upper: Strip, lower: Strip) -> tuple[int, int]:
    return round(upper.size * 10), round((lower.baseline - upper.baseline) / upper.size * 40)


def ends_of(chains: Sequence[Sequence[Strip]]) -> dict[tuple[int, int], float]:
    """The farthest end of the page's lines, by size and start."""
    ends: dict[tuple[int, int], float] = {}
    for chain in chains:
        for strip in chain:
            if strip.table is None:
                key = start_key(strip)
                ends[key] = max(ends.get(key, -1e9), strip.end)
    return ends


def start_key(strip: Strip) -> tuple[int, int]:
    return round(strip.size * 10), round(strip.start)


def setting_of(stretch: Sequence[Strip], chain: Sequence[Strip], steps: Steps) -> Setting:
    """How a stretch of a chain is set. `steps`: those of the whole page, for stretches too short to tell."""
    size = stretch[0].size
    alike = stretch
    if len(stretch) < 4:
        alike = [strip for strip in chain if abs(strip.size - size) <= ALIKE * size and strip.table == stretch[0].table]
    pitch = _pitch(stretch if len(stretch) > 3 or _is_even(stretch) else alike, size, steps)
    start = min(strip.start for strip in alike)
    end = max(strip.end for strip in alike)
    tolerance = 0.15 * size
    pairs = list(pairwise(stretch))
    middles = starts = ends = 0
    for upper, lower in pairs:
        same_start = abs(upper.start - lower.start) <= tolerance or abs(upper.text_start - lower.text_start) <= tolerance
        same_end = end_level(upper, lower, tolerance)
        same_middle = abs(upper.start + upper.end - lower.start - lower.end) <= 2 * tolerance
        starts += same_start
        ends += same_end
        middles += same_middle and not same_start
    count = len(pairs)
    setting = Setting(pitch, start, end, 2 * middles > count, ends >= 0.8 * count and starts < 0.6 * count, False)
    full = sum(1 for upper, lower in pairs if not setting.short(upper, lower))
    setting.prose = 2 * full >= count and reads_on(stretch)
    setting.spaced = sum(1 for upper, lower in pairs if setting.apart(upper, lower)) > 1
    close = [(upper, lower) for upper, lower in pairs if not setting.apart(upper, lower)]
    early = sum(1 for pair in close if pair[1].starts_small and not pair[0].ends_sentence and setting.well_short(*pair))
    setting.rough = early > 1 and early >= ROUGH * len(close)
    returns = sum(1 for upper, lower in pairs if INDENT * size < upper.start - lower.start <= FARTHEST_INDENT * size)
    setting.indented = (returns > 1 and setting.prose) or sum(1 for pair in pairs if _turns_back(*pair, setting)) > 1
    setting.dashed = sum(1 for strip in stretch if strip.text[0] in "-\u2013" and GLUED.match(strip.text)) > 1
    closed = sum(1 for upper, lower in pairs if upper.ends_sentence and not lower.starts_small)
    opened = sum(1 for _, lower in pairs if lower.text.lstrip(OPENERS)[:1].isupper())
    labels = count == 1 and len(stretch[0].text) <= LABEL  # one over the other: no line of a paragraph is so short
    setting.single = pitch > LONELY * size and (closed >= 0.6 * count or (opened == count and (count > 1 or labels)))
    return setting


def _is_even(stretch: Sequence[Strip]) -> bool:
    """Whether three lines of running text, set apart by a box or rules, have a leading of their own."""
    if len(stretch) != 3 or not reads_on(stretch):
        return False
    first, second = (lower.baseline - upper.baseline for upper, lower in pairwise(stretch))
    return abs(first - second) <= 0.04 * stretch[0].size and first <= LONELY * stretch[0].size


def _turns_back(upper: Strip, lower: Strip, setting: Setting) -> bool:
    """Whether a sentence that opens with a number in a full line goes on further out, as numbered paragraphs of statutes do."""
    return (
        upper.marker
        and not lower.marker
        and lower.starts_small
        and not upper.ends_sentence
        and INDENT * upper.size < upper.start - lower.start <= FARTHEST_INDENT * upper.size
        and not setting.short(upper, lower)
    )


def _pitch(strips: Sequence[Strip], size: float, usual: Steps) -> float:
    """Baseline to baseline inside paragraphs: the smallest step that comes more than once."""
    steps = sorted(
        step for upper, lower in pairwise(strips) if 0.5 * size < (step := lower.baseline - upper.baseline) < 3.4 * size
    )
    if not steps:
        return 1.2 * size
    base = steps[0]
    for one, other in pairwise(steps):
        if other - one <= 0.04 * size:
            # Items of one line each come again and again too, but wider apart than lines.
            base = one if one <= LONELY * size or steps[0] > 1.5 * size else steps[0]
            break
    else:
        key = round(size * 10), round(steps[0] / size * 40)
        if steps[0] > LONELY * size and usual.get(key, 0) < 3:
            return 1.2 * size  # one wide step proves no leading: it is white between blocks
    cluster = [step for step in steps if base <= step <= base + 0.1 * size]
    return cluster[len(cluster) // 2]
