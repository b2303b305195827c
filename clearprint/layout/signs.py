"""Faces of signs: what their codes call letters are bullets, boxes and ornaments, and nobody reads them as words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from clearprint import lazily
from clearprint.model import Face, Style, Word

_SYMBOLS = lazily.compile(
    r"wingdings|webdings|dingbats|symbol(mt|s)?\b|^symbol|marlett|awesome|(?<!lex)icons?\b|icomoon|emoji|musical|opensymbol",
    re.IGNORECASE,
)
_ORNAMENT = "\ufffc"
"""Stands for a thing that has no code of its own (Unicode 23.8, object replacement character)."""


def symbol_face(face: Face) -> bool:
    """Whether a face draws marks where other faces have letters: the "l" of Wingdings is a bullet."""
    return face.pictorial or _symbolic(face.family or face.name)


@lru_cache(maxsize=1024)
def _symbolic(name: str) -> bool:
    return _SYMBOLS.search(name) is not None


def as_signs(words: Sequence[Word]) -> list[Word]:
    """The words, those of faces of signs without the letters that only their codes are.

    Codes of the faces known by name are kept where symbol fonts have them, 0xF000 up, for some are bullets and tick boxes;
    what the ornaments of another face show is not known.
    """
    result: list[Word] = []
    style: Style | None = None
    signs = False
    for word in words:
        if word.style is not style:
            style = word.style
            signs = symbol_face(style.face)
        result.append(_as_signs(word) if signs else word)
    return result


def _as_signs(word: Word) -> Word:
    named = _symbolic(word.style.face.family or word.style.face.name)
    text = "".join(
        (chr(0xF000 | ord(sign)) if named else _ORNAMENT) if sign.isalnum() and ord(sign) < 0x100 else sign
        for sign in word.text
    )
    return word if text == word.text else replace(word, text=text)
