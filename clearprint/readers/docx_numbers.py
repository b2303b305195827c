"""Page numbers of a DOCX as its headers and footers carry them: on which kinds of page, where, and in what style."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from clearprint.model import Extent, Numbering
from clearprint.readers.docx_blocks import Section, Set

Kind = Literal["default", "first", "even"]
_MIRRORED = {"left": "right", "right": "left"}
_STEP = 14.0  # points: numbers that stand nearer to each other keep their place


def numbering(
    section: Section,
    kinds: Sequence[Kind],
    used: Mapping[tuple[str, str], str],
    by_part: Mapping[str, Sequence[Set]],
    extent: Extent,
) -> tuple[Numbering, ...]:
    """What each kind of page of a section says of its number.

    `used`: the part that stands in a story ("header", "footer") of a kind; `by_part`: the paragraphs of each part.
    """
    opens = section.number == 1 or section.opens not in ("continuous", "nextColumn")
    found = []
    for kind in kinds:
        plain = Numbering(section.number, kind, extent, opens, section.width > section.height)
        numbers = (
            _number(story, by_part.get(used.get((story, kind), ""), ()), section, kind) for story in ("header", "footer")
        )
        told = next((number for number in numbers if number is not None), None)
        found.append(plain if told is None else _told(plain, *told))
    return tuple(found)


def _told(plain: Numbering, item: Set, position: str, at: int) -> Numbering:
    block = item.block
    assert block is not None
    span = block.spans[-1]
    for one in block.spans:
        if at < len(one.text):
            span = one
            break
        at -= len(one.text)
    place = replace(block.place_of(span), text=block.text)
    return replace(plain, number=place, position=position, key=span.style.key, colour=span.style.colour)


def _number(story: str, items: Sequence[Set], section: Section, kind: Kind) -> tuple[Set, str, int] | None:
    """The paragraph that shows the number of its page, where it stands, and at which letter of it."""
    for item in items:
        before = ""
        for piece in item.paragraph.pieces:
            if piece.own_page and item.block is not None:
                return item, _position(story, item, section, kind, before), len(before)
            before += piece.text
    return None


def _position(story: str, item: Set, section: Section, kind: Kind, before: str) -> str:
    """Where a number stands, in words that are equal for equal places; left and right pages may mirror each other."""
    block, where = item.block, item.paragraph.where
    assert block is not None
    side: str = block.alignment or "left"
    if "\t" in before:
        stops = sorted(at for at, (stop, _) in item.props.get("tabs", {}).items() if stop != "clear")
        reached = stops[before.count("\t") - 1] if before.count("\t") <= len(stops) else 0.0
        middle = section.text_width / 2
        side = "centred" if abs(reached - middle) < 0.3 * middle else "right" if reached > middle else "left"
    if kind == "even":
        side = _MIRRORED.get(side, side)
    holder = "frame" if "framePr" in item.props else "box" if where.shape is not None else "cell" if where.cell else "line"
    column = where.cell.column if where.cell is not None else 0
    left, _, right, _ = section.margins
    edge = {"left": left, "right": right}.get(side, left - right)
    distance = section.header if story == "header" else section.footer
    return f"{story} {holder} {column} {side} {round(distance / _STEP)} {round(edge / _STEP)}"
