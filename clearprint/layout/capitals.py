"""Drop capitals: one large letter at the head of a paragraph, with its first lines beside it."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.geometry import hull
from clearprint.layout.paras import Para
from clearprint.layout.strips import Strip

LARGER = 1.7  # times the text beside it
LETTERS = 3  # at most: an opening quotation mark and a letter


def is_capital(strip: Strip, strips: Sequence[Strip]) -> bool:
    """Whether two lines or more of smaller text begin right beside a large letter."""
    if len(strip.text) > LETTERS or not any(map(str.isalpha, strip.text)):
        return False
    beside = 0
    for other in strips:
        if (
            other.size * LARGER > strip.size
            or not -0.3 * other.size <= other.baseline - strip.top <= strip.baseline - strip.top + 0.3 * other.size
        ):
            continue
        if -0.5 * other.size <= other.start - strip.end <= 1.5 * other.size:
            beside += 1
    return beside >= 2


def join_capitals(paras: Sequence[Para], capitals: Sequence[Strip]) -> list[Para]:
    """The blocks, each large letter joined to its paragraph; one that finds none is a block of its own."""
    alone: list[Para] = []
    for strip in capitals:
        best: tuple[float, Para] | None = None
        for other in paras:
            if other.capital is not None or len(other.strips) < 2:
                continue
            if strip.size < LARGER * other.size or other.table is not None:
                continue
            away = other.strips[0].start - strip.end
            if -0.5 * other.size <= away <= 1.5 * other.size and _sits(strip, other) and (best is None or away < best[0]):
                best = away, other
        if best is not None:
            best[1].capital = strip
            best[1].box = hull((best[1].box, strip.box))
        else:
            alone.append(Para([strip]))
    return [*paras, *alone]


def _sits(strip: Strip, other: Para) -> bool:
    """Whether the letter's baseline is that of one of the first lines, or among them, and its head not far from the first's."""
    first = other.strips[0]
    room = 0.3 * other.size
    if strip.top > first.baseline + room:
        return False
    if any(abs(line.baseline - strip.baseline) <= room for line in other.strips[:6]):
        return True
    # A frame of its own may hold it off the lines' baselines; then the word that it begins, or text below it, shows.
    beside = [line for line in other.strips[:6] if line.start >= strip.end - 0.5 * other.size]
    returns = any(line.start < strip.end - 0.5 * other.size for line in other.strips[len(beside) :])
    between = first.baseline < strip.baseline < beside[-1].baseline + room if len(beside) > 1 else False
    return between and strip.top >= first.top - other.size and (returns or first.starts_small)
