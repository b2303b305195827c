"""How a block is set: full lines, alignment, leading, indent.

Edges are compared on full lines; the last line, and lines broken by hand, say nothing about the right-hand edge. Flush edges on
both sides are justified only if the word spaces vary from line to line: ragged lines can end together by luck.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from clearprint.layout.paras import Para
from clearprint.layout.strips import LEADING, STOPS, Strip, end_level, has_hyphen, is_leader, reads_on, spaceless
from clearprint.model import Alignment, Style

FLUSH = 0.12  # em that flush edges may differ by
ROUNDING = 0.02  # em
EXACT = 0.04  # em: edges that agree so well agree by design, once the word spaces vary at all
STRETCHED = 0.06  # variation of the mean word space from line to line, over its mean, that shows justified text
VARIED = 0.02  # the most that word spaces of unstretched lines vary
MOST_JUSTIFIED = 3  # times as many paragraphs are justified as are not: so the page is set
ALIKE_WIDE = 0.5  # times the width of a paragraph: narrower ones do not show how it is set
FEW = 5  # lines of a paragraph whose edges may agree by luck
MOST_INDENT = 6.0  # em
INSIDE = 3.0  # em from where the others begin that a last line begins, set from the far edge
HANGING = dict.fromkeys("-\u2010\u00ad", 0.25) | dict.fromkeys(".,;:'\u2019\"\u201d", 0.3)  # em a sign may hang out by
MOST_LABEL = 6  # words of a label that its text begins beside
BLANKS = 0.5  # em that blanks at the end of a centred line may push its middle
FAR_APART = 4.0  # em between edges that no wrapping round a picture or indent explains together with one middle
_QUOTES = "\"'\u2019\u201d)"
_MAY_END = frozenset(STOPS + _QUOTES + LEADING)  # signs at the end of a sentence or a leader


def set_measures(para: Para, column_end: float | None) -> None:
    """Find leading, alignment, indent and full lines of a block. `column_end` is the far edge of the text around it in reading
    direction; None when it stands alone."""
    strips = para.strips
    if len(strips) > 1:
        _lead(para)
    para.alignment = _alignment(para, None)
    para.full = _full(para, para.end, para.alignment)
    if column_end is not None and column_end > para.end and para.alignment in (None, "left", "right"):
        wider = _full(para, column_end, para.alignment)
        by_hand = len(strips) > 3 and not any(wider) and not all(para.full[:-1])  # verse: no paragraph of a narrow measure
        if 2 * sum(1 for full in wider if full) >= len(strips) - 1 or by_hand or not reads_on(strips):
            para.full = wider
    para.alignment = _alignment(para, para.full) if len(strips) > 2 else None
    _indent(para)
    label = _label_gap(para) if len(strips) > 1 else None
    if label is not None:
        strips[0].gaps = _word_gaps(strips[0], label)


# --- leading --------------------------------------------------------------------------------------------------------------


def _lead(para: Para) -> None:
    steps = sorted(lower.baseline - upper.baseline for upper, lower in pairwise(para.strips))
    middle = len(steps) // 2
    para.leading = steps[middle] if len(steps) % 2 else (steps[middle - 1] + steps[middle]) / 2
    if len(steps) > 2:
        para.leading_error = min(0.05 * para.size, (steps[-(len(steps) // 4) - 1] - steps[len(steps) // 4]) / 2)


# --- full lines -----------------------------------------------------------------------------------------------------------


def _full(para: Para, end: float, alignment: Alignment | None) -> list[bool | None]:
    """For each line: whether the next one's first word would not have fitted. The last line is never full."""
    result: list[bool | None] = []
    measure = end - para.start
    ragged_start = (alignment == "right") != para.rtl and alignment in ("left", "right")
    for upper, lower in pairwise(para.strips):
        need = lower.first_width + upper.space
        if has_hyphen(upper.text) and lower.starts_small:
            result.append(True)
        elif alignment == "centred" or ragged_start:
            result.append(upper.width + need > measure - ROUNDING * upper.size)
        else:
            far = end if upper.room_end is None else upper.room_end
            result.append(upper.end + need > far - ROUNDING * upper.size)
    result.append(False)
    return result


# --- alignment ------------------------------------------------------------------------------------------------------------


def _alignment(para: Para, full: Sequence[bool | None] | None) -> Alignment | None:
    """From the edges; None when they cannot tell. As seen on paper: right-to-left text that is set plainly is `right`."""
    strips = para.strips
    if len(strips) < 2:
        return None
    tolerance = FLUSH * para.size
    body = strips[1:] if len(strips) > 2 else strips
    starts = [strip.start for strip in body]
    lefts, left = _mode(starts, tolerance)
    inner = [index for index in range(len(strips) - 1) if full is None or full[index]] or list(range(len(strips) - 1))
    filled = [index for index in inner if len(strips[index].words) > 1]  # one word has no gap that could fill out its line
    inner = filled if len(filled) > 1 else inner
    ends = _edges([strips[index] for index in inner])
    rights, right = _mode(ends, tolerance)
    middles = [(strip.start + strip.end) / 2 for strip in strips]
    centres, _ = _mode(middles, 1.5 * tolerance)
    first_ok = abs(strips[0].start - left) <= MOST_INDENT * para.size
    flush_left = lefts >= 0.85 * len(starts) and first_ok
    flush_right = rights >= 0.85 * len(ends) and right >= max(ends) - 2 * tolerance
    farthest = max(strips, key=lambda strip: strip.end)
    all_right = sum(1 for strip in strips if end_level(strip, farthest, 2 * tolerance))
    near, far = ("right", "left") if para.rtl else ("left", "right")
    if flush_left:
        if flush_right and len(ends) >= 2 and _stretched(strips, inner):
            return "justified"
        if not flush_right and _justified_beside(strips, inner, tolerance):
            return "justified"  # to two measures: beside a box and below it
        if _spread(middles) <= tolerance and _spread(starts) <= tolerance and len(strips) < 3:
            return None
        return near  # type: ignore[return-value]
    widths = [strip.width for strip in strips]
    uneven = max(widths) - min(widths) > 0.5 * para.size
    inside = strips[-1].start - left > INSIDE * para.size  # no line set from the left begins there
    if all_right == len(strips) and uneven and (inside or not any(strip.marker for strip in strips)):
        return far  # type: ignore[return-value]
    if uneven and (centres >= 0.9 * len(strips) or _on_one_axis(strips, middles, para.size)):
        return "centred"
    if all_right >= 0.85 * len(strips) and uneven and lefts < 0.5 * len(starts):
        return far  # type: ignore[return-value]
    pairs = max(lefts, _mode([strip.start for strip in strips], tolerance)[0])
    if (pairs > 1 and lefts >= 0.5 * len(starts)) or _steps_along(starts, tolerance) or _makes_room(body, tolerance):
        groups = _justified_beside(strips, inner, tolerance)
        return "justified" if groups else near  # type: ignore[return-value]
    return None


def _on_one_axis(strips: Sequence[Strip], middles: Sequence[float], size: float) -> bool:
    """Whether both edges go in and out far and the middles hardly: blanks at the end of a centred line push it to the left."""
    if len(strips) < 3 or _spread(middles) > BLANKS * size:
        return False
    return min(_spread([strip.start for strip in strips]), _spread([strip.end for strip in strips])) > FAR_APART * size


def _steps_along(starts: Sequence[float], tolerance: float) -> bool:
    """Left edges that keep together in runs: text that makes room for a picture."""
    changes = sum(1 for one, other in pairwise(starts) if abs(one - other) > tolerance)
    return len(starts) >= 4 and changes * 3 <= len(starts)


def _makes_room(strips: Sequence[Strip], tolerance: float) -> bool:
    """Whether lines that go in and out begin where the edge of a picture lets them, and all others in one place."""
    free = [strip.start for strip in strips if strip.room_start is None or abs(strip.start - strip.room_start) > tolerance]
    return len(free) < len(strips) and (not free or _spread(free) <= tolerance)


def _justified_beside(strips: Sequence[Strip], inner: Sequence[int], tolerance: float) -> bool:
    """Justified text round a picture: ends agree in runs of lines."""
    ends = [strips[index].end for index in inner]
    if len(ends) < 4:
        return False
    agreeing = sum(1 for one, other in pairwise(ends) if abs(one - other) <= tolerance)
    return agreeing >= 0.7 * (len(ends) - 1) and _stretched(strips, inner)


def _stretched(strips: Sequence[Strip], inner: Sequence[int]) -> bool:
    """Whether word spaces vary from line to line, as they must where lines are filled out."""
    means = []
    # The last line has the spaces as its face makes them: the measure of the others.
    for index in {*inner, len(strips) - 1}:
        gaps = word_gaps(strips[index])
        if gaps:
            means.append(sum(gaps) / len(gaps))
    if len(means) < 2:
        return False
    if sum(means) <= 0:
        return False
    variation = _variation(means)
    exact = _spread(_edges([strips[index] for index in inner])) <= EXACT * strips[0].size
    return variation > STRETCHED or (variation > VARIED and (exact or len(means) > 5))


def _variation(means: Sequence[float]) -> float:
    """Standard deviation over mean."""
    mean = sum(means) / len(means)
    return math.sqrt(sum((value - mean) ** 2 for value in means) / len(means)) / mean if mean > 0 else 0.0


def settle_doubts(paras: Sequence[Para]) -> None:
    """Among paragraphs that are plainly ragged, one of few lines that end together with hardly stretched gaps is ragged too;
    among plainly justified ones it is justified, where its full lines end exactly together. Lines of an address or in a
    narrow column are ragged for another reason."""
    told = [para for para in paras if para.alignment is not None and len(para.strips) > 2 and para.table is None]
    justified = [para for para in told if para.alignment == "justified"]
    plain = [para for para in told if para.alignment == ("right" if para.rtl else "left")]
    exact = [para for para in plain if len(para.strips) <= FEW and _ends_exactly(para)]
    if justified and len(justified) >= MOST_JUSTIFIED * (len(told) - len(justified) - len(exact)):
        for para in exact:
            para.alignment = "justified"
    doubtful = [para for para in justified if len(para.strips) <= FEW and not _varies(para)]
    if not doubtful or len(justified) > len(doubtful):
        return
    for para in doubtful:
        near = "right" if para.rtl else "left"
        least = ALIKE_WIDE * para.box.width
        ragged = [one for one in told if one.alignment == near and one.strips[0].key == para.strips[0].key]
        ragged = [one for one in ragged if one.box.width >= least]
        if sum(len(one.strips) - 1 for one in ragged) > len(para.strips):
            para.alignment = near  # type: ignore[assignment]


def _ends_exactly(para: Para) -> bool:
    """Whether its lines but the last are full and end in one place, and the last one there too, or well short of it."""
    ends = _edges(para.strips)
    inner, room = ends[:-1], EXACT * para.size
    last = ends[-1] < min(inner) - para.size or _spread(ends) <= room
    return all(para.full[:-1]) and _spread(inner) <= room and last


def _edges(strips: Sequence[Strip]) -> list[float]:
    """Where lines end; a hyphen or stop hung out into the margin, as in fine setting, ends where the others do."""
    plain = [strip.end for strip in strips if strip.text[-1] not in HANGING]
    if not plain:
        return [strip.end for strip in strips]
    edge = max(plain)
    return [
        edge if strip.text[-1] in HANGING and 0 < strip.end - edge <= HANGING[strip.text[-1]] * strip.size else strip.end
        for strip in strips
    ]


def _varies(para: Para) -> bool:
    inner = [index for index, full in enumerate(para.full[:-1]) if full]
    means = [sum(gaps) / len(gaps) for index in {*inner, len(para.strips) - 1} if (gaps := word_gaps(para.strips[index]))]
    return len(means) < 2 or _variation(means) > STRETCHED


def _mode(values: Sequence[float], tolerance: float) -> tuple[int, float]:
    """How many values agree with their commonest place, and that place. Of equals the lowest."""
    ordered = sorted(values)
    best, place = 0, ordered[0]
    first = 0
    for last, value in enumerate(ordered):
        while value - ordered[first] > 2 * tolerance:
            first += 1
        if last - first + 1 > best:
            best, place = last - first + 1, ordered[(first + last) // 2]
    return best, place


def _spread(values: Sequence[float]) -> float:
    return max(values) - min(values)


def _indent(para: Para) -> None:
    """Indent of the first line against the others, where it begins elsewhere than they do."""
    strips = para.strips
    if len(strips) < 2 or para.alignment not in (None, "justified", "right" if para.rtl else "left"):
        return
    _, rest = _mode([strip.start for strip in strips[1:]], FLUSH * para.size)
    inward = strips[0].start - rest
    if FLUSH * para.size < abs(inward) <= 2 * MOST_INDENT * para.size and para.capital is None:
        para.first_indent = inward


# --- word spaces ----------------------------------------------------------------------------------------------------------


def word_gaps(strip: Strip) -> tuple[float, ...]:
    """Widths of its word spaces in points; no tabs, leaders, marks of list items or spaces after a stop."""
    if strip.gaps is None:
        strip.gaps = _word_gaps(strip)
    return strip.gaps


def _label_gap(para: Para) -> int | None:
    """Which gap of the first line parts a label from its text: the lines below hang from where that begins, or the label is set
    in a look of its own. So wide as it is, it fills no line."""
    strip = para.strips[0]
    hang = para.start if para.first_indent >= 0 else min(other.start for other in para.strips[1:])
    words = strip.words
    for index in range(min(MOST_LABEL, len(words) - 1)):
        following = words[index + 1]
        start = min((-piece.box.x1 if strip.rtl else piece.box.x0) for piece in following)
        if para.first_indent < 0 and abs(start - hang) <= FLUSH * para.size:
            return index
        own, others = _look(words[index][0].style), {_look(piece.style) for word in words[index + 1 :] for piece in word}
        if own not in others and len({_look(piece.style) for word in words[: index + 1] for piece in word}) == 1:
            return index
    return None


def _look(style: Style) -> tuple[str, bool]:
    return style.face.family, (style.weight or 400) >= 600


def _word_gaps(strip: Strip, label: int | None = None) -> tuple[float, ...]:
    """`label`: the gap that parts a label from its text."""
    if spaceless(strip.text):
        return ()
    result = []
    texts, widest = strip.texts, 2.2 * strip.size
    for index, (one, other) in enumerate(pairwise(strip.words)):
        if index == label or (index == 0 and strip.marker):
            continue
        before = texts[index]
        if before[-1:] in _MAY_END and (before.rstrip(_QUOTES)[-1:] in STOPS or is_leader(before)):
            continue
        if is_leader(texts[index + 1]):
            continue
        if len(one) == len(other) == 1 and not strip.rtl:
            gap = other[0].box.x0 - one[0].box.x1
            if 0.0 < gap <= widest:
                result.append(gap)
            continue
        left, right = (other, one) if strip.rtl and other[0].box.x0 < one[0].box.x0 else (one, other)
        gap = right[0].box.x0 - left[-1].box.x1
        if len(left) > 1 or len(right) > 1:
            gap = min(piece.box.x0 for piece in right) - max(piece.box.x1 for piece in left)
        if 0.0 < gap <= widest:
            result.append(gap)
    return tuple(result)
