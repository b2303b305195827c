"""Contents list: whether a longer document has one on paper, and whether the page numbers in it are right.

Cannot see: a list that is a picture. Bookmarks do not count on paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from clearprint.answers import Observation, seen
from clearprint.model import NO_PAGES, Entry, Place, Survey

MEASURES = {"pages-without": "count", "list": "word", "number": "word"}
FACTS = {"pages": "count", "about": "word", "fewest": "count", "most": "count", "given": "count", "actual": "count"}


def on_survey(survey: Survey) -> Iterator[Observation]:
    if survey.contents_list:
        first = next((entry for entry in survey.contents if entry.box is not None), None)
        place = Place(first.page, None, first.text) if first is not None else Place()
        yield seen("list", place, "present", pages=survey.counted_pages)
        yield from _numbers(survey) if survey.laid_out else _likely_numbers(survey)
    elif not survey.laid_out:
        yield _estimated(survey)
    elif survey.unreadable:
        yield Observation.unmeasured("list", Place(), "unreadable", "unreadable")
    else:
        yield seen("pages-without", Place(), survey.counted_pages, pages=survey.counted_pages, about="")


def _estimated(survey: Survey) -> Observation:
    """The pages that a document without a layout likely makes; open where the limit lies between the fewest and the most."""
    pages = survey.counted_extent
    if not survey.extent.most:
        return Observation.unmeasured("list", Place(), "estimate", "estimate")
    likely = min(max(pages.likely, pages.least + 1), pages.most)  # of three or four pages say four
    error = float(max(pages.most - likely, likely - pages.least))
    facts = {"pages": likely, "fewest": pages.least, "most": pages.most, "about": "about "}
    return Observation("pages-without", Place(), likely, 1, error, facts, "estimate", "estimate")


def _numbers(survey: Survey) -> Iterator[Observation]:
    known = [entry for entry in survey.contents if not entry.roman]
    # Where no page carries a number, page 1 of the file need not be page 1 of the document: only differences tell.
    shift = 0 if survey.folios else _commonest_shift(known)
    for entry in known:
        if entry.value is None or entry.actual is None:
            continue
        right = entry.actual + shift == entry.value
        place = Place(entry.page, entry.box, entry.text)
        yield seen("number", place, "right" if right else "wrong", amount=0, given=entry.value, actual=entry.actual + shift)


def _likely_numbers(survey: Survey) -> Iterator[Observation]:
    """Numbers against the pages that headings likely stand on: right or wrong where all reckonings agree, else open."""
    known = [entry for entry in survey.contents if not entry.roman and entry.value is not None and entry.likely is not None]
    numbered = any(kind.number is not None for kind in survey.numbering)
    sure = [entry for entry in known if entry.likely and 0 < entry.likely.least == entry.likely.most]
    shift = 0 if numbered else _commonest_shift(sure)
    for entry in known:
        place = Place(None, None, entry.text, entry.path)
        pages = entry.likely or NO_PAGES
        if not pages.most or (not numbered and not sure):
            yield Observation.unmeasured("number", place, "estimate", "numbers")
            continue
        first, last = pages.least + shift, pages.most + shift
        facts: dict[str, Any] = {"given": entry.value, "actual": pages.likely + shift}
        if first == last:
            yield seen("number", place, "right" if entry.value == first else "wrong", amount=0, **facts)
        elif first <= (entry.value or 0) <= last:
            yield Observation.unmeasured("number", place, "estimate", "numbers")
        else:
            yield seen("number", place, "far", amount=0, **facts)


def _commonest_shift(entries: list[Entry]) -> int:
    shifts = Counter(entry.value - entry.actual for entry in entries if entry.value is not None and entry.actual is not None)
    return min(shifts, key=lambda shift: (-shifts[shift], abs(shift)), default=0)
