"""Formatting of a DOCX as Word shows it: defaults, table, numbering, paragraph and character styles, direct formatting.

The order is that of ECMA-376-1, 17.7.2; toggles combine as 17.7.3 says. Properties are plain dictionaries with lengths in
points; what a level does not say is not in its dictionary.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from clearprint.formats.docx import W14, Element, W, on, points, whole
from clearprint.formats.docx_theme import Theme

Props = dict[str, Any]

TOGGLES = ("b", "i", "bCs", "iCs", "caps", "smallCaps", "vanish", "strike")
_FLAGS = {*TOGGLES, "dstrike", "rtl", "cs"}
_SLOTS = (("ascii", "ascii"), ("hAnsi", "hAnsi"), ("eastAsia", "eastAsia"), ("cs", "cs"))
_LOOK_BITS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
_NOTHING: Props = {}


@dataclass(slots=True)
class NamedStyle:
    """One style as written."""

    id: str
    name: str
    kind: str
    based_on: str | None
    run: Props
    paragraph: Props
    table: Props = field(default_factory=dict)
    parts: dict[str, tuple[Props, Props, Props]] = field(default_factory=dict)  # run, paragraph, cell by tblStylePr type
    outline: int | None = None


@dataclass(eq=False, slots=True)
class TableStyle:
    """A table style with what it is based on: whole table, and its conditional parts."""

    run: Props = field(default_factory=dict)
    paragraph: Props = field(default_factory=dict)
    table: Props = field(default_factory=dict)
    parts: dict[str, tuple[Props, Props, Props]] = field(default_factory=dict)


@dataclass(eq=False, slots=True)
class Base:
    """What a paragraph's runs start from, by level."""

    table: Props
    paragraph: Props  # run properties of the paragraph style's chain
    cache: dict[bytes, Props] = field(default_factory=dict)


@dataclass(slots=True)
class Level:
    """One level of a numbering definition. ECMA-376-1, 17.9.6."""

    format: str = "decimal"
    text: str = ""
    style: str | None = None
    paragraph: Props = field(default_factory=dict)
    run: Props = field(default_factory=dict)


class Styles:
    """Resolves what a paragraph and its runs look like."""

    def __init__(self, styles: Element | None, numbering: Element | None, theme: Theme) -> None:
        self.theme = theme
        self._named: dict[str, NamedStyle] = {}
        self._default: dict[str, str] = {}
        self.run_defaults: Props = {}
        self.paragraph_defaults: Props = {}
        self._read(styles)
        self.numbering = Numbering(numbering, self)
        self._chains: dict[str | None, tuple[Props, Props, tuple[NamedStyle, ...]]] = {}
        self._tables: dict[str | None, TableStyle] = {}
        self._bases: dict[tuple[str | None, str | None, tuple[str, ...]], Base] = {}
        self._characters: dict[str, Props] = {}

    # --- paragraphs -------------------------------------------------------------------------------------------------------

    def chain(self, style: str | None) -> tuple[Props, Props, tuple[NamedStyle, ...]]:
        """Run and paragraph properties of a paragraph style with all it is based on, and the styles, nearest first."""
        if style not in self._chains:
            known = self._named.get(style or "")
            if known is None or known.kind != "paragraph":
                known = self._named.get(self._default.get("paragraph", ""))
            self._chains[style] = self._merged(known)
        return self._chains[style]

    def paragraph(self, direct: Props, style: str | None, table: str | None = None, parts: tuple[str, ...] = ()) -> Props:
        """Everything that is set for one paragraph. `direct` is its own w:pPr, read by `read_paragraph`."""
        props: Props = {}
        _overlay(props, self.paragraph_defaults)
        if table is not None:
            styled = self.table(table)
            _overlay(props, styled.paragraph)
            for part in parts:
                if part in styled.parts:
                    _overlay(props, styled.parts[part][1])
        _, named, chain = self.chain(style)
        own = direct.get("numPr")
        numbered = own if own is not None else named.get("numPr")
        level = self.numbering.level(numbered, chain[0].id if chain else None) if numbered else None
        if level is not None and own is None:
            _overlay(props, level.paragraph)
        _overlay(props, named)
        if level is not None and own is not None:
            _overlay(props, level.paragraph)
        _overlay(props, direct)
        if level is not None:
            props["level"] = level
        return props

    def base(self, style: str | None, table: str | None = None, parts: tuple[str, ...] = ()) -> Base:
        """What the runs of a paragraph start from. Equal paragraphs share one, so that runs can be cached in it."""
        key = (style, table, parts)
        if key not in self._bases:
            from_table: Props = {}
            if table is not None:
                styled = self.table(table)
                _overlay(from_table, styled.run)
                for part in parts:
                    if part in styled.parts:
                        _overlay(from_table, styled.parts[part][0])
            self._bases[key] = Base(from_table, self.chain(style)[0])
        return self._bases[key]

    # --- runs -------------------------------------------------------------------------------------------------------------

    def run(self, base: Base, element: Element | None) -> Props:
        """Everything that is set for one run; `element` is its w:rPr. Cached by what it says."""
        key = b"" if element is None or not len(element) else etree.tostring(element, with_tail=False)
        if key not in base.cache:
            direct = self.read_run(element)
            character = self.character(direct.pop("rStyle")) if "rStyle" in direct else _NOTHING
            base.cache[key] = self._combined(base, character, direct)
        return base.cache[key]

    def character(self, style: str) -> Props:
        """Run properties of a character style with all it is based on."""
        if style not in self._characters:
            known = self._named.get(style)
            merged = self._merged(known)[0] if known is not None and known.kind == "character" else _NOTHING
            self._characters[style] = {**merged, "rStyle": known.name if known is not None else style}
        return self._characters[style]

    def _combined(self, base: Base, character: Props, direct: Props) -> Props:
        props: Props = {}
        for level in (self.run_defaults, base.table, base.paragraph, character, direct):
            _overlay(props, level)
        for name in TOGGLES:
            if name in direct:
                continue  # direct formatting is absolute
            if self.run_defaults.get(name):
                props[name] = True
            elif name in props:
                props[name] = sum(bool(level.get(name)) for level in (base.table, base.paragraph, character)) % 2 == 1
        return props

    # --- tables -----------------------------------------------------------------------------------------------------------

    def table(self, style: str | None) -> TableStyle:
        """A table style with all it is based on; the default one where none of that name is known."""
        if style not in self._tables:
            known = self._named.get(style or "")
            if known is None or known.kind != "table":
                known = self._named.get(self._default.get("table", ""))
            merged = TableStyle()
            for named in reversed(self._line(known)):
                _overlay(merged.run, named.run)
                _overlay(merged.paragraph, named.paragraph)
                _overlay(merged.table, named.table)
                for part, levels in named.parts.items():
                    mine = merged.parts.setdefault(part, ({}, {}, {}))
                    for kept, added in zip(mine, levels, strict=True):
                        _overlay(kept, added)
            self._tables[style] = merged
        return self._tables[style]

    # --- reading ----------------------------------------------------------------------------------------------------------

    def _read(self, tree: Element | None) -> None:
        if tree is None:
            return
        defaults = tree.find(f"{W}docDefaults")
        if defaults is not None:
            self.run_defaults = self.read_run(defaults.find(f"{W}rPrDefault/{W}rPr"))
            self.paragraph_defaults = read_paragraph(defaults.find(f"{W}pPrDefault/{W}pPr"))
        for item in tree.iterchildren(f"{W}style"):
            style = self._read_style(item)
            self._named.setdefault(style.id, style)
            if item.get(f"{W}default") is not None and on(item.get(f"{W}default")):
                self._default.setdefault(style.kind, style.id)

    def _read_style(self, item: Element) -> NamedStyle:
        name, based = item.find(f"{W}name"), item.find(f"{W}basedOn")
        run = self.read_run(item.find(f"{W}rPr"))
        run.pop("rStyle", None)
        paragraph = read_paragraph(item.find(f"{W}pPr"))
        paragraph.pop("pStyle", None)
        style = NamedStyle(
            item.get(f"{W}styleId", ""),
            name.get(f"{W}val", "") if name is not None else "",
            item.get(f"{W}type", "paragraph"),
            based.get(f"{W}val") if based is not None else None,
            run,
            paragraph,
            outline=paragraph.get("outlineLvl"),
        )
        if style.kind == "table":
            style.table = read_table(item)
            for part in item.iterchildren(f"{W}tblStylePr"):
                style.parts[part.get(f"{W}type", "")] = (
                    self.read_run(part.find(f"{W}rPr")),
                    read_paragraph(part.find(f"{W}pPr")),
                    read_table(part),
                )
        return style

    def read_run(self, element: Element | None) -> Props:
        """What one w:rPr says."""
        props: Props = {}
        for item in element if element is not None else ():
            tag = item.tag
            if not isinstance(tag, str):
                continue
            name = tag[len(W) :] if tag.startswith(W) else tag
            value = item.get(f"{W}val")
            if name in _FLAGS:
                props[name] = on(value)
            elif name in ("sz", "szCs"):
                size = points(value, 0.5)
                if size is not None and 0 < size <= 2000:
                    props[name] = size
            elif name in ("color", "shd") or tag == f"{W14}textFill":
                props["textFill" if tag == f"{W14}textFill" else name] = item
                if name == "color":
                    props["textFill"] = None  # a plain colour at a nearer level undoes a fill from afar
            elif name == "rFonts":
                props["fonts"] = self._fonts(item)
            elif name in ("spacing", "position"):
                length = points(value, 1 / 20 if name == "spacing" else 0.5)
                if length is not None:
                    props[name] = length
            elif name == "w":
                share = whole(value.rstrip("%")) if value else None
                if share and 1 <= share <= 600:
                    props["w"] = share / 100
            elif name in ("u", "highlight", "vertAlign", "rStyle"):
                if value is not None:
                    props[name] = value
            elif name == "lang":
                props["lang"] = {key: item.get(f"{W}{key}") for key in ("val", "eastAsia", "bidi") if item.get(f"{W}{key}")}
            elif name == "fitText":
                props["fitText"] = True
            elif tag == f"{W14}numForm":
                props["numForm"] = item.get(f"{W14}val", "default")
        return props

    def _fonts(self, item: Element) -> Props:
        fonts: Props = {}
        for slot, plain in _SLOTS:
            use = item.get(f"{W}{'cstheme' if slot == 'cs' else slot + 'Theme'}")
            name = (self.theme.font(use) if use else None) or item.get(f"{W}{plain}")
            if name:
                fonts[slot] = name
        return fonts

    def _line(self, style: NamedStyle | None) -> list[NamedStyle]:
        """A style and what it is based on, nearest first. A style based on itself, however far round, ends there."""
        found: list[NamedStyle] = []
        seen: set[str] = set()
        while style is not None and style.id not in seen and len(found) < 100:
            seen.add(style.id)
            found.append(style)
            nearer = self._named.get(style.based_on or "")
            style = nearer if nearer is not None and nearer.kind == found[0].kind else None
        return found

    def _merged(self, style: NamedStyle | None) -> tuple[Props, Props, tuple[NamedStyle, ...]]:
        run: Props = {}
        paragraph: Props = {}
        line = self._line(style)
        for named in reversed(line):
            _overlay(run, named.run)
            _overlay(paragraph, named.paragraph)
        return run, paragraph, tuple(line)

    def named(self, style: str) -> NamedStyle | None:
        return self._named.get(style)


class Numbering:
    """Lists: which level a paragraph stands on, and how that level is set. ECMA-376-1, 17.9."""

    def __init__(self, tree: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._numbers: dict[str, Element] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        for item in tree if tree is not None else ():
            if item.tag == f"{W}abstractNum":
                self._abstract.setdefault(item.get(f"{W}abstractNumId", ""), item)
            elif item.tag == f"{W}num":
                self._numbers.setdefault(item.get(f"{W}numId", ""), item)

    def level(self, numbered: Props, style: str | None) -> Level | None:
        """The level that w:numPr asks for; None when it asks for none (numId 0 takes a paragraph out of a list)."""
        number = numbered.get("numId")
        if number in (None, "0"):
            return None
        index = numbered.get("ilvl")
        if index is None:
            index = self._by_style(number, style)
        key = (number, index)
        if key not in self._levels:
            element = self._element(number, index)
            self._levels[key] = self._read(element) if element is not None else None
        return self._levels[key]

    def _by_style(self, number: str, style: str | None) -> int:
        for element in self._definition(number).iterchildren(f"{W}lvl"):
            linked = element.find(f"{W}pStyle")
            if linked is not None and style is not None and linked.get(f"{W}val") == style:
                return whole(element.get(f"{W}ilvl")) or 0
        return 0

    def _definition(self, number: str) -> Element:
        seen: set[str] = set()
        while number not in seen:
            seen.add(number)
            item = self._numbers.get(number)
            linked = item.find(f"{W}abstractNumId") if item is not None else None
            abstract = self._abstract.get(linked.get(f"{W}val", "")) if linked is not None else None
            if abstract is None:
                break
            by_style = abstract.find(f"{W}numStyleLink")
            named = self._styles.named(by_style.get(f"{W}val", "")) if by_style is not None else None
            further = (named.paragraph.get("numPr") or {}).get("numId") if named is not None else None
            if further is None or further in seen:
                return abstract
            number = further
        return etree.Element("none")

    def _element(self, number: str, index: int) -> Element | None:
        item = self._numbers.get(number)
        for override in item.iterchildren(f"{W}lvlOverride") if item is not None else ():
            level = override.find(f"{W}lvl")
            if level is not None and whole(override.get(f"{W}ilvl")) == index:
                return level
        for element in self._definition(number).iterchildren(f"{W}lvl"):
            if (whole(element.get(f"{W}ilvl")) or 0) == index:
                return element
        return None

    def _read(self, element: Element) -> Level:
        def value(name: str) -> str | None:
            item = element.find(f"{W}{name}")
            return item.get(f"{W}val") if item is not None else None

        paragraph = read_paragraph(element.find(f"{W}pPr"))
        return Level(
            value("numFmt") or "decimal",
            value("lvlText") or "",
            value("pStyle"),
            {name: paragraph[name] for name in ("ind", "tabs", "jc") if name in paragraph},
            self._styles.read_run(element.find(f"{W}rPr")),
        )


def read_paragraph(element: Element | None) -> Props:
    """What one w:pPr says."""
    props: Props = {}
    for item in element if element is not None else ():
        tag = item.tag
        if not isinstance(tag, str) or not tag.startswith(W):
            continue
        name = tag[len(W) :]
        value = item.get(f"{W}val")
        if name in ("pStyle", "jc", "textDirection"):
            if value is not None:
                props[name] = value
        elif name in ("contextualSpacing", "bidi", "suppressAutoHyphens", "snapToGrid"):
            props[name] = on(value)
        elif name == "ind":
            props["ind"] = _indents(item)
        elif name == "spacing":
            props["spacing"] = _spacing(item)
        elif name == "outlineLvl":
            level = whole(value)
            props[name] = level if level is not None and 0 <= level <= 8 else None
        elif name == "numPr":
            number, level_item = item.find(f"{W}numId"), item.find(f"{W}ilvl")
            numbered: Props = {}
            if number is not None:
                numbered["numId"] = number.get(f"{W}val")
            if level_item is not None:
                numbered["ilvl"] = whole(level_item.get(f"{W}val")) or 0
            props[name] = numbered
        elif name in ("shd", "framePr"):
            props[name] = item
        elif name == "tabs":
            props["tabs"] = {
                points(tab.get(f"{W}pos")) or 0.0: (tab.get(f"{W}val", "left"), tab.get(f"{W}leader", "none"))
                for tab in item.iterchildren(f"{W}tab")
            }
    return props


def read_table(element: Element) -> Props:
    """What a table style, a part of one or a table says about its cells."""
    props: Props = {}
    table, cell = element.find(f"{W}tblPr"), element.find(f"{W}tcPr")
    for parent in (table, cell):
        if parent is None:
            continue
        shade = parent.find(f"{W}shd")
        if shade is not None:
            props["shd"] = shade
        borders = parent.find(f"{W}tblBorders") if parent is table else parent.find(f"{W}tcBorders")
        if borders is not None:
            props["borders"] = any(item.get(f"{W}val") not in ("nil", "none") for item in borders)
        if parent is table:
            for name in ("tblStyleRowBandSize", "tblStyleColBandSize"):
                size = parent.find(f"{W}{name}")
                if size is not None:
                    props[name] = max(1, whole(size.get(f"{W}val")) or 1)
            margins = parent.find(f"{W}tblCellMar")
            if margins is not None:
                props["margins"] = {
                    str(item.tag)[len(W) :]: points(item.get(f"{W}w")) or 0.0 for item in margins if isinstance(item.tag, str)
                }
    return props


def table_look(element: Element | None) -> Mapping[str, bool]:
    """Which conditional parts of its style a table uses. ECMA-376-1, 17.4.55: words, or the bits of w:val."""
    names = tuple(_LOOK_BITS)
    if element is None:
        return dict.fromkeys(names, False)
    try:
        bits = int(element.get(f"{W}val") or "0", 16)
    except ValueError:
        bits = 0
    look = {}
    for name, bit in _LOOK_BITS.items():
        word = element.get(f"{W}{name}")
        look[name] = on(word) if word is not None else bool(bits & bit)
    return look


def cell_parts(
    look: Mapping[str, bool], row: int, rows: int, column: int, columns: int, bands: tuple[int, int] = (1, 1)
) -> tuple[str, ...]:
    """The conditional parts that apply to a cell, weakest first. ECMA-376-1, 17.7.6."""
    first_row = look["firstRow"] and row == 0
    last_row = look["lastRow"] and row == rows - 1 and rows > 1
    first_column = look["firstColumn"] and column == 0
    last_column = look["lastColumn"] and column == columns - 1 and columns > 1
    parts = []
    if not look["noVBand"]:
        band = column - (1 if look["firstColumn"] else 0)
        if not first_column and not last_column and band >= 0:
            parts.append("band1Vert" if band // bands[1] % 2 == 0 else "band2Vert")
    if not look["noHBand"]:
        band = row - (1 if look["firstRow"] else 0)
        if not first_row and not last_row and band >= 0:
            parts.append("band1Horz" if band // bands[0] % 2 == 0 else "band2Horz")
    parts += ["firstCol"] * first_column + ["lastCol"] * last_column
    parts += ["firstRow"] * first_row + ["lastRow"] * last_row
    for is_row, across, name in (
        (first_row, last_column, "neCell"),
        (first_row, first_column, "nwCell"),
        (last_row, last_column, "seCell"),
        (last_row, first_column, "swCell"),
    ):
        if is_row and across:
            parts.append(name)
    return tuple(parts)


def _overlay(props: Props, level: Props) -> None:
    """A nearer level over what is there. Fonts, indents, spacing, languages and tabs merge piece by piece."""
    for name, value in level.items():
        if name in ("fonts", "ind", "spacing", "lang", "tabs", "numPr", "margins") and isinstance(value, dict):
            mine = props.get(name)
            props[name] = {**mine, **value} if isinstance(mine, dict) else value
        else:
            props[name] = value


def _indents(item: Element) -> Props:
    found: Props = {}
    for name, key in (("left", "start"), ("start", "start"), ("right", "end"), ("end", "end")):
        length = points(item.get(f"{W}{name}"))
        if length is not None:
            found[key] = length
    for name, sign in (("firstLine", 1), ("hanging", -1)):
        length = points(item.get(f"{W}{name}"))
        if length is not None:
            found["first"] = sign * length
    for name, sign in (("firstLineChars", 1), ("hangingChars", -1)):
        number = whole(item.get(f"{W}{name}"))
        if number:
            found["firstChars"] = sign * number / 100
    return found


def _spacing(item: Element) -> Props:
    found: Props = {}
    for name in ("before", "after"):
        length = points(item.get(f"{W}{name}"))
        if length is not None:
            found[name] = length
        automatic = item.get(f"{W}{name}Autospacing")
        if automatic is not None:
            found[name + "Auto"] = on(automatic)
        lines = whole(item.get(f"{W}{name}Lines"))
        if lines is not None:
            found[name + "Lines"] = lines / 100
    rule = item.get(f"{W}lineRule")
    line = item.get(f"{W}line")
    if line is not None:
        # With the rule auto the value counts in 240ths of a line (17.18.48), so the twentieth-of-a-point reading is kept.
        found["line"] = points(line)
    if rule is not None:
        found["rule"] = rule
    return found


def is_hidden(props: Props) -> bool:
    """Hidden text (w:vanish) is not printed."""
    return bool(props.get("vanish"))
