"""Logos among the pictures of a PDF page: small marks in its head or foot, whether they are rasters or drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from clearprint.geometry import Box
from clearprint.model import Picture

LARGEST = 0.03  # share of the page
_LONGEST = 8.0  # times as long as high
_LETTERHEAD = 20  # words over and beside a logo: more are the text itself
_EDGE = 0.15  # share of the height at the head and foot of a page where logos stand
_OUTER = 0.12  # share of it where they do though another picture stands beyond them
_ON_IT = 0.3  # of the smaller of a figure and the shape it stands on that they have in common
_MATCH = 3.0  # times as large as its figure: a larger shape is the ground of a head
_ONE_SIZE = 3.0  # points
_SERIES = 3  # drawings down the page, of which one in the head is another
_LIKE = 3.0  # times as large as it, at most: what is larger than they are is no mark beside them either


def measures(box: Box) -> tuple[int, int]:
    """The same for pictures of one size."""
    return round(box.width / _ONE_SIZE), round(box.height / _ONE_SIZE)


def stands_as_logo(box: Box, sheet: Box, text: Sequence[Box], alone: bool) -> bool:
    """Whether a picture has the size and the place of a logo. `text`: boxes of words; `alone`: no other is of its size.

    A mark may hang down from the head where hardly any text stands over or beside it and no other picture is of its size.
    """
    if max(box.width, box.height) > _LONGEST * min(box.width, box.height):
        return False  # a line of text as a picture
    if box.area >= LARGEST * sheet.area:
        return False
    if box.y1 <= _EDGE * sheet.height or box.y0 >= (1 - _EDGE) * sheet.height:
        return True
    if not alone or box.centre[1] > _EDGE * sheet.height:
        return False
    return sum(1 for word in text if word.y0 < box.y1) < _LETTERHEAD


def with_logos(pictures: Sequence[Picture], sheet: Box, text: Sequence[Box]) -> list[Picture]:
    """The pictures with drawn marks told as logos, and what is none although it has the size and place of one."""
    marks = [item for item in pictures if item.use in ("picture", "logo") and item.box is not None]
    sizes = [measures(item.box) for item in marks if item.kind == "drawing" and item.box is not None]
    result = []
    for item in pictures:
        box = item.box
        if box is None or item.use not in ("picture", "logo"):
            result.append(item)
            continue
        drawn_once = item.kind == "drawing" and item.thinnest is None and sizes.count(measures(box)) == 1
        if drawn_once and stands_as_logo(box, sheet, text, alone=True) and not _is_one_of_series(box, marks, sheet):
            item = replace(item, use="logo")
        if item.use == "logo" and (
            _has_others_beyond(box, marks, sheet) or _with_its_shape(box, pictures).area >= LARGEST * sheet.area
        ):
            item = replace(item, use="picture")
        result.append(item)
    return result


def _is_one_of_series(box: Box, marks: Sequence[Picture], sheet: Box) -> bool:
    """Whether drawings not much larger stand between the head and foot of a page: pictograms, of which this is one more."""
    others = (item.box for item in marks if item.kind == "drawing" and item.box is not None)
    inner = (other for other in others if other.y1 > _EDGE * sheet.height and other.y0 < (1 - _EDGE) * sheet.height)
    return sum(other.area <= _LIKE * box.area for other in inner) >= _SERIES


def _has_others_beyond(box: Box, marks: Sequence[Picture], sheet: Box) -> bool:
    """Whether a mark that stands a little way in from the head or foot has other pictures between it and the edge."""
    if box.y1 <= _OUTER * sheet.height or box.y0 >= (1 - _OUTER) * sheet.height:
        return False
    in_head = box.centre[1] < sheet.height / 2
    others = (item.box for item in marks if item.box is not None)
    return any(other.y1 <= box.y0 if in_head else other.y0 >= box.y1 for other in others)


def _with_its_shape(box: Box, pictures: Sequence[Picture]) -> Box:
    """A figure with the disc or the like that it stands on."""
    for item in pictures:
        under = item.box
        if item.kind != "drawing" or under is None or under.area > _MATCH * box.area:
            continue
        if box.shared_area(under) > _ON_IT * min(box.area, under.area):
            box = box.union(under)
    return box
