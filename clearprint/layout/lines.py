"""Words to lines: one baseline, nothing between the words but word spaces.

Words on one baseline are a row; a row is cut where a column, a cell or a rule ends. Nothing here knows a paragraph.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import pairwise

from clearprint.layout.corridors import Gap, RowOfText, cut_corridors
from clearprint.layout.pieces import is_accent, levelled
from clearprint.layout.stretched import stretched
from clearprint.layout.strips import LEADER, Strip, is_figure, is_marker, is_section, joined, touching
from clearprint.model import Word

LEVEL = 0.12  # em that baselines of one row may differ by
EQUAL = 0.1  # points: one baseline, whatever stood a little above it
WIDE = 0.45  # em: a gap wider than this may be more than a word space
CELLS = 0.8  # em: figures so far apart stand in cells, if others do above and below them
APART = 2.2  # em: no text is set with gaps like this
FAR = 5.0  # em: nor any line stretched as far as this
EVEN = 0.12  # share that the gaps of one stretched line differ by
APART_MARK = 4.5  # em: so far may the text of a list item stand from its mark
MOST_LANES = 40  # texts printed over one another that are followed at a time
OTHER_TYPE = 1.12  # times larger: past a gap that stands out, another text, such as a pull quote beside a paragraph
SIZED = 1.06  # times larger: another size
GIANT = 5.0  # times larger: a quotation mark that is an ornament of the whole text, not of the line it reaches down to
QUOTES = frozenset("\u201c\u201d\u201e\u00ab\u00bb\u2018\u2019\"'")
LEAP = 1.6  # times larger: type that does not belong to one line, unless the letters touch

Bar = tuple[float, float, float]
"""An upright edge in a frame: x, top, bottom."""


def strips(words: Sequence[Word], bars: Iterable[Bar] = ()) -> list[Strip]:
    """The lines of one frame, from top to bottom and left to right. `bars` are printed lines that cut."""
    rows = _rows(levelled(list(words)))
    lanes = [lane for row in rows for lane in _lanes(row)]
    lanes = [_merged(lane) for lane in lanes]
    usual = cache(lambda: _usual_gap(lanes))
    uprights = _Uprights(bars)
    measured: list[tuple[list[Word], RowOfText, list[Gap | bool | None]]] = []
    for lane in lanes:
        row = RowOfText(
            baseline=lane[0].baseline,
            x0=lane[0].box.x0,
            x1=max([word.box.x1 for word in lane]),
            size=lane[0].style.size,
        )
        measured.append((lane, row, _judged(lane, row, usual, uprights, len(measured))))
    for number, (_, row, gaps) in enumerate(measured):
        wide = [at for at, gap in enumerate(gaps) if isinstance(gap, Gap)] if len(row.gaps) > 1 else []
        for at in stretched(lanes, number, wide) if len(wide) > 1 else ():
            gaps[at] = None
            row.gaps = [gap for gap in gaps if isinstance(gap, Gap)]
    rows_of_text = [row for _, row, _ in measured]
    cut_corridors(rows_of_text)
    cut_corridors(rows_of_text, upwards=True)
    result: list[Strip] = []
    for number, (lane, _, gaps) in enumerate(measured):
        start = 0
        for index, gap in enumerate(gaps):
            if gap is True or (isinstance(gap, Gap) and (gap.cut or gap.sure)):
                result.append(Strip(lane[start : index + 1], number))
                start = index + 1
        result.append(Strip(lane[start:], number))
    return result


def _rows(ordered: Sequence[tuple[float, Word]]) -> list[list[Word]]:
    """Words by baseline, each row from left to right."""
    rows: list[list[Word]] = []
    top = last = -1e9
    for baseline, word in ordered:
        room = max(0.5, LEVEL * word.style.size)
        if baseline - top <= room or (baseline - last <= EQUAL and baseline - top <= 2 * room):
            rows[-1].append(word)
        else:
            rows.append([word])
            top = baseline
        last = baseline
    for row in rows:
        row.sort(key=lambda word: (word.box.x0, word.box.x1, word.text))
    return rows


def _lanes(row: list[Word]) -> list[list[Word]]:
    """A row without overlaps: text printed over other text on one baseline makes two lines."""
    reach = row[0].box.x1
    for index, word in enumerate(row):
        if index and word.box.x0 < reach:
            break
        reach = word.box.x1
    else:
        return [row]  # nearly always
    lanes: list[list[Word]] = [row[:index]]
    for word in row[index:]:
        if len(lanes) == 1 and word.box.x0 >= max([piece.box.x1 for piece in lanes[0][-2:]]):
            lanes[0].append(word)
            continue
        fitting = [
            lane
            for lane in lanes[-MOST_LANES:]
            if word.box.x0 - max(piece.box.x1 for piece in lane[-2:]) > -0.35 * min(word.style.size, lane[-1].style.size)
            or word.style.raised
            or lane[-1].style.raised
            or is_accent(word.text)  # set over its letter
        ]
        if fitting:
            max(fitting, key=lambda lane: lane[-1].box.x1).append(word)
        else:
            lanes.append([word])
    return lanes


def _merged(lane: list[Word]) -> list[Word]:
    """Touching pieces that differ in nothing but their place are one word."""
    result = [lane[0]]
    for word in lane[1:]:
        last = result[-1]
        if word.space_before and not word.right_to_left:
            result.append(word)  # touches nothing
        elif (
            word.box.x0 - last.box.x1 < 0.3 * word.style.size
            and touching(last, word)
            and (word.style is last.style or word.style == last.style)
            and word.ground == last.ground
            and word.tag == last.tag
            and word.right_to_left == last.right_to_left
        ):
            result[-1] = joined(last, word)
        else:
            result.append(word)
    return result


def _usual_gap(lanes: Iterable[list[Word]]) -> float:
    """The middle word space of the page in em, for faces that do not tell theirs."""
    gaps = sorted(
        gap
        for lane in lanes
        for one, other in pairwise(lane)
        if 0.12 < (gap := (other.box.x0 - one.box.x1) / one.style.size) < 1.2
    )
    return gaps[len(gaps) // 2] if len(gaps) >= 8 else 0.28


def _judged(
    lane: list[Word], row: RowOfText, usual: Callable[[], float], uprights: _Uprights, number: int
) -> list[Gap | bool | None]:
    """For each gap of a row: None (a word space), True (cut here), or a Gap that corridors decide."""
    result: list[Gap | bool | None] = []
    widths = [other.box.x0 - one.box.x1 for one, other in pairwise(lane)]
    begins = True  # the word before the gap is the first of its line
    for index, ((one, other), width) in enumerate(zip(pairwise(lane), widths, strict=True)):
        if one.style is other.style and width <= WIDE * one.style.size:
            result.append(None)  # nearly always
            begins = False
            continue
        size = min(one.style.size, other.style.size)
        large = max(one.style.size, other.style.size)
        judged: Gap | bool | None = None
        section = False
        apart = large > LEAP * size and width > 0.05 * large and not (_is_sign(one) or _is_sign(other))
        if apart or (large > GIANT * size and (one.text in QUOTES or other.text in QUOTES)):
            judged = True
        elif width > WIDE * size:
            space = one.style.face.space or usual()
            figures = _in_cell(one.text) and _in_cell(other.text)  # the number of a paragraph stands before words
            if uprights.between(one.box.x1, other.box.x0, other.box.y0, other.box.y1):
                judged = Gap(number, one.box.x1, other.box.x0, size, sure=True)  # and a corridor with the rows of white between
                row.gaps.append(judged)
            elif begins and not figures and is_marker(one.text) and width <= APART_MARK * size:
                judged = None
            elif not index and width <= APART * size and is_section(one.text, other.text):
                judged, section = None, True
            elif LEADER.match(one.text) or LEADER.match(other.text) or (one.text[-1] == other.text[0] == "."):
                judged = None if width <= 2 * APART * size else True
            elif width > 1.6 * min(space, 0.8) * size or width > APART * size:
                strong = (figures and width > CELLS * size) or _stands_out(width, widths, APART * size)
                other_type = strong and large > OTHER_TYPE * size and width > large and _sizes_part(lane, widths, index, large)
                own_line = width > CELLS * size and _lines_part(lane, index)
                sure = other_type or own_line or width > (APART if strong else FAR) * size
                judged = Gap(number, one.box.x1, other.box.x0, size, sure, strong)
                row.gaps.append(judged)
        result.append(judged)
        begins = judged is True or (isinstance(judged, Gap) and judged.sure) or section
    return result


def _in_cell(text: str) -> bool:
    """A figure, or the dash that stands for none."""
    return is_figure(text) or text in ("-", "\u2013", "\u2014", "\u2212")


def _stands_out(width: float, widths: Sequence[float], apart: float) -> bool:
    """Whether a gap is wider than the others of its row. All gaps of a justified line are stretched alike."""
    others = sorted(widths)
    others.remove(width)
    if not others:
        return True
    alike = sum(1 for other in others if abs(other - width) <= EVEN * width)
    if 2 * alike >= len(others):
        return False
    spaces = [other for other in others if other <= apart]
    return not spaces or width > 1.4 * spaces[len(spaces) // 2]


def _sizes_part(lane: Sequence[Word], widths: Sequence[float], index: int, far: float) -> bool:
    """Whether the words before a gap are of one size and those after it of another, as far as the next gap so wide."""
    first = next((at for at in range(index - 1, -1, -1) if widths[at] > far), -1) + 1
    last = next((at for at in range(index + 1, len(widths)) if widths[at] > far), len(widths))
    before = {word.style.size for word in lane[first : index + 1] if not _is_sign(word)}
    after = {word.style.size for word in lane[index + 1 : last + 1] if not _is_sign(word)}
    if not before or not after:
        return False
    return max(before) * OTHER_TYPE < min(after) or max(after) * OTHER_TYPE < min(before)


def _lines_part(lane: Sequence[Word], index: int) -> bool:
    """Whether the words before a gap stand on one baseline in one size and those after it on another in another size: lines of
    two texts that are level by chance."""
    before, after = lane[: index + 1], lane[index + 1 :]
    if abs(before[-1].baseline - after[0].baseline) <= 2 * EQUAL:
        return False
    sizes, others = {word.style.size for word in before}, {word.style.size for word in after}
    if max(sizes) * SIZED > min(others) and max(others) * SIZED > min(sizes):
        return False
    return all(max(spots) - min(spots) <= EQUAL for part in (before, after) for spots in [[word.baseline for word in part]])


def _is_sign(word: Word) -> bool:
    """A raised mark, a fraction, a bullet: small or large, it belongs to its line."""
    return word.style.raised or (len(word.text) <= 3 and not any(map(str.isalpha, word.text)))


class _Uprights:
    """Upright printed edges, found by place."""

    def __init__(self, bars: Iterable[Bar]) -> None:
        self._bars = sorted(bars)
        self._places = [bar[0] for bar in self._bars]

    def between(self, left: float, right: float, top: float, bottom: float) -> bool:
        """Whether one stands between two words of a line."""
        if not self._bars:
            return False
        first = bisect_left(self._places, left - 0.5)
        last = bisect_right(self._places, right + 0.5)
        return any(bar[1] <= top + 1.0 and bar[2] >= bottom - 1.0 for bar in self._bars[first:last])
