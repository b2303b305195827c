"""The words as readers hand them over, cleaned: in a fixed order, nothing twice, raised marks told from small print.

Readers may hand over words in any order and cut into any pieces; after this step none of that can be seen.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from unicodedata import category

from clearprint.geometry import Box
from clearprint.layout.signs import as_signs
from clearprint.model import Word

SAME_PLACE = 0.05  # points
SHADOW = 2.0  # points; the same word again so near is its shadow
BESIDE = 4.0  # em from a bullet to its text
OVER = 0.35  # em that an accent is raised or lowered to stand at its letter
MARK = 4  # characters of a raised or lowered mark
_BESIDE_MARK = 0.12, 3.0  # em from a word to the next of its line
_SMALL = 0.8  # size over the commonest of the page, at most: such short words are likely marks
_LARGEST_MARK = 0.86  # size over that of its word, at most
LONGEST_MARK = 16  # of one that touches its word, as an index of several letters does
TOUCHING = 0.06  # em
DROPPED = (0.06, 0.35)  # em that a letter within a word is set off its baseline, as the E of TeX is
OVERLAP = 0.35  # em that the letters beside it may reach over it
LAYERS = 3  # different signs in one place, which nobody could read
FILLED = 0.8  # em: side of such a sign
FURTHEST = 1e6  # points; what lies beyond is no place on paper


def usable(words: Iterable[Word]) -> list[Word]:
    """The words that have text, a size and a place."""
    # Comparisons with what is no number are false.
    result = []
    for word in words:
        x0, y0, x1, y1 = word.box
        if (
            0.0 < word.style.size < FURTHEST
            and -FURTHEST < x0 <= x1 < FURTHEST
            and -FURTHEST < y0 <= y1 < FURTHEST
            and -FURTHEST < word.baseline < FURTHEST
            and -FURTHEST < word.angle < FURTHEST
            and word.text.strip()
        ):
            result.append(word)
    signs = _layered(result)
    return as_signs([word for word in result if len(word.text) > 1 or _spot(word) not in signs] if signs else result)


def _layered(words: Iterable[Word]) -> frozenset[tuple[float, float, float]]:
    """Spots where several signs are painted over one another: layers of a button or a box, whatever letters their codes are."""
    found: dict[tuple[float, float, float], set[str]] = {}
    for word in words:
        if len(word.text) == 1:
            found.setdefault(_spot(word), set()).add(word.text)
    return frozenset(spot for spot, texts in found.items() if len(texts) >= LAYERS)


def layered(words: Sequence[Word]) -> list[Box]:
    """The boxes of such buttons, downwards."""
    signs = _layered(words)
    boxes: dict[tuple[float, float, float], Box] = {}
    for word in words if signs else ():
        if len(word.text) == 1 and _spot(word) in signs and 0.0 < word.style.size < FURTHEST:
            x, y = word.box.centre
            half = 0.5 * FILLED * word.style.size
            boxes[_spot(word)] = Box(x - half, y - half, x + half, y + half)
    return sorted(boxes.values(), key=lambda box: (box.y0, box.x0))


def _spot(word: Word) -> tuple[float, float, float]:
    return round(word.box.x0, 1), round(word.box.y0, 1), word.angle


def levelled(words: list[Word]) -> list[tuple[float, Word]]:
    """Each word with the baseline of the line it belongs to, in page order; raised and lowered marks with their word's."""
    ordered = _without_shadows(sorted(words, key=_order))
    if not ordered:
        return []
    larger, small = _Larger(ordered), _SMALL * _middle_size(ordered)
    baselines = [word.baseline for word in ordered]
    result: list[tuple[float, Word]] = []
    raised: tuple[Word, Word] | None = None  # the last mark, and the word beside which it stands
    for index, word in enumerate(ordered):
        style = word.style
        long = len(word.text) > MARK
        short = not long or (not word.space_before and len(word.text) <= LONGEST_MARK)
        likely = style.raised or (short and style.size <= small)
        if likely or (not long and larger.is_near(word) and _is_alone(index, ordered, baselines)):
            host = _host(index, ordered, baselines, TOUCHING if long and not style.raised else None)
            if host is not None and not likely and len(host.text) == 1:
                host = None  # letters in a drawing, each on its own
            if host is None and raised is not None and _goes_on(raised[0], word):
                host = raised[1]
            if host is not None:
                raised = word, host
                if not style.raised:
                    word = replace(word, style=replace(style, raised=True))
                result.append((host.baseline, word))
                continue
        if len(word.text) == 1 and is_accent(word.text):
            letter = _letter(index, ordered, baselines)
            if letter is not None:
                result.append((letter.baseline, word))
                continue
        if len(word.text) <= MARK and not word.space_before and word.text.isalpha():
            beside = _within(index, ordered, baselines)
            if beside is not None:
                result.append((beside.baseline, word))
                continue
        if len(word.text) <= 2 and not any(map(str.isalnum, word.text)):
            item = _item(index, ordered, baselines)
            if item is not None:
                result.append((item.baseline, word))
                continue
        result.append((word.baseline, word))
    result.sort(key=lambda item: (item[0], item[1].box.x0, item[1].text))
    return result


def _order(word: Word) -> tuple[float, float, float, str, float, int]:
    box = word.box
    return word.baseline, box.x0, -box.x1, word.text, word.style.size, word.tag or 0


def _without_shadows(ordered: list[Word]) -> list[Word]:
    """Text painted twice, a shadow or a poor man's bold, is one text."""
    above: dict[str, list[Word]] = {}  # by their text, in the row of four points above the word's own
    level: dict[str, list[Word]] = {}
    row = 0
    result: list[Word] = []
    for word in ordered:
        text, own = word.text, int(word.baseline // 4)
        if own != row:
            above, level, row = level if own == row + 1 else {}, {}, own
        if text in above and any(_twins(word, other) for other in above[text]):
            continue
        alike = level.get(text)
        if alike is None:
            level[text] = [word]
        elif any(_twins(word, other) for other in alike):
            continue
        else:
            alike.append(word)
        result.append(word)
    return _without_parts(result)


def _without_parts(ordered: list[Word]) -> list[Word]:
    """Text painted twice may be cut into other pieces the second time: what lies on a part of a longer word that says the same
    there is no text of its own."""
    result: list[Word] = []
    whole: Word | None = None
    for word in ordered:
        if whole is not None and word.box.x1 <= whole.box.x1 + SAME_PLACE and _is_part(word, whole):
            continue
        result.append(word)
        if whole is None or word.box.x1 > whole.box.x1 or word.baseline != whole.baseline:
            whole = word
    return result


def _is_part(word: Word, whole: Word) -> bool:
    text, longer = word.text, whole.text
    if len(text) >= len(longer) or word.baseline != whole.baseline or word.style.size != whole.style.size:
        return False
    at_start = abs(word.box.x0 - whole.box.x0) <= SAME_PLACE and longer.startswith(text)
    return at_start or (abs(word.box.x1 - whole.box.x1) <= SAME_PLACE and longer.endswith(text))


def _twins(word: Word, other: Word) -> bool:
    size = word.style.size
    room = min(SHADOW, 0.35 * size, 0.6 * word.box.width)  # the next l of "still" is no shadow of the first
    return (
        abs(other.box.x0 - word.box.x0) <= room
        and abs(other.baseline - word.baseline) <= room
        and abs(other.style.size - size) < 0.1 * size
    )


def _middle_size(ordered: list[Word]) -> float:
    """The size that sets the most letters."""
    sizes: dict[float, int] = {}
    style, size = None, 0.0
    for word in ordered:
        if word.style is not style:
            style, size = word.style, round(word.style.size, 1)
        sizes[size] = sizes.get(size, 0) + len(word.text)
    return max(sizes, key=lambda size: (sizes[size], size))


def _is_alone(index: int, ordered: list[Word], baselines: list[float]) -> bool:
    """Whether no text of its size stands beside a word: that of a line of its own would."""
    word = ordered[index]
    size = word.style.size
    first = bisect_left(baselines, word.baseline - 0.1 * size)
    for place in range(first, len(ordered)):
        other = ordered[place]
        if other.baseline > word.baseline + 0.1 * size:
            return True
        apart = max(other.box.x0 - word.box.x1, word.box.x0 - other.box.x1)
        alike = place != index and abs(other.style.size - size) < 0.15 * size
        if alike and _BESIDE_MARK[0] * size < apart < _BESIDE_MARK[1] * size:
            return False
    return True


class _Larger:
    """Where the larger type of a page stands: what is small beside it may be a mark of its words."""

    def __init__(self, ordered: list[Word]) -> None:
        self._levels: dict[float, list[float]] = {}  # by size, from the top
        style, levels = None, []
        for word in ordered:
            if word.style is not style:
                style = word.style
                levels = self._levels.setdefault(round(style.size, 1), [])
            if not levels or levels[-1] != word.baseline:
                levels.append(word.baseline)
        self._known: dict[tuple[float, float], bool] = {}

    def is_near(self, word: Word) -> bool:
        """Whether type stands just above or below that is so much larger that the word may be a mark of it."""
        if len(self._levels) == 1:
            return False
        key = word.style.size, word.baseline
        if key not in self._known:
            self._known[key] = any(
                _LARGEST_MARK * large >= word.style.size and _any_within(levels, word.baseline, 0.75 * large)
                for large, levels in self._levels.items()
            )
        return self._known[key]


def _any_within(levels: list[float], level: float, reach: float) -> bool:
    at = bisect_left(levels, level - reach)
    return at < len(levels) and levels[at] <= level + reach


def _host(index: int, ordered: list[Word], baselines: list[float], touching: float | None = None) -> Word | None:
    """The larger word beside which a raised or lowered mark stands; `touching`: em of it that the mark may stand away."""
    word = ordered[index]
    size = word.style.size
    best: tuple[float, Word] | None = None
    first = bisect_left(baselines, word.baseline - 3.0 * size)
    for other in ordered[first:]:
        if other.baseline > word.baseline + 3.0 * size:
            break
        large = other.style.size
        if other.style.raised or large * _LARGEST_MARK < size:
            continue
        shift = abs(other.baseline - word.baseline)
        if not 0.06 * large < shift < 0.75 * large or large > 3.0 * size:
            continue
        after = word.box.x0 >= other.box.x0
        gap = word.box.x0 - other.box.x1 if after else other.box.x0 - word.box.x1
        # A mark follows its word closely; the number of a note may stand a word space before its text.
        reach = (touching if touching is not None else 0.4 if word.style.raised or not after else 0.2) * large
        # Of words on two lines that it stands beside it belongs to the one whose baseline is nearer: its numerator stands as
        # near to the line above a fraction as to the fraction.
        apart = max(0.0, gap) + shift
        if -0.35 * large <= gap <= reach and (best is None or apart < best[0]):
            best = apart, other
    return best[1] if best else None


def _goes_on(mark: Word, word: Word) -> bool:
    """Whether a small word touches the mark before it: `(i` and `)` are one index."""
    level = abs(mark.baseline - word.baseline) <= 0.1 * word.style.size
    return level and abs(word.box.x0 - mark.box.x1) <= 0.2 * word.style.size and mark.style.size <= 1.2 * word.style.size


def is_accent(text: str) -> bool:
    """One sign that is no letter or figure of its own: an accent may be set over its letter."""
    return len(text) == 1 and (not text.isalnum() or (not text.isascii() and category(text) in ("Lm", "Sk", "Mn")))


def _letter(index: int, ordered: list[Word], baselines: list[float]) -> Word | None:
    """The word that an accent stands over or under, a little off its baseline."""
    accent = ordered[index]
    room = OVER * accent.style.size
    middle = accent.box.centre[0]
    for place in range(bisect_left(baselines, accent.baseline - room), len(ordered)):
        other = ordered[place]
        if other.baseline > accent.baseline + room:
            break
        if place != index and other.box.x0 <= middle <= other.box.x1 and other.text[:1].isalpha() and not is_accent(other.text):
            return other
    return None


def _within(index: int, ordered: list[Word], baselines: list[float]) -> Word | None:
    """The word before a letter that is set off its baseline, where a word after it goes on level with the one before: all three
    are one word, such as TeX with its lowered E."""
    word = ordered[index]
    size = word.style.size
    least, most = DROPPED[0] * size, DROPPED[1] * size
    before: list[Word] = []
    after: list[Word] = []
    for place in range(bisect_left(baselines, word.baseline - most), len(ordered)):
        other = ordered[place]
        if other.baseline > word.baseline + most:
            break
        if abs(other.baseline - word.baseline) < least or not 0.95 * size <= other.style.size <= 1.05 * size:
            continue
        if -OVERLAP * size <= word.box.x0 - other.box.x1 <= TOUCHING * size:
            before.append(other)
        elif -OVERLAP * size <= other.box.x0 - word.box.x1 <= TOUCHING * size:
            after.append(other)
    return next((one for one in before for other in after if one.baseline == other.baseline), None)


def _item(index: int, ordered: list[Word], baselines: list[float]) -> Word | None:
    """The word beside which a bullet or sign stands that has a line to itself, a little off: its item's text."""
    word = ordered[index]
    best: tuple[float, Word] | None = None
    reach = max(word.style.size, 6.0)
    first = bisect_left(baselines, word.baseline - reach)
    for place in range(first, len(ordered)):
        other = ordered[place]
        if other.baseline > word.baseline + reach:
            break
        if place == index:
            continue
        size = other.style.size
        shift = abs(other.baseline - word.baseline)
        gap = max(other.box.x0 - word.box.x1, word.box.x0 - other.box.x1)
        if shift <= 0.12 * size and gap < 2.0 * size:
            return None  # it is on a line already
        if (
            shift < 0.5 * size
            and -0.3 * size <= gap <= BESIDE * size
            and any(map(str.isalnum, other.text))
            and (other.box.x0 > word.box.x0) != other.right_to_left
            and (best is None or gap < best[0])
        ):
            best = gap, other
    return best[1] if best else None
