"""Bullets that are drawn, not set: small marks at the left of a line (at the right of a right-to-left one)."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence

from clearprint.geometry import Box
from clearprint.layout.strips import Strip

SMALLEST, LARGEST = 0.12, 1.1  # em: each way
FARTHEST = 3.0  # em between a bullet and its text
ALONE = 1.5  # em: one further away is a bullet if another one stands under or over it
LARGER = 1.2  # times the usual type: larger lines are no list items
SAME = 2.0  # points between the middles of bullets of one list
SQUARE = 2.2  # times as long as wide at most


def mark_bullets(strips: Sequence[Strip], specks: Sequence[Box]) -> None:
    """Set `bulleted` on the lines that a drawn bullet stands before."""
    if not specks:
        return
    sizes: Counter[float] = Counter()
    for strip in strips:
        sizes[strip.size] += len(strip.text)
    largest = LARGER * max(sorted(sizes), key=lambda size: sizes[size], default=0.0)
    ordered = sorted(specks, key=lambda box: box.y0)
    tops = [box.y0 for box in ordered]
    rows: dict[int, list[Strip]] = {}
    for strip in strips:
        rows.setdefault(strip.row, []).append(strip)
    found: list[tuple[Strip, Box]] = []
    for strip in strips:
        if strip.size > largest:
            continue  # an ornament before a heading
        first, last = bisect_left(tops, strip.top - strip.size), bisect_right(tops, strip.bottom)
        near = [box for box in ordered[first:last] if _at(strip, box)]
        if not near or any(box.distance(near[0]) > 0 for box in near):
            continue  # parts of a drawing
        if _before(strip, near[0]) and not any(_between(other, near[0], strip) for other in rows[strip.row]):
            found.append((strip, near[0]))
    columns = Counter(round(box.centre[0] / SAME) for _, box in found)
    for strip, box in found:
        place = round(box.centre[0] / SAME)
        gap = box.x0 - strip.x1 if strip.rtl else strip.x0 - box.x1
        if gap <= ALONE * strip.size or columns[place - 1] + columns[place] + columns[place + 1] > 1:
            strip.bulleted = True


def _at(strip: Strip, box: Box) -> bool:
    """Whether a mark stands beside the beginning of a line, at its height."""
    reach = (FARTHEST + 2.0) * strip.size
    beside = strip.x1 <= box.x0 <= strip.x1 + reach if strip.rtl else strip.x0 - reach <= box.x1 <= strip.x0
    return beside and box.y1 > strip.top and box.y0 < strip.bottom


def _before(strip: Strip, box: Box) -> bool:
    size = strip.size
    long, short = max(box.width, box.height), min(box.width, box.height)
    if not SMALLEST * size <= short <= long <= LARGEST * size or long > SQUARE * short:
        return False
    middle = (box.y0 + box.y1) / 2
    if not strip.baseline - 0.85 * size <= middle <= strip.baseline + 0.1 * size:
        return False
    gap = box.x0 - strip.x1 if strip.rtl else strip.x0 - box.x1
    return 0.1 * size <= gap <= FARTHEST * size


def _between(other: Strip, box: Box, strip: Strip) -> bool:
    """Whether another text of the row stands between a bullet and a line, or close to the bullet's other side."""
    if other is strip:
        return False
    middle = (other.x0 + other.x1) / 2
    return min(strip.x0, box.x0) - 0.5 * strip.size < middle < max(strip.x1, box.x1) + 0.5 * strip.size
