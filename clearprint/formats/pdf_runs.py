"""Glyphs of a PDF page gathered into the lines that a reader sees, in the order in which they stand.

The engine follows the order of the file: where a line is shown in pieces, back and forth, it gives many short lines or glyphs
that jump. What is measured over a line, such as the space between letters, needs the line as it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

_LEVEL = 0.02  # em: pieces of one line stand on one baseline, but for rounding
_NEAR = 0.6  # em between pieces of one line
_OVER = 0.5  # share of a glyph that may lie on its neighbour: more is text printed over text
_BACK = 0.01  # em
_SHORT = 24  # gaps
_PARTS = 0.14  # em: gaps that much wider than others part words
LEADERS = frozenset(".·…_-")


@dataclass(slots=True)
class Glyph:
    """One character along its line."""

    text: str
    start: float  # along the line, from its origin
    end: float  # its start and its advance
    across: float
    space: bool


@dataclass(slots=True)
class Run:
    """Characters of one line in one font, size and ink."""

    span: dict[str, Any]
    size: float
    stretch: float
    slanted: bool
    backwards: bool
    glyphs: list[Glyph] = field(default_factory=list)
    jumps: bool = False  # a glyph stands before the one shown before it


@dataclass(frozen=True, slots=True)
class LineOfRuns:
    """What the engine takes for one line. Along its axis glyphs start and end, in engine points."""

    axis: tuple[float, float]
    vertical: bool
    runs: list[Run]


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
        placed.append(
            (
                runs[0].glyphs[0].across,
                min(glyph.start for run in runs for glyph in (run.glyphs if run.jumps else run.glyphs[:1])),
                max(glyph.end for run in runs for glyph in (run.glyphs if run.jumps else run.glyphs[-1:])),
                runs[0].size,
                index,
            )
        )
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
    return any(run.jumps for run in runs) or any(
        other.glyphs[0].start < one.glyphs[-1].start - _BACK * one.size for one, other in pairwise(runs)
    )


def _in_order(runs: Sequence[Run]) -> list[Run] | None:
    """Runs from left to right, cut anew where style changes. None: text printed over text."""
    placed: list[tuple[float, int, Glyph, Run]] = []
    for run in runs:
        at = run.glyphs[0].start
        for glyph in run.glyphs:
            if glyph.end > glyph.start:
                at = glyph.start  # signs without a width, such as the end of a ligature, stay with the one before
            placed.append((at, len(placed), glyph, run))
    placed.sort(key=lambda item: item[:2])
    glyphs = [item[2:] for item in placed]
    last: Glyph | None = None
    for glyph, run in glyphs:
        if glyph.space or glyph.end - glyph.start < 0.05 * run.size:
            continue
        if last is not None and last.end - glyph.start > _OVER * min(glyph.end - glyph.start, last.end - last.start):
            return None
        last = glyph
    result: list[Run] = []
    look: tuple[Any, ...] | None = None
    for glyph, run in glyphs:
        own = _look(run)
        if own != look:
            result.append(Run(run.span, run.size, run.stretch, run.slanted, run.backwards))
            look = own
        result[-1].glyphs.append(glyph)
    return result


def _look(run: Run) -> tuple[Any, ...]:
    span = run.span
    return (
        span["font"],
        span["flags"] & ~1,  # what the engine takes for a superscript
        round(run.size, 2),
        round(run.stretch, 2),
        run.slanted,
        span["color"],
        span["alpha"],
        span["char_flags"],
    )


def tracking(runs: Iterable[Run]) -> dict[tuple[str, float], float | None]:
    """By font and size: letter space added over the face's own advances, as a share of the size. None: too few letters.

    The median passes over kerning pairs and word gaps. Up to three gaps may all be kerning, and say something only if wide.
    Dots of a leader, which stand apart in any line, say nothing. In a short line without spaces as signs, half of the gaps may
    part words: those far over the narrower ones do.
    """
    gaps: dict[tuple[str, float], list[float]] = {}
    spaced = False
    for run in runs:
        found = gaps.setdefault((run.span["font"], round(run.size, 1)), [])
        if run.backwards:
            continue  # joined scripts stretch letters instead of parting them
        for before, after in zip(run.glyphs, run.glyphs[1:], strict=False):
            if before.space or after.space:
                spaced = True
                continue
            if before.text == after.text and before.text in LEADERS:
                continue
            if after.start > before.start:
                gap = (after.start - before.end) / run.size
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
