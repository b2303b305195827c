"""One page: what a reader measures (`Marks`) and what layout makes of it (`Page`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Literal

from clearprint.colour import Colour
from clearprint.geometry import Box, hull
from clearprint.model.place import NO_PAGES, Extent, NotLookedAt, Numbering, Place, Standing
from clearprint.model.type import Span, Style, StyleKey, Word, describe, letters
from clearprint.records import record

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


# --- understood text -----------------------------------------------------------------------------------------------


@record(slots=False)  # without slots: what many ask is kept
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

    @cached_property
    def words(self) -> tuple[Word, ...]:
        return self.spans[0].words if len(self.spans) == 1 else tuple([word for span in self.spans for word in span.words])


@record
class EstimatedLine:
    """A line of a block without a layout, broken by the widths of its letters."""

    text: str
    full: bool  # the next word would not have fitted
    slack: float  # of the room it has, what its letters and spaces leave, points
    split: str = ""  # the word that it ends in a part of: an optional hyphen shows


@record(slots=False)  # without slots: what many ask is kept
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
    left: float | None = None  # of its first line from its column's edge, points, where there is no layout to show it (DOCX)
    step: float | None = None  # its last baseline to the first of the next running paragraph of the same column, points
    column: int | None = None  # index into Page.columns
    in_columns: bool = False  # 3+ lines of running text stand beside it for half its height
    in_table: bool = False
    in_picture: bool = False
    angle: float = 0.0  # degrees off the horizontal, as viewed
    turned: int = 0  # letters of runs that are turned by a quarter inside its lines (DOCX)
    stacked: bool = False  # letters one a line
    drop_capital: bool = False
    centred_on: Literal["column", "page"] | None = None  # a one- or two-line block that stands in the middle
    right_to_left: bool = False
    language: str | None = None  # "en", "cy"
    path: str | None = None
    before: str = ""  # a little text before and after, for fingerprints
    after: str = ""
    hyphenation: bool | None = None  # DOCX: hyphenation is on for this paragraph
    boxed: bool = False  # DOCX: it stands in a text box, or in a table of one cell
    forced_breaks: bool = False  # the author broke its lines by hand
    room: float | None = None  # width its lines have, points, where there is no layout to show it (DOCX)
    order: int = 0  # its turn in a document without a layout
    bulleted: bool = False  # a drawn bullet stands before its first line
    width_error: float = 0.0  # share by which its lines may be wider or narrower: another face stands in for its own
    estimated: tuple[EstimatedLine, ...] = ()  # its lines as they likely break, where there is no layout (DOCX)
    likely_leading: float | None = None  # where its face is not known: what a usual face would make of its line spacing

    @cached_property
    def place(self) -> Place:
        return self.place_of(self)

    @cached_property
    def style(self) -> Style:
        """The style that sets most of its letters."""
        return main_span(self.spans).style

    @cached_property
    def numbered_spans(self) -> tuple[tuple[int, Span], ...]:
        """Each span with the number of its line; line 0 for all of a block without lines."""
        if self.lines:
            return tuple([(number, span) for number, line in enumerate(self.lines) for span in line.spans])
        return tuple([(0, span) for span in self.spans])

    @cached_property
    def spans_in_order(self) -> tuple[Span, ...]:
        return tuple([span for _, span in self.numbered_spans])

    @cached_property
    def place_of_spans(self) -> Place:
        """As `place`, the box round its spans, the style that of the span with most letters."""
        spans = self.spans_in_order
        style = describe(main_span(spans).style)
        box = spans_box(spans) or self.box
        return Place(self.page, box, self.text, self.path, style, self.before, self.after, order=self.order)

    @cached_property
    def one_style(self) -> bool:
        """Whether all of its letters are set in the very same style."""
        return len({id(span.style) for _, span in self.numbered_spans if letters(span.text)}) <= 1

    def place_of(self, part: Block | Line | Span | Word) -> Place:
        """The place of this block or of one of its lines, spans or words."""
        if isinstance(part, Block):
            style = part.style
        elif isinstance(part, Line):
            style = part.spans[0].style
        else:
            style = part.style
        return Place(self.page, part.box, part.text, self.path, describe(style), self.before, self.after, order=self.order)

    @cached_property
    def word_count(self) -> int:
        return len(self.text.split())

    def between(self, before: str, after: str) -> Block:
        """The same block with a little of the text before and after it."""
        return self._but(before=before, after=after)

    def in_role(self, role: Role, level: int | None, lines: tuple[Line, ...]) -> Block:
        """The same block with what the whole document says of it. `lines` differ from its own in their hyphens only."""
        return self._but(role=role, level=level, lines=lines)

    def _but(self, **changes: Any) -> Block:
        """As `replace`, which takes ten times as long, and with what was kept of it but its places."""
        twin = object.__new__(Block)
        twin.__dict__.update(self.__dict__)
        for name in ("place", "place_of_spans"):
            twin.__dict__.pop(name, None)
        twin.__dict__.update(changes)
        return twin


def spans_box(spans: Iterable[Span]) -> Box | None:
    """The box round them; None when none has one."""
    boxes = [span.box for span in spans if span.box is not None]
    return hull(boxes) if boxes else None


def main_span(spans: Sequence[Span]) -> Span:
    """The longest span of the style that sets most letters, the first of equals."""
    if len(spans) == 1:
        return spans[0]
    counts: dict[StyleKey, int] = {}
    own = [letters(span.text) for span in spans]
    for span, count in zip(spans, own, strict=True):
        counts[span.style.key] = counts.get(span.style.key, 0) + count
    most = max(counts.values())
    key = next(key for key, count in counts.items() if count == most)
    return max(zip(spans, own, strict=True), key=lambda one: (one[0].style.key == key, one[1]))[0]


@record
class Column:
    """A column of running text on one page."""

    box: Box
    lines: int
    aside: bool = False  # margin notes: text beside the story, not a part of it


@record
class Gutter:
    """The white between two columns: from the longest line on the left to the left edge on the right."""

    box: Box | None
    width: float  # points
    ruled: bool = False  # a rule stands in it
    size: float | None = None  # body size beside it, points
    path: str | None = None
    page: int | None = None


@record
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


@record
class Picture:
    """A picture as printed, after clipping and cropping; touching slices are one."""

    box: Box | None
    kind: Literal["raster", "drawing"] = "raster"
    use: Literal["picture", "ground", "logo", "icon", "code"] = "picture"  # logo: in the head or foot of a page
    pixels_per_inch: float | None = None  # the worse of both directions, at printed size
    tonal_range: float | None = None  # 5th to 95th percentile of luminance, 0 to 1
    blur: float | None = None  # 0 sharp, 1 no detail finer than two pixels
    thinnest: float | None = None  # thinnest data line of a drawing, points
    clearance: float | None = None  # to the nearest text that is not its caption, points; 0 when it touches
    caption_clearance: float | None = None
    clearance_error: float = 0.0  # of both, where there is no layout (DOCX)
    overlaps_text: bool = False
    title_on_even_part: bool = False  # the only overlap: one or two lines of title on an even part
    text_leading: float | None = None  # line pitch of the body beside it, points
    page: int | None = None
    path: str | None = None
    name: str = ""  # description or file name inside the document
    digest: str = ""  # of its pixels, for fingerprints
    outline: tuple[Box, ...] = ()  # level strips of what is painted, where that is not its whole box: a cut-out
    ink: tuple[Box, ...] = ()  # the same of what is darker than paper: its white margin shows on a tint only

    @property
    def place(self) -> Place:
        return Place(self.page, self.box, self.name, self.path, digest=self.digest)


@record
class Stroke:
    """A printed line, or a filled bar thin enough to look like one."""

    box: Box
    width: float  # points
    horizontal: bool
    colour: Colour | None = None


@record
class Panel:
    """A filled or outlined rectangle: a tint, a sidebar's box, a table's cell."""

    box: Box
    fill: Colour | None = None
    outlined: bool = False


@record
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


@record
class Wrap:
    """Text beside a picture, box, pull quote or drop capital."""

    around: Literal["picture", "box", "quote", "drop-capital"]
    place: Place
    runs_around: bool  # lines of one paragraph start or end elsewhere to make room for it


@record
class Overlap:
    """Different text over text."""

    place: Place
    other: str


@record
class Tag:
    """A structure element of a tagged PDF: `role` is its standard type after the role map (ISO 32000-1, 14.8.4)."""

    role: str  # "P", "H1", "LI", "TD", "Caption", "Artifact" …
    language: str | None = None


# --- pages ---------------------------------------------------------------------------------------------------------


@record
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
    coverage: float | None = None  # share of the page with marks on it (pictures, panels, text boxes)
    not_looked_at: tuple[NotLookedAt, ...] = ()
    specks: tuple[Box, ...] = ()  # small drawn marks: bullets, dots of a chart
    drawn: str = ""  # a digest of every drawn shape, outlined letters among them: for the page's fingerprint


@record
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
    drawn: str = ""  # a digest of every drawn shape: for the page's fingerprint
    margins: tuple[float, float, float, float] | None = None  # white at left, top, right, bottom: text and pictures, no ground
    coverage: float | None = None  # share of the page with marks on it
    text_behind: tuple[Place, ...] = ()  # paragraphs that a picture or watermark lies behind
    hyphenation: bool | None = None  # DOCX: the section's hyphenation is on
    path: str | None = None  # "Section 2"
    extent: Extent = NO_PAGES  # pages that a section without a layout makes
    uncounted: Extent = NO_PAGES  # covers and blank pages of the document, told with its first section
    numbering: tuple[Numbering, ...] = ()  # of a section without a layout
    standing: tuple[Standing, ...] = ()  # its headings and short paragraphs with the pages they likely stand on
    loose: tuple[Place, ...] = ()  # boxes of text that nothing makes room for, where there is no layout
    not_looked_at: tuple[NotLookedAt, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.number, None, "", self.path)

    def paragraphs(self) -> Iterator[Block]:
        """Blocks that read as running text: body, lists, quotes, notes."""
        return (block for block in self.blocks if block.role in RUNNING)


RUNNING: frozenset[Role] = frozenset({"body", "list", "quote", "note", "other"})
