"""The faces of a PDF: what each font looks like, measured on its outlines where the file embeds them.

Order of evidence: the embedded program; for a face that is not embedded the table of known faces, then the engine's stand-in
for the fourteen standard fonts, then the font descriptor, then the name. `Face.basis` says which. Type 3 fonts have no outlines
that could be measured: all but their name stays unknown.

Weight comes from stem over x-height, held against faces of known weight (docs/faces.md). A weight in the name wins when the
outlines do not contradict it, so that two subsets of one face, with different letters in them, give the same weight.
"""

from __future__ import annotations

import ctypes
import re
from dataclasses import replace
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint.formats import face_names, figures, known_faces, letterforms, pdf_outlines
from clearprint.formats.letterforms import Letterforms, Shapes
from clearprint.formats.pdf_smallcaps import LETTERS, capitals_among
from clearprint.model import Digits, Face

_SPACES = " \u00a0"
SLANTED = 0.07  # sideways over upwards, 4 degrees: more is italic
UPRIGHT = 0.045
NARROW = 0.85  # of the width of Arial's letters at the same x-height
NARROW_NAMED = 0.95  # the same, of a face whose name says condensed
BOLD = 620  # measured from here up: which of bold, heavy and black a face is, its name says best
AGREES = 160  # how far a named weight may lie from the measured one
NAME_CUT = 31  # the engine cuts font names in spans to so many characters
MOST_CODES = 4000  # of a ToUnicode map

# Font descriptor flags, ISO 32000-1, table 123
_SCRIPT, _ITALIC, _FORCE_BOLD = 1 << 3, 1 << 6, 1 << 18
# Flags of a span: italic and bold as the engine believes
SPAN_ITALIC, SPAN_BOLD = 2, 16


class FaceBook:
    """The faces of one document, each measured once."""

    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document
        self._pdf = pymupdf._as_pdf_document(document)
        self._fonts: dict[int, _Font] = {}
        self._pages: dict[int, dict[str, list[int]]] = {}
        self._named: dict[tuple[str, int], Face] = {}

    def face(self, page: pymupdf.Page, span_font_name: str, flags: int = 0, *, digits: bool = False) -> Face:
        """The face a span is set in. `digits=True` measures its figures too, which costs more than all the rest."""
        xref = self._xref(page, span_font_name, flags)
        if xref is None:
            key = (span_font_name, flags & (SPAN_BOLD | SPAN_ITALIC))
            if key not in self._named:
                self._named[key] = _by_name(span_font_name, flags)
            return self._named[key]
        font = self._fonts.get(xref)
        if font is None:
            font = self._fonts[xref] = _Font(self._document, self._pdf, xref, span_font_name)
        return font.with_digits if digits else font.face

    def small_capitals(self, page: pymupdf.Page, name: str) -> frozenset[int]:
        """Glyphs of the fonts of that name that are small capitals, though they read as small letters."""
        return frozenset().union(
            *(
                font.small_capitals
                for xref in self._pages.get(page.number, {}).get(_joined(name), ())
                if (font := self._fonts.get(xref)) is not None
            )
        )

    def _xref(self, page: pymupdf.Page, name: str, flags: int) -> int | None:
        found = self._pages.get(page.number)
        if found is None:
            found = self._pages[page.number] = _fonts_of(page, self._pdf)
        here = found.get(name[:NAME_CUT]) or found.get(_joined(name))
        if here is None and "" in found and not name.strip():
            here = found[""]
        if not here:
            return None
        if len(here) == 1:
            return here[0]
        return max(here, key=lambda xref: (self._suits(xref, flags), -xref))  # names cut to one: Regular or Bold?

    def _suits(self, xref: int, flags: int) -> int:
        named = face_names.read(self._document.xref_get_key(xref, "BaseFont")[1])
        bold, italic = (named.weight or 400) >= 600, named.italic
        return (bold == bool(flags & SPAN_BOLD)) + (italic == bool(flags & SPAN_ITALIC))


def _fonts_of(page: pymupdf.Page, pdf: Any) -> dict[str, list[int]]:
    """Fonts of a page by name as spans carry it: cut, with or without the subset tag."""
    found: dict[str, list[int]] = {}
    try:
        fonts = page.get_fonts(full=True)
    except Exception:  # a broken resource dictionary
        return found
    for xref, _ext, kind, name, *_ in fonts:
        if not xref:
            continue
        names = [name or ""]
        if kind == "Type0":  # spans carry the name of the descendant, which may differ
            names.append(mupdf.pdf_to_name(mupdf.pdf_dict_gets(_descendant(pdf, xref), "BaseFont")))
        for key in {key for each in names for key in (each[:NAME_CUT], _joined(each))}:
            if xref not in found.setdefault(key, []):
                found[key].append(xref)
    return found


def _descendant(pdf: Any, xref: int) -> Any:
    """The font that a composite font is made of (ISO 32000-1, 9.7.6), a reference or not; the font itself where it is none."""
    font = mupdf.pdf_new_indirect(pdf, xref, 0)
    inner = mupdf.pdf_array_get(mupdf.pdf_dict_gets(font, "DescendantFonts"), 0)
    return inner if mupdf.pdf_is_dict(inner) else font


def _joined(name: str) -> str:
    """A name for comparing: without tag, spaces and marks, cut as the engine cuts a name that has a tag."""
    return face_names.key(face_names.bare(name)[: NAME_CUT - 7])


class _Font:
    """One font object of a file."""

    def __init__(self, document: pymupdf.Document, pdf: Any, xref: int, span_name: str) -> None:
        self._document = document
        self._pdf = pdf
        self._xref = xref
        self._kind = document.xref_get_key(xref, "Subtype")[1].lstrip("/")
        base = document.xref_get_key(xref, "BaseFont")
        self.name = face_names.bare(base[1]) if base[0] == "name" else face_names.bare(span_name)
        self._shapes: Shapes | None = None
        self.small_capitals: frozenset[int] = frozenset()
        self.face = self._measured()
        self._with_digits: Face | None = None

    @property
    def with_digits(self) -> Face:
        if self._with_digits is None:
            found = self.face.digits or self._digits()
            self._with_digits = replace(self.face, digits=found) if found else self.face
        return self._with_digits

    def _digits(self) -> Digits | None:
        if self._shapes is None:
            return None
        found = figures.measure(self._shapes)
        if found is None:
            known = known_faces.known(self.name)
            found = known.digits if known else None
        return found

    def _measured(self) -> Face:
        named = face_names.read(self.name)
        if self._kind == "Type3":
            return Face(self.name or "Type 3", named.family if self.name else "Type 3")
        descriptor = _Descriptor(self._pdf, self._xref)
        if not pdf_outlines.available():
            return _without_outlines(self.name, descriptor)
        try:
            loaded = _Loaded(self._document, self._pdf, self._xref, self._kind)
        except Exception:  # a font the engine can't load; its page shows another
            return _without_outlines(self.name, descriptor)
        if not descriptor.embedded:
            known = known_faces.known(self.name)
            if known is not None:
                return replace(known, name=self.name)
            if not loaded.standard:
                return _without_outlines(self.name, descriptor)
        self._shapes = Shapes(loaded.font, loaded.number)
        forms = letterforms.measure(self._shapes)
        if forms.weight is None:
            forms = replace(forms, weight=letterforms.weight_of_any(self._shapes.numbered(loaded.others())))
        self.small_capitals = capitals_among(
            loaded.small_letters, lambda number: pdf_outlines.glyph(loaded.font, number, pdf_outlines.walker())
        )
        face = _from_outlines(self.name, forms, self._shapes, descriptor)
        known = known_faces.known(self.name) if forms.stem is None else None
        return _filled(face, known) if known is not None else face


class _Descriptor:
    """What a font descriptor says (ISO 32000-1, 9.8); None where it is silent."""

    def __init__(self, pdf: Any, xref: int) -> None:
        descriptor = mupdf.pdf_dict_gets(_descendant(pdf, xref), "FontDescriptor")

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


class _Loaded:
    """A font as the engine draws it, and the way from a character to its glyph."""

    def __init__(self, document: pymupdf.Document, pdf: Any, xref: int, kind: str) -> None:
        reference = mupdf.pdf_new_indirect(pdf, xref, 0)
        self._description = mupdf.ll_pdf_load_font(pdf.m_internal, None, reference.m_internal)
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
        if found is None and self._subset and character in _SPACES:
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
                if glyph > 0:
                    self._note(chr(character), glyph)

    def _composite(self, document: pymupdf.Document, xref: int) -> None:
        """Codes of several bytes: those the ToUnicode map names (9.10.3), by way of the encoding to a glyph."""
        description = self._description
        kind, value = document.xref_get_key(xref, "ToUnicode")
        if kind != "xref":
            return
        stream = document.xref_stream(int(value.split()[0])) or b""
        for code, character in _to_unicode(stream):
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


_SECTION = re.compile(rb"begin(bfchar|bfrange)(.*?)end(?:bfchar|bfrange)", re.S)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>|(\[)|(\])")


def _to_unicode(stream: bytes) -> list[tuple[int, str]]:
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


# --- facts into a Face ----------------------------------------------------------------------------------------------------


def _from_outlines(name: str, forms: Letterforms, shapes: Shapes, descriptor: _Descriptor) -> Face:
    named = face_names.read(name)
    ratio = None if face_names.is_pi(name) else forms.stem
    genre = _genre(name, descriptor.flags)
    return Face(
        name=name,
        family=named.family,
        weight=_weight(None if face_names.is_pi(name) else forms.weight, named.weight),
        italic=_italic(forms.slant, named.italic, descriptor),
        condensed=_condensed(forms.narrowness, named.condensed, genre),
        genre=genre,
        caps_only=forms.caps_only,
        named_light=_named_light(named.weight, descriptor.weight),
        stem=round(ratio, 3) if ratio is not None else None,
        x_height=_rounded(forms.x_height),
        cap_height=_rounded(forms.cap_height),
        ascender=_rounded(forms.ascender),
        descender=_rounded(forms.descender),
        space=_rounded(shapes.advance(" ") or shapes.advance("\u00a0")),
        embedded=descriptor.embedded,
        basis="outlines" if descriptor.embedded else "table",
    )


def _filled(face: Face, known: Face) -> Face:
    """A subset with hardly a letter in it: what it could not show, from the table."""
    names = ("weight", "stem", "x_height", "cap_height", "ascender", "descender", "line_height", "space")
    gaps = {name: getattr(known, name) for name in names if getattr(face, name) is None}
    return replace(face, genre=known.genre if face.genre == "text" else face.genre, **gaps)


def _without_outlines(name: str, descriptor: _Descriptor) -> Face:
    """From the descriptor where it says something, else from the name. StemV is left alone: producers invent it."""
    face = _by_name(name, 0)
    if face.basis == "table":
        return replace(face, embedded=descriptor.embedded)
    named = face_names.read(name)
    weight = int(descriptor.weight) if descriptor.weight and 100 <= descriptor.weight <= 900 else named.weight
    if weight is None and descriptor.flags & _FORCE_BOLD:
        weight = 700
    em = {key: _em(value) for key, value in (("x", descriptor.x_height), ("cap", descriptor.cap_height))}
    return replace(
        face,
        weight=weight,
        italic=named.italic or bool(descriptor.flags & _ITALIC) or abs(descriptor.italic_angle) > 2,
        genre=face_names.genre(name) or ("script" if descriptor.flags & _SCRIPT else None),
        named_light=_named_light(named.weight, descriptor.weight),
        x_height=em["x"],
        cap_height=em["cap"],
        embedded=descriptor.embedded,
        basis="descriptor" if descriptor.flags or descriptor.weight else "name",
    )


def _by_name(name: str, flags: int) -> Face:
    """Of a face that the page's fonts do not list (a form field's, an annotation's) or that has no program."""
    bare = face_names.bare(name)
    named = face_names.read(bare)
    bold = bool(flags & SPAN_BOLD) and named.weight is None
    italic = named.italic or bool(flags & SPAN_ITALIC)
    known = known_faces.known(bare, bold=bold, italic=italic)
    if known is not None:
        return replace(known, name=bare)
    return Face(
        name=bare,
        family=named.family,
        weight=named.weight if named.weight is not None else 700 if bold else None,
        italic=italic,
        condensed=named.condensed or None,
        genre=face_names.genre(bare),
        named_light=_named_light(named.weight, None),
        basis="name" if named.weight is not None or face_names.genre(bare) else None,
    )


def _weight(measured: int | None, named: int | None) -> int | None:
    """To the hundred: the name's where the outlines agree with it; an unnamed regular is 400 however its stems vary."""
    if measured is None:
        return named
    if named is not None and (abs(named - measured) <= AGREES or min(named, measured) >= BOLD):
        return named
    if 330 <= measured <= 560:
        return 400
    if 620 <= measured <= 790:
        return 700
    return max(100, min(900, round(measured / 100) * 100))


def _italic(slant: float | None, named: bool, descriptor: _Descriptor) -> bool:
    """Outlines decide; the name where they stand upright but are drawn as an italic; the descriptor in between."""
    if slant is not None and abs(slant) > SLANTED:
        return True
    if slant is not None and abs(slant) < UPRIGHT:
        return named
    return named or bool(descriptor.flags & _ITALIC) or abs(descriptor.italic_angle) > 2


def _condensed(narrowness: float | None, named: bool, genre: str) -> bool:
    """By the widths of its letters; a script's are narrow by nature."""
    if narrowness is None or genre != "text":
        return named
    return narrowness < (NARROW_NAMED if named else NARROW)


def _genre(name: str, flags: int) -> face_names.Genre:
    return face_names.genre(name) or ("script" if flags & _SCRIPT else "text")


def _named_light(named: int | None, classed: float | None) -> bool:
    return (named is not None and named < 400) or (named is None and classed is not None and 1 <= classed < 400)


def _em(value: float | None) -> float | None:
    """A descriptor's length, in thousandths, as em; None when it is no likely one."""
    return round(value / 1000, 3) if value is not None and 100 <= value <= 1500 else None


def _rounded(value: float | None) -> float | None:
    return round(value, 4) if value is not None else None
