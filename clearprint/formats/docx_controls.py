"""Content controls, form fields and symbols of a DOCX: places to fill in, and signs that are named by number."""

from __future__ import annotations

from clearprint.formats.docx import W14, Element, W, is_on
from clearprint.records import record

_NO_PLACE = ("docPartObj", "docPartList", "group", "picture", "citation", "bibliography", "equation")


@record(frozen=False)
class Control:
    """A form field or content control to fill in."""

    kind: str  # text, tick
    after: int  # letters of the paragraph before it
    value: str = ""  # what it shows while it is empty
    size: float | None = None


def control_of(item: Element, content: Element, after: int) -> Control | None:
    """The place to write that a content control is, when it is one: a tick box, or one that is still empty."""
    properties = item.find(f"{W}sdtPr")
    if properties is None:
        return None
    if properties.find(f"{W14}checkbox") is not None:
        return Control("tick", after)
    if any(properties.find(f"{W}{name}") is not None for name in _NO_PLACE):
        return None
    text = "".join(part.text or "" for part in content.iter(f"{W}t"))
    if is_on(properties.find(f"{W}showingPlcHdr")) or not text.strip():
        return Control("text", after, text)
    return None


_SYMBOLS = {0xA8: "\u2610", 0x6F: "\u2610", 0xFE: "\u2611", 0xFD: "\u2612", 0xFC: "\u2713", 0xFB: "\u2717", 0xB7: "\u2022"}
_SYMBOLS |= {0xA7: "\u25aa", 0xE0: "\u2192", 0x6C: "\u25cf", 0x6E: "\u25a0", 0x71: "\u2751", 0x72: "\u2752", 0xD8: "\u27a2"}


def symbol(item: Element) -> str:
    """w:sym as a character that says what it shows; one of a symbol font's own otherwise. ECMA-376-1, 17.3.3.30."""
    try:
        number = int(item.get(f"{W}char", ""), 16)
    except ValueError:
        return ""
    if not 0x20 <= number <= 0xFFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    if "wingdings" in item.get(f"{W}font", "").lower() or number >= 0xF000:
        return _SYMBOLS.get(number & 0xFF, chr(0xF000 | number & 0xFF))
    return chr(number)
