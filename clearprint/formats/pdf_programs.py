"""Font programs of a PDF as the engine loads them: which glyph stands for a character, and what the descriptor says."""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint import lazily
from clearprint.formats.pdf_smallcaps import LETTERS

_SPACES = " \u00a0"
MOST_CODES = 4000  # of a ToUnicode map


def descendant(pdf: Any, xref: int) -> Any:
    """The font that a composite font is made of (ISO 32000-1, 9.7.6), a reference or not; the font itself where it is none."""
    font = mupdf.pdf_new_indirect(pdf, xref, 0)
    inner = mupdf.pdf_array_get(mupdf.pdf_dict_gets(font, "DescendantFonts"), 0)
    return inner if mupdf.pdf_is_dict(inner) else font


class Descriptor:
    """What a font descriptor says (ISO 32000-1, 9.8); None where it is silent."""

    def __init__(self, pdf: Any, xref: int) -> None:
        descriptor = mupdf.pdf_dict_gets(descendant(pdf, xref), "FontDescriptor")

        def number(key: str) -> float | None:
            value = mupdf.pdf_dict_gets(descriptor, key)
            return float(mupdf.pdf_to_real(value)) if mupdf.pdf_is_number(value) else None

        self.flags = int(number("Flags") or 0)
        self.italic_angle = number("ItalicAngle") or 0.0
        self.weight = number("FontWeight")
        self.x_height = number("XHeight")
        self.cap_height = number("CapHeight")
        programs = (mupdf.pdf_dict_gets(descriptor, f"FontFile{suffix}") for suffix in ("", "2", "3"))
        self.embedded = any(mupdf.pdf_is_stream(program) for program in programs)


class Program:
    """A font as the engine draws it, and the way from a character to its glyph."""

    def __init__(self, document: pymupdf.Document, pdf: Any, xref: int, kind: str) -> None:
        reference = mupdf.pdf_new_indirect(pdf, xref, 0)
        self._drawn = kind == "Type3"  # without a program that could be asked
        # Glyphs that are drawings look for their resources in the page's where the font brings none (9.6.5).
        self._resources = mupdf.pdf_resource_stack() if self._drawn else None
        if self._resources is not None:
            self._none = mupdf.pdf_new_dict(pdf, 1)
            self._resources.next, self._resources.resources = None, self._none.m_internal
        self._description = mupdf.ll_pdf_load_font(pdf.m_internal, self._resources, reference.m_internal)
        self.font = mupdf.FzFont(mupdf.ll_fz_keep_font(self._description.font))
        self._subset = "+" in document.xref_get_key(xref, "BaseFont")[1][:9]
        self.standard = not self._description.is_embedded and _is_standard(mupdf.fz_font_name(self.font))
        self._numbers: dict[str, int] = {}
        self.small_letters: dict[str, list[int]] = {}  # every glyph that the file maps to one
        if kind == "Type0":
            self._composite(document, xref)
        else:
            self._simple()

    def __del__(self) -> None:
        description = getattr(self, "_description", None)
        if description is not None:
            mupdf.ll_pdf_drop_font(description)

    def number(self, character: str) -> int:
        """Glyph number, 0 when there is none: as the file encodes it, else as the program itself does.

        Not so a space in a subset that the file never sets: nobody draws it, and LuaTeX leaves another width in its place.
        """
        found = self._numbers.get(character)
        if found is None and (self._drawn or (self._subset and character in _SPACES)):
            return 0
        if found is None:
            found = int(mupdf.fz_encode_character(self.font, ord(character)))
        return found

    def others(self) -> list[int]:
        """Glyphs to judge a face by that has none of the letters its measures ask for: up to a dozen."""
        letters = [number for character, number in sorted(self._numbers.items()) if character.isalpha()]
        if not letters and not self._numbers:  # no code map at all
            letters = [mupdf.ll_pdf_font_cid_to_gid(self._description, code) for code in range(1, 256)]
        return [number for number in dict.fromkeys(letters) if number > 0][:12]

    def _simple(self) -> None:
        """256 codes, each with a glyph and a character."""
        description = self._description
        for code, character in enumerate(_characters(description)):
            if description.to_unicode is not None:
                mapped = mupdf.ll_pdf_lookup_cmap(description.to_unicode, code)
                character = mapped if mapped > 0 else character
            if 32 <= character < 0x10FFFF:
                glyph = mupdf.ll_pdf_font_cid_to_gid(description, code)
                if self._drawn and not mupdf.fz_advance_glyph(self.font, glyph, 0):
                    continue  # a code that the font leaves out
                if glyph > 0:
                    self._note(chr(character), glyph)

    def _composite(self, document: pymupdf.Document, xref: int) -> None:
        """Codes of several bytes: those the ToUnicode map names (9.10.3), by way of the encoding to a glyph."""
        description = self._description
        kind, value = document.xref_get_key(xref, "ToUnicode")
        if kind != "xref":
            return
        stream = document.xref_stream(int(value.split()[0])) or b""
        for code, character in to_unicode(stream):
            cid = mupdf.ll_pdf_lookup_cmap(description.encoding, code) if description.encoding is not None else code
            if cid >= 0:
                glyph = mupdf.ll_pdf_font_cid_to_gid(description, cid)
                if glyph > 0:
                    self._note(character, glyph)

    def _note(self, character: str, glyph: int) -> None:
        self._numbers.setdefault(character, glyph)
        if character in LETTERS and glyph not in (known := self.small_letters.setdefault(character, [])):
            known.append(glyph)


def _characters(description: Any) -> list[int]:
    """Unicode of the 256 codes of a simple font as its encoding says; zeros where the font has no such table."""
    size = min(256, int(description.cid_to_ucs_len or 0))
    table = description.cid_to_ucs
    if table is None or not size:
        return [0] * 256
    found = list((ctypes.c_ushort * size).from_address(int(table)))
    return found + [0] * (256 - size)


_SECTION = lazily.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.S)
_HEX = lazily.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def to_unicode(stream: bytes) -> list[tuple[int, str]]:
    """Code and character of a ToUnicode map, single characters only."""
    found: list[tuple[int, str]] = []
    for section, body in _SECTION.findall(stream):
        if len(found) > MOST_CODES:
            break
        tokens = [match.group(1) or match.group(2) or match.group(3) or b"" for match in _HEX.finditer(body)]
        at = 0
        if section == b"bfchar":
            while at + 1 < len(tokens):
                _note(found, tokens[at], tokens[at + 1], 0)
                at += 2
            continue
        while at + 2 < len(tokens):
            low, high = _value(tokens[at]), _value(tokens[at + 1])
            if low is None or high is None:
                break
            if tokens[at + 2] == b"[":
                at += 3
                code = low
                while at < len(tokens) and tokens[at] != b"]":
                    _note(found, b"%x" % code, tokens[at], 0)
                    code, at = code + 1, at + 1
                at += 1
            else:
                for step in range(min(high - low + 1, 512)):
                    _note(found, b"%x" % (low + step), tokens[at + 2], step)
                at += 3
    return found


def _note(found: list[tuple[int, str]], code: bytes, text: bytes, step: int) -> None:
    number, value = _value(code), _value(text)
    if number is not None and value is not None and 32 <= value + step <= 0xFFFF:  # longer ones are ligatures
        found.append((number, chr(value + step)))


def _value(token: bytes) -> int | None:
    digits = b"".join(token.split())
    try:
        return int(digits, 16) if 0 < len(digits) <= 8 else None
    except ValueError:
        return None


def _is_standard(name: str) -> bool:
    """Whether the engine's stand-in is one of its own cuts of the standard fonts, not a general one."""
    return name.startswith(("Nimbus", "Helvetica", "Times", "Courier"))
