"""Formatting of a DOCX as Word shows it: defaults, table, numbering, paragraph and character styles, direct formatting.

The order is that of ECMA-376-1, 17.7.2; toggles combine as 17.7.3 says. Properties are plain dictionaries with lengths in
points; what a level does not say is not in its dictionary.
"""

from __future__ import annotations

from dataclasses import field

from lxml import etree

from clearprint.formats.docx import Element, W, on
from clearprint.formats.docx_numbering import Numbering
from clearprint.formats.docx_props import TOGGLES, Props, overlay, read_paragraph, read_run, read_table
from clearprint.formats.docx_theme import Theme
from clearprint.records import record

_NOTHING: Props = {}


@record(frozen=False)
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


@record(frozen=False, eq=False)
class TableStyle:
    """A table style with what it is based on: whole table, and its conditional parts."""

    run: Props = field(default_factory=dict)
    paragraph: Props = field(default_factory=dict)
    table: Props = field(default_factory=dict)
    parts: dict[str, tuple[Props, Props, Props]] = field(default_factory=dict)


@record(frozen=False, eq=False)
class Base:
    """What a paragraph's runs start from, by level."""

    table: Props
    paragraph: Props  # run properties of the paragraph style's chain
    cache: dict[bytes, Props] = field(default_factory=dict)


class Styles:
    """Resolves what a paragraph and its runs look like."""

    def __init__(self, styles: Element | None, numbering: Element | None, theme: Theme, *, tables_win: bool = False) -> None:
        self.theme = theme
        self._tables_win = tables_win  # see `_in_table`
        self._named: dict[str, NamedStyle] = {}
        self._default: dict[str, str] = {}
        self.run_defaults: Props = {}
        self.paragraph_defaults: Props = {}
        self._read(styles)
        self.numbering = Numbering(numbering, theme, self._number_of)
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
        overlay(props, self.paragraph_defaults)
        if table is not None:
            styled = self.table(table)
            overlay(props, styled.paragraph)
            for part in parts:
                if part in styled.parts:
                    overlay(props, styled.parts[part][1])
        _, named, chain = self.chain(style)
        own = direct.get("numPr")
        numbered = own if own is not None else named.get("numPr")
        level = self.numbering.level(numbered, chain[0].id if chain else None) if numbered else None
        if level is not None and own is None:
            overlay(props, level.paragraph)
        overlay(props, named)
        if level is not None and own is not None:
            overlay(props, level.paragraph)
        overlay(props, direct)
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
                overlay(from_table, styled.run)
                for part in parts:
                    if part in styled.parts:
                        overlay(from_table, styled.parts[part][0])
            from_style = self._in_table(style) if table is not None and self._tables_win else self.chain(style)[0]
            self._bases[key] = Base(from_table, from_style)
        return self._bases[key]

    def _in_table(self, style: str | None) -> Props:
        """Run properties of a paragraph style inside a table of a document up to Word 2007.

        There the 12 pt of the default paragraph style gives way to the table's size, or the document's: the setting
        `overrideTableStyleFontSizeAndJustification`, which [MS-DOCX] adds and such documents lack, stops that.
        """
        run, _, chain = self.chain(style)
        nearer = any("sz" in named.run for named in chain[:-1])
        if not chain or nearer or chain[-1].id != self._default.get("paragraph") or run.get("sz") != 12.0:
            return run
        return {name: value for name, value in run.items() if name != "sz"}

    # --- runs -------------------------------------------------------------------------------------------------------------

    def run(self, base: Base, element: Element | None) -> Props:
        """Everything that is set for one run; `element` is its w:rPr. Cached by what it says."""
        key = b"" if element is None or not len(element) else etree.tostring(element, with_tail=False)
        if key not in base.cache:
            direct = read_run(element, self.theme)
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
            overlay(props, level)
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
                overlay(merged.run, named.run)
                overlay(merged.paragraph, named.paragraph)
                overlay(merged.table, named.table)
                for part, levels in named.parts.items():
                    mine = merged.parts.setdefault(part, ({}, {}, {}))
                    for kept, added in zip(mine, levels, strict=True):
                        overlay(kept, added)
            self._tables[style] = merged
        return self._tables[style]

    # --- reading ----------------------------------------------------------------------------------------------------------

    def _read(self, tree: Element | None) -> None:
        if tree is None:
            return
        defaults = tree.find(f"{W}docDefaults")
        if defaults is not None:
            self.run_defaults = read_run(defaults.find(f"{W}rPrDefault/{W}rPr"), self.theme)
            self.paragraph_defaults = read_paragraph(defaults.find(f"{W}pPrDefault/{W}pPr"))
        for item in tree.iterchildren(f"{W}style"):
            style = self._read_style(item)
            self._named.setdefault(style.id, style)
            if item.get(f"{W}default") is not None and on(item.get(f"{W}default")):
                self._default.setdefault(style.kind, style.id)

    def _read_style(self, item: Element) -> NamedStyle:
        name, based = item.find(f"{W}name"), item.find(f"{W}basedOn")
        run = read_run(item.find(f"{W}rPr"), self.theme)
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
                    read_run(part.find(f"{W}rPr"), self.theme),
                    read_paragraph(part.find(f"{W}pPr")),
                    read_table(part),
                )
        return style

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
            overlay(run, named.run)
            overlay(paragraph, named.paragraph)
        return run, paragraph, tuple(line)

    def _number_of(self, style: str) -> str | None:
        """The list that a numbering style stands for."""
        named = self._named.get(style)
        return (named.paragraph.get("numPr") or {}).get("numId") if named is not None else None
