"""Characters of a PDF page in the lines that a reader sees, in the order in which they stand, and the words they make.

The engine follows the order of the file: where a line is shown in pieces, back and forth, it gives many short lines or glyphs
that jump. What is measured over a line, such as the space between letters, needs the line as it stands.

Every letter of a document passes here, so a run keeps its characters as columns, and plain ones are asked in bulk.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median
from typing import Any

from clearprint.records import record

_LEVEL = 0.02  # em: pieces of one line stand on one baseline, but for rounding
_NEAR = 0.6  # em between pieces of one line
_OVER = 0.5  # share of a glyph that may lie on its neighbour: more is text printed over text
_KERN = 0.2  # em that a comma is moved back under an r or a T, at most
_TWIN = 0.02  # em
BACK = 0.01  # em: a glyph that stands further back was shown out of order
_SHORT = 24  # gaps
_PARTS = 0.14  # em: gaps that much wider than others part words
_TIGHT = 0.1  # em: the least that parts words in a squeezed line
_MOSTLY = 0.6  # share of the gaps of a line that part letters; fewer in letters set apart
_EMPTY = 0.06  # em: between the widest gap of letters and the narrowest of words there, nothing
_LEADER = 0.5  # em: dots of a leader nearer than this are one piece
LEADERS = frozenset(".·…_-")


_Placed = tuple[float, int, str, float, float, float, "Run"]
"""A glyph: where it goes in its line, its turn in the file, its sign, start, end and place across, and its run."""


class Run:
    """Characters of one line in one font, size and ink. `starts` and `ends` (start and advance) lie along the line."""

    __slots__ = (
        "_gaps",
        "across",
        "backwards",
        "ends",
        "font",
        "jumps",
        "letters",
        "plain",
        "size",
        "slanted",
        "span",
        "starts",
        "stretch",
        "text",
    )

    def __init__(
        self,
        span: Mapping[str, Any],
        size: float,
        text: Sequence[str],
        starts: Sequence[float],
        ends: Sequence[float],
        across: Sequence[float],
        *,
        letters: int,
        backwards: bool = False,
        jumps: bool = False,
        plain: str = "",
    ) -> None:
        self.span = span
        self.font: str = span["font"]
        self.size = size
        self.text = text  # one character an item
        self.starts = starts
        self.ends = ends
        self.across = across
        self.letters = letters  # characters that are no space
        self.backwards = backwards
        self.jumps = jumps  # a glyph stands before the one shown before it
        self.plain = plain  # its text if " " are its only spaces, it has no leader and each sign starts after the last
        self.stretch = 1.0
        self.slanted = False
        self._gaps: list[float] | None = None

    @property
    def gaps(self) -> list[float]:
        """Between neighbours that are no space, of a plain run."""
        if self._gaps is None:
            signs, starts = self.text, self.starts
            fours = zip(signs, signs[1:], starts[1:], self.ends, strict=False)
            self._gaps = [start - end for sign, following, start, end in fours if sign != " " and following != " "]
        return self._gaps

    @property
    def last_end(self) -> float | None:
        """Where its last letter ends; None when it has nothing but spaces."""
        if not self.letters:
            return None
        return next(end for end, sign in zip(reversed(self.ends), reversed(self.text), strict=True) if not sign.isspace())


@record
class LineOfRuns:
    """What the engine takes for one line. Along its axis glyphs start and end, in engine points."""

    axis: tuple[float, float]
    vertical: bool
    runs: list[Run]


# --- lines as they stand --------------------------------------------------------------------------------------------------


def gathered(lines: Sequence[LineOfRuns]) -> list[LineOfRuns]:
    """The lines with pieces of one line put together and in order; lines that are whole already stay as they are.

    Right-to-left and vertical lines are left alone, and so is text printed over text.
    """
    levels: dict[tuple[float, float], list[int]] = {}
    for index, line in enumerate(lines):
        if not line.vertical and not any(run.backwards for run in line.runs):
            levels.setdefault((round(line.axis[0], 3), round(line.axis[1], 3)), []).append(index)
    better: dict[int, LineOfRuns | None] = {}
    for group in levels.values():
        for chain in _chains(lines, group):
            if len(chain) == 1 and not _disordered(lines[chain[0]].runs):
                continue
            runs = _in_order([run for index in chain for run in lines[index].runs])
            if runs is not None:
                better |= dict.fromkeys(chain)
                better[min(chain)] = replace(lines[chain[0]], runs=runs)
    if not better:
        return list(lines)
    kept = (better.get(index, old) for index, old in enumerate(lines))
    return [line for line in kept if line is not None]


def _chains(lines: Sequence[LineOfRuns], group: Iterable[int]) -> list[list[int]]:
    """Lines on one baseline with no more than a word space between them."""
    placed = []
    for index in group:
        runs = lines[index].runs
        start = min([min(run.starts) if run.jumps else run.starts[0] for run in runs])
        end = max([max(run.ends) if run.jumps else run.ends[-1] for run in runs])
        placed.append((runs[0].across[0], start, end, runs[0].size, index))
    placed.sort()
    chains: list[list[int]] = []
    level: list[tuple[float, float, float, int]] = []
    last = 0.0
    for across, start, end, size, index in placed:
        if level and across - last > _LEVEL * size:
            chains += _beside(level)
            level = []
        level.append((start, end, size, index))
        last = across
    return chains + _beside(level)


def _beside(level: list[tuple[float, float, float, int]]) -> list[list[int]]:
    if len(level) == 1:
        return [[level[0][3]]]
    chains: list[list[int]] = []
    reach = 0.0
    for start, end, size, index in sorted(level):
        if chains and start - reach < _NEAR * size:
            chains[-1].append(index)
            reach = max(reach, end)
        else:
            chains.append([index])
            reach = end
    return chains


def _disordered(runs: Sequence[Run]) -> bool:
    if len(runs) == 1:
        return runs[0].jumps
    return any(run.jumps for run in runs) or any(
        other.starts[0] < one.starts[-1] - BACK * one.size for one, other in pairwise(runs)
    )


def _in_order(runs: Sequence[Run]) -> list[Run] | None:
    """Runs from left to right, cut anew where style changes. None: text printed over text."""
    placed: list[_Placed] = []
    for run in runs:
        at = run.starts[0]
        for sign, start, end, across in zip(run.text, run.starts, run.ends, run.across, strict=True):
            if end > start:
                at = start  # signs without a width, such as the end of a ligature, stay with the one before
            placed.append((at, len(placed), sign, start, end, across, run))
    placed.sort(key=lambda item: item[:2])
    placed = _without_twins(placed)
    last: tuple[float, float] | None = None
    for _, _, sign, start, end, _, run in placed:
        if sign.isspace() or end - start < 0.05 * run.size:
            continue
        if last is not None and last[1] - start > max(_KERN * run.size, _OVER * min(end - start, last[1] - last[0])):
            return None
        last = start, end
    result: list[Run] = []
    look: tuple[Any, ...] | None = None
    texts: list[str] = []
    starts: list[float] = []
    ends: list[float] = []
    acrosses: list[float] = []
    for _, _, sign, start, end, across, run in placed:
        own = _look(run)
        if own != look:
            texts, starts, ends, acrosses = [], [], [], []
            result.append(Run(run.span, run.size, texts, starts, ends, acrosses, letters=0, backwards=run.backwards))
            result[-1].stretch, result[-1].slanted = run.stretch, run.slanted
            look = own
        texts.append(sign)
        starts.append(start)
        ends.append(end)
        acrosses.append(across)
        result[-1].letters += not sign.isspace()
    return result


def _without_twins(placed: Sequence[_Placed]) -> list[_Placed]:
    """Glyphs from left to right without those painted again in their very place: a poor man's bold."""
    result: list[_Placed] = []
    for item in placed:
        at, _, sign, start, _, _, run = item
        again = False
        for other in reversed(result):
            if at - other[0] > _TWIN * run.size:
                break
            if other[2] == sign and abs(start - other[3]) <= _TWIN * run.size and other[6] is not run:
                again = True
                break
        if not again:
            result.append(item)
    return result


def _look(run: Run) -> tuple[Any, ...]:
    span = run.span
    return (
        run.font,
        span["flags"] & ~1,  # what the engine takes for a superscript
        round(run.size, 2),
        round(run.stretch, 2),
        run.slanted,
        span["color"],
        span["alpha"],
        span["char_flags"],
    )


# --- words and the space between letters ----------------------------------------------------------------------------------


def pieces(run: Run, limit: float) -> Iterator[tuple[int, int, bool]]:
    """The run cut into words at spaces and at gaps as wide as the limit: first, past the last, whether a space comes after."""
    back = -run.size
    first = 0
    if run.plain and not run.backwards and (not run.gaps or (back < min(run.gaps) and max(run.gaps) < limit)):
        words = run.plain.split(" ")
        last = words.pop()
        for word in words:
            after = first + len(word)
            yield first, after, True
            first = after + 1
        if last:
            yield first, first + len(last), False
        return
    text, starts, ends = run.text, run.starts, run.ends
    for index, sign in enumerate(text):
        if sign.isspace():
            yield first, index, True
            first = index + 1
            continue
        if index > first:
            start, end = starts[index], ends[index - 1]
            gap = starts[index - 1] - ends[index] if run.backwards and start < starts[index - 1] else start - end
            leader = sign in LEADERS and sign == text[index - 1] and 0 < start - end < _LEADER * run.size
            if not back < gap < limit and not leader:
                yield first, index, False
                first = index
    if first < len(text):
        yield first, len(text), False


def tracking(runs: Iterable[Run]) -> dict[tuple[str, float], float | None]:
    """By font and size: letter space added over the face's own advances, as a share of the size. None: too few letters.

    The median passes over kerning pairs and word gaps. Up to three gaps may all be kerning, and say something only if wide.
    Dots of a leader, which stand apart in any line, say nothing. In a short line without spaces as signs, half of the gaps may
    part words: those far over the narrower ones do.
    """
    gaps: dict[tuple[str, float], list[float]] = {}
    spaced = False
    for run in runs:
        found = gaps.setdefault((run.font, round(run.size, 1)), [])
        if run.backwards:
            continue  # joined scripts stretch letters instead of parting them
        text, size = run.text, run.size
        if run.plain:
            spaced = spaced or (run.letters < len(text) and len(text) > 1)
            found += [gap for wide in run.gaps if -0.5 < (gap := wide / size) < 0.8]
            continue
        starts, ends = run.starts, run.ends
        for index in range(1, len(text)):
            before, after = text[index - 1], text[index]
            if before.isspace() or after.isspace():
                spaced = True
                continue
            if before == after and before in LEADERS:
                continue
            if starts[index] > starts[index - 1]:
                gap = (starts[index] - ends[index - 1]) / size
                if -0.5 < gap < 0.8:
                    found.append(gap)
    result: dict[tuple[str, float], float | None] = {}
    for key, found in gaps.items():
        if not spaced and 1 < len(found) < _SHORT:
            usual = sorted(found)[len(found) // 4]
            found = [gap for gap in found if gap < usual + _PARTS]
        value = median(found) if found else 0.0
        if abs(value) < 0.005 or (len(found) <= 3 and abs(value) < 0.1):
            value = 0.0
        result[key] = round(value, 2)
    return result


def narrowest_space(runs: Iterable[Run], usual: float) -> float:
    """The gap, as a share of the size, that parts words in a line whose spaces are no signs; `usual` where it holds some.

    A justified line may be squeezed so far that its word spaces are narrower than the usual limit. They still stand out from
    the gaps between its letters: two or more of them, and nothing between the two.
    """
    gaps: list[float] = []
    for run in runs:
        if run.backwards or not run.size > 0:
            return usual
        text, starts, ends = run.text, run.starts, run.ends
        for index in range(1, len(text)):
            if text[index].isspace():
                return usual
            if starts[index] > starts[index - 1]:
                gaps.append((starts[index] - ends[index - 1]) / run.size)
    gaps.sort()
    first = bisect_left(gaps, _TIGHT)
    if first < _MOSTLY * len(gaps) or first >= len(gaps) - 1 or gaps[first] >= usual or gaps[first] - gaps[first - 1] < _EMPTY:
        return usual
    return gaps[first] - _EMPTY / 2


def main_run(runs: Sequence[Run]) -> Run:
    """The run that sets most of the line's letters, the larger one of equals."""
    return runs[0] if len(runs) == 1 else max(runs, key=lambda run: (run.letters, run.size))


def raised(run: Run, main: Run, before: float | None, runs: Sequence[Run]) -> bool:
    """Whether a run is a superscript or subscript: smaller, off the baseline and joined to a word of its line.

    `before` is where the last letter before it ends.
    """
    if run is main or run.size > 0.87 * main.size:
        return False
    if abs(run.across[0] - main.across[0]) < 0.04 * main.size:
        return False
    room = 0.35 * main.size
    if before is not None and abs(run.starts[0] - before) < room:
        return True
    after = runs[runs.index(run) + 1 :]
    return bool(after) and abs(after[0].starts[0] - run.ends[-1]) < room
