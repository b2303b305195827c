"""Frames: text at an angle is turned upright before it is understood, and its boxes are turned back afterwards.

A frame's x runs along the text and its y across it, downwards. For text read the usual way the frame is the page.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import replace

from clearprint.geometry import Box, hull
from clearprint.model import Word

LEVEL = 0.05  # degrees; nearer to the horizontal than this is horizontal
SAME = 0.75  # degrees between neighbours of one frame


class Frame:
    """A direction of text, and the words that run along it, in its own coordinates."""

    __slots__ = ("angle", "cosine", "sine", "vertical", "words")

    def __init__(self, angle: float, vertical: bool, words: list[Word]) -> None:
        self.angle = angle
        self.vertical = vertical
        # Upright columns of CJK are read downwards, the next one to the left: the page turned by a quarter.
        turn = math.radians(-90.0 if vertical else angle)
        self.cosine, self.sine = _exact(math.cos(turn)), _exact(math.sin(turn))
        self.words = words if self.level else [self._laid(word) for word in words]

    @property
    def level(self) -> bool:
        return not self.vertical and self.angle == 0.0

    def inward(self, box: Box) -> Box:
        """A box of the page in this frame."""
        if self.level:
            return box
        return hull(_point(x * self.cosine - y * self.sine, x * self.sine + y * self.cosine) for x, y in _corners(box))

    def outward(self, box: Box) -> Box:
        """A box of this frame on the page."""
        if self.level:
            return box
        return hull(_point(u * self.cosine + v * self.sine, v * self.cosine - u * self.sine) for u, v in _corners(box))

    def _laid(self, word: Word) -> Word:
        """A word of the page as it lies in this frame. Its box on the page is the hull of a turned rectangle; the
        rectangle's height follows from the type size, its length from the hull."""
        size, face = word.style.size, word.style.face
        x, y = word.box.centre
        u, v = x * self.cosine - y * self.sine, x * self.sine + y * self.cosine
        if self.vertical:
            length, height, drop = word.box.height, word.box.width, 0.12 * size
        else:
            below = face.descender if face.descender is not None else 0.21
            height = ((face.cap_height or 0.72) + below) * size
            drop = below * size
            wide, tall = abs(self.cosine), abs(self.sine)
            length = (word.box.width - height * tall) / wide if wide >= tall else (word.box.height - height * wide) / tall
            length = max(length, 0.1 * size)
        box = Box(u - length / 2, v - height / 2, u + length / 2, v + height / 2)
        return replace(word, box=box, baseline=box.y1 - drop, angle=self.angle)


def frames(words: Iterable[Word]) -> list[Frame]:
    """The directions of a page's text, the level one first."""
    level: list[Word] = []
    upright: list[Word] = []
    turned: list[Word] = []
    for word in words:
        if word.vertical:
            upright.append(word)
        elif abs(word.angle) <= LEVEL:
            level.append(word)
        else:
            turned.append(word)
    result = [Frame(0.0, False, level)] if level else []
    if upright:
        result.append(Frame(0.0, True, upright))
    turned.sort(key=lambda word: (_within(word.angle), word.baseline, word.box))
    group: list[Word] = []
    for word in turned:
        if group and _within(word.angle) - _within(group[-1].angle) > SAME:
            result.append(_frame(group))
            group = []
        group.append(word)
    if group:
        result.append(_frame(group))
    return result


def _frame(words: list[Word]) -> Frame:
    """The angle that sets most of the letters: a long run tells its direction better than a short one."""
    total = sum(len(word.text) for word in words)
    passed = 0
    for word in words:
        passed += len(word.text)
        if 2 * passed >= total:
            return Frame(_within(word.angle), False, words)
    return Frame(_within(words[0].angle), False, words)


def _within(angle: float) -> float:
    """Over -180 and up to 180 degrees."""
    return 180.0 - (180.0 - angle) % 360.0


def _exact(value: float) -> float:
    """Quarter turns without the last bit of dust."""
    near = round(value)
    return float(near) if abs(value - near) < 1e-9 else value


def _point(x: float, y: float) -> Box:
    return Box(x, y, x, y)


def _corners(box: Box) -> tuple[tuple[float, float], ...]:
    return (box.x0, box.y0), (box.x1, box.y0), (box.x0, box.y1), (box.x1, box.y1)
