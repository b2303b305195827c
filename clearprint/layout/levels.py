"""Levels of headings: which styles are one level, how deep they are numbered, and where their column begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from clearprint import lazily
from clearprint.model import Block, HeadingUse, Page, StyleKey, letters

SAME_SIZE = 1.12  # headings of one level and face may differ by this much and still be meant as one level
OWN_SIZE = 0.2  # points that a level of its own differs by at least
OWN_INK = 0.15  # of a channel from none to full, by which colours differ at once
_NUMBER = lazily.compile(r"(\d{1,2}(?:\.\d{1,2})*\.?)\s")


def levels(uses: Sequence[HeadingUse]) -> tuple[tuple[tuple[HeadingUse, ...], ...], dict[StyleKey, int]]:
    """Headings by level, highest first, and the level of each style that no tag or style name gives one."""
    tagged: dict[int, list[HeadingUse]] = {}
    loose: dict[StyleKey, list[HeadingUse]] = {}
    for use in uses:
        if use.level is not None:
            tagged.setdefault(use.level, []).append(use)
        else:
            loose.setdefault(use.key, []).append(use)
    known: dict[StyleKey, int] = {}
    for level in sorted(tagged):
        for key, _ in Counter(use.key for use in tagged[level]).most_common():
            known.setdefault(key, level)
    depths = {key: _depth(group) for key, group in loose.items()}
    groups: list[list[StyleKey]] = []
    styles: dict[StyleKey, int] = {}
    for key in sorted(loose, key=lambda item: (-item[1], -item[2], item)):
        if key in known:  # an untagged heading that looks like a tagged one
            tagged[known[key]] += loose[key]
            styles[key] = known[key]
            continue
        for group in groups:
            first = group[0]
            if None not in (depths[first], depths[key]) and depths[first] != depths[key]:
                continue
            if first[1] > key[1] + OWN_SIZE and not _same_ink(loose[first], loose[key]):
                continue  # a slip changes one thing; another size in another colour is meant
            if first[0] == key[0] and first[2:] == key[2:] and first[1] <= key[1] * SAME_SIZE:
                group.append(key)
                break
        else:
            groups.append([key])
    top = max(tagged, default=0)
    result = [tagged[level] for level in sorted(tagged)]
    for offset, group in enumerate(groups, 1):
        for key in group:
            styles[key] = top + offset
        result.append([use for key in group for use in loose[key]])
    ordered = tuple(tuple(sorted(group, key=heading_order)) for group in result)
    return ordered, styles


def _same_ink(one: Sequence[HeadingUse], other: Sequence[HeadingUse]) -> bool:
    """Whether two styles are set in one colour most of the time, or in colours hard to tell apart."""
    inks = [Counter(use.colour for use in uses if use.colour is not None).most_common(1) for uses in (one, other)]
    if not all(inks):
        return True
    first, second = (ink[0][0] for ink in inks)
    return all(abs(a - b) <= OWN_INK for a, b in zip(first, second, strict=True))


def _depth(uses: Sequence[HeadingUse]) -> int | None:
    """How deep most headings of a style are numbered: 4 is 1 deep, 4.1 is 2. None where most have no number."""
    numbers = [_NUMBER.match(use.place.text) for use in uses]
    depths = Counter(match[1].strip(".").count(".") + 1 for match in numbers if match)
    return depths.most_common(1)[0][0] if 2 * depths.total() > len(uses) else None


def heading_order(use: HeadingUse) -> tuple[float, float, float, str]:
    box = use.place.box
    page = float(use.place.page) if use.place.page is not None else 0.0
    return (page, box.y0 if box else 0.0, box.x0 if box else 0.0, use.place.text)


def column_left(page: Page, block: Block) -> float | None:
    """Left edge of the column a block stands in, points; None where it is not known, as of what stands beside all columns."""
    if block.box is None:
        return None
    frames = [panel.box for panel in page.panels if panel.box.width < 0.9 * page.width and panel.box.contains(block.box, 1.0)]
    if frames:  # in a box of its own the text of the box is its column
        frame = min(frames, key=lambda box: box.area)
        return min(other.box.x0 for other in page.blocks if other.box is not None and frame.contains(other.box, 1.0))
    if block.column is not None and 0 <= block.column < len(page.columns):
        return page.columns[block.column].box.x0
    under = [column.box.x0 for column in page.columns if column.box.x_overlap(block.box) > 0]
    if under or page.columns:
        return min(under, default=None)
    edges = Counter(
        round(other.box.x0, 0)
        for other in page.blocks
        if other.box and len(other.lines) > 1 and letters(other.text) > 60 and not other.in_table
    )
    return edges.most_common(1)[0][0] if edges else None
