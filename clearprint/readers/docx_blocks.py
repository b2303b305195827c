"""Makes a block of each printed paragraph of a DOCX: role hints, alignment, leading, steps, paths."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import field, replace
from itertools import accumulate

from clearprint import lazily
from clearprint.formats.docx import Element, W
from clearprint.formats.docx_drawings import turned
from clearprint.formats.docx_props import Props, read_paragraph
from clearprint.formats.docx_styles import Base, NamedStyle, Styles
from clearprint.formats.docx_tree import Cell, Paragraph, Table
from clearprint.model import Alignment, Block, EstimatedLine, Ground, Role, Span, StandIn, Style
from clearprint.readers.docx_lines import Breaker
from clearprint.readers.docx_type import LOWEST_HEIGHT, USUAL_HEIGHT, Typesetter, commonest
from clearprint.records import record

_HEADING = lazily.compile(r"heading ?([1-9])", re.IGNORECASE)
_STYLES: tuple[tuple[re.Pattern[str], Role], ...] = (
    (lazily.compile(r"title", re.IGNORECASE), "title"),
    (lazily.compile(r"subtitle|toc heading", re.IGNORECASE), "heading"),
    (lazily.compile(r"toc ?\d|table of figures", re.IGNORECASE), "contents"),
    (lazily.compile(r"caption", re.IGNORECASE), "caption"),
    (lazily.compile(r"(?:intense )?quote", re.IGNORECASE), "quote"),
    (lazily.compile(r"(?:foot|end)note text", re.IGNORECASE), "note"),
    (lazily.compile(r"html preformatted|(?:source )?code(?: block)?|macro(?: text)?|plain code", re.IGNORECASE), "code"),
    (lazily.compile(r"list (?:bullet|number)(?: \d)?", re.IGNORECASE), "list"),
)
_BULLET = lazily.compile(
    "[\u2022\u25cf\u25aa\u25a0\u25e6\u2023\u2043\u00b7\uf0b7\uf0a7][\t\u00a0 ]\\s*\\S|[*\u2013\u2014-]\t\\s*\\S"
)
_ALIGNMENTS: dict[str, Alignment] = {
    "center": "centred",
    "both": "justified",
    "distribute": "justified",
    "lowKashida": "justified",
    "mediumKashida": "justified",
    "highKashida": "justified",
    "thaiDistribute": "justified",
}
_DIRECTIONS = {"btLr": 90.0, "tbRl": -90.0, "lr": 90.0, "rl": -90.0, "tbLrV": -90.0, "tbRlV": -90.0}
_INSET = 7.2  # left and right inside a text box (ECMA-376-1, 21.1.2.1.1, lIns)
_CELL_MARGIN = 5.4  # left and right inside a cell of Word's own table style
SHARE_TOLD = 0.01  # of the letters: a face that sets less is not told of
_STACK = 3  # letters one a line
_NEARBY = 60  # letters kept of a neighbour


@record(frozen=False)
class Section:
    """What a section asks of its pages. Lengths in points before any print scale."""

    number: int
    width: float = 612.0  # Letter, which Word takes where nothing is said
    height: float = 792.0
    margins: tuple[float, float, float, float] = (72.0, 72.0, 72.0, 72.0)  # left, top, right, bottom
    header: float = 36.0
    footer: float = 36.0
    gaps: tuple[float, ...] = ()  # between its columns
    widths: tuple[float, ...] = ()  # of its columns
    ruled: bool = False
    grid: float | None = None
    direction: str | None = None
    opens: str = "nextPage"  # how it begins: nextPage, continuous, nextColumn, evenPage, oddPage
    fixed: bool = False  # headers and footers may run into the text
    first_page: int | None = None  # number of its first page; None: it counts on
    number_format: str | None = None  # of its page numbers; None: decimal
    element: Element | None = None

    @property
    def text_width(self) -> float:
        """Of one column, or of the page between its margins."""
        whole = self.width - self.margins[0] - self.margins[2]
        return max(1.0, self.widths[0] if self.widths else whole)


@record(frozen=False)
class Set:
    """A paragraph with all that was resolved for it, and its block where it prints text."""

    paragraph: Paragraph
    props: Props
    chain: tuple[NamedStyle, ...]
    style: Style  # that sets most of it, or of its mark when it is empty
    pitch: float | None
    likely: float  # its pitch, or what it would be in a usual face
    ground: Ground | None
    path: str
    block: Block | None = None
    gloss: Block | None = None  # its ruby text
    beside: bool = False  # a drawing stands beside it: how wide its lines are is not known


@record(frozen=False)
class Paths:
    """Names places in words, by the headings above and the number below them: "Under ‘Getting here’, paragraph 3"."""

    headings: list[tuple[int, str]] = field(default_factory=list)  # level and text of those that lead here
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    tables: dict[Table, str] = field(default_factory=dict)
    boxes: dict[object, str] = field(default_factory=dict)

    def of(self, paragraph: Paragraph, level: int | None) -> str:
        """The path of the next paragraph that prints text. `level` is that of a heading; 0 a title's."""
        where = paragraph.where
        place = self._place(paragraph)
        if where.shape is not None:
            place = self._once(self.boxes, where.shape, place, "text box")
        if where.cell is not None:
            place = self.cell(where.cell, place)
        if level is not None and where.cell is None and where.shape is None and not where.label:
            while self.headings and self.headings[-1][0] >= level:
                self.headings.pop()
            name = cut(paragraph.text, _NEARBY)
            self.headings.append((level, name))
            self.counts = Counter()
            return f"Heading ‘{name}’"
        if where.label or where.cell is not None:
            self.counts[(place, "paragraph")] += 1
            number = self.counts[(place, "paragraph")]
            return place if number == 1 else f"{place}, paragraph {number}"
        return self._numbered(place, "paragraph")

    def near(self, paragraph: Paragraph) -> str:
        """Where a paragraph without text stands, as one that holds a picture: it is not counted."""
        place = self._place(paragraph)
        cell = paragraph.where.cell
        if cell is not None:
            return self.cell(cell, place)
        number = self.counts[(place, "paragraph")]
        if paragraph.where.label or not (number or place):
            return place
        name = f"after paragraph {number}" if number else "before its first paragraph"
        return f"{place}, {name}" if place else capitalised(name)

    def _place(self, paragraph: Paragraph) -> str:
        """The story other than the body, or the headings that lead here. A title over headings says nothing of the place."""
        if paragraph.where.label:
            return capitalised(paragraph.where.label)
        named = [name for level, name in self.headings if level > 0] or [name for _, name in self.headings]
        return f"Under ‘{' › '.join(named)}’" if named else ""

    def cell(self, cell: Cell, place: str) -> str:
        """The path of a cell; `place` is where its outermost table stands."""
        outer = self.cell(cell.parent, place) if cell.parent is not None else place
        return f"{self._once(self.tables, cell.table, outer, 'table')}, row {cell.row + 1}, column {cell.column + 1}"

    def _once(self, known: dict, thing: object, place: str, word: str) -> str:  # type: ignore[type-arg]
        if thing not in known:
            known[thing] = self._numbered(place, word)
        return str(known[thing])

    def _numbered(self, place: str, word: str) -> str:
        self.counts[(place, word)] += 1
        name = f"{word} {self.counts[(place, word)]}"
        return f"{place}, {name}" if place else capitalised(name)


def cut(text: str, most: int) -> str:
    """The start of a text on one line, cut at a word."""
    clean = " ".join(text.split())
    return clean if len(clean) <= most else clean[:most].rsplit(" ", 1)[0] + " …"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


class Setter:
    """Sets paragraphs one after another and joins neighbours."""

    def __init__(self, styles: Styles, type_: Typesetter, *, hyphenate: bool, add_spaces: bool) -> None:
        self._styles = styles
        self._type = type_
        self.scale = type_.scale
        self._hyphenate = hyphenate
        self._add_spaces = add_spaces  # spaces after and before add up instead of the larger being taken
        self.paths = Paths()
        self._breaker = Breaker(type_.scale)

    def set(self, paragraph: Paragraph, section: Section, pictured: bool = False) -> Set:
        """One paragraph. Its block is None when it prints no text."""
        direct = read_paragraph(paragraph.properties)
        style = direct.get("pStyle")
        cell = paragraph.where.cell
        table = (cell.table.style or "") if cell is not None else None
        parts = cell.parts if cell is not None else ()
        props = self._styles.paragraph(direct, style, table, parts)
        base = self._styles.base(style, table, parts)
        chain = self._styles.chain(style)[2]
        ground = self._type.ground(paragraph, props, pictured)
        spans, language = self._type.spans(paragraph, base, ground, props.get("level"))
        text = "".join(span.text for span in spans)
        printed = bool(text.strip())
        main = commonest(spans) if printed else self._type.mark_style(paragraph, base)
        grid = section.grid if paragraph.where.shape is None else None  # text boxes keep no line grid
        pitch = self._type.pitch(props, main, grid)
        likely = pitch if pitch is not None else self._type.likely_pitch(props, main, grid)
        hint, level = _hint(paragraph, props, chain, text)
        depth = 0 if hint == "title" else (level or 1) if hint == "heading" else None
        path = self.paths.of(paragraph, depth) if printed else self.paths.near(paragraph)
        result = Set(paragraph, props, chain, main, pitch, likely, ground, path)
        if printed:
            block = self._block(result, spans, text, section, hint, level, language)
            turned_letters = self._type.turned(paragraph, base)
            result.block = replace(block, turned=turned_letters) if turned_letters and not block.angle else block
        if printed and paragraph.glosses:
            result.gloss = self._gloss(replace(paragraph, pieces=paragraph.glosses), base, result)
        return result

    def _gloss(self, ruby: Paragraph, base: Base, over: Set) -> Block | None:
        """The ruby text of a paragraph as a label of its own: it stands on no line of its own."""
        spans, _ = self._type.spans(ruby, base, over.ground)
        text = "".join(span.text for span in spans)
        if not text.strip():
            return None
        return Block(spans, text, commonest(spans).size, hint="label", in_picture=True, path=over.path)

    def _block(
        self,
        result: Set,
        spans: tuple[Span, ...],
        text: str,
        section: Section,
        hint: Role | None,
        level: int | None,
        language: str | None,
    ) -> Block:
        props, paragraph = result.props, result.paragraph
        where = paragraph.where
        to_left = bool(props.get("bidi"))
        scale = self._type.scale
        frame = props.get("framePr")
        drop = frame is not None and frame.get(f"{W}dropCap", "none") in ("drop", "margin")
        indents = props.get("ind", {})
        first = indents.get("first", 0.0)
        if indents.get("firstChars"):
            first = indents["firstChars"] * result.style.size / scale
        room = _room(paragraph, props, section) * scale
        angle = _angle(paragraph, section, text)
        lines: tuple[EstimatedLine, ...] = ()
        error = 0.0
        hyphenation = self._hyphenate and not props.get("suppressAutoHyphens")
        uneven = where.story == "body" and where.shape is None and len(set(section.widths)) > 1
        start = indents.get("end" if to_left else "start", 0.0) * scale
        if (
            (angle == 0 or (where.shape is not None and where.cell is None))
            and not drop
            and not uneven
            and not (where.shape is not None and (where.shape.stacked or where.shape.vertical))
        ):
            soft = _soft(paragraph, text) if paragraph.soft else ()
            lines, error = self._breaker.broken(spans, room, first * scale, start, props, hyphenation, soft)
        return Block(
            spans,
            text,
            result.style.size,
            hint=hint,
            level=level,
            alignment=alignment(props, to_left),
            leading=result.pitch,
            leading_error=0.0 if result.pitch is not None else result.likely * (1 - LOWEST_HEIGHT / USUAL_HEIGHT),
            first_indent=first * scale,
            left=_left(result, start + first * scale, lines),
            in_columns=len(section.widths) > 1 and where.story == "body" and where.shape is None,
            in_table=where.cell is not None and not where.cell.table.single,
            angle=angle,
            stacked=(where.shape is not None and where.shape.stacked) or _stacked(text),
            drop_capital=drop,
            right_to_left=to_left,
            language=language,
            path=result.path,
            hyphenation=hyphenation,
            forced_breaks=paragraph.breaks,
            room=room,
            estimated=lines,
            width_error=error,
            boxed=where.shape is not None or (where.cell is not None and where.cell.table.single),
            likely_leading=result.likely if result.pitch is None else None,
        )

    def stand_ins(self) -> tuple[StandIn, ...]:
        """The faces that lines were broken without."""
        used: dict[tuple[str, str], float] = {}
        amounts: Counter[tuple[str, str]] = Counter()
        for face, amount in self._breaker.used.items():
            if not face.installed:
                amounts[(face.asked, face.face)] += amount
                used[(face.asked, face.face)] = face.error
        least = SHARE_TOLD * sum(self._breaker.used.values())
        return tuple(StandIn(*pair, used[pair]) for pair in sorted(amounts) if amounts[pair] > least)

    def steps(self, items: list[Set]) -> None:
        """Gives running paragraphs their step to the next one, with whatever empty paragraphs stand between."""
        before: Set | None = None
        extra = 0.0
        last: Set | None = None
        for item in items:
            paragraph = item.paragraph
            running = _runs(item)
            same = before is not None and _same_place(before.paragraph, paragraph)
            if item.block is None and same and not paragraph.drawings and last is not None:
                extra += self.gap(last, item) + item.likely
                last = item
                continue
            if running and same and before is not None and last is not None and before.block is not None:
                pitch = next((one for one in (before.pitch, item.pitch) if one is not None), before.likely)
                before.block = replace(before.block, step=pitch + extra + self.gap(last, item))
            before, last, extra = (item, item, 0.0) if running and not paragraph.page_break else (None, None, 0.0)

    def gap(self, upper: Set, lower: Set) -> float:
        """Space between two paragraphs: the larger of what each asks, none between equals with contextual spacing."""
        alike = [style.id for style in upper.chain[:1]] == [style.id for style in lower.chain[:1]]
        after = 0.0 if alike and upper.props.get("contextualSpacing") else _space(upper.props, "after")
        before = 0.0 if alike and lower.props.get("contextualSpacing") else _space(lower.props, "before")
        return (after + before if self._add_spaces else max(after, before)) * self._type.scale


def neighbours(blocks: list[Block], section: int) -> list[Block]:
    """Blocks with a little of the text before and after each, and their turn in the document."""
    texts = [" ".join(block.text.split()) for block in blocks]
    return [
        replace(
            block,
            before=texts[index - 1][-_NEARBY:] if index else "",
            after=texts[index + 1][:_NEARBY] if index + 1 < len(texts) else "",
            order=section * 1_000_000 + index,
        )
        for index, block in enumerate(blocks)
    ]


def alignment(props: Props, to_left: bool) -> Alignment:
    """How a paragraph is set. Word takes left and right as start and end, so that they mirror with the direction."""
    value = props.get("jc", "start")
    if value in _ALIGNMENTS:
        return _ALIGNMENTS[value]
    at_end = value in ("right", "end")
    return "right" if at_end != to_left else "left"


def _soft(paragraph: Paragraph, text: str) -> list[int]:
    """The number of letters before each optional hyphen of a paragraph as printed, with its number or bullet."""
    plain = paragraph.text
    if not text.endswith(plain):
        return []  # a part of it is hidden
    starts = [0, *accumulate(len(piece.text) for piece in paragraph.pieces)]
    return [len(text) - len(plain) + starts[number] + at for number, at in paragraph.soft]


def _hint(paragraph: Paragraph, props: Props, chain: tuple[NamedStyle, ...], text: str) -> tuple[Role | None, int | None]:
    """Role and heading level that the document itself gives a paragraph."""
    where = paragraph.where
    if where.story in ("header", "footer"):
        if any(piece.folio for piece in paragraph.pieces):
            return "folio", None
        return ("running-head" if where.story == "header" else "running-foot"), None
    if where.story in ("footnote", "endnote"):
        return "note", None
    outline = props.get("outlineLvl")
    for style in chain:
        for name in (style.name, style.id):
            match = _HEADING.fullmatch(name)
            if match:
                return "heading", int(match.group(1))
        role = next((role for pattern, role in _STYLES if pattern.fullmatch(style.name)), None)
        if role is not None:
            return role, None
        if style.outline is not None and not paragraph.contents:
            return "heading", int(style.outline if outline is None else outline) + 1
    if outline is not None and not paragraph.contents:
        return "heading", int(outline) + 1
    if paragraph.contents:
        return "contents", None
    if where.cell is not None and not where.cell.table.single:
        return "table", None
    level = props.get("level")
    if level is not None and (level.format != "none" or level.text):
        return "list", None
    if _BULLET.match(text):
        return "list", None
    return None, None


def _angle(paragraph: Paragraph, section: Section, text: str) -> float:
    """How far the text is turned. Upright signs of a vertical text (CJK) are not turned."""
    angle = paragraph.where.shape.angle if paragraph.where.shape is not None else 0.0
    cell = paragraph.where.cell
    direction = cell.direction if cell is not None else None
    if direction is None and paragraph.where.shape is None and paragraph.where.story == "body":
        direction = section.direction
    if direction in _DIRECTIONS and not any(ord(sign) > 0x2E7F for sign in text):
        angle += _DIRECTIONS[direction]
    return turned(angle)


def _room(paragraph: Paragraph, props: Props, section: Section) -> float:
    """Width that a paragraph's lines have: of its column, cell or text box, less its indents."""
    where = paragraph.where
    room = section.text_width
    if where.shape is not None and where.shape.measure > 0:
        room = where.shape.measure - 2 * _INSET
    if where.cell is not None and where.cell.width:
        room = where.cell.width - 2 * _CELL_MARGIN
    indents = props.get("ind", {})
    return max(1.0, room - float(indents.get("start", 0.0)) - float(indents.get("end", 0.0)))


def _left(item: Set, start: float, lines: Sequence[EstimatedLine]) -> float | None:
    """Where a paragraph of the body begins, from the left edge of its column; None where that takes a layout to tell."""
    where, props = item.paragraph.where, item.props
    if where.story != "body" or where.cell is not None or where.shape is not None or "framePr" in props or props.get("bidi"):
        return None
    if item.paragraph.text[:1].isspace():
        return None
    side = alignment(props, False)
    if side == "right":
        return start + lines[0].slack if lines else None
    return start if side in ("left", "justified") else None


def _stacked(text: str) -> bool:
    """Whether its author broke it after each letter, so that it reads downwards. CJK may be set so."""
    signs = [line.strip() for line in text.strip().split("\n")]
    return len(signs) >= _STACK and all(len(sign) == 1 and sign.isalpha() and ord(sign) < 0x2E80 for sign in signs)


def _runs(item: Set) -> bool:
    """A plain paragraph of running text, whose step to the next one says something."""
    block = item.block
    return (
        block is not None
        and block.hint is None
        and not block.in_table
        and not block.drop_capital
        and block.angle == 0
        and item.paragraph.where.story == "body"
    )


def _same_place(one: Paragraph, other: Paragraph) -> bool:
    mine, theirs = one.where, other.where
    return mine.story == theirs.story and mine.shape is theirs.shape and mine.cell is theirs.cell


def _space(props: Props, side: str) -> float:
    spacing = props.get("spacing", {})
    if spacing.get(side + "Auto"):
        return 14.0  # what Word gives "automatic" space
    if spacing.get(side + "Lines"):
        return float(spacing[side + "Lines"]) * 12.0
    return float(spacing.get(side) or 0.0)
