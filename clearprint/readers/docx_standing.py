"""On which pages the headings of a DOCX likely stand, as the page numbers printed there: what its contents list should say."""

from __future__ import annotations

from collections.abc import Sequence

from clearprint.model import NO_PAGES, Extent, Standing
from clearprint.readers.docx_blocks import Section, Set
from clearprint.records import record

_LONGEST = 25  # words of a line that a contents list may name
_DECIMAL = (None, "decimal")


@record(frozen=False)
class _Found:
    text: str
    heading: bool
    pages: list[int]  # by reckoning: least, likely, most; empty where it is not known

    def moved(self, pages: Sequence[int]) -> None:
        self.pages = list(pages) if self.pages else []


class Headings:
    """Follows headings through the three reckonings of `docx_pages`. `pages` are counted from the first, 1."""

    def __init__(self) -> None:
        self._found: list[_Found] = []
        self._kept: list[_Found] = []  # stand on the page of what follows them
        self._shifts: list[int] | None = [0, 0, 0]  # from the count of pages to their numbers; None: not known
        self._decimal = True

    def open(self, section: Section, pages: Sequence[int], noted: bool) -> None:
        """Begins a section. `noted`: with footnotes, which take room on pages that nobody knows."""
        self._kept = []
        self._decimal = section.number_format in _DECIMAL
        if section.first_page is not None:
            opens = section.number == 1 or section.opens not in ("continuous", "nextColumn")
            self._shifts = [section.first_page - page for page in pages] if opens else None
        if noted:
            self._shifts = None

    def put(self, item: Set, pages: Sequence[int], settled: Sequence[int]) -> None:
        """A paragraph of the body, with the page of its first line and of its second, by reckoning."""
        for kept in self._kept:
            kept.moved(self._numbers(settled))
        if not item.props.get("keepNext"):
            self._kept = []
        found = self._named(item, self._numbers(pages))
        if found is not None and item.props.get("keepNext"):
            self._kept.append(found)

    def put_aside(self, item: Set) -> None:
        """What stands in a cell or box, whose page is not followed."""
        self._named(item, [])

    def put_row(self, settled: Sequence[int]) -> None:
        """A row of a table, with the page of its second line."""
        for kept in self._kept:
            kept.moved(self._numbers(settled))
        self._kept = []

    def taken(self) -> tuple[Standing, ...]:
        """All since the last time."""
        found, self._found, self._kept = self._found, [], []
        return tuple(Standing(one.text, Extent(*sorted(one.pages)) if one.pages else NO_PAGES, one.heading) for one in found)

    def _named(self, item: Set, pages: list[int]) -> _Found | None:
        block = item.block
        if block is None or block.hint == "contents" or ("\t" in block.text.strip() and block.hint != "heading"):
            return None
        heading = block.hint in ("heading", "title")
        if not heading and block.word_count > _LONGEST:
            return None
        found = _Found(block.text[:160], heading, pages)
        self._found.append(found)
        return found

    def _numbers(self, pages: Sequence[int]) -> list[int]:
        if self._shifts is None or not self._decimal:
            return []
        return [page + shift for page, shift in zip(pages, self._shifts, strict=True)]
