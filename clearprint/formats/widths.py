"""How wide letters are set: in the installed face, else in one of the same widths, else by a table, with the error of that.

A Word file holds no faces. Lines are broken with what is here, and what it rests on is said.
"""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any

from clearprint.formats import face_names
from clearprint.records import record

TABLE_ERROR = 0.02
"""Share by which a line may be off that is set by the table: ten faces set by it and by themselves differ by 1.5 % at most,
over 160 paragraphs."""
UNKNOWN_ERROR = 0.12
"""The same of a face that nothing is known of: of the 45 text faces in the table nine in ten are within 12 % of Arial."""
TWIN_ERROR = 0.0

_TABLE = Path(__file__).with_name("face_widths.json")
_TWINS = (
    ("Arial", "Liberation Sans", "Arimo", "Helvetica", "Nimbus Sans", "TeX Gyre Heros", "FreeSans"),
    ("Times New Roman", "Liberation Serif", "Tinos", "Times", "Nimbus Roman", "TeX Gyre Termes", "FreeSerif"),
    ("Courier New", "Liberation Mono", "Cousine", "Courier", "Nimbus Mono PS", "TeX Gyre Cursor", "FreeMono"),
    ("Arial Narrow", "Liberation Sans Narrow", "Nimbus Sans Narrow"),
    ("Calibri", "Carlito"),
    ("Cambria", "Caladea"),
    ("Georgia", "Gelasio"),
    ("Comic Sans MS", "Comic Relief"),
    ("Palatino Linotype", "Book Antiqua", "Palatino", "P052", "TeX Gyre Pagella"),
    ("Century Gothic", "URW Gothic", "ITC Avant Garde Gothic", "TeX Gyre Adventor"),
    ("Bookman Old Style", "URW Bookman", "ITC Bookman", "TeX Gyre Bonum"),
    ("Century Schoolbook", "C059", "New Century Schoolbook", "TeX Gyre Schola"),
    ("Segoe UI", "Selawik"),
)
"""Faces made to be set in each other's place, letter for letter as wide."""
_SERIFS = ("serif", "times", "roman", "garamond", "georgia", "book", "cambria", "constantia", "minion", "caslon", "baskerville",
           "bodoni", "palatino", "didot", "century", "charter", "sabon", "slab", "antiqua", "century", "perpetua")  # fmt: skip
_MOST_FILES = 20_000
_EM = 1_000  # pixels an em at which letters are measured: no hinting shows
_WIDE = ("W", "F")  # East Asian width: one em


@record(frozen=False, eq=False)
class Widths:
    """The widths of one cut of a face. `error`: share by which a line set in them may be off."""

    asked: str
    face: str  # whose widths these are
    installed: bool  # the face asked for, or one of the same widths
    error: float
    _font: Any = None
    _shape: dict[str, float] = field(default_factory=dict)
    _factor: float = 1.0
    _known: dict[str, float] = field(default_factory=dict)

    def of(self, sign: str) -> float:
        """Advance of a letter, in em."""
        width = self._known.get(sign)
        if width is None:
            width = self._known[sign] = self._measured(sign)
        return width

    def _measured(self, sign: str) -> float:
        if unicodedata.east_asian_width(sign) in _WIDE:
            return 1.0
        if unicodedata.combining(sign) or unicodedata.category(sign) == "Cf":
            return 0.0
        if self._font is not None:
            return float(self._font.getlength(sign)) / _EM
        bare = unicodedata.normalize("NFD", sign)[0]
        return self._shape.get(sign, self._shape.get(bare, 0.55)) * self._factor


@lru_cache(maxsize=512)
def widths(family: str, bold: bool = False, italic: bool = False) -> Widths:
    """The widths of a face by its family's name. Never fails: what nothing is known of is taken for a usual face."""
    cut = 2 * italic + bold
    for name in (family, *_twins(family)):
        font = _installed(name, bold, italic)
        if font is not None:
            return Widths(family, name, True, TWIN_ERROR, font)
    shapes, means = _table()
    serif = any(word in face_names.key(family) for word in _SERIFS) and "sans" not in face_names.key(family)
    shape = shapes[("serif" if serif else "sans") + ("-bold" if bold else "")]
    model = means[face_names.key("Times New Roman" if serif else "Arial")]
    own = next((means[face_names.key(name)] for name in (family, *_twins(family)) if face_names.key(name) in means), None)
    mean = (own[cut] or own[cut % 2] or own[0]) if own is not None else None
    if mean is None:
        return Widths(family, "Times New Roman" if serif else "Arial", False, UNKNOWN_ERROR, None, shape)
    return Widths(family, family, False, TABLE_ERROR, None, shape, mean / (model[cut] or 1.0))


def same_widths(one: str, other: str) -> bool:
    """Whether two faces are set letter for letter as wide."""
    return face_names.key(one) == face_names.key(other) or face_names.key(other) in map(face_names.key, _twins(one))


def stand_in_error(asked: str, used: str) -> float:
    """Share by which lines are off that were set in one face in place of another."""
    if same_widths(asked, used):
        return 0.0
    _, means = _table()
    mine, theirs = (
        next((means[face_names.key(name)][0] for name in (family, *_twins(family)) if face_names.key(name) in means), None)
        for family in (asked, used)
    )
    if mine is None or theirs is None:
        return UNKNOWN_ERROR
    return abs(mine / theirs - 1.0) + TABLE_ERROR


@lru_cache(maxsize=256)
def _twins(family: str) -> tuple[str, ...]:
    key = face_names.key(family)
    for group in _TWINS:
        if key in map(face_names.key, group):
            return tuple(one for one in group if face_names.key(one) != key)
    return ()


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, dict[str, float]], dict[str, list[float | None]]]:
    data = json.loads(_TABLE.read_text(encoding="utf-8"))
    shapes = {name: {sign: width for width, signs in rows for sign in signs} for name, rows in data["shapes"].items()}
    means = {face_names.key(name): face["mean"] for face in data["faces"] for name in (face["name"], *face.get("also", ()))}
    return shapes, means


# --- faces on this machine ------------------------------------------------------------------------------------------------


def _installed(family: str, bold: bool, italic: bool) -> Any:
    """The font of an installed face, to be measured; None when it is not there. A missing cut is made of the regular one."""
    cuts = _cuts(family)
    if cuts is None:
        return None
    path, index = cuts.get((bold, italic)) or cuts.get((bold, False)) or cuts.get((False, False)) or next(iter(cuts.values()))
    from PIL import ImageFont

    try:
        return ImageFont.truetype(path, _EM, index, layout_engine=ImageFont.Layout.BASIC)
    except (OSError, ValueError):
        return None


@lru_cache(maxsize=256)
def _cuts(family: str) -> dict[tuple[bool, bool], tuple[str, int]] | None:
    """Files of an installed face by bold and italic. None when it is not installed."""
    key = face_names.key(family)
    alike = [path for path in _files() if face_names.key(os.path.basename(path))[:_ALIKE] == key[:_ALIKE]]
    found = _named(alike, key)
    if not found and sys.platform in ("win32", "darwin"):  # there files have names of eight letters: GILSANUB.TTF
        found = _named(_files(), key)
    return found or None


def _named(paths: Iterable[str], key: str) -> dict[tuple[bool, bool], tuple[str, int]]:
    found: dict[tuple[bool, bool], tuple[str, int]] = {}
    for path in paths:
        for index, (family, style) in enumerate(_names(path)):
            low = style.lower()
            plain = low.replace("bold", "").replace("italic", "").replace("oblique", "").strip()
            if face_names.key(family) == key and plain in _PLAIN:
                found.setdefault(("bold" in low or "demi" in low, "italic" in low or "oblique" in low), (path, index))
    return found


_ALIKE = 4  # letters that a font's file has of its family's name
_PLAIN = ("", "regular", "book", "roman", "normal", "plain", "demi", "light", "medium")


def _folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", "C:\\Windows"), "Fonts")
        yield Path(os.environ.get("LOCALAPPDATA", home), "Microsoft", "Windows", "Fonts")
    elif sys.platform == "darwin":
        yield from (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    else:
        data = os.environ.get("XDG_DATA_DIRS", "/usr/local/share:/usr/share").split(":")
        yield from (Path(folder, "fonts") for folder in data if folder)
        yield from (Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share", "fonts"), home / ".fonts")


@lru_cache(maxsize=1)
def _files() -> tuple[str, ...]:
    """Every font file, in the order of paths. Looked for once a process; none is opened."""
    found = []
    for folder in _folders():
        for where, _, names in os.walk(folder):
            found += [os.path.join(where, name) for name in names if name.lower().endswith((".ttf", ".otf", ".ttc", ".otc"))]
    return tuple(sorted(found)[:_MOST_FILES])


def _names(path: str) -> list[tuple[str, str]]:
    """Family and style of each face in a font file, from its name table (ISO/IEC 14496-22, 5.2.7). Empty when it is broken."""
    try:
        with open(path, "rb") as file:
            head = file.read(12)
            if head[:4] == b"ttcf":
                count = min(64, int.from_bytes(head[8:12], "big"))
                starts = [int.from_bytes(file.read(4), "big") for _ in range(count)]
            else:
                starts = [0]
            return [_name(file, start) for start in starts]
    except (OSError, ValueError, IndexError):
        return []


def _name(file: Any, start: int) -> tuple[str, str]:
    file.seek(start)
    head = file.read(12)
    tables = file.read(16 * int.from_bytes(head[4:6], "big"))
    at = next((place for place in range(0, len(tables), 16) if tables[place : place + 4] == b"name"), None)
    if at is None:
        return "", ""
    offset = int.from_bytes(tables[at + 8 : at + 12], "big")
    file.seek(offset)
    data = file.read(min(1 << 16, int.from_bytes(tables[at + 12 : at + 16], "big")))
    strings = int.from_bytes(data[4:6], "big")
    found: dict[int, str] = {}
    for number in range(int.from_bytes(data[2:4], "big")):
        row = data[6 + 12 * number : 18 + 12 * number]
        platform, language, ident, length, place = (int.from_bytes(row[i : i + 2], "big") for i in (0, 4, 6, 8, 10))
        if ident not in (1, 2) or len(row) < 12:
            continue
        text = data[strings + place : strings + place + length]
        decoded = text.decode("utf-16-be", "replace") if platform in (0, 3) else text.decode("mac-roman", "replace")
        if ident not in found or (platform == 3 and language == 0x409):
            found[ident] = decoded
    return found.get(1, ""), found.get(2, "")
