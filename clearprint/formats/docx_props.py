"""What single elements of a DOCX say: w:rPr, w:pPr, table properties, and which conditional parts a cell takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from clearprint.formats.docx import W14, Element, W, on, points, whole
from clearprint.formats.docx_theme import Theme

Props = dict[str, Any]
"""Properties by name, lengths in points; what an element does not say is not in it."""

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


def read_run(element: Element | None, theme: Theme) -> Props:
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
            props["fonts"] = _fonts(item, theme)
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


def _fonts(item: Element, theme: Theme) -> Props:
    fonts: Props = {}
    for slot, plain in _SLOTS:
        use = item.get(f"{W}{'cstheme' if slot == 'cs' else slot + 'Theme'}")
        name = (theme.font(use) if use else None) or item.get(f"{W}{plain}")
        if name:
            fonts[slot] = name
    return fonts


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
        elif name in ("contextualSpacing", "bidi", "suppressAutoHyphens", "snapToGrid", "pageBreakBefore", "keepNext"):
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
        elif name == "pBdr":
            props[name] = {
                str(side.tag)[len(W) :]: side.get(f"{W}val", "nil") not in ("nil", "none")
                for side in item
                if isinstance(side.tag, str) and side.tag.startswith(W)
            }
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
    """Which conditional parts of its style a table uses. w:tblLook says it in words, or in the bits of w:val."""
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


def overlay(props: Props, level: Props) -> None:
    """A nearer level over what is there. Fonts, indents, spacing, languages and tabs merge piece by piece."""
    for name, value in level.items():
        if name in ("fonts", "ind", "spacing", "lang", "tabs", "numPr", "margins", "pBdr") and isinstance(value, dict):
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
