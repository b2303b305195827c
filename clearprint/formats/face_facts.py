"""What is measured and said of a font, put together as a `Face`.

Weight comes from stem over x-height, held against faces of known weight (docs/faces.md). A weight in the name wins when the
outlines do not contradict it, so that two subsets of one face, with different letters in them, give the same weight.
"""

from __future__ import annotations

from dataclasses import replace

from clearprint.formats import face_names, known_faces
from clearprint.formats.letter_likeness import looks_like_letters
from clearprint.formats.letterforms import Letterforms, Shapes, weight_of
from clearprint.formats.pdf_programs import Descriptor
from clearprint.model import Face

SLANTED = 0.07  # sideways over upwards, 4 degrees: more is italic
UPRIGHT = 0.045
NARROW = 0.85  # of the width of Arial's letters at the same x-height
NARROW_NAMED = 0.95  # the same, of a face whose name says condensed
BOLD = 620  # measured from here up: which of bold, heavy and black a face is, its name says best
LIGHT = 300  # measured below here, at 10 % of the x-height, a face is light whatever it is called
STURDY = 380  # and from here, at 14 %, it is no light one
AGREES = 160  # how far a named weight may lie from the measured one

# Font descriptor flags, ISO 32000-1, table 123
_SCRIPT, _ITALIC, _FORCE_BOLD = 1 << 3, 1 << 6, 1 << 18
# Flags of a span: italic and bold as the engine believes
SPAN_ITALIC, SPAN_BOLD = 2, 16


def from_outlines(name: str, forms: Letterforms, shapes: Shapes, descriptor: Descriptor) -> Face:
    named = face_names.read(name)
    pictorial = looks_like_letters(shapes) is False
    signs = pictorial or face_names.is_pi(name)
    ratio = None if signs else forms.stem
    genre = _genre(name, descriptor.flags)
    return Face(
        name=name,
        family=named.family,
        weight=_weight(None if signs else forms.weight, named.weight),
        italic=_italic(forms.slant, named.italic, descriptor),
        condensed=_condensed(forms.narrowness, named.condensed, genre),
        genre=genre,
        caps_only=forms.caps_only and not signs,
        named_light=_named_light(named.weight, descriptor.weight),
        stem=round(ratio, 3) if ratio is not None else None,
        x_height=_rounded(forms.x_height),
        cap_height=_rounded(forms.cap_height),
        ascender=_rounded(forms.ascender),
        descender=_rounded(forms.descender),
        space=_rounded(shapes.advance(" ") or shapes.advance("\u00a0")),
        embedded=descriptor.embedded,
        pictorial=pictorial,
        basis="outlines" if descriptor.embedded else "table",
    )


def filled(face: Face, known: Face) -> Face:
    """A subset with hardly a letter in it: what it could not show, from the table."""
    names = ("weight", "stem", "x_height", "cap_height", "ascender", "descender", "line_height", "space")
    gaps = {name: getattr(known, name) for name in names if getattr(face, name) is None}
    return replace(face, genre=known.genre if face.genre == "text" else face.genre, **gaps)


def without_outlines(name: str, descriptor: Descriptor) -> Face:
    """From the descriptor where it says something, else from the name. StemV is left alone: producers invent it."""
    face = by_name(name, 0)
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


def by_name(name: str, flags: int) -> Face:
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


def emboldened(face: Face, stroke: float) -> Face | None:
    """A face whose letters are stroked as well as filled, as it is seen: each stem is thicker by `stroke`, in em.

    None where its stems are not known.
    """
    if face.stem is None or not face.x_height:
        return None
    stem = face.stem + stroke / face.x_height
    return replace(face, stem=round(stem, 3), weight=_weight(weight_of(stem), None))


def _weight(measured: int | None, named: int | None) -> int | None:
    """To the hundred: the name's where the outlines agree with it; an unnamed regular is 400 however its stems vary.

    Whether a face is light its outlines say alone: many that are called so are sturdy, and some that are not are thin.
    """
    if measured is None:
        return named
    if named is not None:
        as_light = (named < 400) == (measured < (STURDY if named < 400 else LIGHT))
        if as_light and (abs(named - measured) <= AGREES or min(named, measured) >= BOLD):
            return named
    if 330 <= measured <= 560:
        return 400
    if 620 <= measured <= 790:
        return 700
    return max(100, min(900, round(measured / 100) * 100))


def _italic(slant: float | None, named: bool, descriptor: Descriptor) -> bool:
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
