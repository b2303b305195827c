"""Contents lists on paper: which lines belong to one, and whether the page numbers in it are right."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from clearprint import lazily
from clearprint.geometry import Box
from clearprint.layout.patterns import is_contents_heading, number_value, plain, strip_leader
from clearprint.model import Entry, HeadingUse, Line, Page, PageSummary, Survey

GAP = 2.0  # em of white before the page number of a contents line without a leader
BEFORE = 0.8  # em of white after a page number that stands before its title
FARTHEST = 8.0  # em from such a number to its title
LEADERS = frozenset(".·…_‥⋯ ")
WRONG = 1 / 3  # share of steps back in a list that is known for one by other signs
FEWEST = 4  # lines that make a list on their own, without a heading
LONGEST = 160  # characters of a title that are compared
FRONT = 60  # pages before page 1, in Roman figures
NAMED = 2 / 3  # of the lines of a list typed by hand, that name what stands in the document
SORTED = 0.9  # share of the lines of an index that stand in order of the alphabet
STALE = 10  # times the last page: a number in a list that is known for one may be out of date, yet not a year
_GLUED = lazily.compile(r"(.+?)(?:[.·_⋯]{3,}|[…‥]+)(\w+)")  # "emptied.....2", set without a space round the leader


def entries_of(page: Page) -> Iterator[Entry]:
    """Lines that end in a leader or a gap and a number: each may be a line of a contents list."""
    if page.number is None:
        for block in page.blocks:
            tabbed = "\t" in block.text.strip() and len(block.text) <= 200 and not block.in_table
            if block.hint == "contents" or tabbed:
                text, value, roman = _split(block.text)
                if block.hint == "contents" or (value is not None and any(map(str.isalpha, text))):
                    yield Entry(0, text, value, roman, None, path=block.path)
        return
    lines = [line for block in page.blocks if abs(block.angle) < 2 for line in block.lines if line.words]
    lines.sort(key=lambda line: (line.baseline, line.box.x0))
    result = []
    for index, line in enumerate(lines):
        found = number_value(line.text.strip(" .…·|"))
        if found is not None and len(line.words) == 1:
            title = _title_of(lines, index)
            if title is not None and len(title.text) <= 200:
                result.append(Entry(page.number, strip_leader(title.text), *found, title.box.union(line.box)))
        elif 0 < len(line.words) <= 40:
            result += _whole(page.number, line)
    if len(result) < 2 and any(is_contents_heading(block.text) for block in page.blocks):
        result += _numbers_first(page.number, lines)
    yield from result


def _numbers_first(page: int, lines: Sequence[Line]) -> list[Entry]:
    """Lines of a list with its page numbers before the titles, as magazines have them; not the numbers of sections."""
    result = []
    for index, line in enumerate(lines):
        first = line.words[0]
        value = number_value(first.text)
        if value is None or value[1]:
            continue
        if len(line.words) == 1:
            level = [
                other
                for other in lines[max(0, index - 8) : index + 9]
                if other is not line
                and abs(other.baseline - line.baseline) <= 0.3 * line.size
                and 0 <= other.box.x0 - line.box.x1 <= FARTHEST * line.size
            ]
            title = min(level, key=lambda other: other.box.x0, default=None)
            text, box = (title.text, title.box.union(line.box)) if title is not None else ("", line.box)
        else:
            apart = line.words[1].box.x0 - first.box.x1 >= BEFORE * line.size
            text, box = (" ".join(word.text for word in line.words[1:]) if apart else ""), line.box
        if any(map(str.isalpha, text)) and len(text) <= 200:
            result.append(Entry(page, text, value[0], False, box))
    values = [entry.value for entry in result]
    sections = values == list(range(1, len(values) + 1))
    down = sorted(result, key=lambda entry: (round(entry.box.x0 / 40) if entry.box else 0, _order(entry)))
    climbs = len(result) >= FEWEST - 1 and (_climbs(result) or _climbs(down))
    return result if climbs and not sections else []


def _whole(page: int, line: Line) -> Iterator[Entry]:
    """A line that holds its title and its number."""
    words = line.words
    last = words[-1]
    text = last.text
    written = text.strip("".join(LEADERS))
    found = number_value(written)
    if found is None:
        glued_on = _GLUED.fullmatch(written)
        found = number_value(glued_on[2]) if glued_on else None
        if glued_on and found is not None:
            title = strip_leader(" ".join([*(word.text for word in words[:-1]), glued_on[1]]))
            if any(map(str.isalpha, title)):
                yield Entry(page, title, *found, line.box)
        return
    leader = len(text) - len(written) >= 3
    at = len(words) - 1
    while at > 0 and not words[at - 1].text.strip("".join(LEADERS)):
        at -= 1
        leader = leader or len(words[at].text) >= 3 or len(words) - 1 - at >= 3
    if at == 0:
        return
    glued = len(words[at - 1].text) - len(words[at - 1].text.rstrip("".join(LEADERS)))
    leader = leader or glued >= 3
    gap = words[at].box.x0 - words[at - 1].box.x1 if at < len(words) else 0.0
    if not leader and gap < GAP * line.size:
        return
    title = strip_leader(" ".join(word.text for word in words[:at]))
    if any(map(str.isalpha, title)) or (leader and any(map(str.isdigit, title))):  # the title may be a year
        yield Entry(page, title, *found, line.box)


def _title_of(lines: Sequence[Line], index: int) -> Line | None:
    """The nearest line to the left of a lone number on the same baseline."""
    number = lines[index]
    best: Line | None = None
    for steps in (range(index - 1, -1, -1), range(index + 1, len(lines))):
        for position in steps:
            other = lines[position]
            if abs(other.baseline - number.baseline) > 0.3 * number.size:
                break
            left = other.box.x1 <= number.box.x0 + 0.5
            if left and any(map(str.isalpha, other.text)) and (best is None or other.box.x1 > best.box.x1):
                best = other
    return best


def _split(text: str) -> tuple[str, int | None, bool]:
    """A contents line without a layout: its title and number."""
    head, _, tail = text.rstrip().rpartition("\t")
    if not head:
        head, _, tail = text.rstrip().rpartition(" ")
    found = number_value(tail.strip("".join(LEADERS)))
    if found is None or not head:
        return strip_leader(text), None, False
    return strip_leader(head), found[0], found[1]


def contents_of(summary: PageSummary, numbers: Mapping[int, str]) -> tuple[tuple[Entry, ...], bool]:
    """The lines of the document's contents list with the page numbers they ought to give, and whether there is a list at all.

    `numbers`: the page number printed on each page (or reckoned from its neighbours), as text.
    """
    if not summary.laid_out:
        listed = summary.contents_field or len(summary.entries) >= FEWEST
        return (_reckoned(summary) if listed else ()), listed
    headed = {page for page, text in summary.heading_texts if is_contents_heading(text)}
    by_page: dict[int, list[Entry]] = defaultdict(list)
    for entry in summary.entries:
        by_page[entry.page].append(entry)
    last = max(summary.pages, default=0)
    highest = max([last, *(int(text) for text in numbers.values() if text.isdigit())], default=0)
    titles: dict[str, set[int]] = defaultdict(set)
    for page, text in summary.heading_texts:
        titles[plain(text)].add(page)
    pages: dict[int, list[Entry]] = {}
    for page in sorted(by_page):
        lines = sorted(by_page[page], key=_order)
        follows = page - 1 in pages
        known = sum(bool(titles.get(plain(line.text), frozenset()) - {page}) for line in lines)
        named = page in headed or 2 * known > len(lines)
        rising = _rising(lines, highest, named)
        if len(rising) >= (2 if page in headed or follows else FEWEST) and 2 * len(rising) > len(lines):
            pages[page] = rising
    pages = _headed_runs(pages, headed)
    entries = tuple(entry for page in sorted(pages) for entry in pages[page])
    if not entries:
        return (), _unnumbered(summary, headed)
    return _checked(entries, summary, frozenset(pages), numbers), True


def _headed_runs(pages: dict[int, list[Entry]], headed: set[int]) -> dict[int, list[Entry]]:
    """Of pages with lines of a list those that go on from a contents heading, if there is one: others hold an index."""
    if headed.isdisjoint(pages):
        return pages
    kept: dict[int, list[Entry]] = {}
    for page in sorted(pages):
        if page in headed or page - 1 in kept:
            kept[page] = pages[page]
    return kept


def _reckoned(summary: PageSummary) -> tuple[Entry, ...]:
    """The lines of a list without a layout, each with the page on which the one heading that it names likely stands."""
    where: dict[str, set[int]] = defaultdict(set)
    for index, standing in enumerate(summary.standing):
        where[plain(standing.text)].add(index)
    named = [[summary.standing[index] for index in sorted(_found(entry.text, where))] for entry in summary.entries]
    # A price list with tabs is no contents list; one typed by hand names the headings, which need not have a style.
    typed = sum(map(bool, named)) >= max(FEWEST, NAMED * len(named))
    result = []
    for entry, found in zip(summary.entries, named, strict=True):
        headings = [one for one in found if one.heading]
        chosen = headings if headings and (summary.contents_field or typed) else found if typed else []
        extents = {one.pages for one in chosen}
        likely = extents.pop() if len(extents) == 1 else None
        result.append(replace(entry, actual=likely.likely or None, likely=likely) if likely is not None else entry)
    return tuple(result)


def _order(entry: Entry) -> tuple[float, float]:
    box = entry.box or Box(0, 0, 0, 0)
    return (box.y0, box.x0)


def _rising(lines: Sequence[Entry], highest: int, named: bool) -> list[Entry]:
    """The lines whose numbers climb down the page (or down each of its columns) and can be pages of this document.

    `named`: the page calls itself a contents list or names the document's headings; then some numbers may be wrong.
    """
    # Letters alone can be Roman figures too: the D and M of a date to fill in are no pages 500 and 1000.
    last = {False: STALE * highest if named else highest + 2, True: max(highest + 2, FRONT)}
    possible = [line for line in lines if line.value is not None and 0 < line.value <= last[line.roman]]
    if _climbs(possible):
        return possible
    lefts = sorted(possible, key=lambda line: line.box.x0 if line.box else 0.0)
    columns: list[list[Entry]] = []
    for line in lefts:
        box, before = line.box, columns[-1][0].box if columns else None
        if box and before and box.x0 < before.x1:
            columns[-1].append(line)
        else:
            columns.append([line])
    kept = [sorted(column, key=_order) for column in columns if len(column) > 1]
    if kept and all(map(_climbs, kept)):
        return [line for column in kept for line in column]
    return possible if named and _climbs(possible, WRONG) and not _is_index(possible) else []


def _is_index(lines: Sequence[Entry]) -> bool:
    """Whether the titles, and not the numbers, go up: an index of names."""
    titles = [plain(line.text) for line in lines]
    rising = sum(1 for before, after in itertools.pairwise(titles) if before <= after)
    return len(set(titles)) > FEWEST and rising >= SORTED * (len(titles) - 1)


def _climbs(lines: Sequence[Entry], slips: float = 1 / 12) -> bool:
    values = [line.value + (0 if line.roman else 10_000) for line in lines if line.value is not None]
    drops = sum(after < before for before, after in itertools.pairwise(values))
    return len(values) > 1 and len(set(values)) > 1 and drops <= int(slips * len(values))


def _unnumbered(summary: PageSummary, headed: set[int]) -> bool:
    """A contents heading over three or more titles that come again on later pages."""
    if not headed:
        return False
    titles: dict[str, set[int]] = defaultdict(set)
    for page, text in summary.heading_texts:
        titles[plain(text)].add(page)
    first = min(headed)
    return sum(1 for text, pages in titles.items() if text and first in pages and max(pages) > first) >= 3


def named_further_on(summary: PageSummary, uses: Iterable[HeadingUse]) -> dict[int, frozenset[str]]:
    """The short texts of each page that say what headings of later pages say, where there are several: lines of a contents
    list, with page numbers or without."""
    last: dict[str, int] = {}
    for use in uses:
        if use.place.page is not None:
            key = plain(use.place.text[:LONGEST])
            last[key] = max(use.place.page, last.get(key, 0))
    found: dict[int, set[str]] = defaultdict(set)
    for page, text in summary.heading_texts if last else ():
        if last.get(plain(text), 0) > page:
            found[page].add(text)
    return {page: frozenset(texts) for page, texts in sorted(found.items()) if len(texts) >= FEWEST}


def listed_lines(page: Page, survey: Survey) -> frozenset[int]:
    """The lines that name headings of later pages, with those in their style that stand among them."""
    named = survey.named.get(page.number, frozenset()) if page.number is not None else frozenset()
    if not named:
        return frozenset()
    styles = {key for key, _ in survey.heading_styles}
    blocks = page.blocks
    found = [
        index
        for index, block in enumerate(blocks)
        if block.text[:LONGEST] in named and block.style.key not in styles and not block.in_table
    ]
    result = set(found)
    for first, last in itertools.pairwise(found):
        between = range(first + 1, last)
        if all(len(blocks[at].lines) <= 3 and blocks[at].style.key == blocks[first].style.key for at in between):
            result.update(between)
    return frozenset(result) if len(found) > 2 else frozenset()


def _checked(
    entries: tuple[Entry, ...], summary: PageSummary, lists: frozenset[int], numbers: Mapping[int, str]
) -> tuple[Entry, ...]:
    """Each line with the page number of the heading it names, where exactly one page has that heading."""
    where: dict[str, set[int]] = defaultdict(set)
    for page, text in summary.heading_texts:
        if page not in lists:
            where[plain(text)].add(page)
    titles = Counter(_bare(entry.text) for entry in entries)
    keys = [plain(entry.text) for entry in entries]
    numbered = [key for key in keys if key != key.lstrip("0123456789")]
    # Where the headings carry the numbers that the list gives them, one without is another.
    strict = 2 * sum(1 for key in numbered if key in where) > len(numbered)
    result = []
    for entry in entries:
        pages = _found(entry.text, where, strict)
        if titles[_bare(entry.text)] > 1:
            pages = {
                page for page in pages if numbers.get(page) == str(entry.value)
            }  # of several with one name any may be meant
        told = {numbers[page] for page in pages if page in numbers}
        given = str(entry.value)
        actual: int | None = None
        if given in told:
            actual = entry.value
        elif len(pages) == 1 and len(told) == 1 and told != {""}:
            only = next(iter(told))
            actual = int(only) if only.isdigit() and not entry.roman else None
        result.append(replace(entry, actual=actual))
    return tuple(_in_order(result))


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """The lines, without what was found before a heading that stands above in the list or after one that stands below: another
    text of the same name. Lines whose number is right tell."""
    result = list(entries)
    right = [index for index, entry in enumerate(entries) if entry.actual is not None and entry.actual == entry.value]
    for index, entry in enumerate(entries):
        if entry.actual is None or entry.actual == entry.value:
            continue
        after = bisect_left(right, index)
        first = entries[right[after - 1]].actual if after else None
        last = entries[right[after]].actual if after < len(right) else None
        if (first is not None and entry.actual < first) or (last is not None and entry.actual > last):
            result[index] = replace(entry, actual=None)
    return result


def _bare(text: str) -> str:
    key = plain(text)
    return key.lstrip("0123456789") or key


def _found(text: str, where: Mapping[str, set[int]], strict: bool = False) -> set[int]:
    """The pages whose headings have a title; `strict`: a number that the list gives must stand before the heading, too."""
    key = plain(text)
    if len(key) < 3:
        return set()
    pages = set(where.get(key, ()))
    if not pages and not (strict and key[0].isdigit()):
        bare = key.lstrip("0123456789")
        pages = set(where.get(bare, ())) if len(bare) >= 3 else set()
    if not pages:  # the heading carries a number that the list leaves out
        pages = {page for other, found in where.items() if other.lstrip("0123456789") == key for page in found}
    return pages
