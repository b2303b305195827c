"""Turns the resolved formatting of a DOCX into the model's terms: faces, styles, grounds, spans, line pitch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby
from typing import Literal

from clearprint import lazily
from clearprint.colour import WHITE, Colour, contrast, over
from clearprint.formats.docx import W14, Element, W, on, points
from clearprint.formats.docx_numbering import Level
from clearprint.formats.docx_props import Props, overlay
from clearprint.formats.docx_styles import Base, Styles
from clearprint.formats.docx_theme import HIGHLIGHTS, Fill, Theme, automatic, hex_colour, shading
from clearprint.formats.docx_tree import Cell, Paragraph, Piece
from clearprint.formats.known_faces import known
from clearprint.model import Digits, Face, Ground, Job, Span, Style, letters

DEFAULT_SIZE = 10.0  # what Word sets a document in that names none
DEFAULT_FACE = "Times New Roman"
LOWEST_HEIGHT = 1.0  # em: no text face is known to set its lines nearer; the lowest of those listed has 1.13
USUAL_HEIGHT = 1.2  # em, single spacing of most text faces: 1.15 to 1.3
RAISED_SHARE = 0.65  # size of a superscript or subscript over the text's, as Word sets it
SYMBOL_FACES = frozenset({"symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "zapf dingbats"})

_COMPLEX = lazily.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u17ff\ufb1d-\ufdff\ufe70-\ufefe]")
_EASTERN = lazily.compile(
    "[\u1100-\u11ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]"
)
_WEIGHTS = (
    ("thin", 100), ("hairline", 100), ("extralight", 200), ("ultralight", 200), ("semilight", 350), ("light", 300),
    ("medium", 500), ("semibold", 600), ("demi", 600), ("extrabold", 800), ("black", 900), ("heavy", 900),
)  # fmt: skip


class Typesetter:
    """Styles of runs and what lies behind them. `scale` is the declared print scale."""

    def __init__(self, styles: Styles, theme: Theme, job: Job, background: Fill | None) -> None:
        self._styles = styles
        self._theme = theme
        self.scale = job.scale if job.scale is not None and job.scale > 0 else 1.0
        paper = Ground(job.paper_colour or WHITE)
        self._sheet: Ground | None = laid_over(paper, background)
        self._faces: dict[tuple[str, bool, bool, str], Face] = {}
        self._kept: dict[Style, Style] = {}  # one object for equal styles, so that runs compare by identity
        self._labels: dict[tuple[int, int], Props] = {}
        self._made: dict[tuple[int, str, Colour | None, Colour | None, bool, bool], tuple[Props, Style]] = {}

    # --- ground -----------------------------------------------------------------------------------------------------------

    def ground(self, paragraph: Paragraph, props: Props, pictured: bool = False) -> Ground | None:
        """What lies behind a paragraph: paper, text box, cells from the outside in, its own shading. None: not known."""
        ground = None if pictured else self._sheet
        where = paragraph.where
        if where.shape is not None:
            ground = laid_over(ground, where.shape.fill)
        cells: list[Cell] = []
        cell = where.cell
        while cell is not None:
            cells.append(cell)
            cell = cell.parent
        for cell in reversed(cells):
            ground = laid_over(ground, self._cell_fill(cell))
        return laid_over(ground, shading(props.get("shd"), self._theme))

    def _cell_fill(self, cell: Cell) -> Fill | None:
        """A cell's own shading, else that of the strongest part of its table's style, else the table's."""
        if "shd" in cell.own:
            return shading(cell.own["shd"], self._theme)
        styled = self._styles.table(cell.table.style)
        for part in reversed(cell.parts):
            if part in styled.parts and "shd" in styled.parts[part][2]:
                return shading(styled.parts[part][2]["shd"], self._theme)
        return shading(cell.table.own.get("shd") or styled.table.get("shd"), self._theme)

    def over_sheet(self, fill: Fill | None) -> Ground | None:
        """What lies behind text on a fill that stands on the paper."""
        return laid_over(self._sheet, fill)

    # --- runs -------------------------------------------------------------------------------------------------------------

    def spans(
        self, paragraph: Paragraph, base: Base, ground: Ground | None, level: Level | None = None
    ) -> tuple[tuple[Span, ...], str | None]:
        """The printed runs of a paragraph, neighbours in one style as one; and the language of most of its letters.

        `level` is that of its list, whose number or bullet it opens with.
        """
        ink = paragraph.where.shape.ink if paragraph.where.shape is not None else None
        parts: list[tuple[str, Style, Ground | None]] = []
        languages: Counter[str] = Counter()
        for piece in paragraph.pieces:
            props = self._styles.run(base, piece.run)
            if props.get("vanish"):
                continue
            named = props.get("lang")
            tag = named.get("bidi" if props.get("rtl") or props.get("cs") else "val") if named else None
            if tag and tag != "x-none":
                languages[tag.split("-")[0].lower()] += len(piece.text)
            shaded = laid_over(ground, shading(props.get("shd"), self._theme))
            marked = _highlighted(props, shaded)
            for text, script in scripts(piece.text, props):
                style = self._style(props, script, shaded, ink, piece)
                behind = _met_by(style, marked)
                if style.face.name.lower() in SYMBOL_FACES:
                    text = "".join(chr(0xF000 | ord(c) & 0xFF) if c.isalnum() else c for c in text)
                parts.append((text, style, behind))
        printed = any(text.strip() for text, _, _ in parts)
        label = self._styles.numbering.label(level) if level is not None else ""
        if level is not None and label and printed:
            props = self._label_props(paragraph, base, level)
            if not props.get("vanish"):
                shaded = laid_over(ground, shading(props.get("shd"), self._theme))
                style = self._style(props, "ascii", shaded, ink, Piece(label, None))
                parts.insert(0, (label, style, _met_by(style, _highlighted(props, shaded))))
        groups = groupby(parts, key=lambda part: (id(part[1]), part[2]))
        spans = []
        for _, group in groups:
            together = list(group)
            spans.append(Span("".join(part[0] for part in together), together[0][1], ground=together[0][2]))
        return tuple(spans), max(languages, key=lambda tag: languages[tag]) if languages else None

    def turned(self, paragraph: Paragraph, base: Base) -> int:
        """Letters of the runs turned by a quarter inside their line (ECMA-376-1, 17.3.2.10). CJK may be set so."""
        amount = 0
        for piece in paragraph.pieces:
            layout = piece.run.find(f"{W}eastAsianLayout") if piece.run is not None else None
            if layout is not None and on(layout.get(f"{W}vert", "0")) and not self._styles.run(base, piece.run).get("vanish"):
                amount += sum(sign.isalnum() and ord(sign) < 0x2E80 for sign in piece.text)
        return amount

    def _label_props(self, paragraph: Paragraph, base: Base, level: Level) -> Props:
        """A list's number is set like the mark of its paragraph, but for what its level says."""
        mark = self._styles.run(base, _mark(paragraph))
        key = (id(mark), id(level))
        if key not in self._labels:
            props = {name: value for name, value in mark.items() if name != "u"}  # a mark's underline stops short of it
            overlay(props, level.run)
            self._labels[key] = props
        return self._labels[key]

    def _style(self, props: Props, script: str, ground: Ground | None, ink: Colour | None, piece: Piece) -> Style:
        behind = ground.colour if ground is not None else None
        key = (id(props), script, behind, ink, piece.link, piece.note)
        if key not in self._made:
            made = self._make(props, script, behind, ink, piece)
            self._made[key] = (props, self._kept.setdefault(made, made))  # props is kept, so its id stays
        return self._made[key][1]

    def _make(self, props: Props, script: str, behind: Colour | None, ink: Colour | None, piece: Piece) -> Style:
        complex_script = script == "cs"
        size = props.get("szCs" if complex_script else "sz", DEFAULT_SIZE)
        fonts = props.get("fonts", {})
        name = fonts.get(script) or fonts.get("ascii") or fonts.get("hAnsi") or DEFAULT_FACE
        bold = bool(props.get("bCs" if complex_script else "b"))
        italic = bool(props.get("iCs" if complex_script else "i"))
        colour, opacity = self._ink(props, behind, ink)
        raised = piece.note or props.get("vertAlign") in ("superscript", "subscript")
        shrunk = size * RAISED_SHARE if props.get("vertAlign") in ("superscript", "subscript") else size
        raised = raised or abs(props.get("position", 0.0)) > 0.2 * size
        tracking: float | None = props.get("spacing", 0.0) / size
        return Style(
            self.face(name, bold, italic, props.get("numForm", "default")),
            shrunk * self.scale,
            colour,
            opacity,
            "all" if props.get("caps") else "small" if props.get("smallCaps") else None,
            raised,
            props.get("u", "none") != "none",
            piece.link or "hyperlink" in str(props.get("rStyle", "")).lower(),
            bool(props.get("strike") or props.get("dstrike")),
            props.get("w", 1.0),
            None if props.get("fitText") else tracking,
        )

    def _ink(self, props: Props, behind: Colour | None, ink: Colour | None) -> tuple[Colour | None, float]:
        fill = props.get("textFill")
        if fill is not None:
            return self._word_art(fill)
        named = props.get("color")
        if named is None:
            return (ink if ink is not None else automatic(behind)), 1.0
        return self._theme.word(named) or automatic(behind), 1.0

    def _word_art(self, fill: object) -> tuple[Colour | None, float]:
        """w14:textFill: a flat colour, or one that cannot be told (a gradient)."""
        for solid in fill.iterchildren(f"{W14}solidFill"):  # type: ignore[attr-defined]
            for item in solid:
                name = item.get(f"{W14}val", "")
                colour = hex_colour(name) if item.tag == f"{W14}srgbClr" else self._theme.colour(name)
                alpha = item.find(f"{W14}alpha")
                share = points(alpha.get(f"{W14}val"), 1 / 100_000) if alpha is not None else 0.0
                return colour, 1.0 - min(1.0, max(0.0, share or 0.0))
        return None, 1.0

    def face(self, name: str, bold: bool, italic: bool, figures: str = "default") -> Face:
        """The face of that name as far as it is known; else its name and what the name and the run say."""
        key = (name, bold, italic, figures)
        if key not in self._faces:
            face = known(name, bold, italic) or _by_name(name, bold, italic)
            if figures == "oldStyle" and isinstance(face.digits, Digits):
                face = replace(face, digits=replace(face.digits, old_style=True))
            self._faces[key] = face
        return self._faces[key]

    # --- lines ------------------------------------------------------------------------------------------------------------

    def mark_style(self, paragraph: Paragraph, base: Base) -> Style:
        """The style of a paragraph's own mark, which sets the height of an empty one."""
        mark = _mark(paragraph)
        props = self._styles.run(base, mark)
        return self._style(props, "ascii", None, None, Piece("", mark))

    def pitch(self, props: Props, style: Style, grid: float | None) -> float | None:
        """Baseline to baseline, points: w:spacing's line and rule through the face's own line height.

        None when it rests on a face whose line height is not known. `grid` is the pitch of the section's line grid.
        """
        return self._pitch(props, style, grid, style.face.line_height)

    def likely_pitch(self, props: Props, style: Style, grid: float | None) -> float:
        """The same where the face is not known, with the line height that most text faces come near."""
        height = style.face.line_height if style.face.line_height is not None else USUAL_HEIGHT
        return self._pitch(props, style, grid, height) or USUAL_HEIGHT * style.size

    def _pitch(self, props: Props, style: Style, grid: float | None, height: float | None) -> float | None:
        spacing = props.get("spacing", {})
        line, rule = spacing.get("line"), spacing.get("rule", "auto")
        if rule == "exact" and line is not None and line > 0:
            return float(line) * self.scale
        natural = height * style.size if height is not None else None
        if natural is not None and grid and props.get("snapToGrid", True):
            step = grid * self.scale
            natural = step * max(1, -(-natural // step))
        if rule == "atLeast" and line is not None:
            if natural is None:
                # Type that is well under the line asked for fits it in any face.
                return line * self.scale if line * self.scale >= 1.5 * style.size else None
            return max(float(line) * self.scale, natural)
        if natural is None:
            return None
        return natural * (line / 12 if line is not None and line > 0 else 1.0)


def _mark(paragraph: Paragraph) -> Element | None:
    """The formatting of a paragraph's own mark."""
    return paragraph.properties.find(f"{W}rPr") if paragraph.properties is not None else None


def _highlighted(props: Props, ground: Ground | None) -> Ground | None:
    """A highlight over what lies there. The ink of `auto` does not mind it: black on a black highlight is gone."""
    marked = hex_colour(HIGHLIGHTS.get(props.get("highlight", "")))
    return Ground(marked, "flat") if marked is not None else ground


def _met_by(style: Style, ground: Ground | None) -> Ground | None:
    """Of a ground of several colours, where nobody knows which lies behind the text, the one that serves it worst."""
    if ground is None or not ground.others or style.colour is None:
        return ground
    ratios = {behind: contrast(over(style.colour, behind, style.opacity), behind) for behind in (ground.colour, *ground.others)}
    worst = min(ratios, key=lambda behind: ratios[behind])
    return Ground(worst, ground.kind, None, max(ratios.values()) - ratios[worst])


def laid_over(ground: Ground | None, fill: Fill | None) -> Ground | None:
    """A fill over what lies there. A picture makes the ground unknown."""
    if fill is None or (fill.colour is None and fill.kind == "flat"):
        return ground
    if fill.colour is None:
        return None
    kind: Literal["flat", "uneven"] = "uneven" if fill.kind == "uneven" else "flat"
    if fill.opacity >= 1:
        return Ground(fill.colour, kind, others=fill.others)
    if ground is None:
        return None
    below = (ground.colour, *ground.others)
    mixed = [over(colour, other, fill.opacity) for colour in (fill.colour, *fill.others) for other in below]
    return Ground(mixed[0], "uneven" if ground.others else kind, others=tuple(mixed[1:]))


def scripts(text: str, props: Props) -> Iterator[tuple[str, str]]:
    """A run's text cut where its script changes, with the font slot of each part. ECMA-376-1, 17.3.2.26."""
    if props.get("cs") or props.get("rtl"):
        yield text, "cs"
        return
    if text.isascii() or not (_COMPLEX.search(text) or _EASTERN.search(text)):
        yield text, "ascii"
        return
    start, current = 0, ""
    for index, sign in enumerate(text):
        if not (sign.isalnum() or _EASTERN.match(sign)):
            continue  # spaces and stops go with what stands before them
        script = "cs" if _COMPLEX.match(sign) else "eastAsia" if _EASTERN.match(sign) else "ascii"
        if script != current:
            if current and index > start:
                yield text[start:index], current
                start = index
            current = script
    yield text[start:], current or "ascii"


def commonest(spans: tuple[Span, ...]) -> Style:
    """The style that sets most letters; raised marks only where there is nothing else."""
    if len(spans) == 1:
        return spans[0].style
    amounts: Counter[int] = Counter()
    for span in spans:
        amounts[id(span.style)] += 0 if span.style.raised else letters(span.text)
    return max((span.style for span in spans), key=lambda style: amounts[id(style)])


def _by_name(name: str, bold: bool, italic: bool) -> Face:
    """A face that nothing is known of but its name: its weight only where the name or the run says it."""
    squeezed = name.lower().replace(" ", "").replace("-", "")
    named = next((weight for word, weight in _WEIGHTS if word in squeezed), None)
    weight = 700 if bold and (named is None or named < 600) else named
    condensed = True if any(word in squeezed for word in ("narrow", "condensed", "compressed")) else None
    return Face(
        name,
        name,
        weight,
        italic,
        condensed,
        named_light=named is not None and named < 400 and not bold,
        basis="name",
    )
