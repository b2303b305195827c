"""Lists of a DOCX: which level a paragraph stands on, how that level is set, and the number or bullet it prints."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field

from lxml import etree

from clearprint.formats.docx import Element, W, is_on, whole
from clearprint.formats.docx_props import Props, read_paragraph, read_run
from clearprint.formats.docx_theme import Theme
from clearprint.records import record

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_AFTER = {"nothing": "", "space": " "}  # a tab where nothing is said
_LEVELS = 9


@record(frozen=False)
class Level:
    """One level of a numbering definition (w:lvl)."""

    format: str = "decimal"
    text: str = ""
    style: str | None = None
    paragraph: Props = field(default_factory=dict)
    run: Props = field(default_factory=dict)
    number: str = ""  # of the list
    index: int = 0
    start: int = 1
    restart: int | None = None  # the level whose numbers start it again, counted from 1; 0: none does
    legal: bool = False  # shows the numbers of all levels as figures
    pictured: bool = False  # its bullet is a picture
    after: str = "\t"


class Numbering:
    """Lists: which level a paragraph stands on, and how that level is set. ECMA-376-1, 17.9."""

    def __init__(self, tree: Element | None, theme: Theme, number_of: Callable[[str], str | None]) -> None:
        self._theme = theme
        self._number_of = number_of  # a numbering style's list
        self._abstract: dict[str, Element] = {}
        self._numbers: dict[str, Element] = {}
        self._levels: dict[tuple[str, int], Level | None] = {}
        self._counts: dict[int, dict[int, int]] = {}  # by definition: level to the number it stands at
        self._begun: set[tuple[str, int]] = set()
        self._none = etree.Element("none")
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
        return self._known(number, index)

    def _known(self, number: str, index: int) -> Level | None:
        key = (number, index)
        if key not in self._levels:
            element = self._element(number, index)
            self._levels[key] = self._read(element, number, index) if element is not None else None
        return self._levels[key]

    def label(self, level: Level) -> str:
        """What the next paragraph on that level opens with: "2.1", "(c)", a bullet; and what sets it off. May be empty.

        Call it once for each such paragraph, in the order of the document: it counts.
        """
        if level.pictured or (level.format == "none" and not level.text):
            return ""
        if level.format == "bullet":
            return _bullet(level.text) + level.after if level.text else ""
        counts = self._count(level)
        text = level.text
        for index in range(min(level.index, _LEVELS - 1) + 1):
            if f"%{index + 1}" not in text:
                continue
            upper = self._known(level.number, index)
            shown = upper.format if upper is not None else "decimal"
            if level.legal and shown != "none":
                shown = "decimal"
            value = counts.get(index, upper.start if upper is not None else 1)
            text = text.replace(f"%{index + 1}", written(value, shown))
        return text + level.after if text.strip() else ""

    def _count(self, level: Level) -> dict[int, int]:
        """The numbers of all levels of a list once this paragraph is counted. Lists of one definition count on."""
        counts = self._counts.setdefault(id(self._definition(level.number)), {})
        first = (level.number, level.index) not in self._begun
        self._begun.add((level.number, level.index))
        override = self._start(level.number, level.index) if first else None
        if override is not None:
            counts[level.index] = override
        else:
            counts[level.index] = counts[level.index] + 1 if level.index in counts else level.start
        for index in [index for index in counts if index > level.index]:
            deeper = self._known(level.number, index)
            restart = deeper.restart if deeper is not None else None
            if restart is None or level.index < restart:
                del counts[index]
        return counts

    def _start(self, number: str, index: int) -> int | None:
        """The number that one list starts again with, where it says so."""
        item = self._numbers.get(number)
        for override in item.iterchildren(f"{W}lvlOverride") if item is not None else ():
            start = override.find(f"{W}startOverride")
            if start is not None and whole(override.get(f"{W}ilvl")) == index:
                return whole(start.get(f"{W}val"))
        return None

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
        return self._none

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

    def _read(self, element: Element, number: str, index: int) -> Level:
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
            number,
            index,
            start if (start := whole(value("start"))) is not None else 1,
            whole(value("lvlRestart")),
            is_on(element.find(f"{W}isLgl")),
            element.find(f"{W}lvlPicBulletId") is not None,
            _AFTER.get(value("suff") or "tab", "\t"),
        )


def written(value: int, format_: str) -> str:
    """A number as a list writes it: 4, d, IV, 04. Formats of other scripts are written in figures."""
    if format_ in ("none", "bullet"):
        return ""
    if format_ in ("lowerLetter", "upperLetter") and 0 < value <= 780:
        letter = chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)  # after z comes aa, then bb
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ in ("lowerRoman", "upperRoman") and 0 < value < 4000:
        found, left = "", value
        for amount, sign in _ROMAN:
            found += sign * (left // amount)
            left %= amount
        return found.upper() if format_ == "upperRoman" else found
    if format_ == "decimalZero":
        return f"{value:02}"
    return str(value)


def _bullet(text: str) -> str:
    """A bullet as the mark it looks like: an "o" or a letter of a symbol face is no letter here."""
    return "".join("\u25e6" if sign == "o" else "\u2022" if sign.isalnum() or ord(sign) >= 0xE000 else sign for sign in text)
