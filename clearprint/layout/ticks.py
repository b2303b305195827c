"""Tick boxes and the numbers of questions, as far as they tell where one text of a form ends and the next begins."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from clearprint import lazily
from clearprint.colour import luminance
from clearprint.geometry import Box
from clearprint.layout.frames import Frame
from clearprint.layout.patterns import MOST_FIGURES
from clearprint.layout.strips import Strip
from clearprint.model import Marks

SIDE = (5.0, 24.0)  # points of a tick box
SQUARE = 1.25  # times as long as wide at most
REACH = 3.0  # em between a tick box and its words
NUMBER_REACH = 3.0  # em between a number and its question
BOXED = 4.0  # em each way of a box round a number
HANGS = 0.8  # em by which a number may stand higher or lower than the first line of its question
_NUMBER = lazily.compile(r"^\d{1,3}(?:\.\d{1,3}){0,3}\.?[*†]?$")
_PARTED = lazily.compile(r"\d\.\d|[.*†]$")


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


def with_numbers(strips: Sequence[Strip], boxes: Sequence[Box], panels: Sequence[Box] = ()) -> list[Strip]:
    """The lines of a form with the numbers of questions joined to the lines they number: those that stand a little higher or
    lower, and those in boxes of their own (`panels`).

    What is no form, and has no `boxes` to tick or write in, has figures that stand so in tables and sums.
    """
    figures = [strip for strip in strips if len(strip.words) == 1 and _NUMBER.match(strip.text)]
    boxed = _boxed(figures, panels)
    numbers = [
        strip
        for strip in figures
        if any(strip is one for one in boxed) or (len(boxes) > 1 and (_PARTED.search(strip.text) or _is_badge(strip)))
    ]
    if not numbers:
        return list(strips)
    joined: dict[int, Strip] = {}
    taken: set[int] = set()
    for number in numbers:
        own = _numbered(number, strips, any(number is one for one in boxed))
        if own is not None and id(own) not in joined:
            whole = Strip([*number.pieces, *own.pieces], own.row)
            whole.baseline = own.baseline
            whole.marker = True
            joined[id(own)] = whole
            taken.add(id(number))
    return [joined.get(id(strip), strip) for strip in strips if id(strip) not in taken]


def _is_badge(number: Strip) -> bool:
    """A pale number on a dark patch, as the sections of forms are numbered."""
    word = number.pieces[0]
    ink, ground = word.style.colour, word.ground
    return ink is not None and ground is not None and luminance(ink) > 0.7 and luminance(ground.colour) < 0.2


def _boxed(figures: Sequence[Strip], panels: Sequence[Box]) -> list[Strip]:
    """Whole numbers that follow one another down the page, each alone in a small box."""
    alone = [
        strip
        for strip in figures
        if strip.text.isdecimal()
        and len(strip.text) <= MOST_FIGURES
        and any(
            box.width <= BOXED * strip.size and box.height <= BOXED * strip.size and box.contains(strip.box, 0.5)
            for box in panels
        )
    ]
    found: list[Strip] = []
    for upper in alone:
        lower = next((one for one in alone if one.baseline > upper.baseline and _under(upper, one)), None)
        if lower is not None and int(lower.text) > int(upper.text):
            found += [upper, lower]
    return found


def _under(upper: Strip, lower: Strip) -> bool:
    return abs(lower.x0 + lower.x1 - upper.x0 - upper.x1) <= upper.size


def _numbered(number: Strip, strips: Sequence[Strip], boxed: bool) -> Strip | None:
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
        level = strip.row == number.row and not (boxed or _is_badge(number))
        if boxed and len(strip.words) < 2:
            return None
        if level or abs(strip.size - size) > 0.15 * size or not any(map(str.isalpha, strip.text)):
            return None
        if best is None:
            best = strip
    return best
