"""What is on the page: the plain facts that readers measure and `layout/` understands.

Everything is frozen and holds no file. Lengths are points on paper (after text matrix, CTM, UserUnit and declared print scale),
coordinates run from the top left of the trimmed page as viewed. `None` always means "not known", never "none of it".

A PDF reader makes one `Marks` a page and `layout.understand` turns it into a `Page`. A DOCX reader, which knows paragraphs but
no lines, makes `Page`s itself, one a section, with `laid_out=False` and blocks without lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Literal

from clearprint.colour import Colour
from clearprint.geometry import Box

Alignment = Literal["left", "right", "centred", "justified"]
Role = Literal[
    "body",  # running text in the document's commonest style, or one like it
    "heading",
    "title",  # the one largest heading of the document or cover
    "list",
    "quote",  # pull quote or sidebar
    "caption",
    "table",  # a cell or row of a table
    "note",  # footnote, endnote, small print
    "running-head",  # repeated in the head of pages
    "running-foot",
    "folio",  # the page number
    "contents",  # a line of a contents list
    "address",
    "verse",
    "code",
    "form",  # label of a place to write
    "label",  # text inside a drawing
    "logotype",
    "watermark",
    "other",
]
PageState = Literal[
    "live",  # text that can be read, or drawing only
    "scan",  # a raster over half of it with hidden recognised text or no live text
    "outlined",  # rows of text drawn as outlines
    "unreadable",  # letters that cannot be told (no usable code map)
    "picture",  # a picture and no text
    "blank",
]


# --- type ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Digits:
    """How far the figures of one face can be told apart."""

    distinctness: float  # mean blurred distance of the critical pairs, in em, at 12 pt (see formats/pdf_faces.py)
    worst_pair: str  # "3/8"
    thin_to_thick: float  # thinnest over thickest stroke
    hairline: bool = False
    old_style: bool = False
    proportional: bool = False
    one_like_l: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """One font as its outlines show it. Lengths in em unless said otherwise."""

    name: str  # PostScript name without the subset tag: "AtkinsonHyperlegible-Regular"
    family: str  # for counting families: "Atkinson Hyperlegible"; "Arial" for ArialMT and Arial-BoldMT
    weight: int | None = None  # 100 to 900 as seen, 400 regular, 700 bold
    italic: bool | None = None
    condensed: bool | None = None
    genre: Literal["text", "script", "decorative"] | None = None
    caps_only: bool = False  # its lower-case letters look like capitals
    named_light: bool = False  # named or classed under 400, whatever its outlines say
    stem: float | None = None  # vertical stem over x-height
    x_height: float | None = None
    cap_height: float | None = None
    ascender: float | None = None
    descender: float | None = None  # positive, below the baseline
    line_height: float | None = None  # what a word processor calls single spacing
    space: float | None = None  # advance of its own space
    digits: Digits | None = None
    embedded: bool = False
    basis: Literal["outlines", "descriptor", "table", "name"] | None = None  # what weight and genre rest on


@dataclass(frozen=True, slots=True)
class Style:
    """How a run of text is set."""

    face: Face
    size: float  # effective size on paper, points
    colour: Colour | None = None  # of the ink, before opacity
    opacity: float = 1.0
    caps: Literal["all", "small"] | None = None  # capitals by styling, whatever is typed
    raised: bool = False  # superscript or subscript
    underlined: bool = False
    link: bool = False
    struck: bool = False
    stretch: float = 1.0  # width over height: 0.8 is squeezed by a fifth
    tracking: float | None = 0.0  # added between letters, share of size
    synthetic_bold: bool = False  # stroked as well as filled
    synthetic_italic: bool = False  # skewed

    @property
    def weight(self) -> int | None:
        """Weight as seen: a synthetic bold counts as what it looks like."""
        if self.face.weight is None:
            return None
        return min(900, self.face.weight + 300) if self.synthetic_bold else self.face.weight

    @property
    def italic(self) -> bool | None:
        return True if self.synthetic_italic else self.face.italic

    @property
    def key(self) -> StyleKey:
        weight = self.weight
        return (self.face.family, round(self.size, 1), weight if weight is not None else 0, bool(self.italic))


StyleKey = tuple[str, float, int, bool]
"""Family, size in points to a tenth, weight (0 unknown), italic: what makes two runs "the same style"."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies behind a word. On an uneven ground `colour` is that of its worst tenth against the ink."""

    colour: Colour
    kind: Literal["paper", "flat", "uneven", "picture"] = "paper"
    box: Box | None = None  # where the worst of it lies
    error: float = 0.0  # of a contrast ratio taken against it


@dataclass(frozen=True, slots=True)
class Word:
    """Letters set without a gap, in one style. Readers hand these over; a word in two styles is two pieces with no gap."""

    text: str
    box: Box  # x: advance to advance; y: cap height to descender (of its ink, not its line box)
    baseline: float  # y of the baseline (for turned text: the coordinate across the run, see `angle`)
    style: Style
    ground: Ground | None = None
    space_before: bool = False  # the file holds a space character before it
    angle: float = 0.0  # degrees anticlockwise from the horizontal, as the page is viewed
    vertical: bool = False  # set from top to bottom (upright CJK columns)
    right_to_left: bool = False
    tag: int | None = None  # index into Marks.tags
    authored_hyphen: bool = True  # False: its closing hyphen is a soft one (U+00AD) or hidden by ActualText


@dataclass(frozen=True, slots=True)
class Span:
    """A run of words in one style on one line (PDF) or a run of a paragraph (DOCX: `box` None, no words)."""

    text: str
    style: Style
    box: Box | None = None
    words: tuple[Word, ...] = ()
    ground: Ground | None = None  # of a DOCX run; in PDF each word has its own

    @property
    def letters(self) -> int:
        """Letters and digits, the amount text questions count in."""
        return letters(self.text)


# --- places --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was seen: a box on a page, or a path into a document without pages. Text makes the fingerprint."""

    page: int | None = None
    box: Box | None = None
    text: str = ""  # the whole text of the place; excerpts are cut from it
    path: str | None = None  # "Getting here, paragraph 3"
    style: str = ""  # "Arial 8.5 pt bold": for grouping faults that one change mends
    before: str = ""
    after: str = ""
    digest: str = ""  # of a picture's pixels, for fingerprints
    order: int = 0  # of a place without a box: its turn in the document, for sorting only


@dataclass(frozen=True, slots=True)
class NotLookedAt:
    """Something on the paper that no check looked at, and why."""

    page: int | None
    box: Box | None
    reason: str


# --- understood text -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text as the reader of the page sees it."""

    text: str
    spans: tuple[Span, ...]
    box: Box
    baseline: float
    size: float  # commonest size by letters
    gaps: tuple[float, ...] = ()  # widths of its word spaces, points; tabs and spaces after a full stop left out
    full: bool | None = None  # a full line of its paragraph: the next line's first word would not have fitted
    angle: float = 0.0
    hyphen: Literal["split", "compound", "digits"] | None = None  # what the hyphen at its end breaks

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for span in self.spans for word in span.words)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item, caption, cell: text that reads as one."""

    spans: tuple[Span, ...]
    text: str
    size: float  # commonest size by letters, points
    lines: tuple[Line, ...] = ()  # empty where there is no layout
    box: Box | None = None
    page: int | None = None
    role: Role = "other"
    hint: Role | None = None  # role by tag or style; the page may outvote it
    level: int | None = None  # of a heading, 1 the highest
    alignment: Alignment | None = None  # None: cannot be told (two lines, one line)
    leading: float | None = None  # median baseline to baseline, points
    leading_error: float = 0.0
    first_indent: float = 0.0  # of its first line against the rest, points; negative hangs
    step: float | None = None  # its last baseline to the first of the next running paragraph of the same column, points
    column: int | None = None  # index into Page.columns
    in_columns: bool = False  # 3+ lines of running text stand beside it for half its height
    in_table: bool = False
    in_picture: bool = False
    angle: float = 0.0  # degrees off the horizontal, as viewed
    stacked: bool = False  # letters one a line
    drop_capital: bool = False
    centred_on: Literal["column", "page"] | None = None  # a one- or two-line block that stands in the middle
    right_to_left: bool = False
    language: str | None = None  # "en", "cy"
    style_name: str = ""  # the author's name for its style, when the file has it
    path: str | None = None
    before: str = ""  # a little text before and after, for fingerprints
    after: str = ""
    hyphenation: bool | None = None  # DOCX: hyphenation is on for this paragraph
    even_gaps_error: float = 0.0
    forced_breaks: bool = False  # the author broke its lines by hand
    room: float | None = None  # width its lines have, points, where there is no layout to show it (DOCX)
    order: int = 0  # its turn in a document without a layout

    @property
    def place(self) -> Place:
        return self.place_of(self)

    @property
    def style(self) -> Style:
        """The style that sets most of its letters."""
        return max(self.spans, key=lambda span: letters(span.text)).style

    def place_of(self, part: Block | Line | Span | Word) -> Place:
        """The place of this block or of one of its lines, spans or words."""
        if isinstance(part, Block):
            style = part.style
        elif isinstance(part, Line):
            style = part.spans[0].style
        else:
            style = part.style
        return Place(self.page, part.box, part.text, self.path, describe(style), self.before, self.after, order=self.order)

    @property
    def word_count(self) -> int:
        return len(self.text.split())


@dataclass(frozen=True, slots=True)
class Column:
    """A column of running text on one page."""

    box: Box
    lines: int


@dataclass(frozen=True, slots=True)
class Gutter:
    """The white between two columns: from the longest line on the left to the left edge on the right."""

    box: Box | None
    width: float  # points
    ruled: bool = False  # a rule stands in it
    size: float | None = None  # body size beside it, points
    path: str | None = None
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """Where text goes from one column to the next."""

    page: int
    box: Box  # of the text that is carried on, or of what stands across
    text: str
    to_top: bool  # carried on at the top of the next column or page
    across: Literal["picture", "box", "heading"] | None = None  # stands across columns with one story above and below
    top_difference: float = 0.0  # points between the tops of the columns
    width_difference: float = 0.0  # share of the wider column


# --- other marks ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as printed, after clipping and cropping; touching slices are one."""

    box: Box | None
    kind: Literal["raster", "drawing"] = "raster"
    use: Literal["picture", "ground", "logo", "icon", "code"] = "picture"
    pixels_per_inch: float | None = None  # the worse of both directions, at printed size
    tonal_range: float | None = None  # 5th to 95th percentile of luminance, 0 to 1
    blur: float | None = None  # 0 sharp, 1 no detail finer than two pixels
    thinnest: float | None = None  # thinnest data line of a drawing, points
    clearance: float | None = None  # to the nearest text that is not its caption, points; 0 when it touches
    caption_clearance: float | None = None
    overlaps_text: bool = False
    title_on_even_part: bool = False  # the only overlap: one or two lines of title on an even part
    text_leading: float | None = None  # line pitch of the body beside it, points
    page: int | None = None
    path: str | None = None
    name: str = ""  # description or file name inside the document
    digest: str = ""  # of its pixels, for fingerprints

    @property
    def place(self) -> Place:
        return Place(self.page, self.box, self.name, self.path, digest=self.digest)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A printed line, or a filled bar thin enough to look like one."""

    box: Box
    width: float  # points
    horizontal: bool
    colour: Colour | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A filled or outlined rectangle: a tint, a sidebar's box, a table's cell."""

    box: Box
    fill: Colour | None = None
    outlined: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A place to write."""

    kind: Literal["text", "line", "cell", "tick", "comb", "signature"]
    box: Box | None
    height: float | None  # room to write in, points: of the box, or to the writing line above
    width: float | None
    cells: int | None = None  # of a comb
    label: str = ""
    value: str = ""
    page: int | None = None
    path: str | None = None

    @property
    def place(self) -> Place:
        return Place(self.page, self.box, self.label, self.path)


@dataclass(frozen=True, slots=True)
class Wrap:
    """Text beside a picture, box, pull quote or drop capital."""

    around: Literal["picture", "box", "quote", "drop-capital"]
    place: Place
    runs_around: bool  # lines of one paragraph start or end elsewhere to make room for it


@dataclass(frozen=True, slots=True)
class Overlap:
    """Different text over text."""

    place: Place
    other: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A structure element of a tagged PDF: `role` is its standard type after the role map (ISO 32000-1, 14.8.4)."""

    role: str  # "P", "H1", "LI", "TD", "Caption", "Artifact" …
    language: str | None = None


# --- pages ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marks:
    """One page as a reader of a laid-out format measured it, before anything is understood."""

    number: int  # 1 is the first page of the file
    width: float  # of the trimmed page as viewed
    height: float
    words: tuple[Word, ...] = ()
    pictures: tuple[Picture, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    panels: tuple[Panel, ...] = ()
    fields: tuple[Field, ...] = ()
    tags: tuple[Tag, ...] = ()
    state: PageState = "live"
    trim_basis: Literal["trim", "crop", "media", "marks"] = "media"
    turned: int = 0  # degrees of /Rotate
    fold_lines: tuple[Box, ...] = ()
    language: str | None = None
    ink_box: Box | None = None  # round every mark inside the trim
    coverage: float | None = None  # share of the page with marks on it (pictures, panels, text boxes)
    not_looked_at: tuple[NotLookedAt, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page (or DOCX section) understood."""

    number: int | None
    width: float
    height: float
    blocks: tuple[Block, ...] = ()
    columns: tuple[Column, ...] = ()
    gutters: tuple[Gutter, ...] = ()
    joins: tuple[Join, ...] = ()
    pictures: tuple[Picture, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    panels: tuple[Panel, ...] = ()
    fields: tuple[Field, ...] = ()
    wraps: tuple[Wrap, ...] = ()
    overlaps: tuple[Overlap, ...] = ()
    state: PageState = "live"
    laid_out: bool = True  # False: lines and positions are not known
    counted: bool = True  # False: a cover or a blank (known once the Survey is)
    trim_basis: Literal["trim", "crop", "media", "marks"] = "media"
    turned: int = 0
    fold_lines: tuple[Box, ...] = ()
    margins: tuple[float, float, float, float] | None = None  # white at left, top, right, bottom: text and pictures, no ground
    coverage: float | None = None  # share of the page with marks on it
    text_behind: tuple[Place, ...] = ()  # paragraphs that a picture or watermark lies behind
    hyphenation: bool | None = None  # DOCX: the section's hyphenation is on
    path: str | None = None  # "section 2"
    not_looked_at: tuple[NotLookedAt, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.number, None, "", self.path)

    def paragraphs(self) -> Iterator[Block]:
        """Blocks that read as running text: body, lists, quotes, notes."""
        return (block for block in self.blocks if block.role in RUNNING)


RUNNING: frozenset[Role] = frozenset({"body", "list", "quote", "note", "other"})


# --- whole documents -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Job:
    """What was declared of the print job. None: not declared."""

    kind: str | None = None  # leaflet, booklet, letter, form, poster, newsletter, book, card, screen
    paper: str | None = None  # gloss, silk, matt, uncoated
    paper_weight: float | None = None  # grams a square metre
    paper_colour: Colour | None = None
    both_sides: bool | None = None
    fold: str | None = None  # none, half, tri, z, gate, double-parallel, french …
    fold_positions: tuple[float, ...] = ()  # from the left edge, points
    binding: str | None = None  # none, staple, saddle, perfect, case, tape, wire, spiral, comb, ring
    scale: float | None = None  # printed size over the file's size
    hand_filled: bool | None = None
    cover: tuple[int, ...] | None = None  # page numbers; () when it has none
    stage: str | None = None  # draft, final
    language: str | None = None


@dataclass(frozen=True, slots=True)
class FaceUse:
    """How much of the document a face sets."""

    face: Face
    letters: int = 0
    digits: int = 0
    smallest_digits: float | None = None  # points
    table_digits: int = 0
    place: Place = Place()  # the first place in page order

    def merged(self, other: FaceUse) -> FaceUse:
        sizes = [size for size in (self.smallest_digits, other.smallest_digits) if size is not None]
        return FaceUse(
            self.face,
            self.letters + other.letters,
            self.digits + other.digits,
            min(sizes) if sizes else None,
            self.table_digits + other.table_digits,
            min(self.place, other.place, key=place_order),
        )


@dataclass(frozen=True, slots=True)
class HeadingUse:
    """One heading as it stands, for comparing headings of one level across pages."""

    level: int | None  # by tag or style; else None and `key` decides
    key: StyleKey
    left: float | None  # its left edge from its column's, points
    colour: Colour | None
    centred: bool
    place: Place


@dataclass(frozen=True, slots=True)
class FolioCandidate:
    """A number in the head or foot of a page that may be its page number."""

    page: int
    value: int
    roman: bool
    text: str
    box: Box
    key: StyleKey
    colour: Colour | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a contents list."""

    page: int
    text: str
    value: int | None  # the page number it gives
    roman: bool
    box: Box | None
    actual: int | None = None  # the page number that the heading really has; None: not found


@dataclass(frozen=True, slots=True)
class PageSize:
    """Trimmed size in points as viewed."""

    page: int | None
    width: float
    height: float
    path: str | None = None


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What one page says about the whole document. Merging is associative and free of order."""

    pages: frozenset[int] = frozenset()
    sections: int = 0  # of a document without pages
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
    not_looked_at: tuple[NotLookedAt, ...] = ()
    guesses: Counter[str] = field(default_factory=Counter)  # small words by the language they belong to

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


@dataclass(frozen=True, slots=True)
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
    running_heads: frozenset[str] = frozenset()  # texts repeated in the head or foot of pages
    contents: tuple[Entry, ...] = ()
    contents_list: bool = False
    covers: frozenset[int] = frozenset()
    blanks: frozenset[int] = frozenset()
    counted_pages: int = 0  # without covers and blanks
    sizes: tuple[PageSize, ...] = ()
    states: tuple[tuple[int, PageState], ...] = ()
    unreadable: tuple[int, ...] = ()  # pages whose text could not be read
    hyphenated: frozenset[str] = frozenset()
    inner_margins: tuple[tuple[int, float, float], ...] = ()
    columns: int = 1  # the commonest number of columns
    fold_lines: tuple[tuple[int, Box], ...] = ()
    not_looked_at: tuple[NotLookedAt, ...] = ()

    @property
    def body_size(self) -> float | None:
        return self.body[1] if self.body else None


# --- helpers -------------------------------------------------------------------------------------------------------


def letters(text: str) -> int:
    """How many letters and digits a text has."""
    return sum(map(str.isalnum, text))


def describe(style: Style) -> str:
    """`Arial 8.5 pt bold italic`: a style in words, for people and for grouping."""
    weight = style.weight
    parts = [style.face.family or style.face.name, f"{style.size:.4g} pt"]
    if weight is not None and weight >= 600:
        parts.append("bold")
    elif weight is not None and weight < 400:
        parts.append("light")
    if style.italic:
        parts.append("italic")
    return " ".join(part for part in parts if part)


def place_order(place: Place) -> tuple[float, float, float, str]:
    """Sort key: page order, then down and across; without a box the turn in the document, then the path."""
    page = float(place.page) if place.page is not None else float("inf")
    top, left = (place.box.y0, place.box.x0) if place.box else (float(place.order), 0.0)
    return page, top, left, place.path or place.text


def _merged_faces(mine: tuple[FaceUse, ...], theirs: tuple[FaceUse, ...]) -> tuple[FaceUse, ...]:
    together: dict[Face, FaceUse] = {use.face: use for use in mine}
    for use in theirs:
        known = together.get(use.face)
        together[use.face] = use if known is None else known.merged(use)
    return tuple(sorted(together.values(), key=lambda use: (use.face.name, repr(use.face))))
