"""Sheets that carry more than one page: spreads, imposed booklets, and the same page twice (two-up).

Told by page numbers that stand in pairs, mirrored, on sheets that are wider than high, and by halves with the same lines.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from clearprint.geometry import Box
from clearprint.model import FolioCandidate, Page, PageSummary, Sheets

_WIDE = 1.2  # times as wide as high: two upright pages side by side are 1.29 (Letter) to 1.41 (A)
_NEAR = 6.0  # points that the twin of a mark may be off
_LEAST_LINES = 4
_ALIKE = 0.9  # share of the lines of each half that stand in the other
_LEAST_PAGES = 2
_MOST_OF_THEM = 0.6  # of the wide pages: one table with numbers in its foot is no spread


def has_twin_halves(page: Page) -> bool:
    """Whether both halves of a page carry the same lines, side by side or one under the other."""
    lines = [(line.text, line.box) for block in page.blocks for line in block.lines if line.text.strip()]
    if len(lines) < 2 * _LEAST_LINES or len(lines) > 2000:
        return False
    return _twins(lines, page.width / 2, 0) or _twins(lines, page.height / 2, 1)


def sheets_of(summary: PageSummary) -> Sheets | None:
    """What the sheets of a document carry besides single pages; None when nothing shows that they do."""
    sizes = {size.page: (size.width, size.height) for size in summary.sizes if size.page is not None}
    if summary.twins and len(summary.twins) >= _MOST_OF_THEM * len(summary.pages):
        return Sheets("two-up", tuple(sorted(summary.twins)))
    wide = {page for page, (width, height) in sizes.items() if width >= _WIDE * height}
    pairs = _pairs((item for item in summary.folios if item.page in wide and not item.roman), sizes)
    in_order = {page for page, found in pairs.items() if any(right == left + 1 for left, right in found)}
    sums = Counter(total for found in pairs.values() for total in {left + right for left, right in found})
    total, count = max(sums.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    booklet = {page for page, found in pairs.items() if any(left + right == total for left, right in found)}
    if count >= _LEAST_PAGES and count >= len(in_order) and total % 4 == 1 and count >= _MOST_OF_THEM * len(wide):
        return Sheets("imposed", tuple(sorted(booklet)))
    if len(in_order) >= _LEAST_PAGES and len(in_order) >= _MOST_OF_THEM * len(wide):
        return Sheets("spreads", tuple(sorted(in_order)))
    return None


def _pairs(folios: Iterable[FolioCandidate], sizes: Mapping[int, tuple[float, float]]) -> dict[int, set[tuple[int, int]]]:
    """By page, the numbers that stand in its left half with those that stand as far in on the right, or as far along."""
    by_page: dict[int, list[FolioCandidate]] = defaultdict(list)
    for item in folios:
        by_page[item.page].append(item)
    found: dict[int, set[tuple[int, int]]] = {}
    for page, items in by_page.items():
        width = sizes[page][0]
        left = [item for item in items if item.box.centre[0] < width / 2][:20]
        right = [item for item in items if item.box.centre[0] >= width / 2][:20]
        pairs = {
            (one.value, other.value)
            for one in left
            for other in right
            if one.value != other.value
            and one.key == other.key
            and abs(one.box.centre[1] - other.box.centre[1]) <= _NEAR
            and (
                abs(one.box.centre[0] + other.box.centre[0] - width) <= 2 * _NEAR
                or abs(other.box.centre[0] - one.box.centre[0] - width / 2) <= 2 * _NEAR
            )
        }
        if pairs:
            found[page] = pairs
    return found


def _twins(lines: list[tuple[str, Box]], half: float, axis: int) -> bool:
    places: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for text, box in lines:
        places[text].append((box.x0, box.y0))
    first = [(text, at) for text, found in places.items() for at in found if at[axis] < half]
    second = [(text, at) for text, found in places.items() for at in found if at[axis] >= half]
    if min(len(first), len(second)) < _LEAST_LINES:
        return False
    shift = (half, 0.0) if axis == 0 else (0.0, half)
    matched = sum(
        any(abs(x + shift[0] - u) <= _NEAR and abs(y + shift[1] - v) <= _NEAR for u, v in places[text][:50])
        for text, (x, y) in first
    )
    return matched >= _ALIKE * max(len(first), len(second))
