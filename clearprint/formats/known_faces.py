"""What is known of faces that a document names without holding them: Word's fonts, and those a PDF does not embed.

The table is known_faces.json: one face a line, with whose outlines its figures come from. What it does not say is not known.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from clearprint.formats import face_names
from clearprint.model import Digits, Face

_TABLE = Path(__file__).with_suffix(".json")
_STYLES = {"thin": 100, "light": 300, "regular": 400, "medium": 500, "semibold": 600, "bold": 700, "black": 900}


@lru_cache(maxsize=512)
def known(name: str, bold: bool = False, italic: bool = False) -> Face | None:
    """The face of that name, as a Word style ("Gill Sans MT", bold) or a font ("GillSansMT-Bold") has it. None: not known.

    A style that the table lacks keeps the family's class and line height; what only its own outlines could tell is None.
    """
    bare = face_names.bare(name)
    named = face_names.read(bare)
    entry = _entry(bare, named)
    if entry is None:
        return None
    weight = named.weight if named.weight is not None else 400
    if bold and weight < 600:  # Word's bold of a light face is its semibold or bold: heavier by 300
        weight = 700 if weight >= 400 else weight + 300
    italic = italic or named.italic
    style = _style(entry, weight, italic)
    facts: dict[str, Any] = entry.get(style, {}) if style else {}
    default: dict[str, Any] = entry.get("regular", {})
    digits = entry.get(f"{style}-digits") if style else None
    own = int(facts.get("weight", default.get("weight", 400)))
    if style is None:  # heavier than its regular where the regular is a heavy face: Impact in bold stays 900
        own = max(weight, int(default.get("weight", 400))) if weight >= 600 else weight
    return Face(
        name=bare,
        family=named.family,
        weight=own,
        italic=bool(facts.get("italic", italic)) or italic,
        condensed=bool(facts.get("condensed", default.get("condensed", False))),
        genre=entry.get("genre", "text"),
        caps_only=bool(entry.get("caps_only", default.get("caps_only", False))),
        named_light=named.weight is not None and named.weight < 400,
        stem=facts.get("stem"),
        x_height=facts.get("x_height", default.get("x_height")),
        cap_height=facts.get("cap_height", default.get("cap_height")),
        ascender=facts.get("ascender", default.get("ascender")),
        descender=facts.get("descender", default.get("descender")),
        line_height=entry.get("line_height"),
        space=facts.get("space"),
        digits=_digits(digits),
        embedded=False,
        basis="table",
    )


def _entry(bare: str, named: face_names.Named) -> dict[str, Any] | None:
    table = _faces()
    names = [bare, named.family]
    if named.condensed:
        names = [bare, f"{named.family} Narrow", f"{named.family} Condensed"]
    for name in names:
        found = table.get(face_names.key(name))
        if found is not None:
            return found
    words = named.family.split()
    while len(words) > 1 and (words[-1].lower() in _CUTS or words[-1].isdigit()):
        words.pop()
        found = table.get(face_names.key(" ".join(words)))
        if found is not None:
            return found
    return None


_CUTS = frozenset(
    {"bt", "display", "text", "caption", "subhead", "headline", "small", "banner", "next", "nova", "ce", "cyr", "lf"}
)
"""What cuts of one family are called: Aptos Display, Futura BT, Univers 55."""


def _style(entry: dict[str, Any], weight: int, italic: bool) -> str | None:
    """The table's style nearest to what is asked; None when it has none of that weight and slant."""
    for style, value in _STYLES.items():
        if abs(value - weight) > 40:
            continue
        if italic:
            style = "italic" if style == "regular" else f"{style}-italic"
        if style in entry:
            return style
    return None


def _digits(facts: dict[str, Any] | None) -> Digits | None:
    return Digits(**facts) if facts else None


@lru_cache(maxsize=1)
def _faces() -> dict[str, dict[str, Any]]:
    """Entries by every name they go by, as one lower-case word."""
    found: dict[str, dict[str, Any]] = {}
    for entry in json.loads(_TABLE.read_text(encoding="utf-8"))["faces"]:
        for name in (entry["name"], *entry.get("also", ())):
            found.setdefault(face_names.key(name), entry)
            found.setdefault(face_names.key(face_names.read(name).family), entry)
    return found
