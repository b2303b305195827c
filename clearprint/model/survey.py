"""The whole document: what is declared, what each page adds (`PageSummary`), and what all say together (`Survey`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field, fields
from typing import Literal

from clearprint.colour import Colour
from clearprint.geometry import Box
from clearprint.model.page import PageState
from clearprint.model.place import NO_PAGES, Extent, NotLookedAt, Numbering, Place, Standing, place_order
from clearprint.model.type import Face, StyleKey
from clearprint.records import record


@record
class Job:
    """What was declared of the print job. None: not declared."""

    kind: str | None = None  # leaflet, booklet, letter, form, poster, newsletter, book, card, screen
    paper: str | None = None  # gloss, silk, matt, uncoated
    paper_weight: float | None = None  # grams a square metre
    paper_colour: Colour | None = None
    both_sides: bool | None = None
    fold: str | None = None  # none, half, tri, z, gate, double-parallel, french …
    fold_positions: tuple[float, ...] = ()  # of the front, from the left edge, points
    fold_heights: tuple[float, ...] = ()  # of folds from side to side, from the top edge, points
    panels: tuple[int, int] | None = None  # equal panels side by side, and one under another
    finished_size: tuple[float, float] | None = None  # width and height in the hand, points
    binding: str | None = None  # none, staple, saddle, perfect, case, tape, wire, spiral, comb, ring
    scale: float | None = None  # printed size over the file's size
    hand_filled: bool | None = None
    cover: tuple[int, ...] | None = None  # page numbers, -1 the last; () when it has none
    stage: str | None = None  # draft, final
    language: str | None = None


@record
class FaceUse:
    """How much of the document a face sets."""

    face: Face
    letters: int = 0
    digits: int = 0
    smallest_digits: float | None = None  # points
    table_digits: int = 0
    place: Place = field(default_factory=Place)  # the first in page order, with figures if the face sets any

    def merged(self, other: FaceUse) -> FaceUse:
        sizes = [size for size in (self.smallest_digits, other.smallest_digits) if size is not None]
        return FaceUse(
            self.face,
            self.letters + other.letters,
            self.digits + other.digits,
            min(sizes) if sizes else None,
            self.table_digits + other.table_digits,
            min(self._shown(other), other._shown(self), key=place_order),
        )

    def _shown(self, other: FaceUse) -> Place:
        """Its place, unless only the other has figures: a fault of figures is shown where there are some."""
        return other.place if other.digits and not self.digits else self.place


@record
class StandIn:
    """A face that a document asks for and that is not here, and what it was set or measured in."""

    face: str
    used: str
    error: float  # share by which lines may be longer or shorter than in the face itself


@record
class LayoutBasis:
    """What the lines and pages of a text document rest on."""

    engine: str  # "LibreOffice", "clearprint"
    version: str
    stand_ins: tuple[StandIn, ...] = ()


@record
class HeadingUse:
    """One heading as it stands, for comparing headings of one level across pages."""

    level: int | None  # by tag or style; else None and `key` decides
    key: StyleKey
    left: float | None  # its left edge from its column's, points
    colour: Colour | None
    centred: bool
    place: Place
    over: StyleKey | None = None  # style of the text right below it


@record
class FolioCandidate:
    """A number in the head or foot of a page that may be its page number."""

    page: int
    value: int
    roman: bool
    text: str
    box: Box
    key: StyleKey
    colour: Colour | None


@record
class Entry:
    """A line of a contents list."""

    page: int
    text: str
    value: int | None  # the page number it gives
    roman: bool
    box: Box | None
    actual: int | None = None  # the page number that the heading really has; None: not found
    path: str | None = None  # where it stands in a document without pages
    likely: Extent | None = None  # without a layout, where the heading likely stands: NO_PAGES where that is not known


@record
class PageSize:
    """Trimmed size in points as viewed."""

    page: int | None
    width: float
    height: float
    path: str | None = None


@record
class Sheets:
    """Pages of the file that are sheets with more than one page on them."""

    kind: Literal["spreads", "imposed", "two-up"]  # as read, as printed and folded, the same twice
    pages: tuple[int, ...]


@record
class PageSummary:
    """What one page says about the whole document. Merging is associative and free of order."""

    pages: frozenset[int] = frozenset()
    sections: int = 0  # of a document without pages
    extent: Extent = NO_PAGES  # pages that it likely makes
    uncounted: Extent = NO_PAGES  # covers and blanks among them
    numbering: tuple[Numbering, ...] = ()
    laid_out: bool = True
    letters_by_style: Counter[StyleKey] = field(default_factory=Counter)
    letters_by_family: Counter[str] = field(default_factory=Counter)
    running_by_style: Counter[StyleKey] = field(default_factory=Counter)  # letters in paragraphs of 2+ lines
    languages: Counter[str] = field(default_factory=Counter)
    faces: tuple[FaceUse, ...] = ()  # one a face
    headings: tuple[HeadingUse, ...] = ()
    folios: tuple[FolioCandidate, ...] = ()
    heads: tuple[tuple[int, str, Box], ...] = ()  # page, text, box of candidates for running heads and feet
    entries: tuple[Entry, ...] = ()
    heading_texts: tuple[tuple[int, str], ...] = ()  # page and text of every line that may be a heading
    standing: tuple[Standing, ...] = ()  # of a document without pages, where headings likely stand
    contents_field: bool = False  # DOCX: a contents field stands in the document
    sizes: tuple[PageSize, ...] = ()
    words: tuple[tuple[int, int], ...] = ()  # page, words on it
    long_paragraph_pages: frozenset[int] = frozenset()  # pages with a paragraph of 3+ lines
    states: tuple[tuple[int, PageState], ...] = ()
    hyphenated: frozenset[str] = frozenset()  # words seen with a hyphen inside a line
    inner_margins: tuple[tuple[int, float, float], ...] = ()  # page, left and right white, points
    columns: Counter[int] = field(default_factory=Counter)  # pages by number of columns
    gutters: int = 0
    fields: int = 0
    fold_lines: tuple[tuple[int, Box], ...] = ()
    twins: frozenset[int] = frozenset()  # pages whose halves carry the same
    not_looked_at: tuple[NotLookedAt, ...] = ()
    guesses: Counter[str] = field(default_factory=Counter)  # small words by the language they belong to
    flowing: tuple[tuple[int, Box], ...] = ()  # lines among `heads` that the page's text leads on from or to without a gap

    def merged(self, other: PageSummary) -> PageSummary:
        """Both together. Tuples are kept sorted, so that the order of merging leaves no trace."""
        values: dict[str, object] = {}
        for item in fields(self):
            mine, theirs = getattr(self, item.name), getattr(other, item.name)
            if item.name == "faces":
                values[item.name] = _merged_faces(mine, theirs)
            elif isinstance(mine, bool):
                values[item.name] = (mine and theirs) if item.name == "laid_out" else (mine or theirs)
            elif isinstance(mine, frozenset):
                values[item.name] = mine | theirs
            elif isinstance(mine, tuple):
                values[item.name] = tuple(sorted(mine + theirs, key=repr)) if mine and theirs else mine or theirs
            else:
                values[item.name] = mine + theirs
        return PageSummary(**values)  # type: ignore[arg-type]


def merge_summaries(summaries: Iterable[PageSummary]) -> PageSummary:
    """All of them as one: pairwise, so that a long document costs n log n and not n squared."""
    layer = list(summaries) or [PageSummary()]
    while len(layer) > 1:
        pairs = [layer[i].merged(layer[i + 1]) for i in range(0, len(layer) - 1, 2)]
        layer = pairs + ([layer[-1]] if len(layer) % 2 else [])
    return layer[0]


@record
class Survey:
    """The whole document, as far as one page needs to know it."""

    job: Job = Job()
    pages: int = 0  # of the file; 0 when it has no layout
    laid_out: bool = True
    letters: int = 0
    body: StyleKey | None = None  # the commonest text style
    body_styles: frozenset[StyleKey] = frozenset()  # it and styles like it
    letters_by_style: tuple[tuple[StyleKey, int], ...] = ()  # commonest first
    letters_by_family: tuple[tuple[str, int], ...] = ()
    language: str | None = None
    faces: tuple[FaceUse, ...] = ()
    headings: tuple[tuple[HeadingUse, ...], ...] = ()  # one tuple a level, highest first, each in page order
    heading_styles: tuple[tuple[StyleKey, int], ...] = ()  # style key to level, where no tag or style says so
    folios: tuple[FolioCandidate, ...] = ()  # the page numbers as followed, in page order
    folios_missing: tuple[int, ...] = ()  # counted pages that should have one and do not
    # texts repeated in the head or foot of pages, with the greatest height of ink (points) at which each still is furniture
    running_heads: Mapping[str, float] = field(default_factory=dict)
    text_styles: frozenset[StyleKey] = frozenset()  # larger than the body, and used for text more than for headings
    contents: tuple[Entry, ...] = ()
    contents_list: bool = False
    named: Mapping[int, frozenset[str]] = field(default_factory=dict)  # texts of a page that headings of later pages repeat
    covers: frozenset[int] = frozenset()
    blanks: frozenset[int] = frozenset()
    counted_pages: int = 0  # without covers and blanks
    extent: Extent = NO_PAGES  # pages that a document without a layout likely makes
    counted_extent: Extent = NO_PAGES  # the same without covers and blanks
    numbering: tuple[Numbering, ...] = ()  # of such a document, by section
    sizes: tuple[PageSize, ...] = ()
    states: tuple[tuple[int, PageState], ...] = ()
    unreadable: tuple[int, ...] = ()  # pages whose text could not be read
    hyphenated: frozenset[str] = frozenset()
    inner_margins: tuple[tuple[int, float, float], ...] = ()
    columns: int = 1  # the commonest number of columns
    fold_lines: tuple[tuple[int, Box], ...] = ()
    sheets: Sheets | None = None  # where pages of the file carry more than one page
    not_looked_at: tuple[NotLookedAt, ...] = ()

    @property
    def body_size(self) -> float | None:
        return self.body[1] if self.body else None


def _merged_faces(mine: tuple[FaceUse, ...], theirs: tuple[FaceUse, ...]) -> tuple[FaceUse, ...]:
    together: dict[Face, FaceUse] = {use.face: use for use in mine}
    for use in theirs:
        known = together.get(use.face)
        together[use.face] = use if known is None else known.merged(use)
    return tuple(sorted(together.values(), key=lambda use: (use.face.name, repr(use.face))))
