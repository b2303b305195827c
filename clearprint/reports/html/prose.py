"""Text of documents and rules as the templates show it: inert, with words and addresses that no line may tear."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearprint import lazily
from clearprint.reports.words import safe

if TYPE_CHECKING:
    from markupsafe import Markup

_HYPHENATED = lazily.compile(  # what no line may end in: "self-made", "win- dow" as quoted, "--declare paper=matt", long names
    r"((?<![\w-])\w{1,20}(?:- ?\w{1,20}){1,3}(?![\w-])|(?<!\S)--\w[\w-]{0,30}(?:=\w{1,20})?(?!\S)|\w-(?=\w)\w)"
)
_TOKEN = lazily.compile(r"\S+")
_WITHIN = lazily.compile(r"[^\W_][/\\@_.:=]+[^\W_]")  # what addresses have between letters: of the web, of people, of files
_JOINT = lazily.compile(r"(?<=[/\\.?&_@])(?![/\\.?&_@]|$)")
_LEAST = 16  # letters from which an address needs a place to break
_PIECE = 32  # letters that fit any screen
_SHOWN = 60  # letters of a quotation
_STOPS = " ,;:"
_BULLETS = "●•▪■◦○‣⁃\uf0b7\ufffd "


def prose(text: str) -> Markup:
    """Text made inert. Words with a hyphen stay whole; addresses break after their slashes and dots, and copy whole."""
    from markupsafe import Markup

    shown, done = safe(text), 0
    parts: list[Markup] = []
    for token in _TOKEN.finditer(shown):
        if (len(token[0]) >= _LEAST or "-" in token[0]) and _WITHIN.search(token[0]):
            parts += [_words(shown[done : token.start()]), _address(token[0])]
            done = token.end()
    return Markup("").join([*parts, _words(shown[done:])])


def _words(text: str) -> Markup:
    from markupsafe import Markup, escape

    whole = Markup('<span class="whole">{}</span>')
    parts = _HYPHENATED.split(text)
    return Markup("").join(whole.format(part) if index % 2 else escape(part) for index, part in enumerate(parts))


def _address(text: str) -> Markup:
    from markupsafe import Markup, escape

    pieces = _JOINT.split(text)
    broken = Markup("<wbr>").join(map(escape, pieces))
    return Markup('<span class="whole">{}</span>').format(broken) if max(map(len, pieces)) <= _PIECE else broken


def brief(text: str) -> str:
    """The beginning of a quotation without its bullet, up to the end of a word; an address that it begins with is not cut."""
    said = text.lstrip(_BULLETS).removesuffix(" …") or text
    if len(said) > _SHOWN + 5:
        said = said[:_SHOWN].rpartition(" ")[0] or said.partition(" ")[0]
    return f"{said.rstrip(_STOPS)}…" if len(said) < len(text.lstrip(_BULLETS)) else said
