"""Capitals: the longest run of words set in capitals in each paragraph and heading.

Acronyms, codes, postcodes and Roman numerals are no capital words. Cannot see: small capitals drawn by the font itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field, replace
from functools import lru_cache

from clearprint import lazily
from clearprint.answers import Observation, seen
from clearprint.layout.runs import ends_sentence, spaceless, tokens
from clearprint.model import Block, Page, Style, Survey
from clearprint.records import record

MEASURES = {"words": "count"}
FACTS = {"role": "role", "long": "yes-no", "all": "yes-no", "ends": "yes-no"}

_OUT = frozenset({"folio", "running-head", "running-foot", "logotype", "watermark", "code", "address"})
_ROMAN = lazily.compile(r"(?=.)M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_EDGES = lazily.compile(r"^[^\w]+|[^\w]+$")
_LEADS_ON = lazily.compile(r"(?:…|\.{3})[\"'”’)\]]*\s*$")  # "WE DECIDE…": what stands below ends the sentence
_PLURAL = lazily.compile(r"[A-Z]{2,}(['’]?s)")


@record(frozen=False)
class _Stretch:
    """Capital words in a row; figures and single letters stand between them without ending it."""

    words: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    listed: int = 0  # words followed by a comma or stroke

    @property
    def is_list(self) -> bool:
        return len(self.words) > 1 and self.listed >= len(self.words) - 1


def on_page(page: Page, survey: Survey) -> Iterator[Observation]:
    for block in page.blocks:
        if block.role in _OUT or block.stacked or spaceless(block.text):
            continue
        words = _words(block)
        cased = sum([_cased(word) for word, _ in words])
        if cased < 3:
            continue
        stretch, every = _longest(words)
        alone = block.role in ("heading", "title", "other")
        if cased < 4 and not (alone and stretch.words):
            continue
        found = [] if stretch.is_list else stretch.words
        place = block.place
        if found and not every:
            place = replace(place, text=" ".join(stretch.text))
        yield seen(
            "words",
            place,
            len(found),
            amount=1 if cased >= 4 else 0,
            role=block.role,
            long=_has_long_words(found),
            all=every,
            ends=ends_sentence(block.text) and not _LEADS_ON.search(block.text),
        )


def _words(block: Block) -> list[tuple[str, bool]]:
    """Its words, and whether their styling or face makes them capitals whatever is typed."""
    if not any(map(_makes_capitals, (span.style for span in block.spans))):
        return [(word, False) for word in block.text.split()]
    return [(word, _makes_capitals(style)) for word, style in tokens(block)]


def _makes_capitals(style: Style) -> bool:
    return style.caps is not None or style.face.caps_only


def _longest(words: list[tuple[str, bool]]) -> tuple[_Stretch, bool]:
    """The longest stretch of capital words, and whether no word is in small letters."""
    best = current = _Stretch()
    every = True
    for text, styled in words:
        if not styled and text.isascii() and text.islower():  # nearly every word
            every = False
            current = _Stretch() if current.text else current
            continue
        core = _EDGES.sub("", text)
        if not _cased(core):
            if current.words and any(map(str.isalnum, core)):
                current.text.append(text)
            continue
        if not styled and core != core.upper():
            every = every and _PLURAL.fullmatch(core) is not None
            current = _Stretch()
            continue
        current.text.append(text)
        if not _out(core):
            current.words.append(core)
            current.listed += text.endswith((",", "/", ";", "|"))
        if len(current.words) > len(best.words):
            best = current
    return best, every


def _has_long_words(words: list[str]) -> bool:
    """Whether half the words have four letters or more, in all of them or in any four to seven in a row."""
    long = [len(word) >= 4 for word in words]
    if not words or 2 * sum(long) >= len(long):
        return bool(words)
    return any(2 * sum(long[start : start + count]) >= count for count in range(4, 8) for start in range(len(long) - count + 1))


@lru_cache(maxsize=4096)
def _cased(word: str) -> bool:
    return word.lower() != word.upper()


def _out(word: str) -> bool:
    """Codes, postcodes, Roman numerals, initials and single letters: capitals by nature."""
    if len(word) == 1 or any(map(str.isdigit, word)):
        return True
    if "@" in word or "." in word.strip("."):
        return True
    return _ROMAN.fullmatch(word) is not None
