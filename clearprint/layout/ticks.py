"""Tick boxes and the numbers of questions, as far as they tell where one text of a form ends and the next begins."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from clearprint.colour import luminance
from clearprint.geometry import Box
from clearprint.layout.frames import Frame
from clearprint.layout.strips import Strip
from clearprint.model import Marks

SIDE = (5.0, 24.0)  # points of a tick box
SQUARE = 1.25  # times as long as wide at most
REACH = 3.0  # em between a tick box and its words
NUMBER_REACH = 3.0  # em between a number and its question
HANGS = 0.8  # em by which a number may stand higher or lower than the first line of its question
_NUMBER = re.compile(r"^\d{1,3}(?:\.\d{1,3}){0,3}\.?[*†]?$")
_PARTED = re.compile(r"\d\.\d|[.*†]$")


def places_of_form(marks: Marks, frame: Frame) -> list[Box]:
    """Form fields and tick boxes in the frame."""
    return [frame.inward(item.box) for item in marks.fields if item.box is not None] + tick_boxes(marks, frame)


def tick_boxes(marks: Marks, frame: Frame) -> list[Box]:
    """Small squares of the page, drawn or as fields, in the frame; most are tick boxes."""
    boxes = [item.box for item in marks.fields if item.kind == "tick" and item.box is not None]
    boxes += [panel.box for panel in marks.panels if panel.outlined]
    return sorted((frame.inward(box) for box in boxes if _is_small_square(box)), key=lambda box: box.y0)


def _is_small_square(box: Box) -> bool:
    long, short = max(box.width, box.height), min(box.width, box.height)
    return SIDE[0] <= short <= long <= min(SIDE[1], SQUARE * short)


def mark_ticked(strips: Sequence[Strip], boxes: Sequence[Box]) -> None:
    """Set `entry` on the lines that a tick box stands before: each begins a text of its own."""
    if not boxes:
        return
    tops = [box.y0 for box in boxes]
    for strip in strips:
        middle = strip.baseline - 0.35 * strip.size
        near = boxes[bisect_left(tops, middle - SIDE[1]) : bisect_right(tops, middle)]
        if any(box.y1 >= middle and 0 <= _gap(strip, box) <= REACH * strip.size for box in near):
            strip.entry = True


def _gap(strip: Strip, box: Box) -> float:
    return box.x0 - strip.x1 if strip.rtl else strip.x0 - box.x1


def with_numbers(strips: Sequence[Strip], boxes: Sequence[Box]) -> list[Strip]:
    """The lines of a form with the numbers of questions that stand a little higher or lower joined to the lines they number.

    What is no form, and has no `boxes` to tick or write in, has figures that stand so in tables and sums.
    """
    if len(boxes) < 2:
        return list(strips)
    numbers = [
        strip
        for strip in strips
        if len(strip.words) == 1 and _NUMBER.match(strip.text) and (_PARTED.search(strip.text) or _is_badge(strip))
    ]
    if not numbers:
        return list(strips)
    joined: dict[int, Strip] = {}
    taken: set[int] = set()
    for number in numbers:
        own = _numbered(number, strips)
        if own is not None and id(own) not in joined:
            whole = Strip([*number.pieces, *own.pieces], own.row)
            whole.baseline = own.baseline
            joined[id(own)] = whole
            taken.add(id(number))
    return [joined.get(id(strip), strip) for strip in strips if id(strip) not in taken]


def _is_badge(number: Strip) -> bool:
    """A pale number on a dark patch, as the sections of forms are numbered."""
    word = number.pieces[0]
    ink, ground = word.style.colour, word.ground
    return ink is not None and ground is not None and luminance(ink) > 0.7 and luminance(ground.colour) < 0.2


def _numbered(number: Strip, strips: Sequence[Strip]) -> Strip | None:
    """The first line of the text to the right of a number, if no line stands level with the number itself."""
    size = number.size
    best: Strip | None = None
    for strip in strips:
        if strip.baseline > number.baseline + HANGS * size:
            break
        if strip is number or strip.baseline < number.baseline - HANGS * size or strip.rtl:
            continue
        if not 0.3 * size <= strip.x0 - number.x1 <= NUMBER_REACH * size:
            continue
        level = strip.row == number.row and not _is_badge(number)
        if level or abs(strip.size - size) > 0.15 * size or not any(map(str.isalpha, strip.text)):
            return None
        if best is None:
            best = strip
    return best
