"""Horizontal text: how far text is turned, as the page is viewed.

Cannot see: text inside pictures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation, seen
from clearprint.geometry import Box
from clearprint.model import Block, Page, Survey, letters

MEASURES = {"angle": "degrees", "stacked": "word"}
FACTS = {"role": "role", "in_picture": "yes-no", "cover": "yes-no", "turned_page": "yes-no", "words": "count"}

_FEWEST = 3  # letters that make a run
_QUARTER = 2.0  # degrees either side of a quarter turn
_AXIS = 5.0  # em from a chart to the title of its axis, with the axis' own figures between
_SIDE = 0.15  # of a chart's width from its edge: further in stand the names of what it shows
_MOST = 0.8  # of a page's letters that make it a turned page


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    runs = [block for block in page.blocks if letters(block.text) >= _FEWEST and block.role != "watermark"]
    turned = _turned_for_a_table(runs)
    cover = page.number in survey.covers
    if turned:
        amount = sum(letters(block.text) for block in turned)
        yield seen("angle", page.place, 90.0, amount, role="table", in_picture=False, cover=cover, turned_page=True, words=0)
    once = {id(block) for block in turned}
    for block in runs:
        if id(block) in once:
            continue
        facts: dict[str, Any] = {
            "role": block.role,
            "in_picture": _titles_an_axis(block, page),
            "cover": cover,
            "turned_page": False,
            "words": block.word_count,
        }
        yield seen("angle", block.place, _off(block), letters(block.text), **facts)
        if block.turned >= _FEWEST and not block.angle:
            yield seen("angle", block.place, 90.0, block.turned, **facts)
        if block.stacked and not any(word.vertical for line in block.lines for word in line.words):
            yield seen("stacked", block.place, "stacked", 0, **facts)


def _off(block: Block) -> float:
    """Degrees off the horizontal, 0 to 180."""
    angle = abs(block.angle) % 360
    return min(angle, 360 - angle)


def _titles_an_axis(block: Block, page: Page) -> bool:
    """Whether a short text, turned by a quarter, stands along the side of a chart: just inside or outside it."""
    box = block.box
    if box is None:
        return block.in_picture or block.role == "label"  # without a layout no place tells more
    if len(block.lines) > 2 or abs(_off(block) - 90) > _QUARTER:
        return False
    far = _AXIS * block.size
    for picture in page.pictures:
        chart = picture.box
        if picture.kind != "drawing" or chart is None or chart.y_overlap(box) < 0.5 * box.height:
            continue
        if chart.x_overlap(box) > 0.5 * box.width:
            if min(box.centre[0] - chart.x0, chart.x1 - box.centre[0]) <= _SIDE * chart.width:
                return True
        elif min((chart.distance(box), *(figure.distance(box) for figure in _figures_at(chart, page, far)))) <= far:
            return True
    return False


def _figures_at(chart: Box, page: Page, far: float) -> Iterator[Box]:
    """The figures of an axis, which may be long and push its title away."""
    for block in page.blocks:
        figures = any(map(str.isdigit, block.text)) and not any(map(str.isalpha, block.text))
        if figures and block.box is not None and block.box.distance(chart) <= far and block.box.y_overlap(chart) > 0:
            yield block.box


def _turned_for_a_table(runs: list[Block]) -> list[Block]:
    """The text of a page that was turned by a quarter to make room for a wide table."""
    quarter = [block for block in runs if abs(_off(block) - 90) <= _QUARTER]
    total = sum(letters(block.text) for block in runs)
    if not quarter or sum(letters(block.text) for block in quarter) < _MOST * total:
        return []
    return quarter if any(block.in_table or block.role == "table" for block in quarter) else []
