"""Patterns of words that carry a meaning of their own: list marks, page numbers, ends of sentences, postcodes."""

from __future__ import annotations

import re
import unicodedata

from clearprint import lazily
from clearprint.model import Face

_ROMAN = lazily.compile(r"m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_STOP = lazily.compile(  # a note mark may follow; a decimal is no stop
    r"[.!?…。！？؟।]['\"’”»)\]]*\s*$"
    r"|[.!?…。！？؟।]['\"’”»)\]]*\s*[*†‡⁰-₉¹²³]{1,2}\s*$"
    r"|(?<!\d)[.!?…。！？؟।]['\"’”»)\]]*\s*\d{1,2}\s*$"
)
SYMBOLS = "\uf06c-\uf078\uf09e-\uf0b0\uf0b2\uf0b5-\uf0b7\uf0d8\uf0fb-\uf0fe"
"""Bullets of symbol faces by their codes, without the signs of sums that stand among them."""
BULLETS = (
    "\u2022\u2023\u2043\u25a0-\u25ff\u2605\u2606\u2610-\u2612\u2713-\u2718\u2726\u2727\u274f-\u2752\u2756\u2794\u279c\u27a2-\u27a4"
    f"\u00b7\u2219\ufffd{SYMBOLS}"  # U+FFFD: a sign alone whose code tells nothing; Ghostscript loses those of bullets
)
"""What stands before the items of a list and is no letter, figure or dash: for a class of a regular expression."""
_BULLET = lazily.compile(rf"^\s*([{BULLETS}*\uff0a>›–—-])(?=\s|$)")
_BULLET_GLUED = lazily.compile(rf"^\s*[•●○◦▪■▶►▸‣⁃➢➤✓✔❖{SYMBOLS}](?=\S)|^\s*-(?=[^\W\d_])")
_LETTER_O = lazily.compile(r"^\s*o\s+(?=[A-ZÀ-Þ0-9‘“\"'(])")  # the letter that Word sets for a hollow bullet
_ORDINAL = lazily.compile(
    r"^\s*[“‘\"'«]*[(\[]?(?:\d{1,3}|[a-zA-Z]|[ivxlc]{1,6}|[IVX]{1,5}|\d{1,2}(?:\.\d{1,2}){1,3})[.):\]]"
    r"(?:\((?:\d{1,2}|[a-zA-Z]|[ivxIVX]{1,5})\))*(?=\s|$)|^\s*[a-z]\.\d{1,2}(?=\s)"
)
_CAPTION = lazily.compile(
    r"^\s*[\[<【〈]?\s*(figure|fig\.?|table|photo(?:graph)?|picture|image|chart|graph|map|plate|diagram|illustration|box|exhibit|"
    r"source|ffigur|tabl|llun|abbildung|abb\.?|tabelle|bild|tableau|illustration|figura|tabla|tabela|grafico|gráfico|"
    r"표|그림|사진|図|表|图|圖)"
    r"\s*:?\s*(\d|[A-Z]?\d+[.:]|[ivxIVX]+[.:\s]|:)",
    re.IGNORECASE,
)
_TITLED = lazily.compile(r"\d*(?:\.\d+)*[a-z]?\s*[.:]\s")  # after the word and the first figure of its number
_POSTCODE = lazily.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}\b"  # United Kingdom
    r"|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b"  # United States
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"  # Canada
    r"|\b(?:[A-Z]{1,2}-)?\d{4,5}\s+[A-ZÀ-Ž][\w'’-]{2,}\s*$"  # continental: code before the town
    r"|\b\d{5}\s+[A-ZÀ-Ž][\w'’-]{2,},?\s+[A-ZÀ-Ž][\w'’-]{2,}\s*$"  # and the country after it; a year has four figures
    r"|\b\d{4}\s?[A-Z]{2}\b"  # Netherlands
)
_ADDRESS = lazily.compile(r"https?://\S|www\.\w|\w@\w")
_PAGE_WORD = (
    r"(?:page|pages|pg?\.?|tudalen|tud\.?|t\.|seite|s\.|página|pagina|pág\.?|pag\.?|sivu|side|sida|strona|str\.?|bladzijde|"
    r"leathanach|duilleag|sayfa|oldal|strana|stránka)"
)
_NUMBER = r"(\d{1,5}|(?<![^\W\d_])(?:[ivxlc]{1,7}|[IVXLC]{1,7}))"  # "PC" is no page 100
_BARE = lazily.compile(rf"^[\s\-–—|·•~\[(<]*(?:{_PAGE_WORD}\s*)?{_NUMBER}[\s\-–—|·•~\])>.]*$", re.IGNORECASE)
_OF = lazily.compile(
    rf"^[\s\-–—|·•~\[(]*(?:{_PAGE_WORD}\s*)?{_NUMBER}\s*(?:of|o|von|de|sur|di|/|van|av|z)\s*\d{{1,4}}[\s\-–—|·•~\])]*$",
    re.IGNORECASE,
)
_CHAPTERED = lazily.compile(r"^\s*(?:[A-Z]|\d{1,2})\s?[-–.]\s?(\d{1,3})\s*$")
_WORDED = lazily.compile(rf"\b{_PAGE_WORD}\s*{_NUMBER}\b(?!\s*[%£$€])", re.IGNORECASE)
_FIRST = lazily.compile(r"^\s*(\d{1,5}|[ivxl]{1,7})(?=[\s—–|•])")
_LAST = lazily.compile(r"(?<=[\s—–|•])(\d{1,5}|[ivxl]{1,7})\s*$")
_DIGITS = lazily.compile(r"\d+")
MONOSPACED = lazily.compile(r"mono|courier|consol|menlo|typewriter|fixed|code|terminal|inconsolata|\bcmtt", re.IGNORECASE)
MOST_FIGURES = 9  # of a number that counts something; longer ones are codes
PARAGRAPH_INDENT = 0.5  # em: a numbered paragraph whose first line is indented by so much is no item of a list
_LEADER = lazily.compile(r"(?:[.·…_]\s?){3,}|\t")
_CONTENTS = lazily.compile(
    r"contents|table of contents|list of contents|contents list|contents page|in this issue|in this booklet"
    r"|in this leaflet|in this guide|what's inside|inside this issue|inside|cynnwys|tabl cynnwys"
    r"|rhestr gynnwys|inhalt|inhaltsverzeichnis|sommaire|table des matières|contenido|índice|indice|sommario"
    r"|inhoud|inhoudsopgave|innehåll|innehållsförteckning|indhold|indholdsfortegnelse|innhold|sisällys"
    r"|spis treści|obsah|clár|clàr|conteúdo"
)


def is_monospaced(face: Face) -> bool:
    """Whether a face gives every letter one width, as its name says."""
    return MONOSPACED.search(face.name or face.family) is not None


def roman_value(text: str) -> int | None:
    """The value of a Roman numeral in its regular form; None when the text is none."""
    text = text.strip().lower()
    if not text.isascii() or not text or not _ROMAN.fullmatch(text):  # a dotless i matches, too
        return None
    values = [_ROMAN_VALUES[letter] for letter in text]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def number_value(text: str) -> tuple[int, bool] | None:
    """The value of a number in figures or Roman numerals, and whether it is Roman."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return (int(text), False) if len(text) <= MOST_FIGURES else None
    value = roman_value(text)
    return (value, True) if value else None


def folio_values(text: str) -> list[tuple[int, bool, bool, str]]:
    """Numbers of a line in the head or foot that may be the page's own: value, Roman, stands alone, the digits as written."""
    if len(text) > 300:
        return []
    for pattern in (_OF, _BARE, _CHAPTERED):
        match = pattern.match(text)
        if match:
            found = number_value(match.group(1))
            return [(*found, True, match.group(1))] if found else []
    result: dict[str, tuple[int, bool, bool, str]] = {}
    for pattern in (_WORDED, _FIRST, _LAST):
        match = pattern.search(text)
        found = number_value(match.group(1)) if match else None
        if match and found:
            result.setdefault(match.group(1), (*found, pattern is _WORDED, match.group(1)))
    return list(result.values())


def counts_pages(text: str) -> bool:
    """`Page 6 of 6`, `6/6`: the number of the page, then that of all pages."""
    return len(text) <= 300 and _OF.match(text) is not None


def without_digits(text: str) -> str:
    """A text for comparing running heads: no digits, no case, one space."""
    return " ".join(_DIGITS.sub("", text).casefold().split())


CLOSERS = "\u201d\u2019\u00bb\"' "  # that may follow the stop


def plain(text: str) -> str:
    """A text for comparing headings with contents lines: letters and digits only, no case."""
    text = unicodedata.normalize("NFKC", text).casefold()
    return "".join(sign for sign in text if sign.isalnum())


def ends_sentence(text: str) -> bool:
    """Whether the text closes with a full stop, question or exclamation mark (a note mark may follow)."""
    return bool(_STOP.search(text))


def ends_clause(text: str) -> bool:
    """Whether the text closes a sentence, or part of one with a comma, a semicolon, a colon or a dash."""
    return ends_sentence(text) or text.rstrip(CLOSERS).endswith((",", ";", ":", "\u2013", "\u2014"))


def leads_elsewhere(text: str) -> bool:
    """Whether the text is an address of the web or of mail, and little else."""
    words = text.split()
    return 0 < len(words) <= 3 and any(map(_ADDRESS.search, words))


def list_mark(text: str) -> str | None:
    """`bullet` or `ordinal` when the text opens with a list mark."""
    if _BULLET.match(text) or _BULLET_GLUED.match(text) or _LETTER_O.match(text):
        return "bullet"
    return "ordinal" if _ORDINAL.match(text) else None


def opens_caption(text: str) -> bool:
    """`Figure 1`, `Table 2:`, `Photo:` …"""
    return bool(_CAPTION.match(text))


def titles_caption(text: str) -> bool:
    """`Figure 1:`, `Table 2.`: a number and a stop, as no sentence about a figure begins."""
    match = _CAPTION.match(text)
    return match is not None and _TITLED.match(text, match.end(2)) is not None


def has_postcode(text: str) -> bool:
    return bool(_POSTCODE.search(text))


def is_contents_heading(text: str) -> bool:
    """`Contents`, `Cynnwys`, `Inhalt` … alone in a line."""
    return _CONTENTS.fullmatch(" ".join(text.casefold().replace("’", "'").strip(" .:").split())) is not None


def strip_leader(text: str) -> str:
    """A contents line's text without its dots."""
    return " ".join(_LEADER.sub(" ", text).split()).rstrip(" .")
