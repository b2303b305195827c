"""The faces of a PDF: what each font looks like, measured on its outlines where the file embeds them.

Order of evidence: the embedded program, which may be drawings or bitmaps (Type 3); for a face that is not embedded the table of
known faces, then the engine's stand-in for the fourteen standard fonts, then the font descriptor, then the name. `Face.basis`
says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pymupdf
from pymupdf import mupdf

from clearprint import lazily
from clearprint.formats import face_names, figures, known_faces, letterforms, pdf_outlines
from clearprint.formats.face_facts import SPAN_BOLD, SPAN_ITALIC, by_name, filled, from_outlines, without_outlines
from clearprint.formats.letterforms import Shapes
from clearprint.formats.pdf_programs import Descriptor, Program, descendant
from clearprint.formats.pdf_smallcaps import capitals_among
from clearprint.formats.pdf_type3 import em_of
from clearprint.formats.pdf_type3_outlines import DrawnShapes, JoinedShapes
from clearprint.model import Digits, Face

NAME_CUT = 31  # the engine cuts font names in spans to so many characters
_TYPE_3 = lazily.compile(r"Type3 \((\d+) 0 R\)")  # what the engine calls a Type 3 font, which need not have a name


class FaceBook:
    """The faces of one document, each measured once."""

    def __init__(self, document: pymupdf.Document) -> None:
        self._document = document
        self._pdf = pymupdf._as_pdf_document(document)
        self._fonts: dict[int, _Font] = {}
        self._pages: dict[int, dict[str, list[int]]] = {}
        self._named: dict[tuple[str, int], Face] = {}
        self._drawn: dict[str, _Font] = {}  # Type 3 fonts by name: browsers cut one face into several

    def face(self, page: pymupdf.Page, span_font_name: str, flags: int = 0, *, digits: bool = False) -> Face:
        """The face a span is set in. `digits=True` measures its figures too, which costs more than all the rest."""
        xref = self._xref(page, span_font_name, flags)
        if xref is None:
            key = (span_font_name, flags & (SPAN_BOLD | SPAN_ITALIC))
            if key not in self._named:
                self._named[key] = by_name(span_font_name, flags)
            return self._named[key]
        font = self._fonts.get(xref) or self._opened(page, xref, span_font_name)
        return font.with_digits if digits else font.face

    def _opened(self, page: pymupdf.Page, xref: int, span_font_name: str) -> _Font:
        name = _name_of_drawn(self._document, xref)
        if not name:
            font = self._fonts[xref] = _Font(self._document, self._pdf, xref, span_font_name)
            return font
        if name in self._drawn:  # met on an earlier page, with other letters
            font = self._fonts[xref] = self._drawn[name]
            font.add(xref)
            return font
        others = [other for other, *_ in page.get_fonts(full=True) if _name_of_drawn(self._document, other) == name]
        font = self._drawn[name] = _Font(self._document, self._pdf, xref, name, others)
        self._fonts.update(dict.fromkeys((xref, *others), font))
        return font

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
        drawn = _TYPE_3.fullmatch(name)
        if drawn is not None:
            return int(drawn.group(1))
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
        named = face_names.read(_base_name(self._document, xref))
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
            names.append(mupdf.pdf_to_name(mupdf.pdf_dict_gets(descendant(pdf, xref), "BaseFont")))
        for key in {key for each in names for key in (each[:NAME_CUT], _joined(each))}:
            if xref not in found.setdefault(key, []):
                found[key].append(xref)
    return found


def _base_name(document: pymupdf.Document, xref: int) -> str:
    """What a font object calls its face. ISO 32000-1, 9.6.2 wants a name; some writers put a string of two-byte characters."""
    kind, value = document.xref_get_key(xref, "BaseFont")
    return str(value).lstrip("/").replace("\0", "") if kind in ("name", "string") else ""


def _name_of_drawn(document: pymupdf.Document, xref: int) -> str:
    """What the descriptor of a Type 3 font calls it; empty where it is none, or has no descriptor."""
    if not xref or document.xref_get_key(xref, "Subtype")[1] != "/Type3":
        return ""
    kind, value = document.xref_get_key(xref, "FontDescriptor/FontName")
    return str(value).lstrip("/") if kind == "name" else ""


def _joined(name: str) -> str:
    """A name for comparing: without tag, spaces and marks, cut as the engine cuts a name that has a tag."""
    return face_names.key(face_names.bare(name)[: NAME_CUT - 7])


class _Font:
    """One font object of a file."""

    def __init__(self, document: pymupdf.Document, pdf: Any, xref: int, span_name: str, others: Sequence[int] = ()) -> None:
        self._document = document
        self._pdf = pdf
        self._xref = xref
        self._kind = document.xref_get_key(xref, "Subtype")[1].lstrip("/")
        base = _base_name(document, xref)
        if not base and self._kind == "Type3":
            span_name = span_name if others else ""
        self.name = face_names.bare(base or span_name)
        self._shapes: Shapes | None = None
        self._xrefs = list(dict.fromkeys((xref, *others)))
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
        if self._kind == "Type3":
            return self._drawn()
        descriptor = Descriptor(self._pdf, self._xref)
        if not pdf_outlines.available():
            return without_outlines(self.name, descriptor)
        try:
            loaded = Program(self._document, self._pdf, self._xref, self._kind)
        except Exception:  # a font the engine can't load; its page shows another
            return without_outlines(self.name, descriptor)
        if not descriptor.embedded:
            known = known_faces.known(self.name)
            if known is not None:
                return replace(known, name=self.name)
            if not loaded.standard:
                return without_outlines(self.name, descriptor)
        self._shapes = Shapes(loaded.font, loaded.number)
        forms = letterforms.measure(self._shapes)
        if forms.weight is None:
            forms = replace(forms, weight=letterforms.weight_of_any(self._shapes.numbered(loaded.others())))
        self.small_capitals = capitals_among(
            loaded.small_letters, lambda number: pdf_outlines.glyph(loaded.font, number, pdf_outlines.walker())
        )
        face = from_outlines(self.name, forms, self._shapes, descriptor)
        known = known_faces.known(self.name) if forms.stem is None else None
        return filled(face, known) if known is not None else face

    def _drawn(self) -> Face:
        """Of a Type 3 font, whose glyphs are drawings or bitmaps (ISO 32000-1, 9.6.5)."""
        named = face_names.read(self.name)
        unknown = Face(self.name or "Type 3", named.family if self.name else "Type 3")
        if not pdf_outlines.available():
            return unknown
        parts = [part for xref in self._xrefs if (part := self._part(xref)) is not None]
        if not parts:
            return unknown
        self._shapes = shapes = JoinedShapes(parts)
        forms = letterforms.measure(shapes)
        if forms.weight is None:
            forms = replace(forms, weight=letterforms.weight_of_any(shapes.samples()))
        descriptor = Descriptor(self._pdf, self._xref)
        face = from_outlines(self.name, forms, self._shapes, descriptor)
        if forms.weight is None:
            self._shapes = None
            return unknown
        return replace(face, name=unknown.name, family=unknown.family, embedded=True, basis="outlines")

    def _part(self, xref: int) -> DrawnShapes | None:
        try:
            loaded = Program(self._document, self._pdf, xref, self._kind)
            return DrawnShapes(loaded.font, loaded.number, em_of(self._document, f"Type3 ({xref} 0 R)"), loaded.others())
        except Exception:  # a font the engine can't load; its page shows another
            return None

    def add(self, xref: int) -> None:
        """Another Type 3 font of the same name, with letters that the others lack."""
        if xref in self._xrefs:
            return
        self._xrefs.append(xref)
        if isinstance(self._shapes, JoinedShapes) and (part := self._part(xref)) is not None:
            self._shapes = JoinedShapes([*self._shapes.parts, part])
            if self._with_digits is not None and self._with_digits.digits is None:
                self._with_digits = None
