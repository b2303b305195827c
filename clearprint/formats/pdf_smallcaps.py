"""Small capitals that a font brings along: read as small letters, seen as capitals.

Such a font has two glyphs for one letter. Which of them are capitals shows in their heights: a b, d or h no taller than an x,
a g, p or q that does not hang. Which words are set in them, the glyphs of the page say; only pages with such a font are asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from statistics import median

import pymupdf

from clearprint.formats.pdf import Frame
from clearprint.formats.pdf_outlines import Glyph
from clearprint.model import Style, Word

LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz")
_TELLING = frozenset("bdfhklgpqy")  # letters that reach up or hang
_FEWEST = 3  # of them, with two glyphs each
_LOWER = 0.88  # of the height of the other glyph
_HANGS = -0.05  # em
_SAME = 0.025  # of the height: glyphs of one height
_MOST_FONTS = 40


def capitals_among(glyphs: Mapping[str, Sequence[int]], outline: Callable[[int], Glyph | None]) -> frozenset[int]:
    """The glyphs of small letters that are small capitals. `glyphs`: the numbers each letter is mapped to."""
    pairs = {letter: numbers for letter, numbers in glyphs.items() if len(numbers) == 2}
    if len(_TELLING.intersection(pairs)) < _FEWEST:
        return frozenset()
    found: dict[str, int] = {}
    heights: list[float] = []
    for letter in sorted(_TELLING.intersection(pairs)):
        shapes = [(shape, number) for number in pairs[letter] if (shape := outline(number)) is not None]
        if len(shapes) != 2:
            continue
        (low, number), (high, _) = sorted(shapes, key=lambda item: item[0].height)
        if low.height < _LOWER * high.height and low.y0 > _HANGS:
            found[letter] = number
            heights.append(low.y1)
    if len(found) < _FEWEST or max(heights) - min(heights) > 0.15 * max(heights):
        return frozenset()
    capital = median(heights)
    for letter in sorted(_TELLING.intersection(glyphs) - set(pairs)):
        alone = outline(glyphs[letter][0]) if len(glyphs[letter]) == 1 else None
        if alone is not None and alone.y0 > _HANGS and abs(alone.y1 - capital) < 2 * _SAME * capital:
            found[letter] = glyphs[letter][0]
    for letter in sorted(set(pairs) - _TELLING):
        shapes = [(shape, number) for number in pairs[letter] if (shape := outline(number)) is not None]
        if len(shapes) == 2:
            one, other = sorted(shapes, key=lambda item: (abs(item[0].y1 - capital), item[1]))
            if abs(abs(one[0].y1 - capital) - abs(other[0].y1 - capital)) < _SAME * capital:
                one = max(one, other, key=lambda item: item[0].advance)  # as tall: capitals are wider
            found[letter] = one[1]
    return frozenset(found.values())


def marked(page: pymupdf.Page, frame: Frame, words: Sequence[Word], capitals: Callable[[str], frozenset[int]]) -> list[Word]:
    """The words with `caps` where most of their small letters are small capitals. `capitals`: those of a font, by its name."""
    names = {word.style.face.name for word in words}
    if len(names) > _MOST_FONTS or not any(map(capitals, names)):
        return list(words)
    rows: dict[int, list[tuple[float, bool]]] = {}
    for span in page.get_texttrace():
        wanted = capitals(span["font"])
        if not wanted:
            continue
        for code, number, origin, _ in span["chars"]:
            if chr(code) in LETTERS:
                x, y = frame.point(*origin)
                rows.setdefault(round(y), []).append((x, number in wanted))
    for row in rows.values():
        row.sort()
    styles: dict[Style, Style] = {}
    result = []
    for word in words:
        if word.angle == 0.0 and not word.vertical and _is_capital(word, rows):
            style = styles.get(word.style)
            if style is None:
                style = styles[word.style] = replace(word.style, caps="small")
            word = replace(word, style=style)
        result.append(word)
    return result


def _is_capital(word: Word, rows: Mapping[int, list[tuple[float, bool]]]) -> bool:
    small = others = 0
    middle = round(word.baseline)
    for y in (middle - 1, middle, middle + 1):
        row = rows.get(y, [])
        first, last = bisect_left(row, (word.box.x0 - 0.2, False)), bisect_right(row, (word.box.x1 - 0.2, True))
        for _, capital in row[first:last]:
            small += capital
            others += not capital
    return small > others
