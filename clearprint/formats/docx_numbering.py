"""Lists of a DOCX: which level a paragraph stands on, and how that level is set. ECMA-376-1, 17.9."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from clearprint.formats.docx import Element, W, whole
from clearprint.formats.docx_props import Props, read_paragraph, read_run
from clearprint.formats.docx_theme import Theme


@dataclass(slots=True)
class Level:
    """One level of a numbering definition. ECMA-376-1, 17.9.6."""

    format: str = "decimal"
    text: str = ""
    style: str | None = None
    paragraph: Props = field(default_factory=dict)
    run: Props = field(default_factory=dict)


class Numbering:
    """Lists: which level a paragraph stands on, and how that level is set. ECMA-376-1, 17.9."""

    def __init__(self, tree: Element | None, theme: Theme, number_of: Callable[[str], str | None]) -> None:
        self._theme = theme
        self._number_of = number_of  # a numbering style's list
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
            further = self._number_of(by_style.get(f"{W}val", "")) if by_style is not None else None
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
            read_run(element.find(f"{W}rPr"), self._theme),
        )
