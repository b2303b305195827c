"""Page furniture followed across pages: page numbers that count with the pages, and heads that come again."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from statistics import median

from clearprint.geometry import Box
from clearprint.layout.patterns import folio_values, list_mark, without_digits
from clearprint.model import FolioCandidate, Page, PageSize
from clearprint.records import record

ZONE = 0.12  # share of the height at the head and foot where running heads and page numbers stand
EDGE = 0.065  # share of the height where only furniture stands
OUTSIDE = 0.3  # share of the height in which the first line of a page can be its head all the same
SPOT = 14.2  # points: two numbers within 5 mm stand in the same spot
FEWEST = 3
TALLER = 1.3  # times its usual height: the same words so much larger open a chapter
DISPLAY = 1.35  # ink height in sizes of the body: type so large is furniture only on nearly all pages
NEARLY_ALL = 0.75  # of the pages; the same title over half of them heads slides


def in_zone(box: Box, height: float) -> bool:
    """Whether a line stands in the head or foot of a page."""
    middle = (box.y0 + box.y1) / 2
    return height > 0 and (middle < ZONE * height or middle > (1 - ZONE) * height)


def outermost(page: Page) -> tuple[float, float]:
    """Top of a page's first line and foot of its last: on a sheet larger than its page they stand outside the zones."""
    boxes = [line.box for block in page.blocks if abs(block.angle) < 2 for line in block.lines]
    return min((box.y0 for box in boxes), default=0.0), max((box.y1 for box in boxes), default=page.height)


def may_be_furniture(box: Box, height: float, ends: tuple[float, float]) -> bool:
    """Whether a line stands in the head or foot of a page, or is its very first or last line. `ends`: `outermost`."""
    if in_zone(box, height):
        return True
    if box.y0 <= ends[0] + 1.0:
        return box.y1 < OUTSIDE * height
    return box.y1 >= ends[1] - 1.0 and box.y0 > (1 - OUTSIDE) * height


@record(slots=False)
class Run:
    """Page numbers that count up with the pages: value = slope x page + offset."""

    roman: bool
    slope: int
    offset: int
    found: Mapping[int, FolioCandidate]

    def value(self, page: int) -> int:
        return self.slope * page + self.offset


def head_key(text: str) -> str:
    """A text for comparing running heads: digits aside, but for one that is nothing else (a date)."""
    key = without_digits(text)
    if any(map(str.isalpha, key)):
        return key
    return "" if any(alone for _, _, alone, _ in folio_values(text)) else "".join(text.split())


def running_heads(
    heads: Iterable[tuple[int, str, Box]],
    pages: int,
    heights: Mapping[int, float],
    flowing: Iterable[tuple[int, Box]] = (),
    body: float | None = None,
) -> dict[str, float]:
    """Texts (digits aside) that come again in the head or foot of pages, and what else stands in their place.

    Each with the greatest height of ink, in points, at which it still is one. `heights`: of the pages, points. `flowing`: lines
    that the page's text goes on from or to. `body`: its size, points.
    """
    seen: dict[str, dict[int, Box]] = defaultdict(dict)
    items = list(heads)
    in_text = set(flowing)
    fewest = 2 if pages <= 3 else FEWEST
    for page, text, box in items:
        key = head_key(text)
        if fewest < FEWEST and (page, box) in in_text:
            continue  # two pages may well have a line of small print in common
        if any(map(str.isalnum, key)):
            seen[key].setdefault(page, box)
    repeated = {
        key
        for key, places in seen.items()
        if (len(places) >= fewest and _same_height(places.values())) or _same_spot(places, heights, in_text)
    }
    bands = Counter(
        (round(box.y0), round(box.y1)) for key in repeated for box in seen[key].values() if len(seen[key]) >= FEWEST
    )
    strong = {band for band, count in bands.items() if count >= max(FEWEST, 0.3 * pages)}
    edges: dict[tuple[int, int], set[int]] = defaultdict(set)
    numbered = {head_key(text) for _, text, _ in items if list_mark(text) == "ordinal"}  # parts of a form, where pages begin
    for page, text, box in items:
        if (page, box) not in in_text and at_edge(box, heights.get(page, 0.0)) and head_key(text) not in numbered:
            edges[round(box.y0), round(box.y1)].add(page)
    common = {band for band, found in edges.items() if len(found) >= max(FEWEST, 0.5 * pages)}
    beside = {
        key
        for key, places in seen.items()
        if len(key.split()) <= 12
        and all(
            ((band := (round(box.y0), round(box.y1))) in strong or (band in common and key not in numbered))
            and (page, box) not in in_text
            for page, box in places.items()
        )
    }
    usual = {key: median(box.height for box in seen[key].values()) for key in repeated | beside}
    return {
        key: TALLER * height
        for key, height in sorted(usual.items())
        if body is None or height < DISPLAY * body or len(seen[key]) >= NEARLY_ALL * pages
    }


def is_running_head(text: str, box: Box, heads: Mapping[str, float]) -> bool:
    """Whether a line says what a running head says, in type no larger than there."""
    tallest = heads.get(head_key(text))
    return tallest is not None and box.height <= tallest


def _same_spot(places: Mapping[int, Box], heights: Mapping[int, float], in_text: Collection[tuple[int, Box]]) -> bool:
    """Whether a text stands twice or more at the very edge in one spot, apart from the text: the head of the left pages."""
    spots = Counter(
        (round(box.x0 / 2), round(box.y0 / 2))
        for page, box in places.items()
        if at_edge(box, heights.get(page, 0.0)) and (page, box) not in in_text
    )
    return max(spots.values(), default=0) >= 2


def at_edge(box: Box, height: float) -> bool:
    """So near the edge of the paper that no text of the page itself stands there."""
    return box.y1 < EDGE * height or box.y0 > (1 - EDGE) * height > 0


def _same_height(boxes: Iterable[Box]) -> bool:
    """Whether most of them stand at one height (a word at the top of three pages by chance does not)."""
    heights = Counter(round(box.y0 / 6) for box in boxes)
    total = sum(heights.values())
    return max(heights[key] + heights[key + 1] for key in heights) >= 0.6 * total


def follow(candidates: Iterable[FolioCandidate], pages: int, heads: Mapping[str, float]) -> list[Run]:
    """The runs of page numbers: those that count with the pages on most of them, then restarts and Roman front matter."""
    usable = [item for item in candidates if _may_be(item, heads)]
    runs: list[Run] = []
    taken: set[int] = set()
    for slope in (1, 2):
        while True:
            run = _best(usable, slope, taken, pages, first=not runs)
            if run is None:
                break
            runs.append(run)
            taken |= set(run.found)
        if runs:
            break
    return runs


def _may_be(item: FolioCandidate, heads: Mapping[str, float]) -> bool:
    """A number alone, or one in a line that otherwise comes again."""
    alone = any(single for *_, single, _ in folio_values(item.text))
    return alone or head_key(item.text) in heads


def _best(usable: list[FolioCandidate], slope: int, taken: set[int], pages: int, first: bool) -> Run | None:
    groups: dict[tuple[bool, int], dict[int, list[FolioCandidate]]] = defaultdict(lambda: defaultdict(list))
    for item in usable:
        if item.page not in taken:
            groups[item.roman, item.value - slope * item.page][item.page].append(item)
    best: tuple[int, bool, int] | None = None
    for (roman, offset), places in groups.items():
        span = max(places) - min(places) + 1
        enough = len(places) >= (min(FEWEST, max(1, pages)) if pages <= FEWEST else FEWEST)
        dense = len(places) >= 0.5 * span and (not first or roman or len(places) >= 0.3 * pages)
        rank = (len(places), not roman, -abs(offset))
        if enough and dense and (best is None or rank > best):
            best, chosen = rank, (roman, offset)
    if best is None:
        return None
    places = groups[chosen]
    spots = Counter(_spot(item) for items in places.values() for item in items)
    found = {
        page: max(items, key=lambda item: (spots[_spot(item)], -item.box.y0, -item.box.x0)) for page, items in places.items()
    }
    return Run(*chosen[:1], slope, chosen[1], found)


def _spot(item: FolioCandidate) -> tuple[int, int]:
    return round(item.box.centre[0] / SPOT), round(item.box.centre[1] / SPOT)


def strays(runs: list[Run], candidates: Iterable[FolioCandidate], heads: Mapping[str, float]) -> dict[int, FolioCandidate]:
    """Numbers in the usual spot that do not count with their page: out of sequence, but page numbers all the same."""
    known = {page: item for run in runs for page, item in run.found.items()}
    spots = [item.box.centre for item in known.values()]
    usual = Counter((round(x / SPOT), round(y / SPOT)) for x, y in spots)
    common = {spot for spot, count in usual.items() if count >= max(2, 0.2 * len(spots))}
    result: dict[int, FolioCandidate] = {}
    if not common:
        return result
    for item in candidates:
        x, y = item.box.centre
        near = {(round(x / SPOT) + dx, round(y / SPOT) + dy) for dx in (-1, 0, 1) for dy in (0,)}
        alone = any(single for *_, single, _ in folio_values(item.text))
        if item.page not in known and near & common and (alone or head_key(item.text) in heads):
            result.setdefault(item.page, item)
    return result


def printed_numbers(runs: list[Run], pages: Iterable[int]) -> dict[int, str]:
    """The number of each page as printed or as reckoned from the pages round it; its place in the file when none is printed."""
    every = sorted(pages)
    result: dict[int, str] = {}
    if not runs:
        return {page: str(page) for page in every}
    for run in runs:
        for page in run.found:
            result[page] = str(run.value(page))
    last: Run | None = None
    owners = {page: run for run in runs for page in run.found}
    for page in every:
        last = owners.get(page, last)
        if page not in result and last is not None:
            result[page] = str(last.value(page))
    ahead: Run | None = None
    for page in reversed(every):
        ahead = owners.get(page, ahead)
        if page not in result and ahead is not None and ahead.value(page) > 0:
            result[page] = str(ahead.value(page))
    return result


def missing(
    found: Iterable[FolioCandidate],
    pages: Iterable[int],
    excused: frozenset[int],
    sizes: Iterable[PageSize],
) -> tuple[int, ...]:
    """Counted pages after the first that have no number. `excused`: covers, blanks, pages of pictures, pages not read."""
    have = {item.page for item in found}
    portrait = Counter(size.width <= size.height for size in sizes if size.page is not None)
    upright = portrait[True] >= portrait[False]
    turned = {size.page for size in sizes if size.page is not None and (size.width <= size.height) != upright}
    first = min((page for page in pages if page not in excused), default=0)
    return tuple(
        page
        for page in sorted(pages)
        if page not in have and page not in excused and page not in turned and page not in (1, first)
    )
