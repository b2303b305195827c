"""Which line stands directly below which: chains of lines, each of one column or cell.

A line is linked to the one below it only where both have no other neighbour there: a heading across two columns belongs to
neither.
"""

from __future__ import annotations

from collections.abc import Sequence

from clearprint import lazily
from clearprint.colour import look_alike
from clearprint.layout.setting import FARTHEST_INDENT
from clearprint.layout.strips import Strip

REACH = 3.4  # em from baseline to baseline; no paragraph is set wider
SAME = 0.03  # share that sizes of one text differ by
OTHER = 0.08  # share by which other type differs
NEXT = 1.75  # em from a line to the next one of its paragraph
MOST_SHORT = 4  # short lines one below the other, past which a longer one is seen
EDGE = 0.3  # em by which the edges or middles of two lines of a paragraph may differ
LOWER = 1.2  # em from the next line of a paragraph to what stands below it
_SOURCE = lazily.compile(r"[\[(].*[\])]\.?$|[\u2013\u2014\u2015]\s?\S")
SHARED = 0.5  # em of width that two lines must have in common, unless one of them is shorter


def chains(strips: Sequence[Strip]) -> list[list[Strip]]:
    """The strips of a frame in chains from top to bottom."""
    _link(strips)
    result: list[list[Strip]] = []
    for strip in strips:
        if _only_above(strip) is not None:
            continue
        chain = [strip]
        while (following := _only_below(chain[-1])) is not None:
            chain.append(following)
        result.append(chain)
    for strip in strips:  # linked both ways, no word of a page could be let go until cycles are looked for
        strip.above, strip.below = [], []
    return result


def _only_below(strip: Strip) -> Strip | None:
    if len(strip.below) == 1 and len(strip.below[0].above) == 1:
        return strip.below[0]
    return None


def _only_above(strip: Strip) -> Strip | None:
    if len(strip.above) == 1 and len(strip.above[0].below) == 1:
        return strip.above[0]
    return None


def _link(strips: Sequence[Strip]) -> None:
    """Each strip with those next above it that share its width. Strips come from top to bottom."""
    front: list[Strip] = []  # strips that may still have one below them, the lowest last
    limit = 24
    _fill_hollows(strips)
    reach = REACH * max((strip.size for strip in strips), default=0.0)
    for strip in strips:
        hidden: list[tuple[float, float]] = []
        for other in reversed(front):
            drop = strip.baseline - other.baseline
            size = min(strip.size, other.size)
            if drop > reach:
                break
            if other.row == strip.row or drop <= 0.35 * size or drop > REACH * max(strip.size, other.size):
                continue
            left, right = max(strip.left, other.left), min(strip.right, other.right)
            if right - left <= min(SHARED * size, 0.5 * strip.width, 0.5 * other.width):
                continue
            if any(min(right, x1) - max(left, x0) > 0.5 * (right - left) for x0, x1 in hidden):
                continue  # another line stands between
            other.below.append(strip)
            strip.above.append(other)
            if other.left <= strip.left and other.right >= strip.right:
                break  # it hides all that stands above
            hidden.append((other.left, other.right))
        if len(front) > limit:
            front = [
                other
                for other in front
                if strip.baseline - other.baseline <= REACH * max(other.size, strip.size) and not _covered(other)
            ]
            limit = 2 * len(front) + 24
        front.append(strip)
    for strip in strips:
        strip.below = _next(strip.below)
    for strip in strips:
        strip.above = [other for other in strip.above if any(strip is one for one in other.below)]
    for strip in strips:
        _set_source_apart(strip)
    for strip in strips:
        _keep_to_own(strip)
    for strip in strips:
        _see_past(strip)
    for strip in strips:
        _thread(strip)
    for strip in strips:
        _follow_own(strip)
    for strip in strips:
        _keep_to_last(strip)
    for strip in strips:
        _pass_by(strip)


def _fill_hollows(strips: Sequence[Strip]) -> None:
    """Set `left` and `right` of short last lines that end before the indent of their paragraph: all of the paragraph's width
    is theirs, for nothing else stands in it."""
    for index, strip in enumerate(strips):
        if not strip.starts_small or strip.width > FARTHEST_INDENT * strip.size or strip.table is not None:
            continue
        near = _about(strips, index)
        for upper in near:
            drop = strip.baseline - upper.baseline
            if (
                0.35 * strip.size < drop <= NEXT * strip.size
                and abs(upper.size - strip.size) <= SAME * strip.size
                and upper.key[0] == strip.key[0]
                and upper.end - upper.start > FARTHEST_INDENT * strip.size
                and strip.end - SHARED * strip.size <= upper.start <= strip.start + FARTHEST_INDENT * strip.size
                and not any(
                    other.start < upper.end
                    and other.end > strip.start
                    and upper.baseline - 0.35 * strip.size < other.baseline < strip.baseline + 0.35 * strip.size
                    for other in near
                    if other is not upper
                )
            ):
                strip.left, strip.right = min(strip.x0, upper.x0), max(strip.x1, upper.x1)
                break


def _about(strips: Sequence[Strip], index: int) -> list[Strip]:
    """The strips at the height of one and of the line above it, from the nearest on."""
    strip, result = strips[index], []
    for step in (-1, 1):
        reach = NEXT * strip.size if step < 0 else 0.35 * strip.size
        place = index + step
        while 0 <= place < len(strips) and abs(strips[place].baseline - strip.baseline) <= reach:
            result.append(strips[place])
            place += step
    return result


def _set_source_apart(strip: Strip) -> None:
    """A source that stands flush right behind the last words of a quotation leaves them to follow their paragraph."""
    if len(strip.below) != 2:
        return
    words, source = sorted(strip.below, key=lambda other: other.start)
    tolerance = EDGE * strip.size
    if (
        words.row == source.row
        and _SOURCE.match(source.text)
        and abs(words.start - strip.start) <= tolerance
        and abs(source.end - strip.end) <= tolerance
        and abs(words.size - strip.size) <= SAME * strip.size
        and words.baseline - strip.baseline <= NEXT * strip.size
    ):
        strip.below, source.above = [words], []
        for other in source.below:
            other.above = [one for one in other.above if one is not source]
        source.below = []


def _keep_to_own(strip: Strip) -> None:
    """A line of a paragraph is followed by its next line, though past the end of that one it sees what stands further down."""
    if len(strip.below) < 2:
        return
    near = min(strip.below, key=lambda other: other.baseline)
    if near.baseline - strip.baseline > NEXT * strip.size or not _is_next(near, strip):
        return
    goes_on = near.starts_small and not strip.ends_sentence
    for far in list(strip.below):
        later = far.baseline - near.baseline
        if later > LOWER * max(near.size, far.size) or (goes_on and later > 0.35 * far.size and not far.starts_small):
            strip.below = [one for one in strip.below if one is not far]
            far.above = [one for one in far.above if one is not strip]


def _keep_to_last(strip: Strip) -> None:
    """A line of a paragraph follows its last one, though past the beginning of that one it sees what stands further up."""
    if len(strip.above) < 2:
        return
    near = max(strip.above, key=lambda other: other.baseline)
    if strip.baseline - near.baseline > NEXT * strip.size or not _is_next(near, strip):
        return
    for far in list(strip.above):
        if strip.baseline - far.baseline > NEXT * max(strip.size, far.size):
            strip.above = [one for one in strip.above if one is not far]
            far.below = [one for one in far.below if one is not strip]


def _is_next(one: Strip, other: Strip) -> bool:
    """Whether two lines are of one size and begin, end or have their middle in one place."""
    if abs(one.size - other.size) > SAME * other.size:
        return False
    apart = abs(one.x0 - other.x0), abs(one.x1 - other.x1), abs(one.x0 + one.x1 - other.x0 - other.x1) / 2
    return min(apart) <= EDGE * other.size


def _follow_own(strip: Strip) -> None:
    """A line within a sentence follows the one before, though past that one's indent it sees what stands further up."""
    if len(strip.above) < 2 or not strip.starts_small:
        return
    near = max(strip.above, key=lambda other: other.baseline)
    if (
        near.ends_sentence
        or strip.baseline - near.baseline > NEXT * strip.size
        or abs(near.size - strip.size) > SAME * strip.size
        or near.key[0] != strip.key[0]
    ):
        return
    for far in list(strip.above):
        if far is not near and strip.baseline - far.baseline > NEXT * max(strip.size, far.size):
            strip.above = [one for one in strip.above if one is not far]
            far.below = [one for one in far.below if one is not strip]


def _see_past(strip: Strip) -> None:
    """A line that is seen only past the shorter ones that follow it stands above the first of those."""
    if len(strip.above) < 2:
        return
    for far in list(strip.above):
        for near in strip.above:
            other = near
            for _ in range(MOST_SHORT):
                if len(other.above) != 1:
                    break
                other = other.above[0]
                if other is far:
                    strip.above = [one for one in strip.above if one is not far]
                    far.below = [one for one in far.below if one is not strip]
                    break
            if other is far and near is not far:
                break


def _thread(strip: Strip) -> None:
    """A last line that ends before the indent of the next paragraph's first line: the one follows the other all the same."""
    if len(strip.above) != 2:
        return
    upper, lower = sorted(strip.above, key=lambda other: other.baseline)
    gap = lower.start - upper.end
    if (
        lower.baseline - upper.baseline > 0.5 * lower.size
        and all(any(other is one for one in upper.above) for other in lower.above)
        and len(upper.below) == 1
        and len(lower.below) == 1
        and -lower.size <= gap <= 4.0 * lower.size
        and (abs(upper.start - strip.start) <= 0.5 * strip.size or (lower.marker and upper.start < strip.start < lower.start))
        and abs(upper.size - lower.size) <= 0.1 * lower.size
    ):
        for other in lower.above:
            other.below = [one for one in other.below if one is not lower]
        upper.below, lower.above, strip.above = [lower], [upper], [lower]


def _pass_by(strip: Strip) -> None:
    """Text that goes on past a pull quote or caption set beside it follows its own line, not the other type."""
    for mine, theirs in (("above", "below"), ("below", "above")):
        near: list[Strip] = getattr(strip, mine)
        if len(near) < 2:
            continue
        own = [
            other
            for other in near
            if abs(other.size - strip.size) <= SAME * strip.size
            and _look(other) == _look(strip)
            and (abs(other.start - strip.start) <= 0.5 * strip.size or _makes_room(strip, other))
            and abs(other.baseline - strip.baseline) <= NEXT * strip.size
        ]
        if len(own) != 1 or any(not _is_other_type(other, strip) for other in near if other is not own[0]):
            continue
        for other in near:
            if other is not own[0]:
                setattr(other, theirs, [one for one in getattr(other, theirs) if one is not strip])
        setattr(strip, mine, own)


def _look(strip: Strip) -> tuple[str, bool, bool]:
    family, _, weight, italic = strip.key
    return family, weight >= 600, italic


def _is_other_type(one: Strip, other: Strip) -> bool:
    """Whether a line shows another size, face, weight, slant or colour than another one."""
    if abs(one.size - other.size) > OTHER * other.size or _look(one) != _look(other):
        return True
    mine, theirs = ({piece.style.colour for piece in strip.pieces} for strip in (one, other))
    return not any(look_alike(a, b) for a in mine for b in theirs)


def _makes_room(one: Strip, other: Strip) -> bool:
    """Whether one of two lines begins further in than the other, in the middle of a sentence, and ends no later."""
    upper, lower = sorted((one, other), key=lambda strip: strip.baseline)
    narrow, wide = sorted((one, other), key=lambda strip: strip.width)
    inside = wide.start < narrow.start and narrow.end <= wide.end + wide.size
    return inside and lower.starts_small and not upper.ends_sentence


def _covered(strip: Strip) -> bool:
    """Whether what stands below it leaves nothing of it to be seen from further down."""
    return any(other.left <= strip.left + 0.1 and other.right >= strip.right - 0.1 for other in strip.below)


def _next(below: list[Strip]) -> list[Strip]:
    """Of all strips that found this one above them, those that nothing hides from it."""
    result: list[Strip] = []
    for other in below:
        if not any(
            min(other.right, one.right) - max(other.left, one.left) > 0.0 and other.baseline - one.baseline > 0.35 * one.size
            for one in result
        ):
            result.append(other)
    return result
